//! Where output goes: data to stdout, talk to stderr. A closed pipe is not an error.

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::args::Args;
use super::exit::Failure;

/// How a command answers.
#[derive(Clone, Debug)]
pub struct Output {
    /// Whether the answer is JSON.
    pub json: bool,
    /// Whether remarks are left out.
    pub quiet: bool,
    /// The ledger's path.
    pub db: PathBuf,
    colour: bool,
    lost: Cell<Option<std::io::ErrorKind>>,
}

impl Output {
    /// As the command line asks.
    pub fn new(args: &Args) -> Self {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Output {
            json: args.json,
            quiet: args.quiet,
            db: args.db.clone(),
            colour: !no_colour && std::io::stderr().is_terminal(),
            lost: Cell::new(None),
        }
    }

    /// The answer as text. A pipe that was closed has been read enough; an answer that is lost in
    /// another way (a full disk) is remembered for [`Output::lost`].
    pub fn text(&self, text: &str) {
        let mut stdout = std::io::stdout().lock();
        let end = if text.ends_with('\n') { "" } else { "\n" };
        let written = stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.write_all(end.as_bytes()))
            .and_then(|()| stdout.flush());
        if let Err(error) = written
            && error.kind() != std::io::ErrorKind::BrokenPipe
        {
            self.lost.set(Some(error.kind()));
        }
    }

    /// Why the answer could not be written, if so.
    pub fn lost(&self) -> Option<std::io::ErrorKind> {
        self.lost.get()
    }

    /// The answer as JSON.
    pub fn json(&self, value: &serde_json::Value) {
        self.text(&format!("{value:#}"));
    }

    /// A remark, unless quiet.
    pub fn remark(&self, text: &str) {
        if !self.quiet {
            self.say(text);
        }
    }

    /// Why the command failed.
    pub fn failure(&self, failure: &Failure) {
        match failure {
            Failure::Scenario(diagnostics) => self.say(&diagnostics.render(self.colour)),
            other => self.say(&format!("workcast: {other}")),
        }
    }

    /// Whether a progress bar can be seen.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    fn say(&self, text: &str) {
        let mut stderr = std::io::stderr().lock();
        let _ = writeln!(stderr, "{}", text.trim_end());
    }
}

/// Writes a file that is there whole or not at all: a temporary one beside it, then a rename.
///
/// # Errors
///
/// [`Failure::File`] with the path and what the system said.
pub fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    let failed =
        |error: std::io::Error| Failure::File(format!("cannot write {}: {error}", path.display()));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = std::fs::File::create(&part).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| std::fs::rename(&part, path)).map_err(|error| {
        let _ = std::fs::remove_file(&part);
        failed(error)
    })
}
