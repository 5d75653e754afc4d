//! `workcast export RUN`: a stored run's replicates as tables for other programs.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use super::answer;
use super::args::{Exported, is_free};
use super::exit::Failure;
use super::output::{NewFile, Output, Waiting};
use super::restored;
use super::show::has_replicates;
use crate::ensemble::Columns;
use crate::report::export::{ExportError, Table, dictionary, tables, write};
use crate::report::json::{self, ExportedFile};
use crate::store::{Ledger, StoreError};

/// Replicates whose columns of one place are in memory at a time, and rows of an outcome's row group.
const PART: u64 = 8_192;

/// The columns' names and meanings.
const DICTIONARY: &str = "dictionary.csv";

/// Where the tables come from.
const RUN: &str = "run.json";

/// Writes the tables of a run into a folder.
///
/// # Errors
///
/// Where there is no such run, it has no replicates, or the ledger cannot be read; where a file is
/// there already, or cannot be written. Then none of the files appears.
pub fn export(asked: &str, exported: &Exported, output: &Output) -> Result<(), Failure> {
    let ledger = Ledger::open(&output.db)?;
    let id = ledger.resolve(asked)?;
    let record = ledger.record(&id)?;
    has_replicates(&record)?;
    let columns = ledger.stored(&id)?;
    // An older version's scenario may not be read any more. Its run is exported all the same.
    let scenario = restored::scenario(&ledger, &record).ok();
    if scenario.is_none() {
        output
            .remark("The stored scenario is not understood: the units of drawn inputs stay empty.");
    }
    let inputs = scenario.as_ref().map_or(&[][..], |scenario| &scenario.programme.inputs);
    let unit = |path: &str| Some(inputs.iter().find(|input| input.path == path)?.unit);
    let tables = tables(&columns.outline(), unit);

    let folder = exported.out.as_path();
    let name = |table: &Table| format!("{}.{}", table.name, exported.format.extension());
    let over_nothing = || {
        let mut names = tables.iter().map(name).chain([DICTIONARY.to_owned(), RUN.to_owned()]);
        names.try_for_each(|name| if exported.force { Ok(()) } else { is_free(&folder.join(name)) })
    };
    over_nothing()?;
    std::fs::create_dir_all(folder).map_err(|error| {
        Failure::File(format!("cannot make the folder {}: {error}", folder.display()))
    })?;
    let parts = columns.parts(PART);
    let mut files = Vec::new();
    for table in &tables {
        let width = table.columns.len();
        files.push(file(folder, name(table), width, |into| {
            write(table, &parts, exported.format, into)
        })?);
    }
    files.push(file(folder, DICTIONARY.to_owned(), dictionary::COLUMNS.len(), |into| {
        Ok(dictionary::write(&tables, into)?)
    })?);

    let (about, waiting): (Vec<ExportedFile>, Vec<Waiting>) = files.into_iter().unzip();
    let run = json::export(&answer::run_facts(&record), exported.format.extension(), &about);
    let mut last = NewFile::create(&folder.join(RUN))?;
    writeln!(last, "{run:#}").map_err(|error| last.failed(&error))?;
    // Only now, with all of them on the disk, does the first appear; what speaks for them comes last.
    let last = last.complete()?;
    // Two exports into one folder take turns here, so that its files are all of one of them.
    let _turn = turn(folder);
    over_nothing()?;
    waiting.into_iter().chain([last]).try_for_each(Waiting::appear)?;

    if output.json {
        output.json(&run);
    }
    let named = about.iter().map(|file| format!("{} ({} rows)", file.name, file.rows));
    let named: Vec<String> = named.collect();
    output.remark(&format!("Wrote {} and {RUN} into {}.", named.join(", "), folder.display()));
    Ok(())
}

/// Waits until no other export puts files into a folder, where folders can be locked.
fn turn(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.lock().ok().map(|()| folder)
}

/// Writes a file, which waits to appear, and says what it is.
fn file(
    folder: &Path,
    name: String,
    columns: usize,
    fill: impl FnOnce(&mut Hashed) -> Result<u64, ExportError<StoreError>>,
) -> Result<(ExportedFile, Waiting), Failure> {
    let file = NewFile::create(&folder.join(&name))?;
    let mut hashed = Hashed { file, hasher: blake3::Hasher::new(), bytes: 0 };
    let rows = fill(&mut hashed).map_err(|error| match error {
        ExportError::Column(error) => error.into(),
        ExportError::Written(why) => hashed.file.failed(&why),
    })?;
    let Hashed { file, hasher, bytes } = hashed;
    let blake3 = hasher.finalize().to_hex().to_string();
    Ok((ExportedFile { name, rows, columns, bytes, blake3 }, file.complete()?))
}

/// A file whose bytes are counted and hashed as they are written.
struct Hashed {
    file: NewFile,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = self.file.write(bytes)?;
        self.hasher.update(&bytes[..taken]);
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
