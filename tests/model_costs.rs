//! Section 7 of the model: what a service costs, to the penny.
//!
//! £36,525 a year is £100 a day.

mod common;

use common::Scenario;

/// One coach in post from day 0, at so much a year.
fn salaried(salary: &str) -> Scenario {
    Scenario::half_year().team("costs.salary", salary)
}

/// What the option costs, the same in every replicate.
#[track_caller]
fn cost(scenario: &Scenario) -> f64 {
    scenario.run().pounds("cost")
}

#[test]
fn a_locality_s_cost_that_falls_due_once_is_spent_once() {
    assert_eq!(cost(&Scenario::half_year().cost_once("Lead", "£1,234.56", "2024-11-05")), 1_234.56);
}

#[test]
fn a_locality_s_monthly_cost_runs_through_the_programme() {
    assert_eq!(cost(&Scenario::half_year().locality("costs.Lead.per_month", "£2,000")), 12_000.00);
}

#[test]
fn a_locality_s_monthly_cost_runs_between_its_two_dates() {
    let scenario = Scenario::half_year()
        .locality("costs.Lead.per_month", "£2,000")
        .locality("costs.Lead.from", "2024-11-01")
        .locality("costs.Lead.until", "2024-12-31");
    assert_eq!(cost(&scenario), 4_000.00);
    let run = scenario.run();
    let months = ["2024-10", "2024-11", "2024-12", "2025-01"];
    let spent = months.map(|month| run.option("In-house").month("cost", month));
    assert_eq!(spent, [0.0, 2_000.0, 2_000.0, 0.0]);
}

#[test]
fn a_salary_is_paid_for_each_day_in_post() {
    assert_eq!(cost(&salaried("£36,525")), 18_200.00);
    assert_eq!(cost(&salaried("£36,525").team("contract_ends", "2024-12-31")), 9_200.00);
    assert_eq!(cost(&salaried("£36,525").team("begins", "2024-11-01")), 15_100.00);
}

#[test]
fn a_salary_is_for_a_full_time_post_and_for_each_post() {
    // 2 x 0.6 x £100 x 182.
    assert_eq!(cost(&salaried("£36,525").team("posts", "2").team("fte", "0.6")), 21_840.00);
}

#[test]
fn absence_and_induction_are_paid() {
    assert_eq!(
        cost(&salaried("£36,525").team("absence", "10%").team("induction", "30 days")),
        18_200.00
    );
}

#[test]
fn management_is_a_share_on_top_of_the_salary() {
    assert_eq!(cost(&salaried("£36,525").team("costs.management", "13%")), 20_566.00);
}

#[test]
fn a_salary_in_part_months_is_the_difference_of_rounded_running_totals() {
    // £30,000 x 1.13 / 365.25 a day, running: £2,877.207, £5,661.602, £8,538.809, £11,416.016,
    // £14,014.782, £16,891.992. Months rounded by themselves would add up to a penny more, and so
    // would management rounded apart from the salary.
    let run = salaried("£30,000").team("costs.management", "13%").run();
    assert_eq!(run.pounds("cost"), 16_891.99);
    let months = ["2024-10", "2024-11", "2024-12", "2025-01", "2025-02", "2025-03"];
    let paid = months.map(|month| run.option("In-house").month("cost", month));
    assert_eq!(paid, [2_877.21, 2_784.39, 2_877.21, 2_877.21, 2_598.76, 2_877.21]);
}

