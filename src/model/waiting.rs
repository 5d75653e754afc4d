//! A locality's waiting list: first come, first served from the day triage is done.

use std::num::NonZeroU32;

use super::people::ENDLESS;
use crate::quantity::Day;

/// Someone on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The day on which triage was done, or of the referral past triage: their place in the list.
    pub ready: Day,
    /// Index of the person; ties on `ready` go to the lower.
    pub person: u32,
    /// The day on which they withdraw, if they still wait.
    pub withdraws: Day,
    /// For whoever does not wait for the first time, or was there on day 0: which of the list's
    /// [`Again`] is theirs.
    pub again: Option<NonZeroU32>,
}

/// How somebody waits who did not simply join the list on the day on which they were ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Again {
    /// The day from which the wait and its effects count.
    pub since: Day,
    /// Days on the list before `since`.
    pub listed_before: Day,
    /// How often they had a slot before.
    pub round: u32,
    /// Whether they were seen in an earlier round.
    pub seen: bool,
}

impl Waiting {
    #[inline]
    fn place(&self) -> (Day, u32) {
        (self.ready, self.person)
    }
}

/// One queue of a list: those who wait stand behind those who have left it.
#[derive(Clone, Debug, Default)]
struct Queue {
    line: Vec<Waiting>,
    left: usize,
}

/// The waiting list of one locality, in one queue for each group of cohorts that the same teams
/// accept.
#[derive(Clone, Debug, Default)]
pub struct WaitingList {
    queues: Vec<Queue>,
    withdrawing: Vec<i32>,
    waiting: i64,
    again: Vec<Again>,
}

impl WaitingList {
    /// Empties the list for a programme of `days` days and so many queues.
    pub fn clear(&mut self, queues: usize, days: usize) {
        self.queues.resize_with(queues, Queue::default);
        for queue in &mut self.queues {
            queue.line.clear();
            queue.left = 0;
        }
        self.withdrawing.clear();
        self.withdrawing.resize(days, 0);
        self.waiting = 0;
        self.again.clear();
    }

    /// Keeps how somebody waits who does not simply join.
    pub fn note_again(&mut self, again: Again) -> NonZeroU32 {
        self.again.push(again);
        NonZeroU32::MIN.saturating_add(self.again.len() as u32 - 1)
    }

    /// How somebody waits.
    #[inline]
    pub fn how(&self, waiting: &Waiting) -> Again {
        match waiting.again {
            None => Again { since: waiting.ready, listed_before: 0, round: 0, seen: false },
            Some(number) => self.again[number.get() as usize - 1],
        }
    }

    /// Adds someone behind everyone who was ready before.
    #[inline]
    pub fn join(&mut self, queue: usize, waiting: Waiting) {
        self.note(&waiting, 1);
        self.queues[queue].line.push(waiting);
    }

    /// Puts someone back in their place in the list.
    pub fn rejoin(&mut self, queue: usize, waiting: Waiting) {
        self.note(&waiting, 1);
        let Queue { line, left } = &mut self.queues[queue];
        let at = line[*left..].partition_point(|other| other.place() < waiting.place());
        line.insert(*left + at, waiting);
    }

    /// How many withdraw on a day. They leave the count now and the queue when they reach its head.
    #[inline]
    pub fn withdraw(&mut self, day: Day) -> i64 {
        let leaving = i64::from(self.withdrawing[day as usize]);
        self.waiting -= leaving;
        leaving
    }

    /// The place of the first person in a queue who still waits on a day.
    #[inline]
    pub fn first(&mut self, queue: usize, day: Day) -> Option<(Day, u32)> {
        let Queue { line, left } = &mut self.queues[queue];
        while let Some(head) = line.get(*left) {
            if head.withdraws > day {
                return Some(head.place());
            }
            *left += 1;
        }
        None
    }

    /// Takes the first person off a queue.
    #[inline]
    pub fn take(&mut self, queue: usize) -> Option<Waiting> {
        let Queue { line, left } = &mut self.queues[queue];
        let taken = *line.get(*left)?;
        *left += 1;
        self.note(&taken, -1);
        Some(taken)
    }

    /// How many wait.
    #[inline]
    pub fn waiting(&self) -> i64 {
        self.waiting
    }

    /// Counts someone in (1) or out (-1), with the day on which they would withdraw.
    #[inline]
    fn note(&mut self, waiting: &Waiting, change: i32) {
        self.waiting += i64::from(change);
        if let Some(day) = self.withdrawing.get_mut(waiting.withdraws as usize) {
            *day += change;
        }
    }
}

/// The day on which someone who waits from `since` withdraws.
pub fn withdrawal_day(since: Day, withdraws_after: Day) -> Day {
    if withdraws_after == ENDLESS { ENDLESS } else { since.saturating_add(withdraws_after) }
}
