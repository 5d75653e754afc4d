//! What a file about a run is written from.

use super::RunFacts;
use crate::analysis::rounding::is_beyond_error;
use crate::analysis::{Forecast, Influence, Precision};
use crate::model::Reconciliation;
use crate::scenario::{InForce, Scenario};

/// A run, the scenario as it was when the run was made, and all that analysis gives about the two.
pub struct Subject<'a> {
    /// The scenario, under the stress or the values of the run.
    pub scenario: &'a Scenario,
    /// Every value of it that holds.
    pub values: &'a [InForce],
    /// The run's answers.
    pub forecast: &'a Forecast,
    /// What is said about the run.
    pub run: &'a RunFacts,
    /// Replicates asked for; `None` where the precision decided.
    pub asked: Option<u64>,
    /// How precise it is; `None` where it has too few replicates to say.
    pub precision: Option<Precision>,
    /// Published figures beside computed ones, when the run was made.
    pub reconciliation: &'a [Reconciliation],
    /// Every uncertain input of it.
    pub influences: &'a [Influence],
}

/// A rank correlation from which on an input is said to rule an outcome: a tenth of the variance of
/// its ranks.
pub const RULES: f64 = 0.316;

impl<'a> Subject<'a> {
    /// Inputs that an outcome goes with, beyond error.
    pub fn ruling(&self) -> impl Iterator<Item = &'a Influence> + use<'a> {
        self.influences.iter().filter(|input| {
            let strong = |value: f64| value.abs() > RULES;
            input
                .on
                .iter()
                .any(|on| strong(on.correlation.value) && is_beyond_error(on.correlation))
        })
    }

    /// The value that an input is, or is a part of.
    pub fn value_of(&self, input: &Influence) -> Option<&'a InForce> {
        self.values.iter().find(|value| {
            let rest = input.path.strip_prefix(&value.path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// What has to be known of the run first, if it is not whole or not the scenario itself.
    pub fn caveats(&self) -> Option<String> {
        let run = self.run;
        let mut said = Vec::new();
        if !matches!(&run.status[..], "" | "complete") {
            said.push(format!("This run is {}: it was not made to be decided on.", run.status));
        }
        if !matches!(&run.purpose[..], "" | "run") {
            said.push(format!("This run is a case of another command: {}.", run.purpose));
        }
        let changes = self.scenario.changes();
        if !changes.is_empty() {
            said.push(format!("It is the scenario with these changes: {}.", changes.join("; ")));
        }
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// How precise the run is, and whether that is enough.
    pub fn precision_in_words(&self) -> String {
        let said = match self.precision {
            Some(precision) => format!(
                "Its errors, for the worst option: {:.2} points on the chance of the agreed number and {:.2}% on mean \
                 plans, as standard errors.{}",
                100.0 * precision.chance_se,
                100.0 * precision.plans_relative_se,
                if precision.met() {
                    ""
                } else {
                    " That is more than a run that decides for itself how long to go on allows: make it again with \
                     more worlds before a decision rests on it."
                }
            ),
            None => "The run is too short for its errors to be said.".to_owned(),
        };
        format!(
            "{said} The error after ± is twice a standard error or a little more (95%). It says how far another run \
             of the same scenario may differ, not whether the scenario is right."
        )
    }
}
