//! The main figures of every place, option beside option.

use super::cell::{Cell, Look, four};
use super::places::{Place, WHOLE, places};
use super::table::{Column, Table};
use crate::analysis::rounding::half_width;
use crate::analysis::{Estimate, Provision, Statistic};
use crate::model::Kind;
use crate::model::programme::Repayment;
use crate::report::{Subject, definitions, words};

/// Where a figure comes from.
enum From {
    /// A metric of the run.
    Metric(&'static str),
    /// The provision for a shortfall.
    Provision(&'static str, &'static str, Kind, fn(&Provision) -> Option<Estimate>),
}

/// The figures, in order, each with the first part of its name where it has one.
const FIGURES: [(Option<&str>, From); 19] = [
    (None, From::Metric("opening_day")),
    (Some("Plans"), From::Metric("plans")),
    (Some("Chance_of_target"), From::Metric("target_met")),
    (None, From::Metric("wait_mean_days")),
    (None, From::Metric("waiting_at_end")),
    (None, From::Metric("in_support_at_end")),
    (None, From::Metric("in_work")),
    (Some("Cost"), From::Metric("cost")),
    (Some("Income"), From::Metric("income")),
    (Some("Net"), From::Metric("net")),
    (Some("Unclaimed"), From::Metric("unclaimed")),
    (None, From::Metric("repaid")),
    (
        Some("Chance_of_shortfall"),
        From::Provision(
            "Chance of a shortfall",
            "chance of cost that no receipt ever covers",
            Kind::Chance,
            |p| Some(p.chance),
        ),
    ),
    (
        None,
        From::Provision(
            "Shortfall, when there is one",
            "mean of the worlds that have one",
            Kind::Money,
            |p| p.mean_when_any,
        ),
    ),
    (
        None,
        From::Provision(
            "Provision for 5 worlds in 10 (P50)",
            "what covers the shortfall in half of all worlds",
            Kind::Money,
            |p| Some(p.p50),
        ),
    ),
    (
        Some("Provision_P80"),
        From::Provision(
            "Provision for 8 worlds in 10 (P80)",
            "what covers the shortfall in 8 worlds of 10",
            Kind::Money,
            |p| Some(p.p80),
        ),
    ),
    (Some("Cash_gap"), From::Metric("cash_gap")),
    (None, From::Metric("financing")),
    (Some("Cost_per_plan"), From::Metric("cost_per_plan")),
];

/// The sheet, a row for each place, figure and option.
pub fn table(subject: &Subject<'_>) -> Table {
    let notes = ["A value is the mean of all worlds, unless the figure's name says otherwise. The error (95%) \
                  is the simulation's own; P10 to P90 is what 8 worlds in 10 come to. An empty cell: no such \
                  statistic."
        .to_owned()];
    let columns = vec![
        Column::words("Place", 24, "locality, or the whole programme"),
        Column::words("Figure", 36, "which figure"),
        Column::words("Option", 32, "way of delivering; \"all\" for what is agreed"),
        Column::new(
            "Value",
            "as shown",
            "the mean of all worlds, unless the figure's name says otherwise",
        ),
        Column::new(
            "Error (95%), ±",
            "as shown",
            "half the width of the 95% interval of the value: more worlds narrow it",
        ),
        Column::new("P10", "as shown", "1 world in 10 lies below"),
        Column::new("P50", "as shown", "the middle world"),
        Column::new("P90", "as shown", "1 world in 10 lies above"),
        Column::words("Metric", 18, "its name in the run's data, and in the dictionary"),
        Column::words("What it is", 72, "the figure in words"),
    ];
    let holds = "The main figures, option beside option";
    let title = format!("Summary: {}", subject.forecast.facts.title);
    let mut table = Table::new("Summary", title, holds, &notes, columns, 3);
    let all = places(subject);
    let mut names: Vec<Option<&str>> = Vec::new();
    for place in &all {
        if !names.contains(&place.locality) {
            names.push(place.locality);
        }
    }
    // The whole first: it is what most readers came for.
    names.sort_by_key(Option::is_some);
    for locality in names {
        agreed(&mut table, subject, locality);
        for (name, figure) in &FIGURES {
            for place in all.iter().filter(|place| place.locality == locality) {
                row(&mut table, subject, place, name.as_deref(), figure);
            }
        }
    }
    table
}

/// What is agreed with a place, whatever the option.
fn agreed(table: &mut Table, subject: &Subject<'_>, locality: Option<&str>) {
    let facts = &subject.forecast.facts;
    let allocation = facts.allocation_pence(locality) as f64 / 100.0;
    let people = facts.agreed(locality) as f64;
    for (figure, value, about) in [
        (
            "Agreed participants",
            Cell::number(Some(people), Look::Whole),
            "participants that the place has agreed to",
        ),
        ("Allocation", Cell::money(Some(allocation)), "what the place may be paid in all"),
    ] {
        let mut cells = vec![
            Cell::text(locality.unwrap_or(WHOLE)),
            Cell::text(figure),
            Cell::text("all"),
            value,
        ];
        cells.resize(9, Cell::Empty);
        cells.push(Cell::text(about));
        table.push(cells);
    }
}

fn row(
    table: &mut Table,
    subject: &Subject<'_>,
    place: &Place<'_>,
    name: Option<&str>,
    from: &From,
) {
    let (figure, amounts, metric, about) = match from {
        From::Metric(metric) => {
            let Some(statistic) = place.forecast.statistic(metric) else { return };
            let repayment = subject.scenario.programme.funding.repayment;
            if *metric == "repaid" && repayment == Repayment::None {
                return;
            }
            let about = definitions::definition(metric).unwrap_or_default();
            (called(metric), of(subject, statistic), *metric, about)
        }
        From::Provision(figure, about, kind, get) => {
            let Some(provision) = &place.forecast.provision else { return };
            let estimate = get(provision);
            let mut cells = vec![
                Cell::number(estimate.map(|e| e.value), Look::of(*kind)),
                error(*kind, estimate),
            ];
            cells.resize(5, Cell::Empty);
            (*figure, cells, "shortfall", (*about).to_owned())
        }
    };
    if let Some(name) = name {
        let parts = [name, place.option, place.name].map(str::to_owned);
        table.named.push((parts.to_vec(), table.next(), 3));
    }
    let mut cells = vec![Cell::text(place.name), Cell::text(figure), Cell::text(place.option)];
    cells.extend(amounts);
    cells.extend([Cell::text(metric), Cell::text(about)]);
    table.push(cells);
}

/// What a metric is called where a figure is a date and no number of days.
fn called(metric: &'static str) -> &'static str {
    match metric {
        "opening_day" => "Takes referrals from",
        "repaid" => "Paid back at the reconciliation",
        metric => words::metric(metric),
    }
}

/// Value, error, P10, P50 and P90 of a metric. Days of the programme are dates.
fn of(subject: &Subject<'_>, statistic: &Statistic) -> Vec<Cell> {
    if let Some(least) = statistic.under {
        let mut cells = vec![Cell::text(format!("under {least}"))];
        cells.resize(5, Cell::Empty);
        return cells;
    }
    let kind = statistic.kind;
    let [value, p10, p50, p90] = four(Some(statistic));
    let date = |cell: Cell| match cell.value() {
        Some(day) if kind == Kind::Day => {
            Cell::Date(subject.forecast.facts.date(libm::round(day) as i64))
        }
        _ => cell,
    };
    let error = error(kind, Some(statistic.mean));
    // The quantiles of what happened or did not say nothing that its chance does not.
    if kind == Kind::Chance {
        return vec![value, error, Cell::Empty, Cell::Empty, Cell::Empty];
    }
    vec![date(value), error, date(p10), date(p50), date(p90)]
}

fn error(kind: Kind, estimate: Option<Estimate>) -> Cell {
    Cell::number(estimate.and_then(half_width), Look::of(kind))
}
