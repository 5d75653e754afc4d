//! A ledger between processes: killed ones, and two at once.

#[path = "common/evidence.rs"]
mod evidence;
mod ledger_support;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use ledger_support::{block, head, scenario, store_run};
use workcast::store::{Ledger, RunId, Status, StoreError};

/// Where a child finds its ledger.
const LEDGER: &str = "WORKCAST_TEST_LEDGER";

/// Runs one of the tests below that are for children, with its output to be read.
fn child(test: &str, ledger: &Path) -> Child {
    child_with(test, ledger, 0)
}

/// As [`child`], with a number of runs that it is told of.
fn child_with(test: &str, ledger: &Path, runs: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"])
        .env(LEDGER, ledger)
        .env(RUNS, runs.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The ledger of this child; `None` where it is no child, and there is nothing to test.
fn ledger_of_child() -> Option<PathBuf> {
    std::env::var_os(LEDGER).map(PathBuf::from)
}

/// A line that the parent gets, even if this process is killed next.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

#[test]
#[ignore = "run by other tests, as a process of its own"]
fn child_that_stores_runs_until_it_is_killed() {
    let Some(path) = ledger_of_child() else { return };
    let ledger = Ledger::open_or_create(path).unwrap();
    loop {
        let mut writer = ledger.begin(head("Bury"), &scenario()).unwrap();
        let id = writer.id().clone();
        say(&format!("stored {id} 0"));
        for number in 0..3 {
            writer.block(&block(number * 16, 16)).unwrap();
            say(&format!("stored {id} {}", number + 1));
        }
        writer.finish().unwrap();
        say(&format!("stored {id} complete"));
    }
}

#[test]
fn a_killed_process_loses_nothing_that_it_was_told_is_stored() {
    evidence::note("kills", kill_while_saving(50));
}

#[test]
#[ignore = "slow: about three minutes"]
fn a_process_killed_a_thousand_times_loses_nothing_that_it_was_told_is_stored() {
    evidence::note("kills-slow", kill_while_saving(1_000));
}

/// Kills so many processes that store runs. A ledger of many runs takes long to read at every kill, so
/// a new one is begun after each hundred.
fn kill_while_saving(kills: u64) -> String {
    let (mut stored, mut incomplete, mut slowest) = (0, 0, Duration::ZERO);
    for first in (0..kills).step_by(100) {
        let (more, cut, opened) = kill_and_read(first..kills.min(first + 100));
        (stored, incomplete, slowest) = (stored + more, incomplete + cut, slowest.max(opened));
    }
    assert!(slowest < Duration::from_secs(1), "opening took {slowest:?}");
    format!(
        "{kills} kills, {stored} runs acknowledged, none lost; {incomplete} runs cut short and listed as such; \
         the slowest opening took {} ms",
        slowest.as_millis()
    )
}

fn kill_and_read(kills: std::ops::Range<u64>) -> (usize, usize, Duration) {
    let last = kills.end - 1;
    let mut slowest = Duration::ZERO;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let mut stored: BTreeMap<String, String> = BTreeMap::new();
    let mut incomplete = 0;
    for kill in kills {
        let mut child = child("child_that_stores_runs_until_it_is_killed", &path);
        let out = BufReader::new(child.stdout.take().unwrap());
        let (send, said) = mpsc::channel();
        let reader = thread::spawn(move || {
            out.lines().map_while(Result::ok).for_each(|line| drop(send.send(line)));
        });
        // From before the file exists to several runs later, at no particular moment.
        let mut lines: Vec<String> = said.iter().take(kill as usize % 7).collect();
        sleep(Duration::from_micros(kill * 7_919 % 15_000));
        child.kill().unwrap();
        child.wait().unwrap();
        reader.join().unwrap();
        lines.extend(said.try_iter());
        for line in lines {
            // libtest writes the name of the test before the first line.
            let Some((_, line)) = line.split_once("stored ") else { continue };
            let (id, what) = line.split_once(' ').unwrap();
            stored.insert(id.into(), what.into());
        }

        let (opened, took) = timed(|| Ledger::open(&path));
        slowest = slowest.max(took);
        let ledger = match opened {
            Err(StoreError::NotFound { .. }) if stored.is_empty() => continue,
            opened => opened.unwrap(),
        };
        let listing = ledger.runs().unwrap();
        assert!(listing.damaged.is_empty());
        let runs: BTreeMap<&str, _> =
            listing.runs.iter().map(|run| (run.id.as_str(), run)).collect();
        for (id, what) in &stored {
            let run = runs[id.as_str()];
            match what.as_str() {
                "complete" => assert_eq!(run.status, Status::Complete),
                blocks => assert!(run.blocks >= blocks.parse().unwrap()),
            }
        }
        // The newest runs are those that the kill could have hurt; all are read at the end.
        let newest = if kill < last { 2 } else { listing.runs.len() };
        for run in listing.runs.iter().take(newest).filter(|run| run.blocks > 0) {
            let replicates = u64::from(run.blocks) * 16;
            assert_eq!(ledger.results(&run.id).unwrap(), block(0, replicates));
        }
        incomplete = listing.runs.iter().filter(|run| run.status == Status::Started).count();
    }
    assert!(stored.len() > 10, "only {} runs: were the children killed too soon?", stored.len());
    assert!(incomplete > 0, "no run was cut short");
    (stored.len(), incomplete, slowest)
}

#[test]
#[ignore = "run by other tests, as a process of its own"]
fn child_that_holds_the_ledger_until_it_is_told_to_end() {
    let Some(path) = ledger_of_child() else { return };
    let ledger = Ledger::open_or_create(path).unwrap();
    say("stored something");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    ledger.close().unwrap();
}

/// A child that holds the ledger already.
fn holder(path: &Path) -> Child {
    let mut child = child("child_that_holds_the_ledger_until_it_is_told_to_end", path);
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(out.any(|line| line.unwrap().contains("stored something")));
    child
}

fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    (act(), begun.elapsed())
}

#[test]
fn a_second_process_waits_five_seconds_and_then_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let mut holder = holder(&path);
    let (reading, writing) = thread::scope(|scope| {
        let reading = scope.spawn(|| timed(|| Ledger::open(&path).unwrap_err()));
        let writing = scope.spawn(|| timed(|| Ledger::open_or_create(&path).unwrap_err()));
        (reading.join().unwrap(), writing.join().unwrap())
    });
    for (failure, waited) in [reading, writing] {
        assert!((4.9..8.0).contains(&waited.as_secs_f64()), "waited {waited:?}");
        assert!(matches!(failure, StoreError::Busy { .. }), "{failure}");
        let message = failure.to_string();
        assert!(message.contains("another workcast command is using the ledger"), "{message}");
        assert!(message.contains("let it end or stop it"), "{message}");
        assert!(message.contains("workcast.redb"), "{message}");
    }
    drop(holder.stdin.take());
    holder.wait().unwrap();
    assert!(Ledger::open(&path).is_ok());
}

