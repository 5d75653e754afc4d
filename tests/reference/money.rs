//! A place's money under every reading of the funding rules.

use workcast::model::Value;
use workcast::model::programme::{Allocation, BasicBasis, Funding, Repayment};
use workcast::quantity::money::split;
use workcast::quantity::share::product;
use workcast::quantity::time::{DAYS_PER_YEAR, whole_days};
use workcast::quantity::{Day, Pence};

use crate::cash::Cash;
use crate::claims::{Claim, Period, RoomChange, claims, periods};
use crate::costs::Cost;
use crate::history::History;
use crate::receipts::{along_the_chain, late, paid_after, receipts, shares};
use crate::scene::Scene;

/// What a locality, or the whole programme, gets.
#[derive(Clone, Debug, Default)]
pub struct Income {
    pub basic: Pence,
    pub participant: Pence,
    pub outcome: Pence,
    pub central: Pence,
    pub disallowed: Pence,
    pub repaid: Pence,
    pub before: Pence,
    pub by_year: Vec<Pence>,
    pub owed: Vec<Pence>,
    pub from: Vec<Pence>,
    /// Every amount with the day on which the place gets it.
    pub received: Vec<(Day, Pence)>,
    /// Every claim with its period's last day: basic, participant and outcome part.
    pub claimed: Vec<(Day, [Pence; 3])>,
    pub chain: Vec<Cash>,
    pub allocated: Pence,
    pub shortfall: Pence,
    pub financing: f64,
}

impl Income {
    pub fn total(&self) -> Pence {
        self.basic + self.participant + self.outcome + self.central
    }

    fn empty(funding: &Funding) -> Self {
        Income {
            by_year: vec![Pence::ZERO; funding.years.len()],
            owed: vec![Pence::ZERO; funding.years.len()],
            from: vec![Pence::ZERO; funding.funders.len()],
            chain: vec![Cash::default(); funding.chain.len()],
            ..Income::default()
        }
    }

    /// A funder pays, or gets back what is below nothing.
    fn gets(&mut self, funder: usize, day: Day, amount: Pence) {
        if let Some(from) = self.from.get_mut(funder) {
            *from += amount;
        }
        self.received.push((day, amount));
    }

    pub fn cash(&self, scene: &Scene<'_>) -> Cash {
        let mut cash = Cash::default();
        for &(day, amount) in &self.received {
            cash.enter(&scene.programme.calendar, day, amount);
        }
        cash
    }

    pub fn add(&mut self, other: &Income) {
        self.basic += other.basic;
        self.participant += other.participant;
        self.outcome += other.outcome;
        self.central += other.central;
        self.disallowed += other.disallowed;
        self.repaid += other.repaid;
        self.before += other.before;
        self.allocated += other.allocated;
        self.shortfall += other.shortfall;
        self.financing += other.financing;
        let sums = [
            (&mut self.by_year, &other.by_year),
            (&mut self.owed, &other.owed),
            (&mut self.from, &other.from),
        ];
        for (sum, more) in sums.into_iter().flat_map(|(sums, more)| sums.iter_mut().zip(more)) {
            *sum += *more;
        }
        self.received.extend(&other.received);
        self.claimed.extend(&other.claimed);
        for (mine, theirs) in self.chain.iter_mut().zip(&other.chain) {
            *mine = mine.with(theirs);
        }
    }
}

/// Payments of a place's costs.
pub fn payments(scene: &Scene<'_>, costs: &[Cost], locality: Option<usize>) -> Cash {
    let calendar = &scene.programme.calendar;
    let mut cash = Cash::default();
    for cost in costs.iter().filter(|cost| locality.is_none_or(|place| place == cost.locality)) {
        cash.enter(calendar, cost.paid, -cost.amount);
    }
    for (index, place) in scene.programme.localities.iter().enumerate() {
        if locality.is_none_or(|here| here == index) {
            cash.enter(calendar, 0, -place.opening.money.cost);
        }
    }
    cash
}

/// The income of each locality under one reading of the rules.
pub fn incomes(
    scene: &Scene<'_>,
    funding: &Funding,
    allocations: &[&Allocation],
    history: &History,
    costs: &[Cost],
) -> Vec<Income> {
    let localities = 0..scene.programme.localities.len();
    let did: Vec<Vec<Period>> = localities
        .clone()
        .map(|locality| {
            let theirs = costs.iter().filter(|cost| cost.locality == locality && cost.eligible);
            let eligible: Vec<(Day, Pence)> =
                theirs.map(|cost| (cost.incurred, cost.amount)).collect();
            let calendar = &scene.programme.calendar;
            periods(calendar, funding, &eligible, &history.places[locality])
        })
        .collect();
    let mut changes = moved_room(scene, funding, allocations, history, &did);
    localities
        .map(|locality| {
            let changes = &mut changes[locality];
            income(scene, funding, allocations[locality], locality, costs, &did[locality], changes)
        })
        .collect()
}

