//! The ledger's list and two runs beside each other.
//!
//! `runs --json`:
//!
//! ```text
//! { "runs": [ {"run", "workcast", "created", "purpose", "status", "title", "hash", "seed",
//!              "replicates", "extends" where it begins with another run's replicates} ] }
//! ```
//!
//! `compare --json`, where a difference is the second run minus the first, for the whole programme:
//!
//! ```text
//! { "first": a run as above, "second": a run as above, "worlds": "same" or "different",
//!   "options": { OPTION: { METRIC: {"first", "first_se", "second", "second_se",
//!                                   "difference", "difference_se"} } },
//!   "only_in_one": [ OPTION ] }
//! ```

use serde_json::{Map, Value, json};

use super::put;
use crate::analysis::run_comparison::{OptionPair, RunComparison, Worlds};
use crate::report::RunFacts;

/// The runs of a ledger, in the order given.
pub fn runs(runs: &[RunFacts]) -> Value {
    json!({ "runs": runs })
}

/// Two runs beside each other.
pub fn compare(first: &RunFacts, second: &RunFacts, comparison: &RunComparison) -> Value {
    let worlds = match comparison.worlds {
        Worlds::Same => "same",
        Worlds::Different => "different",
    };
    let options: Map<String, Value> =
        comparison.options.iter().map(|pair| (pair.name.clone(), option(pair))).collect();
    json!({
        "first": first,
        "second": second,
        "worlds": worlds,
        "options": options,
        "only_in_one": comparison.alone,
    })
}

fn option(pair: &OptionPair) -> Value {
    let figures = pair.figures.iter().map(|figure| {
        let mut object = Map::new();
        put(&mut object, "first", "first_se", figure.first);
        put(&mut object, "second", "second_se", figure.second);
        put(&mut object, "difference", "difference_se", figure.difference);
        (figure.metric.name.clone(), Value::Object(object))
    });
    Value::Object(figures.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;

    #[test]
    fn runs_are_listed_with_all_that_is_known_of_them() {
        let facts = RunFacts { run: Some("a1".to_owned()), seed: 7, ..RunFacts::default() };
        let value = runs(&[facts]);
        assert_eq!(value["runs"][0]["run"], "a1");
        assert_eq!(value["runs"][0]["seed"], 7);
    }

    #[test]
    fn two_runs_say_whether_their_worlds_were_the_same() {
        let run = synthetic::three_options(32);
        let comparison = RunComparison::new(&run, &run).unwrap();
        let value = compare(&RunFacts::default(), &RunFacts::default(), &comparison);
        assert_eq!(value["worlds"], "same");
        assert_eq!(value["options"]["Procured"]["cost"]["difference"], 0.0);
    }
}
