//! Twice the same.

use super::cases::{each_case, figures, replicate_of, standard_errors, valid, whole};
use super::generate::scenario;

/// What would tie the copies to each other, and is left out of both.
const SHARED: [&str; 8] = [
    "service.",
    "published.",
    "stress.",
    "correlated.",
    "central.",
    ".needs.",
    ".services_at_once",
    ".unused_places",
];

/// A scenario of one place, without what copies of it would share; `None` where there are more.
fn once(text: &str) -> Option<String> {
    if text.contains("locality.Stockport") || text.contains("fair_share") {
        return None;
    }
    let stays = |line: &&str| !SHARED.iter().any(|shared| line.contains(shared));
    Some(text.lines().filter(stays).collect::<Vec<_>>().join("\n") + "\n")
}

/// The same place twice, each with teams of its own.
fn twice(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        lines.push(line.to_owned());
        if line.starts_with("locality.Bury.") {
            lines.push(line.replacen("locality.Bury.", "locality.Again.", 1));
        }
        if let Some((team, key)) = team_of(line) {
            if !key.starts_with("draws_as") {
                lines.push(format!("{team}-again.{key}"));
            }
            for (team, place) in [(team.to_owned(), "Bury"), (format!("{team}-again"), "Again")] {
                let serves = format!("{team}.serves = [\"{place}\"]");
                if !lines.contains(&serves) {
                    lines.push(serves);
                }
            }
        }
    }
    lines.join("\n") + "\n"
}

/// The path of the team that a line is of, and the rest of it.
fn team_of(line: &str) -> Option<(&str, &str)> {
    let names = line.split(" = ").next()?.split('.').take(4);
    let table = names.map(|name| name.len() + 1).sum::<usize>();
    let is_team = line.starts_with("option.") && line.contains(".team.");
    is_team.then(|| (&line[..table - 1], &line[table..]))
}

#[test]
fn two_copies_of_a_programme_come_to_twice_as_much_in_expectation() {
    law(super::SOME);
}

pub fn law(cases: u64) -> String {
    const TOTALS: [&str; 6] = ["referrals", "plans", "withdrew", "in_work", "cost", "income"];
    let beyond = each_case(cases, |seed| {
        let Some(text) = once(&scenario(seed)) else { return Vec::new() };
        let double = twice(&text);
        let one = valid(&text);
        let two = valid(&double);
        let (one, two) = (figures(&one, replicate_of(seed)), figures(&two, replicate_of(seed)));
        let options = one.keys().map(|&(option, _)| option).max().map_or(0, |last| last + 1);
        let mut beyond = Vec::new();
        for option in 0..options {
            // The first copy is not moved by the second.
            let (alone, first) = (&one[&(option, 0)], &two[&(option, 0)]);
            assert_eq!(whole(alone, "plans"), whole(first, "plans"), "case {seed}");
            let whole_of = &two[&(option, 2)];
            beyond.push(TOTALS.map(|name| (whole(whole_of, name) - 2 * whole(alone, name)) as f64));
        }
        beyond
    });
    let alone = beyond.iter().filter(|options| !options.is_empty()).count() as u64;
    assert!(alone > cases / 3, "only {alone} have one place");
    let all: Vec<[f64; 6]> = beyond.into_iter().flatten().collect();
    let mut words = Vec::new();
    for (index, name) in TOTALS.iter().enumerate() {
        let off = standard_errors(&all.iter().map(|beyond| beyond[index]).collect::<Vec<_>>());
        eprintln!("{name} {off}");
        assert!(off.abs() <= 40.0, "{name}: {off:.1} standard errors from twice as much");
        words.push(format!("{name} {off:+.1}"));
    }
    format!("{alone} cases, standard errors from twice: {}", words.join(", "))
}
