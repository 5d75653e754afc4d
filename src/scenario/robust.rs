//! Whatever is in a file, reading it ends with a scenario or with mistakes, never with a fall.

use proptest::prelude::*;

use super::Scenario;

/// A scenario that uses most of the language, on lines that can be cut, doubled and exchanged.
const RICH: &str = include_str!("rich.toml");

/// Pieces that mean something somewhere, and mostly not here.
const PIECES: &[&str] = &[
    "\"12 weeks\"",
    "\"65%\"",
    "\"£1,450.50\"",
    "35",
    "-1",
    "0",
    "1e300",
    "nan",
    "inf",
    "true",
    "2024-10-01",
    "0001-01-01",
    "9999-12-31",
    "[]",
    "{}",
    "{ remove = true }",
    "{ nine_in_ten = [1, 2] }",
    "{ p10_p50_p90 = [\"1 day\", \"1 day\", \"900 years\"] }",
    "{ lognormal = { mean = \"1 day\", sd = \"0 days\" } }",
    "{ least = \"0%\", likely = \"100%\", most = \"100%\", per = \"month\" }",
    "{ to = 1, times = 2 }",
    "\"\"",
    "[x]",
    "x.y = 1",
    "=",
];

#[test]
fn the_rich_scenario_is_sound_before_it_is_damaged() {
    if let Err(wrong) = Scenario::from_text("rich.toml", RICH) {
        panic!("{wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_damaged_file_never_makes_the_reader_fall_over(
        damage in prop::collection::vec((0..4_usize, any::<prop::sample::Index>(), 0..PIECES.len()), 1..4)
    ) {
        let mut lines: Vec<String> = RICH.lines().map(str::to_owned).collect();
        for (kind, at, piece) in damage {
            let at = at.index(lines.len());
            match kind {
                0 => drop(lines.remove(at)),
                1 => lines.insert(at, PIECES[piece].to_owned()),
                2 => {
                    let key = lines[at].split(" = ").next().unwrap_or_default().to_owned();
                    lines[at] = format!("{key} = {}", PIECES[piece]);
                }
                _ => {
                    let half = lines[at].chars().count() / 2;
                    lines[at] = lines[at].chars().take(half).collect();
                }
            }
            if lines.is_empty() {
                break;
            }
        }
        // What is said must be sayable too.
        match Scenario::from_text("rich.toml", &lines.join("\n")) {
            Ok(scenario) => drop(super::words::describe(&scenario)),
            Err(wrong) => prop_assert!(!wrong.to_string().is_empty()),
        }
    }
}
