//! Ledgers of every released schema are read as they were written.
//!
//! A new schema gets a fixture of its own before it is released:
//! `WORKCAST_FIXTURE=tests/fixtures/ledger-vN.redb cargo test --test ledger_versions a_fixture -- --ignored`.

#[path = "common/evidence.rs"]
mod evidence;
mod ledger_support;

use std::path::{Path, PathBuf};

use ledger_support::{block, head, scenario};
use workcast::ensemble::ColumnData;
use workcast::store::{Ledger, RunRecord, Status};

/// A copy of the fixture of a schema, so that nothing can change it.
fn fixture(schema: u32) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    // `tests/candidate-redb` has files that another version of redb wrote.
    let kept = std::env::var_os("WORKCAST_FIXTURES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"),
        PathBuf::from,
    );
    std::fs::copy(kept.join(format!("ledger-v{schema}.redb")), &path).unwrap();
    (folder, path)
}

/// One complete run in two blocks, and one that was never heard of again.
#[test]
#[ignore = "makes the fixture of a schema, once, before it is released"]
fn a_fixture_of_this_schema_is_made() {
    let Some(path) = std::env::var_os("WORKCAST_FIXTURE").map(PathBuf::from) else { return };
    let ledger = Ledger::open_or_create(&path).unwrap();
    let mut writer = ledger.begin(head("Whole"), &scenario()).unwrap();
    writer.block(&block(0, 16)).unwrap();
    writer.block(&block(16, 32)).unwrap();
    writer.finish().unwrap();
    let mut writer = ledger.begin(head("Cut short"), &scenario()).unwrap();
    writer.block(&block(0, 16)).unwrap();
    drop(writer);
    ledger.compact().unwrap();
}

#[test]
fn a_ledger_of_schema_1_is_read_to_the_bit() {
    let (_folder, path) = fixture(1);
    let before = std::fs::read(&path).unwrap();
    let ledger = Ledger::open(&path).unwrap();
    assert!(ledger.check().unwrap().damaged.is_empty());
    let runs = ledger.runs().unwrap().runs;
    let about = |run: &RunRecord| (run.head.title.clone(), run.status, run.replicates);
    assert_eq!(about(&runs[0]), ("Cut short".to_owned(), Status::Started, 16));
    assert_eq!(about(&runs[1]), ("Whole".to_owned(), Status::Complete, 48));
    // What the made-up values were when the file was made is what they are now.
    assert_eq!(ledger.results(&runs[1].id).unwrap(), block(0, 48));
    assert_eq!(ledger.results(&runs[0].id).unwrap(), block(0, 16));
    assert_eq!(ledger.scenario(&runs[1].id).unwrap(), scenario());
    assert_eq!(runs[1].head, head("Whole"));
    let plans = ledger.column(&runs[1].id, "In-house", Some("Bury"), "plans").unwrap();
    let ColumnData::Whole(plans) = plans.data else { panic!("plans are whole") };
    assert_eq!(plans[..8], [236, 271, 176, 28, 450, 280, 191, 160]);
    drop(ledger);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    evidence::note("ledgers-of-old-schemas", "schema 1, every value as it was written");
}

#[test]
fn a_ledger_of_this_schema_is_written_on_without_a_copy() {
    let (folder, path) = fixture(1);
    let ledger = Ledger::open_or_create(&path).unwrap();
    ledger_support::store_run(&ledger, "One more", 1);
    ledger.close().unwrap();
    assert_eq!(Ledger::open(&path).unwrap().runs().unwrap().runs.len(), 3);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no copy was made");
}
