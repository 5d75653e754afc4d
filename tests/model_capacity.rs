//! Section 5 of the model: how many people a team can take, and when it stops.
//!
//! Support outlasts the programme unless a test says otherwise, so plans count the places that
//! were ever there. A credit that gains one a day is `30.4375` a month: 365.25/12 days.

mod common;

use common::{Scenario, assert_near};

/// One new start a day for a full-time coach.
const ONE_A_DAY: &str = "30.4375";

/// How many plans every replicate has.
#[track_caller]
fn plans(scenario: &Scenario) -> i64 {
    scenario.run().people("plans")
}

#[test]
fn slots_are_caseload_times_hours_times_presence_rounded_down() {
    // 3 x 7.9 x 0.9 x 90% = 19.197.
    let scenario = Scenario::half_year()
        .team("posts", "3")
        .team("caseload", "7.9")
        .team("fte", "0.9")
        .team("absence", "10%");
    assert_eq!(plans(&scenario), 19);
}

#[test]
fn slots_are_rounded_for_the_team_and_not_for_each_coach() {
    // 2 x 1.9 = 3.8: three slots, not two.
    assert_eq!(plans(&Scenario::half_year().team("posts", "2").team("caseload", "1.9")), 3);
}

#[test]
fn a_caseload_grows_by_half_days_from_the_end_of_induction() {
    // Day 49 is 39 days past an induction of ten: 100 x 39.5/100 = 39.5, so 39 people.
    let scenario = Scenario::half_year()
        .set("programme.ends", "2024-11-19")
        .team("caseload", "100")
        .team("induction", "10 days")
        .team("full_caseload_after", "100 days");
    // It opens on day 11 (100 x 1.5/100), after the source's day.
    let scenario = scenario.set("programme.opens", "2024-10-01");
    assert_eq!(plans(&scenario), 39);
}

#[test]
fn a_caseload_stops_growing_when_it_is_full() {
    let scenario = Scenario::half_year()
        .set("programme.opens", "2024-10-01")
        .team("caseload", "100")
        .team("full_caseload_after", "100 days");
    assert_eq!(plans(&scenario), 100);
}

#[test]
fn new_starts_come_at_their_monthly_rate() {
    // One a day on each of 182 days, the first day included.
    assert_eq!(plans(&Scenario::half_year().team("starts_per_month", ONE_A_DAY)), 182);
}

#[test]
fn new_starts_scale_with_coaches_hours_and_presence() {
    // 5 x 0.5 x 80% = 2 a day.
    let scenario = Scenario::half_year()
        .team("starts_per_month", ONE_A_DAY)
        .team("posts", "5")
        .team("fte", "0.5")
        .team("absence", "20%");
    assert_eq!(plans(&scenario), 364);
}

#[test]
fn new_starts_come_from_coaches_past_induction_only() {
    // Days 14 to 181. The caseload plays no part: growth does not slow the credit.
    let scenario = Scenario::half_year()
        .set("programme.opens", "2024-10-01")
        .team("starts_per_month", ONE_A_DAY)
        .team("induction", "14 days")
        .team("full_caseload_after", "30 days");
    assert_eq!(plans(&scenario), 168);
}

#[test]
fn the_credit_of_idle_days_holds_a_week_s_worth_at_most() {
    // Everyone comes on day 100: seven at once, then one on each of days 101 to 181.
    let scenario = Scenario::half_year()
        .team("starts_per_month", ONE_A_DAY)
        .source("starts", "2025-01-09")
        .source("ends", "2025-01-09");
    assert_eq!(plans(&scenario), 88);
}

#[test]
fn a_credit_below_one_a_week_still_grows_to_one_person() {
    // 0.1 a day: a week's worth is 0.7, but the credit may reach one, on days 9, 19, ... 179. Ten
    // times 0.1 must count as one.
    assert_eq!(plans(&Scenario::half_year().team("starts_per_month", "3.04375")), 18);
}

#[test]
fn a_team_takes_its_maximum_and_no_more() {
    assert_eq!(plans(&Scenario::half_year().team("participants_max", "10")), 10);
}

