//! Section 7 of the model: when money comes and goes, and what waiting for it costs.
//!
//! Cash of 36.525% a year on £1,000 costs £1 a day, so that financing tells the day of a payment
//! or a receipt: £1,000 spent on day p and received on day r cost £(r - p). Quarters end on days 91
//! and 181. Nobody has a plan, so that what is claimed is what was spent.

mod common;

use common::{Scenario, assert_near};

/// £1 a day on £1,000, and nothing to claim but expenditure.
fn dear_cash() -> Scenario {
    Scenario::half_year().without_plans().set("funding.cost_of_cash", "36.525%")
}

/// £1,000 spent on day 0.
fn spent_on_day_0() -> Scenario {
    dear_cash().cost_once("Lead", "£1,000", "2024-10-01")
}

/// What the overdraft costs, the same in every replicate.
#[track_caller]
fn financing(scenario: &Scenario) -> f64 {
    scenario.run().pounds("financing")
}

#[test]
fn a_claim_is_paid_at_the_end_of_its_quarter_unless_something_delays_it() {
    assert_eq!(financing(&spent_on_day_0()), 91.00);
    // Day 92 is in the second quarter.
    let scenario = dear_cash().cost_once("Lead", "£1,000", "2025-01-01");
    assert_eq!(financing(&scenario), 89.00);
}

#[test]
fn a_claim_is_paid_so_long_after_the_end_of_its_quarter() {
    assert_eq!(financing(&spent_on_day_0().set("funding.paid_after", "30 days")), 121.00);
    assert_eq!(financing(&spent_on_day_0().set("funding.paid_after", "4 weeks")), 119.00);
    // Rounded half up.
    assert_eq!(financing(&spent_on_day_0().set("funding.paid_after", "30.5 days")), 122.00);
}

#[test]
fn a_claim_may_be_paid_long_after_the_programme() {
    let scenario =
        dear_cash().cost_once("Lead", "£1,000", "2025-03-31").set("funding.paid_after", "400 days");
    assert_eq!(financing(&scenario), 400.00);
}

#[test]
fn no_claim_is_paid_before_the_first_day_of_payment() {
    // 1 March is day 151.
    let scenario = spent_on_day_0().set("funding.first_payment_from", "2025-03-01");
    assert_eq!(financing(&scenario), 151.00);
    // A claim due later is not moved.
    let scenario = scenario.set("funding.paid_after", "80 days");
    assert_eq!(financing(&scenario), 171.00);
}

#[test]
fn returns_that_are_always_late_pile_into_the_last_and_thirteen_weeks_more() {
    assert_eq!(financing(&spent_on_day_0().set("funding.late_return", "100%")), 272.00);
    let scenario =
        spent_on_day_0().set("funding.late_return", "100%").set("funding.paid_after", "10 days");
    assert_eq!(financing(&scenario), 282.00);
}

#[test]
fn a_late_return_shares_the_fate_of_the_next_quarter_s() {
    // On day 91 with a half, on day 181 with a quarter, on day 272 with a quarter: a mean of
    // 158.75 and a standard deviation of 75.
    let run = spent_on_day_0().set("funding.late_return", "50%").run_with(256, &[]);
    assert_near(run.mean("financing"), 158.75, 75.0 / 16.0);
}

#[test]
fn a_late_return_keeps_the_tariff_and_the_room_of_its_own_quarter() {
    // 40 plans of the first year's last quarter would earn £12,800 of its £9,600. Though their
    // return goes in with the second year's, they neither earn its tariff nor use its room, of
    // which the second year's twenty have £6,488.
    let run = Scenario::two_years()
        .set("funding.income_limit", "none")
        .set("funding.late_return", "100%")
        .plans_on(&[("2025-03-31", 40), ("2025-04-01", 20)])
        .run();
    assert_eq!(run.pounds("income_participant"), 9_600.00 + 6_488.00);
}

#[test]
fn a_return_is_late_for_every_locality_at_once_unless_each_makes_its_own() {
    let both = spent_on_day_0().set("funding.late_return", "50%").with_bolton();
    let spread = |scenario: &Scenario| {
        let run = scenario.run_with(256, &[]);
        run.programme().statistic("financing", "sd") / run.sd("financing")
    };
    // The same days for both double the standard deviation; days of their own multiply it by the
    // square root of two.
    assert_near(spread(&both), 2.0, 1e-6);
    let apart = spread(&both.set("funding.late_return_shared", "false"));
    assert_near(apart, std::f64::consts::SQRT_2, 0.06);
}

#[test]
fn a_salary_is_paid_at_its_month_s_end() {
    // Ten days at £100, paid on day 30.
    let scenario = dear_cash().team("costs.salary", "£36,525").team("contract_ends", "2024-10-10");
    assert_eq!(financing(&scenario), 61.00);
}

#[test]
fn training_and_recruitment_are_paid_on_the_coach_s_first_day() {
    let scenario = dear_cash()
        .stage("council", "recruitment", "20 days")
        .team("recruitment", "council")
        .team("costs.training", "£400")
        .team("costs.recruitment", "£600");
    assert_eq!(financing(&scenario), 71.00);
}

