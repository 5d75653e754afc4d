//! What the black-box tests share: a scenario in a few lines, a run of it, and its figures.
//!
//! Every run made here is also held to the conservation laws of the contract, so each test proves
//! them for its own scenario without saying so.

#![allow(dead_code, unused_imports, reason = "each test file uses its own part of this module")]

mod figures;
mod scenario;

use figures::Run;
pub use scenario::Scenario;

use assert_cmd::Command;

/// The program, with nothing of the caller's surroundings that could change what it does.
pub fn workcast() -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("workcast");
    command.env_remove("WORKCAST_DB").timeout(std::time::Duration::from_secs(120));
    command
}

/// Whether `value` is within four standard errors of `expected`.
#[track_caller]
pub fn assert_near(value: f64, expected: f64, standard_error: f64) {
    let off = (value - expected).abs();
    assert!(
        off <= 4.0 * standard_error,
        "{value} is {:.1} standard errors ({standard_error:.4}) away from {expected}",
        off / standard_error
    );
}

/// Whether the mean of `replicates` Poisson counts is within four standard errors of `expected`.
#[track_caller]
pub fn assert_poisson_mean(mean: f64, expected: f64, replicates: u32) {
    assert_near(mean, expected, (expected / f64::from(replicates)).sqrt());
}

/// Whether `hits` of `tries`, both totals or both means over 16 replicates, are a share of
/// `expected` within four binomial standard errors.
#[track_caller]
pub fn assert_share(hits: f64, tries: f64, expected: f64) {
    assert_near(hits / tries, expected, (expected * (1.0 - expected) / (16.0 * tries)).sqrt());
}

/// Whether the number stands anywhere in a JSON value, to a millionth.
pub fn holds_number(value: &serde_json::Value, number: f64) -> bool {
    match value {
        serde_json::Value::Number(n) => n.as_f64().is_some_and(|n| (n - number).abs() < 1e-6),
        serde_json::Value::Array(items) => items.iter().any(|item| holds_number(item, number)),
        serde_json::Value::Object(map) => map.values().any(|item| holds_number(item, number)),
        _ => false,
    }
}
