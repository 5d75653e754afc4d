//! The people of one locality in one world: everyone who would be referred at full flow.
//!
//! They are the same under every option. Each carries a mark, and an option meets those whose mark
//! is below its ramp, so that options that open on different days meet the same people, thinned.

use super::attribute::{TraitDraws, Traits};
use super::luck::{Purpose, WorldLuck};
use super::programme::{Locality, Programme, Source};
use super::world::World;
use crate::quantity::time::{DAYS_PER_MONTH, DAYS_PER_YEAR, whole_days};
use crate::quantity::{Calendar, Day, Family, FamilyError, Key};

/// A source sends at most this many people in one world, whatever was drawn.
const MOST_FROM_A_SOURCE: u64 = 4_000_000;

/// Patience without a limit.
pub const ENDLESS: Day = Day::MAX;

/// One person put forward by a source, with what is theirs from the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Person {
    /// The day of the referral.
    pub day: Day,
    /// Index of the source, in file order.
    pub source: u16,
    /// Index of the cohort.
    pub cohort: u16,
    /// What they have of each attribute.
    pub traits: Traits,
    /// Which of its source's people, in order of arrival: it keys all draws of this person.
    pub number: u32,
    /// Referred under an option if this is below the option's ramp.
    pub mark: f64,
    /// Whether the programme is right for them.
    pub eligible: bool,
    /// Whether they go straight to the coaches' list.
    pub past_triage: bool,
    /// Days from being seen at the access point to the decision.
    pub decision: Day,
    /// On which day of waiting, counted from the first, they withdraw; [`ENDLESS`] for never. A
    /// wait exceeds a patience of 3.2 days on the fourth day.
    pub withdraws_after: Day,
}

/// The day of referral of those who are there on day 0: some day before it.
const THERE: Day = -1;

impl Person {
    /// Whether they were on the list or in support on day 0.
    pub fn is_there_already(&self) -> bool {
        self.day == THERE
    }
}

/// Another enquiry at the access point: its day and how far through that day it comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Enquiry {
    /// The day.
    pub day: Day,
    /// How far through the day, in [0, 1).
    pub fraction: f64,
}

/// A locality's people and enquiries in one world.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// First those on the list on day 0, then those in support then, both by cohort; then everybody
    /// who is referred by day of referral, then source in file order, then order of arrival.
    pub everyone: Vec<Person>,
    /// How many of them are on the list on day 0.
    pub waiting: usize,
    /// How many of them are there on day 0, on the list or in support.
    pub there: usize,
    /// Other users of the access point, in the order in which they come.
    pub enquiries: Vec<Enquiry>,
    arrivals: Vec<(Day, u16, u32)>,
}

impl People {
    /// Draws the people of a locality. `triage` is the day on which its access point starts.
    ///
    /// # Errors
    ///
    /// Where a drawn variance makes no distribution. A checked scenario has none.
    pub fn draw(
        &mut self,
        programme: &Programme,
        locality: usize,
        world: &World,
        luck: &WorldLuck,
        triage: Day,
    ) -> Result<(), FamilyError> {
        let place = &programme.localities[locality];
        self.arrivals.clear();
        for (index, source) in place.sources.iter().enumerate() {
            self.arrive(programme, place, index as u16, source, world, luck)?;
        }
        // Sources were added in file order and each is sorted by day, so a stable sort by day
        // leaves ties in source order, then order of arrival.
        self.arrivals.sort_by_key(|&(day, _, _)| day);
        self.everyone.clear();
        self.stand(programme, locality, world, luck);
        let draws: Vec<SourceDraws> = place
            .sources
            .iter()
            .map(|source| SourceDraws::of(programme, place, source, world, luck))
            .collect();
        for &(day, source, number) in &self.arrivals {
            let person = draws[usize::from(source)].person(day, source, number, locality, world);
            self.everyone.push(person);
        }
        self.enquire(programme, place, world, luck, triage);
        Ok(())
    }

