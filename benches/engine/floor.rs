//! The variates that replicates draw, and nothing else.
//!
//! How many of each there are is counted once, by living through the replicates: referrals by source,
//! other enquiries, hires, people who were given a place. The inputs, the people and what is drawn
//! along their way are then drawn as the engine draws them. What happens to people once, whatever the
//! option, counts once: for those of the option that gives most people a place.

use std::hint::black_box;

use workcast::model::luck::{Luck, PersonLuck, Purpose, WorldLuck};
use workcast::model::people::People;
use workcast::model::programme::{Journey, Locality, Programme};
use workcast::model::staffing::Coach;
use workcast::model::world::World;
use workcast::model::{Simulator, programme};
use workcast::quantity::{Key, Sampler, Uncertain, Varying, many};

const SEED: u64 = 1;

/// The variates of a programme's first replicates.
pub struct Floor<'a> {
    programme: &'a Programme,
    replicates: Vec<Counts>,
    world: World,
    keys: Vec<Key>,
    line: Vec<f64>,
}

/// How many variates one replicate draws.
#[derive(Default)]
struct Counts {
    /// By locality, then by source.
    referrals: Vec<Vec<usize>>,
    enquiries: Vec<usize>,
    /// By locality: people given a place under each option.
    places: Vec<Vec<i64>>,
    /// Under each option, by team: coaches who came.
    hires: Vec<Vec<usize>>,
}

impl<'a> Floor<'a> {
    /// Counts what the first replicates draw.
    pub fn new(programme: &'a Programme, replicates: u64) -> Self {
        let replicates = (0..replicates).map(|replicate| count(programme, replicate)).collect();
        Floor { programme, replicates, world: World::default(), keys: Vec::new(), line: Vec::new() }
    }

    /// Draws them all.
    pub fn draw(&mut self) {
        let luck = Luck::new(SEED);
        for replicate in 0..self.replicates.len() {
            self.world.draw(self.programme, SEED, replicate as u64).expect("it is checked");
            let luck = luck.world(replicate as u64);
            for locality in 0..self.programme.localities.len() {
                self.people(replicate, locality, &luck);
            }
            self.staff(replicate, &luck);
        }
    }

    fn people(&mut self, replicate: usize, index: usize, luck: &WorldLuck) {
        let locality = &self.programme.localities[index];
        let inputs = self.world.inputs.clone();
        let decision = locality.triage.decision.at(&inputs).expect("it is checked");
        let places = self.replicates[replicate].places[index].clone();
        let mut drawn = 0;
        for (source, number) in (0..).zip(self.replicates[replicate].referrals[index].clone()) {
            self.exponentials(luck, Purpose::Arrival, key(locality, source), number);
            let source = &locality.sources[source];
            let people = luck.stream(Purpose::Person, locality.key.named(source.key));
            self.keys.resize(number, Key::NONE);
            self.line.resize(number, 0.0);
            many::keys(people, 0, &mut self.keys);
            let uncertain = |value: &Uncertain| (0.0..1.0).contains(&value.get(&inputs));
            let kinds = [
                (Purpose::Mark, source.ramp.get(&inputs) >= 0.5),
                (Purpose::Eligible, uncertain(&source.eligible)),
                (Purpose::Cohort, source.cohorts.len() > 1),
                (Purpose::Decision, decision.known().is_none()),
            ];
            for (purpose, _) in kinds.into_iter().filter(|(_, differs)| *differs) {
                many::uniforms_of(&self.keys, purpose as u64, &mut self.line);
                if purpose as u64 == Purpose::Decision as u64 {
                    for &u in &self.line {
                        black_box(decision.days(u));
                    }
                }
                black_box(&self.line);
            }
            many::exponentials_of(&self.keys, Purpose::Patience as u64, &mut self.line);
            black_box(&self.line);
            // As many of this source's people as its share of the referrals get a place.
            let all: usize = self.replicates[replicate].referrals[index].iter().sum();
            let most = places.iter().max().map_or(0, |&most| most as usize);
            let cohort = source.cohorts.first().map_or(0, |&(cohort, _)| cohort);
            let journey = &self.programme.cohorts[cohort].journey;
            let with_coach = (most * number / all.max(1)).min(number);
            drawn += with_coach;
            way(journey, &inputs, &self.keys[..with_coach]);
        }
        // Appointments are drawn under every option.
        let appointments =
            places.iter().sum::<i64>() as usize - drawn.min(places.iter().sum::<i64>() as usize);
        for number in 0..appointments {
            let luck =
                PersonLuck::new(luck.stream(Purpose::Person, locality.key).key(number as u64));
            black_box(luck.drawn(Purpose::Attendance, 0, 0));
        }
        let enquiries = self.replicates[replicate].enquiries[index];
        self.exponentials(luck, Purpose::Enquiry, locality.key, enquiries);
    }

