//! Many replicates: fixed chunks over threads, gathered in columns.

pub mod columns;
pub mod difference;
pub mod gathered;
pub mod layout;
pub mod outline;
pub mod run;
#[cfg(test)]
mod tests;

pub use columns::{
    Column, ColumnData, InputColumn, MonthlyColumn, OptionColumns, PlaceColumns, Results,
};
pub use difference::{Difference, first_difference};
pub use outline::{Columns, Outline, Place};
pub use run::{Earlier, Ended, Finished, RunError, Settings, Watch, go_on, part, run, run_alone};
