//! How a run comes out of the ledger: whole, or one column of it.

use redb::ReadOnlyTable;
use serde::de::DeserializeOwned;

use super::column;
use super::envelope;
use super::error::{Damage, StoreError};
use super::id::RunId;
use super::key;
use super::ledger::{Ledger, document, in_words};
use super::record::{BlockRecord, RunRecord, ScenarioFile};
use super::shape::{ColumnShape, OptionShape, PlaceShape, Shape};
use super::write::chained;
use crate::ensemble::{
    Column, ColumnData, InputColumn, MonthlyColumn, OptionColumns, PlaceColumns, Results,
};

impl Ledger {
    /// Everything that is stored of a run, all its checksums verified.
    ///
    /// # Errors
    ///
    /// Where there is no such run, nothing is stored of it, or any part of it is damaged.
    pub fn results(&self, id: &RunId) -> Result<Results, StoreError> {
        let mut reader = Reader::new(self, id)?;
        let shape = reader.shape()?;
        let inputs =
            shape.inputs.iter().map(|path| reader.input(path)).collect::<Result<_, _>>()?;
        let options =
            shape.options.iter().map(|option| reader.option(option)).collect::<Result<_, _>>()?;
        reader.whole()?;
        let RunRecord { head, replicates, .. } = reader.record;
        Ok(Results { seed: head.seed, replicates, months: shape.months, inputs, options })
    }

    /// One metric of one locality, or of the whole programme (`None`), under one option. No other
    /// column is read.
    ///
    /// # Errors
    ///
    /// Where there is no such run or column, or it is damaged.
    pub fn column(
        &self,
        id: &RunId,
        option: &str,
        locality: Option<&str>,
        metric: &str,
    ) -> Result<Column, StoreError> {
        let mut reader = Reader::new(self, id)?;
        let shape = reader.shape()?;
        let (first, place) = reader.place(&shape, option, locality)?;
        let index = reader.named("metric", metric, &place.metrics)?;
        reader.next = first + index;
        reader.metric(&place.metrics[index])
    }

    /// One monthly series of one locality, or of the whole programme (`None`), under one option.
    /// No other column is read.
    ///
    /// # Errors
    ///
    /// As [`Ledger::column`].
    pub fn monthly(
        &self,
        id: &RunId,
        option: &str,
        locality: Option<&str>,
        metric: &str,
    ) -> Result<MonthlyColumn, StoreError> {
        let mut reader = Reader::new(self, id)?;
        let shape = reader.shape()?;
        let (first, place) = reader.place(&shape, option, locality)?;
        let index = reader.named("monthly series", metric, &place.monthly)?;
        reader.next = first + place.metrics.len() + index;
        reader.series(&place.monthly[index])
    }

    /// The values of every drawn input. No other column is read.
    ///
    /// # Errors
    ///
    /// As [`Ledger::results`].
    pub fn inputs(&self, id: &RunId) -> Result<Vec<InputColumn>, StoreError> {
        let mut reader = Reader::new(self, id)?;
        let shape = reader.shape()?;
        shape.inputs.iter().map(|path| reader.input(path)).collect()
    }

    /// The texts that a run was made from: the scenario and all that it inherits.
    ///
    /// # Errors
    ///
    /// Where there is no such run, or they are damaged.
    pub fn scenario(&self, id: &RunId) -> Result<Vec<ScenarioFile>, StoreError> {
        Reader::new(self, id)?.document(&key::scenario(id), "its scenario")
    }
}

/// Reads the columns of a run one after another.
struct Reader<'a> {
    ledger: &'a Ledger,
    table: ReadOnlyTable<&'static str, &'static [u8]>,
    record: RunRecord,
    blocks: Vec<BlockRecord>,
    /// The number of the column that is read next.
    next: usize,
    /// Checksums over the columns read, for each block.
    seen: Vec<blake3::Hasher>,
}

impl<'a> Reader<'a> {
    fn new(ledger: &'a Ledger, id: &RunId) -> Result<Self, StoreError> {
        let record = ledger.record(id)?;
        let table = ledger.table()?;
        let mut reader =
            Reader { ledger, table, record, blocks: Vec::new(), next: 0, seen: Vec::new() };
        let mut first = 0;
        for number in 0..reader.record.blocks {
            let part = format!("block {number}");
            let block: BlockRecord = reader.document(&key::block(id, number), &part)?;
            if block.first != first {
                return Err(reader.damaged(&part, Damage::Strange));
            }
            first += block.replicates;
            reader.blocks.push(block);
        }
        if first != reader.record.replicates {
            return Err(reader.damaged("its blocks", Damage::Strange));
        }
        reader.seen = vec![blake3::Hasher::new(); reader.blocks.len()];
        Ok(reader)
    }

