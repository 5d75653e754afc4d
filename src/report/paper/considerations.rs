//! 5 Key considerations: where the options differ, what the result rests on, and what it leaves out.

use super::{Block, Section, Subject, titled};
use crate::analysis::Influence;
use crate::analysis::rounding::{half_width, is_beyond_error};
use crate::quantity::money::grouped;
use crate::report::assurance::limitations::{ALWAYS, beyond_like_services};
use crate::report::headline::main_place;
use crate::report::{differences, published, readings, words};

/// So many inputs are named; the assurance record has all.
const MOST: usize = 8;

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    let mut sections = vec![
        Section::new("5 Key considerations", Vec::new()),
        Section::inner("5.1 Where the options differ", differ(subject)),
        Section::inner("5.2 What the result depends on", depends(subject)),
        Section::inner("5.3 Other readings of the funding rules", other_readings(subject)),
        Section::inner("5.4 What is left out", left_out(subject)),
    ];
    if let Some(grid) = published::grid(subject.forecast) {
        let blocks = vec![
            Block::Table(grid.titled("Published figures beside the forecast")),
            Block::text(published::NOTE),
        ];
        sections.push(Section::inner("5.5 Published figures beside the forecast", blocks));
    }
    sections
}

fn differ(subject: &Subject<'_>) -> Vec<Block> {
    let forecast = subject.forecast;
    let Some(grid) = differences::grid(forecast, main_place(forecast)) else {
        return vec![Block::text(
            "There is one option only, so there is nothing to compare it with.",
        )];
    };
    vec![
        Block::text(
            "Every option lives through the same worlds with the same people, so a difference is not one of \
             luck. Where it is within the error, the simulation cannot tell the two apart.",
        ),
        Block::Table(grid.titled("Differences, means over all worlds")),
    ]
}

fn depends(subject: &Subject<'_>) -> Vec<Block> {
    let stated: Vec<_> = (subject.values.iter())
        .filter(|value| value.unit.is_some() && value.place.is_some())
        .collect();
    let assumed =
        stated.iter().filter(|value| value.confidence.as_deref() == Some("assumed")).count();
    let mut blocks = vec![Block::text(format!(
        "The forecast rests on {} stated quantities. {} of them are merely assumed: nobody has measured or \
         published them.",
        grouped(stated.len() as u64),
        grouped(assumed as u64)
    ))];
    let mut ruling: Vec<&Influence> = subject.ruling().collect();
    // The strongest first; of equals the one that the scenario names first.
    ruling.sort_by(|a, b| strongest(b).total_cmp(&strongest(a)));
    if ruling.is_empty() {
        blocks.push(Block::text("No single uncertain value rules the plans or the shortfall."));
        return blocks;
    }
    let total = ruling.len();
    ruling.truncate(MOST);
    let rows = ruling.iter().map(|input| {
        let value = subject.value_of(input);
        let confidence = value.and_then(|value| value.confidence.clone());
        let source = value.and_then(|value| value.source.clone());
        [
            words::path(&input.path),
            value.map_or_else(String::new, |value| value.value.clone()),
            goes_with(input),
            confidence.unwrap_or_else(|| "not said".to_owned()),
            source.unwrap_or_else(|| "none".to_owned()),
        ]
    });
    let header = ["Value", "As stated", "Goes with", "Confidence", "Source"];
    blocks.push(titled("What the result depends on most", header, rows.collect()));
    let rest = match total - ruling.len() {
        0 => String::new(),
        rest => format!(" {rest} more are in the assurance record."),
    };
    blocks.push(Block::text(format!(
        "\"Goes with\" is a rank correlation over the worlds, with its error: near 1 or -1 much depends on the \
         value, near 0 little. Values that the scenario ties together share it.{rest}"
    )));
    blocks
}

fn strongest(input: &Influence) -> f64 {
    input.on.iter().map(|on| on.correlation.value.abs()).fold(0.0, f64::max)
}

/// `Action plans +0.45 ± 0.20 (In-house)`, for what is beyond its error.
fn goes_with(input: &Influence) -> String {
    let beyond = input.on.iter().filter(|on| is_beyond_error(on.correlation));
    let said = beyond.map(|on| {
        let half =
            half_width(on.correlation).map_or_else(String::new, |half| format!(" ± {half:.2}"));
        format!("{} {:+.2}{half} ({})", words::metric(&on.metric), on.correlation.value, on.option)
    });
    said.collect::<Vec<_>>().join("\n")
}

fn other_readings(subject: &Subject<'_>) -> Vec<Block> {
    let forecast = subject.forecast;
    let Some(grid) = readings::grid(forecast, main_place(forecast)) else {
        return vec![Block::text(
            "The scenario lists one reading of the funding rules. What another would change was not tried.",
        )];
    };
    let about = grid.title.clone();
    vec![Block::text(about), Block::Table(grid.titled("Other readings of the funding rules"))]
}

fn left_out(subject: &Subject<'_>) -> Vec<Block> {
    let mut items: Vec<String> = ALWAYS.map(str::to_owned).to_vec();
    items.extend(beyond_like_services(subject));
    items.extend(subject.scenario.warnings.iter().map(|report| format!("{}.", report.message)));
    let mut blocks = vec![Block::List(items)];
    let stresses = &subject.scenario.stresses;
    if !stresses.is_empty() && subject.scenario.changes().is_empty() {
        blocks.push(Block::text(format!(
            "The scenario also names things that could go wrong: {}. Each is a run of its own, and is in none of the \
             figures above.",
            stresses.join("; ")
        )));
    }
    blocks.push(Block::blank("what the people who know the place would add"));
    blocks
}
