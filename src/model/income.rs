//! What a place gets under one reading of the funding rules, and how its cash goes.

use super::account::Account;
use super::activity::Activity;
use super::claims::{Claim, ClaimedByMonth, Entitlement, RoomChange, claims};
use super::programme::{Allocation, Funding, FundingYear, Programme, Repayment, ToDate};
use super::receipts::{Receipt, along_the_chain, receipts};
use super::spending::Spending;
use crate::quantity::money::split;
use crate::quantity::share::product;
use crate::quantity::time::{DAYS_PER_YEAR, whole_days};
use crate::quantity::{Day, Pence};

/// What a locality, or the whole programme, gets. Every penny of it stands on one line, in one
/// funding year and with one funder, after what is paid back.
#[derive(Clone, Debug, Default)]
pub struct Income {
    /// The basic part, after what is disallowed and what is paid back.
    pub basic: Pence,
    /// The participant part.
    pub participant: Pence,
    /// The part for outcomes.
    pub outcome: Pence,
    /// What the programme gets beside its localities.
    pub central: Pence,
    /// Claimed for the basic part but never paid.
    pub disallowed: Pence,
    /// Paid of the basic part, and paid back once the programme is over.
    pub repaid: Pence,
    /// Claimed before day 0, which stands in no year.
    pub before: Pence,
    /// Income by the funding year of the claims; what is paid back falls in the last.
    pub by_year: Vec<Pence>,
    /// Claimed but not yet received at each funding year's end, less what is yet to be paid back.
    pub owed_by_funder: Vec<Pence>,
    /// Income by funder, where they are named.
    pub from: Vec<Pence>,
    /// Receipts by month of the programme; later ones are in the balance only.
    pub receipts_by_month: Vec<Pence>,
    /// What is claimed for the periods that end in each month, the disallowed part included.
    pub claimed_by_month: ClaimedByMonth,
    /// Allocation less income.
    pub unclaimed: Pence,
    /// Cost that no receipt ever covers.
    pub shortfall: Pence,
    /// Balance at each month's end.
    pub balance_by_month: Vec<Pence>,
    /// The deepest the balance goes below zero.
    pub cash_gap: Pence,
    /// The first day on which it is there.
    pub cash_gap_day: Option<Day>,
    /// Pounds of simple daily interest on the negative balance.
    pub financing: f64,
    /// How deep the balance of each step of the chain goes below zero.
    pub gaps_of_chain: Vec<Pence>,
    cash: Account,
    chain: Vec<Account>,
    claims: Vec<Claim>,
}

/// The rules under which a place's money is settled, and the world in which it is.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// The funding rules, as they are read.
    pub funding: &'a Funding,
    /// What the place may be paid under them.
    pub allocation: &'a Allocation,
    /// Its money before day 0.
    pub to_date: &'a ToDate,
    /// The values of the programme's inputs.
    pub inputs: &'a [f64],
}

impl Income {
    /// Back to nothing.
    pub fn clear(&mut self, programme: &Programme, funding: &Funding) {
        let mut empty = Income {
            cash: std::mem::take(&mut self.cash),
            chain: std::mem::take(&mut self.chain),
            claims: std::mem::take(&mut self.claims),
            claimed_by_month: std::mem::take(&mut self.claimed_by_month),
            ..Income::default()
        };
        empty.cash.open(&programme.calendar);
        empty.chain.resize_with(funding.chain.len(), Account::default);
        empty.chain.iter_mut().for_each(|step| step.open(&programme.calendar));
        empty.by_year.resize(funding.years.len(), Pence::ZERO);
        empty.owed_by_funder.resize(funding.years.len(), Pence::ZERO);
        empty.from.resize(funding.funders.len(), Pence::ZERO);
        empty.receipts_by_month.resize(programme.calendar.months().len(), Pence::ZERO);
        empty.claimed_by_month.open(programme.calendar.months().len());
        *self = empty;
    }

    /// The claims of each period.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// Everything ever received, less what is paid back.
    pub fn total(&self) -> Pence {
        self.basic + self.participant + self.outcome + self.central
    }

