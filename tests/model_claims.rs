//! Section 7 of the model: the allocation, what is claimed of it, and what never is.
//!
//! The figures of `Scenario::half_year` and `Scenario::two_years` stand in their documentation. A
//! plan of 2024/25 earns 60% and 40% of £800, £480 and £320; one of 2025/26 those of £811, £486.60
//! and £324.40.

mod common;

use common::{Scenario, assert_near};

/// How the two parts are paid.
const PAID_ON: &str = "funding.basic.paid_on";
const BASIC_CAP: &str = "funding.basic.cap";
const PARTICIPANT_CAP: &str = "funding.participant.cap";
const INCOME_LIMIT: &str = "funding.income_limit";

/// Two years without an income limit, with plans on day 0 and on the first day of the second year;
/// the basic part is paid for each plan too.
fn per_head(first_year: u32, second_year: u32) -> Scenario {
    Scenario::two_years()
        .set(PAID_ON, "participants")
        .set(INCOME_LIMIT, "none")
        .plans_on(&[("2024-10-01", first_year), ("2025-04-01", second_year)])
}

#[test]
fn the_allocation_is_heads_times_share_times_tariff() {
    // Nothing is spent, so nothing may be claimed. Bury: 536 x 30% x £800 + 536 x 70% x £811.
    let run = Scenario::two_years().locality("agreed_participants", "536").run();
    assert_eq!(run.pounds("income"), 0.0);
    assert_eq!(run.pounds("unclaimed"), 432_927.20);
    // Stockport: 816 heads.
    let run = Scenario::two_years().locality("agreed_participants", "816").run();
    assert_eq!(run.pounds("unclaimed"), 659_083.20);
}

