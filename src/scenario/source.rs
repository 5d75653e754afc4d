//! Files: reading a scenario and everything that it extends.

use std::path::Path;

use super::diagnostic::Diagnostic;
use super::node::{Node, Span, Value, parse_file};
use super::syntax;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1024 * 1024;
/// How many files may extend one another in a row.
const DEEPEST: usize = 16;
/// How many files a scenario may inherit from in all.
const MOST_FILES: usize = 64;

/// One file of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path as the user would write it.
    pub name: String,
    /// All of its text.
    pub text: String,
}

/// Gives the text of a file by its name, or says in words why it cannot.
pub type Reader<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// A file's tree, and the files whose trees it inherits from, in order.
#[derive(Debug)]
pub struct Family {
    /// What the file itself says.
    pub own: Node,
    /// What it extends.
    pub parents: Vec<Family>,
}

/// Reads a file from the disk.
///
/// # Errors
///
/// In words: it is not there, may not be read, is larger than 1 MiB, or is not UTF-8.
pub fn from_disk(name: &str) -> Result<String, String> {
    use std::io::Read;
    let path = Path::new(name);
    if path.is_dir() {
        return Err("it is a folder, not a file".to_owned());
    }
    let file = std::fs::File::open(path).map_err(|error| in_words(&error))?;
    let mut bytes = Vec::new();
    // One byte more than allowed, so that a file that is too large shows itself.
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| in_words(&error))?;
    if bytes.len() as u64 > LARGEST {
        return Err("it is larger than 1 MiB, more than any scenario needs".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|&&byte| byte == b'\n').count() + 1;
        format!(
            "line {line} holds bytes that are not text (UTF-8): save the file as plain text, UTF-8"
        )
    })
}

fn in_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => error.to_string(),
    }
}

/// Reads a scenario file and all that it extends. The files come out in the order in which they
/// were first read, the scenario's own first.
pub fn load(
    name: &str,
    reader: Reader<'_>,
    files: &mut Vec<SourceFile>,
    reports: &mut Vec<Diagnostic>,
) -> Option<Family> {
    let mut loader = Loader { reader, files, reports };
    match (loader.reader)(name) {
        Ok(text) => loader.file(name, text, &mut Vec::new()),
        Err(why) => {
            loader.reports.push(Diagnostic::of_file(format!("{name} cannot be read: {why}")));
            None
        }
    }
}

struct Loader<'a> {
    reader: Reader<'a>,
    files: &'a mut Vec<SourceFile>,
    reports: &'a mut Vec<Diagnostic>,
}

impl Loader<'_> {
    fn file(&mut self, name: &str, text: String, chain: &mut Vec<String>) -> Option<Family> {
        // A file that two others extend is kept once.
        let index = self.files.iter().position(|file| file.name == name).unwrap_or_else(|| {
            self.files.push(SourceFile { name: name.to_owned(), text });
            self.files.len() - 1
        });
        let own = match parse_file(&self.files[index].text, index) {
            Ok(node) => node,
            Err(errors) => {
                self.reports.extend(syntax::reports(&errors, &self.files[index].text, index));
                return None;
            }
        };
        chain.push(name.to_owned());
        let parents = self.parents(name, &own, chain);
        chain.pop();
        Some(Family { own, parents: parents? })
    }

    fn parents(&mut self, name: &str, own: &Node, chain: &mut Vec<String>) -> Option<Vec<Family>> {
        let Some(extends) = own.get("extends") else { return Some(Vec::new()) };
        let items = match &extends.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(extends),
        };
        let parents: Vec<Option<Family>> =
            items.iter().map(|item| self.parent(name, item, chain)).collect();
        parents.into_iter().collect()
    }

    fn parent(&mut self, name: &str, item: &Node, chain: &mut Vec<String>) -> Option<Family> {
        let Some(path) = item.text() else {
            self.report(item.at, format!("a file's path is wanted here, not {}", item.what()))
                .help("write a path relative to this file: \"programmes/gm-workwell.toml\"");
            return None;
        };
        let parent = beside(name, path);
        if let Some(from) = chain.iter().position(|file| *file == parent) {
            let mut ring = chain[from..].to_vec();
            ring.push(parent);
            self.report(
                item.at,
                format!("files extend one another in a ring: {}", ring.join(" -> ")),
            )
            .help("let one of them stand on its own");
            return None;
        }
        if chain.len() >= DEEPEST || self.files.len() >= MOST_FILES {
            self.report(item.at, format!(
                "too many files extend one another: at most {DEEPEST} in a row and {MOST_FILES} in all"
            ));
            return None;
        }
        match (self.reader)(&parent) {
            Ok(text) => self.file(&parent, text, chain),
            Err(why) => {
                self.report(item.at, format!("{parent} cannot be read: {why}"))
                    .help("the path is relative to the file that names it");
                None
            }
        }
    }

    fn report(&mut self, at: Span, message: String) -> &mut Diagnostic {
        self.reports.push(Diagnostic::error(at, message));
        let last = self.reports.len() - 1;
        &mut self.reports[last]
    }
}

