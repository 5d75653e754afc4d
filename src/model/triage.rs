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
    /// Those who join the list within the programme: on which day, and who.
    pub listed: Vec<(Day, u32)>,
    /// How many are signposted elsewhere within the programme.
    pub signposted: i64,
    starts: Day,
    last: Day,
    per_day: Option<f64>,
    credit: f64,
    /// The people who came, in order of coming; the first `heard` of them have been seen.
    callers: Vec<Caller>,
    heard: usize,
    /// Other enquiries that came.
    enquiries: usize,
    /// How many were seen, enquiries included.
    seen: usize,
    ends: Vec<usize>,
    unordered: Vec<(Day, u32)>,
}

impl Triage {
    /// Empties it for a programme whose last day is `last`. `per_week` is its capacity, if it has a
    /// limit.
    pub fn clear(&mut self, starts: Day, per_week: Option<f64>, last: Day) {
        self.listed.clear();
        self.signposted = 0;
        self.starts = starts;
        self.last = last;
        self.per_day = per_week.map(|people| people / 7.0);
        self.credit = 0.0;
        self.callers.clear();
        self.heard = 0;
        self.enquiries = 0;
        self.seen = 0;
    }

    /// A day's referrals and other enquiries join the queue. Referrals of one day are spread evenly
    /// over it (the j-th of n comes at (j + 1/2)/n), and enquiries come between them.
    pub fn queue_up(&mut self, day: Day, people: &[u32], enquiries: &[Enquiry]) {
        let count = people.len() as f64;
        for (j, &person) in people.iter().enumerate() {
            self.enquire(day, (j as f64 + 0.5) / count, enquiries);
            self.callers.push(Caller { person, before: self.callers.len() + self.enquiries });
        }
        self.enquire(day, 1.0, enquiries);
    }

    /// Enquiries come, up to a moment of a day.
    #[inline]
    fn enquire(&mut self, day: Day, until: f64, enquiries: &[Enquiry]) {
        while let Some(enquiry) = enquiries.get(self.enquiries)
            && (enquiry.day < day || (enquiry.day == day && enquiry.fraction < until))
        {
            self.enquiries += 1;
        }
    }

    /// A day's triage: as many from the head of the queue as the credit allows, enquiries included.
    /// The credit holds at most one week's worth, and never less than one person.
    pub fn see(&mut self, day: Day, people: &[Person]) {
        if day < self.starts {
            return;
        }
        let came = self.callers.len() + self.enquiries;
        match self.per_day {
            None => self.seen = came,
            Some(per_day) => {
                self.credit = (self.credit + per_day).min((7.0 * per_day).max(1.0));
                // The cast drops the fraction.
                let now = ((self.credit + TOLERANCE) as usize).min(came - self.seen);
                self.credit -= now as f64;
                self.seen += now;
            }
        }
        while let Some(&Caller { person, before }) = self.callers.get(self.heard)
            && before < self.seen
        {
            self.heard += 1;
            self.sees(day, &people[person as usize], person);
        }
    }

    /// Whether whoever comes on a day is seen on it: there is no limit.
    pub fn is_open(&self, day: Day) -> bool {
        self.per_day.is_none() && day >= self.starts
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
            self.listed.push((day, number));
        } else {
            self.signposted += 1;
        }
    }

    /// Puts people in the order of the list: by day, and on one day the earlier referral first, then
    /// source in file order, then arrival.
    pub fn order(&mut self) {
        if self.listed.is_sorted() {
            return;
        }
        // Sorted by counting, day by day; those of one day are few.
        let days = self.last as usize + 1;
        self.ends.clear();
        self.ends.resize(days + 1, 0);
        for &(day, _) in &self.listed {
            self.ends[day as usize + 1] += 1;
        }
        for day in 0..days {
            self.ends[day + 1] += self.ends[day];
        }
        self.unordered.clone_from(&self.listed);
        for &(day, person) in &self.unordered {
            let end = &mut self.ends[day as usize];
            self.listed[*end] = (day, person);
            *end += 1;
        }
        let mut begin = 0;
        for &end in &self.ends[..days] {
            if end > begin + 1 {
                self.listed[begin..end].sort_unstable();
            }
            begin = end;
        }
    }
}
