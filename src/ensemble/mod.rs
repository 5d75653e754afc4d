//! Many replicates: fixed chunks over threads, gathered in columns.

pub mod columns;
pub mod layout;
pub mod run;
#[cfg(test)]
mod tests;

pub use columns::{
    Column, ColumnData, InputColumn, MonthlyColumn, OptionColumns, PlaceColumns, Results,
};
pub use run::{Ended, RunError, Settings, Watch, run};
