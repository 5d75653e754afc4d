//! What is claimed for each period (MODEL, section 7).

use super::activity::Activity;
use super::programme::{
    Allocation, BasicBasis, CapPeriod, Funding, IncomeLimit, PaidWhen, ParticipantBasis, ToDate,
};
use crate::quantity::share::product;
use crate::quantity::{Day, FixedShare, Pence};

/// The claim for a period. What is paid is `basic` - `disallowed` + `participant` + `outcome`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// Claimed for the basic part, the disallowed part included.
    pub basic: Pence,
    /// Of it, what is paid in advance.
    pub in_advance: Pence,
    /// Of it, what is never paid.
    pub disallowed: Pence,
    /// Claimed for the participant part.
    pub participant: Pence,
    /// Claimed for outcomes.
    pub outcome: Pence,
}

impl Claim {
    /// What is received for it.
    pub fn receipt(&self) -> Pence {
        self.basic - self.disallowed + self.participant + self.outcome
    }
}

/// What is claimed, part by part, in the months in which the periods end that it is claimed for. What is
/// claimed for outcomes after the programme's last day stands in no month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimedByMonth {
    /// For the basic part, the disallowed part included.
    pub basic: Vec<Pence>,
    /// For the participant part.
    pub participant: Vec<Pence>,
    /// For outcomes.
    pub outcome: Vec<Pence>,
}

impl ClaimedByMonth {
    /// Begins anew, with room for so many months.
    pub fn open(&mut self, months: usize) {
        for part in [&mut self.basic, &mut self.participant, &mut self.outcome] {
            part.clear();
            part.resize(months, Pence::ZERO);
        }
    }

    /// Enters the claim of a period that ends in a month.
    pub fn enter(&mut self, month: usize, claim: &Claim) {
        self.basic[month] += claim.basic;
        self.participant[month] += claim.participant;
        self.outcome[month] += claim.outcome;
    }
}

/// Room under a cap, over the programme or by funding year.
struct Room {
    period: CapPeriod,
    left: Pence,
}

impl Room {
    fn new(period: CapPeriod, programme: Pence) -> Self {
        let left = if period == CapPeriod::Programme { programme } else { Pence::ZERO };
        Room { period, left }
    }

    /// A funding year begins: its own room replaces what was not used.
    fn begin_year(&mut self, year: Pence) {
        if self.period == CapPeriod::Year {
            self.left = year;
        }
    }

    /// What was claimed before day 0: of the programme, or of the year that it lies in.
    fn used(&mut self, to_date: Pence, this_year: Pence) {
        let used = if self.period == CapPeriod::Programme { to_date } else { this_year };
        self.left = (self.left - used).at_least_zero();
    }

    /// Gains room, or loses some of what is left; the change that was made.
    fn change(&mut self, by: Pence) -> Pence {
        let made = by.max(-self.left);
        self.left += made;
        made
    }

    /// Takes as much of an amount as there is room for.
    fn take(&mut self, wanted: Pence) -> Pence {
        let taken = wanted.min(self.left);
        self.left -= taken;
        taken
    }
}

/// Room that a place gains with places from elsewhere, or loses with its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoomChange {
    /// Index of the quarter from whose claim on it holds.
    pub quarter: usize,
    /// Of the basic part.
    pub basic: Pence,
    /// Of the participant part.
    pub participant: Pence,
}

/// What a place may be paid, and how that stands and changes.
#[derive(Debug)]
pub struct Entitlement<'a> {
    /// Its allocation.
    pub allocation: &'a Allocation,
    /// Its money before day 0.
    pub to_date: &'a ToDate,
    /// Changes of its room, by quarter. One that would take more than is left is cut to what is.
    pub changes: &'a mut [RoomChange],
}

