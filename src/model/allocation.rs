//! Allocation: teams take people off the lists, and each goes their way.

use super::caseload::Caseload;
use super::delivery::{Delivery, Scene};
use super::pathway::{Case, Missed, Support, Way};
use super::place::Place;
use super::service::{End, Stay};
use super::staffing::NEVER;
use super::waiting::{Waiting, withdrawal_day};
use crate::quantity::Day;

impl Delivery {
    /// Teams, in file order, take the earliest person they may serve until they are full.
    pub(super) fn allocate(&mut self, scene: &Scene<'_>, day: Day) {
        for index in 0..scene.option.teams.len() {
            self.caseloads[index].accrue(self.staffing[index].starts[day as usize]);
            let mut free = self.caseloads[index].free(&self.staffing[index], day);
            while free > 0 && self.caseloads[index].has_place() {
                let Some((served, queue)) = self.earliest(scene, index, day) else { break };
                self.begin(scene, index, served, queue, day);
                free -= 1;
            }
        }
    }

    /// Who became ready first in the lists that a team serves; ties by locality in file order.
    fn earliest(&mut self, scene: &Scene<'_>, team: usize, day: Day) -> Option<(usize, usize)> {
        let mut best = None;
        for (served, &locality) in scene.option.teams[team].serves.iter().enumerate() {
            for &queue in &self.queues[team] {
                let Some((ready, person)) = self.places[locality].list.first(queue, day) else {
                    continue;
                };
                let place = (ready, locality, person);
                if best.is_none_or(|(first, _, _)| place < first) {
                    best = Some((place, served, queue));
                }
            }
        }
        best.map(|(_, served, queue)| (served, queue))
    }

    /// The person at the head of a queue takes a slot of a team, and goes their way.
    fn begin(&mut self, scene: &Scene<'_>, index: usize, served: usize, queue: usize, day: Day) {
        let locality = scene.option.teams[index].serves[served];
        let place = &mut self.places[locality];
        let caseload = &mut self.caseloads[index];
        let Some(waiting) = place.list.take(queue) else { return };
        let person = &scene.people[locality].everyone[waiting.person as usize];
        let waited = day - waiting.since;
        let listed = waiting.listed_before + waited;
        let case = Case::new(scene.world, person, listed);
        if waiting.round == 0 {
            place.tally.allocate(person, waited);
        }
        caseload.take(served);

        let attends = scene.people[locality].sources[usize::from(person.source)].attends;
        let way = match case.appointment(attends, day, waited, waiting.round) {
            Err(Missed(day)) => Way::DidNotAttend { day },
            Ok(seen) if waiting.round == 0 => {
                let fate = &mut self.fates[locality][waiting.person as usize];
                case.way(seen, *fate.get_or_insert_with(|| case.fate(0)))
            }
            Ok(seen) => case.way(seen, case.fate(waiting.round)),
        };
        let last = scene.programme.calendar.last();
        // Staff already there may see people before the team is ready; its next failure is theirs.
        let staffing = &self.staffing[index];
        let fails = staffing.stints.iter().map(|stint| stint.fails).find(|&fails| fails > day);
        let fails = fails.unwrap_or(NEVER);
        let share = scene.option.teams[index].lost_when_coach_leaves.get(&scene.world.inputs);
        let lost = case.lost_on(day, waiting.round, &staffing.departures, share);
        let cut = fails.min(lost);
        let before = cut.min(last + 1);
        caseload.leaves(served, day, way.ends().min(lost), fails.min(last + 1));
        place.take(day, way.ends_before_plan().min(cut));
        let seen = way.seen().filter(|&seen| seen < before);
        if let (Some(seen), false) = (seen, waiting.seen) {
            place.tally.see(person, seen, last);
        }
        let cut_short = |place: &mut Place, caseload: &mut Caseload| {
            if cut <= last {
                let withdraws = withdrawal_day(cut, person.withdraws_after);
                let again = Waiting {
                    since: cut,
                    listed_before: listed,
                    withdraws,
                    round: waiting.round + 1,
                    seen: waiting.seen || seen.is_some(),
                    ..waiting
                };
                caseload.returning.push((cut, locality, again));
            } else {
                place.tally.before_plan_at_end += 1;
            }
        };
        match way {
            Way::DidNotAttend { day: lost } if lost < before => {
                place.tally.did_not_attend += 1;
                caseload.loses(day, lost);
            }
            Way::NoPlan { day: lost, .. } if lost < before => {
                place.tally.no_plan += 1;
                caseload.loses(day, lost);
            }
            Way::Plan { plan, support, .. } if plan < before => {
                place.tally.agree(person, plan);
                caseload.plans[served][plan as usize] += 1;
                let seat = Seat { served, taken: day, fails, cut, last };
                let stay = Stay {
                    locality,
                    person: waiting.person,
                    plan,
                    until: support.leaves.min(before),
                    end: (support.leaves < before).then_some(End {
                        team: index,
                        seat,
                        support,
                        listed,
                    }),
                };
                // Services are first come, first served: who will have had which is known when
                // support ends.
                if !self.services.enrol(scene, person, stay, &mut place.tally) {
                    support.settle(place, caseload, seat, &case, 1.0);
                }
            }
            _ => cut_short(place, caseload),
        }
    }
}

/// A slot that somebody in support holds.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    /// Which of the localities that the team serves they belong to.
    pub served: usize,
    /// The day on which it was taken.
    pub taken: Day,
    /// The day on which the team's provider fails, or [`NEVER`].
    pub fails: Day,
    /// The day on which the person's support is cut short, by that or by a coach who leaves.
    pub cut: Day,
    /// The programme's last day.
    pub last: Day,
}

impl Support {
    /// Counts how support ends: as it should, cut short, or after the programme. `odds` multiplies
    /// those of being in work: what onward services did.
    pub fn settle(
        self,
        place: &mut Place,
        caseload: &mut Caseload,
        seat: Seat,
        case: &Case<'_>,
        odds: f64,
    ) {
        if self.leaves >= seat.cut.min(seat.last + 1) {
            match seat.cut <= seat.last {
                true => place.tally.disrupted += 1,
                false => place.tally.in_support_at_end += 1,
            }
            return;
        }
        let work = case.work_after(self, odds);
        place.tally.leave(case.person, self.leaves, self.disengaged, work);
        place.work_by_day.enter(self.leaves, case.cohort.sustained_for, work);
        if let Some(until) = case.helped_until(self, work) {
            let from = self.leaves.max(seat.taken + 1);
            let part = case.cohort.in_work_support_holds;
            caseload.helps(from, until, part, seat.fails.min(seat.last + 1));
            // Whoever helps them, they are helped to the end unless the provider fails.
            if until > seat.last && seat.fails > seat.last {
                place.tally.in_work_support_at_end += 1;
            }
        }
    }
}
