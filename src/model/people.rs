//! The people of one locality in one world: everyone who would be referred at full flow.
//!
//! They are the same under every option. Each carries a mark, and an option meets those whose mark
//! is below its ramp, so that options that open on different days meet the same people, thinned.

use std::ops::Range;

use super::attribute::Traits;
use super::draws::{Draws, SourceWorld};
use super::luck::{PersonLuck, Purpose, WorldLuck};
use super::programme::{Locality, Programme, Source};
use super::world::World;
use crate::quantity::time::{DAYS_PER_MONTH, DAYS_PER_YEAR};
use crate::quantity::{Calendar, Day, Family, FamilyError, Key, Stream, many};

/// A source sends at most this many people in one world, whatever was drawn.
const MOST_FROM_A_SOURCE: usize = 4_000_000;

/// How many gaps between referrals are drawn at a time.
const GAPS_AT_A_TIME: usize = 64;

/// Patience without a limit.
pub const ENDLESS: Day = Day::MAX;

/// One person put forward by a source, with what is theirs from the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Person {
    /// All further draws of this person.
    pub luck: PersonLuck,
    /// The day of the referral.
    pub day: Day,
    /// Referred under an option if its locality opens, and the source starts, on this day or before:
    /// their mark is then below the ramp, (day - later of opening and source start + 1/2)/ramp.
    pub opens_by: Day,
    /// Days from being seen at the access point to the decision.
    pub decision: Day,
    /// On which day of waiting, counted from the first, they withdraw; [`ENDLESS`] for never. A
    /// wait exceeds a patience of 3.2 days on the fourth day.
    pub withdraws_after: Day,
    /// Index of the source, in file order.
    pub source: u16,
    /// Index of the cohort.
    pub cohort: u16,
    /// What they have of each attribute.
    pub traits: Traits,
    /// Whether the programme is right for them.
    pub eligible: bool,
    /// Whether they go straight to the coaches' list.
    pub past_triage: bool,
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
    /// Chance of attending, before the wait's effect: for each source in file order, and behind them
    /// for those who are there on day 0, each cohort's.
    attends: Vec<f64>,
    cohorts: usize,
    /// How many of them come before each day; behind the last day, how many there are.
    enquiries_before: Vec<u32>,
    /// Where the people of each day begin; behind the last day, how many there are.
    begins: Vec<u32>,
    /// The days of referral of every source's people, source by source.
    arrivals: Vec<Day>,
    gaps: Vec<f64>,
    draws: Draws,
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
        self.cohorts = world.cohorts.len();
        self.attends.clear();
        for own in place.sources.iter().map(|source| source.attends).chain([None]) {
            let own = own.map(|attends| attends.get(&world.inputs));
            self.attends.extend(world.cohorts.iter().map(|cohort| own.unwrap_or(cohort.attends)));
        }
        self.stand(programme, locality, world, luck);
        self.refer(programme, locality, world, luck)?;
        self.enquire(programme, place, world, luck, triage);
        Ok(())
    }

    /// Somebody's chance of attending, before the wait's effect.
    #[inline]
    pub fn attends(&self, person: &Person) -> f64 {
        self.attends[usize::from(person.source) * self.cohorts + usize::from(person.cohort)]
    }

    /// The people of a day, by their indices.
    #[inline]
    pub fn of_day(&self, day: Day) -> Range<usize> {
        let day = day as usize;
        self.begins[day] as usize..self.begins[day + 1] as usize
    }

    /// A day's other users of the access point, in the order in which they come.
    #[inline]
    pub fn enquiries_on(&self, day: Day) -> &[Enquiry] {
        let before = |day: Day| self.enquiries_before[day as usize] as usize;
        &self.enquiries[before(day)..before(day + 1)]
    }

    /// Everybody who is referred, in the order of their days.
    fn refer(
        &mut self,
        programme: &Programme,
        locality: usize,
        world: &World,
        luck: &WorldLuck,
    ) -> Result<(), FamilyError> {
        let place = &programme.localities[locality];
        let days = programme.calendar.days() as usize;
        self.arrivals.clear();
        self.begins.clear();
        self.begins.resize(days + 2, 0);
        let mut ends = Vec::with_capacity(place.sources.len());
        for source in &place.sources {
            self.arrive(programme, place, source, world, luck)?;
            ends.push(self.arrivals.len());
        }
        // Sorted by counting: first how many come on each day, then where each day begins. While
        // people are put in their place a day's entry is where its next one goes, and ends up where
        // the next day begins.
        for &day in &self.arrivals {
            self.begins[day as usize + 2] += 1;
        }
        self.begins[0] = self.there as u32;
        self.begins[1] = self.there as u32;
        for day in 1..=days {
            self.begins[day + 1] += self.begins[day];
        }
        self.everyone.resize(self.there + self.arrivals.len(), NOBODY);
        let mut begin = 0;
        for (index, end) in ends.into_iter().enumerate() {
            let source = SourceWorld::of(programme, locality, index, world, luck);
            self.draws.draw(&source, 0, end - begin);
            for (number, &day) in self.arrivals[begin..end].iter().enumerate() {
                let next = &mut self.begins[day as usize + 1];
                self.everyone[*next as usize] = self.draws.person(&source, world, number, day);
                *next += 1;
            }
            begin = end;
        }
        self.begins.truncate(days + 1);
        Ok(())
    }

    /// The people who are there on day 0, as of one more source behind the others.
    fn stand(&mut self, programme: &Programme, locality: usize, world: &World, luck: &WorldLuck) {
        let opening = &programme.localities[locality].opening;
        let there = opening.waiting.iter().chain(&opening.in_support).map(|&(_, count)| count);
        self.there = there.sum::<i64>() as usize;
        self.waiting = opening.waiting.iter().map(|&(_, count)| count).sum::<i64>() as usize;
        self.everyone.resize(self.everyone.len().max(self.there), NOBODY);
        let mut first = 0;
        for &(cohort, count) in opening.waiting.iter().chain(&opening.in_support) {
            let (mix, count) = ([(cohort, 1.0)], count as usize);
            let source = SourceWorld::there(programme, locality, &mix, world, luck);
            self.draws.draw(&source, first as u64, count);
            for number in 0..count {
                self.everyone[first + number] = self.draws.person(&source, world, number, THERE);
            }
            first += count;
        }
    }

    /// Referrals of one source: a Poisson stream at full flow, in order of arrival. Unit
    /// exponentials are laid along the expected number, month by month, since within a month the
    /// rate is one: per_month x 12/365.25 x season x cluster a day.
    fn arrive(
        &mut self,
        programme: &Programme,
        place: &Locality,
        source: &Source,
        world: &World,
        luck: &WorldLuck,
    ) -> Result<(), FamilyError> {
        let key = place.key.named(source.key);
        let gaps = luck.stream(Purpose::Arrival, key);
        let full_flow = source.per_month.get(&world.inputs) * source.scale / DAYS_PER_MONTH;
        let spread = source.overdispersion.get(&world.inputs);
        let last = source.ends.min(programme.last_referral);
        let mut number = 0;
        self.gaps.clear();
        let mut next = self.gap(gaps, 0);
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
                // The cast drops the fraction.
                self.arrivals.push(first + ((used / per_day) as Day).min(days - 1));
                number += 1;
                next = self.gap(gaps, number);
            }
            next -= expected - used;
        }
        Ok(())
    }

    /// Gap number `number` of a source's stream. Gaps are drawn some at a time.
    #[inline]
    fn gap(&mut self, gaps: Stream, number: usize) -> f64 {
        if number == self.gaps.len() {
            self.gaps.resize(number + GAPS_AT_A_TIME, 0.0);
            many::exponentials(gaps, number as u64, &mut self.gaps[number..]);
        }
        self.gaps[number]
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
        self.enquiries_before.clear();
        self.enquiries_before.resize(programme.calendar.days() as usize + 1, 0);
        let per_day =
            place.triage.other_enquiries_per_month.get(&world.inputs) * 12.0 / DAYS_PER_YEAR;
        // Without a limit on capacity nobody can be held up by them.
        if place.triage.capacity_per_week.is_none() || per_day <= 0.0 {
            return;
        }
        let gaps = luck.stream(Purpose::Enquiry, place.key);
        let days = f64::from(programme.calendar.days() - triage.max(0));
        self.gaps.clear();
        let mut at = 0.0;
        for number in 0..MOST_FROM_A_SOURCE {
            at += self.gap(gaps, number) / per_day;
            if at >= days {
                break;
            }
            // The cast drops the fraction.
            let day = at as Day;
            let fraction = at - f64::from(day);
            let day = triage.max(0) + day;
            self.enquiries.push(Enquiry { day, fraction });
            self.enquiries_before[day as usize + 1] += 1;
        }
        let mut sum = 0;
        for before in &mut self.enquiries_before {
            sum += *before;
            *before = sum;
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

/// Nobody in particular: for whom the programme is right, of endless patience. Stands where somebody
/// is still to be put.
pub(super) const NOBODY: Person = Person {
    luck: PersonLuck::NOBODYS,
    day: 0,
    opens_by: 0,
    decision: 0,
    withdraws_after: ENDLESS,
    source: 0,
    cohort: 0,
    traits: Traits::NONE,
    eligible: true,
    past_triage: false,
};

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
