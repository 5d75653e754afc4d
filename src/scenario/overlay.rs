//! What a stress, or the command line, puts over a scenario.

use super::diagnostic::Diagnostic;
use super::form::unknown;
use super::grammar::{Leaf, Need};
use super::node::{Change, Node, Only, Set, Span, Value, parse_value};
use super::path::{Path, pattern};
use super::target::{Target, at_mut, existing, no_match};
use super::units::scalar;
use super::value::addition;
use crate::quantity::Unit;

/// The most that a value can be multiplied by.
const MOST_TIMES: f64 = 1e6;

/// A change of everything that a path names.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The path as it is written.
    pub path: String,
    /// Where the path is written.
    pub path_at: Span,
    /// The change.
    pub change: Change,
}

/// The changes of a stress.
pub fn edits(stress: &Node, reports: &mut Vec<Diagnostic>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (path, node) in stress.get("set").and_then(Node::table).into_iter().flatten() {
        match change(node) {
            Ok(change) => edits.push(Edit { path: path.clone(), path_at: node.key, change }),
            Err(wrong) => reports.extend(wrong),
        }
    }
    edits
}

/// Reads `{ to = value }`, `{ times = 2 }` or `{ add = value }`.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn change(node: &Node) -> Result<Change, Vec<Diagnostic>> {
    const KEYS: [&str; 5] = ["to", "times", "add", "first_tries", "quarter_ending"];
    let Some(table) = node.table() else {
        let report =
            Diagnostic::error(node.at, format!("a change is wanted here, not {}", node.what()))
                .with_help(format!("write {}", Leaf::Change.wanted()));
        return Err(vec![report]);
    };
    let mut wrong: Vec<Diagnostic> = table
        .iter()
        .filter(|(key, _)| !KEYS.contains(&key.as_str()))
        .map(|(key, value)| unknown(key, value, "change", &KEYS))
        .collect();
    let set = match (table.get("to"), table.get("times"), table.get("add")) {
        (Some(to), None, None) => Some(Set::To(Box::new(to.clone()))),
        (None, Some(times), None) => match scalar(times, Unit::Number) {
            Ok(factor) if factor <= MOST_TIMES => Some(Set::Times(factor)),
            Ok(_) => {
                wrong.push(Diagnostic::error(times.at, "this is far too large to be meant"));
                None
            }
            Err(report) => {
                wrong.push(report);
                None
            }
        },
        (None, None, Some(add)) => Some(Set::Add(Box::new(add.clone()))),
        (None, None, None) if !wrong.is_empty() => None,
        _ => {
            wrong.push(
                Diagnostic::error(node.at, "a change says one of to, times and add")
                    .with_help(format!("write {}", Leaf::Change.wanted())),
            );
            None
        }
    };
    let only = only(table.get("first_tries"), table.get("quarter_ending"), &mut wrong);
    match set {
        Some(set) if wrong.is_empty() => Ok(Change { set, only, at: node.at }),
        _ => Err(wrong),
    }
}

fn only(tries: Option<&Node>, quarter: Option<&Node>, wrong: &mut Vec<Diagnostic>) -> Only {
    if let (Some(_), Some(quarter)) = (tries, quarter) {
        wrong.push(Diagnostic::error(
            quarter.key,
            "first_tries and quarter_ending do not go together",
        ));
    }
    if let Some(node) = tries {
        match node.value {
            Value::Whole(tries @ 1..=50) => return Only::FirstTries(tries as u32),
            _ => wrong.push(Diagnostic::error(
                node.at,
                format!("first_tries is a whole number from 1 to 50, not {}", node.what()),
            )),
        }
    }
    if let Some(node) = quarter {
        match node.value {
            Value::Date(date) => return Only::QuarterEnding(date),
            _ => wrong.push(
                Diagnostic::error(
                    node.at,
                    format!("quarter_ending is a date, not {}", node.what()),
                )
                .with_help("write quarter_ending = 2024-12-31"),
            ),
        }
    }
    Only::Always
}

/// Puts changes over a scenario; `whose` says whose they are: `this stress`.
pub fn apply(root: &mut Node, edits: &[Edit], whose: &str, reports: &mut Vec<Diagnostic>) {
    let before = root.clone();
    let mut hit: Vec<Path> = Vec::new();
    for edit in edits {
        let segments = match pattern(&edit.path) {
            Ok(segments) => segments,
            Err(why) => {
                reports.push(Diagnostic::error(edit.path_at, why));
                continue;
            }
        };
        let targets = existing(&before, &segments);
        if targets.is_empty() {
            reports.push(no_match(&before, &edit.path, &segments, edit.path_at));
            continue;
        }
        let mut changed = false;
        for target in &targets {
            if let Some(twice) =
                hit.iter().find(|other| other.contains(&target.path) || target.path.contains(other))
            {
                reports.push(
                    Diagnostic::error(edit.path_at, format!("{whose} changes {twice} twice"))
                        .with_help("let one path name it"),
                );
                return;
            }
            match one(root, &before, target, edit) {
                Ok(done) => changed |= done,
                Err(wrong) => {
                    reports.extend(wrong);
                    return;
                }
            }
        }
        hit.extend(targets.into_iter().map(|target| target.path));
        if !changed {
            let report = Diagnostic::error(
                edit.path_at,
                "no value is stated here that could be multiplied or added to",
            );
            reports.push(report.with_help("state one, or write { to = value }"));
        }
    }
}

