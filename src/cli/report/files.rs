//! The files of a report: all of them appear, or none.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::args::is_free;
use crate::cli::exit::Failure;
use crate::cli::export::make_folder;
use crate::cli::output::{NewFile, Waiting, appear};

/// Files that are written and wait to appear.
pub struct Files {
    folder: PathBuf,
    force: bool,
    waiting: Vec<Waiting>,
}

impl Files {
    /// Files of a folder, which is made if it is not there. Without `force` nothing is overwritten.
    ///
    /// # Errors
    ///
    /// [`Failure::File`] where it cannot be made.
    pub fn into(folder: &Path, force: bool) -> Result<Self, Failure> {
        make_folder(folder)?;
        Ok(Files { folder: folder.to_owned(), force, waiting: Vec::new() })
    }

    /// Writes a file, which waits. The name is one of the program's own.
    ///
    /// # Errors
    ///
    /// [`Failure::CommandLine`] where it is there already, [`Failure::File`] where it cannot be
    /// written.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.folder.join(name);
        if !self.force {
            is_free(&path)?;
        }
        if let Some(parent) = path.parent() {
            make_folder(parent)?;
        }
        let mut file = NewFile::create(&path)?;
        file.write_all(bytes).map_err(|error| file.failed(&error))?;
        self.waiting.push(file.complete()?);
        Ok(())
    }

    /// A folder within, for files of these names.
    ///
    /// # Errors
    ///
    /// As [`Files::add`].
    pub fn folder(&self, name: &str, files: &[String]) -> Result<PathBuf, Failure> {
        let folder = self.folder.join(name);
        if !self.force {
            files.iter().try_for_each(|file| is_free(&folder.join(file)))?;
        }
        make_folder(&folder)?;
        Ok(folder)
    }

    /// Others wait with them.
    pub fn wait_for(&mut self, more: Vec<Waiting>) {
        self.waiting.extend(more);
    }

    /// Puts all of them in their places, and names them from the folder on.
    ///
    /// # Errors
    ///
    /// As [`appear`].
    pub fn appear(self) -> Result<Vec<String>, Failure> {
        let name = |file: &Waiting| {
            let path = file.path();
            path.strip_prefix(&self.folder).unwrap_or(path).display().to_string()
        };
        let names = self.waiting.iter().map(name).collect();
        appear(&self.folder, self.waiting, self.force)?;
        Ok(names)
    }
}
