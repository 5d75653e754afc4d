//! A team's caseload over the day loop: slots, starts, places, and when it stops.

use super::programme::Team;
use super::staffing::{NEVER, Staffing, TOLERANCE, UNLIMITED};
use super::waiting::Again;
use crate::quantity::{Day, FixedShare};

/// A slot in billionths.
const WHOLE: i64 = FixedShare::ALL.billionths();

/// What the day loop knows of one team.
#[derive(Clone, Debug, Default)]
pub struct Caseload {
    /// For each locality it serves, people who hold a slot.
    pub holding: Vec<i64>,
    /// For each locality it serves, slots that become free on each day.
    freed: Vec<i32>,
    /// For each locality it serves, plans agreed on each day.
    plans: Vec<u32>,
    held_by_day: Vec<i32>,
    days: usize,
    /// The most people it takes on, moved places included.
    pub places: Option<i64>,
    /// People taken on, less those lost before a plan.
    pub taken: i64,
    /// People lost before a plan on each day.
    lost: Vec<i32>,
    /// The last day on which it takes people, as far as is known.
    pub takes_until: Day,
    /// Whether it has stopped for good.
    pub stopped: bool,
    /// Whether it has stopped and works until the last of its people leaves.
    goes_with_last: bool,
    /// The last day on which it works.
    pub ends: Day,
    /// Billionths of slots that people supported in work hold.
    pub parts: i64,
    /// What each day adds to them.
    parts_change: Vec<i64>,
    /// The last day on which one of its people leaves.
    pub last_leaves: Day,
    /// People who will be without a plan when it fails or their coach leaves: the day, the locality,
    /// their place in its list, and how they will wait.
    pub returning: Vec<(Day, usize, (Day, u32), Again)>,
    /// The next day on which its provider fails, or [`NEVER`]. Staff already there may see people
    /// before the team is ready; its first failure is theirs.
    pub fails: Day,
    /// Share of a leaver's people who are lost.
    pub lost_when_coach_leaves: f64,
    held: i64,
    credit: f64,
    limited_starts: bool,
}

impl Caseload {
    /// Back to the start, for a programme of `days` days.
    pub fn clear(&mut self, team: &Team, days: i32) {
        let serves = team.serves.len();
        let len = days.max(0) as usize;
        self.holding.clear();
        self.held = 0;
        self.holding.resize(serves, 0);
        self.days = len;
        self.freed.clear();
        self.freed.resize(serves * len, 0);
        self.plans.clear();
        self.plans.resize(serves * len, 0);
        self.held_by_day.resize(serves * len, 0);
        self.lost.clear();
        self.lost.resize(len, 0);
        self.parts = 0;
        self.parts_change.clear();
        self.parts_change.resize(len, 0);
        self.places = team.participants_max;
        self.taken = 0;
        self.takes_until = team.until.unwrap_or(NEVER);
        self.stopped = false;
        self.goes_with_last = false;
        self.ends = days - 1;
        self.last_leaves = Day::MIN;
        self.returning.clear();
        self.credit = 0.0;
        self.limited_starts = team.starts_per_month.is_some();
    }

    /// Slots of people who leave on a day become free; those lost before a plan free their places.
    #[inline]
    pub fn free_slots(&mut self, day: Day) {
        let day = day as usize;
        for (served, holding) in self.holding.iter_mut().enumerate() {
            let freed = i64::from(self.freed[served * self.days + day]);
            *holding -= freed;
            self.held -= freed;
        }
        self.taken -= i64::from(self.lost[day]);
        self.parts += self.parts_change[day];
    }

    /// Notes who holds a slot at a day's end.
    #[inline]
    pub fn close_day(&mut self, day: Day) {
        for (served, &holding) in self.holding.iter().enumerate() {
            self.held_by_day[served * self.days + day as usize] = holding as i32;
        }
    }

    /// People of one of the localities that it serves who hold a slot at each day's end.
    pub fn held_by_day(&self, served: usize) -> &[i32] {
        &self.held_by_day[served * self.days..][..self.days]
    }

    /// A day's new starts are added to the credit, which holds at most one week's worth and never
    /// less than one.
    #[inline]
    pub fn accrue(&mut self, starts: f64) {
        if self.limited_starts {
            self.credit = (self.credit + starts).min((7.0 * starts).max(1.0));
        }
    }

