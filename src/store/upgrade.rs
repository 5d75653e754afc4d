//! From an older schema to this one, step by step.
//!
//! A ledger that is opened for writing is copied to `FILE.bak-vN` first; one that is opened for reading
//! is brought forward in memory, and its file stays as it is. Each step is one transaction that also
//! counts the schema up, so that whoever interrupts it finds the schema of before or of after. Before it
//! ends, what it leaves is held against what was there: as many runs, and no value that no longer opens.
//! A file that is opened for writing has been brought forward in memory first, so that a step that would
//! lose something is known before the file is touched.
//!
//! Schema 1 is the first, so that there is no step yet. A new schema adds its step to [`HOPS`], takes
//! new tables where what they hold is coded otherwise, and keeps a ledger of the old one in
//! `tests/fixtures`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use redb::{Database, ReadableTable, TableDefinition, WriteTransaction};

use super::envelope;
use super::key::{ALL_RUNS, META, SCHEMA_VERSION};

/// A table of everything about the runs.
type Runs = TableDefinition<'static, &'static str, &'static [u8]>;

/// Where schema 1 has the runs.
const FIRST: Runs = TableDefinition::new("runs_v1");

/// A step from one schema to the next.
#[derive(Clone, Copy)]
pub struct Hop {
    /// What it does, within a transaction.
    pub step: fn(&WriteTransaction) -> Result<(), redb::Error>,
    /// Where it leaves the runs.
    pub runs: Runs,
}

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
/// Where a step fails, or would lose something: the ledger is left as the steps before it made it.
pub fn upgrade(database: &Database, schema: u64, hops: &[Hop]) -> Result<(), redb::Error> {
    let left = from(schema, hops);
    let mut runs = match hops.len() - left.len() {
        0 => FIRST,
        done => hops[done - 1].runs,
    };
    for (next, hop) in (schema + 1..).zip(left) {
        let transaction = database.begin_write()?;
        let before = Held::of(&transaction, runs)?;
        (hop.step)(&transaction)?;
        let after = Held::of(&transaction, hop.runs)?;
        if after.runs != before.runs || after.closed > before.closed {
            return Err(redb::Error::Corrupted(format!(
                "the step to schema {next} would leave {} of {} runs, and {} values that cannot be \
                 opened where there were {}",
                after.runs, before.runs, after.closed, before.closed
            )));
        }
        transaction.open_table(META)?.insert(SCHEMA_VERSION, next)?;
        transaction.commit()?;
        runs = hop.runs;
    }
    Ok(())
}

/// What a table of runs holds.
struct Held {
    /// Records of runs.
    runs: u64,
    /// Values that do not open under their key.
    closed: u64,
}

impl Held {
    fn of(transaction: &WriteTransaction, table: Runs) -> Result<Self, redb::Error> {
        let table = transaction.open_table(table)?;
        let mut held = Held { runs: 0, closed: 0 };
        for entry in table.range(ALL_RUNS)? {
            entry?;
            held.runs += 1;
        }
        for entry in table.iter()? {
            let (key, value) = entry?;
            held.closed += u64::from(envelope::open(key.value(), value.value()).is_err());
        }
        Ok(held)
    }
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

    use redb::ReadableDatabase;

    use super::*;
    use crate::store::{evidence, open};

    const NEW: Runs = TableDefinition::new("runs_v2");

    fn sealed(key: &str, payload: &[u8]) -> Vec<u8> {
        let mut value = envelope::empty();
        value.extend(payload);
        envelope::seal(key, &mut value);
        value
    }

    fn ledger(folder: &Path) -> (PathBuf, Database) {
        let path = folder.join("l.redb");
        let database = Database::create(&path).unwrap();
        open::prepare(&database).unwrap();
        let transaction = database.begin_write().unwrap();
        for key in ["run/a", "run/b", "shape/a"] {
            let value = sealed(key, key.as_bytes());
            transaction.open_table(FIRST).unwrap().insert(key, value.as_slice()).unwrap();
        }
        transaction.commit().unwrap();
        (path, database)
    }

