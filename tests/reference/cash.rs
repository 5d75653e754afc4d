//! A balance, as money falls due.

use std::collections::BTreeMap;

use workcast::quantity::{Calendar, Day, Pence};

/// Receipts above nothing and payments below, by day.
#[derive(Clone, Debug, Default)]
pub struct Cash {
    flows: BTreeMap<Day, i64>,
}

impl Cash {
    /// What is before day 0 falls on it; what is twenty years after the programme falls then.
    pub fn enter(&mut self, calendar: &Calendar, day: Day, amount: Pence) {
        let day = day.clamp(0, calendar.days() + 20 * 366);
        *self.flows.entry(day).or_default() += amount.get();
    }

    pub fn with(&self, other: &Cash) -> Cash {
        let mut both = self.clone();
        for (&day, &amount) in &other.flows {
            *both.flows.entry(day).or_default() += amount;
        }
        both
    }

    /// The balance at a day's end.
    pub fn balance(&self, day: Day) -> Pence {
        Pence::new(self.flows.range(..=day).map(|(_, &amount)| amount).sum())
    }

    /// How deep it goes below zero, and the first day on which it is there.
    pub fn gap(&self) -> (Pence, Option<Day>) {
        let days = self.flows.keys().map(|&day| (self.balance(day), day));
        match days.min() {
            Some((deepest, day)) if deepest < Pence::ZERO => (-deepest, Some(day)),
            _ => (Pence::ZERO, None),
        }
    }

    /// Pence below zero, summed over the days before the last receipt or payment.
    pub fn penny_days(&self) -> i128 {
        let moves: Vec<Day> =
            self.flows.iter().filter(|(_, amount)| **amount != 0).map(|(&day, _)| day).collect();
        let stretch = |days: &[Day]| {
            let below = i128::from((-self.balance(days[0])).at_least_zero().get());
            below * i128::from(days[1] - days[0])
        };
        moves.windows(2).map(stretch).sum()
    }
}
