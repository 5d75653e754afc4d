//! What goes into the ledger comes out of it.

mod ledger_support;

use ledger_support::{block, head, scenario, store_run};
use workcast::store::{Ledger, RunId, Status, StoreError};

#[test]
fn a_run_comes_out_of_the_ledger_as_it_went_in_to_the_bit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let ledger = Ledger::open_or_create(&path).unwrap();
    let mut writer = ledger.begin(head("Bury"), &scenario()).unwrap();
    let id = writer.id().clone();
    writer.block(&block(0, 16)).unwrap();
    writer.block(&block(16, 16)).unwrap();
    writer.block(&block(32, 32)).unwrap();
    let record = writer.finish().unwrap();
    ledger.close().unwrap();

    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.results(&id).unwrap(), block(0, 64));
    assert_eq!(ledger.scenario(&id).unwrap(), scenario());
    assert_eq!(ledger.inputs(&id).unwrap(), block(0, 64).inputs);
    assert_eq!(ledger.record(&id).unwrap(), record);
    assert_eq!((record.status, record.replicates, record.blocks), (Status::Complete, 64, 3));
    assert_eq!(record.head, head("Bury"));
}

#[test]
fn one_metric_of_one_place_is_read_alone() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open_or_create(folder.path().join("workcast.redb")).unwrap();
    let id = store_run(&ledger, "Bury", 3);
    let whole = block(0, 48);
    for option in &whole.options {
        for place in &option.places {
            let locality = place.locality.as_deref();
            for column in &place.metrics {
                let read = ledger.column(&id, &option.name, locality, &column.metric.name);
                assert_eq!(read.unwrap(), *column);
            }
            for series in &place.monthly {
                let read = ledger.monthly(&id, &option.name, locality, &series.metric.name);
                assert_eq!(read.unwrap(), *series);
            }
        }
    }
}

#[test]
fn what_a_run_does_not_have_is_answered_with_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open_or_create(folder.path().join("workcast.redb")).unwrap();
    let id = store_run(&ledger, "Bury", 1);
    let message =
        |option, place, metric| ledger.column(&id, option, place, metric).unwrap_err().to_string();
    assert!(
        message("Tender", None, "plans")
            .ends_with("has no option \"Tender\"; it has In-house, Hybrid / \"x\"\n")
    );
    assert!(
        message("In-house", Some("Leeds"), "plans").ends_with("no locality \"Leeds\"; it has Bury")
    );
    assert!(
        message("In-house", None, "plan").contains("no metric \"plan\"; it has plans, net, huge")
    );
}

#[test]
fn runs_are_listed_newest_first_whatever_their_clocks_say() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open_or_create(folder.path().join("workcast.redb")).unwrap();
    for (title, created) in [("first", "2031-01-01T00:00:00Z"), ("second", "1970-01-01T00:00:00Z")]
    {
        let mut later = head(title);
        later.created = created.into();
        ledger.begin(later, &scenario()).unwrap().finish().unwrap();
    }
    let titles: Vec<_> =
        ledger.runs().unwrap().runs.into_iter().map(|run| run.head.title).collect();
    assert_eq!(titles, ["second", "first"]);
}

#[test]
fn a_run_is_meant_by_the_beginning_of_its_id_or_by_its_age() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open_or_create(folder.path().join("workcast.redb")).unwrap();
    let ids: Vec<RunId> = (0..40).map(|n| store_run(&ledger, &format!("{n}"), 0)).collect();
    let newest = ids.last().unwrap();
    assert_eq!(ledger.resolve("@").unwrap(), *newest);
    assert_eq!(ledger.resolve("@-0").unwrap(), *newest);
    assert_eq!(ledger.resolve("@-1").unwrap(), ids[38]);
    assert_eq!(ledger.resolve("@-39").unwrap(), ids[0]);
    for id in &ids {
        assert_eq!(ledger.resolve(id.as_str()).unwrap(), *id);
        assert_eq!(ledger.resolve(&id.as_str()[..7]).unwrap(), *id);
    }
    // Forty ids over thirty letters: one letter at least begins two of them.
    let letters = "0123456789bcdfghjkmnpqrstvwxyz".chars().map(String::from);
    let ambiguous = letters.filter_map(|letter| match ledger.resolve(&letter) {
        Err(StoreError::AmbiguousRun { candidates, .. }) => Some((letter, candidates)),
        _ => None,
    });
    let ambiguous: Vec<_> = ambiguous.collect();
    assert!(!ambiguous.is_empty());
    for (letter, candidates) in ambiguous {
        assert!(candidates.split(", ").all(|candidate| candidate.starts_with(&letter)));
    }
}

