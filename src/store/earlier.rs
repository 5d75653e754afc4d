//! What is stored of a run, block by block: for a run that goes on from it, and for whoever makes it
//! again to compare.

use super::error::StoreError;
use super::id::RunId;
use super::ledger::Ledger;
use super::read::assembled;
use super::reader::Reader;
use super::record::BlockRecord;
use super::shape::{Content, Shape};
use crate::ensemble::Results;

/// The stored blocks of a run.
pub struct Earlier<'a> {
    reader: Reader<'a>,
    /// `None` where no block is stored.
    shape: Option<Shape>,
}

impl Ledger {
    /// The blocks that are stored of a run.
    ///
    /// # Errors
    ///
    /// Where there is no such run, or what it holds cannot be read.
    pub fn earlier(&self, id: &RunId) -> Result<Earlier<'_>, StoreError> {
        let reader = Reader::new(self, id)?;
        let shape = match reader.record.blocks {
            0 => None,
            _ => Some(reader.shape()?),
        };
        Ok(Earlier { reader, shape })
    }
}

impl Earlier<'_> {
    /// The first replicate of each block, and how many it has.
    pub fn blocks(&self) -> impl Iterator<Item = (u64, u64)> {
        self.reader.blocks.iter().map(|block| (block.first, block.replicates))
    }

    /// The block that begins with the replicate `first` and has at most `most` of them, all its
    /// checksums verified.
    ///
    /// # Errors
    ///
    /// Where a part of it is damaged.
    pub fn block(&self, first: u64, most: u64) -> Result<Option<Results>, StoreError> {
        let fits = |block: &BlockRecord| block.first == first && block.replicates <= most;
        let (Some(number), Some(shape)) = (self.reader.blocks.iter().position(fits), &self.shape)
        else {
            return Ok(None);
        };
        let contents: Vec<Content> = shape.contents().collect();
        let columns = self.reader.block(number, &contents)?;
        let seed = self.reader.record.head.seed;
        let replicates = self.reader.blocks[number].replicates;
        Ok(Some(assembled(shape.clone(), seed, replicates, columns)))
    }

    pub(super) fn taken_apart(self) -> (super::record::RunRecord, Vec<BlockRecord>, Option<Shape>) {
        (self.reader.record, self.reader.blocks, self.shape)
    }
}
