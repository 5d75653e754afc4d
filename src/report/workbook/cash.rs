//! Monthly cash: what is spent, what comes in, and the balance, month by month.

use super::cell::{Cell, four, mean};
use super::places::{Place, localities, places};
use super::table::{Column, Engine, Table};
use crate::analysis::MonthStatistic;
use crate::model::programme::FundingYear;
use crate::quantity::Pence;
use crate::report::{Subject, words};

const COST: usize = 3;
const RECEIPTS: usize = 7;
const BALANCE: usize = 11;
const PROVISION: usize = 15;

/// The sheet, a row for each option, place and month.
pub fn table(subject: &Subject<'_>) -> Table {
    let mut notes = vec![
        "Means of months add up to the mean of the total. P10, P50 and P90 do not: those beside a \
         total are the engine's own of the total, not sums."
            .to_owned(),
        "The provision (P80) is what covers the shortfall, cost that no receipt ever covers, in 8 \
         worlds of 10. Balance: receipts less payments so far, at the month's end."
            .to_owned(),
    ];
    if settled_at_end(subject).is_none() {
        notes.push(
            "The last funding year ends after the programme: what is received after the last month \
             stands in no row, and total receipts are not checked."
                .to_owned(),
        );
    }
    let mut columns = vec![
        Column::words("Option", 32, "way of delivering"),
        Column::words("Place", 24, "locality, or the whole programme"),
        Column::words("Month ending", 24, "last day of the month within the programme"),
    ];
    columns.extend(Column::four("Cost", "spent on delivery in the month"));
    columns.extend(Column::four("Receipts", "receipts of the month, less what is paid back"));
    columns.extend(Column::four("Balance", "receipts less payments so far, at the month's end"));
    columns.push(Column::new(
        "P80 provision for a shortfall",
        "£",
        "what covers the shortfall in 8 worlds of 10, beside the total",
    ));
    let holds = "Cost, receipts and balance of every month, and the provision for a shortfall";
    let mut table = Table::new("Monthly cash", "Monthly cash by option", holds, &notes, columns, 3);
    for place in places(subject) {
        block(&mut table, subject, &place);
    }
    table
}

fn block(table: &mut Table, subject: &Subject<'_>, place: &Place<'_>) {
    let programme = &subject.scenario.programme;
    let statistic = |metric: &str| place.forecast.statistic(metric);
    let from = table.next();
    let facts = &subject.forecast.facts;
    let row = |when: Cell| {
        let mut cells = place.keys().to_vec();
        cells.push(when);
        cells.resize(PROVISION + 1, Cell::Empty);
        cells
    };
    if programme.is_under_way() {
        let mut cells = row(Cell::text(format!("Before {}", words::date(facts.starts))));
        cells[COST] = Cell::money(mean(statistic("cost.before")));
        let received: Pence =
            localities(subject, place.locality).map(|known| known.opening.money.received).sum();
        cells[RECEIPTS] = Cell::pence(received);
        table.push(cells);
    }
    let series = [("cost", COST), ("receipts", RECEIPTS), ("balance", BALANCE)];
    for (index, label) in subject.forecast.months.iter().enumerate() {
        let mut cells = row(month_end(subject, label));
        for (name, column) in series {
            for (offset, cell) in month(place, name, index).into_iter().enumerate() {
                cells[column + offset] = cell;
            }
        }
        table.push(cells);
    }
    let owed = settled_at_end(subject)
        .and_then(|year| statistic(&format!("owed_by_funder_at.{}", year.label)));
    if owed.is_some() {
        let mut cells = row(Cell::text(format!("After {}", words::date(facts.ends))));
        for (offset, cell) in four(owed).into_iter().enumerate() {
            cells[RECEIPTS + offset] = cell;
        }
        table.push(cells);
    }
    let provision = place.forecast.provision.map(|provision| provision.p80.value);
    let mut beside = vec![(PROVISION, Cell::money(provision))];
    let income = statistic("income").filter(|_| owed.is_some());
    for (column, of) in [(COST, statistic("cost")), (RECEIPTS, income)] {
        beside.extend((column..).zip(four(of)).skip(1));
    }
    let figures = vec![(COST, mean(statistic("cost"))), (RECEIPTS, mean(income))];
    let engine = [Engine { label: "Engine's mean", figures }];
    table.close(&place.keys(), from, &[COST, RECEIPTS], beside, &engine);
}

/// The last funding year, if it ends with the programme: what is owed then is what comes after.
fn settled_at_end<'a>(subject: &Subject<'a>) -> Option<&'a FundingYear> {
    let programme = &subject.scenario.programme;
    programme.funding.years.last().filter(|year| year.ends == programme.calendar.last())
}

/// The last day of a month within the programme.
fn month_end(subject: &Subject<'_>, label: &str) -> Cell {
    let calendar = &subject.scenario.programme.calendar;
    let month = calendar.months().iter().find(|month| month.label == label);
    month.map_or_else(|| Cell::text(label), |month| Cell::Date(calendar.date(month.last)))
}

/// Mean, P10, P50 and P90 of a series in one month.
pub fn month(place: &Place<'_>, series: &str, index: usize) -> [Cell; 4] {
    let known = place.forecast.monthly.iter().find(|summary| summary.metric.name == series);
    let month = known.and_then(|summary| *summary.months.get(index)?);
    let of = |estimate: fn(&MonthStatistic) -> f64| Cell::money(month.as_ref().map(estimate));
    [of(|m| m.mean.value), of(|m| m.p10.value), of(|m| m.p50.value), of(|m| m.p90.value)]
}
