//! A stored run with all that a file about it is written from.

use super::answer;
use super::exit::Failure;
use super::restored;
use super::show::{facts, has_replicates};
use crate::analysis::{Forecast, Influence, Precision, influences};
use crate::report::{RunFacts, Subject};
use crate::scenario::{InForce, Scenario};
use crate::store::{Ledger, RunRecord, StoredRun};

/// What is known of a stored run.
pub struct Described<'l> {
    /// What the ledger says about it.
    pub record: RunRecord,
    /// Its columns.
    pub columns: StoredRun<'l>,
    /// Its scenario, as it was when the run was made.
    pub scenario: Scenario,
    /// Its answers, without its months.
    pub forecast: Forecast,
    run: RunFacts,
    values: Vec<InForce>,
    influences: Vec<Influence>,
}

impl<'l> Described<'l> {
    /// Reads the run that is meant.
    ///
    /// # Errors
    ///
    /// Where there is no such run, it has no replicates, or the ledger cannot be read; where this
    /// version of the program reads the stored scenario otherwise than the one that made the run.
    pub fn read(ledger: &'l Ledger, asked: &str) -> Result<Self, Failure> {
        let id = ledger.resolve(asked)?;
        let record = ledger.record(&id)?;
        has_replicates(&record)?;
        let scenario = restored::scenario(ledger, &record)?;
        let columns = ledger.stored(&id)?;
        Ok(Described {
            forecast: Forecast::new(&columns, facts(&record)?)?,
            run: answer::run_facts(&record),
            values: scenario.in_force(),
            influences: influences(&columns)?,
            record,
            columns,
            scenario,
        })
    }

    /// What is written about.
    pub fn subject(&self) -> Subject<'_> {
        Subject {
            scenario: &self.scenario,
            values: &self.values,
            forecast: &self.forecast,
            run: &self.run,
            asked: self.record.head.asked,
            precision: Precision::of_forecast(&self.forecast),
            reconciliation: &self.record.head.reconciliation,
            influences: &self.influences,
        }
    }
}
