//! Section 6 of the model: the waiting list, patience and the first appointment.

mod common;

use common::{Scenario, assert_near, assert_share};

/// Everyone is referred on day 0 and nobody can take them before the day stated.
fn waiting_until(day: &str) -> Scenario {
    Scenario::half_year().set("programme.opens", "2024-10-01").team("begins", day)
}

#[test]
fn a_wait_is_counted_from_triage_to_allocation() {
    let run = waiting_until("2024-10-15").run();
    assert_eq!(run.exact("wait_mean_days"), 14.0);
    assert_eq!(run.exact("wait_p90_days"), 14.0);
}

#[test]
fn the_appointment_follows_allocation_and_the_plan_the_appointment() {
    let run = waiting_until("2024-10-15")
        .journey("to_first_appointment", "5 days")
        .journey("to_plan", "7 days")
        .run();
    assert_eq!(run.exact("referral_to_appointment_days"), 19.0);
    assert_eq!(run.exact("first_plan_day"), 26.0);
}

#[test]
fn each_of_the_two_delays_is_rounded_half_up() {
    let run = Scenario::half_year()
        .journey("to_first_appointment", "1.5 days")
        .journey("to_plan", "1.5 days")
        .run();
    assert_eq!(run.exact("first_plan_day"), 4.0);
}

#[test]
fn the_longest_list_is_everyone_who_waits_at_once() {
    waiting_until("2024-10-15").run().assert_same("longest_list", "referrals");
}

#[test]
fn a_person_whose_wait_only_reaches_their_patience_stays() {
    // A wait of ten days does not exceed ten days of patience, and allocation comes on that day.
    let run = waiting_until("2024-10-11").journey("patience", "10 days").run();
    assert_eq!(run.people("withdrew"), 0);
    run.assert_same("plans", "referrals");
}

#[test]
fn a_person_withdraws_on_the_day_on_which_the_wait_exceeds_their_patience() {
    // On day 11 withdrawals come before allocation.
    let run = waiting_until("2024-10-12").journey("patience", "10 days").run();
    assert_eq!(run.people("plans"), 0);
    run.assert_same("withdrew", "referrals");
}

#[test]
fn patience_is_not_rounded() {
    // 9.5 days would be ten if it were rounded; ten days of waiting exceed it.
    let run = waiting_until("2024-10-11").journey("patience", "9.5 days").run();
    run.assert_same("withdrew", "referrals");
    // 10.4 days would be ten, and eleven days exceed both; ten do not exceed 10.4.
    let run = waiting_until("2024-10-11").journey("patience", "10.4 days").run();
    run.assert_same("plans", "referrals");
}

#[test]
fn patience_runs_from_the_day_triage_is_done() {
    let decided_on_day_5 = |team: &str| {
        waiting_until(team)
            .locality("triage.decision", "5 days")
            .journey("patience", "10 days")
            .run()
    };
    decided_on_day_5("2024-10-16").assert_same("plans", "referrals");
    decided_on_day_5("2024-10-17").assert_same("withdrew", "referrals");
}

#[test]
fn patience_of_those_past_triage_runs_from_the_referral() {
    let past = |team: &str| {
        waiting_until(team)
            .locality("triage.decision", "5 days")
            .source("past_triage", "100%")
            .journey("patience", "10 days")
            .run()
    };
    past("2024-10-11").assert_same("plans", "referrals");
    past("2024-10-12").assert_same("withdrew", "referrals");
}

