//! The ledger's keeping: copies of it, runs from one to another, and room for new ones.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use redb::{ReadableDatabase, ReadableTable, ReadableTableMetadata, Table};

use super::envelope;
use super::error::StoreError;
use super::id::RunId;
use super::key::{self, META, NEXT_SEQUENCE, RUNS};
use super::ledger::{Ledger, WritableLedger};
use super::open;
use super::record::RunRecord;
use super::write::put_record;

/// What was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// How many runs.
    pub runs: usize,
    /// How many values.
    pub values: u64,
    /// Bytes of the file that was made.
    pub bytes: u64,
}

impl Ledger {
    /// Copies the ledger into a new file at `to`, which is there whole and verified or not at all. With
    /// `over` it takes the place of a file of that name.
    ///
    /// # Errors
    ///
    /// Where a value of this ledger is damaged, where there is a file at `to` already, and where it
    /// cannot be written.
    pub fn copy(&self, to: &Path, over: bool) -> Result<Copied, StoreError> {
        if !over && to.exists() {
            return Err(StoreError::Exists { path: to.into() });
        }
        self.drafted(to, |draft| match over {
            true => open::put_over(draft, to).map(|()| true),
            false => open::publish(draft, to),
        })
    }

    /// Makes a verified copy under a name of its own beside `to`, and has it given its name; `name` says
    /// whether it got it.
    fn drafted(
        &self,
        to: &Path,
        name: impl FnOnce(&Path) -> io::Result<bool>,
    ) -> Result<Copied, StoreError> {
        if let Some(damage) = self.check()?.damaged.into_iter().next() {
            return Err(damage);
        }
        let written =
            |cause: redb::Error| StoreError::Write { path: to.into(), cause: cause.into() };
        let draft = open::draft(to).map_err(|cause| written(cause.into()))?;
        let made = self.copy_into(&draft).map_err(written).and_then(|()| {
            let copied = self.same_as(&Ledger::open(&draft)?)?;
            match name(&draft).map_err(|cause| written(cause.into()))? {
                true => Ok(copied),
                false => Err(StoreError::Exists { path: to.into() }),
            }
        });
        // Ours; gone already where it was renamed.
        let _ = fs::remove_file(&draft);
        made
    }

    fn copy_into(&self, draft: &Path) -> Result<(), redb::Error> {
        let database = open::fill(draft)?;
        let (from, into) = (self.database.begin_read()?, database.begin_write()?);
        {
            let mut meta = into.open_table(META)?;
            for entry in from.open_table(META)?.iter()? {
                let (key, value) = entry?;
                meta.insert(key.value(), value.value())?;
            }
            let mut runs = into.open_table(RUNS)?;
            for entry in from.open_table(RUNS)?.iter()? {
                let (key, value) = entry?;
                runs.insert(key.value(), value.value())?;
            }
        }
        into.commit()?;
        Ok(database.close()?)
    }

    /// Whether another ledger holds what this one holds, value by value.
    fn same_as(&self, copy: &Ledger) -> Result<Copied, StoreError> {
        let (here, there) = (self.table()?, copy.table()?);
        let mut values = 0;
        for entry in here.iter().map_err(|cause| self.unreadable(cause))? {
            let (key, value) = entry.map_err(|cause| self.unreadable(cause))?;
            let copied = there.get(key.value()).map_err(|cause| copy.unreadable(cause))?;
            if copied.is_none_or(|copied| copied.value() != value.value()) {
                let what = format!("{} is not what was copied", key.value());
                return Err(StoreError::Damaged { path: copy.path().into(), what });
            }
            values += 1;
        }
        if there.len().map_err(|cause| copy.unreadable(cause))? != values {
            let what = "it has more than was copied".to_owned();
            return Err(StoreError::Damaged { path: copy.path().into(), what });
        }
        let bytes = fs::metadata(copy.path()).map_or(0, |about| about.len());
        Ok(Copied { runs: self.ids()?.len(), values, bytes })
    }

