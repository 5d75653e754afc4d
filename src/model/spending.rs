//! What a place spends: every penny on one line, in one month, on one day.

use super::account::Account;
use super::costs::Entry;
use super::programme::{Programme, ToDate};
use crate::quantity::Pence;

/// What a locality, or the whole programme, spends under one option.
#[derive(Clone, Debug, Default)]
pub struct Spending {
    /// All cost.
    pub cost: Pence,
    /// Of it, what may be claimed.
    pub eligible: Pence,
    /// Of it, what was spent before day 0, which stands on no line and in no month or year.
    pub before: Pence,
    /// Of that, what may be claimed.
    pub eligible_before: Pence,
    /// Cost by line: [`TEAM_LINES`](super::costs::TEAM_LINES), then the names of localities' own
    /// costs.
    pub lines: Vec<Pence>,
    /// Cost by month.
    pub cost_by_month: Vec<Pence>,
    /// Of it, what may be claimed.
    pub eligible_by_month: Vec<Pence>,
    /// Cost by funding year.
    pub cost_by_year: Vec<Pence>,
    /// Invoiced but not yet paid at each funding year's end.
    pub owed_to_providers: Vec<Pence>,
    /// What is paid, day by day.
    pub paid: Account,
}

impl Spending {
    /// Back to nothing, with so many lines.
    pub fn clear(&mut self, programme: &Programme, lines: usize) {
        let months = programme.calendar.months().len();
        let years = programme.funding.years.len();
        self.cost = Pence::ZERO;
        self.eligible = Pence::ZERO;
        self.before = Pence::ZERO;
        self.eligible_before = Pence::ZERO;
        for (amounts, count) in [
            (&mut self.lines, lines),
            (&mut self.cost_by_month, months),
            (&mut self.eligible_by_month, months),
            (&mut self.cost_by_year, years),
            (&mut self.owed_to_providers, years),
        ] {
            amounts.clear();
            amounts.resize(count, Pence::ZERO);
        }
        self.paid.open(&programme.calendar);
    }

    /// Enters what was spent before day 0.
    pub fn bring_forward(&mut self, money: &ToDate) {
        self.before = money.cost;
        self.eligible_before = money.eligible;
        self.cost += money.cost;
        self.eligible += money.eligible;
        self.paid.enter(0, -money.cost);
    }

    /// Enters a cost.
    pub fn enter(&mut self, programme: &Programme, entry: &Entry) {
        let month = programme.calendar.month_of(entry.incurred);
        self.cost += entry.amount;
        self.lines[entry.line] += entry.amount;
        self.cost_by_month[month] += entry.amount;
        if entry.eligible {
            self.eligible += entry.amount;
            self.eligible_by_month[month] += entry.amount;
        }
        for (index, year) in programme.funding.years.iter().enumerate() {
            if (year.first..=year.last).contains(&entry.incurred) {
                self.cost_by_year[index] += entry.amount;
            }
            if entry.invoiced && entry.incurred <= year.ends && year.ends < entry.paid {
                self.owed_to_providers[index] += entry.amount;
            }
        }
        self.paid.enter(entry.paid, -entry.amount);
    }

    /// Adds another place's spending.
    pub fn add(&mut self, other: &Spending) {
        self.cost += other.cost;
        self.eligible += other.eligible;
        self.before += other.before;
        self.eligible_before += other.eligible_before;
        for (mine, theirs) in [
            (&mut self.lines, &other.lines),
            (&mut self.cost_by_month, &other.cost_by_month),
            (&mut self.eligible_by_month, &other.eligible_by_month),
            (&mut self.cost_by_year, &other.cost_by_year),
            (&mut self.owed_to_providers, &other.owed_to_providers),
        ] {
            for (sum, &amount) in mine.iter_mut().zip(theirs) {
                *sum += amount;
            }
        }
        self.paid.add(&other.paid);
    }

    /// Lines, months and years add up to the cost since day 0, and payments to all cost.
    pub fn is_conserved(&self) -> bool {
        let sum = |amounts: &[Pence]| amounts.iter().copied().sum::<Pence>();
        let since = self.cost - self.before;
        sum(&self.cost_by_month) == since
            && sum(&self.eligible_by_month) == self.eligible - self.eligible_before
            && sum(&self.cost_by_year) == since
            && sum(&self.lines) == since
            && self.paid.total() == -self.cost
    }
}
