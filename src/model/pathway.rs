//! A person's way through, from a slot to the end of support.

use super::attribute::{Effect, with_odds};
use super::luck::{Purpose, WorldLuck};
use super::people::Person;
use super::staffing::{Departure, NEVER};
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
    /// Whether a job's start ended it.
    pub with_job: bool,
}

/// What became of someone's work when support ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Employed at the start, and still when they left the list.
    pub employed: bool,
    /// In work at the end.
    pub in_work: bool,
    /// Still so after the sustainment period.
    pub sustained: bool,
}

impl Work {
    /// Whether they are in a job that they did not have.
    fn has_found(self) -> bool {
        self.in_work && !self.employed
    }
}

/// Somebody with a coach, and what holds for them in this world.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The person.
    pub person: &'a Person,
    /// Their cohort.
    pub cohort: &'a CohortWorld,
    /// What their traits change.
    pub effect: Effect,
    /// Days that they were on the list, in all.
    pub listed: Day,
}

impl<'a> Case<'a> {
    /// A person who was on the list for so many days.
    pub fn new(world: &'a World, person: &'a Person, listed: Day) -> Self {
        let cohort = &world.cohorts[usize::from(person.cohort)];
        Case { person, cohort, effect: world.effects.of(person.traits), listed }
    }
}

/// The draws that the people of one source meet on their way.
#[derive(Clone, Copy, Debug)]
pub struct PathLuck {
    /// What the draws of their source are keyed by.
    pub source: Key,
    appointment: Key,
    attendance: Key,
    to_plan: Key,
    plan_agreed: Key,
    support: Key,
    disengages: Key,
    fraction: Key,
    employed: Key,
    loses_job: Key,
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
            source,
            appointment: key(Purpose::Appointment),
            attendance: key(Purpose::Attendance),
            to_plan: key(Purpose::ToPlan),
            plan_agreed: key(Purpose::PlanAgreed),
            support: key(Purpose::Support),
            disengages: key(Purpose::Disengages),
            fraction: key(Purpose::Fraction),
            employed: key(Purpose::Employed),
            loses_job: key(Purpose::LosesJob),
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
    pub fn way(&self, case: &Case<'_>, day: Day, waited: Day, round: u32) -> Way {
        let Case { person, cohort, effect, .. } = case;
        let draw = |key: Key, attempt: u32| {
            let index = (u64::from(round) << 32) | u64::from(attempt);
            key.with(u64::from(person.number)).stream().uniform(index)
        };
        let weeks = f64::from(waited) / 7.0;
        // Beyond 1 it is as certain as at 1.
        let attends = self.attends.unwrap_or(cohort.attends)
            * effect.attends
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
        let support = cohort.support.days(draw(self.support, 0)) * effect.support;
        let disengaged = draw(self.disengages, 0) < cohort.disengages;
        let fraction = if disengaged { draw(self.fraction, 0) } else { 1.0 };
        let support = self.support(case, plan, support * fraction, disengaged);
        Way::Plan { seen, plan, support }
    }

    /// How support of so many days from `plan` on goes. It ends with a job's start, if that comes
    /// before. Only who stays to the end of support has that, and only who finds a job without what
    /// onward services do: who finds one thanks to them finds it at the end.
    pub fn support(&self, case: &Case<'_>, plan: Day, support: f64, disengaged: bool) -> Support {
        let leaves = plan.saturating_add(whole_days(support));
        let ends = Support { leaves, disengaged, with_job: false };
        let Some(to_job) = case.cohort.to_job.as_ref().filter(|_| !disengaged) else { return ends };
        let draw = |key: Key| key.with(u64::from(case.person.number)).uniform();
        let job = plan.saturating_add(whole_days(to_job.days(draw(self.to_job))));
        if job < leaves && self.work(case, disengaged, 1.0).has_found() {
            return Support { leaves: job, with_job: true, ..ends };
        }
        ends
    }

    /// What became of somebody's work when their support ended. `odds` multiplies those of being in
    /// work; a job that has started is not undone.
    pub fn work_after(&self, case: &Case<'_>, support: Support, odds: f64) -> Work {
        self.work(case, support.disengaged, if support.with_job { 1.0 } else { odds })
    }

    /// The day on which support in work ends: it is for those who found a job at the end of support.
    pub fn helped_until(&self, case: &Case<'_>, support: Support, work: Work) -> Option<Day> {
        let help = case.cohort.in_work_support.as_ref()?;
        if support.disengaged || !work.has_found() {
            return None;
        }
        let draw = self.in_work_support.with(u64::from(case.person.number)).uniform();
        Some(support.leaves.saturating_add(whole_days(help.days(draw))))
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
    /// early. Who is met in support is there in proportion to its length: of sixteen lengths
    /// one is taken with a chance in proportion to it, and any moment of it is as likely as any
    /// other. Who leaves early does so at a uniform fraction of what is left.
    pub fn support_left(&self, case: &Case<'_>) -> (f64, bool) {
        let Case { person, cohort, effect, .. } = case;
        let draws = self.support_left.with(u64::from(person.number)).stream();
        let lengths: [f64; CANDIDATES] =
            std::array::from_fn(|index| cohort.support.days(draws.uniform(index as u64)));
        let last = CANDIDATES as u64;
        let mut mark = draws.uniform(last) * lengths.iter().sum::<f64>();
        let met = lengths.iter().find(|&&length| {
            mark -= length;
            mark < 0.0
        });
        let left = effect.support * met.unwrap_or(&lengths[0]) * draws.uniform(last + 1);
        let disengaged = draws.uniform(last + 2) < cohort.disengages;
        (if disengaged { left * draws.uniform(last + 3) } else { left }, disengaged)
    }

    fn work(&self, case: &Case<'_>, disengaged: bool, odds: f64) -> Work {
        let Case { person, cohort, effect, listed } = case;
        let draw = |key: Key| key.with(u64::from(person.number)).uniform();
        let chance = if disengaged { cohort.in_work_if_disengaged } else { cohort.in_work };
        let in_work = draw(self.in_work) < with_odds(chance, effect.in_work_odds * odds);
        let employed = effect.employed_at_start.unwrap_or(cohort.employed_at_start);
        let weeks = f64::from(*listed) / 7.0;
        let keeps_job = libm::exp(-cohort.loses_job_per_week_waited * weeks);
        Work {
            employed: draw(self.employed) < employed && draw(self.loses_job) < keeps_job,
            in_work,
            sustained: in_work && draw(self.sustained) < cohort.sustained,
        }
    }
}
