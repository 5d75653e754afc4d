//! Many replicates: fixed chunks over threads, gathered in columns.

pub mod columns;
pub mod gathered;
pub mod layout;
pub mod outline;
pub mod run;
#[cfg(test)]
mod tests;

pub use columns::{
    Column, ColumnData, InputColumn, MonthlyColumn, OptionColumns, PlaceColumns, Results,
};
pub use outline::{Columns, Outline, Place};
pub use run::{Ended, Finished, RunError, Settings, Watch, run};
