//! Section 3 of the model: who is referred, and when.
//!
//! Referrals are Poisson, so counts are compared with their expected value within four standard
//! errors, and with one another exactly.

mod common;

use common::{Scenario, assert_near, assert_poisson_mean, assert_share};

const REPLICATES: u32 = 256;

/// Whether so many days of full flow, at 100 people a month, arrive in the mean.
#[track_caller]
fn assert_days_of_full_flow(scenario: &Scenario, days: f64) {
    let run = scenario.run_with(REPLICATES, &[]);
    assert_poisson_mean(run.mean("referrals"), 100.0 * 12.0 / 365.25 * days, REPLICATES);
}

#[test]
fn a_source_sends_its_monthly_number_over_the_mean_month_of_a_year() {
    assert_days_of_full_flow(&Scenario::half_year().steady("100"), 182.0);
}

#[test]
fn a_rate_per_100k_scales_with_the_locality_s_population() {
    // 50 per 100,000 of 200,000 people are 100.
    let scenario = Scenario::half_year()
        .without("locality.Bury.referrals")
        .locality("population", "200_000")
        .source("per_100k_per_month", "50");
    assert_days_of_full_flow(&scenario, 182.0);
}

#[test]
fn a_ramp_counts_half_days_from_the_opening() {
    // Days 0 to 90 give (d + 1/2)/91, together 45.5 days of full flow; days 91 to 181 give 91.
    let scenario = Scenario::half_year().steady("100").source("ramp", "91 days");
    assert_days_of_full_flow(&scenario, 136.5);
}

#[test]
fn a_ramp_counts_from_the_source_s_start_when_that_is_later() {
    // From day 31: 31 days of ramp give 15.5, then days 62 to 181 give 120.
    let scenario = Scenario::half_year()
        .steady("100")
        .source("starts", "2024-11-01")
        .source("ramp", "31 days");
    assert_days_of_full_flow(&scenario, 135.5);
}

#[test]
fn a_ramp_counts_from_the_opening_when_that_is_later() {
    // Opened on day 61: 61 days of ramp give 30.5, then days 122 to 181 give 60.
    let scenario = Scenario::half_year()
        .steady("100")
        .set("programme.opens", "2024-12-01")
        .source("ramp", "61 days");
    assert_days_of_full_flow(&scenario, 90.5);
}

#[test]
fn a_season_multiplies_the_flow_of_its_calendar_month() {
    // December at a half gives 15.5 days, January at two gives 62, the other four months 120.
    let scenario =
        Scenario::half_year().steady("100").source("season.dec", "0.5").source("season.jan", "2");
    assert_days_of_full_flow(&scenario, 197.5);
}

#[test]
fn a_season_of_nought_sends_nobody_in_its_month() {
    let run = Scenario::half_year().steady("100").source("season.dec", "0").run();
    assert_eq!(run.option("In-house").month("referrals", "2024-12"), 0.0);
    assert!(run.option("In-house").month("referrals", "2025-01") > 0.0);
}

#[test]
fn a_source_sends_from_its_first_day_to_its_last_both_included() {
    let scenario = Scenario::half_year()
        .steady("100")
        .source("starts", "2024-11-10")
        .source("ends", "2024-11-30");
    assert_days_of_full_flow(&scenario, 21.0);
}

#[test]
fn nobody_is_referred_after_the_last_day_of_referrals() {
    // The last day, 31 December, is day 91 and still counts.
    let scenario = Scenario::half_year().steady("100").set("programme.last_referral", "2024-12-31");
    assert_days_of_full_flow(&scenario, 92.0);
    let run = scenario.run();
    assert_eq!(run.option("In-house").month("referrals", "2025-01"), 0.0);
}

#[test]
fn nobody_is_referred_before_the_opening() {
    // Opened on 1 January, day 92: 90 days remain.
    let scenario = Scenario::half_year().steady("100").set("programme.opens", "2025-01-01");
    assert_days_of_full_flow(&scenario, 90.0);
    assert_eq!(scenario.run().option("In-house").month("referrals", "2024-12"), 0.0);
}

#[test]
fn those_who_are_not_eligible_are_signposted() {
    let run = Scenario::half_year().source("eligible", "60%").run();
    assert_share(run.mean("eligible"), run.mean("referrals"), 0.6);
    let shown = run.mean("eligible") + run.mean("signposted");
    assert_near(shown, run.mean("referrals"), 1e-6);
    run.assert_same("eligible", "plans");
}

