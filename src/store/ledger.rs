//! The ledger: which runs there are, and which one is meant.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use redb::{Database, ReadOnlyTable, ReadableDatabase, WriteTransaction};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::envelope;
use super::error::{Damage, StoreError};
use super::id::RunId;
use super::key::{self, RUNS};
use super::open;
use super::record::RunRecord;

/// Bytes of new columns below which a file is not compacted when it is closed.
const WORTH_COMPACTING: u64 = 16 << 20;

/// A ledger open for reading. Its file is not changed; other processes may read it too.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    pub(super) database: Database,
}

/// A ledger open for reading and writing. No other process can open it meanwhile.
///
/// After a failed write it takes no more: open it again to go on. What was stored before is safe;
/// what was being stored is there whole or not at all.
#[derive(Debug)]
pub struct WritableLedger {
    pub(super) ledger: Ledger,
    failed: AtomicBool,
    /// Bytes of columns that were stored since it was opened.
    stored: AtomicU64,
}

/// The runs of a ledger.
#[derive(Debug, Default)]
pub struct Listing {
    /// Those that can be read, newest first.
    pub runs: Vec<RunRecord>,
    /// Those that cannot, and why.
    pub damaged: Vec<StoreError>,
}

impl Ledger {
    /// Opens the ledger at `path` for reading. Every page is verified first. Waits up to five
    /// seconds while another process is writing.
    ///
    /// # Errors
    ///
    /// Where there is no file, it is no ledger, it is damaged, a newer version wrote it, or it
    /// stays in use. The file is left as it is.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        Ok(Ledger { path: path.into(), database: open::for_reading(path)? })
    }

    /// Opens the ledger at `path` for writing, making it if there is no such file. Otherwise as
    /// [`Ledger::open`].
    ///
    /// # Errors
    ///
    /// As [`Ledger::open`], and where the file cannot be made or written. A file that is not a
    /// ledger, an empty one included, is left as it is.
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<WritableLedger, StoreError> {
        let path = path.as_ref();
        let ledger = Ledger { path: path.into(), database: open::for_writing(path)? };
        Ok(WritableLedger::of(ledger))
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Every run, newest first, and what keeps others from being read.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub fn runs(&self) -> Result<Listing, StoreError> {
        let table = self.table()?;
        let mut listing = Listing::default();
        for entry in table.range(key::ALL_RUNS).map_err(|cause| self.unreadable(cause))? {
            let (key, value) = entry.map_err(|cause| self.unreadable(cause))?;
            let Some(id) = key::id_of_run(key.value()) else { continue };
            match self.record_of(&id, key.value(), value.value()) {
                Ok(record) => listing.runs.push(record),
                Err(failure) => listing.damaged.push(failure),
            }
        }
        listing.runs.sort_by_key(|record| std::cmp::Reverse(record.sequence));
        Ok(listing)
    }

    /// The run that `asked` means: the beginning of one id only, `@` for the newest, `@-1` for the
    /// one before it. A run whose record is damaged has no age: `@` passes it over.
    ///
    /// # Errors
    ///
    /// Where it means none or could mean several; the message names the candidates.
    pub fn resolve(&self, asked: &str) -> Result<RunId, StoreError> {
        if let Some(back) = asked.strip_prefix('@') {
            return self.newest(asked, back);
        }
        let Some(prefix) = RunId::new(asked) else {
            return Err(StoreError::BadReference { asked: asked.into() });
        };
        let mut candidates = self.ids()?;
        candidates.retain(|id| id.as_str().starts_with(prefix.as_str()));
        match candidates.as_slice() {
            _ if candidates.contains(&prefix) => Ok(prefix),
            [one] => Ok(one.clone()),
            [] => self.unknown(asked),
            several => Err(StoreError::AmbiguousRun {
                asked: asked.into(),
                candidates: in_words(several.iter().map(RunId::as_str)),
            }),
        }
    }

    /// What the ledger says about a run.
    ///
    /// # Errors
    ///
    /// Where there is no such run, or its record is damaged.
    pub fn record(&self, id: &RunId) -> Result<RunRecord, StoreError> {
        let key = key::run(id);
        let table = self.table()?;
        match table.get(key.as_str()).map_err(|cause| self.unreadable(cause))? {
            Some(value) => self.record_of(id, &key, value.value()),
            None => self.unknown(id.as_str()),
        }
    }

    fn record_of(&self, id: &RunId, key: &str, value: &[u8]) -> Result<RunRecord, StoreError> {
        match document::<RunRecord>(key, value) {
            Ok(record) if record.id == *id => Ok(record),
            Ok(_) => Err(self.damaged(id, "its record", Damage::Strange)),
            Err(cause) => Err(self.damaged(id, "its record", cause)),
        }
    }

    /// What the value of a run under `key`, which is called `part` in messages, says.
    pub(super) fn said<T: DeserializeOwned>(
        &self,
        id: &RunId,
        key: &str,
        part: &str,
    ) -> Result<T, StoreError> {
        let table = self.table()?;
        let value = table.get(key).map_err(|cause| self.unreadable(cause))?;
        let value = value.ok_or_else(|| self.damaged(id, part, Damage::Missing))?;
        document(key, value.value()).map_err(|cause| self.damaged(id, part, cause))
    }

    fn newest(&self, asked: &str, back: &str) -> Result<RunId, StoreError> {
        let back = match back.strip_prefix('-') {
            None if back.is_empty() => Some(0),
            Some(digits) if digits.chars().all(|c| c.is_ascii_digit()) => digits.parse().ok(),
            _ => None,
        };
        let Some(back) = back else {
            return Err(StoreError::BadReference { asked: asked.into() });
        };
        let runs = self.runs()?.runs;
        match runs.into_iter().nth(back) {
            Some(record) => Ok(record.id),
            None => self.unknown(asked),
        }
    }

    /// The ids of all runs, readable or not.
    pub(super) fn ids(&self) -> Result<Vec<RunId>, StoreError> {
        let table = self.table()?;
        let entries = table.range(key::ALL_RUNS).map_err(|cause| self.unreadable(cause))?;
        let mut ids = Vec::new();
        for entry in entries {
            let (key, _) = entry.map_err(|cause| self.unreadable(cause))?;
            ids.extend(key::id_of_run(key.value()));
        }
        Ok(ids)
    }

    fn unknown<T>(&self, asked: &str) -> Result<T, StoreError> {
        let runs = self.runs()?.runs;
        let known = match runs.len() {
            0 => "it has no runs yet".to_owned(),
            n => format!("it has {n}: {}", in_words(runs.iter().map(|run| run.id.as_str()))),
        };
        Err(StoreError::UnknownRun { path: self.path.clone(), asked: asked.into(), known })
    }

    pub(super) fn table(&self) -> Result<ReadOnlyTable<&'static str, &'static [u8]>, StoreError> {
        let transaction = self.database.begin_read().map_err(|cause| self.unreadable(cause))?;
        transaction.open_table(RUNS).map_err(|cause| self.unreadable(cause))
    }

    pub(super) fn unreadable(&self, cause: impl Into<redb::Error>) -> StoreError {
        StoreError::Read { path: self.path.clone(), cause: Box::new(cause.into()) }
    }

    pub(super) fn damaged(
        &self,
        run: &RunId,
        part: impl Into<String>,
        cause: impl Into<Damage>,
    ) -> StoreError {
        StoreError::DamagedRun {
            path: self.path.clone(),
            run: run.clone(),
            part: part.into(),
            cause: cause.into(),
        }
    }
}