    /// The people who are there on day 0, as of one more source behind the others.
    fn stand(&mut self, programme: &Programme, locality: usize, world: &World, luck: &WorldLuck) {
        let place = &programme.localities[locality];
        let source = place.sources.len() as u16;
        let key = place.opening_key();
        let mut number = 0;
        let mut join = |everyone: &mut Vec<Person>, groups: &[(usize, i64)]| {
            for &(cohort, count) in groups {
                let mix = [(cohort, 1.0)];
                let draws = SourceDraws::new(programme, key, &mix, luck);
                for _ in 0..count {
                    everyone.push(draws.person(THERE, source, number, locality, world));
                    number += 1;
                }
            }
        };
        join(&mut self.everyone, &place.opening.waiting);
        self.waiting = self.everyone.len();
        join(&mut self.everyone, &place.opening.in_support);
        self.there = self.everyone.len();
    }

    /// Referrals of one source: a Poisson stream at full flow, in order of arrival. Unit
    /// exponentials are laid along the expected number, month by month, since within a month the
    /// rate is one: per_month x 12/365.25 x season x cluster a day.
    fn arrive(
        &mut self,
        programme: &Programme,
        place: &Locality,
        index: u16,
        source: &Source,
        world: &World,
        luck: &WorldLuck,
    ) -> Result<(), FamilyError> {
        let key = place.key.named(source.key);
        let gaps = luck.stream(Purpose::Arrival, key);
        let full_flow = source.per_month.get(&world.inputs) * source.scale / DAYS_PER_MONTH;
        let spread = source.overdispersion.get(&world.inputs);
        let last = source.ends.min(programme.last_referral);
        let mut next = gaps.exponential(0);
        let mut number = 0;
        for month in programme.calendar.months() {
            let first = month.first.max(source.starts);
            let days = month.last.min(last) - first + 1;
            if days <= 0 {
                continue;
            }
            let cluster = cluster(spread, luck, key, &programme.calendar, month.first)?;
            let per_day = full_flow * source.season[month.of_year] * cluster;
            let expected = per_day * f64::from(days);
            let mut used = 0.0;
            while used + next < expected && number < MOST_FROM_A_SOURCE {
                used += next;
                let day = first + (libm::floor(used / per_day) as Day).clamp(0, days - 1);
                self.arrivals.push((day, index, number as u32));
                number += 1;
                next = gaps.exponential(number);
            }
            next -= expected - used;
        }
        Ok(())
    }

    /// Other enquiries: a Poisson stream from the triage's start to the programme's end.
    fn enquire(
        &mut self,
        programme: &Programme,
        place: &Locality,
        world: &World,
        luck: &WorldLuck,
        triage: Day,
    ) {
        self.enquiries.clear();
        let per_day =
            place.triage.other_enquiries_per_month.get(&world.inputs) * 12.0 / DAYS_PER_YEAR;
        // Without a limit on capacity nobody can be held up by them.
        if place.triage.capacity_per_week.is_none() || per_day <= 0.0 {
            return;
        }
        let gaps = luck.stream(Purpose::Enquiry, place.key);
        let days = f64::from(programme.calendar.days() - triage.max(0));
        let mut at = 0.0;
        for number in 0..MOST_FROM_A_SOURCE {
            at += gaps.exponential(number) / per_day;
            if at >= days {
                break;
            }
            let day = libm::floor(at);
            self.enquiries.push(Enquiry { day: triage.max(0) + day as Day, fraction: at - day });
        }
    }
}

/// A month's factor of mean 1 and variance `spread`, from a gamma distribution; keyed by the
/// calendar month, so that it does not depend on when the programme starts.
fn cluster(
    spread: f64,
    luck: &WorldLuck,
    source: Key,
    calendar: &Calendar,
    month: Day,
) -> Result<f64, FamilyError> {
    if spread <= 0.0 {
        return Ok(1.0);
    }
    let date = calendar.date(month);
    let number = i64::from(date.year()) * 12 + i64::from(date.month());
    let u = luck.key(Purpose::Cluster).named(source).with(number as u64).uniform();
    Ok(Family::Gamma { mean: 1.0, sd: libm::sqrt(spread) }.prepare()?.at(u))
}

