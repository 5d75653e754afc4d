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
fn people_on_the_list_of_one_place_are_served_before_everybody_who_comes_to_another() {
    // Bury stands first in the file and has a thousand people on day 0; Bolton's wait from before.
    let run = Scenario::half_year()
        .with_bolton()
        .without("option.In-house.team.Bolton")
        .without("locality.Bolton.referrals")
        .set("locality.Bolton.referrals.GP.per_month", "0")
        .set("locality.Bolton.opening.waiting.everyone", "20")
        .team("serves", r#"["Bury", "Bolton"]"#)
        .team("in_post_from", "2024-10-01")
        .team("participants_max", "30")
        .run();
    assert_eq!(run.at("In-house", "Bolton").people("plans"), 20);
    assert_eq!(run.at("In-house", "Bury").people("plans"), 10);
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

/// Planned from 1 October 2024 with £20,000 spent, and £12,000 claimed of the basic part and £6,400
/// of the participant part (20 plans), of which £10,000 is received. The allocation is £80,000.
fn with_money() -> Scenario {
    from_today()
        .locality("opening.plans", "20")
        .locality("opening.cost", "£20,000")
        .locality("opening.claimed", "£18,400")
        .locality("opening.claimed_participant", "£6,400")
        .locality("opening.received", "£10,000")
}

#[test]
fn money_to_date_is_part_of_cost_and_income() {
    let run = with_money().run();
    assert_eq!(run.pounds("cost"), 20_000.0);
    assert_eq!(run.pounds("cost.before"), 20_000.0);
    // Nothing can be claimed beyond what was spent: £1,600 of it is still to be claimed.
    assert_eq!(run.pounds("income_basic"), 13_600.0);
    assert_eq!(run.pounds("income_participant"), 6_400.0);
    assert_eq!(run.pounds("shortfall"), 0.0);
    assert_eq!(run.pounds("unclaimed"), 60_000.0);
}

#[test]
fn what_is_on_the_way_comes_as_claims_are_paid() {
    let run = with_money().set("funding.paid_after", "40 days").run();
    // On day 39, in November, the £8,400 that was claimed by then.
    assert_eq!(run.option("In-house").month("receipts", "2024-10"), 0.0);
    assert_eq!(run.option("In-house").month("receipts", "2024-11"), 8_400.0);
    assert_eq!(run.option("In-house").month("balance", "2024-10"), -10_000.0);
    assert_eq!(run.pounds("cash_gap"), 10_000.0);
}

#[test]
fn caps_have_the_room_that_was_not_used() {
    // 80 plans at £320 would be £25,600; of £32,000 for participants £6,400 is used: all fits.
    let plans = |count: &str| {
        with_money()
            .source("per_month", "30_000")
            .set("funding.income_limit", "none")
            .team("participants_max", count)
            .run()
    };
    assert_eq!(plans("80").pounds("income_participant"), 32_000.0);
    assert_eq!(plans("70").pounds("income_participant"), 28_800.0);
    // The eighty-first is beyond the cap.
    assert_eq!(plans("81").pounds("income_participant"), 32_000.0);
    assert_eq!(plans("80").exact("target_met"), 1.0);
}

#[test]
fn a_year_that_is_over_makes_part_of_the_allocation_and_nothing_else() {
    let run = with_money()
        .set(r#"funding.year."2023/24".ends"#, "2024-03-31")
        .set(r#"funding.year."2023/24".share"#, "25%")
        .set(r#"funding.year."2023/24".tariff"#, "£400")
        .set(r#"funding.year."2024/25".share"#, "75%")
        .first(r#"funding.year."2023/24""#)
        .first("title")
        .run();
    // 100 people: 25 at £400 and 75 at £800 are £70,000, of which £20,000 is claimed in the end.
    assert_eq!(run.pounds("unclaimed"), 50_000.0);
    assert!(!run.json.to_string().contains("plans_by_year.2023/24"));
}

#[test]
fn a_year_that_is_over_is_a_mistake_where_nobody_stands_anywhere() {
    let scenario = Scenario::half_year()
        .set(r#"funding.year."2023/24".ends"#, "2024-03-31")
        .set(r#"funding.year."2023/24".share"#, "0%")
        .set(r#"funding.year."2023/24".tariff"#, "£400")
        .first(r#"funding.year."2023/24""#);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = scenario.write(folder.path());
    let output = common::workcast().args(["check", &file]).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_was_spent_before_counts_where_a_team_goes_on_while_the_allocation_lasts() {
    let december = |spent: &str| {
        let run = Scenario::half_year()
            .steady("300")
            .team("until", "2024-10-31")
            .team("extended_to", "2025-03-31")
            .locality("opening.cost", spent)
            .run();
        run.option("In-house").month("plans", "2024-12")
    };
    assert!(december("£79,999") > 200.0);
    assert_eq!(december("£80,000"), 0.0);
}
