//! A locality's books under one option: cost, claims and cash, in whole pence.

use super::claims::{Claim, QuarterActivity, claims};
use super::costs::{Entry, TEAM_LINES};
use super::programme::Programme;
use super::tally::Tally;
use crate::quantity::time::DAYS_PER_YEAR;
use crate::quantity::{Day, Pence};

/// What a locality, or the whole programme, spends and gets. Every penny of cost stands on one
/// line, every penny of income in one claim.
#[derive(Clone, Debug, Default)]
pub struct Books {
    /// All cost.
    pub cost: Pence,
    /// Of it, what may be claimed.
    pub eligible: Pence,
    /// Cost by line: [`TEAM_LINES`], then the names of localities' own costs.
    pub lines: Vec<Pence>,
    /// Cost by month.
    pub cost_by_month: Vec<Pence>,
    /// Receipts by month of the programme; later ones are in the balance only.
    pub receipts_by_month: Vec<Pence>,
    /// Balance at each month's end.
    pub balance_by_month: Vec<Pence>,
    /// Cost by funding year.
    pub cost_by_year: Vec<Pence>,
    /// Income by the funding year of the claims.
    pub income_by_year: Vec<Pence>,
    /// Claimed but not yet received at each funding year's end.
    pub owed_by_funder: Vec<Pence>,
    /// Invoiced but not yet paid at each funding year's end.
    pub owed_to_providers: Vec<Pence>,
    /// Income of the basic part, after what is disallowed.
    pub income_basic: Pence,
    /// Income of the participant part.
    pub income_participant: Pence,
    /// Claimed for the basic part but never paid.
    pub disallowed: Pence,
    /// Allocation less income.
    pub unclaimed: Pence,
    /// Cost that no receipt ever covers.
    pub shortfall: Pence,
    /// The deepest the balance goes below zero.
    pub cash_gap: Pence,
    /// The first day on which it is there.
    pub cash_gap_day: Option<Day>,
    /// Pounds of simple daily interest on the negative balance.
    pub financing: f64,
    eligible_by_month: Vec<Pence>,
    flows: Vec<i64>,
    horizon: Day,
    claims: Vec<Claim>,
    activity: Vec<QuarterActivity>,
}

/// Cash is followed for at most so many days after the programme; what a distribution's tail puts
/// later is booked on the last of them.
const LONGEST_DELAY: Day = 20 * 366;

impl Books {
    /// Opens empty books with so many lines for localities' own costs.
    pub fn clear(&mut self, programme: &Programme, own_lines: usize) {
        let months = programme.calendar.months().len();
        let years = programme.funding.years.len();
        let mut empty = Books {
            flows: std::mem::take(&mut self.flows),
            claims: std::mem::take(&mut self.claims),
            activity: std::mem::take(&mut self.activity),
            ..Books::default()
        };
        empty.flows.clear();
        empty.flows.resize(programme.calendar.days() as usize, 0);
        empty.horizon = programme.calendar.days() + LONGEST_DELAY;
        empty.lines.resize(TEAM_LINES.len() + own_lines, Pence::ZERO);
        for by_month in [
            &mut empty.cost_by_month,
            &mut empty.receipts_by_month,
            &mut empty.balance_by_month,
            &mut empty.eligible_by_month,
        ] {
            by_month.resize(months, Pence::ZERO);
        }
        for by_year in [
            &mut empty.cost_by_year,
            &mut empty.income_by_year,
            &mut empty.owed_by_funder,
            &mut empty.owed_to_providers,
        ] {
            by_year.resize(years, Pence::ZERO);
        }
        *self = empty;
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
        self.flow(entry.paid, -entry.amount.get());
    }

    /// Makes the claims of every quarter and enters what is received for them.
    pub fn claim(
        &mut self,
        programme: &Programme,
        locality: usize,
        tally: &Tally,
        late: &[bool],
        inputs: &[f64],
    ) {
        self.activity.clear();
        for quarter in programme.calendar.quarters() {
            let days = quarter.first as usize..=quarter.last as usize;
            let eligible = &self.eligible_by_month[quarter.first_month..=quarter.last_month];
            self.activity.push(QuarterActivity {
                eligible: eligible.iter().copied().sum(),
                plans: tally.plans_by_day[days.clone()].iter().map(|&n| i64::from(n)).sum(),
                starts: tally.starts_by_day[days].iter().map(|&n| i64::from(n)).sum(),
            });
        }
        let place = &programme.localities[locality];
        let mut made = std::mem::take(&mut self.claims);
        claims(programme, place, &self.activity, late, inputs, &mut made);
        for (year, funding_year) in programme.funding.years.iter().enumerate() {
            for (index, claim) in made.iter().enumerate() {
                let (first, after) = funding_year.quarters;
                if (first..after).contains(&index) {
                    self.receive(programme, year, claim);
                }
                if index < after && claim.paid > funding_year.ends {
                    self.owed_by_funder[year] += claim.receipt();
                }
            }
        }
        self.claims = made;
        self.unclaimed = place.allocation.total - self.income();
        self.shortfall = (self.cost - self.income()).at_least_zero();
    }

