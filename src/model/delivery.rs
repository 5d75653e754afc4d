//! One option lived through by every locality's people, day by day.

use super::caseload::Caseload;
use super::luck::WorldLuck;
use super::pathway::Fate;
use super::people::People;
use super::place::Place;
use super::programme::{DeliveryOption, Programme};
use super::service::Services;
use super::staffing::Staffing;
use super::world::World;
use crate::quantity::Day;

/// What every option of a replicate meets: the world and its people.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// The option that is lived through.
    pub option: &'a DeliveryOption,
    /// The world.
    pub world: &'a World,
    /// Its draws.
    pub luck: &'a WorldLuck,
    /// Each locality's people.
    pub people: &'a [People],
    /// The day on which each locality's access point starts.
    pub triage_starts: &'a [Day],
    /// The day on which each locality is ready to open.
    pub ready: &'a [Day],
    /// For each locality, the line on which each of its own costs stands.
    pub own_lines: &'a [Vec<usize>],
    /// The line on which each onward service stands.
    pub service_lines: &'a [usize],
    /// How many lines of cost there are in all.
    pub line_count: usize,
}

/// A team's slot-days over the programme, while it works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlotDays {
    /// Held by people before their plan or in support.
    pub held: i64,
    /// Held in part by people supported in work, in billionths.
    pub parts: i128,
    /// There, held or not.
    pub there: i64,
}

/// The day loop of one option. Buffers are kept from one replicate to the next.
#[derive(Clone, Debug, Default)]
pub struct Delivery {
    /// Each team's staff.
    pub staffing: Vec<Staffing>,
    /// Each team's caseload.
    pub caseloads: Vec<Caseload>,
    /// Each locality.
    pub places: Vec<Place>,
    /// Onward services.
    pub services: Services,
    /// For each team, its slot-days; none without a caseload limit.
    pub slot_days: Vec<Option<SlotDays>>,
    /// For each locality's people, what comes after the appointment of their first time with a
    /// coach, once somebody asked: it is the same under every option.
    pub(super) fates: Vec<Vec<Option<Fate>>>,
    /// For each cohort, its queue in every list.
    pub(super) queue_of: Vec<usize>,
    /// For each team, the queues that it takes people from.
    pub(super) lines: Vec<Vec<Line>>,
    /// The day before which no staff change falls.
    pub(super) next_change: Day,
}

/// A queue that a team takes people from.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Which of the localities that the team serves.
    pub served: usize,
    /// The locality.
    pub locality: usize,
    /// The queue of its list.
    pub queue: usize,
}

impl Delivery {
    /// Makes ready for the people of another world.
    pub fn meet(&mut self, people: &[People]) {
        self.fates.resize_with(people.len(), Vec::new);
        for (fates, people) in self.fates.iter_mut().zip(people) {
            fates.clear();
            fates.resize(people.everyone.len(), None);
        }
    }

    /// Lives through the programme under one option.
    pub fn live(&mut self, scene: &Scene<'_>) {
        self.prepare(scene);
        let programme = scene.programme;
        for (index, place) in self.places.iter_mut().enumerate() {
            place.refer_and_triage(scene, index);
        }
        let (serves, moves) = (!programme.services.is_empty(), programme.moving_places.is_some());
        for day in 0..programme.calendar.days() {
            if day >= self.next_change {
                self.change_staff(scene, day);
            }
            if serves {
                self.services.settle(scene, day, &mut self.places, &mut self.caseloads);
            }
            for caseload in &mut self.caseloads {
                caseload.free_slots(day);
            }
            self.join_and_withdraw(scene, day);
            self.allocate(scene, day);
            if serves {
                self.services.live(scene, day, &mut self.places);
            }
            self.close_day(day);
            if moves {
                self.places.iter_mut().for_each(|place| place.end_before_plan(day));
                self.move_places(scene, day);
            }
        }
        self.add_up_days(scene);
        self.settle(scene);
    }

