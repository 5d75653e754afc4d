//! What the answer rests on: who it is about, like services, assumptions, and what is left out.

use super::Board;
use crate::analysis::{Estimate, Forecast, PlaceForecast, Reach};
use crate::model::Kind;
use crate::report::assurance::limitations::ALWAYS;
use crate::report::headline::main_place;
use crate::report::number::{alone, mean_alone};
use crate::report::words;

/// For every attribute, who waits longest and who gets fewest plans for each referral.
pub fn who(forecast: &Forecast) -> Vec<String> {
    let place = main_place(forecast);
    let mut said = Vec::new();
    for attribute in &forecast.facts.attributes {
        let mut waits: Vec<(String, String)> = Vec::new();
        let mut gains: Vec<(String, String)> = Vec::new();
        for option in &forecast.options {
            let Some(place) = option.place(place) else { continue };
            let groups: Vec<&Reach> =
                place.reach.iter().filter(|group| group.attribute == attribute.name).collect();
            if let Some((value, wait)) = longest(place, &groups) {
                add(&mut waits, value, format!("{wait} under {}", option.name));
            }
            if let Some((value, rate)) = fewest(&groups) {
                add(&mut gains, value, format!("{rate} under {}", option.name));
            }
        }
        let each = |found: &[(String, String)]| {
            let each = found.iter().map(|(value, said)| format!("{value} ({said})"));
            words::list(&each.collect::<Vec<_>>())
        };
        if !waits.is_empty() && !gains.is_empty() {
            said.push(format!(
                "By {}: longest wait for a coach, {}; fewest plans for each 100 referrals, {}.",
                attribute.name,
                each(&waits),
                each(&gains)
            ));
        }
    }
    said
}

/// Adds what is said of a value to what is said of it already.
fn add(all: &mut Vec<(String, String)>, value: &str, said: String) {
    match all.iter_mut().find(|(known, _)| known == value) {
        Some((_, known)) => *known = format!("{known}, {said}"),
        None => all.push((value.to_owned(), said)),
    }
}

fn longest<'a>(place: &PlaceForecast, groups: &[&'a Reach]) -> Option<(&'a str, String)> {
    let waits = groups.iter().filter_map(|group| {
        let wait = place.statistic(&group.metric("wait_mean_days"))?;
        wait.under.is_none().then_some((group.value.as_str(), wait))
    });
    let (value, wait) = waits.max_by(|a, b| a.1.mean.value.total_cmp(&b.1.mean.value))?;
    Some((value, mean_alone(wait)))
}

fn fewest<'a>(groups: &[&'a Reach]) -> Option<(&'a str, String)> {
    let rates =
        groups.iter().filter_map(|group| Some((group.value.as_str(), group.plans_per_referral?)));
    let (value, rate) = rates.min_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    let hundred = Estimate { value: 100.0 * rate.value, se: rate.se.map(|se| 100.0 * se) };
    Some((value, alone(Kind::Number, hundred)))
}

/// Like services, assumptions, and what no run says.
pub fn sentences(board: &Board<'_>) -> Vec<String> {
    let mut said = vec![like(board.forecast()), assumed(board)];
    said.push(format!("Left out: {} {}", ALWAYS[1], ALWAYS[4]));
    said
}

/// The reference class, service by service.
fn like(forecast: &Forecast) -> String {
    let references = &forecast.facts.reference_class;
    if references.is_empty() {
        return "No like services are named to hold the forecast against.".to_owned();
    }
    let each = references.iter().map(|like| {
        let share = alone(Kind::Share, Estimate { value: like.ratio, se: None });
        format!("{} {share}", like.name)
    });
    format!(
        "Like services reached of their planned numbers: {}.",
        words::list(&each.collect::<Vec<_>>())
    )
}

/// How much of what drives the result is merely assumed.
pub fn assumed(board: &Board<'_>) -> String {
    let subject = board.subject;
    let ruling: Vec<_> = subject.ruling().collect();
    if ruling.is_empty() {
        return "No single uncertain input rules action plans or the shortfall.".to_owned();
    }
    let confidence = |input| subject.value_of(input).and_then(|value| value.confidence.as_deref());
    let assumed: Vec<String> = (ruling.iter())
        .filter(|input| matches!(confidence(input), None | Some("assumed")))
        .map(|input| format!("\"{}\"", words::input(&input.path)))
        .collect();
    let drives = match ruling.len() {
        1 => "One uncertain input drives plans or the shortfall".to_owned(),
        n => format!("{n} uncertain inputs drive plans or the shortfall"),
    };
    match &assumed[..] {
        [] => format!("{drives}; none of them is merely assumed."),
        few if few.len() <= 4 => {
            format!("{drives}; {} merely assumed: {}.", are(few.len()), words::list(few))
        }
        many => format!(
            "{drives}; {} merely assumed, {} and {} more among them.",
            are(many.len()),
            many[..3].join(", "),
            many.len() - 3
        ),
    }
}

fn are(count: usize) -> String {
    if count == 1 { "1 of them is".to_owned() } else { format!("{count} of them are") }
}
