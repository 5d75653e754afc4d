//! What a locality claims, period by period (MODEL, section 7).

use workcast::model::programme::{
    Allocation, BasicBasis, CapPeriod, Funding, IncomeLimit, OutcomeBasis, PaidWhen,
    ParticipantBasis, ToDate,
};
use workcast::quantity::share::product;
use workcast::quantity::{Calendar, Day, Pence};

use crate::history::PlaceHistory;

/// What a locality did in a quarter of the programme, or in one after it.
#[derive(Clone, Debug)]
pub struct Period {
    pub first: Day,
    pub last: Day,
    /// The funding year that it lies in; the last after the programme.
    pub year: usize,
    pub eligible: Pence,
    pub plans: i64,
    pub starts: i64,
    pub outcomes: i64,
    pub after_programme: bool,
}

/// A change of a locality's room by places that move, from a quarter on.
#[derive(Clone, Copy, Debug, Default)]
pub struct RoomChange {
    pub quarter: usize,
    pub basic: Pence,
    pub participant: Pence,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Claim {
    pub basic: Pence,
    pub in_advance: Pence,
    pub disallowed: Pence,
    pub participant: Pence,
    pub outcome: Pence,
}

impl Claim {
    pub fn all(&self) -> Pence {
        self.basic + self.participant + self.outcome
    }

    pub fn paid(&self) -> Pence {
        self.all() - self.disallowed
    }
}

/// The periods of a locality: the programme's quarters, and calendar quarters after it in which an
/// outcome that is paid for is reached.
pub fn periods(
    calendar: &Calendar,
    funding: &Funding,
    eligible: &[(Day, Pence)],
    place: &PlaceHistory,
) -> Vec<Period> {
    let outcomes: &[Day] = match funding.outcome.map(|part| part.paid_on) {
        Some(OutcomeBasis::InWork) => &place.in_work,
        Some(OutcomeBasis::FoundWork) => &place.found_work,
        Some(OutcomeBasis::Sustained) => &place.sustained,
        None => &[],
    };
    let mut bounds: Vec<(Day, Day, bool)> =
        calendar.quarters().iter().map(|quarter| (quarter.first, quarter.last, false)).collect();
    let end = place.sustained.iter().copied().max().unwrap_or(0);
    let mut first = calendar.last() + 1;
    while first <= end {
        let last = calendar.quarter_end(first);
        if place.sustained.iter().any(|day| (first..=last).contains(day)) {
            bounds.push((first, last, true));
        }
        first = last + 1;
    }
    let period = |(index, &(first, last, after_programme)): (usize, &(Day, Day, bool))| {
        let count =
            |days: &[Day]| days.iter().filter(|&&day| (first..=last).contains(&day)).count() as i64;
        let in_it = eligible.iter().filter(|(day, _)| (first..=last).contains(day));
        let years = &funding.years;
        let year = years.iter().position(|year| index < year.quarters.1);
        Period {
            first,
            last,
            year: year.unwrap_or(years.len() - 1),
            eligible: in_it.map(|&(_, amount)| amount).sum(),
            plans: count(&place.plans),
            starts: count(&place.starts),
            outcomes: count(outcomes),
            after_programme,
        }
    };
    bounds.iter().enumerate().map(period).collect()
}

/// What changes the room of a part: allocations and moved places up, claims down, each in a year.
struct Cap {
    over: CapPeriod,
    entries: Vec<(usize, Pence)>,
}

impl Cap {
    /// The room left in a year.
    fn left(&self, year: usize) -> Pence {
        let counts = |&&(of, _): &&(usize, Pence)| self.over == CapPeriod::Programme || of == year;
        self.entries.iter().filter(counts).map(|&(_, amount)| amount).sum()
    }

    fn opens(over: CapPeriod, whole: Pence, years: &[Pence]) -> Self {
        let entries = match over {
            CapPeriod::Programme => vec![(0, whole)],
            CapPeriod::Year => years.iter().copied().enumerate().collect(),
        };
        Cap { over, entries }
    }

    /// Before day 0, in its year, so much was used; of the whole, or of that year.
    fn was_used(&mut self, year: usize, whole: Pence, this_year: Pence) {
        let used = if self.over == CapPeriod::Programme { whole } else { this_year };
        let used = used.min(self.left(year));
        self.entries.push((year, -used));
    }

    fn takes(&mut self, year: usize, wanted: Pence) -> Pence {
        let taken = wanted.min(self.left(year));
        self.entries.push((year, -taken));
        taken
    }