#[test]
fn a_salary_changes_on_its_dates() {
    // 92 days at £100 and 90 at £200.
    let scenario = salaried(r#"{ 2024-10-01 = "£36,525", 2025-01-01 = "£73,050" }"#);
    assert_eq!(cost(&scenario), 27_200.00);
}

#[test]
fn some_of_the_staff_may_be_there_before_the_team_is_ready() {
    // One from day 0, the other from day 31.
    let scenario = salaried("£36,525")
        .team("posts", "2")
        .team("in_post", "1")
        .team("in_post_from", "2024-10-01")
        .team("begins", "2024-11-01");
    assert_eq!(cost(&scenario), 33_300.00);
}

#[test]
fn a_post_not_yet_filled_costs_nothing() {
    // Hired 60 days after day 0: 122 days.
    let scenario = salaried("£36,525")
        .stage("council", "recruitment", "60 days")
        .team("recruitment", "council");
    assert_eq!(cost(&scenario), 12_200.00);
}

#[test]
fn each_hire_costs_its_training_and_its_recruitment() {
    let scenario = Scenario::half_year()
        .stage("council", "recruitment", "60 days")
        .team("posts", "3")
        .team("recruitment", "council")
        .team("costs.training", "£1,225")
        .team("costs.recruitment", "£1,500");
    assert_eq!(cost(&scenario), 8_175.00);
    let run = scenario.run();
    // Day 60 is 30 November.
    assert_eq!(run.option("In-house").month("cost", "2024-11"), 8_175.00);
}

#[test]
fn a_hire_after_the_end_costs_nothing() {
    let scenario = Scenario::half_year()
        .stage("council", "recruitment", "200 days")
        .team("recruitment", "council")
        .team("costs.training", "£1,225");
    assert_eq!(cost(&scenario), 0.0);
}

#[test]
fn staff_already_there_are_not_hired() {
    let scenario = Scenario::half_year()
        .team("in_post_from", "2024-10-01")
        .team("costs.training", "£1,225")
        .team("costs.recruitment", "£1,500");
    assert_eq!(cost(&scenario), 0.0);
}

#[test]
fn setting_a_team_up_costs_once() {
    let run = Scenario::half_year()
        .team("posts", "3")
        .team("begins", "2024-12-01")
        .team("costs.setup", "£3,322")
        .run();
    assert_eq!(run.pounds("cost"), 3_322.00);
    // On day 0, whenever the team is ready.
    assert_eq!(run.option("In-house").month("cost", "2024-10"), 3_322.00);
}

#[test]
fn each_post_that_the_contract_s_end_closes_costs_its_end() {
    let scenario = Scenario::half_year()
        .team("posts", "3")
        .team("contract_ends", "2024-12-31")
        .team("costs.at_end", "£500");
    assert_eq!(cost(&scenario), 1_500.00);
    // Without a contract that ends nothing is due.
    assert_eq!(cost(&scenario.without("option.In-house.team.Coaches.contract_ends")), 0.0);
}

#[test]
fn a_provider_s_block_is_invoiced_for_each_month() {
    assert_eq!(cost(&Scenario::half_year().team("price.block_per_month", "£3,100")), 18_600.00);
}

#[test]
fn a_part_month_of_a_block_is_by_days_over_days_in_that_month() {
    // 11 to 31 October is 21/31 of £3,100, 1 to 14 January is 14/31.
    let scenario = Scenario::half_year()
        .team("begins", "2024-10-11")
        .team("contract_ends", "2025-01-14")
        .team("price.block_per_month", "£3,100");
    assert_eq!(cost(&scenario), 2_100.0 + 3_100.0 + 3_100.0 + 1_400.0);
}

#[test]
fn a_block_is_rounded_on_its_running_total() {
    // Twice 18/31 of £100 is £116.129; rounded by itself each is £58.06.
    let scenario = Scenario::half_year()
        .team("begins", "2024-10-14")
        .team("contract_ends", "2025-01-18")
        .team("price.block_per_month", "£100");
    assert_eq!(cost(&scenario), 316.13);
}

#[test]
fn a_block_is_for_the_team_however_many_coaches_it_has() {
    let scenario = Scenario::half_year().team("posts", "4").team("price.block_per_month", "£3,100");
    assert_eq!(cost(&scenario), 18_600.00);
}

#[test]
fn a_block_begins_when_the_provider_is_ready_though_its_coaches_come_later() {
    let scenario = Scenario::half_year()
        .stage("provider", "recruitment", "40 days")
        .team("recruitment", "provider")
        .team("price.block_per_month", "£3,100");
    assert_eq!(cost(&scenario), 18_600.00);
}

#[test]
fn a_price_per_plan_is_paid_for_each_plan() {
    let run = Scenario::half_year()
        .team("participants_max", "10")
        .team("price.per_plan", "£320.55")
        .run();
    assert_eq!(run.pounds("cost"), 3_205.50);
    assert_eq!(run.pounds("cost_per_plan"), 320.55);
}

#[test]
fn a_set_up_fee_is_due_when_the_provider_is_ready() {
    let run = Scenario::half_year()
        .stage("quotes", "quotes", "70 days")
        .team("route", "quotes")
        .team("price.set_up_fee", "£15,000")
        .run();
    assert_eq!(run.pounds("cost"), 15_000.00);
    assert_eq!(run.option("In-house").month("cost", "2024-12"), 15_000.00);
}

#[test]
fn a_provider_never_ready_is_paid_nothing() {
    let scenario = Scenario::half_year()
        .stage("tender", "tender", "400 days")
        .team("route", "tender")
        .team("price.set_up_fee", "£15,000")
        .team("price.block_per_month", "£3,100")
        .team("price.minimum", "£50,000");
    assert_eq!(cost(&scenario), 0.0);
}

#[test]
fn a_provider_s_minimum_is_made_up_on_its_last_day() {
    let scenario = Scenario::half_year()
        .team("participants_max", "10")
        .team("contract_ends", "2025-01-31")
        .team("price.per_plan", "£320")
        .team("price.minimum", "£5,000");
    let run = scenario.run();
    assert_eq!(run.pounds("cost"), 5_000.00);
    assert_eq!(run.option("In-house").month("cost", "2025-01"), 1_800.00);
}

#[test]
fn a_provider_that_earned_more_than_its_minimum_is_paid_no_more() {
    let scenario = Scenario::half_year()
        .team("participants_max", "10")
        .team("contract_ends", "2025-01-31")
        .team("price.per_plan", "£320")
        .team("price.minimum", "£3,000");
    assert_eq!(cost(&scenario), 3_200.00);
}

#[test]
fn a_provider_that_failed_is_not_owed_its_minimum() {
    // A hazard of 99% a month leaves no provider standing for six (a chance of 10^-12).
    let scenario = Scenario::half_year()
        .team("participants_max", "10")
        .team("fails", r#"{ is = "99%", per = "month" }"#)
        .team("price.minimum", "£5,000");
    assert_eq!(cost(&scenario), 0.0);
}

#[test]
fn a_team_that_stops_early_is_paid_until_the_day_stated() {
    // October and November.
    let scenario = Scenario::half_year()
        .team("until", "2024-10-15")
        .team("staff_until", "2024-11-30")
        .team("price.block_per_month", "£3,100");
    assert_eq!(cost(&scenario), 6_200.00);
}

#[test]
fn every_line_of_cost_adds_up() {
    // £18,200 and 13% of it, £250, then the locality's £12,000 and £2,000, then the provider's
    // £18,600 and £5,000; nobody is left over for its price per plan.
    let scenario = salaried("£36,525")
        .team("in_post_from", "2024-10-01")
        .team("costs.management", "13%")
        .team("costs.setup", "£250")
        .locality("costs.Lead.per_month", "£2,000")
        .cost_once("Website", "£2,000", "2024-10-01")
        .other_team("Provider", "price.block_per_month", "£3,100")
        .other_team("Provider", "price.set_up_fee", "£5,000")
        .other_team("Provider", "price.per_plan", "£320");
    let run = scenario.run();
    assert_eq!(run.pounds("cost"), 20_566.0 + 250.0 + 12_000.0 + 2_000.0 + 18_600.0 + 5_000.0);
    assert_eq!(run.pounds("eligible_expenditure"), run.pounds("cost"));
}

#[test]
fn a_cost_that_may_not_be_claimed_is_a_cost_all_the_same() {
    let run = Scenario::half_year()
        .cost_once("Lead", "£500", "2024-10-01")
        .cost_once("Party", "£1,000", "2024-10-01")
        .locality("costs.Party.eligible", "false")
        .run();
    assert_eq!(run.pounds("cost"), 1_500.00);
    assert_eq!(run.pounds("eligible_expenditure"), 500.00);
    assert_eq!(run.pounds("income_basic"), 500.00);
    assert_eq!(run.pounds("shortfall"), 1_000.00);
}

#[test]
fn a_team_s_costs_and_prices_may_be_marked_as_not_to_be_claimed() {
    // Read here as one mark for the table of costs and one for the table of prices.
    let run = salaried("£36,525").team("costs.eligible", "false").run();
    assert_eq!(run.pounds("cost"), 18_200.00);
    assert_eq!(run.pounds("eligible_expenditure"), 0.0);
    let run = Scenario::half_year()
        .team("price.block_per_month", "£3,100")
        .team("price.eligible", "false")
        .run();
    assert_eq!(run.pounds("cost"), 18_600.00);
    assert_eq!(run.pounds("eligible_expenditure"), 0.0);
}

#[test]
fn cost_is_counted_in_the_funding_year_in_which_it_is_incurred() {
    let run = Scenario::two_years()
        .cost_once("Last", "£1,000", "2025-03-31")
        .cost_once("First", "£2,000", "2025-04-01")
        .run();
    assert_eq!(run.pounds("cost_by_year.2024/25"), 1_000.00);
    assert_eq!(run.pounds("cost_by_year.2025/26"), 2_000.00);
}
