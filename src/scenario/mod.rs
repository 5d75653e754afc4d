//! What a person writes: read, checked, and compiled to a [`Programme`](crate::model::Programme).

pub mod diagnostic;
pub mod reconcile;
mod scenario;
pub mod source;
pub mod starter;
pub mod words;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use scenario::{Assumption, Published, Scenario};
pub use source::SourceFile;

/// The JSON Schema (draft 2020-12) of a scenario file.
pub fn json_schema() -> serde_json::Value {
    todo!()
}
