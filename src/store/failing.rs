//! A disk that fails, at every step of a save.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use redb::{Builder, Database, StorageBackend};

use super::*;
use crate::ensemble::{Column, ColumnData, OptionColumns, PlaceColumns, Results};
use crate::model::{Kind, Metric};

/// A disk in memory, which fails from one of its operations on.
#[derive(Clone, Debug, Default)]
struct Disk {
    bytes: Arc<Mutex<Vec<u8>>>,
    /// Operations until it fails.
    left: Arc<AtomicU64>,
}

impl Disk {
    fn fails_after(&self, operations: u64) {
        self.left.store(operations, Ordering::SeqCst);
    }

    fn operate<T>(&self, operation: impl FnOnce(&mut Vec<u8>) -> T) -> io::Result<T> {
        let count = |left: u64| left.checked_sub(1);
        match self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, count) {
            Ok(_) => Ok(operation(&mut self.bytes.lock().unwrap())),
            Err(_) => Err(io::ErrorKind::StorageFull.into()),
        }
    }

    fn open(&self) -> Result<Database, redb::DatabaseError> {
        Builder::new().set_check_integrity_on_open(true).create_with_backend(self.clone())
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        self.operate(|bytes| bytes.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.operate(|bytes| {
            let offset = offset as usize;
            out.copy_from_slice(&bytes[offset..offset + out.len()]);
        })
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.operate(|bytes| bytes.resize(len as usize, 0))
    }

    fn sync_data(&self) -> io::Result<()> {
        self.operate(|_| ())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.operate(|bytes| {
            let offset = offset as usize;
            bytes[offset..offset + data.len()].copy_from_slice(data);
        })
    }
}

fn head() -> RunHead {
    RunHead {
        title: "Bury".into(),
        question: None,
        scenario_hash: String::new(),
        purpose: Purpose::Run,
        seed: 1,
        asked: None,
        engine_version: String::new(),
        engine_revision: 0,
        extends: None,
        created: String::new(),
        options: Vec::new(),
        localities: Vec::new(),
        facts: serde_json::Value::Null,
        reconciliation: Vec::new(),
    }
}

/// Replicates `first` to `first + 16` of one metric.
fn block(first: i64) -> Results {
    let values = (first..first + 16).map(|i| i * i * 1_000_003).collect();
    let metric = Metric { name: "net".into(), kind: Kind::Money };
    let metrics = vec![Column { metric, data: ColumnData::Whole(values) }];
    let places = vec![PlaceColumns { locality: None, metrics, monthly: Vec::new() }];
    Results {
        seed: 1,
        replicates: 16,
        months: Vec::new(),
        inputs: Vec::new(),
        options: vec![OptionColumns { name: "In-house".into(), places }],
    }
}

/// What a save was told to be stored before something failed.
#[derive(Default)]
struct Acknowledged {
    id: Option<RunId>,
    blocks: u32,
    complete: bool,
}

/// Saves a run of two blocks. After the first failure every further write has to be refused.
fn save(ledger: &WritableLedger, told: &mut Acknowledged) -> Result<(), StoreError> {
    let mut writer = ledger.begin(head(), &[])?;
    told.id = Some(writer.id().clone());
    for first in [0, 16] {
        if let Err(failure) = writer.block(&block(first)) {
            let next = writer.block(&block(first)).unwrap_err();
            assert!(matches!(next, StoreError::Stopped { .. }), "{next}");
            return Err(failure);
        }
        told.blocks += 1;
    }
    writer.finish()?;
    told.complete = true;
    Ok(())
}

#[test]
fn a_disk_that_fails_at_any_step_of_a_save_costs_nothing_that_was_stored() {
    let mut steps = 0;
    loop {
        let disk = Disk::default();
        disk.fails_after(u64::MAX);
        let database = disk.open().unwrap();
        open::prepare(&database).unwrap();
        let ledger = WritableLedger::elsewhere(database);
        let mut before = Acknowledged::default();
        save(&ledger, &mut before).unwrap();

        disk.fails_after(steps);
        let mut told = Acknowledged::default();
        let saved = save(&ledger, &mut told);
        let closed = ledger.close();
        if let Err(failure) = &saved {
            let message = failure.to_string();
            assert!(message.contains("cannot write the ledger"), "{message}");
            assert!(closed.is_err(), "step {steps}: closed as if nothing had happened");
        }

        disk.fails_after(u64::MAX);
        let ledger = WritableLedger::elsewhere(disk.open().unwrap());
        let id = before.id.unwrap();
        assert_eq!(ledger.results(&id).unwrap().replicates, 32);
        if let Some(id) = &told.id {
            let record = ledger.record(id).unwrap();
            assert!(record.blocks >= told.blocks, "step {steps}");
            assert!(record.is_complete() || !told.complete, "step {steps}");
        }
        for run in ledger.runs().unwrap().runs.iter().filter(|run| run.blocks > 0) {
            let results = ledger.results(&run.id).unwrap();
            assert_eq!(results.replicates, u64::from(run.blocks) * 16);
            assert_eq!(
                results.options[0].places[0].metrics[0].data.get(15),
                block(0).options[0].places[0].metrics[0].data.get(15)
            );
        }
        // The ledger takes runs again once it has been opened again.
        save(&ledger, &mut Acknowledged::default()).unwrap();

        if saved.is_ok() && closed.is_ok() {
            break;
        }
        steps += 1;
    }
    assert!(steps > 20, "a save is over in {steps} steps: does the disk count them?");
    evidence::note("failing-steps", format!("{steps} operations of a save, each failed in turn"));
}
