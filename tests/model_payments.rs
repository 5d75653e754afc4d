//! Section 7 of the model: who pays, when, for which outcomes, what is paid back, and through whose
//! hands the money goes.
//!
//! The figures of `Scenario::half_year` stand in its documentation: two quarters of 92 and 90 days,
//! which end on days 91 and 181, basic £48,000 and participant £32,000 of £80,000.

mod common;

use common::{Scenario, assert_near};

const ADVANCE: &str = "in advance";

/// The whole allocation as a grant, paid by the profile on each quarter's first day.
fn block_grant(scenario: Scenario) -> Scenario {
    scenario
        .set("funding.basic.share", "100%")
        .set("funding.participant.share", "0%")
        .set("funding.basic.paid_on", "profile")
        .set("funding.paid", ADVANCE)
        .set("funding.income_limit", "none")
}

/// £13,000 at each month's end: £78,000.
fn even_costs(scenario: Scenario) -> Scenario {
    scenario.locality("costs.Service.per_month", "£13,000")
}

/// A basic part by profile, without an income limit, so that there may be something to pay back.
fn profile() -> Scenario {
    Scenario::half_year()
        .set("funding.basic.paid_on", "profile")
        .set("funding.income_limit", "none")
        .plans_on(&[("2024-10-01", 10)])
}

/// 60%, 20% and 20% for outcomes (£16,000), £500 for each. Ten days of support, after which
/// everyone is in work.
fn outcomes(paid_on: &str, plans: u32) -> Scenario {
    Scenario::half_year()
        .set("funding.participant.share", "20%")
        .set("funding.outcome.share", "20%")
        .set("funding.outcome.paid_on", paid_on)
        .set("funding.outcome.per_outcome", "£500")
        .set("funding.income_limit", "none")
        .plans_on(&[("2024-10-01", plans)])
        .journey("support", "10 days")
        .journey("in_work", "100%")
        .journey("sustained", "100%")
}

// ---------------------------------------------------------------- in advance

#[test]
fn a_block_grant_in_advance_has_no_gap_where_costs_are_even() {
    let run = block_grant(even_costs(Scenario::half_year())).run();
    assert_eq!(run.pounds("income"), 80_000.00);
    assert_eq!(run.pounds("cash_gap"), 0.0);
    run.assert_none("cash_gap_day");
    // 92 of 182 days on day 0, the rest on the first of January.
    assert_eq!(run.option("In-house").month("receipts", "2024-10"), 40_439.56);
    assert_eq!(run.option("In-house").month("receipts", "2025-01"), 39_560.44);
}

#[test]
fn the_same_grant_in_arrears_leaves_two_months_to_carry() {
    let scenario = block_grant(even_costs(Scenario::half_year()));
    let run = scenario.set("funding.paid", "in arrears").run();
    assert_eq!(run.pounds("income"), 80_000.00);
    assert_eq!(run.pounds("cash_gap"), 26_000.00);
    assert_eq!(run.option("In-house").month("receipts", "2024-12"), 40_439.56);
}

#[test]
fn what_is_paid_in_advance_waits_for_no_return_but_for_paid_after_and_the_first_payment() {
    let grant = block_grant(Scenario::half_year()).set("funding.late_return", "100%");
    let run = grant.clone().set("funding.paid_after", "40 days").run();
    // Day 40 is 10 November, day 132 is 10 February.
    assert_eq!(run.option("In-house").month("receipts", "2024-11"), 40_439.56);
    assert_eq!(run.option("In-house").month("receipts", "2025-02"), 39_560.44);
    let run = grant.set("funding.first_payment_from", "2024-12-15").run();
    assert_eq!(run.option("In-house").month("receipts", "2024-12"), 40_439.56);
}

