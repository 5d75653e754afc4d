//! Limits are stated in DESIGN.md and enforced in words, soon and before memory is taken.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use workcast::scenario::starter;

/// A starter with something more, which is refused in these words.
fn cases() -> Vec<(&'static str, String, &'static str)> {
    let text = starter::text("Anyton");
    let many = |count: usize, one: &dyn Fn(usize) -> String| -> String {
        let more: String = (0..count).map(|n| format!("{}\n", one(n))).collect();
        format!("{text}\n{more}")
    };
    let team = "posts = 1\ncaseload = 20\n";
    vec![
        (
            "200 localities",
            many(201, &|n| format!("[locality.P{n}]\nreferrals.A.per_month = 1")),
            "at most 200 localities",
        ),
        (
            "50 options",
            many(60, &|n| format!("[option.O{n}.team.T]\n{team}")),
            "at most 50 options",
        ),
        (
            "100 teams",
            many(101, &|n| format!("[option.Large.team.T{n}]\n{team}")),
            "at most 100 teams",
        ),
        (
            "64 cohorts",
            many(65, &|n| format!("[cohort.C{n}]\nshare = \"1%\"")),
            "at most 64 cohorts",
        ),
        (
            "20 readings",
            many(21, &|n| format!("[reading.R{n}]\nset = {{}}")),
            "at most 20 readings",
        ),
        (
            "100 stresses",
            many(101, &|n| format!("[stress.S{n}]\nset = {{ \"programme.name\" = \"x\" }}")),
            "at most 100 stresses",
        ),
        ("names of", text.replace("Anyton", &"n".repeat(10_000)), "characters"),
        ("1 MiB", format!("{text}\n# {}", "x".repeat(10 << 20)), "larger than 1 MiB"),
        (
            "nested",
            format!("{text}\nx = {}1{}", "[".repeat(100_000), "]".repeat(100_000)),
            "go deeper than any scenario needs",
        ),
        (
            "2,000,000 people",
            text.replace("nine_in_ten = [10, 30]", "is = 200_000"),
            "at most 2 million",
        ),
    ]
}

/// Runs a command and returns what it said and how long it took.
fn refused(folder: &Path, arguments: &[&str]) -> (String, Duration) {
    let began = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_workcast"))
        .current_dir(folder)
        .env_remove("WORKCAST_DB")
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    (said, began.elapsed())
}

#[test]
fn a_file_beyond_a_limit_is_refused_with_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text, words) in cases() {
        std::fs::write(folder.path().join("large.toml"), text).unwrap();
        let (said, took) = refused(folder.path(), &["run", "large.toml", "--replicates", "16"]);
        assert!(said.contains(words), "{name}: {}", said.chars().take(2_000).collect::<String>());
        assert!(took < Duration::from_secs(1), "{name} took {took:?}");
        assert!(said.len() < 200_000, "{name}: {} characters are too much to read", said.len());
    }
    assert!(!folder.path().join("workcast.redb").exists());
}

#[test]
fn numbers_on_the_command_line_beyond_a_limit_are_refused_with_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), starter::text("A")).unwrap();
    for (option, value, words) in [
        ("--replicates", "4000000000", "1..=1048576"),
        ("--replicates", "0", "1..=1048576"),
        ("--threads", "5000", "1..=1024"),
        ("--seed", "18446744073709551616", "too large"),
    ] {
        let (said, took) = refused(folder.path(), &["run", "a.toml", option, value]);
        assert!(said.contains(words), "{option} {value}: {said}");
        assert!(took < Duration::from_secs(1));
    }
}

#[test]
fn every_limit_is_stated() {
    let design = include_str!("../DESIGN.md");
    let (_, limits) = design.split_once("## Limits").expect("DESIGN.md states them");
    let limits = limits.split("\n## ").next().unwrap_or_default();
    for (name, ..) in cases() {
        assert!(limits.contains(name), "DESIGN.md says nothing of {name}");
    }
    for number in ["1,048,576", "4,000,000", "64 files", "33,554,432"] {
        assert!(limits.contains(number), "DESIGN.md says nothing of {number}");
    }
}
