//! Where exported tables come from: `run.json` beside them, and `export --json`.
//!
//! ```text
//! { "workcast", "run", "scenario": {"title", "hash"}, "seed", "replicates",
//!   "created", "purpose", "status", "format",
//!   "files": [ {"name", "rows", "columns", "bytes", "blake3"} ] }
//! ```
//!
//! `created` (UTC) is when the run began, `purpose` which command made it and `status` what became of
//! it; `rows` do not count a header, and `blake3` is of the whole file.

use serde::Serialize;
use serde_json::{Value, json};

use super::head;
use crate::report::RunFacts;

/// A file of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportedFile {
    /// Its name in the folder.
    pub name: String,
    /// Its rows, a header not counted.
    pub rows: u64,
    /// Its columns.
    pub columns: usize,
    /// Its size.
    pub bytes: u64,
    /// The BLAKE3 hash of all of it, as hexadecimal digits.
    pub blake3: String,
}

/// A run's export: the run, and the files that were written of it in this format.
pub fn export(facts: &RunFacts, format: &str, files: &[ExportedFile]) -> Value {
    let mut object = head(facts);
    object.insert("created".to_owned(), json!(facts.created));
    object.insert("purpose".to_owned(), json!(facts.purpose));
    object.insert("status".to_owned(), json!(facts.status));
    object.insert("format".to_owned(), json!(format));
    object.insert("files".to_owned(), json!(files));
    Value::Object(object)
}
