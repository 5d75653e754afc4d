//! Section 6 of the model: support, how it ends, and work.

mod common;

use common::{Scenario, assert_share};

/// Ten people get a plan on day 0.
fn ten() -> Scenario {
    Scenario::half_year().team("participants_max", "10")
}

#[test]
fn support_that_outlasts_the_programme_is_neither_completed_nor_left() {
    let run = ten().journey("in_work", "100%").run();
    assert_eq!(run.people("in_support_at_end"), 10);
    assert_eq!(run.people("completed"), 0);
    assert_eq!(run.people("in_work"), 0);
}

#[test]
fn support_that_ends_on_the_last_day_is_completed() {
    let run = ten().journey("support", "181 days").journey("in_work", "100%").run();
    assert_eq!(run.people("completed"), 10);
    assert_eq!(run.people("in_work"), 10);
}

#[test]
fn support_that_ends_the_day_after_is_not() {
    let run = ten().journey("support", "182 days").journey("in_work", "100%").run();
    assert_eq!(run.people("completed"), 0);
    assert_eq!(run.people("in_work"), 0);
}

#[test]
fn support_is_rounded_half_up() {
    assert_eq!(ten().journey("support", "181.4 days").run().people("completed"), 10);
    assert_eq!(ten().journey("support", "181.5 days").run().people("completed"), 0);
}

#[test]
fn the_end_of_support_frees_the_slot_on_that_day() {
    // Ten slots, taken on days 0, 10, 20 and 30.
    let run = Scenario::october().team("caseload", "10").journey("support", "10 days").run();
    assert_eq!(run.people("plans"), 40);
    assert_eq!(run.people("completed"), 30);
    assert_eq!(run.people("in_support_at_end"), 10);
}

#[test]
fn support_of_less_than_half_a_day_frees_the_slot_on_the_next_day() {
    let run = Scenario::october().team("caseload", "10").journey("support", "0.4 days").run();
    assert_eq!(run.people("plans"), 310);
}

#[test]
fn support_is_counted_from_the_plan_and_the_slot_from_allocation() {
    // Each place is held for 2 + 3 + 5 days: taken on days 0, 10, 20 and 30.
    let run = Scenario::october()
        .team("caseload", "10")
        .journey("to_first_appointment", "2 days")
        .journey("to_plan", "3 days")
        .journey("support", "5 days")
        .run();
    assert_eq!(run.people("plans"), 30);
    assert_eq!(run.people("before_plan_at_end"), 10);
    assert_eq!(run.people("completed"), 30);
}

#[test]
fn work_is_found_by_those_who_had_none_and_kept_by_those_who_had() {
    let in_work = ten().journey("support", "30 days").journey("in_work", "100%");
    let run = in_work.run();
    assert_eq!((run.people("found_work"), run.people("kept_work")), (10, 0));
    let run = in_work.journey("employed_at_start", "100%").run();
    assert_eq!((run.people("found_work"), run.people("kept_work")), (0, 10));
}

#[test]
fn work_is_a_chance_of_those_who_complete() {
    let run = Scenario::half_year()
        .journey("support", "30 days")
        .journey("employed_at_start", "40%")
        .journey("in_work", "50%")
        .run();
    run.assert_same("completed", "referrals");
    assert_share(run.mean("in_work"), run.mean("completed"), 0.5);
    assert_share(run.mean("kept_work"), run.mean("completed"), 0.2);
}

#[test]
fn work_that_lasts_is_a_share_of_work_whenever_the_period_ends() {
    // Twenty-six weeks from day 181 are long after the programme.
    let in_work = Scenario::half_year().journey("support", "181 days").journey("in_work", "100%");
    let run = in_work.clone().journey("sustained", "100%").run();
    run.assert_same("sustained", "in_work");
    let run = in_work.journey("sustained", "60%").run();
    assert_share(run.mean("sustained"), run.mean("in_work"), 0.6);
}

#[test]
fn people_leave_early_with_their_chance() {
    // Nobody's support of 100 days outlasts the programme.
    let run =
        Scenario::half_year().journey("support", "100 days").journey("disengages", "30%").run();
    assert_share(run.mean("disengaged"), run.mean("plans"), 0.3);
    assert_eq!(run.people("in_support_at_end"), 0);
}

#[test]
fn those_who_leave_early_do_so_at_a_uniform_fraction_of_their_support() {
    // Of 100 days, rounded once: gone by day 30 are fractions below 0.305.
    let run =
        Scenario::october().journey("support", "100 days").journey("disengages", "100%").run();
    assert_share(run.mean("disengaged"), run.mean("plans"), 0.305);
    assert_eq!(run.people("completed"), 0);
}

#[test]
fn those_who_leave_early_have_a_chance_of_work_of_their_own() {
    let run = Scenario::half_year()
        .journey("support", "100 days")
        .journey("disengages", "100%")
        .journey("in_work", "0%")
        .journey("in_work_if_disengaged", "100%")
        .run();
    run.assert_same("disengaged", "plans");
    run.assert_same("in_work", "disengaged");
    let run = Scenario::half_year()
        .journey("support", "100 days")
        .journey("disengages", "100%")
        .journey("in_work", "100%")
        .run();
    assert_eq!(run.people("in_work"), 0);
}

#[test]
fn the_target_is_met_on_the_day_of_the_plan_that_reaches_it() {
    // Ten plans on day 0 and five on day 61.
    let scenario = Scenario::half_year().plans_on(&[("2024-10-01", 10), ("2024-12-01", 5)]);
    let at = |agreed: &str| scenario.clone().locality("agreed_participants", agreed).run();
    let run = at("10");
    assert_eq!((run.exact("target_met"), run.exact("target_day")), (1.0, 0.0));
    let run = at("15");
    assert_eq!((run.exact("target_met"), run.exact("target_day")), (1.0, 61.0));
    let run = at("16");
    assert_eq!(run.exact("target_met"), 0.0);
    run.assert_none("target_day");
}

#[test]
fn plans_are_counted_in_the_funding_year_of_their_day() {
    // 31 March 2025 is the last day of 2024/25.
    let run = Scenario::two_years()
        .plans_on(&[("2024-10-01", 10), ("2025-03-31", 5), ("2025-04-01", 20)])
        .run();
    assert_eq!(run.people("plans_by_year.2024/25"), 15);
    assert_eq!(run.people("plans_by_year.2025/26"), 20);
}

#[test]
fn months_show_plans_when_they_were_agreed() {
    let run = Scenario::half_year().plans_on(&[("2024-10-31", 10), ("2024-11-01", 5)]).run();
    let bury = run.option("In-house");
    assert_eq!(bury.month("plans", "2024-10"), 10.0);
    assert_eq!(bury.month("plans", "2024-11"), 5.0);
    assert_eq!(bury.month("plans", "2024-12"), 0.0);
}

#[test]
fn coach_weeks_are_hours_in_post_induction_included_and_absence_not_taken_off() {
    // Two posts of 0.6 FTE over 182 days.
    let run = Scenario::half_year()
        .team("posts", "2")
        .team("fte", "0.6")
        .team("induction", "30 days")
        .team("absence", "10%")
        .run();
    assert_eq!(run.days_in_post(), 218.4);
}
