//! What a locality lead reads first: sentences, one table, differences, and how it was made.

use super::number::{alone, mean_alone, pounds, size};
use super::table::{self, draw, wrapped};
use super::words::{chance, date, list, month};
use super::{
    RunFacts, answers, differences, localities, payers, published, reach, readings, sparkline,
    words,
};
use crate::analysis::rounding::is_beyond_error;
use crate::analysis::{Estimate, Fan, Forecast, PlaceForecast, probability};
use crate::model::Kind;
use crate::quantity::money::grouped;

/// With more localities than this, a table of each would bury all else; the JSON has them.
const MOST_TABLES: usize = 4;

/// The whole of what `run` prints.
pub fn text(forecast: &Forecast, fans: &[Fan], run: &RunFacts) -> String {
    let place = main_place(forecast);
    let mut parts = vec![title(forecast), bullets(&sentences(forecast))];
    parts.push(draw(&answers::grid(forecast, place, &answers::ALL)));
    parts.extend(Some(sparkline::text(fans, &forecast.facts)).filter(|text| !text.is_empty()));
    parts.push(notes(forecast).iter().map(|note| wrapped(note, "")).collect::<Vec<_>>().join("\n"));
    let each = localities::grids(forecast);
    if !each.is_empty() {
        parts.extend(each.iter().map(draw));
        parts.push(wrapped(&localities::note(forecast), ""));
    }
    parts.extend(differences::grid(forecast, place).as_ref().map(draw));
    let reached = reach::grids(forecast, place);
    if !reached.is_empty() {
        let tables: Vec<String> = reached.iter().map(table::list).collect();
        parts.push(format!("{}\n{}", wrapped(reach::NOTE, ""), tables.join("\n\n")));
    }
    parts.extend(readings::grid(forecast, place).as_ref().map(draw));
    parts.extend(payers::grid(forecast, place).as_ref().map(draw));
    let each = forecast.facts.localities.len();
    if (2..=MOST_TABLES).contains(&each) {
        let places = forecast.facts.localities.iter();
        parts.extend(
            places.map(|locality| {
                draw(&answers::grid(forecast, Some(&locality.name), &answers::ALL))
            }),
        );
    }
    if let Some(beside) = published::grid(forecast) {
        parts.push(draw(&beside));
        parts.push(wrapped(published::NOTE, ""));
    }
    parts.push(wrapped(&making(forecast, run), ""));
    parts.join("\n\n") + "\n"
}

/// The place whose figures stand for the programme: its only locality, or the whole.
pub fn main_place(forecast: &Forecast) -> Option<&str> {
    match &forecast.facts.localities[..] {
        [only] => Some(&only.name),
        _ => None,
    }
}

fn title(forecast: &Forecast) -> String {
    let facts = &forecast.facts;
    facts.question.as_ref().map_or_else(
        || facts.title.clone(),
        |question| wrapped(&format!("{}: {question}", facts.title), ""),
    )
}

fn bullets(sentences: &[String]) -> String {
    let lines = sentences.iter().map(|sentence| wrapped(&format!("* {sentence}"), "  "));
    lines.collect::<Vec<_>>().join("\n")
}

/// What the figures come to, in plain sentences.
pub fn sentences(forecast: &Forecast) -> Vec<String> {
    let all = [target, places, plans, like_services, opening, unclaimed, shortfall, cash_gap];
    all.iter().filter_map(|sentence| sentence(forecast)).collect()
}

/// Every option that has the figure, with it.
fn figures<'a, T>(
    forecast: &'a Forecast,
    figure: impl Fn(&'a PlaceForecast) -> Option<T>,
) -> Vec<(&'a str, T)> {
    let place = main_place(forecast);
    (forecast.options.iter())
        .filter_map(|option| Some((option.name.as_str(), figure(option.place(place)?)?)))
        .collect()
}

fn means<'a>(forecast: &'a Forecast, metric: &str) -> Vec<(&'a str, Estimate)> {
    figures(forecast, |place| Some(place.statistic(metric)?.mean))
}

