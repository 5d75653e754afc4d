//! Tables, JSON and charts: one file per format. No statistic is computed here.

pub mod answers;
pub mod assurance;
pub mod chart;
pub mod definitions;
pub mod differences;
pub mod document;
pub mod docx;
pub mod drivers;
pub mod export;
pub mod figure;
pub mod grid;
pub mod headline;
pub mod json;
pub mod ledger;
pub mod localities;
pub mod markdown;
pub mod number;
pub mod paper;
pub mod payers;
pub mod published;
pub mod reach;
pub mod readings;
pub mod run_facts;
pub mod story;
pub mod subject;
pub mod table;
pub mod variation;
pub mod words;

pub use run_facts::RunFacts;
pub use subject::Subject;
