//! From columns to answers.
//!
//! Standard errors come from the run's 16 independent scrambles, in [`scramble`]; every other file
//! holds one kind of answer.

pub mod facts;
pub mod quantile;
pub mod sample;
pub mod scramble;
pub mod statistic;

pub use facts::{Facts, LocalityFacts, Reference};
pub use sample::{Estimate, Sample};
pub use statistic::Statistic;
