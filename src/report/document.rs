//! A text in parts: what the analyst's file, the board's page and the committee's paper are made of.
//! Whatever is put in comes out as text, in whichever form it is shown.

use serde_json::{Value, json};

use super::figure::Figure;
use super::grid::Grid;
use super::markdown::{cell, escaped};

/// What stands where only a person can answer.
pub const BLANK: &str = "____";

/// A document: its parts under headings, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it is called.
    pub title: String,
    /// What is said before the first heading.
    pub opening: Vec<Block>,
    /// Its parts.
    pub sections: Vec<Section>,
}

/// What stands under one heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// How deep it stands: 2 for a part of the document, 3 for a part of that.
    pub level: usize,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A paragraph, a list, a table, lines that keep their form, or a place for a person to write in.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Sentences.
    Text(String),
    /// Items without an order.
    List(Vec<String>),
    /// A table.
    Table(Grid),
    /// A picture with its words and its table.
    Figure(Figure),
    /// Lines as they are, such as a drawing. They hold no text of a user's.
    Lines(String),
    /// What only a person can write: what it should be about.
    Blank(String),
}

impl Section {
    /// A part of the document.
    pub fn new(heading: &str, blocks: Vec<Block>) -> Self {
        Section { heading: heading.to_owned(), level: 2, blocks }
    }

    /// A part of the part before.
    pub fn inner(heading: &str, blocks: Vec<Block>) -> Self {
        Section { level: 3, ..Section::new(heading, blocks) }
    }
}

impl Block {
    /// A paragraph.
    pub fn text(text: impl Into<String>) -> Self {
        Block::Text(text.into())
    }

    /// A place for a person to write in.
    pub fn blank(prompt: impl Into<String>) -> Self {
        Block::Blank(prompt.into())
    }

    /// A table.
    pub fn table<const N: usize>(header: [&str; N], rows: Vec<[String; N]>) -> Self {
        Block::Table(Grid::plain(header, rows))
    }

    /// What only a person can answer: each question beside a blank.
    pub fn to_fill_in(questions: &[&str]) -> Self {
        let row = |question: &&str| [(*question).to_owned(), BLANK.to_owned()];
        Block::table(["Only a person can answer", "Answer"], questions.iter().map(row).collect())
    }

    fn markdown(&self) -> String {
        match self {
            Block::Text(text) => format!("{}\n", escaped(text)),
            Block::List(items) => {
                items.iter().map(|item| format!("- {}\n", escaped(item))).collect()
            }
            Block::Table(grid) => table(grid),
            Block::Figure(figure) => {
                format!("{}\n\n{}", escaped(&figure.description), table(&figure.grid))
            }
            Block::Lines(lines) => format!("```text\n{}\n```\n", lines.trim_end()),
            Block::Blank(prompt) => format!("{BLANK} ({})\n", escaped(prompt)),
        }
    }

    fn json(&self) -> Value {
        match self {
            Block::Text(text) => json!({ "text": text }),
            Block::List(items) => json!({ "list": items }),
            Block::Table(grid) => rows(grid),
            Block::Figure(figure) => {
                json!({ "figure": figure.title, "text": figure.description, "table": rows(&figure.grid) })
            }
            Block::Lines(lines) => json!({ "lines": lines }),
            Block::Blank(prompt) => json!({ "blank": prompt }),
        }
    }
}

fn table(grid: &Grid) -> String {
    let header = grid.full_header();
    let row = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule = vec!["---"; header.len()].join(" | ");
    let rows: String = grid.rows.iter().map(|cells| row(&cells.full(header.len()))).collect();
    let title = match &grid.title[..] {
        "" => String::new(),
        title => format!("{}\n\n", escaped(title)),
    };
    format!("{title}{}| {rule} |\n{rows}", row(&header))
}

fn rows(grid: &Grid) -> Value {
    let header = grid.full_header();
    let rows: Vec<_> = grid.rows.iter().map(|row| row.full(header.len())).collect();
    json!({ "header": header, "rows": rows })
}

impl Document {
    /// As Markdown (CommonMark, with the tables that most readers of it know).
    pub fn markdown(&self) -> String {
        let mut parts = vec![format!("# {}\n", escaped(&self.title))];
        parts.extend(self.opening.iter().map(Block::markdown));
        for section in &self.sections {
            let marks = "#".repeat(section.level);
            parts.push(format!("{marks} {}\n", escaped(&section.heading)));
            parts.extend(section.blocks.iter().map(Block::markdown));
        }
        parts.join("\n")
    }

    /// The same as JSON: `{"title", "opening": [BLOCK], "sections": [{"heading", "level", "blocks"}]}`
    /// where a BLOCK has `text`, `list`, `lines`, `blank` (what is asked), `header` and `rows`, or
    /// `figure`, `text` and `table`. A cell that is blank is [`BLANK`].
    pub fn json(&self) -> Value {
        let blocks = |blocks: &[Block]| blocks.iter().map(Block::json).collect::<Vec<_>>();
        let section = |section: &Section| {
            json!({
                "heading": section.heading,
                "level": section.level,
                "blocks": blocks(&section.blocks),
            })
        };
        json!({
            "title": self.title,
            "opening": blocks(&self.opening),
            "sections": self.sections.iter().map(section).collect::<Vec<_>>(),
        })
    }
}
