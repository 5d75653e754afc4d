//! The ledger of runs: one redb file that holds, for every run, the scenario with all that it
//! inherits, the seed, the engine's version, and every column of every replicate.
//!
//! * [`Ledger`] is open for reading and never changes the file; [`WritableLedger`] also takes new
//!   runs, through a [`RunWriter`]
//! * [`RunHead`] says what a run is, [`RunRecord`] also what became of it
//! * [`StoreError`] says what is wrong, where, and what to do about it
//!
//! # Layout
//!
//! Table `meta` (`&str -> u64`) holds `schema_version` and the number of the next run. Table
//! `runs_v1` (`&str -> &[u8]`) holds everything else, each value in an envelope of its own with its
//! own checksum, so that one run's damage is one run's damage:
//!
//! | key | value |
//! |---|---|
//! | `run/ID` | the run's record: its head, its status, how much of it is stored |
//! | `scenario/ID` | the texts that it was made from |
//! | `shape/ID` | the names of its columns, in the order in which they are numbered |
//! | `block/ID/BLOCK` | how many replicates a block has, and a checksum over its columns |
//! | `column/ID/BLOCK/COLUMN` | the values of one column in one block |
//!
//! Names of options, localities and metrics stand in values, never in keys. A block of replicates
//! is one transaction.

mod check;
mod column;
mod earlier;
mod envelope;
mod error;
mod id;
mod keep;
mod key;
mod ledger;
mod open;
mod overlay;
mod pack;
mod read;
mod reader;
mod record;
mod shape;
mod shuffle;
mod stored;
mod upgrade;
mod write;

#[cfg(test)]
#[path = "../../tests/common/evidence.rs"]
mod evidence;
#[cfg(test)]
mod failing;
#[cfg(test)]
mod fuzz;

pub use check::Checked;
pub use earlier::Earlier;
pub use error::StoreError;
pub use id::RunId;
pub use keep::Copied;
pub use ledger::{Ledger, Listing, WritableLedger};
pub use record::{Purpose, RunHead, RunRecord, ScenarioFile, Status};
pub use stored::StoredRun;
pub use write::RunWriter;
