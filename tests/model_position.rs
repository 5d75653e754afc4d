//! A programme planned from its middle: who is there on day 0.

mod common;

use common::Scenario;

/// Nobody is referred any more; coaches are there.
fn from_today() -> Scenario {
    Scenario::half_year().source("per_month", "0").team("in_post_from", "2024-10-01")
}

#[test]
fn people_on_the_list_are_served_before_everybody_who_comes_later() {
    let run = Scenario::half_year()
        .locality("opening.waiting.everyone", "30")
        .team("participants_max", "40")
        .run();
    assert_eq!(run.people("opening_waiting"), 30);
    assert_eq!(run.people("plans"), 40);
    // Of those who were allocated nobody waited.
    assert_eq!(run.exact("wait_mean_days"), 0.0);
}

#[test]
fn somebody_on_the_list_may_withdraw_and_their_patience_counts_from_today() {
    let run = from_today()
        .locality("opening.waiting.everyone", "30")
        .journey("patience", "10 days")
        .team("caseload", "10")
        .team("in_post_from", "2024-10-01")
        .run();
    assert_eq!(run.people("plans"), 10);
    assert_eq!(run.people("withdrew"), 20);
}

#[test]
fn people_in_support_hold_their_slots() {
    let run = Scenario::half_year()
        .locality("opening.in_support.everyone", "8")
        .team("in_post_from", "2024-10-01")
        .team("caseload", "10")
        .journey("support", "100000 days")
        .run();
    assert_eq!(run.people("opening_in_support"), 8);
    assert!(run.mean("plans") < 3.0, "{}", run.mean("plans"));
    assert_eq!(run.option("In-house").month("caseload", "2024-10"), 10.0);
}

#[test]
fn support_under_way_has_a_uniform_part_of_its_length_left() {
    let run = from_today()
        .locality("opening.in_support.everyone", "1000")
        .journey("support", "364 days")
        .run();
    // Half of those with at most 182 of 364 days left leave by the last day, day 181.
    let left = run.mean("completed") / 1000.0;
    assert!((left - 0.5).abs() < 0.01, "{left}");
}

#[test]
fn long_supports_are_met_more_often_so_that_more_is_left_of_them() {
    // Exponential support has no memory: what is left has the mean of the whole.
    let run = from_today()
        .locality("opening.in_support.everyone", "1000")
        .journey("support", "{ exponential = { mean = \"181 days\" } }")
        .run();
    let left = run.mean("completed") / 1000.0;
    let expected = 1.0 - libm::exp(-1.0);
    assert!((left - expected).abs() < 0.03, "{left} beside {expected}");
}

#[test]
fn plans_to_date_count_towards_the_target_but_not_among_new_plans() {
    let run =
        Scenario::half_year().locality("opening.plans", "95").team("participants_max", "5").run();
    assert_eq!(run.people("plans"), 5);
    assert_eq!(run.people("opening_plans"), 95);
    assert_eq!(run.people("plans_in_all"), 100);
    assert_eq!(run.exact("target_met"), 1.0);
    assert_eq!(run.exact("target_day"), 0.0);
}

#[test]
fn those_who_are_there_have_no_time_from_referral_to_appointment() {
    let run = from_today().locality("opening.waiting.everyone", "30").run();
    assert_eq!(run.people("plans"), 30);
    run.assert_none("referral_to_appointment_days");
}
