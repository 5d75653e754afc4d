//! What is claimed for each period, and what is left of each cap.

use rust_xlsxwriter::utility::row_col_to_cell;

use super::cash::month;
use super::cell::{Cell, Look, mean};
use super::drawn::{dates, funders};
use super::places::{Place, places};
use super::room::Room;
use super::table::{Column, Engine, Table};
use crate::model::programme::{
    BasicBasis, CapPeriod, IncomeLimit, OutcomeBasis, PaidWhen, Repayment,
};
use crate::quantity::Day;
use crate::report::{Subject, words};

/// The columns in front of the amounts.
const KEYS: usize = 7;
/// Columns of each part: mean, P10, P90, cap, left.
const EACH: usize = 5;

/// A part of the money: what it is called, and its metrics and series.
#[derive(Clone, Copy)]
pub struct Part {
    name: &'static str,
    series: &'static str,
    paid: &'static str,
    /// Over what its cap runs.
    pub cap: CapPeriod,
    /// Which it is.
    pub which: Which,
}

/// Basic, participant or outcome.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Against spending.
    Basic,
    /// For people.
    Participant,
    /// For outcomes.
    Outcome,
}

/// The sheet, a row for each option, place and claim.
pub fn table(subject: &Subject<'_>) -> Table {
    let parts = parts(subject);
    let mut columns = vec![
        Column::words("Option", 32, "way of delivering"),
        Column::words("Place", 24, "locality, or the whole programme"),
        Column::words("Claim", 22, "number of the claim, from 1"),
        Column::words("Period begins", 14, "first day that it covers"),
        Column::words(
            "Period ends, return due",
            14,
            "last day that it covers: from then on its data return and claim are due",
        ),
        Column::words(
            "Paid: earliest",
            14,
            "day of the first payment for it; 1 world in 10 is earlier",
        ),
        Column::words(
            "Paid: latest",
            14,
            "day of the last payment for a return in time; 1 world in 10 is later",
        ),
    ];
    for part in &parts {
        let over = match part.cap {
            CapPeriod::Programme => "of the programme",
            CapPeriod::Year => "of the year",
        };
        let name = part.name;
        let claimed =
            format!("claimed for the {} part, before anything is disallowed", name.to_lowercase());
        columns.extend([
            Column::new(format!("{name}: mean"), "£", format!("{claimed}: mean of all worlds")),
            Column::new(
                format!("{name}: P10"),
                "£",
                format!("{claimed}: 1 world in 10 lies below"),
            ),
            Column::new(
                format!("{name}: P90"),
                "£",
                format!("{claimed}: 1 world in 10 lies above"),
            ),
            Column::new(
                format!("{name}: cap"),
                "£",
                format!("its cap {over}, less what was claimed before the first day"),
            ),
            Column::new(
                format!("{name}: left of cap"),
                "£",
                "the cap less the means claimed under it so far",
            ),
        ]);
    }
    if !parts.is_empty() {
        columns.push(Column::new("All claimed: mean", "£", "sum of the means of the parts"));
    }
    let holds = "What is claimed for each period, and what is left of each cap";
    let notes = notes(subject, &parts);
    let mut table =
        Table::new("Claims", "Claims and what is left of each cap", holds, &notes, columns, 3);
    for place in places(subject) {
        block(&mut table, subject, &place, &parts);
    }
    table
}

/// The parts whose claims the run kept by month.
fn parts(subject: &Subject<'_>) -> Vec<Part> {
    let funding = &subject.scenario.programme.funding;
    let outcome = funding.outcome.map_or(CapPeriod::Programme, |outcome| outcome.cap);
    let all = [
        ("Basic", "claimed_basic", "income_basic", funding.basic.cap, Which::Basic),
        (
            "Participant",
            "claimed_participant",
            "income_participant",
            funding.participant.cap,
            Which::Participant,
        ),
        ("Outcome", "claimed_outcome", "income_outcome", outcome, Which::Outcome),
    ];
    let is_kept = |series: &str| {
        let places = subject.forecast.options.iter().flat_map(|option| &option.places);
        places.flat_map(|place| &place.monthly).any(|known| known.metric.name == series)
    };
    let part = |(name, series, paid, cap, which)| Part { name, series, paid, cap, which };
    all.into_iter().filter(|part| is_kept(part.1)).map(part).collect()
}

fn block(table: &mut Table, subject: &Subject<'_>, place: &Place<'_>, parts: &[Part]) {
    let programme = &subject.scenario.programme;
    let from = table.next();
    if programme.is_under_way() && !parts.is_empty() {
        let mut cells = place.keys().to_vec();
        let starts = words::date(subject.forecast.facts.starts);
        cells.push(Cell::text(format!("Before {starts}")));
        cells.resize(table.columns.len(), Cell::Empty);
        for (index, part) in parts.iter().enumerate() {
            cells[KEYS + EACH * index] =
                Cell::pence(Room::before(subject, place.locality, part.which));
        }
        with_all(table, cells, parts);
    }
    let mut rooms: Vec<Room> =
        parts.iter().map(|part| Room::new(subject, place.locality, *part)).collect();
    for (number, quarter) in programme.calendar.quarters().iter().enumerate() {
        let row = table.next();
        let date = |day: Day| Cell::Date(programme.calendar.date(day));
        let mut cells = place.keys().to_vec();
        cells.push(Cell::Number(number as f64 + 1.0, Look::Whole));
        cells.extend([date(quarter.first), date(quarter.last)]);
        cells.extend(paid(subject, quarter.last));
        for (index, (part, room)) in parts.iter().zip(&mut rooms).enumerate() {
            let column = (KEYS + EACH * index) as u16;
            let [mean, p10, _, p90] = month(place, part.series, quarter.last_month);
            let cap = room.at(number, row);
            let first = row_col_to_cell(cap.since, column);
            let left = mean.value().map(|mean| {
                let before: f64 =
                    (cap.since..row).filter_map(|row| table.value(row, column.into())).sum();
                let at = row_col_to_cell(row, column + 3);
                let formula = format!("{at}-SUM({first}:{})", row_col_to_cell(row, column));
                Cell::Sum(formula, cap.amount.to_pounds() - (before + mean))
            });
            cells.extend([mean, p10, p90, Cell::pence(cap.amount), left.unwrap_or(Cell::Empty)]);
        }
        with_all(table, cells, parts);
    }
    if !parts.is_empty() {
        let sums: Vec<usize> = (0..=parts.len()).map(|index| KEYS + EACH * index).collect();
        table.close(&place.keys(), from, &sums, Vec::new(), &engine(subject, place, parts));
    }
}

