//! The one table that compares the options: questions down, options across.

use super::grid::{Grid, Row};
use super::localities::of_agreed;
use super::number::{self, alone, eighty_percent_range, mean_alone, pounds, with_error};
use super::words::{self, chance, date, date_range, month};
use crate::analysis::{Facts, Forecast, OptionForecast, PlaceForecast, Statistic};
use crate::model::Kind;
use crate::quantity::money::grouped;

/// What stands where no world has a value.
const NOTHING: &str = "-";

/// The comparison of every option at a locality, or for the whole programme (`None`).
pub fn grid(forecast: &Forecast, locality: Option<&str>) -> Grid {
    let facts = &forecast.facts;
    let end = date(facts.ends);
    let agreed = facts.agreed(locality);
    let allocation = pounds(facts.allocation_pence(locality));
    let worlds = forecast.replicates as usize;
    let places = grouped(agreed.unsigned_abs());
    let like = words::like_services(facts).map_or_else(String::new, |like| format!("\n({like})"));
    let forecast_of = format!("Forecast, of {places} agreed{like}");
    let opens = match locality.is_none() && facts.localities.len() > 1 {
        true => "First locality takes referrals",
        false => "Takes referrals from",
    };
    let questions: Vec<(String, Answer)> = vec![
        (opens.to_owned(), Box::new(|place| opening(facts, worlds, place))),
        (format!("Action plans by {end}"), mean_and_range("plans")),
        (format!("Chance of the agreed {places}"), Box::new(target)),
        ("Chance of four fifths of it".to_owned(), Box::new(four_fifths)),
        (forecast_of, Box::new(move |p| of_agreed(p, agreed))),
        ("Mean wait for a coach".to_owned(), mean("wait_mean_days")),
        ("Waiting / in support at the end".to_owned(), Box::new(left_over)),
        ("In work when support ends (*)".to_owned(), mean("in_work")),
        ("Cost".to_owned(), mean_and_range("cost")),
        ("Income".to_owned(), mean_and_range("income")),
        (format!("Never claimed, of {allocation}"), mean_and_range("unclaimed")),
        ("Chance of a shortfall (+)".to_owned(), Box::new(shortfall_chance)),
        ("Its mean size, if there is one".to_owned(), Box::new(shortfall_size)),
        ("Provision for 8 worlds in 10".to_owned(), Box::new(provision)),
        ("Cash gap: mean; 1 in 10 worse".to_owned(), Box::new(cash_gap)),
        ("Most often deepest in (worlds)".to_owned(), Box::new(cash_month)),
    ];
    let options: Vec<&OptionForecast> = forecast.options.iter().collect();
    let header: Vec<String> = options.iter().map(|option| option.name.clone()).collect();
    let rows: Vec<Row> = (questions.into_iter())
        .map(|(label, answer)| {
            let cells = options.iter().map(|option| {
                let answered = option.place(locality).and_then(&answer);
                answered.unwrap_or_else(|| NOTHING.to_owned())
            });
            Row::new(label, cells.collect())
        })
        .collect();
    Grid::new(locality.unwrap_or("Whole programme"), header, rows)
}

/// How a place answers a question; `None` where it has nothing to say.
type Answer<'a> = Box<dyn Fn(&PlaceForecast) -> Option<String> + 'a>;

fn mean<'a>(metric: &'a str) -> Answer<'a> {
    Box::new(move |place| Some(number::mean(place.statistic(metric)?)))
}

fn mean_and_range<'a>(metric: &'a str) -> Answer<'a> {
    Box::new(move |place| {
        let statistic = place.statistic(metric)?;
        let mean = number::mean(statistic);
        match statistic.under {
            Some(_) => Some(mean),
            None => Some(format!("{mean}\n({})", eighty_percent_range(statistic))),
        }
    })
}

fn target(place: &PlaceForecast) -> Option<String> {
    Some(chance(place.statistic("target_met")?.mean).replacen(" (", "\n(", 1))
}

fn four_fifths(place: &PlaceForecast) -> Option<String> {
    Some(chance(place.four_fifths?).replacen(" (", "\n(", 1))
}

fn left_over(place: &PlaceForecast) -> Option<String> {
    let of = |metric| place.statistic(metric).map(mean_alone);
    Some(format!("{} / {}", of("waiting_at_end")?, of("in_support_at_end")?))
}

/// The date on which it opens in the middle world, and those that eight worlds of ten fall between.
fn opening(facts: &Facts, worlds: usize, place: &PlaceForecast) -> Option<String> {
    let statistic = place.statistic("opening_day")?;
    let on = |day: f64| facts.date(libm::round(day) as i64);
    let [low, middle, high] =
        [statistic.p10(), statistic.p50(), statistic.p90()].map(|estimate| on(estimate.value));
    let mut text = date(middle);
    if low != high {
        text += &format!("\n({})", date_range(low, high));
    }
    if statistic.n < worlds {
        let never = grouped((worlds - statistic.n) as u64);
        text += &format!("\nnever in {never} of {} worlds", grouped(worlds as u64));
    }
    Some(text)
}

fn shortfall_chance(place: &PlaceForecast) -> Option<String> {
    Some(chance(place.provision.as_ref()?.chance).replacen(" (", "\n(", 1))
}

fn shortfall_size(place: &PlaceForecast) -> Option<String> {
    Some(with_error(Kind::Money, place.provision.as_ref()?.mean_when_any?))
}

fn provision(place: &PlaceForecast) -> Option<String> {
    Some(with_error(Kind::Money, place.provision.as_ref()?.p80))
}

fn cash_gap(place: &PlaceForecast) -> Option<String> {
    let gap: &Statistic = place.statistic("cash_gap")?;
    Some(format!("{}; {}", alone(gap.kind, gap.mean), alone(gap.kind, gap.p90())))
}

fn cash_month(place: &PlaceForecast) -> Option<String> {
    let (label, share) = place.cash_months.as_ref()?.most_often()?;
    Some(format!("{} ({})", month(label), alone(Kind::Chance, *share)))
}
