//! A place's books under one option: what it spends and gets, in whole pence.

use super::income::Income;
use super::programme::Programme;
use super::provider::Provider;
use super::spending::Spending;
use crate::quantity::Pence;

/// The books of a locality, or of the whole programme.
#[derive(Clone, Debug, Default)]
pub struct Books {
    /// What it spends.
    pub spending: Spending,
    /// What it gets under the scenario's own reading of the funding rules.
    pub income: Income,
    /// What it gets under each other reading.
    pub readings: Vec<Income>,
    /// The books of each team with costs of its own.
    pub providers: Vec<Provider>,
}

impl Books {
    /// Opens empty books with so many lines of cost, for the option's teams with costs of their
    /// own, given by their indices.
    pub fn clear(
        &mut self,
        programme: &Programme,
        lines: usize,
        providers: impl Iterator<Item = usize>,
    ) {
        self.spending.clear(programme, lines);
        self.income.clear(programme, &programme.funding);
        self.readings.resize_with(programme.readings.len(), Income::default);
        for (income, reading) in self.readings.iter_mut().zip(&programme.readings) {
            income.clear(programme, &reading.funding);
        }
        self.providers.clear();
        self.providers.extend(providers.map(|team| Provider::new(team, &programme.calendar)));
    }

    /// Adds another place's money.
    pub fn add(&mut self, other: &Books) {
        self.spending.add(&other.spending);
        self.income.add(&other.income);
        for (mine, theirs) in self.readings.iter_mut().zip(&other.readings) {
            mine.add(theirs);
        }
        for (mine, theirs) in self.providers.iter_mut().zip(&other.providers) {
            mine.add(theirs);
        }
    }

    /// Follows every balance of the sum. Interest is each locality's own, so it adds up.
    pub fn follow(&mut self, programme: &Programme) {
        for income in std::iter::once(&mut self.income).chain(&mut self.readings) {
            income.follow(programme, &self.spending, None);
        }
        self.providers.iter_mut().for_each(|provider| provider.follow(&programme.calendar));
    }

    /// Sums that are no smaller than any other of the books: of amounts that are never negative, or of
    /// all that came and went.
    pub fn sums(&self) -> impl Iterator<Item = Pence> {
        let incomes = std::iter::once(&self.income).chain(&self.readings);
        let providers = self.providers.iter().flat_map(Provider::sums);
        [self.spending.cost].into_iter().chain(incomes.flat_map(Income::sums)).chain(providers)
    }

    /// Every penny stands somewhere, whoever looks at it.
    pub fn is_conserved(&self) -> bool {
        let mut incomes = std::iter::once(&self.income).chain(&self.readings);
        self.spending.is_conserved()
            && incomes.all(Income::is_conserved)
            && self.providers.iter().all(Provider::is_conserved)
    }
}
