//! STRESS-DES 3: what goes in, what it rests on, and how much depends on it. Also the AQuA Book's
//! logs of assumptions, data and decisions.

use super::{BLANK, Block, Section, Subject};
use crate::analysis::{Influence, Strongest};
use crate::quantity::Unit;
use crate::report::grid::{Grid, Row};
use crate::report::words;
use crate::scenario::InForce;
use crate::scenario::words::sides;

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    let mut sections = vec![
        Section::new("3 Data", Vec::new()),
        Section::inner("3.1 Data sources (data log)", sources(subject)),
        Section::inner("3.2 Pre-processing", vec![pre_processing()]),
        Section::inner("3.3 Input parameters", parameters(subject)),
        Section::inner("3.4 Assumptions (assumptions log)", introduction(subject)),
    ];
    sections.extend(assumptions(subject));
    sections.push(Section::inner("Decisions (decisions log)", decisions(subject)));
    sections
}

/// Every source that a value names, with what rests on it.
fn sources(subject: &Subject<'_>) -> Vec<Block> {
    let mut found: Vec<(&str, Vec<String>)> = Vec::new();
    for value in quantities(subject) {
        let Some(source) = value.source.as_deref() else { continue };
        match found.iter_mut().find(|(known, _)| *known == source) {
            Some((_, resting)) => resting.push(value.path.clone()),
            None => found.push((source, vec![value.path.clone()])),
        }
    }
    let row = |(source, resting): (&str, Vec<String>)| {
        [source.to_owned(), words::list(&resting), BLANK.to_owned()]
    };
    let rows: Vec<[String; 3]> = found.into_iter().map(row).collect();
    let mut blocks =
        vec![Block::table(["Source", "What rests on it", "Seen and checked by"], rows)];
    let files = subject.scenario.files().iter().map(|file| file.name.clone());
    blocks.push(Block::text(format!(
        "The scenario was read from {}; the ledger keeps the texts.",
        words::list(&files.collect::<Vec<_>>())
    )));
    let figures = reconciliation(subject);
    if let Some(figures) = figures {
        blocks.push(Block::text("Published figures beside what the funding rules give:"));
        blocks.push(figures);
    }
    blocks
}

/// Published figures beside what the funding rules give; none where nothing was published.
pub fn reconciliation(subject: &Subject<'_>) -> Option<Block> {
    let figures = subject.reconciliation.iter().map(|figure| {
        let [published, computed, difference] = sides(&figure.sides);
        let place = figure.locality.as_deref().unwrap_or("the whole programme");
        [
            format!("{place}: {}", figure.figure),
            published,
            computed,
            difference,
            figure.explanation.clone().unwrap_or_default(),
        ]
    });
    let figures: Vec<[String; 5]> = figures.collect();
    let header = ["Figure", "Published", "Computed", "Difference", "What explains it"];
    (!figures.is_empty()).then(|| Block::table(header, figures))
}

fn pre_processing() -> Block {
    Block::to_fill_in(&["How raw data became the values below, and where that work is kept"])
}

fn parameters(subject: &Subject<'_>) -> Vec<Block> {
    let quantities: Vec<&InForce> = quantities(subject).collect();
    let stated = quantities.iter().filter(|value| value.place.is_some()).count();
    vec![Block::text(format!(
        "{} quantities are in force, {stated} of them stated; {} uncertain values are drawn anew for \
         each world. All stand in the assumptions log.",
        quantities.len(),
        subject.influences.len()
    ))]
}

/// How the assumptions log is read.
pub fn introduction(subject: &Subject<'_>) -> Vec<Block> {
    let options = subject.forecast.options.len();
    let under = if options > 1 { "the option under which it is strongest" } else { "the option" };
    vec![Block::text(format!(
        "\"Drawn\" is the range that 8 worlds in 10 of this run drew; what is fixed was not drawn. \
         \"Depends on it\" is the rank correlation of action plans and of the shortfall (whole \
         programme) with the value, under {under}: near 1 or -1 much depends on it, near 0 little, and \
         ± is its error (95%). Values that the scenario ties together share it. A fixed value shows \
         none: how much depends on it was not tried (`workcast vary`)."
    ))]
}

/// The assumptions log: a table for each table of the scenario.
pub fn assumptions(subject: &Subject<'_>) -> Vec<Section> {
    let mut tables: Vec<(&str, Vec<[String; 9]>)> = Vec::new();
    for value in quantities(subject) {
        let rows = log(subject, value);
        match tables.last_mut() {
            Some((table, known)) if *table == value.table => known.extend(rows),
            _ => tables.push((&value.table, rows)),
        }
    }
    let header = [
        "Assumption",
        "Value and range",
        "Unit",
        "Drawn",
        "Source and note",
        "Confidence",
        "Owner",
        "Agreed on",
        "Depends on it",
    ];
    let section = |(table, rows): (&str, Vec<[String; 9]>)| {
        let heading = if table.is_empty() { "scenario" } else { table };
        Section { level: 4, ..Section::new(heading, vec![Block::table(header, rows)]) }
    };
    tables.into_iter().map(section).collect()
}

