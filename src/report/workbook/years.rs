//! Cost and income by financial year, and what is owed at each year's end.

use super::cell::{Cell, four, mean};
use super::places::places;
use super::table::{Column, Engine, Table};
use crate::model::programme::FundingYear;
use crate::report::{Subject, words};

const COST: usize = 4;
const INCOME: usize = 8;

/// The years that the programme lives through.
fn years<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a FundingYear> + use<'a> {
    subject.scenario.programme.funding.years.iter().filter(|year| !year.is_over())
}

fn keys() -> Vec<Column> {
    vec![
        Column::words("Option", 32, "way of delivering"),
        Column::words("Place", 24, "locality, or the whole programme"),
        Column::words("Financial year", 24, "funding year"),
        Column::words("Year ends", 24, "last day of the funding year"),
    ]
}

/// Cost and income by year.
pub fn cost_and_income(subject: &Subject<'_>) -> Table {
    let notes =
        ["Cost falls in the year in which it arises; income in the year whose claims it is \
                  paid for, whenever it comes. Ranges of years do not add up, means do."
            .to_owned()];
    let mut columns = keys();
    columns.extend(Column::four("Cost", "cost in the year"));
    columns.extend(Column::four("Income", "income for claims of the year, less what is paid back"));
    columns.push(Column::new("Income less cost: mean", "£", "mean income less mean cost"));
    let holds = "Cost and income of each financial year, with totals";
    let title = "Cost and income by financial year";
    let mut table = Table::new("Cost and income", title, holds, &notes, columns, 4);
    for place in places(subject) {
        let statistic = |metric: &str| place.forecast.statistic(metric);
        let from = table.next();
        if subject.scenario.programme.is_under_way() {
            let starts = words::date(subject.forecast.facts.starts);
            let mut cells = place.keys().to_vec();
            cells.extend([Cell::text(format!("Before {starts}")), Cell::Empty]);
            cells.extend(four(statistic("cost.before")));
            cells.extend(four(statistic("income.before")));
            with_difference(&mut table, cells);
        }
        for year in years(subject) {
            let mut cells = place.keys().to_vec();
            cells.extend([Cell::text(&year.label), ends(subject, year)]);
            cells.extend(four(statistic(&format!("cost_by_year.{}", year.label))));
            cells.extend(four(statistic(&format!("income_by_year.{}", year.label))));
            with_difference(&mut table, cells);
        }
        let mut beside = Vec::new();
        for (column, metric) in [(COST, "cost"), (INCOME, "income")] {
            beside.extend((column..).zip(four(statistic(metric))).skip(1));
        }
        let figures = [(COST, "cost"), (INCOME, "income"), (INCOME + 4, "net")];
        let figures = figures.map(|(column, metric)| (column, mean(statistic(metric))));
        let engine = [Engine { label: "Engine's mean", figures: figures.to_vec() }];
        table.close(&place.keys(), from, &[COST, INCOME, INCOME + 4], beside, &engine);
    }
    table
}

/// Adds a row with the difference of its two means behind it.
fn with_difference(table: &mut Table, mut cells: Vec<Cell>) {
    let row = table.next() + 1;
    cells.push(match (cells[COST].value(), cells[INCOME].value()) {
        // Columns E and I.
        (Some(cost), Some(income)) => Cell::Sum(format!("I{row}-E{row}"), income - cost),
        _ => Cell::Empty,
    });
    table.push(cells);
}

/// What is owed at each year's end.
pub fn owed(subject: &Subject<'_>) -> Table {
    let notes =
        ["Balances at the end of each financial year, for the accounts: what has been claimed \
                  of the funder and not yet received, and what has been invoiced by providers and \
                  not yet paid. They are no parts of a total."
            .to_owned()];
    let mut columns = keys();
    let owed = "claimed and not yet received at the year's end, less what is yet to be paid back";
    columns.extend(Column::four("Owed by the funder", owed));
    let owed = "due to providers and not yet paid at the year's end";
    columns.extend(Column::four("Owed to providers", owed));
    let holds = "What the funder owes, and what is owed to providers, when each year ends";
    let title = "Owed at each year's end";
    let mut table = Table::new("Owed at year end", title, holds, &notes, columns, 4);
    for place in places(subject) {
        for year in years(subject) {
            let of =
                |family: &str| four(place.forecast.statistic(&format!("{family}.{}", year.label)));
            let mut cells = place.keys().to_vec();
            cells.extend([Cell::text(&year.label), ends(subject, year)]);
            cells.extend(of("owed_by_funder_at"));
            cells.extend(of("owed_to_providers_at"));
            table.push(cells);
        }
    }
    table
}

fn ends(subject: &Subject<'_>, year: &FundingYear) -> Cell {
    Cell::Date(subject.scenario.programme.calendar.date(year.ends))
}
