//! A programme, compiled: what a scenario says, as indices, days, pence and rates.
//!
//! Everything here has been checked. Days are counted from the programme's first day (day 0).

mod attribute;
mod central;
mod cohort;
mod funding;
mod locality;
mod moving;
mod option;
mod payment;
mod pipeline;
mod reading;
mod service;
mod target;
mod team;

pub use attribute::{Attribute, AttributeValue, MOST_ATTRIBUTES, MOST_VALUES};
pub use central::Central;
pub use cohort::{Cohort, Journey};
pub use funding::{
    Allocation, BasicBasis, BasicPart, CapPeriod, Funding, FundingYear, IncomeLimit,
    ParticipantBasis, ParticipantPart, YearAllocation,
};
pub use locality::{CostTime, Locality, Position, RunningCost, Source, ToDate, Triage};
pub use moving::MovingPlaces;
pub use option::{DeliveryOption, Opens, UnusedPlaces};
pub use payment::{ChainStep, Funder, OutcomeBasis, OutcomePart, PaidWhen, Pays, Repayment};
pub use pipeline::{Pipeline, Stage};
pub use reading::Reading;
pub use service::{MOST_SERVICES, Service};
pub use target::{Target, TargetOutcome};
pub use team::{Agency, Price, Team, TeamCosts};

use super::published::PublishedCount;
use crate::quantity::{Calendar, Day, Input, Key};

/// A service with its places, money and ways of delivering, ready to be simulated.
#[derive(Clone, Debug)]
pub struct Programme {
    /// What it is called.
    pub name: String,
    /// Its days, months and quarters.
    pub calendar: Calendar,
    /// No referral comes after this day.
    pub last_referral: Day,
    /// How it is paid for.
    pub funding: Funding,
    /// What share of those with a plan is to come to an outcome.
    pub targets: Vec<Target>,
    /// When and how places move between localities; never, if absent.
    pub moving_places: Option<MovingPlaces>,
    /// Other readings of these rules, in file order.
    pub readings: Vec<Reading>,
    /// What the programme spends that no locality does.
    pub central: Option<Central>,
    /// Everything that is uncertain, in the order in which the scenario names it.
    pub inputs: Vec<Input>,
    /// Groups of inputs that move together.
    pub groups: Vec<Group>,
    /// Kinds of people, in file order; at least one, at most 64.
    pub cohorts: Vec<Cohort>,
    /// What people differ by, in file order; at most [`MOST_ATTRIBUTES`].
    pub attributes: Vec<Attribute>,
    /// Pairs of attributes that are also counted together.
    pub crossed: Vec<(usize, usize)>,
    /// Onward services, in file order; at most [`MOST_SERVICES`].
    pub services: Vec<Service>,
    /// Recruitments and procurements.
    pub pipelines: Vec<Pipeline>,
    /// The places that deliver it, in file order.
    pub localities: Vec<Locality>,
    /// The ways of delivering, in file order.
    pub options: Vec<DeliveryOption>,
    /// Counts that published figures are set beside, in file order.
    pub published: Vec<PublishedCount>,
}

/// Inputs tied by a one-factor Gaussian copula.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name in the scenario.
    pub name: String,
    /// What its factor's draws are keyed by.
    pub key: Key,
    /// The factor's dimension in the joint Sobol set, if it has one.
    pub dimension: Option<u32>,
    /// Correlation of any two members' normal scores, 0 <= r < 1.
    pub correlation: f64,
}

impl Programme {
    /// Whether it is planned from its middle: some locality stands somewhere on day 0.
    pub fn is_under_way(&self) -> bool {
        self.localities.iter().any(|locality| locality.opening != Position::default())
    }
}