/// One locality's income.
fn income(
    scene: &Scene<'_>,
    funding: &Funding,
    allocation: &Allocation,
    locality: usize,
    costs: &[Cost],
    periods: &[Period],
    changes: &mut [RoomChange],
) -> Income {
    let before = &scene.opens(locality).opening.money;
    let disallowed = funding.disallowed.get(scene.inputs);
    let claims = claims(funding, allocation, before, disallowed, periods, changes);
    let mut income = Income::empty(funding);
    brought_forward(scene, funding, locality, &mut income);
    let sum = |of: fn(&Claim) -> Pence| claims.iter().map(of).sum::<Pence>();
    income.disallowed = sum(|claim| claim.disallowed);
    income.basic += sum(|claim| claim.basic) - income.disallowed;
    income.participant += sum(|claim| claim.participant);
    income.outcome = sum(|claim| claim.outcome);
    for (claim, period) in claims.iter().zip(periods) {
        income.claimed.push((period.last, [claim.basic, claim.participant, claim.outcome]));
    }
    for receipt in receipts(scene, funding, periods, &claims, &late(scene, funding, locality)) {
        let mut held = receipt.paid;
        for (step, day) in along_the_chain(scene, funding, &receipt).into_iter().enumerate() {
            let calendar = &scene.programme.calendar;
            income.chain[step].enter(calendar, held, receipt.amount);
            income.chain[step].enter(calendar, day, -receipt.amount);
            held = day;
        }
        stands_in_its_year(
            funding,
            &mut income,
            periods[receipt.period].year,
            held,
            receipt.amount,
        );
        income.gets(receipt.funder, held, receipt.amount);
    }
    let theirs = |cost: &&Cost| cost.locality == locality;
    let spent: Pence = costs.iter().filter(theirs).map(|cost| cost.amount).sum();
    let eligible = costs.iter().filter(|cost| theirs(cost) && cost.eligible);
    let eligible: Pence = eligible.map(|cost| cost.amount).sum();
    pay_back(scene, funding, locality, eligible + before.eligible, periods, &mut income);
    let moved = changes.iter().map(|change| change.basic + change.participant);
    income.allocated = allocation.total + moved.sum::<Pence>();
    income.shortfall = (spent + before.cost - income.total()).at_least_zero();
    let balance = income.cash(scene).with(&payments(scene, costs, Some(locality)));
    let rate = funding.cost_of_cash.get(scene.inputs) / DAYS_PER_YEAR;
    income.financing = balance.penny_days() as f64 / 100.0 * rate;
    income
}

/// An amount for a year that is received on a day is owed at the end of each year between.
fn stands_in_its_year(
    funding: &Funding,
    income: &mut Income,
    year: usize,
    day: Day,
    amount: Pence,
) {
    income.by_year[year] += amount;
    for (index, of) in funding.years.iter().enumerate().skip(year) {
        if day > of.ends {
            income.owed[index] += amount;
        }
    }
}

/// What was claimed before day 0: received by then, or on the way.
fn brought_forward(scene: &Scene<'_>, funding: &Funding, locality: usize, income: &mut Income) {
    let before = &scene.opens(locality).opening.money;
    income.before = before.claimed();
    income.basic = before.basic;
    income.participant = before.participant;
    for (funder, amount) in shares(funding, before.received).into_iter().enumerate() {
        income.gets(funder, 0, amount);
    }
    let after = whole_days(funding.paid_after.get(scene.inputs)) - 1;
    let day = after.max(funding.first_payment_from.unwrap_or(0)).max(0);
    let owed = before.claimed() - before.received;
    for (funder, amount) in shares(funding, owed).into_iter().enumerate() {
        income.gets(funder, day, amount);
    }
    for (owed_at, year) in income.owed.iter_mut().zip(&funding.years) {
        if !year.is_over() && day > year.ends {
            *owed_at += owed;
        }
    }
}

