//! Who is reached: referrals, plans, waits and work by the values of each attribute.

use super::grid::{Grid, Row};
use super::number::{mean, with_error};
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

fn per_hundred(rate: Option<Estimate>) -> String {
    let Some(rate) = rate else { return "-".to_owned() };
    let hundred = Estimate { value: 100.0 * rate.value, se: rate.se.map(|se| 100.0 * se) };
    with_error(Kind::Number, hundred)
}
