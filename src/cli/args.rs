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

    #[command(flatten)]
    pub resources: Resources,
}

/// What a simulation may use. None of it changes the result.
#[derive(Clone, Debug, clap::Args)]
pub struct Resources {
    /// How many threads to use. Without it: one for each core.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// Replicates in one thread's piece of work.
    #[arg(long, default_value_t = 32, hide = true, value_parser = clap::value_parser!(u64).range(1..=65_536))]
    pub chunk: u64,

    /// Megabytes of values that are kept in memory; those of a longer run are read from the ledger.
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

/// What to tell of a replicate.
#[derive(Clone, Debug, clap::Args)]
pub struct Retelling {
    /// Which replicate, counted from 0.
    #[arg(long, value_name = "N")]
    pub replicate: u64,

    /// Under which option; needed where there are several.
    #[arg(long, value_name = "NAME")]
    pub option: Option<String>,

    /// Only of this locality.
    #[arg(long, value_name = "NAME")]
    pub locality: Option<String>,

    /// Only of one person, by the number that `--people` shows.
    #[arg(long, value_name = "K")]
    pub person: Option<u32>,

    /// Of each person, instead of how many had what on a day.
    #[arg(long, conflicts_with = "person")]
    pub people: bool,
}

/// Which runs to remove. A run goes if it is named, or if any rule says so.
#[derive(Clone, Debug, clap::Args)]
pub struct Removal {
    /// Runs: the beginning of an id, `@` for the newest, `@-1` for the one before.
    #[arg(allow_hyphen_values = true)]
    pub runs: Vec<String>,

    /// Those that are not complete.
    #[arg(long)]
    pub incomplete: bool,

    /// Those that began before this day (UTC), as 2026-11-27.
    #[arg(long, value_name = "DATE")]
    pub before: Option<jiff::civil::Date>,

    /// All but the newest N.
    #[arg(long, value_name = "N")]
    pub keep: Option<usize>,

    /// From the oldest on, so that the others have at most N megabytes.
    #[arg(long, value_name = "N")]
    pub keep_megabytes: Option<u64>,

    /// Only say what would go.
    #[arg(long)]
    pub dry_run: bool,
}

impl Removal {
    /// Whether nothing says what should go.
    pub fn names_nothing(&self) -> bool {
        let rule = self.before.is_some() || self.keep.is_some() || self.keep_megabytes.is_some();
        self.runs.is_empty() && !self.incomplete && !rule
    }
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

/// Where to write a report, and how much of it.
#[derive(Clone, Debug, clap::Args)]
pub struct Reported {
    /// Write into this folder, which is made if it is not there: all of its files, or none.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,

    /// Leave the analyst's tables out, which are as large as the run.
    #[arg(long)]
    pub no_data: bool,

    /// Hide counts of people whose mean is below N, as "under N". The tables would show them.
    #[arg(long, value_name = "N", requires = "no_data", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub round_counts: Option<u32>,

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
    /// Write what a board, a finance team, a committee clerk and an analyst take away from a run:
    /// report.html, workbook.xlsx, board-paper.docx, every chart, and its data.
    Report {
        /// The beginning of its id, `@` for the newest, `@-1` for the one before.
        #[arg(allow_hyphen_values = true)]
        run: String,
        /// Another run, to be set beside it.
        #[arg(allow_hyphen_values = true)]
        other: Option<String>,
        #[command(flatten)]
        reported: Reported,
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
    /// Go on with a run that was interrupted; it becomes what it would have been.
    Resume {
        /// The beginning of its id, `@` for the newest, `@-1` for the one before.
        #[arg(allow_hyphen_values = true)]
        run: String,
        /// Only if this scenario still is the one that the run was made from.
        file: Option<PathBuf>,
        /// Only if the run has this seed.
        #[arg(long)]
        seed: Option<u64>,
        #[command(flatten)]
        resources: Resources,
    },
    /// Make a new run of more replicates that begins with those of a complete one.
    Extend {
        /// The beginning of its id, `@` for the newest, `@-1` for the one before.
        #[arg(allow_hyphen_values = true)]
        run: String,
        /// How many replicates the new run has in all, rounded up to a multiple of 16.
        #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1_048_576))]
        replicates: u64,
        #[command(flatten)]
        resources: Resources,
    },
    /// Simulate parts of a run again and compare every bit, or look at every value of the ledger.
    Verify {
        /// The beginning of its id, `@` for the newest, `@-1` for the one before.
        #[arg(allow_hyphen_values = true, required_unless_present = "store")]
        run: Option<String>,
        /// All of it, instead of some replicates of eight blocks.
        #[arg(long)]
        all: bool,
        /// Whether every value of every run in the ledger is as it was written. Nothing is simulated.
        #[arg(long, conflicts_with_all = ["run", "all"])]
        store: bool,
        #[command(flatten)]
        resources: Resources,
    },
    /// Tell what happened in one replicate, day by day: who was referred, who waited, which coach
    /// left, what was claimed and when it was paid.
    Replay {
        /// The beginning of its id, `@` for the newest, `@-1` for the one before.
        #[arg(allow_hyphen_values = true)]
        run: String,
        #[command(flatten)]
        retelling: Retelling,
    },
    /// Copy the ledger into another file, verified value by value before it has its name.
    Backup {
        /// The file to make.
        to: PathBuf,
        /// Put the copy in the place of a file of that name.
        #[arg(long)]
        force: bool,
    },
    /// Put a backup in the ledger's place.
    Restore {
        /// The backup.
        from: PathBuf,
        /// Even where there is a ledger, which is kept beside it under another name.
        #[arg(long)]
        force: bool,
    },
    /// Give room that removed runs left in the ledger's file back to the disk.
    Compact,
    /// Remove runs from the ledger.
    Rm {
        #[command(flatten)]
        removal: Removal,
    },
    /// Copy runs from another ledger into this one.
    Import {
        /// The other ledger.
        from: PathBuf,
        /// Runs in it: the beginning of an id, `@` for the newest, `@-1` for the one before.
        #[arg(required = true, allow_hyphen_values = true)]
        runs: Vec<String>,
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
