//! The picture of a run: plans over time, a fan for each option, as SVG.
//!
//! No font of the system is read: the picture holds text, and its reader's own fonts draw it.

use plotters::coord::Shift;
use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use thiserror::Error;

use super::number::{alone, eighty_percent_of_month};
use super::words::date;
use crate::analysis::{Facts, Fan, MonthStatistic};
use crate::model::Kind;
use crate::quantity::Calendar;
use crate::quantity::money::grouped;

/// Why there is no picture.
#[derive(Debug, Error)]
pub enum ChartError {
    /// No option has a monthly series of plans.
    #[error("the run keeps no plans by month")]
    Empty,
    /// The drawing itself failed.
    #[error("the picture could not be drawn: {0}")]
    Drawing(String),
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Failure = DrawingAreaErrorKind<std::io::Error>;

/// Panels beside each other.
const ACROSS: usize = 3;
/// Width and height of a panel, in pixels.
const PANEL: (u32, u32) = (320, 330);
/// Height of the title and of the note below, in pixels.
const TITLE: u32 = 44;
const NOTE: u32 = 40;
const FONT: &str = "Helvetica, Arial, sans-serif";
// Blue and vermillion: told apart with every kind of colour vision (Okabe and Ito 2008).
const BLUE: RGBColor = RGBColor(0, 114, 178);
const VERMILLION: RGBColor = RGBColor(213, 94, 0);
const INK: RGBColor = RGBColor(38, 38, 38);
const GREY: RGBColor = RGBColor(110, 110, 110);
const FAINT: RGBColor = RGBColor(228, 228, 228);

/// Plans agreed by each month's end under every option, as an SVG document: the middle world, the
/// range of eight worlds in ten, and the agreed number.
///
/// # Errors
///
/// Where there is nothing to draw, or drawing fails.
pub fn plans_fan(fans: &[Fan], facts: &Facts) -> Result<String, ChartError> {
    if fans.is_empty() {
        return Err(ChartError::Empty);
    }
    let mut svg = String::new();
    draw(&mut svg, fans, facts).map_err(|failure| ChartError::Drawing(failure.to_string()))?;
    Ok(described(&svg, fans, facts))
}

fn draw(svg: &mut String, fans: &[Fan], facts: &Facts) -> Result<(), Failure> {
    let across = fans.len().min(ACROSS);
    let down = fans.len().div_ceil(ACROSS);
    let size = (PANEL.0 * across.max(2) as u32, TITLE + PANEL.1 * down as u32 + NOTE);
    let root = SVGBackend::with_string(svg, size).into_drawing_area();
    root.fill(&WHITE)?;
    let (top, rest) = root.split_vertically(TITLE);
    let (body, bottom) = rest.split_vertically(PANEL.1 * down as u32);
    write(&top, &title(facts), (16, 14), 19, &INK, true)?;
    let top_of_axis = highest(fans, facts) * 1.08;
    for (panel, fan) in body.split_evenly((down, across)).iter().zip(fans) {
        one_option(panel, fan, facts, top_of_axis)?;
    }
    let note = format!(
        "Line: the middle world. Band: 8 worlds in 10. Dashed: the agreed {}.",
        grouped(facts.agreed(None).unsigned_abs())
    );
    write(&bottom, &note, (16, 10), 14, &GREY, false)?;
    root.present()
}

fn title(facts: &Facts) -> String {
    format!("{}: action plans agreed by each month's end", facts.title)
}

/// The largest number in the picture, at least one.
fn highest(fans: &[Fan], facts: &Facts) -> f64 {
    let ends = fans.iter().flat_map(|fan| &fan.months).map(|month| month.p90.value);
    ends.fold(facts.agreed(None).max(1) as f64, f64::max)
}

fn one_option(area: &Area, fan: &Fan, facts: &Facts, top: f64) -> Result<(), Failure> {
    write(area, &fan.option, (56, 4), 16, &INK, true)?;
    if let Some(last) = fan.months.last() {
        let said = format!(
            "{} plans ({}) by {}",
            alone(Kind::People, last.p50),
            eighty_percent_of_month(last),
            date(facts.ends)
        );
        write(area, &said, (56, 25), 12, &GREY, false)?;
    }
    let months = fan.months.len().max(1);
    let ticks = ticks(facts, months);
    let axis = Months {
        count: months as f64,
        ticks: ticks.iter().map(|(tick, _)| *tick as f64).collect(),
    };
    let mut chart = ChartBuilder::on(area)
        .margin_top(48)
        .margin_right(34)
        .x_label_area_size(28)
        .y_label_area_size(52)
        .build_cartesian_2d(axis, 0.0..top)?;
    let name = |month: &f64| {
        let found = ticks.iter().find(|(tick, _)| *tick as f64 == *month);
        found.map_or_else(String::new, |(_, name)| name.clone())
    };
    let labels = TextStyle::from((FONT, 13).into_font()).color(&GREY);
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(FAINT)
        .axis_style(GREY)
        .label_style(labels)
        .x_label_formatter(&name)
        .y_label_formatter(&|plans| grouped(plans.max(0.0) as u64))
        .y_labels(6)
        .draw()?;
    let from_nothing = |of: fn(&MonthStatistic) -> f64| {
        let ends = fan.months.iter().enumerate().map(move |(i, m)| ((i + 1) as f64, of(m)));
        std::iter::once((0.0, 0.0)).chain(ends)
    };
    let band: Vec<(f64, f64)> =
        from_nothing(|m| m.p90.value).chain(reversed(from_nothing(|m| m.p10.value))).collect();
    chart.draw_series(std::iter::once(Polygon::new(band, BLUE.mix(0.22))))?;
    let agreed = facts.agreed(None) as f64;
    let across = [(0.0, agreed), (months as f64, agreed)];
    chart.draw_series(DashedLineSeries::new(across, 6, 4, VERMILLION.stroke_width(2)))?;
    chart.draw_series(LineSeries::new(from_nothing(|m| m.p50.value), BLUE.stroke_width(3)))?;
    let above = TextStyle::from((FONT, 12).into_font())
        .color(&VERMILLION)
        .pos(Pos::new(HPos::Left, VPos::Bottom));
    let said = format!("agreed {}", grouped(facts.agreed(None).unsigned_abs()));
    chart.draw_series(std::iter::once(Text::new(said, (0.2, agreed + top * 0.012), above)))?;
    Ok(())
}

fn reversed(points: impl Iterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = points.collect();
    points.reverse();
    points
}

/// The axis of months: ticks where a reader expects them, at months and not at round numbers.
struct Months {
    count: f64,
    ticks: Vec<f64>,
}

impl Ranged for Months {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, month: &f64, (left, right): (i32, i32)) -> i32 {
        left + libm::round(f64::from(right - left) * month / self.count) as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _hint: Hint) -> Vec<f64> {
        self.ticks.clone()
    }

