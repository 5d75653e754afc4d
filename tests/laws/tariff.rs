//! What a plan is paid.

use super::cases::{each_case, figures, read, replicate_of, valid, whole};
use super::generate::scenario;

/// The same scenario, with every funding year paying twice as much for a plan: each year's part of an
/// allocation stays what it was.
fn dearer(text: &str) -> String {
    let line = |line: &str| {
        let Some((path, value)) = line.split_once(" = ") else { return line.to_owned() };
        if !(path.starts_with("funding.year.") && path.ends_with(".tariff")) {
            return line.to_owned();
        }
        let pounds: f64 = value.trim_matches(['"', '£']).parse().expect("a tariff is pounds");
        format!("{path} = \"£{:.2}\"", pounds * 2.0)
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn a_higher_tariff_never_brings_less_income() {
    law(super::SOME);
}

pub fn law(cases: u64) -> String {
    let more = each_case(cases, |seed| {
        let text = scenario(seed);
        // A basic part that is claimed first uses up the limit. Where it is disallowed or paid back
        // later, what the limit kept from the participant part is not paid then.
        let is_limited = !text.contains("funding.income_limit = \"none\"");
        let taken_back = text.contains("funding.disallowed")
            || text.contains("funding.reconciliation = \"participants\"");
        // A place that moves takes a dearer tariff out of an allocation that is stated.
        let moves = text.contains("moving_places");
        if moves || (is_limited && taken_back) {
            return (0, 0);
        }
        let cheap = valid(&text);
        let Ok(dear) = read(&dearer(&text)) else { return (0, 0) };
        let (before, after) =
            (figures(&cheap, replicate_of(seed)), figures(&dear, replicate_of(seed)));
        let (mut compared, mut higher) = (0, 0);
        // What is not shared out is less where more is: the localities' own income.
        let places = cheap.programme.localities.len();
        for (at, metrics) in before.iter().filter(|((_, place), _)| *place < places) {
            let (one, other) = (whole(metrics, "income"), whole(&after[at], "income"));
            assert!(other >= one, "case {seed}, {at:?}: {one} and then {other}");
            compared += 1;
            higher += i32::from(other > one);
        }
        (compared, higher)
    });
    let (compared, higher) = more.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert!(higher * 4 > compared, "only {higher} of {compared} rise");
    format!("{compared} incomes, none lower, {higher} higher")
}
