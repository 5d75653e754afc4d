//! Blocks of a document as elements.

use maud::{Markup, PreEscaped, html};

use crate::report::document::{Block, Section};
use crate::report::figure::Figure;
use crate::report::grid::{Grid, Row};
use crate::report::plain_text::plain;

/// A heading, with a name to be linked to.
pub fn heading(section: &Section) -> Markup {
    let text = plain(&section.heading);
    html! {
        @match section.level {
            0..=2 => h2 id=(identifier(&section.heading)) { (text) },
            3 => h3 { (text) },
            _ => h4 { (text) },
        }
    }
}

/// The name of a heading: its letters and digits, everything else as `-`.
pub fn identifier(heading: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    format!("part-{}", heading.chars().map(plain).collect::<String>())
}

/// One block.
pub fn block(block: &Block) -> Markup {
    match block {
        Block::Text(text) => html! { p { (plain(text)) } },
        Block::List(items) => html! { ul { @for item in items { li { (plain(item)) } } } },
        Block::Table(grid) => table(grid, ""),
        Block::Figure(picture) => figure(picture),
        Block::Lines(lines) => html! { pre { (lines) } },
        Block::Blank(prompt) => html! { p { mark { "[To be written: " (plain(prompt)) "]" } } },
    }
}

/// A picture, its words, and the numbers behind it.
fn figure(figure: &Figure) -> Markup {
    html! {
        figure {
            figcaption {
                strong { (plain(&figure.title)) }
                " " span.note { (plain(&figure.note)) }
            }
            div class=(panels_of(figure)) {
                // Drawn by workcast: every name in it is text already.
                @for panel in &figure.panels { (PreEscaped(panel)) }
            }
            p.described { (plain(&figure.description)) }
            details {
                summary { "The numbers: " (plain(&figure.title)) }
                (table(&figure.grid, &figure.title))
            }
        }
    }
}

/// Narrow panels stand three beside each other on paper, others two.
fn panels_of(figure: &Figure) -> &'static str {
    let narrow = figure.panels.first().is_some_and(|svg| svg.starts_with("<svg width=\"320\""));
    if narrow { "panels narrow" } else { "panels" }
}

/// A table that may be wider than the window; it can then be scrolled, with keys too.
fn table(grid: &Grid, title: &str) -> Markup {
    let title = if grid.title.is_empty() { title } else { &grid.title };
    let name = [title, &grid.corner, "Table"].into_iter().find(|name| !name.is_empty());
    html! {
        div.wide role="group" aria-label=(plain(name.unwrap_or_default())) tabindex="0" {
            table {
                @if !title.is_empty() { caption { (plain(title)) } }
                thead {
                    tr {
                        @if grid.corner.is_empty() { td {} } @else { th scope="col" { (plain(&grid.corner)) } }
                        @for name in &grid.header {
                            @if name.is_empty() { td {} } @else { th scope="col" { (plain(name)) } }
                        }
                    }
                }
                @for group in grid.rows.chunk_by(|_, next| !next.cells.is_empty()) {
                    tbody { (rows(group, grid.header.len())) }
                }
            }
        }
    }
}

/// Rows under a heading of their own, if the first is one. To those who hear the table each row says what
/// it is under: a heading across all columns would be no header of any cell.
fn rows(group: &[Row], columns: usize) -> Markup {
    let (heading, rows) = match group.split_first() {
        Some((first, rows)) if first.cells.is_empty() => (Some(plain(&first.label)), rows),
        _ => (None, group),
    };
    html! {
        @if let Some(heading) = &heading {
            tr { td.group colspan=(columns + 1) { (heading) } }
        }
        @for row in rows {
            tr {
                @if row.label.is_empty() { td {} } @else {
                    th scope="row" {
                        @if let Some(heading) = &heading { span.heard { (heading) ": " } }
                        (lines(&row.label))
                    }
                }
                @for cell in &row.cells { td { (lines(cell)) } }
            }
        }
    }
}

/// A cell: a line break begins a new line, which is lesser.
fn lines(text: &str) -> Markup {
    let mut lines = text.lines().map(plain);
    let first = lines.next().unwrap_or_default();
    html! {
        (first)
        @for line in lines { br; small { (line) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_headers_for_its_columns_and_rows() {
        let rows =
            vec![Row::new("Money", vec![]), Row::new("Cost", vec!["£5\n(£4 to £6)".to_owned()])];
        let grid = Grid::new("", vec!["In-house".to_owned()], rows).titled("What it costs");
        let text = table(&grid, "").into_string();
        assert!(text.contains("<caption>What it costs</caption>"));
        assert!(text.contains("<th scope=\"col\">In-house</th>"));
        assert!(text.contains("<th scope=\"row\"><span class=\"heard\">Money: </span>Cost</th>"));
        assert!(text.contains("£5<br><small>(£4 to £6)</small>"));
        assert!(text.contains("colspan=\"2\""));
    }
}
