//! A run in the ledger whose columns are read one at a time, as they are asked for.

use std::borrow::Cow;

use super::error::StoreError;
use super::id::RunId;
use super::ledger::Ledger;
use super::reader::Reader;
use super::shape::{ColumnShape, Content, PlaceShape, Shape};
use crate::ensemble::{Column, ColumnData, Columns, InputColumn, MonthlyColumn, Outline, Place};

/// The columns of a stored run. Each is read when it is asked for and not kept, and no other is
/// read or verified for it: every column of a block has a checksum of its own.
pub struct StoredRun<'a> {
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
        Ok(StoredRun { reader, shape, first })
    }
}

impl StoredRun<'_> {
    fn place(&self, at: Place) -> (usize, &PlaceShape) {
        (self.first[at.option][at.place], &self.shape.options[at.option].places[at.place])
    }

    fn read(&self, number: usize, column: &ColumnShape) -> Result<ColumnData, StoreError> {
        Ok(self.reader.column(number, column.content)?.data)
    }
}

impl Columns for StoredRun<'_> {
    type Error = StoreError;

    fn outline(&self) -> Outline {
        self.shape.outline(self.reader.record.head.seed, self.reader.record.replicates)
    }

    fn input(&self, index: usize) -> Result<Cow<'_, InputColumn>, StoreError> {
        let path = self.shape.inputs[index].clone();
        let values = match self.reader.column(index, Content::INPUT)?.data {
            ColumnData::Real(values) => values,
            // Read as reals: there are no others.
            ColumnData::Whole(_) => Vec::new(),
        };
        Ok(Cow::Owned(InputColumn { path, values }))
    }

    fn metric(&self, at: Place, index: usize) -> Result<Cow<'_, Column>, StoreError> {
        let (first, place) = self.place(at);
        let column = &place.metrics[index];
        let data = self.read(first + index, column)?;
        Ok(Cow::Owned(Column { metric: column.metric(), data }))
    }

    fn monthly(&self, at: Place, index: usize) -> Result<Cow<'_, MonthlyColumn>, StoreError> {
        let (first, place) = self.place(at);
        let series = &place.monthly[index];
        let data = self.read(first + place.metrics.len() + index, series)?;
        let months = series.content.each as usize;
        Ok(Cow::Owned(MonthlyColumn { metric: series.metric(), months, data }))
    }
}
