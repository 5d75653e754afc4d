//! STRESS-DES 1: what the model is for, what comes out of it, and what was tried.

use super::{BLANK, Block, Section, Subject};
use crate::analysis::{Comparison, PlaceForecast};
use crate::model::Kind;
use crate::quantity::money::grouped;
use crate::report::definitions::{definition, unit};
use crate::report::headline::{main_place, sentences};
use crate::report::{number, words};

/// The outcomes that the record gives in figures; the run has more.
const SHOWN: [&str; 8] = [
    "plans",
    "target_met",
    "unclaimed",
    "shortfall",
    "cash_gap",
    "cost",
    "income",
    "wait_mean_days",
];

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    vec![
        Section::new("1 Objectives", Vec::new()),
        Section::inner("1.1 Purpose of the model", purpose(subject)),
        Section::inner("Scope", scope(subject)),
        Section::inner("1.2 Model outputs", outputs(subject)),
        Section::inner("1.3 Aims of the experiments", aims(subject)),
        Section::inner("Results in brief", results(subject)),
    ]
}

fn purpose(subject: &Subject<'_>) -> Vec<Block> {
    let question = subject.scenario.question.clone();
    let question = question.unwrap_or_else(|| format!("{BLANK} (the scenario asks none)"));
    vec![
        Block::table(["", ""], vec![["Question".to_owned(), question]]),
        Block::to_fill_in(&[
            "Who decides what with the answer, and when",
            "What happens if the answer is wrong (this sets how much assurance is proportionate)",
            "Whether the model is business critical",
            "What else the decision rests on",
        ]),
    ]
}

fn scope(subject: &Subject<'_>) -> Vec<Block> {
    let facts = &subject.forecast.facts;
    let row = |place: &crate::analysis::LocalityFacts| {
        let agreed = grouped(place.agreed.unsigned_abs());
        [place.name.clone(), agreed, number::pounds(place.allocation_pence)]
    };
    vec![
        Block::text(format!(
            "{}, from {} to {}: referrals, delivery, claims and cash of each locality under each \
             option, and what follows after the last day.",
            facts.programme,
            words::date(facts.starts),
            words::date(facts.ends)
        )),
        Block::table(
            ["Locality", "Agreed participants", "Allocation"],
            facts.localities.iter().map(row).collect(),
        ),
        Block::to_fill_in(&["What was left out on purpose, and why that is right"]),
    ]
}

fn outputs(subject: &Subject<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::text(
        "Each is worked out for every locality and for the whole programme in every replicate, from \
         the first day until the last receipt. Means have a standard error; 95% intervals are the \
         mean plus and minus 2.131 of it (4.3). Quantiles are over the replicates (type 7).",
    )];
    if let Some(place) = first_place(subject) {
        let shared = place.metrics.iter().filter(|m| !m.metric.name.starts_with("cohort."));
        let row = |summary: &crate::analysis::MetricSummary| {
            let name = &summary.metric.name;
            let about = definition(name).unwrap_or_default();
            [name.clone(), about, measured_in(summary.metric.kind).to_owned()]
        };
        let rows: Vec<[String; 3]> = shared.map(row).collect();
        let by_cohort = place.metrics.len() - rows.len();
        blocks.push(Block::table(["Metric", "What it is", "Measured in"], rows));
        if by_cohort > 0 {
            blocks.push(Block::text(format!(
                "A further {by_cohort} are parts of these, by cohort; show --json has them."
            )));
        }
    }
    blocks
}

/// What the statistics of a metric are measured in.
fn measured_in(kind: Kind) -> &'static str {
    match kind {
        Kind::Money => "pounds, whole pence in each replicate",
        Kind::Chance => "chance",
        other => unit(other),
    }
}

fn aims(subject: &Subject<'_>) -> Vec<Block> {
    let names: Vec<String> =
        subject.forecast.options.iter().map(|option| option.name.clone()).collect();
    let mut blocks = vec![Block::text(format!(
        "Scenario-based: the options {} live through the same worlds with the same people, so that \
         their differences are not those of luck.",
        words::list(&names)
    ))];
    let changes = subject.scenario.changes();
    if !changes.is_empty() {
        blocks.push(Block::text("This run is the scenario with these changes:"));
        blocks.push(Block::List(changes.to_vec()));
    } else if !subject.scenario.stresses.is_empty() {
        blocks.push(Block::text(
            "The scenario names these stresses. Each is a run of its own; this one is without them:",
        ));
        blocks.push(Block::List(subject.scenario.stresses.clone()));
    }
    blocks.push(Block::to_fill_in(&["Why these options and stresses, and which were left out"]));
    blocks
}

fn results(subject: &Subject<'_>) -> Vec<Block> {
    let forecast = subject.forecast;
    let place = main_place(forecast);
    let mut rows = Vec::new();
    for option in &forecast.options {
        let Some(place) = option.place(place) else { continue };
        for metric in SHOWN {
            let Some(statistic) = place.statistic(metric) else { continue };
            let range = match statistic.kind {
                Kind::Chance => String::new(),
                _ => number::eighty_percent_range(statistic),
            };
            rows.push([
                option.name.clone(),
                words::metric(metric).to_owned(),
                number::mean(statistic),
                range,
            ]);
        }
    }
    let header = ["Option", "Outcome", "Mean and its error (95%)", "8 worlds in 10"];
    let mut blocks = vec![Block::List(sentences(forecast)), Block::table(header, rows)];
    let pairs: Vec<[String; 4]> = forecast
        .comparisons
        .iter()
        .filter(|pair| pair.locality.as_deref() == place && SHOWN.contains(&&pair.metric[..]))
        .filter_map(difference)
        .collect();
    if !pairs.is_empty() {
        let header = ["Difference", "Outcome", "Mean and its error (95%)", "More in"];
        blocks.push(Block::table(header, pairs));
    }
    blocks
}

fn difference(pair: &Comparison) -> Option<[String; 4]> {
    let found = pair.difference.as_ref()?;
    Some([
        format!("{} minus {}", pair.of, pair.with),
        words::metric(&pair.metric).to_owned(),
        number::difference(pair.kind, found.mean),
        format!("{} of worlds", number::alone(Kind::Chance, found.greater)),
    ])
}

fn first_place<'a>(subject: &Subject<'a>) -> Option<&'a PlaceForecast> {
    subject.forecast.options.first().and_then(|option| option.place(None))
}
