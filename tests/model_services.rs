//! Onward services: lists, capacity, budgets, and what they change.

mod common;

use common::{Scenario, assert_near, assert_share};

/// About 985 plans on day 0 with 30 days of support; everyone needs the one service.
fn everyone() -> Scenario {
    Scenario::half_year()
        .journey("support", "30 days")
        .journey("in_work", "20%")
        .journey("needs.therapy", "100%")
        .set("service.therapy.unit_cost", "£100")
}

fn therapy(scenario: Scenario, key: &str, value: &str) -> Scenario {
    scenario.set(&format!("service.therapy.{key}"), value)
}

#[test]
fn a_service_without_limits_multiplies_the_odds_of_everyone_who_needs_it() {
    // Odds of 1 to 4, times 6, are 3 to 2.
    let run = therapy(everyone(), "changes_in_work", "6").run();
    run.assert_same("service.therapy.began", "plans");
    run.assert_same("service.therapy.done_in_time", "plans");
    assert_eq!(run.exact("service.therapy.wait_mean_days"), 0.0);
    assert_eq!(run.people("service.therapy.unmet"), 0);
    assert_share(run.mean("in_work"), run.mean("completed"), 0.6);
}

#[test]
fn half_of_people_need_it_and_only_theirs_odds_change() {
    let run = therapy(everyone(), "changes_in_work", "6").journey("needs.therapy", "50%").run();
    assert_share(run.mean("service.therapy.needed"), run.mean("plans"), 0.5);
    assert_share(run.mean("in_work"), run.mean("completed"), 0.4);
}

#[test]
fn a_service_that_changes_nothing_changes_nobodys_work() {
    let with = everyone().run();
    let without = everyone().without("service").without("journey.needs").run();
    for metric in ["in_work", "found_work", "completed", "sustained", "plans"] {
        let (one, two) = (with.option("In-house"), without.option("In-house"));
        assert_eq!(one.metric(metric), two.metric(metric), "{metric}");
    }
}

#[test]
fn a_use_costs_its_unit_on_the_day_it_begins_and_may_be_claimed() {
    let run = therapy(everyone(), "capacity_per_month", "30.4375").run();
    // One a day from day 0 to day 29; support ends on day 30.
    assert_eq!(run.people("service.therapy.began"), 30);
    assert_eq!(run.pounds("cost.therapy"), 3_000.0);
    assert_eq!(run.pounds("eligible_expenditure"), 3_000.0);
    assert_eq!(run.option("In-house").month("cost", "2024-10"), 3_000.0);
    // Waits of 0 to 29 days.
    assert_near(run.exact("service.therapy.wait_mean_days"), 14.5, 1e-9);
    let run = therapy(everyone(), "eligible", "false").run();
    assert_eq!(run.pounds("eligible_expenditure"), 0.0);
}

#[test]
fn capacity_that_nobody_uses_is_kept_for_a_week_at_most() {
    // One a day; plans on day 40: seven at once, then one a day to day 69, support ending on 70.
    let run = therapy(everyone(), "capacity_per_month", "30.4375")
        .set("programme.opens", "2024-10-01")
        .team("begins", "2024-11-10")
        .run();
    assert_eq!(run.people("service.therapy.began"), 7 + 29);
}

#[test]
fn a_budget_is_never_exceeded_and_pays_whole_uses() {
    let run = therapy(everyone(), "budget", "£950").run();
    assert_eq!(run.people("service.therapy.began"), 9);
    assert_eq!(run.pounds("cost.therapy"), 900.0);
    run.assert_same("service.therapy.needed", "plans");
    let needed = run.mean("service.therapy.needed");
    assert_near(run.mean("service.therapy.unmet"), needed - 9.0, 1e-6);
}

#[test]
fn the_published_budget_of_stockport_buys_whole_uses_only() {
    // £335,645 at £397 each: 845 uses and £180 left.
    let run = therapy(everyone(), "budget", "£335,645")
        .set("service.therapy.unit_cost", "£397")
        .source("per_month", "60_000")
        .run();
    assert_eq!(run.people("service.therapy.began"), 845);
    assert_eq!(run.pounds("cost.therapy"), 335_465.0);
}

#[test]
fn a_service_that_ends_after_support_changes_nothing() {
    let late = therapy(everyone(), "changes_in_work", "1000");
    let run = therapy(late.clone(), "takes", "31 days").run();
    assert_eq!(run.people("service.therapy.done_in_time"), 0);
    assert_share(run.mean("in_work"), run.mean("completed"), 0.2);
    let run = therapy(late, "takes", "30 days").run();
    run.assert_same("service.therapy.done_in_time", "plans");
}

#[test]
fn a_service_that_ends_after_the_programme_is_not_done_in_time() {
    let october = everyone().set("programme.ends", "2024-10-31").journey("support", "90 days");
    let run = therapy(october.clone(), "takes", "30 days").run();
    run.assert_same("service.therapy.done_in_time", "plans");
    let run = therapy(october, "takes", "31 days").run();
    assert_eq!(run.people("service.therapy.done_in_time"), 0);
}

/// Therapy, then skills, 20 days each, in 30 days of support.
fn two_services() -> Scenario {
    therapy(everyone(), "takes", "20 days")
        .journey("needs.skills", "100%")
        .set("service.skills.unit_cost", "£10")
        .set("service.skills.takes", "20 days")
}

