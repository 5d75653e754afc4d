//! One world: one draw of everything that is uncertain about the programme as a whole.

use super::attribute::Effects;
use super::programme::{Journey, Pipeline, Programme};
use super::service::ServiceWorld;
use crate::quantity::family::normal;
use crate::quantity::time::whole_days;
use crate::quantity::{Day, FamilyError, FixedShare, Key, Sampler, Varying, points};

/// What is uncertain, drawn; shared by every delivery option of a replicate.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// The value of each of the programme's inputs.
    pub inputs: Vec<f64>,
    /// Each cohort's way through in this world.
    pub cohorts: Vec<CohortWorld>,
    /// What each value of each attribute changes in this world.
    pub effects: Effects,
    /// Each onward service in this world.
    pub services: Vec<ServiceWorld>,
    /// Each pipeline in this world.
    pub pipelines: Vec<PipelineWorld>,
    /// Each locality's time from triage to decision.
    pub decisions: Vec<Sampler>,
}

/// A cohort's way through in one world: chances as numbers, times ready to be drawn.
#[derive(Clone, Debug)]
pub struct CohortWorld {
    pub(crate) patience: Option<Sampler>,
    pub(crate) to_first_appointment: Sampler,
    pub(crate) to_plan: Sampler,
    pub(crate) support: Sampler,
    pub(crate) to_job: Option<Sampler>,
    pub(crate) in_work_support: Option<Sampler>,
    pub(crate) in_work_support_holds: FixedShare,
    pub(crate) attends: f64,
    pub(crate) plan_agreed: f64,
    pub(crate) fewer_attend_per_week_waited: f64,
    pub(crate) rebook: u32,
    pub(crate) disengages: f64,
    pub(crate) employed_at_start: f64,
    pub(crate) loses_job_per_week_waited: f64,
    pub(crate) in_work: f64,
    pub(crate) in_work_if_disengaged: f64,
    pub(crate) sustained: f64,
    pub(crate) sustained_for: Day,
    pub(crate) needs: Vec<f64>,
    pub(crate) services_at_once: f64,
}

/// A pipeline in one world.
#[derive(Clone, Debug)]
pub struct PipelineWorld {
    pub(crate) pace: f64,
    pub(crate) stages: Vec<StageWorld>,
}

/// A stage in one world.
#[derive(Clone, Debug)]
pub struct StageWorld {
    pub(crate) key: Key,
    pub(crate) takes: Sampler,
    pub(crate) fails: f64,
    pub(crate) first_tries: Option<(u32, f64)>,
    pub(crate) back_to: usize,
}

impl World {
    /// Draws the world of a replicate, into buffers that are kept from one replicate to the next.
    ///
    /// # Errors
    ///
    /// Where a varying time's drawn parameters make no distribution. A checked scenario has none.
    pub fn draw(
        &mut self,
        programme: &Programme,
        seed: u64,
        replicate: u64,
    ) -> Result<(), FamilyError> {
        self.draw_inputs(programme, Key::seed(seed).named(Key::name("uncertain")), replicate)?;
        let inputs = &self.inputs;
        self.cohorts.clear();
        for cohort in &programme.cohorts {
            self.cohorts.push(CohortWorld::new(&cohort.journey, inputs)?);
        }
        self.effects.draw(programme, inputs);
        self.services.clear();
        for service in &programme.services {
            self.services.push(ServiceWorld::new(service, inputs)?);
        }
        self.pipelines.clear();
        for pipeline in &programme.pipelines {
            self.pipelines.push(PipelineWorld::new(pipeline, inputs)?);
        }
        self.decisions.clear();
        for locality in &programme.localities {
            self.decisions.push(locality.triage.decision.at(inputs)?);
        }
        Ok(())
    }

    /// Draws every input through its quantile function, correlated ones by a one-factor Gaussian
    /// copula: normal scores sqrt(r) x factor + sqrt(1 - r) x own (MODEL, section 2).
    fn draw_inputs(
        &mut self,
        programme: &Programme,
        seed: Key,
        replicate: u64,
    ) -> Result<(), FamilyError> {
        self.inputs.clear();
        for input in &programme.inputs {
            let own = coordinate(seed, replicate, input.key, input.dimension);
            let u = match input.group.and_then(|group| programme.groups.get(group)) {
                None => own,
                Some(group) => {
                    let factor = coordinate(seed, replicate, group.key, group.dimension);
                    let r = group.correlation;
                    let score = libm::sqrt(r) * normal::quantile(factor)
                        + libm::sqrt(1.0 - r) * normal::quantile(own);
                    normal::cdf(score)
                }
            };
            let drawn = input.family.prepare()?.at(u);
            self.inputs.push(input.value(drawn));
        }
        Ok(())
    }
}

/// A replicate's coordinate for an input: in the joint set if its role has a dimension there, else
/// in a set of its own.
fn coordinate(seed: Key, replicate: u64, key: Key, dimension: Option<u32>) -> f64 {
    match dimension {
        Some(dimension) => points::joint(seed, replicate, dimension),
        None => points::single(seed, replicate, key),
    }
}

impl CohortWorld {
    fn new(journey: &Journey, inputs: &[f64]) -> Result<Self, FamilyError> {
        let maybe = |time: &Option<Varying>| time.as_ref().map(|time| time.at(inputs)).transpose();
        Ok(CohortWorld {
            patience: maybe(&journey.patience)?,
            to_first_appointment: journey.to_first_appointment.at(inputs)?,
            to_plan: journey.to_plan.at(inputs)?,
            support: journey.support.at(inputs)?,
            to_job: maybe(&journey.to_job)?,
            in_work_support: maybe(&journey.in_work_support)?,
            in_work_support_holds: journey.in_work_support_holds,
            attends: journey.attends.get(inputs),
            plan_agreed: journey.plan_agreed.get(inputs),
            fewer_attend_per_week_waited: journey.fewer_attend_per_week_waited.get(inputs),
            rebook: journey.rebook,
            disengages: journey.disengages.get(inputs),
            employed_at_start: journey.employed_at_start.get(inputs),
            loses_job_per_week_waited: journey.loses_job_per_week_waited.get(inputs),
            in_work: journey.in_work.get(inputs),
            in_work_if_disengaged: journey.in_work_if_disengaged.get(inputs),
            sustained: journey.sustained.get(inputs),
            sustained_for: whole_days(journey.sustained_for),
            needs: journey.needs.iter().map(|need| need.get(inputs)).collect(),
            services_at_once: journey.services_at_once.get(inputs),
        })
    }
}

impl PipelineWorld {
    fn new(pipeline: &Pipeline, inputs: &[f64]) -> Result<Self, FamilyError> {
        let mut stages = Vec::with_capacity(pipeline.stages.len());
        for stage in &pipeline.stages {
            stages.push(StageWorld {
                key: stage.key,
                takes: stage.takes.at(inputs)?,
                fails: stage.fails.get(inputs),
                first_tries: stage.first_tries.map(|(tries, chance)| (tries, chance.get(inputs))),
                back_to: stage.back_to,
            });
        }
        Ok(PipelineWorld { pace: pipeline.pace.get(inputs), stages })
    }
}
