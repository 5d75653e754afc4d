//! The settlement of money that the programme has and no locality.

use super::books::Books;
use super::costs::Entry;
use super::income::Income;
use super::programme::{Central, Funding, Programme};
use super::receipts::Receipt;
use crate::quantity::money::split;
use crate::quantity::time::whole_days;
use crate::quantity::{Day, Pence};

impl Central {
    /// Enters what is spent of it, claimed for it and received, into the programme's books.
    pub(super) fn settle(
        &self,
        programme: &Programme,
        line: usize,
        inputs: &[f64],
        books: &mut Books,
    ) {
        for month in programme.calendar.months() {
            let day = month.last;
            let amount = self.between(programme, month.first, month.last);
            let entry = Entry {
                locality: 0,
                line,
                incurred: day,
                paid: day,
                amount,
                eligible: true,
                invoiced: false,
            };
            books.spending.enter(programme, &entry);
        }
        self.receive(programme, &programme.funding, inputs, &mut books.income);
        for (reading, income) in programme.readings.iter().zip(&mut books.readings) {
            self.receive(programme, &reading.funding, inputs, income);
        }
    }

    fn receive(
        &self,
        programme: &Programme,
        funding: &Funding,
        inputs: &[f64],
        income: &mut Income,
    ) {
        let not_before = funding.first_payment_from.unwrap_or(Day::MIN);
        let shares: Vec<i64> = funding.funders.iter().map(|f| f.share.billionths()).collect();
        for (period, quarter) in programme.calendar.quarters().iter().enumerate() {
            let claimed = self.between(programme, quarter.first, quarter.last);
            income.central += claimed;
            let parts = if shares.is_empty() { vec![claimed] } else { split(claimed, &shares) };
            for (funder, amount) in parts.into_iter().enumerate() {
                let after =
                    funding.funders.get(funder).map_or(funding.paid_after, |f| f.paid_after);
                let paid = quarter.last.saturating_add(whole_days(after.get(inputs)));
                let paid = paid.max(not_before);
                let receipt = Receipt { period, funder, amount, due: quarter.last, paid };
                income.receive(programme, funding, &receipt, paid);
            }
        }
    }

    /// What falls between two days of the programme, both included: cumulative amounts rounded half
    /// up, and their difference.
    fn between(&self, programme: &Programme, first: Day, last: Day) -> Pence {
        let days = i128::from(programme.calendar.days());
        let to = |day: Day| {
            let twice = 2 * i128::from(self.amount.get()) * i128::from(day) + days;
            Pence::held(twice / (2 * days))
        };
        to(last + 1) - to(first)
    }
}
