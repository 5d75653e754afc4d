//! What one replicate must do, on programmes small enough to work out by hand.

use std::collections::BTreeMap;

use super::activity::by_period;
use super::allocation::Seat;
use super::attribute::Effect;
use super::caseload::Caseload;
use super::example::{programme, team};
use super::luck::Luck;
use super::pathway::{Case, Support, Work};
use super::people::People;
use super::place::Place;
use super::programme::*;
use super::spending::Spending;
use super::staffing::NEVER;
use super::tally::Tally;
use super::work_by_day::WorkByDay;
use super::world::World;
use super::{Metric, Simulator, Value};
use crate::quantity::{FixedShare, Key, Pence, Uncertain, Varying};

type Figures = BTreeMap<String, Value>;

fn first_option(programme: &Programme, replicate: u64) -> Figures {
    let mut figures = Figures::new();
    Simulator::new(programme, 1)
        .replicate(replicate, |option, place, outcome| {
            if option == 0 && place == 0 {
                let (mut names, mut values): (Vec<Metric>, Vec<Value>) = (Vec::new(), Vec::new());
                outcome.metrics(&mut names);
                outcome.metrics(&mut values);
                figures = names.into_iter().map(|metric| metric.name).zip(values).collect();
            }
        })
        .unwrap();
    figures
}

fn whole(figures: &Figures, name: &str) -> i64 {
    match figures[name] {
        Value::Whole(Some(value)) => value,
        ref other => panic!("{name} is {other:?}"),
    }
}

