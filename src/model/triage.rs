//! The single access point: first come, first served, with a credit that accrues by the day.

use super::people::{Enquiry, Person};
use super::staffing::TOLERANCE;
use crate::quantity::Day;

/// Somebody at the access point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Caller {
    person: u32,
    /// How many came before, enquiries included.
    before: usize,
}

/// A locality's access point over one option.
///
/// Nothing here depends on who has a coach, so it is lived through before the coaches' list is.
#[derive(Clone, Debug, Default)]
pub struct Triage {
    /// Who is signposted elsewhere within the programme, and when.
    pub signposted: Vec<(Day, u32)>,
    /// Those who join the list within the programme, each with the one before them who joins on the
    /// same day: 1 more than their place here, 0 for nobody.
    listed: Vec<(u32, u32)>,
    /// For each day, the last of them.
    last_of_day: Vec<u32>,
    starts: Day,
    last: Day,
    per_day: Option<f64>,
    /// The most that the credit holds.
    most: f64,
    credit: f64,
    /// The people who came, in order of coming; the first `heard` of them have been seen.
    callers: Vec<Caller>,
    heard: usize,
    /// Other enquiries that came.
    enquiries: usize,
    /// How many were seen, enquiries included.
    seen: usize,
}

impl Triage {
    /// Empties it for a programme whose last day is `last`. `per_week` is its capacity, if it has a
    /// limit.
    pub fn clear(&mut self, starts: Day, per_week: Option<f64>, last: Day) {
        self.listed.clear();
        self.last_of_day.clear();
        self.last_of_day.resize(last as usize + 1, 0);
        self.signposted.clear();
        self.starts = starts;
        self.last = last;
        self.per_day = per_week.map(|people| people / 7.0);
        self.most = self.per_day.map_or(0.0, |per_day| (7.0 * per_day).max(1.0));
        self.credit = 0.0;
        self.callers.clear();
        self.heard = 0;
        self.enquiries = 0;
        self.seen = 0;
    }

    /// A day's referrals and other enquiries join the queue. Referrals of one day are spread evenly
    /// over it (the j-th of n comes at (j + 1/2)/n), and enquiries come between them.
    #[inline]
    pub fn queue_up(&mut self, people: &[u32], enquiries: &[Enquiry]) {
        let count = people.len() as f64;
        for (j, &person) in people.iter().enumerate() {
            let until = (j as f64 + 0.5) / count;
            let sooner = enquiries.iter().filter(|enquiry| enquiry.fraction < until).count();
            let before = self.callers.len() + self.enquiries + sooner;
            self.callers.push(Caller { person, before });
        }
        self.enquiries += enquiries.len();
    }

    /// A day's triage: as many from the head of the queue as the credit allows, enquiries included.
    /// The credit holds at most one week's worth, and never less than one person.
    #[inline]
    pub fn see(&mut self, day: Day, people: &[Person]) {
        if day < self.starts {
            return;
        }
        let waiting = self.callers.len() + self.enquiries - self.seen;
        let Some(per_day) = self.per_day else {
            self.seen += waiting;
            return self.hear(day, people);
        };
        self.credit = (self.credit + per_day).min(self.most);
        if waiting > 0 && self.credit >= 1.0 - TOLERANCE {
            // The cast drops the fraction.
            let now = ((self.credit + TOLERANCE) as u32 as usize).min(waiting);
            self.credit -= now as f64;
            self.seen += now;
            self.hear(day, people);
        }
    }

    /// Those among the callers seen by now whose day it is.
    #[inline]
    fn hear(&mut self, day: Day, people: &[Person]) {
        while let Some(&Caller { person, before }) = self.callers.get(self.heard)
            && before < self.seen
        {
            self.heard += 1;
            self.sees(day, &people[person as usize], person);
        }
    }

    /// Whether whoever comes on a day is seen on it: there is no limit, and nobody
    /// came before it started.
    #[inline]
    pub fn is_open(&self, day: Day) -> bool {
        self.per_day.is_none() && day >= self.starts && self.heard == self.callers.len()
    }

    /// Somebody is seen on a day.
    #[inline]
    pub fn sees(&mut self, day: Day, person: &Person, number: u32) {
        self.decide(day.saturating_add(person.decision), person, number);
    }

    /// Somebody's decision falls on a day: they join the list, or are signposted elsewhere.
    #[inline]
    pub fn decide(&mut self, day: Day, person: &Person, number: u32) {
        if day > self.last {
            return;
        }
        if person.eligible {
            let last_of_day = &mut self.last_of_day[day as usize];
            self.listed.push((number, *last_of_day));
            *last_of_day = self.listed.len() as u32;
        } else {
            self.signposted.push((day, number));
        }
    }

    /// How many join the list within the programme.
    pub fn listed(&self) -> i64 {
        self.listed.len() as i64
    }

    /// Those who join the list on a day, in its order: the earlier referral first, then source in
    /// file order, then arrival.
    #[inline]
    pub fn listed_on(&self, day: Day, people: &mut Vec<u32>) {
        people.clear();
        let mut next = self.last_of_day[day as usize];
        if next == 0 {
            return;
        }
        while let Some(&(person, before)) = self.listed.get((next as usize).wrapping_sub(1)) {
            people.push(person);
            next = before;
        }
        if people.len() > 1 {
            people.sort_unstable();
        }
    }
}