    fn receive(&mut self, programme: &Programme, year: usize, claim: &Claim) {
        self.income_basic += claim.basic - claim.disallowed;
        self.income_participant += claim.participant;
        self.disallowed += claim.disallowed;
        self.income_by_year[year] += claim.receipt();
        if claim.paid <= programme.calendar.last() {
            self.receipts_by_month[programme.calendar.month_of(claim.paid)] += claim.receipt();
        }
        self.flow(claim.paid, claim.receipt().get());
    }

    /// Follows the balance day by day. `cost_of_cash` is a yearly rate on each day's negative
    /// balance until the day of the last receipt or payment; without one the interest stays as it is.
    pub fn balance(&mut self, programme: &Programme, cost_of_cash: Option<f64>) {
        let mut balance = 0_i64;
        let mut deepest = 0_i64;
        // Exact: pence below zero, summed over days.
        let mut penny_days = 0_i128;
        let last_flow = self.flows.iter().rposition(|&flow| flow != 0).unwrap_or(0);
        let mut months = programme.calendar.months().iter().enumerate();
        let mut month = months.next();
        for (day, &flow) in self.flows.iter().enumerate() {
            balance += flow;
            if balance < deepest {
                deepest = balance;
                self.cash_gap_day = Some(day as Day);
            }
            if day < last_flow {
                penny_days += i128::from((-balance).max(0));
            }
            if let Some((index, ends)) = month
                && ends.last as usize == day
            {
                self.balance_by_month[index] = Pence::new(balance);
                month = months.next();
            }
        }
        self.cash_gap = Pence::new(-deepest);
        if let Some(rate) = cost_of_cash {
            self.financing = penny_days as f64 / 100.0 * (rate / DAYS_PER_YEAR);
        }
    }

    /// Everything ever received.
    pub fn income(&self) -> Pence {
        self.income_basic + self.income_participant
    }

    /// Adds another locality's money.
    pub fn add(&mut self, other: &Books) {
        self.cost += other.cost;
        self.eligible += other.eligible;
        self.income_basic += other.income_basic;
        self.income_participant += other.income_participant;
        self.disallowed += other.disallowed;
        self.unclaimed += other.unclaimed;
        self.shortfall += other.shortfall;
        self.financing += other.financing;
        for (mine, theirs) in [
            (&mut self.lines, &other.lines),
            (&mut self.cost_by_month, &other.cost_by_month),
            (&mut self.receipts_by_month, &other.receipts_by_month),
            (&mut self.cost_by_year, &other.cost_by_year),
            (&mut self.income_by_year, &other.income_by_year),
            (&mut self.owed_by_funder, &other.owed_by_funder),
            (&mut self.owed_to_providers, &other.owed_to_providers),
        ] {
            for (sum, &amount) in mine.iter_mut().zip(theirs) {
                *sum += amount;
            }
        }
        for (day, &flow) in other.flows.iter().enumerate() {
            self.flow(day as Day, flow);
        }
    }

    /// Every penny stands somewhere: lines, months and years add up to cost, claims to income.
    pub fn is_conserved(&self) -> bool {
        let sum = |amounts: &[Pence]| amounts.iter().copied().sum::<Pence>();
        sum(&self.cost_by_month) == self.cost
            && sum(&self.cost_by_year) == self.cost
            && sum(&self.lines) == self.cost
            && sum(&self.income_by_year) == self.income()
            && self.flows.iter().sum::<i64>() == (self.income() - self.cost).get()
    }

    fn flow(&mut self, day: Day, pence: i64) {
        let day = day.clamp(0, self.horizon) as usize;
        if day >= self.flows.len() {
            self.flows.resize(day + 1, 0);
        }
        self.flows[day] += pence;
    }
}
