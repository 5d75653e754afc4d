//! The data dictionary: every column of every table, in words.

use std::io::Write;

use arrow_schema::{DataType, Field, Schema};

use super::csv::Csv;
use super::summary;
use super::tables::Table;
use super::{Rows, Unwritten};

/// What the dictionary's own columns are called.
pub const COLUMNS: [&str; 5] = ["table", "column", "type", "unit", "meaning"];

/// Writes the dictionary of some tables, and of the summaries if there are any, as CSV and answers with the number of its rows.
///
/// # Errors
///
/// Where it cannot be written.
pub fn write(tables: &[Table], summaries: bool, into: impl Write) -> Result<u64, Unwritten> {
    let fields = COLUMNS.map(|name| Field::new(name, DataType::Utf8, false));
    let mut csv = Csv::new(&Schema::new(fields.to_vec()), into)?;
    let mut rows = 0;
    for table in tables {
        for column in &table.columns {
            let holds = column.holds.words();
            csv.texts(&[table.name, &column.name, holds, column.unit, &column.means])?;
            rows += 1;
        }
    }
    for (table, columns) in summary::TABLES.iter().filter(|_| summaries) {
        for [column, holds, unit, means] in *columns {
            csv.texts(&[table, column, holds, unit, means])?;
            rows += 1;
        }
    }
    Box::new(csv).finish()?;
    Ok(rows)
}
