//! JSON on stdout. Floats are written so that they read back to the same bits; a statistic that
//! does not exist is `null`; statistics of money are pounds, exact money is whole pence (`_pence`).
//!
//! * [`run()`]: a run's answers, as `run --json` and, with `drivers`, as `show --json`
//! * [`variation()`]: `stress --json` and `vary --json`
//! * [`export()`]: where exported tables come from, as `run.json` and `export --json`
//! * [`runs()`] and [`compare()`]: the ledger's list, and two runs beside each other

mod export;
mod ledger;
mod run;
mod variation;

use serde_json::{Map, Value, json};

use super::RunFacts;
use crate::analysis::Estimate;

pub use export::{ExportedFile, export};
pub use ledger::{compare, runs};
pub use run::{run, show};
pub use variation::variation;

/// `workcast`, `run`, `scenario`, `seed`, `replicates`: what every answer begins with.
fn head(facts: &RunFacts) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("workcast".to_owned(), json!(facts.workcast));
    object.insert("run".to_owned(), json!(facts.run));
    object.insert("scenario".to_owned(), json!({ "title": facts.title, "hash": facts.hash }));
    object.insert("seed".to_owned(), json!(facts.seed));
    object.insert("replicates".to_owned(), json!(facts.replicates));
    object
}

/// Puts an estimate and its error under `name` and `name_se`; both `null` where it does not exist.
fn put(object: &mut Map<String, Value>, name: &str, se: &str, estimate: Option<Estimate>) {
    object.insert(name.to_owned(), json!(estimate.map(|estimate| estimate.value)));
    object.insert(se.to_owned(), json!(estimate.and_then(|estimate| estimate.se)));
}
