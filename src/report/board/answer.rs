//! The one page: what is true of every option, the options beside each other, and what to decide.

use super::{Board, flips, standing};
use crate::analysis::{Forecast, PlaceForecast, probability};
use crate::model::Kind;
use crate::report::answers::{self, OF_A_BOARD};
use crate::report::document::{Block, Section};
use crate::report::headline::{self, main_place};
use crate::report::number::alone;
use crate::report::words;

/// What stands before the first heading: the question and where the answer comes from.
pub fn opening(board: &Board<'_>) -> Vec<Block> {
    let forecast = board.forecast();
    let mut blocks = Vec::new();
    blocks.extend(forecast.facts.question.clone().map(Block::Text));
    blocks.extend(board.subject.caveats().map(Block::Text));
    blocks
}

/// The parts of the one page.
pub fn sections(board: &Board<'_>) -> Vec<Section> {
    let forecast = board.forecast();
    let place = main_place(forecast);
    let mut what = vec![Block::List(of_every_option(forecast))];
    what.push(Block::Table(answers::grid(forecast, place, &OF_A_BOARD)));
    what.push(Block::text(
        "± is the simulation's own error (95%). In brackets: 8 worlds in 10. (+) Cost that no receipt \
         ever covers, without VAT.",
    ));
    let mut sections = vec![
        Section::inner("What is true of every option, and what differs", what),
        Section::inner("What would flip the choice", vec![Block::List(flips::sentences(board))]),
    ];
    let who = standing::who(forecast);
    if !who.is_empty() {
        sections.push(Section::inner("Who waits longest, who gains least", vec![Block::List(who)]));
    }
    sections.push(Section::inner(
        "What it rests on, and what is left out",
        vec![Block::List(standing::sentences(board))],
    ));
    sections.push(Section::inner("The decision asked for", vec![Block::Text(decision(forecast))]));
    sections
}

/// What holds of all options first, then what tells them apart.
fn of_every_option(forecast: &Forecast) -> Vec<String> {
    let mut said: Vec<String> = headline::target(forecast).into_iter().collect();
    said.extend(every(forecast));
    said.extend(headline::plans(forecast));
    said.extend(headline::like_services(forecast));
    said
}

/// `Every option leaves at least £76,900 unclaimed on average, and is likely to have a shortfall.`
fn every(forecast: &Forecast) -> Option<String> {
    if forecast.options.len() < 2 {
        return None;
    }
    let places: Vec<&PlaceForecast> =
        (forecast.options.iter()).filter_map(|option| option.place(main_place(forecast))).collect();
    let least = |metric: &str| {
        let found = places.iter().map(|place| place.statistic(metric));
        let found: Option<Vec<_>> = found.collect();
        let least = found?.into_iter().min_by(|a, b| a.mean.value.total_cmp(&b.mean.value))?;
        (least.mean.value > 0.0).then(|| alone(Kind::Money, least.mean))
    };
    let mut parts = Vec::new();
    parts.extend(
        least("unclaimed").map(|least| format!("leaves {least} or more unclaimed on average")),
    );
    let short = places.iter().all(|place| {
        place.provision.as_ref().is_some_and(|p| probability::is_likely(p.chance.value))
    });
    if short && !places.is_empty() {
        parts.push("is likely to have a shortfall of some size".to_owned());
    }
    parts.extend(
        least("cash_gap").map(|least| format!("needs {least} or more of cash before it is paid")),
    );
    (!parts.is_empty()).then(|| format!("Every option {}.", words::list(&parts)))
}

/// What is to be decided; no option is recommended.
fn decision(forecast: &Forecast) -> String {
    let names: Vec<String> = forecast.options.iter().map(|option| option.name.clone()).collect();
    match &names[..] {
        [only] => format!(
            "Whether to go on with {only} as it is set out here, and what to set aside for its cash gap and \
             shortfall."
        ),
        _ => format!(
            "Which of {} to take, what to set aside for its cash gap and shortfall, and whether the agreed \
             number should be agreed anew.",
            words::list(&names)
        ),
    }
}
