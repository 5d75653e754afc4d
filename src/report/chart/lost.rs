//! Where people are lost, from referral to work: each step takes its part off the bar above.

use super::canvas::{ChartError, Panel, Words, figure};
use super::rows::{Mark, Rows, ends_of, height, told};
use crate::analysis::{Estimate, Forecast, PlaceForecast, Statistic};
use crate::model::Kind;
use crate::report::figure::Figure;
use crate::report::grid::{Grid, Row};
use crate::report::headline::main_place;
use crate::report::number::{alone, eighty_percent_range, mean, mean_alone};

/// Width of a panel, in pixels.
const WIDTH: u32 = 420;

/// What becomes of those who come: the ends before a plan.
const BEFORE_PLAN: [(&str, &str); 7] = [
    ("signposted", "Signposted elsewhere"),
    ("withdrew", "Gave up waiting"),
    ("did_not_attend", "Missed every appointment"),
    ("no_plan", "Seen, no plan agreed"),
    ("in_triage_at_end", "At the access point at the end"),
    ("waiting_at_end", "Waiting for a coach at the end"),
    ("before_plan_at_end", "With a coach at the end, no plan yet"),
];

/// The ends after a plan.
const AFTER_PLAN: [(&str, &str); 3] = [
    ("disengaged", "Left support early"),
    ("disrupted", "Lost their provider"),
    ("in_support_at_end", "Still in support at the end"),
];

/// From referral to outcome under every option, as means with the range of eight worlds in ten.
///
/// # Errors
///
/// Where the run counts nobody, or drawing fails.
pub fn lost(forecast: &Forecast) -> Result<Figure, ChartError> {
    let place = main_place(forecast);
    let courses = forecast.options.iter().filter_map(|option| {
        let marks = course(option.place(place)?)?;
        Some((option.name.as_str(), marks))
    });
    let courses: Vec<(&str, Vec<Mark>)> = courses.collect();
    let ends = ends_of(courses.iter().flat_map(|(_, marks)| marks), None);
    let rows = courses.iter().map(|(_, marks)| marks.len()).max().unwrap_or(0);
    let of = |marks: &[Mark], label: &str| {
        marks
            .iter()
            .find(|mark| mark.label == label)
            .map_or("-".to_owned(), |mark| mark.said.clone())
    };
    let said =
        |marks: &[Mark]| format!("{} come, {} agree a plan", of(marks, COME), of(marks, PLANS));
    let panels = courses.iter().map(|(name, marks)| Panel {
        heading: (*name).to_owned(),
        said: said(marks),
        told: told(marks),
        draw: Box::new(move |area| {
            let marks = marks.clone();
            Rows { marks, kind: Kind::People, ends, line: None }.draw(area)
        }),
    });
    let each = courses.iter().map(|(name, marks)| format!("{name}: {}", said(marks)));
    let words = Words {
        name: "people",
        title: "Where people are lost, from referral to work".to_owned(),
        description: format!("People on average. {}.", each.collect::<Vec<_>>().join("; ")),
        note: "Means of all worlds; the thin line is the range of 8 worlds in 10. Work is what happened, not \
               what the programme caused."
            .to_owned(),
    };
    let panels: Vec<Panel<'_>> = panels.collect();
    figure(words, grid(forecast), (WIDTH, height(rows)), &panels)
}

const COME: &str = "Referred, or waiting at the start";
const PLANS: &str = "Action plans";
const SUPPORTED: &str = "Plans, or in support at the start";
const WORK: &str = "In work when support ends";

/// The steps of one option; `None` where nobody is counted.
fn course(place: &PlaceForecast) -> Option<Vec<Mark>> {
    let value = |metric: &str| place.statistic(metric).map_or(0.0, |found| found.mean.value);
    let with_those_there = |metric: &str, opening: &str| {
        let found = place.statistic(metric)?;
        Some((found, found.mean.value + value(opening)))
    };
    let mut marks = Vec::new();
    let (referrals, mut left) = with_those_there("referrals", "opening_waiting")?;
    marks.push(whole(COME, left, referrals));
    for (metric, label) in BEFORE_PLAN {
        marks.extend(place.statistic(metric).and_then(|lost| step(label, lost, &mut left)));
    }
    let (plans, supported) = with_those_there("plans", "opening_in_support")?;
    marks.push(whole(PLANS, plans.mean.value, plans));
    left = supported;
    if supported > plans.mean.value {
        marks.push(whole(SUPPORTED, left, plans));
    }
    for (metric, label) in AFTER_PLAN {
        marks.extend(place.statistic(metric).and_then(|lost| step(label, lost, &mut left)));
    }
    marks.extend(place.statistic("in_work").map(|work| whole(WORK, work.mean.value, work)));
    Some(marks)
}

/// A bar from nought. Where others are counted with those of the metric, their range is not known.
fn whole(label: &str, value: f64, of: &Statistic) -> Mark {
    let alone_in_it = value == of.mean.value;
    Mark {
        label: label.to_owned(),
        from: Some(0.0),
        to: value,
        range: alone_in_it.then(|| (of.p10().value, of.p90().value)),
        said: match alone_in_it {
            true => mean_alone(of),
            false => alone(of.kind, Estimate { value, se: of.mean.se }),
        },
        strong: true,
    }
}

/// A bar that takes its part off what is left; none where it takes nothing, or is too small to be shown.
fn step(label: &str, lost: &Statistic, left: &mut f64) -> Option<Mark> {
    let from = *left;
    *left -= lost.mean.value;
    (lost.mean.value > 0.0 && lost.under.is_none()).then(|| Mark {
        label: label.to_owned(),
        from: Some(from),
        to: *left,
        range: None,
        said: mean_alone(lost),
        strong: false,
    })
}

/// The numbers behind the picture, with their errors and ranges.
fn grid(forecast: &Forecast) -> Grid {
    let place = main_place(forecast);
    let first = [("opening_waiting", "Waiting at the start"), ("referrals", "Referred")];
    let middle = [("plans", "Action plans"), ("opening_in_support", "In support at the start")];
    let last = [
        ("completed", "Had their support"),
        ("in_work", "In work when support ends"),
        ("sustained", "Still in work later"),
    ];
    let all = first.iter().chain(&BEFORE_PLAN).chain(&middle).chain(&AFTER_PLAN).chain(&last);
    let rows = all.filter_map(|(metric, label)| {
        let found: Vec<Option<&Statistic>> = (forecast.options.iter())
            .map(|option| option.place(place)?.statistic(metric))
            .collect();
        if found.iter().flatten().all(|found| found.mean.value == 0.0) {
            return None;
        }
        let cell = |found: &Option<&Statistic>| match found {
            Some(found) if found.under.is_some() => mean(found),
            Some(found) => format!("{}\n({})", mean(found), eighty_percent_range(found)),
            None => "-".to_owned(),
        };
        Some(Row::new(*label, found.iter().map(cell).collect()))
    });
    let header = forecast.options.iter().map(|option| option.name.clone()).collect();
    Grid::new("People", header, rows.collect()).titled("Mean with its error (8 worlds in 10)")
}