#[test]
fn no_spending_limits_an_advance_but_it_leaves_the_participant_part_no_room() {
    // £50,000 spent; £48,000 of it is paid in advance, and ten plans would earn £3,200.
    let run = profile()
        .set("funding.paid", ADVANCE)
        .set("funding.income_limit", "expenditure")
        .cost_once("Lead", "£50,000", "2025-02-01")
        .run();
    assert_eq!(run.pounds("income_basic"), 48_000.00);
    assert_eq!(run.pounds("income_participant"), 2_000.00);
    assert_eq!(run.option("In-house").month("receipts", "2024-10"), 24_263.74);
}

// ---------------------------------------------------------------- paid back

#[test]
fn receipts_above_expenditure_are_paid_back() {
    // £48,000 + £3,200 received, £50,000 spent.
    let run = profile()
        .set("funding.reconciliation", "expenditure")
        .cost_once("Lead", "£50,000", "2024-10-01")
        .run();
    assert_eq!(run.pounds("repaid"), 1_200.00);
    assert_eq!(run.pounds("income_basic"), 46_800.00);
    assert_eq!(run.pounds("income_participant"), 3_200.00);
    assert_eq!(run.pounds("income"), 50_000.00);
    assert_eq!(run.pounds("net"), 0.0);
    assert_eq!(run.pounds("unclaimed"), 30_000.00);
}

#[test]
fn only_eligible_expenditure_keeps_what_was_paid() {
    let run = profile()
        .set("funding.reconciliation", "expenditure")
        .cost_once("Lead", "£50,000", "2024-10-01")
        .locality("costs.Lead.eligible", "false")
        .run();
    // Of the basic part no more can be paid back than was paid of it.
    assert_eq!(run.pounds("repaid"), 48_000.00);
    assert_eq!(run.pounds("income"), 3_200.00);
}

#[test]
fn a_basic_part_above_its_share_of_the_tariff_for_each_plan_is_paid_back() {
    // Ten plans have earned £4,800 of the £48,000.
    let run = profile().set("funding.reconciliation", "participants").run();
    assert_eq!(run.pounds("repaid"), 43_200.00);
    assert_eq!(run.pounds("income_basic"), 4_800.00);
    assert_eq!(run.pounds("income"), 8_000.00);
}

#[test]
fn each_plan_keeps_the_tariff_of_its_own_year() {
    // 10 x £480 and 20 x £486.60.
    let run = Scenario::two_years()
        .set("funding.basic.paid_on", "profile")
        .set("funding.income_limit", "none")
        .set("funding.reconciliation", "participants")
        .plans_on(&[("2024-10-01", 10), ("2025-04-01", 20)])
        .run();
    assert_eq!(run.pounds("income_basic"), 14_532.00);
    assert_eq!(run.pounds("repaid"), 48_462.00 - 14_532.00);
    // What is paid back comes off the last year's income.
    assert_eq!(run.pounds("income_by_year.2024/25"), 14_400.00 + 3_200.00);
}

