//! 4 Options: how each delivers, and what comes of it.

use super::across::{mean_and_range, when};
use super::{Block, Section, Subject, team};
use crate::analysis::{Forecast, OptionForecast, PlaceForecast};
use crate::model::programme::{DeliveryOption, UnusedPlaces};
use crate::quantity::money::grouped;
use crate::report::headline::{main_place, notes};
use crate::report::{answers, localities, number, words};

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    let forecast = subject.forecast;
    let mut sections = vec![Section::new("4 Options", Vec::new())];
    for (index, option) in forecast.options.iter().enumerate() {
        let written = subject.scenario.programme.options.iter().find(|o| o.name == option.name);
        let heading = format!("4.{} {}", index + 1, option.name);
        sections.push(Section::inner(&heading, one(subject, option, written)));
    }
    let heading = format!("4.{} The options beside each other", forecast.options.len() + 1);
    sections.push(Section::inner(&heading, beside(forecast)));
    sections
}

fn one(
    subject: &Subject<'_>,
    option: &OptionForecast,
    written: Option<&DeliveryOption>,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(written) = written {
        blocks.push(team::grid(subject, written));
        if written.unused_places == UnusedPlaces::Move {
            blocks.push(Block::text(
                "Places that a team leaves unused when it stops go to the next team.",
            ));
        }
    }
    let place = option.place(main_place(subject.forecast));
    blocks.extend(place.map(|place| Block::List(comes_to(subject.forecast, place))));
    blocks
}

/// What comes of an option, in sentences.
fn comes_to(forecast: &Forecast, place: &PlaceForecast) -> Vec<String> {
    let facts = &forecast.facts;
    let agreed = grouped(facts.agreed(place.locality.as_deref()).unsigned_abs());
    let mut said = Vec::new();
    if let Some(opening) = place.statistic("opening_day") {
        let (middle, range) = when(facts, opening);
        let whose = if forecast.has_one_place() { "It takes" } else { "Its first locality takes" };
        let range = range.map_or_else(String::new, |range| format!(" ({range} in 8 worlds of 10)"));
        let never = forecast.replicates.saturating_sub(opening.n as u64);
        let never = match never {
            0 => String::new(),
            never => {
                format!("; never in {} of {} worlds", grouped(never), grouped(forecast.replicates))
            }
        };
        said.push(format!("{whose} referrals from {middle}{range}{never}."));
    } else {
        said.push("It takes no referrals in any world.".to_owned());
    }
    if let Some(plans) = place.statistic("plans") {
        said.push(format!(
            "Action plans by {}: {}.",
            words::date(facts.ends),
            mean_and_range(plans, " ")
        ));
    }
    if let Some(chance) = place.statistic("target_met") {
        said.push(format!("Chance of the agreed {agreed}: {}.", words::chance(chance.mean)));
    }
    if let Some(wait) = place.statistic("wait_mean_days") {
        said.push(format!(
            "Mean wait for a coach, of those who get one: {}.",
            mean_and_range(wait, " ")
        ));
    }
    let left = |metric| place.statistic(metric).map(number::mean);
    if let (Some(waiting), Some(support)) = (left("waiting_at_end"), left("in_support_at_end")) {
        said.push(format!(
            "On the last day {waiting} people still wait for a coach, {support} are in support."
        ));
    }
    said
}

fn beside(forecast: &Forecast) -> Vec<Block> {
    let place = main_place(forecast);
    let grid =
        answers::grid(forecast, place, &answers::ALL).titled("The options beside each other");
    let mut blocks = vec![Block::Table(grid)];
    // The last of the notes are the like services, which stand in the background.
    blocks.extend(notes(forecast).into_iter().take(3).map(Block::Text));
    let each = localities::grids(forecast);
    if !each.is_empty() {
        blocks.push(Block::text(localities::note(forecast)));
        for (grid, title) in
            each.into_iter().zip(["The localities: people", "The localities: money"])
        {
            blocks.push(Block::Table(grid.titled(title)));
        }
    }
    blocks
}
