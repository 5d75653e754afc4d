//! What moves together in a generated scenario, and what goes wrong in it.

use super::draw::Draft;
use super::funding::quarter_end;

/// What a stress of a generated scenario is called.
pub const NAME: &str = "otherwise";

pub fn correlated(draft: &mut Draft) {
    let groups = [
        "\"locality.*.referrals.*.per_month\"",
        "\"option.*.team.*.leavers\", \"option.*.team.*.fails\"",
        "\"option.*.team.*.costs.salary\", \"pipeline.*.pace\"",
        "\"funding.late_return\", \"funding.disallowed\"",
    ];
    for (index, inputs) in groups.into_iter().enumerate() {
        let named = |line: &&String| inputs.split(", ").all(|path| matches(path, line));
        if draft.lines.iter().any(|line| named(&line)) && draft.has("correlated", 15) {
            draft.say(&format!("correlated.G{index}.inputs"), format!("[{inputs}]"));
            let correlation = draft.pick(&["0", "0.5", "0.95"]);
            draft.say(&format!("correlated.G{index}.correlation"), correlation);
        }
    }
}

/// Whether a line says the value of a path in quotes, with stars in it.
fn matches(path: &str, line: &str) -> bool {
    let Some((said, _)) = line.split_once(" = ") else { return false };
    let (said, path) = (said.split('.'), path.trim_matches('"').split('.'));
    said.clone().count() == path.clone().count()
        && said.zip(path).all(|(said, path)| path == "*" || path == said)
}

pub fn stress(draft: &mut Draft) {
    if !draft.has("stress", 20) {
        return;
    }
    for line in draft.lines.clone() {
        let (path, value) = line.split_once(" = ").expect("a line is path = value");
        if let Some(change) = change(draft, path, value) {
            draft.say(&format!("stress.{NAME}.set.\"{path}\""), change);
        }
    }
}

/// Another value for what a line says, if that is stressed.
fn change(draft: &mut Draft, path: &str, value: &str) -> Option<String> {
    let is = |end: &str| path.ends_with(end);
    if path.starts_with("pipeline.") && is(".fails") && draft.chance(0.5) {
        let chance = draft.pick(&["to = \"100%\"", "to = \"35%\"", "times = 2", "add = \"10%\""]);
        return Some(format!("{{ {chance}, first_tries = {} }}", draft.whole(1, 3)));
    }
    if path == "funding.late_return" && draft.chance(0.5) {
        let ends = quarter_end(draft.starts).min(draft.ends);
        return Some(format!("{{ to = \"100%\", quarter_ending = {ends} }}"));
    }
    if (is(".per_month") && path.contains(".referrals.")) || is(".leavers") || is(".absence") {
        let change = draft.pick(&["times = 0.57", "times = 2"]);
        return draft.chance(0.5).then(|| format!("{{ {change} }}"));
    }
    if is(".attends") && value.ends_with("%\"") {
        return draft.chance(0.3).then(|| "{ add = \"-10%\" }".to_owned());
    }
    if is(".team.Provider.fails") {
        return Some("{ times = 3 }".to_owned());
    }
    None
}
