//! Many replicates: chunks over threads, gathered in columns.

pub mod columns;

pub use columns::{
    Column, ColumnData, InputColumn, MonthlyColumn, OptionColumns, PlaceColumns, Results,
};
