//! Tables on A4: columns as wide as what they hold, and what is too wide in several tables.

use docx_rs::{
    Paragraph, Shading, Table, TableBorder, TableBorderPosition, TableBorders, TableCell,
    TableCellMargins, TableLayoutType, TableRow, WidthType,
};

use super::style::{RULE, SHADE, TEXT_WIDTH};
use super::text;
use crate::report::grid::{Grid, Row};

/// The most columns of one table.
const MOST_COLUMNS: usize = 6;
/// Width of a character in a table, in twentieths of a point, with some to spare.
const CHARACTER: usize = 98;
/// What stands left and right of a cell's text, together.
const PADDING: usize = 180;
/// A longer word is broken.
const LONGEST_WORD: usize = 16;
/// A longer line does not make its column wider, and so much text no more than less of it.
const LONGEST_LINE: usize = 90;
const LONGEST_CELL: usize = 150;

/// A grid as one table, or as several where it has more columns than a page: the labels stand in each.
pub fn tables(grid: &Grid) -> Vec<Table> {
    let header = grid.full_header();
    let rows: Vec<Vec<&str>> = grid.rows.iter().map(|row| row.full(header.len())).collect();
    let columns: Vec<Width> = (0..header.len())
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column).copied());
            Width::of(header[column], cells.map(text::room))
        })
        .collect();
    let parts = parts(&columns);
    parts.iter().map(|part| one(grid, &header, part, &widths(&columns, part))).collect()
}

/// How wide a column has to be, how wide it would have to be for no line to break, and how much it
/// holds.
struct Width {
    least: usize,
    best: usize,
    holds: usize,
}

impl Width {
    /// By a header, which is in bold and so a little wider, and the cells below it.
    fn of<'a>(header: &str, cells: impl Iterator<Item = &'a str>) -> Self {
        let length = |text: &str, most: usize| text.chars().count().min(most);
        let longest_word = |line: &str| {
            line.split_whitespace().map(|word| length(word, LONGEST_WORD)).max().unwrap_or(0)
        };
        let head = longest_word(header) + 1;
        let mut width = Width { least: head.max(4), best: head.max(12), holds: 0 };
        for cell in cells {
            for line in cell.split('\n') {
                width.least = width.least.max(longest_word(line));
                width.best = width.best.max(length(line, LONGEST_LINE));
            }
            width.holds = width.holds.max(length(cell, LONGEST_CELL));
        }
        let points = |characters: usize| characters * CHARACTER + PADDING;
        let least = points(width.least);
        let best = points(width.best).max(least);
        Width { least, best, holds: points(width.holds).max(best) }
    }
}

/// Which columns stand in which table: the first in each, the others dealt evenly.
fn parts(columns: &[Width]) -> Vec<Vec<usize>> {
    let Some((first, others)) = columns.split_first() else { return Vec::new() };
    let fits = |count: usize| {
        others.chunks(others.len().div_ceil(count).max(1)).all(|chunk| {
            let least: usize = chunk.iter().map(|column| column.least).sum();
            chunk.len() < MOST_COLUMNS && first.least + least <= TEXT_WIDTH
        })
    };
    let most = others.len().max(1);
    let count = (1..=most).find(|&count| fits(count)).unwrap_or(most);
    let numbers: Vec<usize> = (1..columns.len()).collect();
    if numbers.is_empty() {
        return vec![vec![0]];
    }
    let chunks = numbers.chunks(numbers.len().div_ceil(count));
    chunks.map(|chunk| [&[0], chunk].concat()).collect()
}

/// The widths of some columns: where not every line fits, the least that each needs, and of what is
/// left the more the more it holds.
fn widths(columns: &[Width], part: &[usize]) -> Vec<usize> {
    let of = |what: fn(&Width) -> usize| -> usize { part.iter().map(|&c| what(&columns[c])).sum() };
    let (least, best, holds) =
        (of(|width| width.least), of(|width| width.best), of(|width| width.holds));
    let mut widths: Vec<usize> = if best <= TEXT_WIDTH {
        part.iter().map(|&c| columns[c].best * TEXT_WIDTH / best.max(1)).collect()
    } else {
        let left = TEXT_WIDTH.saturating_sub(least);
        let wish = holds.saturating_sub(least).max(1);
        let more = |column: &Width| column.least + left * (column.holds - column.least) / wish;
        part.iter().map(|&c| more(&columns[c])).collect()
    };
    // What rounding has left, or what even the least is too much by.
    let sum: usize = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last = (*last + TEXT_WIDTH).saturating_sub(sum).max(CHARACTER);
    }
    widths
}

