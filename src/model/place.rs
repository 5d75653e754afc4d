//! One locality over the day loop: its people are referred, seen at the access point, and listed.

use super::books::Books;
use super::delivery::Scene;
use super::moving::Move;
use super::opening::{opening_day, ramp_share};
use super::staffing::Staffing;
use super::tally::Tally;
use super::triage::Triage;
use super::waiting::{Waiting, WaitingList, withdrawal_day};
use super::work_by_day::WorkByDay;
use crate::quantity::Day;

/// One locality over the day loop.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The day on which it opens, or [`NEVER`](super::staffing::NEVER).
    pub opening: Day,
    /// What is counted of its people.
    pub tally: Tally,
    /// When its people were in work.
    pub work_by_day: WorkByDay,
    /// Its money.
    pub books: Books,
    /// People with a coach whose plan may still come.
    pub before_plan: i64,
    /// How many of them have their plan, or are lost, on each day.
    before_plan_ends: Vec<i32>,
    /// Places that it gained or lost.
    pub moves: Vec<Move>,
    triage: Triage,
    pub(super) list: WaitingList,
    today: Vec<u32>,
    joining: Vec<u32>,
    pub(super) late: Vec<bool>,
}

impl Place {
    /// Back to the start, for a replicate of an option.
    pub fn prepare(
        &mut self,
        scene: &Scene<'_>,
        index: usize,
        staffing: &[Staffing],
        queues: usize,
        days: usize,
    ) {
        let locality = &scene.programme.localities[index];
        let inputs = &scene.world.inputs;
        let triage = scene.triage_starts[index];
        self.opening = opening_day(scene.option, index, staffing, scene.ready[index], triage);
        self.tally.clear(days, scene.programme);
        self.work_by_day.clear();
        let per_week = locality.triage.capacity_per_week.map(|people| people.get(inputs));
        self.triage.clear(triage, per_week, days);
        self.list.clear(queues, days);
        self.moves.clear();
        self.before_plan = 0;
        self.before_plan_ends.clear();
        self.before_plan_ends.resize(days, 0);
    }

    /// Places that it gained (or lost, below 0) on a day.
    pub fn moved_on(&self, day: Day) -> i64 {
        self.moves.iter().filter(|moved| moved.day == day).map(|moved| moved.places).sum()
    }

    /// Somebody takes a slot; on `until` they have a plan, or are lost.
    pub fn take(&mut self, day: Day, until: Day) {
        if until <= day {
            return;
        }
        self.before_plan += 1;
        if let Some(ends) = self.before_plan_ends.get_mut(until as usize) {
            *ends += 1;
        }
    }

    /// Those whose plan comes on a day, or who are lost on it, are no longer before their plan.
    pub fn end_before_plan(&mut self, day: Day) {
        self.before_plan -= i64::from(self.before_plan_ends[day as usize]);
    }

    /// Its agreed participants after all moves so far; `agreed` are those at first.
    pub fn agreed(&self, agreed: i64) -> i64 {
        agreed + self.moves.iter().map(|moved| moved.places).sum::<i64>()
    }

    /// People who wait on day 0 join the list before everybody else.
    pub fn stand(&mut self, scene: &Scene<'_>, index: usize, queue_of: &[usize]) {
        let people = &scene.people[index];
        self.tally.opening_plans = scene.programme.localities[index].opening.plans;
        self.tally.opening_waiting = people.waiting as i64;
        for (number, person) in people.everyone[..people.waiting].iter().enumerate() {
            let withdraws = withdrawal_day(0, person.withdraws_after);
            let number = number as u32;
            let queue = queue_of[usize::from(person.cohort)];
            let waiting = Waiting {
                ready: -1,
                person: number,
                since: 0,
                listed_before: 0,
                withdraws,
                round: 0,
                seen: false,
            };
            self.list.join(queue, waiting);
        }
    }

    /// A day's referrals are made, seen at the access point, and join the list or leave.
    pub fn refer_and_triage(
        &mut self,
        scene: &Scene<'_>,
        index: usize,
        day: Day,
        queue_of: &[usize],
    ) {
        let locality = &scene.programme.localities[index];
        let people = &scene.people[index];
        let last = scene.programme.calendar.last();
        self.today.clear();
        self.joining.clear();
        for index in people.of_day(day) {
            let person = &people.everyone[index];
            let source = usize::from(person.source);
            let ramp = people.sources[source].ramp;
            if person.mark < ramp_share(&locality.sources[source], self.opening, ramp, day) {
                let straight_on = person.past_triage;
                let to = if straight_on { &mut self.joining } else { &mut self.today };
                to.push(index as u32);
                self.tally.refer(person, last);
                self.tally.in_triage_at_end += 1;
            }
        }
        self.triage.queue_up(day, &self.today, &people.enquiries);
        self.triage.see(day, &people.everyone);
        self.joining.extend_from_slice(self.triage.decided(day));
        // On one day the earlier referral goes first, then source in file order, then arrival.
        self.joining.sort_unstable();
        for &index in &self.joining {
            let person = &people.everyone[index as usize];
            self.tally.in_triage_at_end -= 1;
            if !person.eligible {
                self.tally.signposted += 1;
                continue;
            }
            let withdraws = withdrawal_day(day, person.withdraws_after);
            let waiting = Waiting {
                ready: day,
                person: index,
                since: day,
                listed_before: 0,
                withdraws,
                round: 0,
                seen: false,
            };
            self.list.join(queue_of[usize::from(person.cohort)], waiting);
        }
    }
}
