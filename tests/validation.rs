//! VALIDATION.md: every claim stands beside the test that would break if it were false, and what
//! that test saw last. `bash validation/make` runs the tests, which note their figures, and writes
//! the page from them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// `validation/claims.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    /// What the page says before the claims.
    about: String,
    /// The claims, by subject.
    subject: Vec<Subject>,
    /// What the page says after the claims.
    not_shown: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subject {
    name: String,
    /// What the table does not say, if anything.
    #[serde(default)]
    about: String,
    claim: Vec<Claim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    /// Names the file of its evidence.
    id: String,
    says: String,
    /// `tests/FILE.rs::FUNCTION`, or a file that is run by itself.
    test: String,
    #[serde(default)]
    runs: Runs,
}

/// Which command runs a test.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Runs {
    #[default]
    Always,
    Slow,
    Outsiders,
    Candidate,
    Mutants,
}

impl Runs {
    fn words(self) -> &'static str {
        match self {
            Runs::Always => "",
            Runs::Slow => " (slow)",
            Runs::Outsiders => " (outsiders)",
            Runs::Candidate => " (candidate)",
            Runs::Mutants => " (mutants)",
        }
    }
}

const EVIDENCE: &str = "validation/evidence";

fn claims() -> Claims {
    let text = fs::read_to_string("validation/claims.toml").expect("the claims are there");
    toml::from_str(&text).unwrap_or_else(|error| panic!("validation/claims.toml: {error}"))
}

fn all(claims: &Claims) -> impl Iterator<Item = &Claim> {
    claims.subject.iter().flat_map(|subject| &subject.claim)
}

fn evidence(id: &str) -> Option<String> {
    let figure = fs::read_to_string(format!("{EVIDENCE}/{id}.txt")).ok()?;
    Some(figure.trim().replace('|', "\\|").replace('\n', "<br>"))
}

/// The page that the claims and their evidence make.
fn page(claims: &Claims) -> String {
    let mut page = format!("# Validation\n\n{}\n", claims.about.trim());
    for subject in &claims.subject {
        write!(page, "\n## {}\n\n", subject.name).unwrap();
        if !subject.about.is_empty() {
            write!(page, "{}\n\n", subject.about.trim()).unwrap();
        }
        page.push_str("| claim | test | latest figure |\n|---|---|---|\n");
        for claim in &subject.claim {
            let figure = evidence(&claim.id).unwrap_or_else(|| "none yet".to_owned());
            let (says, test, runs) = (&claim.says, &claim.test, claim.runs.words());
            writeln!(page, "| {says} | `{test}`{runs} | {figure} |").unwrap();
        }
    }
    write!(page, "\n## What is not shown\n\n{}\n", claims.not_shown.trim()).unwrap();
    if let Ok(mutants) = fs::read_to_string("validation/mutants.md") {
        write!(page, "\n{}\n", mutants.trim()).unwrap();
    }
    page
}

#[test]
fn the_page_says_what_the_claims_and_their_evidence_say() {
    let page = page(&claims());
    if std::env::var_os("WORKCAST_WRITE_VALIDATION").is_some() {
        fs::write("VALIDATION.md", &page).expect("the page is written");
    }
    let written = fs::read_to_string("VALIDATION.md").expect("the page is there");
    assert!(written == page, "VALIDATION.md is not what it is made from: bash validation/make");
}

#[test]
fn every_claim_names_a_test_that_is_there_and_has_evidence() {
    let claims = claims();
    let mut broken = Vec::new();
    for claim in all(&claims) {
        let (file, function) = match claim.test.split_once("::") {
            Some((file, function)) => (file, format!("fn {function}(")),
            None => (claim.test.as_str(), String::new()),
        };
        let there = fs::read_to_string(file).is_ok_and(|text| text.contains(&function))
            || (function.is_empty() && Path::new(file).is_dir());
        if !there {
            broken.push(format!("{}: no {}", claim.id, claim.test));
        }
        if evidence(&claim.id).is_none() {
            broken.push(format!("{}: no evidence in {EVIDENCE}", claim.id));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_piece_of_evidence_belongs_to_one_claim() {
    let claims = claims();
    let ids: Vec<&str> = all(&claims).map(|claim| claim.id.as_str()).collect();
    let once: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), once.len(), "two claims have one id");
    for entry in fs::read_dir(EVIDENCE).expect("the evidence is there") {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let id = name.strip_suffix(".txt").unwrap_or(&name);
        assert!(once.contains(id), "{EVIDENCE}/{name} belongs to no claim");
    }
}
