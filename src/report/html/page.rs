//! The page around a document's parts.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::parts::{block, heading, identifier};
use crate::report::document::{Document, Section};
use crate::report::plain_text::plain;

/// Nothing is loaded from anywhere, and no script runs.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("style.css");

/// A document whose first part is to stand on a page of its own; `about` says below it where it is
/// from.
pub fn page(document: &Document, about: &str) -> String {
    let parts = parts(&document.sections);
    let (first, rest) =
        parts.split_first().map_or((&[][..], &[][..]), |(first, rest)| (first, rest));
    let markup = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(format!("workcast {}", env!("CARGO_PKG_VERSION")));
                title { (plain(&document.title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#detail" { "Skip to the detail" }
                main {
                    div.one-page {
                        h1 { (plain(&document.title)) }
                        @for opening in &document.opening { (block(opening)) }
                        @for section in first { (of(section)) }
                        p.about { (plain(about)) }
                    }
                    div.detail id="detail" {
                        @if !rest.is_empty() { (contents(rest)) }
                        @for part in rest {
                            section aria-labelledby=(identifier(&part[0].heading)) {
                                @for section in *part { (of(section)) }
                            }
                        }
                    }
                }
            }
        }
    };
    markup.into_string()
}

/// The parts of a document: each begins with a heading of the second level.
fn parts(sections: &[Section]) -> Vec<&[Section]> {
    let mut starts: Vec<usize> =
        (0..sections.len()).filter(|&index| sections[index].level <= 2).collect();
    if starts.first() != Some(&0) && !sections.is_empty() {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([sections.len()]);
    starts.iter().zip(ends).map(|(&start, end)| &sections[start..end]).collect()
}

fn of(section: &Section) -> Markup {
    html! {
        (heading(section))
        @for inner in &section.blocks { (block(inner)) }
    }
}

fn contents(parts: &[&[Section]]) -> Markup {
    html! {
        nav aria-label="Contents" {
            ol {
                @for part in parts {
                    li { a href=(format!("#{}", identifier(&part[0].heading))) { (plain(&part[0].heading)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Block;

    #[test]
    fn a_part_is_a_heading_of_the_second_level_with_what_follows() {
        let sections =
            [Section::new("A", vec![]), Section::inner("a", vec![]), Section::new("B", vec![])];
        let parts = parts(&sections);
        assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn what_is_said_stays_text_and_nothing_is_loaded() {
        let document = Document {
            title: "<script>alert(1)</script>\u{202e}".to_owned(),
            opening: vec![Block::text("\" onload=\"x")],
            sections: vec![Section::new(
                "]]></style>",
                vec![Block::List(vec!["a & b".to_owned()])],
            )],
        };
        let page = page(&document, "run \u{7}");
        assert!(!page.contains("<script") && !page.contains('\u{202e}') && !page.contains('\u{7}'));
        assert!(page.contains("U+202E") && page.contains("a &amp; b"));
        assert!(!page.contains("http://") && !page.contains("https://"));
        assert_eq!(page.matches("</style>").count(), 1);
    }
}
