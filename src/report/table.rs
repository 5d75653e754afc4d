//! A plain table: labels on the left, options beside each other.

use std::ops::Range;

use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width};

/// No line of a report is wider than this.
pub const WIDTH: u16 = 110;
/// Width of the column of labels.
const LABELS: u16 = 33;
/// Options beside each other before a table is continued below.
pub const MOST_COLUMNS: usize = 4;

/// One row: its label, then a cell for each column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is asked.
    pub label: String,
    /// The answers.
    pub cells: Vec<String>,
}

impl Row {
    /// A row of a table.
    pub fn new(label: impl Into<String>, cells: Vec<String>) -> Self {
        Row { label: label.into(), cells }
    }
}

/// Draws rows under a header. Columns beyond [`MOST_COLUMNS`] are drawn in further tables below,
/// with the labels again.
pub fn draw(corner: &str, header: &[String], rows: &[Row]) -> String {
    let mut tables = Vec::new();
    for first in (0..header.len().max(1)).step_by(MOST_COLUMNS) {
        let columns = first..(first + MOST_COLUMNS).min(header.len());
        tables.push(block(corner, &header[columns.clone()], rows, columns));
    }
    tables.join("\n\n")
}

fn block(corner: &str, header: &[String], rows: &[Row], columns: Range<usize>) -> String {
    let mut table = ruled(std::iter::once(corner.to_owned()).chain(header.iter().cloned()));
    for row in rows {
        let cells = columns.clone().map(|i| row.cells.get(i).cloned().unwrap_or_default());
        table.add_row(std::iter::once(row.label.clone()).chain(cells));
    }
    // Two columns are no wider than three; each has a space between it and the last.
    let count = u16::try_from(columns.len().max(3)).unwrap_or(WIDTH);
    let width = ((WIDTH - LABELS) / count).saturating_sub(1);
    for (index, column) in table.column_iter_mut().enumerate() {
        let width = if index == 0 { LABELS } else { width };
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
    }
    trimmed(&table.to_string())
}

/// Draws a list whose columns are as wide as their contents need.
pub fn list(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut table = ruled(header.iter().map(|&title| title.to_owned()));
    table.add_rows(rows.iter().cloned());
    trimmed(&table.to_string())
}

fn ruled(header: impl Iterator<Item = String>) -> Table {
    let rule = LineStyle::none().fill('─').junction('─');
    let mut table = Table::new();
    table
        .load_style(TableStyle::new().header_separator(rule).top_border(rule).bottom_border(rule))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .force_no_tty()
        .set_header(header.collect::<Vec<_>>());
    table
}

/// Without spaces at the ends of lines.
fn trimmed(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Breaks a paragraph into lines of at most [`WIDTH`], each after the first behind an indent.
pub fn wrapped(text: &str, indent: &str) -> String {
    wrapped_to(usize::from(WIDTH), text, "", indent)
}

/// A label that stands below another, behind an indent on all its lines.
pub fn indented(label: &str) -> String {
    // A cell has a space on either side.
    wrapped_to(usize::from(LABELS) - 2, label, "  ", "  ")
}

fn wrapped_to(width: usize, text: &str, first: &str, indent: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            None => lines.push(format!("{first}{word}")),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{indent}{word}")),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_page() {
        let words = "seven words and then some more of them ".repeat(20);
        let header: Vec<String> = (0..6).map(|i| format!("Option number {i}")).collect();
        let rows = [Row::new(words.clone(), vec![words.clone(); 6])];
        let drawn = draw("", &header, &rows);
        for line in drawn.lines().chain(wrapped(&words, "  ").lines()) {
            assert!(line.chars().count() <= usize::from(WIDTH), "{line}");
        }
    }

    #[test]
    fn options_beyond_the_fourth_are_drawn_below() {
        let header: Vec<String> = (0..6).map(|i| format!("Option {i}")).collect();
        let cells = (0..6).map(|i| format!("{i}00")).collect();
        let drawn = draw("", &header, &[Row::new("Plans", cells)]);
        assert_eq!(drawn.matches("Plans").count(), 2);
        assert!(drawn.contains("Option 5") && drawn.contains("500"));
    }
}
