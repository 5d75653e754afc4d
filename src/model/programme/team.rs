//! Teams: coaches with one employer, what they cost, what a provider charges.

use crate::quantity::{Day, Key, Uncertain};

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
    /// Share of a leaver's people who are lost.
    pub lost_when_coach_leaves: Uncertain,
    /// Cover of empty posts.
    pub agency: Option<Agency>,
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
    /// What it costs the provider itself, whose margin is what it charges less these.
    pub own_costs: Option<TeamCosts>,
}

/// Agency coaches who cover empty posts. They are paid from their first day, begin like a new
/// coach, and go when the post is filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agency {
    /// Days from a post falling empty, or the team being ready, to the cover.
    pub after: Uncertain,
    /// What they cost above the salary, as a share of it.
    pub costs_more: Uncertain,
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
