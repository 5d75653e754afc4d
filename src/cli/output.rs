//! Where output goes: data to stdout, talk to stderr. A closed pipe is not an error.

use std::cell::Cell;
use std::fmt::Display;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::args::{Args, is_free};
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
    let mut file = NewFile::create(path)?;
    let written = file.write_all(text.as_bytes());
    written.map_err(|error| file.failed(&error))?;
    file.complete()?.appear()
}

/// Temporary names that are tried for one file: what killed processes left behind has some.
const TRIES: u32 = 100;

/// A file that is not there yet: a temporary one beside its place, `NAME.PROCESS.part`, which is no
/// other writer's. Unless it appears, nothing of it stays, but where the process is killed.
#[derive(Debug)]
pub struct NewFile {
    file: BufWriter<File>,
    waiting: Waiting,
}

/// A file that is written and safe, under its temporary name.
#[derive(Debug)]
pub struct Waiting {
    part: PathBuf,
    path: PathBuf,
}

impl NewFile {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// [`Failure::File`], as everything here.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        if path.is_dir() {
            // It would be noticed when the file appears, beside others that are there by then.
            return Err(unwritten(path, &std::io::Error::from(ErrorKind::IsADirectory)));
        }
        let name = path.file_name().unwrap_or_default();
        let mut tried = 0;
        loop {
            let more = if tried == 0 { String::new() } else { format!("-{tried}") };
            let mut part = name.to_owned();
            part.push(format!(".{}{more}.part", std::process::id()));
            let part = path.with_file_name(part);
            match OpenOptions::new().write(true).create_new(true).open(&part) {
                Ok(file) => {
                    let waiting = Waiting { part, path: path.to_owned() };
                    return Ok(NewFile { file: BufWriter::new(file), waiting });
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists && tried < TRIES => {
                    tried += 1;
                }
                Err(error) => return Err(unwritten(path, &error)),
            }
        }
    }

    /// Puts it on the disk, all of it.
    ///
    /// # Errors
    ///
    /// [`Failure::File`], as everything here.
    pub fn complete(mut self) -> Result<Waiting, Failure> {
        let synced = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        synced.map_err(|error| self.failed(&error))?;
        Ok(self.waiting)
    }

    /// What is said where it cannot be written.
    pub fn failed(&self, why: &dyn Display) -> Failure {
        self.waiting.failed(why)
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Waiting {
    /// Its place.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts it in its place, over what is there.
    ///
    /// # Errors
    ///
    /// [`Failure::File`], as everything here.
    pub fn appear(self) -> Result<(), Failure> {
        std::fs::rename(&self.part, &self.path).map_err(|error| self.failed(&error))
    }

    fn failed(&self, why: &dyn Display) -> Failure {
        unwritten(&self.path, why)
    }
}

fn unwritten(path: &Path, why: &dyn Display) -> Failure {
    Failure::File(format!("cannot write {}: {why}", path.display()))
}

/// Puts files of one folder in their places, all of them while nobody else does. What has appeared since
/// they were begun is written over with `force` only.
///
/// # Errors
///
/// [`Failure::CommandLine`] where something is in a place and may not be written over,
/// [`Failure::File`] where the system refuses one.
pub fn appear(folder: &Path, waiting: Vec<Waiting>, force: bool) -> Result<(), Failure> {
    // Where folders cannot be locked nobody waits.
    let folder = File::open(folder).ok();
    let _turn = folder.filter(|folder| folder.lock().is_ok());
    if !force {
        waiting.iter().try_for_each(|file| is_free(&file.path))?;
    }
    waiting.into_iter().try_for_each(Waiting::appear)
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // After it has appeared there is nothing of that name.
        let _ = std::fs::remove_file(&self.part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn two_writers_of_one_file_never_share_a_temporary_one_and_the_last_to_appear_stays_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let (mut one, mut other) =
            (NewFile::create(&path).unwrap(), NewFile::create(&path).unwrap());
        for _ in 0..10_000 {
            one.write_all(b"one,").unwrap();
            other.write_all(b"other,").unwrap();
        }
        assert_eq!(names(folder.path()).len(), 2);
        let (one, other) = (one.complete().unwrap(), other.complete().unwrap());
        one.appear().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one,".repeat(10_000));
        other.appear().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "other,".repeat(10_000));
        assert_eq!(names(folder.path()), ["a.csv"]);
    }

    #[test]
    fn a_writer_that_gives_up_takes_only_its_own_temporary_file_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let stays = NewFile::create(&path).unwrap();
        drop(NewFile::create(&path).unwrap());
        assert_eq!(names(folder.path()).len(), 1);
        stays.complete().unwrap().appear().unwrap();
        assert_eq!(names(folder.path()), ["a.csv"]);
    }
}
