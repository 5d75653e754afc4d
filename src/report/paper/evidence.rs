//! 13 Background papers, how the numbers were made, and the assumptions that nobody has agreed.

use super::{BLANK, Block, Section, Subject, titled};
use crate::quantity::money::grouped;
use crate::report::headline::making;
use crate::report::words;
use crate::scenario::InForce;

/// Up to so many assumptions are listed one by one.
const MOST: usize = 20;

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    let mut made = vec![Block::blank("the background papers, and where they can be read")];
    made.push(run(subject));
    made.push(Block::text(making(subject.forecast, subject.run)));
    made.push(Block::text(subject.precision_in_words()));
    vec![
        Section::new("13 Background papers and how the numbers were made", made),
        Section::new("Appendix: assumptions not agreed", assumptions(subject)),
    ]
}

fn run(subject: &Subject<'_>) -> Block {
    let run = subject.run;
    let row = |what: &str, value: String| [what.to_owned(), value];
    let files = subject.scenario.files().iter().map(|file| {
        // Where the file lies on a machine is nothing for a board.
        file.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
    });
    let mut rows = vec![
        row("Run in the ledger", run.run.clone().unwrap_or_else(|| "not stored".to_owned())),
        row("Begun (UTC)", run.created.clone()),
        row("Scenario files", words::list(&files.collect::<Vec<_>>())),
        row("Hash of the scenario (BLAKE3)", run.hash.clone()),
        row("Version of workcast", run.workcast.clone()),
        row("Seed", run.seed.to_string()),
        row("Worlds (replicates)", grouped(run.replicates)),
    ];
    rows.retain(|[_, value]| !value.is_empty());
    titled("The run", ["What", "Value"], rows)
}

/// What is stated and was agreed with nobody.
fn assumptions(subject: &Subject<'_>) -> Vec<Block> {
    let stated: Vec<&InForce> = (subject.values.iter())
        .filter(|value| value.unit.is_some() && value.place.is_some())
        .collect();
    let open: Vec<&InForce> =
        stated.iter().filter(|value| value.agreed_on.is_none()).copied().collect();
    if open.is_empty() {
        return vec![Block::text("Every stated quantity has the date on which it was agreed.")];
    }
    let mut blocks = vec![Block::text(format!(
        "Of {} stated quantities, {} have no date on which they were agreed.",
        grouped(stated.len() as u64),
        grouped(open.len() as u64)
    ))];
    let ruling: Vec<&InForce> =
        subject.ruling().filter_map(|input| subject.value_of(input)).collect();
    let first: Vec<&InForce> = match open.len() {
        0..=MOST => open.clone(),
        _ => {
            let rules = |value: &&InForce| ruling.iter().any(|known| known.path == value.path);
            open.iter().filter(|value| rules(value)).take(MOST).copied().collect()
        }
    };
    let row = |value: &&InForce| {
        [
            words::path(&value.path),
            value.value.clone(),
            value.confidence.clone().unwrap_or_else(|| "not said".to_owned()),
            value.owner.clone().unwrap_or_else(|| BLANK.to_owned()),
            BLANK.to_owned(),
        ]
    };
    let header = ["Assumption", "Value and range", "Confidence", "Owner", "Agreed on"];
    let rows: Vec<[String; 5]> = first.iter().map(row).collect();
    if first.len() == open.len() {
        blocks.push(titled("Assumptions not agreed", header, rows));
        return blocks;
    }
    if !rows.is_empty() {
        blocks.push(titled("Those that the result depends on most", header, rows));
    }
    blocks.push(counts(&open));
    blocks.push(Block::text(
        "The assurance record (workcast assure) lists every one of them, with its source.",
    ));
    blocks
}

/// How many there are in each part of the scenario, and how many of them are assumed.
fn counts(open: &[&InForce]) -> Block {
    let mut parts: Vec<(String, usize, usize)> = Vec::new();
    for value in open {
        let part = part(value);
        let assumed = usize::from(value.confidence.as_deref() == Some("assumed"));
        match parts.iter_mut().find(|(known, ..)| *known == part) {
            Some((_, count, of)) => {
                *count += 1;
                *of += assumed;
            }
            None => parts.push((part, 1, assumed)),
        }
    }
    let rows = parts
        .into_iter()
        .map(|(part, count, assumed)| [part, grouped(count as u64), grouped(assumed as u64)]);
    let header = ["Part of the scenario", "Not agreed", "Of them assumed"];
    titled("All that is not agreed", header, rows.collect())
}

/// `locality.Bury` for all that is said of Bury; `journey` for the journey.
fn part(value: &InForce) -> String {
    let mut names = value.table.splitn(3, '.');
    match (names.next().unwrap_or_default(), names.next()) {
        ("", _) => "programme".to_owned(),
        (first @ ("locality" | "option"), Some(second)) => format!("{first} {second}"),
        (first, _) => first.replace('_', " "),
    }
}
