//! Section 5 of the model: stages, recruitment, posts that empty and fill again.

mod common;

use common::{Scenario, assert_near};

/// The team's route takes these stages; the day on which the team is ready.
fn routed(stages: &[(&str, &str)]) -> Scenario {
    stages
        .iter()
        .fold(Scenario::half_year().quiet(), |scenario, (stage, takes)| {
            scenario.stage("route", stage, takes)
        })
        .team("route", "route")
}

/// The natural logarithm of two over a month: the daily hazard of "50% a month".
const HALF_A_MONTH: f64 = std::f64::consts::LN_2 * 12.0 / 365.25;

#[test]
fn stages_run_one_after_another() {
    let run = routed(&[("quotes", "10 days"), ("award", "3 weeks")]).run();
    assert_eq!(run.exact("ready_day.Coaches"), 31.0);
}

#[test]
fn each_stage_is_rounded_half_up_by_itself() {
    // 10.5 days are 11, twice; their sum of 21 is never looked at.
    let run = routed(&[("quotes", "10.5 days"), ("award", "10.5 days")]).run();
    assert_eq!(run.exact("ready_day.Coaches"), 22.0);
}

#[test]
fn pace_multiplies_every_stage_before_it_is_rounded() {
    // 10 x 1.25 = 12.5, rounded to 13, twice; multiplied once it would be 25.
    let run = routed(&[("quotes", "10 days"), ("award", "10 days")])
        .set("pipeline.route.pace", "1.25")
        .run();
    assert_eq!(run.exact("ready_day.Coaches"), 26.0);
}

#[test]
fn a_month_is_a_twelfth_of_the_mean_year() {
    // 2 x 365.25/12 = 60.875, rounded to 61.
    let run = routed(&[("quotes", "2 months")]).run();
    assert_eq!(run.exact("ready_day.Coaches"), 61.0);
}