#[test]
fn patience_that_varies_between_people_thins_the_list_by_its_distribution() {
    // Of an exponential patience of mean 20 days, exp(-10/20) lasts ten days or more.
    let run = waiting_until("2024-10-11")
        .journey("patience", r#"{ exponential = { mean = "20 days" } }"#)
        .run();
    assert_share(run.mean("plans"), run.mean("referrals"), 0.606_53);
}

#[test]
fn a_cohort_s_patience_comes_before_everyone_s() {
    let run = waiting_until("2024-10-12")
        .journey("patience", "10 days")
        .without("cohort")
        .set("cohort.everyone.patience", "20 days")
        .run();
    run.assert_same("plans", "referrals");
}

#[test]
fn those_who_miss_their_appointment_are_lost() {
    let run = Scenario::half_year().journey("attends", "0%").run();
    run.assert_same("did_not_attend", "referrals");
}

#[test]
fn attendance_is_a_chance_for_each_person() {
    let run = Scenario::half_year().journey("attends", "70%").run();
    assert_share(run.mean("plans"), run.mean("referrals"), 0.7);
}

#[test]
fn a_source_s_attendance_stands_before_the_cohort_s() {
    let run = Scenario::half_year().journey("attends", "0%").source("attends", "100%").run();
    run.assert_same("plans", "referrals");
}

#[test]
fn each_rebooked_appointment_has_the_chance_again() {
    // 1 - (1/2)^3.
    let run = Scenario::half_year().journey("attends", "50%").journey("rebook", "2").run();
    assert_share(run.mean("plans"), run.mean("referrals"), 0.875);
}

#[test]
fn attendance_falls_by_a_rate_for_each_week_waited() {
    // Two weeks at a rate of a half: exp(-1), not (1 - 1/2)^2.
    let run = waiting_until("2024-10-15").journey("fewer_attend_per_week_waited", "50%").run();
    assert_share(run.mean("plans"), run.mean("referrals"), 0.367_88);
}

#[test]
fn weeks_waited_are_not_rounded() {
    // Ten days are 10/7 weeks: exp(-0.714).
    let run = waiting_until("2024-10-11").journey("fewer_attend_per_week_waited", "50%").run();
    assert_share(run.mean("plans"), run.mean("referrals"), 0.489_54);
}

#[test]
fn weeks_waited_are_those_on_the_list_alone() {
    // Two weeks of triage and three to the appointment cost no attendance.
    let run = Scenario::half_year()
        .locality("triage.decision", "14 days")
        .journey("to_first_appointment", "21 days")
        .journey("fewer_attend_per_week_waited", "50%")
        .run();
    run.assert_same("plans", "referrals");
}

#[test]
fn a_rebooked_appointment_counts_the_same_weeks() {
    // 1 - (1 - exp(-1))^2; had the wait gone on for the week to the second one, 0.509.
    let run = waiting_until("2024-10-15")
        .journey("fewer_attend_per_week_waited", "50%")
        .journey("to_first_appointment", "7 days")
        .journey("rebook", "1")
        .run();
    assert_share(run.mean("plans"), run.mean("referrals"), 0.600_42);
}

#[test]
fn a_missed_appointment_keeps_the_slot_until_the_last_rebooking() {
    // Ten slots, taken on day 0, given up on day 14 after two appointments, again on day 28.
    let run = Scenario::october()
        .team("caseload", "10")
        .journey("to_first_appointment", "7 days")
        .journey("attends", "0%")
        .journey("rebook", "1")
        .run();
    assert_eq!(run.people("did_not_attend"), 20);
    assert_eq!(run.people("before_plan_at_end"), 10);
}

#[test]
fn a_slot_is_never_free_on_the_day_on_which_it_was_taken() {
    // Each of ten people a day misses the appointment on the very day; 31 days.
    let run = Scenario::october().team("caseload", "10").journey("attends", "0%").run();
    assert_eq!(run.people("did_not_attend"), 310);
}

#[test]
fn no_plan_frees_the_slot_on_the_day_of_the_refusal() {
    // Taken on days 0, 5, ... 25, lost five days later, six times; the last ten taken on day 30.
    let run = Scenario::october()
        .team("caseload", "10")
        .journey("to_first_appointment", "2 days")
        .journey("to_plan", "3 days")
        .journey("plan_agreed", "0%")
        .run();
    assert_eq!(run.people("no_plan"), 60);
    assert_eq!(run.people("before_plan_at_end"), 10);
    assert_eq!(run.people("plans"), 0);
}

#[test]
fn a_plan_is_agreed_with_its_chance() {
    let run = Scenario::half_year().journey("plan_agreed", "80%").run();
    assert_share(run.mean("plans"), run.mean("referrals"), 0.8);
}

/// Two sources of one day each; people of the first named cohort find work, the others do not.
fn two_sources(first: (&str, &str), second: (&str, &str)) -> Scenario {
    let mut scenario = Scenario::half_year()
        .without("cohort")
        .without("locality.Bury.referrals")
        .set("cohort.finds.in_work", "100%")
        .set("cohort.not.in_work", "0%")
        .set("programme.opens", "2024-10-01")
        .team("begins", "2024-10-11")
        .team("participants_max", "10")
        .journey("support", "5 days");
    for (name, (cohort, day)) in [("First", first), ("Second", second)] {
        scenario = scenario
            .locality(&format!("referrals.{name}.per_month"), "30_000")
            .locality(&format!("referrals.{name}.starts"), day)
            .locality(&format!("referrals.{name}.ends"), day)
            .locality(&format!("referrals.{name}.cohorts"), &format!(r#"{{ {cohort} = "100%" }}"#));
    }
    scenario
}

#[test]
fn who_came_first_is_served_first() {
    let run = two_sources(("not", "2024-10-02"), ("finds", "2024-10-01")).run();
    assert_eq!(run.people("in_work"), 10);
    let run = two_sources(("finds", "2024-10-02"), ("not", "2024-10-01")).run();
    assert_eq!(run.people("in_work"), 0);
}

#[test]
fn of_those_who_came_on_one_day_the_source_first_in_the_file_is_served_first() {
    let run = two_sources(("finds", "2024-10-01"), ("not", "2024-10-01")).run();
    assert_eq!(run.people("in_work"), 10);
    let run = two_sources(("not", "2024-10-01"), ("finds", "2024-10-01")).run();
    assert_eq!(run.people("in_work"), 0);
}

#[test]
fn a_list_is_in_the_order_of_triage_done_and_not_of_referral() {
    // Those referred on day 0 are decided on day 5; those past triage are on the list from day 2.
    let run = two_sources(("not", "2024-10-01"), ("finds", "2024-10-03"))
        .locality("triage.decision", "5 days")
        .locality("referrals.Second.past_triage", "100%")
        .run();
    assert_eq!(run.people("in_work"), 10);
}

#[test]
fn the_share_seen_within_28_days_counts_to_the_attended_appointment() {
    // Waiting to day 14 and 14 days to the appointment make 28; one day more is too late.
    let scenario = waiting_until("2024-10-15");
    let seen = scenario.clone().journey("to_first_appointment", "14 days").run();
    assert_eq!(seen.exact("seen_within_28_days"), 1.0);
    let late = scenario.journey("to_first_appointment", "15 days").run();
    assert_eq!(late.exact("seen_within_28_days"), 0.0);
}

#[test]
fn those_whose_28_days_end_after_the_programme_are_not_judged() {
    let run =
        Scenario::half_year().source("starts", "2025-03-10").source("ends", "2025-03-10").run();
    run.assert_none("seen_within_28_days");
}

#[test]
fn utilisation_is_the_share_of_slot_days_used() {
    let run = Scenario::half_year().team("caseload", "10").run();
    assert_near(run.exact("utilisation"), 1.0, 1e-9);
    // Five of ten slots, from the first day to the last.
    let run = Scenario::half_year().team("caseload", "10").team("participants_max", "5").run();
    assert_near(run.exact("utilisation"), 0.5, 1e-9);
}

#[test]
fn no_one_allocated_is_no_wait_rather_than_a_wait_of_nought() {
    let run = Scenario::half_year().team("participants_max", "10").source("eligible", "0%").run();
    run.assert_none("wait_mean_days");
    run.assert_none("first_plan_day");
}
