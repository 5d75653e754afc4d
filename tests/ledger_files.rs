//! What is not a ledger, or no longer one, is named and left as it is.

#[path = "common/evidence.rs"]
mod evidence;
mod ledger_support;

use std::fs;
use std::path::{Path, PathBuf};

use ledger_support::{block, head, scenario, store_run};
use redb::{ReadableDatabase, ReadableTable, TableDefinition};
use workcast::store::{Ledger, RunId, StoreError};

const META: TableDefinition<&str, u64> = TableDefinition::new("meta");
const RUNS: TableDefinition<&str, &[u8]> = TableDefinition::new("runs_v1");

/// A folder, and a file in it with these bytes.
fn file(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// The bytes of a ledger with one run, and the run.
fn ledger() -> (Vec<u8>, RunId) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let ledger = Ledger::open_or_create(&path).unwrap();
    let id = store_run(&ledger, "Bury", 2);
    ledger.close().unwrap();
    (fs::read(&path).unwrap(), id)
}

/// Changes a ledger's tables behind its back.
fn change(path: &Path, change: impl FnOnce(&redb::WriteTransaction)) {
    let database = redb::Database::open(path).unwrap();
    let transaction = database.begin_write().unwrap();
    change(&transaction);
    transaction.commit().unwrap();
}

/// Both ways of opening fail with a message that names the file and says `what`; the file and
/// its folder stay as they are.
fn is_refused(bytes: &[u8], what: &str) {
    let (folder, path) = file(bytes);
    for failure in [
        Ledger::open(&path).map(|_| ()).unwrap_err(),
        Ledger::open_or_create(&path).map(|_| ()).unwrap_err(),
    ] {
        let message = failure.to_string();
        assert!(message.contains(what), "{message}");
        assert!(message.contains(&path.display().to_string()), "{message}");
        assert!(message.contains("--db"), "{message}");
    }
    assert!(fs::read(&path).unwrap() == bytes, "the file has changed");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_missing_file_is_not_made_by_reading() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let message = Ledger::open(&path).unwrap_err().to_string();
    assert!(message.contains("there is no ledger at"), "{message}");
    assert!(message.contains("`workcast run` makes one"), "{message}");
    assert!(!path.exists());
}

#[test]
fn a_new_ledger_is_the_only_new_file_in_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let ledger = Ledger::open_or_create(&path).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    ledger.close().unwrap();
    assert!(Ledger::open(&path).unwrap().runs().unwrap().runs.is_empty());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_that_does_not_exist_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none").join("workcast.redb");
    let failure = Ledger::open_or_create(&path).unwrap_err();
    assert!(matches!(failure, StoreError::Write { .. }), "{failure}");
}

#[test]
fn files_of_other_kinds_are_refused_and_left_as_they_are() {
    is_refused(b"", "an empty file");
    is_refused(b"x", "another kind of file");
    is_refused(b"title = \"Bury WorkWell\"\n", "another kind of file");
    is_refused(&[0; 100_000], "another kind of file");
    is_refused(b"SQLite format 3\0", "another kind of file");
    is_refused(b"redb", "is damaged");
}

#[test]
fn a_folder_in_its_place_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for failure in [
        Ledger::open(folder.path()).map(|_| ()).unwrap_err(),
        Ledger::open_or_create(folder.path()).map(|_| ()).unwrap_err(),
    ] {
        assert!(failure.to_string().contains("(a folder)"), "{failure}");
    }
}

#[test]
fn a_redb_file_of_another_program_is_refused_and_left_as_it_is() {
    let (_folder, path) = file(b"");
    fs::remove_file(&path).unwrap();
    let database = redb::Database::create(&path).unwrap();
    let transaction = database.begin_write().unwrap();
    transaction.open_table(TableDefinition::<u64, u64>::new("numbers")).unwrap();
    transaction.commit().unwrap();
    drop(database);
    is_refused(&fs::read(&path).unwrap(), "a redb file of another program");
}

