//! `workcast assure RUN`: the analyst's file for a stored run, from the ledger alone.

use super::args::Written;
use super::described::Described;
use super::exit::Failure;
use super::output::{Output, write_file};
use crate::report::assurance::document;
use crate::store::Ledger;

/// Writes the file of a run to stdout, or where it is told to.
///
/// # Errors
///
/// Where there is no such run, or the ledger cannot be read; where this version of the program reads
/// the stored scenario otherwise than the one that made the run; where the file is there already.
pub fn assure(asked: &str, written: &Written, output: &Output) -> Result<(), Failure> {
    written.may_be_written()?;
    let ledger = Ledger::open(&output.db)?;
    let described = Described::read(&ledger, asked)?;
    let document = document(&described.subject());
    let text = if output.json { format!("{:#}\n", document.json()) } else { document.markdown() };
    match &written.out {
        None => output.text(&text),
        Some(path) => {
            write_file(path, &text)?;
            output.remark(&format!("Wrote {}.", path.display()));
        }
    }
    Ok(())
}
