//! An account: what comes in and goes out, day by day, and how deep its balance falls.

use crate::quantity::{Calendar, Day, Pence};

/// Cash is followed for at most so many days after the programme; what a distribution's tail puts
/// later is booked on the last of them.
const LONGEST_DELAY: Day = 20 * 366;

/// Somebody's cash. It begins at nothing on day 0, the balance of a day is that at its end.
#[derive(Clone, Debug, Default)]
pub struct Account {
    flows: Vec<Pence>,
    horizon: Day,
}

/// How a balance went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// The deepest it goes below zero.
    pub gap: Pence,
    /// The first day on which it is there; none if it never is below zero.
    pub gap_day: Option<Day>,
    /// Pence below zero, summed over the days before the last receipt or payment.
    pub penny_days: i128,
    /// The balance at each month's end.
    pub by_month: Vec<Pence>,
}

impl Account {
    /// Back to nothing.
    pub fn open(&mut self, calendar: &Calendar) {
        self.flows.clear();
        self.flows.resize(calendar.days() as usize, Pence::ZERO);
        self.horizon = calendar.days() + LONGEST_DELAY;
    }

    /// Enters a receipt, or a payment below nothing. What is before day 0 falls on it.
    pub fn enter(&mut self, day: Day, amount: Pence) {
        let day = day.clamp(0, self.horizon) as usize;
        if day >= self.flows.len() {
            self.flows.resize(day + 1, Pence::ZERO);
        }
        self.flows[day] += amount;
    }

    /// Adds the receipts and payments of another account of the same calendar.
    pub fn add(&mut self, other: &Account) {
        if self.flows.len() < other.flows.len() {
            self.flows.resize(other.flows.len(), Pence::ZERO);
        }
        for (mine, &flow) in self.flows.iter_mut().zip(&other.flows) {
            *mine += flow;
        }
    }

    /// Receipts less payments.
    pub fn total(&self) -> Pence {
        self.flows.iter().copied().sum()
    }

    /// Follows its own balance to the last receipt or payment.
    pub fn course(&self, calendar: &Calendar) -> Course {
        self.course_with(&Account::default(), calendar)
    }

    /// Follows the balance of this account and another together.
    pub fn course_with(&self, other: &Account, calendar: &Calendar) -> Course {
        let mut course = Course::default();
        let (mut balance, mut deepest) = (Pence::ZERO, Pence::ZERO);
        let of =
            |account: &Account, day: usize| account.flows.get(day).copied().unwrap_or_default();
        let flow_on = |day: usize| of(self, day) + of(other, day);
        let days = self.flows.len().max(other.flows.len());
        let last_flow = (0..days).rfind(|&day| flow_on(day) != Pence::ZERO).unwrap_or(0);
        let mut months = calendar.months().iter();
        let mut month = months.next();
        for day in 0..days {
            balance += flow_on(day);
            if balance < deepest {
                deepest = balance;
                course.gap_day = Some(day as Day);
            }
            if day < last_flow {
                course.penny_days += i128::from((-balance).at_least_zero().get());
            }
            if month.is_some_and(|month| month.last as usize == day) {
                course.by_month.push(balance);
                month = months.next();
            }
        }
        course.gap = -deepest;
        course
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn october() -> (Calendar, Account) {
        let calendar = Calendar::new(date(2024, 10, 1), date(2024, 10, 31)).unwrap();
        let mut account = Account::default();
        account.open(&calendar);
        (calendar, account)
    }

    #[test]
    fn the_gap_is_the_deepest_point_and_the_first_day_on_it() {
        let (calendar, mut account) = october();
        account.enter(3, Pence::new(-500));
        account.enter(5, Pence::new(200));
        account.enter(7, Pence::new(-200));
        account.enter(40, Pence::new(700));
        let course = account.course(&calendar);
        assert_eq!((course.gap, course.gap_day), (Pence::new(500), Some(3)));
        // Two days at 500, two at 300, and 33 at 500.
        assert_eq!(course.penny_days, 2 * 500 + 2 * 300 + 33 * 500);
        assert_eq!(course.by_month, [Pence::new(-500)]);
        assert_eq!(account.total(), Pence::new(200));
    }

    #[test]
    fn what_is_never_below_zero_has_no_gap_and_no_day() {
        let (calendar, mut account) = october();
        account.enter(3, Pence::new(500));
        account.enter(3, Pence::new(-500));
        let course = account.course(&calendar);
        assert_eq!((course.gap, course.gap_day, course.penny_days), (Pence::ZERO, None, 0));
    }

    #[test]
    fn two_accounts_that_balance_each_other_have_no_gap_together() {
        let (calendar, mut account) = october();
        let (_, mut other) = october();
        account.enter(900, Pence::new(-300));
        other.enter(900, Pence::new(300));
        account.add(&other);
        assert_eq!(account.course(&calendar).gap, Pence::ZERO);
    }
}