impl WritableLedger {
    /// A ledger that stands elsewhere than in a file.
    #[cfg(test)]
    pub(super) fn elsewhere(database: Database) -> Self {
        let ledger = Ledger { path: "elsewhere".into(), database };
        WritableLedger::of(ledger)
    }

    fn of(ledger: Ledger) -> Self {
        WritableLedger { ledger, failed: AtomicBool::new(false), stored: AtomicU64::new(0) }
    }

    /// Counts bytes of columns that were stored.
    pub(super) fn has_stored(&self, bytes: u64) {
        self.stored.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Closes the file, and gives the room back that it took while it grew. Dropping it closes it
    /// too, but says nothing of what goes wrong.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written. What was stored is safe all the same.
    pub fn close(self) -> Result<(), StoreError> {
        let stored = self.stored.into_inner();
        let Ledger { path, mut database } = self.ledger;
        let closed = || -> Result<(), redb::Error> {
            // redb doubles a file that is full. To compact it costs time as its size does, so only
            // where a good part of it is new: what that adds to storing stays small.
            let size = std::fs::metadata(&path).map_or(0, |about| about.len());
            if stored >= WORTH_COMPACTING.max(size / 4) && !self.failed.into_inner() {
                database.compact()?;
            }
            Ok(database.close()?)
        };
        closed().map_err(|cause| StoreError::Write { path, cause: Box::new(cause) })
    }

    /// Does `change` in one durable transaction. After any failure nothing more is written: redb
    /// refuses further writes, and the file has to be opened again.
    pub(super) fn commit<T>(
        &self,
        change: impl FnOnce(&WriteTransaction) -> Result<T, redb::Error>,
    ) -> Result<T, StoreError> {
        if self.failed.load(Ordering::SeqCst) {
            return Err(StoreError::Stopped { path: self.path.clone() });
        }
        let committed = || -> Result<T, redb::Error> {
            let transaction = self.database.begin_write()?;
            let result = change(&transaction)?;
            transaction.commit()?;
            Ok(result)
        };
        let result = committed();
        if result.is_err() {
            self.failed.store(true, Ordering::SeqCst);
        }
        result
            .map_err(|cause| StoreError::Write { path: self.path.clone(), cause: Box::new(cause) })
    }
}

impl Deref for WritableLedger {
    type Target = Ledger;

    /// All that can be done with a ledger that is open for reading.
    fn deref(&self) -> &Ledger {
        &self.ledger
    }
}

/// What the value under `key` says.
fn document<T: DeserializeOwned>(key: &str, bytes: &[u8]) -> Result<T, Damage> {
    let (payload, _) = envelope::open(key, bytes)?;
    Ok(serde_json::from_slice(payload)?)
}

/// The value under `key` that says `document`.
pub(super) fn sealed(key: &str, document: &impl Serialize) -> Result<Vec<u8>, redb::Error> {
    let mut value = envelope::empty();
    let written = serde_json::to_writer(&mut value, document);
    // Documents are plain structures of text and numbers, which JSON always can hold.
    written.map_err(|cause| redb::Error::Io(cause.into()))?;
    envelope::seal(key, &mut value);
    Ok(value)
}

/// The first few of many names.
pub(super) fn in_words<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 12;
    let more = names.len().saturating_sub(SHOWN);
    let shown: Vec<&str> = names.take(SHOWN).collect();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}
