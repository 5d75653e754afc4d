//! The values of a scenario that hold, each with what it rests on: what an assumptions log and a
//! log of decisions are made from.

use super::Scenario;
use super::entry::Entry;
use super::grammar::Leaf;
use super::path::{Path, Segment, pattern};
use super::words::split;
use crate::quantity::Unit;

/// A value of a scenario that holds, whether somebody stated it or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// Where it stands: `journey.attends`.
    pub path: String,
    /// The table that it is shown under: `journey`; empty at the top of the file.
    pub table: String,
    /// Its path within that table: `attends`.
    pub key: String,
    /// The value in words: `about 50%, 8 in 10 between 33% and 72%`.
    pub value: String,
    /// What a quantity is measured in; `None` for a choice, a name or a date.
    pub unit: Option<&'static str>,
    /// File and line: `scenarios/bury.toml:17`; `None` where nobody stated it.
    pub place: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// measured, official, analogous, derived or assumed.
    pub confidence: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// When it was agreed: `2024-10-30`.
    pub agreed_on: Option<String>,
    /// What else is said of it.
    pub note: Option<String>,
}

impl InForce {
    pub(super) fn new(entry: Entry, place: Option<String>) -> Self {
        let (table, key) = split(&entry.path);
        InForce {
            path: entry.path.to_string(),
            table: table.to_string(),
            key: key.to_string(),
            unit: entry.is_quantity().then(|| unit(entry.leaf)),
            place,
            source: entry.beside("source"),
            confidence: entry.beside("confidence"),
            owner: entry.beside("owner"),
            agreed_on: entry.beside("agreed_on"),
            note: entry.beside("note"),
            value: entry.value,
        }
    }

    /// Whether it has a source, a confidence, an owner and a date.
    pub fn is_complete(&self) -> bool {
        [&self.source, &self.confidence, &self.owner, &self.agreed_on]
            .into_iter()
            .all(Option::is_some)
    }
}

impl Scenario {
    /// Every value that holds, in the order of the grammar.
    pub fn in_force(&self) -> Vec<InForce> {
        let entries = self.entries().into_iter();
        let value = |entry: Entry| {
            let place = entry.at.map(|at| self.place(at));
            InForce::new(entry, place)
        };
        entries.map(value).collect()
    }
}

/// The path of something by the names from the top down, as [`InForce::path`] has it: a name that has
/// a dot is quoted.
pub fn path_of(names: &[&str]) -> String {
    Path::of(names).to_string()
}

/// The names of a path, from the top down; of what is no path, the text itself.
pub fn names_of(path: &str) -> Vec<String> {
    let names = pattern(path).ok().and_then(|segments| {
        let name = |segment| match segment {
            Segment::Name(name) => Some(name),
            Segment::Any => None,
        };
        segments.into_iter().map(name).collect()
    });
    names.unwrap_or_else(|| vec![path.to_owned()])
}

/// What a quantity is measured in, for people.
fn unit(leaf: Leaf) -> &'static str {
    match leaf {
        Leaf::Whole(..) => "whole number",
        Leaf::Varying => "time",
        Leaf::Salary => "pounds a year",
        Leaf::Fixed(unit, ..) | Leaf::Uncertain(unit) => match unit {
            Unit::People => "people",
            Unit::PeoplePerMonth => "people a month",
            Unit::PeoplePerWeek => "people a week",
            Unit::Time => "time",
            Unit::Pounds => "pounds",
            Unit::Share => "share",
            Unit::Hazard => "share over a time",
            Unit::Number => "number",
        },
        _ => "",
    }
}
