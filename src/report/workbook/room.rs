//! The caps of a place, period by period, as the scenario has them.

use super::claims::{Part, Which};
use super::places::localities;
use crate::model::programme::{CapPeriod, Locality};
use crate::quantity::Pence;
use crate::report::Subject;

/// The cap of a part of a place's money.
pub struct Room<'a> {
    localities: Vec<&'a Locality>,
    /// Index of each living funding year and of its quarters, from the first to before the second.
    years: Vec<(usize, (usize, usize))>,
    part: Part,
    /// The year and the row since which the cap now in force holds.
    since: Option<(usize, u32)>,
}

/// A cap in force.
pub struct Cap {
    /// How much.
    pub amount: Pence,
    /// The row from which on claims count to it.
    pub since: u32,
}

impl<'a> Room<'a> {
    /// That of a place.
    pub fn new(subject: &'a Subject<'_>, locality: Option<&'a str>, part: Part) -> Self {
        let years = subject.scenario.programme.funding.years.iter().enumerate();
        let years = years.filter(|(_, year)| !year.is_over());
        Room {
            localities: localities(subject, locality).collect(),
            years: years.map(|(index, year)| (index, year.quarters)).collect(),
            part,
            since: None,
        }
    }

    /// The cap in force in a quarter, which stands in a row.
    pub fn at(&mut self, quarter: usize, row: u32) -> Cap {
        let year = match self.part.cap {
            CapPeriod::Programme => 0,
            CapPeriod::Year => {
                let lies_in =
                    |year: &(usize, (usize, usize))| (year.1.0..year.1.1).contains(&quarter);
                self.years.iter().position(lies_in).unwrap_or(0)
            }
        };
        let since = match self.since {
            Some((known, since)) if known == year => since,
            _ => row,
        };
        self.since = Some((year, since));
        let caps = self.localities.iter().map(|locality| self.cap(locality, year));
        Cap { amount: caps.sum(), since }
    }

    /// What a locality may claim over the programme or in a living year, less what it had claimed of it
    /// before day 0.
    fn cap(&self, locality: &Locality, year: usize) -> Pence {
        let (allocation, money) = (&locality.allocation, &locality.opening.money);
        let index = self.years.get(year).map_or(0, |year| year.0);
        let of_year = allocation.years.get(index);
        let (programme, of_year, before, this_year) = match self.part.which {
            Which::Basic => {
                (allocation.basic, of_year.map(|y| y.basic), money.basic, money.basic_this_year)
            }
            Which::Participant => (
                allocation.participant,
                of_year.map(|y| y.participant),
                money.participant,
                money.participant_this_year,
            ),
            Which::Outcome => {
                (allocation.outcome, of_year.map(|y| y.outcome), Pence::ZERO, Pence::ZERO)
            }
        };
        let left = match self.part.cap {
            CapPeriod::Programme => programme - before,
            CapPeriod::Year if year == 0 => of_year.unwrap_or_default() - this_year,
            CapPeriod::Year => of_year.unwrap_or_default(),
        };
        left.at_least_zero()
    }

    /// What a place had claimed of a part before day 0.
    pub fn before(subject: &Subject<'_>, locality: Option<&str>, which: Which) -> Pence {
        let claimed = localities(subject, locality).map(|known| match which {
            Which::Basic => known.opening.money.basic,
            Which::Participant => known.opening.money.participant,
            Which::Outcome => Pence::ZERO,
        });
        claimed.sum()
    }
}
