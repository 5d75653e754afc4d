//! What the ledger says about a run.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::RunId;
use super::write::chained;
use crate::model::Reconciliation;

/// Which command made a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// `run`: the scenario as it stands.
    Run,
    /// `stress`: the base case (`None`), or the stress of this name.
    Stress(Option<String>),
    /// `vary`: the scenario with these values in place of its own, as `PATH=VALUE`.
    Vary(Vec<String>),
}

impl fmt::Display for Purpose {
    /// `run`, `stress "Slow council"`, `vary a.b=3 c.d=4`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Purpose::Run => f.write_str("run"),
            Purpose::Stress(None) => f.write_str("stress (base case)"),
            Purpose::Stress(Some(name)) => write!(f, "stress \"{name}\""),
            Purpose::Vary(values) => write!(f, "vary {}", values.join(" ")),
        }
    }
}

/// What a run is, known before its first replicate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunHead {
    /// The scenario's title.
    pub title: String,
    /// The scenario's question, if it asks one.
    pub question: Option<String>,
    /// Hash of the scenario with all that it inherits, as the caller makes it.
    pub scenario_hash: String,
    /// Which command made it.
    pub purpose: Purpose,
    /// The seed of every stream.
    pub seed: u64,
    /// Replicates asked for; `None` where the precision decides.
    pub asked: Option<u64>,
    /// Version of the engine.
    pub engine_version: String,
    /// Which results this engine gives ([`REVISION`](crate::model::REVISION)); 0 where that was not
    /// recorded yet.
    #[serde(default)]
    pub engine_revision: u32,
    /// The run whose replicates it begins with, if it was extended from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<RunId>,
    /// When it began, as the caller says it (UTC): the ledger reads no clock.
    pub created: String,
    /// Names of the options, in file order.
    pub options: Vec<String>,
    /// Names of the localities, in file order.
    pub localities: Vec<String>,
    /// What a reader is told about the programme beside its statistics, as the caller writes it.
    pub facts: serde_json::Value,
    /// Published figures beside computed ones, when the run was made.
    pub reconciliation: Vec<Reconciliation>,
}

/// One of the texts that a scenario is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioFile {
    /// The file as the scenario names it, relative to the first.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Begun and never heard of again: its process was killed, or a write failed. (While a run is
    /// being written nobody else can open the ledger.)
    Started,
    /// Interrupted: stored as far as it went.
    Incomplete,
    /// All of it is stored.
    Complete,
}

impl fmt::Display for Status {
    /// `complete`, `incomplete (interrupted)`, `incomplete (ended without notice)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Status::Started => "incomplete (ended without notice)",
            Status::Incomplete => "incomplete (interrupted)",
            Status::Complete => "complete",
        })
    }
}

/// A run as the ledger knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Its id.
    pub id: RunId,
    /// Its number in the ledger: later runs have greater ones, whatever the clocks say.
    pub sequence: u64,
    /// What it is.
    pub head: RunHead,
    /// What became of it.
    pub status: Status,
    /// How many replicates are stored.
    pub replicates: u64,
    /// In how many blocks.
    pub blocks: u32,
    /// Checksum over the blocks, as hexadecimal digits; empty before the first.
    pub checksum: String,
}

impl RunRecord {
    /// Counts one more block.
    pub(super) fn count(&mut self, block: &BlockRecord) {
        self.checksum = chained(&self.checksum, &block.checksum);
        self.blocks += 1;
        self.replicates += block.replicates;
    }

    /// Whether all of it is stored.
    pub fn is_complete(&self) -> bool {
        self.status == Status::Complete
    }
}

/// What the ledger says about a block of replicates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockRecord {
    /// Index of its first replicate in the run.
    pub first: u64,
    /// How many replicates it has.
    pub replicates: u64,
    /// Checksum over the checksums of its columns, as hexadecimal digits.
    pub checksum: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Later versions must read what this one writes: a change here needs a new schema, or a new
    /// field with a default.
    #[test]
    fn the_words_of_a_record_are_pinned() {
        let head = RunHead {
            title: "Bury WorkWell".into(),
            question: None,
            scenario_hash: "5f0c".into(),
            purpose: Purpose::Stress(Some("Slow council".into())),
            seed: u64::MAX,
            asked: Some(4096),
            engine_version: "0.1.0".into(),
            engine_revision: 2,
            extends: None,
            created: "2026-11-23T18:00:00Z".into(),
            options: vec!["In-house".into()],
            localities: vec!["Bury".into()],
            facts: serde_json::Value::Null,
            reconciliation: Vec::new(),
        };
        let record = RunRecord {
            id: RunId::of(&head, 1),
            sequence: 1,
            head,
            status: Status::Started,
            replicates: 1024,
            blocks: 1,
            checksum: "00".into(),
        };
        let block = BlockRecord { first: 1024, replicates: 16, checksum: "00".into() };
        let written = [serde_json::to_string(&record), serde_json::to_string(&block)];
        insta::assert_snapshot!(written.map(Result::unwrap).join("\n"));
    }

    #[test]
    fn a_field_that_this_version_does_not_know_is_no_obstacle() {
        let later = r#"{"first": 0, "replicates": 16, "checksum": "", "took_ms": 7}"#;
        assert_eq!(serde_json::from_str::<BlockRecord>(later).unwrap().replicates, 16);
    }

    #[test]
    fn what_became_of_a_run_and_what_made_it_are_said_in_words() {
        assert_eq!(Status::Complete.to_string(), "complete");
        assert_eq!(Purpose::Run.to_string(), "run");
        assert_eq!(Purpose::Stress(None).to_string(), "stress (base case)");
        assert_eq!(Purpose::Stress(Some("Slow".into())).to_string(), "stress \"Slow\"");
        let values = vec!["a.b=3".to_owned(), "c.d=4".to_owned()];
        assert_eq!(Purpose::Vary(values).to_string(), "vary a.b=3 c.d=4");
    }
}