#[test]
fn a_name_that_means_no_run_is_answered_with_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open_or_create(folder.path().join("workcast.redb")).unwrap();
    let message = |asked: &str| ledger.resolve(asked).unwrap_err().to_string();
    assert!(message("@").contains("it has no runs yet"));
    let id = store_run(&ledger, "Bury", 0);
    assert!(message("@-1").contains(&format!("it has 1: {id}")));
    assert!(message("aaaaaaaaaa").contains(&format!("it has 1: {id}")));
    for odd in
        ["", "@1", "@-", "@--1", "@-x", "@-99999999999999999999999", "../x", "CON ", "Ü", "a\0"]
    {
        assert!(message(odd).contains("names no run"), "{odd:?}");
    }
}

#[test]
fn an_interrupted_run_is_listed_with_what_is_stored_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let ledger = Ledger::open_or_create(&path).unwrap();
    let mut writer = ledger.begin(head("Bury"), &scenario()).unwrap();
    writer.block(&block(0, 16)).unwrap();
    let id = writer.interrupted().unwrap().id;
    drop(ledger);

    let ledger = Ledger::open(&path).unwrap();
    let record = &ledger.runs().unwrap().runs[0];
    assert_eq!((record.status, record.replicates), (Status::Incomplete, 16));
    assert_eq!(record.status.to_string(), "incomplete (interrupted)");
    assert_eq!(ledger.results(&id).unwrap(), block(0, 16));
}

#[test]
fn a_run_that_is_dropped_is_listed_as_ended_without_notice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let ledger = Ledger::open_or_create(&path).unwrap();
    let id = ledger.begin(head("Bury"), &scenario()).unwrap().id().clone();
    drop(ledger);

    let ledger = Ledger::open(&path).unwrap();
    let record = ledger.record(&id).unwrap();
    assert_eq!(record.status.to_string(), "incomplete (ended without notice)");
    let message = ledger.results(&id).unwrap_err().to_string();
    assert!(message.contains("before any replicate was stored"), "{message}");
    assert_eq!(ledger.scenario(&id).unwrap(), scenario());
}

#[test]
fn a_block_that_does_not_fit_is_refused_and_nothing_has_happened() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open_or_create(folder.path().join("workcast.redb")).unwrap();
    let mut writer = ledger.begin(head("Bury"), &scenario()).unwrap();
    writer.block(&block(0, 16)).unwrap();

    let mut another_seed = block(16, 16);
    another_seed.seed = 5;
    let mut another_name = block(16, 16);
    another_name.options[0].places[0].metrics[0].metric.name = "plan".into();
    let mut one_short = block(16, 16);
    one_short.inputs[0].values.pop();
    for (odd, why) in [
        (another_seed, "another seed"),
        (another_name, "not those of the first block"),
        (one_short, "one value for each replicate"),
    ] {
        assert!(writer.block(&odd).unwrap_err().to_string().contains(why), "{why}");
    }
    writer.block(&block(16, 16)).unwrap();
    let id = writer.finish().unwrap().id;
    assert_eq!(ledger.results(&id).unwrap(), block(0, 32));
}

#[test]
fn several_runs_can_be_written_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open_or_create(folder.path().join("workcast.redb")).unwrap();
    let mut base = ledger.begin(head("base"), &scenario()).unwrap();
    let mut stress = ledger.begin(head("stress"), &scenario()).unwrap();
    base.block(&block(0, 16)).unwrap();
    stress.block(&block(0, 16)).unwrap();
    base.block(&block(16, 16)).unwrap();
    let (base, stress) = (base.finish().unwrap().id, stress.finish().unwrap().id);
    assert_eq!(ledger.results(&base).unwrap(), block(0, 32));
    assert_eq!(ledger.results(&stress).unwrap(), block(0, 16));
}
