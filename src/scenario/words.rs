//! A scenario in words: what `check` prints.

use super::Scenario;

/// Everything in force, as a text that a locality lead can read.
pub fn describe(_scenario: &Scenario) -> String {
    todo!()
}

/// The same for a program.
pub fn describe_json(_scenario: &Scenario) -> serde_json::Value {
    todo!()
}
