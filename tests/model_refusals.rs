//! What the model calls an error: scenarios that mean nothing are refused before the first world.

mod common;

use common::{Scenario, workcast};

/// Whether `check` and `run` refuse the scenario with code 2, a reason and nothing on stdout.
#[track_caller]
fn assert_refused(scenario: &Scenario) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = scenario.write(folder.path());
    for command in [&["check"][..], &["run", "--replicates", "16"]] {
        let output = workcast()
            .current_dir(folder.path())
            .arg(command[0])
            .arg(&file)
            .args(&command[1..])
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{command:?}: {said}\n{}", scenario.text());
        assert!(output.stdout.is_empty() && !said.is_empty() && !said.contains("panicked"));
    }
}

/// The base scenario with one value changed is refused.
#[track_caller]
fn assert_refuses(path: &str, value: &str) {
    assert_refused(&Scenario::half_year().set(path, value));
}

#[test]
fn funding_years_whose_shares_do_not_add_up() {
    assert_refuses(r#"funding.year."2024/25".share"#, "90%");
}

#[test]
fn funding_years_that_do_not_cover_the_programme() {
    assert_refuses(r#"funding.year."2024/25".ends"#, "2024-12-31");
}

#[test]
fn a_funding_year_that_does_not_end_on_a_calendar_quarter() {
    assert_refuses(r#"funding.year."2024/25".ends"#, "2025-04-30");
}

#[test]
fn parts_of_the_funding_that_do_not_add_up() {
    assert_refuses("funding.basic.share", "50%");
}

#[test]
fn a_programme_that_ends_before_it_starts() {
    assert_refuses("programme.ends", "2024-09-30");
}

#[test]
fn a_hazard_without_its_time_or_of_certainty() {
    assert_refuses("option.In-house.team.Coaches.leavers", "5%");
    assert_refuses("option.In-house.team.Coaches.leavers", r#"{ is = "100%", per = "month" }"#);
    assert_refuses("option.In-house.team.Coaches.fails", r#"{ is = "5%", per = "week" }"#);
}

#[test]
fn a_share_outside_nought_to_all() {
    assert_refuses("journey.attends", "101%");
    assert_refuses("journey.attends", "-1%");
    assert_refuses("journey.attends", "nan");
}

#[test]
fn a_value_in_the_unit_of_another_key() {
    assert_refuses("journey.support", "£12");
    assert_refuses("journey.support", "12");
    assert_refuses("journey.attends", "2 weeks");
    assert_refuses("locality.Bury.costs.Lead.once", "12 weeks");
    assert_refuses("programme.starts", "1 October 2024");
}

#[test]
fn a_family_whose_support_leaves_the_key_s_domain() {
    assert_refuses("journey.attends", r#"{ least = "50%", likely = "80%", most = "120%" }"#);
    assert_refuses(
        "journey.patience",
        r#"{ least = "-1 week", likely = "1 week", most = "2 weeks" }"#,
    );
}

#[test]
fn a_range_in_the_wrong_order() {
    assert_refuses("journey.patience", r#"{ nine_in_ten = ["8 weeks", "4 weeks"] }"#);
    assert_refuses("journey.patience", r#"{ p10_p50_p90 = ["4 weeks", "3 weeks", "8 weeks"] }"#);
    assert_refuses(
        "journey.patience",
        r#"{ least = "4 weeks", likely = "3 weeks", most = "8 weeks" }"#,
    );
}

#[test]
fn a_mix_of_cohorts_that_does_not_add_up_or_names_nobody() {
    assert_refuses("locality.Bury.referrals.GP.cohorts", r#"{ everyone = "90%" }"#);
    assert_refuses("locality.Bury.referrals.GP.cohorts", r#"{ nobody = "100%" }"#);
}

#[test]
fn names_of_pipelines_stages_cohorts_and_localities_that_are_not_there() {
    assert_refuses("option.In-house.team.Coaches.route", "tender");
    assert_refuses("option.In-house.team.Coaches.recruitment", "council");
    assert_refuses("option.In-house.team.Coaches.accepts", r#"["nobody"]"#);
    assert_refuses("option.In-house.team.Coaches.serves", r#"["Rochdale"]"#);
    let routed = Scenario::half_year().stage("quotes", "quotes", "10 days").team("route", "quotes");
    assert_refused(&routed.clone().team("recruits_after", "award"));
    assert_refused(&routed.set("pipeline.quotes.stage.quotes.back_to", "specification"));
}

#[test]
fn two_rates_of_referral_for_one_source() {
    let scenario =
        Scenario::half_year().locality("population", "200_000").source("per_100k_per_month", "50");
    assert_refused(&scenario);
}

#[test]
fn a_rate_per_100k_without_a_population() {
    let scenario = Scenario::half_year()
        .without("locality.Bury.referrals.GP.per_month")
        .source("per_100k_per_month", "50");
    assert_refused(&scenario);
}

#[test]
fn an_input_in_two_groups_of_correlation_or_in_one_that_is_too_strong() {
    let scenario = Scenario::half_year()
        .source("per_month", "{ nine_in_ten = [20, 60] }")
        .source("eligible", r#"{ nine_in_ten = ["60%", "90%"] }"#)
        .set("correlated.one.inputs", r#"["locality.*.referrals.*.per_month"]"#)
        .set("correlated.one.correlation", "0.5");
    let twice = scenario
        .clone()
        .set("correlated.two.inputs", r#"["locality.Bury.referrals.GP.*"]"#)
        .set("correlated.two.correlation", "0.5");
    assert_refused(&twice);
    assert_refused(&scenario.clone().set("correlated.one.correlation", "1"));
    assert_refused(&scenario.clone().set("correlated.one.correlation", "-0.1"));
    assert_refused(
        &scenario.set("correlated.one.inputs", r#"["locality.*.referral.*.per_month"]"#),
    );
}

#[test]
fn what_is_compulsory_and_missing() {
    for path in [
        "title",
        "programme.starts",
        "programme.ends",
        "funding.claims",
        "funding.basic.share",
        "funding.year",
        "journey.support",
        "locality.Bury.referrals.GP.per_month",
        "locality.Bury.agreed_participants",
        "pipeline.quotes.stage.quotes.takes",
    ] {
        let scenario = Scenario::half_year()
            .stage("quotes", "quotes", "10 days")
            .set("pipeline.quotes.stage.quotes.fails", "10%");
        assert_refused(&scenario.without(path));
    }
}
