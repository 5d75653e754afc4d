//! What can be typed.

use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};

use super::exit::Failure;
use crate::ensemble::run::MEMORY;
use crate::report::export::Format;

/// Forecasts a work-and-health service: how many action plans each way of delivering will reach,
/// what it costs, what is claimed when, and what is never recovered.
#[derive(Clone, Debug, Parser)]
#[command(name = "workcast", version, max_term_width = 100)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// The ledger of runs.
    #[arg(long, global = true, env = "WORKCAST_DB", default_value = "workcast.redb")]
    pub db: PathBuf,

    /// Answer in JSON.
    #[arg(long, global = true)]
    pub json: bool,

    /// No progress, warnings or remarks on stderr; errors are still said.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// How to simulate.
#[derive(Clone, Debug, clap::Args)]
pub struct Simulation {
    /// How many times to live through the programme, rounded up to a multiple of 16. Without it:
    /// until the chance of the target is known to half a percentage point and mean plans to 0.5%.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1_048_576))]
    pub replicates: Option<u64>,

    /// The seed of all random draws. The same seed gives the same result, to the bit.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,

    /// How many threads to use; they do not change the result. Without it: one for each core.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// Replicates in one thread's piece of work; it does not change the result.
    #[arg(long, default_value_t = 32, hide = true, value_parser = clap::value_parser!(u64).range(1..=65_536))]
    pub chunk: u64,

    /// Megabytes of values that are kept in memory; those of a longer run are read from the ledger.
    /// It does not change the result.
    #[arg(long, default_value_t = (MEMORY >> 20) as u32, hide = true)]
    pub memory: u32,
}

/// How to show a run.
#[derive(Clone, Debug, clap::Args)]
pub struct Showing {
    /// Also draw plans over time, as an SVG picture.
    #[arg(long, value_name = "FILE.svg")]
    pub chart: Option<PathBuf>,

    /// Hide counts of people whose mean is below N, as "under N". The ledger keeps them.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub round_counts: Option<u32>,
}

/// Where to write an answer.
#[derive(Clone, Debug, clap::Args)]
pub struct Written {
    /// Write into this file instead of stdout: whole, or not at all.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Overwrite a file of that name.
    #[arg(long, requires = "out")]
    pub force: bool,
}

/// Where to write tables, and how.
#[derive(Clone, Debug, clap::Args)]
pub struct Exported {
    /// Write into this folder, which is made if it is not there: each file whole, or not at all.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,

    /// What the tables are written as. The dictionary is always CSV.
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub format: Format,

    /// Overwrite files of those names.
    #[arg(long)]
    pub force: bool,
}

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Read and validate a scenario, and say in words what it means.
    Check {
        /// The scenario file.
        file: PathBuf,
        /// Fail (exit code 5) unless every value has a source, a confidence, an owner and a date.
        #[arg(long)]
        strict: bool,
    },
    /// Simulate every delivery option, store the run, and compare the options.
    Run {
        /// The scenario file.
        file: PathBuf,
        #[command(flatten)]
        simulation: Simulation,
        #[command(flatten)]
        showing: Showing,
    },
    /// Simulate the base case and every stress of the file on the same worlds.
    Stress {
        /// The scenario file.
        file: PathBuf,
        #[command(flatten)]
        simulation: Simulation,
    },
    /// Simulate the file once for each value of a key, on the same worlds.
    Vary {
        /// The scenario file.
        file: PathBuf,
        /// Which key, and its values: `option.In-house.team.*.posts=4,6,8`. Several keys are
        /// combined. A value with a comma stands in quotes.
        #[arg(required = true, value_name = "PATH=A,B,C")]
        values: Vec<String>,
        #[command(flatten)]
        simulation: Simulation,
    },
    /// List the runs in the ledger.
    Runs,
    /// Show a run again, with the uncertain inputs that matter most to it.
    Show {
        /// The beginning of its id, `@` for the newest, `@-1` for the one before.
        #[arg(allow_hyphen_values = true)]
        run: String,
        #[command(flatten)]
        showing: Showing,
    },
    /// Compare two runs, metric by metric.
    Compare {
        /// The first run.
        first: String,
        /// The second run.
        second: String,
    },
    /// Write the analyst's file for a run, in Markdown: assumptions, data, decisions, method, errors,
    /// validation and limitations, with blanks where only a person can answer.
    Assure {
        /// The beginning of its id, `@` for the newest, `@-1` for the one before.
        #[arg(allow_hyphen_values = true)]
        run: String,
        #[command(flatten)]
        written: Written,
    },
    /// Write a run's replicates as tidy tables for R, Python or a spreadsheet: outcomes, months, drawn
    /// inputs, what each column means, and where they come from.
    Export {
        /// The beginning of its id, `@` for the newest, `@-1` for the one before.
        #[arg(allow_hyphen_values = true)]
        run: String,
        #[command(flatten)]
        exported: Exported,
    },
    /// Write a starter scenario to fill in; it runs as written.
    New {
        /// What the scenario is about, such as a locality's name; the file is named after it.
        name: String,
        /// Overwrite a file of that name.
        #[arg(long)]
        force: bool,
    },
}

impl Written {
    /// Whether there is nothing in the way of the file, before any work is done for it.
    ///
    /// # Errors
    ///
    /// [`Failure::CommandLine`] where a file of that name is there and may not be overwritten.
    pub fn may_be_written(&self) -> Result<(), Failure> {
        match &self.out {
            Some(path) if !self.force => is_free(path),
            _ => Ok(()),
        }
    }
}

/// Whether there is nothing of this name yet.
///
/// # Errors
///
/// [`Failure::CommandLine`] where there is.
pub fn is_free(path: &Path) -> Result<(), Failure> {
    // A link that leads nowhere is something, too.
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    Err(Failure::CommandLine(format!(
        "{} is already there; take another name, or --force to overwrite it",
        path.display()
    )))
}
