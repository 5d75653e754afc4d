//! What all pictures are drawn on: panels under headings, in a few colours.

use plotters::coord::Shift;
use plotters::prelude::*;
use thiserror::Error;

use super::text::{Anchor, Look, broken, write};
use crate::report::figure::Figure;
use crate::report::plain_text::{escaped, plain};

/// Why there is no picture.
#[derive(Debug, Error)]
pub enum ChartError {
    /// There is nothing to draw.
    #[error("the run keeps nothing to draw")]
    Empty,
    /// The drawing itself failed.
    #[error("the picture could not be drawn: {0}")]
    Drawing(String),
}

/// Where things are drawn, in pixels.
pub type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
/// Why a thing could not be drawn.
pub type Failure = DrawingAreaErrorKind<std::io::Error>;
/// A colour.
pub type Ink = RGBColor;

// Blue and vermillion are told apart with every kind of colour vision and in greyscale (Okabe and Ito
// 2008, https://jfly.uni-koeln.de/color/).
/// The colour of what is forecast.
pub const BLUE: Ink = RGBColor(0, 94, 150);
/// The same, as the background of a range.
pub const PALE: Ink = RGBColor(187, 211, 227);
/// The colour of what was agreed, or of nothing.
pub const VERMILLION: Ink = RGBColor(178, 75, 0);
/// Text.
pub const INK: Ink = RGBColor(38, 38, 38);
/// Lesser text, and axes.
pub const GREY: Ink = RGBColor(96, 96, 96);
/// Lines to read along.
pub const FAINT: Ink = RGBColor(228, 228, 228);

/// Small text, such as that of an axis.
pub const SMALL: Look = Look { size: 12, ink: GREY, bold: false };
/// Text of a row.
pub const PLAIN: Look = Look { size: 12, ink: INK, bold: false };
/// The heading of a panel.
pub const HEADING: Look = Look { size: 15, ink: INK, bold: true };
const TITLE: Look = Look { size: 18, ink: INK, bold: true };

/// What a panel draws below its heading.
type Draw<'a> = Box<dyn Fn(&Area<'_>) -> Result<(), Failure> + 'a>;

/// One panel of a picture.
pub struct Panel<'a> {
    /// What it is of: an option, a locality.
    pub heading: String,
    /// What it says, in one or two lines below.
    pub said: String,
    /// What it shows, for those who do not see it and beyond what is said; empty where that is all.
    pub told: String,
    /// What it shows.
    pub draw: Draw<'a>,
}

/// What is said about a picture.
pub struct Words {
    /// What its files are called.
    pub name: &'static str,
    /// What it shows.
    pub title: String,
    /// What it says, for those who do not see it.
    pub description: String,
    /// How it is read.
    pub note: String,
}

/// Height of a panel's heading with one line of what it says, and of each further line, in pixels.
const HEAD: u32 = 43;
const LINE: u32 = 15;
/// At most so many lines are said below a heading.
const MOST_LINES: usize = 2;
/// Panels stand beside each other up to this width, in pixels.
const WIDTH: u32 = 960;
const MARGIN: i32 = 12;

