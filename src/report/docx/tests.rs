use resvg::tiny_skia::Pixmap;

use super::*;
use crate::report::grid::{Grid, Row};

fn run() -> RunFacts {
    RunFacts {
        run: Some("k3v9q2".to_owned()),
        created: "2026-11-27T18:00:00Z".to_owned(),
        ..RunFacts::default()
    }
}

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "A paper".to_owned(),
        opening: Vec::new(),
        sections: vec![Section::new("A heading", blocks)],
    }
}

fn figure() -> Figure {
    Figure {
        name: "plans".to_owned(),
        title: "Plans by month".to_owned(),
        description: "Plans rise to \"427\" & stay there".to_owned(),
        note: "Band: 8 worlds in 10".to_owned(),
        panels: Vec::new(),
        whole: "<svg/>".to_owned(),
        grid: Grid::new("Month", vec!["Plans".to_owned()], vec![Row::new("May", vec!["3".into()])]),
    }
}

/// The whole file as text: the library packs it without compressing.
fn written(blocks: Vec<Block>, draw: Draw<'_>) -> String {
    let bytes = docx(&document(blocks), &run(), draw).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_picture_stands_with_its_words_for_those_who_do_not_see_it() {
    let png = Pixmap::new(80, 40).unwrap().encode_png().unwrap();
    let text =
        written(vec![Block::Figure(figure()), Block::Figure(figure())], &|_| Some(png.clone()));
    let words = "descr=\"Plans rise to &quot;427&quot; &amp; stay there\"";
    assert!(text.contains(&format!("id=\"1\" name=\"Figure 1\" {words}")));
    assert!(text.contains(&format!("id=\"2\" name=\"Figure 2\" {words}")));
    assert!(text.contains("Band: 8 worlds in 10") && text.contains("word/media/"));
    assert_eq!(size(&png), Some((style::TEXT_EMU, style::TEXT_EMU / 2)));
}

#[test]
fn a_figure_without_a_picture_is_its_title_its_words_and_its_table() {
    for png in [None, Some(b"no picture".to_vec())] {
        let text = written(vec![Block::Figure(figure())], &|_| png.clone());
        assert!(!text.contains("<w:drawing"));
        for wanted in ["Plans by month", "stay there", ">May<"] {
            assert!(text.contains(wanted), "no {wanted}");
        }
    }
}

#[test]
fn a_picture_higher_than_half_a_page_is_made_smaller() {
    let png = Pixmap::new(10, 400).unwrap().encode_png().unwrap();
    let (wide, high) = size(&png).unwrap();
    assert_eq!(high, style::HIGHEST_EMU);
    assert_eq!(wide, high / 40);
}

#[test]
fn a_list_has_bullets_and_a_blank_is_marked_with_what_it_asks() {
    let list = Block::List(vec!["one".to_owned()]);
    let text = written(vec![list, Block::blank("who owns it")], &|_| None);
    assert!(text.contains("<w:numId w:val=\"2\"") && text.contains("w:lvlText w:val=\"•\""));
    assert!(text.contains("numbering.xml\""), "the numbering is part of the file");
    assert!(text.contains("[Officer to write: who owns it]"));
    assert!(text.contains("<w:highlight w:val=\"yellow\""));
}

#[test]
fn only_tables_with_a_title_are_counted() {
    let grid = Grid::plain(["a", "b"], vec![["1".to_owned(), "2".to_owned()]]);
    let blocks = vec![Block::Table(grid.clone()), Block::Table(grid.titled("Counted"))];
    let text = written(blocks, &|_| None);
    assert_eq!(text.matches("SEQ Table").count(), 1);
    assert!(text.contains(". Counted"));
    assert_eq!(text.matches("<w:tblHeader").count(), 2);
}

#[test]
fn characters_that_no_xml_may_hold_are_shown_by_their_numbers() {
    // A scenario cannot hold control characters; a document from elsewhere may.
    let hostile = "a\u{0}\u{7}\u{b}\u{1b}\u{85}\u{fffe}\u{ffff}\u{202e}</w:t>]]>";
    let shown = "aU+0000U+0007U+000BU+001BU+0085U+FFFEU+FFFFU+202E&lt;/w:t&gt;]]&gt;";
    let grid = Grid::plain(["Head"], vec![[hostile.to_owned()]]).titled(hostile);
    let blocks = vec![
        Block::text(hostile),
        Block::List(vec![hostile.to_owned()]),
        Block::Table(grid),
        Block::blank(hostile),
        Block::Lines(hostile.to_owned()),
    ];
    let bytes =
        docx(&Document { title: hostile.to_owned(), ..document(blocks) }, &run(), &|_| None);
    let text = String::from_utf8_lossy(&bytes.unwrap()).into_owned();
    // The title, in the properties and in the footer too.
    assert_eq!(text.matches(shown).count(), 9);
}
