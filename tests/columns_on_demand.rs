//! Where a run's columns are, in memory or in the ledger, changes no figure of any answer.

mod common;
#[path = "common/evidence.rs"]
mod evidence;

use std::fs;
use std::path::Path;

use common::{Scenario, workcast};
use serde_json::Value;

/// A small service under two options, with a stress.
fn scenario() -> Scenario {
    Scenario::half_year()
        .source("per_month", "{ nine_in_ten = [100, 400] }")
        .journey("patience", r#"{ exponential = { mean = "4 weeks" } }"#)
        .team("costs.salary", "£30,000")
        .team("participants_max", "9")
        .set("option.Other.team.Coaches.posts", "2")
        .set("option.Other.team.Coaches.participants_max", "7")
        .set(r#"stress."Few".set."locality.Bury.referrals.*.per_month""#, "{ times = 0.5 }")
}

/// What a command prints in this folder.
fn prints(folder: &Path, arguments: &[&str]) -> String {
    let output = workcast().current_dir(folder).args(arguments).output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("stdout is UTF-8")
}

/// What a command prints as JSON, without the run's id.
fn json(folder: &Path, arguments: &[&str]) -> Value {
    let text = prints(folder, &[arguments, &["--json"]].concat());
    let mut value: Value = serde_json::from_str(&text).expect("stdout is JSON");
    value["run"] = Value::Null;
    value
}

#[test]
fn a_run_says_the_same_from_memory_and_from_the_ledger_to_the_bit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    scenario().write(folder);
    let run = ["run", "scenario.toml", "--replicates", "1100", "--memory"];
    let with = |memory, chart| {
        let value = json(folder, &[&run[..], &[memory, "--chart", chart]].concat());
        (value, fs::read_to_string(folder.join(chart)).expect("it was drawn"))
    };
    let memory = with("256", "memory.svg");
    assert!(memory == with("0", "ledger.svg"));
    let shown = json(folder, &["show", "@"]);
    for part in ["options", "comparisons", "seed", "replicates"] {
        assert!(shown[part] == memory.0[part], "{part}");
    }
    assert!(shown["drivers"].as_array().is_some_and(|drivers| !drivers.is_empty()));
    assert!(shown["drivers"] == json(folder, &["show", "@-1"])["drivers"]);
    let figure =
        format!("{} replicates: JSON and chart the same, byte for byte", shown["replicates"]);
    evidence::note("same-from-ledger", figure);
}

#[test]
fn a_run_without_a_stated_number_stops_at_the_same_look_wherever_its_columns_are() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    scenario().write(folder.path());
    let replicates = |memory| {
        json(folder.path(), &["run", "scenario.toml", "--memory", memory])["replicates"].clone()
    };
    assert_eq!(replicates("256"), replicates("0"));
}

#[test]
fn stress_and_vary_say_the_same_from_memory_and_from_the_ledger() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    scenario().write(folder.path());
    let varied = "option.In-house.team.Coaches.posts=1,2";
    for command in [&["stress", "scenario.toml"][..], &["vary", "scenario.toml", varied]] {
        let with = |memory| {
            let arguments = [command, &["--replicates", "64", "--memory", memory]].concat();
            json(folder.path(), &arguments)
        };
        assert!(with("256") == with("0"), "{command:?}");
    }
}

#[test]
fn reading_one_metric_neither_reads_nor_verifies_another() {
    use redb::{ReadableTable, TableDefinition};
    use workcast::ensemble::{Columns, Place};
    const RUNS: TableDefinition<&str, &[u8]> = TableDefinition::new("runs_v1");

    let folder = tempfile::tempdir().expect("a temporary folder");
    scenario().write(folder.path());
    prints(folder.path(), &["run", "scenario.toml", "--replicates", "16"]);
    let path = folder.path().join("workcast.redb");
    let database = redb::Database::open(&path).expect("a ledger is a redb file");
    let transaction = database.begin_write().expect("it can be written");
    {
        let mut runs = transaction.open_table(RUNS).expect("it has runs");
        let columns = runs.range("column/".."column0").expect("it can be read");
        let keys: Vec<String> =
            columns.map(|entry| entry.expect("it is there").0.value().to_owned()).collect();
        // One input, so that column 1 is the first metric of the first place.
        for key in keys.iter().filter(|key| !key.ends_with("/000001")) {
            runs.insert(key.as_str(), &b"damage"[..]).expect("it can be written");
        }
    }
    transaction.commit().expect("it can be written");
    drop(database);

    let ledger = workcast::store::Ledger::open(&path).expect("its pages are well");
    let stored = ledger.stored(&ledger.resolve("@").expect("one run")).expect("it is listed");
    assert_eq!(stored.outline().inputs.len(), 1);
    let place = Place { option: 0, place: 0 };
    assert_eq!(stored.metric(place, 0).expect("column 1 is well").data.len(), 16);
    assert!(stored.metric(place, 1).is_err() && stored.input(0).is_err());
}

/// What a run does where files cannot grow beyond so many blocks: the disk is full.
#[cfg(unix)]
fn on_a_full_disk(folder: &Path, memory: &str) -> std::process::Output {
    std::process::Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 900; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_workcast"))
        .args(["run", "scenario.toml", "--replicates", "4096", "--json", "--memory", memory])
        .current_dir(folder)
        .env_remove("WORKCAST_DB")
        .output()
        .expect("it starts")
}

#[cfg(unix)]
#[test]
fn a_run_that_cannot_be_stored_is_answered_from_memory_or_says_that_it_does_not_fit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    scenario().write(folder.path());
    let fits = on_a_full_disk(folder.path(), "256");
    let said = String::from_utf8_lossy(&fits.stderr).into_owned();
    assert_eq!(fits.status.code(), Some(3), "{said}");
    let value: Value = serde_json::from_slice(&fits.stdout).expect("stdout is JSON");
    assert_eq!((&value["replicates"], &value["run"]), (&4096.into(), &Value::Null), "{said}");

    let does_not = on_a_full_disk(folder.path(), "0");
    let said = String::from_utf8_lossy(&does_not.stderr).into_owned();
    assert_eq!((does_not.status.code(), does_not.stdout.len()), (Some(3), 0), "{said}");
    assert!(said.contains("cannot write the ledger"), "{said}");
    assert!(said.contains("fit in the 0 MB"), "{said}");
}
