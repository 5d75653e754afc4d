//! Rows beneath each other on one scale: a label, a bar or a dot with its range, and the value in
//! words.

use plotters::prelude::*;

use super::canvas::{
    Area, BLUE, FAINT, Failure, GREY, INK, PALE, PLAIN, SMALL, VERMILLION, dashed,
};
use super::scale::Scale;
use super::text::{Anchor, Look, broken, width, write};
use crate::analysis::Estimate;
use crate::model::Kind;
use crate::report::number::alone;
use crate::report::plain_text::plain;

/// Height of a row and of the axis below, in pixels.
const ROW: i32 = 30;
const AXIS: i32 = 34;
const TOP: i32 = 14;
const MARGIN: i32 = 12;

/// What a row shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What it is of.
    pub label: String,
    /// Where its bar begins; `None` for a dot.
    pub from: Option<f64>,
    /// Where its bar ends, or its dot stands.
    pub to: f64,
    /// The range drawn around `to`; `None` for none.
    pub range: Option<(f64, f64)>,
    /// The value in words.
    pub said: String,
    /// Whether it is one of those that the picture is about; the others are paler.
    pub strong: bool,
}

/// Rows on one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The rows, from above.
    pub marks: Vec<Mark>,
    /// What the values are.
    pub kind: Kind,
    /// The values at the ends of the scale.
    pub ends: (f64, f64),
    /// A line across all rows with its name.
    pub line: Option<(f64, String)>,
}

/// The height that so many rows take, in pixels.
pub fn height(rows: usize) -> u32 {
    (TOP + ROW * rows as i32 + AXIS) as u32
}

/// Every row in words: `In-house 297; Hybrid 378`.
pub fn told(marks: &[Mark]) -> String {
    let each = marks.iter().map(|mark| format!("{} {}", mark.label, mark.said));
    each.collect::<Vec<_>>().join("; ")
}

/// Ends that hold every row and the line, from nought.
pub fn ends_of<'a>(marks: impl Iterator<Item = &'a Mark>, line: Option<f64>) -> (f64, f64) {
    let values = marks.flat_map(|mark| {
        let (low, high) = mark.range.unwrap_or((mark.to, mark.to));
        [mark.from.unwrap_or(mark.to), mark.to, low, high]
    });
    let all = values.chain(line).filter(|value| value.is_finite());
    let (low, high) = all.fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
    (low * 1.05, high * 1.05)
}

impl Rows {
    /// Draws them into an area.
    ///
    /// # Errors
    ///
    /// Where the drawing fails.
    pub fn draw(&self, area: &Area<'_>) -> Result<(), Failure> {
        let wide = area.dim_in_pixel().0 as i32;
        let widest = |texts: &mut dyn Iterator<Item = &String>| {
            texts.map(|text| width(&plain(text), PLAIN)).fold(0.0, f64::max) as i32
        };
        let said = widest(&mut self.marks.iter().map(|mark| &mark.said)).min(wide / 3);
        let label = widest(&mut self.marks.iter().map(|mark| &mark.label)).min(wide / 2);
        let (left, right) = (MARGIN + label + 10, wide - MARGIN - said - 10);
        let x = Scale::new(self.ends, (left, right));
        let bottom = TOP + ROW * self.marks.len() as i32;
        let most = ((right - left) / 62).max(1) as usize;
        for tick in x.ticks(most) {
            let at = x.at(tick);
            area.draw(&PathElement::new([(at, TOP - 4), (at, bottom)], FAINT))?;
            let text = alone(self.kind, Estimate::known(tick));
            write(area, &text, (at, bottom + 10), Anchor::Middle, SMALL)?;
        }
        area.draw(&PathElement::new([(x.at(0.0), TOP - 4), (x.at(0.0), bottom)], GREY))?;
        for (mark, row) in self.marks.iter().zip(0..) {
            let middle = TOP + ROW * row + ROW / 2;
            let look = Look { bold: mark.strong, ..PLAIN };
            let lines = broken(&plain(&mark.label), look, f64::from(label + 6), 2);
            let first = middle - 7 * (lines.len() as i32 - 1);
            for (line, down) in lines.iter().zip(0..) {
                write(area, line, (MARGIN, first + 14 * down), Anchor::Left, look)?;
            }
            mark.draw(area, &x, middle)?;
            let room = f64::from(said + 6);
            let text = broken(&mark.said, look, room, 1).concat();
            write(area, &text, (right + 10, middle), Anchor::Left, look)?;
        }
        let Some((value, name)) = &self.line else { return Ok(()) };
        let at = x.at(*value);
        dashed(area, (at, TOP - 4), (at, bottom), VERMILLION)?;
        let look = Look { ink: VERMILLION, ..SMALL };
        let half = width(name, look) as i32 / 2;
        let within = at.clamp(half + 2, (wide - half - 2).max(half + 2));
        write(area, name, (within, bottom + 25), Anchor::Middle, look)
    }
}

impl Mark {
    fn draw(&self, area: &Area<'_>, x: &Scale, middle: i32) -> Result<(), Failure> {
        let to = x.at(self.to);
        if let Some(from) = self.from {
            let from = x.at(from);
            let ends =
                [(from.min(to), middle - 8), (from.max(to).max(from.min(to) + 1), middle + 8)];
            let ink = if self.strong { BLUE } else { PALE };
            area.draw(&Rectangle::new(ends, ink.filled()))?;
        }
        if let Some((low, high)) = self.range {
            let (low, high) = (x.at(low), x.at(high));
            let (ink, thick) = if self.from.is_some() { (INK, 1) } else { (BLUE, 3) };
            area.draw(&PathElement::new([(low, middle), (high, middle)], ink.stroke_width(thick)))?;
            for end in [low, high] {
                let cap = [(end, middle - 4), (end, middle + 4)];
                area.draw(&PathElement::new(cap, ink.stroke_width(1)))?;
            }
        }
        if self.from.is_none() {
            area.draw(&Circle::new((to, middle), 5, BLUE.filled()))?;
            area.draw(&Circle::new((to, middle), 2, WHITE.filled()))?;
        }
        Ok(())
    }
}
