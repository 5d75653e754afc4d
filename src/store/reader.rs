//! How a run's columns are read, every checksum verified.

use std::ops::Range;

use rayon::prelude::*;
use redb::ReadOnlyTable;
use serde::de::DeserializeOwned;

use super::column::{self, Values};
use super::envelope::{self, Checksum};
use super::error::{Damage, StoreError};
use super::id::RunId;
use super::key;
use super::ledger::{Ledger, in_words};
use super::record::{BlockRecord, RunRecord};
use super::shape::{ColumnShape, Content, PlaceShape, Shape};
use super::write::chained;
use crate::ensemble::ColumnData;

/// Reads the columns of a run.
pub struct Reader<'a> {
    ledger: &'a Ledger,
    table: ReadOnlyTable<&'static str, &'static [u8]>,
    /// What the ledger says about the run.
    pub record: RunRecord,
    /// What it says about its blocks.
    pub blocks: Vec<BlockRecord>,
}

/// A column as it was read.
pub struct Read {
    /// Its values.
    pub data: ColumnData,
    /// Checksum of what is stored for each block.
    checksums: Vec<Checksum>,
}

impl<'a> Reader<'a> {
    /// Gets ready to read a run: its record and its blocks.
    pub fn new(ledger: &'a Ledger, id: &RunId) -> Result<Self, StoreError> {
        let record = ledger.record(id)?;
        let table = ledger.table()?;
        let mut reader = Reader { ledger, table, record, blocks: Vec::new() };
        let mut first = 0;
        for number in 0..reader.record.blocks {
            let part = format!("block {number}");
            let block: BlockRecord = reader.document(&key::block(id, number), &part)?;
            if block.first != first {
                return Err(reader.damaged(&part, Damage::Strange));
            }
            first = block.replicates.saturating_add(first);
            reader.blocks.push(block);
        }
        let blocks = reader.blocks.iter();
        let checksum = blocks.fold(String::new(), |sum, block| chained(&sum, &block.checksum));
        if first != reader.record.replicates || checksum != reader.record.checksum {
            return Err(reader.damaged("its blocks", Damage::Strange));
        }
        Ok(reader)
    }

    fn damaged(&self, part: &str, cause: impl Into<Damage>) -> StoreError {
        self.ledger.damaged(&self.record.id, part, cause)
    }

    fn document<T: DeserializeOwned>(&self, key: &str, part: &str) -> Result<T, StoreError> {
        self.ledger.said(&self.record.id, key, part)
    }

    /// The names of the run's columns.
    pub fn shape(&self) -> Result<Shape, StoreError> {
        if self.blocks.is_empty() {
            return Err(StoreError::NothingStored { run: self.record.id.clone() });
        }
        self.document(&key::shape(&self.record.id), "the names of its columns")
    }

    /// The columns from number `first` on that hold `contents`.
    pub fn columns(&self, first: usize, contents: &[Content]) -> Result<Vec<Read>, StoreError> {
        let numbered = contents.par_iter().enumerate();
        numbered.map(|(index, content)| self.column(first + index, *content)).collect()
    }

    /// All of the column of this number.
    pub fn column(&self, number: usize, content: Content) -> Result<Read, StoreError> {
        self.column_in(0..self.blocks.len(), number, content)
    }

    /// How many replicates these blocks hold.
    pub fn replicates(&self, blocks: Range<usize>) -> u64 {
        let each = self.blocks[blocks].iter().map(|block| block.replicates);
        each.fold(0, u64::saturating_add)
    }

    /// The column of this number in these blocks, block after block.
    pub fn column_in(
        &self,
        blocks: Range<usize>,
        number: usize,
        content: Content,
    ) -> Result<Read, StoreError> {
        let replicates = self.replicates(blocks.clone());
        let count = replicates.saturating_mul(u64::from(content.each));
        let room = count.min(column::MOST as u64) as usize;
        let mut data = if content.whole {
            ColumnData::Whole(Vec::with_capacity(room))
        } else {
            ColumnData::Real(Vec::with_capacity(room))
        };
        let mut checksums = Vec::with_capacity(blocks.len());
        for block in blocks {
            let (values, checksum) = self.checked(block, number, content)?;
            data.append(&values);
            checksums.push(checksum);
        }
        Ok(Read { data, checksums })
    }