#[test]
fn a_second_process_goes_on_as_soon_as_the_first_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let mut holder = holder(&path);
    let stdin = holder.stdin.take();
    let begun = Instant::now();
    let ending = thread::spawn(move || {
        sleep(Duration::from_millis(350));
        drop(stdin);
    });
    let ledger = Ledger::open_or_create(&path).unwrap();
    let waited = begun.elapsed();
    assert!((0.3..4.0).contains(&waited.as_secs_f64()), "waited {waited:?}");
    store_run(&ledger, "Bury", 1);
    ending.join().unwrap();
    holder.wait().unwrap();
}

#[test]
fn a_killed_holder_does_not_keep_others_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let mut holder = holder(&path);
    holder.kill().unwrap();
    holder.wait().unwrap();
    let begun = Instant::now();
    store_run(&Ledger::open_or_create(&path).unwrap(), "Bury", 1);
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[test]
fn readers_share_a_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let ledger = Ledger::open_or_create(&path).unwrap();
    let id = store_run(&ledger, "Bury", 1);
    ledger.close().unwrap();
    let begun = Instant::now();
    let readers: Vec<Ledger> = (0..3).map(|_| Ledger::open(&path).unwrap()).collect();
    assert!(begun.elapsed() < Duration::from_secs(3));
    for reader in &readers {
        assert_eq!(reader.results(&id).unwrap(), block(0, 16));
    }
}

