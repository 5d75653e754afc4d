//! A table as data: labels on the left, cells beside each other. How it looks is up to who shows it.

/// Rows of cells under a header. A line break within a cell begins a new line there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// What stands above it; empty where the text around it says enough.
    pub title: String,
    /// The header of the labels.
    pub corner: String,
    /// The header of each column of cells.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One row: its label, then a cell for each column. Without cells it is a heading of the rows below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is asked.
    pub label: String,
    /// The answers.
    pub cells: Vec<String>,
}

impl Grid {
    /// A table without a title.
    pub fn new(corner: impl Into<String>, header: Vec<String>, rows: Vec<Row>) -> Self {
        Grid { title: String::new(), corner: corner.into(), header, rows }
    }

    /// The same under a title.
    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Self {
        Grid { title: title.into(), ..self }
    }

    /// A table whose first column is nothing special.
    pub fn plain<const N: usize>(header: [&str; N], rows: Vec<[String; N]>) -> Self {
        let mut header = header.map(str::to_owned).into_iter();
        let corner = header.next().unwrap_or_default();
        Grid::new(corner, header.collect(), rows.into_iter().map(Row::of).collect())
    }

    /// The header of all columns, that of the labels first.
    pub fn full_header(&self) -> Vec<&str> {
        std::iter::once(&self.corner).chain(&self.header).map(String::as_str).collect()
    }
}

impl Row {
    /// A row of a table.
    pub fn new(label: impl Into<String>, cells: Vec<String>) -> Self {
        Row { label: label.into(), cells }
    }

    /// A row whose first cell is its label.
    pub fn of(cells: impl IntoIterator<Item = String>) -> Self {
        let mut cells = cells.into_iter();
        Row { label: cells.next().unwrap_or_default(), cells: cells.collect() }
    }

    /// All its cells, the label first, as many as `columns`.
    pub fn full(&self, columns: usize) -> Vec<&str> {
        let cells = std::iter::once(&self.label).chain(&self.cells).map(String::as_str);
        cells.chain(std::iter::repeat("")).take(columns).collect()
    }
}
