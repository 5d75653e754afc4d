//! One locality over the day loop: its people are referred, seen at the access point, and listed.

use super::books::Books;
use super::delivery::Scene;
use super::journal::Journal;
use super::moving::Move;
use super::opening::opening_day;
use super::people::People;
use super::staffing::Staffing;
use super::tally::Tally;
use super::triage::Triage;
use super::waiting::{Again, Waiting, WaitingList, withdrawal_day};
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
    pub(super) triage: Triage,
    pub(super) list: WaitingList,
    pub(super) opens: Vec<Day>,
    today: Vec<u32>,
    pub(super) late: Vec<bool>,
    /// What is noted of single people; none unless the replicate is to be told.
    pub(super) journal: Option<Journal>,
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
        self.work_by_day.clear(scene.programme);
        if let Some(journal) = &mut self.journal {
            *journal = Journal::default();
        }
        let per_week = locality.triage.capacity_per_week.map(|people| people.get(inputs));
        self.triage.clear(triage, per_week, days as Day - 1);
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
            let again = Again { since: 0, listed_before: 0, round: 0, seen: false };
            let again = Some(self.list.note_again(again));
            let waiting = Waiting { ready: -1, person: number, withdraws, again };
            self.list.join(queue, waiting);
        }
    }

    /// Referrals are made and seen at the access point, day by day, up to their decisions.
    pub fn refer_and_triage(&mut self, scene: &Scene<'_>, index: usize) {
        let people = &scene.people[index];
        let last = scene.programme.calendar.last();
        let sources = scene.programme.localities[index].sources.iter();
        self.opens.clear();
        self.opens.extend(sources.map(|source| source.starts.max(self.opening)));
        for day in 0..=last {
            self.today.clear();
            let is_open = self.triage.is_open(day);
            let today = people.of_day(day);
            let first = today.start as u32;
            for (number, person) in (first..).zip(&people.everyone[today]) {
                if self.opens[usize::from(person.source)] > person.opens_by {
                    continue;
                }
                self.tally.refer(person, last);
                if person.past_triage {
                    self.triage.decide(day, person, number);
                } else if is_open {
                    self.triage.sees(day, person, number);
                } else {
                    self.today.push(number);
                }
            }
            if !is_open {
                self.triage.queue_up(&self.today, people.enquiries_on(day));
                self.triage.see(day, &people.everyone);
            }
        }
        self.tally.signposted = self.triage.signposted.len() as i64;
        let decided = self.tally.signposted + self.triage.listed();
        self.tally.in_triage_at_end = self.tally.referrals - decided;
    }

    /// Those whose decision falls on a day join the list.
    #[inline]
    pub fn join(&mut self, people: &People, day: Day, queue_of: &[usize]) {
        self.triage.listed_on(day, &mut self.today);
        for &person in &self.today {
            let who = &people.everyone[person as usize];
            let withdraws = withdrawal_day(day, who.withdraws_after);
            let waiting = Waiting { ready: day, person, withdraws, again: None };
            self.list.join(queue_of[usize::from(who.cohort)], waiting);
        }
    }
}
