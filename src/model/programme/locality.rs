//! The places that deliver a programme, and who refers people to them.

use super::Allocation;
use crate::quantity::{Day, Key, Pence, Uncertain, Varying};

/// A place that delivers the programme.
#[derive(Clone, Debug)]
pub struct Locality {
    /// Its name.
    pub name: String,
    /// What its draws are keyed by: its name.
    pub key: Key,
    /// Agreed participants.
    pub agreed: i64,
    /// What it may be paid.
    pub allocation: Allocation,
    /// Where it stands on day 0.
    pub opening: Position,
    /// What must be done before it can open: a pipeline and the day on which it is begun.
    pub readiness: Option<(usize, Day)>,
    /// Its own running costs.
    pub costs: Vec<RunningCost>,
    /// The access point.
    pub triage: Triage,
    /// Who refers, in file order.
    pub sources: Vec<Source>,
}

impl Locality {
    /// What the draws of the people who are there on day 0 are keyed by.
    pub fn opening_key(&self) -> Key {
        self.key.named(Key::name("opening"))
    }
}

/// Where a locality stands on day 0: nowhere, unless a programme is planned from its middle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// People on the coaches' list: cohort index and number. They are before everybody who comes
    /// later; their patience and wait count from day 0, since nobody says how long they waited.
    pub waiting: Vec<(usize, i64)>,
    /// People in support: cohort index and number. Each holds a slot, of the first team in file
    /// order that may serve them, has staff on day 0 and has one free; of the first that may serve
    /// them if none has. They are not among a team's `participants_max`.
    pub in_support: Vec<(usize, i64)>,
    /// Plans agreed to date.
    pub plans: i64,
    /// Money to date.
    pub money: ToDate,
}

/// A locality's money before day 0. All that it cost is paid; what is claimed and not received comes
/// `paid_after` the day before day 0, and not before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ToDate {
    /// Cost.
    pub cost: Pence,
    /// Of it, what may be claimed.
    pub eligible: Pence,
    /// Claimed for the basic part, without what is never paid.
    pub basic: Pence,
    /// Claimed for the participant part.
    pub participant: Pence,
    /// Of the basic part, what uses the cap of the funding year in which day 0 lies.
    pub basic_this_year: Pence,
    /// The same of the participant part.
    pub participant_this_year: Pence,
    /// Received.
    pub received: Pence,
}

impl ToDate {
    /// All that was claimed.
    pub fn claimed(&self) -> Pence {
        self.basic + self.participant
    }
}

/// A locality's own cost: the access point, the lead, the returns, added services.
#[derive(Clone, Debug)]
pub struct RunningCost {
    /// What it is for.
    pub name: String,
    /// Pounds, each month or once.
    pub amount: Uncertain,
    /// When it falls.
    pub when: CostTime,
    /// Whether it may be claimed.
    pub eligible: bool,
}

/// When a running cost falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostTime {
    /// Each month between two days, both included; part months by days over days in that month.
    Monthly {
        /// First day.
        from: Day,
        /// Last day.
        until: Day,
    },
    /// Once, on a day.
    Once {
        /// That day.
        on: Day,
    },
}

/// A locality's access point.
#[derive(Clone, Debug)]
pub struct Triage {
    /// What it is called.
    pub name: String,
    /// The day on which it starts, or on which its recruitment is begun.
    pub starts: Day,
    /// The pipeline that has to be done before it starts.
    pub recruitment: Option<usize>,
    /// People it can see in a week; no limit if absent.
    pub capacity_per_week: Option<Uncertain>,
    /// Other people a month who share its capacity.
    pub other_enquiries_per_month: Uncertain,
    /// From being seen to the decision.
    pub decision: Varying,
}

/// Someone who refers people.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// What its draws are keyed by: its name.
    pub key: Key,
    /// Referrals a month at full flow, before `scale`.
    pub per_month: Uncertain,
    /// Multiplies `per_month`: 1, or population/100,000 where the rate is stated per 100,000.
    pub scale: f64,
    /// Days from opening to full flow.
    pub ramp: Uncertain,
    /// First day of its active window.
    pub starts: Day,
    /// Last day of its active window.
    pub ends: Day,
    /// Share for whom the programme is right.
    pub eligible: Uncertain,
    /// Share who go straight to the coaches' list.
    pub past_triage: Uncertain,
    /// Chance of attending, instead of the cohort's.
    pub attends: Option<Uncertain>,
    /// Mix: cohort index and share; the shares make the whole.
    pub cohorts: Vec<(usize, f64)>,
    /// Variance of the gamma factor of each month, 0 for none.
    pub overdispersion: Uncertain,
    /// Factor by calendar month, January first.
    pub season: [f64; 12],
}
