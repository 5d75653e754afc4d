//! Allocation: teams take people off the lists, and each goes their way.

use super::caseload::Caseload;
use super::delivery::{Delivery, Scene};
use super::pathway::Way;
use super::place::Place;
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
        let cohort = &scene.world.cohorts[usize::from(person.cohort)];
        let luck = place.luck[usize::from(person.source)];
        let waited = day - waiting.since;
        if waiting.round == 0 {
            place.tally.allocate(person, waited);
        }
        caseload.take(served);

        let way = luck.way(person, cohort, day, waited, waiting.round);
        let last = scene.programme.calendar.last();
        // Staff already there may see people before the team is ready; its next failure is theirs.
        let stints = &self.staffing[index].stints;
        let fails = stints.iter().map(|stint| stint.fails).find(|&fails| fails > day);
        let fails = fails.unwrap_or(NEVER);
        let before = fails.min(last + 1);
        caseload.leaves(served, day, way.ends(), before);
        let seen = way.seen().filter(|&seen| seen < before);
        if let (Some(seen), false) = (seen, waiting.seen) {
            place.tally.see(person, seen, last);
        }
        let cut_short = |place: &mut Place, caseload: &mut Caseload| {
            if fails <= last {
                let withdraws = withdrawal_day(fails, person.withdraws_after);
                let again = Waiting {
                    since: fails,
                    withdraws,
                    round: waiting.round + 1,
                    seen: waiting.seen || seen.is_some(),
                    ..waiting
                };
                caseload.returning.push((fails, locality, again));
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
            Way::Plan { plan, leaves, disengaged, .. } if plan < before => {
                place.tally.agree(person, plan);
                caseload.plans[served][plan as usize] += 1;
                if leaves < before {
                    place.tally.leave(person, disengaged, luck.work(person, cohort, disengaged));
                } else if fails <= last {
                    place.tally.disrupted += 1;
                } else {
                    place.tally.in_support_at_end += 1;
                }
            }
            _ => cut_short(place, caseload),
        }
    }
}
