//! Runs in pieces: interrupted ones that go on, complete ones that are extended, and both made again
//! to the bit.

#[path = "common/evidence.rs"]
mod evidence;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;
use workcast::ensemble::{ColumnData, Results};
use workcast::store::{Ledger, RunId, RunRecord};

/// A folder with a scenario, and a ledger that is still to be made.
struct Place {
    folder: TempDir,
}

/// What a command answered.
struct Answer {
    code: Option<i32>,
    out: String,
    said: String,
}

impl Place {
    fn new() -> Self {
        let place = Place { folder: tempfile::tempdir().unwrap() };
        let made = place.says(&["new", "Anyton"]);
        assert_eq!(made.code, Some(0), "{}", made.said);
        place
    }

    fn scenario(&self) -> String {
        self.folder.path().join("anyton.toml").to_string_lossy().into_owned()
    }

    fn db(&self) -> PathBuf {
        self.folder.path().join("workcast.redb")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_workcast"));
        command.current_dir(self.folder.path()).env_remove("WORKCAST_DB").args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn says(&self, arguments: &[&str]) -> Answer {
        let output = self.command(arguments).output().unwrap();
        Answer {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            said: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn done(&self, arguments: &[&str]) -> String {
        let answer = self.says(arguments);
        assert_eq!(answer.code, Some(0), "{arguments:?}: {}", answer.said);
        answer.out
    }

    #[track_caller]
    fn refused(&self, arguments: &[&str], code: i32) -> String {
        let answer = self.says(arguments);
        assert_eq!(answer.code, Some(code), "{arguments:?}: {}", answer.said);
        assert_eq!(answer.out, "", "{arguments:?}");
        answer.said
    }

    /// Starts a run and ends it after so long, killed or asked to stop.
    fn cut_short(&self, arguments: &[&str], after: Duration, signal: &str) {
        let mut child = self.command(arguments).spawn().unwrap();
        sleep(after);
        // It may have ended by itself.
        let _ = Command::new("kill").args([signal, &child.id().to_string()]).output();
        child.wait().unwrap();
    }

    fn newest(&self) -> RunRecord {
        newest(&self.db())
    }
}

fn newest(db: &Path) -> RunRecord {
    let ledger = Ledger::open(db).unwrap();
    ledger.record(&ledger.resolve("@").unwrap()).unwrap()
}

fn results(db: &Path, id: &RunId) -> Results {
    Ledger::open(db).unwrap().results(id).unwrap()
}

/// Cuts runs short at no particular moment and goes on with each; returns how many were cut short, and
/// how many of them within a block.
fn cut_and_go_on(cuts: u64, signals: &[&str]) -> (u64, u64) {
    let whole = Place::new();
    whole.done(&["run", "anyton.toml", "--replicates", "6000", "-q"]);
    let (expected, record) = (results(&whole.db(), &whole.newest().id), whole.newest());
    let (mut short, mut within) = (0, 0);
    for cut in 0..cuts {
        let place = Place::new();
        let after = Duration::from_millis(20 + cut * 7_919 % 1_200);
        let signal = signals[cut as usize % signals.len()];
        place.cut_short(&["run", "anyton.toml", "--replicates", "6000", "-q"], after, signal);
        if !place.db().exists() || Ledger::open(place.db()).unwrap().runs().unwrap().runs.is_empty()
        {
            continue;
        }
        let before = place.newest();
        if before.is_complete() {
            continue;
        }
        short += 1;
        within += u64::from(!before.replicates.is_multiple_of(1_024));
        place.done(&["resume", "@", "-q"]);
        let after = place.newest();
        assert_eq!(after.id, before.id);
        assert!(after.is_complete());
        assert_eq!(
            (after.blocks, after.replicates),
            (record.blocks, record.replicates),
            "cut {cut}"
        );
        assert_eq!(results(&place.db(), &after.id), expected, "cut {cut}");
    }
    (short, within)
}

#[test]
fn a_run_that_was_killed_or_stopped_goes_on_to_what_it_would_have_been() {
    let (short, _) = cut_and_go_on(16, &["-KILL", "-INT"]);
    assert!(short >= 4, "only {short} runs were cut short");
    evidence::note("runs-cut-short", format!("{short} runs killed or stopped and gone on with"));
}

#[test]
#[ignore = "slow: about three minutes"]
fn a_hundred_runs_that_were_killed_or_stopped_go_on_to_what_they_would_have_been() {
    let (short, within) = cut_and_go_on(100, &["-KILL", "-INT"]);
    assert!(short > 30 && within > 5, "{short} runs were cut short, {within} within a block");
    evidence::note(
        "runs-cut-short-slow",
        format!("{short} runs killed or stopped and gone on with, {within} of them within a block"),
    );
}

#[test]
fn a_run_that_is_cut_short_and_gone_on_with_twice_is_the_same_too() {
    let whole = Place::new();
    whole.done(&["run", "anyton.toml", "--replicates", "20000", "-q"]);
    let place = Place::new();
    let run = ["run", "anyton.toml", "--replicates", "20000", "-q"];
    place.cut_short(&run, Duration::from_millis(900), "-KILL");
    place.cut_short(&["resume", "@", "-q"], Duration::from_millis(700), "-KILL");
    if !place.newest().is_complete() {
        place.done(&["resume", "@", "-q"]);
    }
    same_run(&place, &whole);
}

/// Whether the newest runs of two ledgers are the same to the bit, in the same blocks.
#[track_caller]
fn same_run(one: &Place, other: &Place) {
    let (first, second) = (one.newest(), other.newest());
    assert_eq!((first.blocks, first.replicates), (second.blocks, second.replicates));
    assert_eq!(results(&one.db(), &first.id), results(&other.db(), &second.id));
}

#[test]
fn a_run_without_a_stated_number_ends_where_it_would_have_ended() {
    let whole = Place::new();
    whole.done(&["run", "anyton.toml", "-q"]);
    let place = Place::new();
    place.cut_short(&["run", "anyton.toml", "-q"], Duration::from_millis(500), "-KILL");
    if !place.newest().is_complete() {
        place.done(&["resume", "@", "-q"]);
    }
    same_run(&place, &whole);
}

/// A ledger whose one run stopped after its first block.
fn stopped(place: &Place, change: impl FnOnce(&mut Results)) -> RunRecord {
    place.done(&["run", "anyton.toml", "--replicates", "1024", "-q"]);
    let complete = place.newest();
    let db = place.db();
    let (mut block, texts) = {
        let ledger = Ledger::open(&db).unwrap();
        (ledger.results(&complete.id).unwrap(), ledger.scenario(&complete.id).unwrap())
    };
    change(&mut block);
    let ledger = Ledger::open_or_create(&db).unwrap();
    let mut head = complete.head;
    head.asked = Some(2_048);
    let mut writer = ledger.begin(head, &texts).unwrap();
    writer.block(&block).unwrap();
    writer.interrupted().unwrap()
}

#[test]
fn what_is_stored_is_not_simulated_again() {
    let place = Place::new();
    // No simulation gives a million plans: where they stand afterwards, nothing was simulated.
    let record = stopped(&place, |block| {
        let plans = &mut plans(block)[0];
        *plans = 1_000_000;
    });
    place.done(&["resume", "@", "-q"]);
    let mut gone_on = results(&place.db(), &record.id);
    assert_eq!((gone_on.replicates, plans(&mut gone_on)[0]), (2_048, 1_000_000));
    place.done(&["extend", "@", "--replicates", "3000", "-q"]);
    let longer = place.newest();
    let mut extended = results(&place.db(), &longer.id);
    assert_eq!((extended.replicates, plans(&mut extended)[0]), (3_008, 1_000_000));
}

fn plans(results: &mut Results) -> &mut Vec<i64> {
    let place = &mut results.options[0].places[0];
    let column = place.metrics.iter_mut().find(|column| column.metric.name == "plans").unwrap();
    match &mut column.data {
        ColumnData::Whole(values) => values,
        ColumnData::Real(_) => panic!("plans are whole"),
    }
}

#[test]
fn another_scenario_seed_or_engine_is_refused_by_name() {
    let place = Place::new();
    stopped(&place, |_| {});
    let other_seed = place.refused(&["resume", "@", "--seed", "9"], 2);
    assert!(other_seed.contains("the seed differs") && other_seed.contains("seed 1, not 9"));

    let text = std::fs::read_to_string(place.scenario()).unwrap();
    std::fs::write(place.folder.path().join("other.toml"), text + "\n# changed\n").unwrap();
    let other = place.refused(&["resume", "@", "other.toml", "-q"], 2);
    assert!(other.contains("the scenario differs: other.toml"), "{other}");

    let record = place.newest();
    {
        let ledger = Ledger::open_or_create(place.db()).unwrap();
        let mut head = record.head.clone();
        head.engine_revision += 1;
        let texts = ledger.scenario(&record.id).unwrap();
        ledger.begin(head, &texts).unwrap().interrupted().unwrap();
    }
    for command in [&["resume", "@"][..], &["verify", "@-1"]] {
        // A run of another engine is the newest, and verified runs need replicates.
        let said = place.says(command);
        match command[0] {
            "resume" => assert!(said.said.contains("the engine differs"), "{}", said.said),
            _ => assert_eq!(said.code, Some(0), "{}", said.said),
        }
    }
    place.done(&["resume", "@-1", "anyton.toml", "--seed", "1", "-q"]);
}

#[test]
fn an_extended_run_is_the_long_run_and_leaves_the_short_one_as_it_was() {
    let whole = Place::new();
    whole.done(&["run", "anyton.toml", "--replicates", "2500", "-q"]);
    let place = Place::new();
    // 1,504 replicates end within a block.
    place.done(&["run", "anyton.toml", "--replicates", "1500", "-q"]);
    let short = place.newest();
    place.done(&["extend", "@", "--replicates", "2500", "-q"]);
    let long = place.newest();
    assert_eq!(long.head.extends.as_ref(), Some(&short.id));
    same_run(&place, &whole);
    let ledger = Ledger::open(place.db()).unwrap();
    assert_eq!(ledger.record(&short.id).unwrap(), short);
    let listed = place.done(&["runs"]);
    // The id stands on the next line of its cell.
    assert!(listed.contains("run, extends") && listed.contains(short.id.as_str()), "{listed}");
}

#[test]
fn what_cannot_go_on_or_be_extended_says_why() {
    let place = Place::new();
    for command in [&["resume", "@"][..], &["extend", "@", "--replicates", "64"], &["compact"]] {
        assert!(place.refused(command, 3).contains("there is no ledger"));
        assert!(!place.db().exists(), "{command:?} makes no ledger");
    }
    place.done(&["run", "anyton.toml", "--replicates", "64", "-q"]);
    assert!(place.refused(&["resume", "@"], 2).contains("is complete"));
    let fewer = place.refused(&["extend", "@", "--replicates", "50"], 2);
    assert!(fewer.contains("has 64 replicates"), "{fewer}");
    assert!(place.refused(&["resume", "zzz"], 2).contains("no run is called"));
    let record = stopped(&place, |_| {});
    let incomplete = place.refused(&["extend", "@", "--replicates", "4096"], 2);
    assert!(incomplete.contains(&format!("workcast resume {}", record.id)), "{incomplete}");
}

#[test]
fn a_run_is_verified_by_making_it_again_and_one_changed_value_is_found() {
    let place = Place::new();
    place.done(&["run", "anyton.toml", "--replicates", "2048", "-q"]);
    let sampled = place.done(&["verify", "@"]);
    assert!(sampled.contains("64 of 2048 replicates simulated again"), "{sampled}");
    let all: serde_json::Value =
        serde_json::from_str(&place.done(&["verify", "@", "--all", "--json"])).unwrap();
    assert_eq!((&all["compared"], &all["identical"]), (&2048.into(), &true.into()));
    // A run with right checksums over a wrong number.
    stopped(&place, |block| plans(block)[77] += 1);
    let found = place.refused(&["verify", "@", "--all"], 5);
    assert!(found.contains("in replicate 77") && found.contains(": plans was"), "{found}");
}

#[test]
fn the_ledger_is_verified_value_by_value() {
    let place = Place::new();
    place.done(&["run", "anyton.toml", "--replicates", "64", "-q"]);
    place.done(&["run", "anyton.toml", "--replicates", "32", "-q"]);
    let well = place.done(&["verify", "--store"]);
    assert!(well.contains("2 runs") && well.contains("all as they were written"), "{well}");
    let json: serde_json::Value =
        serde_json::from_str(&place.done(&["verify", "--store", "--json"])).unwrap();
    assert_eq!((&json["runs"], &json["damaged"]), (&2.into(), &serde_json::json!([])));
    assert!(place.refused(&["verify"], 2).contains("<RUN>"));
}
