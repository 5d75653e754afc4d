//! A picture with what it says in words and the table behind it.

use super::grid::Grid;

/// A picture in panels. The same picture is drawn on the page, in the files and in the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What its files are called: `plans`.
    pub name: String,
    /// What it shows, as a heading.
    pub title: String,
    /// What it says, for those who do not see it.
    pub description: String,
    /// How it is read, for those who do.
    pub note: String,
    /// Its panels as SVG, in order: each may stand below or beside the last.
    pub panels: Vec<String>,
    /// All of it as one SVG.
    pub whole: String,
    /// The numbers behind it.
    pub grid: Grid,
}