#[test]
fn those_lost_before_a_plan_give_their_place_back_on_the_day() {
    // Ten are taken on each of days 0 to 30, and lost on the next day.
    let run = Scenario::october()
        .team("participants_max", "10")
        .journey("to_first_appointment", "1 day")
        .journey("attends", "0%")
        .run();
    assert_eq!(run.people("did_not_attend"), 300);
    assert_eq!(run.people("before_plan_at_end"), 10);
}

#[test]
fn those_who_end_their_support_do_not_give_their_place_back() {
    let scenario =
        Scenario::half_year().team("participants_max", "10").journey("support", "5 days");
    assert_eq!(plans(&scenario), 10);
}

#[test]
fn a_team_takes_nobody_new_after_until() {
    // One a day up to and including day 91.
    let scenario =
        Scenario::half_year().team("starts_per_month", ONE_A_DAY).team("until", "2024-12-31");
    assert_eq!(plans(&scenario), 92);
}

#[test]
fn those_who_come_after_until_find_nobody() {
    let run = Scenario::half_year()
        .team("until", "2024-12-31")
        .source("starts", "2025-01-01")
        .source("ends", "2025-01-01")
        .run();
    run.assert_same("waiting_at_end", "referrals");
}

#[test]
fn a_stopped_team_s_posts_go_on_until_its_last_person_leaves() {
    // The last person is taken on day 91 and leaves on day 121. Whether that day is still worked
    // ("until its last person leaves") the model does not say: 121 or 122 days.
    let run = Scenario::half_year()
        .team("starts_per_month", ONE_A_DAY)
        .team("until", "2024-12-31")
        .journey("support", "30 days")
        .run();
    let days = run.days_in_post();
    assert!((days - 121.5).abs() < 0.6, "{days} days in post");
}

#[test]
fn a_stopped_team_s_posts_end_on_the_day_stated() {
    // People are in support to the end, so `staff_until` ends the posts: days 0 to 122.
    let run = Scenario::half_year()
        .team("starts_per_month", ONE_A_DAY)
        .team("until", "2024-12-31")
        .team("staff_until", "2025-01-31")
        .run();
    assert_eq!(run.days_in_post(), 123.0);
}

#[test]
fn an_extended_team_goes_on_while_cost_is_below_the_allocation() {
    let scenario = Scenario::half_year()
        .team("starts_per_month", ONE_A_DAY)
        .team("until", "2024-10-31")
        .team("extended_to", "2025-01-31");
    // Nothing has been spent: one a day on days 0 to 122.
    assert_eq!(plans(&scenario), 123);
}

#[test]
fn an_extended_team_stops_at_until_once_the_allocation_is_spent() {
    let scenario = Scenario::half_year()
        .team("starts_per_month", ONE_A_DAY)
        .team("until", "2024-10-31")
        .team("extended_to", "2025-01-31")
        .cost_once("Lead", "£80,000", "2024-10-01");
    // £80,000 is the allocation, which is not below itself: days 0 to 30.
    assert_eq!(plans(&scenario), 31);
}

#[test]
fn an_extension_is_looked_at_from_one_month_s_end_to_the_next() {
    let scenario = Scenario::half_year()
        .team("starts_per_month", ONE_A_DAY)
        .team("until", "2024-10-31")
        .team("extended_to", "2025-03-31")
        .cost_once("Lead", "£80,000", "2024-12-15");
    // Spent in December, seen on 31 December: days 0 to 91.
    assert_eq!(plans(&scenario), 92);
}

#[test]
fn teams_take_people_in_file_order() {
    // Either team could take everyone, and the first does.
    let scenario = Scenario::half_year().team("price.per_plan", "£1").other_team(
        "Others",
        "price.per_plan",
        "£100",
    );
    let run = scenario.run();
    assert_near(run.mean("cost"), run.mean("plans"), 1e-6);
    let run = scenario.first("option.In-house.team.Others").run();
    assert_near(run.mean("cost"), 100.0 * run.mean("plans"), 1e-6);
}

#[test]
fn the_second_team_takes_those_for_whom_the_first_has_no_place() {
    let run = Scenario::half_year()
        .team("participants_max", "5")
        .team("price.per_plan", "£1")
        .other_team("Others", "caseload", "7")
        .other_team("Others", "price.per_plan", "£100")
        .run();
    assert_eq!(run.people("plans"), 12);
    assert_eq!(run.pounds("cost"), 705.00);
}

