//! Whether everything in a ledger is as it was written.

use std::collections::BTreeSet;

use redb::ReadableTable;

use super::envelope;
use super::error::StoreError;
use super::id::RunId;
use super::key;
use super::ledger::Ledger;

/// What was found.
#[derive(Debug, Default)]
pub struct Checked {
    /// How many runs there are.
    pub runs: usize,
    /// How many values were looked at.
    pub values: u64,
    /// How many bytes they have.
    pub bytes: u64,
    /// What is wrong, run by run.
    pub damaged: Vec<StoreError>,
}

impl Ledger {
    /// Looks at every value: whether its checksum is right, and whether each run has all of its parts,
    /// which can be read.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read. Damage is no error: it is what was asked for.
    pub fn check(&self) -> Result<Checked, StoreError> {
        let mut checked = Checked::default();
        let mut wrong = BTreeSet::new();
        let table = self.table()?;
        for entry in table.iter().map_err(|cause| self.unreadable(cause))? {
            let (key, value) = entry.map_err(|cause| self.unreadable(cause))?;
            let (key, value) = (key.value(), value.value());
            checked.values += 1;
            checked.bytes += value.len() as u64;
            let Err(cause) = envelope::open(key, value) else { continue };
            // One thing that is wrong with a run is enough to say so.
            match key::id_of(key) {
                Some(id) if !wrong.insert(id.clone()) => {}
                Some(id) => checked.damaged.push(self.damaged(&id, key, cause)),
                None => {
                    let what = format!("{key:?}: {cause}");
                    checked.damaged.push(StoreError::Damaged { path: self.path().into(), what });
                }
            }
        }
        for id in self.ids()? {
            checked.runs += 1;
            if !wrong.contains(&id)
                && let Err(found) = self.whole(&id)
            {
                checked.damaged.push(found);
            }
        }
        Ok(checked)
    }

    /// Whether a run has all of its parts, and they can be read.
    pub(super) fn whole(&self, id: &RunId) -> Result<(), StoreError> {
        self.scenario(id)?;
        let earlier = self.earlier(id)?;
        (0..earlier.blocks().count()).try_for_each(|number| earlier.numbered(number).map(drop))
    }
}
