//! The command line as the contract describes it: exit codes, where output goes, the ledger.

mod common;

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use common::{Scenario, workcast};
use serde_json::Value;
use tempfile::TempDir;

/// A working folder with a scenario file in it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self::with(&Scenario::half_year().team("participants_max", "37"))
    }

    fn with(scenario: &Scenario) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        scenario.write(folder.path());
        Self { folder }
    }

    /// What a command does in the folder.
    #[track_caller]
    fn does(&self, arguments: &[&str]) -> Output {
        let mut command = workcast();
        command.current_dir(self.folder.path()).args(arguments).output().expect("it starts")
    }

    /// What a command prints, once it has ended well.
    #[track_caller]
    fn prints(&self, arguments: &[&str]) -> String {
        let output = self.does(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", talk(&output));
        String::from_utf8(output.stdout).expect("stdout is UTF-8")
    }

    /// A run of sixteen replicates, which returns its id.
    #[track_caller]
    fn runs(&self, seed: &str) -> String {
        let text =
            self.prints(&["run", "scenario.toml", "--replicates", "16", "--seed", seed, "--json"]);
        let json: Value = serde_json::from_str(&text).expect("stdout is JSON");
        json["run"].as_str().expect("a run has an id").to_owned()
    }

    /// Whether a command ends with a code, says why on stderr and nothing on stdout.
    #[track_caller]
    fn refuses(&self, arguments: &[&str], code: i32) -> String {
        let output = self.does(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", talk(&output));
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.is_empty(), "{arguments:?} printed {said}");
        assert!(!output.stderr.is_empty(), "{arguments:?} gave no reason");
        talk(&output)
    }
}