#[test]
fn a_team_is_set_up_on_day_0() {
    let scenario = dear_cash().team("begins", "2024-12-01").team("costs.setup", "£1,000");
    assert_eq!(financing(&scenario), 91.00);
}

#[test]
fn the_end_of_a_post_is_paid_on_the_day_of_its_contract_s_end() {
    let scenario = dear_cash().team("contract_ends", "2024-10-21").team("costs.at_end", "£1,000");
    assert_eq!(financing(&scenario), 71.00);
}

#[test]
fn a_block_is_invoiced_at_the_month_s_end_and_paid_later() {
    // October's £1,000, invoiced on day 30.
    let scenario =
        dear_cash().team("contract_ends", "2024-10-31").team("price.block_per_month", "£1,000");
    assert_eq!(financing(&scenario), 61.00);
    assert_eq!(financing(&scenario.team("price.paid_after", "30 days")), 31.00);
}

#[test]
fn plans_are_invoiced_at_the_end_of_their_month_and_paid_later() {
    // Ten plans at £100, invoiced on day 30 and paid on day 60; the claim for them is paid on day
    // 91. What they earn beyond what they cost is cut.
    let scenario = Scenario::half_year()
        .set("funding.cost_of_cash", "36.525%")
        .team("participants_max", "10")
        .team("price.per_plan", "£100")
        .team("price.paid_after", "30 days");
    let run = scenario.run();
    assert_eq!(run.pounds("cost"), 1_000.00);
    assert_eq!(run.pounds("income"), 1_000.00);
    assert_eq!(run.pounds("financing"), 31.00);
}

#[test]
fn a_set_up_fee_is_invoiced_when_the_provider_is_ready() {
    // Ready on day 10, paid on day 30.
    let scenario = dear_cash()
        .team("begins", "2024-10-11")
        .team("price.set_up_fee", "£1,000")
        .team("price.paid_after", "20 days");
    assert_eq!(financing(&scenario), 61.00);
}

#[test]
fn a_minimum_is_made_up_by_an_invoice_on_the_last_day() {
    // Worked to day 20, paid on day 50.
    let scenario = dear_cash()
        .team("contract_ends", "2024-10-21")
        .team("price.minimum", "£1,000")
        .team("price.paid_after", "30 days");
    assert_eq!(financing(&scenario), 41.00);
}

#[test]
fn receipts_before_payments_cost_no_financing() {
    // Invoiced on day 30 and claimed on day 91, paid only on day 130.
    let scenario = dear_cash()
        .team("contract_ends", "2024-10-31")
        .team("price.block_per_month", "£1,000")
        .team("price.paid_after", "100 days");
    let run = scenario.run();
    assert_eq!(run.pounds("financing"), 0.0);
    assert_eq!(run.pounds("cash_gap"), 0.0);
    run.assert_none("cash_gap_day");
}

#[test]
fn a_payment_and_a_receipt_of_one_day_cancel() {
    // Both on day 91: the balance is looked at when the day is over.
    let run = dear_cash().cost_once("Lead", "£1,000", "2024-12-31").run();
    assert_eq!(run.pounds("financing"), 0.0);
    run.assert_none("cash_gap_day");
}

#[test]
fn financing_is_simple_interest_on_each_day_s_negative_balance() {
    // £1,000 for 40 days, £1,500 for 51: £40 + £76.50.
    let scenario = spent_on_day_0().cost_once("More", "£500", "2024-11-10");
    assert_eq!(financing(&scenario), 116.50);
}

#[test]
fn financing_stands_beside_cost_and_not_in_it() {
    let run = spent_on_day_0().run();
    assert_eq!(run.pounds("cost"), 1_000.00);
    assert_eq!(run.pounds("shortfall"), 0.0);
}

#[test]
fn what_is_never_received_is_financed_to_the_last_receipt_or_payment() {
    // Not eligible, so nothing comes in; the last payment is that of day 100: £1,000 for 100 days.
    // Whether day 100 itself bears interest on £1,001 is not said.
    let run = spent_on_day_0()
        .locality("costs.Lead.eligible", "false")
        .cost_once("Last", "£1", "2025-01-09")
        .locality("costs.Last.eligible", "false")
        .run();
    let financing = run.pounds("financing");
    assert!([100.00, 101.00].contains(&financing), "{financing}");
}

#[test]
fn the_cash_gap_is_the_deepest_point_below_zero() {
    let run = spent_on_day_0().cost_once("More", "£500", "2024-11-10").run();
    assert_eq!(run.pounds("cash_gap"), 1_500.00);
}

#[test]
fn the_day_of_the_cash_gap_is_that_of_its_fall() {
    let run = dear_cash().cost_once("Lead", "£1,000", "2024-11-10").run();
    assert_eq!(run.pounds("cash_gap"), 1_000.00);
    assert_eq!(run.exact("cash_gap_day"), 40.0);
}

