//! Time, memory and disk of a run as localities and replicates grow:
//!
//! ```text
//! cargo bench --bench growth [-- REPLICATES ...]
//! ```
//!
//! Bury's locality and its teams are copied under the names of Greater Manchester's ten boroughs, the
//! program runs as a child, and its peak memory is read from Linux's `/proc`. A run of 1,000
//! replicates of one locality is measured first, then ten localities for each number given.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

const BOROUGHS: [&str; 10] = [
    "Bury",
    "Bolton",
    "Manchester",
    "Oldham",
    "Rochdale",
    "Salford",
    "Stockport",
    "Tameside",
    "Trafford",
    "Wigan",
];

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let numbers = if numbers.is_empty() { vec![1_000, 10_000] } else { numbers };
    // In test mode it is enough that both rows can be made.
    if std::env::args().any(|word| word == "--test") {
        row(1, 16);
        row(BOROUGHS.len(), 16);
        return;
    }
    println!("localities  replicates     run  us/person  peak MB    show  peak MB  ledger MB");
    row(1, 1_000);
    for replicates in numbers {
        row(BOROUGHS.len(), replicates);
    }
}

/// Measures and prints one line.
fn row(localities: usize, replicates: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = scenario(folder.path(), &BOROUGHS[..localities]);
    let file = file.to_string_lossy().into_owned();
    let (run, _) =
        measured(folder.path(), &["run", &file, "--replicates", &replicates.to_string(), "-q"]);
    let (show, answer) = measured(folder.path(), &["show", "@", "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("the answer is JSON");
    let options = answer["options"].as_object().expect("it has options");
    let people = |option: &serde_json::Value| {
        option["programme"]["metrics"]["referrals"]["mean"].as_f64().expect("people are referred")
    };
    let people = replicates as f64 * options.values().map(people).sum::<f64>();
    let ledger = fs::metadata(folder.path().join("workcast.redb")).expect("it was made").len();
    println!(
        "{localities:>10}  {replicates:>10}  {:>4.1} s  {:>9.2}  {:>7.0}  {:>4.1} s  {:>7.0}  {:>9.0}",
        run.time.as_secs_f64(),
        run.time.as_secs_f64() * 1e6 / people,
        run.megabytes,
        show.time.as_secs_f64(),
        show.megabytes,
        ledger as f64 / 1e6,
    );
}

/// What a command took.
struct Measured {
    time: Duration,
    megabytes: f64,
}

/// Runs a command and returns what it took and what it printed.
fn measured(folder: &Path, arguments: &[&str]) -> (Measured, String) {
    let answer = folder.join("answer");
    let out = fs::File::create(&answer).expect("the folder can be written");
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_workcast"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("WORKCAST_DB")
        .stdout(Stdio::from(out))
        .spawn()
        .expect("the program starts");
    let mut kilobytes = 0;
    let status = loop {
        kilobytes = peak_kilobytes(child.id()).unwrap_or(kilobytes);
        match child.try_wait().expect("the program can be waited for") {
            Some(status) => break status,
            None => thread::sleep(Duration::from_millis(2)),
        }
    };
    assert!(status.success(), "{arguments:?}: {status}");
    let time = began.elapsed();
    let answer = fs::read_to_string(answer).expect("the answer is there");
    (Measured { time, megabytes: kilobytes as f64 / 1e3 }, answer)
}

/// The most memory that a process has had; `None` once it has ended, and where there is no `/proc`.
fn peak_kilobytes(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// Bury's scenario with as many boroughs, each with teams of its own.
fn scenario(folder: &Path, boroughs: &[&str]) -> PathBuf {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let bury = fs::read_to_string(shipped.join("bury.toml")).expect("it is shipped");
    for part in fs::read_dir(shipped.join("programmes")).expect("it is shipped") {
        let part = part.expect("it can be read");
        fs::copy(part.path(), folder.join(part.file_name())).expect("it can be copied");
    }
    let mut text = String::new();
    for table in bury.replace("programmes/", "").split("\n[") {
        let (head, rest) = table.split_once('\n').unwrap_or((table, ""));
        let head = head.split(" #").next().unwrap_or(head).trim();
        if head.starts_with("locality.Bury") {
            for borough in boroughs {
                let head = head.replacen("Bury", borough, 1);
                text.push_str(&format!("\n[{head}\n{rest}"));
            }
        } else if let Some((option, team)) = head.split_once(".team.") {
            let team = team.trim_matches(['"', ']']);
            for borough in boroughs {
                let serves = format!("serves = [\"{borough}\"]");
                text.push_str(&format!(
                    "\n[{option}.team.\"{team}, {borough}\"]\n{serves}\n{rest}"
                ));
            }
        } else if text.is_empty() {
            text.push_str(table);
        } else if !head.starts_with("stress") {
            text.push_str(&format!("\n[{table}"));
        }
        text.push('\n');
    }
    let file = folder.join("scenario.toml");
    fs::write(&file, text).expect("the folder can be written");
    file
}
