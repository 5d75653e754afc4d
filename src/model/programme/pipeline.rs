//! Recruitments and procurements.

use crate::quantity::{Key, Uncertain, Varying};

/// Stages that run one after another: a recruitment, a tender, an approval.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// Its name.
    pub name: String,
    /// Multiplies every time of it, one per world.
    pub pace: Uncertain,
    /// Its stages, in file order; at least one.
    pub stages: Vec<Stage>,
}

/// One stage of a pipeline.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its name.
    pub name: String,
    /// What its draws are keyed by: its name.
    pub key: Key,
    /// How long one try takes, before the pipeline's pace.
    pub takes: Varying,
    /// Chance that a try fails.
    pub fails: Uncertain,
    /// Another chance for the first so many tries of each run of the pipeline.
    pub first_tries: Option<(u32, Uncertain)>,
    /// The stage to which a failure sends the pipeline back.
    pub back_to: usize,
}
