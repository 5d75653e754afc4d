//! One sheet: its title, what is said above the table, and the table, which is long and tidy.

use super::cell::Cell;
use crate::report::table::wrapped_to;
use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};

/// What a check says where a total is the engine's.
pub const AGREES: &str = "agrees with the engine";
/// What it says where it is not.
pub const DIFFERS: &str = "differs from the engine";
/// Half a penny: a total that is off by less agrees to the penny.
const HALF_A_PENNY: f64 = 0.005;

/// Characters of a line above the table, which is wider.
const LINE: usize = 140;

/// A sheet with one table.
#[derive(Debug)]
pub struct Table {
    /// The sheet's name: ours, so that it is valid.
    pub sheet: &'static str,
    /// What stands in the first cell.
    pub title: String,
    /// What the sheet is for, in a sentence.
    pub holds: &'static str,
    /// Lines above the table.
    pub notes: Vec<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many columns on the left stay in view.
    pub keys: usize,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Cells with a name of their own: the parts of the name, and where it stands.
    pub named: Vec<(Vec<String>, u32, usize)>,
}

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// What stands above it.
    pub heading: String,
    /// What its values are measured in; empty for names.
    pub unit: &'static str,
    /// What they mean, for the data dictionary.
    pub means: String,
    /// The widest that it gets, in characters; longer text is broken.
    pub widest: usize,
    /// Whether it has figures, which stand to the right.
    pub is_figure: bool,
}

/// A row of a table.
#[derive(Debug)]
pub struct Row {
    /// Its cells, from the left.
    pub cells: Vec<Cell>,
    /// What it is.
    pub is: Is,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    /// One of many.
    Item,
    /// The sum of those above.
    Total,
    /// Something set beside the total.
    Beside,
    /// Whether the two agree.
    Check,
}

/// A line of figures that a total is checked against: its label, and amounts by column. The total
/// has to be the sum of all such lines.
pub struct Engine {
    /// What stands in front of it.
    pub label: &'static str,
    /// Columns with the engine's figures.
    pub figures: Vec<(usize, Option<f64>)>,
}

impl Column {
    /// A column of figures.
    pub fn new(heading: impl Into<String>, unit: &'static str, means: impl Into<String>) -> Self {
        Column { heading: heading.into(), unit, means: means.into(), widest: 24, is_figure: true }
    }

    /// A column of words.
    pub fn words(heading: &str, widest: usize, means: impl Into<String>) -> Self {
        Column {
            heading: heading.to_owned(),
            unit: "",
            means: means.into(),
            widest,
            is_figure: false,
        }
    }

    /// Mean, P10, P50 and P90 of an amount of money.
    pub fn four(what: &str, means: &str) -> [Self; 4] {
        [
            ("mean", "mean of all worlds"),
            ("P10", "1 world in 10 lies below"),
            ("P50", "the middle world"),
            ("P90", "1 world in 10 lies above"),
        ]
        .map(|(name, is)| Column::new(format!("{what}: {name}"), "£", format!("{means}: {is}")))
    }
}

impl Table {
    /// An empty one. Rows come below the title, the notes, a blank line and the headings.
    pub fn new(
        sheet: &'static str,
        title: impl Into<String>,
        holds: &'static str,
        notes: &[String],
        columns: Vec<Column>,
        keys: usize,
    ) -> Self {
        let lines = notes.iter().map(|note| wrapped_to(LINE, note, "", ""));
        let notes = lines.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
        Table {
            sheet,
            title: title.into(),
            holds,
            notes: notes.collect(),
            columns,
            keys,
            rows: Vec::new(),
            named: Vec::new(),
        }
    }

    /// The row of the headings, from 0.
    pub fn header(&self) -> u32 {
        self.notes.len() as u32 + 2
    }

    /// The row that the next one will be, from 0.
    pub fn next(&self) -> u32 {
        self.header() + 1 + self.rows.len() as u32
    }

    /// The last row, from 0.
    pub fn last(&self) -> u32 {
        self.next() - 1
    }

