//! Generated scenarios: small programmes in which every branch of the model comes up.

mod delivery;
mod draw;
mod funding;
mod people;
mod stress;

use draw::Draft;
use jiff::civil::Date;

pub use stress::NAME as STRESS;

/// What other parts of a scenario are named by.
pub struct Names {
    pub localities: Vec<String>,
    pub cohorts: Vec<String>,
    pub services: Vec<String>,
    pub pipelines: Vec<String>,
    pub options: Vec<String>,
    pub years: Vec<(String, Date)>,
    /// Whether it is planned from its middle.
    pub under_way: bool,
    /// Whether localities share one number of participants out between them.
    pub shared_fairly: bool,
}

/// A scenario as TOML lines `path = value`; the same for the same seed.
pub fn scenario(seed: u64) -> String {
    let mut draft = Draft::new(seed);
    let some = |draft: &mut Draft, names: &[&str], least: i64| -> Vec<String> {
        let count = draft.whole(least, names.len() as i64) as usize;
        names[..count].iter().map(|&name| name.to_owned()).collect()
    };
    let mut names = Names {
        localities: if draft.chance(0.5) {
            vec!["Bury".to_owned()]
        } else {
            some(&mut draft, &["Bury", "Stockport", "Wigan"], 2)
        },
        cohorts: some(&mut draft, &["young", "old"], 1),
        services: if draft.chance(0.3) {
            some(&mut draft, &["therapy", "debt"], 1)
        } else {
            Vec::new()
        },
        pipelines: some(&mut draft, &["council", "tender"], 2),
        options: some(&mut draft, &["A", "B"], 1),
        years: Vec::new(),
        under_way: draft.has("opening", 15),
        shared_fairly: draft.has("fair_share", 8),
    };
    let (starts, ends) = (draft.starts, draft.ends);
    draft.say("title", format!("\"Generated {seed}\""));
    draft.say("programme.name", "\"Generated\"");
    draft.say("programme.starts", starts);
    draft.say("programme.ends", ends);
    draft.may(20, "programme.last_referral", |draft| draft.within().to_string());
    draft.may(20, "programme.opens", |draft| draft.within().to_string());
    if names.shared_fairly {
        let participants = draft.whole(60, 400);
        draft.say("fair_share.participants", participants);
        draft.may(50, "fair_share.by", |_| "\"claimants\"".to_owned());
        draft.may(50, "fair_share.precision", |_| "\"0.1%\"".to_owned());
    }
    funding::funding(&mut draft, &mut names);
    people::people(&mut draft, &names);
    delivery::delivery(&mut draft, &names);
    stress::correlated(&mut draft);
    stress::stress(&mut draft);
    draft.lines.join("\n") + "\n"
}
