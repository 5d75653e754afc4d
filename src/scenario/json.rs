//! What `check --json` prints.

use serde_json::{Value, json};

use super::Scenario;
use super::entry::Entry;
use super::reconcile::reconcile;
use crate::quantity::Day;

/// Everything in force, for a program: facts under names, money in whole pence.
pub fn describe_json(scenario: &Scenario) -> Value {
    let programme = &scenario.programme;
    let date = |day: Day| programme.calendar.date(day).to_string();
    let localities: Vec<Value> = programme
        .localities
        .iter()
        .enumerate()
        .map(|(index, locality)| {
            let shares = scenario.fair_shares.as_ref();
            let fair = shares.and_then(|shares| shares.places.get(index));
            let allocation = &locality.allocation;
            let years: Vec<Value> = programme
                .funding
                .years
                .iter()
                .zip(&allocation.years)
                .map(|(year, amount)| json!({ "label": year.label, "total_pence": amount.total.get() }))
                .collect();
            json!({
                "name": locality.name,
                "agreed_participants": locality.agreed,
                "fair_share": fair.map(|share| share.participants),
                "allocation_pence": allocation.total.get(),
                "basic_pence": allocation.basic.get(),
                "participant_pence": allocation.participant.get(),
                "outcome_pence": allocation.outcome.get(),
                "years": years,
            })
        })
        .collect();
    json!({
        "title": scenario.title,
        "question": scenario.question,
        "hash": scenario.hash(),
        "files": scenario.files().iter().map(|file| &file.name).collect::<Vec<_>>(),
        "changes": scenario.changes(),
        "programme": {
            "name": programme.name,
            "starts": date(0),
            "ends": date(programme.calendar.last()),
            "last_referral": date(programme.last_referral),
        },
        "localities": localities,
        "options": programme.options.iter().map(|option| &option.name).collect::<Vec<_>>(),
        "central": programme.central.as_ref().map(|central| json!({
            "name": central.name,
            "pence": central.amount.get(),
        })),
        "readings": programme.readings.iter().map(|reading| &reading.name).collect::<Vec<_>>(),
        "stresses": scenario.stresses,
        "values": scenario.entries().iter().map(|entry| value_json(scenario, entry)).collect::<Vec<_>>(),
        "reconciliation": reconcile(scenario),
        "warnings": scenario.warnings.iter().map(|report| json!({
            "message": report.message,
            "place": scenario.warnings.place(report),
            "help": report.help,
        })).collect::<Vec<_>>(),
    })
}

fn value_json(scenario: &Scenario, entry: &Entry) -> Value {
    json!({
        "path": entry.path.to_string(),
        "value": entry.value,
        "place": entry.at.map(|at| scenario.place(at)),
        "default": entry.at.is_none(),
        "inherited": entry.at.is_some_and(|at| !scenario.is_own(at)),
        "changes": entry.replaced.map(|at| scenario.place(at)),
        "source": entry.beside("source"),
        "confidence": entry.beside("confidence"),
        "owner": entry.beside("owner"),
        "agreed_on": entry.beside("agreed_on"),
    })
}
