//! How a command can fail, and with which exit code.

use std::process::ExitCode;

use thiserror::Error;

use crate::scenario::Diagnostics;
use crate::store::StoreError;

/// Why a command did not do what was asked.
#[derive(Debug, Error)]
pub enum Failure {
    /// The scenario has mistakes (exit code 2).
    #[error("{0}")]
    Scenario(#[from] Diagnostics),
    /// The command line asks for something that cannot be (exit code 2).
    #[error("{0}")]
    CommandLine(String),
    /// The store cannot be read or written (exit code 3), or has no such run (2).
    #[error("{0}")]
    Store(#[from] StoreError),
    /// A file other than the store cannot be written (exit code 3).
    #[error("{0}")]
    File(String),
    /// The run was interrupted and is stored as far as it went (exit code 4).
    #[error("{0}")]
    Interrupted(String),
    /// A check that was asked for did not hold (exit code 5).
    #[error("{0}")]
    Check(String),
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Scenario(_) | Failure::CommandLine(_) => 2,
            // The ledger is well; there is no such run in it.
            Failure::Store(error) if error.is_about_the_request() => 2,
            Failure::Store(_) | Failure::File(_) => 3,
            Failure::Interrupted(_) => 4,
            Failure::Check(_) => 5,
        })
    }
}
