//! How an amount is spread over the worlds: a bar for each span of it, as high as the share of worlds
//! that fall there.

use plotters::prelude::*;

use super::canvas::{
    Area, BLUE, ChartError, FAINT, Failure, GREY, Panel, SMALL, VERMILLION, Words, dashed, figure,
};
use super::scale::Scale;
use super::text::{Anchor, Look, width, write};
use crate::analysis::{Estimate, Forecast, Histogram};
use crate::model::Kind;
use crate::report::figure::Figure;
use crate::report::grid::{Grid, Row};
use crate::report::headline::main_place;
use crate::report::number::{alone, eighty_percent_range, mean_alone};

/// Width and height of a panel below its heading, in pixels.
const SIZE: (u32, u32) = (320, 210);
const LEFT: i32 = 46;
const RIGHT: i32 = 16;
const TOP: i32 = 22;
const BOTTOM: i32 = 30;

/// An amount of money under every option.
///
/// # Errors
///
/// Where no option has it, or drawing fails.
pub fn spread(
    forecast: &Forecast,
    histogram: &Histogram,
    name: &'static str,
    title: &str,
) -> Result<Figure, ChartError> {
    let place = main_place(forecast);
    let highest =
        histogram.options.iter().flat_map(|(_, shares)| shares).fold(0.0_f64, |a, &b| a.max(b));
    let statistic = |option: &str| {
        let option = forecast.options.iter().find(|known| known.name == option)?;
        option.place(place)?.statistic(&histogram.metric)
    };
    let said = |option: &str| {
        statistic(option).map_or_else(String::new, |found| {
            format!("{} on average ({})", mean_alone(found), eighty_percent_range(found))
        })
    };
    let panels = histogram.options.iter().map(|(option, shares)| Panel {
        heading: option.clone(),
        said: said(option),
        told: String::new(),
        draw: Box::new(move |area: &Area<'_>| {
            let mean = statistic(option).map(|found| found.mean);
            bars(area, histogram, shares, highest, mean)
        }),
    });
    let panels: Vec<Panel<'_>> = panels.collect();
    let each = histogram.options.iter().map(|(option, _)| format!("{option} {}", said(option)));
    let words = Words {
        name,
        title: title.to_owned(),
        description: format!(
            "{title}, the range of 8 worlds in 10 in brackets: {}.",
            each.collect::<Vec<_>>().join("; ")
        ),
        note: format!(
            "Each bar is the share of worlds in a span of {}; the first and the last also hold what lies beyond. \
             Dashed: the mean.",
            pounds(histogram.width)
        ),
    };
    figure(words, grid(histogram), SIZE, &panels)
}

fn pounds(value: f64) -> String {
    alone(Kind::Money, Estimate::known(value))
}

fn percent(share: f64) -> String {
    alone(Kind::Share, Estimate::known(share))
}

fn bars(
    area: &Area<'_>,
    histogram: &Histogram,
    shares: &[f64],
    highest: f64,
    mean: Option<Estimate>,
) -> Result<(), Failure> {
    let (wide, high) = area.dim_in_pixel();
    let (right, bottom) = (wide as i32 - RIGHT, high as i32 - BOTTOM);
    let end = histogram.from + histogram.width * shares.len() as f64;
    let x = Scale::new((histogram.from, end), (LEFT, right));
    let y = Scale::new((0.0, highest * 1.05), (bottom, TOP));
    for tick in y.ticks(4) {
        area.draw(&PathElement::new([(LEFT, y.at(tick)), (right, y.at(tick))], FAINT))?;
        write(area, &percent(tick), (LEFT - 6, y.at(tick)), Anchor::Right, SMALL)?;
    }
    write(area, "share of worlds", (12, 6), Anchor::Left, SMALL)?;
    for (share, bin) in shares.iter().zip(0..) {
        let from = histogram.from + histogram.width * f64::from(bin);
        let ends = [(x.at(from) + 1, y.at(*share)), (x.at(from + histogram.width), bottom)];
        area.draw(&Rectangle::new(ends, BLUE.filled()))?;
    }
    area.draw(&PathElement::new([(LEFT, bottom), (right, bottom)], GREY))?;
    for tick in x.ticks(((right - LEFT) / 74).max(1) as usize) {
        let text = pounds(tick);
        let half = width(&text, SMALL) as i32 / 2;
        let at = x.at(tick);
        area.draw(&PathElement::new([(at, bottom), (at, bottom + 4)], GREY))?;
        let within = at.clamp(half, (wide as i32 - half).max(half));
        write(area, &text, (within, bottom + 15), Anchor::Middle, SMALL)?;
    }
    let Some(mean) = mean else { return Ok(()) };
    let at = x.at(mean.value);
    dashed(area, (at, TOP - 6), (at, bottom), VERMILLION)?;
    let look = Look { ink: VERMILLION, ..SMALL };
    let words = format!("mean {}", alone(Kind::Money, mean));
    let half = width(&words, look) as i32 / 2;
    let most = (wide as i32 - half - 2).max(half);
    // The name of the axis stands at the left end of the same line.
    write(
        area,
        &words,
        (at.clamp(half + 112, most.max(half + 112)).min(most), 6),
        Anchor::Middle,
        look,
    )
}

/// The numbers behind the picture.
fn grid(histogram: &Histogram) -> Grid {
    let bins = histogram.options.iter().map(|(_, shares)| shares.len()).max().unwrap_or(0);
    let rows = (0..bins).map(|bin| {
        let from = histogram.from + histogram.width * bin as f64;
        let label = match bin {
            0 => format!("below {}", pounds(from + histogram.width)),
            _ if bin + 1 == bins => format!("{} or more", pounds(from)),
            _ => format!("{} to {}", pounds(from), pounds(from + histogram.width)),
        };
        let cell = |(_, shares): &(String, Vec<f64>)| {
            let share = shares.get(bin).copied().unwrap_or(0.0);
            format!("{:.1}%", 100.0 * share)
        };
        Row::new(label, histogram.options.iter().map(cell).collect())
    });
    let header = histogram.options.iter().map(|(option, _)| option.clone()).collect();
    Grid::new("Amount", header, rows.collect()).titled("Share of worlds")
}