fn real(figures: &Figures, name: &str) -> f64 {
    match figures[name] {
        Value::Real(Some(value)) => value,
        ref other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn everyone_referred_gets_a_plan_where_nothing_holds_them_up() {
    for replicate in 0..20 {
        let figures = first_option(&programme(), replicate);
        assert!(whole(&figures, "referrals") > 200);
        assert_eq!(whole(&figures, "plans"), whole(&figures, "referrals"));
        assert_eq!(real(&figures, "wait_mean_days"), 0.0);
    }
}

#[test]
fn income_is_plans_times_the_tariff_share_up_to_the_cap() {
    let mut programme = programme();
    let locality = &mut programme.localities[0];
    locality.allocation.participant = Pence::pounds(1_000_000);
    locality.allocation.years[0].participant = Pence::pounds(1_000_000);
    let figures = first_option(&programme, 0);
    let plans = whole(&figures, "plans");
    assert_eq!(whole(&figures, "income_participant"), plans * 5_000);

    programme.localities[0].allocation.years[0].participant = Pence::new(123_457);
    let figures = first_option(&programme, 0);
    assert_eq!(whole(&figures, "income_participant"), 123_457, "a plan is part-paid at the cap");
}

#[test]
fn nobody_waits_past_their_patience() {
    let mut programme = programme();
    programme.cohorts[0].journey.patience = Some(Varying::fixed(3.0));
    // One slot, held for 15 days by each: most people withdraw.
    programme.options[0].teams[0].caseload = Some(Uncertain::Fixed(1.0));
    let figures = first_option(&programme, 0);
    assert!(whole(&figures, "withdrew") > 100);
    assert!(real(&figures, "wait_p90_days") <= 3.0, "a wait of three days does not exceed three");
    assert!(real(&figures, "wait_p90_days") > 0.0);
}

#[test]
fn a_slot_is_never_free_on_the_day_on_which_it_was_taken() {
    let mut programme = programme();
    programme.cohorts[0].journey.support = Varying::fixed(0.0);
    programme.options[0].teams[0].caseload = Some(Uncertain::Fixed(1.0));
    programme.localities[0].sources[0].per_month = Uncertain::Fixed(3_000.0);
    let figures = first_option(&programme, 0);
    assert_eq!(whole(&figures, "plans"), 182, "one a day for 182 days");
    assert_eq!(real(&figures, "utilisation"), 1.0);
}

#[test]
fn new_starts_are_limited_by_a_weekly_credit() {
    let mut programme = programme();
    // A start every 2 days and a half: 182/2.5 = 72.8 by the end.
    let per_month = 12.0 * crate::quantity::time::DAYS_PER_MONTH / 30.0;
    programme.options[0].teams[0].starts_per_month = Some(Uncertain::Fixed(per_month));
    programme.localities[0].sources[0].per_month = Uncertain::Fixed(3_000.0);
    let figures = first_option(&programme, 0);
    assert_eq!(whole(&figures, "plans"), 72);
}

#[test]
fn places_of_a_team_that_stops_move_to_the_next_that_has_a_maximum() {
    let mut programme = programme();
    let mut first = team("First");
    first.participants_max = Some(40);
    first.until = Some(9);
    let mut second = team("Second");
    second.participants_max = Some(10);
    second.key = Key::name("Second");
    second.caseload = Some(Uncertain::Fixed(5.0));
    programme.options[0].teams = vec![first, second];
    let kept = first_option(&programme, 3);
    programme.options[0].unused_places = UnusedPlaces::Move;
    let moved = first_option(&programme, 3);
    let taken_by_first = whole(&kept, "plans") - 10;
    assert!((1..40).contains(&taken_by_first));
    assert_eq!(whole(&moved, "plans"), 50, "40 - {taken_by_first} places moved to the second");
}

#[test]
fn salary_over_the_programme_is_rounded_once_whatever_the_months() {
    let mut programme = programme();
    let costs = &mut programme.options[0].teams[0].costs;
    costs.salary = vec![(0, Uncertain::Fixed(30_000.01))];
    costs.management = Uncertain::Fixed(0.13);
    let figures = first_option(&programme, 0);
    let exact = 3_000_001.0 * 182.0 / 365.25;
    assert_eq!(whole(&figures, "cost.salary"), (exact + 0.5) as i64);
    assert_eq!(whole(&figures, "cost"), (exact * 1.13 + 0.5) as i64);
}

#[test]
fn a_provider_invoices_part_months_by_days_and_tops_up_to_its_minimum() {
    let mut programme = programme();
    let team = &mut programme.options[0].teams[0];
    team.begins = 15; // Ready on 16 October: 16 of 31 days.
    team.in_post_from = None;
    team.price = Some(Price {
        set_up_fee: Uncertain::Fixed(1_000.0),
        block_per_month: Uncertain::Fixed(3_100.0),
        per_plan: Uncertain::ZERO,
        minimum: Uncertain::Fixed(20_000.0),
        paid_after: Uncertain::Fixed(30.0),
        eligible: true,
    });
    let figures = first_option(&programme, 0);
    assert_eq!(whole(&figures, "cost.block"), 160_000 + 5 * 310_000);
    assert_eq!(whole(&figures, "cost.minimum"), 2_000_000 - 100_000 - 1_710_000);
    assert_eq!(whole(&figures, "owed_to_providers_at.2024/25"), 310_000 + 190_000);
    assert_eq!(whole(&figures, "opening_day"), 15);
}

#[test]
fn claims_wait_for_eligible_expenditure_where_income_is_limited_to_it() {
    let mut programme = programme();
    programme.funding.income_limit = IncomeLimit::Expenditure;
    let figures = first_option(&programme, 0);
    assert_eq!(whole(&figures, "income"), 0, "nothing was spent");
    // £600 on 15 January: the basic claim takes it all, the participant claim is cut first.
    let once = RunningCost {
        name: "fair".to_owned(),
        amount: Uncertain::Fixed(600.0),
        when: CostTime::Once { on: 106 },
        eligible: true,
    };
    programme.localities[0].costs.push(once);
    let figures = first_option(&programme, 0);
    assert_eq!(whole(&figures, "income_basic"), 60_000);
    assert_eq!(whole(&figures, "income_participant"), 0);
    // With £7,000 the basic part reaches its cap of £5,000 and £2,000 is left for people.
    programme.localities[0].costs[0].amount = Uncertain::Fixed(7_000.0);
    let figures = first_option(&programme, 0);
    assert_eq!(whole(&figures, "income_basic"), 500_000);
    assert_eq!(whole(&figures, "income_participant"), 200_000);
}

#[test]
fn a_late_return_shares_the_next_ones_fate_and_a_late_last_one_waits_thirteen_weeks() {
    let mut programme = programme();
    programme.funding.cost_of_cash = Uncertain::Fixed(0.1);
    programme.funding.participant.share = crate::quantity::FixedShare::default();
    let spend = RunningCost {
        name: "fair".to_owned(),
        amount: Uncertain::Fixed(600.0),
        when: CostTime::Once { on: 0 },
        eligible: true,
    };
    programme.localities[0].costs.push(spend);
    let interest = |days: f64| 600.0 * days * 0.1 / 365.25;
    let financing = |programme: &Programme| real(&first_option(programme, 0), "financing");
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    // Paid on 31 December, day 91: negative from day 0 to day 90.
    close(financing(&programme), interest(91.0));
    programme.funding.late_return = vec![Uncertain::Fixed(1.0), Uncertain::ZERO];
    close(financing(&programme), interest(181.0));
    programme.funding.late_return = vec![Uncertain::Fixed(1.0); 2];
    close(financing(&programme), interest(181.0 + 91.0));
}

#[test]
fn people_without_a_plan_return_to_the_list_when_their_provider_fails() {
    let mut programme = programme();
    programme.cohorts[0].journey.to_first_appointment = Varying::fixed(40.0);
    let provider = &mut programme.options[0].teams[0];
    provider.fails = Some(Uncertain::Fixed(0.05));
    let fallback = team("Fallback");
    programme.options[0].teams.push(fallback);
    let (mut failed, mut disrupted) = (0, 0);
    for replicate in 0..30 {
        let figures = first_option(&programme, replicate);
        let settled = whole(&figures, "plans") + whole(&figures, "before_plan_at_end");
        assert_eq!(settled, whole(&figures, "referrals"), "the second team takes those who return");
        disrupted += whole(&figures, "disrupted");
        failed += i64::from(real(&figures, "referral_to_appointment_days") > 40.0);
    }
    assert!(failed > 20, "those who return are seen later");
    assert!(disrupted > 0);
}

#[test]
fn a_provider_that_is_never_ready_is_paid_no_minimum() {
    let mut programme = programme();
    let late = &mut programme.options[0].teams[0];
    late.in_post_from = None;
    late.begins = 150;
    late.until = Some(100);
    late.price = Some(Price {
        set_up_fee: Uncertain::ZERO,
        block_per_month: Uncertain::ZERO,
        per_plan: Uncertain::ZERO,
        minimum: Uncertain::Fixed(20_000.0),
        paid_after: Uncertain::ZERO,
        eligible: true,
    });
    assert_eq!(whole(&first_option(&programme, 0), "cost"), 0);
}

#[test]
fn people_seen_before_their_team_is_ready_are_disrupted_when_it_fails() {
    let mut programme = programme();
    programme.cohorts[0].journey.support = Varying::fixed(1_000.0);
    let early = &mut programme.options[0].teams[0];
    early.begins = 30;
    early.fails = Some(Uncertain::Fixed(0.05));
    let mut disrupted = 0;
    for replicate in 0..10 {
        let figures = first_option(&programme, replicate);
        assert_eq!(
            whole(&figures, "disrupted") + whole(&figures, "in_support_at_end"),
            whole(&figures, "plans")
        );
        disrupted += i64::from(whole(&figures, "disrupted") == whole(&figures, "plans"));
    }
    assert!(disrupted > 8, "everyone it ever took leaves with it: {disrupted} of 10 worlds");
}

#[test]
fn places_move_to_a_team_that_is_extended_on_the_same_day_whatever_the_file_order() {
    let mut programme = programme();
    let mut stops = team("Stops");
    stops.participants_max = Some(40);
    stops.until = Some(9);
    let mut goes_on = team("Goes on");
    goes_on.key = Key::name("Goes on");
    goes_on.participants_max = Some(10);
    goes_on.until = Some(9);
    goes_on.extended_to = Some(181);
    programme.options[0].unused_places = UnusedPlaces::Move;
    for teams in [[stops.clone(), goes_on.clone()], [goes_on, stops]] {
        programme.options[0].teams = teams.to_vec();
        assert_eq!(whole(&first_option(&programme, 3), "plans"), 50);
    }
}

#[test]
fn work_that_turns_out_to_be_sustained_counts_in_one_period_alone() {
    let mut programme = programme();
    programme.funding.outcome = Some(OutcomePart {
        share: FixedShare::ALL,
        paid_on: OutcomeBasis::Sustained,
        per_outcome: Pence::new(1),
        cap: CapPeriod::Programme,
    });
    let calendar = &programme.calendar;
    let (mut spending, mut tally) = (Spending::default(), Tally::default());
    spending.clear(&programme, 0);
    tally.clear(calendar.days() as usize, &programme);
    for day in [0, calendar.last() - 1, calendar.last(), calendar.last() + 1] {
        let mut work = WorkByDay::default();
        work.clear(&programme);
        work.enter(0, day, Work { employed: true, in_work: true, sustained: true });
        let mut periods = Vec::new();
        by_period(calendar, &spending, &tally, &work, &mut periods);
        let counted = periods.iter().filter(|period| period.sustained > 0);
        let days: Vec<_> = counted.map(|did| (did.first, did.last, did.sustained)).collect();
        let [(first, last, 1)] = days[..] else { panic!("day {day}: {days:?}") };
        assert!((first..=last).contains(&day), "day {day}: {first} to {last}");
    }
}

#[test]
fn nobody_is_helped_in_work_at_the_end_by_a_provider_that_failed_on_the_last_day() {
    let mut programme = programme();
    let journey = &mut programme.cohorts[0].journey;
    journey.in_work = Uncertain::Fixed(1.0);
    journey.in_work_support = Some(Varying::fixed(10_000.0));
    let last = programme.calendar.last();
    let luck = Luck::new(1).world(0);
    let (mut world, mut people) = (World::default(), People::default());
    world.draw(&programme, 1, 0).unwrap();
    people.draw(&programme, 0, &world, &luck, 0).unwrap();
    let person = &people.everyone[0];
    for (fails, helped) in [(last, 0), (NEVER, 1)] {
        let (mut place, mut caseload) = (Place::default(), Caseload::default());
        place.tally.clear(programme.calendar.days() as usize, &programme);
        let seat = Seat { served: 0, taken: 0, fails, cut: NEVER, last };
        let support = Support { leaves: 14, disengaged: false, with_job: false };
        support.settle(
            &mut place,
            &mut caseload,
            seat,
            &Case::new(&world, person, &Effect::NONE, 0),
            1.0,
        );
        assert_eq!(place.tally.in_work_support_at_end, helped);
    }
}
