//! A person's way through, from a slot to the end of support.

use super::attribute::{Effect, with_odds};
use super::luck::Purpose;
use super::people::Person;
use super::staffing::{Departure, NEVER};
use super::world::{CohortWorld, World};
use crate::quantity::time::whole_days;
use crate::quantity::{Day, exp};

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
const CANDIDATES: u32 = 16;

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
    pub(super) fn has_found(self) -> bool {
        self.in_work & !self.employed
    }
}

/// The day of the last of the appointments that somebody missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed(pub Day);

/// Somebody with a coach, and what holds for them in this world.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The person.
    pub person: &'a Person,
    /// Their cohort.
    pub cohort: &'a CohortWorld,
    /// What their traits change.
    pub effect: &'a Effect,
    /// Days that they were on the list, in all.
    pub listed: Day,
}

impl<'a> Case<'a> {
    /// A person who was on the list for so many days. `effect` is what their traits change.
    #[inline]
    pub fn new(world: &'a World, person: &'a Person, effect: &'a Effect, listed: Day) -> Self {
        Case { person, cohort: &world.cohorts[usize::from(person.cohort)], effect, listed }
    }
}

/// What is drawn of somebody's time with a coach from the attended appointment on, which does not
/// depend on when that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    /// Days from the appointment to the plan.
    to_plan: Day,
    /// Days of support from the plan on; none where no plan is agreed.
    support: Option<Day>,
    /// Whether support ends early.
    disengaged: bool,
}

