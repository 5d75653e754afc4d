//! The data dictionary: every column of the workbook, and every metric of the run.

use std::collections::BTreeSet;

use super::cell::Cell;
use super::table::{Column, Table};
use crate::model::{Kind, Metric};
use crate::report::{Subject, definitions};

/// The sheet, for the tables that are in the workbook with it.
pub fn table(subject: &Subject<'_>, tables: &[Table]) -> Table {
    let notes =
        ["Columns of this workbook first, then the metrics and monthly series of the run, by \
                  the names that its data have for them."
            .to_owned()];
    let columns = vec![
        Column::words("Where", 22, "the sheet, or what kind of figure it is"),
        Column::words("Name", 50, "the column's heading, or the metric's name"),
        Column::words("Unit", 18, "what it is measured in; none for names"),
        Column::words("Meaning", 90, "what it is"),
    ];
    let holds = "What every column and every metric means";
    let mut table = Table::new("Dictionary", "Data dictionary", holds, &notes, columns, 2);
    for (sheet, column) in tables.iter().flat_map(|t| t.columns.iter().map(|c| (t.sheet, c))) {
        let row = [sheet, &column.heading, column.unit, &column.means];
        table.push(row.map(Cell::text).to_vec());
    }
    let places = || subject.forecast.options.iter().flat_map(|option| &option.places);
    let metrics = places().flat_map(|place| place.metrics.iter().map(|summary| &summary.metric));
    add(&mut table, "Metric", metrics, definitions::definition);
    let series = places().flat_map(|place| place.monthly.iter().map(|summary| &summary.metric));
    add(&mut table, "Monthly series", series, definitions::monthly);
    table
}

fn add<'a>(
    table: &mut Table,
    what: &str,
    metrics: impl Iterator<Item = &'a Metric>,
    definition: impl Fn(&str) -> Option<String>,
) {
    let mut known = BTreeSet::new();
    for metric in metrics {
        if known.insert(&metric.name) {
            let about = definition(&metric.name).unwrap_or_default();
            table.push([what, &metric.name, unit(metric.kind), &about].map(Cell::text).to_vec());
        }
    }
}

/// What statistics of a metric are measured in.
pub fn unit(kind: Kind) -> &'static str {
    match kind {
        Kind::Money | Kind::Pounds => "£",
        Kind::Chance => "share of worlds",
        kind => definitions::unit(kind),
    }
}
