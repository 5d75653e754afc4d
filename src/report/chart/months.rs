//! Fans over the months: the middle world as a line, eight worlds of ten as a band around it.

use plotters::prelude::*;

use super::canvas::{
    Area, BLUE, ChartError, FAINT, Failure, GREY, INK, PALE, Panel, SMALL, VERMILLION, Words,
    dashed, figure,
};
use super::scale::Scale;
use super::text::{Anchor, Look, width, write};
use crate::analysis::{Estimate, Facts, Fan, Forecast, MonthStatistic};
use crate::model::Kind;
use crate::quantity::Calendar;
use crate::report::figure::Figure;
use crate::report::grid::{Grid, Row};
use crate::report::headline::main_place;
use crate::report::number::{alone, range};
use crate::report::words::{self, date, month};

/// Width and height of a panel below its heading, in pixels.
const SIZE: (u32, u32) = (320, 250);
/// Pixels left of the axis, right of the last month, above and below.
const LEFT: i32 = 58;
const RIGHT: i32 = 56;
const TOP: i32 = 12;
const BOTTOM: i32 = 28;
/// Labels at the right end are not nearer to each other than this.
const APART: i32 = 13;

/// How a fan is read.
const NOTE: &str = "Line: the middle world. Band: 8 worlds in 10. Both stand beside their ends.";

/// One option's fan.
struct Course<'a> {
    option: &'a str,
    months: Vec<Option<&'a MonthStatistic>>,
}

/// What a picture of fans is of.
struct Subject<'a> {
    kind: Kind,
    facts: &'a Facts,
    courses: Vec<Course<'a>>,
    /// Whether it begins at nought on the first day.
    from_nothing: bool,
    /// A line across, with what it is: the agreed number, or nothing.
    line: Option<(f64, String)>,
}

/// Plans agreed by each month's end under every option, the agreed number across.
///
/// # Errors
///
/// Where the run keeps no plans by month, or drawing fails.
pub fn plans(fans: &[Fan], facts: &Facts) -> Result<Figure, ChartError> {
    let agreed = facts.agreed(None);
    let agreed_words = format!("agreed {}", alone(Kind::People, Estimate::known(agreed as f64)));
    let subject = Subject {
        kind: Kind::People,
        facts,
        courses: (fans.iter())
            .map(|fan| Course {
                option: &fan.option,
                months: fan.months.iter().map(Some).collect(),
            })
            .collect(),
        from_nothing: true,
        line: (agreed > 0).then_some((agreed as f64, agreed_words)),
    };
    let said = |course: &Course<'_>| {
        let last = course.months.last().copied().flatten();
        let last = last.map(|last| {
            format!(
                "{} plans ({})",
                alone(Kind::People, alike(last).p50),
                eighty(Kind::People, last)
            )
        });
        format!("{} by {}", last.unwrap_or_default(), date(facts.ends))
    };
    let each: Vec<String> =
        subject.courses.iter().map(|c| format!("{} {}", c.option, said(c))).collect();
    let words = Words {
        name: "plans",
        title: "Action plans agreed so far".to_owned(),
        description: format!(
            "Plans agreed by the end of each month in the middle world, with the range of 8 worlds in 10: {}. \
             Agreed: {}.",
            each.join("; "),
            alone(Kind::People, Estimate::known(agreed as f64))
        ),
        note: format!("{NOTE} Dashed: the agreed number."),
    };
    drawn(words, &subject, said)
}

