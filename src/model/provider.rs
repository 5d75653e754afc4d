//! A provider's own books: what it is paid, what it costs, and how deep its cash falls.

use super::account::Account;
use super::costs::Entry;
use crate::quantity::{Calendar, Pence};

/// The books of a team that has costs of its own, for one locality or for all that it serves.
#[derive(Clone, Debug, Default)]
pub struct Provider {
    /// The team, by its index in the option.
    pub team: usize,
    /// What it charges.
    pub charged: Pence,
    /// What it costs the provider itself.
    pub cost: Pence,
    /// How deep its balance goes below zero.
    pub cash_gap: Pence,
    cash: Account,
}

impl Provider {
    /// Books of a team with nothing in them.
    pub fn new(team: usize, calendar: &Calendar) -> Self {
        let mut provider = Provider { team, ..Provider::default() };
        provider.cash.open(calendar);
        provider
    }

    /// Enters what the provider invoices, which it gets when the invoice is paid, or a cost of its
    /// own.
    pub fn enter(&mut self, entry: &Entry) {
        if entry.invoiced {
            self.charged += entry.amount;
            self.cash.enter(entry.paid, entry.amount);
        } else {
            self.cost += entry.amount;
            self.cash.enter(entry.paid, -entry.amount);
        }
    }

    /// What it charges less what it costs.
    pub fn margin(&self) -> Pence {
        self.charged - self.cost
    }

    /// Adds its books for another locality; the balance is to be followed again.
    pub fn add(&mut self, other: &Provider) {
        self.charged += other.charged;
        self.cost += other.cost;
        self.cash.add(&other.cash);
    }

    /// Follows its balance.
    pub fn follow(&mut self, calendar: &Calendar) {
        self.cash_gap = self.cash.course(calendar).gap;
    }

    /// Sums that are no smaller than any other of these books.
    pub fn sums(&self) -> impl Iterator<Item = Pence> {
        [self.charged, self.cost].into_iter()
    }

    /// Every penny of its margin is in its cash.
    pub fn is_conserved(&self) -> bool {
        self.cash.total() == self.margin()
    }
}
