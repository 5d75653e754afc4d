//! A table written to its sheet: headings that stay, widths that fit, pages that print.

use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, IgnoreError, Worksheet,
    XlsxError,
};

use super::cell::{Cell, Look};
use super::table::{Is, Table};
use crate::report::plain_text::plain;

/// The most UTF-16 units that a cell may hold.
pub const LONGEST: usize = 32_767;
/// Behind headings.
const HEADING: Color = Color::RGB(0xDD_E5_EE);
/// The number of A4 among papers.
const A4: u8 = 9;
/// The narrowest column, in characters.
const NARROWEST: usize = 12;
/// Points of a line of text.
const LINE: f64 = 15.0;
/// Points that no row may be higher than.
const TALLEST: f64 = 409.0;

/// Writes a table to a sheet of its name.
///
/// # Errors
///
/// Where it has more rows than a sheet can hold.
pub fn sheet(table: &Table, footer: &str) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(table.sheet)?;
    title(&mut sheet, &table.title)?;
    for (row, note) in (1..).zip(&table.notes) {
        sheet.write_string(row, 0, shown(note))?;
    }
    let (header, last) = (table.header(), table.last().max(table.header()));
    let last_column = table.columns.len().saturating_sub(1) as u16;
    let widths: Vec<usize> = (0..table.columns.len()).map(|column| width(table, column)).collect();
    let mut lines = 1;
    for (index, (column, &width)) in (0..).zip(table.columns.iter().zip(&widths)) {
        sheet.set_column_width(index, width as f64 + 1.5)?;
        lines = lines.max(broken(&column.heading, width + 1));
        let format = aside(heading(), column.is_figure, index);
        sheet.write_string_with_format(header, index, shown(&column.heading), &format)?;
    }
    sheet.set_row_height(header, lines as f64 * LINE + 3.0)?;
    for (at, row) in (header + 1..).zip(&table.rows) {
        let mut lines = 1;
        for (index, (cell, column)) in (0..).zip(row.cells.iter().zip(&table.columns)) {
            // A total has its line above it all along.
            if *cell == Cell::Empty && row.is != Is::Total {
                continue;
            }
            let format = aside(dressed(row.is), column.is_figure, index);
            write(&mut sheet, at, index, cell, &format)?;
            lines = lines.max(match cell {
                Cell::Text(text) => broken(text, widths[usize::from(index)]),
                Cell::Check(..) => 2,
                _ => 1,
            });
        }
        row_height(&mut sheet, at, lines)?;
    }
    if !table.rows.is_empty() {
        sheet.autofilter(header, 0, last, last_column)?;
        quiet(&mut sheet, table)?;
    }
    sheet.set_freeze_panes(header + 1, table.keys as u16)?;
    page(&mut sheet, footer);
    sheet.set_repeat_rows(header, header)?;
    sheet.set_print_area(0, 0, last, last_column)?;
    Ok(sheet)
}

/// Asks for no green corners: texts that look like numbers are meant, and so is a total that leaves
/// out the total above it.
fn quiet(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let (first, last) = (table.header() + 1, table.last());
    let (keys, columns) = (table.keys as u16, table.columns.len() as u16);
    if table.checks() == 0 || keys == 0 || keys >= columns {
        sheet.ignore_error_range(first, 0, last, columns - 1, IgnoreError::NumberStoredAsText)?;
        return Ok(());
    }
    // No cell can have two kinds left out.
    sheet.ignore_error_range(first, 0, last, keys - 1, IgnoreError::NumberStoredAsText)?;
    sheet.ignore_error_range(first, keys, last, columns - 1, IgnoreError::FormulaOmitsCells)?;
    Ok(())
}

/// The first cell of every sheet.
pub fn title(sheet: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
    let format = Format::new().set_bold().set_font_size(14);
    sheet.write_string_with_format(0, 0, shown(title), &format)?;
    Ok(())
}

/// The look of a heading.
pub fn heading() -> Format {
    let format = Format::new().set_bold().set_text_wrap().set_background_color(HEADING);
    format.set_align(FormatAlign::Bottom).set_border_bottom(FormatBorder::Thin)
}

/// Figures stand to the right; words to the left, a little off what stands before them.
fn aside(format: Format, is_figure: bool, column: u16) -> Format {
    match (is_figure, column) {
        (true, _) => format.set_align(FormatAlign::Right),
        (false, 0) => format.set_align(FormatAlign::Left),
        (false, _) => format.set_align(FormatAlign::Left).set_indent(1),
    }
}

