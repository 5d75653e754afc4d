//! Ten districts that share a programme: their parts of it, published figures, and what is printed.

mod common;

use common::{Scenario, workcast};
use serde_json::Value;

const TEN: &str = "tests/places/ten-districts.toml";

/// What a command says of the ten districts, in the repository's root with a ledger of its own.
#[track_caller]
fn says(command: &str, more: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ledger = folder.path().join("test.redb");
    let output = workcast()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([command, TEN, "--quiet", "--db"])
        .arg(&ledger)
        .args(more)
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{command} {more:?}: {said}");
    String::from_utf8(output.stdout).expect("stdout is UTF-8")
}

#[track_caller]
fn json(command: &str, more: &[&str]) -> Value {
    let text = says(command, &[&["--json"], more].concat());
    serde_json::from_str(&text).expect("stdout is one JSON value")
}

fn named<'a>(rows: &'a Value, name: &str) -> &'a Value {
    let rows = rows.as_array().expect("a list");
    rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no {name}: {rows:?}"))
}

const SMALL: [&str; 4] = ["--replicates", "32", "--seed", "1"];

// ---------------------------------------------------------------- fair shares

#[test]
fn a_locality_without_a_number_of_its_own_has_its_fair_share() {
    let checked = json("check", &[]);
    let of = |key: &str| -> Vec<i64> {
        let localities = checked["localities"].as_array().expect("localities").iter();
        localities.map(|locality| locality[key].as_i64().expect("a number")).collect()
    };
    assert_eq!(of("fair_share"), [824, 536, 1_560, 672, 624, 760, 816, 640, 648, 920]);
    assert_eq!(of("agreed_participants"), [824, 536, 1_620, 672, 624, 760, 816, 640, 648, 920]);
}

#[test]
fn a_stated_number_stands_and_the_computed_one_is_shown_beside_it() {
    let checked = json("check", &[]);
    let rows = checked["reconciliation"].as_array().expect("a list");
    let row =
        rows.iter().find(|row| row["figure"] == "fair_share" && row["locality"] == "Manchester");
    let row = row.expect("Manchester's number beside its share");
    assert_eq!((&row["published"], &row["computed"]), (&Value::from(1620.0), &Value::from(1560.0)));
    assert_eq!((&row["difference"], &row["unit"]), (&Value::from(60.0), &Value::from("people")));
    assert!(says("check", &[]).contains("1,560 (19.5% of 8,000 by population); 1,620 are stated"));
}

#[test]
fn any_column_of_weights_can_divide_the_whole() {
    let scenario = Scenario::half_year()
        .with_bolton()
        .without("locality.Bury.agreed_participants")
        .without("locality.Bolton.agreed_participants")
        .set("fair_share.participants", "99")
        .set("fair_share.by", "workless")
        .set("locality.Bury.weights.workless", "1.5")
        .set("locality.Bolton.weights.workless", "3")
        .json("check", &[], &[]);
    let agreed = |index: usize| &scenario["localities"][index]["agreed_participants"];
    assert_eq!((agreed(0), agreed(1)), (&Value::from(33), &Value::from(66)));
}

// ---------------------------------------------------------------- published figures

#[test]
fn what_the_rules_give_is_set_beside_what_is_printed() {
    let rows = &json("check", &[])["reconciliation"];
    let money = named(rows, "All of the money");
    assert_eq!(money["difference_pence"], -4_846_200);
    assert_eq!(money["locality"], Value::Null);
    assert_eq!(named(rows, "All places")["computed"], 8060.0);
    assert_eq!(named(rows, "Bury, first year")["explanation"], "agrees to the penny");
    assert_eq!(json("run", &SMALL)["reconciliation"], *rows);
}

#[test]
fn a_count_to_a_day_is_exact_in_each_replicate() {
    let run = Scenario::half_year()
        .plans_on(&[("2024-10-05", 3), ("2024-12-31", 4), ("2025-02-01", 5)])
        .set("published.early.metric", "plans")
        .set("published.early.locality", "Bury")
        .set("published.early.by", "2024-12-31")
        .set("published.early.value", "7")
        .set("published.before.metric", "plans")
        .set("published.before.locality", "Bury")
        .set("published.before.by", "2024-12-30")
        .set("published.before.value", "7")
        .run();
    assert_eq!((run.people("published.early"), run.people("published.before")), (7, 3));
    let published = &run.json["published"];
    assert_eq!(named(published, "early")["options"]["In-house"]["inside"], true);
    assert_eq!(named(published, "before")["options"]["In-house"]["inside"], false);
}