/// A monthly series of the main place under every option.
///
/// # Errors
///
/// Where the run keeps no such series, or drawing fails.
pub fn series(forecast: &Forecast, name: &'static str, title: &str) -> Result<Figure, ChartError> {
    let place = main_place(forecast);
    let courses = forecast.options.iter().filter_map(|option| {
        let series = option.place(place)?.monthly.iter().find(|s| s.metric.name == name)?;
        let months = series.months.iter().map(Option::as_ref).collect();
        Some((series.metric.kind, Course { option: &option.name, months }))
    });
    let courses: Vec<(Kind, Course<'_>)> = courses.collect();
    let kind = courses.first().ok_or(ChartError::Empty)?.0;
    let subject = Subject {
        kind,
        facts: &forecast.facts,
        courses: courses.into_iter().map(|(_, course)| course).collect(),
        from_nothing: false,
        line: (kind == Kind::Money).then(|| (0.0, "nothing".to_owned())),
    };
    let months = &forecast.months;
    let said = |course: &Course<'_>| said_of_series(kind, course, months);
    let each: Vec<String> =
        subject.courses.iter().map(|c| format!("{}: {}", c.option, said(c))).collect();
    let words = Words {
        name,
        title: title.to_owned(),
        description: format!(
            "{title}, the middle world and the range of 8 worlds in 10. {}.",
            each.join(". ")
        ),
        note: match kind {
            Kind::Money => format!(
                "{NOTE} Each world is at its deepest on a day of its own, so that the deepest gap is deeper on average than \
                 the middle world at any month's end."
            ),
            _ => NOTE.to_owned(),
        },
    };
    drawn(words, &subject, said)
}

/// Where the middle world is at its lowest (money) or its highest (people).
fn said_of_series(kind: Kind, course: &Course<'_>, months: &[String]) -> String {
    let value =
        |month: &&MonthStatistic| month.p50.value * if kind == Kind::Money { -1.0 } else { 1.0 };
    let known =
        course.months.iter().enumerate().filter_map(|(index, found)| Some((index, (*found)?)));
    // Where the middle world has none at all, the month in which most of the others do.
    let most = known.rev().max_by(|a, b| {
        value(&a.1).total_cmp(&value(&b.1)).then(a.1.p90.value.total_cmp(&b.1.p90.value))
    });
    let Some((index, most)) = most else { return "too few to be shown".to_owned() };
    let which = if kind == Kind::Money { "lowest" } else { "most" };
    let when = months.get(index).map_or_else(String::new, |label| format!(" in {}", month(label)));
    format!("{which}{when}: {} ({})", alone(kind, alike(most).p50), eighty(kind, most))
}

fn eighty(kind: Kind, month: &MonthStatistic) -> String {
    let month = alike(month);
    range(kind, month.p10, month.p90)
}

/// The same with the largest of its errors everywhere, so that its figures are rounded alike.
fn alike(month: &MonthStatistic) -> MonthStatistic {
    let all = [month.p10.se, month.p50.se, month.p90.se];
    let se = all.into_iter().flatten().reduce(f64::max);
    let with = |estimate: Estimate| Estimate { se, ..estimate };
    MonthStatistic {
        mean: month.mean,
        p10: with(month.p10),
        p50: with(month.p50),
        p90: with(month.p90),
    }
}

fn drawn(
    words: Words,
    subject: &Subject<'_>,
    said: impl Fn(&Course<'_>) -> String,
) -> Result<Figure, ChartError> {
    let ends = ends(subject);
    let panels = subject.courses.iter().map(|course| Panel {
        heading: course.option.to_owned(),
        said: said(course),
        told: String::new(),
        draw: Box::new(move |area: &Area<'_>| fan(area, course, subject, ends)),
    });
    let panels: Vec<Panel<'_>> = panels.collect();
    figure(words, grid(subject), SIZE, &panels)
}

/// The numbers behind the picture: a row a month, the options beside each other.
fn grid(subject: &Subject<'_>) -> Grid {
    let count = subject.courses.iter().map(|course| course.months.len()).max().unwrap_or(0);
    let rows = (0..count).map(|index| {
        let cell = |course: &Course<'_>| match course.months.get(index).copied().flatten() {
            Some(found) => {
                format!(
                    "{} ({})",
                    alone(subject.kind, alike(found).p50),
                    eighty(subject.kind, found)
                )
            }
            None => "-".to_owned(),
        };
        Row::new(month_name(subject.facts, index), subject.courses.iter().map(cell).collect())
    });
    let header = subject.courses.iter().map(|course| course.option.to_owned()).collect();
    Grid::new("Month", header, rows.collect())
        .titled("Middle world (8 worlds in 10), at each month's end")
}

/// The lowest and the highest value of all panels, which share their axis.
fn ends(subject: &Subject<'_>) -> (f64, f64) {
    let months = subject.courses.iter().flat_map(|course| course.months.iter().flatten());
    let line = subject.line.iter().map(|(value, _)| *value);
    let values = months.flat_map(|month| [month.p10.value, month.p90.value]).chain(line);
    let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
    let room = 0.06 * (high - low);
    (if low < 0.0 { low - room } else { 0.0 }, high + room)
}

fn fan(
    area: &Area<'_>,
    course: &Course<'_>,
    subject: &Subject<'_>,
    ends: (f64, f64),
) -> Result<(), Failure> {
    let (wide, high) = area.dim_in_pixel();
    let (right, bottom) = (wide as i32 - RIGHT, high as i32 - BOTTOM);
    let y = Scale::new(ends, (bottom, TOP));
    let x = Scale::new((0.0, course.months.len().max(1) as f64), (LEFT, right));
    for tick in y.ticks(5) {
        let at = y.at(tick);
        area.draw(&PathElement::new([(LEFT, at), (right, at)], FAINT))?;
        write(
            area,
            &short(subject.kind, Estimate::known(tick)),
            (LEFT - 6, at),
            Anchor::Right,
            SMALL,
        )?;
    }
    for (month, name) in ticks(subject.facts, course.months.len(), right - LEFT) {
        let at = x.at(month as f64);
        area.draw(&PathElement::new([(at, bottom), (at, bottom + 4)], GREY))?;
        write(area, &name, (at, bottom + 15), Anchor::Middle, SMALL)?;
    }
    area.draw(&PathElement::new([(LEFT, y.at(0.0)), (right, y.at(0.0))], GREY))?;
    let start = subject.from_nothing.then(|| (LEFT, y.at(0.0)));
    let points = |of: fn(&MonthStatistic) -> f64| -> Vec<(i32, i32)> {
        let known = course.months.iter().enumerate().filter_map(|(i, m)| Some((i, (*m)?)));
        let months = known.map(|(i, m)| (x.at((i + 1) as f64), y.at(of(m))));
        start.into_iter().chain(months).collect()
    };
    let (low, middle, upper) =
        (points(|m| m.p10.value), points(|m| m.p50.value), points(|m| m.p90.value));
    let band: Vec<(i32, i32)> = upper.iter().chain(low.iter().rev()).copied().collect();
    area.draw(&Polygon::new(band, PALE.filled()))?;
    area.draw(&PathElement::new(middle.clone(), BLUE.stroke_width(3)))?;
    if let Some((value, words)) = subject.line.as_ref().filter(|(value, _)| *value != 0.0) {
        let at = y.at(*value);
        dashed(area, (LEFT, at), (right, at), VERMILLION)?;
        let look = Look { ink: VERMILLION, ..SMALL };
        write(area, words, (LEFT + 4, at - 9), Anchor::Left, look)?;
    }
    let last = course.months.last().copied().flatten();
    last.map_or(Ok(()), |last| labels(area, subject.kind, last, &y, right))
}

/// The ends of a fan, beside them and apart from each other.
fn labels(
    area: &Area<'_>,
    kind: Kind,
    last: &MonthStatistic,
    y: &Scale,
    right: i32,
) -> Result<(), Failure> {
    let middle = y.at(last.p50.value);
    let upper = y.at(last.p90.value).min(middle - APART);
    let lower = y.at(last.p10.value).max(middle + APART);

    let same = |end: Estimate| short(kind, end) == short(kind, last.p50);
    let ends = [
        (last.p90, upper, SMALL),
        (last.p50, middle, Look { ink: INK, bold: true, ..SMALL }),
        (last.p10, lower, SMALL),
    ];
    for (end, at, look) in ends {
        // An end that reads as the middle does is said once.
        if !look.bold && same(end) {
            continue;
        }
        let text = short(kind, end);
        // Long amounts are set smaller rather than cut.
        let size = if width(&text, look) > f64::from(RIGHT - 6) { 10 } else { look.size };
        write(area, &text, (right + 5, at), Anchor::Left, Look { size, ..look })?;
    }
    Ok(())
}

/// An amount of money in thousands or millions, where there are many.
fn short(kind: Kind, estimate: Estimate) -> String {
    let (unit, letter) = match estimate.value.abs() {
        _ if kind != Kind::Money => return alone(kind, estimate),
        many if many >= 999_500.0 => (1_000_000.0, "m"),
        many if many >= 99_950.0 => (1_000.0, "k"),
        _ => return alone(kind, estimate),
    };
    let sign = if estimate.value < 0.0 { "-" } else { "" };
    let value = estimate.value.abs() / unit;
    let decimals = usize::from(letter == "m" && value < 10.0);
    format!("{sign}£{value:.decimals$}{letter}")
}

/// Months at whose beginning the axis has a label, as many as there is room for.
fn ticks(facts: &Facts, months: usize, room: i32) -> Vec<(usize, String)> {
    let most = (room / 64).max(1) as usize;
    let step =
        [1, 2, 3, 6, 12, 24, 48].into_iter().find(|step| months / step <= most).unwrap_or(96);
    (0..=months).step_by(step).map(|month| (month, month_start(facts, month))).collect()
}

/// `Oct 24`: the month that begins so many months after the programme's first.
fn month_start(facts: &Facts, ahead: usize) -> String {
    let (of_year, year) = month_at(facts, ahead);
    format!("{} {:02}", words::short_month(of_year), year.rem_euclid(100))
}

/// `Oct 2024`.
fn month_name(facts: &Facts, ahead: usize) -> String {
    let (of_year, year) = month_at(facts, ahead);
    format!("{} {year}", words::short_month(of_year))
}

fn month_at(facts: &Facts, ahead: usize) -> (usize, i32) {
    let calendar = Calendar::new(facts.starts, facts.ends);
    let first = calendar.as_ref().and_then(|c| c.months().first()).map_or(0, |month| month.of_year);
    let month = first + ahead;
    (month % 12, i32::from(facts.starts.year()) + (month / 12) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{plans_fans, synthetic};

    fn picture() -> Figure {
        let fans = plans_fans(&synthetic::three_options(256), &synthetic::facts()).unwrap();
        plans(&fans, &synthetic::facts()).unwrap()
    }

    #[test]
    fn the_picture_has_a_panel_for_each_option_and_words_for_those_who_do_not_see_it() {
        let figure = picture();
        assert_eq!(figure.panels.len(), 3);
        for svg in figure.panels.iter().chain([&figure.whole]) {
            assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
            assert!(svg.contains("role=\"img\" aria-label=\"Action plans agreed so far"));
        }
        for name in ["In-house", "Procured", "Hybrid"] {
            assert!(figure.whole.contains(name) && figure.description.contains(name), "{name}");
            assert!(figure.grid.header.contains(&name.to_owned()));
        }
        for month in ["Oct 24", "Apr 25", "Oct 25", "Apr 26"] {
            assert!(figure.whole.contains(month), "{month}");
        }
    }

    #[test]
    fn the_same_run_draws_the_same_picture() {
        assert_eq!(picture(), picture());
    }

    #[test]
    fn a_name_cannot_break_out_of_the_picture() {
        let mut fans = plans_fans(&synthetic::three_options(32), &synthetic::facts()).unwrap();
        fans[0].option = "\"></svg><script>\u{202e}\u{7}".to_owned();
        let figure = plans(&fans, &synthetic::facts()).unwrap();
        for svg in figure.panels.iter().chain([&figure.whole]) {
            assert!(!svg.contains("<script>") && !svg.contains(['\u{202e}', '\u{7}']));
        }
    }

    #[test]
    fn nothing_to_draw_is_said() {
        assert!(matches!(plans(&[], &synthetic::facts()), Err(ChartError::Empty)));
    }

    #[test]
    fn a_series_of_money_has_its_nought_and_its_lowest_month() {
        let results = synthetic::three_options(64);
        let forecast =
            Forecast::new(&results, synthetic::facts()).unwrap().with_months(&results).unwrap();
        let figure = series(&forecast, "balance", "Cash balance at each month's end").unwrap();
        assert!(figure.description.contains("lowest in "), "{}", figure.description);
        assert!(figure.panels[0].contains("£0"));
        assert!(matches!(series(&forecast, "no such", "x"), Err(ChartError::Empty)));
    }
}
