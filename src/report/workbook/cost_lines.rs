//! Cost by line: what it is spent on.

use super::cell::{Cell, four, mean};
use super::places::places;
use super::table::{Column, Engine, Table};
use crate::analysis::Statistic;
use crate::model::costs::TEAM_LINES;
use crate::report::{Subject, definitions, words};

const MEAN: usize = 4;

/// The sheet, a row for each option, place and line.
pub fn table(subject: &Subject<'_>) -> Table {
    let notes =
        ["Lines on which an option spends nothing in any world are left out. Ranges of lines \
                  do not add up, means do."
            .to_owned()];
    let mut columns = vec![
        Column::words("Option", 32, "way of delivering"),
        Column::words("Place", 24, "locality, or the whole programme"),
        Column::words("Line", 32, "line of cost, as the metrics name it"),
        Column::words("What it is", 44, "the line in words"),
    ];
    columns.extend(Column::four("Cost", "cost on the line"));
    let holds = "What the money is spent on, line by line";
    let mut table = Table::new("Cost lines", "Cost lines", holds, &notes, columns, 3);
    for place in places(subject) {
        let from = table.next();
        let before = subject.scenario.programme.is_under_way();
        for summary in &place.forecast.metrics {
            let name = &summary.metric.name;
            let Some(line) = name.strip_prefix("cost.") else { continue };
            if summary.statistic.as_ref().is_none_or(is_nothing) {
                continue;
            }
            let label = match line {
                "before" if before => {
                    format!("Before {}", words::date(subject.forecast.facts.starts))
                }
                // The program's own lines are words of its data; a scenario's are its own.
                line if TEAM_LINES.contains(&line) => line.replace('_', " "),
                line => line.to_owned(),
            };
            let about = definitions::definition(name).unwrap_or_default();
            let mut cells = place.keys().to_vec();
            cells.extend([Cell::text(label), Cell::text(about)]);
            cells.extend(four(summary.statistic.as_ref()));
            table.push(cells);
        }
        let cost = place.forecast.statistic("cost");
        let beside = (MEAN..).zip(four(cost)).skip(1).collect();
        let engine = [Engine { label: "Engine's mean", figures: vec![(MEAN, mean(cost))] }];
        table.close(&place.keys(), from, &[MEAN], beside, &engine);
    }
    table
}

/// Whether no world has anything: no line is ever below nothing.
fn is_nothing(statistic: &Statistic) -> bool {
    statistic.mean.value == 0.0
}
