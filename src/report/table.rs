//! A plain table for the terminal: labels on the left, options beside each other.

use std::ops::Range;

use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width};

use super::grid::Grid;

/// No line of a report is wider than this.
pub const WIDTH: u16 = 80;
/// Width of the column of labels.
const LABELS: u16 = 26;
/// Options beside each other before a table is continued below.
pub const MOST_COLUMNS: usize = 3;

/// Draws a table, its title above it. Columns beyond [`MOST_COLUMNS`] are drawn in further tables
/// below, with the labels again.
pub fn draw(grid: &Grid) -> String {
    let mut tables = Vec::new();
    for first in (0..grid.header.len().max(1)).step_by(MOST_COLUMNS) {
        let columns = first..(first + MOST_COLUMNS).min(grid.header.len());
        tables.push(block(grid, columns));
    }
    let tables = tables.join("\n\n");
    match &grid.title[..] {
        "" => tables,
        title => format!("{}\n{tables}", wrapped(title, "")),
    }
}

fn block(grid: &Grid, columns: Range<usize>) -> String {
    let header = grid.header[columns.clone()].iter().cloned();
    let mut table = ruled(std::iter::once(grid.corner.clone()).chain(header));
    for row in &grid.rows {
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

/// Draws a table whose columns are as wide as their contents need.
pub fn list(grid: &Grid) -> String {
    let header = grid.full_header();
    let mut table = ruled(header.iter().map(|&title| title.to_owned()));
    table.add_rows(grid.rows.iter().map(|row| row.full(header.len())));
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

/// The same with lines of at most `width` characters, the first of them behind an indent of its own.
pub fn wrapped_to(width: usize, text: &str, first: &str, indent: &str) -> String {
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
    use crate::report::grid::Row;

    #[test]
    fn no_line_is_wider_than_the_page() {
        let words = "seven words and then some more of them ".repeat(20);
        let header: Vec<String> = (0..6).map(|i| format!("Option number {i}")).collect();
        let rows = vec![Row::new(words.clone(), vec![words.clone(); 6])];
        let drawn = draw(&Grid::new("", header, rows));
        for line in drawn.lines().chain(wrapped(&words, "  ").lines()) {
            assert!(line.chars().count() <= usize::from(WIDTH), "{line}");
        }
    }

    #[test]
    fn options_beyond_the_fourth_are_drawn_below() {
        let header: Vec<String> = (0..6).map(|i| format!("Option {i}")).collect();
        let cells = (0..6).map(|i| format!("{i}00")).collect();
        let drawn = draw(&Grid::new("", header, vec![Row::new("Plans", cells)]));
        assert_eq!(drawn.matches("Plans").count(), 2);
        assert!(drawn.contains("Option 5") && drawn.contains("500"));
    }
}
