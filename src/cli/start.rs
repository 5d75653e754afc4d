//! How a simulation begins in the ledger: as a new run, as one that goes on, or as a longer one.

use crate::model::REVISION;
use crate::scenario::Scenario;
use crate::scenario::reconcile::reconcile;
use crate::store::{
    Earlier, Purpose, RunHead, RunRecord, RunWriter, ScenarioFile, StoreError, WritableLedger,
};

use super::answer;

/// Where a run's first replicates come from.
#[derive(Clone, Debug)]
pub enum Start<'a> {
    /// All are simulated.
    New(Purpose),
    /// An interrupted run goes on: what is stored of it stays.
    Resumed(&'a RunRecord),
    /// A new run begins with the replicates of this one, which stays as it is.
    Extended(&'a RunRecord),
}

impl Start<'_> {
    /// Begins in the ledger.
    ///
    /// # Errors
    ///
    /// Where it cannot be written, or a run that should go on cannot.
    pub fn writer<'l>(
        &self,
        ledger: &'l WritableLedger,
        scenario: &Scenario,
        seed: u64,
        asked: Option<u64>,
    ) -> Result<RunWriter<'l>, StoreError> {
        let (purpose, extends) = match self {
            Start::Resumed(record) => return ledger.resume(&record.id),
            Start::New(purpose) => (purpose.clone(), None),
            Start::Extended(record) => (record.head.purpose.clone(), Some(record.id.clone())),
        };
        let names = |names: &mut dyn Iterator<Item = &String>| names.cloned().collect();
        let head = RunHead {
            title: scenario.title.clone(),
            question: scenario.question.clone(),
            scenario_hash: scenario.hash().to_owned(),
            purpose,
            seed,
            asked,
            engine_version: env!("CARGO_PKG_VERSION").to_owned(),
            engine_revision: REVISION,
            extends,
            created: now(),
            options: names(&mut scenario.programme.options.iter().map(|option| &option.name)),
            localities: names(&mut scenario.programme.localities.iter().map(|place| &place.name)),
            facts: serde_json::to_value(answer::facts(scenario)).unwrap_or_default(),
            reconciliation: reconcile(scenario),
        };
        let files: Vec<ScenarioFile> = scenario
            .files()
            .iter()
            .map(|file| ScenarioFile { name: file.name.clone(), text: file.text.clone() })
            .collect();
        ledger.begin(head, &files)
    }

    /// The blocks that need not be simulated again.
    ///
    /// # Errors
    ///
    /// Where they cannot be read.
    pub fn earlier<'l>(
        &self,
        ledger: &'l WritableLedger,
    ) -> Result<Option<Earlier<'l>>, StoreError> {
        match self {
            Start::New(_) => Ok(None),
            Start::Resumed(record) | Start::Extended(record) => {
                ledger.earlier(&record.id).map(Some)
            }
        }
    }
}

/// When a run is made, to the second (UTC). `SOURCE_DATE_EPOCH`, as seconds since 1970, stands for the
/// clock where somebody wants the same run again with its name and all
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
fn now() -> String {
    let stated = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let stated = stated.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let now = stated.unwrap_or_else(jiff::Timestamp::now);
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}