#[test]
fn a_ledger_of_a_newer_schema_can_be_read_but_not_written() {
    let (bytes, id) = ledger();
    let (_folder, path) = file(&bytes);
    change(&path, |transaction| {
        transaction.open_table(META).unwrap().insert("schema_version", 2).unwrap();
    });
    let before = fs::read(&path).unwrap();
    assert_eq!(Ledger::open(&path).unwrap().results(&id).unwrap(), block(0, 32));
    let message = Ledger::open_or_create(&path).unwrap_err().to_string();
    assert!(message.contains("was written by a newer workcast (schema 2, this one knows 1)"));
    assert!(fs::read(&path).unwrap() == before);
}

#[test]
fn a_ledger_of_a_newer_schema_with_other_tables_is_refused_and_left_as_it_is() {
    let (bytes, _) = ledger();
    let (_folder, path) = file(&bytes);
    change(&path, |transaction| {
        transaction.open_table(META).unwrap().insert("schema_version", 7).unwrap();
        transaction.delete_table(RUNS).unwrap();
    });
    is_refused(
        &fs::read(&path).unwrap(),
        "written by a newer workcast (schema 7, this one knows 1)",
    );
}

#[test]
fn the_key_of_the_schema_version_and_the_names_of_the_tables_never_change() {
    let (bytes, id) = ledger();
    let (_folder, path) = file(&bytes);
    let database = redb::Database::open(&path).unwrap();
    let transaction = database.begin_read().unwrap();
    let meta = transaction.open_table(META).unwrap();
    assert_eq!(meta.get("schema_version").unwrap().unwrap().value(), 1);
    let runs = transaction.open_table(RUNS).unwrap();
    let kinds: std::collections::BTreeSet<String> = runs
        .iter()
        .unwrap()
        .map(|entry| entry.unwrap().0.value().split('/').next().unwrap().to_owned())
        .collect();
    assert!(kinds.iter().eq(&["block", "column", "run", "scenario", "shape"]));
    assert!(runs.get(format!("run/{id}").as_str()).unwrap().is_some());
}

#[test]
fn reading_changes_nothing_even_in_a_ledger_that_was_not_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let ledger = Ledger::open_or_create(&path).unwrap();
    let id = store_run(&ledger, "Bury", 2);
    // As a crash would leave it: copied while it is open.
    let (_copies, copy) = file(&fs::read(&path).unwrap());
    let before = fs::read(&copy).unwrap();
    let reader = Ledger::open(&copy).unwrap();
    assert_eq!(reader.results(&id).unwrap(), block(0, 32));
    drop(reader);
    assert!(fs::read(&copy).unwrap() == before, "reading has changed the file");

    let ledger = Ledger::open_or_create(&copy).unwrap();
    let next = store_run(&ledger, "Stockport", 1);
    assert_eq!(ledger.results(&next).unwrap(), block(0, 16));
    assert_eq!(ledger.results(&id).unwrap(), block(0, 32));
}

/// A ledger with this damage either says so, naming its file, or still gives exactly what was
/// stored; and its bytes stay as they are.
fn is_noticed_or_harmless(bytes: &[u8], id: &RunId, what: &str) -> bool {
    let (_folder, path) = file(bytes);
    let read = Ledger::open(&path).and_then(|ledger| {
        let listed = ledger.runs()?;
        assert!(
            !listed.runs.is_empty() || !listed.damaged.is_empty(),
            "{what}: a run has vanished"
        );
        ledger.results(id)
    });
    assert!(fs::read(&path).unwrap() == bytes, "{what}: reading has changed the file");
    match read {
        Ok(results) => {
            assert_eq!(results, block(0, 32), "{what}");
            false
        }
        Err(failure) => {
            assert!(failure.to_string().contains("workcast.redb"), "{what}: {failure}");
            true
        }
    }
}

#[test]
fn a_changed_bit_on_any_page_is_noticed_or_harmless() {
    let (bytes, id) = ledger();
    let mut noticed = 0;
    for page in 0..bytes.len() / 4096 {
        for place in [7, 1031, 4090] {
            let mut damaged = bytes.clone();
            damaged[page * 4096 + place] ^= 1 << (page % 8);
            let what = format!("byte {place} of page {page}");
            noticed += usize::from(is_noticed_or_harmless(&damaged, &id, &what));
        }
    }
    assert!(noticed > 20, "only {noticed} noticed: is the damage done where anything is?");
    let pages = bytes.len() / 4096;
    evidence::note(
        "bits-changed",
        format!("{} bits on {pages} pages, {noticed} noticed, the others harmless", 3 * pages),
    );
}