/// `£121,000 (In-house), £130,000 (Procured) and £98,000 (Hybrid)`.
fn each(kind: Kind, figures: &[(&str, Estimate)]) -> String {
    let items = figures.iter().map(|(name, value)| format!("{} ({name})", alone(kind, *value)));
    list(&items.collect::<Vec<_>>())
}

pub fn target(forecast: &Forecast) -> Option<String> {
    let chances = means(forecast, "target_met");
    let place = main_place(forecast);
    let agreed = grouped(forecast.facts.agreed(place).unsigned_abs());
    let ends = date(forecast.facts.ends);
    let likely: Vec<String> = (chances.iter())
        .filter(|(_, estimate)| probability::is_likely(estimate.value))
        .map(|(name, _)| (*name).to_owned())
        .collect();
    let subject = match likely.len() {
        _ if chances.is_empty() => return None,
        0 if chances.len() == 1 => format!("{} is not likely", chances[0].0),
        0 => "No option is likely".to_owned(),
        1 => format!("{} is likely", likely[0]),
        n if n == chances.len() => "Every option is likely".to_owned(),
        _ => format!("{} are likely", list(&likely)),
    };
    let items = chances.iter().map(|(name, estimate)| format!("{name} {}", chance(*estimate)));
    let chances = list(&items.collect::<Vec<_>>());
    Some(format!("{subject} to reach the agreed {agreed} action plans by {ends}: {chances}."))
}

/// How many of several localities reach their own numbers, and the chance that all do.
fn places(forecast: &Forecast) -> Option<String> {
    if forecast.has_one_place() {
        return None;
    }
    let reach = means(forecast, "localities_on_target");
    let all = means(forecast, "all_localities_on_target");
    let count = forecast.facts.localities.len();
    (!reach.is_empty() && !all.is_empty()).then(|| {
        format!(
            "Of the {count} localities, {} reach their own agreed numbers on average; the chance \
             that all do is {}.",
            each(Kind::People, &reach),
            each(Kind::Chance, &all)
        )
    })
}

/// Plans as shares of the agreed number, beside what like services reached.
pub fn like_services(forecast: &Forecast) -> Option<String> {
    let like = words::like_services(&forecast.facts)?;
    let agreed = forecast.facts.agreed(main_place(forecast));
    let share = |plans: Estimate| {
        let of = |value: f64| value / agreed as f64;
        Estimate { value: of(plans.value), se: plans.se.map(of) }
    };
    let shares: Vec<(&str, Estimate)> =
        figures(forecast, |place| Some(share(place.plans_in_all()?.mean)));
    (!shares.is_empty() && agreed > 0).then(|| {
        let agreed = grouped(agreed.unsigned_abs());
        format!("That is {} of the agreed {agreed}; {like}.", each(Kind::Share, &shares))
    })
}

/// Who agrees the most plans, as far as the differences tell the options apart.
pub fn plans(forecast: &Forecast) -> Option<String> {
    let plans = means(forecast, "plans");
    let counts = figures(forecast, |place| place.statistic("plans"));
    let counts = counts.iter().map(|(name, count)| format!("{} ({name})", mean_alone(count)));
    let numbers = list(&counts.collect::<Vec<_>>());
    if plans.len() < 2 {
        return (!plans.is_empty()).then(|| format!("It agrees {numbers} plans on average."));
    }
    let leading: Vec<String> = (plans.iter())
        .filter(|(name, _)| !plans.iter().any(|(other, _)| beats(forecast, other, name)))
        .map(|(name, _)| (*name).to_owned())
        .collect();
    Some(match leading.len() {
        1 => format!("{} agrees the most plans on average: {numbers}.", leading[0]),
        n if n == plans.len() => {
            format!("The options cannot be told apart by their plans: {numbers} on average.")
        }
        _ => format!(
            "{} agree the most plans on average and cannot be told apart: {numbers}.",
            list(&leading)
        ),
    })
}

