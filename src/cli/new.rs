//! `workcast new NAME`: a starter scenario that runs as written.

use std::path::PathBuf;

use super::args::is_free;
use super::exit::Failure;
use super::output::{Output, write_file};
use crate::scenario::starter;

/// Writes the starter into the working folder.
///
/// # Errors
///
/// Where the name makes no file name, the file is already there, or it cannot be written.
pub fn new(name: &str, force: bool, output: &Output) -> Result<(), Failure> {
    let stem = file_stem(name);
    if stem.is_empty() {
        return Err(Failure::CommandLine(format!(
            "\"{name}\" has no letter or digit to name a file after; try: workcast new Rochdale"
        )));
    }
    let path = PathBuf::from(format!("{stem}.toml"));
    if !force {
        is_free(&path)?;
    }
    write_file(&path, &starter::text(name))?;
    let next = format!("workcast run {}", path.display());
    if output.json {
        output.json(&serde_json::json!({ "file": path.display().to_string(), "next": next }));
    } else {
        output.text(&format!(
            "Wrote {}. Fill in your own figures, then:\n\n  {next}\n",
            path.display()
        ));
    }
    Ok(())
}

/// A name in small letters, digits and hyphens, at most 60 of them: nothing that could leave the
/// folder.
fn file_stem(name: &str) -> String {
    let mut stem = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem: String = stem.chars().take(60).collect();
    stem.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_file_in_this_folder_and_no_other() {
        assert_eq!(file_stem("St. Helens"), "st-helens");
        assert_eq!(file_stem("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_stem("/"), "");
        assert_eq!(file_stem(&"a".repeat(300)).len(), 60);
    }
}
