//! A person's way through, from a slot to the end of support.

use super::luck::{Purpose, WorldLuck};
use super::people::Person;
use super::programme::{Locality, Source};
use super::world::{CohortWorld, World};
use crate::quantity::time::whole_days;
use crate::quantity::{Day, Key};

/// How someone's time with a team goes, if nothing cuts it short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Missed every appointment.
    DidNotAttend {
        /// The last appointment's day.
        day: Day,
    },
    /// Came, but no plan was agreed.
    NoPlan {
        /// The attended appointment's day.
        seen: Day,
        /// The day on which a plan would have been agreed.
        day: Day,
    },
    /// A plan was agreed and support followed.
    Plan {
        /// The attended appointment's day.
        seen: Day,
        /// The day of the plan.
        plan: Day,
        /// The day on which support ends.
        leaves: Day,
        /// Whether it ended early.
        disengaged: bool,
    },
}

impl Way {
    /// The day of the attended appointment, if there was one.
    pub fn seen(&self) -> Option<Day> {
        match *self {
            Way::DidNotAttend { .. } => None,
            Way::NoPlan { seen, .. } | Way::Plan { seen, .. } => Some(seen),
        }
    }

    /// The day on which the person leaves the team.
    pub fn ends(&self) -> Day {
        match *self {
            Way::DidNotAttend { day } | Way::NoPlan { day, .. } => day,
            Way::Plan { leaves, .. } => leaves,
        }
    }
}

/// What became of someone's work when support ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Employed at the start.
    pub employed: bool,
    /// In work at the end.
    pub in_work: bool,
    /// Still so after the sustainment period.
    pub sustained: bool,
}

/// The draws that the people of one source meet on their way.
#[derive(Clone, Copy, Debug)]
pub struct PathLuck {
    appointment: Key,
    attendance: Key,
    to_plan: Key,
    plan_agreed: Key,
    support: Key,
    disengages: Key,
    fraction: Key,
    employed: Key,
    in_work: Key,
    sustained: Key,
    attends: Option<f64>,
}

impl PathLuck {
    /// The draws of a source's people.
    pub fn new(place: &Locality, source: &Source, world: &World, luck: &WorldLuck) -> Self {
        let place = place.key.named(source.key);
        let key = |purpose| luck.key(purpose).named(place);
        PathLuck {
            appointment: key(Purpose::Appointment),
            attendance: key(Purpose::Attendance),
            to_plan: key(Purpose::ToPlan),
            plan_agreed: key(Purpose::PlanAgreed),
            support: key(Purpose::Support),
            disengages: key(Purpose::Disengages),
            fraction: key(Purpose::Fraction),
            employed: key(Purpose::Employed),
            in_work: key(Purpose::InWork),
            sustained: key(Purpose::Sustained),
            attends: source.attends.map(|attends| attends.get(&world.inputs)),
        }
    }

    /// The way of a person who takes a slot on `day` after waiting for `waited` days; `round` is
    /// how often they had one before (a failed provider), so that each time is drawn afresh.
    pub fn way(
        &self,
        person: &Person,
        cohort: &CohortWorld,
        day: Day,
        waited: Day,
        round: u32,
    ) -> Way {
        let draw = |key: Key, attempt: u32| {
            let index = (u64::from(round) << 32) | u64::from(attempt);
            key.with(u64::from(person.number)).stream().uniform(index)
        };
        let weeks = f64::from(waited) / 7.0;
        let attends = self.attends.unwrap_or(cohort.attends)
            * libm::exp(-cohort.fewer_attend_per_week_waited * weeks);
        let mut appointment = day;
        let mut seen = None;
        for attempt in 0..=cohort.rebook {
            let gap = cohort.to_first_appointment.days(draw(self.appointment, attempt));
            appointment = appointment.saturating_add(whole_days(gap));
            if draw(self.attendance, attempt) < attends {
                seen = Some(appointment);
                break;
            }
        }
        let Some(seen) = seen else { return Way::DidNotAttend { day: appointment } };
        let to_plan = whole_days(cohort.to_plan.days(draw(self.to_plan, 0)));
        let plan = seen.saturating_add(to_plan);
        if draw(self.plan_agreed, 0) >= cohort.plan_agreed {
            return Way::NoPlan { seen, day: plan };
        }
        let support = cohort.support.days(draw(self.support, 0));
        let disengaged = draw(self.disengages, 0) < cohort.disengages;
        let fraction = if disengaged { draw(self.fraction, 0) } else { 1.0 };
        let leaves = plan.saturating_add(whole_days(support * fraction));
        Way::Plan { seen, plan, leaves, disengaged }
    }

    /// What became of a person's work when support ended.
    pub fn work(&self, person: &Person, cohort: &CohortWorld, disengaged: bool) -> Work {
        let draw = |key: Key| key.with(u64::from(person.number)).uniform();
        let chance = if disengaged { cohort.in_work_if_disengaged } else { cohort.in_work };
        let in_work = draw(self.in_work) < chance;
        Work {
            employed: draw(self.employed) < cohort.employed_at_start,
            in_work,
            sustained: in_work && draw(self.sustained) < cohort.sustained,
        }
    }
}