fn talk(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const RUN: [&str; 6] = ["run", "scenario.toml", "--replicates", "16", "--seed", "1"];

#[test]
fn a_run_ends_with_0_and_prints_a_comparison_of_its_options() {
    let text = Desk::new().prints(&RUN);
    assert!(text.contains("In-house") && text.contains("37"), "{text}");
}

#[test]
fn a_run_as_json_is_one_object_with_what_it_was_made_of() {
    let desk = Desk::new();
    let text =
        desk.prints(&["run", "scenario.toml", "--replicates", "16", "--seed", "7", "--json"]);
    let json: Value = serde_json::from_str(&text).expect("stdout is one JSON value");
    assert_eq!(json["scenario"]["title"], "A test");
    assert!(json["scenario"]["hash"].as_str().is_some_and(|hash| hash.len() >= 8));
    assert_eq!((&json["seed"], &json["replicates"]), (&Value::from(7), &Value::from(16)));
    assert_eq!(json["workcast"], env!("CARGO_PKG_VERSION"));
    assert!(json["comparisons"].is_array() && json["reconciliation"].is_array());
}

#[test]
fn every_quantile_has_its_error_and_every_series_its_months() {
    let desk = Desk::with(&Scenario::half_year().steady("20"));
    let text = desk.prints(&["run", "scenario.toml", "--replicates", "32", "--json"]);
    let json: Value = serde_json::from_str(&text).expect("stdout is JSON");
    let bury = &json["options"]["In-house"]["localities"]["Bury"];
    let plans = &bury["metrics"]["plans"];
    for key in ["mean", "se", "sd", "p05", "p10", "p25", "p50", "p75", "p90", "p95"] {
        assert!(plans[key].is_f64() || plans[key].is_u64(), "{key}: {plans}");
    }
    for quantile in ["p05", "p10", "p25", "p50", "p75", "p90", "p95"] {
        let error = format!("{quantile}_se");
        assert!(plans[&error].is_number(), "{error}: {plans}");
    }
    let monthly = &bury["monthly"];
    let months = monthly["month"].as_array().expect("months").len();
    assert!(months >= 6);
    for series in [
        "referrals",
        "plans",
        "waiting",
        "caseload",
        "cost",
        "receipts",
        "balance",
        "claimed_basic",
        "claimed_participant",
    ] {
        for key in ["mean", "se", "p10", "p50", "p90"] {
            let points = monthly[series][key].as_array().map(Vec::len);
            assert_eq!(points, Some(months), "{key} of {series}");
        }
    }
}

#[test]
fn every_metric_of_the_contract_is_there() {
    let desk = Desk::with(&Scenario::half_year().steady("20").team("costs.salary", "£30,000"));
    let text = desk.prints(&["run", "scenario.toml", "--replicates", "16", "--json"]);
    let json: Value = serde_json::from_str(&text).expect("stdout is JSON");
    let option = &json["options"]["In-house"];
    let people = "opening_waiting opening_in_support referrals eligible signposted withdrew \
        did_not_attend no_plan disrupted in_triage_at_end waiting_at_end before_plan_at_end plans \
        plans_by_year.2024/25 in_support_at_end completed disengaged in_work kept_work found_work \
        sustained target_met target_day";
    let capacity = "opening_day wait_mean_days wait_p90_days referral_to_appointment_days \
        seen_within_28_days longest_list coach_weeks utilisation first_plan_day ready_day.Coaches";
    let money = "cost eligible_expenditure income_basic income_participant income disallowed \
        unclaimed shortfall net cash_gap cash_gap_day financing cost_per_plan cost_by_year.2024/25 \
        income_by_year.2024/25 owed_by_funder_at.2024/25 owed_to_providers_at.2024/25";
    for metric in [people, capacity, money].iter().flat_map(|names| names.split_whitespace()) {
        let there = option["localities"]["Bury"]["metrics"].get(metric);
        assert!(there.is_some(), "no {metric}");
    }
    assert!(option["programme"]["metrics"].get("localities_on_target").is_some());
}

#[test]
fn a_missing_file_is_the_caller_s_mistake() {
    let said = Desk::new().refuses(&["run", "nowhere.toml", "--replicates", "16"], 2);
    assert!(said.contains("nowhere.toml"), "{said}");
}

#[test]
fn an_unknown_command_or_option_is_the_caller_s_mistake() {
    let desk = Desk::new();
    desk.refuses(&["simulate", "scenario.toml"], 2);
    desk.refuses(&["run", "scenario.toml", "--sneed", "1"], 2);
    desk.refuses(&["run", "scenario.toml", "--replicates", "many"], 2);
    desk.refuses(&["run", "scenario.toml", "--replicates", "0"], 2);
    desk.refuses(&["run"], 2);
}

#[test]
fn a_misspelt_key_is_named_with_the_nearest_valid_one() {
    let scenario = Scenario::half_year().set("journey.atends", "50%");
    let desk = Desk::with(&scenario);
    for command in ["check", "run", "stress"] {
        let said = desk.refuses(&[command, "scenario.toml"], 2);
        assert!(said.contains("atends") && said.contains("attends"), "{said}");
        assert!(said.contains("scenario.toml"), "{said}");
    }
}

#[test]
fn all_mistakes_of_a_file_are_reported_at_once() {
    let scenario = Scenario::half_year()
        .set("journey.atends", "50%")
        .set("journey.plan_agreed", "140%")
        .team("fte", "-1");
    let said = Desk::with(&scenario).refuses(&["check", "scenario.toml"], 2);
    for mistake in ["atends", "140%", "-1"] {
        assert!(said.contains(mistake), "no {mistake}: {said}");
    }
}

#[test]
fn what_is_not_toml_or_not_text_is_refused_without_a_panic() {
    let desk = Desk::new();
    for (name, bytes) in [
        ("empty", &b""[..]),
        ("noise", &[0xff, 0xfe, 0x00, 0x41][..]),
        ("broken", &b"title = \n["[..]),
        ("twice", &b"title = \"a\"\ntitle = \"b\"\n"[..]),
    ] {
        fs::write(desk.folder.path().join("scenario.toml"), bytes).expect("written");
        let said = desk.refuses(&["run", "scenario.toml", "--replicates", "16"], 2);
        assert!(!said.contains("panicked"), "{name}: {said}");
    }
}

#[test]
fn a_store_that_is_no_store_ends_with_3() {
    let desk = Desk::new();
    fs::write(desk.folder.path().join("noise.redb"), vec![b'x'; 5000]).expect("written");
    desk.refuses(&["runs", "--db", "noise.redb"], 3);
    desk.refuses(&[&RUN[..], &["--db", "noise.redb"]].concat(), 3);
    desk.refuses(&[&RUN[..], &["--db", "."]].concat(), 3);
    desk.refuses(&[&RUN[..], &["--db", "no/such/folder/test.redb"]].concat(), 3);
    let noise = fs::read(desk.folder.path().join("noise.redb")).expect("still there");
    assert!(noise.iter().all(|byte| *byte == b'x'), "a file that is no store was written to");
}

#[test]
fn check_ends_with_0_and_strict_check_wants_every_value_accounted_for() {
    let desk = Desk::new();
    desk.prints(&["check", "scenario.toml"]);
    assert_eq!(desk.does(&["check", "scenario.toml", "--strict"]).status.code(), Some(5));
}

#[test]
fn check_shows_the_values_in_force() {
    let scenario = Scenario::half_year()
        .journey("patience", "17 weeks")
        .locality("costs.Lead.per_month", "£2,345");
    let text = Desk::with(&scenario).prints(&["check", "scenario.toml"]);
    for value in ["17 weeks", "2,345", "80,000", "scenario.toml"] {
        assert!(text.contains(value), "no {value}: {text}");
    }
}

#[test]
fn check_warns_when_every_post_filled_costs_more_than_the_allocation() {
    let scenario = Scenario::half_year().team("posts", "10").team("costs.salary", "£36,525");
    let output = Desk::with(&scenario).does(&["check", "scenario.toml"]);
    assert_eq!(output.status.code(), Some(0));
    let all = format!("{}{}", String::from_utf8_lossy(&output.stdout), talk(&output));
    assert!(all.to_lowercase().contains("allocation") && all.contains("182,000"), "{all}");
}

#[test]
fn check_shows_what_a_file_inherits_and_where_from() {
    let desk = Desk::with(&Scenario::half_year().journey("patience", "17 weeks"));
    let child = "extends = \"scenario.toml\"\njourney.rebook = 2\n";
    fs::write(desk.folder.path().join("child.toml"), child).expect("written");
    let text = desk.prints(&["check", "child.toml"]);
    assert!(text.contains("17 weeks") && text.contains("child.toml"), "{text}");
    assert!(text.contains("scenario.toml"), "{text}");
}

#[test]
fn a_file_may_extend_another_and_remove_what_it_says() {
    let desk = Desk::new();
    let child = "extends = \"scenario.toml\"\n\
        option.In-house.team.Coaches.participants_max = { remove = true }\n\
        option.In-house.team.Coaches.caseload = 53\n";
    fs::write(desk.folder.path().join("child.toml"), child).expect("written");
    let text = desk.prints(&["run", "child.toml", "--replicates", "16", "--json"]);
    let json: Value = serde_json::from_str(&text).expect("stdout is JSON");
    let metrics = &json["options"]["In-house"]["localities"]["Bury"]["metrics"];
    assert_eq!(metrics["plans"]["mean"], 53.0);
}

#[test]
fn files_that_extend_one_another_in_a_circle_are_refused() {
    let desk = Desk::new();
    fs::write(desk.folder.path().join("a.toml"), "extends = \"b.toml\"\n").expect("written");
    fs::write(desk.folder.path().join("b.toml"), "extends = \"a.toml\"\n").expect("written");
    desk.refuses(&["check", "a.toml"], 2);
}

#[test]
fn quiet_is_quiet() {
    let output = Desk::new().does(&[&RUN[..], &["--quiet"]].concat());
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", talk(&output));
    assert!(!output.stdout.is_empty());
}

#[test]
fn there_is_no_colour_where_nobody_looks() {
    let desk = Desk::with(&Scenario::half_year().set("journey.atends", "50%"));
    let good = Desk::new();
    for (desk, arguments) in [(&desk, &["check", "scenario.toml"][..]), (&good, &RUN[..])] {
        let output = desk.does(arguments);
        assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "{arguments:?}");
    }
    let mut command = workcast();
    command
        .current_dir(good.folder.path())
        .args(RUN)
        .env("NO_COLOR", "1")
        .env("CLICOLOR_FORCE", "1");
    let output = command.output().expect("it starts");
    assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b));
}

