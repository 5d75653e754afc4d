//! How a ledger is opened: verified before anything in it is trusted, made only where nothing is,
//! and waited for while another process has it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use redb::{Builder, Database, DatabaseError, ReadableDatabase, StorageError};

use super::error::StoreError;
use super::key::{META, NEXT_SEQUENCE, RUNS, SCHEMA, SCHEMA_VERSION};
use super::overlay::Overlay;
use super::upgrade;

/// Memory that redb may use for pages: its default is a gigabyte.
const CACHE: usize = 64 << 20;

/// A ledger that is in use is tried again so many times, so far apart: five seconds in all.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// How redb's files begin.
const REDB: &[u8] = b"redb";

/// The ledger at `path` for reading: every page verified, the file unchanged whatever happens.
pub fn for_reading(path: &Path) -> Result<Database, StoreError> {
    Ok(verified(path)?.0)
}

/// The ledger at `path` for writing, made if there is nothing.
pub fn for_writing(path: &Path) -> Result<Database, StoreError> {
    let there = path.try_exists().map_err(|cause| unreadable(path, cause))?;
    if !there && let Some(made) = create(path)? {
        return Ok(made);
    }
    // Looked at first through a view: opening for writing writes, and the file may not be ours.
    let (view, schema) = verified(path)?;
    drop(view);
    if schema > SCHEMA {
        return Err(StoreError::Newer { path: path.into(), found: schema, known: SCHEMA });
    }
    let steps = upgrade::from(schema, upgrade::HOPS);
    if !steps.is_empty() {
        upgrade::keep(path, schema).map_err(|cause| unwritable(path, cause))?;
    }
    let database = waiting(path, || builder().open(path)).map_err(|failure| match failure {
        DatabaseError::Storage(StorageError::Io(cause)) => unwritable(path, cause),
        other => refused(path, other),
    })?;
    upgrade::upgrade(&database, schema, upgrade::HOPS).map_err(|cause| unwritable(path, cause))?;
    Ok(database)
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE);
    builder
}

/// Opens a view of a ledger, with its schema's version, once every page of it has been verified.
fn verified(path: &Path) -> Result<(Database, u64), StoreError> {
    recognise(path)?;
    let view = waiting(path, || {
        let overlay = Overlay::new(File::open(path)?)?;
        // redb promises an error for a damaged file when it verifies, but its debug builds assert.
        let opened = catch_unwind(AssertUnwindSafe(|| {
            builder().set_check_integrity_on_open(true).create_with_backend(overlay)
        }));
        opened.unwrap_or_else(|_| {
            Err(StorageError::Corrupted("it cannot be followed".to_owned()).into())
        })
    });
    let view = view.map_err(|failure| refused(path, failure))?;
    let schema = schema(&view).map_err(|what| StoreError::Foreign { path: path.into(), what })?;
    // In memory: the view takes what is written to it, and the file stays as it is.
    let forward = upgrade::upgrade(&view, schema, upgrade::HOPS);
    forward.map_err(|cause| StoreError::Read { path: path.into(), cause: Box::new(cause) })?;
    let runs = view.begin_read().map(|transaction| transaction.open_table(RUNS));
    match runs {
        Ok(Ok(_)) if schema > 0 => Ok((view, schema)),
        _ if schema > SCHEMA => {
            Err(StoreError::Newer { path: path.into(), found: schema, known: SCHEMA })
        }
        _ => Err(StoreError::Damaged { path: path.into(), what: "its runs are missing".into() }),
    }
}

/// Refuses what cannot be a ledger, before redb sees it.
fn recognise(path: &Path) -> Result<(), StoreError> {
    let foreign = |what: &str| Err(StoreError::Foreign { path: path.into(), what: what.into() });
    let about = fs::metadata(path).map_err(|cause| unreadable(path, cause))?;
    if about.is_dir() {
        return foreign("a folder");
    }
    if !about.is_file() {
        return foreign("not an ordinary file");
    }
    if about.len() == 0 {
        return foreign("an empty file");
    }
    let mut start = [0; REDB.len()];
    match File::open(path).and_then(|mut file| file.read_exact(&mut start)) {
        Ok(()) if start == REDB => Ok(()),
        Ok(()) => foreign("another kind of file"),
        Err(cause) if cause.kind() == ErrorKind::UnexpectedEof => foreign("another kind of file"),
        Err(cause) => Err(unreadable(path, cause)),
    }
}

/// The schema's version, or what the file is if it has none.
fn schema(database: &Database) -> Result<u64, String> {
    let another = |_| "a redb file of another program".to_owned();
    let transaction = database.begin_read().map_err(|failure| failure.to_string())?;
    let meta = transaction.open_table(META).map_err(another)?;
    let version = meta.get(SCHEMA_VERSION).map_err(|failure| failure.to_string())?;
    version.map(|version| version.value()).ok_or("a redb file of another program".into())
}