    fn prepare(&mut self, scene: &Scene<'_>) {
        let days = scene.programme.calendar.days();
        let teams = &scene.option.teams;
        self.staffing.resize_with(teams.len(), Staffing::default);
        self.caseloads.resize_with(teams.len(), Caseload::default);
        self.slot_days.clear();
        for (index, team) in teams.iter().enumerate() {
            self.staffing[index].draw(team, scene.world, scene.luck, days);
            self.caseloads[index].clear(team, days);
            self.caseloads[index].lost_when_coach_leaves =
                team.lost_when_coach_leaves.get(&scene.world.inputs);
            self.slot_days.push(self.staffing[index].limited.then(SlotDays::default));
        }
        self.services.clear(scene.programme, days.max(0) as usize);
        self.group_cohorts(scene);
        self.places.resize_with(scene.programme.localities.len(), Place::default);
        let staffing = &self.staffing;
        // A group of cohorts that no team accepts has a queue too: its people wait to the end.
        let queues = self.queue_of.iter().max().map_or(1, |&queue| queue + 1);
        for (index, place) in self.places.iter_mut().enumerate() {
            place.prepare(scene, index, staffing, queues, days as usize);
            place.stand(scene, index, &self.queue_of);
        }
        self.take_over(scene);
        self.next_change = 0;
    }

    /// Cohorts that the same teams accept share a queue.
    fn group_cohorts(&mut self, scene: &Scene<'_>) {
        let teams = &scene.option.teams;
        let accepted_by = |cohort: usize| -> Vec<bool> {
            teams.iter().map(|team| team.accepts & (1 << cohort) != 0).collect()
        };
        let mut groups: Vec<Vec<bool>> = Vec::new();
        self.queue_of.clear();
        for cohort in 0..scene.programme.cohorts.len() {
            let accepted = accepted_by(cohort);
            let known = groups.iter().position(|group| *group == accepted);
            self.queue_of.push(known.unwrap_or(groups.len()));
            if known.is_none() {
                groups.push(accepted);
            }
        }
        self.lines.resize_with(teams.len(), Vec::new);
        for (index, (team, lines)) in teams.iter().zip(&mut self.lines).enumerate() {
            lines.clear();
            for (served, &locality) in team.serves.iter().enumerate() {
                let queues = (0..groups.len()).filter(|&queue| groups[queue][index]);
                lines.extend(queues.map(|queue| Line { served, locality, queue }));
            }
        }
    }

    #[inline]
    fn join_and_withdraw(&mut self, scene: &Scene<'_>, day: Day) {
        for (place, people) in self.places.iter_mut().zip(scene.people) {
            place.join(people, day, &self.queue_of);
            place.tally.withdrew += place.list.withdraw(day);
        }
    }

    /// Lists and caseloads at the day's end.
    #[inline]
    fn close_day(&mut self, day: Day) {
        for place in &mut self.places {
            place.tally.waiting_by_day[day as usize] = place.list.waiting() as i32;
        }
        for (caseload, slot_days) in self.caseloads.iter_mut().zip(&mut self.slot_days) {
            caseload.close_day(day);
            if caseload.parts != 0
                && day <= caseload.ends
                && let Some(slot_days) = slot_days
            {
                slot_days.parts += i128::from(caseload.parts);
            }
        }
    }

    /// Adds up what every day's end left.
    fn add_up_days(&mut self, scene: &Scene<'_>) {
        for (index, team) in scene.option.teams.iter().enumerate() {
            let (caseload, staffing) = (&self.caseloads[index], &self.staffing[index]);
            let days = (caseload.ends.max(-1) + 1) as usize;
            for (served, &locality) in team.serves.iter().enumerate() {
                let held = caseload.held_by_day(served);
                let sums = &mut self.places[locality].tally.caseload_by_day;
                sums.iter_mut().zip(held).for_each(|(sum, held)| *sum += held);
                if let Some(slot_days) = &mut self.slot_days[index] {
                    slot_days.held += held[..days].iter().map(|&held| i64::from(held)).sum::<i64>();
                }
            }
            if let Some(slot_days) = &mut self.slot_days[index] {
                let there = staffing.slots[..days].iter();
                slot_days.there += there.map(|&slots| i64::from(slots)).sum::<i64>();
            }
        }
        for place in &mut self.places {
            place.tally.waiting_at_end = place.list.waiting();
        }
    }
}
