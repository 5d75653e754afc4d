//! Allocation: teams take people off the lists, and each goes their way.

use super::caseload::Caseload;
use super::delivery::{Delivery, Line, Scene};
use super::journal::{Settled, Taken};
use super::pathway::{Case, Fate, Missed, Support, Way};
use super::place::Place;
use super::service::{End, Services, Stay};
use super::staffing::{Departure, NEVER};
use super::waiting::{Again, Waiting};
use crate::quantity::Day;

impl Delivery {
    /// Teams, in file order, take the earliest person they may serve until they are full.
    #[inline]
    pub(super) fn allocate(&mut self, scene: &Scene<'_>, day: Day) {
        for index in 0..self.caseloads.len() {
            let (caseload, staffing) = (&mut self.caseloads[index], &self.staffing[index]);
            caseload.accrue(staffing.starts[day as usize]);
            let mut lists = self.lines[index].iter().map(|line| &self.places[line.locality].list);
            if lists.all(|list| list.waiting() == 0) {
                continue;
            }
            let mut free = caseload.free(staffing, day);
            while free > 0 && self.caseloads[index].has_place() {
                let Some(line) = self.earliest(index, day) else { break };
                let Some(waiting) = self.places[line.locality].list.take(line.queue) else { break };
                let desk = Desk {
                    scene,
                    team: index,
                    served: line.served,
                    locality: line.locality,
                    place: &mut self.places[line.locality],
                    caseload: &mut self.caseloads[index],
                    departures: &self.staffing[index].departures,
                    fate: &mut self.fates[line.locality][waiting.person as usize],
                    services: &mut self.services,
                };
                let cut = desk.begin(waiting, day);
                self.next_change = self.next_change.min(cut);
                free -= 1;
            }
        }
    }

    /// Who became ready first in the lists that a team serves; ties by locality in file order.
    #[inline]
    fn earliest(&mut self, team: usize, day: Day) -> Option<Line> {
        if let [line] = self.lines[team][..] {
            return self.places[line.locality].list.first(line.queue, day).map(|_| line);
        }
        let mut best = None;
        for &line in &self.lines[team] {
            let Some((ready, person)) = self.places[line.locality].list.first(line.queue, day)
            else {
                continue;
            };
            let place = (ready, line.locality, person);
            if best.is_none_or(|(first, _)| place < first) {
                best = Some((place, line));
            }
        }
        best.map(|(_, line)| line)
    }
}

/// Where somebody who comes off a list takes a slot.
struct Desk<'a> {
    scene: &'a Scene<'a>,
    team: usize,
    /// Which of the localities that the team serves theirs is.
    served: usize,
    locality: usize,
    place: &'a mut Place,
    caseload: &'a mut Caseload,
    departures: &'a [Departure],
    /// What comes after their appointment, if it is their first time with a coach.
    fate: &'a mut Option<Fate>,
    services: &'a mut Services,
}

impl Desk<'_> {
    /// A person takes a slot of a team, and goes their way. Returns the day on which they go back to
    /// the list because a provider fails or their coach leaves, or [`NEVER`].
    fn begin(self, waiting: Waiting, day: Day) -> Day {
        let Desk { scene, place, caseload, served, .. } = self;
        let Again { since, listed_before, round, seen: was_seen } = place.list.how(&waiting);
        let people = &scene.people[self.locality];
        let person = &people.everyone[waiting.person as usize];
        let waited = day - since;
        let effect = scene.world.effects.of(person.traits);
        let case = Case::new(scene.world, person, &effect, listed_before + waited);
        if round == 0 {
            place.tally.allocate(person, waited);
        }
        caseload.take(served);

        let way = match case.appointment(people.attends(person), day, waited, round) {
            Err(Missed(day)) => Way::DidNotAttend { day },
            Ok(seen) if round == 0 => {
                case.way(seen, *self.fate.get_or_insert_with(|| case.fate(0)))
            }
            Ok(seen) => case.way(seen, case.fate(round)),
        };
        let last = scene.programme.calendar.last();
        let fails = caseload.fails;
        let lost = match caseload.lost_when_coach_leaves {
            0.0 => NEVER,
            share => case.lost_on(day, round, self.departures, share),
        };
        let cut = fails.min(lost);
        let before = cut.min(last + 1);
        caseload.leaves(served, day, way.ends().min(lost), fails.min(last + 1));
        if scene.programme.moving_places.is_some() {
            place.take(day, way.ends_before_plan().min(cut));
        }
        if let Some(journal) = &mut place.journal {
            let person = waiting.person;
            journal.taken.push(Taken {
                person,
                team: self.team,
                day,
                waited,
                round,
                way,
                fails,
                lost,
            });
        }
        let seen = way.seen().filter(|&seen| seen < before);
        if let (Some(seen), false) = (seen, was_seen) {
            place.tally.see(person, seen, last);
        }
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
                caseload.agrees(served, plan);
                let seat = Seat { served, taken: day, fails, cut, last };
                // Services are first come, first served: who will have had which is known when
                // support ends.
                let waits = !scene.programme.services.is_empty() && {
                    let end = End { team: self.team, seat, support, listed: case.listed };
                    let stay = Stay {
                        locality: self.locality,
                        person: waiting.person,
                        plan,
                        until: support.leaves.min(before),
                        end: (support.leaves < before).then_some(end),
                    };
                    self.services.enrol(scene, person, stay, &mut place.tally)
                };
                if !waits {
                    support.settle(place, caseload, seat, &case, 1.0);
                }
            }
            _ if cut <= last => {
                let again = Again {
                    since: cut,
                    listed_before: case.listed,
                    round: round + 1,
                    seen: was_seen || seen.is_some(),
                };
                let person = (waiting.ready, waiting.person);
                caseload.returning.push((cut, self.locality, person, again));
                return cut;
            }
            _ => place.tally.before_plan_at_end += 1,
        }
        NEVER
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
            if let Some(journal) = &mut place.journal {
                let (who, cut) = (case.person.luck, Some(seat.cut).filter(|&cut| cut <= seat.last));
                let settled = Settled { who, cut, support: self, work: None, helped_until: None };
                journal.settled.push(settled);
            }
            match seat.cut <= seat.last {
                true => place.tally.disrupted += 1,
                false => place.tally.in_support_at_end += 1,
            }
            return;
        }
        let work = case.work_after(self, odds);
        place.tally.leave(case.person, self.leaves, self.disengaged, work);
        place.work_by_day.enter(self.leaves, case.cohort.sustained_for, work);
        let helped_until = case.helped_until(self, work);
        if let Some(journal) = &mut place.journal {
            let (who, work) = (case.person.luck, Some(work));
            journal.settled.push(Settled { who, cut: None, support: self, work, helped_until });
        }
        if let Some(until) = helped_until {
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
