//! The rules of the house: who may import whom, and how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms that it may import from.
const FLOORS: [(&str, &[&str]); 8] = [
    ("quantity", &[]),
    ("model", &["quantity"]),
    ("ensemble", &["quantity", "model"]),
    ("analysis", &["quantity", "model", "ensemble"]),
    ("scenario", &["quantity", "model"]),
    ("store", &["quantity", "model", "ensemble", "analysis", "scenario"]),
    ("report", &["quantity", "model", "ensemble", "analysis", "scenario"]),
    ("cli", &["quantity", "model", "ensemble", "analysis", "scenario", "store", "report"]),
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn a_room_imports_only_from_floors_below_its_own() {
    let mut broken = Vec::new();
    for (room, below) in FLOORS {
        for file in rust_files(&Path::new("src").join(room)) {
            let text = fs::read_to_string(&file).unwrap();
            for (number, line) in text.lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                for (other, _) in FLOORS {
                    let imports = code.contains(&format!("crate::{other}"));
                    if imports && other != room && !below.contains(&other) {
                        broken.push(format!("{}:{}: {line}", file.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(broken.is_empty(), "imports from a floor above:\n{}", broken.join("\n"));
}

#[test]
fn every_room_is_on_a_floor() {
    let mut rooms: Vec<String> = fs::read_dir("src")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    rooms.sort();
    let mut floors: Vec<&str> = FLOORS.iter().map(|(room, _)| *room).collect();
    floors.sort_unstable();
    assert_eq!(rooms, floors);
}

#[test]
fn no_file_has_more_than_600_lines_and_half_have_fewer_than_150() {
    let mut lengths: Vec<(usize, PathBuf)> = rust_files(Path::new("src"))
        .into_iter()
        .map(|file| (fs::read_to_string(&file).unwrap().lines().count(), file))
        .collect();
    lengths.sort();
    let (longest, file) = lengths.last().unwrap();
    assert!(*longest <= 600, "{} has {longest} lines", file.display());
    let median = lengths[lengths.len() / 2].0;
    assert!(median < 150, "half of the files have {median} lines or more");
}

#[test]
fn the_simulation_reads_no_clock_starts_no_thread_and_does_no_input_or_output() {
    for file in rust_files(Path::new("src/model")) {
        let text = fs::read_to_string(&file).unwrap();
        for banned in ["std::time", "std::fs", "std::io", "std::thread", "rayon", "println!"] {
            assert!(!text.contains(banned), "{} uses {banned}", file.display());
        }
    }
}