/// Tries again for five seconds while another process has the file.
fn waiting(
    path: &Path,
    open: impl Fn() -> Result<Database, DatabaseError>,
) -> Result<Database, DatabaseError> {
    let mut tried = 0;
    loop {
        match open() {
            Err(DatabaseError::DatabaseAlreadyOpen) if tried < TRIES && path.exists() => {
                tried += 1;
                sleep(PAUSE);
            }
            done => return done,
        }
    }
}

/// Makes a ledger at `path`. `None` if another process was faster.
///
/// It is made whole under another name first: what has the name of a ledger is one, even if this
/// process is killed here.
fn create(path: &Path) -> Result<Option<Database>, StoreError> {
    let failed = |cause: redb::Error| unwritable(path, cause);
    let draft = draft(path).map_err(|cause| failed(cause.into()))?;
    let made = fill(&draft).map_err(failed).and_then(|database| {
        Ok(publish(&draft, path).map_err(|cause| failed(cause.into()))?.then_some(database))
    });
    // Ours by `create_new`; gone already where it was renamed.
    let _ = fs::remove_file(&draft);
    made
}

/// An empty file of ours beside `path`.
pub(super) fn draft(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    for attempt in 0.. {
        let draft = path.with_file_name(format!("{name}.new-{}-{attempt}", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&draft) {
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists && attempt < 100 => {}
            opened => return opened.map(|_| draft),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

pub(super) fn fill(draft: &Path) -> Result<Database, redb::Error> {
    let database = builder().create(draft)?;
    prepare(&database)?;
    Ok(database)
}

/// Makes the tables of an empty ledger.
pub(super) fn prepare(database: &Database) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    {
        let mut meta = transaction.open_table(META)?;
        meta.insert(SCHEMA_VERSION, SCHEMA)?;
        meta.insert(NEXT_SEQUENCE, 1)?;
        transaction.open_table(RUNS)?;
    }
    transaction.commit()?;
    Ok(())
}

/// Gives the draft its name, unless something has that name by now.
pub(super) fn publish(draft: &Path, path: &Path) -> io::Result<bool> {
    match fs::hard_link(draft, path) {
        Ok(()) => {}
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => return Ok(false),
        // Some file systems have no links.
        Err(_) if !path.try_exists()? => fs::rename(draft, path)?,
        Err(_) => return Ok(false),
    }
    sync_folder(path)
}

/// Gives the draft its name, in place of the file that has it.
pub(super) fn put_over(draft: &Path, path: &Path) -> io::Result<()> {
    fs::rename(draft, path)?;
    sync_folder(path).map(|_| ())
}

/// A second name for the file at `path`, so that it stays when another takes its place.
pub(super) fn aside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    for attempt in 1.. {
        let aside = path.with_file_name(format!("{name}.replaced-{attempt}"));
        match fs::hard_link(path, &aside) {
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists && attempt < 1_000 => {}
            // Some file systems have no links: a copy does as well.
            Err(_) if !aside.try_exists()? => {
                fs::copy(path, &aside)?;
                File::open(&aside)?.sync_all()?;
                return Ok(aside);
            }
            linked => return linked.map(|()| aside),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Makes the new name durable, where folders can be synced.
fn sync_folder(path: &Path) -> io::Result<bool> {
    if cfg!(unix) {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        File::open(folder)?.sync_all()?;
    }
    Ok(true)
}

fn unreadable(path: &Path, cause: io::Error) -> StoreError {
    match cause.kind() {
        ErrorKind::NotFound => StoreError::NotFound { path: path.into() },
        _ => StoreError::Read { path: path.into(), cause: Box::new(cause.into()) },
    }
}

fn unwritable(path: &Path, cause: impl Into<redb::Error>) -> StoreError {
    StoreError::Write { path: path.into(), cause: Box::new(cause.into()) }
}

/// Why redb does not open a file that begins as its files do.
fn refused(path: &Path, failure: DatabaseError) -> StoreError {
    let path = path.to_path_buf();
    match failure {
        DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch => {
            StoreError::Busy { path, waited: u64::from(TRIES) * PAUSE.as_millis() as u64 / 1000 }
        }
        DatabaseError::UpgradeRequired(version) => {
            StoreError::Foreign { path, what: format!("a redb file of format {version}") }
        }
        DatabaseError::Storage(StorageError::Corrupted(what)) => StoreError::Damaged { path, what },
        DatabaseError::Storage(StorageError::Io(cause))
            if matches!(cause.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof) =>
        {
            StoreError::Damaged { path, what: cause.to_string() }
        }
        other => StoreError::Read { path, cause: Box::new(other.into()) },
    }
}
