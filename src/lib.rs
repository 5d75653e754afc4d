//! workcast forecasts work-and-health services: how many action plans each way of delivering
//! will reach, what it costs, what is claimed when, and what is never recovered.
//!
//! The rooms, in the order in which data walks through them:
//!
//! * [`quantity`]: what a number is: money, days, shares, distributions, random streams
//! * [`model`]: one replicate, pure: people, coaches, claims and cash, day by day
//! * [`ensemble`]: many replicates over threads, gathered in columns
//! * [`analysis`]: from columns to answers: summaries, paired differences, drivers
//! * [`scenario`]: what a person writes, read, checked and compiled to a [`model::Programme`]
//! * [`store`]: the ledger of runs, in redb
//! * [`report`]: tables, JSON and charts
//! * [`cli`]: one file per command

pub mod analysis;
pub mod cli;
pub mod ensemble;
pub mod model;
pub mod quantity;
pub mod report;
pub mod scenario;
pub mod store;
