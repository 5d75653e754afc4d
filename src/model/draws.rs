//! The draws of many people of one source, made side by side.

use super::attribute::Traits;
use super::luck::{PersonLuck, Purpose, WorldLuck};
use super::people::{ENDLESS, NOBODY, Person};
use super::programme::{Attribute, Programme};
use super::world::World;
use crate::quantity::time::whole_days;
use crate::quantity::{Day, Key, Sampler, Stream, many};

/// What the people of one source are drawn from in one world.
pub(super) struct SourceWorld<'a> {
    attributes: &'a [Attribute],
    /// What all of them have in common.
    like: Person,
    decision: &'a Sampler,
    /// Days from being seen to the decision, where they are the same for everyone.
    decided_after: Option<Day>,
    people: Stream,
    /// Days from opening to full flow.
    ramp: Day,
    eligible: f64,
    past_triage: f64,
    /// Whether somebody's patience is a multiple of an exponential draw.
    exponential: bool,
    mix: &'a [(usize, f64)],
}

impl<'a> SourceWorld<'a> {
    /// Source `index` of a locality.
    pub(super) fn of(
        programme: &'a Programme,
        locality: usize,
        index: usize,
        world: &'a World,
        luck: &WorldLuck,
    ) -> Self {
        let place = &programme.localities[locality];
        let source = &place.sources[index];
        let there = SourceWorld::there(programme, locality, &source.cohorts, world, luck);
        SourceWorld {
            like: Person { source: index as u16, ..there.like },
            people: luck.stream(Purpose::Person, place.key.named(source.key)),
            ramp: whole_days(source.ramp.get(&world.inputs)),
            eligible: source.eligible.get(&world.inputs),
            past_triage: source.past_triage.get(&world.inputs),
            ..there
        }
    }

    /// Those of this mix who are there on day 0.
    pub(super) fn there(
        programme: &'a Programme,
        locality: usize,
        mix: &'a [(usize, f64)],
        world: &'a World,
        luck: &WorldLuck,
    ) -> Self {
        let place = &programme.localities[locality];
        let exponential = |&(cohort, _): &(usize, f64)| {
            world.cohorts[cohort].patience.as_ref().is_some_and(Sampler::is_exponential)
        };
        let decided_after = world.decisions[locality].known().map(whole_days);
        let like = Person {
            source: place.sources.len() as u16,
            cohort: mix.first().map_or(0, |&(cohort, _)| cohort as u16),
            decision: decided_after.unwrap_or(0),
            ..NOBODY
        };
        SourceWorld {
            like,
            attributes: &programme.attributes,
            decision: &world.decisions[locality],
            decided_after,
            people: luck.stream(Purpose::Person, place.opening_key()),
            ramp: 0,
            eligible: 1.0,
            past_triage: 1.0,
            exponential: mix.iter().any(exponential),
            mix,
        }
    }
}

/// Draws of many people of one source, made side by side, each kind in a line of its own. What is
/// certain is not drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Draws {
    keys: Vec<Key>,
    marks: Vec<f64>,
    eligible: Vec<f64>,
    cohorts: Vec<f64>,
    decisions: Vec<f64>,
    patience: Vec<f64>,
}

impl Draws {
    /// Draws what all of `count` people have, from number `first` on.
    pub(super) fn draw(&mut self, source: &SourceWorld<'_>, first: u64, count: usize) {
        self.keys.resize(count, Key::NONE);
        many::keys(source.people, first, &mut self.keys);
        let lines = [
            (&mut self.marks, Purpose::Mark, source.ramp > 0),
            (&mut self.eligible, Purpose::Eligible, source.eligible < 1.0),
            (&mut self.cohorts, Purpose::Cohort, source.mix.len() > 1),
            (&mut self.decisions, Purpose::Decision, source.decided_after.is_none()),
        ];
        for (line, purpose, _) in lines.into_iter().filter(|(.., differs)| *differs) {
            line.resize(count, 0.0);
            many::uniforms_of(&self.keys, purpose as u64, line);
        }
        if source.exponential {
            self.patience.resize(count, 0.0);
            many::exponentials_of(&self.keys, Purpose::Patience as u64, &mut self.patience);
        }
    }

    /// One of them, who is referred on a day.
    #[inline]
    pub(super) fn person(
        &self,
        source: &SourceWorld<'_>,
        world: &World,
        number: usize,
        day: Day,
    ) -> Person {
        let mut person = source.like;
        person.luck = PersonLuck::new(self.keys[number]);
        person.day = day;
        person.opens_by = day;
        if source.ramp > 0 {
            // The last of those days is so many before this one as mark x ramp is when rounded.
            person.opens_by -= whole_days(self.marks[number] * f64::from(source.ramp));
        }
        if source.eligible < 1.0 {
            person.eligible = self.eligible[number] < source.eligible;
        }
        if source.mix.len() > 1 {
            person.cohort = pick(source.mix, self.cohorts[number]) as u16;
        }
        if source.decided_after.is_none() {
            person.decision = whole_days(source.decision.days(self.decisions[number]));
        }
        if source.past_triage > 0.0 {
            person.past_triage = person.luck.happens(Purpose::PastTriage, 0, 0, source.past_triage);
        }
        let cohort = usize::from(person.cohort);
        let mut longer = 1.0;
        if !source.attributes.is_empty() {
            person.traits = Traits::draw(source.attributes, cohort, person.luck);
            longer = world.effects.of(person.traits).patience;
        }
        if let Some(patience) = &world.cohorts[cohort].patience {
            let days = match patience.is_exponential() {
                true => patience.days_of(self.patience[number]),
                false => patience.draw(|| person.luck.draw(Purpose::Patience)),
            };
            person.withdraws_after = first_day_beyond(days * longer);
        }
        person
    }
}

/// The cohort at a uniform draw: as many further on as there are shares, added up, that it reaches.
fn pick(mix: &[(usize, f64)], u: f64) -> usize {
    let (mut sum, mut index) = (0.0, 0);
    for &(_, share) in &mix[..mix.len() - 1] {
        sum += share;
        index += usize::from(u >= sum);
    }
    mix[index].0
}

/// The first whole number of days that exceeds a patience.
fn first_day_beyond(patience: f64) -> Day {
    // The cast drops the fraction.
    if patience >= 1e9 { ENDLESS } else { patience as Day + 1 }
}