/// Whether one option has more plans than another, beyond the error of their difference.
fn beats(forecast: &Forecast, one: &str, other: &str) -> bool {
    let place = main_place(forecast);
    let mean = |of: &str, with: &str| {
        let found = forecast.comparison(place, of, with, "plans");
        found.and_then(|comparison| comparison.difference.as_ref()).map(|pairs| pairs.mean)
    };
    let ahead = mean(one, other).or_else(|| {
        let behind = mean(other, one)?;
        Some(Estimate { value: -behind.value, se: behind.se })
    });
    ahead.is_some_and(|ahead| ahead.value > 0.0 && is_beyond_error(ahead))
}

/// Who opens first, and how much later the others do, on average.
fn opening(forecast: &Forecast) -> Option<String> {
    // The middle world's, as in the table: a mean of dates is moved by a few late ones.
    let openings = figures(forecast, |place| place.statistic("opening_day").map(|days| days.p50()));
    let (first, earliest) = openings.iter().min_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    let later: Vec<String> = (openings.iter())
        .filter(|(_, day)| day.value - earliest.value >= 1.0)
        .map(|(name, day)| format!("{name} {} later", weeks(day.value - earliest.value)))
        .collect();
    if later.is_empty() {
        return None;
    }
    let on = date(forecast.facts.date(libm::round(earliest.value) as i64));
    let place = if forecast.has_one_place() { "" } else { " in its first locality" };
    Some(format!("{first} takes referrals{place} from {on} in the middle world, {}.", list(&later)))
}

fn weeks(days: f64) -> String {
    let count = |n: f64, unit: &str| {
        let n = libm::round(n);
        format!("{n:.0} {unit}{}", if n == 1.0 { "" } else { "s" })
    };
    if days < 14.0 { count(days, "day") } else { count(days / 7.0, "week") }
}

fn unclaimed(forecast: &Forecast) -> Option<String> {
    let unclaimed = means(forecast, "unclaimed");
    let allocation = pounds(forecast.facts.allocation_pence(main_place(forecast)));
    let amounts = each(Kind::Money, &unclaimed);
    (!unclaimed.is_empty()).then(|| {
        format!("Of the allocation of {allocation}, on average {amounts} is never claimed.")
    })
}

fn shortfall(forecast: &Forecast) -> Option<String> {
    let provisions = figures(forecast, |place| place.provision);
    let items = provisions.iter().map(|(name, provision)| {
        let chance = alone(Kind::Chance, provision.chance);
        let size = provision.mean_when_any.map_or_else(String::new, |mean| {
            format!(", {} when there is one", size(Kind::Money, mean))
        });
        format!("{name} {chance}{size}")
    });
    let items = items.collect::<Vec<_>>().join("; ");
    (!items.is_empty())
        .then(|| format!("Chance of a shortfall (cost that no receipt ever covers): {items}."))
}

fn cash_gap(forecast: &Forecast) -> Option<String> {
    let gaps = means(forecast, "cash_gap");
    if gaps.iter().all(|(_, gap)| gap.value == 0.0) {
        return None;
    }
    let months = figures(forecast, |place| Some(&place.cash_months.as_ref()?.most_often()?.0));
    let items = gaps.iter().map(|(name, gap)| {
        let when = months.iter().find(|(option, _)| option == name);
        let when = when.map_or_else(String::new, |(_, label)| format!(", {}", month(label)));
        format!("{} ({name}{when})", alone(Kind::Money, *gap))
    });
    let items = list(&items.collect::<Vec<_>>());
    let cash = match forecast.has_one_place() {
        true => "cash falls",
        false => "the localities' cash together falls",
    };
    Some(format!(
        "Before receipts catch up, {cash} below zero by {items} on average, at its lowest most often \
         in the month named."
    ))
}

