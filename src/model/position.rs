//! Teams take over the people who are in support on day 0.

use super::allocation::Seat;
use super::delivery::{Delivery, Scene};
use super::pathway::Case;
use super::people::Person;
use super::staffing::NEVER;

impl Delivery {
    /// Each of them holds a slot and goes on from there. They are no new starts.
    pub(super) fn take_over(&mut self, scene: &Scene<'_>) {
        let last = scene.programme.calendar.last();
        for (locality, people) in scene.people.iter().enumerate() {
            self.places[locality].tally.opening_in_support = (people.there - people.waiting) as i64;
            for person in &people.everyone[people.waiting..people.there] {
                let Some((index, served)) = self.takes_over(scene, locality, person) else {
                    // Nobody serves them: they are in support by themselves.
                    self.places[locality].tally.in_support_at_end += 1;
                    continue;
                };
                let place = &mut self.places[locality];
                let caseload = &mut self.caseloads[index];
                let staffing = &self.staffing[index];
                // What they needed of onward services, and how long they waited, lies before day 0.
                let effect = scene.world.effects.of(person.traits);
                let case = Case::new(scene.world, person, &effect, 0);
                let (left, disengaged) = case.support_left();
                let support = case.support(0, left, disengaged);
                let fails = staffing.stints.iter().map(|stint| stint.fails).min().unwrap_or(NEVER);
                let share =
                    scene.option.teams[index].lost_when_coach_leaves.get(&scene.world.inputs);
                let lost = case.lost_on(0, 0, &staffing.departures, share);
                caseload.take_over(served);
                caseload.leaves(served, -1, support.leaves.min(lost), fails.min(last + 1));
                let seat = Seat { served, taken: -1, fails, cut: fails.min(lost), last };
                support.settle(place, caseload, seat, &case, 1.0);
            }
        }
    }

    /// The first team in file order that may serve somebody and has a slot free on day 0, or else
    /// the first that may serve them; and which of its localities theirs is.
    fn takes_over(
        &self,
        scene: &Scene<'_>,
        locality: usize,
        person: &Person,
    ) -> Option<(usize, usize)> {
        let may = scene.option.teams.iter().enumerate().filter_map(|(index, team)| {
            let served = team.serves.iter().position(|&served| served == locality)?;
            (team.accepts & (1 << person.cohort) != 0).then_some((index, served))
        });
        let has_room = |&(index, _): &(usize, usize)| {
            let slots = self.staffing[index].slots.first();
            slots.is_some_and(|&slots| i64::from(slots) > self.caseloads[index].held())
        };
        may.clone().find(has_room).or_else(|| may.clone().next())
    }
}
