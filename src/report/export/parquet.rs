//! A table as Apache Parquet: a row group for each batch, compressed with Snappy, which every reader
//! of the format knows.

use std::io::Write;

use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;

use super::{Rows, Unwritten};

/// A table that is being written.
pub struct Parquet<W: Write + Send> {
    writer: ArrowWriter<W>,
}

impl<W: Write + Send> Parquet<W> {
    /// Begins a file.
    pub fn new(schema: SchemaRef, into: W) -> Result<Self, Unwritten> {
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        Ok(Parquet { writer: ArrowWriter::try_new(into, schema, Some(properties))? })
    }
}

impl<W: Write + Send> Rows for Parquet<W> {
    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Unwritten> {
        self.writer.write(batch)?;
        // A row group is in memory until it ends.
        Ok(self.writer.flush()?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), Unwritten> {
        self.writer.finish()?;
        Ok(())
    }
}

impl From<ParquetError> for Unwritten {
    fn from(error: ParquetError) -> Self {
        Unwritten(error.to_string())
    }
}
