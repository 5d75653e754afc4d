//! Each file in `tests/broken` is wrong in a way of its own: the program says in which, and never falls over.
//!
//! What it says is kept in `tests/snapshots`, one file for each. After a change of words,
//! `INSTA_UPDATE=always cargo test --test broken_files` writes them anew: read what changed.

use std::fs;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;

/// Where the files are, as someone in the repository's root would write it.
const BROKEN: &str = "tests/broken";

fn workcast(folder: &Path) -> Command {
    let mut command = cargo_bin_cmd!("workcast");
    command.current_dir(folder).env_remove("WORKCAST_DB").env("NO_COLOR", "1");
    command.timeout(Duration::from_secs(60));
    command
}

/// What `workcast ARGUMENTS` says while it refuses a file, or what is not as it should be.
fn refused(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = workcast(folder).args(arguments).output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let said_what = format!("`{}` said\n{said}", arguments.join(" "));
    if output.status.code() != Some(2) {
        return Err(format!("exit code {:?}, not 2: {said_what}", output.status.code()));
    }
    if !output.stdout.is_empty() {
        return Err(format!("something on stdout: {said_what}"));
    }
    if said.contains("panicked") {
        return Err(format!("a panic: {said_what}"));
    }
    Ok(said)
}

/// What both `check FILE` and `run FILE` say of a file in a folder; no ledger may come of it.
fn refusal(folder: &Path, file: &str) -> Result<String, String> {
    let elsewhere = tempfile::tempdir().map_err(|error| error.to_string())?;
    let ledger = elsewhere.path().join("ledger.redb");
    let checked = refused(folder, &["check", file])?;
    let run = refused(folder, &["run", file, "--db", &ledger.to_string_lossy()])?;
    if checked != run {
        return Err(format!("`check` said\n{checked}\nbut `run` said\n{run}"));
    }
    if ledger.exists() {
        return Err(format!("`run {file}` left a ledger behind"));
    }
    Ok(checked)
}

