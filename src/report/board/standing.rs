//! What the answer rests on: who it is about, like services, assumptions, and what is left out.

use super::Board;
use crate::analysis::{Estimate, Forecast};
use crate::model::Kind;
use crate::report::assurance::limitations::ALWAYS;
use crate::report::headline::main_place;
use crate::report::number::alone;
use crate::report::reach::{fewest_plans, longest_wait};
use crate::report::words;

/// For every attribute, who waits longest and who gets fewest plans for each referral.
pub fn who(forecast: &Forecast) -> Vec<String> {
    let place = main_place(forecast);
    let mut said = Vec::new();
    for attribute in &forecast.facts.attributes {
        let family = format!("attribute.{}", attribute.name);
        let mut waits: Vec<(String, String)> = Vec::new();
        let mut gains: Vec<(String, String)> = Vec::new();
        for option in &forecast.options {
            let Some(place) = option.place(place) else { continue };
            if let Some((value, wait)) = longest_wait(place, &family, &attribute.values) {
                let wait = alone(Kind::Days, wait);
                add(&mut waits, value, format!("{wait} under {}", option.name));
            }
            if let Some((value, rate)) = fewest_plans(place, &attribute.name) {
                let rate = alone(Kind::Number, rate);
                add(&mut gains, value, format!("{rate} under {}", option.name));
            }
        }
        let each = |found: &[(String, String)]| {
            let each = found.iter().map(|(value, said)| format!("{value} ({said})"));
            words::list(&each.collect::<Vec<_>>())
        };
        let nobody = "nobody beyond the error".to_owned();
        let or_nobody = |found: &[(String, String)]| match found {
            [] => nobody.clone(),
            found => each(found),
        };
        said.push(format!(
            "By {}: longest wait for a coach, {}; fewest plans for each 100 referrals, {}.",
            attribute.name,
            or_nobody(&waits),
            or_nobody(&gains)
        ));
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

/// Like services, assumptions, and what no run says.
pub fn sentences(board: &Board<'_>) -> Vec<String> {
    let mut said = vec![like(board.forecast())];
    said.extend(missed(board.forecast()));
    said.push(assumed(board));
    said.extend(imprecise(board));
    said.push(format!("Left out: {} {}", ALWAYS[1], ALWAYS[4]));
    said
}

/// Outturns that lie outside what an option forecasts.
fn missed(forecast: &Forecast) -> Option<String> {
    let outturns = forecast.facts.published.iter().filter(|figure| figure.known == "outturn");
    let missed = outturns.filter_map(|figure| {
        let mut found =
            forecast.options.iter().filter_map(|option| figure.beside(option)).peekable();
        found.peek()?;
        let all_outside = found.all(|interval| !interval.inside);
        let place = figure.locality.clone().map_or_else(String::new, |name| format!("{name}, "));
        all_outside.then(|| format!("{place}{}", words::metric(&figure.metric).to_lowercase()))
    });
    let missed: Vec<String> = missed.collect();
    (!missed.is_empty()).then(|| {
        format!(
            "What came lies outside what every option forecasts (9 worlds in 10) for {}: see \"Published figures\".",
            words::list(&missed)
        )
    })
}

/// That the run is less precise than one that decides for itself when to stop.
fn imprecise(board: &Board<'_>) -> Option<String> {
    let met = board.subject.precision.is_some_and(|precision| precision.met());
    (!met).then(|| {
        "This run has fewer worlds than one that decides for itself when to stop: make it again with more before a \
         decision rests on small differences."
            .to_owned()
    })
}

/// The reference class, service by service.
fn like(forecast: &Forecast) -> String {
    let references = &forecast.facts.reference_class;
    if references.is_empty() {
        return "No like services are named to hold the forecast against.".to_owned();
    }
    let each = references.iter().map(|like| {
        let share = alone(Kind::Share, Estimate::known(like.ratio));
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
        .map(|input| format!("\"{}\"", words::path(&input.path)))
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
