//! The assumptions log: every value in force, one row each.

use super::cell::Cell;
use super::table::{Column, Table};
use crate::report::Subject;

/// The sheet, a row for each value.
pub fn table(subject: &Subject<'_>) -> Table {
    let notes = ["Every value that the run rests on. A value that nobody stated is the program's \
                  default. Quantities have a unit; rules, routes, dates and names have none."
        .to_owned()];
    let columns = vec![
        Column::words("Path", 54, "where the value stands in the scenario"),
        Column::words("Value", 40, "the value in words, with its range where it is uncertain"),
        Column::words("Unit", 14, "what it is measured in; none for a rule, a date or a name"),
        Column::words("Source", 36, "where it comes from"),
        Column::words(
            "Confidence",
            14,
            "measured, official, analogous, derived or assumed; default if nobody stated it",
        ),
        Column::words("Owner", 18, "who answers for it"),
        Column::words("Agreed on", 14, "the day on which it was agreed"),
        Column::words("Note", 36, "what else is said of it"),
        Column::words("Stated in", 42, "file and line; empty for a default"),
    ];
    let holds = "Every value in force: source, confidence, owner, when it was agreed";
    let mut table = Table::new("Assumptions", "Assumptions log", holds, &notes, columns, 1);
    for value in subject.values {
        let text = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or_default());
        let confidence = match (&value.confidence, &value.place) {
            (Some(stated), _) => stated,
            (None, None) => "default",
            (None, Some(_)) => "",
        };
        let agreed = value
            .agreed_on
            .as_deref()
            .map(|text| text.parse().map_or_else(|_| Cell::text(text), Cell::Date));
        table.push(vec![
            Cell::text(&value.path),
            Cell::text(&value.value),
            Cell::text(value.unit.unwrap_or_default()),
            text(&value.source),
            Cell::text(confidence),
            text(&value.owner),
            agreed.unwrap_or(Cell::Empty),
            text(&value.note),
            text(&value.place),
        ]);
    }
    table
}
