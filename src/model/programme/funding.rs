//! How a programme is paid for.

use super::payment::{ChainStep, Funder, OutcomePart, PaidWhen, Repayment};
use crate::quantity::{Day, FixedShare, Pence, Uncertain};

/// How a programme is paid for.
#[derive(Clone, Debug, PartialEq)]
pub struct Funding {
    /// The part paid against spending.
    pub basic: BasicPart,
    /// The part paid for people.
    pub participant: ParticipantPart,
    /// The part paid for outcomes, if there is one.
    pub outcome: Option<OutcomePart>,
    /// Whether claims may exceed eligible expenditure.
    pub income_limit: IncomeLimit,
    /// Whether a profile is paid for a quarter that is over, or for one that begins.
    pub paid: PaidWhen,
    /// What is set right once the programme is over.
    pub repayment: Repayment,
    /// Days from the programme's end to the day on which it is.
    pub reconciled_after: Uncertain,
    /// Who pays, in file order; without any, one funder whom nobody named.
    pub funders: Vec<Funder>,
    /// Through whose hands the money goes, from the funder to the locality; none if it is paid to
    /// the locality.
    pub chain: Vec<ChainStep>,
    /// Days from a quarter's end to its payment.
    pub paid_after: Uncertain,
    /// No payment is made before this day.
    pub first_payment_from: Option<Day>,
    /// Chance that a quarter's return is late, for each of the calendar's quarters.
    pub late_return: Vec<Uncertain>,
    /// Whether one draw holds for all localities.
    pub late_return_shared: bool,
    /// Share of each expenditure claim that is never paid.
    pub disallowed: Uncertain,
    /// Yearly rate on a negative balance.
    pub cost_of_cash: Uncertain,
    /// Who holds the balance, if the scenario says.
    pub paid_to: Option<String>,
    /// Funding years, sorted; they cover the programme.
    pub years: Vec<FundingYear>,
}

/// The basic part (60%).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicPart {
    /// Share of the allocation.
    pub share: FixedShare,
    /// What it is paid on.
    pub paid_on: BasicBasis,
    /// Over what its cap runs.
    pub cap: CapPeriod,
}

/// What the basic part is paid on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BasicBasis {
    /// Eligible expenditure not yet claimed.
    Expenditure,
    /// Each funding year's basic allocation, spread over its days.
    Profile,
    /// The basic share of the tariff for each plan.
    Participants,
}

/// The participant part (40%).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParticipantPart {
    /// Share of the allocation; with the basic share it makes the whole.
    pub share: FixedShare,
    /// What it is paid on.
    pub paid_on: ParticipantBasis,
    /// Over what its cap runs.
    pub cap: CapPeriod,
}

/// What the participant part is paid on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParticipantBasis {
    /// Each agreed plan.
    Plan,
    /// Each first attended appointment.
    Start,
}

/// Over what a cap runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CapPeriod {
    /// The whole programme.
    Programme,
    /// Each funding year; unused room lapses at its end.
    Year,
}

/// Whether claims may exceed eligible expenditure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncomeLimit {
    /// Claims to date never exceed eligible expenditure to date.
    Expenditure,
    /// No limit.
    None,
}

/// A funding year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundingYear {
    /// `2024/25`.
    pub label: String,
    /// First day within the programme.
    pub first: Day,
    /// Last day within the programme.
    pub last: Day,
    /// The day on which it ends, which may be after the programme.
    pub ends: Day,
    /// Share of the agreed participants.
    pub share: FixedShare,
    /// Paid for one participant.
    pub tariff: Pence,
    /// Indices of the calendar's quarters that lie in it: from the first to before the second.
    pub quarters: (usize, usize),
}

/// What a locality may be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// All of it.
    pub total: Pence,
    /// The basic part, rounded half up.
    pub basic: Pence,
    /// The participant part: the remainder, but for outcomes.
    pub participant: Pence,
    /// The part for outcomes.
    pub outcome: Pence,
    /// The same for each funding year.
    pub years: Vec<YearAllocation>,
}

/// What a locality may be paid for one funding year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearAllocation {
    /// All of it.
    pub total: Pence,
    /// The basic part, rounded half up.
    pub basic: Pence,
    /// The participant part: the remainder, but for outcomes.
    pub participant: Pence,
    /// The part for outcomes.
    pub outcome: Pence,
}

impl FundingYear {
    /// Whether it ended before the programme's first day, in which case none of its days is lived
    /// through.
    pub fn is_over(&self) -> bool {
        self.last < self.first
    }
}
