//! A ledger's keeping: backups, restoring, compacting, removing and importing runs, each of which may be
//! killed at any moment.

#[path = "common/evidence.rs"]
mod evidence;
mod ledger_support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use ledger_support::store_run;
use tempfile::TempDir;
use workcast::store::{Ledger, RunId};

/// A folder with a ledger of so many runs, oldest first.
fn ledger_of(runs: u64) -> (TempDir, PathBuf, Vec<RunId>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let ledger = Ledger::open_or_create(&path).unwrap();
    let ids = (0..runs).map(|run| store_run(&ledger, &format!("Run {run}"), 1 + run % 3)).collect();
    ledger.close().unwrap();
    (folder, path, ids)
}

fn command(db: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_workcast"));
    command.current_dir(db.parent().unwrap()).env_remove("WORKCAST_DB");
    command.arg("--db").arg(db).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[track_caller]
fn done(db: &Path, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = command(db, arguments).output().unwrap();
    assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

#[track_caller]
fn refused(db: &Path, arguments: &[&str], code: i32) -> String {
    let output = command(db, arguments).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

/// The runs that a ledger lists, all of it having been verified.
#[track_caller]
fn runs(db: &Path) -> Vec<RunId> {
    let ledger = Ledger::open(db).unwrap();
    let checked = ledger.check().unwrap();
    assert!(checked.damaged.is_empty(), "{:?}", checked.damaged);
    let mut runs: Vec<RunId> = ledger.runs().unwrap().runs.into_iter().map(|run| run.id).collect();
    runs.reverse();
    runs
}

/// Whether two ledgers hold the same runs with the same values.
#[track_caller]
fn same(one: &Path, other: &Path) {
    assert_eq!(runs(one), runs(other));
    let (one, other) = (Ledger::open(one).unwrap(), Ledger::open(other).unwrap());
    for record in one.runs().unwrap().runs {
        assert_eq!(other.record(&record.id).unwrap(), record);
        assert_eq!(other.results(&record.id).unwrap(), one.results(&record.id).unwrap());
        assert_eq!(other.scenario(&record.id).unwrap(), one.scenario(&record.id).unwrap());
    }
}

#[test]
fn a_backup_of_a_hundred_runs_holds_what_the_ledger_holds_while_somebody_reads_it() {
    let (folder, db, _) = ledger_of(100);
    let backup = folder.path().join("backup.redb");
    let before = std::fs::read(&db).unwrap();
    let reader = Ledger::open(&db).unwrap();
    let said = done(&db, &["backup", "backup.redb"]);
    assert!(said.contains("backup.redb: 100 runs"), "{said}");
    assert_eq!(reader.runs().unwrap().runs.len(), 100);
    drop(reader);
    same(&db, &backup);
    assert_eq!(std::fs::read(&db).unwrap(), before, "a backup changes no byte of the ledger");
    evidence::note("backups", "100 runs, every value the same");
}

#[test]
fn a_backup_takes_the_place_of_no_file_unless_it_is_told_to() {
    let (folder, db, _) = ledger_of(2);
    let there = folder.path().join("there.redb");
    std::fs::write(&there, "mine").unwrap();
    assert!(refused(&db, &["backup", "there.redb"], 2).contains("--force"));
    assert_eq!(std::fs::read(&there).unwrap(), b"mine");
    done(&db, &["backup", "there.redb", "--force"]);
    same(&db, &there);
    assert!(!db.with_file_name("nowhere.redb").exists());
    refused(&db.with_file_name("nowhere.redb"), &["backup", "b.redb"], 3);
    assert!(!folder.path().join("b.redb").exists());
}

#[test]
fn a_damaged_ledger_is_neither_backed_up_nor_restored_from() {
    let (folder, db, ids) = ledger_of(3);
    done(&db, &["backup", "backup.redb"]);
    let backup = folder.path().join("backup.redb");
    // One value of one run, with redb's own checksums right.
    {
        let table = redb::TableDefinition::<&str, &[u8]>::new("runs_v1");
        let database = redb::Database::open(&backup).unwrap();
        let transaction = database.begin_write().unwrap();
        let key = format!("column/{}/00000000/000002", ids[1]);
        let mut value = {
            let runs = transaction.open_table(table).unwrap();
            let value = redb::ReadableTable::get(&runs, key.as_str()).unwrap().unwrap();
            value.value().to_vec()
        };
        *value.last_mut().unwrap() ^= 1;
        transaction.open_table(table).unwrap().insert(key.as_str(), value.as_slice()).unwrap();
        transaction.commit().unwrap();
    }
    let said = refused(&backup, &["backup", "copy.redb"], 3);
    assert!(said.contains(ids[1].as_str()) && said.contains("checksum"), "{said}");
    let before = std::fs::read(&db).unwrap();
    refused(&db, &["restore", "backup.redb", "--force"], 3);
    assert_eq!(std::fs::read(&db).unwrap(), before);
    assert!(!folder.path().join("workcast.redb.replaced-1").exists());
    let found = refused(&backup, &["verify", "--store"], 5);
    assert!(found.contains("1 of 3 runs cannot be trusted"), "{found}");
    // The others are still there to be saved one by one.
    let saved = folder.path().join("saved.redb");
    done(&saved, &["import", "backup.redb", ids[0].as_str(), ids[2].as_str()]);
    refused(&saved, &["import", "backup.redb", ids[1].as_str()], 3);
    assert_eq!(runs(&saved), [ids[0].clone(), ids[2].clone()]);
    // Damaged or not, a run that is named can go.
    done(&backup, &["rm", ids[1].as_str()]);
    assert_eq!(runs(&backup), [ids[0].clone(), ids[2].clone()]);
}

#[test]
fn a_restored_ledger_is_the_backup_and_the_one_before_is_kept() {
    let (folder, db, ids) = ledger_of(3);
    done(&db, &["backup", "backup.redb"]);
    done(&db, &["rm", ids[0].as_str()]);
    let left = runs(&db);
    assert!(refused(&db, &["restore", "backup.redb"], 2).contains("--force"));
    let said = done(&db, &["restore", "backup.redb", "--force"]);
    assert!(said.contains("workcast.redb.replaced-1"), "{said}");
    same(&db, &folder.path().join("backup.redb"));
    assert_eq!(runs(&folder.path().join("workcast.redb.replaced-1")), left);
    // Where nothing is, nothing is in the way; and where somebody writes, nothing is done.
    let elsewhere = folder.path().join("elsewhere.redb");
    done(&elsewhere, &["restore", "backup.redb"]);
    same(&db, &elsewhere);
    let writer = Ledger::open_or_create(&elsewhere).unwrap();
    assert!(refused(&elsewhere, &["restore", "backup.redb", "--force"], 3).contains("using"));
    drop(writer);
}

#[test]
fn runs_are_removed_by_name_and_by_rule_and_a_dry_run_removes_none() {
    let (_folder, db, ids) = ledger_of(6);
    let untouched = std::fs::read(&db).unwrap();
    let would = done(&db, &["rm", "--keep", "2", "--dry-run"]);
    assert!(would.contains("Would remove 4 runs") && would.contains(ids[0].as_str()), "{would}");
    assert_eq!(std::fs::read(&db).unwrap(), untouched);
    done(&db, &["rm", ids[5].as_str(), "@-1"]);
    assert_eq!(runs(&db), ids[..4]);
    done(&db, &["rm", "--keep", "3"]);
    assert_eq!(runs(&db), ids[1..4]);
    // All of them began on 23 November 2026.
    done(&db, &["rm", "--before", "2026-11-23"]);
    assert_eq!(runs(&db), ids[1..4]);
    {
        let ledger = Ledger::open_or_create(&db).unwrap();
        ledger.begin(ledger_support::head("Cut short"), &[]).unwrap();
    }
    let json = done(&db, &["rm", "--incomplete", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["removed"].as_array().unwrap().len(), 1);
    assert_eq!(runs(&db), ids[1..4]);
    done(&db, &["rm", "--before", "2026-11-24"]);
    assert!(runs(&db).is_empty());
    assert!(refused(&db, &["rm"], 2).contains("--dry-run"));
    refused(&db, &["rm", "abc"], 2);
}

#[test]
fn megabytes_are_kept_from_the_newest_run_on() {
    let (_folder, db, ids) = ledger_of(2);
    {
        let ledger = Ledger::open_or_create(&db).unwrap();
        // Over a megabyte: noise does not compress.
        let mut writer = ledger.begin(ledger_support::head("Large"), &[]).unwrap();
        writer.block(&ledger_support::block(0, 16_000)).unwrap();
        writer.finish().unwrap();
        store_run(&ledger, "Newest", 1);
    }
    let all = runs(&db);
    done(&db, &["rm", "--keep-megabytes", "100"]);
    assert_eq!(runs(&db), all);
    done(&db, &["rm", "--keep-megabytes", "1"]);
    assert_eq!(runs(&db), all[3..], "{ids:?} are older than what fills the room");
}

#[test]
fn a_compacted_ledger_is_smaller_and_holds_the_same() {
    let (folder, db, ids) = ledger_of(40);
    done(&db, &["rm", "--keep", "3"]);
    done(&db, &["backup", "backup.redb"]);
    let before = std::fs::metadata(&db).unwrap().len();
    done(&db, &["compact"]);
    assert!(std::fs::metadata(&db).unwrap().len() < before / 2);
    assert_eq!(runs(&db), ids[37..]);
    same(&db, &folder.path().join("backup.redb"));
}

#[test]
fn an_imported_run_keeps_its_id_and_values_and_becomes_the_newest() {
    let (folder, db, ids) = ledger_of(3);
    let (_other_folder, other, _) = ledger_of(2);
    done(&other, &["rm", "--keep", "1"]);
    let own = runs(&other);
    // Runs of both ledgers were made alike, and have the same ids as far as they have the same number.
    assert_eq!(own[0], ids[1]);
    let db_name = db.to_string_lossy().into_owned();
    done(&other, &["import", &db_name, ids[0].as_str()]);
    assert_eq!(runs(&other), [ids[1].clone(), ids[0].clone()]);
    let (from, into) = (Ledger::open(&db).unwrap(), Ledger::open(&other).unwrap());
    assert_eq!(into.results(&ids[0]).unwrap(), from.results(&ids[0]).unwrap());
    drop((from, into));
    assert!(refused(&other, &["import", &db_name, ids[0].as_str()], 2).contains("already"));
    drop(folder);
}

/// Kills each command at no particular moment. Whatever it was at, both ledgers are sound, and the run
/// that nobody touched is in them.
fn kills(times: u64) -> u64 {
    let (folder, db, ids) = ledger_of(30);
    done(&db, &["backup", "source.redb"]);
    let source = folder.path().join("source.redb");
    let mut killed = 0;
    for time in 0..times {
        let name = format!("made-{time}.redb");
        let commands: [&[&str]; 5] = [
            &["backup", &name],
            &["restore", "source.redb", "--force"],
            &["compact"],
            &["rm", "--keep", "25"],
            &["import", "source.redb", ids[time as usize % 5].as_str()],
        ];
        let mut child = command(&db, commands[time as usize % 5]).spawn().unwrap();
        sleep(Duration::from_micros(500 + time * 7_919 % 20_000));
        child.kill().unwrap();
        killed += u64::from(child.wait().unwrap().code().is_none());
        assert!(runs(&db).contains(&ids[29]));
        same(&source, &source);
        let made = folder.path().join(&name);
        if made.exists() {
            // A file of that name is a whole backup.
            runs(&made);
        }
    }
    killed
}

#[test]
fn keeping_that_is_killed_leaves_every_ledger_sound() {
    let killed = kills(50);
    assert!(killed > 10, "only {killed} commands were killed before they ended");
    evidence::note("keeping-killed", format!("{killed} commands killed"));
}

#[test]
#[ignore = "slow: about a minute"]
fn keeping_that_is_killed_three_hundred_times_leaves_every_ledger_sound() {
    let killed = kills(300);
    assert!(killed > 60, "only {killed} commands were killed before they ended");
    evidence::note("keeping-killed-slow", format!("{killed} commands killed"));
}
