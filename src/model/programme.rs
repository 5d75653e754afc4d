//! A programme, compiled: what a scenario says, as indices, days, pence and rates.
//!
//! Everything here has been checked. Days are counted from the programme's first day (day 0).

use crate::quantity::{Calendar, Day, FixedShare, Input, Key, Pence, Uncertain, Varying};

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
    /// Everything that is uncertain, in the order in which the scenario names it.
    pub inputs: Vec<Input>,
    /// Groups of inputs that move together.
    pub groups: Vec<Group>,
    /// Kinds of people, in file order; at least one, at most 64.
    pub cohorts: Vec<Cohort>,
    /// Recruitments and procurements.
    pub pipelines: Vec<Pipeline>,
    /// The places that deliver it, in file order.
    pub localities: Vec<Locality>,
    /// The ways of delivering, in file order.
    pub options: Vec<DeliveryOption>,
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

// ---------------------------------------------------------------- funding

/// How a programme is paid for.
#[derive(Clone, Debug)]
pub struct Funding {
    /// The part paid against spending.
    pub basic: BasicPart,
    /// The part paid for people.
    pub participant: ParticipantPart,
    /// Whether claims may exceed eligible expenditure.
    pub income_limit: IncomeLimit,
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
    /// The participant part: the remainder.
    pub participant: Pence,
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
    /// The participant part: the remainder.
    pub participant: Pence,
}

// ---------------------------------------------------------------- localities

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
    /// What must be done before it can open: a pipeline and the day on which it is begun.
    pub readiness: Option<(usize, Day)>,
    /// Its own running costs.
    pub costs: Vec<RunningCost>,
    /// The access point.
    pub triage: Triage,
    /// Who refers, in file order.
    pub sources: Vec<Source>,
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

/// A kind of people with a way through of their own.
#[derive(Clone, Debug)]
pub struct Cohort {
    /// Its name.
    pub name: String,
    /// Their way through.
    pub journey: Journey,
}

/// A person's way through.
#[derive(Clone, Debug)]
pub struct Journey {
    /// How long someone waits for a coach; no limit if absent.
    pub patience: Option<Varying>,
    /// From a slot, or a missed appointment, to the next appointment.
    pub to_first_appointment: Varying,
    /// From the attended appointment to the plan.
    pub to_plan: Varying,
    /// Chance of attending each appointment, before the wait's effect.
    pub attends: Uncertain,
    /// Chance that a plan is agreed.
    pub plan_agreed: Uncertain,
    /// Rate at which attendance falls with each week on the list.
    pub fewer_attend_per_week_waited: Uncertain,
    /// How often a missed appointment is rebooked.
    pub rebook: u32,
    /// Length of support, from the plan.
    pub support: Varying,
    /// Chance that support ends early.
    pub disengages: Uncertain,
    /// Chance of having a job at the start.
    pub employed_at_start: Uncertain,
    /// Chance of being in work at the end of full support.
    pub in_work: Uncertain,
    /// The same for those who left early.
    pub in_work_if_disengaged: Uncertain,
    /// Chance that it is sustained.
    pub sustained: Uncertain,
    /// The sustainment period, in days.
    pub sustained_for: f64,
}

// ---------------------------------------------------------------- pipelines

/// Stages that run one after another: a recruitment, a tender, an approval.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// Its name.
    pub name: String,
    /// Multiplies every time of it, one per world.
    pub pace: Uncertain,
    /// Its stages, in file order; at least one.
    pub stages: Vec<Stage>,
}

/// One stage of a pipeline.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its name.
    pub name: String,
    /// What its draws are keyed by: its name.
    pub key: Key,
    /// How long one try takes, before the pipeline's pace.
    pub takes: Varying,
    /// Chance that a try fails.
    pub fails: Uncertain,
    /// Another chance for the first so many tries of each run of the pipeline.
    pub first_tries: Option<(u32, Uncertain)>,
    /// The stage to which a failure sends the pipeline back.
    pub back_to: usize,
}

// ---------------------------------------------------------------- delivery options

