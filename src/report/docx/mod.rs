//! A document as a Word file (.docx), for a clerk to go on writing in: real headings, tables whose
//! header stands on every page, and marks where only a person can write.

mod parts;
mod style;
mod table;
mod text;

use std::io::Cursor;

use docx_rs::{Paragraph, Pic, Run, Table};
use thiserror::Error;

use super::RunFacts;
use super::document::{Block, Document, Section};
use super::figure::Figure;
use super::grid::Grid;

/// Why there is no file.
#[derive(Debug, Error)]
pub enum DocxError {
    /// Its parts could not be packed.
    #[error("the Word file could not be packed: {0}")]
    Packing(String),
}

/// Who draws a figure: its picture as PNG; `None` where there is none to show.
pub type Draw<'a> = &'a dyn Fn(&Figure) -> Option<Vec<u8>>;

/// A document as the bytes of a Word file: A4 portrait, British English. `run` is what its footer and
/// its properties say; the same document and run give the same bytes. Without a picture a figure is its
/// title, its words and its table.
///
/// # Errors
///
/// Where the parts cannot be packed.
pub fn docx(document: &Document, run: &RunFacts, draw: Draw<'_>) -> Result<Vec<u8>, DocxError> {
    let mut body = Body { parts: Vec::new(), draw, tables: 0, figures: 0, pictures: Vec::new() };
    body.paragraph("Title", &document.title);
    document.opening.iter().for_each(|block| body.block(block));
    document.sections.iter().for_each(|section| body.section(section));
    let Body { parts, pictures, .. } = body;
    let page = style::page(document, run);
    let docx = parts.into_iter().fold(page, |docx, part| match part {
        Part::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
        Part::Table(table) => docx.add_table(*table),
    });
    let mut file = docx.build();
    parts::complete(&mut file, &document.title, run, &pictures);
    let mut bytes = Cursor::new(Vec::new());
    file.pack(&mut bytes).map_err(|error| DocxError::Packing(error.to_string()))?;
    Ok(bytes.into_inner())
}

/// What a file is made of.
enum Part {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

/// A file that is being written.
struct Body<'a> {
    parts: Vec<Part>,
    draw: Draw<'a>,
    /// How many tables have a caption.
    tables: usize,
    /// How many figures there are.
    figures: usize,
    /// What each picture says, in order.
    pictures: Vec<String>,
}

impl Body<'_> {
    fn section(&mut self, section: &Section) {
        let style = match section.level {
            0..=2 => "Heading1",
            3 => "Heading2",
            _ => "Heading3",
        };
        self.paragraph(style, &section.heading);
        section.blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(text) => self.paragraph("BodyText", text),
            Block::List(items) => items.iter().for_each(|item| {
                self.add(style::item().add_run(text::run(item)));
            }),
            Block::Table(grid) => self.table(grid),
            Block::Figure(figure) => self.figure(figure),
            Block::Lines(lines) => lines.lines().for_each(|line| {
                self.add(Paragraph::new().style("Lines").add_run(text::drawn(line)));
            }),
            Block::Blank(prompt) => {
                self.add(Paragraph::new().style("BodyText").add_run(text::blank(prompt)));
            }
        }
    }

    fn table(&mut self, grid: &Grid) {
        if !grid.title.is_empty() {
            self.tables += 1;
            self.add(text::caption("Table", self.tables, &grid.title));
        }
        for table in table::tables(grid) {
            self.parts.push(Part::Table(Box::new(table)));
            // Two tables without a paragraph between them would grow together.
            self.paragraph("AfterTable", "");
        }
    }

    /// The picture, if somebody draws one, with its words and the numbers behind it.
    fn figure(&mut self, figure: &Figure) {
        self.figures += 1;
        self.add(text::caption("Figure", self.figures, &figure.title));
        let drawn = (self.draw)(figure);
        if let Some((png, (width, height))) = drawn.and_then(|png| Some((png.clone(), size(&png)?)))
        {
            self.pictures.push(figure.description.clone());
            let pic = Pic::new_with_dimensions(png, 1, 1)
                .id(format!("rIdImage{}", self.pictures.len()))
                .size(width, height);
            self.add(Paragraph::new().style("Picture").add_run(Run::new().add_image(pic)));
            if !figure.note.is_empty() {
                self.paragraph("BodyText", &figure.note);
            }
            // The numbers behind it stand in the page and the workbook: a paper has no room for both.
            self.paragraph("BodyText", &figure.description);
            return;
        }
        self.paragraph("BodyText", &figure.description);
        self.table(&figure.grid);
    }

    fn paragraph(&mut self, style: &str, said: &str) {
        self.add(Paragraph::new().style(style).add_run(text::run(said)));
    }

    fn add(&mut self, paragraph: Paragraph) {
        self.parts.push(Part::Paragraph(Box::new(paragraph)));
    }
}

/// How large a PNG is shown, in EMU (914,400 to the inch): as wide as the text, but no higher than half
/// a page. `None` for what is no PNG.
fn size(png: &[u8]) -> Option<(u32, u32)> {
    let head = png.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
    // The size stands behind the length and the name of the first chunk.
    let (width, height) = (number(8)?, number(12)?);
    let scale = |of: u32, by: u32, to: u32| u64::from(of) * u64::from(to) / u64::from(by.max(1));
    let high = scale(height, width, style::TEXT_EMU);
    if high <= u64::from(style::HIGHEST_EMU) {
        return Some((style::TEXT_EMU, high as u32));
    }
    let wide = scale(width, height, style::HIGHEST_EMU);
    Some((wide as u32, style::HIGHEST_EMU))
}

#[cfg(test)]
mod tests;