    /// Settles a locality's money: its claims, what is received for them, what is paid back, and
    /// the balance that follows.
    pub fn settle(
        &mut self,
        rules: &Rules<'_>,
        spending: &Spending,
        activity: &[Activity],
        late: &[bool],
        changes: &mut [RoomChange],
    ) {
        let Rules { programme, funding, allocation, to_date, inputs } = *rules;
        self.clear(programme, funding);
        let disallowed = funding.disallowed.get(inputs);
        let mut entitlement = Entitlement { allocation, to_date, changes };
        claims(funding, &mut entitlement, disallowed, activity, &mut self.claims);
        self.bring_forward(rules);
        for (claim, did) in self.claims.iter().zip(activity) {
            if did.last <= programme.calendar.last() {
                self.claimed_by_month.enter(programme.calendar.month_of(did.last), claim);
            }
            self.basic += claim.basic - claim.disallowed;
            self.participant += claim.participant;
            self.outcome += claim.outcome;
            self.disallowed += claim.disallowed;
        }
        for receipt in receipts(funding, activity, &self.claims, late, inputs) {
            self.pass_on(rules, &receipt);
        }
        self.pay_back(rules, spending, activity);
        let moved: Pence = changes.iter().map(|change| change.basic + change.participant).sum();
        self.unclaimed = allocation.total + moved - self.total();
        self.shortfall = (spending.cost - self.total()).at_least_zero();
        self.follow(programme, spending, Some(funding.cost_of_cash.get(inputs)));
    }

    /// What was claimed before day 0: received by then, or on the way.
    fn bring_forward(&mut self, rules: &Rules<'_>) {
        let Rules { programme, funding, to_date, inputs, .. } = *rules;
        self.before = to_date.claimed();
        self.basic += to_date.basic;
        self.participant += to_date.participant;
        self.cash.enter(0, to_date.received);
        let after = whole_days(funding.paid_after.get(inputs)).saturating_sub(1);
        let day = after.max(funding.first_payment_from.unwrap_or(0)).max(0);
        let shares: Vec<i64> = funding.funders.iter().map(|f| f.share.billionths()).collect();
        let shares = if shares.is_empty() { vec![1] } else { shares };
        for (funder, amount) in split(to_date.received, &shares).into_iter().enumerate() {
            if let Some(from) = self.from.get_mut(funder) {
                *from += amount;
            }
        }
        let owed = to_date.claimed() - to_date.received;
        for (funder, amount) in split(owed, &shares).into_iter().enumerate() {
            self.book(programme, funder, day, amount);
        }
        for (owed_at, year) in self.owed_by_funder.iter_mut().zip(&funding.years) {
            if !year.is_over() && day > year.ends {
                *owed_at += owed;
            }
        }
    }

    /// A receipt goes through the hands of the chain to the locality.
    fn pass_on(&mut self, rules: &Rules<'_>, receipt: &Receipt) {
        let mut held = receipt.paid;
        for (step, passed_on) in along_the_chain(rules.funding, receipt, rules.inputs).enumerate() {
            self.chain[step].enter(held, receipt.amount);
            self.chain[step].enter(passed_on, -receipt.amount);
            held = passed_on;
        }
        self.receive(rules.programme, rules.funding, receipt, held);
    }

    /// Enters a receipt that reaches the place on a day.
    pub(super) fn receive(
        &mut self,
        programme: &Programme,
        funding: &Funding,
        receipt: &Receipt,
        day: Day,
    ) {
        // Outcomes claimed after the last quarter belong to the last year.
        let last = funding.years.len().saturating_sub(1);
        let years = funding.years.iter();
        let year = years.clone().position(|year| receipt.period < year.quarters.1).unwrap_or(last);
        self.by_year[year] += receipt.amount;
        for (index, funding_year) in years.enumerate().skip(year) {
            if day > funding_year.ends {
                self.owed_by_funder[index] += receipt.amount;
            }
        }
        self.book(programme, receipt.funder, day, receipt.amount);
    }

    /// Money moves between a funder and the place.
    fn book(&mut self, programme: &Programme, funder: usize, day: Day, amount: Pence) {
        if let Some(from) = self.from.get_mut(funder) {
            *from += amount;
        }
        if day <= programme.calendar.last() {
            self.receipts_by_month[programme.calendar.month_of(day)] += amount;
        }
        self.cash.enter(day, amount);
    }

    /// What was paid of the basic part beyond what it is for goes back to the funders.
    fn pay_back(&mut self, rules: &Rules<'_>, spending: &Spending, activity: &[Activity]) {
        let Rules { programme, funding, .. } = *rules;
        let above = match funding.repayment {
            Repayment::None => return,
            Repayment::AboveExpenditure => self.total() - spending.eligible,
            Repayment::AbovePlans => self.basic - earned_by_plans(funding, rules.to_date, activity),
        };
        self.repaid = above.min(self.basic).at_least_zero();
        self.basic -= self.repaid;
        let after = whole_days(funding.reconciled_after.get(rules.inputs));
        let day = programme.calendar.last().saturating_add(after);
        if let (Some(income), Some(owed), Some(year)) =
            (self.by_year.last_mut(), self.owed_by_funder.last_mut(), funding.years.last())
        {
            *income -= self.repaid;
            if day > year.ends {
                *owed -= self.repaid;
            }
        }
        if self.from.is_empty() {
            self.book(programme, 0, day, -self.repaid);
            return;
        }
        // In proportion to what each has paid, so that nobody gets back more than that.
        let paid: Vec<i64> = self.from.iter().map(|from| from.get()).collect();
        for (funder, amount) in split(self.repaid, &paid).into_iter().enumerate() {
            self.book(programme, funder, day, -amount);
        }
    }