#[test]
fn a_stage_that_fails_is_tried_again_until_it_succeeds() {
    // Tries are geometric with mean 2 and variance 2; each takes 10 days.
    let run = routed(&[("quotes", "10 days")])
        .set("pipeline.route.stage.quotes.fails", "50%")
        .set("programme.ends", "2026-03-31")
        .set(r#"funding.year."2024/25".ends"#, "2026-03-31")
        .run_with(256, &[]);
    assert_near(run.mean("ready_day.Coaches"), 20.0, 200.0_f64.sqrt() / 16.0);
}

#[test]
fn a_failure_sends_the_pipeline_back_to_the_stage_named() {
    // The round of 10 + 10 days has a mean of 2 tries, the 5 days before it only one.
    let run =
        routed(&[("approval", "5 days"), ("specification", "10 days"), ("quotes", "10 days")])
            .set("pipeline.route.stage.quotes.fails", "50%")
            .set("pipeline.route.stage.quotes.back_to", "specification")
            .set("programme.ends", "2026-03-31")
            .set(r#"funding.year."2024/25".ends"#, "2026-03-31")
            .run_with(256, &[]);
    assert_near(run.mean("ready_day.Coaches"), 45.0, 800.0_f64.sqrt() / 16.0);
}

#[test]
fn after_fifty_failures_a_pipeline_goes_on() {
    // "After 50 failures it goes on" leaves open whether the stage is run once more after the
    // fiftieth: 50 or 51 rounds of two days.
    let run = routed(&[("specification", "1 day"), ("quotes", "1 day")])
        .set("pipeline.route.stage.quotes.fails", "100%")
        .set("pipeline.route.stage.quotes.back_to", "specification")
        .run();
    let ready = run.exact("ready_day.Coaches");
    assert!([100.0, 102.0].contains(&ready), "{ready}");
}

#[test]
fn posts_are_recruited_once_the_team_is_ready() {
    // Ready on day 60, hired 30 days later.
    let run = routed(&[("award", "20 days"), ("mobilisation", "40 days")])
        .stage("provider", "recruitment", "30 days")
        .team("recruitment", "provider")
        .run();
    assert_eq!(run.exact("ready_day.Coaches"), 60.0);
    assert_eq!(run.exact("opening_day"), 90.0);
}

#[test]
fn a_provider_recruits_from_the_award_while_it_mobilises() {
    // Hired on day 20 + 70 = 90, after the team was ready on day 60.
    let run = routed(&[("award", "20 days"), ("mobilisation", "40 days")])
        .stage("provider", "recruitment", "70 days")
        .team("recruitment", "provider")
        .team("recruits_after", "award")
        .run();
    assert_eq!(run.exact("ready_day.Coaches"), 60.0);
    assert_eq!(run.exact("opening_day"), 90.0);
}

#[test]
fn a_coach_hired_before_the_team_is_ready_starts_when_it_is() {
    // Hired on day 20 + 30 = 50, ready on day 60; in post for 122 of the 182 days.
    let run = routed(&[("award", "20 days"), ("mobilisation", "40 days")])
        .stage("provider", "recruitment", "30 days")
        .team("recruitment", "provider")
        .team("recruits_after", "award")
        .run();
    assert_eq!(run.exact("opening_day"), 60.0);
    assert_eq!(run.days_in_post(), 122.0);
}

#[test]
fn without_recruitment_the_first_coaches_are_there_when_the_team_is_ready() {
    let run = routed(&[("award", "20 days")]).team("posts", "3").team("fte", "0.5").run();
    assert_eq!(run.days_in_post(), 162.0 * 1.5);
}

#[test]
fn posts_end_on_the_last_day_of_the_contract() {
    // Day 27 is the last of four weeks.
    let run = Scenario::half_year().team("contract_ends", "2024-10-28").run();
    assert_eq!(run.exact("coach_weeks"), 4.0);
}

#[test]
fn a_post_without_recruitment_stays_empty_once_its_coach_has_left() {
    // At a hazard of h a day the mean stay within the programme is (1 - exp(-182 h))/h = 43.2 days;
    // whether the day of leaving comes of rounding or of whole days at risk moves it by less than
    // one. The standard deviation is below the mean.
    let run = Scenario::half_year()
        .quiet()
        .team("leavers", r#"{ is = "50%", per = "month" }"#)
        .run_with(256, &[]);
    let mean = 43.2;
    let days = run.mean("coach_weeks") * 7.0;
    assert!((days - mean).abs() < 1.0 + 4.0 * mean / 16.0, "{days} days in post, not {mean}");
}

#[test]
fn a_post_with_recruitment_is_filled_again() {
    // In turn 30 days empty and 43.9 days filled, over 547 days from an empty start: a mean of 312
    // to 318 days filled (by simulation of the renewals, under either reading of the day of
    // leaving), with a standard deviation of 46.
    let run = Scenario::two_years()
        .quiet()
        .stage("council", "recruitment", "30 days")
        .team("recruitment", "council")
        .team("leavers", r#"{ is = "50%", per = "month" }"#)
        .run_with(256, &[]);
    let days = run.mean("coach_weeks") * 7.0;
    assert!((days - 315.0).abs() < 3.0 + 4.0 * 46.0 / 16.0, "{days} days in post");
}

#[test]
fn leaving_rises_by_its_multiple_towards_the_end_of_the_contract() {
    // "50% a month" four times over, all through the contract: a mean stay of 1/(4 h) = 11 days.
    let run = Scenario::half_year()
        .quiet()
        .team("contract_ends", "2025-03-31")
        .team("leavers", r#"{ is = "50%", per = "month" }"#)
        .team("leavers_at_end", r#"{ times = 4, over = "200 days" }"#)
        .run_with(256, &[]);
    let mean = 1.0 / (4.0 * HALF_A_MONTH);
    let days = run.mean("coach_weeks") * 7.0;
    assert!((days - mean).abs() < 1.0 + 4.0 * mean / 16.0, "{days} days in post, not {mean}");
}

#[test]
fn leaving_is_as_usual_until_the_end_of_the_contract_comes_near() {
    // The multiple holds on days 172 to 181 only, and few are left by then to feel it.
    let usual = Scenario::half_year()
        .quiet()
        .team("contract_ends", "2025-03-31")
        .team("leavers", r#"{ is = "50%", per = "month" }"#);
    let rising = usual.clone().team("leavers_at_end", r#"{ times = 1000, over = "10 days" }"#);
    let weeks = |scenario: &Scenario| scenario.run_with(256, &[]).mean("coach_weeks");
    let (usual, rising) = (weeks(&usual), weeks(&rising));
    assert!(rising <= usual && (usual - rising) * 7.0 < 1.0, "{usual} and {rising} weeks");
}

#[test]
fn people_keep_their_slots_when_their_coach_leaves() {
    // The team's one coach is gone long before the end, yet nobody in support is lost.
    let run = Scenario::half_year()
        .team("caseload", "10")
        .team("leavers", r#"{ is = "99%", per = "month" }"#)
        .run();
    assert!(run.mean("plans") > 0.0);
    run.assert_same("plans", "in_support_at_end");
}

#[test]
fn a_provider_that_fails_disrupts_those_in_support() {
    // A hazard of 99% a month leaves no provider standing for six (a chance of 10^-12).
    let run = Scenario::half_year()
        .team("participants_max", "10")
        .team("fails", r#"{ is = "99%", per = "month" }"#)
        .run_with(64, &[]);
    assert!(run.mean("plans") > 5.0);
    run.assert_same("plans", "disrupted");
    assert_eq!(run.people("in_support_at_end"), 0);
}

#[test]
fn a_provider_that_fails_returns_those_without_a_plan_to_the_list() {
    // Nobody could have a plan before the provider was gone.
    let run = Scenario::half_year()
        .journey("to_plan", "150 days")
        .team("participants_max", "10")
        .team("fails", r#"{ is = "99.99%", per = "month" }"#)
        .run();
    assert_eq!(run.people("plans"), 0);
    run.assert_same("waiting_at_end", "referrals");
}

#[test]
fn a_provider_that_restarts_works_again_after_its_route() {
    let failing = Scenario::half_year()
        .stage("waiver", "waiver", "10 days")
        .team("begins", "2024-09-21")
        .team("route", "waiver")
        .team("fails", r#"{ is = "90%", per = "month" }"#);
    let gone = failing.run_with(64, &[]).mean("coach_weeks");
    let restarted = failing.team("restarts", "true").run_with(64, &[]).mean("coach_weeks");
    // A mean life of 13.2 days, then 11 away (ten of route, begun the next day): over 182 days
    // about 13 worked without and 95 to 110 with a restart.
    assert!((gone * 7.0 - 13.7).abs() < 7.5, "{gone} weeks without a restart");
    assert!((restarted * 7.0 - 102.0).abs() < 15.0, "{restarted} weeks with restarts");
}