#[test]
fn each_year_s_allocation_is_rounded_half_up() {
    // 7 x 30% x £800.05 = £1,680.105, which is £1,680.11; the other year's £3,973.90 is exact.
    let run = Scenario::two_years()
        .locality("agreed_participants", "7")
        .set(r#"funding.year."2024/25".tariff"#, "£800.05")
        .run();
    assert_eq!(run.pounds("unclaimed"), 5_654.01);
}

#[test]
fn a_stated_allocation_stands_before_the_computed_one() {
    let run = Scenario::half_year().locality("allocation", "£12,345.67").run();
    assert_eq!(run.pounds("unclaimed"), 12_345.67);
}

#[test]
fn published_figures_are_set_beside_what_the_scheme_computes() {
    let run = Scenario::two_years()
        .locality("agreed_participants", "536")
        .locality("published.total", "£432,927")
        .locality("published.basic", "£259,756")
        .locality("published.participant", "£171,171")
        .locality("published.source", "Board paper")
        .run();
    let lines = run.json["reconciliation"].as_array().expect("a list");
    for (figure, published, computed) in [
        ("total", 43_292_700, 43_292_720),
        ("basic", 25_975_600, 25_975_632),
        ("participant", 17_117_100, 17_317_088_i64),
    ] {
        let line = lines.iter().find(|line| line["figure"] == figure);
        let line = line.unwrap_or_else(|| panic!("no {figure} among {lines:?}"));
        assert_eq!(line["locality"], "Bury");
        assert_eq!(line["published_pence"], published);
        assert_eq!(line["computed_pence"], computed);
        // Which is taken from which is not written down.
        let difference = line["difference_pence"].as_i64().map(i64::abs);
        assert_eq!(difference, Some((computed - published).abs()));
        assert_eq!(line["source"], "Board paper");
    }
}

#[test]
fn every_plan_earns_its_year_s_tariff_under_each_cap_and_limit() {
    // 10 x £800 + 20 x £811, within every cap; £100,000 spent on day 0 is above every limit.
    for cap in ["programme", "year"] {
        for limit in ["none", "expenditure"] {
            for paid_on in ["plan", "start"] {
                let run = per_head(10, 20)
                    .set(BASIC_CAP, cap)
                    .set(PARTICIPANT_CAP, cap)
                    .set(INCOME_LIMIT, limit)
                    .set("funding.participant.paid_on", paid_on)
                    .cost_once("Lead", "£100,000", "2024-10-01")
                    .run();
                assert_eq!(run.pounds("income_basic"), 14_532.00, "{cap}, {limit}, {paid_on}");
                assert_eq!(run.pounds("income_participant"), 9_688.00, "{cap}, {limit}, {paid_on}");
                assert_eq!(run.pounds("income"), 24_220.00, "{cap}, {limit}, {paid_on}");
            }
        }
    }
}

#[test]
fn income_is_plans_times_tariff_share_under_every_reading_of_the_scheme() {
    // About 120 plans of 1,000 agreed; basic £480,000 and participant £320,000 are not reached by
    // plans, and £1,000,000 of cost is above both.
    for paid_on in ["expenditure", "profile", "participants"] {
        for participant in ["plan", "start"] {
            for limit in ["none", "expenditure"] {
                let run = Scenario::half_year()
                    .steady("20")
                    .locality("agreed_participants", "1_000")
                    .cost_once("Lead", "£1,000,000", "2024-10-01")
                    .set(PAID_ON, paid_on)
                    .set("funding.participant.paid_on", participant)
                    .set(INCOME_LIMIT, limit)
                    .run();
                let plans = run.mean("plans");
                let basic = if paid_on == "participants" { 480.0 * plans } else { 480_000.0 };
                assert_near(run.mean("income_basic"), basic, 1e-6);
                assert_near(run.mean("income_participant"), 320.0 * plans, 1e-6);
            }
        }
    }
}

#[test]
fn a_claim_line_is_rounded_once_and_not_for_each_plan() {
    // 7 x £811.11 x 60% = £3,406.662 and x 40% = £2,271.108; for each plan rounded they would be
    // £3,406.69 and £2,271.08.
    let run = Scenario::half_year()
        .set(r#"funding.year."2024/25".tariff"#, "£811.11")
        .set(PAID_ON, "participants")
        .set(INCOME_LIMIT, "none")
        .plans_on(&[("2024-10-01", 7)])
        .run();
    assert_eq!(run.pounds("income_basic"), 3_406.66);
    assert_eq!(run.pounds("income_participant"), 2_271.11);
}

#[test]
fn a_start_is_paid_though_no_plan_follows() {
    let scenario = per_head(10, 20).journey("plan_agreed", "0%").journey("to_plan", "600 days");
    let run = scenario.clone().set("funding.participant.paid_on", "start").run();
    assert_eq!(run.pounds("income_participant"), 9_688.00);
    // The basic part still waits for plans.
    assert_eq!(run.pounds("income_basic"), 0.0);
    assert_eq!(scenario.run().pounds("income_participant"), 0.0);
}

#[test]
fn a_missed_appointment_is_no_start() {
    let run =
        per_head(10, 20).journey("attends", "0%").set("funding.participant.paid_on", "start").run();
    assert_eq!(run.pounds("income"), 0.0);
}

#[test]
fn a_start_earns_the_tariff_of_its_own_year_and_not_of_the_plan_s() {
    // Starts on 31 March 2025, plans on 1 April.
    let scenario = Scenario::two_years()
        .set(INCOME_LIMIT, "none")
        .plans_on(&[("2025-03-31", 10)])
        .journey("to_plan", "1 day");
    let run = scenario.clone().set("funding.participant.paid_on", "start").run();
    assert_eq!(run.pounds("income_participant"), 3_200.00);
    assert_eq!(scenario.run().pounds("income_participant"), 3_244.00);
}

#[test]
fn plans_above_a_year_s_cap_lapse() {
    // 40 plans would earn £12,800 of a year's £9,600; 20 more earn £6,488.
    let run = per_head(40, 20).set(PARTICIPANT_CAP, "year").run();
    assert_eq!(run.pounds("income_participant"), 9_600.00 + 6_488.00);
    // With the programme as the cap (£32,308) all are paid.
    let run = per_head(40, 20).set(PARTICIPANT_CAP, "programme").run();
    assert_eq!(run.pounds("income_participant"), 12_800.00 + 6_488.00);
}

#[test]
fn room_not_used_in_a_year_lapses() {
    // 80 plans would earn £25,952 of a year's £22,708, though £6,400 of the first are unused.
    let run = per_head(10, 80).set(PARTICIPANT_CAP, "year").run();
    assert_eq!(run.pounds("income_participant"), 3_200.00 + 22_708.00);
    let run = per_head(10, 80).set(PARTICIPANT_CAP, "programme").run();
    assert_eq!(run.pounds("income_participant"), 3_200.00 + 25_952.00);
}

#[test]
fn the_basic_part_paid_per_head_has_its_own_cap() {
    // 40 plans would earn £19,200 of a year's £14,400; 20 more earn £9,732.
    let run = per_head(40, 20).set(BASIC_CAP, "year").run();
    assert_eq!(run.pounds("income_basic"), 14_400.00 + 9_732.00);
    let run = per_head(40, 20).set(BASIC_CAP, "programme").run();
    assert_eq!(run.pounds("income_basic"), 19_200.00 + 9_732.00);
}

#[test]
fn by_default_the_basic_part_has_the_programme_s_cap_and_the_participant_part_the_year_s() {
    let run = per_head(40, 20).run();
    assert_eq!(run.pounds("income_basic"), 19_200.00 + 9_732.00);
    assert_eq!(run.pounds("income_participant"), 9_600.00 + 6_488.00);
}

#[test]
fn a_claim_that_meets_its_cap_may_pay_a_part_of_a_plan() {
    // Ten agreed: £2,400 + £5,677 = £8,077.00, participant £3,230.80. Eleven plans would earn
    // £1,600 + £1,946.40 = £3,546.40.
    let run = per_head(5, 6)
        .locality("agreed_participants", "10")
        .set(PARTICIPANT_CAP, "programme")
        .run();
    assert_eq!(run.pounds("income_participant"), 3_230.80);
}

#[test]
fn expenditure_is_claimed_up_to_the_programme_s_cap() {
    let spending =
        |amount: &str| Scenario::half_year().cost_once("Lead", amount, "2024-10-01").run();
    assert_eq!(spending("£10,000").pounds("income_basic"), 10_000.00);
    assert_eq!(spending("£48,000").pounds("income_basic"), 48_000.00);
    assert_eq!(spending("£48,000.01").pounds("income_basic"), 48_000.00);
}

#[test]
fn spending_above_a_year_s_cap_lapses_and_so_does_its_unused_room() {
    let scenario = |first: &str, second: &str| {
        Scenario::two_years()
            .set(BASIC_CAP, "year")
            .cost_once("Before", first, "2024-10-01")
            .cost_once("After", second, "2025-04-01")
    };
    // £5,600 above the first year's £14,400 is lost.
    assert_eq!(scenario("£20,000", "£1,000").run().pounds("income_basic"), 15_400.00);
    // £4,400 of the first year's room is not there in the second, whose own is £34,062.
    assert_eq!(scenario("£10,000", "£40,000").run().pounds("income_basic"), 44_062.00);
    // With the programme as the cap nothing lapses up to £48,462.
    let run = scenario("£10,000", "£40,000").set(BASIC_CAP, "programme").run();
    assert_eq!(run.pounds("income_basic"), 48_462.00);
}

#[test]
fn a_year_s_unclaimed_spending_may_use_room_later_in_that_year() {
    // Room is the year's, not the quarter's: both quarters together spend £14,000 of £14,400.
    let run = Scenario::two_years()
        .set(BASIC_CAP, "year")
        .cost_once("First", "£13,000", "2024-10-01")
        .cost_once("Second", "£1,000", "2025-02-01")
        .run();
    assert_eq!(run.pounds("income_basic"), 14_000.00);
}

#[test]
fn a_profile_is_paid_whatever_is_spent_where_nothing_limits_it() {
    let run = Scenario::two_years().set(PAID_ON, "profile").set(INCOME_LIMIT, "none").run();
    assert_eq!(run.pounds("income_basic"), 48_462.00);
}

#[test]
fn a_profile_is_spread_over_the_days_of_its_year() {
    // 100 x £910 x 60% = £54,600 over 182 days is £300 a day: £27,600 for the first 92.
    let run = Scenario::half_year()
        .set(r#"funding.year."2024/25".tariff"#, "£910")
        .set(PAID_ON, "profile")
        .set(INCOME_LIMIT, "none")
        .without_plans()
        .run();
    let bury = run.option("In-house");
    assert_eq!(bury.month("receipts", "2024-12"), 27_600.00);
    assert_eq!(bury.month("receipts", "2025-03"), 27_000.00);
}

#[test]
fn claims_never_exceed_expenditure_and_the_participant_claim_is_cut_first() {
    // Ten plans would earn £3,200, but the £10,000 spent are all claimed as basic.
    let run = Scenario::half_year()
        .plans_on(&[("2024-10-01", 10)])
        .cost_once("Lead", "£10,000", "2024-10-01")
        .run();
    assert_eq!(run.pounds("income_basic"), 10_000.00);
    assert_eq!(run.pounds("income_participant"), 0.0);
}

#[test]
fn the_participant_claim_has_what_expenditure_leaves_above_the_basic_part() {
    // £50,000 spent, £48,000 of it basic: £2,000 of the £3,200 earned.
    let run = Scenario::half_year()
        .plans_on(&[("2024-10-01", 10)])
        .cost_once("Lead", "£50,000", "2024-10-01")
        .run();
    assert_eq!(run.pounds("income_participant"), 2_000.00);
    assert_eq!(run.pounds("income"), 50_000.00);
}

#[test]
fn the_basic_claim_is_cut_when_the_participant_claim_is_gone() {
    // Both per head: £4,800 and £3,200 earned, £3,000 spent.
    let run = Scenario::half_year()
        .set(PAID_ON, "participants")
        .plans_on(&[("2024-10-01", 10)])
        .cost_once("Lead", "£3,000", "2024-10-01")
        .run();
    assert_eq!(run.pounds("income_basic"), 3_000.00);
    assert_eq!(run.pounds("income_participant"), 0.0);
}

#[test]
fn what_was_cut_is_claimed_when_expenditure_makes_room() {
    // £3,000 at the end of December; the remaining £5,000 after the spending of February.
    let run = Scenario::half_year()
        .set(PAID_ON, "participants")
        .plans_on(&[("2024-10-01", 10)])
        .cost_once("Lead", "£3,000", "2024-10-01")
        .cost_once("More", "£20,000", "2025-02-01")
        .run();
    let bury = run.option("In-house");
    assert_eq!(bury.month("receipts", "2024-12"), 3_000.00);
    assert_eq!(bury.month("receipts", "2025-03"), 5_000.00);
    assert_eq!(run.pounds("income_basic"), 4_800.00);
    assert_eq!(run.pounds("income_participant"), 3_200.00);
}

#[test]
fn what_was_cut_does_not_lapse_at_the_end_of_its_year() {
    // £48,000 spent in the first year is all basic, so the £3,200 earned are cut; £5,000 more in
    // the second are £462 of basic and room for all of what was cut.
    let run = Scenario::two_years()
        .plans_on(&[("2024-10-01", 10)])
        .cost_once("Lead", "£48,000", "2024-10-01")
        .cost_once("More", "£5,000", "2025-06-01")
        .run();
    assert_eq!(run.pounds("income_basic"), 48_462.00);
    assert_eq!(run.pounds("income_participant"), 3_200.00);
}

#[test]
fn what_was_cut_has_used_the_room_of_its_own_quarter() {
    // In the first year 25 plans earn £8,000, all cut, and leave £1,600 of its £9,600 for ten more
    // in the next quarter. In the second year 80 plans fill its £22,708 by themselves, and what was
    // cut needs none of that: £32,308 in all, once spending allows.
    let run = Scenario::two_years()
        .plans_on(&[("2024-10-01", 25), ("2025-01-01", 10), ("2025-04-01", 80)])
        .cost_once("Lead", "£48,462", "2024-10-01")
        .cost_once("More", "£100,000", "2025-12-01")
        .run();
    assert_eq!(run.pounds("income_participant"), 32_308.00);
}

#[test]
fn what_is_still_cut_after_the_last_quarter_is_never_claimed() {
    let run = Scenario::half_year()
        .plans_on(&[("2024-10-01", 10)])
        .cost_once("Lead", "£49,000", "2024-10-01")
        .run();
    assert_eq!(run.pounds("income_participant"), 1_000.00);
    assert_eq!(run.pounds("unclaimed"), 31_000.00);
    assert_eq!(run.pounds("shortfall"), 0.0);
}

#[test]
fn what_is_disallowed_is_never_paid_and_uses_room() {
    let spending = |amount: &str| {
        Scenario::half_year()
            .without_plans()
            .set("funding.disallowed", "10%")
            .cost_once("Lead", amount, "2024-10-01")
            .run()
    };
    let run = spending("£10,000");
    assert_eq!(run.pounds("income_basic"), 9_000.00);
    assert_eq!(run.pounds("disallowed"), 1_000.00);
    assert_eq!(run.pounds("shortfall"), 1_000.00);
    // £48,000 may be claimed, and a tenth of it is lost for good.
    let run = spending("£60,000");
    assert_eq!(run.pounds("income_basic"), 43_200.00);
    assert_eq!(run.pounds("disallowed"), 4_800.00);
}

#[test]
fn the_disallowed_part_is_rounded_and_what_is_paid_is_the_rest() {
    // A tenth of five pence is half a penny, which is a penny: four are paid.
    let run = Scenario::half_year()
        .set("funding.disallowed", "10%")
        .cost_once("Lead", "£0.05", "2024-10-01")
        .run();
    assert_eq!(run.pounds("disallowed"), 0.01);
    assert_eq!(run.pounds("income_basic"), 0.04);
}

#[test]
fn the_disallowed_part_counts_towards_the_income_limit() {
    // £50,000 spent: £48,000 claimed as basic, whatever is paid of it, leaves £2,000.
    let run = Scenario::half_year()
        .plans_on(&[("2024-10-01", 10)])
        .set("funding.disallowed", "10%")
        .cost_once("Lead", "£50,000", "2024-10-01")
        .run();
    assert_eq!(run.pounds("income_participant"), 2_000.00);
    assert_eq!(run.pounds("income"), 45_200.00);
}

#[test]
fn only_claims_of_expenditure_are_disallowed() {
    let run = per_head(10, 20).set("funding.disallowed", "50%").run();
    assert_eq!(run.pounds("income"), 24_220.00);
    assert_eq!(run.pounds("disallowed"), 0.0);
}

#[test]
fn a_shortfall_is_cost_above_income_and_unclaimed_is_allocation_above_income() {
    // £60,000 spent: £48,000 basic, £3,200 for ten plans.
    let run = Scenario::half_year()
        .plans_on(&[("2024-10-01", 10)])
        .cost_once("Lead", "£60,000", "2024-10-01")
        .run();
    assert_eq!(run.pounds("income"), 51_200.00);
    assert_eq!(run.pounds("shortfall"), 8_800.00);
    assert_eq!(run.pounds("unclaimed"), 28_800.00);
    assert_eq!(run.pounds("cost_per_plan"), 6_000.00);
    // Read here as income less cost; the sign is not written down.
    assert_eq!(run.pounds("net").abs(), 8_800.00);
}

#[test]
fn income_above_cost_is_no_shortfall() {
    let run = Scenario::half_year()
        .set(INCOME_LIMIT, "none")
        .plans_on(&[("2024-10-01", 10)])
        .cost_once("Lead", "£1,000", "2024-10-01")
        .run();
    assert_eq!(run.pounds("income"), 4_200.00);
    assert_eq!(run.pounds("shortfall"), 0.0);
    assert_eq!(run.pounds("net").abs(), 3_200.00);
}

#[test]
fn income_by_year_adds_up_to_income() {
    // Whether a year's income is what was claimed for it or what was received in it is not said;
    // none of it may be missing, not even what is received after the last year's end.
    let run = per_head(10, 20).set("funding.paid_after", "60 days").run();
    let years = ["2024/25", "2025/26"].map(|year| run.pounds(&format!("income_by_year.{year}")));
    assert_near(years.iter().sum(), 24_220.00, 1e-6);
}
