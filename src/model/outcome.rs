//! The metrics of a place under an option, in the order in which they are shown.
//!
//! One function names them and values them, so that a name cannot drift from its value.

use super::books::Books;
use super::costs::TEAM_LINES;
use super::delivery::Delivery;
use super::metric::{Kind, Metric};
use super::programme::{DeliveryOption, Programme};
use super::staffing::{NEVER, Staffing};
use super::tally::{Tally, mean};
use crate::quantity::{Calendar, Day, Pence};

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
    /// The names of localities' own costs.
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
        self.cohorts(sink);
    }

    fn people(&self, sink: &mut impl Sink) {
        let tally = self.tally;
        let mut people = |name: &str, count| {
            sink.put(Kind::People, || name.to_owned(), Value::Whole(Some(count)));
        };
        people("opening_waiting", 0);
        people("opening_in_support", 0);
        people("referrals", tally.referrals);
        people("eligible", tally.eligible);
        people("signposted", tally.signposted);
        people("withdrew", tally.withdrew);
        people("did_not_attend", tally.did_not_attend);
        people("no_plan", tally.no_plan);
        people("disrupted", tally.disrupted);
        people("in_triage_at_end", tally.in_triage_at_end);
        people("waiting_at_end", tally.waiting_at_end);
        people("before_plan_at_end", tally.before_plan_at_end);
        people("plans", tally.plans);
        for year in &self.programme.funding.years {
            let days = year.first as usize..=year.last as usize;
            let plans = tally.plans_by_day[days].iter().map(|&plans| i64::from(plans)).sum();
            people(&format!("plans_by_year.{}", year.label), plans);
        }
        people("in_support_at_end", tally.in_support_at_end);
        people("completed", tally.completed);
        people("disengaged", tally.disengaged);
        people("in_work", tally.in_work());
        people("kept_work", tally.kept_work);
        people("found_work", tally.found_work);
        people("sustained", tally.sustained);
        self.target(sink);
    }

    fn target(&self, sink: &mut impl Sink) {
        let agreed = self.agreed();
        let met = Value::Whole(Some(i64::from(self.tally.plans >= agreed)));
        sink.put(Kind::Chance, || "target_met".to_owned(), met);
        let day = self.tally.target_day(agreed);
        sink.put(Kind::Day, || "target_day".to_owned(), whole_day(day));
        if self.locality.is_none() {
            let localities = self.programme.localities.iter().zip(&self.delivery.places);
            let met = localities.filter(|(locality, place)| place.tally.plans >= locality.agreed);
            let count = Value::Whole(Some(met.count() as i64));
            sink.put(Kind::People, || "localities_on_target".to_owned(), count);
        }
    }

    fn capacity(&self, sink: &mut impl Sink) {
        let tally = self.tally;
        let mut put = |kind, name: &str, value| sink.put(kind, || name.to_owned(), value);
        put(Kind::Day, "opening_day", whole_day(self.opening_day()));
        put(Kind::Days, "wait_mean_days", Value::Real(tally.mean_wait()));
        put(Kind::Days, "wait_p90_days", Value::Real(tally.wait_p90()));
        let to_appointment = mean(tally.days_to_appointment, tally.seen);
        put(Kind::Days, "referral_to_appointment_days", Value::Real(to_appointment));
        let within = mean(tally.seen_within_28_days, tally.could_be_seen_within_28_days);
        put(Kind::Share, "seen_within_28_days", Value::Real(within));
        put(Kind::People, "longest_list", Value::Whole(Some(tally.longest_list())));
        put(Kind::Number, "coach_weeks", Value::Real(Some(self.coach_weeks())));
        put(Kind::Share, "utilisation", Value::Real(self.utilisation()));
        put(Kind::Day, "first_plan_day", whole_day(tally.first_plan_day()));
        for (team, staffing) in self.teams() {
            let name = || format!("ready_day.{}", self.option.teams[team].name);
            sink.put(Kind::Day, name, whole_day(staffing.ready_day()));
        }
    }

    fn money(&self, sink: &mut impl Sink) {
        let books = self.books;
        let mut money = |name: &str, amount: Pence| {
            sink.put(Kind::Money, || name.to_owned(), Value::Whole(Some(amount.get())));
        };
        money("cost", books.cost);
        let own = self.own_costs.iter().map(String::as_str);
        for (line, &amount) in TEAM_LINES.into_iter().chain(own).zip(&books.lines) {
            money(&format!("cost.{line}"), amount);
        }
        money("eligible_expenditure", books.eligible);
        money("income_basic", books.income_basic);
        money("income_participant", books.income_participant);
        money("income", books.income());
        money("disallowed", books.disallowed);
        money("unclaimed", books.unclaimed);
        money("shortfall", books.shortfall);
        money("net", books.income() - books.cost);
        money("cash_gap", books.cash_gap);
        sink.put(Kind::Day, || "cash_gap_day".to_owned(), whole_day(books.cash_gap_day));
        let financing = Value::Real(Some(books.financing));
        sink.put(Kind::Pounds, || "financing".to_owned(), financing);
        let plans = self.tally.plans;
        let per_plan = (plans > 0).then(|| books.cost.to_pounds() / plans as f64);
        sink.put(Kind::Pounds, || "cost_per_plan".to_owned(), Value::Real(per_plan));
        for (index, year) in self.programme.funding.years.iter().enumerate() {
            let mut money = |name: &str, amount: Pence| {
                let name = || format!("{name}.{}", year.label);
                sink.put(Kind::Money, name, Value::Whole(Some(amount.get())));
            };
            money("cost_by_year", books.cost_by_year[index]);
            money("income_by_year", books.income_by_year[index]);
            money("owed_by_funder_at", books.owed_by_funder[index]);
            money("owed_to_providers_at", books.owed_to_providers[index]);
        }
    }

    fn cohorts(&self, sink: &mut impl Sink) {
        for (cohort, tally) in self.programme.cohorts.iter().zip(&self.tally.cohorts) {
            let mut put = |kind, name: &str, value| {
                sink.put(kind, || format!("cohort.{}.{name}", cohort.name), value);
            };
            put(Kind::People, "referrals", Value::Whole(Some(tally.referrals)));
            put(Kind::People, "plans", Value::Whole(Some(tally.plans)));
            let wait = mean(tally.days_waited, tally.allocated);
            put(Kind::Days, "wait_mean_days", Value::Real(wait));
            put(Kind::People, "in_work", Value::Whole(Some(tally.in_work)));
        }
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
        put(Kind::Money, "cost", &mut books.cost_by_month.iter().map(|pence| pence.get()));
        put(Kind::Money, "receipts", &mut books.receipts_by_month.iter().map(|pence| pence.get()));
        put(Kind::Money, "balance", &mut books.balance_by_month.iter().map(|pence| pence.get()));
    }

    fn agreed(&self) -> i64 {
        match self.locality {
            Some(locality) => self.programme.localities[locality].agreed,
            None => self.programme.localities.iter().map(|locality| locality.agreed).sum(),
        }
    }

    /// The programme opens when the first of its localities does.
    fn opening_day(&self) -> Option<Day> {
        let days = self.delivery.places.iter().enumerate();
        days.filter(|(index, _)| self.locality.is_none_or(|locality| locality == *index))
            .map(|(_, place)| place.opening)
            .min()
            .filter(|&day| day != NEVER && day <= self.programme.calendar.last())
    }

    /// The teams that serve this place, whole even where they serve others too.
    fn teams(&self) -> impl Iterator<Item = (usize, &Staffing)> {
        let serves = |team: usize| {
            self.locality.is_none_or(|locality| self.option.teams[team].serves.contains(&locality))
        };
        self.delivery.staffing.iter().enumerate().filter(move |(team, _)| serves(*team))
    }

    /// FTE-days in post while the team works, over 7.
    fn coach_weeks(&self) -> f64 {
        let weeks = |(team, staffing): (usize, &Staffing)| {
            let ends = self.delivery.caseloads[team].ends;
            let days: i64 = staffing
                .coaches
                .iter()
                .take(ends.max(-1) as usize + 1)
                .map(|&coaches| i64::from(coaches))
                .sum();
            days as f64 * self.option.teams[team].fte / 7.0
        };
        self.teams().map(weeks).sum()
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

    /// Slot-days used over slot-days there, of teams with a caseload limit.
    fn utilisation(&self) -> Option<f64> {
        let mut sums = (0, 0);
        for (team, _) in self.teams() {
            if let Some((used, there)) = self.delivery.slot_days[team] {
                sums = (sums.0 + used, sums.1 + there);
            }
        }
        mean(sums.0, sums.1)
    }
}

fn whole_day(day: Option<Day>) -> Value {
    Value::Whole(day.map(i64::from))
}

fn at_month_ends(levels: &[i32], calendar: &Calendar) -> impl Iterator<Item = i64> {
    calendar.months().iter().map(|month| i64::from(levels[month.last as usize]))
}