/// Changes one key. `false` where there is no value to change.
fn one(
    root: &mut Node,
    before: &Node,
    target: &Target<'_>,
    edit: &Edit,
) -> Result<bool, Vec<Diagnostic>> {
    allowed(target, &edit.change)?;
    let always = edit.change.only == Only::Always;
    let place = |node: &mut Node| {
        // A copied or default value stands where the change is written.
        node.key = edit.path_at;
    };
    if let (Set::To(value), true) = (&edit.change.set, always) {
        let mut value = (**value).clone();
        value.key = edit.path_at;
        value.replaced = target.node.map(|node| node.at);
        if let Some(node) = at_mut(root, &target.path, value.clone()) {
            *node = value;
        }
        return Ok(true);
    }
    let base = match target.node {
        Some(node) => node.clone(),
        None => match missing(before, target, edit) {
            Some(mut node) => {
                place(&mut node);
                node
            }
            None => return Ok(false),
        },
    };
    if let Some(node) = at_mut(root, &target.path, base) {
        node.changes.push(edit.change.clone());
    }
    Ok(true)
}

/// The value that holds where nothing is stated: the journey's for a cohort, else the default.
fn missing(before: &Node, target: &Target<'_>, edit: &Edit) -> Option<Node> {
    if let [first, _, rest @ ..] = target.path.0.as_slice()
        && first == "cohort"
    {
        let journey = rest.iter().try_fold(before.get("journey")?, |node, key| node.get(key));
        if let Some(node) = journey {
            let mut node = node.clone();
            let names = std::iter::once("journey".to_owned()).chain(rest.iter().cloned());
            node.drawn_as = Some(names.collect());
            return Some(node);
        }
    }
    match target.need {
        Need::Default(text) => Some(parse_value(text, edit.change.at)),
        Need::Compulsory | Need::Absent(_) => None,
    }
}

/// Whether a change makes sense for a key.
fn allowed(target: &Target<'_>, change: &Change) -> Result<(), Vec<Diagnostic>> {
    let names: Vec<&str> = target.path.0.iter().map(String::as_str).collect();
    let wrong = |message: String, help: &str| {
        Err(vec![Diagnostic::error(change.at, message).with_help(help)])
    };
    match change.only {
        Only::FirstTries(_) if !matches!(names[..], ["pipeline", _, "stage", _, "fails"]) => {
            return wrong(
                format!("{} has no tries", target.path),
                "first_tries belongs to a stage's chance of failing: pipeline.NAME.stage.NAME.fails",
            );
        }
        Only::QuarterEnding(_) if !matches!(names[..], ["funding", "late_return"]) => {
            return wrong(
                format!("{} is not stated by quarter", target.path),
                "quarter_ending belongs to funding.late_return",
            );
        }
        _ => {}
    }
    let unit = match (target.shape, target.leaf()) {
        (None, _) => Some(Unit::Time),
        (_, Some(Leaf::Uncertain(unit) | Leaf::Fixed(unit, ..))) => Some(unit),
        (_, Some(Leaf::Varying)) => Some(Unit::Time),
        (_, Some(Leaf::Salary)) => Some(Unit::Pounds),
        (_, Some(Leaf::Whole(..))) => Some(Unit::Number),
        _ => None,
    };
    match (&change.set, unit) {
        (Set::To(value), Some(unit)) if change.only != Only::Always => {
            super::value::uncertain(value, unit).map(|_| ())
        }
        (Set::To(_), _) => Ok(()),
        (_, None) => wrong(
            format!("{} is not a number that can be multiplied or added to", target.path),
            "write { to = value }",
        ),
        (Set::Times(_), Some(_)) => Ok(()),
        (Set::Add(more), Some(unit)) => {
            let unit =
                if target.shape.is_none() && is_date(names.last()) { Unit::Pounds } else { unit };
            addition(more, unit).map(|_| ())
        }
    }
}

/// An amount by date is money, any other parameter within a value a time.
fn is_date(name: Option<&&str>) -> bool {
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_digit()))
}
