//! Tables, JSON and charts: one file per format. No statistic is computed here.

pub mod answers;
pub mod differences;
pub mod headline;
pub mod json;
pub mod number;
pub mod run_facts;
pub mod table;
pub mod words;

pub use run_facts::RunFacts;