/// What was paid of the basic part beyond what it is for goes back to those who paid.
fn pay_back(
    scene: &Scene<'_>,
    funding: &Funding,
    locality: usize,
    eligible: Pence,
    periods: &[Period],
    income: &mut Income,
) {
    let above = match funding.repayment {
        Repayment::None => return,
        Repayment::AboveExpenditure => income.total() - eligible,
        Repayment::AbovePlans => {
            let before = &scene.opens(locality).opening.money;
            let (basic, participant) = (funding.basic.share, funding.participant.share);
            let mut earned = match participant.billionths() {
                0 => before.basic,
                parts => before.participant.part(basic.billionths(), parts),
            };
            for period in periods.iter().filter(|period| !period.after_programme) {
                earned += product(&[basic], funding.years[period.year].tariff, period.plans);
            }
            income.basic - earned
        }
    };
    income.repaid = above.min(income.basic).at_least_zero();
    income.basic -= income.repaid;
    let after = whole_days(funding.reconciled_after.get(scene.inputs));
    let day = scene.last().saturating_add(after);
    let last = funding.years.len() - 1;
    stands_in_its_year(funding, income, last, day, -income.repaid);
    let paid: Vec<i64> = income.from.iter().map(|from| from.get()).collect();
    let parts = if paid.is_empty() { vec![income.repaid] } else { split(income.repaid, &paid) };
    for (funder, amount) in parts.into_iter().enumerate() {
        income.gets(funder, day, -amount);
    }
}

/// How each locality's room changes with the places that move: those who take gain what those who
/// give lose, as far as they have it still.
fn moved_room(
    scene: &Scene<'_>,
    funding: &Funding,
    allocations: &[&Allocation],
    history: &History,
    did: &[Vec<Period>],
) -> Vec<Vec<RoomChange>> {
    let mut changes: Vec<Vec<RoomChange>> = vec![Vec::new(); allocations.len()];
    let mut days: Vec<Day> = history.moves.iter().map(|moved| moved.day).collect();
    days.dedup();
    for day in days {
        let quarters = scene.programme.calendar.quarters();
        let quarter = quarters.iter().position(|quarter| day <= quarter.last).expect("within it");
        let tariff = funding.years[did[0][quarter].year].tariff;
        let basic = match funding.basic.paid_on {
            BasicBasis::Profile => Pence::ZERO,
            _ => tariff.share(funding.basic.share),
        };
        let participant = tariff.share(funding.participant.share);
        let (mut basic_given, mut participant_given) = (Pence::ZERO, Pence::ZERO);
        let moved = |locality: usize| -> i64 {
            let of = history.moves.iter().filter(|m| m.day == day && m.locality == locality);
            of.map(|moved| moved.places).sum()
        };
        for locality in 0..allocations.len() {
            let places = moved(locality);
            if places >= 0 {
                continue;
            }
            let change = RoomChange {
                quarter,
                basic: basic.times(places),
                participant: participant.times(places),
            };
            let before = &scene.opens(locality).opening.money;
            changes[locality].push(change);
            let theirs = &mut changes[locality];
            claims(funding, allocations[locality], before, 0.0, &did[locality], theirs);
            let made = theirs.last().expect("it was pushed");
            basic_given -= made.basic;
            participant_given -= made.participant;
        }
        let gains: Vec<i64> = (0..allocations.len()).map(|place| moved(place).max(0)).collect();
        let basic = split(basic_given, &gains);
        let participant = split(participant_given, &gains);
        for locality in (0..allocations.len()).filter(|&place| gains[place] > 0) {
            let (basic, participant) = (basic[locality], participant[locality]);
            changes[locality].push(RoomChange { quarter, basic, participant });
        }
    }
    changes
}

/// The programme's own money: spent evenly over its days, claimed each quarter, paid in full.
pub fn central(scene: &Scene<'_>, funding: &Funding) -> Income {
    let mut income = Income::empty(funding);
    let Some(central) = &scene.programme.central else { return income };
    for (index, quarter) in scene.programme.calendar.quarters().iter().enumerate() {
        let amount = spread(scene, central.amount, quarter.first, quarter.last);
        let year = funding.years.iter().position(|year| index < year.quarters.1);
        let year = year.unwrap_or(funding.years.len() - 1);
        income.central += amount;
        for (funder, amount) in shares(funding, amount).into_iter().enumerate() {
            let day = quarter.last.saturating_add(paid_after(scene, funding, funder));
            let day = day.max(funding.first_payment_from.unwrap_or(Day::MIN));
            stands_in_its_year(funding, &mut income, year, day, amount);
            income.gets(funder, day, amount);
        }
    }
    income
}

/// What of an amount that is spread over the programme's days falls between two of them.
pub fn spread(scene: &Scene<'_>, amount: Pence, first: Day, last: Day) -> Pence {
    let days = i128::from(scene.programme.calendar.days());
    let to = |day: Day| {
        Pence::new(((2 * i128::from(amount.get()) * i128::from(day) + days) / (2 * days)) as i64)
    };
    to(last + 1) - to(first)
}

/// One amount of whole pence.
pub fn pence(amount: Pence) -> Value {
    Value::Whole(Some(amount.get()))
}
