//! Variants beside their base case: `stress --json` and `vary --json`.
//!
//! ```text
//! { "workcast", "run", "scenario", "seed", "replicates",
//!   "cases": [ {"case": LABEL, "replicates": N,
//!               "options": { OPTION: { METRIC: {"mean", "se", "difference", "difference_se"} } },
//!               "localities": { LOCALITY: { OPTION: the same } } } ] }
//! ```
//!
//! The base case is the first; its differences are `null`. Figures of `options` are the whole
//! programme's; `localities` is empty where there is only one, and has plans and `target_met`.
//! `shortfall_chance` is the share of worlds with a shortfall.

use serde_json::{Map, Value, json};

use super::{head, put};
use crate::analysis::Variation;
use crate::analysis::variation::{Case, CaseOption, Figure};
use crate::report::RunFacts;

/// Every case; `facts` are those of the base case.
pub fn variation(variation: &Variation, facts: &RunFacts) -> Value {
    let mut object = head(facts);
    object.insert("cases".to_owned(), variation.cases.iter().map(case).collect());
    Value::Object(object)
}

fn case(case: &Case) -> Value {
    let localities =
        case.localities.iter().map(|place| (place.name.clone(), options(&place.options)));
    json!({
        "case": case.label,
        "replicates": case.replicates,
        "options": options(&case.options),
        "localities": localities.collect::<Map<_, _>>(),
    })
}

fn options(options: &[CaseOption]) -> Value {
    let options = options.iter().map(|option| {
        let figures = option.figures.iter().map(|f| (f.metric.name.clone(), figure(f)));
        (option.name.clone(), Value::Object(figures.collect()))
    });
    Value::Object(options.collect())
}

fn figure(figure: &Figure) -> Value {
    let mut object = Map::new();
    put(&mut object, "mean", "se", figure.mean);
    put(&mut object, "difference", "difference_se", figure.difference);
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;

    #[test]
    fn each_case_has_every_option_and_its_differences() {
        let base = synthetic::three_options(64);
        let mut cases = Variation::new("Base case", &base).unwrap();
        cases.add("Half of it", &synthetic::three_options(32)).unwrap();
        let value = variation(&cases, &RunFacts::default());
        let figure =
            |case: usize, metric: &str| value["cases"][case]["options"]["Hybrid"][metric].clone();
        assert_eq!(value["run"], Value::Null);
        assert_eq!(value["cases"][1]["case"], "Half of it");
        assert_eq!(figure(0, "plans")["difference"], Value::Null);
        assert_eq!(figure(1, "plans")["difference"], 0.0);
        assert!(figure(1, "shortfall_chance")["se"].as_f64().unwrap() > 0.0);
    }
}
