//! Published figures beside computed ones.

use super::cell::{Cell, Look};
use super::places::WHOLE;
use super::table::{Column, Table};
use crate::model::reconciliation::{Sides, Unit};
use crate::report::Subject;

/// The sheet, a row for each figure.
pub fn table(subject: &Subject<'_>) -> Table {
    let notes = ["Figures printed elsewhere beside what the funding rules give. A difference is \
                  reported, never hidden: published less computed."
        .to_owned()];
    let columns = vec![
        Column::words("Place", 24, "locality, or the whole programme"),
        Column::words("Figure", 26, "which figure, as the scenario names it"),
        Column::words("Name", 30, "the name of its table in the scenario, if it has one"),
        Column::words("Unit", 10, "what it is measured in"),
        Column::new("Published", "as said", "the figure as printed"),
        Column::new("Computed", "as said", "the figure as the funding rules give it"),
        Column::new("Difference", "as said", "published less computed"),
        Column::words("Explanation", 50, "why they differ, as far as the figures tell"),
        Column::words("Source", 40, "where it was published"),
    ];
    let holds = "Published figures beside computed ones, with what explains a difference";
    let mut table = Table::new(
        "Reconciliation",
        "Reconciliation with published figures",
        holds,
        &notes,
        columns,
        2,
    );
    for figure in subject.reconciliation {
        let (unit, look, [published, computed, difference]) = sides(&figure.sides);
        table.push(vec![
            Cell::text(figure.locality.as_deref().unwrap_or(WHOLE)),
            Cell::text(&figure.figure),
            Cell::text(figure.name.as_deref().unwrap_or_default()),
            Cell::text(unit),
            Cell::number(Some(published), look),
            Cell::number(Some(computed), look),
            Cell::number(Some(difference), look),
            Cell::text(figure.explanation.as_deref().unwrap_or_default()),
            Cell::text(figure.source.as_deref().unwrap_or_default()),
        ]);
    }
    if subject.reconciliation.is_empty() {
        table.push(vec![Cell::text("The scenario names no published figure.")]);
    }
    table
}

fn sides(sides: &Sides) -> (&'static str, Look, [f64; 3]) {
    match *sides {
        Sides::Money { published_pence, computed_pence, difference_pence } => {
            let pounds = |pence: i64| pence as f64 / 100.0;
            let three = [published_pence, computed_pence, difference_pence].map(pounds);
            ("£", Look::Money, three)
        }
        Sides::Other { unit, published, computed, difference } => {
            let (unit, look) = match unit {
                Unit::People => ("people", Look::Count),
                Unit::Share => ("share", Look::Share),
                Unit::Days => ("days", Look::Days),
            };
            (unit, look, [published, computed, difference])
        }
    }
}