/// The program as a child whose pipes are ours, at work in a folder.
fn child(folder: &Path, arguments: &[&str]) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_workcast"))
        .current_dir(folder)
        .env_remove("WORKCAST_DB")
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts")
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let desk = Desk::new();
    for arguments in [&RUN[..], &["check", "scenario.toml"], &["runs"]] {
        let mut reader = child(desk.folder.path(), arguments);
        drop(reader.stdout.take());
        let output = reader.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", talk(&output));
        assert!(!talk(&output).contains("panicked"));
    }
}

#[test]
fn the_ledger_is_in_the_working_folder_unless_it_is_said_to_be_elsewhere() {
    let desk = Desk::new();
    desk.prints(&RUN);
    assert!(desk.folder.path().join("workcast.redb").is_file());

    let desk = Desk::new();
    desk.prints(&[&RUN[..], &["--db", "here.redb"]].concat());
    assert!(desk.folder.path().join("here.redb").is_file());

    let mut command = workcast();
    command.current_dir(desk.folder.path()).env("WORKCAST_DB", "there.redb").args(RUN);
    assert!(command.output().expect("it starts").status.success());
    assert!(desk.folder.path().join("there.redb").is_file());
    assert!(!desk.folder.path().join("workcast.redb").exists());
}

#[test]
fn check_writes_no_ledger() {
    let desk = Desk::new();
    desk.prints(&["check", "scenario.toml"]);
    assert!(!desk.folder.path().join("workcast.redb").exists());
}