/// The claims of a place for every period of its activity, into `claims`: those of each quarter, and
/// of outcomes reached after the last. `disallowed` is the share of an expenditure claim that is
/// never paid.
pub fn claims(
    funding: &Funding,
    entitlement: &mut Entitlement<'_>,
    disallowed: f64,
    activity: &[Activity],
    claims: &mut Vec<Claim>,
) {
    let Entitlement { allocation, to_date, changes } = entitlement;
    let outcome_cap = funding.outcome.map_or(CapPeriod::Programme, |outcome| outcome.cap);
    let mut basic_room = Room::new(funding.basic.cap, allocation.basic);
    let mut participant_room = Room::new(funding.participant.cap, allocation.participant);
    let mut outcome_room = Room::new(outcome_cap, allocation.outcome);
    let mut unclaimed = (to_date.eligible - to_date.basic).at_least_zero();
    let mut waiting = Claim::default();
    let room = to_date.eligible - to_date.claimed();
    let mut limit = Limit { kind: funding.income_limit, room };
    let mut has_begun = false;
    let for_outcomes = |did: &Activity, room: &mut Room| match funding.outcome {
        Some(part) => room.take(part.per_outcome.times(did.outcomes(part.paid_on))),
        None => Pence::ZERO,
    };
    claims.clear();
    let years = funding.years.iter().zip(&allocation.years).filter(|(year, _)| !year.is_over());
    for (year, year_allocation) in years {
        basic_room.begin_year(year_allocation.basic);
        participant_room.begin_year(year_allocation.participant);
        outcome_room.begin_year(year_allocation.outcome);
        let mut profiled = year_allocation.basic;
        if !has_begun {
            basic_room.used(to_date.basic, to_date.basic_this_year);
            participant_room.used(to_date.participant, to_date.participant_this_year);
            profiled = (profiled - to_date.basic_this_year).at_least_zero();
            has_begun = true;
        }
        let mut profile = Profile::new(profiled, year.first, year.last);
        let (first, after) = year.quarters;
        for (quarter, did) in (first..).zip(&activity[first..after]) {
            for change in changes.iter_mut().filter(|change| change.quarter == quarter) {
                change.basic = basic_room.change(change.basic);
                change.participant = participant_room.change(change.participant);
            }
            unclaimed += did.eligible;
            limit.room += did.eligible;
            let line = |share: FixedShare, count| product(&[share], year.tariff, count);
            let basic = match funding.basic.paid_on {
                BasicBasis::Expenditure => {
                    let claimed = basic_room.take(unclaimed);
                    unclaimed -= claimed;
                    claimed
                }
                BasicBasis::Profile => basic_room.take(profile.to(did.last)),
                BasicBasis::Participants => basic_room.take(line(funding.basic.share, did.plans)),
            };
            let is_advance =
                funding.basic.paid_on == BasicBasis::Profile && funding.paid == PaidWhen::InAdvance;
            let in_advance = if is_advance { basic } else { Pence::ZERO };
            waiting.basic += basic - in_advance;
            let people = match funding.participant.paid_on {
                ParticipantBasis::Plan => did.plans,
                ParticipantBasis::Start => did.starts,
            };
            waiting.participant += participant_room.take(line(funding.participant.share, people));
            waiting.outcome += for_outcomes(did, &mut outcome_room);
            let mut claim = limit.claim(&mut waiting, in_advance);
            if funding.basic.paid_on == BasicBasis::Expenditure {
                claim.disallowed = claim.basic.drawn_share(disallowed);
            }
            claims.push(claim);
        }
        if funding.basic.cap == CapPeriod::Year {
            // Spending above the year's room lapses with it.
            unclaimed = Pence::ZERO;
        }
    }
    for did in activity.iter().skip(claims.len()) {
        waiting.outcome += for_outcomes(did, &mut outcome_room);
        claims.push(limit.claim(&mut waiting, Pence::ZERO));
    }
}

/// The income limit: claims to date never exceed eligible expenditure to date, but for what was
/// paid in advance. Outcomes are cut first, then the participant claim, and what is cut waits for
/// later room.
struct Limit {
    kind: IncomeLimit,
    room: Pence,
}

impl Limit {
    fn claim(&mut self, waiting: &mut Claim, in_advance: Pence) -> Claim {
        self.room -= in_advance;
        let mut claim = *waiting;
        if self.kind == IncomeLimit::Expenditure {
            let room = self.room.at_least_zero();
            claim.basic = claim.basic.min(room);
            claim.participant = claim.participant.min(room - claim.basic);
            claim.outcome = claim.outcome.min(room - claim.basic - claim.participant);
        }
        self.room -= claim.receipt();
        waiting.basic -= claim.basic;
        waiting.participant -= claim.participant;
        waiting.outcome -= claim.outcome;
        claim.basic += in_advance;
        claim.in_advance = in_advance;
        claim
    }
}

/// A funding year's basic allocation, spread over its days within the programme.
struct Profile {
    amount: Pence,
    first: Day,
    last: Day,
    claimed: Pence,
}

impl Profile {
    fn new(amount: Pence, first: Day, last: Day) -> Self {
        Profile { amount, first, last, claimed: Pence::ZERO }
    }

    /// What falls between the last call and the end of a day: cumulative, rounded, differenced.
    fn to(&mut self, day: Day) -> Pence {
        let days = i128::from(day - self.first + 1);
        let of = i128::from(self.last - self.first + 1);
        let twice = 2 * i128::from(self.amount.get()) * days + of;
        let due = Pence::held(twice / (2 * of));
        let claimed = due - self.claimed;
        self.claimed = due;
        claimed
    }
}
