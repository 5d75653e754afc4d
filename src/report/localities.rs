//! The localities of a programme beneath each other, options across.

use super::grid::{Grid, Row};
use super::number::{alone, mean_alone, pounds};
use super::words;
use crate::analysis::{Forecast, OptionForecast, PlaceForecast};
use crate::model::Kind;
use crate::quantity::money::grouped;

/// What stands where no world has a value.
const NOTHING: &str = "-";

/// Plans and chances of each locality, how many reach their numbers, and money; none where there is
/// only one locality.
pub fn grids(forecast: &Forecast) -> Vec<Grid> {
    if forecast.has_one_place() {
        return Vec::new();
    }
    vec![people(forecast), money(forecast)]
}

/// How they are read.
pub fn note(forecast: &Forecast) -> String {
    let notes = "Of each locality: action plans on average, as a share of its agreed number, and the \
                 chance of that number; then what is never claimed of its allocation, and the \
                 chance of a shortfall.";
    let like = words::like_services(&forecast.facts);
    let like = like.map_or_else(String::new, |like| format!(" For comparison: {like}."));
    format!("{notes}{like}")
}

fn people(forecast: &Forecast) -> Grid {
    let facts = &forecast.facts;
    let agreed = |name: Option<&str>| grouped(facts.agreed(name).unsigned_abs());
    let mut rows: Vec<Row> = (facts.localities.iter())
        .map(|locality| {
            let name = Some(locality.name.as_str());
            let label = format!("{}, {} agreed", locality.name, agreed(name));
            row(forecast, label, name, |place| plans(place, locality.agreed))
        })
        .collect();
    let count = facts.localities.len();
    rows.push(row(forecast, format!("All, {} agreed", agreed(None)), None, |place| {
        plans(place, facts.agreed(None))
    }));
    rows.push(row(forecast, "Localities that reach theirs", None, |place| {
        let reach = place.statistic("localities_on_target")?;
        Some(format!("{} of {count}", alone(reach.kind, reach.mean)))
    }));
    rows.push(row(forecast, "Chance that all do", None, |place| {
        let all = place.statistic("all_localities_on_target")?;
        Some(alone(all.kind, all.mean))
    }));
    Grid::new("Action plans; chance of them all", header(forecast), rows)
}

fn money(forecast: &Forecast) -> Grid {
    let facts = &forecast.facts;
    let rows: Vec<Row> = (facts.localities.iter())
        .map(|locality| {
            let label = format!("{}, {}", locality.name, pounds(locality.allocation_pence));
            row(forecast, label, Some(&locality.name), unclaimed)
        })
        .collect();
    Grid::new("Never claimed; shortfall chance", header(forecast), rows)
}

fn header(forecast: &Forecast) -> Vec<String> {
    forecast.options.iter().map(|option| option.name.clone()).collect()
}

fn row(
    forecast: &Forecast,
    label: impl Into<String>,
    locality: Option<&str>,
    answer: impl Fn(&PlaceForecast) -> Option<String>,
) -> Row {
    let cell = |option: &OptionForecast| {
        option.place(locality).and_then(&answer).unwrap_or_else(|| NOTHING.to_owned())
    };
    Row::new(label, forecast.options.iter().map(cell).collect())
}

/// `612 (74%); 8%`: plans, of the agreed number, and the chance of it.
fn plans(place: &PlaceForecast, agreed: i64) -> Option<String> {
    let plans = place.statistic("plans")?;
    let mut text = mean_alone(plans);
    if let Some(share) = of_agreed(place, agreed) {
        text += &format!(" ({share})");
    }
    let chance = place.statistic("target_met")?;
    Some(format!("{text}; {}", alone(chance.kind, chance.mean)))
}

/// Plans as a share of the agreed number, `74%`; where places have moved, of what is agreed in the
/// end, on average: `70% of 874`.
pub fn of_agreed(place: &PlaceForecast, agreed: i64) -> Option<String> {
    let plans = place.plans_in_all().filter(|plans| plans.under.is_none())?.mean.value;
    let at_end = place.statistic("agreed_at_end");
    let (number, moved) = match at_end.filter(|at_end| at_end.mean.value != agreed as f64) {
        Some(at_end) => (at_end.mean.value, format!(" of {}", alone(at_end.kind, at_end.mean))),
        None => (agreed as f64, String::new()),
    };
    (number > 0.0).then(|| format!("{:.0}%{moved}", 100.0 * plans / number))
}

/// `£75,000; 44%`: never claimed, and the chance of a shortfall.
fn unclaimed(place: &PlaceForecast) -> Option<String> {
    let unclaimed = place.statistic("unclaimed")?;
    let shortfall = place.provision.as_ref()?.chance;
    let amount = alone(unclaimed.kind, unclaimed.mean);
    Some(format!("{amount}; {}", alone(Kind::Chance, shortfall)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;
    use crate::ensemble::{ColumnData, Results};

    #[test]
    fn plans_stand_beside_the_number_that_moved_places_leave() {
        let mut results = synthetic::three_options(32);
        let share = |results: &Results| {
            let forecast = Forecast::new(results, synthetic::facts()).unwrap();
            of_agreed(forecast.options[0].programme().unwrap(), 536).unwrap()
        };
        let before = share(&results);
        assert!(before.ends_with('%'), "{before}");
        let moved = ColumnData::Whole(vec![400; 32]);
        let place = results.options[0].places.last_mut().unwrap();
        place.metrics.push(synthetic::column("agreed_at_end", Kind::People, moved));
        assert!(share(&results).ends_with("% of 400"), "{}", share(&results));
    }
}
