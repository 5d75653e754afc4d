//! The board's page: one page that answers, then the detail behind it. What `report` writes as
//! `report.html`.
//!
//! * [`answer`]: what is true of all options, the options beside each other, the decision
//! * [`flips`]: what would turn the choice
//! * [`standing`]: what it rests on, and what is left out
//! * [`detail`]: everything behind it, with its pictures

pub mod answer;
pub mod detail;
pub mod flips;
pub mod pictures;
pub mod standing;

use super::document::{Document, Section};
use super::figure::Figure;
use super::{RunFacts, Subject};
use crate::analysis::{Comparison, Drivers, Fan, Forecast, Histogram, RunComparison, Variation};

/// What the page is written from.
pub struct Board<'a> {
    /// The run.
    pub subject: &'a Subject<'a>,
    /// The inputs that matter most.
    pub drivers: &'a [Drivers],
    /// Plans to date under every option.
    pub fans: &'a [Fan],
    /// How money is spread: `unclaimed` and `shortfall`.
    pub spreads: &'a [Histogram],
    /// The run beside every stress of its scenario that is in the ledger.
    pub stresses: Option<&'a Variation>,
    /// Rows of cases of the same scenario that are in the ledger.
    pub tried: &'a [Tried],
    /// Another run beside this one.
    pub other: Option<(&'a RunFacts, &'a RunComparison)>,
}

/// Cases of a scenario beside each other, with the comparisons of options in each.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// What differs between them.
    pub what: What,
    /// Each case with its comparisons; the first of the stresses is the base case.
    pub row: Vec<(String, Vec<Comparison>)>,
}

/// What differs between cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Each is a stress of its own.
    Stress,
    /// The value of this path.
    Value(String),
}

impl<'a> Board<'a> {
    /// The run's answers.
    pub fn forecast(&self) -> &'a Forecast {
        self.subject.forecast
    }

    /// The whole page. Its first section is the one page; the others are the detail.
    pub fn document(&self, figures: &[Figure]) -> Document {
        let mut sections = vec![Section::new("The answer on one page", Vec::new())];
        sections.extend(answer::sections(self));
        sections.extend(detail::sections(self, figures));
        Document {
            title: self.forecast().facts.title.clone(),
            opening: answer::opening(self),
            sections,
        }
    }
}
