//! What is said matters, and what nothing uses does not.

use std::collections::BTreeMap;

use super::cases::{each_case, figures, read, replicate_of, valid};
use super::generate::scenario;
use workcast::quantity::Key;
use workcast::scenario::Scenario;

/// A line of a scenario and another value for it, or nothing where there is none to try.
fn otherwise(line: &str, dice: f64) -> Option<String> {
    let (path, value) = line.split_once(" = ")?;
    let other = |values: &[&str]| {
        let others: Vec<_> = values.iter().filter(|other| **other != value).collect();
        (*others[(dice * others.len() as f64) as usize]).to_owned()
    };
    let text = value.trim_matches('"');
    let value = match () {
        () if value == "true" => "false".to_owned(),
        () if value == "false" => "true".to_owned(),
        () if text.ends_with('%') && !value.starts_with('{') => {
            other(&["\"0%\"", "\"45%\"", "\"99%\""])
        }
        () if text.ends_with(" days") && !value.starts_with('{') => {
            other(&["\"0 days\"", "\"9 days\"", "\"100 days\""])
        }
        () if text.starts_with('£') => other(&["\"£0\"", "\"£77.77\"", "\"£3000\"", "\"£90000\""]),
        () if value.parse::<f64>().is_ok() => other(&["0", "1", "3", "0.5", "20"]),
        () if value.parse::<jiff::civil::Date>().is_ok() => {
            let date: jiff::civil::Date = value.parse().ok()?;
            let days = [-60, -9, 9, 60][(dice * 4.0) as usize];
            date.checked_add(jiff::Span::new().days(days)).ok()?.to_string()
        }
        () if path.ends_with(".paid_on") => other(&[
            "\"expenditure\"",
            "\"profile\"",
            "\"participants\"",
            "\"plan\"",
            "\"start\"",
            "\"in_work\"",
            "\"found_work\"",
            "\"sustained\"",
        ]),
        () if path.ends_with(".cap") => other(&["\"programme\"", "\"year\""]),
        () if path.ends_with("income_limit") => other(&["\"expenditure\"", "\"none\""]),
        () if path.ends_with("funding.paid") => other(&["\"in arrears\"", "\"in advance\""]),
        () if path.ends_with("reconciliation") => other(&["\"expenditure\"", "\"participants\""]),
        () if path.ends_with("unused_places") => other(&["\"move\"", "\"keep\""]),
        () if path.ends_with("back_to") => other(&["\"advert\"", "\"checks\"", "\"notice\""]),
        // Anything else, a range or a list say, is left out.
        () => return None,
    };
    Some(format!("{path} = {value}"))
}

/// A path with every name that somebody chose left out, so that one key is one pattern.
fn pattern(line: &str) -> String {
    let path = line.split(" = ").next().unwrap_or(line);
    let named = [
        "locality",
        "cohort",
        "service",
        "pipeline",
        "option",
        "team",
        "stage",
        "referrals",
        "year",
        "funder",
        "chain",
        "reading",
        "attribute",
        "costs",
        "waiting",
        "in_support",
        "needs",
        "published",
        "stress",
        "correlated",
        "mix",
        "mix_of",
        "effect",
        "cohorts",
        "weights",
        "season",
    ];
    let mut names = Vec::new();
    let mut after = "";
    let mut quoted = false;
    for name in path.split('.') {
        // A date or a path within quotes has dots of its own.
        let inside = quoted;
        quoted ^= name.matches('"').count() % 2 == 1;
        let chosen =
            named.contains(&after) && !(after == "costs" && names.first() == Some(&"option"));
        if !inside {
            names.push(if chosen { "*" } else { name });
            after = if chosen { "" } else { name };
        }
    }
    names.join(".")
}

/// Keys that move nothing, and why.
const MOVES_NOTHING: [(&str, &str); 3] = [
    ("published.*.value", "stands beside what is forecast"),
    ("locality.*.published", "stands beside what is computed"),
    ("option.*.team.*.own_costs.eligible", "is of costs that nobody claims"),
];

/// Keys that must be said, and of which no other value alone makes a scenario, in order.
const UNTRIED: [&str; 8] = [
    "cohort.*",
    "correlated.*.inputs",
    "funding.claims",
    "funding.year.*.ends",
    "moving_places.on",
    "programme.name",
    "published.*.metric",
    "title",
];

/// A scenario with another value in one line; where a whole must be made of shares, with two of them
/// in each other's place; where neither will do, without it.
fn changed(lines: &[&str], at: usize, dice: f64) -> Option<Scenario> {
    let with = |changes: &[(usize, String)]| {
        let mut lines = lines.to_vec();
        changes.iter().for_each(|(at, line)| lines[*at] = line);
        read(&(lines.join("\n") + "\n")).ok()
    };
    if let Some(scenario) = otherwise(lines[at], dice).and_then(|line| with(&[(at, line)])) {
        return Some(scenario);
    }
    let (path, value) = lines[at].split_once(" = ")?;
    let names = |path: &str| path.split('.').map(str::to_owned).collect::<Vec<_>>();
    let unlike = |one: &str, other: &str| {
        let (one, other) = (names(one), names(other));
        if one.len() != other.len() {
            9
        } else {
            one.iter().zip(&other).filter(|(a, b)| a != b).count()
        }
    };
    let swapped = lines.iter().enumerate().find_map(|(other, line)| {
        let (sibling, theirs) = line.split_once(" = ")?;
        let is_share = theirs.ends_with("%\"") && theirs != value;
        if !is_share || unlike(path, sibling) != 1 {
            return None;
        }
        with(&[(at, format!("{path} = {theirs}")), (other, format!("{sibling} = {value}"))])
    });
    swapped.or_else(|| with(&[(at, String::new())]))
}

