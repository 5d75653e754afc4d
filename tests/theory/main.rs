//! The engine against closed forms: queues, counts, pipelines and correlations whose answer is known.
//!
//! Seeds are fixed, so a test gives the same figure each time. Every test allows four standard errors,
//! which a right engine exceeds once in 16,000 seeds, or states the significance of its own test, and is
//! tried on an expectation that is a little off, so that it is known to be able to fail.

#![expect(
    clippy::disallowed_methods,
    reason = "a reference need not give the same bits on every platform"
)]

mod copula;
mod counts;
#[path = "../common/evidence.rs"]
mod evidence;
mod lives;
mod pipelines;
mod queues;
mod statistics;
