//! The names of runs: short enough to type, unique in their ledger.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::record::RunHead;

/// What an id is written with: no vowels, so that it spells no word, and no `l`, which reads as 1.
const LETTERS: &[u8; 30] = b"0123456789bcdfghjkmnpqrstvwxyz";

/// How long a new id is: 30^8 are enough for any ledger.
const LENGTH: usize = 8;

/// The longest id that is read.
const LONGEST: usize = 32;

/// A run's id: lowercase letters and digits, nothing else, so that it is safe in a key, in a file
/// name and on a command line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RunId(String);

impl RunId {
    /// The id in `text`, if it is one: 1 to 32 of `0-9` and `a-z`.
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |c: char| c.is_ascii_digit() || c.is_ascii_lowercase();
        ((1..=LONGEST).contains(&text.len()) && text.chars().all(allowed))
            .then(|| RunId(text.to_owned()))
    }

    /// The id of the run that is number `sequence` of its ledger. It depends on what is run and
    /// on nothing else: no clock and no chance.
    pub fn of(head: &RunHead, sequence: u64) -> Self {
        let mut hasher = blake3::Hasher::new();
        for text in [&head.scenario_hash, &head.engine_version, &head.created] {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        hasher.update(&head.seed.to_le_bytes());
        hasher.update(&sequence.to_le_bytes());
        let hash = hasher.finalize();
        let letter = |byte: &u8| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]);
        RunId(hash.as_bytes().iter().take(LENGTH).map(letter).collect())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<RunId> for String {
    fn from(id: RunId) -> String {
        id.0
    }
}

impl TryFrom<String> for RunId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        RunId::new(&text).ok_or_else(|| format!("{text:?} is not the id of a run"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::store::Purpose;

    fn head() -> RunHead {
        RunHead {
            title: "Bury".into(),
            question: None,
            scenario_hash: "abc".into(),
            purpose: Purpose::Run,
            seed: 1,
            asked: None,
            engine_version: "0.1.0".into(),
            engine_revision: 2,
            extends: None,
            created: "2026-11-23T18:00:00Z".into(),
            options: Vec::new(),
            localities: Vec::new(),
            facts: serde_json::Value::Null,
            reconciliation: Vec::new(),
        }
    }

    #[test]
    fn ids_of_the_same_run_in_one_ledger_differ() {
        let ids: BTreeSet<RunId> = (1..=10_000).map(|number| RunId::of(&head(), number)).collect();
        assert_eq!(ids.len(), 10_000);
        assert!(ids.iter().all(|id| RunId::new(id.as_str()).as_ref() == Some(id)));
    }

    #[test]
    fn an_id_is_eight_letters_and_depends_on_the_run_only() {
        let id = RunId::of(&head(), 1);
        assert_eq!(id, RunId::of(&head(), 1));
        assert_eq!(id.as_str().len(), 8);
        assert_ne!(id, RunId::of(&RunHead { seed: 2, ..head() }, 1));
        assert_ne!(id, RunId::of(&RunHead { scenario_hash: "abd".into(), ..head() }, 1));
    }

    #[test]
    fn what_could_leave_a_folder_or_a_key_is_no_id() {
        let long = "a".repeat(33);
        let odd = ["", "../x", "a/b", "A", "é", "a b", "a\0", "CON", "nul.txt", "@", "-1", &long];
        for text in odd {
            assert_eq!(RunId::new(text), None, "{text:?}");
            assert!(serde_json::from_value::<RunId>(text.into()).is_err());
        }
    }
}
