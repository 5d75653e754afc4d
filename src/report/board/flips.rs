//! What would turn the choice: another reading of the funding rules, a stress, another value.

use super::{Board, Tried, What};
use crate::analysis::rounding::is_beyond_error;
use crate::analysis::turning::TURNS_ON;
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
    is_beyond_error(second.1.less(first.1)).then_some(first.0)
}

/// Under which stresses one option overtakes another.
fn by_stress(stresses: &Tried) -> String {
    let Some((base, cases)) = stresses.row.split_first() else { return String::new() };
    let of_case = |case: &Case| {
        let turns = turnings(&[base.clone(), case.clone()]).into_iter();
        turns.map(|turn| Overtaking::of(&turn, format!("\"{}\"", case.0))).collect::<Vec<_>>()
    };
    let each: Vec<Vec<Overtaking>> = cases.iter().map(of_case).collect();
    let some = each.iter().filter(|turns| !turns.is_empty()).count();
    let count = cases.len();
    if some == 0 {
        return format!(
            "None of the {count} stresses tried turns the order of two options by plans or by money unclaimed."
        );
    }
    let told = Overtaking::told(&each.concat(), "under");
    format!("Of {count} stresses tried, {some} turn the order of two options. {told}")
}

type Case = (String, Vec<crate::analysis::Comparison>);

/// One option becomes better than another: it has more plans, or leaves less unclaimed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Overtaking {
    metric: String,
    winner: String,
    loser: String,
    when: String,
}

impl Overtaking {
    fn of(turn: &Turning, when: String) -> Self {
        let (winner, loser) = match &turn.metric[..] {
            "plans" => (&turn.then, &turn.first),
            _ => (&turn.first, &turn.then),
        };
        let [metric, winner, loser] = [&turn.metric, winner, loser].map(String::clone);
        Overtaking { metric, winner, loser, when }
    }

    /// `On plans, In-house overtakes Procured under "A" and "B".`, metric by metric.
    fn told(all: &[Overtaking], under: &str) -> String {
        let mut sentences = Vec::new();
        for metric in TURNS_ON {
            let mut pairs: Vec<(String, Vec<String>)> = Vec::new();
            for one in all.iter().filter(|one| one.metric == metric) {
                let pair = format!("{} overtakes {}", one.winner, one.loser);
                match pairs.iter_mut().find(|(known, _)| *known == pair) {
                    Some((_, when)) => when.push(one.when.clone()),
                    None => pairs.push((pair, vec![one.when.clone()])),
                }
            }
            let told =
                pairs.iter().map(|(pair, when)| format!("{pair} {under} {}", words::list(when)));
            let told: Vec<String> = told.collect();
            let on = if metric == "plans" { "On plans" } else { "On leaving less unclaimed" };
            if !told.is_empty() {
                sentences.push(format!("{on}, {}.", told.join("; ")));
            }
        }
        sentences.join(" ")
    }
}

/// Between which values of a path one option overtakes another: the break-even, or the latest day to
/// decide.
fn by_value(tried: &Tried) -> String {
    let What::Value(path) = &tried.what else { return String::new() };
    let path = words::path(path);
    let values: Vec<String> = tried.row.iter().map(|(value, _)| in_words(value)).collect();
    let values = words::list(&values);
    let turns = turnings(&tried.row);
    if turns.is_empty() {
        return format!("No value tried of \"{path}\" ({values}) turns the order of two options.");
    }
    let dates = turns.iter().all(|turn| is_date(&turn.between.0) && is_date(&turn.between.1));
    let told = turns.iter().map(|turn| {
        let (low, high) = (in_words(&turn.between.0), in_words(&turn.between.1));
        let when = match dates {
            true => format!("{high} (of those tried, the latest day to decide is {low})"),
            false => format!("{high} (break-even after {low})"),
        };
        Overtaking::of(turn, when)
    });
    let told = Overtaking::told(&told.collect::<Vec<_>>(), "from");
    format!("\"{path}\", tried as {values}: {told}")
}

/// A date in words; anything else as it was given.
fn in_words(value: &str) -> String {
    value.parse::<jiff::civil::Date>().map_or_else(|_| value.to_owned(), words::date)
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
            let money = |name: &str, pounds: i64| {
                let data = crate::ensemble::ColumnData::Whole(vec![100 * pounds; 64]);
                synthetic::column(name, crate::model::Kind::Money, data)
            };
            let unclaimed = [90_000, 80_000, 70_000][index];
            for place in &mut option.places {
                place.metrics.retain(|column| column.metric.name != "unclaimed");
                place.metrics.push(money("unclaimed", unclaimed));
                place.metrics.push(money("reading.A grant.unclaimed", 160_000 - unclaimed));
                place.metrics.push(money("reading.A grant.income", 1));
            }
        }
        let forecast = Forecast::new(&results, synthetic::facts()).unwrap();
        let said = by_reading(&forecast);
        assert!(said.contains("read as \"A grant\"") && said.contains("not Hybrid"), "{said}");
        let plain = Forecast::new(&synthetic::three_options(64), synthetic::facts()).unwrap();
        assert!(by_reading(&plain).contains("one reading"));
    }

    #[test]
    fn an_option_overtakes_where_it_has_more_plans_or_less_unclaimed() {
        let turn = |metric: &str| Turning {
            metric: metric.to_owned(),
            first: "Procured".to_owned(),
            then: "In-house".to_owned(),
            between: ("4".to_owned(), "6".to_owned()),
        };
        let all = [
            Overtaking::of(&turn("plans"), "\"A\"".to_owned()),
            Overtaking::of(&turn("plans"), "\"B\"".to_owned()),
            Overtaking::of(&turn("unclaimed"), "\"B\"".to_owned()),
        ];
        assert_eq!(
            Overtaking::told(&all, "under"),
            "On plans, In-house overtakes Procured under \"A\" and \"B\". On leaving less unclaimed, Procured overtakes \
             In-house under \"B\"."
        );
    }
}