fn one(grid: &Grid, header: &[&str], part: &[usize], widths: &[usize]) -> Table {
    let heads = part.iter().zip(widths).map(|(&column, &width)| {
        cell(header[column], width, true).shading(Shading::new().fill(SHADE))
    });
    let mut rows = vec![TableRow::new(heads.collect()).cant_split()];
    rows.extend(grid.rows.iter().map(|row| line(row, header.len(), part, widths)));
    let rule = |position| TableBorder::new(position).size(4).color(RULE);
    let borders = [
        TableBorderPosition::Top,
        TableBorderPosition::Left,
        TableBorderPosition::Bottom,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ];
    let borders = borders.into_iter().fold(TableBorders::new(), |all, at| all.set(rule(at)));
    Table::new(rows)
        .set_grid(widths.to_vec())
        .width(TEXT_WIDTH, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(40, 80, 40, 80))
        .set_borders(borders)
}

/// A row; one without cells is a heading of those below it.
fn line(row: &Row, columns: usize, part: &[usize], widths: &[usize]) -> TableRow {
    if row.cells.is_empty() && columns > 1 {
        let heading = cell(&row.label, TEXT_WIDTH, true).grid_span(part.len());
        return TableRow::new(vec![heading]).cant_split();
    }
    let cells = row.full(columns);
    let cells = part.iter().zip(widths).map(|(&column, &width)| cell(cells[column], width, false));
    TableRow::new(cells.collect()).cant_split()
}

fn cell(text: &str, width: usize, is_heading: bool) -> TableCell {
    let style = if is_heading { "TableHead" } else { "TableText" };
    let paragraph = Paragraph::new().style(style);
    // No heading without a row below it at the foot of a page.
    let paragraph = if is_heading { paragraph.keep_next(true) } else { paragraph };
    // A label below a heading begins with spaces, and was wrapped for a terminal.
    let paragraph = match text.strip_prefix("  ") {
        Some(indented) => {
            paragraph.indent(Some(160), None, None, None).add_run(text::run(indented))
        }
        None => paragraph.add_run(text::lines(text)),
    };
    TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(columns: usize) -> Grid {
        let header = (1..columns).map(|n| format!("Option number {n}")).collect();
        let cells = (1..columns).map(|n| format!("{n},000 ± 20")).collect();
        Grid::new("Question", header, vec![Row::new("How many?", cells)])
    }

    fn columns_of(grid: &Grid) -> Vec<usize> {
        tables(grid).iter().map(|table| table.grid.len()).collect()
    }

    #[test]
    fn a_table_is_as_wide_as_the_text_and_no_column_is_nothing() {
        for columns in [1, 2, 3, 4, 6, 7, 13, 40] {
            for table in tables(&grid(columns)) {
                assert_eq!(table.grid.iter().sum::<usize>(), TEXT_WIDTH, "{columns} columns");
                assert!(table.grid.iter().all(|&width| width >= 500), "{:?}", table.grid);
            }
        }
    }

    #[test]
    fn many_options_stand_in_several_tables_and_the_labels_in_each() {
        assert_eq!(columns_of(&grid(4)), [4]);
        assert_eq!(columns_of(&grid(7)), [4, 4]);
        assert_eq!(columns_of(&grid(14)), [6, 6, 4]);
    }

    #[test]
    fn a_very_long_word_does_not_push_a_table_off_the_page() {
        let long = "w".repeat(500);
        let grid =
            Grid::new("", vec![long.clone(); 3], vec![Row::new(long.clone(), vec![long; 3])]);
        for table in tables(&grid) {
            assert_eq!(table.grid.iter().sum::<usize>(), TEXT_WIDTH);
        }
    }
}
