//! The long-run values, from one run of a million replicates. They do not depend on how a run is drawn,
//! so that a faster engine keeps them; a change of the model or of small.toml does not:
//! `WORKCAST_WRITE_TRUTH=1 cargo test --release --test honest -- --ignored the_long_run`.

use std::collections::BTreeMap;

use super::evidence;
use super::runs::{estimates, run, scenario};

const FILE: &str = "tests/honest/truth.toml";

/// Far more than any run that is held against it.
const REPLICATES: u64 = 1 << 20;

/// The long-run value of every figure.
pub fn truth() -> BTreeMap<String, f64> {
    let text = std::fs::read_to_string(FILE).expect("it is there");
    toml::from_str(&text).expect("it holds numbers")
}

#[test]
#[ignore = "slow: about two minutes"]
fn the_long_run_values_are_those_of_another_long_run() {
    let writes = std::env::var_os("WORKCAST_WRITE_TRUTH").is_some();
    let seed = if writes { 1_000_001 } else { 1_000_002 };
    let all = estimates(&run(&scenario(), seed, Some(REPLICATES), 2));
    if writes {
        let values: BTreeMap<_, _> = all.iter().map(|(name, (_, e))| (name, e.value)).collect();
        let text = toml::to_string(&values).expect("numbers have a text");
        std::fs::write(FILE, text).expect("it is written");
        return;
    }
    let truth = truth();
    assert_eq!(truth.len(), all.len());
    let mut furthest = 0.0_f64;
    for (name, (_, estimate)) in all {
        let off = (estimate.value - truth[&name]).abs();
        let se = estimate.se.expect("there are 16 scrambles");
        if off > 0.0 {
            // Two such runs differ by 1.4 errors; both have 15 degrees of freedom.
            assert!(off < 8.0 * se, "{name}: {estimate:?} and {}", truth[&name]);
            furthest = furthest.max(off / se);
        }
    }
    let figure = format!("{} figures, at most {furthest:.1} standard errors apart", truth.len());
    evidence::note("coverage-truth", figure);
}
