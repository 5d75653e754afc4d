//! How a run gets into the ledger: its record, then block after block, then what became of it.

use rayon::prelude::*;
use redb::{ReadableTable, Table, WriteTransaction};

use super::column;
use super::envelope::{self, Checksum};
use super::error::StoreError;
use super::id::RunId;
use super::key::{self, META, NEXT_SEQUENCE, RUNS};
use super::ledger::{WritableLedger, sealed};
use super::record::{BlockRecord, RunHead, RunRecord, ScenarioFile, Status};
use super::shape::{Shape, Slot, slots};
use crate::ensemble::Results;

/// Columns that are coded at once, so that not a whole block's bytes are held.
const AT_ONCE: usize = 256;

/// Puts one run into the ledger, a block of replicates at a time.
///
/// The run is listed as ended without notice from its beginning until [`RunWriter::finish`] or
/// [`RunWriter::interrupted`] has returned. Dropping the writer leaves it so.
#[derive(Debug)]
pub struct RunWriter<'a> {
    ledger: &'a WritableLedger,
    record: RunRecord,
    shape: Option<Shape>,
    /// Blocks of the run that are stored already, from the first one on.
    stored: Vec<BlockRecord>,
}

impl WritableLedger {
    /// Begins a run: when this returns, it is in the ledger with its scenario and no replicates.
    ///
    /// # Errors
    ///
    /// Where the ledger cannot be written.
    pub fn begin(
        &self,
        head: RunHead,
        scenario: &[ScenarioFile],
    ) -> Result<RunWriter<'_>, StoreError> {
        let record = self.commit(|transaction| {
            let mut meta = transaction.open_table(META)?;
            let mut runs = transaction.open_table(RUNS)?;
            let mut sequence = meta.get(NEXT_SEQUENCE)?.map_or(1, |next| next.value());
            let mut id = RunId::of(&head, sequence);
            while runs.get(key::run(&id).as_str())?.is_some() {
                sequence += 1;
                id = RunId::of(&head, sequence);
            }
            meta.insert(NEXT_SEQUENCE, sequence + 1)?;
            let key = key::scenario(&id);
            runs.insert(key.as_str(), sealed(&key, &scenario)?.as_slice())?;
            let record = RunRecord {
                id,
                sequence,
                head,
                status: Status::Started,
                replicates: 0,
                blocks: 0,
                checksum: String::new(),
            };
            put_record(&mut runs, &record)?;
            Ok(record)
        })?;
        Ok(RunWriter { ledger: self, record, shape: None, stored: Vec::new() })
    }

    /// Goes on with a run that is not complete. The writer stands before its first block: those that
    /// are stored are to be kept one after another with [`RunWriter::keep`], and the first one that
    /// is written takes the place of the stored one of its number. Until then nothing is changed.
    ///
    /// # Errors
    ///
    /// Where there is no such run, it is complete, or what is stored of it cannot be read.
    pub fn resume(&self, id: &RunId) -> Result<RunWriter<'_>, StoreError> {
        let (record, stored, shape) = self.earlier(id)?.taken_apart();
        if record.is_complete() {
            return Err(StoreError::Complete { run: id.clone() });
        }
        let record = RunRecord {
            status: Status::Started,
            replicates: 0,
            blocks: 0,
            checksum: String::new(),
            ..record
        };
        Ok(RunWriter { ledger: self, record, shape, stored })
    }
}