    /// So many gaps, 64 at a time as the engine draws them.
    fn exponentials(&mut self, luck: &WorldLuck, purpose: Purpose, key: Key, number: usize) {
        self.line.resize(64, 0.0);
        for first in (0..=number).step_by(64) {
            many::exponentials(luck.stream(purpose, key), first as u64, &mut self.line);
            black_box(&self.line);
        }
    }

    fn staff(&mut self, replicate: usize, luck: &WorldLuck) {
        for (option, hires) in self.programme.options.iter().zip(&self.replicates[replicate].hires)
        {
            for (team, &hires) in option.teams.iter().zip(hires) {
                let stages = |pipeline: Option<usize>| {
                    pipeline.map_or(&[][..], |pipeline| &self.programme.pipelines[pipeline].stages)
                };
                let runs = (0..hires).map(|_| stages(team.recruitment)).chain([stages(team.route)]);
                for (number, stages) in (0..).zip(runs) {
                    let run = team.key.with(number);
                    for stage in stages {
                        let u = luck.spread(Purpose::StageTime, run.named(stage.key));
                        black_box(sampler(&stage.takes, &self.world.inputs).days(u));
                        black_box(luck.spread(Purpose::StageFails, run.named(stage.key)));
                    }
                    black_box(luck.spread(Purpose::Leaving, run));
                }
            }
        }
    }
}

/// What is drawn along the way of people with a coach.
fn way(journey: &Journey, inputs: &[f64], people: &[Key]) {
    let [to_first, to_plan, support] =
        [&journey.to_first_appointment, &journey.to_plan, &journey.support]
            .map(|time| sampler(time, inputs));
    for &key in people {
        let luck = PersonLuck::new(key);
        let may = |purpose, chance: &Uncertain| luck.happens(purpose, 0, 0, chance.get(inputs));
        black_box(to_first.draw(|| luck.draw(Purpose::Appointment)));
        if may(Purpose::Attendance, &journey.attends) {
            black_box(to_plan.draw(|| luck.draw(Purpose::ToPlan)));
            if may(Purpose::PlanAgreed, &journey.plan_agreed) {
                black_box(support.draw(|| luck.draw(Purpose::Support)));
                if may(Purpose::Disengages, &journey.disengages) {
                    black_box(luck.draw(Purpose::Fraction));
                }
                black_box(may(Purpose::Employed, &journey.employed_at_start));
                if may(Purpose::InWork, &journey.in_work) {
                    black_box(may(Purpose::Sustained, &journey.sustained));
                }
            }
        }
    }
}

fn sampler(time: &Varying, inputs: &[f64]) -> Sampler {
    time.at(inputs).expect("it is checked")
}

fn key(locality: &Locality, source: usize) -> Key {
    locality.key.named(locality.sources[source].key)
}

/// Lives through one replicate and counts.
fn count(programme: &Programme, replicate: u64) -> Counts {
    let mut counts = Counts::default();
    let mut world = World::default();
    world.draw(programme, SEED, replicate).expect("it is checked");
    let luck = Luck::new(SEED).world(replicate);
    for (index, locality) in programme.localities.iter().enumerate() {
        let mut people = People::default();
        people
            .draw(programme, index, &world, &luck, locality.triage.starts)
            .expect("it is checked");
        let mut by_source = vec![0; locality.sources.len()];
        for person in people.everyone.iter().filter(|person| !person.is_there_already()) {
            by_source[usize::from(person.source)] += 1;
        }
        counts.referrals.push(by_source);
        counts.enquiries.push(people.enquiries.len());
    }
    counts.places = vec![Vec::new(); programme.localities.len()];
    let report = |option: usize, place: usize, outcome: &workcast::model::Outcome<'_>| {
        if let Some(places) = counts.places.get_mut(place) {
            places.push(outcome.tally.allocated());
        }
        if place == 0 {
            let hired = |team: &workcast::model::staffing::Staffing| {
                team.occupancies.iter().filter(|coach| coach.coach == Coach::Hired).count()
            };
            let teams: &[programme::Team] = &programme.options[option].teams;
            let staffing = outcome.delivery.staffing.iter().take(teams.len());
            counts.hires.push(staffing.map(hired).collect());
        }
    };
    Simulator::new(programme, SEED).replicate(replicate, report).expect("it is checked");
    counts
}
