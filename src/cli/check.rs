//! `workcast check FILE`: the scenario in words, and published figures beside computed ones.

use std::path::Path;

use super::exit::Failure;
use super::output::Output;
use crate::scenario::{Scenario, words};

/// Checks a scenario. Warnings stand in the answer and do not fail it.
///
/// # Errors
///
/// Where it has mistakes; with `strict`, where a value lacks a source, confidence, owner or date.
pub fn check(file: &Path, strict: bool, output: &Output) -> Result<(), Failure> {
    let scenario = Scenario::read(file)?;
    if output.json {
        output.json(&words::describe_json(&scenario));
    } else {
        output.text(&words::describe(&scenario));
    }
    if strict { every_value_is_accounted_for(&scenario) } else { Ok(()) }
}

fn every_value_is_accounted_for(scenario: &Scenario) -> Result<(), Failure> {
    let assumptions = scenario.assumptions();
    let bare: Vec<_> = assumptions.iter().filter(|value| !value.is_complete()).collect();
    if bare.is_empty() {
        return Ok(());
    }
    let mut message = format!(
        "{} of {} values lack a source, a confidence, an owner or a date:",
        bare.len(),
        assumptions.len()
    );
    for value in bare {
        let lacks = [
            ("source", value.source.is_none()),
            ("confidence", value.confidence.is_none()),
            ("owner", value.owner.is_none()),
            ("agreed_on", value.agreed_on.is_none()),
        ];
        let lacks: Vec<&str> =
            lacks.into_iter().filter(|(_, lacks)| *lacks).map(|(name, _)| name).collect();
        let place = value.place.as_deref().unwrap_or("default");
        message.push_str(&format!("\n  {place}: {} ({})", value.path, lacks.join(", ")));
    }
    Err(Failure::Check(message))
}