#[test]
fn one_after_another_the_second_begins_when_the_first_has_ended() {
    let run = two_services().run();
    run.assert_same("service.skills.began", "plans");
    assert_eq!(run.people("service.skills.done_in_time"), 0);
    assert_eq!(run.exact("service.skills.wait_mean_days"), 0.0);
    assert_eq!(run.option("In-house").month("cost", "2024-11"), 0.0);
}

#[test]
fn at_once_both_are_done_in_time() {
    let run = two_services().journey("services_at_once", "100%").run();
    run.assert_same("service.therapy.done_in_time", "plans");
    run.assert_same("service.skills.done_in_time", "plans");
    let run = two_services().journey("services_at_once", "25%").run();
    assert_share(run.mean("service.skills.done_in_time"), run.mean("plans"), 0.25);
}

#[test]
fn whose_first_service_has_no_money_left_goes_on_to_the_next() {
    let run = therapy(two_services(), "budget", "£500").run();
    assert_eq!(run.people("service.therapy.began"), 5);
    let plans = run.mean("plans");
    assert_near(run.mean("service.skills.done_in_time"), plans - 5.0, 1e-6);
}

#[test]
fn a_service_is_only_for_the_localities_that_it_serves() {
    let run = therapy(everyone().with_bolton(), "serves", r#"["Bolton"]"#).run();
    let (bury, bolton) = (run.at("In-house", "Bury"), run.at("In-house", "Bolton"));
    bury.assert_same("service.therapy.unmet", "plans");
    bolton.assert_same("service.therapy.began", "plans");
    assert_eq!(bury.pounds("cost.therapy"), 0.0);
    let programme = run.programme();
    assert_near(
        programme.mean("service.therapy.needed"),
        bury.mean("plans") + bolton.mean("plans"),
        1e-6,
    );
}

#[test]
fn two_localities_share_one_list_and_the_first_in_the_file_goes_first_on_a_day() {
    let run = therapy(everyone().with_bolton(), "budget", "£1,000").run();
    assert_eq!(run.at("In-house", "Bury").people("service.therapy.began"), 10);
    assert_eq!(run.at("In-house", "Bolton").people("service.therapy.began"), 0);
}

#[test]
fn priority_requests_are_taken_first() {
    // One a day: with everyone urgent the list is as without; with half, waits stay the same on
    // average, since each day takes one either way.
    let scenario = therapy(everyone(), "capacity_per_month", "30.4375");
    let plain = scenario.clone().run();
    let urgent = therapy(scenario, "priority", "50%").run();
    plain.assert_same("service.therapy.began", "service.therapy.done_in_time");
    assert_eq!(urgent.people("service.therapy.began"), 30);
    // Two batches: the urgent of the second overtake the others of the first.
    let batches = everyone()
        .plans_on(&[("2024-10-01", 40), ("2024-10-15", 40)])
        .journey("support", "21 days");
    let batches = therapy(batches, "capacity_per_month", "30.4375");
    let in_order = batches.clone().run().exact("service.therapy.wait_mean_days");
    let overtaken =
        therapy(batches, "priority", "50%").run().mean("service.therapy.wait_mean_days");
    assert!(overtaken < in_order, "{overtaken} against {in_order}");
}

#[test]
fn a_cohort_says_only_which_needs_differ() {
    let run = everyone()
        .source("cohorts", r#"{ everyone = "50%", carers = "50%" }"#)
        .journey("needs.skills", "100%")
        .set("service.skills.unit_cost", "£10")
        .set("cohort.carers.needs.therapy", "0%")
        .run();
    assert_share(run.mean("service.therapy.needed"), run.mean("plans"), 0.5);
    run.assert_same("service.skills.needed", "plans");
}

#[test]
fn people_whose_provider_fails_leave_the_list() {
    let run = therapy(everyone(), "capacity_per_month", "30.4375")
        .journey("support", "5000 days")
        .team("fails", r#"{ is = "99%", per = "month" }"#)
        .run();
    run.assert_same("service.therapy.needed", "plans");
    assert!(run.mean("service.therapy.began") < 60.0);
    run.assert_same("disrupted", "plans");
}

#[test]
fn who_finds_a_job_thanks_to_a_service_has_support_in_work_too() {
    let run = therapy(everyone(), "changes_in_work", "1_000_000")
        .journey("to_job", "10 days")
        .journey("in_work_support", "5000 days")
        .run();
    run.assert_same("in_work", "plans");
    run.assert_same("in_work_support_at_end", "found_work");
}

#[test]
fn a_job_that_has_started_ends_the_wait_for_a_service() {
    // Everyone is in a job on day 10; of one a day, those of days 0 to 9 have begun.
    let run = therapy(everyone(), "capacity_per_month", "30.4375")
        .journey("in_work", "100%")
        .journey("to_job", "10 days")
        .run();
    assert_eq!(run.people("service.therapy.began"), 10);
    run.assert_same("in_work", "plans");
}

#[test]
fn support_in_work_that_a_service_led_to_holds_its_part_of_a_slot() {
    // Ten slots: all found a job on day 30 and hold them to the end.
    let run = therapy(everyone(), "changes_in_work", "1_000_000")
        .journey("in_work_support", "5000 days")
        .team("caseload", "10")
        .run();
    assert_eq!(run.people("plans"), 10);
    assert_eq!(run.exact("utilisation"), 1.0);
}
