//! Forecasts built from what was known before launch, beside what came. The figures are those of
//! the README and of scenarios/README.md.

#[path = "common/evidence.rs"]
mod evidence;

use serde_json::Value;

/// What a forecast's nine worlds in ten say of a published figure.
struct Beside {
    option: String,
    low: f64,
    high: f64,
    came: f64,
    inside: bool,
}

impl Beside {
    fn words(&self) -> String {
        let Beside { option, low, high, came, inside } = self;
        let side = if *inside { "inside" } else { "outside" };
        format!("{option}: {low:.0} to {high:.0}, came {came:.0}, {side}")
    }
}

fn beside(scenario: &str, figure: &str) -> Vec<Beside> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = assert_cmd::cargo::cargo_bin_cmd!("workcast")
        .args(["run", scenario, "--replicates", "256", "--json", "--quiet", "--db"])
        .arg(folder.path().join("runs.redb"))
        .timeout(std::time::Duration::from_secs(600))
        .output()
        .expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let json: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let rows = json["published"].as_array().expect("published figures");
    let row = rows.iter().find(|row| row["name"] == figure).expect("the figure is there");
    let came = row["value"].as_f64().expect("a figure");
    let options = row["options"].as_object().expect("options");
    let of = |(option, row): (&String, &Value)| {
        let number = |name: &str| row[name].as_f64().expect("a number");
        let (low, high) = (number("p05"), number("p95"));
        let inside = row["inside"].as_bool().expect("yes or no");
        assert_eq!(inside, (low..=high).contains(&came), "{option}");
        Beside { option: option.clone(), low, high, came, inside }
    };
    options.iter().map(of).collect()
}

/// Whether every row comes out on the side that the README says, with its interval to two figures.
#[track_caller]
fn assert_as_written(claim: &str, rows: &[Beside], inside: bool, intervals: &[(f64, f64)]) {
    let two_figures = |x: f64| {
        let unit = 10_f64.powi(x.log10().floor() as i32 - 1);
        (x / unit).round() * unit
    };
    for (row, &(low, high)) in rows.iter().zip(intervals) {
        assert_eq!(row.inside, inside, "{}", row.words());
        assert_eq!((two_figures(row.low), two_figures(row.high)), (low, high), "{}", row.words());
    }
    assert_eq!(rows.len(), intervals.len());
    let words: Vec<String> = rows.iter().map(Beside::words).collect();
    evidence::note(claim, words.join("; "));
}

#[test]
#[ignore = "slow: about ten seconds"]
fn fifteen_areas_of_workwell_came_inside_their_forecast() {
    let rows = beside("scenarios/national-workwell.toml", "Supported by the end of November 2025");
    let intervals = [(11_000.0, 41_000.0), (5_200.0, 33_000.0)];
    assert_as_written("backtest-workwell", &rows, true, &intervals);
}

#[test]
#[ignore = "slow: about ten seconds"]
fn health_and_work_support_came_inside_its_forecast() {
    let rows = beside("scenarios/health-and-work-support.toml", "Enrolments to 2020-03-31");
    assert_as_written("backtest-health-and-work-support", &rows, true, &[(730.0, 3_700.0)]);
}

#[test]
#[ignore = "slow: about ten seconds"]
fn manchester_came_outside_its_forecast_and_the_readme_says_so() {
    let rows = beside("scenarios/gm-workwell.toml", "Manchester by 16 February 2026");
    assert_as_written("backtest-manchester", &rows, false, &[(270.0, 1_100.0)]);
}
