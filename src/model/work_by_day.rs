//! When people were in work: what payments for outcomes rest on.

use super::pathway::Work;
use super::programme::{OutcomeBasis, Programme};
use crate::quantity::Day;

/// Outcomes by the day on which they are reached. The last are reached after the programme.
#[derive(Clone, Debug, Default)]
pub struct WorkByDay {
    in_work: Vec<u32>,
    found_work: Vec<u32>,
    sustained: Vec<u32>,
    is_paid_for: bool,
}

impl WorkByDay {
    /// Back to nothing. Where no reading of the rules pays for outcomes none is counted.
    pub fn clear(&mut self, programme: &Programme) {
        let readings = programme.readings.iter().map(|reading| &reading.funding);
        let mut fundings = readings.chain([&programme.funding]);
        self.is_paid_for = fundings.any(|funding| funding.outcome.is_some());
        self.in_work.clear();
        self.found_work.clear();
        self.sustained.clear();
    }

    /// Somebody's support ended on a day; `sustained_for` is how many days later the sustainment
    /// period ends.
    #[inline]
    pub fn enter(&mut self, day: Day, sustained_for: Day, work: Work) {
        if !self.is_paid_for {
            return;
        }
        if work.in_work {
            count(&mut self.in_work, day);
            if !work.employed {
                count(&mut self.found_work, day);
            }
        }
        if work.sustained {
            count(&mut self.sustained, day.saturating_add(sustained_for));
        }
    }

    /// How many were reached on each day, to the last on which any was.
    pub fn of(&self, basis: OutcomeBasis) -> &[u32] {
        match basis {
            OutcomeBasis::InWork => &self.in_work,
            OutcomeBasis::FoundWork => &self.found_work,
            OutcomeBasis::Sustained => &self.sustained,
        }
    }
}

fn count(days: &mut Vec<u32>, day: Day) {
    let day = day.max(0) as usize;
    if day >= days.len() {
        days.resize(day + 1, 0);
    }
    days[day] += 1;
}