/// What the people of one source are drawn from.
struct SourceDraws<'a> {
    mark: crate::quantity::Stream,
    cohort: crate::quantity::Stream,
    eligible: crate::quantity::Stream,
    past_triage: crate::quantity::Stream,
    decision: crate::quantity::Stream,
    patience: crate::quantity::Stream,
    traits: TraitDraws<'a>,
    share_eligible: f64,
    share_past_triage: f64,
    mix: &'a [(usize, f64)],
}

impl<'a> SourceDraws<'a> {
    fn of(
        programme: &'a Programme,
        place: &Locality,
        source: &'a Source,
        world: &World,
        luck: &WorldLuck,
    ) -> Self {
        let key = place.key.named(source.key);
        SourceDraws {
            share_eligible: source.eligible.get(&world.inputs),
            share_past_triage: source.past_triage.get(&world.inputs),
            ..SourceDraws::new(programme, key, &source.cohorts, luck)
        }
    }

    /// People of this mix for whom the programme is right and who are past triage.
    fn new(programme: &'a Programme, key: Key, mix: &'a [(usize, f64)], luck: &WorldLuck) -> Self {
        let stream = |purpose| luck.stream(purpose, key);
        SourceDraws {
            mark: stream(Purpose::Mark),
            cohort: stream(Purpose::Cohort),
            eligible: stream(Purpose::Eligible),
            past_triage: stream(Purpose::PastTriage),
            decision: stream(Purpose::Decision),
            patience: stream(Purpose::Patience),
            traits: TraitDraws::new(programme, key, luck),
            share_eligible: 1.0,
            share_past_triage: 1.0,
            mix,
        }
    }

    fn person(&self, day: Day, source: u16, number: u32, locality: usize, world: &World) -> Person {
        let index = u64::from(number);
        let cohort = self.pick_cohort(index);
        let traits = self.traits.traits(cohort, number);
        let patience = &world.cohorts[cohort].patience;
        let longer = world.effects.of(traits).patience;
        Person {
            day,
            source,
            cohort: cohort as u16,
            traits,
            number,
            mark: self.mark.uniform(index),
            eligible: self.eligible.uniform(index) < self.share_eligible,
            past_triage: self.past_triage.uniform(index) < self.share_past_triage,
            decision: whole_days(world.decisions[locality].days(self.decision.uniform(index))),
            withdraws_after: patience.as_ref().map_or(ENDLESS, |patience| {
                first_day_beyond(patience.days(self.patience.uniform(index)) * longer)
            }),
        }
    }

    fn pick_cohort(&self, index: u64) -> usize {
        let mut u = self.cohort.uniform(index);
        for &(cohort, share) in self.mix {
            if u < share {
                return cohort;
            }
            u -= share;
        }
        self.mix.last().map_or(0, |&(cohort, _)| cohort)
    }
}

/// The first whole number of days that exceeds a patience.
fn first_day_beyond(patience: f64) -> Day {
    let whole = libm::floor(patience) + 1.0;
    if whole >= 1e9 { ENDLESS } else { whole as Day }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::example;
    use crate::model::luck::Luck;

    #[test]
    fn each_cohort_comes_as_often_as_its_share_of_a_source() {
        let shares = [0.2, 0.5, 0.3];
        let mut programme = example::programme();
        let cohort = programme.cohorts[0].clone();
        programme.cohorts = vec![cohort; shares.len()];
        programme.localities[0].sources[0].cohorts = shares.into_iter().enumerate().collect();
        let (mut world, mut people) = (World::default(), People::default());
        let mut counts = [0.0; 3];
        for replicate in 0..40 {
            world.draw(&programme, 1, replicate).unwrap();
            let luck = Luck::new(1).world(replicate);
            people.draw(&programme, 0, &world, &luck, 0).unwrap();
            people.everyone.iter().for_each(|person| counts[usize::from(person.cohort)] += 1.0);
        }
        let all: f64 = counts.iter().sum();
        assert!(all > 5_000.0);
        for (count, share) in counts.into_iter().zip(shares) {
            let error = (share * (1.0 - share) / all).sqrt();
            assert!((count / all - share).abs() < 4.0 * error, "{counts:?}");
        }
    }
}