/// Adds a row with the sum of its parts behind it.
fn with_all(table: &mut Table, mut cells: Vec<Cell>, parts: &[Part]) {
    let row = table.next();
    let columns = (0..parts.len()).map(|index| KEYS + EACH * index);
    let (mut sum, mut terms) = (0.0, Vec::new());
    for column in columns {
        if let Some(value) = cells[column].value() {
            sum += value;
            terms.push(row_col_to_cell(row, column as u16));
        }
    }
    cells.truncate(table.columns.len() - usize::from(!parts.is_empty()));
    if !parts.is_empty() {
        let is_none = terms.is_empty();
        cells.push(if is_none { Cell::Empty } else { Cell::Sum(terms.join("+"), sum) });
    }
    table.push(cells);
}

/// What became of all that was claimed, part by part: paid, never paid, paid back.
fn engine(subject: &Subject<'_>, place: &Place<'_>, parts: &[Part]) -> Vec<Engine> {
    let of = |metric: &str| mean(place.forecast.statistic(metric));
    let all = KEYS + EACH * parts.len();
    // What is claimed for outcomes after the programme stands in no month, so that there is nothing
    // to check the months by.
    let outcome = subject.scenario.programme.funding.outcome;
    let later = outcome.is_some_and(|part| part.paid_on == OutcomeBasis::Sustained);
    let is_known = |which: Which| which != Which::Outcome || !later;
    let mut paid: Vec<(usize, Option<f64>)> = Vec::new();
    let mut basic = KEYS;
    for (index, part) in parts.iter().enumerate() {
        let column = KEYS + EACH * index;
        if is_known(part.which) {
            paid.push((column, of(part.paid)));
        }
        if part.which == Which::Basic {
            basic = column;
        }
    }
    let in_all = |value: Option<f64>| (all, value.filter(|_| !later));
    paid.push(in_all(of("income")));
    let twice = |metric: &str| vec![(basic, of(metric)), in_all(of(metric))];
    let mut lines = vec![
        Engine { label: "Engine: paid", figures: paid },
        Engine { label: "Engine: disallowed", figures: twice("disallowed") },
    ];
    if subject.scenario.programme.funding.repayment != Repayment::None {
        lines.push(Engine { label: "Engine: paid back", figures: twice("repaid") });
    }
    if let Some(central) = of("income_central") {
        let figures = vec![in_all(Some(-central))];
        lines.push(Engine { label: "Less paid centrally", figures });
    }
    lines
}

/// The first and the last day on which anybody pays for a period.
fn paid(subject: &Subject<'_>, last: Day) -> [Cell; 2] {
    let funders = funders(&subject.scenario.programme.funding);
    let all = funders.iter().map(|&(_, after)| dates(subject, last, after));
    let ends = all.collect::<Option<Vec<_>>>().unwrap_or_default();
    let first = ends.iter().map(|ends| ends[0]).min();
    let latest = ends.iter().map(|ends| ends[1]).max();
    [first, latest].map(|date| date.map_or(Cell::Empty, Cell::Date))
}

fn notes(subject: &Subject<'_>, parts: &[Part]) -> Vec<String> {
    let programme = &subject.scenario.programme;
    let funding = &programme.funding;
    if parts.is_empty() {
        return vec![
            "This run was made before claims were kept by month: make it again to have their amounts."
                .to_owned(),
        ];
    }
    let mut notes = vec![
        "Claimed: before anything is disallowed. Left of a cap: the cap less the means claimed under it \
         so far. How a date of payment is to be read is said on the sheet Calendar."
            .to_owned(),
        "All that is claimed is paid, disallowed or paid back: below each total stand the engine's own \
         means of the three, and whether they add up to it."
            .to_owned(),
    ];
    if funding.paid == PaidWhen::InAdvance && funding.basic.paid_on == BasicBasis::Profile {
        notes.push(
            "The basic part is paid in advance, counted from its period's first day: the dates of \
             payment here are those of everything else."
                .to_owned(),
        );
    }
    let by_year = parts.iter().any(|part| part.cap == CapPeriod::Year);
    if by_year && funding.income_limit == IncomeLimit::Expenditure {
        notes.push(
            "What the income limit holds back uses the cap of the year in which it is earned, and may \
             be claimed in the next: what is left of a year's cap is then a little off."
                .to_owned(),
        );
    }
    if programme.moving_places.is_some() {
        notes.push(
            "Places move between localities, and their money with them: caps are those agreed, before \
             any place moves."
                .to_owned(),
        );
    }
    if funding.outcome.is_some_and(|part| part.paid_on == OutcomeBasis::Sustained) {
        notes.push(
            "What is claimed for outcomes after the last day stands in no period here.".to_owned(),
        );
    }
    notes
}