#[test]
fn the_day_of_the_cash_gap_is_the_first_on_which_it_is_deepest() {
    // "The deepest point below zero, and its first day" is read here as the deepest point's first
    // day, day 40, and not as the first day below zero, day 0. Day 140 is as deep again.
    let run = spent_on_day_0()
        .cost_once("More", "£500", "2024-11-10")
        .cost_once("Again", "£1,500", "2025-02-18")
        .run();
    assert_eq!(run.pounds("cash_gap"), 1_500.00);
    assert_eq!(run.exact("cash_gap_day"), 40.0);
}

#[test]
fn months_show_receipts_and_the_balance_at_their_end() {
    // Spent on day 0, received on day 121, 30 January.
    let run = spent_on_day_0().set("funding.paid_after", "30 days").run();
    let bury = run.option("In-house");
    let of = |series: &str| ["2024-10", "2024-12", "2025-01"].map(|m| bury.month(series, m));
    assert_eq!(of("cost"), [1_000.0, 0.0, 0.0]);
    assert_eq!(of("receipts"), [0.0, 0.0, 1_000.0]);
    assert_eq!(of("balance"), [-1_000.0, -1_000.0, 0.0]);
}

#[test]
fn what_the_funder_owes_at_a_year_s_end_is_what_is_claimed_and_not_yet_received() {
    let owed = |paid_after: &str| {
        Scenario::two_years()
            .without_plans()
            .cost_once("Lead", "£1,000", "2025-02-01")
            .set("funding.paid_after", paid_after)
            .run()
    };
    let run = owed("30 days");
    assert_eq!(run.pounds("owed_by_funder_at.2024/25"), 1_000.00);
    assert_eq!(run.pounds("owed_by_funder_at.2025/26"), 0.0);
    // Paid on the day itself, it is not owed when the day is over.
    assert_eq!(owed("0 days").pounds("owed_by_funder_at.2024/25"), 0.0);
}

#[test]
fn what_providers_are_owed_at_a_year_s_end_is_what_is_invoiced_and_not_yet_paid() {
    let owed = |paid_after: &str| {
        let run = Scenario::two_years()
            .team("price.block_per_month", "£1,000")
            .team("price.paid_after", paid_after)
            .run();
        run.pounds("owed_to_providers_at.2024/25")
    };
    // February's invoice of the 28th is paid on 31 March after 31 days, on 1 April after 32.
    assert_eq!(owed("31 days"), 1_000.00);
    assert_eq!(owed("32 days"), 2_000.00);
    assert_eq!(owed("0 days"), 0.0);
}

#[test]
fn the_programme_s_cash_gap_is_that_of_the_summed_balance() {
    // Bury is £1,000 down to day 91, Bolton £700 from day 100.
    let run = spent_on_day_0()
        .with_bolton()
        .without("locality.Bolton.costs")
        .set("locality.Bolton.costs.Lead.once", "£700")
        .set("locality.Bolton.costs.Lead.from", "2025-01-09")
        .run();
    assert_eq!(run.at("In-house", "Bury").pounds("cash_gap"), 1_000.00);
    assert_eq!(run.at("In-house", "Bolton").pounds("cash_gap"), 700.00);
    assert_eq!(run.programme().pounds("cash_gap"), 1_000.00);
    assert_eq!(run.programme().pounds("cost"), 1_700.00);
    assert_eq!(run.programme().pounds("income"), 1_700.00);
}

#[test]
fn the_programme_s_target_is_the_sum_of_agreed_numbers() {
    // Bury has ten plans of five agreed, Bolton none of five.
    let run = Scenario::half_year()
        .locality("agreed_participants", "5")
        .team("participants_max", "10")
        .with_bolton()
        .other_team("Bolton", "begins", "2025-03-31")
        .other_team("Bolton", "induction", "10 days")
        .run();
    assert_eq!(run.at("In-house", "Bury").exact("target_met"), 1.0);
    assert_eq!(run.at("In-house", "Bolton").exact("target_met"), 0.0);
    assert_eq!(run.programme().exact("target_met"), 1.0);
    assert_eq!(run.programme().exact("localities_on_target"), 1.0);
    assert_eq!(run.programme().people("plans"), 10);
}

#[test]
fn the_programme_s_longest_list_is_that_of_the_daily_sum() {
    // Bury's list is there from day 0 to day 9, Bolton's from day 20 to day 29: never together.
    let run = Scenario::half_year()
        .set("programme.opens", "2024-10-01")
        .with_bolton()
        .team("begins", "2024-10-11")
        .set("locality.Bolton.referrals.GP.starts", "2024-10-21")
        .set("locality.Bolton.referrals.GP.ends", "2024-10-21")
        .other_team("Bolton", "begins", "2024-10-31")
        .run();
    let (bury, bolton) = (run.at("In-house", "Bury"), run.at("In-house", "Bolton"));
    let (bury, bolton) = (bury.mean("longest_list"), bolton.mean("longest_list"));
    let both = run.programme().mean("longest_list");
    assert!(both >= bury.max(bolton) && both < bury + bolton - 500.0, "{both}, {bury}, {bolton}");
}
