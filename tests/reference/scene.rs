//! What one option of one replicate is lived through with: the programme, the drawn world, its luck
//! and its people.

use workcast::model::luck::{Purpose, WorldLuck};
use workcast::model::people::People;
use workcast::model::programme::{DeliveryOption, Locality, Programme};
use workcast::quantity::time::whole_days;
use workcast::quantity::{Day, Key, Varying};

#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub programme: &'a Programme,
    pub option: &'a DeliveryOption,
    /// The value of each uncertain input in this world.
    pub inputs: &'a [f64],
    pub luck: &'a WorldLuck,
    /// Everyone who would be referred to each locality at full flow.
    pub people: &'a [People],
}

impl Scene<'_> {
    /// The programme's last day.
    pub fn last(&self) -> Day {
        self.programme.calendar.last()
    }

    /// A varying time at a uniform draw, in days.
    pub fn time(&self, time: &Varying, u: f64) -> f64 {
        time.at(self.inputs).expect("a checked scenario has valid times").days(u)
    }

    pub fn opens(&self, locality: usize) -> &Locality {
        &self.programme.localities[locality]
    }
}

/// The days, counted from its beginning, on which one run of a pipeline is done with each stage: for
/// the last time, where it was sent back.
pub fn stages_done(scene: &Scene<'_>, pipeline: usize, run: Key) -> Vec<Day> {
    let pipeline = &scene.programme.pipelines[pipeline];
    let pace = pipeline.pace.get(scene.inputs);
    let count = pipeline.stages.len();
    let (mut done, mut tries) = (vec![0; count], vec![0_u64; count]);
    let (mut day, mut failures, mut at): (Day, u32, usize) = (0, 0, 0);
    while at < count {
        let stage = &pipeline.stages[at];
        let attempt = tries[at];
        tries[at] += 1;
        let draw = |purpose| match attempt {
            0 => scene.luck.spread(purpose, run.named(stage.key)),
            _ => scene.luck.stream(purpose, run.named(stage.key)).uniform(attempt),
        };
        let takes = scene.time(&stage.takes, draw(Purpose::StageTime)) * pace;
        day = day.saturating_add(whole_days(takes));
        let chance = match stage.first_tries {
            Some((first, chance)) if attempt < u64::from(first) => chance.get(scene.inputs),
            _ => stage.fails.get(scene.inputs),
        };
        if failures < 50 && draw(Purpose::StageFails) < chance {
            failures += 1;
            at = stage.back_to;
        } else {
            done[at] = day;
            at += 1;
        }
    }
    done
}

/// How many days one run of a pipeline takes.
pub fn takes(scene: &Scene<'_>, pipeline: usize, run: Key) -> Day {
    stages_done(scene, pipeline, run).last().copied().unwrap_or(0)
}
