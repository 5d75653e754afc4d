//! The metrics of a place under an option, in the order in which they are shown.
//!
//! One function names them and values them, so that a name cannot drift from its value.

mod capacity;
mod groups;
mod money;
mod people;
mod services;

use super::books::Books;
use super::delivery::Delivery;
use super::metric::{Kind, Metric};
use super::programme::{DeliveryOption, Programme};
use super::staffing::Staffing;
use super::tally::Tally;
use crate::quantity::{Calendar, Day};

/// A metric's value in one replicate: whole or real by its kind; `None` where there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// People, days, 0 or 1.
    Whole(Option<i64>),
    /// Shares, means, weeks, pounds that are not whole pence.
    Real(Option<f64>),
}

/// Takes metrics as they come: a kind, a name made only if it is wanted, a value.
pub trait Sink {
    /// One metric.
    fn put(&mut self, kind: Kind, name: impl FnOnce() -> String, value: Value);
}

/// Collects names and kinds.
impl Sink for Vec<Metric> {
    fn put(&mut self, kind: Kind, name: impl FnOnce() -> String, _: Value) {
        self.push(Metric { name: name(), kind });
    }
}

/// Collects values.
impl Sink for Vec<Value> {
    fn put(&mut self, _: Kind, _: impl FnOnce() -> String, value: Value) {
        self.push(value);
    }
}

/// One place under one option, at the end of a replicate.
pub struct Outcome<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// The option.
    pub option: &'a DeliveryOption,
    /// The day loop's end.
    pub delivery: &'a Delivery,
    /// What was counted.
    pub tally: &'a Tally,
    /// The money.
    pub books: &'a Books,
    /// The names of the lines of cost behind those of teams.
    pub own_costs: &'a [String],
    /// The locality, or `None` for the whole programme.
    pub locality: Option<usize>,
}

impl Outcome<'_> {
    /// Every metric of CONTRACT's list, in its order.
    pub fn metrics(&self, sink: &mut impl Sink) {
        self.people(sink);
        self.capacity(sink);
        self.money(sink);
        self.groups(sink);
        self.services(sink);
        self.published(sink);
    }

    /// The monthly series: the sum of a month's days, or the level on its last.
    pub fn monthly(&self, mut put: impl FnMut(Kind, &'static str, &mut dyn Iterator<Item = i64>)) {
        let calendar = &self.programme.calendar;
        let tally = self.tally;
        let books = self.books;
        put(Kind::People, "referrals", &mut Tally::by_month(&tally.referrals_by_day, calendar));
        put(Kind::People, "plans", &mut Tally::by_month(&tally.plans_by_day, calendar));
        put(Kind::People, "waiting", &mut at_month_ends(&tally.waiting_by_day, calendar));
        put(Kind::People, "caseload", &mut at_month_ends(&tally.caseload_by_day, calendar));
        put(Kind::People, "coaches", &mut self.coaches_by_month());
        put(Kind::Money, "cost", &mut books.spending.cost_by_month.iter().map(|pence| pence.get()));
        put(
            Kind::Money,
            "receipts",
            &mut books.income.receipts_by_month.iter().map(|pence| pence.get()),
        );
        put(
            Kind::Money,
            "balance",
            &mut books.income.balance_by_month.iter().map(|pence| pence.get()),
        );
        let claimed = &books.income.claimed_by_month;
        put(Kind::Money, "claimed_basic", &mut claimed.basic.iter().map(|pence| pence.get()));
        let participant = &mut claimed.participant.iter().map(|pence| pence.get());
        put(Kind::Money, "claimed_participant", participant);
        if self.programme.funding.outcome.is_some() {
            put(
                Kind::Money,
                "claimed_outcome",
                &mut claimed.outcome.iter().map(|pence| pence.get()),
            );
        }
    }

    fn coaches_by_month(&self) -> impl Iterator<Item = i64> {
        self.programme.calendar.months().iter().map(|month| {
            let in_post = |(team, staffing): (usize, &Staffing)| {
                let works = month.last <= self.delivery.caseloads[team].ends;
                if works { i64::from(staffing.coaches[month.last as usize]) } else { 0 }
            };
            self.teams().map(in_post).sum()
        })
    }
}

fn whole_day(day: Option<Day>) -> Value {
    Value::Whole(day.map(i64::from))
}

fn at_month_ends(levels: &[i32], calendar: &Calendar) -> impl Iterator<Item = i64> {
    calendar.months().iter().map(|month| i64::from(levels[month.last as usize]))
}
