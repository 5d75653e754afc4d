//! 6 Community impact and 7 Equality: who is reached, and who waits.

use super::across::{Across, NOTHING};
use super::{Block, Section, Subject};
use crate::analysis::{OptionForecast, PlaceForecast};
use crate::model::Kind;
use crate::report::grid::{Grid, Row};
use crate::report::headline::main_place;
use crate::report::number::{mean, with_error};
use crate::report::reach;

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    vec![
        Section::new("6 Community impact", community(subject)),
        Section::new("7 Equality", equality(subject)),
    ]
}

fn community(subject: &Subject<'_>) -> Vec<Block> {
    let reached = Across::new(subject.forecast)
        .range("Referrals", "referrals")
        .range("First appointments", "starts")
        .range("Action plans", "plans")
        .range("Gave up waiting for a coach", "withdrew")
        .mean("Mean wait for a coach", "wait_mean_days")
        .mean("Nine in ten wait no longer than", "wait_p90_days")
        .mean("Seen within 28 days of referral", "seen_within_28_days")
        .mean("Waiting on the last day", "waiting_at_end")
        .mean("In support on the last day", "in_support_at_end")
        .range("In work when support ends (*)", "in_work")
        .mean("Of them, found work (*)", "found_work")
        .mean("Still in work later (*)", "sustained");
    let mut blocks = Vec::new();
    blocks.extend(reached.grid("Who is reached", "People").map(Block::Table));
    blocks.push(Block::text(
        "(*) What happened to people, not what the programme caused: some would have found work without it.",
    ));
    let cohorts: Vec<String> =
        subject.scenario.programme.cohorts.iter().map(|cohort| cohort.name.clone()).collect();
    if cohorts.len() > 1 {
        blocks.push(Block::Table(by_cohort(subject, &cohorts)));
        blocks.push(Block::Text(longest(subject, "cohort", &cohorts)));
    }
    blocks.push(Block::blank(
        "what residents and partners have said, and what this means for neighbourhoods and carers",
    ));
    blocks
}

/// Every option that has the place whose figures stand for the programme.
fn places<'a>(subject: &Subject<'a>) -> Vec<(&'a OptionForecast, &'a PlaceForecast)> {
    let place = main_place(subject.forecast);
    let options = subject.forecast.options.iter();
    options.filter_map(|option| Some((option, option.place(place)?))).collect()
}

fn by_cohort(subject: &Subject<'_>, cohorts: &[String]) -> Grid {
    let mut rows = Vec::new();
    for cohort in cohorts {
        rows.push(Row::new(cohort, Vec::new()));
        for (option, place) in places(subject) {
            let of = |what: &str| {
                let found = place.statistic(&format!("cohort.{cohort}.{what}"));
                found.map_or_else(|| NOTHING.to_owned(), mean)
            };
            let cells = ["referrals", "plans", "wait_mean_days", "in_work"].map(of);
            rows.push(Row::new(&option.name, cells.to_vec()));
        }
    }
    let header = ["Referrals", "Action plans", "Mean wait", "In work when support ends (*)"];
    Grid::new("Group, option", header.map(str::to_owned).to_vec(), rows)
        .titled("Who is reached, by the groups of the scenario")
}

/// `Who waits longest for a coach on average: under In-house "others", 9 ± 2 days; ...`
fn longest(subject: &Subject<'_>, family: &str, groups: &[String]) -> String {
    let places = places(subject);
    let said = places.iter().filter_map(|(option, place)| {
        let (group, wait) = reach::longest_wait(place, family, groups)?;
        Some(format!("under {} \"{group}\", {}", option.name, with_error(Kind::Days, wait)))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        return "No group waits longer for a coach than another, beyond the error.".to_owned();
    }
    format!("Who waits longest for a coach on average: {}.", said.join("; "))
}

fn equality(subject: &Subject<'_>) -> Vec<Block> {
    let attributes = &subject.forecast.facts.attributes;
    let mut blocks = Vec::new();
    if attributes.is_empty() {
        blocks.push(Block::text(
            "The scenario does not tell people apart by age, sex, health condition or other characteristics, so \
             the simulation says nothing of equality.",
        ));
    } else {
        blocks.push(Block::text(reach::NOTE));
        let grids = reach::grids(subject.forecast, main_place(subject.forecast));
        for (attribute, grid) in attributes.iter().zip(grids) {
            blocks.push(Block::Table(by_value(grid)));
            let family = format!("attribute.{}", attribute.name);
            blocks.push(Block::Text(longest(subject, &family, &attribute.values)));
        }
    }
    blocks.push(Block::blank(
        "the equality impact assessment: who may gain less or wait longer, and what will be done about it",
    ));
    blocks
}

/// The same table with each value as a heading of its options: a column less on a narrow page.
fn by_value(grid: Grid) -> Grid {
    let mut rows = Vec::new();
    for row in grid.rows {
        if !row.label.is_empty() {
            rows.push(Row::new(row.label, Vec::new()));
        }
        rows.push(Row::of(row.cells));
    }
    let header = grid.header.into_iter().skip(1).collect();
    Grid::new("Group, option", header, rows).titled(grid.corner)
}
