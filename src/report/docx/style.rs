//! The page and its styles: A4 portrait, Arial, dark text, tables in 9 point.

use docx_rs::{
    AbstractNumbering, AlignmentType, Docx, Footer, IndentLevel, Level, LevelJc, LevelText,
    LineSpacing, LineSpacingType, NumPages, NumberFormat, Numbering, NumberingId, PageMargin,
    PageNum, Paragraph, Run, RunFonts, SpecialIndentType, Start, Style, StyleType, Tab,
    TabValueType,
};

use super::text;
use crate::report::RunFacts;
use crate::report::document::Document;

/// A4, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
/// Left and right of the text.
const MARGIN: usize = 1_134;
/// How wide text and tables are.
pub const TEXT_WIDTH: usize = PAGE.0 as usize - 2 * MARGIN;
/// The same for pictures, in EMU.
pub const TEXT_EMU: u32 = TEXT_WIDTH as u32 * 635;
/// The highest that a picture may be: half a page.
pub const HIGHEST_EMU: u32 = PAGE.1 / 2 * 635;
/// Behind the header of a table.
pub const SHADE: &str = "E7ECF1";
/// Between its cells.
pub const RULE: &str = "8A949E";
const INK: &str = "1D2B3A";
const FONT: &str = "Arial";
/// The numbering of bullets.
const BULLETS: usize = 2;

/// An empty file with its styles, its page and its footer.
pub fn page(document: &Document, run: &RunFacts) -> Docx {
    let font = RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT);
    let side = MARGIN as i32;
    let margin = PageMargin {
        top: 1_134,
        left: side,
        bottom: 1_134,
        right: side,
        header: 567,
        footer: 567,
        gutter: 0,
    };
    let docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margin)
        .default_fonts(font)
        .default_size(22)
        .add_abstract_numbering(AbstractNumbering::new(BULLETS).add_level(bullet()))
        .add_numbering(Numbering::new(BULLETS, BULLETS))
        .footer(footer(document, run));
    styles().into_iter().fold(docx, Docx::add_style)
}

/// An item of a list, still empty.
pub fn item() -> Paragraph {
    // The library puts the numbering into the file only where a paragraph itself names it.
    let numbering = (NumberingId::new(BULLETS), IndentLevel::new(0));
    Paragraph::new().style("ListBullet").numbering(numbering.0, numbering.1)
}

fn bullet() -> Level {
    let hanging = Some(SpecialIndentType::Hanging(284));
    Level::new(
        0,
        Start::new(1),
        NumberFormat::new("bullet"),
        LevelText::new("•"),
        LevelJc::new("left"),
    )
    .indent(Some(567), hanging, None, None)
}

fn styles() -> Vec<Style> {
    let style = |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name);
    let spaced = |style: Style, before: u32, after: u32| {
        style.line_spacing(
            LineSpacing::new()
                .before(before)
                .after(after)
                .line(259)
                .line_rule(LineSpacingType::Auto),
        )
    };
    let heading = |number: usize, size: usize, before: u32| {
        let style = style(&format!("Heading{number}"), &format!("heading {number}"));
        let mut style =
            spaced(style.size(size).bold().color(INK).outline_lvl(number - 1), before, 100)
                .next("BodyText")
                .ui_priority(9);
        style.paragraph_property = style.paragraph_property.keep_next(true).keep_lines(true);
        style
    };
    let mut picture = spaced(style("Picture", "Picture"), 60, 60);
    picture.paragraph_property = picture.paragraph_property.keep_next(true);
    let close = |style: Style| {
        style.line_spacing(
            LineSpacing::new().before(0).after(0).line(240).line_rule(LineSpacingType::Auto),
        )
    };
    vec![
        spaced(style("Title", "Title").size(36).bold().color(INK), 0, 200).next("BodyText"),
        heading(1, 28, 320),
        heading(2, 24, 240),
        heading(3, 22, 200),
        spaced(style("BodyText", "Body Text"), 0, 140),
        spaced(style("ListBullet", "List Bullet"), 0, 80),
        spaced(style("Caption", "caption").size(20).bold().color(INK), 140, 80),
        close(style("TableText", "Table Text").size(18)),
        close(style("TableHead", "Table Head").size(18).bold().color(INK)),
        spaced(style("AfterTable", "After Table").size(12), 0, 60),
        picture,
        close(style("Lines", "Lines").size(16).fonts(RunFonts::new().ascii("Courier New"))),
        close(style("Footer", "footer").size(16)),
    ]
}

/// What it is and which run it is from on the left, the page on the right.
fn footer(document: &Document, run: &RunFacts) -> Footer {
    let id = run.run.as_ref().map_or_else(String::new, |id| format!(" · run {id}"));
    let right = Tab::new().val(TabValueType::Right).pos(TEXT_WIDTH);
    let paragraph = Paragraph::new()
        .style("Footer")
        .align(AlignmentType::Left)
        .add_tab(right)
        .add_run(text::run(&format!("{}{id}", shortened(&document.title))))
        .add_run(Run::new().add_tab().add_text("Page "))
        .add_page_num(PageNum::new())
        .add_run(Run::new().add_text(" of "))
        .add_num_pages(NumPages::new());
    Footer::new().add_paragraph(paragraph)
}

/// So much of a title as leaves room for the page.
fn shortened(title: &str) -> String {
    const MOST: usize = 60;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    let kept: String = title.chars().take(MOST - 1).collect();
    format!("{}…", kept.trim_end())
}
