//! `workcast runs`: what is in the ledger.

use super::answer::run_facts;
use super::exit::Failure;
use super::output::Output;
use crate::report::{json, ledger};
use crate::store::Ledger;

/// Lists the runs, newest first. A ledger that is not there yet has none.
///
/// # Errors
///
/// Where the ledger cannot be read.
pub fn runs(output: &Output) -> Result<(), Failure> {
    let listing = match output.db.try_exists() {
        Ok(false) => crate::store::Listing::default(),
        _ => Ledger::open(&output.db)?.runs()?,
    };
    let runs: Vec<_> = listing.runs.iter().map(run_facts).collect();
    if output.json {
        output.json(&json::runs(&runs));
    } else {
        output.text(&ledger::runs(&runs));
    }
    for damage in &listing.damaged {
        output.remark(&format!("{damage}"));
    }
    Ok(())
}
