//! A table as Apache Parquet: a row group for each batch, compressed with Snappy, which every reader
//! of the format knows. Its table of contents stands at the end and is in memory until then: less than
//! a kilobyte for each column of a row group.

use std::io::Write;

use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
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
        // An index of pages stays in memory until the end, and a row group is hardly more than a page.
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .build();
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
