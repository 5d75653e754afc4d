//! Files, as they were read.

/// One file of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path as the user would write it.
    pub name: String,
    /// All of its text.
    pub text: String,
}
