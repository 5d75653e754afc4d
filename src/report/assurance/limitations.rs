//! What the forecast does not say, and where this run rests on little.

use super::{Block, Section, Subject};
use crate::report::headline::main_place;
use crate::report::subject::RULES;
use crate::report::words;
use crate::scenario::InForce;

/// What no run says.
pub const ALWAYS: [&str; 6] = [
    "It forecasts what the scenario says, not what it leaves out; the ranges are the scenario's own.",
    "Outcomes are not impact: some people would have found or kept work without the programme.",
    "A shortfall and unclaimed money go together; a small shortfall is nearly certain where a little \
     spending is disallowed. Look at its size.",
    "Prices are without VAT.",
    "Staff who transfer between employers with their terms (TUPE) are not modelled.",
    "Places are in whole numbers and days are whole; within a day nothing has an order but that of \
     the rules.",
];

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    vec![
        Section::new("Uncertainty", uncertainty(subject)),
        Section::new(
            "Limitations",
            vec![
                Block::List(ALWAYS.map(str::to_owned).to_vec()),
                Block::text("Of this scenario and run:"),
                Block::List(of_this_run(subject)),
                Block::to_fill_in(&["What the people who know the place would add"]),
            ],
        ),
    ]
}

fn uncertainty(subject: &Subject<'_>) -> Vec<Block> {
    let mut rows = Vec::new();
    for input in subject.ruling() {
        let value = subject.value_of(input);
        let known = value.and_then(|value| value.confidence.clone());
        let source = value.and_then(|value| value.source.clone());
        let missing = || "not said".to_owned();
        rows.push([
            input.path.clone(),
            known.unwrap_or_else(missing),
            source.unwrap_or_else(missing),
        ]);
    }
    let mut blocks = vec![Block::text(
        "Between worlds: what is not known of the place (inputs) and luck. Between runs: the standard \
         errors above. Of the model itself: the limitations below, in no interval.",
    )];
    if rows.is_empty() {
        blocks.push(Block::text("No single input rules action plans or the shortfall."));
    } else {
        blocks.push(Block::text(format!(
            "Inputs whose rank correlation with action plans or the shortfall is beyond {RULES} under \
             some option:"
        )));
        blocks.push(Block::table(["Input", "Confidence", "Source"], rows));
    }
    blocks
}

/// What of this scenario and run a reader has to know.
pub fn of_this_run(subject: &Subject<'_>) -> Vec<String> {
    let stated: Vec<&InForce> = (subject.values.iter())
        .filter(|value| value.unit.is_some() && value.place.is_some())
        .collect();
    let lacking = |text: fn(&InForce) -> &Option<String>| {
        stated.iter().filter(|value| text(value).is_none()).count()
    };
    let mut list = vec![format!(
        "Of {} stated quantities, {} have no source, {} no confidence, {} no owner and {} no date.",
        stated.len(),
        lacking(|value| &value.source),
        lacking(|value| &value.confidence),
        lacking(|value| &value.owner),
        lacking(|value| &value.agreed_on)
    )];
    let is = |value: &&&InForce| value.confidence.as_deref() == Some("assumed");
    let assumed = stated.iter().filter(is).count();
    if assumed > 0 {
        let said = "nobody has measured or published them";
        list.push(format!("{assumed} of them are assumed: {said}."));
    }
    let ruling: Vec<String> = subject
        .ruling()
        .filter(|input| {
            let confidence = subject.value_of(input).and_then(|v| v.confidence.as_deref());
            matches!(confidence, None | Some("assumed"))
        })
        .map(|input| input.path.clone())
        .collect();
    if !ruling.is_empty() {
        list.push(format!(
            "Much depends on values that are assumed or of unknown standing: {}.",
            words::list(&ruling)
        ));
    }
    list.extend(beyond_like_services(subject));
    if !subject.scenario.warnings.is_empty() {
        let warnings = subject.scenario.warnings.iter();
        list.extend(warnings.map(|report| format!("Warning: {}.", report.message)));
    }
    list
}

/// Options whose mean plans are more or less of the agreed number than any like service reached.
pub fn beyond_like_services(subject: &Subject<'_>) -> Option<String> {
    let facts = &subject.forecast.facts;
    let Some(like) = facts.like_services() else {
        return Some("No like services are named to hold the forecast against.".to_owned());
    };
    let place = main_place(subject.forecast);
    let agreed = facts.agreed(place);
    let where_it_stands = |beyond: &dyn Fn(f64) -> bool| -> Vec<String> {
        let options = subject.forecast.options.iter().filter(|option| {
            let plans = option.place(place).and_then(|place| place.statistic("plans"));
            plans.is_some_and(|plans| beyond(plans.mean.value))
        });
        options.map(|option| option.name.clone()).collect()
    };
    let above = where_it_stands(&|plans| plans > like.most * agreed as f64);
    let below = where_it_stands(&|plans| plans < like.least * agreed as f64);
    let said = words::like_services(facts)?;
    let mut parts = Vec::new();
    if !above.is_empty() {
        parts.push(format!(
            "{} would reach more of the agreed number than any like service did",
            words::list(&above)
        ));
    }
    if !below.is_empty() {
        parts.push(format!("{} would reach less of it than any did", words::list(&below)));
    }
    Some(match &parts[..] {
        [] => format!("The forecast is within what others reached ({said})."),
        some => format!("On average {} ({said}).", some.join("; ")),
    })
}