    /// How many it can take on a day, before any of them.
    #[inline]
    pub fn free(&self, staffing: &Staffing, day: Day) -> i64 {
        if self.stopped || day > self.takes_until {
            return 0;
        }
        let slots = match staffing.slots[day as usize] {
            UNLIMITED => i64::MAX,
            slots => {
                let free = i64::from(slots) - self.held();
                // A part of a slot that is held takes all of it.
                if self.parts == 0 { free } else { (free * WHOLE - self.parts).div_euclid(WHOLE) }
            }
        };
        let starts = if self.limited_starts {
            // The cast drops the fraction.
            i64::from((self.credit + TOLERANCE) as i32)
        } else {
            i64::MAX
        };
        slots.min(starts).max(0)
    }

    /// Whether its maximum leaves a place.
    #[inline]
    pub fn has_place(&self) -> bool {
        self.places.is_none_or(|places| self.taken < places)
    }

    /// People who hold a slot.
    #[inline]
    pub fn held(&self) -> i64 {
        self.held
    }

    /// Somebody of a locality takes a slot.
    #[inline]
    pub fn take(&mut self, served: usize) {
        self.holding[served] += 1;
        self.held += 1;
        self.taken += 1;
        if self.limited_starts {
            self.credit -= 1.0;
        }
    }

    /// Somebody who took a slot on `taken` leaves on `day`, but never on the day itself; `before`
    /// is the first day that no longer counts (the programme's end, or the provider's failure).
    #[inline]
    pub fn leaves(&mut self, served: usize, taken: Day, day: Day, before: Day) {
        let free = day.max(taken.saturating_add(1));
        self.last_leaves = self.last_leaves.max(free);
        if free < before {
            self.freed[served * self.days + free as usize] += 1;
        }
    }

    /// A plan is agreed on a day.
    pub fn agrees(&mut self, served: usize, day: Day) {
        self.plans[served * self.days + day as usize] += 1;
    }

    /// Plans agreed on each day with people of one of the localities that it serves.
    pub fn plans(&self, served: usize) -> &[u32] {
        &self.plans[served * self.days..][..self.days]
    }

    /// Somebody is supported in work from one day to another and holds a part of a slot; `before` as
    /// for [`Caseload::leaves`].
    pub fn helps(&mut self, from: Day, until: Day, part: FixedShare, before: Day) {
        self.last_leaves = self.last_leaves.max(until);
        if self.goes_with_last {
            // If the provider fails first, they leave on that day, and it has not worked to its end.
            let last = self.parts_change.len() as Day - 1;
            self.ends = self.ends.max(until.min(before).min(last));
        }
        if until <= from {
            return;
        }
        for (day, change) in [(from, part.billionths()), (until, -part.billionths())] {
            if day < before
                && let Some(sum) = self.parts_change.get_mut(day as usize)
            {
                *sum += change;
            }
        }
    }

    /// Somebody was in support before the first day.
    pub fn take_over(&mut self, served: usize) {
        self.holding[served] += 1;
        self.held += 1;
    }

    /// Somebody taken on `taken` is lost before a plan on `day`: their place counts again on that day.
    pub fn loses(&mut self, taken: Day, day: Day) {
        if day <= taken {
            self.taken -= 1;
        } else if let Some(lost) = self.lost.get_mut(day as usize) {
            *lost += 1;
        }
    }

    /// The provider fails: nobody holds a slot any longer, and what was to be freed never is.
    pub fn fail(&mut self, day: Day) {
        self.holding.fill(0);
        self.held = 0;
        self.parts = 0;
        self.last_leaves = self.last_leaves.min(day);
    }

    /// It takes nobody any more. Its staff stay until its last person leaves, or `staff_until`.
    pub fn stop(&mut self, team: &Team, day: Day, last: Day) {
        self.stopped = true;
        self.goes_with_last = team.staff_until.is_none();
        let ends = team.staff_until.unwrap_or_else(|| self.last_leaves.max(day - 1));
        self.ends = ends.clamp((day - 1).min(last), last);
    }

    /// The places left of its maximum, which are no longer its own.
    pub fn give_up_places(&mut self) -> i64 {
        let left = self.places.map_or(0, |places| (places - self.taken).max(0));
        self.places = self.places.map(|places| places - left);
        left
    }
}