#[test]
#[ignore = "run by other tests, as a process of its own"]
fn child_that_opens_the_ledger_for_each_of_its_runs() {
    let Some(path) = ledger_of_child() else { return };
    let runs = std::env::var(RUNS).unwrap().parse().unwrap();
    for _ in 0..runs {
        let ledger = Ledger::open_or_create(&path).unwrap();
        let id = store_run(&ledger, "Bury", 2);
        ledger.close().unwrap();
        say(&format!("stored {id}"));
        // As long as another command would need to notice.
        sleep(Duration::from_millis(20));
    }
}

/// How many runs such a child stores.
const RUNS: &str = "WORKCAST_TEST_RUNS";

#[test]
fn two_processes_that_take_turns_lose_nothing() {
    take_turns(10);
}

#[test]
#[ignore = "slow: about a minute"]
fn two_processes_that_take_turns_a_hundred_times_lose_nothing() {
    take_turns(100);
    evidence::note("turns-slow", "2 processes, 100 saves each, none lost");
}

fn take_turns(runs: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let children = [(); 2]
        .map(|()| child_with("child_that_opens_the_ledger_for_each_of_its_runs", &path, runs));
    let mut said = Vec::new();
    for mut child in children {
        let out = BufReader::new(child.stdout.take().unwrap());
        for line in out.lines().map(Result::unwrap) {
            said.extend(line.split_once("stored ").and_then(|(_, id)| RunId::new(id)));
        }
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(said.len(), 2 * runs);
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.runs().unwrap().runs.len(), 2 * runs);
    for id in &said {
        assert_eq!(ledger.results(id).unwrap(), block(0, 32));
    }
}

#[test]
#[ignore = "run by other tests, as a process of its own"]
fn child_that_stores_runs_until_the_disk_is_full() {
    let Some(path) = ledger_of_child() else { return };
    let ledger = Ledger::open_or_create(&path).unwrap();
    let failure = loop {
        let saved = ledger.begin(head("Bury"), &scenario()).and_then(|mut writer| {
            let id = writer.id().clone();
            (0..4).try_for_each(|number| writer.block(&block(number * 16, 16)))?;
            writer.finish().map(|_| id)
        });
        match saved {
            Ok(id) => say(&format!("stored {id}")),
            Err(failure) => break failure,
        }
    };
    assert!(ledger.close().is_err());
    // While the disk is still full, what was stored can be read.
    assert!(!Ledger::open(&path).unwrap().runs().unwrap().runs.is_empty());
    say(&format!("failure {failure}"));
}

/// A limit on the size of files stands in for a full disk: the same step fails.
#[cfg(unix)]
#[test]
fn a_full_disk_costs_nothing_that_was_stored_and_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workcast.redb");
    let out = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 2000; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_stores_runs_until_the_disk_is_full"])
        .args(["--ignored", "--nocapture", "--test-threads=1"])
        .env(LEDGER, &path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success(), "{said}{}", String::from_utf8_lossy(&out.stderr));
    let message = said.lines().find_map(|line| line.strip_prefix("failure ")).unwrap();
    for part in
        ["cannot write the ledger", "workcast.redb", "runs stored before are safe", "free space"]
    {
        assert!(message.contains(part), "{message}");
    }
    let ledger = Ledger::open(&path).unwrap();
    let said = said.lines().filter_map(|line| line.split_once("stored "));
    let stored: Vec<RunId> = said.filter_map(|(_, id)| RunId::new(id)).collect();
    assert!(stored.len() > 1);
    for id in &stored {
        assert_eq!(ledger.results(id).unwrap(), block(0, 64));
    }
    drop(ledger);
    // With room again, the ledger takes runs again.
    store_run(&Ledger::open_or_create(&path).unwrap(), "Bury", 1);
}
