//! `stress` and `vary`: the same worlds with one thing changed.
//!
//! The JSON of these commands is not written down, so the tests look only for the figures that
//! must stand in it. A team takes one person a day from the day on which it is ready, so that its
//! plans tell that day: 182 less it.

mod common;

use common::{Scenario, holds_number, workcast};
use serde_json::Value;

/// A team that begins on day 0 with a route of one stage of ten days: 172 plans.
fn routed() -> Scenario {
    Scenario::half_year()
        .set("programme.opens", "2024-10-01")
        .stage("quotes", "quotes", "10 days")
        .team("route", "quotes")
        .team("starts_per_month", "30.4375")
}

/// What a stress of one path prints, after checking that the base case's plans are in it.
#[track_caller]
fn stressed(scenario: Scenario, path: &str, change: &str) -> Value {
    let scenario = scenario.set(&format!("stress.Worse.set.\"{path}\""), change);
    let json = scenario.json("stress", &["--replicates", "16"], &[]);
    assert!(json.to_string().contains("Worse"), "the stress is not named: {json}");
    json
}

/// Whether so many plans come of the base case and so many of the stress.
#[track_caller]
fn assert_plans(json: &Value, base: f64, stressed: f64) {
    assert!(holds_number(json, base), "no {base}: {json}");
    assert!(holds_number(json, stressed), "no {stressed}: {json}");
}

#[test]
fn a_first_try_may_be_made_to_fail() {
    // Twenty days instead of ten.
    let json = stressed(
        routed(),
        "pipeline.quotes.stage.quotes.fails",
        r#"{ to = "100%", first_tries = 1 }"#,
    );
    assert_plans(&json, 172.0, 162.0);
}

#[test]
fn several_first_tries_may_be_made_to_fail() {
    let json = stressed(
        routed(),
        "pipeline.quotes.stage.quotes.fails",
        r#"{ to = "100%", first_tries = 3 }"#,
    );
    assert_plans(&json, 172.0, 142.0);
}

#[test]
fn a_value_may_be_multiplied_before_it_is_rounded() {
    // 10 x 1.25 = 12.5 days, rounded to 13.
    let json = stressed(routed(), "pipeline.*.stage.quotes.takes", "{ times = 1.25 }");
    assert_plans(&json, 172.0, 169.0);
}