#[test]
fn runs_lists_what_was_run() {
    let desk = Desk::new();
    let ids = [desk.runs("1"), desk.runs("2")];
    assert_ne!(ids[0], ids[1]);
    let list = desk.prints(&["runs"]);
    for id in &ids {
        // A list may shorten ids; a run is found by any unambiguous prefix.
        assert!(list.contains(&id[..6]), "no {id}: {list}");
    }
    assert!(list.contains("A test"), "{list}");
}

#[test]
fn runs_of_a_ledger_that_holds_none_is_not_an_error() {
    let desk = Desk::new();
    let output = desk.does(&["runs", "--db", "new.redb"]);
    assert_eq!(output.status.code(), Some(0), "{}", talk(&output));
}

#[test]
fn a_run_is_shown_by_its_id_a_prefix_or_its_age() {
    let desk = Desk::new();
    let older = desk.runs("1");
    let newer = desk.runs("2");
    assert!(desk.prints(&["show", "@"]).contains(&newer[..6]));
    assert!(desk.prints(&["show", "@-1"]).contains(&older[..6]));
    assert!(desk.prints(&["show", &older]).contains(&older[..6]));
    // Two ids may share their first letters, but not all but the last.
    assert!(desk.prints(&["show", &older[..older.len() - 1]]).contains(&older[..6]));
}

#[test]
fn a_run_that_is_not_there_is_not_shown() {
    let desk = Desk::new();
    desk.runs("1");
    for run in ["zzzz", "@-1", "@-x"] {
        let output = desk.does(&["show", run]);
        // Whether the caller or the ledger is to blame, nothing is printed.
        assert!(matches!(output.status.code(), Some(2 | 3)), "{run:?}: {:?}", output.status);
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}

#[test]
fn two_runs_are_compared() {
    let desk = Desk::new();
    desk.runs("1");
    desk.runs("2");
    let text = desk.prints(&["compare", "@", "@-1"]);
    assert!(text.contains("plans") && text.contains("In-house"), "{text}");
}

#[test]
fn what_is_shown_as_json_is_what_the_run_printed() {
    let desk = Desk::new();
    let text = desk.prints(&[&RUN[..], &["--json"]].concat());
    let ran: Value = serde_json::from_str(&text).expect("stdout is JSON");
    let shown: Value =
        serde_json::from_str(&desk.prints(&["show", "@", "--json"])).expect("stdout is JSON");
    assert_eq!(ran["run"], shown["run"]);
}

#[test]
fn a_new_scenario_runs_as_it_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let desk = Desk { folder };
    let printed = desk.prints(&["new", "Oldham"]);
    // Into a file of the folder, or on stdout.
    let found = fs::read_dir(desk.folder.path())
        .expect("readable")
        .flatten()
        .find(|entry| entry.path().extension().is_some_and(|extension| extension == "toml"));
    let file = found.map_or_else(
        || {
            let file = desk.folder.path().join("oldham.toml");
            fs::write(&file, &printed).expect("written");
            file
        },
        |entry| entry.path(),
    );
    let text = fs::read_to_string(&file).expect("readable");
    assert!(text.contains("Oldham") && text.contains('#'), "{text}");
    assert!(text.lines().count() < 80, "more than a starter: {text}");
    let file = file.display().to_string();
    desk.prints(&["check", &file]);
    desk.prints(&["run", &file, "--replicates", "16"]);
}

