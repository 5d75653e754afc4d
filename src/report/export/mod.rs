//! A run's replicates as tidy tables, for whoever goes on with them in another program: a row for
//! each option, place and replicate, a column for each metric.
//!
//! * [`tables()`]: which tables a run gives, and what each of their columns means
//! * [`write()`]: one of them in a [`Format`], a [batch](rows) at a time
//! * [`summary`]: what the replicates say, as tables
//! * [`dictionary`]: every column of every table in words
//!
//! A value that does not exist is null (an empty cell in CSV). Exact money is whole pence, in a
//! column that ends in `_pence`.

mod arrow;
mod csv;
pub mod dictionary;
mod parquet;
pub mod rows;
pub mod summary;
pub mod tables;

use std::io::Write;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use thiserror::Error;

use crate::ensemble::Columns;

pub use tables::{Table, tables};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Comma-separated values (RFC 4180), for spreadsheets and everything else.
    Csv,
    /// Apache Parquet, for R, Python and databases: small and typed.
    Parquet,
    /// An Apache Arrow (Feather) file, for R and Python: fast and typed.
    Arrow,
}

/// Why a table could not be written.
#[derive(Debug, Error)]
pub enum ExportError<E> {
    /// A column of the run cannot be read.
    #[error("{0}")]
    Column(E),
    /// What was read cannot be written.
    #[error("{0}")]
    Written(#[from] Unwritten),
}

/// Why rows could not be written, in the words of whoever was to write them.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct Unwritten(String);

/// A table that takes its rows batch by batch.
trait Rows {
    /// Writes a batch and lets go of it.
    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Unwritten>;

    /// Writes what stands at the end.
    fn finish(self: Box<Self>) -> Result<(), Unwritten>;
}

impl Format {
    /// What the names of its files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Parquet => "parquet",
            Format::Arrow => "arrow",
        }
    }

    fn rows<'w>(
        self,
        schema: SchemaRef,
        into: impl Write + Send + 'w,
    ) -> Result<Box<dyn Rows + 'w>, Unwritten> {
        Ok(match self {
            Format::Csv => Box::new(csv::Csv::new(&schema, into)?),
            Format::Parquet => Box::new(parquet::Parquet::new(schema, into)?),
            Format::Arrow => Box::new(arrow::Arrow::new(&schema, into)?),
        })
    }
}

/// Writes a table of a run and answers with the number of its rows.
///
/// `parts` are the run's replicates in order, a group of them in each, all with the same columns. What
/// is in memory at a time is the columns of one place in one part.
///
/// # Errors
///
/// Where a column cannot be read, or what it says cannot be written.
pub fn write<C: Columns>(
    table: &Table,
    parts: &[C],
    format: Format,
    into: impl Write + Send,
) -> Result<u64, ExportError<C::Error>> {
    let mut rows = format.rows(table.schema(), into)?;
    let mut count = 0;
    rows::each_batch(table, parts, |batch| {
        count += batch.num_rows() as u64;
        rows.batch(&batch)
    })?;
    rows.finish()?;
    Ok(count)
}

impl From<ArrowError> for Unwritten {
    fn from(error: ArrowError) -> Self {
        match error {
            ArrowError::IoError(_, cause) => cause.into(),
            other => Unwritten(other.to_string()),
        }
    }
}

impl From<std::io::Error> for Unwritten {
    fn from(error: std::io::Error) -> Self {
        Unwritten(error.to_string())
    }
}
