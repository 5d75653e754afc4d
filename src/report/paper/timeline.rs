//! 11 Timeline: the dates that are fixed, and those that the worlds differ on.

use super::across::{NOTHING, when};
use super::{Block, Section, Subject, titled};
use crate::analysis::PlaceForecast;
use crate::quantity::Day;
use crate::quantity::money::grouped;
use crate::report::grid::{Grid, Row};
use crate::report::headline::main_place;
use crate::report::words;

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    let mut blocks = vec![fixed(subject)];
    blocks.push(Block::Table(forecast(subject)));
    blocks.push(Block::text(
        "The middle world has as many earlier as later ones. A date that some worlds never come to is that of \
         the worlds that do.",
    ));
    blocks.push(Block::blank("dates of decisions: this board, cabinet, call-in, award, contract"));
    vec![Section::new("11 Timeline", blocks)]
}

/// What the scenario fixes, in the order of the days.
fn fixed(subject: &Subject<'_>) -> Block {
    let programme = &subject.scenario.programme;
    let calendar = &programme.calendar;
    let mut dates: Vec<(Day, String)> = vec![
        (0, "The programme's first day".to_owned()),
        (programme.last_referral, "Last day for referrals".to_owned()),
        (calendar.last(), "The programme's last day".to_owned()),
    ];
    let mut begins: Vec<(Day, Vec<String>)> = Vec::new();
    for option in &programme.options {
        for team in option.teams.iter().filter(|team| team.route.is_some()) {
            let said = format!("{} ({})", team.name, option.name);
            match begins.iter_mut().find(|(day, _)| *day == team.begins) {
                Some((_, known)) => known.push(said),
                None => begins.push((team.begins, vec![said])),
            }
        }
    }
    dates.extend(begins.into_iter().map(|(day, who)| match who.len() {
        1..=4 => (day, format!("Routes begin: {}", words::list(&who))),
        many => (day, format!("The routes of {many} teams begin")),
    }));
    let claims =
        calendar.quarters().iter().map(|quarter| (quarter.last, "A claim period ends".to_owned()));
    dates.extend(claims);
    if let Some(day) = programme.funding.first_payment_from {
        dates.push((day, "No payment before this day".to_owned()));
    }
    for year in programme.funding.years.iter().filter(|year| !year.is_over()) {
        dates.push((year.ends, format!("Funding year {} ends", year.label)));
    }
    if let Some(moving) = &programme.moving_places {
        dates.extend(
            moving.on.iter().map(|&day| (day, "Places may move between localities".to_owned())),
        );
    }
    dates.sort_by_key(|(day, _)| *day);
    let mut rows: Vec<[String; 2]> = Vec::new();
    let mut before = None;
    for (day, what) in dates {
        match rows.last_mut() {
            Some([_, known]) if before == Some(day) => *known += &format!("\n{what}"),
            _ => rows.push([words::date(calendar.date(day)), what]),
        }
        before = Some(day);
    }
    titled("Dates that are fixed", ["Date", "What"], rows)
}

/// What the worlds differ on.
fn forecast(subject: &Subject<'_>) -> Grid {
    let forecast = subject.forecast;
    let place = main_place(forecast);
    let mut rows = Vec::new();
    for option in &forecast.options {
        let Some(place) = option.place(place) else { continue };
        rows.push(Row::new(&option.name, Vec::new()));
        rows.extend(dates(subject, place));
    }
    let header = ["Middle world", "8 worlds in 10", "Never"].map(str::to_owned).to_vec();
    Grid::new("Option, event", header, rows).titled("Dates that the worlds differ on")
}

fn dates(subject: &Subject<'_>, place: &PlaceForecast) -> Vec<Row> {
    let facts = &subject.forecast.facts;
    let replicates = subject.forecast.replicates;
    let opens = match subject.forecast.has_one_place() {
        true => "Takes referrals",
        false => "First locality takes referrals",
    };
    let ready = place.metrics.iter().filter_map(|summary| {
        let team = summary.metric.name.strip_prefix("ready_day.")?;
        Some((format!("{team} can see people"), summary.metric.name.clone()))
    });
    let mut events: Vec<(String, String)> = ready.collect();
    events.insert(0, (opens.to_owned(), "opening_day".to_owned()));
    events.push(("First action plan".to_owned(), "first_plan_day".to_owned()));
    events.push(("The agreed number is reached".to_owned(), "target_day".to_owned()));
    let row = |(label, metric): (String, String)| {
        let Some(found) = place.statistic(&metric) else {
            return Row::new(
                label,
                vec![NOTHING.to_owned(), NOTHING.to_owned(), "in every world".to_owned()],
            );
        };
        let (middle, range) = when(facts, found);
        let never = match replicates.saturating_sub(found.n as u64) {
            0 => NOTHING.to_owned(),
            never => format!("{} of {} worlds", grouped(never), grouped(replicates)),
        };
        Row::new(label, vec![middle, range.unwrap_or_else(|| NOTHING.to_owned()), never])
    };
    events.into_iter().map(row).collect()
}
