//! One replicate of a stored run, told.

mod common;

use std::path::PathBuf;

use common::workcast;
use serde_json::Value;
use tempfile::TempDir;
use workcast::ensemble::ColumnData;
use workcast::store::Ledger;

/// A folder with a run of Bury in its ledger.
fn run() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("workcast.redb");
    let bury = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/bury.toml");
    let made = workcast().args(["run", bury, "--replicates", "48", "-q", "--db"]).arg(&db).output();
    assert!(made.unwrap().status.success());
    (folder, db)
}

#[track_caller]
fn replay(db: &PathBuf, more: &[&str]) -> (Option<i32>, String, String) {
    let output = workcast().args(["replay", "@", "--db"]).arg(db).args(more).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn plans(db: &PathBuf) -> Vec<i64> {
    let ledger = Ledger::open(db).unwrap();
    let id = ledger.resolve("@").unwrap();
    match ledger.column(&id, "Hybrid", Some("Bury"), "plans").unwrap().data {
        ColumnData::Whole(plans) => plans,
        ColumnData::Real(_) => panic!("plans are whole"),
    }
}

#[test]
fn what_is_told_of_a_replicate_is_what_is_stored_of_it() {
    let (_folder, db) = run();
    for (replicate, plans) in plans(&db).into_iter().enumerate().step_by(7) {
        let number = replicate.to_string();
        let (code, out, said) =
            replay(&db, &["--replicate", &number, "--option", "Hybrid", "--json"]);
        assert_eq!(code, Some(0), "{said}");
        let told: Value = serde_json::from_str(&out).unwrap();
        let events = told["events"].as_array().unwrap();
        let agreed = |event: &&Value| {
            let what = event["what"].as_str().unwrap();
            event["person"].is_u64() && what.ends_with("with an action plan")
        };
        assert_eq!(events.iter().filter(agreed).count() as i64, plans, "replicate {replicate}");
        let claimed: i64 = events.iter().filter_map(|event| event["claimed_pence"].as_i64()).sum();
        let paid: i64 = events.iter().filter_map(|event| event["received_pence"].as_i64()).sum();
        assert_eq!(claimed, paid);
        assert!(told["inputs"].as_object().unwrap().len() > 20);
    }
}

#[test]
fn days_are_told_in_order_with_coaches_claims_and_payments() {
    let (_folder, db) = run();
    let (code, out, said) = replay(&db, &["--replicate", "5", "--option", "In-house"]);
    assert_eq!(code, Some(0), "{said}");
    for part in [
        "replicate 5 of run",
        "under In-house",
        "every figure of it is as it is stored",
        "a coach starts in post 1, hired",
        "Bury: 1 referred",
        "31 December 2024  Bury claims £",
        "for the period to 31 December 2024",
        "the month ends with a balance of",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn one_person_is_told_from_referral_to_the_end() {
    let (_folder, db) = run();
    let option = ["--replicate", "5", "--option", "Hybrid"];
    let (_, everybody, _) = replay(&db, &[&option[..], &["--people"]].concat());
    let line = everybody.lines().find(|line| line.ends_with("with an action plan")).unwrap();
    let number = line.split("person ").nth(1).unwrap().split(':').next().unwrap();
    let (code, out, said) = replay(&db, &[&option[..], &["--person", number]].concat());
    assert_eq!(code, Some(0), "{said}");
    let lines: Vec<&str> = out.lines().filter(|line| line.contains(", person ")).collect();
    assert!(lines.iter().all(|line| line.contains(&format!("person {number}: "))), "{out}");
    let at = |what: &str| lines.iter().position(|line| line.contains(what));
    let steps = [": referred by ", "on the list", "given a slot with ", "seen", "action plan"];
    let order: Vec<usize> = steps.iter().map(|step| at(step).unwrap()).collect();
    assert!(order.is_sorted(), "{out}");
    assert!(!out.contains("balance"), "{out}");
}

#[test]
fn what_cannot_be_told_is_refused_with_what_can() {
    let (_folder, db) = run();
    for (more, words) in [
        (&["--replicate", "48", "--option", "Hybrid"][..], "replicates 0 to 47, not 48"),
        (&["--replicate", "1"], "In-house, Procured and Hybrid"),
        (&["--replicate", "1", "--option", "Hybird"], "there is no option \"Hybird\""),
        (&["--replicate", "1", "--option", "Hybrid", "--locality", "Leeds"], "there is Bury"),
        (&["--replicate", "1", "--option", "Hybrid", "--person", "4000000"], "person 4000000"),
    ] {
        let (code, out, said) = replay(&db, more);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{more:?}");
        assert!(said.contains(words), "{more:?}: {said}");
    }
}

#[test]
fn a_replicate_that_comes_out_otherwise_than_it_is_stored_is_not_told() {
    let (_folder, db) = run();
    let (head, texts, mut results) = {
        let ledger = Ledger::open(&db).unwrap();
        let id = ledger.resolve("@").unwrap();
        let head = ledger.record(&id).unwrap().head;
        (head, ledger.scenario(&id).unwrap(), ledger.results(&id).unwrap())
    };
    let place = &mut results.options[0].places[0];
    let cost = place.metrics.iter_mut().find(|column| column.metric.name == "cost").unwrap();
    if let ColumnData::Whole(values) = &mut cost.data {
        values[33] += 1;
    }
    let ledger = Ledger::open_or_create(&db).unwrap();
    let mut writer = ledger.begin(head, &texts).unwrap();
    writer.block(&results).unwrap();
    writer.finish().unwrap();
    drop(ledger);
    let (code, _, said) = replay(&db, &["--replicate", "33", "--option", "Hybrid"]);
    assert_eq!(code, Some(5), "{said}");
    assert!(said.contains("in replicate 33") && said.contains("Bury: cost was"), "{said}");
    assert_eq!(replay(&db, &["--replicate", "5", "--option", "Hybrid"]).0, Some(0));
}