#[test]
fn a_value_may_be_added_to() {
    let json = stressed(routed(), "pipeline.quotes.stage.quotes.takes", r#"{ add = "5 days" }"#);
    assert_plans(&json, 172.0, 167.0);
}

#[test]
fn a_value_may_be_replaced() {
    let json = stressed(routed(), "pipeline.quotes.stage.quotes.takes", r#"{ to = "30 days" }"#);
    assert_plans(&json, 172.0, 152.0);
}

#[test]
fn a_name_may_be_replaced() {
    let scenario = routed().stage("tender", "tender", "60 days");
    let json = stressed(scenario, "option.*.team.Coaches.route", r#"{ to = "tender" }"#);
    assert_plans(&json, 172.0, 122.0);
}

#[test]
fn a_share_multiplied_is_held_at_all() {
    // 60% twice over is everyone, so that all of the 137 people taken on day 0 have a plan.
    let scenario = Scenario::october()
        .team("caseload", "137")
        .team("until", "2024-10-01")
        .journey("plan_agreed", "60%");
    let json = stressed(scenario, "journey.plan_agreed", "{ times = 2 }");
    assert!(holds_number(&json, 137.0), "{json}");
}

#[test]
fn one_quarter_s_return_may_be_made_late() {
    // £1,234.56 from day 0 and £345.67 from day 100: the gap is the first alone when it is repaid
    // on day 91, and both when it is not.
    let scenario = Scenario::half_year()
        .without_plans()
        .cost_once("Lead", "£1,234.56", "2024-10-01")
        .cost_once("More", "£345.67", "2025-01-09");
    let json = stressed(
        scenario,
        "funding.late_return",
        r#"{ to = "100%", quarter_ending = 2024-12-31 }"#,
    );
    assert!(holds_number(&json, 1_234.56), "{json}");
    assert!(holds_number(&json, 1_580.23), "{json}");
}

#[test]
fn another_quarter_s_return_does_not_make_this_one_late() {
    let scenario = Scenario::half_year()
        .without_plans()
        .cost_once("Lead", "£1,234.56", "2024-10-01")
        .cost_once("More", "£345.67", "2025-01-09");
    let json = stressed(
        scenario,
        "funding.late_return",
        r#"{ to = "100%", quarter_ending = 2025-03-31 }"#,
    );
    assert!(holds_number(&json, 1_234.56), "{json}");
    assert!(!holds_number(&json, 1_580.23), "{json}");
}

/// The exit code and the complaint of a stress that cannot be.
#[track_caller]
fn refused(path: &str, change: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let scenario = routed().set(&format!("stress.Worse.set.\"{path}\""), change);
    let file = scenario.write(folder.path());
    let output = workcast()
        .current_dir(folder.path())
        .args(["stress", &file, "--replicates", "16", "--db", "test.redb"])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_stress_of_a_path_that_matches_nothing_is_refused() {
    assert!(refused("pipeline.quote.stage.*.takes", "{ times = 2 }").contains("pipeline.quote"));
    refused("locality.*.referrals.Hospital.per_month", "{ times = 2 }");
    refused("pipeline.quotes.stage", "{ times = 2 }");
}

#[test]
fn a_stress_that_makes_no_sense_is_refused() {
    refused("pipeline.quotes.stage.quotes.takes", r#"{ to = "60%" }"#);
    refused("pipeline.quotes.stage.quotes.takes", "{ times = -1 }");
    refused("pipeline.quotes.stage.quotes.takes", "{}");
}

#[test]
fn an_input_hit_twice_by_one_stress_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = routed()
        .set(r#"stress.Worse.set."pipeline.quotes.pace""#, "{ times = 2 }")
        .set(r#"stress.Worse.set."pipeline.*.pace""#, "{ times = 3 }")
        .write(folder.path());
    let output = workcast()
        .current_dir(folder.path())
        .args(["stress", &file, "--replicates", "16", "--db", "test.redb"])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_stress_leaves_the_base_case_as_run_has_it() {
    let scenario = routed().set(r#"stress.Worse.set."pipeline.*.pace""#, "{ times = 2 }");
    assert_eq!(scenario.run().people("plans"), 172);
}

#[test]
fn vary_runs_the_file_once_for_each_value() {
    let json = Scenario::half_year().team("participants_max", "10").json(
        "vary",
        &["option.In-house.team.Coaches.participants_max=37,73", "--replicates", "16"],
        &[],
    );
    assert!(holds_number(&json, 37.0) && holds_number(&json, 73.0), "{json}");
}

#[test]
fn vary_combines_the_values_of_several_paths() {
    // 11 or 13 slots for each of 3 or 7 coaches.
    let json = Scenario::half_year().team("caseload", "10").json(
        "vary",
        &[
            "option.In-house.team.Coaches.caseload=11,13",
            "option.In-house.team.Coaches.posts=3,7",
            "--replicates",
            "16",
        ],
        &[],
    );
    for plans in [33.0, 77.0, 39.0, 91.0] {
        assert!(holds_number(&json, plans), "no {plans}: {json}");
    }
}

#[test]
fn vary_takes_dates_and_times_as_they_are_written_in_a_file() {
    let json = routed().json(
        "vary",
        &["pipeline.quotes.stage.quotes.takes=3 weeks,40 days", "--replicates", "16"],
        &[],
    );
    assert!(holds_number(&json, 161.0) && holds_number(&json, 142.0), "{json}");
    let json = routed().json(
        "vary",
        &["option.In-house.team.Coaches.begins=2024-10-06,2024-10-21", "--replicates", "16"],
        &[],
    );
    assert!(holds_number(&json, 167.0) && holds_number(&json, 152.0), "{json}");
}

#[test]
fn vary_shows_its_values_in_a_table() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = Scenario::half_year().team("participants_max", "10").write(folder.path());
    let output = workcast()
        .current_dir(folder.path())
        .args(["vary", &file, "option.In-house.team.Coaches.participants_max=37,73"])
        .args(["--replicates", "16", "--db", "test.redb"])
        .output()
        .expect("the program starts");
    let table = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    assert!(table.contains("37") && table.contains("73") && table.contains("In-house"), "{table}");
}