#[test]
fn nothing_is_paid_back_where_every_plan_earned_what_was_paid() {
    let run = profile()
        .set("funding.basic.paid_on", "participants")
        .set("funding.reconciliation", "participants")
        .set(r#"funding.year."2024/25".tariff"#, "£800.01")
        .plans_on(&[("2024-10-01", 3), ("2025-01-01", 4)])
        .run();
    assert_eq!(run.pounds("repaid"), 0.0);
    // £1,440.018 and £1,920.024, each rounded by itself.
    assert_eq!(run.pounds("income_basic"), 1_440.02 + 1_920.02);
}

#[test]
fn money_is_paid_back_so_long_after_the_programme_s_end() {
    let repaid = |after: &str| {
        profile()
            .set("funding.reconciliation", "participants")
            .set("funding.reconciled_after", after)
            .run()
    };
    // On 31 March the second quarter's £23,736.26 comes in and £43,200 goes out.
    let run = repaid("0 days");
    assert_eq!(run.option("In-house").month("receipts", "2025-03"), 23_736.26 - 43_200.00);
    assert_eq!(run.pounds("owed_by_funder_at.2024/25"), 0.0);
    let run = repaid("60 days");
    assert_eq!(run.option("In-house").month("receipts", "2025-03"), 23_736.26);
    assert_eq!(run.pounds("owed_by_funder_at.2024/25"), -43_200.00);
    assert_eq!(run.pounds("income"), 8_000.00);
}

// ---------------------------------------------------------------- outcomes

#[test]
fn each_outcome_is_paid_up_to_the_cap() {
    let run = outcomes("in_work", 10).run();
    assert_eq!(run.pounds("income_outcome"), 5_000.00);
    assert_eq!(run.pounds("income_participant"), 1_600.00);
    assert_eq!(outcomes("in_work", 40).run().pounds("income_outcome"), 16_000.00);
}

#[test]
fn a_job_that_was_kept_is_no_job_found() {
    let scenario = outcomes("found_work", 10);
    assert_eq!(scenario.clone().run().pounds("income_outcome"), 5_000.00);
    let run = scenario.journey("employed_at_start", "100%").run();
    assert_eq!(run.pounds("income_outcome"), 0.0);
    assert_eq!(run.people("in_work"), 10);
}

#[test]
fn an_outcome_of_a_year_s_cap_lapses_with_it() {
    // 20% of £24,000 is £4,800, and 20 people in work would be £10,000.
    let year = |cap: &str| {
        let scenario = Scenario::two_years()
            .set("funding.participant.share", "20%")
            .set("funding.outcome.share", "20%")
            .set("funding.outcome.paid_on", "in_work")
            .set("funding.outcome.per_outcome", "£500")
            .set("funding.outcome.cap", cap)
            .set("funding.income_limit", "none")
            .plans_on(&[("2024-10-01", 20)])
            .journey("support", "10 days")
            .journey("in_work", "100%");
        scenario.run().pounds("income_outcome")
    };
    assert_eq!(year("year"), 4_800.00);
    assert_eq!(year("programme"), 10_000.00);
}

#[test]
fn an_outcome_sustained_after_the_programme_is_claimed_in_its_own_quarter() {
    // In work on 11 October, sustained 26 weeks later on 11 April: claimed on 30 June.
    let run = outcomes("sustained", 10).run();
    assert_eq!(run.pounds("income_outcome"), 5_000.00);
    assert_eq!(run.pounds("owed_by_funder_at.2024/25"), 5_000.00);
    let months = ["2024-10", "2024-11", "2025-01", "2025-02"];
    assert!(months.iter().all(|month| run.option("In-house").month("receipts", month) == 0.0));
    // Sustained four weeks later, it belongs to the first quarter.
    let run = outcomes("sustained", 10).journey("sustained_for", "4 weeks").run();
    assert_eq!(run.option("In-house").month("receipts", "2024-12"), 1_600.00 + 5_000.00);
}

#[test]
fn an_income_limit_cuts_outcomes_before_the_participant_part() {
    let run = outcomes("in_work", 10)
        .set("funding.income_limit", "expenditure")
        .cost_once("Lead", "£49,000", "2024-10-01")
        .run();
    assert_eq!(run.pounds("income_basic"), 48_000.00);
    assert_eq!(run.pounds("income_participant"), 1_000.00);
    assert_eq!(run.pounds("income_outcome"), 0.0);
}

// ---------------------------------------------------------------- funders and the chain

/// £48,000 spent on day 0 and claimed on day 91.
fn spent() -> Scenario {
    Scenario::half_year().without_plans().cost_once("Lead", "£48,000", "2024-10-01")
}

#[test]
fn every_receipt_is_split_between_the_funders() {
    let run = spent()
        .set("funding.funder.Department.share", "60%")
        .set("funding.funder.City.share", "40%")
        .set("funding.funder.City.paid_after", "30 days")
        .run();
    assert_eq!(run.pounds("income_from.Department"), 28_800.00);
    assert_eq!(run.pounds("income_from.City"), 19_200.00);
    // Day 121 is 30 January.
    assert_eq!(run.option("In-house").month("receipts", "2024-12"), 28_800.00);
    assert_eq!(run.option("In-house").month("receipts", "2025-01"), 19_200.00);
}

#[test]
fn the_odd_penny_goes_to_the_largest_remainder() {
    // 60% of five pence is three, 40% two; a third each of a penny is the first's.
    let run = Scenario::half_year()
        .without_plans()
        .cost_once("Lead", "£0.10", "2024-10-01")
        .set("funding.funder.A.share", "33.3%")
        .set("funding.funder.B.share", "33.3%")
        .set("funding.funder.C.share", "33.4%")
        .run();
    let parts = ["A", "B", "C"].map(|name| run.pounds(&format!("income_from.{name}")));
    assert_eq!(parts, [0.03, 0.03, 0.04]);
}

#[test]
fn each_funder_gets_back_its_part_of_what_it_paid() {
    let run = profile()
        .set("funding.reconciliation", "participants")
        .set("funding.funder.Department.share", "75%")
        .set("funding.funder.City.share", "25%")
        .run();
    assert_eq!(run.pounds("income_from.Department"), 6_000.00);
    assert_eq!(run.pounds("income_from.City"), 2_000.00);
}

#[test]
fn a_step_that_passes_money_on_carries_nothing_and_delays_it() {
    let run = spent().set("funding.chain.Authority.passes_on_after", "2 weeks").run();
    // Day 105 is 14 January.
    assert_eq!(run.pounds("cash_gap_of.Authority"), 0.0);
    assert_eq!(run.option("In-house").month("receipts", "2024-12"), 0.0);
    assert_eq!(run.option("In-house").month("receipts", "2025-01"), 48_000.00);
    assert_eq!(run.pounds("cash_gap"), 48_000.00);
}

#[test]
fn a_step_that_pays_on_time_advances_the_money() {
    let run = spent()
        .set("funding.paid_after", "60 days")
        .set("funding.chain.Authority.pays_after", "10 days")
        .set("funding.chain.Council.passes_on_after", "1 day")
        .run();
    // The funder pays on day 151; the authority has paid on day 101 and the council on day 102.
    assert_eq!(run.pounds("cash_gap_of.Authority"), 48_000.00);
    assert_eq!(run.pounds("cash_gap_of.Council"), 0.0);
    assert_eq!(run.option("In-house").month("receipts", "2025-01"), 48_000.00);
}

#[test]
fn a_late_return_is_carried_by_the_step_that_pays_whether_or_not_it_has_received() {
    let run = spent()
        .set("funding.late_return", "100%")
        .set("funding.chain.Authority.pays_after", "0 days")
        .run();
    assert_eq!(run.pounds("cash_gap_of.Authority"), 48_000.00);
    assert_eq!(run.option("In-house").month("receipts", "2024-12"), 48_000.00);
}

#[test]
fn the_programme_s_step_carries_its_localities_together() {
    let run = spent()
        .with_bolton()
        .set("funding.paid_after", "60 days")
        .set("funding.chain.Authority.pays_after", "10 days")
        .run();
    assert_eq!(run.pounds("cash_gap_of.Authority"), 48_000.00);
    assert_eq!(run.programme().pounds("cash_gap_of.Authority"), 96_000.00);
}

// ---------------------------------------------------------------- providers and the programme

#[test]
fn a_provider_s_margin_is_what_it_charges_less_what_it_costs_itself() {
    // £100 a day for 182 days; six invoices of £3,100, each paid 30 days later.
    let run = Scenario::half_year()
        .without_plans()
        .team("price.block_per_month", "£3,100")
        .team("price.paid_after", "30 days")
        .team("own_costs.salary", "£36,525")
        .run();
    assert_eq!(run.pounds("cost"), 18_600.00);
    assert_eq!(run.pounds("cost.salary"), 0.0);
    assert_eq!(run.pounds("provider_cost.Coaches"), 18_200.00);
    assert_eq!(run.pounds("margin.Coaches"), 400.00);
    // Deepest on 28 February: £15,100 of salary is paid, and the invoices of three months are.
    assert_eq!(run.pounds("cash_gap_of.Coaches"), 5_800.00);
}

#[test]
fn what_the_funds_leave_above_the_allocation_is_the_programme_s_alone() {
    // £100,000 less 100 x £800.
    let run = Scenario::half_year().without_plans().set("central.funds", "£100,000").run();
    assert_eq!(run.pounds("cost"), 0.0);
    assert_eq!(run.pounds("income"), 0.0);
    let programme = run.programme();
    assert_eq!(programme.pounds("cost.Central"), 20_000.00);
    assert_eq!(programme.pounds("income_central"), 20_000.00);
    assert_eq!(programme.pounds("income"), 20_000.00);
    assert_eq!(programme.pounds("net"), 0.0);
    assert_eq!(programme.pounds("unclaimed"), 80_000.00);
    // 31 of 182 days; a quarter of 92 days is paid for on its last.
    assert_eq!(programme.month("cost", "2024-10"), 3_406.59);
    assert_eq!(programme.month("receipts", "2024-12"), 10_109.89);
    assert_eq!(programme.pounds("cash_gap"), 6_703.30);
}

#[test]
fn where_participants_are_divided_the_funds_are_held_against_all_of_them() {
    // £100,000 less 120 x £800, though Bury has agreed to 100.
    let run = Scenario::half_year()
        .without_plans()
        .set("fair_share.participants", "120")
        .locality("population", "190_000")
        .set("central.funds", "£100,000")
        .set("central.name", "Grants")
        .run();
    assert_eq!(run.programme().pounds("cost.Grants"), 4_000.00);
}

// ---------------------------------------------------------------- readings

const FIGURES: [&str; 6] = ["income", "unclaimed", "shortfall", "repaid", "net", "cash_gap"];

/// Plans and costs that differ from world to world.
fn uncertain() -> Scenario {
    Scenario::half_year()
        .steady("20")
        .set("funding.paid_after", "{ nine_in_ten = [\"1 week\", \"4 weeks\"] }")
        .locality("costs.Service.per_month", "{ nine_in_ten = [\"£6,000\", \"£14,000\"] }")
}

#[test]
fn a_reading_equal_to_the_file_s_own_gives_equal_figures() {
    let run = uncertain()
        .set(r#"reading.Same.set."funding.basic.paid_on".to"#, "expenditure")
        .run_with(64, &[]);
    for figure in FIGURES {
        run.assert_same(figure, &format!("reading.Same.{figure}"));
    }
    assert!(run.sd("cash_gap") > 0.0);
}

#[test]
fn a_reading_gives_what_a_file_with_these_rules_gives() {
    let rules = [
        ("funding.basic.share", "100%"),
        ("funding.participant.share", "0%"),
        ("funding.basic.paid_on", "profile"),
        ("funding.income_limit", "none"),
        ("funding.reconciliation", "expenditure"),
        ("funding.paid_after", "{ nine_in_ten = [\"20 days\", \"60 days\"] }"),
        ("funding.late_return", "30%"),
        (r#"funding.year."2024/25".tariff"#, "£900"),
    ];
    let (mut own, mut read) = (uncertain(), uncertain());
    for (path, value) in rules {
        own = own.set(path, value);
        let path = path.replace('"', "\\\"");
        read = read.set(&format!("reading.Grant.set.\"{path}\".to"), value);
    }
    let (own, read) = (own.run_with(64, &[]), read.run_with(64, &[]));
    for figure in FIGURES {
        for statistic in ["mean", "sd", "p05", "p95"] {
            let named = format!("reading.Grant.{figure}");
            let expected = own.option("In-house").statistic(figure, statistic);
            assert_near(read.option("In-house").statistic(&named, statistic), expected, 1e-9);
        }
    }
    assert!(own.mean("repaid") > 0.0);
}

#[test]
fn a_reading_moves_nothing_else() {
    let plain = uncertain().run_with(32, &[]);
    let read =
        uncertain().set(r#"reading.Late.set."funding.paid_after".times"#, "2").run_with(32, &[]);
    for metric in ["income", "cash_gap", "plans", "financing"] {
        let (before, after) = (plain.option("In-house"), read.option("In-house"));
        assert_eq!(before.metric(metric), after.metric(metric), "{metric}");
    }
    assert!(read.mean("reading.Late.cash_gap") > read.mean("cash_gap"));
}

#[test]
fn a_correlated_group_moves_the_same_value_under_every_reading() {
    let grouped = |scenario: Scenario| {
        scenario
            .set(
                "correlated.money.inputs",
                r#"["funding.paid_after", "locality.*.costs.*.per_month"]"#,
            )
            .set("correlated.money.correlation", "0.9")
    };
    let wide = "{ nine_in_ten = [\"20 days\", \"60 days\"] }";
    let own = grouped(uncertain()).set("funding.paid_after", wide).run_with(64, &[]);
    let read = grouped(uncertain())
        .set(r#"reading.Wide.set."funding.paid_after".to"#, wide)
        .run_with(64, &[]);
    assert_near(read.mean("reading.Wide.cash_gap"), own.mean("cash_gap"), 1e-9);
}

#[test]
fn no_penny_is_lost_under_any_reading() {
    // Every run of a test is built with the model's own assertions: what each reading pays adds up
    // by part, year, funder, step of the chain and day, and nobody is paid back more than they paid.
    let mut scenario = uncertain()
        .set("funding.participant.share", "25%")
        .set("funding.outcome.share", "15%")
        .set("funding.outcome.paid_on", "sustained")
        .set("funding.outcome.per_outcome", "£333.33")
        .set("funding.disallowed", "3%")
        .set("funding.late_return", "40%")
        .set("funding.funder.A.share", "33.3%")
        .set("funding.funder.B.share", "66.6%")
        .set("funding.funder.C", "{ share = \"0.1%\", paid_after = \"1 year\" }")
        .set("funding.chain.First.pays_after", "{ nine_in_ten = [\"1 week\", \"9 weeks\"] }")
        .set("funding.chain.Second.passes_on_after", "9 days")
        .journey("support", "{ exponential = { mean = \"8 weeks\" } }")
        .journey("in_work", "60%")
        .journey("sustained", "50%")
        .with_bolton()
        .set("central.funds", "£190,000");
    let mut readings = Vec::new();
    for basis in ["expenditure", "profile", "participants"] {
        for repayment in ["none", "expenditure", "participants"] {
            for limit in ["expenditure", "none"] {
                readings.push([basis, repayment, limit].map(str::to_owned));
            }
        }
    }
    for [basis, repayment, limit] in &readings {
        let name = format!("reading.{basis}-{repayment}-{limit}.set");
        scenario = scenario
            .set(&format!("{name}.\"funding.basic.paid_on\".to"), basis)
            .set(&format!("{name}.\"funding.reconciliation\".to"), repayment)
            .set(&format!("{name}.\"funding.income_limit\".to"), limit);
    }
    let run = scenario.run_with(64, &[]);
    for [basis, repayment, limit] in &readings {
        let figure = |name: &str| {
            let name = format!("reading.{basis}-{repayment}-{limit}.{name}");
            run.programme().mean(&name)
        };
        // Two localities' allocations, and what is claimed beside them.
        let whole = figure("income") + figure("unclaimed");
        assert_near(whole, 160_000.00 + 30_000.00, 1e-6);
        assert!(repayment != "none" || figure("repaid") == 0.0);
        assert!(basis != "participants" || repayment != "participants" || figure("repaid") == 0.0);
    }
    assert!(run.programme().mean("reading.profile-participants-none.repaid") > 0.0);
}
