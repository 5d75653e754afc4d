//! One person and what becomes of them (MODEL, section 6).

use workcast::model::luck::Purpose;
use workcast::model::people::{ENDLESS, Person};
use workcast::model::programme::{Cohort, Journey};
use workcast::quantity::Day;
use workcast::quantity::time::whole_days;

use crate::scene::Scene;

/// Where somebody is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// Not referred under this option, or not yet.
    Elsewhere,
    /// At the access point, or awaiting its decision.
    AtTriage,
    /// On the coaches' list.
    Waiting,
    /// With a coach, before a plan.
    BeforePlan(Visit),
    /// In support, with a coach or, where nobody serves them, without.
    InSupport(Option<Visit>),
    /// Gone.
    Gone(End),
}

/// How somebody left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Signposted,
    Withdrew,
    DidNotAttend,
    NoPlan,
    Disrupted,
    Completed,
    Disengaged,
}

/// What a coach and a person will come to, if nothing cuts it short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visit {
    pub team: usize,
    /// The day on which the slot was taken.
    pub taken: Day,
    /// The day of the attended appointment.
    pub seen: Option<Day>,
    /// The day of the plan, or on which they are lost before one.
    pub before_plan_ends: Day,
    /// How support goes; without one, they are lost.
    pub support: Option<Support>,
    /// The day on which they are lost with a coach who leaves.
    pub lost: Option<Day>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Support {
    pub leaves: Day,
    pub disengaged: bool,
    /// Whether a job's start ends it.
    pub with_job: bool,
}

/// What became of somebody's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    pub employed: bool,
    pub in_work: bool,
    pub sustained: bool,
}

/// Help in work, from one day to before another.
#[derive(Clone, Copy, Debug)]
pub struct Help {
    pub team: usize,
    pub from: Day,
    pub until: Day,
}

/// A person under one option.
pub struct Somebody<'a> {
    pub person: &'a Person,
    pub locality: usize,
    /// Their place among the locality's people.
    pub index: usize,
    pub state: State,
    /// The day on which triage was done: their place in the list.
    pub ready: Day,
    /// The day from which their wait counts.
    pub since: Day,
    /// Days on the list before `since`, and after it once they were allocated.
    pub listed: Day,
    /// How often they had a slot.
    pub rounds: u32,
    /// The team whose slot they hold.
    pub slot: Option<usize>,
    pub referred: bool,
    /// Days that they waited for their first slot.
    pub first_wait: Option<Day>,
    pub first_seen: Option<Day>,
    pub plan: Option<Day>,
    /// The day on which support ended and what of work.
    pub left: Option<(Day, Work)>,
    pub help: Option<Help>,
    /// The day on which their support was cut short.
    pub disrupted: Option<Day>,
}

/// What a person's attributes change for them.
struct Effect {
    support: f64,
    attends: f64,
    odds: f64,
    employed_at_start: Option<f64>,
}

/// A chance whose odds are multiplied.
fn with_odds(chance: f64, times: f64) -> f64 {
    if times == 1.0 || chance <= 0.0 || chance >= 1.0 {
        return chance;
    }
    chance * times / (1.0 - chance + chance * times)
}

impl<'a> Somebody<'a> {
    pub fn new(person: &'a Person, locality: usize, index: usize) -> Self {
        Somebody {
            person,
            locality,
            index,
            state: State::Elsewhere,
            ready: 0,
            since: 0,
            listed: 0,
            rounds: 0,
            slot: None,
            referred: false,
            first_wait: None,
            first_seen: None,
            plan: None,
            left: None,
            help: None,
            disrupted: None,
        }
    }

