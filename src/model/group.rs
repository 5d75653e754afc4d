//! Counts of groups of people: each cohort, those who share a value of an attribute, and those who
//! share values of two.

use super::people::Person;
use super::programme::Programme;
use super::tally::mean;
use crate::quantity::Day;

/// What is counted of one group.
#[derive(Clone, Copy, Debug, Default)]
pub struct GroupTally {
    /// People referred.
    pub referrals: i64,
    /// Plans agreed.
    pub plans: i64,
    /// People allocated.
    pub allocated: i64,
    /// Sum of their waits in days.
    pub days_waited: i64,
    /// In work at the end of support.
    pub in_work: i64,
}

impl GroupTally {
    /// Mean wait in days of those allocated.
    pub fn mean_wait(&self) -> Option<f64> {
        mean(self.days_waited, self.allocated)
    }

    fn add(&mut self, other: &GroupTally) {
        self.referrals += other.referrals;
        self.plans += other.plans;
        self.allocated += other.allocated;
        self.days_waited += other.days_waited;
        self.in_work += other.in_work;
    }
}

/// Every group of a programme with its counts.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    tallies: Vec<GroupTally>,
    /// For each attribute, where its values begin.
    attributes: Vec<usize>,
    /// For each crossed pair, where it begins: two attributes and how many values the second has.
    crossed: Vec<Crossed>,
}

#[derive(Clone, Copy, Debug)]
struct Crossed {
    begins: usize,
    first: usize,
    second: usize,
    width: usize,
}

impl Groups {
    /// Back to nothing, for a programme's cohorts and attributes.
    pub fn clear(&mut self, programme: &Programme) {
        let mut next = programme.cohorts.len();
        self.attributes.clear();
        for attribute in &programme.attributes {
            self.attributes.push(next);
            next += attribute.values.len();
        }
        self.crossed.clear();
        for &(first, second) in &programme.crossed {
            let width = programme.attributes[second].values.len();
            self.crossed.push(Crossed { begins: next, first, second, width });
            next += programme.attributes[first].values.len() * width;
        }
        self.tallies.clear();
        self.tallies.resize(next, GroupTally::default());
    }

    /// Counts somebody in each group that they belong to.
    #[inline]
    pub fn count(&mut self, person: &Person, one: impl Fn(&mut GroupTally)) {
        one(&mut self.tallies[usize::from(person.cohort)]);
        if !self.attributes.is_empty() {
            self.count_traits(person, one);
        }
    }

    fn count_traits(&mut self, person: &Person, one: impl Fn(&mut GroupTally)) {
        for (attribute, begins) in self.attributes.iter().enumerate() {
            one(&mut self.tallies[begins + person.traits.of(attribute)]);
        }
        for pair in &self.crossed {
            let row = person.traits.of(pair.first) * pair.width;
            one(&mut self.tallies[pair.begins + row + person.traits.of(pair.second)]);
        }
    }

    /// Somebody gets a slot for the first time, after a wait of so many days.
    #[inline]
    pub fn allocate(&mut self, person: &Person, waited: Day) {
        self.count(person, |group| {
            group.allocated += 1;
            group.days_waited += i64::from(waited);
        });
    }

    /// The counts of a cohort.
    pub fn cohort(&self, cohort: usize) -> &GroupTally {
        &self.tallies[cohort]
    }

    /// The counts of those who have a value of an attribute.
    pub fn value(&self, attribute: usize, value: usize) -> &GroupTally {
        &self.tallies[self.attributes[attribute] + value]
    }

    /// The counts of those who have a value of each attribute of a crossed pair.
    pub fn crossed(&self, pair: usize, first: usize, second: usize) -> &GroupTally {
        let pair = &self.crossed[pair];
        &self.tallies[pair.begins + first * pair.width + second]
    }

    /// Adds another place's counts.
    pub fn add(&mut self, other: &Groups) {
        for (mine, theirs) in self.tallies.iter_mut().zip(&other.tallies) {
            mine.add(theirs);
        }
    }
}
