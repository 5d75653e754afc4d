//! The single access point: first come, first served, with a credit that accrues by the day.

use std::collections::VecDeque;

use super::people::{Enquiry, Person};
use super::staffing::TOLERANCE;
use crate::quantity::Day;

/// Somebody at the access point: a person by index, or another enquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Person(u32),
    Enquiry,
}

/// A locality's access point over one option.
#[derive(Clone, Debug, Default)]
pub struct Triage {
    starts: Day,
    per_day: Option<f64>,
    credit: f64,
    queue: VecDeque<Caller>,
    next_enquiry: usize,
    deciding: Vec<Vec<u32>>,
}

impl Triage {
    /// Empties it for a programme of `days` days. `per_week` is its capacity, if it has a limit.
    pub fn clear(&mut self, starts: Day, per_week: Option<f64>, days: usize) {
        self.starts = starts;
        self.per_day = per_week.map(|people| people / 7.0);
        self.credit = 0.0;
        self.queue.clear();
        self.next_enquiry = 0;
        self.deciding.resize_with(days, Vec::new);
        self.deciding.iter_mut().for_each(Vec::clear);
    }

    /// A day's referrals and other enquiries join the queue. Referrals of one day are spread evenly
    /// over it (the j-th of n comes at (j + 1/2)/n), and enquiries come between them.
    pub fn queue_up(&mut self, day: Day, people: &[u32], enquiries: &[Enquiry]) {
        let count = people.len() as f64;
        for (j, &person) in people.iter().enumerate() {
            self.queue_enquiries(day, (j as f64 + 0.5) / count, enquiries);
            self.queue.push_back(Caller::Person(person));
        }
        self.queue_enquiries(day, 1.0, enquiries);
    }

    fn queue_enquiries(&mut self, day: Day, before: f64, enquiries: &[Enquiry]) {
        while let Some(enquiry) = enquiries.get(self.next_enquiry) {
            if (enquiry.day, enquiry.fraction) >= (day, before) {
                return;
            }
            self.queue.push_back(Caller::Enquiry);
            self.next_enquiry += 1;
        }
    }

    /// A day's triage: as many from the head of the queue as the credit allows, enquiries included.
    /// The credit holds at most one week's worth, and never less than one person.
    pub fn see(&mut self, day: Day, people: &[Person]) {
        if day < self.starts {
            return;
        }
        if let Some(per_day) = self.per_day {
            self.credit = (self.credit + per_day).min((7.0 * per_day).max(1.0));
        }
        while self.per_day.is_none() || self.credit >= 1.0 - TOLERANCE {
            let Some(caller) = self.queue.pop_front() else { return };
            self.credit -= 1.0;
            if let Caller::Person(person) = caller {
                let decided = day.saturating_add(people[person as usize].decision);
                if let Some(deciding) = self.deciding.get_mut(decided as usize) {
                    deciding.push(person);
                }
            }
        }
    }

    /// The people whose decision falls on a day, lowest index first.
    pub fn decided(&mut self, day: Day) -> &[u32] {
        let deciding = &mut self.deciding[day as usize];
        deciding.sort_unstable();
        deciding
    }
}
