//! Section 3 and 5 of the model: the day on which a locality opens, and what it waits for.

mod common;

use common::Scenario;

/// The day on which Bury opens, the same in every replicate.
#[track_caller]
fn opening_day(scenario: &Scenario) -> f64 {
    scenario.run().exact("opening_day")
}

#[test]
fn with_everything_there_on_the_first_day_it_opens_on_day_0() {
    let run = Scenario::half_year().run();
    assert_eq!(run.exact("opening_day"), 0.0);
    assert_eq!(run.exact("ready_day.Coaches"), 0.0);
}

#[test]
fn it_waits_for_its_team() {
    let run = Scenario::half_year().team("begins", "2024-11-01").run();
    assert_eq!(run.exact("opening_day"), 31.0);
    assert_eq!(run.exact("ready_day.Coaches"), 31.0);
}

#[test]
fn it_waits_for_its_access_point() {
    let scenario =
        Scenario::half_year().team("begins", "2024-11-01").locality("triage.starts", "2024-12-01");
    assert_eq!(opening_day(&scenario), 61.0);
}

#[test]
fn its_access_point_waits_for_its_own_recruitment() {
    // Begun on day 31, done 45 days later.
    let scenario = Scenario::half_year()
        .stage("officer", "recruitment", "45 days")
        .locality("triage.starts", "2024-11-01")
        .locality("triage.recruitment", "officer");
    assert_eq!(opening_day(&scenario), 76.0);
}

#[test]
fn it_waits_for_its_own_readiness() {
    let scenario = Scenario::half_year()
        .stage("agreement", "signatures", "80 days")
        .locality("readiness", "agreement")
        .locality("readiness_begins", "2024-10-11")
        .team("begins", "2024-11-01");
    assert_eq!(opening_day(&scenario), 90.0);
}

#[test]
fn what_was_begun_before_the_programme_counts_from_when_it_was_begun() {
    // Begun on 2 September, day -29: done on day 11.
    let run = Scenario::half_year()
        .stage("quotes", "quotes", "40 days")
        .team("begins", "2024-09-02")
        .team("route", "quotes")
        .run();
    assert_eq!(run.exact("opening_day"), 11.0);
    assert_eq!(run.exact("ready_day.Coaches"), 11.0);
}

#[test]
fn what_was_done_before_the_programme_lets_it_open_on_day_0() {
    let scenario = Scenario::half_year()
        .stage("quotes", "quotes", "20 days")
        .team("begins", "2024-09-02")
        .team("route", "quotes");
    assert_eq!(opening_day(&scenario), 0.0);
}

#[test]
fn it_opens_on_a_stated_date_ready_or_not() {
    let run = Scenario::half_year()
        .set("programme.opens", "2024-10-15")
        .source("starts", "2024-10-15")
        .source("ends", "2024-10-15")
        .team("begins", "2024-11-01")
        .run();
    assert_eq!(run.exact("opening_day"), 14.0);
    // Those referred on day 14 wait for the team of day 31.
    assert_eq!(run.exact("wait_mean_days"), 17.0);
    run.assert_same("plans", "referrals");
}

#[test]
fn an_option_s_own_date_comes_before_the_programme_s() {
    let scenario = Scenario::half_year()
        .set("programme.opens", "2024-10-15")
        .set("option.In-house.opens", "2024-10-21");
    assert_eq!(opening_day(&scenario), 20.0);
}

#[test]
fn an_option_may_open_with_service_though_the_programme_has_a_date() {
    let scenario = Scenario::half_year()
        .set("programme.opens", "2024-10-15")
        .set("option.In-house.opens", "with service")
        .team("begins", "2024-11-01");
    assert_eq!(opening_day(&scenario), 31.0);
}

#[test]
fn a_coach_in_induction_has_no_slot() {
    let scenario = Scenario::half_year().team("caseload", "10").team("induction", "14 days");
    assert_eq!(opening_day(&scenario), 14.0);
}

#[test]
fn the_first_whole_slot_waits_for_the_caseload_to_grow() {
    // 8 x (k + 1/2)/100 reaches 1 at k = 12 days after an induction of 14; counting whole days
    // without the half it would be 13.
    let scenario = Scenario::half_year()
        .team("caseload", "8")
        .team("induction", "14 days")
        .team("full_caseload_after", "100 days");
    assert_eq!(opening_day(&scenario), 26.0);
}

#[test]
fn hours_and_absence_make_the_first_whole_slot_later() {
    // 25 x 0.8 FTE x 90% = 18 at full growth; 18 x (k + 1/2)/90 reaches 1 at k + 1/2 = 5, so k = 5
    // (k = 4 gives 0.9). At 25 slots it would be k = 4 (25 x 4.5/90 = 1.25).
    let scenario = Scenario::half_year()
        .team("caseload", "25")
        .team("fte", "0.8")
        .team("absence", "10%")
        .team("full_caseload_after", "90 days");
    assert_eq!(opening_day(&scenario), 5.0);
}

#[test]
fn parts_of_two_coaches_make_a_whole_slot() {
    // Each has 4 x (k + 1/2)/100; both together reach 1 at k = 12.
    let scenario = Scenario::half_year()
        .team("posts", "2")
        .team("caseload", "4")
        .team("full_caseload_after", "100 days");
    assert_eq!(opening_day(&scenario), 12.0);
}

#[test]
fn parts_of_two_teams_do_not_make_a_whole_slot() {
    // Each team rounds down by itself: 0.5 and 0.5 never open the locality.
    let run =
        Scenario::half_year().team("caseload", "0.5").other_team("Others", "caseload", "0.5").run();
    run.assert_none("opening_day");
    assert_eq!(run.people("referrals"), 0);
}

#[test]
fn staff_already_there_are_at_full_caseload_at_once() {
    let run = Scenario::half_year()
        .team("in_post_from", "2024-10-01")
        .team("caseload", "8")
        .team("induction", "14 days")
        .team("full_caseload_after", "100 days")
        .run();
    assert_eq!(run.exact("opening_day"), 0.0);
    assert_eq!(run.people("plans"), 8);
}

#[test]
fn staff_already_there_open_before_their_team_s_recruits_come() {
    // One of two is there on day 10; the other is recruited in 60 days from day 0.
    let run = Scenario::half_year()
        .stage("council", "recruitment", "60 days")
        .team("posts", "2")
        .team("in_post", "1")
        .team("in_post_from", "2024-10-11")
        .team("recruitment", "council")
        .team("caseload", "8")
        .run();
    assert_eq!(run.exact("opening_day"), 10.0);
}

#[test]
fn a_service_that_is_never_ready_never_opens() {
    let run = Scenario::half_year()
        .steady("100")
        .stage("tender", "tender", "400 days")
        .team("route", "tender")
        .run();
    run.assert_none("opening_day");
    assert_eq!(run.people("referrals"), 0);
    assert_eq!(run.people("plans"), 0);
    assert_eq!(run.pounds("cost"), 0.0);
}

#[test]
fn a_team_of_another_locality_does_not_open_this_one() {
    let run = Scenario::half_year().with_bolton().team("begins", "2024-11-01").run();
    assert_eq!(run.at("In-house", "Bury").exact("opening_day"), 31.0);
    assert_eq!(run.at("In-house", "Bolton").exact("opening_day"), 0.0);
}
