//! What a person writes: read, checked, and compiled to a [`Programme`](crate::model::Programme).
//!
//! A file walks through it in this order: its text and the files that it extends ([`source`]), a
//! tree in which every value knows its place (`node`), one tree of all of them (`inherit`), the
//! stress or the values put over it (`overlay`), the check of what may be said (`shape`, after the
//! `grammar` of `keys`), and the compilation (`compile`, with each noun in a file of `keys`).

mod compile;
pub mod diagnostic;
mod entry;
mod explanation;
pub mod fair_share;
mod form;
mod grammar;
mod in_force;
mod inherit;
mod json;
mod keys;
mod nearest;
mod node;
mod overlay;
mod path;
pub mod published;
pub mod reconcile;
#[cfg(test)]
mod robust;
#[expect(clippy::module_inception, reason = "the room is named after what it makes")]
mod scenario;
mod schema;
mod section;
mod shape;
pub mod source;
pub mod starter;
mod syntax;
mod takes;
mod target;
#[cfg(test)]
mod tests;
mod units;
mod value;
mod warn;
pub mod words;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use in_force::{InForce, names_of, path_of};
pub use published::Published;
pub use scenario::Scenario;
pub use schema::json_schema;
pub use source::SourceFile;