#[test]
fn pages_wiped_or_swapped_are_noticed_or_harmless() {
    let (bytes, id) = ledger();
    let pages = bytes.len() / 4096;
    let mut noticed = 0;
    for page in 0..pages {
        let mut wiped = bytes.clone();
        wiped[page * 4096..(page + 1) * 4096].fill(0);
        let what = format!("page {page} wiped");
        noticed += usize::from(is_noticed_or_harmless(&wiped, &id, &what));
        let mut swapped = bytes.clone();
        let other = (page + pages / 2) % pages;
        for at in 0..4096 {
            swapped.swap(page * 4096 + at, other * 4096 + at);
        }
        let what = format!("pages {page} and {other} swapped");
        noticed += usize::from(is_noticed_or_harmless(&swapped, &id, &what));
    }
    evidence::note(
        "pages-wiped",
        format!(
            "{pages} pages wiped and swapped, {noticed} of {} noticed, the others harmless",
            2 * pages
        ),
    );
}

#[test]
fn a_ledger_cut_short_anywhere_is_noticed() {
    let (bytes, id) = ledger();
    for cut in 1..40 {
        let short = &bytes[..bytes.len() * cut / 40];
        assert!(is_noticed_or_harmless(short, &id, &format!("cut to {}", short.len())));
    }
    evidence::note("cut-short", "39 truncations, all noticed");
}

#[test]
fn a_changed_byte_in_the_header_is_noticed_or_harmless() {
    let (bytes, id) = ledger();
    let mut noticed = 0;
    for at in 0..320 {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let what = format!("header byte {at}");
        noticed += usize::from(is_noticed_or_harmless(&damaged, &id, &what));
    }
    evidence::note("header-bytes", format!("320 bytes, {noticed} noticed, the others harmless"));
}

#[test]
fn one_damaged_run_is_named_and_the_others_stay_usable() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let ledger = Ledger::open_or_create(&path).unwrap();
    let ids: Vec<RunId> = (0..5).map(|n| store_run(&ledger, &n.to_string(), 2)).collect();
    ledger.close().unwrap();
    let flip = |key: String| {
        change(&path, |transaction| {
            let mut runs = transaction.open_table(RUNS).unwrap();
            let mut value = runs.get(key.as_str()).unwrap().unwrap().value().to_vec();
            *value.last_mut().unwrap() ^= 4;
            runs.insert(key.as_str(), value.as_slice()).unwrap();
        });
    };
    flip(format!("run/{}", ids[0]));
    flip(format!("column/{}/00000001/000003", ids[1]));
    flip(format!("block/{}/00000000", ids[2]));
    flip(format!("scenario/{}", ids[3]));

    let ledger = Ledger::open(&path).unwrap();
    let listing = ledger.runs().unwrap();
    assert_eq!(listing.runs.len(), 4);
    assert_eq!(listing.damaged.len(), 1);
    for (damaged, message) in [
        (&ids[0], listing.damaged[0].to_string()),
        (&ids[1], ledger.results(&ids[1]).unwrap_err().to_string()),
        (&ids[2], ledger.results(&ids[2]).unwrap_err().to_string()),
        (&ids[3], ledger.scenario(&ids[3]).unwrap_err().to_string()),
    ] {
        assert!(message.contains(&format!("run {damaged} in the ledger")), "{message}");
        assert!(message.contains("checksum does not match"), "{message}");
    }
    assert_eq!(ledger.results(&ids[4]).unwrap(), block(0, 32));
    assert_eq!(ledger.results(&ids[3]).unwrap(), block(0, 32));
    // The second column of the damaged run can still be had: it is not the damaged one.
    assert!(ledger.column(&ids[1], "In-house", Some("Bury"), "net").is_ok());
}

#[test]
fn a_value_under_another_key_than_its_own_is_noticed() {
    let (bytes, id) = ledger();
    let (_folder, path) = file(&bytes);
    change(&path, |transaction| {
        let mut runs = transaction.open_table(RUNS).unwrap();
        let other = format!("column/{id}/00000000/000001");
        let value = runs.get(other.as_str()).unwrap().unwrap().value().to_vec();
        runs.insert(format!("column/{id}/00000001/000001").as_str(), value.as_slice()).unwrap();
    });
    let message = Ledger::open(&path).unwrap().results(&id).unwrap_err().to_string();
    assert!(message.contains("column 1 of block 1: its checksum does not match"), "{message}");
}