/// A source of cohort B on day 0 and one of cohort A on day 1.
fn two_cohorts() -> Scenario {
    Scenario::half_year()
        .without("cohort")
        .set("cohort.A", "{}")
        .set("cohort.B", "{}")
        .source("cohorts", r#"{ B = "100%" }"#)
        .locality("referrals.Later.per_month", "30_000")
        .locality("referrals.Later.starts", "2024-10-02")
        .locality("referrals.Later.ends", "2024-10-02")
        .locality("referrals.Later.cohorts", r#"{ A = "100%" }"#)
}

#[test]
fn people_whom_a_team_does_not_accept_are_passed_over() {
    let run = two_cohorts().team("accepts", r#"["A"]"#).team("participants_max", "10").run();
    assert_eq!(run.people("plans"), 10);
    // They came on day 1, past the people of day 0.
    assert_eq!(run.exact("first_plan_day"), 1.0);
    assert_eq!(run.exact("wait_mean_days"), 0.0);
}

#[test]
fn people_whom_no_team_accepts_wait_to_the_end() {
    let run =
        two_cohorts().without("locality.Bury.referrals.Later").team("accepts", r#"["A"]"#).run();
    run.assert_same("waiting_at_end", "referrals");
}

#[test]
fn a_second_team_takes_the_people_whom_the_first_passes_over() {
    let run = two_cohorts()
        .team("accepts", r#"["A"]"#)
        .team("price.per_plan", "£1")
        .team("participants_max", "10")
        .other_team("Others", "accepts", r#"["B"]"#)
        .other_team("Others", "price.per_plan", "£100")
        .other_team("Others", "participants_max", "20")
        .run();
    assert_eq!(run.people("plans"), 30);
    assert_eq!(run.pounds("cost"), 2_010.00);
}

/// A team that has taken three people (on days 9, 19 and 29) of its twenty when it stops.
fn stopping_early(scenario: Scenario, team: &str) -> Scenario {
    scenario
        .other_team(team, "participants_max", "20")
        .other_team(team, "starts_per_month", "3.04375")
        .other_team(team, "until", "2024-10-31")
}

#[test]
fn the_places_left_of_a_stopped_team_move_to_the_next() {
    let scenario = stopping_early(Scenario::half_year(), "Coaches").other_team(
        "Others",
        "participants_max",
        "5",
    );
    assert_eq!(plans(&scenario), 8);
    // The seventeen places left move: 3 + 5 + 17.
    assert_eq!(plans(&scenario.set("option.In-house.unused_places", "move")), 25);
}

#[test]
fn places_move_from_the_last_team_to_the_first() {
    let scenario = stopping_early(Scenario::half_year().team("participants_max", "5"), "Others")
        .set("option.In-house.unused_places", "move");
    assert_eq!(plans(&scenario), 25);
}

#[test]
fn places_move_past_a_team_that_has_stopped() {
    // Both of the first two stop on the same day; the third takes what both have left: 3 x 2 taken
    // by then, 5 of its own, 34 moved.
    let scenario = stopping_early(Scenario::half_year(), "Coaches");
    let scenario = stopping_early(scenario, "Others")
        .other_team("Third", "participants_max", "5")
        .set("option.In-house.unused_places", "move");
    assert_eq!(plans(&scenario), 45);
}

#[test]
fn places_do_not_move_while_the_team_may_be_extended() {
    // It goes on to day 181 (0.1 a day: eighteen people), so it never stops with places to move
    // while there is a day left to use them.
    let scenario = stopping_early(Scenario::half_year(), "Coaches")
        .team("extended_to", "2025-03-31")
        .other_team("Others", "participants_max", "5")
        .set("option.In-house.unused_places", "move");
    assert_eq!(plans(&scenario), 23);
}

#[test]
fn slots_without_a_caseload_are_not_there_before_the_coach_is() {
    let run = Scenario::half_year()
        .set("programme.opens", "2024-10-01")
        .team("begins", "2024-10-15")
        .run();
    assert_eq!(run.exact("first_plan_day"), 14.0);
}
