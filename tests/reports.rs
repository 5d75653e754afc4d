//! The reports that come with the program are those that it makes.

#[path = "common/evidence.rs"]
mod evidence;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn the_reports_are_those_that_the_program_makes() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = tempfile::tempdir().unwrap();
    let out = Command::new("bash")
        .arg(here.join("reports/make"))
        .arg(made.path())
        .env("WORKCAST", env!("CARGO_BIN_EXE_workcast"))
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let (kept, made) = (files(&here.join("reports")), files(made.path()));
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(&made));
    assert!(made.len() > 40, "{} files", made.len());
    evidence::note("reports-made-again", format!("{} files", made.len()));
    for (name, bytes) in &made {
        assert!(kept[name] == *bytes, "{} is another now: bash reports/make", name.display());
    }
}

/// Every file below a folder but the script, by its path from there.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name != Path::new("make") {
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}