    fn cohort<'s>(&self, scene: &Scene<'s>) -> &'s Cohort {
        &scene.programme.cohorts[usize::from(self.person.cohort)]
    }

    pub fn journey<'s>(&self, scene: &Scene<'s>) -> &'s Journey {
        &self.cohort(scene).journey
    }

    /// A draw that is made once.
    fn draw(&self, purpose: Purpose) -> f64 {
        self.person.luck.draw(purpose)
    }

    /// A draw of this time with a coach.
    fn drawn(&self, purpose: Purpose, number: u32) -> f64 {
        self.person.luck.drawn(purpose, self.rounds, number)
    }

    /// A draw at an onward service.
    pub fn at_service(&self, scene: &Scene<'_>, purpose: Purpose, service: usize) -> f64 {
        self.person.luck.at(purpose, scene.programme.services[service].key)
    }

    /// Whether they have all their services at the same time.
    pub fn all_at_once(&self, scene: &Scene<'_>) -> bool {
        let share = self.journey(scene).services_at_once.get(scene.inputs);
        self.draw(Purpose::AtOnce) < share
    }

    fn effect(&self, scene: &Scene<'_>) -> Effect {
        let mut effect = Effect { support: 1.0, attends: 1.0, odds: 1.0, employed_at_start: None };
        for (index, attribute) in scene.programme.attributes.iter().enumerate() {
            let value = &attribute.values[self.person.traits.of(index)];
            effect.support *= value.support_times.get(scene.inputs);
            effect.attends *= value.attends_times.get(scene.inputs);
            effect.odds *= value.in_work_odds_times.get(scene.inputs);
            if let Some(share) = value.employed_at_start {
                effect.employed_at_start = Some(share.get(scene.inputs));
            }
        }
        effect
    }

    /// Whether they withdraw on a day, if they wait.
    pub fn has_no_patience(&self, day: Day) -> bool {
        let after = self.person.withdraws_after;
        after != ENDLESS && day - self.since >= after
    }

    /// They take a slot of a team on a day.
    pub fn visit(&self, scene: &Scene<'_>, team: usize, day: Day, lost: Option<Day>) -> Visit {
        let journey = self.journey(scene);
        let effect = self.effect(scene);
        let source = scene.opens(self.locality).sources.get(usize::from(self.person.source));
        let own = source.and_then(|source| source.attends).unwrap_or(journey.attends);
        let weeks = f64::from(day - self.since) / 7.0;
        let falls = journey.fewer_attend_per_week_waited.get(scene.inputs);
        let chance = own.get(scene.inputs) * effect.attends * libm::exp(-falls * weeks);
        let mut visit =
            Visit { team, taken: day, seen: None, before_plan_ends: day, support: None, lost };
        for attempt in 0..=journey.rebook {
            let gap = self.drawn(Purpose::Appointment, attempt);
            visit.before_plan_ends += whole_days(scene.time(&journey.to_first_appointment, gap));
            if self.drawn(Purpose::Attendance, attempt) < chance {
                visit.seen = Some(visit.before_plan_ends);
                break;
            }
        }
        if visit.seen.is_none() {
            return visit;
        }
        let to_plan = self.drawn(Purpose::ToPlan, 0);
        visit.before_plan_ends += whole_days(scene.time(&journey.to_plan, to_plan));
        let agreed = journey.plan_agreed.get(scene.inputs);
        if self.drawn(Purpose::PlanAgreed, 0) < agreed {
            let length = self.drawn(Purpose::Support, 0);
            let length = scene.time(&journey.support, length) * effect.support;
            let share = journey.disengages.get(scene.inputs);
            let disengaged = self.drawn(Purpose::Disengages, 0) < share;
            let part = if disengaged { self.drawn(Purpose::Fraction, 0) } else { 1.0 };
            let plan = visit.before_plan_ends;
            visit.support = Some(self.support(scene, plan, length * part, disengaged));
        }
        visit
    }

    /// Support of so many days from a plan. A job's start ends it, if it comes before and needs no
    /// onward service.
    fn support(&self, scene: &Scene<'_>, plan: Day, days: f64, disengaged: bool) -> Support {
        let leaves = plan.saturating_add(whole_days(days));
        let in_full = Support { leaves, disengaged, with_job: false };
        let Some(to_job) = &self.journey(scene).to_job else { return in_full };
        let work = self.work(scene, disengaged, 1.0);
        let days = scene.time(to_job, self.draw(Purpose::ToJob));
        let job = plan.saturating_add(whole_days(days));
        if disengaged || !work.in_work || work.employed || job >= leaves {
            return in_full;
        }
        Support { leaves: job, with_job: true, ..in_full }
    }

    /// The support that is left to somebody who is in it on day 0.
    pub fn support_left(&self, scene: &Scene<'_>) -> Support {
        let journey = self.journey(scene);
        let draw = |number| self.person.luck.drawn(Purpose::SupportLeft, 0, number);
        let lengths: Vec<f64> =
            (0..16).map(|index| scene.time(&journey.support, draw(index))).collect();
        let mark = draw(16) * lengths.iter().sum::<f64>();
        let mut passed = mark;
        let mut met = lengths[0];
        for &length in &lengths {
            passed -= length;
            if passed < 0.0 {
                met = length;
                break;
            }
        }
        let mut left = self.effect(scene).support * met * draw(17);
        let disengaged = draw(18) < journey.disengages.get(scene.inputs);
        if disengaged {
            left *= draw(19);
        }
        self.support(scene, 0, left, disengaged)
    }

    /// What becomes of their work when support ends; `odds` is what onward services do.
    pub fn work(&self, scene: &Scene<'_>, disengaged: bool, odds: f64) -> Work {
        let journey = self.journey(scene);
        let effect = self.effect(scene);
        let chance = match disengaged {
            true => journey.in_work_if_disengaged.get(scene.inputs),
            false => journey.in_work.get(scene.inputs),
        };
        let in_work = self.draw(Purpose::InWork) < with_odds(chance, effect.odds * odds);
        let cohorts = journey.employed_at_start.get(scene.inputs);
        let employed = effect.employed_at_start.unwrap_or(cohorts);
        let weeks = f64::from(self.listed) / 7.0;
        let loses = journey.loses_job_per_week_waited.get(scene.inputs);
        let sustained = journey.sustained.get(scene.inputs);
        Work {
            employed: self.draw(Purpose::Employed) < employed
                && self.draw(Purpose::LosesJob) < libm::exp(-loses * weeks),
            in_work,
            sustained: in_work && self.draw(Purpose::Sustained) < sustained,
        }
    }

    /// The day on which help in work ends, if they have any.
    pub fn helped_until(&self, scene: &Scene<'_>, support: Support, work: Work) -> Option<Day> {
        let help = self.journey(scene).in_work_support.as_ref()?;
        if support.disengaged || !work.in_work || work.employed {
            return None;
        }
        let days = scene.time(help, self.draw(Purpose::InWorkSupport));
        Some(support.leaves.saturating_add(whole_days(days)))
    }

    /// The day on which they are lost with a coach who leaves, if they took their slot on `taken`.
    /// `coaches` of each departure are those in post on the day before it.
    pub fn lost(&self, taken: Day, share: f64, departures: &[(Day, i64)]) -> Option<Day> {
        if share <= 0.0 {
            return None;
        }
        let is_lost = |(index, &(day, coaches)): (usize, &(Day, i64))| {
            let draw = self.drawn(Purpose::LostWithCoach, index as u32);
            (day > taken && draw < share / coaches.max(1) as f64).then_some(day)
        };
        departures.iter().enumerate().filter_map(is_lost).min()
    }

    pub fn is_waiting(&self) -> bool {
        self.state == State::Waiting
    }
}
