//! A person's way through, from a slot to the end of support.

use super::luck::{Purpose, WorldLuck};
use super::people::Person;
use super::staffing::{Departure, NEVER};
use super::world::CohortWorld;
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
        /// How support goes.
        support: Support,
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

    /// The day of the plan, or on which the person is lost before it.
    pub fn ends_before_plan(&self) -> Day {
        match *self {
            Way::DidNotAttend { day } | Way::NoPlan { day, .. } => day,
            Way::Plan { plan, .. } => plan,
        }
    }

    /// The day on which the person leaves the team.
    pub fn ends(&self) -> Day {
        match *self {
            Way::DidNotAttend { day } | Way::NoPlan { day, .. } => day,
            Way::Plan { support, .. } => support.leaves,
        }
    }
}

/// Lengths of support of which one is taken for somebody who is met in support.
const CANDIDATES: usize = 16;

/// How someone's support goes, if nothing cuts it short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Support {
    /// The day on which it ends and the slot becomes free.
    pub leaves: Day,
    /// Whether it ended early.
    pub disengaged: bool,
    /// The day on which support in work ends, for those who have it.
    pub helped_until: Option<Day>,
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
    to_job: Key,
    in_work_support: Key,
    lost: Key,
    support_left: Key,
    attends: Option<f64>,
}

impl PathLuck {
    /// The draws of the people of a source, keyed by it and its locality. `attends` is the source's
    /// own chance of attending, if it has one.
    pub fn new(source: Key, attends: Option<f64>, luck: &WorldLuck) -> Self {
        let key = |purpose| luck.key(purpose).named(source);
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
            to_job: key(Purpose::ToJob),
            in_work_support: key(Purpose::InWorkSupport),
            lost: key(Purpose::LostWithCoach),
            support_left: key(Purpose::SupportLeft),
            attends,
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
        let support = self.support(person, cohort, plan, support * fraction, disengaged);
        Way::Plan { seen, plan, support }
    }

    /// How support of so many days from `plan` on goes. It ends with a job's start, if that comes before,
    /// and then support in work follows. Only who stays to the end of support has either.
    pub fn support(
        &self,
        person: &Person,
        cohort: &CohortWorld,
        plan: Day,
        support: f64,
        disengaged: bool,
    ) -> Support {
        let leaves = plan.saturating_add(whole_days(support));
        let mut ends = Support { leaves, disengaged, helped_until: None };
        if disengaged || (cohort.to_job.is_none() && cohort.in_work_support.is_none()) {
            return ends;
        }
        let work = self.work(person, cohort, disengaged);
        if !work.in_work || work.employed {
            return ends;
        }
        let draw = |key: Key| key.with(u64::from(person.number)).uniform();
        if let Some(to_job) = &cohort.to_job {
            let job = plan.saturating_add(whole_days(to_job.days(draw(self.to_job))));
            ends.leaves = job.min(leaves);
        }
        if let Some(help) = &cohort.in_work_support {
            let days = whole_days(help.days(draw(self.in_work_support)));
            ends.helped_until = Some(ends.leaves.saturating_add(days));
        }
        ends
    }

    /// The day on which a person who took a slot on `taken` is lost with a coach who leaves, or
    /// [`NEVER`]. They are with each of the coaches in post alike, and `share` of a leaver's people
    /// are lost.
    pub fn lost_on(
        &self,
        person: &Person,
        taken: Day,
        round: u32,
        departures: &[Departure],
        share: f64,
    ) -> Day {
        if share <= 0.0 {
            return NEVER;
        }
        let draws = self.lost.with(u64::from(person.number)).stream();
        let hit = |&(index, departure): &(usize, &Departure)| {
            let draw = draws.uniform((u64::from(round) << 32) | index as u64);
            departure.day > taken && draw < share / f64::from(departure.coaches.max(1))
        };
        let hits = departures.iter().enumerate().filter(hit);
        hits.map(|(_, departure)| departure.day).min().unwrap_or(NEVER)
    }

    /// Days of support left to somebody who was in support on day 0, and whether they will leave
    /// early. Who is met in support is there in proportion to its length: of [`CANDIDATES`] lengths
    /// one is taken with a chance in proportion to it, and any moment of it is as likely as any
    /// other. Who leaves early does so at a uniform fraction of what is left.
    pub fn support_left(&self, person: &Person, cohort: &CohortWorld) -> (f64, bool) {
        let draws = self.support_left.with(u64::from(person.number)).stream();
        let lengths: [f64; CANDIDATES] =
            std::array::from_fn(|index| cohort.support.days(draws.uniform(index as u64)));
        let last = CANDIDATES as u64;
        let mut mark = draws.uniform(last) * lengths.iter().sum::<f64>();
        let met = lengths.iter().find(|&&length| {
            mark -= length;
            mark < 0.0
        });
        let left = met.unwrap_or(&lengths[0]) * draws.uniform(last + 1);
        let disengaged = draws.uniform(last + 2) < cohort.disengages;
        (if disengaged { left * draws.uniform(last + 3) } else { left }, disengaged)
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
