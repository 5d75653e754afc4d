//! What is stored of a run, block by block: for a run that goes on from it, and for whoever makes it
//! again to compare.

use super::error::StoreError;
use super::id::RunId;
use super::ledger::Ledger;
use super::read::assembled;
use super::reader::Reader;
use super::record::{BlockRecord, RunRecord};
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

    /// The block that begins with the replicate `first` and has at most `most` of them, if there is
    /// one, all its checksums verified.
    ///
    /// # Errors
    ///
    /// Where a part of it is damaged.
    pub fn block(&self, first: u64, most: u64) -> Result<Option<Results>, StoreError> {
        let fits = |block: &BlockRecord| block.first == first && block.replicates <= most;
        self.reader.blocks.iter().position(fits).map(|number| self.numbered(number)).transpose()
    }

    /// The block of this number, all its checksums verified.
    ///
    /// # Errors
    ///
    /// Where there is none, or a part of it is damaged.
    pub fn numbered(&self, number: usize) -> Result<Results, StoreError> {
        let (Some(shape), Some(block)) = (&self.shape, self.reader.blocks.get(number)) else {
            return Err(StoreError::NothingStored { run: self.reader.record.id.clone() });
        };
        let contents: Vec<Content> = shape.contents().collect();
        let columns = self.reader.block(number, &contents)?;
        let seed = self.reader.record.head.seed;
        Ok(assembled(shape.clone(), seed, block.replicates, columns))
    }

    /// What it was read from: the run's record, its blocks and its columns' names.
    pub(super) fn taken_apart(self) -> (RunRecord, Vec<BlockRecord>, Option<Shape>) {
        (self.reader.record, self.reader.blocks, self.shape)
    }
}
