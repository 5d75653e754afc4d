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