    /// To a table of another name whose values are longer.
    const LONGER: Hop = Hop {
        step: |transaction| {
            {
                let (old, mut new) = (transaction.open_table(FIRST)?, transaction.open_table(NEW)?);
                for entry in old.iter()? {
                    let (key, value) = entry?;
                    let longer = [&value.value()[envelope::HEADER..], b"!"].concat();
                    new.insert(key.value(), sealed(key.value(), &longer).as_slice())?;
                }
            }
            transaction.delete_table(FIRST)?;
            Ok(())
        },
        runs: NEW,
    };

    /// A step that leaves the table that [`LONGER`] made, after something was done to it.
    fn next(step: fn(&WriteTransaction) -> Result<(), redb::Error>) -> Hop {
        Hop { step, runs: NEW }
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
        let more = next(|transaction| {
            let value = sealed("shape/b", b"b");
            transaction.open_table(NEW)?.insert("shape/b", value.as_slice()).map(drop)?;
            Ok(())
        });
        let hops = [LONGER, more];
        upgrade(&database, 1, &hops[..1]).unwrap();
        let longer = ["run/a", "run/b", "shape/a"].map(|key| {
            let payload = format!("{key}!");
            sealed(key, payload.as_bytes())
        });
        assert_eq!((schema(&database), values(&database)), (2, longer.to_vec()));
        upgrade(&database, 2, &hops).unwrap();
        assert_eq!((schema(&database), values(&database).len()), (3, 4));
        // Nothing is left to do.
        upgrade(&database, 3, &hops).unwrap();
        assert_eq!((schema(&database), values(&database).len()), (3, 4));
    }

    #[test]
    fn a_step_that_fails_or_is_cut_short_leaves_what_the_one_before_it_made() {
        let fails = next(|transaction| {
            transaction.open_table(NEW)?.remove("shape/a")?;
            Err(redb::Error::Corrupted("half-way".to_owned()))
        });
        let panics = next(|transaction| {
            transaction.open_table(NEW)?.remove("shape/a")?;
            panic!("half-way")
        });
        for bad in [fails, panics] {
            let folder = tempfile::tempdir().unwrap();
            let (path, database) = ledger(folder.path());
            let done = catch_unwind(AssertUnwindSafe(|| upgrade(&database, 1, &[LONGER, bad])));
            assert!(!matches!(done, Ok(Ok(()))));
            drop(database);
            let database = Database::open(&path).unwrap();
            assert_eq!((schema(&database), values(&database).len()), (2, 3));
        }
    }

    #[test]
    fn a_step_that_would_lose_a_run_or_bend_a_value_is_not_taken() {
        let loses = next(|transaction| {
            transaction.open_table(NEW)?.remove("run/a")?;
            Ok(())
        });
        let bends = next(|transaction| {
            let mut value = sealed("shape/a", b"{}");
            value[envelope::HEADER] ^= 1;
            transaction.open_table(NEW)?.insert("shape/a", value.as_slice())?;
            Ok(())
        });
        let moves = next(|transaction| {
            let value = sealed("run/a", b"run/a!");
            transaction.open_table(NEW)?.insert("run/b", value.as_slice())?;
            Ok(())
        });
        for (bad, said) in [
            (loses, "would leave 1 of 2 runs"),
            (bends, "1 values that cannot be opened where there were 0"),
            (moves, "1 values that cannot be opened"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let (_, database) = ledger(folder.path());
            let refused = upgrade(&database, 1, &[LONGER, bad]).unwrap_err().to_string();
            assert!(refused.contains(said), "{refused}");
            assert_eq!((schema(&database), values(&database).len()), (2, 3));
        }
        evidence::note(
            "schema-steps",
            "a lost run, a changed byte and a value under another key: none of the three is committed",
        );
    }

    #[test]
    fn what_was_damaged_before_a_step_does_not_stop_it() {
        let folder = tempfile::tempdir().unwrap();
        let (_, database) = ledger(folder.path());
        let transaction = database.begin_write().unwrap();
        transaction.open_table(FIRST).unwrap().insert("shape/a", b"gone".as_slice()).unwrap();
        transaction.commit().unwrap();
        let moves = Hop { step: |_| Ok(()), runs: FIRST };
        upgrade(&database, 1, &[moves]).unwrap();
        assert_eq!(schema(&database), 2);
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