impl Case<'_> {
    /// The attended appointment of a person who takes a slot on `day` after waiting for `waited`
    /// days, or the last of those that they miss. `attends` is the chance of attending before the
    /// wait's effect, `round` how often they had a slot before (a failed provider).
    #[inline]
    pub fn appointment(
        &self,
        attends: f64,
        day: Day,
        waited: Day,
        round: u32,
    ) -> Result<Day, Missed> {
        let Case { person, cohort, effect, .. } = self;
        let chance =
            attends * effect.attends * weeks_at(cohort.fewer_attend_per_week_waited, waited);
        let mut appointment = day;
        for attempt in 0..=cohort.rebook {
            let draw = |purpose| person.luck.drawn(purpose, round, attempt);
            let gap = cohort.to_first_appointment.draw(|| draw(Purpose::Appointment));
            appointment = appointment.saturating_add(whole_days(gap));
            if person.luck.happens(Purpose::Attendance, round, attempt, chance) {
                return Ok(appointment);
            }
        }
        Err(Missed(appointment))
    }

    /// What comes after the attended appointment of a round.
    pub fn fate(&self, round: u32) -> Fate {
        let Case { person: Person { luck, .. }, cohort, effect, .. } = self;
        let draw = |purpose| luck.drawn(purpose, round, 0);
        let happens = |purpose, chance| luck.happens(purpose, round, 0, chance);
        let to_plan = whole_days(cohort.to_plan.draw(|| draw(Purpose::ToPlan)));
        if !happens(Purpose::PlanAgreed, cohort.plan_agreed) {
            return Fate { to_plan, support: None, disengaged: false };
        }
        let support = cohort.support.draw(|| draw(Purpose::Support)) * effect.support;
        let disengaged = happens(Purpose::Disengages, cohort.disengages);
        let fraction = if disengaged { draw(Purpose::Fraction) } else { 1.0 };
        Fate { to_plan, support: Some(whole_days(support * fraction)), disengaged }
    }

    /// The way of a person who comes to an appointment on the day `seen`.
    #[inline]
    pub fn way(&self, seen: Day, fate: Fate) -> Way {
        let plan = seen.saturating_add(fate.to_plan);
        match fate.support {
            None => Way::NoPlan { seen, day: plan },
            Some(days) => {
                Way::Plan { seen, plan, support: self.support(plan, days, fate.disengaged) }
            }
        }
    }

    /// How support of so many days from `plan` on goes. It ends with a job's start, if that comes
    /// before. Only who stays to the end of support has that, and only who finds a job without what
    /// onward services do: who finds one thanks to them finds it at the end.
    #[inline]
    pub fn support(&self, plan: Day, days: Day, disengaged: bool) -> Support {
        let leaves = plan.saturating_add(days);
        let ends = Support { leaves, disengaged, with_job: false };
        let Some(to_job) = self.cohort.to_job.as_ref().filter(|_| !disengaged) else { return ends };
        let job =
            plan.saturating_add(whole_days(to_job.draw(|| self.person.luck.draw(Purpose::ToJob))));
        if job < leaves && self.work(disengaged, 1.0).has_found() {
            return Support { leaves: job, with_job: true, ..ends };
        }
        ends
    }

    /// What became of somebody's work when their support ended. `odds` multiplies those of being in
    /// work; a job that has started is not undone.
    pub fn work_after(&self, support: Support, odds: f64) -> Work {
        self.work(support.disengaged, if support.with_job { 1.0 } else { odds })
    }

    /// The day on which support in work ends: it is for those who found a job at the end of support.
    pub fn helped_until(&self, support: Support, work: Work) -> Option<Day> {
        let help = self.cohort.in_work_support.as_ref()?;
        if support.disengaged || !work.has_found() {
            return None;
        }
        let days = help.draw(|| self.person.luck.draw(Purpose::InWorkSupport));
        Some(support.leaves.saturating_add(whole_days(days)))
    }

    /// The day on which a person who took a slot on `taken` is lost with a coach who leaves, or
    /// [`NEVER`]. They are with each of the coaches in post alike, and `share` of a leaver's people
    /// are lost.
    pub fn lost_on(&self, taken: Day, round: u32, departures: &[Departure], share: f64) -> Day {
        if share <= 0.0 {
            return NEVER;
        }
        let hit = |&(index, departure): &(usize, &Departure)| {
            let chance = share / f64::from(departure.coaches.max(1));
            let luck = self.person.luck;
            departure.day > taken
                && luck.happens(Purpose::LostWithCoach, round, index as u32, chance)
        };
        let hits = departures.iter().enumerate().filter(hit);
        hits.map(|(_, departure)| departure.day).min().unwrap_or(NEVER)
    }

    /// Days of support left to somebody who was in support on day 0, and whether they will leave
    /// early. Who is met in support is there in proportion to its length: of sixteen lengths
    /// one is taken with a chance in proportion to it, and any moment of it is as likely as any
    /// other. Who leaves early does so at a uniform fraction of what is left.
    pub fn support_left(&self) -> (Day, bool) {
        let Case { person, cohort, effect, .. } = self;
        let draw = |number| person.luck.drawn(Purpose::SupportLeft, 0, number);
        let lengths: [f64; CANDIDATES as usize] =
            std::array::from_fn(|index| cohort.support.days(draw(index as u32)));
        let mut mark = draw(CANDIDATES) * lengths.iter().sum::<f64>();
        let met = lengths.iter().find(|&&length| {
            mark -= length;
            mark < 0.0
        });
        let left = effect.support * met.unwrap_or(&lengths[0]) * draw(CANDIDATES + 1);
        let disengaged = draw(CANDIDATES + 2) < cohort.disengages;
        (whole_days(if disengaged { left * draw(CANDIDATES + 3) } else { left }), disengaged)
    }

    #[inline]
    fn work(&self, disengaged: bool, odds: f64) -> Work {
        let Case { person, cohort, effect, listed } = self;
        let happens = |purpose, chance| person.luck.happens(purpose, 0, 0, chance);
        let chance = if disengaged { cohort.in_work_if_disengaged } else { cohort.in_work };
        let in_work = happens(Purpose::InWork, with_odds(chance, effect.in_work_odds * odds));
        let employed = effect.employed_at_start.unwrap_or(cohort.employed_at_start);
        let keeps_job = weeks_at(cohort.loses_job_per_week_waited, *listed);
        // Nobody can foresee any of these, nor can a processor: each is drawn without a branch.
        let employed = happens(Purpose::Employed, employed) & happens(Purpose::LosesJob, keeps_job);
        let sustained = in_work & happens(Purpose::Sustained, cohort.sustained);
        Work { employed, in_work, sustained }
    }
}

/// What a loss at a rate per week leaves after so many days.
#[inline]
fn weeks_at(rate: f64, days: Day) -> f64 {
    if rate == 0.0 || days == 0 {
        return 1.0;
    }
    exp(-rate * (f64::from(days) / 7.0))
}
