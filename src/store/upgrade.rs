//! From an older schema to this one, step by step.
//!
//! A ledger that is opened for writing is copied to `FILE.bak-vN` first; one that is opened for reading
//! is brought forward in memory, and its file stays as it is. Each step is one transaction that also
//! counts the schema up, so that whoever interrupts it finds the schema of before or of after.
//!
//! Schema 1 is the first, so that there is no step yet. A new schema adds its step to [`HOPS`], takes
//! new tables where what they hold is coded otherwise, and keeps a ledger of the old one in
//! `tests/fixtures`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use redb::{Database, WriteTransaction};

use super::key::{META, SCHEMA_VERSION};

/// A step from one schema to the next, within a transaction.
pub type Hop = fn(&WriteTransaction) -> Result<(), redb::Error>;

/// The steps, of which the first leads from schema 1 to 2.
pub const HOPS: &[Hop] = &[];

/// The steps that lead on from a schema.
pub fn from(schema: u64, hops: &[Hop]) -> &[Hop] {
    let done = schema.checked_sub(1).and_then(|done| usize::try_from(done).ok());
    done.and_then(|done| hops.get(done..)).unwrap_or_default()
}

/// Takes steps with an open ledger, from a schema on.
///
/// # Errors
///
/// Where a step fails: the ledger is left as the steps before it made it.
pub fn upgrade(database: &Database, schema: u64, hops: &[Hop]) -> Result<(), redb::Error> {
    for (next, hop) in (schema + 1..).zip(from(schema, hops)) {
        let transaction = database.begin_write()?;
        hop(&transaction)?;
        transaction.open_table(META)?.insert(SCHEMA_VERSION, next)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Copies a ledger's file beside it, before it is changed: `FILE.bak-vN`, or with a number behind
/// where there is such a file already.
///
/// # Errors
///
/// Where it cannot be read or written.
pub fn keep(path: &Path, schema: u64) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    for attempt in 1..1_000 {
        let more = if attempt == 1 { String::new() } else { format!("-{attempt}") };
        let kept = path.with_file_name(format!("{name}.bak-v{schema}{more}"));
        match OpenOptions::new().write(true).create_new(true).open(&kept) {
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => continue,
            opened => drop(opened?),
        }
        fs::copy(path, &kept)?;
        File::open(&kept)?.sync_all()?;
        return Ok(kept);
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use redb::{ReadableDatabase, ReadableTable, TableDefinition};

    use super::*;
    use crate::store::open;

    const OLD: TableDefinition<&str, &[u8]> = TableDefinition::new("runs_v1");
    const NEW: TableDefinition<&str, &[u8]> = TableDefinition::new("runs_v2");

    fn ledger(folder: &Path) -> (PathBuf, Database) {
        let path = folder.join("l.redb");
        let database = Database::create(&path).unwrap();
        open::prepare(&database).unwrap();
        let transaction = database.begin_write().unwrap();
        for key in ["a", "b"] {
            transaction.open_table(OLD).unwrap().insert(key, key.as_bytes()).unwrap();
        }
        transaction.commit().unwrap();
        (path, database)
    }

    /// To tables of another name whose values are longer.
    fn longer(transaction: &WriteTransaction) -> Result<(), redb::Error> {
        {
            let (old, mut new) = (transaction.open_table(OLD)?, transaction.open_table(NEW)?);
            for entry in old.iter()? {
                let (key, value) = entry?;
                new.insert(key.value(), [value.value(), b"!"].concat().as_slice())?;
            }
        }
        transaction.delete_table(OLD)?;
        Ok(())
    }

    fn fails(transaction: &WriteTransaction) -> Result<(), redb::Error> {
        transaction.open_table(NEW)?.remove("a")?;
        Err(redb::Error::Corrupted("half-way".to_owned()))
    }

    fn panics(transaction: &WriteTransaction) -> Result<(), redb::Error> {
        transaction.open_table(NEW)?.remove("a")?;
        panic!("half-way")
    }

    fn schema(database: &Database) -> u64 {
        let meta = database.begin_read().unwrap().open_table(META).unwrap();
        meta.get(SCHEMA_VERSION).unwrap().unwrap().value()
    }

    fn values(database: &Database) -> Vec<Vec<u8>> {
        let table = database.begin_read().unwrap().open_table(NEW).unwrap();
        table.iter().unwrap().map(|entry| entry.unwrap().1.value().to_vec()).collect()
    }

    #[test]
    fn steps_are_taken_one_after_another_from_the_schema_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let (_, database) = ledger(folder.path());
        let hops: [Hop; 2] = [longer, |transaction| {
            transaction.open_table(NEW)?.insert("c", b"c".as_slice()).map(drop)?;
            Ok(())
        }];
        upgrade(&database, 1, &hops[..1]).unwrap();
        assert_eq!((schema(&database), values(&database)), (2, vec![b"a!".into(), b"b!".into()]));
        upgrade(&database, 2, &hops).unwrap();
        assert_eq!((schema(&database), values(&database).len()), (3, 3));
        // Nothing is left to do.
        upgrade(&database, 3, &hops).unwrap();
        assert_eq!((schema(&database), values(&database).len()), (3, 3));
    }

    #[test]
    fn a_step_that_fails_or_is_cut_short_leaves_what_the_one_before_it_made() {
        for bad in [fails as Hop, panics] {
            let folder = tempfile::tempdir().unwrap();
            let (path, database) = ledger(folder.path());
            let done = catch_unwind(AssertUnwindSafe(|| upgrade(&database, 1, &[longer, bad])));
            assert!(!matches!(done, Ok(Ok(()))));
            drop(database);
            let database = Database::open(&path).unwrap();
            assert_eq!((schema(&database), values(&database).len()), (2, 2));
        }
    }

    #[test]
    fn the_file_is_kept_before_it_is_changed_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let (path, database) = ledger(folder.path());
        drop(database);
        let before = fs::read(&path).unwrap();
        let first = keep(&path, 1).unwrap();
        assert_eq!(first.file_name().unwrap(), "l.redb.bak-v1");
        fs::write(&first, "mine").unwrap();
        let second = keep(&path, 1).unwrap();
        assert_eq!(second.file_name().unwrap(), "l.redb.bak-v1-2");
        assert_eq!(
            (fs::read(&first).unwrap(), fs::read(&second).unwrap()),
            (b"mine".into(), before)
        );
    }
}