    fn range(&self) -> std::ops::Range<f64> {
        0.0..self.count
    }
}

/// Months at whose beginning the axis has a label, at most five of them, with their names.
fn ticks(facts: &Facts, months: usize) -> Vec<(usize, String)> {
    let step = [1, 2, 3, 6, 12, 24, 48].into_iter().find(|step| months / step < 5).unwrap_or(96);
    let Some(calendar) = Calendar::new(facts.starts, facts.ends) else { return Vec::new() };
    let first = calendar.months().first().map_or(0, |month| month.of_year);
    (0..=months)
        .step_by(step)
        .map(|month| {
            let ahead = first + month;
            let year = i32::from(facts.starts.year()) + (ahead / 12) as i32;
            (month, format!("{} {year}", super::words::short_month(ahead % 12)))
        })
        .collect()
}

fn write(
    area: &Area,
    text: &str,
    at: (i32, i32),
    size: u32,
    colour: &RGBColor,
    bold: bool,
) -> Result<(), Failure> {
    let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(FONT), f64::from(size), style);
    let style = TextStyle::from(font).color(colour).pos(Pos::new(HPos::Left, VPos::Top));
    area.draw(&Text::new(text, at, style))
}

/// The same picture with a title and a description for those who do not see it.
fn described(svg: &str, fans: &[Fan], facts: &Facts) -> String {
    let told = fans.iter().filter_map(|fan| {
        let last = fan.months.last()?;
        let middle = alone(Kind::People, last.p50);
        Some(format!("{} {middle} ({})", fan.option, eighty_percent_of_month(last)))
    });
    let description = format!(
        "Plans agreed by {} in the middle world, and the range of 8 worlds in 10: {}. Agreed: {}.",
        date(facts.ends),
        told.collect::<Vec<_>>().join("; "),
        facts.agreed(None)
    );
    let words = format!(
        "<title>{}</title>\n<desc>{}</desc>\n",
        escaped(&title(facts)),
        escaped(&description)
    );
    match svg.split_once(">\n") {
        Some((open, rest)) => format!("{open} role=\"img\">\n{words}{rest}"),
        None => svg.to_owned(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{plans_fans, synthetic};

    fn picture() -> String {
        let fans = plans_fans(&synthetic::three_options(256), &synthetic::facts()).unwrap();
        plans_fan(&fans, &synthetic::facts()).unwrap()
    }

    #[test]
    fn the_picture_has_a_panel_for_each_option_and_words_for_those_who_do_not_see_it() {
        let svg = picture();
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
        assert!(
            svg.contains("role=\"img\"") && svg.contains("<desc>Plans agreed by 31 March 2026")
        );
        for name in ["In-house", "Procured", "Hybrid"] {
            assert!(svg.matches(name).count() >= 2, "{name}");
        }
        for month in ["Oct 2024", "Apr 2025", "Oct 2025", "Apr 2026"] {
            assert!(svg.contains(month), "{month}");
        }
    }

    #[test]
    fn the_same_run_draws_the_same_picture() {
        assert_eq!(picture(), picture());
    }

    #[test]
    fn a_name_cannot_break_out_of_the_picture() {
        let mut fans = plans_fans(&synthetic::three_options(32), &synthetic::facts()).unwrap();
        fans[0].option = "</desc><script>".to_owned();
        let svg = plans_fan(&fans, &synthetic::facts()).unwrap();
        assert!(!svg.contains("<script>"));
    }

    #[test]
    fn nothing_to_draw_is_said() {
        assert!(matches!(plans_fan(&[], &synthetic::facts()), Err(ChartError::Empty)));
    }
}
