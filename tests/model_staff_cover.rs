//! Empty posts and coaches who leave: agency cover, and people who are lost.

mod common;

use common::Scenario;

/// One post, recruited in 50 days, at £36,525 a year: £100 a day.
fn slow_to_fill() -> Scenario {
    Scenario::half_year()
        .quiet()
        .team("recruitment", "council")
        .stage("council", "all", "50 days")
        .team("costs.salary", "£36,525")
}

#[test]
fn an_agency_covers_a_post_until_it_is_filled() {
    let run = slow_to_fill().team("agency.after", "20 days").team("agency.costs_more", "50%").run();
    // Days 20 to 49 at £150; days 50 to 181 at £100.
    assert_eq!(run.pounds("cost.agency"), 30.0 * 150.0);
    assert_eq!(run.pounds("cost.salary"), 132.0 * 100.0);
    assert_eq!(run.days_in_post(), 162.0);
    assert_eq!(run.people("opening_day"), 20);
}

#[test]
fn a_post_that_is_filled_before_the_agency_comes_is_not_covered() {
    let run = slow_to_fill().team("agency.after", "50 days").run();
    assert_eq!(run.pounds("cost.agency"), 0.0);
    assert_eq!(run.people("opening_day"), 50);
}

#[test]
fn agency_coaches_begin_like_new_ones_and_are_no_hires() {
    let run = slow_to_fill()
        .team("agency.after", "10 days")
        .team("induction", "10 days")
        .team("costs.training", "£700")
        .run();
    assert_eq!(run.people("opening_day"), 20);
    assert_eq!(run.pounds("cost.training"), 700.0);
}

#[test]
fn an_agency_covers_a_leaver_to_the_end_where_nobody_recruits() {
    let run = Scenario::half_year()
        .quiet()
        .team("costs.salary", "£36,525")
        .team("leavers", "{ is = \"99.99%\", per = \"month\" }")
        .team("agency.after", "0 days")
        .run_with(64, &[]);
    // Whoever leaves when, somebody is in post on each of the 182 days.
    assert_eq!(run.days_in_post(), 182.0);
    assert!(run.mean("cost.agency") > 0.0);
    let both = run.mean("cost.agency") + run.mean("cost.salary");
    assert!((both - 18_200.0).abs() < 0.02, "{both}");
}

/// Ten people get a plan from one coach on day 0, whose post is certain to fall empty.
fn leaver() -> Scenario {
    Scenario::half_year()
        .team("participants_max", "10")
        .team("leavers", "{ is = \"99.99%\", per = \"month\" }")
}

#[test]
fn without_a_rule_a_leaver_s_people_stay_with_the_team() {
    let run = leaver().run();
    assert_eq!(run.people("disrupted"), 0);
    assert_eq!(run.people("in_support_at_end"), 10);
}

#[test]
fn the_people_of_a_single_coach_are_lost_when_the_coach_leaves() {
    let run = leaver().team("lost_when_coach_leaves", "100%").run();
    assert_eq!(run.people("disrupted"), 10);
    assert_eq!(run.people("in_support_at_end"), 0);
}

#[test]
fn those_without_a_plan_go_back_to_the_list() {
    let run = leaver()
        .team("lost_when_coach_leaves", "100%")
        .team("recruitment", "council")
        .stage("council", "all", "500 days")
        .team("in_post_from", "2024-10-01")
        .journey("to_plan", "170 days")
        .locality("opening.waiting.everyone", "10")
        .source("per_month", "0")
        .run_with(64, &[]);
    // Their coach leaves before day 170 and nobody follows.
    assert_eq!(run.people("plans"), 0);
    assert_eq!(run.people("waiting_at_end"), 10);
    assert_eq!(run.people("before_plan_at_end"), 0);
}

#[test]
fn of_two_coaches_one_who_leaves_loses_half_of_the_people() {
    let run = Scenario::half_year()
        .team("posts", "2")
        .team("participants_max", "1000")
        .team("leavers", "{ is = \"10%\", per = \"year\" }")
        .team("lost_when_coach_leaves", "100%")
        .run_with(4096, &[]);
    // Each coach has left by the end with chance 1 - 0.9^(182/365.25); the first to leave takes
    // half with them, the second all that are left, so each person meets their own coach's end.
    let gone = 1.0 - libm::pow(0.9, 182.0 / 365.25);
    let lost = run.mean("disrupted") / 1000.0;
    assert!((lost - gone).abs() < 0.012, "{lost} beside {gone}");
}
