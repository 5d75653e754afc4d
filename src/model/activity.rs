//! What a locality did in each claim period, as its claims need it.

use super::programme::OutcomeBasis;
use super::spending::Spending;
use super::tally::Tally;
use super::work_by_day::WorkByDay;
use crate::quantity::{Calendar, Day, Pence};

/// What a locality did in a claim period: a quarter of the programme, or a calendar quarter after
/// it in which an outcome is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
    /// Eligible expenditure incurred.
    pub eligible: Pence,
    /// Plans agreed.
    pub plans: i64,
    /// First attended appointments.
    pub starts: i64,
    /// In work when support ended.
    pub in_work: i64,
    /// Of them, without work at the start.
    pub found_work: i64,
    /// Still in work after the sustainment period, which ended now.
    pub sustained: i64,
}

impl Activity {
    /// How many outcomes of a kind were reached.
    pub fn outcomes(&self, basis: OutcomeBasis) -> i64 {
        match basis {
            OutcomeBasis::InWork => self.in_work,
            OutcomeBasis::FoundWork => self.found_work,
            OutcomeBasis::Sustained => self.sustained,
        }
    }
}

/// What a locality did in every quarter of the programme, in order, and behind them in the calendar
/// quarters after it in which somebody's work turned out to be sustained.
pub fn by_period(
    calendar: &Calendar,
    spending: &Spending,
    tally: &Tally,
    work: &WorkByDay,
    periods: &mut Vec<Activity>,
) {
    periods.clear();
    let in_work = work.of(OutcomeBasis::InWork);
    let found_work = work.of(OutcomeBasis::FoundWork);
    let sustained = work.of(OutcomeBasis::Sustained);
    for quarter in calendar.quarters() {
        let eligible = &spending.eligible_by_month[quarter.first_month..=quarter.last_month];
        let people = |by_day: &[u32]| between(by_day, quarter.first, quarter.last);
        periods.push(Activity {
            first: quarter.first,
            last: quarter.last,
            eligible: eligible.iter().copied().sum(),
            plans: people(&tally.plans_by_day),
            starts: people(&tally.starts_by_day),
            in_work: people(in_work),
            found_work: people(found_work),
            sustained: people(sustained),
        });
    }
    let mut first = calendar.last() + 1;
    while (first as usize) < sustained.len() {
        let last = calendar.quarter_end(first);
        let reached = between(sustained, first, last);
        if reached > 0 {
            periods.push(Activity { first, last, sustained: reached, ..Activity::default() });
        }
        first = last + 1;
    }
}

/// The sum of daily counts between two days of the programme or after it, both included.
fn between(by_day: &[u32], first: Day, last: Day) -> i64 {
    let after = by_day.len().min(last as usize + 1);
    let days = by_day.get(first as usize..after).unwrap_or_default();
    days.iter().map(|&count| i64::from(count)).sum()
}