/// What a reader has to know about the table.
pub fn notes(forecast: &Forecast) -> Vec<String> {
    let mut notes = vec![
        "± is the simulation's own error (95%): more replicates narrow it. A range in \
         brackets is what the world may do: 1 world in 10 falls below it, 1 in 10 above. The cash gap is how far the \
         balance falls below zero before receipts catch up."
            .to_owned(),
        "(*) What happened to people, not what the programme caused: some would have found work \
         without it."
            .to_owned(),
        "(+) A shortfall is cost that no receipt ever covers. Amounts are without VAT.".to_owned(),
    ];
    let references = &forecast.facts.reference_class;
    if !references.is_empty() {
        let items = references.iter().map(|like| {
            format!("{} ({})", alone(Kind::Share, Estimate::known(like.ratio)), like.name)
        });
        let items = list(&items.collect::<Vec<_>>());
        notes
            .push(format!("Like services reached these shares of their planned numbers: {items}."));
    }
    notes
}

/// How the forecast was made, so that it can be made again.
pub fn making(forecast: &Forecast, run: &RunFacts) -> String {
    let options = match forecast.options.len() {
        1 => "the option",
        _ => "every option, with the same people and the same luck",
    };
    let replicates = grouped(forecast.replicates);
    let mut text = format!("{replicates} worlds (replicates), each lived through by {options}.");
    if let Some(id) = &run.run {
        text += &format!(" Run {id}");
        if !run.created.is_empty() {
            text += &format!(" of {}", run.created);
        }
        text += ":";
    }
    let hash = words::short_hash(&run.hash);
    text += &format!(" seed {}, scenario {hash}, workcast {}.", run.seed, run.workcast);
    if !matches!(&run.status[..], "" | "complete") {
        text += &format!(" This run is {}: it holds no more worlds than these.", run.status);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;
    use crate::ensemble::ColumnData;

    fn run() -> RunFacts {
        RunFacts {
            run: Some("k3v9q2".to_owned()),
            workcast: "0.1.0".to_owned(),
            hash: "5f1d0c".to_owned(),
            seed: 1,
            ..RunFacts::default()
        }
    }

    #[test]
    fn the_first_screen_of_a_run() {
        let results = synthetic::three_options(1_024);
        let forecast = Forecast::new(&results, synthetic::facts()).unwrap();
        let fans = crate::analysis::plans_fans(&results, &synthetic::facts()).unwrap();
        let text = text(&forecast, &fans, &run());
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn nobody_is_called_first_where_the_difference_is_within_its_error() {
        let mut results = synthetic::three_options(64);
        let hybrid = results.options[2].places.clone();
        results.options[0].places = hybrid;
        let forecast = Forecast::new(&results, synthetic::facts()).unwrap();
        let plans = plans(&forecast).unwrap();
        assert!(plans.starts_with("In-house and Hybrid agree the most plans"), "{plans}");
        results.options.remove(1);
        let forecast = Forecast::new(&results, synthetic::facts()).unwrap();
        assert!(super::plans(&forecast).unwrap().starts_with("The options cannot be told apart"));
    }

    #[test]
    fn several_localities_have_the_programme_first_and_a_table_each() {
        let mut results = synthetic::three_options(32);
        let mut facts = synthetic::facts();
        facts.localities.push(crate::analysis::LocalityFacts {
            name: "Stockport".to_owned(),
            agreed: 816,
            allocation_pence: 65_908_320,
        });
        for option in &mut results.options {
            let mut stockport = option.places[0].clone();
            stockport.locality = Some("Stockport".to_owned());
            option.places.insert(1, stockport);
        }
        let text = text(&Forecast::new(&results, facts).unwrap(), &[], &run());
        let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("no {what}: {text}"));
        assert!(at(" Whole programme") < at(" Bury ") && at(" Bury ") < at(" Stockport "));
        assert!(text.contains("the agreed 1,352 action plans"));
        assert!(text.contains("£659,083"));
    }

    #[test]
    fn a_run_without_any_statistic_still_prints() {
        let mut results = synthetic::three_options(16);
        for place in results.options.iter_mut().flat_map(|option| &mut option.places) {
            place.metrics.retain(|column| column.metric.name == "plans");
            place.metrics[0].data = ColumnData::Whole(vec![]);
        }
        let forecast = Forecast::new(&results, synthetic::facts()).unwrap();
        assert!(sentences(&forecast).is_empty());
        assert!(text(&forecast, &[], &run()).contains("Action plans by 31 March"));
    }
}
