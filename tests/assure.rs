//! `workcast assure RUN`: the analyst's file for a stored run, from the ledger alone.

mod common;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

use common::{Scenario, workcast};
use serde_json::Value;
use tempfile::TempDir;
use workcast::scenario::Scenario as Read;

/// A folder with a ledger of one run, whose scenario file is gone.
struct Desk {
    folder: TempDir,
}

impl Desk {
    /// A run of a scenario that comes with the program.
    fn of_shipped(name: &str, command: &[&str]) -> Self {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        let file = file.to_string_lossy().into_owned();
        let (first, rest) = command.split_first().unwrap();
        desk.prints(&[&[*first, &file], rest, &["--replicates", "64"]].concat());
        desk
    }

    fn of(scenario: &Scenario) -> Self {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        scenario.write(desk.folder.path());
        desk.prints(&["run", "scenario.toml", "--replicates", "16"]);
        std::fs::remove_file(desk.path("scenario.toml")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn does(&self, arguments: &[&str]) -> Output {
        workcast().current_dir(self.folder.path()).args(arguments).output().unwrap()
    }

    #[track_caller]
    fn prints(&self, arguments: &[&str]) -> String {
        let output = self.does(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The file of the newest run, as JSON.
    fn record(&self) -> Value {
        serde_json::from_str(&self.prints(&["assure", "@", "--json"])).unwrap()
    }
}

/// The rows of every table whose header begins with this cell.
fn rows<'a>(record: &'a Value, first: &str) -> Vec<Vec<&'a str>> {
    let sections = record["sections"].as_array().unwrap().iter();
    let blocks = sections.flat_map(|section| section["blocks"].as_array().unwrap());
    let tables = blocks.filter(|block| block["header"][0] == first);
    let rows = tables.flat_map(|table| table["rows"].as_array().unwrap());
    rows.map(|row| row.as_array().unwrap().iter().map(|cell| cell.as_str().unwrap()).collect())
        .collect()
}

fn has_row(rows: &[Vec<&str>], cells: &[&str]) -> bool {
    rows.iter().any(|row| cells.iter().all(|cell| row.contains(cell)))
}

#[test]
fn it_has_the_headings_that_the_aqua_book_and_stress_des_ask_for() {
    let text = Desk::of(&Scenario::half_year()).prints(&["assure", "@"]);
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("##")).collect();
    for wanted in [
        "## Roles",
        "### 1.1 Purpose of the model",
        "### Scope",
        "### 1.2 Model outputs",
        "### 1.3 Aims of the experiments",
        "### 2.1 Overview of the base model",
        "### 2.2 Logic of the base model",
        "### 2.3 Logic of the options",
        "### 2.4 Algorithms",
        "### 2.5 Components",
        "### 3.1 Data sources (data log)",
        "### 3.2 Pre-processing",
        "### 3.3 Input parameters",
        "### 3.4 Assumptions (assumptions log)",
        "### Decisions (decisions log)",
        "### 4.1 Initialisation",
        "### 4.2 Run length",
        "### 4.3 Estimation approach",
        "### 5.1 Software",
        "### 5.2 Random sampling",
        "### 5.3 Model execution",
        "### 5.4 System specification",
        "## 6 Code access",
        "## Verification and validation",
        "## Uncertainty",
        "## Limitations",
        "## Sign-off",
    ] {
        assert!(headings.contains(&wanted), "no {wanted} in {headings:#?}");
    }
}

#[test]
fn every_quantity_in_force_is_in_the_assumptions_log_with_what_is_said_of_it() {
    let record = Desk::of_shipped("bury.toml", &["run"]).record();
    let log = rows(&record, "Assumption");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/bury.toml");
    let scenario = Read::read(&file).unwrap();
    let mut quantities = 0;
    for value in scenario.in_force().iter().filter(|value| value.unit.is_some()) {
        let unit = value.unit.unwrap();
        let found = log.iter().find(|row| {
            let key = row[0].split(" (").next().unwrap();
            key == value.key && row[1] == value.value && row[2] == unit
        });
        let row = found.unwrap_or_else(|| panic!("{} is not in the log", value.path));
        for known in [&value.source, &value.confidence, &value.owner, &value.agreed_on] {
            let Some(known) = known else { continue };
            assert!(row.iter().any(|cell| cell.contains(known.as_str())), "{}", value.path);
        }
        quantities += 1;
    }
    assert!(quantities > 150, "{quantities}");
    let attends = log.iter().find(|row| row[0] == "attends" && row[1].starts_with("about 50%"));
    let attends = attends.unwrap();
    assert!(attends[3].ends_with('%') && attends[3].contains(" to "), "{attends:?}");
    assert!(attends[8].contains("Action plans +0."), "{attends:?}");
    assert_eq!(attends[6], "____", "nobody owns it");
}

#[test]
fn every_uncertain_value_says_what_was_drawn_of_it() {
    let desk = Desk::of_shipped("bury.toml", &["run"]);
    let record = desk.record();
    let log = rows(&record, "Assumption");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/bury.toml");
    let inputs = Read::read(&file).unwrap().programme.inputs.len();
    let drawn = log.iter().filter(|row| !row[3].is_empty());
    assert_eq!(drawn.count(), inputs);
}

#[test]
fn every_choice_in_force_is_in_the_decisions_log_stated_or_not() {
    let record = Desk::of_shipped("bury.toml", &["run"]).record();
    let decisions = rows(&record, "Decision");
    assert!(has_row(&decisions, &["funding.basic.paid_on", "expenditure"]));
    assert!(has_row(&decisions, &["funding.reconciliation", "none", "default: nobody stated it"]));
    assert!(has_row(
        &decisions,
        &["option.Procured.team.Provider.route", "below-threshold quotes"]
    ));
}

#[test]
fn every_metric_of_the_run_is_defined() {
    for scenario in ["bury.toml", "gm-workwell.toml"] {
        let record = Desk::of_shipped(scenario, &["run"]).record();
        let metrics = rows(&record, "Metric");
        assert!(metrics.len() > 60, "{scenario}: {}", metrics.len());
        let bare: Vec<&str> = (metrics.iter())
            .filter(|row| row[1].is_empty() || row[2].is_empty())
            .map(|row| row[0])
            .collect();
        assert!(bare.is_empty(), "{scenario}: nobody says what these are: {bare:?}");
    }
}

#[test]
fn a_run_under_a_stress_or_with_other_values_shows_the_scenario_as_it_was() {
    let desk = Desk::of_shipped("bury.toml", &["stress"]);
    let record = desk.record();
    let text = record.to_string();
    assert!(text.contains("This run is the scenario with these changes"), "{text}");
    assert!(text.contains("The December 2024 return is missed"), "{text}");
    let desk = Desk::of_shipped("bury.toml", &["vary", "journey.rebook=2,3"]);
    let record = desk.record();
    let log = rows(&record, "Assumption");
    assert!(has_row(&log, &["rebook", "3"]), "the last value is the newest run");
}

#[test]
fn it_says_how_many_replicates_and_why() {
    let desk = Desk::of(&Scenario::half_year());
    let text = desk.prints(&["assure", "@"]);
    assert!(text.contains("16 replicates, because 16 were asked for"), "{text}");
    Scenario::half_year().write(desk.folder.path());
    desk.prints(&["run", "scenario.toml"]);
    let text = desk.prints(&["assure", "@"]);
    assert!(text.contains("2,048 replicates: the run went on until"), "{text}");
    assert!(text.contains("below 0.5 points"), "{text}");
}

#[test]
fn what_only_a_person_can_answer_is_a_line_to_write_on() {
    let record = Desk::of(&Scenario::half_year()).record();
    let asked = rows(&record, "Only a person can answer");
    assert!(asked.len() >= 10 && asked.iter().all(|row| row[1] == "____"), "{asked:?}");
    let signed = rows(&record, "Role");
    let roles: BTreeSet<&str> = signed.iter().map(|row| row[0]).collect();
    let wanted = ["Analyst", "Analytical assurer", "Approver", "Commissioner"];
    assert_eq!(roles.into_iter().collect::<Vec<_>>(), wanted);
    assert!(signed.iter().all(|row| row.contains(&"____")), "{signed:?}");
}

#[test]
fn every_claim_of_the_validation_page_is_in_it() {
    let text = Desk::of(&Scenario::half_year()).prints(&["assure", "@"]);
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("VALIDATION.md");
    let page = std::fs::read_to_string(page).unwrap();
    let tests = page
        .lines()
        .filter(|line| line.starts_with("| "))
        .filter_map(|line| line.split('`').nth(1).filter(|test| test.contains("::")));
    let mut count = 0;
    for test in tests {
        assert!(text.contains(test), "no {test}");
        count += 1;
    }
    assert!(count > 30, "{count}");
}

#[test]
fn the_json_says_what_the_markdown_says() {
    let desk = Desk::of_shipped("bury.toml", &["run"]);
    let text = desk.prints(&["assure", "@"]);
    let record = desk.record();
    let sections = record["sections"].as_array().unwrap();
    let headings = text.lines().filter(|line| line.starts_with("##"));
    let of_json = sections.iter().map(|section| {
        let level = section["level"].as_u64().unwrap() as usize;
        format!("{} {}", "#".repeat(level), section["heading"].as_str().unwrap())
    });
    assert_eq!(headings.collect::<Vec<_>>(), of_json.collect::<Vec<_>>());
    let cells = rows(&record, "Assumption").len();
    let table_rows = text.lines().filter(|line| line.starts_with("| ")).count();
    assert!(table_rows > cells, "{table_rows} lines for {cells} rows");
}

#[test]
fn a_file_is_written_whole_and_never_over_another() {
    let desk = Desk::of(&Scenario::half_year());
    assert_eq!(desk.prints(&["assure", "@", "--out", "record.md"]), "");
    let written = std::fs::read_to_string(desk.path("record.md")).unwrap();
    assert_eq!(written, desk.prints(&["assure", "@"]));
    std::fs::write(desk.path("record.md"), "signed").unwrap();
    let refused = desk.does(&["assure", "@", "--out", "record.md"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--force"));
    assert_eq!(std::fs::read_to_string(desk.path("record.md")).unwrap(), "signed");
    desk.prints(&["assure", "@", "--out", "record.md", "--force"]);
    assert_eq!(std::fs::read_to_string(desk.path("record.md")).unwrap(), written);
    let nowhere = desk.does(&["assure", "@", "--out", "no/such/folder/record.md"]);
    assert_eq!(nowhere.status.code(), Some(3));
}

#[test]
fn a_run_that_is_not_there_has_no_record() {
    let desk = Desk::of(&Scenario::half_year());
    let refused = desk.does(&["assure", "zzzzzzzz"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(refused.stdout.is_empty());
}

#[test]
fn names_with_markup_and_hidden_characters_come_out_as_text() {
    let hostile = Scenario::half_year()
        .set("title", r##""# <script>alert(1)</script> | a \u202Eb""##)
        .set("question", r#""- [x](javascript:y) **?**""#)
        .set("journey.plan_agreed", r#"{ is = "80%", source = "`a` | b | c" }"#);
    let text = Desk::of(&hostile).prints(&["assure", "@"]);
    assert!(text.starts_with("# Assurance record: # \\<script\\>"), "{}", &text[..80]);
    assert!(!text.contains("<script>") && !text.contains('\u{202e}'));
    assert!(text.contains("U+202E"));
    assert!(text.contains("\\`a\\` \\| b \\| c"));
    assert!(text.contains("\\[x\\](javascript:y)"));
    // Every row of a table has as many cells as its header.
    let mut columns = None;
    for line in text.lines() {
        if !line.starts_with('|') {
            columns = None;
            continue;
        }
        let cells = line.replace("\\|", "").matches('|').count();
        assert_eq!(*columns.get_or_insert(cells), cells, "{line}");
    }
}
