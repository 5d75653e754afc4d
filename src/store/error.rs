//! What can go wrong with the ledger. Every message names the file and says what to do.

use std::path::PathBuf;

use thiserror::Error;

use super::column::ColumnError;
use super::envelope::EnvelopeError;
use super::id::RunId;

/// Why the ledger could not do what it was asked to.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no file.
    #[error("there is no ledger at {path}: `workcast run` makes one there, `--db` names another")]
    NotFound {
        /// Where it should be.
        path: PathBuf,
    },
    /// There is something, but it is not a ledger.
    #[error(
        "{path} is not a workcast ledger ({what}): it was left as it is; name another file with `--db`"
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        what: String,
    },
    /// Its bytes are not those that were written.
    #[error(
        "the ledger {path} is damaged ({what}): it was left as it is; put a backup copy in its place, or go on in a new ledger with `--db`"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// A newer version made it.
    #[error(
        "the ledger {path} was written by a newer workcast (schema {found}, this one knows {known}): use that version, or another ledger with `--db`"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The schema that it has.
        found: u64,
        /// The schema that this version writes.
        known: u64,
    },
    /// Another process has it open.
    #[error(
        "another workcast command is using the ledger {path} (waited {waited} seconds): let it end or stop it, then try again; or use another ledger with `--db`"
    )]
    Busy {
        /// The file.
        path: PathBuf,
        /// How long this process waited.
        waited: u64,
    },
    /// The file cannot be opened or read.
    #[error(
        "cannot read the ledger {path}: {cause}; check the path, the disk and who may read the file"
    )]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: Box<redb::Error>,
    },
    /// The file cannot be written.
    #[error(
        "cannot write the ledger {path}: {cause}; runs stored before are safe; check the free space of the disk and who may write there, then run again, or use another ledger with `--db`"
    )]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: Box<redb::Error>,
    },
    /// A write failed earlier, so nothing more is written through this handle.
    #[error(
        "nothing more is written to the ledger {path} after the failed write: runs stored before are safe; open it again to go on"
    )]
    Stopped {
        /// The file.
        path: PathBuf,
    },
    /// No run has such an id.
    #[error("no run is called {asked:?} in the ledger {path}; {known}")]
    UnknownRun {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        asked: String,
        /// What there is, in words.
        known: String,
    },
    /// Several runs could be meant.
    #[error("{asked:?} could be any of {candidates}: give more of the id")]
    AmbiguousRun {
        /// What was asked for.
        asked: String,
        /// The ids, in words.
        candidates: String,
    },
    /// Not a way of naming a run.
    #[error(
        "{asked:?} names no run: use the beginning of an id (lowercase letters and digits), `@` for the newest run, or `@-1` for the one before"
    )]
    BadReference {
        /// What was given.
        asked: String,
    },
    /// A value of a run is damaged, or a newer version wrote it. Other runs are not touched by that.
    #[error(
        "run {run} in the ledger {path} cannot be trusted: {part}: {cause}; other runs can still be used; put a backup copy in place, or run its scenario again"
    )]
    DamagedRun {
        /// The file.
        path: PathBuf,
        /// The run.
        run: RunId,
        /// Which of its values.
        part: String,
        /// What is wrong with it.
        cause: Damage,
    },
    /// The run was stopped before its first block.
    #[error("run {run} was stopped before any replicate was stored: run its scenario again")]
    NothingStored {
        /// The run.
        run: RunId,
    },
    /// A file is in the way of a copy.
    #[error("{path} is already there: take another name, or --force to put the copy in its place")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The ledger has a run of that id.
    #[error("the ledger {path} has run {run} already")]
    HasRun {
        /// The file.
        path: PathBuf,
        /// The run.
        run: RunId,
    },
    /// The run is complete.
    #[error(
        "run {run} is complete: there is nothing to go on with; `workcast extend` adds replicates"
    )]
    Complete {
        /// The run.
        run: RunId,
    },
    /// The run has no such column.
    #[error("run {run} has no {what}; it has {known}")]
    NoColumn {
        /// The run.
        run: RunId,
        /// What was asked for.
        what: String,
        /// What there is in its place.
        known: String,
    },
    /// A block does not fit the run: a mistake of the caller.
    #[error("a block of replicates does not fit run {run}: {what}")]
    BlockDiffers {
        /// The run.
        run: RunId,
        /// How it differs.
        what: String,
    },
}

/// What is wrong with a value of a run.
#[derive(Debug, Error)]
pub enum Damage {
    /// It is not there.
    #[error("it is missing")]
    Missing,
    /// Its envelope is not as it was written.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// It holds no column.
    #[error(transparent)]
    Column(#[from] ColumnError),
    /// It holds no such document.
    #[error("it cannot be read ({0})")]
    Document(#[from] serde_json::Error),
    /// It does not go with the run's other values.
    #[error("it does not belong to the rest of the run")]
    Strange,
}

impl StoreError {
    /// Whether what was asked for is wrong, rather than the ledger: no such run, no such column.
    pub fn is_about_the_request(&self) -> bool {
        matches!(
            self,
            StoreError::UnknownRun { .. }
                | StoreError::AmbiguousRun { .. }
                | StoreError::BadReference { .. }
                | StoreError::NoColumn { .. }
                | StoreError::Complete { .. }
                | StoreError::Exists { .. }
                | StoreError::HasRun { .. }
        )
    }
}
