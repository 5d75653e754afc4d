//! Several localities: teams that they share, and figures of the whole programme.

mod common;

use common::Scenario;

/// Bury with 100 and Bolton with 300 agreed participants, and one team for both.
fn shared() -> Scenario {
    Scenario::half_year()
        .with_bolton()
        .without("option.In-house.team.Bolton")
        .set("locality.Bolton.agreed_participants", "300")
        .team("serves", r#"["Bury", "Bolton"]"#)
}

#[test]
fn a_shared_team_has_one_staff_and_one_maximum() {
    let run = shared().team("participants_max", "40").run();
    let plans = |place| run.at("In-house", place).people("plans");
    assert_eq!(plans("Bury") + plans("Bolton"), 40);
    assert_eq!(run.programme().people("plans"), 40);
}

#[test]
fn a_shared_team_takes_whoever_became_ready_first_and_ties_go_by_file_order() {
    // All are ready on day 0, so Bury, which stands first, is served before Bolton.
    let run = shared().team("participants_max", "40").run();
    assert_eq!(run.at("In-house", "Bury").people("plans"), 40);
    let later = shared()
        .team("participants_max", "40")
        .set("locality.Bury.triage.decision", "5 days")
        .run();
    assert_eq!(later.at("In-house", "Bolton").people("plans"), 40);
}

#[test]
fn costs_of_a_shared_team_are_split_by_agreed_participants_to_the_penny() {
    let run = shared().quiet().team("costs.setup", "£100.01").run();
    assert_eq!(run.at("In-house", "Bury").pounds("cost.setup"), 25.0);
    assert_eq!(run.at("In-house", "Bolton").pounds("cost.setup"), 75.01);
    assert_eq!(run.programme().pounds("cost.setup"), 100.01);
}

#[test]
fn the_price_per_plan_of_a_shared_team_stays_where_the_plan_is() {
    let run = shared().team("participants_max", "40").team("price.per_plan", "£10").run();
    assert_eq!(run.at("In-house", "Bury").pounds("cost.per_plan"), 400.0);
    assert_eq!(run.at("In-house", "Bolton").pounds("cost.per_plan"), 0.0);
}

#[test]
fn coach_weeks_of_a_shared_team_add_up_over_its_localities() {
    let run = shared().quiet().run();
    let weeks = |place| run.at("In-house", place).exact("coach_weeks");
    assert_eq!(weeks("Bury"), 6.5);
    assert_eq!(weeks("Bolton"), 19.5);
    assert_eq!(run.programme().exact("coach_weeks"), 26.0);
}

#[test]
fn one_late_return_delays_every_locality_unless_each_sends_its_own() {
    // £100 falls to Bury and £300 to Bolton on day 0, and is received in December or March.
    let late = |shared_return: &str| {
        let run = shared()
            .journey("plan_agreed", "0%")
            .team("costs.setup", "£400")
            .set("funding.late_return", "50%")
            .set("funding.late_return_shared", shared_return)
            .run_with(64, &[]);
        let december = |place| run.at("In-house", place).month("receipts", "2024-12");
        (december("Bury"), december("Bolton"))
    };
    let (bury, bolton) = late("true");
    assert!(bury > 0.0 && bury < 100.0);
    assert!((bury * 3.0 - bolton).abs() < 1e-6, "{bury} {bolton}");
    let (bury, bolton) = late("false");
    assert!((bury * 3.0 - bolton).abs() > 1.0, "{bury} {bolton}");
}

/// Bury and Bolton with 100 agreed participants each. Bury's team takes 20 people on day 0, Bolton's
/// 150, and nobody afterwards; on 31 December (day 91) half of the half year has passed.
fn behind_and_ahead() -> Scenario {
    Scenario::half_year()
        .with_bolton()
        .team("participants_max", "20")
        .other_team("Bolton", "participants_max", "150")
        .set("moving_places.on", "[2024-12-30]")
}

#[test]
fn who_is_behind_gives_places_to_who_is_ahead() {
    // 91 of 182 days: half is due. Bury is on its way to 40 and gives 60; Bolton, on its way to
    // 300, could use 200.
    let run = behind_and_ahead().run();
    assert_eq!(run.at("In-house", "Bury").people("agreed_at_end"), 40);
    assert_eq!(run.at("In-house", "Bolton").people("agreed_at_end"), 160);
    assert_eq!(run.programme().people("agreed_at_end"), 200);
    let half = behind_and_ahead().set("moving_places.share", "50%").run();
    assert_eq!(half.at("In-house", "Bury").people("agreed_at_end"), 70);
    assert_eq!(half.at("In-house", "Bolton").people("agreed_at_end"), 130);
}

#[test]
fn no_more_places_move_than_those_ahead_can_use() {
    let run = behind_and_ahead().other_team("Bolton", "participants_max", "60").run();
    assert_eq!(run.at("In-house", "Bury").people("agreed_at_end"), 80);
    assert_eq!(run.at("In-house", "Bolton").people("agreed_at_end"), 120);
}

#[test]
fn a_place_with_somebody_on_the_way_to_a_plan_is_not_given_up() {
    // 90 people in Bury have a coach and no plan by then: only ten places are free to go.
    let run = behind_and_ahead()
        .team("participants_max", "90")
        .without("cohort.everyone")
        .set("cohort.everyone.to_plan", "0 days")
        .set("cohort.slow.to_plan", "150 days")
        .set("cohort.slow.support", "5000 days")
        .set("locality.Bury.referrals.GP.cohorts", "{ slow = \"100%\" }")
        .set("locality.Bolton.referrals.GP.cohorts", "{ everyone = \"100%\" }")
        .run();
    assert_eq!(run.at("In-house", "Bury").people("agreed_at_end"), 90);
    assert_eq!(run.at("In-house", "Bolton").people("agreed_at_end"), 110);
}

#[test]
fn a_target_of_job_starts_is_a_share_of_those_with_a_plan() {
    let met = |target: &str| {
        Scenario::half_year()
            .team("participants_max", "100")
            .journey("support", "10 days")
            .journey("in_work", "100%")
            .set("targets.found_work", target)
            .run()
            .exact("target_met.found_work")
    };
    assert_eq!(met("100%"), 1.0);
    let short = Scenario::half_year()
        .team("participants_max", "100")
        .journey("support", "10 days")
        .journey("in_work", "50%")
        .set("targets.found_work", "90%")
        .run();
    assert_eq!(short.exact("target_met.found_work"), 0.0);
}

#[test]
fn the_money_of_a_place_moves_with_it() {
    // £320 of each place is for its plan. Bury keeps 40 places and Bolton has 160, on a cap that
    // runs over the programme, with nothing spent and no income limit.
    let moved = |share: &str| {
        behind_and_ahead()
            .set("moving_places.share", share)
            .set("funding.income_limit", "none")
            .set("funding.participant.cap", "programme")
            .run()
    };
    let run = moved("100%");
    // 100 places' worth was claimed in December; 60 moved on the 30th, before that claim.
    assert_eq!(run.at("In-house", "Bury").pounds("income_participant"), 20.0 * 320.0);
    assert_eq!(run.at("In-house", "Bolton").pounds("income_participant"), 150.0 * 320.0);
    let few = moved("50%");
    assert_eq!(few.at("In-house", "Bolton").pounds("income_participant"), 130.0 * 320.0);
    // What one loses the other gains, so that the whole allocation stays what it was.
    for run in [run, few] {
        let whole = run.programme();
        let total = whole.pounds("unclaimed") + whole.pounds("income");
        assert_eq!(total, 160_000.0);
    }
}
