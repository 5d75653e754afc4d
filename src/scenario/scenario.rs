//! A scenario: what was written, and the programme that it means.

use std::path::Path;

use super::{Diagnostics, SourceFile};
use crate::model::Programme;
use crate::quantity::Pence;

/// A scenario that has been read and checked.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What it is called.
    pub title: String,
    /// The question it is to answer.
    pub question: Option<String>,
    /// What it means.
    pub programme: Programme,
    /// Figures printed elsewhere, to be set beside computed ones.
    pub published: Vec<Published>,
    /// Actual over planned volume of like services.
    pub reference_class: Vec<(String, f64)>,
    /// Names of its stresses, in order.
    pub stresses: Vec<String>,
    /// Every value that it states, with where it comes from.
    pub assumptions: Vec<Assumption>,
    /// What someone should look at.
    pub warnings: Diagnostics,
}

/// A printed figure of a locality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The locality's name.
    pub locality: String,
    /// `total`, `basic`, `participant` or `year.LABEL`.
    pub figure: String,
    /// As printed.
    pub amount: Pence,
    /// Where it is printed.
    pub source: Option<String>,
}

/// A value of a scenario and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// Where it stands: `journey.attends`.
    pub path: String,
    /// The value in words: `10% below 33%, middle 50%, 90% below 72%`.
    pub value: String,
    /// Where it comes from.
    pub source: Option<String>,
    /// measured, official, analogous, derived or assumed.
    pub confidence: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// When it was agreed: `2024-10-30`.
    pub agreed_on: Option<String>,
    /// File and line: `scenarios/bury.toml:17`.
    pub place: String,
}

impl Scenario {
    /// Reads a scenario file and all that it extends.
    ///
    /// # Errors
    ///
    /// Every mistake in it.
    pub fn read(_path: &Path) -> Result<Self, Diagnostics> {
        todo!()
    }

    /// Reads a scenario that extends nothing from its text; `name` stands for the file's path.
    ///
    /// # Errors
    ///
    /// Every mistake in it.
    pub fn from_text(_name: &str, _text: &str) -> Result<Self, Diagnostics> {
        todo!()
    }

    /// Reads a scenario from files as the ledger keeps them: first the scenario itself, then all
    /// that it inherits, by the names that [`Scenario::files`] gave them.
    ///
    /// # Errors
    ///
    /// Every mistake in them.
    pub fn from_files(_files: &[SourceFile]) -> Result<Self, Diagnostics> {
        todo!()
    }

    /// Every file that was read, the scenario's own first.
    pub fn files(&self) -> &[SourceFile] {
        todo!()
    }

    /// The hash of all that was read, and of the stress or values put over it: BLAKE3, in hex.
    pub fn hash(&self) -> &str {
        todo!()
    }

    /// The scenario under one of its stresses.
    ///
    /// # Errors
    ///
    /// Where there is no such stress, or the scenario makes no sense under it.
    pub fn stressed(&self, _stress: &str) -> Result<Self, Diagnostics> {
        todo!()
    }

    /// The scenario with other values at these paths; a value is written as in the file, and quotes
    /// may be left out.
    ///
    /// # Errors
    ///
    /// Where a path matches nothing, or the scenario makes no sense with these values.
    pub fn with_values(&self, _values: &[(String, String)]) -> Result<Self, Diagnostics> {
        todo!()
    }
}
