//! Evidence: the latest figure of a claim in VALIDATION.md, from the test that could break it.

use std::fmt::Display;

/// Notes the figure that a claim's test has just seen. It is printed with the test's output, and
/// written to the folder that `WORKCAST_EVIDENCE` names, if it is set, one file for each claim.
#[allow(dead_code, reason = "not every test file makes claims")]
pub fn note(claim: &str, figure: impl Display) {
    println!("evidence {claim}: {figure}");
    let Some(folder) = std::env::var_os("WORKCAST_EVIDENCE") else { return };
    let file = std::path::Path::new(&folder).join(format!("{claim}.txt"));
    std::fs::write(&file, format!("{figure}\n"))
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}
