//! `workcast export RUN`: a stored run's replicates as tables for other programs.

use std::io::Write;
use std::path::Path;

use super::answer;
use super::args::{Exported, is_free};
use super::exit::Failure;
use super::output::{NewFile, Output, Waiting, appear};
use super::restored;
use super::show::has_replicates;
use crate::analysis::Forecast;
use crate::ensemble::Columns;
use crate::report::export::{ExportError, Format, Table, dictionary, summary, tables, write};
use crate::report::json::{self, ExportedFile};
use crate::scenario::Scenario;
use crate::store::{Ledger, RunRecord, StoreError, StoredRun};

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
    let folder = exported.out.as_path();
    let taken = Taken { record: &record, columns: &ledger.stored(&id)? };
    // An older version's scenario may not be read any more. Its run is exported all the same.
    let scenario = restored::scenario(&ledger, &record).ok();
    if scenario.is_none() {
        output
            .remark("The stored scenario is not understood: the units of drawn inputs stay empty.");
    }
    let tables = taken.tables(scenario.as_ref());
    let names = taken.names(&tables, exported.format, false);
    if !exported.force {
        names.iter().try_for_each(|name| is_free(&folder.join(name)))?;
    }
    make_folder(folder)?;
    let (run, waiting) = taken.write(&tables, None, exported.format, folder)?;
    let rows = |file: &serde_json::Value| {
        Some(format!("{} ({} rows)", file["name"].as_str()?, file["rows"]))
    };
    let named: Vec<String> =
        run["files"].as_array().into_iter().flatten().filter_map(rows).collect();
    appear(folder, waiting, exported.force)?;
    if output.json {
        output.json(&run);
    }
    output.remark(&format!("Wrote {} and {RUN} into {}.", named.join(", "), folder.display()));
    Ok(())
}

/// Makes a folder, if it is not there.
///
/// # Errors
///
/// [`Failure::File`] where it cannot be made.
pub fn make_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| {
        Failure::File(format!("cannot make the folder {}: {error}", folder.display()))
    })
}

/// What is taken out of the ledger.
pub struct Taken<'a> {
    /// What the ledger says about the run.
    pub record: &'a RunRecord,
    /// Its columns.
    pub columns: &'a StoredRun<'a>,
}

impl Taken<'_> {
    /// The tables of its replicates. The scenario says what drawn inputs are measured in.
    pub fn tables(&self, scenario: Option<&Scenario>) -> Vec<Table> {
        let inputs = scenario.map_or(&[][..], |scenario| &scenario.programme.inputs);
        let unit = |path: &str| Some(inputs.iter().find(|input| input.path == path)?.unit);
        tables(&self.columns.outline(), unit)
    }

    /// The files that [`Taken::write`] writes.
    pub fn names(&self, tables: &[Table], format: Format, summaries: bool) -> Vec<String> {
        let own = tables.iter().map(|table| table.name);
        let more = summary::TABLES.iter().filter(|_| summaries).map(|(name, _)| *name);
        let own = own.chain(more).map(|name| format!("{name}.{}", format.extension()));
        own.chain([DICTIONARY.to_owned(), RUN.to_owned()]).collect()
    }

    /// Writes every table, the summaries of a forecast and the dictionary; each waits to appear, and what speaks for
    /// them comes last.
    ///
    /// # Errors
    ///
    /// Where a column cannot be read or a file cannot be written.
    pub fn write(
        &self,
        tables: &[Table],
        forecast: Option<&Forecast>,
        format: Format,
        folder: &Path,
    ) -> Result<(serde_json::Value, Vec<Waiting>), Failure> {
        let parts = self.columns.parts(PART);
        let named = |name: &str| format!("{name}.{}", format.extension());
        let mut files = Vec::new();
        for table in tables {
            let width = table.columns.len();
            files.push(file(folder, named(table.name), width, |into| {
                write(table, &parts, format, into)
            })?);
        }
        if let Some(forecast) = forecast {
            files.push(file(folder, named("summary"), summary::WIDTH, |into| {
                Ok(summary::summary(forecast, format, into)?)
            })?);
            files.push(file(folder, named("months"), summary::MONTHS.len(), |into| {
                Ok(summary::months(forecast, format, into)?)
            })?);
        }
        files.push(file(folder, DICTIONARY.to_owned(), dictionary::COLUMNS.len(), |into| {
            Ok(dictionary::write(tables, forecast.is_some(), into)?)
        })?);
        let (about, mut waiting): (Vec<ExportedFile>, Vec<Waiting>) = files.into_iter().unzip();
        let run = json::export(&answer::run_facts(self.record), format.extension(), &about);
        let mut last = NewFile::create(&folder.join(RUN))?;
        writeln!(last, "{run:#}").map_err(|error| last.failed(&error))?;
        waiting.push(last.complete()?);
        Ok((run, waiting))
    }
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