    /// Puts a copy of this ledger in the place of the file at `to`, which is kept under the name that
    /// is returned. Where there is no such file, none is returned.
    ///
    /// # Errors
    ///
    /// As [`Ledger::copy`], and where another process has the file at `to` open.
    pub fn restore(&self, to: &Path) -> Result<(Copied, Option<PathBuf>), StoreError> {
        if !to.exists() {
            return Ok((self.copy(to, false)?, None));
        }
        let written =
            |cause: io::Error| StoreError::Write { path: to.into(), cause: Box::new(cause.into()) };
        // Whoever writes there now would go on in the file that is put aside.
        let held = File::open(to).map_err(written)?;
        match held.try_lock() {
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Busy { path: to.into(), waited: 0 });
            }
            // Not every file system has locks.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        // Only once there is a copy does the file get its second name.
        let mut aside = None;
        let copied = self.drafted(to, |draft| {
            aside = Some(open::aside(to)?);
            open::put_over(draft, to).map(|()| true)
        })?;
        Ok((copied, aside))
    }

    /// Bytes of all values of a run.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub fn size(&self, id: &RunId) -> Result<u64, StoreError> {
        let table = self.table()?;
        let mut bytes = 0;
        for (first, last) in key::all_of(id) {
            let entries = table.range(first.as_str()..last.as_str());
            for entry in entries.map_err(|cause| self.unreadable(cause))? {
                let (_, value) = entry.map_err(|cause| self.unreadable(cause))?;
                bytes += value.value().len() as u64;
            }
        }
        Ok(bytes)
    }
}

impl WritableLedger {
    /// Gives free room in the file back, and closes it. Returns its bytes before and after.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written. What was stored is safe all the same.
    pub fn compact(mut self) -> Result<(u64, u64), StoreError> {
        let path = self.ledger.path().to_path_buf();
        let size = || fs::metadata(&path).map_or(0, |about| about.len());
        let before = size();
        // Each time the free pages that the last one left can go.
        while self.ledger.database.compact().map_err(|cause| StoreError::Write {
            path: path.clone(),
            cause: Box::new(cause.into()),
        })? {}
        self.close()?;
        Ok((before, size()))
    }

    /// Removes runs with all that is stored of them: all of these, or none.
    ///
    /// # Errors
    ///
    /// Where the ledger cannot be written.
    pub fn remove(&self, runs: &[RunId]) -> Result<(), StoreError> {
        self.commit(|transaction| {
            let mut table = transaction.open_table(RUNS)?;
            for id in runs {
                for (first, last) in key::all_of(id) {
                    table.retain_in(first.as_str()..last.as_str(), |_, _| false)?;
                }
            }
            Ok(())
        })
    }

    /// Copies a run from another ledger, under its id; it becomes the newest run of this one.
    ///
    /// # Errors
    ///
    /// Where it is damaged there, this ledger has a run of that id, or it cannot be written.
    pub fn import(&self, from: &Ledger, id: &RunId) -> Result<RunRecord, StoreError> {
        from.whole(id)?;
        let record = from.record(id)?;
        if self.ids()?.contains(id) {
            return Err(StoreError::HasRun { path: self.path().into(), run: id.clone() });
        }
        let source = from.table()?;
        self.commit(|transaction| {
            let mut meta = transaction.open_table(META)?;
            let mut runs = transaction.open_table(RUNS)?;
            for (first, last) in key::all_of(id) {
                for entry in source.range(first.as_str()..last.as_str())? {
                    let (key, value) = entry?;
                    runs.insert(key.value(), value.value())?;
                }
            }
            let sequence = meta.get(NEXT_SEQUENCE)?.map_or(1, |next| next.value());
            meta.insert(NEXT_SEQUENCE, sequence + 1)?;
            let record = RunRecord { sequence, ..record };
            put_record(&mut runs, &record)?;
            as_they_were(&runs, id)?;
            Ok(record)
        })
    }
}

/// Whether every value of a run is sealed under its key, before the transaction that wrote it ends.
fn as_they_were(runs: &Table<&'static str, &'static [u8]>, id: &RunId) -> Result<(), redb::Error> {
    for (first, last) in key::all_of(id) {
        for entry in runs.range(first.as_str()..last.as_str())? {
            let (key, value) = entry?;
            envelope::open(key.value(), value.value())
                .map_err(|cause| redb::Error::Corrupted(format!("{}: {cause}", key.value())))?;
        }
    }
    Ok(())
}
