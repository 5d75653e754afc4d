//! The workbook: a run's money for finance officers, as a spreadsheet.
//!
//! Every figure comes from the analysis of a run or from its scenario's funding rules. Totals are
//! formulas over the cells above them, and beside them stands what the engine says of the total.

mod about;
mod assumptions;
mod calendar;
mod cash;
mod cell;
mod claims;
mod cost_lines;
mod dictionary;
mod drawn;
mod names;
mod places;
mod reconciliation;
mod room;
mod sheet;
mod summary;
mod table;
mod years;

use jiff::Timestamp;
use rust_xlsxwriter::utility::worksheet_range_absolute;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::names::Names;
use self::table::Table;
use super::Subject;
use super::plain_text::plain;

/// The workbook of a run, as the bytes of an XLSX file: the same bytes for the same run. The
/// forecast should have its months ([`Forecast::with_months`](crate::analysis::Forecast)).
///
/// # Errors
///
/// Where a run is so large that its rows do not fit a sheet.
pub fn workbook(subject: &Subject<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut tables = vec![
        summary::table(subject),
        cash::table(subject),
        calendar::table(subject),
        claims::table(subject),
        years::owed(subject),
        years::cost_and_income(subject),
        cost_lines::table(subject),
        assumptions::table(subject),
        reconciliation::table(subject),
    ];
    tables.push(dictionary::table(subject, &tables));
    let footer = footer(subject);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(subject)?);
    workbook.push_worksheet(about::sheet(subject, &tables, &footer)?);
    for table in &tables {
        workbook.push_worksheet(sheet::sheet(table, &footer)?);
    }
    name(&mut workbook, &tables)?;
    workbook.save_to_buffer()
}

/// Names every table and the main figures.
fn name(workbook: &mut Workbook, tables: &[Table]) -> Result<(), XlsxError> {
    let mut names = Names::default();
    for table in tables {
        let last_column = table.columns.len().saturating_sub(1) as u16;
        let (first, last) = (table.header(), table.last().max(table.header()));
        let range = worksheet_range_absolute(table.sheet, first, 0, last, last_column);
        workbook.define_name(names.give(&["Table", table.sheet]), &format!("={range}"))?;
    }
    for table in tables {
        for (parts, row, column) in &table.named {
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let column = *column as u16;
            let cell = worksheet_range_absolute(table.sheet, *row, column, *row, column);
            workbook.define_name(names.give(&parts), &format!("={cell}"))?;
        }
    }
    Ok(())
}

/// What the file says of itself. Its date is the run's, so that the same run gives the same file.
fn properties(subject: &Subject<'_>) -> Result<DocProperties, XlsxError> {
    let run = subject.run;
    let created: Option<Timestamp> = run.created.parse().ok();
    let created = ExcelDateTime::from_timestamp(created.map_or(0, Timestamp::as_second))?;
    let about = match &run.run {
        Some(id) => format!("Run {id}, seed {}, scenario {}", run.seed, run.hash),
        None => format!("Seed {}, scenario {}", run.seed, run.hash),
    };
    // A property longer than a spreadsheet allows is an error.
    let title: String = plain(&subject.forecast.facts.title).chars().take(120).collect();
    Ok(DocProperties::new()
        .set_title(title)
        .set_author(format!("workcast {}", run.workcast))
        .set_comment(about)
        .set_creation_datetime(&created))
}

fn footer(subject: &Subject<'_>) -> String {
    let run = subject.run.run.as_deref().map_or_else(String::new, |id| format!(" run {id}"));
    // A lone & would be read as a code.
    plain(&format!("workcast{run}")).replace('&', "&&")
}