#[test]
fn new_does_not_write_over_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let desk = Desk { folder };
    desk.prints(&["new", "Oldham"]);
    let toml = |desk: &Desk| {
        let entries = fs::read_dir(desk.folder.path()).expect("readable").flatten();
        let mut files = entries.filter(|e| e.path().extension().is_some_and(|x| x == "toml"));
        files.next().map(|entry| entry.path())
    };
    // Where `new` prints, there is no file to keep.
    let Some(file) = toml(&desk) else { return };
    fs::write(&file, "mine").expect("written");
    assert_ne!(desk.does(&["new", "Oldham"]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&file).expect("readable"), "mine");
}

#[test]
fn help_and_version_go_to_stdout() {
    let desk = Desk::new();
    assert!(desk.prints(&["--help"]).contains("stress"));
    assert!(desk.prints(&["--version"]).contains(env!("CARGO_PKG_VERSION")));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_ends_with_4_and_leaves_the_ledger_usable() {
    let desk = Desk::with(&Scenario::half_year().steady("300"));
    let arguments = ["run", "scenario.toml", "--replicates", "1000000", "--quiet"];
    let mut running = child(desk.folder.path(), &arguments);
    // Long enough to have begun: the ledger is there.
    let begun = Instant::now();
    let ledger = desk.folder.path().join("workcast.redb");
    while !ledger.exists() && begun.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(50));
    }
    std::thread::sleep(Duration::from_millis(700));
    let killed = Command::new("kill").args(["-INT", &running.id().to_string()]).status();
    assert!(killed.is_ok_and(|status| status.success()));
    let stopped = Instant::now();
    let status = loop {
        if let Some(status) = running.try_wait().expect("it can be waited for") {
            break status;
        }
        if stopped.elapsed() > Duration::from_secs(30) {
            running.kill().expect("it can be ended");
            panic!("an interrupted run went on");
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    let mut said = String::new();
    running.stderr.take().map(|mut stderr| stderr.read_to_string(&mut said));
    assert_eq!(status.code(), Some(4), "{said}");
    let list = desk.prints(&["runs"]);
    assert!(list.contains("A test"), "{list}");
}

/// The JSON of a scenario of the repository, at few replicates.
fn repository(scenario: &str, command: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(scenario);
    let mut program = workcast();
    program.current_dir(folder.path()).arg(command[0]).arg(file).args(&command[1..]);
    program.output().expect("it starts")
}

#[test]
fn bury_s_allocation_is_computed_and_set_beside_the_printed_one() {
    let output = repository("bury.toml", &["check"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", talk(&output));
    for figure in ["432,927.20", "259,756.32", "173,170.88", "171,171"] {
        assert!(text.contains(figure), "no {figure}: {text}");
    }
}

#[test]
fn stockport_s_allocation_is_computed_and_set_beside_the_printed_one() {
    let output = repository("stockport.toml", &["check"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", talk(&output));
    for figure in ["659,083.20", "395,449.92", "263,633.28", "195,840", "463,243.20"] {
        assert!(text.contains(figure), "no {figure}: {text}");
    }
    for printed in ["197,725", "461,358"] {
        assert!(text.contains(printed), "no {printed}: {text}");
    }
}

#[test]
fn in_bury_the_hybrid_opens_on_the_first_day_and_the_others_months_later() {
    let output =
        repository("bury.toml", &["run", "--replicates", "64", "--seed", "1", "--json", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", talk(&output));
    let json: Value = serde_json::from_slice(&output.stdout).expect("stdout is JSON");
    let opening = |option: &str| {
        let metrics = &json["options"][option]["localities"]["Bury"]["metrics"];
        metrics["opening_day"]["mean"].as_f64().expect("a mean")
    };
    assert_eq!(opening("Hybrid"), 0.0);
    assert!(opening("In-house") > 45.0, "{}", opening("In-house"));
    assert!(opening("Procured") > 45.0, "{}", opening("Procured"));
}
