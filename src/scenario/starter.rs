//! The file that `workcast new` writes.

/// A commented scenario for a place of this name, complete and ready to run.
pub fn text(_name: &str) -> String {
    todo!()
}