#[test]
fn every_input_moves_some_output() {
    law_of_what_is_said(super::SOME);
}

pub fn law_of_what_is_said(cases: u64) -> String {
    // Where each key stands, in every case.
    let mut stands: BTreeMap<String, Vec<(u64, usize)>> = BTreeMap::new();
    for seed in 0..cases {
        let text = scenario(seed);
        let is_lived = |(_, line): &(usize, &str)| !line.starts_with("stress.");
        for (at, line) in text.lines().enumerate().filter(is_lived) {
            stands.entry(pattern(line)).or_default().push((seed, at));
        }
    }
    let stands: Vec<_> = stands.into_iter().collect();
    assert!(stands.len() > 150, "{} keys", stands.len());
    // Each is changed where it stands, one place after another, until something moves.
    let tried = each_case(stands.len() as u64, |index| {
        let (key, places) = &stands[index as usize];
        let silent = MOVES_NOTHING.iter().find(|(silent, _)| key.starts_with(silent));
        let mut changes = 0;
        for &(seed, at) in places {
            let text = scenario(seed);
            let lines: Vec<&str> = text.lines().collect();
            let dice = Key::name(key).with(seed).uniform();
            let Some(other) = changed(&lines, at, dice) else { continue };
            changes += 1;
            let replicate = replicate_of(seed);
            let moves = figures(&valid(&text), replicate) != figures(&other, replicate);
            if let Some((silent, why)) = silent {
                assert!(!moves, "case {seed}: {silent} moves something, though it {why}");
                if changes == 20 {
                    return changes;
                }
            } else if moves {
                return changes;
            }
        }
        let is_known = silent.is_some() || changes == 0;
        assert!(is_known, "{key} moved nothing in {changes} changes at {} places", places.len());
        changes
    });
    let untried = tried.iter().zip(&stands).filter(|(changes, _)| **changes == 0);
    let untried: Vec<&str> = untried.map(|(_, (key, _))| key.as_str()).collect();
    assert_eq!(untried, UNTRIED, "these were not changed");
    let most =
        tried.iter().zip(&stands).max_by_key(|(changes, _)| **changes).expect("there are keys");
    format!(
        "{} keys, each moved something, the most reluctant ({}) at its {}. change",
        stands.len() - MOVES_NOTHING.len() - UNTRIED.len(),
        most.1.0,
        most.0
    )
}

/// What nothing uses: a pipeline, a service, a group of them that moves together, a source of nobody.
const UNUSED: [&str; 5] = [
    "pipeline.unused.stage.first.takes = { nine_in_ten = [\"9 days\", \"90 days\"] }\n",
    "pipeline.unused.pace = { nine_in_ten = [0.5, 2] }\npipeline.unused.stage.first.takes = { exponential = { mean = { nine_in_ten = [\"9 days\", \"90 days\"] } } }\n",
    "service.unused = { unit_cost = { nine_in_ten = [\"£1\", \"£9\"] }, capacity_per_month = 3, takes = \"9 days\" }\n",
    "pipeline.unused = { pace = { nine_in_ten = [0.5, 2] }, stage.a = { takes = \"9 days\", fails = { nine_in_ten = [\"5%\", \"50%\"] } } }\ncorrelated.unused = { inputs = [\"pipeline.unused.pace\", \"pipeline.unused.stage.a.fails\"], correlation = 0.7 }\n",
    "option.Unused.team.T = { posts = 3, caseload = 9, absence = { nine_in_ten = [\"1%\", \"9%\"] } }\n",
];

#[test]
fn an_input_that_nothing_uses_moves_none() {
    law_of_what_is_unused(super::SOME);
}

pub fn law_of_what_is_unused(cases: u64) -> String {
    let compared = each_case(cases, |seed| {
        let text = scenario(seed);
        let unused = UNUSED[seed as usize % UNUSED.len()];
        let one = valid(&text);
        let other = valid(&(text + unused));
        let (before, after) =
            (figures(&one, replicate_of(seed)), figures(&other, replicate_of(seed)));
        let mut compared = 0;
        for (at, metrics) in &before {
            for (name, value) in metrics {
                assert_eq!(
                    after[at].get(name),
                    Some(value),
                    "case {seed}, {at:?}, {name}: {unused}"
                );
                compared += 1;
            }
        }
        compared
    });
    let values: usize = compared.iter().sum();
    format!("{cases} cases, {values} values, every bit the same")
}