#[test]
fn those_past_triage_reach_the_list_at_once_but_must_be_eligible() {
    // The access point's first decision falls after the programme's end, so only those past it
    // are decided on: a quarter, half of them eligible.
    let run = Scenario::half_year()
        .set("programme.opens", "2024-10-01")
        .locality("triage.starts", "2025-03-31")
        .locality("triage.decision", "10 days")
        .source("past_triage", "25%")
        .source("eligible", "50%")
        .run();
    let referrals = run.mean("referrals");
    assert_share(run.mean("plans"), referrals, 0.125);
    assert_share(run.mean("signposted"), referrals, 0.125);
    assert_share(run.mean("in_triage_at_end"), referrals, 0.75);
    assert_eq!(run.exact("first_plan_day"), 0.0);
}

#[test]
fn a_steady_flow_has_the_variance_of_a_poisson_count() {
    // A standard error of a variance is about sqrt(2/n) of it: 0.044 at 1,024 replicates.
    let run = Scenario::october().steady("100").run_with(1024, &[]);
    let mean = 100.0 * 12.0 / 365.25 * 31.0;
    assert_near(run.sd("referrals").powi(2) / mean, 1.0, 0.044);
}

#[test]
fn clustered_months_have_the_stated_variance_beside_the_poisson_one() {
    // m = 100 x 12/365.25 x 31 = 101.85 in October and v = 1/2: m + v m^2 = 5,288. A gamma of that
    // shape has a kurtosis of 6, so a variance has a standard error of about sqrt(5/n) = 0.07.
    let run = Scenario::october().steady("100").source("overdispersion", "0.5").run_with(1024, &[]);
    let mean: f64 = 100.0 * 12.0 / 365.25 * 31.0;
    let variance = mean + 0.5 * mean * mean;
    assert_near(run.mean("referrals"), mean, variance.sqrt() / 32.0);
    assert_near(run.sd("referrals").powi(2) / variance, 1.0, 0.07);
}

#[test]
fn each_calendar_month_has_a_cluster_of_its_own() {
    // October and November: independent months add their variances, 5,288 and 4,957. One factor
    // for both would give 200 + (101.85 + 98.56)^2/2 = 20,283.
    let run = Scenario::half_year()
        .set("programme.ends", "2024-11-30")
        .steady("100")
        .source("overdispersion", "0.5")
        .run_with(1024, &[]);
    let month = |days: f64| 100.0 * 12.0 / 365.25 * days;
    let variance = |mean: f64| mean + 0.5 * mean * mean;
    let expected = variance(month(31.0)) + variance(month(30.0));
    assert_near(run.sd("referrals").powi(2) / expected, 1.0, 0.06);
}

#[test]
fn with_no_limit_anywhere_every_referral_becomes_a_plan() {
    let run = Scenario::half_year().steady("100").run();
    run.assert_same("plans", "referrals");
    assert_eq!(run.exact("wait_mean_days"), 0.0);
}

#[test]
fn everyone_referred_in_time_has_a_plan_on_the_last_day() {
    // Five days to the appointment and five to the plan: who comes on day 171 has it on day 181.
    let run = Scenario::half_year()
        .steady("100")
        .set("programme.last_referral", "2025-03-21")
        .journey("to_first_appointment", "5 days")
        .journey("to_plan", "5 days")
        .run();
    run.assert_same("plans", "referrals");
}

#[test]
fn a_plan_dated_the_day_after_the_end_does_not_count() {
    let run = Scenario::half_year()
        .source("starts", "2025-03-22")
        .source("ends", "2025-03-22")
        .journey("to_first_appointment", "5 days")
        .journey("to_plan", "5 days")
        .run();
    assert_eq!(run.people("plans"), 0);
    run.assert_same("before_plan_at_end", "referrals");
}

#[test]
fn options_that_open_on_different_days_meet_the_same_people() {
    // From the later opening on there is no ramp left to tell them apart.
    let run = Scenario::half_year()
        .steady("100")
        .set("option.Later.opens", "2025-01-01")
        .set("option.Later.team.Coaches.posts", "1")
        .run();
    let (early, later) = (run.option("In-house"), run.option("Later"));
    for month in ["2025-01", "2025-02", "2025-03"] {
        assert_eq!(early.month("referrals", month), later.month("referrals", month));
    }
    assert_eq!(later.month("referrals", "2024-12"), 0.0);
    assert!(early.month("referrals", "2024-12") > 0.0);
}