/// The same with the columns that a page has room for.
pub fn assumptions_in_brief(subject: &Subject<'_>) -> Vec<Section> {
    let tables = assumptions(subject).into_iter();
    let brief = tables.map(|section| Section {
        level: 3,
        blocks: section.blocks.into_iter().map(brief).collect(),
        ..section
    });
    brief.collect()
}

/// The columns of the log that a page has room for: its unit stands in the value already, and who agreed
/// a value, and when, beside how sure it is.
fn brief(block: Block) -> Block {
    let Block::Table(grid) = block else { return block };
    let header = [
        "Assumption",
        "Value and range",
        "Drawn",
        "Source and note",
        "Confidence; owner; date",
        "Depends on it",
    ];
    let row = |row: &Row| {
        let cells = row.full(9);
        let known = |index: usize| match cells[index] {
            "" | BLANK => "-",
            said => said,
        };
        let who = format!("{}; {}; {}", known(5), known(6), known(7));
        let who = who.trim_end_matches("; -").to_owned();
        [cells[0], cells[1], cells[3], known(4), &who, cells[8]].map(str::to_owned)
    };
    Block::Table(Grid::plain(header, grid.rows.iter().map(row).collect()))
}

/// A value's rows in the log: its own, and one for each of its parts that is drawn by itself.
fn log(subject: &Subject<'_>, value: &InForce) -> Vec<[String; 9]> {
    let within = |input: &&Influence| {
        let rest = input.path.strip_prefix(&value.path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let inputs: Vec<&Influence> = subject.influences.iter().filter(within).collect();
    let asked = |text: &Option<String>| text.clone().unwrap_or_else(|| BLANK.to_owned());
    let stated = value.place.is_some();
    let said = |text: &Option<String>| {
        if stated { asked(text) } else { text.clone().unwrap_or_default() }
    };
    let source = match (&value.source, &value.note) {
        (source, None) => said(source),
        (Some(source), Some(note)) => format!("{source}; {note}"),
        (None, Some(note)) => note.clone(),
    };
    let confidence = if stated { asked(&value.confidence) } else { "default".to_owned() };
    let row = |key: String, value_in_words: String, drawn: String, depends: String| {
        [
            key,
            value_in_words,
            value.unit.unwrap_or_default().to_owned(),
            drawn,
            source.clone(),
            confidence.clone(),
            said(&value.owner),
            said(&value.agreed_on),
            depends,
        ]
    };
    match inputs[..] {
        [] => vec![row(value.key.clone(), value.value.clone(), String::new(), String::new())],
        [one] => {
            vec![row(value.key.clone(), value.value.clone(), drawn(subject, one), depends(one))]
        }
        _ => {
            let part = |input: &&Influence| {
                let rest = input.path[value.path.len()..].trim_start_matches('.');
                let key = format!("{} ({rest})", value.key);
                row(key, value.value.clone(), drawn(subject, input), depends(input))
            };
            inputs.iter().map(part).collect()
        }
    }
}

/// The range that was drawn, in the unit that is held.
fn drawn(subject: &Subject<'_>, input: &Influence) -> String {
    let inputs = &subject.scenario.programme.inputs;
    let unit = inputs.iter().find(|known| known.path == input.path).map(|known| known.unit);
    let say = |value: f64| match unit {
        Some(Unit::Time) => format!("{value:.1} days"),
        Some(Unit::Share) => format!("{:.1}%", 100.0 * value),
        Some(Unit::Pounds) => format!("£{value:.2}"),
        Some(Unit::Hazard) => format!("{:.3}% a day", 100.0 * value),
        _ => format!("{value:.2}"),
    };
    format!("{} to {}", say(input.low), say(input.high))
}

fn depends(input: &Influence) -> String {
    let on = |strongest: &Strongest| {
        let Strongest { metric, option, correlation } = strongest;
        let error = crate::analysis::rounding::half_width(*correlation);
        let error = error.map_or_else(String::new, |half| format!(" ± {half:.2}"));
        format!("{} {:+.2}{error} ({option})", words::metric(metric), correlation.value)
    };
    let parts: Vec<String> = input.on.iter().map(on).collect();
    parts.join("; ")
}

/// What was chosen: everything in force that is no quantity, stated or not.
fn decisions(subject: &Subject<'_>) -> Vec<Block> {
    // Printed figures are no decisions: they are set beside the computed ones above.
    let is_printed = |path: &str| path.starts_with("published.") || path.contains(".published.");
    let chosen =
        (subject.values.iter()).filter(|value| value.unit.is_none() && !is_printed(&value.path));
    let row = |value: &InForce| {
        let place = value.place.clone().unwrap_or_else(|| "default: nobody stated it".to_owned());
        [value.path.clone(), value.value.clone(), place]
    };
    vec![
        Block::text("Rules, routes, dates and names that hold, and where each was decided."),
        Block::table(["Decision", "What holds", "Where it is stated"], chosen.map(row).collect()),
        Block::to_fill_in(&[
            "Decisions of method outside the scenario, with date and who took them",
            "Options that were considered and not modelled",
        ]),
    ]
}

fn quantities<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a InForce> + use<'a> {
    subject.values.iter().filter(|value| value.unit.is_some())
}
