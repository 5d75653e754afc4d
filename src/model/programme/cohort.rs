//! Kinds of people, and their way through.

use crate::quantity::{FixedShare, Uncertain, Varying};

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
    /// From the plan to a job's start, for those who find one; the end of support if absent or
    /// later.
    pub to_job: Option<Varying>,
    /// Support in work after that.
    pub in_work_support: Option<Varying>,
    /// Share of a caseload place that somebody supported in work holds.
    pub in_work_support_holds: FixedShare,
    /// Chance that support ends early.
    pub disengages: Uncertain,
    /// Chance of having a job at the start.
    pub employed_at_start: Uncertain,
    /// Rate at which somebody loses that job with each week on the list.
    pub loses_job_per_week_waited: Uncertain,
    /// Chance of being in work at the end of full support.
    pub in_work: Uncertain,
    /// The same for those who left early.
    pub in_work_if_disengaged: Uncertain,
    /// Chance that it is sustained.
    pub sustained: Uncertain,
    /// The sustainment period, in days.
    pub sustained_for: f64,
    /// Chance of needing each onward service.
    pub needs: Vec<Uncertain>,
    /// Share who have all their services at the same time.
    pub services_at_once: Uncertain,
}
