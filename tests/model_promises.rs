//! Section 9 of the model: what must not change a result, and what must.
//!
//! The scenario is a small one in which nearly everything is left to chance. Results are compared
//! as JSON numbers, to the last digit.

mod common;
#[path = "common/evidence.rs"]
mod evidence;

use common::Scenario;
use evidence::note;
use serde_json::Value;

/// Replicates enough to spread over several chunks and threads.
const REPLICATES: u32 = 128;

/// A service of one locality under two options, with ranges for most things.
fn uncertain() -> Scenario {
    let scenario = Scenario::half_year()
        .set("cohort.harder.disengages", "50%")
        .steady("30")
        .source("per_month", "{ nine_in_ten = [20, 60] }")
        .source("ramp", r#"{ p10_p50_p90 = ["1 month", "2 months", "4 months"] }"#)
        .source("eligible", r#"{ nine_in_ten = ["80%", "95%"] }"#)
        .source("overdispersion", "0.1")
        .source("cohorts", r#"{ everyone = "60%", harder = "40%" }"#)
        .locality("triage.capacity_per_week", "15")
        .locality("triage.other_enquiries_per_month", "{ nine_in_ten = [20, 60] }")
        .locality("triage.decision", r#"{ least = "1 day", likely = "3 days", most = "10 days" }"#)
        .locality("costs.Lead.per_month", "£2,000")
        .journey(
            "patience",
            r#"{ exponential = { mean = { p10_p50_p90 = ["4 weeks", "8 weeks", "16 weeks"] } } }"#,
        )
        .journey("to_first_appointment", "5 days")
        .journey("attends", r#"{ p10_p50_p90 = ["40%", "60%", "80%"] }"#)
        .journey("rebook", "1")
        .journey("support", r#"{ lognormal = { mean = "8 weeks", sd = "4 weeks" } }"#)
        .journey("disengages", r#"{ nine_in_ten = ["20%", "40%"] }"#)
        .journey("in_work", "40%")
        .set("funding.late_return", "20%")
        .set("funding.paid_after", r#"{ least = "2 weeks", likely = "4 weeks", most = "9 weeks" }"#)
        .set("funding.cost_of_cash", "5%")
        .set("pipeline.council.pace", "{ nine_in_ten = [0.7, 1.5] }")
        .set(
            "pipeline.council.stage.advert.takes",
            r#"{ least = "2 weeks", likely = "3 weeks", most = "6 weeks" }"#,
        )
        .set("pipeline.council.stage.advert.fails", r#"{ nine_in_ten = ["5%", "30%"] }"#)
        .set("option.In-house.team.Coaches.costs.salary", "£40,300");
    with_option(scenario, "Procured")
        .set("option.Procured.team.Coaches.fails", YEARLY)
        .set("option.Procured.team.Coaches.price.block_per_month", "£9,000")
}

/// A hazard that is felt in half a year.
const YEARLY: &str = r#"{ is = "40%", per = "year" }"#;

/// Adds an option (or completes one) with a recruited team of coaches who come and go.
fn with_option(mut scenario: Scenario, option: &str) -> Scenario {
    for option in ["In-house", option] {
        for (key, value) in [
            ("posts", "3"),
            ("serves", r#"["Bury"]"#),
            ("recruitment", "council"),
            ("caseload", "{ nine_in_ten = [15, 30] }"),
            ("starts_per_month", "{ nine_in_ten = [6, 14] }"),
            ("full_caseload_after", "4 weeks"),
            ("absence", r#"{ nine_in_ten = ["3%", "8%"] }"#),
            ("leavers", r#"{ is = "5%", per = "month" }"#),
        ] {
            scenario = scenario.set(&format!("option.{option}.team.Coaches.{key}"), value);
        }
    }
    scenario
}

#[track_caller]
fn json(scenario: &Scenario, more: &[&str]) -> Value {
    scenario.run_with(REPLICATES, more).json
}

/// Whether Bury's figures under both options are the same in two runs, to the last digit. How many
/// they are.
#[track_caller]
fn assert_same_bury(left: &Value, right: &Value) -> usize {
    let mut figures = 0;
    for option in ["In-house", "Procured"] {
        let of = |json: &Value| json["options"][option]["localities"]["Bury"].clone();
        assert!(of(left)["metrics"]["plans"]["sd"].as_f64() > Some(0.0), "nothing varies");
        figures += assert_same_tables(&of(left), &of(right), option);
    }
    figures
}

/// Names the first figure that differs instead of printing two long tables; says how many are the
/// same.
#[track_caller]
fn assert_same_tables(left: &Value, right: &Value, path: &str) -> usize {
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => {
            let keys =
                |map: &serde_json::Map<String, Value>| map.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(a), keys(b), "{path}");
            a.iter().map(|(key, v)| assert_same_tables(v, &b[key], &format!("{path}.{key}"))).sum()
        }
        _ => {
            assert_eq!(left, right, "{path}");
            left.as_array().map_or(1, Vec::len)
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_results() {
    let scenario = uncertain();
    let (left, right) = (json(&scenario, &[]), json(&scenario, &[]));
    assert_same_tables(&left["options"], &right["options"], "options");
    assert_same_tables(&left["comparisons"], &right["comparisons"], "comparisons");
}

#[test]
fn another_seed_gives_other_results() {
    let scenario = uncertain();
    let other = json(&scenario, &["--seed", "2"]);
    assert_eq!(other["seed"], 2);
    let plans = |json: &Value| {
        json["options"]["In-house"]["localities"]["Bury"]["metrics"]["plans"]["mean"].clone()
    };
    assert_ne!(plans(&json(&scenario, &[])), plans(&other));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let scenario = uncertain();
    let one = json(&scenario, &["--threads", "1"]);
    let mut figures = 0;
    for threads in ["2", "5"] {
        let many = json(&scenario, &["--threads", threads]);
        figures += assert_same_tables(&one["options"], &many["options"], "options");
        figures += assert_same_tables(&one["comparisons"], &many["comparisons"], "comparisons");
    }
    note(
        "same-threads",
        format!("{figures} figures the same to the last digit, 1, 2 and 5 threads"),
    );
}

#[test]
fn another_option_changes_no_other_option() {
    let scenario = uncertain();
    let third = with_option(scenario.clone(), "Hybrid");
    let figures = assert_same_bury(&json(&scenario, &[]), &json(&third, &[]));
    note("same-options", format!("{figures} figures the same to the last digit"));
}

#[test]
fn the_order_of_options_changes_no_option() {
    let scenario = uncertain();
    let reordered = scenario.clone().first("option.Procured");
    assert_ne!(scenario.text(), reordered.text());
    let figures = assert_same_bury(&json(&scenario, &[]), &json(&reordered, &[]));
    note("same-order", format!("{figures} figures the same to the last digit"));
}

#[test]
fn an_input_that_nothing_uses_changes_nothing() {
    let scenario = uncertain();
    let unused = scenario
        .clone()
        .set("pipeline.unused.pace", "{ nine_in_ten = [0.5, 2] }")
        .set("pipeline.unused.stage.wait.takes", "4 weeks")
        .set("pipeline.unused.stage.wait.fails", r#"{ nine_in_ten = ["5%", "30%"] }"#)
        .first("pipeline.unused");
    assert_same_bury(&json(&scenario, &[]), &json(&unused, &[]));
}

#[test]
fn a_locality_that_shares_nothing_changes_no_other_locality() {
    let scenario = uncertain();
    let mut two = scenario
        .clone()
        .set("locality.Bolton.agreed_participants", "50")
        .set("locality.Bolton.referrals.GP.per_month", "{ nine_in_ten = [10, 30] }")
        .set("locality.Bolton.referrals.GP.cohorts", r#"{ everyone = "100%" }"#);
    for option in ["In-house", "Procured"] {
        for (key, value) in [("posts", "2"), ("serves", r#"["Bolton"]"#), ("leavers", YEARLY)] {
            two = two.set(&format!("option.{option}.team.Others.{key}"), value);
        }
    }
    let before = json(&scenario, &[]);
    let mut figures = assert_same_bury(&before, &json(&two, &[]));
    figures += assert_same_bury(&before, &json(&two.first("locality.Bolton"), &[]));
    note("same-localities", format!("{figures} figures the same to the last digit"));
}

/// The comparison of a metric between the two options in Bury, whichever is compared with which.
#[track_caller]
fn comparison<'a>(json: &'a Value, metric: &str) -> &'a Value {
    let lines = json["comparisons"].as_array().expect("a list of comparisons");
    let line = lines.iter().find(|line| line["locality"] == "Bury" && line["metric"] == metric);
    line.unwrap_or_else(|| panic!("no comparison of {metric} among {lines:?}"))
}

#[test]
fn teams_of_one_name_recruit_with_the_same_luck() {
    let twins = with_option(uncertain().without("option"), "Twin");
    let json = json(&twins, &[]);
    let plans = comparison(&json, "plans");
    assert_eq!(plans["mean_difference"], 0.0, "{plans}");
    assert_eq!(plans["probability_equal"], 1.0, "{plans}");
    assert_eq!(plans["probability_greater"], 0.0, "{plans}");
}

#[test]
fn a_team_may_draw_as_one_of_another_name() {
    let mut scenario = uncertain().without("option");
    for team in ["In-house.team.Coaches", "Twin.team.Others"] {
        for (key, value) in [
            ("posts", "3"),
            ("recruitment", "council"),
            ("caseload", "20"),
            ("leavers", r#"{ is = "20%", per = "month" }"#),
        ] {
            scenario = scenario.set(&format!("option.{team}.{key}"), value);
        }
    }
    let apart = json(&scenario, &[]);
    assert!(comparison(&apart, "plans")["probability_equal"].as_f64() < Some(1.0));
    let scenario = scenario.set("option.Twin.team.Others.draws_as", "Coaches");
    let twins = json(&scenario, &[]);
    assert_eq!(comparison(&twins, "plans")["probability_equal"], 1.0);
}

#[test]
fn a_number_of_replicates_is_rounded_up_to_a_multiple_of_sixteen() {
    let run = Scenario::half_year().run_with(17, &[]);
    assert_eq!(run.json["replicates"], 32);
    assert_eq!(run.option("In-house").metric("plans")["n"], 32);
}

#[test]
fn the_error_of_a_mean_comes_of_its_sixteen_scrambles() {
    // One replicate in each scramble: the sixteen means are the values themselves.
    let run = uncertain().run();
    let plans = run.option("In-house");
    let ratio = 4.0 * plans.statistic("plans", "se") / plans.statistic("plans", "sd");
    // Whether a standard deviation divides by 15 or 16 is not said.
    assert!((ratio - 1.0).abs() < 0.04, "{ratio}");
}

#[test]
fn a_chance_never_seen_still_has_an_error() {
    // Half the binomial error of (0 + 1)/(16 + 2): sqrt(p (1 - p)/16)/2 = 0.0286.
    let run = Scenario::half_year().team("participants_max", "10").run();
    let never = run.option("In-house");
    assert_eq!(never.exact("target_met"), 0.0);
    let se = never.statistic("target_met", "se");
    assert!((0.0265..=0.0290).contains(&se), "{se}");
}

#[test]
fn a_chance_always_seen_still_has_an_error() {
    let run = Scenario::half_year().locality("agreed_participants", "10").run();
    let always = run.option("In-house");
    assert_eq!(always.exact("target_met"), 1.0);
    let se = always.statistic("target_met", "se");
    assert!((0.0265..=0.0290).contains(&se), "{se}");
}

#[test]
fn every_comparison_says_how_sure_it_is() {
    let json = json(&uncertain(), &[]);
    let plans = comparison(&json, "plans");
    let share = |key: &str| plans[key].as_f64().unwrap_or_else(|| panic!("no {key}: {plans}"));
    assert!(share("se") > 0.0 && share("probability_greater_se") > 0.0);
    assert!(share("probability_greater") + share("probability_equal") <= 1.0);
    let means = ["of", "with"].map(|side| {
        let option = plans[side].as_str().expect("an option's name");
        json["options"][option]["localities"]["Bury"]["metrics"]["plans"]["mean"].as_f64()
    });
    let [Some(of), Some(with)] = means else { panic!("no means") };
    assert!((of - with - share("mean_difference")).abs() < 1e-9);
}