    fn damaged(&self, part: &str, cause: impl Into<Damage>) -> StoreError {
        self.ledger.damaged(&self.record.id, part, cause)
    }

    fn document<T: DeserializeOwned>(&self, key: &str, part: &str) -> Result<T, StoreError> {
        let value = self.table.get(key).map_err(|cause| self.ledger.unreadable(cause))?;
        let value = value.ok_or_else(|| self.damaged(part, Damage::Missing))?;
        document(key, value.value()).map_err(|cause| self.damaged(part, cause))
    }

    fn shape(&self) -> Result<Shape, StoreError> {
        if self.blocks.is_empty() {
            return Err(StoreError::NothingStored { run: self.record.id.clone() });
        }
        self.document(&key::shape(&self.record.id), "the names of its columns")
    }

    /// The values of the next column, `each` for every replicate, block after block.
    fn next(&mut self, mut values: ColumnData, each: u32) -> Result<ColumnData, StoreError> {
        for number in 0..self.blocks.len() {
            let part = format!("column {} of block {number}", self.next);
            let key = key::column(&self.record.id, number as u32, self.next);
            let value = self.table.get(key.as_str());
            let value = value.map_err(|cause| self.ledger.unreadable(cause))?;
            let value = value.ok_or_else(|| self.damaged(&part, Damage::Missing))?;
            let (blob, checksum) =
                envelope::open(&key, value.value()).map_err(|cause| self.damaged(&part, cause))?;
            let count = self.blocks[number].replicates.saturating_mul(u64::from(each));
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            let read = column::decode(blob, count).map_err(|cause| self.damaged(&part, cause))?;
            if std::mem::discriminant(&read) != std::mem::discriminant(&values) {
                return Err(self.damaged(&part, Damage::Strange));
            }
            values.append(read);
            self.seen[number].update(&checksum);
        }
        self.next += 1;
        Ok(values)
    }

    fn input(&mut self, path: &str) -> Result<InputColumn, StoreError> {
        match self.next(ColumnData::Real(Vec::new()), 1)? {
            ColumnData::Real(values) => Ok(InputColumn { path: path.into(), values }),
            ColumnData::Whole(_) => Err(self.damaged(path, Damage::Strange)),
        }
    }

    fn metric(&mut self, shape: &ColumnShape) -> Result<Column, StoreError> {
        Ok(Column { metric: shape.metric(), data: self.next(shape.empty(), shape.each)? })
    }

    fn series(&mut self, shape: &ColumnShape) -> Result<MonthlyColumn, StoreError> {
        let data = self.next(shape.empty(), shape.each)?;
        Ok(MonthlyColumn { metric: shape.metric(), months: shape.each as usize, data })
    }

    fn option(&mut self, shape: &OptionShape) -> Result<OptionColumns, StoreError> {
        let places = shape.places.iter().map(|place| {
            Ok(PlaceColumns {
                locality: place.locality.clone(),
                metrics: place
                    .metrics
                    .iter()
                    .map(|one| self.metric(one))
                    .collect::<Result<_, _>>()?,
                monthly: place
                    .monthly
                    .iter()
                    .map(|one| self.series(one))
                    .collect::<Result<_, _>>()?,
            })
        });
        Ok(OptionColumns { name: shape.name.clone(), places: places.collect::<Result<_, _>>()? })
    }

    /// Once every column has been read: whether they are all those that were written.
    fn whole(&self) -> Result<(), StoreError> {
        let mut checksum = String::new();
        for (number, (block, seen)) in self.blocks.iter().zip(&self.seen).enumerate() {
            if seen.finalize().to_hex().as_str() != block.checksum {
                return Err(self.damaged(&format!("block {number}"), Damage::Strange));
            }
            checksum = chained(&checksum, &block.checksum);
        }
        if checksum != self.record.checksum {
            return Err(self.damaged("its blocks", Damage::Strange));
        }
        Ok(())
    }

    fn place<'s>(
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

    fn named(&self, what: &str, name: &str, among: &[ColumnShape]) -> Result<usize, StoreError> {
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
