//! How wide text is, so that none is clipped or runs into another.

use std::sync::OnceLock;

use ttf_parser::Face;

use super::canvas::{Area, Failure, Ink};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// What a reader's machine is asked for. Widths are those of Noto Sans, which is wider than most.
pub const FONT: &str = "Noto Sans, Helvetica, Arial, sans-serif";

/// Where a text begins: at its left end, in its middle or at its right end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The point is its left end.
    Left,
    /// The point is its middle.
    Middle,
    /// The point is its right end.
    Right,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Height in pixels.
    pub size: u32,
    /// Colour.
    pub ink: Ink,
    /// Whether it is bold.
    pub bold: bool,
}

/// Draws one line; `at` is the middle of its height.
pub fn write(
    area: &Area<'_>,
    text: &str,
    at: (i32, i32),
    anchor: Anchor,
    look: Look,
) -> Result<(), Failure> {
    let style = if look.bold { FontStyle::Bold } else { FontStyle::Normal };
    // plotters takes the size of a whole line, which is 1.24 times that of the letters.
    let font = FontDesc::new(FontFamily::Name(FONT), f64::from(look.size) * 1.24, style);
    let across = match anchor {
        Anchor::Left => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::Right => HPos::Right,
    };
    let style = TextStyle::from(font).color(&look.ink).pos(Pos::new(across, VPos::Center));
    area.draw(&Text::new(text, at, style))
}

/// The width of one line in pixels.
pub fn width(text: &str, look: Look) -> f64 {
    static FACES: OnceLock<[Option<Face<'static>>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        [notosans::REGULAR_TTF, notosans::BOLD_TTF].map(|data| Face::parse(data, 0).ok())
    });
    let size = f64::from(look.size);
    let Some(face) = &faces[usize::from(look.bold)] else {
        return text.chars().count() as f64 * size * 0.6;
    };
    let em = f64::from(face.units_per_em());
    let advance =
        |c: char| match face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)) {
            Some(advance) => f64::from(advance) / em,
            // A character that the font lacks comes from another, in which it may be as wide as high.
            None => 1.0,
        };
    text.chars().map(advance).sum::<f64>() * size
}

/// Text broken into at most `lines` lines of at most `room` pixels; what is left over ends in `…`.
pub fn broken(text: &str, look: Look, room: f64, lines: usize) -> Vec<String> {
    let mut broken: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match broken.last_mut() {
            Some(line) if width(&format!("{line} {word}"), look) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => broken.push(word.to_owned()),
        }
    }
    if broken.len() > lines {
        broken.truncate(lines);
        if let Some(last) = broken.last_mut() {
            last.push('…');
        }
    }
    broken.iter().map(|line| cut(line, look, room)).collect()
}

/// One line that fits, its end cut if need be.
fn cut(line: &str, look: Look, room: f64) -> String {
    if width(line, look) <= room {
        return line.to_owned();
    }
    let mut kept: Vec<char> = line.chars().collect();
    while kept.pop().is_some() {
        let shorter: String = kept.iter().chain(&['…']).collect();
        if width(&shorter, look) <= room {
            return shorter;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::canvas::INK;

    const LOOK: Look = Look { size: 12, ink: INK, bold: false };

    #[test]
    fn no_line_is_wider_than_its_room() {
        for text in [
            "seven words and then some more of them",
            "Unbreakablewordofgreatlength",
            "你好世界",
            "",
        ] {
            for room in [5.0, 40.0, 90.0] {
                let lines = broken(text, LOOK, room, 2);
                assert!(lines.len() <= 2);
                assert!(lines.iter().all(|line| width(line, LOOK) <= room), "{lines:?} in {room}");
            }
        }
        assert_eq!(broken("a b", LOOK, 90.0, 2), ["a b"]);
        assert_eq!(broken("one two three", LOOK, 40.0, 2), ["one", "two…"]);
    }
}
