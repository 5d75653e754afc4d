//! A table as an Apache Arrow file (Feather, version 2): a record batch for each batch, its buffers
//! compressed with LZ4.

use std::io::Write;

use arrow_array::RecordBatch;
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions};
use arrow_schema::Schema;

use super::{Rows, Unwritten};

/// A table that is being written.
pub struct Arrow<W: Write> {
    writer: FileWriter<W>,
}

impl<W: Write> Arrow<W> {
    /// Begins a file.
    pub fn new(schema: &Schema, into: W) -> Result<Self, Unwritten> {
        let options =
            IpcWriteOptions::default().try_with_compression(Some(CompressionType::LZ4_FRAME))?;
        Ok(Arrow { writer: FileWriter::try_new_with_options(into, schema, options)? })
    }
}

impl<W: Write> Rows for Arrow<W> {
    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Unwritten> {
        Ok(self.writer.write(batch)?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), Unwritten> {
        Ok(self.writer.finish()?)
    }
}