/// The refusal of a file of these bytes in an empty folder, where it is called `scenario.toml`.
fn refusal_of(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder for a test");
    fs::write(folder.path().join("scenario.toml"), bytes).expect("a file for a test");
    refusal(folder.path(), "scenario.toml").unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// The scenario of `parts/good.toml`, in one text.
fn good() -> String {
    let part = |name: &str| {
        fs::read_to_string(root().join(BROKEN).join("parts").join(name)).expect("a part")
    };
    let parts = ["programme.toml", "funding.toml", "place.toml", "people.toml", "delivery.toml"];
    format!("title = \"A good scenario\"\n\n{}", parts.map(part).join("\n"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Names, without their ending, of the files of a folder that have it; sorted.
fn names(folder: &str, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder of the repository");
    let files = entries.map(|entry| entry.expect("an entry").file_name().into_string());
    let mut names: Vec<String> = files
        .filter_map(|file| file.expect("a readable name").strip_suffix(ending).map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// Whether a message says where in this folder of broken files the mistake is: `FILE.toml:LINE`.
fn names_a_line(message: &str) -> bool {
    message.split(BROKEN).skip(1).any(|after| {
        let place = after.split_once(".toml:").map(|(_, place)| place);
        place.is_some_and(|place| place.starts_with(|c: char| c.is_ascii_digit()))
    })
}

// ---------------------------------------------------------------- the files of tests/broken

#[test]
fn there_are_at_least_eighty_broken_files() {
    assert!(names(BROKEN, ".toml").len() >= 80);
}

#[test]
fn without_its_mistake_a_broken_file_would_be_valid() {
    for parts in ["good", "with-a-provider"] {
        let file = format!("{BROKEN}/parts/{parts}.toml");
        workcast(root()).args(["check", &file]).assert().success();
    }
}

#[test]
fn every_broken_file_is_refused_with_the_message_of_its_snapshot() {
    let mut wrong = Vec::new();
    for name in names(BROKEN, ".toml") {
        let file = format!("{BROKEN}/{name}.toml");
        match refusal(root(), &file) {
            Ok(message) if names_a_line(&message) => keep(&name, &message),
            Ok(message) => wrong.push(format!("{file}: no file and line in\n{message}")),
            Err(reason) => wrong.push(format!("{file}: {reason}")),
        }
    }
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n"));
}

fn keep(name: &str, message: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/broken");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, message));
}

#[test]
fn every_snapshot_belongs_to_a_broken_file() {
    let files = names(BROKEN, ".toml");
    let mut left_over = names("tests/snapshots/broken", ".snap");
    left_over.retain(|name| !files.contains(name));
    assert!(left_over.is_empty(), "no broken file for {left_over:?}");
}

// ---------------------------------------------------------------- files that are not there, or are no text

#[test]
fn a_file_that_is_not_there_is_named() {
    insta::assert_snapshot!(refusal(root(), "tests/broken/gone.toml").unwrap());
}

#[test]
fn a_folder_given_as_a_file_is_named() {
    insta::assert_snapshot!(refusal(root(), "tests/broken/parts").unwrap());
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let mut bytes = good().into_bytes();
    bytes.extend(b"# a comment from an old editor: caf\xe9\n");
    insta::assert_snapshot!(refusal_of(&bytes));
}

#[test]
fn a_text_in_utf_16_is_refused() {
    let bytes: Vec<u8> =
        "\u{feff}title = \"Bury\"\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    insta::assert_snapshot!(refusal_of(&bytes));
}

#[test]
fn a_file_saved_by_an_editor_of_windows_is_read() {
    let folder = tempfile::tempdir().expect("a folder for a test");
    let text = format!("\u{feff}{}", good().replace('\n', "\r\n"));
    fs::write(folder.path().join("scenario.toml"), text).expect("a file for a test");
    workcast(folder.path()).args(["check", "scenario.toml"]).assert().success();
}

// ---------------------------------------------------------------- files that are too large or too deep

/// Bytes without sense, the same in every run (xorshift, Marsaglia 2003).
fn noise(length: usize) -> impl Iterator<Item = u8> {
    let mut state = 2_463_534_242_u32;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[3]
    })
    .take(length)
}

#[test]
fn a_megabyte_of_noise_is_refused() {
    insta::assert_snapshot!(refusal_of(&noise(1_000_000).collect::<Vec<_>>()));
}

#[test]
fn a_megabyte_of_printable_noise_is_refused_in_a_message_that_can_be_read() {
    let printable: Vec<u8> = noise(1_000_000).map(|byte| b' ' + byte % 95).collect();
    let message = refusal_of(&printable);
    assert!(message.len() < 20_000, "{} bytes", message.len());
}

#[test]
fn a_megabyte_of_lines_of_noise_is_refused_in_a_message_that_can_be_read() {
    let line = |byte: u8| if byte < 8 { b'\n' } else { b' ' + byte % 95 };
    let message = refusal_of(&noise(1_000_000).map(line).collect::<Vec<_>>());
    assert!(message.len() < 20_000, "{} bytes", message.len());
}

#[test]
fn a_thousand_unknown_keys_are_refused_in_a_message_that_can_be_read() {
    let keys: String = (0..1000).map(|key| format!("key{key} = {key}\n")).collect();
    let message = refusal_of(format!("{keys}{}", good()).as_bytes());
    assert!(message.len() < 100_000, "{} bytes", message.len());
}

#[test]
fn a_file_above_one_mebibyte_is_refused() {
    let mut text = good();
    text.push_str(&format!("# {}\n", "x".repeat(1 << 20)));
    insta::assert_snapshot!(refusal_of(text.as_bytes()));
}

#[test]
fn lists_within_ten_thousand_lists_are_refused() {
    let deep = format!("{}\nserves = {}{}\n", good(), "[".repeat(10_000), "]".repeat(10_000));
    let message = refusal_of(deep.as_bytes());
    assert!(message.len() < 100_000, "{} bytes", message.len());
}

#[test]
fn values_within_a_hundred_thousand_values_are_refused() {
    let deep =
        format!("{}\npace = {}1{}\n", good(), "{ is = ".repeat(100_000), " }".repeat(100_000));
    let message = refusal_of(deep.as_bytes());
    assert!(message.len() < 100_000, "{} bytes", message.len());
}

#[test]
fn a_heading_of_ten_thousand_parts_is_refused() {
    let message = refusal_of(format!("{}\n[a{}]\n", good(), ".a".repeat(10_000)).as_bytes());
    assert!(message.len() < 100_000, "{} bytes", message.len());
}

#[test]
fn a_line_of_half_a_megabyte_is_not_printed_whole() {
    let long = format!("{}\nnote = \"{}\"\n", good(), "x".repeat(500_000));
    let message = refusal_of(long.as_bytes());
    assert!(message.len() < 20_000, "{} bytes", message.len());
}

#[test]
fn a_chain_of_a_hundred_parents_is_refused() {
    let folder = tempfile::tempdir().expect("a folder for a test");
    for number in 0..100 {
        let text = format!("extends = \"{}.toml\"\n", number + 1);
        fs::write(folder.path().join(format!("{number}.toml")), text).expect("a file for a test");
    }
    fs::write(folder.path().join("100.toml"), good()).expect("a file for a test");
    insta::assert_snapshot!(refusal(folder.path(), "0.toml").unwrap());
}
