//! Who is reached: referrals, plans, waits and work by the values of each attribute.

use super::grid::{Grid, Row};
use super::number::{mean, with_error};
use crate::analysis::rounding::is_beyond_error;
use crate::analysis::{Estimate, Forecast, OptionForecast, PlaceForecast, Reach};
use crate::model::Kind;

const HEADER: [&str; 5] =
    ["Referrals", "Plans", "Plans per 100 referred", "Mean wait", "In work per 100 plans (*)"];

/// How the tables are read.
pub const NOTE: &str = "Who is reached. Rates are of all worlds together: a difference smaller than the \
                        figures after ± may be none at all.";

/// A table for each attribute at a locality, or for the whole programme; none without attributes.
pub fn grids(forecast: &Forecast, locality: Option<&str>) -> Vec<Grid> {
    let attributes = forecast.facts.attributes.iter();
    attributes.map(|attribute| grid(forecast, locality, &attribute.name)).collect()
}

fn grid(forecast: &Forecast, locality: Option<&str>, attribute: &str) -> Grid {
    let title = format!("By {attribute}");
    let header = std::iter::once("Option").chain(HEADER).map(str::to_owned).collect();
    let places: Vec<(&OptionForecast, &PlaceForecast)> = (forecast.options.iter())
        .filter_map(|option| Some((option, option.place(locality)?)))
        .collect();
    let known = forecast.facts.attributes.iter().find(|known| known.name == attribute);
    let values = known.into_iter().flat_map(|known| &known.values);
    let rows = values.flat_map(|value| {
        places.iter().enumerate().filter_map(move |(index, (option, place))| {
            let reach = (place.reach.iter())
                .find(|reach| reach.attribute == attribute && reach.value == *value)?;
            // The value's name stands once, before the first option.
            let label = if index == 0 { value.clone() } else { String::new() };
            Some(Row::new(label, [vec![option.name.clone()], cells(place, reach)].concat()))
        })
    });
    Grid::new(title, header, rows.collect())
}

fn cells(place: &PlaceForecast, reach: &Reach) -> Vec<String> {
    let of = |what: &str| place.statistic(&reach.metric(what)).map_or_else(|| "-".to_owned(), mean);
    vec![
        of("referrals"),
        of("plans"),
        per_hundred(reach.plans_per_referral),
        of("wait_mean_days"),
        per_hundred(reach.in_work_per_plan),
    ]
}

/// Which of some groups waits longest for a coach on average, and how long; `None` where none of them
/// waits longer than another beyond the error. `family` is what stands before a group's name in its
/// metrics: `cohort`, `attribute.age`.
pub fn longest_wait<'a>(
    place: &PlaceForecast,
    family: &str,
    groups: &'a [String],
) -> Option<(&'a str, Estimate)> {
    let waits = groups.iter().filter_map(|group| {
        let wait = place.statistic(&format!("{family}.{group}.wait_mean_days"))?;
        wait.under.is_none().then_some((group.as_str(), wait.mean))
    });
    let mut waits: Vec<(&str, Estimate)> = waits.collect();
    waits.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    ahead_of_the_last(&waits)
}

/// Which value of an attribute gets fewest plans for each hundred referrals, and how many; `None`
/// where none gets fewer than another beyond the error.
pub fn fewest_plans<'a>(place: &'a PlaceForecast, attribute: &str) -> Option<(&'a str, Estimate)> {
    let groups = place.reach.iter().filter(|group| group.attribute == attribute);
    let rates =
        groups.filter_map(|group| Some((group.value.as_str(), hundred(group.plans_per_referral?))));
    let mut rates: Vec<(&str, Estimate)> = rates.collect();
    rates.sort_by(|a, b| a.1.value.total_cmp(&b.1.value));
    ahead_of_the_last(&rates)
}

/// The first of a row, if the last differs from it beyond the errors of both.
fn ahead_of_the_last<'a>(row: &[(&'a str, Estimate)]) -> Option<(&'a str, Estimate)> {
    let (first, last) = (row.first()?, row.last()?);
    is_beyond_error(first.1.less(last.1)).then_some(*first)
}

/// A rate for each hundred.
pub fn hundred(rate: Estimate) -> Estimate {
    Estimate { value: 100.0 * rate.value, se: rate.se.map(|se| 100.0 * se) }
}

fn per_hundred(rate: Option<Estimate>) -> String {
    let Some(rate) = rate else { return "-".to_owned() };
    with_error(Kind::Number, hundred(rate))
}