    /// Adds a row.
    pub fn push(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row { cells, is: Is::Item });
    }

    /// The cells of a column from a row to the last, added up by a formula; nothing where none of
    /// them has a number.
    pub fn sum(&self, column: usize, from: u32) -> Cell {
        let last = self.last();
        let values: Vec<f64> = (from..=last).filter_map(|row| self.value(row, column)).collect();
        if values.is_empty() {
            return Cell::Empty;
        }
        let range = cell_range(from, column as u16, last, column as u16);
        Cell::Sum(format!("SUM({range})"), values.iter().sum())
    }

    /// The number in a cell.
    pub fn value(&self, row: u32, column: usize) -> Option<f64> {
        let index = row.checked_sub(self.header() + 1)?;
        self.rows.get(index as usize)?.cells.get(column)?.value()
    }

    /// Ends the rows from `from` on with their sums in some columns, what the engine says of them,
    /// and whether the two agree to the penny. `beside` are more cells of the total's row: `keys` are
    /// the cells in front of the label.
    pub fn close(
        &mut self,
        keys: &[Cell],
        from: u32,
        sums: &[usize],
        beside: Vec<(usize, Cell)>,
        engine: &[Engine],
    ) {
        let mut total = self.labelled(keys, "Total");
        for &column in sums {
            total[column] = self.sum(column, from);
        }
        for (column, cell) in beside {
            total[column] = cell;
        }
        let at = self.next();
        self.rows.push(Row { cells: total, is: Is::Total });
        for line in engine {
            let mut cells = self.labelled(keys, line.label);
            for &(column, value) in &line.figures {
                cells[column] = Cell::money(value);
            }
            self.rows.push(Row { cells, is: Is::Beside });
        }
        let mut check = self.labelled(keys, "Check");
        for &column in sums {
            check[column] = self.check(column, at);
        }
        if check.iter().any(|cell| matches!(cell, Cell::Check(..))) {
            self.rows.push(Row { cells: check, is: Is::Check });
        }
    }

    /// Whether a total is the sum of all that stands below it.
    fn check(&self, column: usize, at: u32) -> Cell {
        let Some(total) = self.value(at, column) else { return Cell::Empty };
        let Cell::Sum(engine, value) = self.sum(column, at + 1) else { return Cell::Empty };
        let cell = row_col_to_cell(at, column as u16);
        let formula = format!("IF(ABS({cell}-{engine})<{HALF_A_PENNY},\"{AGREES}\",\"{DIFFERS}\")");
        let agrees = (total - value).abs() < HALF_A_PENNY;
        Cell::Check(formula, if agrees { AGREES } else { DIFFERS })
    }

    /// A row with nothing in it but its keys and a label behind them.
    fn labelled(&self, keys: &[Cell], label: &str) -> Vec<Cell> {
        let mut cells = keys.to_vec();
        cells.push(Cell::text(label));
        cells.resize(self.columns.len(), Cell::Empty);
        cells
    }

    /// How many checks it has.
    pub fn checks(&self) -> usize {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        cells.filter(|cell| matches!(cell, Cell::Check(..))).count()
    }

    /// How many of them agree.
    pub fn agreeing(&self) -> usize {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        cells.filter(|cell| matches!(cell, Cell::Check(_, AGREES))).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(engine: f64) -> Table {
        let columns = vec![Column::words("Line", 10, ""), Column::new("Cost", "£", "")];
        let mut table = Table::new("Sheet", "Title", "", &["A note.".to_owned()], columns, 1);
        let from = table.next();
        for (line, pounds) in [("one", 1.25), ("two", 2.5)] {
            table.push(vec![Cell::text(line), Cell::money(Some(pounds))]);
        }
        let figures = vec![(1, Some(engine))];
        table.close(&[], from, &[1], Vec::new(), &[Engine { label: "Engine", figures }]);
        table
    }

    #[test]
    fn a_total_is_a_formula_over_the_cells_above_and_is_checked_by_another() {
        let table = closed(3.7451);
        assert_eq!(table.rows[2].cells[1], Cell::Sum("SUM(B5:B6)".to_owned(), 3.75));
        let check =
            "IF(ABS(B7-SUM(B8))<0.005,\"agrees with the engine\",\"differs from the engine\")";
        assert_eq!(table.rows[4].cells[1], Cell::Check(check.to_owned(), AGREES));
        assert_eq!((table.checks(), table.agreeing()), (1, 1));
    }

    #[test]
    fn a_total_that_is_a_penny_off_says_so() {
        let table = closed(3.74);
        assert!(matches!(table.rows[4].cells[1], Cell::Check(_, DIFFERS)));
        assert_eq!((table.checks(), table.agreeing()), (1, 0));
    }

    #[test]
    fn nothing_is_added_up_where_there_are_no_numbers() {
        let mut table = closed(3.75);
        let from = table.next();
        table.push(vec![Cell::text("three"), Cell::money(Some(f64::NAN))]);
        assert_eq!(table.sum(1, from), Cell::Empty);
    }
}
