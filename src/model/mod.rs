//! One replicate, pure: a programme's world lived through, day by day, under every delivery option.
//!
//! [`replicate::Simulator`] draws a [`world`] and its [`people`], and [`delivery`] takes them
//! through each day in the order of MODEL section 6: staff changes, slots freed, triage,
//! withdrawals, allocation, onward services. Then [`costs`] makes entries of [`spending`], and
//! under every reading of the funding rules [`claims`], [`receipts`] and [`income`] settle the money.

pub mod account;
pub mod activity;
pub mod allocation;
pub mod attribute;
pub mod books;
pub mod caseload;
mod central;
pub mod claims;
pub mod costs;
pub mod delivery;
mod draws;
#[cfg(test)]
pub(crate) mod example;
pub mod group;
pub mod income;
pub mod journal;
pub mod luck;
pub mod metric;
pub mod moving;
pub mod opening;
pub mod outcome;
pub mod pathway;
pub mod people;
pub mod pipeline;
pub mod place;
mod position;
pub mod programme;
pub mod provider;
pub mod published;
pub mod receipts;
pub mod reconciliation;
pub mod replicate;
pub mod service;
mod settlement;
pub mod spending;
pub mod staffing;
pub mod story;
pub mod tally;
#[cfg(test)]
mod tests;
pub mod triage;
mod turnover;
pub mod waiting;
pub mod work_by_day;
pub mod world;

/// Which results this engine gives. It goes up by one with every change that moves a drawn value or a
/// result, so that a run is only gone on with, or compared to the bit, by an engine that gives the same.
pub const REVISION: u32 = 3;

pub use metric::{Kind, Metric};
pub use outcome::{Outcome, Sink, Value};
pub use programme::Programme;
pub use reconciliation::Reconciliation;
pub use replicate::{ReplicateError, Simulator};
