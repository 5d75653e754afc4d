//! `workcast replay RUN --replicate N`: what happened in one replicate of a stored run, day by day.

use serde_json::{Map, json};

use super::args::Retelling;
use super::exit::Failure;
use super::output::Output;
use super::restored;
use crate::ensemble::{InputColumn, Settings};
use crate::model::Simulator;
use crate::model::programme::Programme;
use crate::model::story::{Event, What};
use crate::quantity::points::SCRAMBLES;
use crate::report::story::{Only, Story};
use crate::report::words::list;
use crate::scenario::Scenario;
use crate::store::{Ledger, RunRecord, StoreError};

/// Inputs that are named as unusual lie among so many of the lowest or highest hundredths.
const UNUSUAL: f64 = 5.0;

/// Tells a replicate under one option, after it has been simulated again and found to be as stored.
///
/// # Errors
///
/// Where there is no such run, replicate, option, locality or person; where the engine is another than
/// the run's; [`Failure::Check`] where the replicate comes out otherwise than it is stored.
pub fn replay(asked: &str, retelling: &Retelling, output: &Output) -> Result<(), Failure> {
    let ledger = Ledger::open(&output.db)?;
    let record = ledger.record(&ledger.resolve(asked)?)?;
    let replicate = retelling.replicate;
    if replicate >= record.replicates {
        return Err(Failure::CommandLine(format!(
            "run {} has replicates 0 to {}, not {replicate}",
            record.id,
            record.replicates.saturating_sub(1)
        )));
    }
    restored::same_engine(&record)?;
    let scenario = restored::scenario(&ledger, &record)?;
    let programme = &scenario.programme;
    let option = option(programme, retelling.option.as_deref())?;
    let only = only(programme, retelling)?;
    as_stored(&ledger, &record, &scenario, replicate)?;
    let events = Simulator::new(programme, record.head.seed)
        .story(replicate, option)
        .map_err(|error| Failure::CommandLine(error.to_string()))?;
    if let Some(person) = only.person
        && !events.iter().any(|event| is_about(event, only.locality, person))
    {
        return Err(Failure::CommandLine(format!(
            "nothing happened to a person {person} in this replicate; --people shows everybody"
        )));
    }
    let option = &programme.options[option];
    let story = Story { programme, option, events: &events, only };
    let inputs = ledger.inputs(&record.id)?;
    if output.json {
        let drawn: Map<_, _> = inputs.iter().map(|input| drawn(input, replicate)).collect();
        output.json(&json!({
            "run": record.id.to_string(),
            "replicate": replicate,
            "option": option.name,
            "inputs": drawn,
            "events": story.json(),
        }));
        return Ok(());
    }
    let mut text = format!(
        "{}: replicate {replicate} of run {} under {}. Simulated again, every figure of it is as it is \
         stored.\n",
        record.head.title, record.id, option.name
    );
    text += &unusual(&inputs, replicate);
    text += "\n";
    text += &story.text();
    output.text(&text);
    Ok(())
}

/// Whether something happened to a person of a locality.
fn is_about(event: &Event, locality: Option<usize>, person: u32) -> bool {
    matches!(event.what, What::Person(who, _) if who == person) && event.locality == locality
}

/// Which option is meant; the only one if none is named.
fn option(programme: &Programme, named: Option<&str>) -> Result<usize, Failure> {
    let names: Vec<String> = programme.options.iter().map(|option| option.name.clone()).collect();
    match named {
        None if names.len() == 1 => Ok(0),
        None => Err(Failure::CommandLine(format!("say which with --option: {}", list(&names)))),
        Some(name) => names.iter().position(|known| known == name).ok_or_else(|| {
            Failure::CommandLine(format!(
                "there is no option \"{name}\": there is {}",
                list(&names)
            ))
        }),
    }
}

/// Whom to tell of.
fn only(programme: &Programme, retelling: &Retelling) -> Result<Only, Failure> {
    let names: Vec<String> = programme.localities.iter().map(|place| place.name.clone()).collect();
    let locality = match retelling.locality.as_deref() {
        None if names.len() == 1 => Some(0),
        None => None,
        Some(name) => Some(names.iter().position(|known| known == name).ok_or_else(|| {
            let known = list(&names);
            Failure::CommandLine(format!("there is no locality \"{name}\": there is {known}"))
        })?),
    };
    if retelling.person.is_some() && locality.is_none() {
        return Err(Failure::CommandLine(format!(
            "people are numbered in each locality: say which with --locality: {}",
            list(&names)
        )));
    }
    Ok(Only { locality, person: retelling.person, each: retelling.people })
}

/// Whether the replicate comes out as it is stored: told is what was counted.
fn as_stored(
    ledger: &Ledger,
    record: &RunRecord,
    scenario: &Scenario,
    replicate: u64,
) -> Result<(), Failure> {
    let earlier = ledger.earlier(&record.id)?;
    let holds =
        |&(_, (first, count)): &(usize, (u64, u64))| (first..first + count).contains(&replicate);
    let found = earlier.blocks().enumerate().find(holds);
    let (number, (first, _)) =
        found.ok_or_else(|| StoreError::NothingStored { run: record.id.clone() })?;
    let before = earlier.numbered(number)?;
    let settings = Settings { seed: record.head.seed, ..Settings::default() };
    let part = ((replicate - first) / SCRAMBLES * SCRAMBLES, SCRAMBLES);
    restored::comes_out_again(record, scenario, &settings, (&before, first), part)
}

/// What an input was, and how many worlds in a hundred of the run have less.
fn drawn(input: &InputColumn, replicate: u64) -> (String, serde_json::Value) {
    let value = input.values[replicate as usize];
    (input.path.clone(), json!({ "value": value, "higher_than_percent": below(input, value) }))
}

fn below(input: &InputColumn, value: f64) -> f64 {
    let below = input.values.iter().filter(|&&other| other < value).count();
    100.0 * below as f64 / input.values.len() as f64
}

/// The inputs that are unusually low or high in this world, the most unusual first.
fn unusual(inputs: &[InputColumn], replicate: u64) -> String {
    let mut found: Vec<(f64, String)> = inputs
        .iter()
        .filter_map(|input| {
            let value = input.values[replicate as usize];
            let below = below(input, value);
            let (edge, words) = if below < 50.0 {
                (below, format!("lower than in {:.0}% of worlds", 100.0 - below))
            } else {
                (100.0 - below, format!("higher than in {below:.0}% of worlds"))
            };
            (edge < UNUSUAL).then(|| (edge, format!("  {}: {words}\n", input.path)))
        })
        .collect();
    if found.is_empty() {
        return "No uncertain input is unusually low or high in this world.\n".to_owned();
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let lines: String = found.into_iter().map(|(_, line)| line).collect();
    format!("Unusual in this world:\n{lines}")
}