#[test]
fn a_column_of_another_ledgers_run_with_the_same_id_is_noticed() {
    let ledger_from = |first: u64| {
        let (folder, path) = file(b"");
        fs::remove_file(&path).unwrap();
        let ledger = Ledger::open_or_create(&path).unwrap();
        let mut writer = ledger.begin(head("Bury"), &scenario()).unwrap();
        writer.block(&block(first, 16)).unwrap();
        let id = writer.finish().unwrap().id;
        ledger.close().unwrap();
        (folder, path, id)
    };
    let (_one, path, id) = ledger_from(0);
    let (_other, other, same) = ledger_from(1000);
    assert_eq!(id, same);
    let key = format!("column/{id}/00000000/000001");
    let mut stolen = Vec::new();
    change(&other, |transaction| {
        let runs = transaction.open_table(RUNS).unwrap();
        stolen = runs.get(key.as_str()).unwrap().unwrap().value().to_vec();
    });
    change(&path, |transaction| {
        let mut runs = transaction.open_table(RUNS).unwrap();
        runs.insert(key.as_str(), stolen.as_slice()).unwrap();
    });
    let message = Ledger::open(&path).unwrap().results(&id).unwrap_err().to_string();
    assert!(message.contains("block 0: it does not belong to the rest of the run"), "{message}");
}

#[test]
fn a_missing_value_is_noticed() {
    let (bytes, id) = ledger();
    for key in ["shape/ID", "scenario/ID", "block/ID/00000001", "column/ID/00000000/000005"] {
        let (_folder, path) = file(&bytes);
        change(&path, |transaction| {
            let key = key.replace("ID", id.as_str());
            assert!(transaction.open_table(RUNS).unwrap().remove(key.as_str()).unwrap().is_some());
        });
        let ledger = Ledger::open(&path).unwrap();
        let read = ledger.results(&id).and_then(|_| ledger.scenario(&id));
        assert!(read.unwrap_err().to_string().contains("it is missing"), "{key}");
    }
}

#[test]
fn a_run_written_by_a_newer_version_is_said_to_be_so() {
    let (bytes, id) = ledger();
    let (_folder, path) = file(&bytes);
    change(&path, |transaction| {
        let mut runs = transaction.open_table(RUNS).unwrap();
        let key = format!("run/{id}");
        let mut value = runs.get(key.as_str()).unwrap().unwrap().value().to_vec();
        value[4] = 2;
        runs.insert(key.as_str(), value.as_slice()).unwrap();
    });
    let message = Ledger::open(&path).unwrap().record(&id).unwrap_err().to_string();
    assert!(message.contains("it was written by a newer workcast"), "{message}");
}

#[test]
fn a_ledger_in_a_read_only_file_can_be_read() {
    let (bytes, id) = ledger();
    let (_folder, path) = file(&bytes);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.results(&id).unwrap(), block(0, 32));
}

#[test]
fn names_with_any_characters_survive() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open_or_create(folder.path().join("a b \u{202e}ä.redb")).unwrap();
    let odd = ["", "/", "a/b", "\0", "'\"\\", "run0", "\u{202e}\u{1f600}", "..", "\r\n\t"];
    for name in odd {
        let mut block = block(0, 16);
        block.options[1].name = name.into();
        block.options[1].places[0].locality = Some(name.into());
        block.options[1].places[0].metrics[0].metric.name = name.into();
        let mut head = head(name);
        head.options = vec![name.into()];
        let mut writer = ledger.begin(head.clone(), &scenario()).unwrap();
        writer.block(&block).unwrap();
        let id = writer.finish().unwrap().id;
        assert_eq!(ledger.results(&id).unwrap(), block);
        assert_eq!(ledger.record(&id).unwrap().head, head);
        let column = ledger.column(&id, name, Some(name), name).unwrap();
        assert_eq!(column, block.options[1].places[0].metrics[0]);
    }
}
