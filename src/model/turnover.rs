//! Staff changes of a day: a provider fails, a team goes on or stops for good.

use super::caseload::Caseload;
use super::costs::{Costing, Work};
use super::delivery::{Delivery, Scene};
use super::programme::UnusedPlaces;
use super::staffing::NEVER;
use super::waiting::{Waiting, withdrawal_day};
use crate::quantity::{Day, Pence};

impl Delivery {
    /// Staff changes: a provider fails, or a team reaches the last day on which it takes people.
    pub(super) fn change_staff(&mut self, scene: &Scene<'_>, day: Day) {
        let teams = scene.option.teams.len();
        let is_due = |caseload: &Caseload| !caseload.stopped && day > caseload.takes_until;
        // Who goes on is settled before anyone stops: places move to a team that takes people.
        for index in 0..teams {
            if is_due(&self.caseloads[index]) {
                self.extend(scene, index, day);
            }
        }
        for index in 0..teams {
            self.give_back(scene, index, day);
            if self.staffing[index].stints.iter().any(|stint| stint.fails.max(0) == day) {
                self.fail(scene, index, day);
            }
            if is_due(&self.caseloads[index]) {
                self.stop(scene, index, day);
            }
        }
        self.next_change = self.changes_after(day);
    }

    /// The first day after this one on which staff change, as far as is known.
    fn changes_after(&mut self, day: Day) -> Day {
        let teams = self.caseloads.iter_mut().zip(&self.staffing);
        let changes = teams.map(|(caseload, staffing)| {
            let fails = staffing.stints.iter().map(|stint| stint.fails).find(|&fails| fails > day);
            caseload.fails = fails.unwrap_or(NEVER);
            let stops = if caseload.stopped { NEVER } else { caseload.takes_until };
            let returns = caseload.returning.iter().map(|&(day, ..)| day);
            returns.chain([caseload.fails, stops.saturating_add(1)]).min().unwrap_or(NEVER)
        });
        changes.min().unwrap_or(NEVER)
    }

    /// People without a plan whose provider fails, or whose coach has left, return to their place
    /// in the list.
    fn give_back(&mut self, scene: &Scene<'_>, index: usize, day: Day) {
        let mut returning = std::mem::take(&mut self.caseloads[index].returning);
        returning.retain(|&(when, locality, person, again)| {
            if when == day {
                self.caseloads[index].taken -= 1;
                let who = &scene.people[locality].everyone[person.1 as usize];
                let list = &mut self.places[locality].list;
                let waiting = Waiting {
                    ready: person.0,
                    person: person.1,
                    withdraws: withdrawal_day(when, who.withdraws_after),
                    again: Some(list.note_again(again)),
                };
                list.rejoin(self.queue_of[usize::from(who.cohort)], waiting);
            }
            when > day
        });
        self.caseloads[index].returning = returning;
    }

    /// A provider fails: nobody is with it any longer.
    fn fail(&mut self, scene: &Scene<'_>, index: usize, day: Day) {
        let team = &scene.option.teams[index];
        self.caseloads[index].fail(day);
        if self.caseloads[index].stopped {
            if team.staff_until.is_none() {
                // Its last people left with the failure.
                let ends = &mut self.caseloads[index].ends;
                *ends = (*ends).min(day);
            }
        } else if !team.restarts {
            self.stop(scene, index, day);
            // It has not worked to its end.
            self.caseloads[index].ends = day;
        }
    }

    /// With `extended_to` a team goes on from one month's end to the next while the cost so far of
    /// the localities it serves is below their allocation.
    fn extend(&mut self, scene: &Scene<'_>, index: usize, day: Day) {
        let team = &scene.option.teams[index];
        let calendar = &scene.programme.calendar;
        let extended = team.extended_to.filter(|&to| to >= day);
        if let Some(to) = extended
            && self.money_is_left(scene, &team.serves, day - 1)
        {
            self.caseloads[index].takes_until =
                calendar.months()[calendar.month_of(day)].last.min(to);
        }
    }

    fn money_is_left(&self, scene: &Scene<'_>, localities: &[usize], horizon: Day) -> bool {
        let before = |&place: &usize| scene.programme.localities[place].opening.money.cost;
        let mut cost: Pence = localities.iter().map(before).sum();
        let mut costing = Costing {
            programme: scene.programme,
            inputs: &scene.world.inputs,
            own_lines: scene.own_lines,
            horizon,
            post: |entry| {
                if localities.contains(&entry.locality) {
                    cost += entry.amount;
                }
            },
        };
        localities.iter().for_each(|&locality| costing.locality(locality));
        // Nobody else's cost falls on them.
        let theirs =
            |work: &Work<'_>| work.team.serves.iter().any(|place| localities.contains(place));
        self.works(scene).filter(theirs).for_each(|work| costing.team(work));
        costing.services(&self.services.uses, scene.service_lines);
        let allocation =
            localities.iter().map(|&place| scene.programme.localities[place].allocation.total);
        cost < allocation.sum()
    }

    /// A team stops for good. Under `unused_places = "move"` the places left of its maximum go to
    /// the next team in file order, beginning again at the first, that has a maximum and takes people.
    fn stop(&mut self, scene: &Scene<'_>, index: usize, day: Day) {
        let teams = &scene.option.teams;
        self.caseloads[index].stop(&teams[index], day, scene.programme.calendar.last());
        if scene.option.unused_places == UnusedPlaces::Keep {
            return;
        }
        let heir = (1..teams.len()).map(|step| (index + step) % teams.len()).find(|&other| {
            let caseload = &self.caseloads[other];
            caseload.places.is_some() && !caseload.stopped && caseload.takes_until >= day
        });
        if let Some(heir) = heir {
            let places = self.caseloads[index].give_up_places();
            self.caseloads[heir].places = self.caseloads[heir].places.map(|own| own + places);
        }
    }
}
