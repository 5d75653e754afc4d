//! A run in the ledger whose columns are read one at a time, as they are asked for.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::error::StoreError;
use super::id::RunId;
use super::ledger::Ledger;
use super::reader::Reader;
use super::shape::{Content, PlaceShape, Shape};
use crate::ensemble::{Column, ColumnData, Columns, InputColumn, MonthlyColumn, Outline, Place};

/// The columns of a stored run, or of a part of its replicates. Each is read when it is asked for and not kept, and no other is
/// read or verified for it: every column of a block has a checksum of its own.
pub struct StoredRun<'a> {
    run: Arc<Run<'a>>,
    /// Which of its blocks.
    blocks: Range<usize>,
}

/// What the parts of a run share.
struct Run<'a> {
    reader: Reader<'a>,
    shape: Shape,
    /// The number of the first column of each place of each option.
    first: Vec<Vec<usize>>,
}

impl Ledger {
    /// A run's columns, to be read one at a time.
    ///
    /// # Errors
    ///
    /// Where there is no such run, nothing is stored of it, or what it holds cannot be read.
    pub fn stored(&self, id: &RunId) -> Result<StoredRun<'_>, StoreError> {
        let reader = Reader::new(self, id)?;
        let shape = reader.shape()?;
        let mut next = shape.inputs.len();
        let mut number = |place: &PlaceShape| {
            let first = next;
            next += place.metrics.len() + place.monthly.len();
            first
        };
        let options = shape.options.iter();
        let first = options.map(|option| option.places.iter().map(&mut number).collect()).collect();
        let blocks = 0..reader.blocks.len();
        Ok(StoredRun { run: Arc::new(Run { reader, shape, first }), blocks })
    }
}

impl StoredRun<'_> {
    /// The same run in parts, for whoever needs many columns at once: whole blocks in order, as many
    /// in each part as hold no more than `most` replicates, and at least one.
    pub fn parts(&self, most: u64) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        for block in self.blocks.clone() {
            match parts.last_mut() {
                Some(part) if self.run.reader.replicates(part.blocks.start..block + 1) <= most => {
                    part.blocks.end = block + 1;
                }
                _ => parts.push(StoredRun { run: self.run.clone(), blocks: block..block + 1 }),
            }
        }
        parts
    }

    fn place(&self, at: Place) -> (usize, &PlaceShape) {
        let Run { shape, first, .. } = &*self.run;
        (first[at.option][at.place], &shape.options[at.option].places[at.place])
    }

    fn read(&self, number: usize, content: Content) -> Result<ColumnData, StoreError> {
        Ok(self.run.reader.column_in(self.blocks.clone(), number, content)?.data)
    }
}

impl Columns for StoredRun<'_> {
    type Error = StoreError;

    fn outline(&self) -> Outline {
        let Run { reader, shape, .. } = &*self.run;
        shape.outline(reader.record.head.seed, reader.replicates(self.blocks.clone()))
    }

    fn input(&self, index: usize) -> Result<Cow<'_, InputColumn>, StoreError> {
        let path = self.run.shape.inputs[index].clone();
        let values = match self.read(index, Content::INPUT)? {
            ColumnData::Real(values) => values,
            // Read as reals: there are no others.
            ColumnData::Whole(_) => Vec::new(),
        };
        Ok(Cow::Owned(InputColumn { path, values }))
    }

    fn metric(&self, at: Place, index: usize) -> Result<Cow<'_, Column>, StoreError> {
        let (first, place) = self.place(at);
        let column = &place.metrics[index];
        let data = self.read(first + index, column.content)?;
        Ok(Cow::Owned(Column { metric: column.metric(), data }))
    }

    fn monthly(&self, at: Place, index: usize) -> Result<Cow<'_, MonthlyColumn>, StoreError> {
        let (first, place) = self.place(at);
        let series = &place.monthly[index];
        let data = self.read(first + place.metrics.len() + index, series.content)?;
        let months = series.content.each as usize;
        Ok(Cow::Owned(MonthlyColumn { metric: series.metric(), months, data }))
    }
}