    /// Follows the balance. `cost_of_cash` is a yearly rate on each day's negative balance until
    /// the day of the last receipt or payment; without one the interest stays as it is.
    pub fn follow(
        &mut self,
        programme: &Programme,
        spending: &Spending,
        cost_of_cash: Option<f64>,
    ) {
        let course = self.cash.course_with(&spending.paid, &programme.calendar);
        self.cash_gap = course.gap;
        self.cash_gap_day = course.gap_day;
        self.balance_by_month = course.by_month;
        if let Some(rate) = cost_of_cash {
            self.financing = course.penny_days as f64 / 100.0 * (rate / DAYS_PER_YEAR);
        }
        let chain = self.chain.iter();
        self.gaps_of_chain = chain.map(|step| step.course(&programme.calendar).gap).collect();
    }

    /// Adds another place's income; the balance is to be followed again.
    pub fn add(&mut self, other: &Income) {
        self.basic += other.basic;
        self.participant += other.participant;
        self.outcome += other.outcome;
        self.central += other.central;
        self.disallowed += other.disallowed;
        self.repaid += other.repaid;
        self.before += other.before;
        self.unclaimed += other.unclaimed;
        self.shortfall += other.shortfall;
        self.financing += other.financing;
        for (mine, theirs) in [
            (&mut self.by_year, &other.by_year),
            (&mut self.owed_by_funder, &other.owed_by_funder),
            (&mut self.from, &other.from),
            (&mut self.receipts_by_month, &other.receipts_by_month),
            (&mut self.claimed_by_month.basic, &other.claimed_by_month.basic),
            (&mut self.claimed_by_month.participant, &other.claimed_by_month.participant),
            (&mut self.claimed_by_month.outcome, &other.claimed_by_month.outcome),
        ] {
            for (sum, &amount) in mine.iter_mut().zip(theirs) {
                *sum += amount;
            }
        }
        self.cash.add(&other.cash);
        for (mine, theirs) in self.chain.iter_mut().zip(&other.chain) {
            mine.add(theirs);
        }
    }

    /// Sums that are no smaller than any other of these: what is received, and what was claimed in vain
    /// or is paid back.
    pub fn sums(&self) -> impl Iterator<Item = Pence> {
        [self.total(), self.disallowed, self.repaid].into_iter()
    }

    /// Years, funders and receipts add up to income, what the chain receives it passes on, and
    /// nobody pays back more than was paid.
    pub fn is_conserved(&self) -> bool {
        let sum = |amounts: &[Pence]| amounts.iter().copied().sum::<Pence>();
        let lines = [self.basic, self.participant, self.outcome, self.central, self.repaid];
        sum(&self.by_year) + self.before == self.total()
            && (self.from.is_empty() || sum(&self.from) == self.total())
            && self.from.iter().chain(&lines).all(|&amount| amount >= Pence::ZERO)
            && self.chain.iter().all(|step| step.total() == Pence::ZERO)
            && self.cash.total() == self.total()
    }
}

/// The basic share of the tariff for each plan, rounded for each quarter as a claim of it is. Plans
/// before day 0 earned of the basic part what they earned of the participant part, share for share.
fn earned_by_plans(funding: &Funding, to_date: &ToDate, activity: &[Activity]) -> Pence {
    let (basic, participant) = (funding.basic.share, funding.participant.share);
    let before = match participant.billionths() {
        0 => to_date.basic,
        parts => to_date.participant.part(basic.billionths(), parts),
    };
    let of_year = |year: &FundingYear| -> Pence {
        let quarters = activity[year.quarters.0..year.quarters.1].iter();
        quarters.map(|did| product(&[funding.basic.share], year.tariff, did.plans)).sum()
    };
    before + funding.years.iter().map(of_year).sum::<Pence>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_of_incomes_has_every_line_of_both() {
        let income = Income {
            basic: Pence::new(1),
            participant: Pence::new(2),
            outcome: Pence::new(3),
            central: Pence::new(4),
            disallowed: Pence::new(5),
            repaid: Pence::new(6),
            before: Pence::new(7),
            unclaimed: Pence::new(8),
            shortfall: Pence::new(9),
            financing: 10.0,
            ..Income::default()
        };
        let mut sum = income.clone();
        sum.add(&income);
        let lines =
            [sum.basic, sum.participant, sum.outcome, sum.central, sum.disallowed, sum.repaid];
        assert_eq!(lines, [2, 4, 6, 8, 10, 12].map(Pence::new));
        assert_eq!([sum.before, sum.unclaimed, sum.shortfall], [14, 16, 18].map(Pence::new));
        assert_eq!(sum.financing, 20.0);
    }
}