impl RunWriter<'_> {
    /// The run's id.
    pub fn id(&self) -> &RunId {
        &self.record.id
    }

    /// How many replicates are stored.
    pub fn replicates(&self) -> u64 {
        self.record.replicates
    }

    /// Keeps the next block as it is stored, if it has so many replicates; returns whether it has.
    pub fn keep(&mut self, replicates: u64) -> bool {
        match self.stored.get(self.record.blocks as usize) {
            Some(stored) if stored.replicates == replicates => {
                self.record.count(stored);
                true
            }
            _ => false,
        }
    }

    /// Stores the next block of replicates; `block` holds these and no others. When this returns
    /// they are on the disk.
    ///
    /// # Errors
    ///
    /// Where the block does not fit the run, in which case nothing has happened, or the ledger
    /// cannot be written.
    pub fn block(&mut self, block: &Results) -> Result<(), StoreError> {
        let shape = Shape::of(block);
        self.fits(&shape, block)?;
        let new_shape = self.shape.is_none().then_some(&shape);
        let (record, bytes) = self
            .ledger
            .commit(|transaction| store(transaction, self.record.clone(), new_shape, block))?;
        self.ledger.has_stored(bytes);
        self.record = record;
        self.shape = Some(shape);
        Ok(())
    }

    /// Says that the run is complete.
    ///
    /// # Errors
    ///
    /// Where the ledger cannot be written. The run then is listed as ended without notice, with
    /// all its replicates.
    pub fn finish(self) -> Result<RunRecord, StoreError> {
        self.end(Status::Complete)
    }

    /// Says that the run was interrupted and is stored as far as it went.
    ///
    /// # Errors
    ///
    /// As [`RunWriter::finish`].
    pub fn interrupted(self) -> Result<RunRecord, StoreError> {
        self.end(Status::Incomplete)
    }

    fn end(self, status: Status) -> Result<RunRecord, StoreError> {
        let record = RunRecord { status, ..self.record };
        self.ledger.commit(|transaction| {
            put_record(&mut transaction.open_table(RUNS)?, &record)?;
            Ok(())
        })?;
        Ok(record)
    }

    /// Refuses a block of another shape than the run's, or with columns of another length.
    fn fits(&self, shape: &Shape, block: &Results) -> Result<(), StoreError> {
        let differs = |what: &str| {
            Err(StoreError::BlockDiffers { run: self.record.id.clone(), what: what.into() })
        };
        if block.seed != self.record.head.seed {
            return differs("it has another seed");
        }
        if self.shape.as_ref().is_some_and(|first| first != shape) {
            return differs("its columns are not those of the first block");
        }
        for (slot, content) in slots(block).iter().zip(shape.contents()) {
            let length = slot.values.len();
            if u64::from(content.each).checked_mul(block.replicates) != Some(length as u64) {
                return differs("a column has not one value for each replicate");
            }
            if length > column::MOST {
                return differs("it has too many replicates: store it in smaller blocks");
            }
        }
        Ok(())
    }
}

/// Writes a block, and the record that counts it, which it returns with the bytes of its columns.
fn store(
    transaction: &WriteTransaction,
    mut record: RunRecord,
    new_shape: Option<&Shape>,
    block: &Results,
) -> Result<(RunRecord, u64), redb::Error> {
    let mut runs = transaction.open_table(RUNS)?;
    if let Some(shape) = new_shape {
        let key = key::shape(&record.id);
        runs.insert(key.as_str(), sealed(&key, shape)?.as_slice())?;
    }
    let (checksum, bytes) = store_columns(&mut runs, &record, &slots(block))?;
    let about = BlockRecord { first: record.replicates, replicates: block.replicates, checksum };
    let key = key::block(&record.id, record.blocks);
    runs.insert(key.as_str(), sealed(&key, &about)?.as_slice())?;
    record.count(&about);
    put_record(&mut runs, &record)?;
    Ok((record, bytes))
}

/// Writes a block's columns; returns the checksum over theirs, and their bytes.
fn store_columns(
    runs: &mut Table<&'static str, &'static [u8]>,
    record: &RunRecord,
    columns: &[Slot],
) -> Result<(String, u64), redb::Error> {
    let mut hasher = blake3::Hasher::new();
    let mut bytes = 0;
    for (group, columns) in columns.chunks(AT_ONCE).enumerate() {
        let coded: Vec<(String, Vec<u8>, Checksum)> = columns
            .par_iter()
            .enumerate()
            .map(|(index, slot)| {
                let key = key::column(&record.id, record.blocks, group * AT_ONCE + index);
                let mut value = envelope::empty();
                match slot.twin {
                    Some((number, twin)) if twin == slot.values => {
                        column::encode_twin(slot.values, number, &mut value);
                    }
                    _ => column::encode(slot.values, &mut value),
                }
                let checksum = envelope::seal(&key, &mut value);
                (key, value, checksum)
            })
            .collect();
        for (key, value, checksum) in coded {
            runs.insert(key.as_str(), value.as_slice())?;
            hasher.update(&checksum);
            bytes += value.len() as u64;
        }
    }
    Ok((hasher.finalize().to_hex().to_string(), bytes))
}

pub(super) fn put_record(
    runs: &mut Table<&'static str, &'static [u8]>,
    record: &RunRecord,
) -> Result<(), redb::Error> {
    let key = key::run(&record.id);
    runs.insert(key.as_str(), sealed(&key, record)?.as_slice())?;
    Ok(())
}

/// The checksum of a run with one more block.
pub(super) fn chained(before: &str, block: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before.as_bytes());
    hasher.update(block.as_bytes());
    hasher.finalize().to_hex().to_string()
}