    /// Places that go take at most what is left. What the change came to.
    fn changes(&mut self, year: usize, by: Pence) -> Pence {
        let made = by.max(-self.left(year));
        self.entries.push((year, made));
        made
    }
}

/// The claim of each period. Changes of room are cut to what could be made of them.
pub fn claims(
    funding: &Funding,
    allocation: &Allocation,
    before: &ToDate,
    disallowed: f64,
    periods: &[Period],
    changes: &mut [RoomChange],
) -> Vec<Claim> {
    let part = |of: fn(&workcast::model::programme::YearAllocation) -> Pence| -> Vec<Pence> {
        allocation.years.iter().map(of).collect()
    };
    let mut basic = Cap::opens(funding.basic.cap, allocation.basic, &part(|year| year.basic));
    let mut participant =
        Cap::opens(funding.participant.cap, allocation.participant, &part(|year| year.participant));
    let outcome_cap = funding.outcome.map_or(CapPeriod::Programme, |part| part.cap);
    let mut outcome = Cap::opens(outcome_cap, allocation.outcome, &part(|year| year.outcome));
    let first_year = periods.first().map_or(0, |period| period.year);
    basic.was_used(first_year, before.basic, before.basic_this_year);
    participant.was_used(first_year, before.participant, before.participant_this_year);
    // What each period's cap let through, whether or not the income limit cut it.
    let (mut let_through, mut all): (Vec<Claim>, Vec<Claim>) = (Vec::new(), Vec::new());
    for (index, period) in periods.iter().enumerate() {
        let year = period.year;
        for change in changes.iter_mut().filter(|change| change.quarter == index) {
            change.basic = basic.changes(year, change.basic);
            change.participant = participant.changes(year, change.participant);
        }
        let line = |share, count| product(&[share], funding.years[year].tariff, count);
        let mut through = Claim::default();
        if !period.after_programme {
            let wanted = match funding.basic.paid_on {
                BasicBasis::Expenditure => unclaimed_spending(
                    funding,
                    before,
                    first_year,
                    &periods[..=index],
                    &let_through,
                ),
                BasicBasis::Profile => {
                    profile(funding, allocation, before, first_year, periods, index)
                }
                BasicBasis::Participants => line(funding.basic.share, period.plans),
            };
            through.basic = basic.takes(year, wanted);
            if funding.basic.paid_on == BasicBasis::Profile && funding.paid == PaidWhen::InAdvance {
                through.in_advance = through.basic;
            }
            let people = match funding.participant.paid_on {
                ParticipantBasis::Plan => period.plans,
                ParticipantBasis::Start => period.starts,
            };
            let wanted = line(funding.participant.share, people);
            through.participant = participant.takes(year, wanted);
        }
        if let Some(part) = funding.outcome {
            through.outcome = outcome.takes(year, part.per_outcome.times(period.outcomes));
        }
        let_through.push(through);
        let claim = limited(funding, before, &periods[..=index], &let_through, &all);
        let paid_on_spending = funding.basic.paid_on == BasicBasis::Expenditure;
        let never =
            if paid_on_spending { claim.basic.drawn_share(disallowed) } else { Pence::ZERO };
        all.push(Claim { disallowed: never, ..claim });
    }
    all
}

/// Eligible spending not yet claimed; under a cap by year, that of the year.
fn unclaimed_spending(
    funding: &Funding,
    before: &ToDate,
    first_year: usize,
    periods: &[Period],
    let_through: &[Claim],
) -> Pence {
    let Some(now) = periods.last() else { return Pence::ZERO };
    let counts = |year: usize| funding.basic.cap == CapPeriod::Programme || year == now.year;
    let spent = periods.iter().filter(|period| counts(period.year)).map(|period| period.eligible);
    let past = periods.iter().zip(let_through);
    let claimed = past.filter(|(period, _)| counts(period.year)).map(|(_, claim)| claim.basic);
    let carried = (before.eligible - before.basic).at_least_zero();
    let carried = if counts(first_year) { carried } else { Pence::ZERO };
    carried + spent.sum() - claimed.sum()
}

/// What a year's profile puts in a quarter: its cumulative amount to the quarter's end, rounded,
/// less that to its beginning.
fn profile(
    funding: &Funding,
    allocation: &Allocation,
    before: &ToDate,
    first_year: usize,
    periods: &[Period],
    index: usize,
) -> Pence {
    let period = &periods[index];
    let year = &funding.years[period.year];
    let mut amount = allocation.years[period.year].basic;
    if period.year == first_year {
        amount = (amount - before.basic_this_year).at_least_zero();
    }
    let to = |day: Day| {
        let (days, of) = (i128::from(day - year.first + 1), i128::from(year.last - year.first + 1));
        Pence::new(((2 * i128::from(amount.get()) * days + of) / (2 * of)) as i64)
    };
    to(period.last) - to(period.first - 1)
}

/// The claim that the income limit leaves: of all that was let through and not claimed yet, no more
/// than eligible spending to date is above claims to date. Outcomes are cut first, then participants.
fn limited(
    funding: &Funding,
    before: &ToDate,
    periods: &[Period],
    let_through: &[Claim],
    claimed: &[Claim],
) -> Claim {
    let sum = |claims: &[Claim], of: fn(&Claim) -> Pence| claims.iter().map(of).sum::<Pence>();
    let in_advance = let_through.last().map_or(Pence::ZERO, |claim| claim.in_advance);
    let waits = |of: fn(&Claim) -> Pence| sum(let_through, of) - sum(claimed, of);
    let mut claim = Claim {
        basic: waits(|claim| claim.basic) - in_advance,
        participant: waits(|claim| claim.participant),
        outcome: waits(|claim| claim.outcome),
        ..Claim::default()
    };
    if funding.income_limit == IncomeLimit::Expenditure {
        let eligible = before.eligible + periods.iter().map(|period| period.eligible).sum();
        let to_date = before.claimed() + sum(claimed, Claim::all) + in_advance;
        let mut room = (eligible - to_date).at_least_zero();
        for part in [&mut claim.basic, &mut claim.participant, &mut claim.outcome] {
            *part = (*part).min(room);
            room -= *part;
        }
    }
    Claim { basic: claim.basic + in_advance, in_advance, ..claim }
}
