//! Section 4 of the model: the single access point.

mod common;

use common::Scenario;

/// Everyone comes on day 100, when the access point has long been idle.
fn coming_on_day_100() -> Scenario {
    Scenario::half_year().source("starts", "2025-01-09").source("ends", "2025-01-09")
}

#[test]
fn no_stated_capacity_is_no_limit() {
    let run = Scenario::half_year().run();
    run.assert_same("plans", "referrals");
}

#[test]
fn capacity_comes_by_the_day() {
    // One a day on each of 182 days.
    let run = Scenario::half_year().locality("triage.capacity_per_week", "7").run();
    assert_eq!(run.people("plans"), 182);
    assert_eq!(run.people("waiting_at_end"), 0);
}

#[test]
fn the_credit_of_idle_days_holds_a_week_at_most() {
    // Seven on day 100, one on each of days 101 to 181.
    let run = coming_on_day_100().locality("triage.capacity_per_week", "7").run();
    assert_eq!(run.people("plans"), 88);
}

#[test]
fn a_capacity_below_one_a_week_still_grows_to_one_person() {
    // 0.1 a day from day 0, one person on days 9, 19, ... 179; ten times 0.1 counts as one.
    let run = Scenario::half_year().locality("triage.capacity_per_week", "0.7").run();
    assert_eq!(run.people("plans"), 18);
}

#[test]
fn credit_comes_from_the_triage_s_start_only() {
    // It starts on day 14; days 14 to 181 are 168.
    let run = Scenario::half_year()
        .set("programme.opens", "2024-10-01")
        .locality("triage.starts", "2024-10-15")
        .locality("triage.capacity_per_week", "7")
        .run();
    assert_eq!(run.people("plans"), 168);
    assert_eq!(run.exact("first_plan_day"), 14.0);
}

#[test]
fn those_who_are_not_eligible_use_capacity_too() {
    let run = Scenario::half_year()
        .locality("triage.capacity_per_week", "7")
        .source("eligible", "50%")
        .run();
    let decided = run.mean("plans") + run.mean("signposted");
    assert!((decided - 182.0).abs() < 1e-6, "{decided} people were decided on");
    assert!(run.mean("signposted") > 0.0);
}

#[test]
fn those_past_triage_use_none_of_its_capacity() {
    let run = Scenario::half_year()
        .locality("triage.capacity_per_week", "7")
        .source("past_triage", "100%")
        .run();
    run.assert_same("plans", "referrals");
}

#[test]
fn enquiries_that_came_before_a_referral_are_dealt_with_before_it() {
    // About 300 enquiries come in the ten days before anyone is referred; one a day is dealt with.
    let run = Scenario::october()
        .source("starts", "2024-10-11")
        .source("ends", "2024-10-11")
        .locality("triage.capacity_per_week", "7")
        .locality("triage.other_enquiries_per_month", "900")
        .run();
    assert_eq!(run.people("plans"), 0);
    run.assert_same("in_triage_at_end", "referrals");
}

#[test]
fn enquiries_without_a_limit_of_capacity_delay_nobody() {
    let run = Scenario::october().locality("triage.other_enquiries_per_month", "900").run();
    run.assert_same("plans", "referrals");
}

#[test]
fn a_decision_takes_its_time_and_no_longer() {
    let run = Scenario::half_year().locality("triage.decision", "5 days").run();
    assert_eq!(run.exact("first_plan_day"), 5.0);
    // The wait is counted from the decision.
    assert_eq!(run.exact("wait_mean_days"), 0.0);
    run.assert_same("plans", "referrals");
}

#[test]
fn a_decision_after_the_end_leaves_its_people_in_triage() {
    let run = Scenario::october().locality("triage.decision", "31 days").run();
    run.assert_same("in_triage_at_end", "referrals");
}

#[test]
fn a_decision_on_the_last_day_is_made() {
    let run = Scenario::october().locality("triage.decision", "30 days").run();
    run.assert_same("plans", "referrals");
}

#[test]
fn those_past_triage_wait_for_no_decision() {
    let run = Scenario::half_year()
        .locality("triage.decision", "5 days")
        .source("past_triage", "100%")
        .run();
    assert_eq!(run.exact("first_plan_day"), 0.0);
}
