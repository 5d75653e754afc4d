//! What would turn the choice: another reading of the funding rules, a stress, another value.

use super::{Board, Tried, What};
use crate::analysis::rounding::is_beyond_error;
use crate::analysis::{Estimate, Forecast, Turning, turnings};
use crate::report::headline::main_place;
use crate::report::{readings, words};

/// Every sentence that the run and the ledger give.
pub fn sentences(board: &Board<'_>) -> Vec<String> {
    let forecast = board.forecast();
    if forecast.options.len() < 2 {
        return vec!["There is one option only, so there is nothing to choose between.".to_owned()];
    }
    let mut said = vec![by_reading(forecast)];
    let tried = |what: fn(&What) -> bool| board.tried.iter().filter(move |tried| what(&tried.what));
    match tried(|what| *what == What::Stress).next() {
        Some(stresses) => said.push(by_stress(stresses)),
        None => said.push(
            "Demand, a failed tender and a provider that leaves were not tried on this scenario in this ledger: \
             \"workcast stress\" tries them."
                .to_owned(),
        ),
    }
    let values: Vec<String> = tried(|what| *what != What::Stress).map(by_value).collect();
    if values.is_empty() {
        said.push(
            "No break-even and no latest day to decide was looked for: \"workcast vary\" finds them.".to_owned(),
        );
    }
    said.extend(values);
    said
}

/// Which option leaves least unclaimed, and has the smallest shortfall, under every reading.
fn by_reading(forecast: &Forecast) -> String {
    let names = readings::names(forecast, main_place(forecast));
    if names.is_empty() {
        return "The scenario lists one reading of the funding rules; what another would change was not tried."
            .to_owned();
    }
    let mut turned = Vec::new();
    for (metric, what) in
        [("unclaimed", "leaves least unclaimed"), ("shortfall", "has the smallest shortfall")]
    {
        let own = least(forecast, metric);
        for name in &names {
            let other = least(forecast, &format!("reading.{name}.{metric}"));
            if let (Some(own), Some(other)) = (&own, &other)
                && own != other
            {
                turned.push(format!("read as \"{name}\", {other} {what}, not {own}"));
            }
        }
    }
    if turned.is_empty() {
        let each: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        return format!(
            "No other listed reading of the funding rules ({}) changes which option leaves least unclaimed or has \
             the smallest shortfall.",
            words::list(&each)
        );
    }
    format!("The reading of the funding rules matters: {}.", turned.join("; "))
}

/// Whether a listed reading of the funding rules turns which option leaves least unclaimed or has the
/// smallest shortfall.
pub fn reading_turns(forecast: &Forecast) -> bool {
    let names = readings::names(forecast, main_place(forecast));
    ["unclaimed", "shortfall"].iter().any(|metric| {
        let own = least(forecast, metric);
        names.iter().any(|name| {
            let other = least(forecast, &format!("reading.{name}.{metric}"));
            own.is_some() && other.is_some() && own != other
        })
    })
}

/// The option whose mean is least, beyond the error of the next; `None` where two cannot be told apart.
fn least<'a>(forecast: &'a Forecast, metric: &str) -> Option<&'a str> {
    let place = main_place(forecast);
    let mut means: Vec<(&str, Estimate)> = (forecast.options.iter())
        .filter_map(|option| {
            Some((option.name.as_str(), option.place(place)?.statistic(metric)?.mean))
        })
        .collect();
    means.sort_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let (first, second) = (means.first()?, means.get(1)?);
    // The two live through the same worlds, so this error is more than that of their difference.
    let se = match (first.1.se, second.1.se) {
        (Some(a), Some(b)) => Some((a * a + b * b).sqrt()),
        _ => None,
    };
    let apart = Estimate { value: second.1.value - first.1.value, se };
    is_beyond_error(apart).then_some(first.0)
}

/// Under which stresses the order of two options turns.
fn by_stress(stresses: &Tried) -> String {
    let Some(base) = stresses.row.first() else { return String::new() };
    let mut turned = Vec::new();
    for case in &stresses.row[1..] {
        for turn in turnings(&[base.clone(), case.clone()]) {
            turned.push(format!("under \"{}\" {}", case.0, more(&turn)));
        }
    }
    let count = stresses.row.len() - 1;
    if turned.is_empty() {
        return format!(
            "None of the {count} stresses tried turns the order of two options by plans or by money unclaimed."
        );
    }
    format!("Of {count} stresses tried, some turn the order of two options: {}.", turned.join("; "))
}

fn more(turn: &Turning) -> String {
    let of = match &turn.metric[..] {
        "plans" => "more plans than",
        _ => "more money unclaimed than",
    };
    format!("{} has {of} {}, not the other way round", turn.then, turn.first)
}

/// Between which values of a path the order turns: the break-even, or the latest day to decide.
fn by_value(tried: &Tried) -> String {
    let What::Value(path) = &tried.what else { return String::new() };
    let values: Vec<String> = tried.row.iter().map(|(value, _)| value.clone()).collect();
    let turns: Vec<String> = (turnings(&tried.row).iter())
        .map(|turn| {
            let (low, high) = &turn.between;
            let of = if turn.metric == "plans" { "more plans" } else { "more money unclaimed" };
            if is_date(low) && is_date(high) {
                return format!(
                    "decide by {low}: with it {} has {of} than {}, with {high} it is the other way round",
                    turn.first, turn.then
                );
            }
            format!(
                "break-even between {low} and {high}: below it {} has {of} than {}, above it the other way round",
                turn.first, turn.then
            )
        })
        .collect();
    if turns.is_empty() {
        return format!(
            "No value tried of {path} ({}) turns the order of two options.",
            words::list(&values)
        );
    }
    format!("{path}: {}.", turns.join("; "))
}

fn is_date(value: &str) -> bool {
    value.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;

    #[test]
    fn a_reading_that_turns_the_order_is_named_and_one_that_does_not_is_too() {
        let mut results = synthetic::three_options(64);
        for (index, option) in results.options.iter_mut().enumerate() {
            for place in &mut option.places {
                let unclaimed =
                    place.metrics.iter().find(|c| c.metric.name == "unclaimed").unwrap();
                let mut same = unclaimed.clone();
                same.metric.name = "reading.A grant.unclaimed".to_owned();
                let mut income = unclaimed.clone();
                income.metric.name = "reading.A grant.income".to_owned();
                if index == 2 {
                    let crate::ensemble::ColumnData::Whole(values) = &mut same.data else {
                        unreachable!()
                    };
                    values.iter_mut().for_each(|value| *value += 90_000_000);
                }
                place.metrics.extend([same, income]);
            }
        }
        let forecast = Forecast::new(&results, synthetic::facts()).unwrap();
        let said = by_reading(&forecast);
        assert!(said.contains("read as \"A grant\"") && said.contains("not Hybrid"), "{said}");
        assert!(reading_turns(&forecast));
        let plain = Forecast::new(&synthetic::three_options(64), synthetic::facts()).unwrap();
        assert!(!reading_turns(&plain) && by_reading(&plain).contains("one reading"));
    }
}
