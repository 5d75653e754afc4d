//! The command line: one file per command. Exit codes and output are an interface.

mod answer;
mod args;
mod assure;
mod check;
mod compare;
mod exit;
mod export;
mod kept;
mod new;
mod output;
mod progress;
mod runs;
mod show;
mod simulate;
mod stress;
mod vary;

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
        Command::Export { run, exported } => export::export(run, exported, output),
        Command::New { name, force } => new::new(name, *force, output),
    }
}
