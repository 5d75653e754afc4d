//! The command line: one file per command. Exit codes and output are an interface.

mod answer;
mod args;
mod assure;
mod check;
mod compare;
mod described;
mod exit;
mod export;
mod keep;
mod kept;
mod new;
mod output;
mod progress;
mod replay;
mod report;
mod restored;
mod resume;
mod runs;
mod show;
mod simulate;
mod start;
mod stress;
mod vary;
mod verify;

mod run;

use std::process::ExitCode;

use clap::Parser;

pub use args::{Args, Command};
pub use exit::Failure;
use output::Output;

/// Reads the command line, does what it says, and answers with the exit code:
/// 0 done, 2 the command line or the scenario is wrong, 3 the store cannot be read or written,
/// 4 interrupted and stored incomplete, 5 a check that was asked for did not hold.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let output = Output::new(&args);
    let done = dispatch(&args, &output).and_then(|()| match output.lost() {
        None => Ok(()),
        Some(why) => Err(Failure::File(format!("the answer could not be written: {why}"))),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            failure.code()
        }
    }
}

fn dispatch(args: &Args, output: &Output) -> Result<(), Failure> {
    match &args.command {
        Command::Check { file, strict } => check::check(file, *strict, output),
        Command::Run { file, simulation, showing } => run::run(file, simulation, showing, output),
        Command::Stress { file, simulation } => stress::stress(file, simulation, output),
        Command::Vary { file, values, simulation } => vary::vary(file, values, simulation, output),
        Command::Runs => runs::runs(output),
        Command::Show { run, showing } => show::show(run, showing, output),
        Command::Compare { first, second } => compare::compare(first, second, output),
        Command::Assure { run, written } => assure::assure(run, written, output),
        Command::Resume { run, file, seed, resources } => {
            resume::resume(run, file.as_deref(), *seed, resources, output)
        }
        Command::Extend { run, replicates, resources } => {
            resume::extend(run, *replicates, resources, output)
        }
        Command::Verify { run: None, .. } => verify::store(output),
        Command::Verify { run: Some(run), all, resources, .. } => {
            verify::run(run, *all, resources, output)
        }
        Command::Replay { run, retelling } => replay::replay(run, retelling, output),
        Command::Backup { to, force } => keep::backup(to, *force, output),
        Command::Restore { from, force } => keep::restore(from, *force, output),
        Command::Compact => keep::compact(output),
        Command::Rm { removal } => keep::rm(removal, output),
        Command::Import { from, runs } => keep::import(from, runs, output),
        Command::Report { run, other, reported } => {
            report::report(run, other.as_deref(), reported, output)
        }
        Command::Export { run, exported } => export::export(run, exported, output),
        Command::New { name, force } => new::new(name, *force, output),
    }
}
