//! Tables, JSON and charts: one file per format. No statistic is computed here.

pub mod number;
pub mod run_facts;
pub mod table;
pub mod words;

pub use run_facts::RunFacts;