    /// The values of a column in a block, which are of the kind that they should be, and the checksum
    /// of what is stored there.
    fn checked(
        &self,
        block: usize,
        column: usize,
        content: Content,
    ) -> Result<(ColumnData, Checksum), StoreError> {
        let (values, checksum) = self.stored(block, column, content.each)?;
        if Values::from(&values).is_whole() != content.whole {
            let part = format!("column {column} of block {block}");
            return Err(self.damaged(&part, Damage::Strange));
        }
        Ok((values, checksum))
    }

    /// The values of a column in a block, and the checksum of what is stored there.
    fn stored(
        &self,
        block: usize,
        column: usize,
        each: u32,
    ) -> Result<(ColumnData, Checksum), StoreError> {
        let part = || format!("column {column} of block {block}");
        let key = key::column(&self.record.id, block as u32, column);
        let value = self.table.get(key.as_str()).map_err(|cause| self.ledger.unreadable(cause))?;
        let value = value.ok_or_else(|| self.damaged(&part(), Damage::Missing))?;
        let (blob, checksum) =
            envelope::open(&key, value.value()).map_err(|cause| self.damaged(&part(), cause))?;
        let data = match column::twin(blob) {
            // A twin stands earlier, so that this ends.
            Some(earlier) if earlier < column => self.stored(block, earlier, each)?.0,
            _ => {
                let count = self.blocks[block].replicates.saturating_mul(u64::from(each));
                let count = usize::try_from(count).unwrap_or(usize::MAX);
                column::decode(blob, count).map_err(|cause| self.damaged(&part(), cause))?
            }
        };
        Ok((data, checksum))
    }

    /// All columns of one block, which hold `contents`, verified to be those that were written.
    pub fn block(
        &self,
        number: usize,
        contents: &[Content],
    ) -> Result<Vec<ColumnData>, StoreError> {
        let columns = contents.par_iter().enumerate();
        let read: Result<Vec<_>, StoreError> =
            columns.map(|(column, content)| self.checked(number, column, *content)).collect();
        let (columns, checksums): (Vec<_>, Vec<_>) = read?.into_iter().unzip();
        if together(&checksums) != self.blocks[number].checksum {
            return Err(self.damaged(&format!("block {number}"), Damage::Strange));
        }
        Ok(columns)
    }

    /// Whether all the run's columns, of which these are what was read, are those that were
    /// written.
    pub fn whole(&self, columns: &[Read]) -> Result<(), StoreError> {
        for (number, block) in self.blocks.iter().enumerate() {
            let checksums = columns.iter().map(|column| &column.checksums[number]);
            if together(checksums) != block.checksum {
                return Err(self.damaged(&format!("block {number}"), Damage::Strange));
            }
        }
        Ok(())
    }

    /// The columns of a place, and the number of the first of them.
    pub fn place<'s>(
        &self,
        shape: &'s Shape,
        option: &str,
        locality: Option<&str>,
    ) -> Result<(usize, &'s PlaceShape), StoreError> {
        shape.place(option, locality).ok_or_else(|| {
            let options: Vec<&str> = shape.options.iter().map(|one| one.name.as_str()).collect();
            if !options.contains(&option) {
                return self.no_column("option", option, &options);
            }
            let places = shape.options.iter().find(|one| one.name == option);
            let places = places.into_iter().flat_map(|one| &one.places);
            let known: Vec<&str> = places.filter_map(|one| one.locality.as_deref()).collect();
            self.no_column("locality", locality.unwrap_or("(the whole programme)"), &known)
        })
    }

    /// Which of these columns has this name.
    pub fn named(
        &self,
        what: &str,
        name: &str,
        among: &[ColumnShape],
    ) -> Result<usize, StoreError> {
        among.iter().position(|column| column.name == name).ok_or_else(|| {
            let known: Vec<&str> = among.iter().map(|column| column.name.as_str()).collect();
            self.no_column(what, name, &known)
        })
    }

    fn no_column(&self, what: &str, name: &str, known: &[&str]) -> StoreError {
        StoreError::NoColumn {
            run: self.record.id.clone(),
            what: format!("{what} {name:?}"),
            known: in_words(known.iter().copied()),
        }
    }
}

/// The checksum of a block whose columns have these.
fn together<'a>(checksums: impl IntoIterator<Item = &'a Checksum>) -> String {
    let mut hasher = blake3::Hasher::new();
    for checksum in checksums {
        hasher.update(checksum);
    }
    hasher.finalize().to_hex().to_string()
}
