//! A locality's waiting list: first come, first served from the day triage is done.

use std::collections::VecDeque;

use super::people::ENDLESS;
use crate::quantity::Day;

/// Someone on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The day on which triage was done, or of the referral past triage: their place in the list.
    pub ready: Day,
    /// Index of the person; ties on `ready` go to the lower.
    pub person: u32,
    /// The day from which the wait and its effects count: `ready`, or a provider's failure.
    pub since: Day,
    /// Days on the list before `since`.
    pub listed_before: Day,
    /// The day on which they withdraw, if they still wait.
    pub withdraws: Day,
    /// How often they had a slot before.
    pub round: u32,
    /// Whether they were seen in an earlier round.
    pub seen: bool,
}

impl Waiting {
    fn place(&self) -> (Day, u32) {
        (self.ready, self.person)
    }
}

/// The waiting list of one locality, in one queue for each group of cohorts that the same teams
/// accept.
#[derive(Clone, Debug, Default)]
pub struct WaitingList {
    queues: Vec<VecDeque<Waiting>>,
    withdrawing: Vec<i64>,
    waiting: i64,
}

impl WaitingList {
    /// Empties the list for a programme of `days` days and so many queues.
    pub fn clear(&mut self, queues: usize, days: usize) {
        self.queues.resize_with(queues, VecDeque::new);
        self.queues.iter_mut().for_each(VecDeque::clear);
        self.withdrawing.clear();
        self.withdrawing.resize(days, 0);
        self.waiting = 0;
    }

    /// Adds someone behind everyone who was ready before.
    pub fn join(&mut self, queue: usize, waiting: Waiting) {
        self.note(&waiting, 1);
        self.queues[queue].push_back(waiting);
    }

    /// Puts someone back in their place in the list.
    pub fn rejoin(&mut self, queue: usize, waiting: Waiting) {
        self.note(&waiting, 1);
        let line = &mut self.queues[queue];
        let at = line.partition_point(|other| other.place() < waiting.place());
        line.insert(at, waiting);
    }

    /// How many withdraw on a day. They leave the count now and the queue when they reach its head.
    pub fn withdraw(&mut self, day: Day) -> i64 {
        let leaving = std::mem::take(&mut self.withdrawing[day as usize]);
        self.waiting -= leaving;
        leaving
    }

    /// The place of the first person in a queue who still waits on a day.
    pub fn first(&mut self, queue: usize, day: Day) -> Option<(Day, u32)> {
        let line = &mut self.queues[queue];
        while line.front().is_some_and(|head| head.withdraws <= day) {
            line.pop_front();
        }
        line.front().map(Waiting::place)
    }

    /// Takes the first person off a queue.
    pub fn take(&mut self, queue: usize) -> Option<Waiting> {
        let taken = self.queues[queue].pop_front()?;
        self.note(&taken, -1);
        Some(taken)
    }

    /// How many wait.
    pub fn waiting(&self) -> i64 {
        self.waiting
    }

    /// Counts someone in (1) or out (-1), with the day on which they would withdraw.
    fn note(&mut self, waiting: &Waiting, change: i64) {
        self.waiting += change;
        if let Some(day) = self.withdrawing.get_mut(waiting.withdraws as usize) {
            *day += change;
        }
    }
}

/// The day on which someone who waits from `since` withdraws.
pub fn withdrawal_day(since: Day, withdraws_after: Day) -> Day {
    if withdraws_after == ENDLESS { ENDLESS } else { since.saturating_add(withdraws_after) }
}