/// The path of a file named inside another, as the user would write it.
fn beside(name: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let absolute = Path::new(path).is_absolute();
    let folder = if absolute { "" } else { name.rfind('/').map_or("", |slash| &name[..slash]) };
    for part in folder.split('/').chain(path.split('/')).filter(|part| !part.is_empty()) {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|&last| last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if absolute || folder.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load_from(files: &[(&str, &str)]) -> (Option<Family>, Vec<SourceFile>, Vec<Diagnostic>) {
        let reader = |name: &str| {
            let found = files.iter().find(|(file, _)| *file == name);
            found.map(|(_, text)| (*text).to_owned()).ok_or("there is no such file".to_owned())
        };
        let (mut read, mut reports) = (Vec::new(), Vec::new());
        let family = load(files[0].0, &reader, &mut read, &mut reports);
        (family, read, reports)
    }

    #[test]
    fn a_path_is_relative_to_the_file_that_names_it() {
        assert_eq!(
            beside("scenarios/bury.toml", "programmes/gm.toml"),
            "scenarios/programmes/gm.toml"
        );
        assert_eq!(beside("scenarios/x/bury.toml", "../gm.toml"), "scenarios/gm.toml");
        assert_eq!(beside("bury.toml", "../gm.toml"), "../gm.toml");
        assert_eq!(beside("/a/bury.toml", "gm.toml"), "/a/gm.toml");
    }

    #[test]
    fn files_that_extend_one_another_in_a_ring_are_refused_by_naming_the_ring() {
        let (family, _, reports) =
            load_from(&[("a.toml", "extends = 'b.toml'"), ("b.toml", "extends = 'a.toml'")]);
        assert!(family.is_none());
        assert_eq!(
            reports[0].message,
            "files extend one another in a ring: a.toml -> b.toml -> a.toml"
        );
    }

    #[test]
    fn a_file_that_two_others_extend_is_kept_once() {
        let (family, read, _) = load_from(&[
            ("a.toml", "extends = ['b.toml', 'c.toml']"),
            ("b.toml", "extends = 'd.toml'"),
            ("c.toml", "extends = 'd.toml'"),
            ("d.toml", "title = 'd'"),
        ]);
        let names: Vec<&str> = read.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a.toml", "b.toml", "d.toml", "c.toml"]);
        assert_eq!(family.unwrap().parents.len(), 2);
    }

    #[test]
    fn every_missing_parent_is_reported() {
        let (_, read, reports) = load_from(&[("a.toml", "extends = ['b.toml', 'c.toml', 3]")]);
        assert_eq!(read.len(), 1);
        assert_eq!(reports.len(), 3);
    }

    #[test]
    fn a_file_that_is_no_text_or_too_large_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("noise.toml");
        std::fs::write(&path, b"title = 1\n\xff\xfe").unwrap();
        assert!(from_disk(path.to_str().unwrap()).unwrap_err().contains("line 2 holds bytes"));
        std::fs::write(&path, vec![b'#'; LARGEST as usize + 1]).unwrap();
        assert!(from_disk(path.to_str().unwrap()).unwrap_err().contains("larger than 1 MiB"));
    }
}
