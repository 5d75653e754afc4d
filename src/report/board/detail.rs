//! Everything behind the one page: pictures with their tables, and how the numbers were made.

use super::Board;
use crate::report::answers::{self, ALL};
use crate::report::assurance::{data, limitations, run_table};
use crate::report::document::{Block, Section};
use crate::report::figure::Figure;
use crate::report::grid::{Grid, Row};
use crate::report::headline::{self, main_place};
use crate::report::number::mean;
use crate::report::{
    differences, drivers, ledger, localities, payers, published, reach, readings, variation, words,
};

/// The parts of the detail, in order. A part that the run has nothing for is left out.
pub fn sections(board: &Board<'_>, figures: &[Figure]) -> Vec<Section> {
    let of =
        |name: &str| figures.iter().find(|figure| figure.name == name).cloned().map(Block::Figure);
    let forecast = board.forecast();
    let place = main_place(forecast);
    let table = |grid: Option<Grid>| grid.map(Block::Table);
    let mut all = vec![
        part("Every option, every question", every_question(board)),
        part("Action plans over time", of("plans").into_iter().collect()),
        part("Where people are lost", of("people").into_iter().collect()),
        part(
            "Waiting and caseload",
            [of("waiting"), of("caseload")].into_iter().flatten().collect(),
        ),
        part(
            "Cash",
            [of("balance"), table(payers::grid(forecast, place))].into_iter().flatten().collect(),
        ),
        part(
            "Money unclaimed and money short",
            [of("unclaimed"), of("shortfall"), table(readings::grid(forecast, place))]
                .into_iter()
                .flatten()
                .collect(),
        ),
        part(
            "How the options differ, world by world",
            [of("pairs"), table(differences::grid(forecast, place))]
                .into_iter()
                .flatten()
                .collect(),
        ),
        part("When something goes wrong", stresses(board, of("stresses"))),
        part("Locality by locality", by_locality(board, of("localities"))),
    ];
    all.extend(each_locality(board));
    all.push(part("Who is reached", reached(board, of("reach"))));
    all.push(part("What matters most", what_matters(of("drivers"))));
    all.extend(assumptions(board));
    all.push(part("Published figures", printed(board)));
    all.push(part("Beside another run", beside(board)));
    all.push(part("How the numbers were made", made(board)));
    all.retain(|section| section.level > 2 || !section.blocks.is_empty());
    all
}

fn part(heading: &str, blocks: Vec<Block>) -> Section {
    Section::new(heading, blocks)
}

fn every_question(board: &Board<'_>) -> Vec<Block> {
    let forecast = board.forecast();
    let grid = answers::grid(forecast, main_place(forecast), &ALL);
    vec![Block::Table(grid), Block::List(headline::notes(forecast))]
}

fn stresses(board: &Board<'_>, picture: Option<Block>) -> Vec<Block> {
    let Some(cases) = board.stresses else { return Vec::new() };
    let mut blocks: Vec<Block> = picture.into_iter().collect();
    blocks.extend(variation::by_locality(cases).map(Block::Table));
    blocks.push(Block::text(variation::NOTE));
    blocks
}

fn by_locality(board: &Board<'_>, picture: Option<Block>) -> Vec<Block> {
    let forecast = board.forecast();
    let grids = localities::grids(forecast);
    if grids.is_empty() {
        return Vec::new();
    }
    // The first of them stands behind the picture.
    let mut blocks: Vec<Block> = picture.into_iter().collect();
    blocks.extend(grids.into_iter().skip(1).map(Block::Table));
    blocks.push(Block::Text(localities::note(forecast)));
    blocks
}

/// Every question at every locality, where there are several.
fn each_locality(board: &Board<'_>) -> Vec<Section> {
    let forecast = board.forecast();
    if forecast.has_one_place() {
        return Vec::new();
    }
    let localities = forecast.facts.localities.iter();
    let section = |name: &String| {
        let grid = answers::grid(forecast, Some(name), &ALL);
        Section::inner(name, vec![Block::Table(grid)])
    };
    localities.map(|locality| section(&locality.name)).collect()
}

fn reached(board: &Board<'_>, picture: Option<Block>) -> Vec<Block> {
    let mut blocks: Vec<Block> = picture.into_iter().collect();
    if !blocks.is_empty() {
        blocks.push(Block::text(reach::NOTE));
    }
    blocks.extend(by_cohort(board).map(Block::Table));
    blocks
}

/// What is counted by cohort.
fn by_cohort(board: &Board<'_>) -> Option<Grid> {
    let forecast = board.forecast();
    let place = main_place(forecast);
    let names = forecast.options.first()?.place(place)?.metrics.iter();
    let names: Vec<&str> = names
        .map(|summary| summary.metric.name.as_str())
        .filter(|name| name.starts_with("cohort."))
        .collect();
    let rows = names.iter().filter_map(|name| {
        let (cohort, metric) = name.strip_prefix("cohort.")?.rsplit_once('.')?;
        let cell = |option: &crate::analysis::OptionForecast| {
            let found = option.place(place).and_then(|place| place.statistic(name));
            found.map_or_else(|| "-".to_owned(), mean)
        };
        let label = format!("{cohort}: {}", words::metric(metric));
        Some(Row::new(label, forecast.options.iter().map(cell).collect()))
    });
    let rows: Vec<Row> = rows.collect();
    let header = forecast.options.iter().map(|option| option.name.clone()).collect();
    (!rows.is_empty()).then(|| Grid::new("By cohort, on average", header, rows))
}

fn what_matters(picture: Option<Block>) -> Vec<Block> {
    let Some(picture) = picture else { return Vec::new() };
    vec![Block::text(drivers::INTRODUCTION), picture]
}

/// The assumptions log, a table for each table of the scenario.
fn assumptions(board: &Board<'_>) -> Vec<Section> {
    let mut sections =
        vec![Section::new("What is assumed, and by whom", data::introduction(board.subject))];
    sections.extend(data::assumptions_in_brief(board.subject));
    sections
}

fn printed(board: &Board<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = data::reconciliation(board.subject).into_iter().collect();
    if let Some(grid) = published::grid(board.forecast()) {
        blocks.push(Block::Table(grid));
        blocks.push(Block::text(published::NOTE));
    }
    blocks
}

fn beside(board: &Board<'_>) -> Vec<Block> {
    let Some((other, comparison)) = board.other else { return Vec::new() };
    let run = board.subject.run;
    let mut blocks = vec![
        Block::List(vec![ledger::line(run), ledger::line(other)]),
        Block::text(ledger::pairing(comparison.worlds)),
    ];
    blocks.extend(ledger::compared(run, other, comparison).into_iter().map(Block::Table));
    blocks
}

fn made(board: &Board<'_>) -> Vec<Block> {
    let subject = board.subject;
    let mut blocks = vec![Block::Text(headline::making(subject.forecast, subject.run))];
    blocks.push(Block::Text(subject.precision_in_words()));
    blocks.push(run_table(subject.run));
    blocks.push(Block::text("What this forecast does not say:"));
    let always = limitations::ALWAYS.map(str::to_owned);
    blocks.push(Block::List(always.into_iter().chain(limitations::of_this_run(subject)).collect()));
    blocks
}