/// One complete way of delivering.
#[derive(Clone, Debug)]
pub struct DeliveryOption {
    /// Its name.
    pub name: String,
    /// When its localities open.
    pub opens: Opens,
    /// What becomes of the places of a team that stops for good.
    pub unused_places: UnusedPlaces,
    /// Its teams, in file order; at least one.
    pub teams: Vec<Team>,
}

/// When a locality opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// On the first day on which someone can see people.
    WithService,
    /// On a day, or when the locality's readiness is done, if that is later.
    On(Day),
}

/// What becomes of the places of a team that stops for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnusedPlaces {
    /// They are lost.
    Keep,
    /// They go to the next team that has a maximum and still takes people.
    Move,
}

/// Coaches with one employer.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its name.
    pub name: String,
    /// What its draws are keyed by: its `draws_as`, without the option's name.
    pub key: Key,
    /// The day on which its route begins; may be before day 0.
    pub begins: Day,
    /// The pipeline that makes it ready.
    pub route: Option<usize>,
    /// The stage of the route after which posts are recruited; its last if absent.
    pub recruits_after: Option<usize>,
    /// The pipeline through which each post is filled.
    pub recruitment: Option<usize>,
    /// Coach positions.
    pub posts: u32,
    /// Full-time equivalent of each post.
    pub fte: f64,
    /// The day from which staff are already there.
    pub in_post_from: Option<Day>,
    /// How many of the posts they fill.
    pub in_post: u32,
    /// After this day it takes nobody new.
    pub until: Option<Day>,
    /// Its posts and block go on to this day after `until`.
    pub staff_until: Option<Day>,
    /// It may go on taking people to this day while money allows.
    pub extended_to: Option<Day>,
    /// The day on which its posts end.
    pub contract_ends: Option<Day>,
    /// People a full-time coach supports at once; no limit if absent.
    pub caseload: Option<Uncertain>,
    /// People a full-time coach can take on in a month; no limit if absent.
    pub starts_per_month: Option<Uncertain>,
    /// Days in post before the first caseload.
    pub induction: Uncertain,
    /// Days from induction to the full caseload.
    pub full_caseload_after: Uncertain,
    /// Share of caseload and starts lost to absence.
    pub absence: Uncertain,
    /// Rate a day at which coaches leave.
    pub leavers: Option<Uncertain>,
    /// Multiplies the rate in the last days of the contract: factor, days.
    pub leavers_at_end: Option<(f64, f64)>,
    /// Rate a day at which the provider fails.
    pub fails: Option<Uncertain>,
    /// Whether its route begins again after a failure.
    pub restarts: bool,
    /// The most people it takes on.
    pub participants_max: Option<i64>,
    /// Cohorts it accepts, one bit each.
    pub accepts: u64,
    /// Localities it serves, in file order.
    pub serves: Vec<usize>,
    /// What it costs to employ.
    pub costs: TeamCosts,
    /// What its provider charges.
    pub price: Option<Price>,
}

/// What a team costs to employ, in pounds.
#[derive(Clone, Debug)]
pub struct TeamCosts {
    /// A year of one FTE with on-costs, from each day on; sorted. The first also holds before its day.
    pub salary: Vec<(Day, Uncertain)>,
    /// Management, as a share of salary.
    pub management: Uncertain,
    /// For each hire, on the first day.
    pub training: Uncertain,
    /// For each hire, on the first day.
    pub recruitment: Uncertain,
    /// For each post that the contract's end closes.
    pub at_end: Uncertain,
    /// Once, on day 0.
    pub setup: Uncertain,
    /// Whether these may be claimed.
    pub eligible: bool,
}

/// What a provider charges, in pounds.
#[derive(Clone, Debug)]
pub struct Price {
    /// When it is ready.
    pub set_up_fee: Uncertain,
    /// Each month, from ready to the end of its work.
    pub block_per_month: Uncertain,
    /// For each plan.
    pub per_plan: Uncertain,
    /// The least it is paid in all, if it works to its end.
    pub minimum: Uncertain,
    /// Days from an invoice to its payment.
    pub paid_after: Uncertain,
    /// Whether these may be claimed.
    pub eligible: bool,
}