/// Draws a picture of panels that are all of one size, in pixels, the heading not counted.
///
/// # Errors
///
/// Where there is no panel, or drawing fails.
pub fn figure(
    words: Words,
    grid: crate::report::grid::Grid,
    (width, height): (u32, u32),
    panels: &[Panel<'_>],
) -> Result<Figure, ChartError> {
    if panels.is_empty() {
        return Err(ChartError::Empty);
    }
    let failed = |failure: Failure| ChartError::Drawing(failure.to_string());
    let lines = panels.iter().map(|panel| said(panel, width).len()).max().unwrap_or(1);
    let head = HEAD + LINE * lines.saturating_sub(1) as u32;
    let size = (width, head + height);
    let alone = panels.iter().map(|panel| {
        let mut svg = String::new();
        {
            let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            root.fill(&WHITE).and_then(|()| one(&root, panel, head)).map_err(failed)?;
            root.present().map_err(failed)?;
        }
        Ok(labelled(
            &svg,
            &format!("{}, {}: {}. {}", words.title, panel.heading, panel.said, panel.told),
        ))
    });
    let alone = alone.collect::<Result<Vec<_>, ChartError>>()?;
    let mut whole = String::new();
    together(&mut whole, &words, size, head, panels).map_err(failed)?;
    Ok(Figure {
        name: words.name.to_owned(),
        panels: alone,
        whole: labelled(&whole, &format!("{}. {}", words.title, words.description)),
        title: words.title,
        description: words.description,
        note: words.note,
        grid,
    })
}

/// What is said below a panel's heading, in lines that fit.
fn said(panel: &Panel<'_>, width: u32) -> Vec<String> {
    let room = f64::from(width) - 2.0 * f64::from(MARGIN);
    broken(&plain(&panel.said), SMALL, room, MOST_LINES)
}

fn one(area: &Area<'_>, panel: &Panel<'_>, head: u32) -> Result<(), Failure> {
    let width = area.dim_in_pixel().0;
    let room = f64::from(width) - 2.0 * f64::from(MARGIN);
    let heading = broken(&plain(&panel.heading), HEADING, room, 1).concat();
    write(area, &heading, (MARGIN, 12), Anchor::Left, HEADING)?;
    for (line, row) in said(panel, width).iter().zip(0..) {
        write(area, line, (MARGIN, 30 + LINE as i32 * row), Anchor::Left, SMALL)?;
    }
    (panel.draw)(&area.split_vertically(head).1)
}

fn together(
    svg: &mut String,
    words: &Words,
    (width, height): (u32, u32),
    panel_head: u32,
    panels: &[Panel<'_>],
) -> Result<(), Failure> {
    let across = panels.len().min((WIDTH / width).max(1) as usize);
    let down = panels.len().div_ceil(across);
    let full = width * across.max((WIDTH / 2 / width) as usize).max(1) as u32;
    let room = f64::from(full) - 2.0 * f64::from(MARGIN);
    let title = broken(&plain(&words.title), TITLE, room, 2);
    let note = broken(&plain(&words.note), SMALL, room, 4);
    let head = 18 + 24 * title.len() as u32;
    let foot = 14 + 17 * note.len() as u32;
    let body = height * down as u32;
    let root = SVGBackend::with_string(svg, (full, head + body + foot)).into_drawing_area();
    root.fill(&WHITE)?;
    let (top, rest) = root.split_vertically(head);
    let (middle, bottom) = rest.split_vertically(body);
    for (line, row) in title.iter().zip(0..) {
        write(&top, line, (MARGIN, 20 + 24 * row), Anchor::Left, TITLE)?;
    }
    let (middle, _) = middle.split_horizontally(width * across as u32);
    for (area, panel) in middle.split_evenly((down, across)).iter().zip(panels) {
        one(area, panel, panel_head)?;
    }
    for (line, row) in note.iter().zip(0..) {
        write(&bottom, line, (MARGIN, 12 + 17 * row), Anchor::Left, SMALL)?;
    }
    root.present()
}

/// A dashed line, across or down.
///
/// # Errors
///
/// Where the drawing fails.
pub fn dashed(area: &Area<'_>, from: (i32, i32), to: (i32, i32), ink: Ink) -> Result<(), Failure> {
    let (across, down) = (to.0 - from.0, to.1 - from.1);
    let length = across.abs().max(down.abs());
    let at = |along: i32| {
        let along = along.min(length);
        (from.0 + along * across.signum(), from.1 + along * down.signum())
    };
    for along in (0..length).step_by(9) {
        area.draw(&PathElement::new([at(along), at(along + 5)], ink.stroke_width(2)))?;
    }
    Ok(())
}

/// The same picture as an image with a name, for those who do not see it.
fn labelled(svg: &str, label: &str) -> String {
    let label = escaped(label);
    match svg.split_once(">\n") {
        Some((open, rest)) => format!("{open} role=\"img\" aria-label=\"{label}\">\n{rest}"),
        None => svg.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of two colours (WCAG 2.2, "contrast ratio").
    fn contrast(one: Ink, other: Ink) -> f64 {
        let luminance = |ink: Ink| {
            let linear = |channel: u8| {
                let share = f64::from(channel) / 255.0;
                if share <= 0.04045 {
                    share / 12.92
                } else {
                    libm::pow((share + 0.055) / 1.055, 2.4)
                }
            };
            0.2126 * linear(ink.0) + 0.7152 * linear(ink.1) + 0.0722 * linear(ink.2)
        };
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        if one > other { one / other } else { other / one }
    }

    #[test]
    fn text_and_marks_stand_out_from_what_is_behind_them() {
        for text in [INK, GREY, VERMILLION] {
            assert!(contrast(text, WHITE) >= 4.5, "{text:?}");
        }
        // Marks need 3: lines on white and on a range, and bars of either kind beside each other.
        for (mark, behind) in [(BLUE, WHITE), (BLUE, PALE), (VERMILLION, WHITE), (VERMILLION, PALE)]
        {
            assert!(contrast(mark, behind) >= 3.0, "{mark:?} on {behind:?}");
        }
    }
}
