//! What is claimed after each quarter, and when it is paid (MODEL, section 7).

use super::luck::{Purpose, WorldLuck};
use super::programme::{
    BasicBasis, CapPeriod, Funding, IncomeLimit, Locality, ParticipantBasis, Programme,
};
use crate::quantity::share::product;
use crate::quantity::time::whole_days;
use crate::quantity::{Day, FixedShare, Key, Pence};

/// A return that is late in the last quarter is paid so many days later: 13 weeks.
const LATE_LAST_RETURN: Day = 91;

/// What a locality did in a quarter, as a claim needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuarterActivity {
    /// Eligible expenditure incurred.
    pub eligible: Pence,
    /// Plans agreed.
    pub plans: i64,
    /// First attended appointments.
    pub starts: i64,
}

/// The claim of a quarter. What is paid is `basic` - `disallowed` + `participant`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// Claimed for the basic part, the disallowed part included.
    pub basic: Pence,
    /// Of it, what is never paid.
    pub disallowed: Pence,
    /// Claimed for the participant part.
    pub participant: Pence,
    /// The day on which it is paid.
    pub paid: Day,
}

impl Claim {
    /// What is received for it.
    pub fn receipt(&self) -> Pence {
        self.basic - self.disallowed + self.participant
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

    /// Takes as much of an amount as there is room for.
    fn take(&mut self, wanted: Pence) -> Pence {
        let taken = wanted.min(self.left);
        self.left -= taken;
        taken
    }
}

/// Claims of every quarter of a locality, into `claims`. `late` says for each quarter whether its
/// return is late, and `inputs` are the world's.
pub fn claims(
    programme: &Programme,
    locality: &Locality,
    activity: &[QuarterActivity],
    late: &[bool],
    inputs: &[f64],
    claims: &mut Vec<Claim>,
) {
    let funding = &programme.funding;
    let allocation = &locality.allocation;
    let disallowed = funding.disallowed.get(inputs);
    let mut basic_room = Room::new(funding.basic.cap, allocation.basic);
    let mut participant_room = Room::new(funding.participant.cap, allocation.participant);
    let mut unclaimed = Pence::ZERO;
    let mut waiting = Claim::default();
    let mut limit = Limit { kind: funding.income_limit, room: Pence::ZERO };
    claims.clear();
    for (year, year_allocation) in funding.years.iter().zip(&allocation.years) {
        basic_room.begin_year(year_allocation.basic);
        participant_room.begin_year(year_allocation.participant);
        let mut profile = Profile::new(year_allocation.basic, year.first, year.last);
        let quarters = year.quarters.0..year.quarters.1;
        let calendar = &programme.calendar.quarters()[quarters.clone()];
        for (did, quarter) in activity[quarters].iter().zip(calendar) {
            unclaimed += did.eligible;
            limit.room += did.eligible;
            let line = |share: FixedShare, count| product(&[share], year.tariff, count);
            waiting.basic += match funding.basic.paid_on {
                BasicBasis::Expenditure => {
                    let claimed = basic_room.take(unclaimed);
                    unclaimed -= claimed;
                    claimed
                }
                BasicBasis::Profile => basic_room.take(profile.to(quarter.last)),
                BasicBasis::Participants => basic_room.take(line(funding.basic.share, did.plans)),
            };
            let people = match funding.participant.paid_on {
                ParticipantBasis::Plan => did.plans,
                ParticipantBasis::Start => did.starts,
            };
            waiting.participant += participant_room.take(line(funding.participant.share, people));
            let mut claim = limit.claim(&mut waiting);
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
    set_payment_days(programme, late, inputs, claims);
}

/// The income limit: claims to date never exceed eligible expenditure to date. The participant
/// claim is cut first, and what is cut waits for later room.
struct Limit {
    kind: IncomeLimit,
    room: Pence,
}

impl Limit {
    fn claim(&mut self, waiting: &mut Claim) -> Claim {
        let mut claim =
            Claim { basic: waiting.basic, participant: waiting.participant, ..Claim::default() };
        if self.kind == IncomeLimit::Expenditure {
            claim.basic = claim.basic.min(self.room);
            claim.participant = claim.participant.min(self.room - claim.basic);
        }
        self.room -= claim.basic + claim.participant;
        waiting.basic -= claim.basic;
        waiting.participant -= claim.participant;
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
        let due = Pence::new((twice / (2 * of)) as i64);
        let claimed = due - self.claimed;
        self.claimed = due;
        claimed
    }
}

/// A claim is paid `paid_after` the end of its quarter, not before `first_payment_from`. A late
/// return shares the fate of the next quarter's; a late last one is paid 13 weeks later.
fn set_payment_days(programme: &Programme, late: &[bool], inputs: &[f64], claims: &mut [Claim]) {
    let funding = &programme.funding;
    let after = whole_days(funding.paid_after.get(inputs));
    let first = funding.first_payment_from.unwrap_or(Day::MIN);
    let mut day = None;
    for (index, quarter) in programme.calendar.quarters().iter().enumerate().rev() {
        let on_time = quarter.last.saturating_add(after).max(first);
        let paid = match (late[index], day) {
            (false, _) => on_time,
            (true, Some(next)) => next,
            (true, None) => quarter.last.saturating_add(after + LATE_LAST_RETURN).max(first),
        };
        claims[index].paid = paid;
        day = Some(paid);
    }
}

/// Which quarters' returns are late in this world: one draw for each quarter, for the whole
/// programme or for each locality.
pub fn late_returns(
    programme: &Programme,
    locality: &Locality,
    inputs: &[f64],
    luck: &WorldLuck,
    late: &mut Vec<bool>,
) {
    let Funding { late_return, late_return_shared, .. } = &programme.funding;
    let calendar = &programme.calendar;
    late.clear();
    for (quarter, chance) in calendar.quarters().iter().zip(late_return) {
        let date = calendar.date(quarter.last);
        let quarter =
            Key::name("quarter").with(date.year() as u64 * 4 + (date.month() as u64 - 1) / 3);
        let mut key = luck.key(Purpose::LateReturn).named(quarter);
        if !late_return_shared {
            key = key.named(locality.key);
        }
        late.push(key.uniform() < chance.get(inputs));
    }
}