/// Makes a row as high as so many lines: not every spreadsheet does it by itself.
pub fn row_height(sheet: &mut Worksheet, row: u32, lines: usize) -> Result<(), XlsxError> {
    if lines > 1 {
        sheet.set_row_height(row, (lines as f64 * LINE).min(TALLEST))?;
    }
    Ok(())
}

/// Landscape A4, one page wide, with where it comes from at the foot.
pub fn page(sheet: &mut Worksheet, footer: &str) {
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer(format!("&L{footer}&C&A&RPage &P of &N"));
}

/// A text as a cell shows it: nothing hidden, and cut where a cell ends.
pub fn shown(text: &str) -> String {
    let text = plain(text);
    if text.encode_utf16().count() <= LONGEST {
        return text.into_owned();
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        // One unit is kept for the sign that it was cut.
        units < LONGEST
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    let numbers = |look: Look| format.clone().set_num_format(look.format());
    match cell {
        Cell::Empty => drop(sheet.write_blank(row, column, format)?),
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => {
            let format = format.clone().set_text_wrap();
            sheet.write_string_with_format(row, column, shown(text), &format)?;
        }
        Cell::Number(value, look) => {
            sheet.write_number_with_format(row, column, *value, &numbers(*look))?;
        }
        Cell::Date(date) => match day(*date) {
            Some(day) => {
                let format = format.clone().set_num_format("d mmm yyyy");
                sheet.write_datetime_with_format(row, column, &day, &format)?;
            }
            // Before 1900 a spreadsheet has no dates.
            None => drop(sheet.write_string_with_format(row, column, date.to_string(), format)?),
        },
        Cell::Sum(formula, value) => {
            let formula = Formula::new(formula).set_result(value.to_string());
            sheet.write_formula_with_format(row, column, formula, &numbers(Look::Money))?;
        }
        Cell::Check(formula, says) => {
            let formula = Formula::new(formula).set_result(*says);
            let format = format.clone().set_text_wrap();
            sheet.write_formula_with_format(row, column, formula, &format)?;
        }
    }
    Ok(())
}

fn day(date: jiff::civil::Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs()).ok()
}

fn dressed(is: Is) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match is {
        Is::Item => format,
        Is::Total => format.set_bold().set_border_top(FormatBorder::Thin),
        Is::Beside | Is::Check => format.set_italic(),
    }
}

/// Characters that a column is wide.
fn width(table: &Table, column: usize) -> usize {
    let longest_word = |text: &str| text.split_whitespace().map(|word| word.chars().count()).max();
    let widest = table.columns[column].widest;
    let cells = table.rows.iter().filter_map(|row| Some((row.is, row.cells.get(column)?)));
    let cells = cells.map(|(is, cell)| match cell {
        Cell::Empty => 0,
        Cell::Text(text) => text.chars().count(),
        // Behind the button of the filter, bold in a total.
        Cell::Number(value, Look::Money) | Cell::Sum(_, value) => {
            let pounds = format!("{:.2}", value.abs());
            pounds.len() + pounds.len().saturating_sub(4) / 3 + 2 + usize::from(is == Is::Total)
        }
        Cell::Number(..) | Cell::Date(_) => 11,
        Cell::Check(_, says) => says.chars().count().div_ceil(2) + 2,
    });
    // A little more than the widest is better than a second line.
    let longest = cells.max().unwrap_or(0);
    let longest = if longest <= widest + widest / 4 { longest } else { widest };
    let heading = longest_word(&table.columns[column].heading).unwrap_or(0) + 2;
    longest.max(heading).max(NARROWEST)
}

/// Lines of a text in a column so many characters wide. Fonts differ: one character in ten is kept
/// in hand.
pub fn broken(text: &str, width: usize) -> usize {
    if text.chars().count() <= width {
        return 1;
    }
    let width = (width * 9 / 10).max(1);
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace().map(|word| word.chars().count()) {
        let after = if used > 0 { used + 1 + word } else { word };
        if after <= width {
            used = after;
            continue;
        }
        // A word that is longer than the line is broken anywhere.
        lines += usize::from(used > 0) + word.saturating_sub(1) / width;
        used = (word + width - 1) % width + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_no_cell_can_hold_is_cut_and_says_so() {
        let long = "\u{1f600}".repeat(20_000);
        let cut = shown(&long);
        assert!(cut.ends_with('…') && cut.encode_utf16().count() <= LONGEST);
        let whole = "x".repeat(LONGEST);
        assert_eq!(shown(&whole), whole);
        assert_eq!(shown(&(whole.clone() + "y")).chars().count(), LONGEST);
    }
}