#[test]
fn every_count_to_the_last_day_is_the_metric_itself() {
    let words = ["referrals", "eligible", "plans", "found_work"];
    let mut scenario = Scenario::half_year()
        .steady("20")
        .source("eligible", "70%")
        .journey("support", "5 weeks")
        .journey("in_work", "60%")
        .journey("employed_at_start", "30%");
    for word in words.iter().chain(&["starts"]) {
        scenario = scenario
            .set(&format!("published.{word}.metric"), word)
            .set(&format!("published.{word}.locality"), "Bury")
            .set(&format!("published.{word}.by"), "2025-03-31")
            .set(&format!("published.{word}.value"), "1");
    }
    let run = scenario.run_with(64, &[]);
    for word in words {
        assert!(run.mean(word) > 0.0);
        run.assert_same(word, &format!("published.{word}"));
    }
    assert!(run.mean("published.starts") >= run.mean("plans"));
}

#[test]
fn a_published_figure_moves_no_other_result() {
    let plain = Scenario::half_year().steady("20");
    let printed = plain
        .clone()
        .set("published.seen.metric", "starts")
        .set("published.seen.by", "2024-12-31")
        .set("published.seen.value", "50")
        .set("published.waits.metric", "wait_mean_days")
        .set("published.waits.value", "3 days");
    let mut with = printed.run().json;
    let without = plain.run().json;
    let metrics = |run: &mut Value| run["options"]["In-house"]["programme"]["metrics"].take();
    let mut metrics_with = metrics(&mut with);
    let own = metrics_with.as_object_mut().expect("metrics");
    assert!(own.remove("published.seen").is_some() && own.remove("published.waits").is_some());
    assert_eq!(metrics_with, metrics(&mut without.clone()));
    let bury = |run: &Value| run["options"]["In-house"]["localities"]["Bury"].clone();
    assert_eq!(bury(&with), bury(&without));
}

// ---------------------------------------------------------------- targets

#[test]
fn all_localities_are_on_target_only_where_each_reaches_its_own_number() {
    // Whole places, whoever is referred: Bury and Bolton each agree thirty plans.
    let two = Scenario::half_year()
        .with_bolton()
        .team("participants_max", "30")
        .other_team("Bolton", "participants_max", "30")
        .set("locality.Bury.agreed_participants", "20");
    for (bolton, all) in [("30", 1), ("31", 0)] {
        let run = two.clone().set("locality.Bolton.agreed_participants", bolton).run();
        let programme = run.programme();
        assert_eq!(programme.people("all_localities_on_target"), all);
        assert_eq!(programme.people("localities_on_target"), 1 + all);
    }
}

// ---------------------------------------------------------------- what is printed

#[test]
fn ten_localities_are_printed_in_one_table_and_the_programme_in_sentences() {
    let text = says("run", &SMALL);
    let flowing = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Of the 10 localities, ",
        "agreed 8,060; like services reached 34% to 86% of plan",
        " Manchester, 1,620 agreed ",
        "Localities that reach",
        "Chance that all do",
        "Published beside",
        "1,457 (outturn)",
    ] {
        // A sentence goes on in the next line.
        let found = text.contains(words) || flowing.contains(words.trim());
        assert!(found, "no \"{words}\":\n{text}");
    }
    assert_eq!(text.matches(" Action plans by 31 March").count(), 1, "{text}");
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}");
}

#[test]
fn a_stored_run_shows_published_figures_as_the_run_did() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ledger = folder.path().join("test.redb");
    let does = |arguments: &[&str]| -> Value {
        let mut command = workcast();
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).arg("--db").arg(&ledger);
        let output = command.args(["--json", "--quiet"]).output().expect("the program starts");
        serde_json::from_slice(&output.stdout).expect("stdout is JSON")
    };
    let run = does(&["run", TEN, "--replicates", "16"]);
    let shown = does(&["show", run["run"].as_str().expect("an id")]);
    assert_eq!(shown["published"], run["published"]);
    assert_eq!(shown["reconciliation"], run["reconciliation"]);
    assert_eq!(run["published"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_stress_is_shown_for_each_locality_that_it_changes() {
    let text = says("stress", &SMALL);
    assert!(text.contains("The other 9 localities"), "{text}");
    let stressed = json("stress", &SMALL);
    let case = &stressed["cases"][2];
    assert_eq!(case["case"], "Bury without half of its coaches");
    let change = |place: &str| case["localities"][place]["Early"]["plans"]["difference"].as_f64();
    assert!(change("Bury") < Some(-10.0), "{case}");
    assert_eq!(change("Wigan"), Some(0.0));
    assert_eq!(
        stressed["cases"][0]["localities"]["Wigan"]["Later"]["plans"]["difference"],
        Value::Null
    );
}
