//! What a scenario's author writes comes out of every file of a report as text: it makes no element, no
//! attribute, no script and no file of its own. Files appear whole or not at all, and nothing is
//! overwritten unasked.

mod common;
#[path = "common/evidence.rs"]
mod evidence;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::workcast;
use scraper::Html;

/// A scenario with `@@` in every text that an author may write.
const SCENARIO: &str = r#"
title     = "Title @@"
question  = "Question @@?"
programme = { name = "Programme @@", starts = 2026-04-01, ends = 2027-03-31 }
reference_class = { "Like @@" = 0.5, "Other" = 0.7 }

[funding]
claims      = "quarterly"
basic       = { share = "60%" }
participant = { share = "40%" }
paid_after  = { is = "6 weeks", source = "Source @@", owner = "Owner @@", note = "Note @@", confidence = "assumed" }
year."2026/27" = { ends = 2027-03-31, share = "100%", tariff = "£811" }

[locality."Place @@"]
agreed_participants = 60
referrals."From @@" = { per_month = { nine_in_ten = [4, 12], source = "Said @@", confidence = "assumed" } }
costs."Line @@" = { per_month = "£500" }

[locality."Other"]
agreed_participants = 40
referrals.GP = { per_month = 8 }

[attribute."Kind @@"]
mix = { "One @@" = "50%", "Two" = "50%" }

[cohort."Group @@"]

[journey]
attends     = { nine_in_ten = ["40%", "75%"] }
plan_agreed = "88%"
support     = "12 weeks"

[pipeline."Way @@"]
stage."Step @@" = { takes = "5 weeks", fails = "15%" }

[option."Option @@".team."Team @@"]
recruitment = "Way @@"
posts       = 2
caseload    = 20
costs       = { salary = "£42,700" }

[option.Second.team.Coaches]
posts    = 1
caseload = 20
costs    = { salary = "£42,700" }

[stress."Stress @@"]
set."journey.attends" = { times = 0.5 }
"#;

const PAYLOADS: [&str; 12] = [
    "<script>alert(1)</script>",
    "\" onload=\"alert(1)",
    "' onmouseover='alert(1)",
    "</script><img src=x onerror=alert(1)>",
    "]]><x>",
    "&lt;b&gt; &amp; &",
    "</title></style><h1>",
    "\u{202e}backwards\u{200b}",
    "-->{{7*7}}",
    "=HYPERLINK(\"x\")",
    "../../etc/passwd",
    "<svg/onload=alert(1)>",
];

/// A folder in which a report of the scenario was made; `None` where the scenario is refused.
fn report(payload: &str) -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let written = toml::Value::String(payload.to_owned()).to_string();
    let written = match written.strip_prefix('\'') {
        Some(literal) => {
            literal.strip_suffix('\'').unwrap().replace('\\', "\\\\").replace('"', "\\\"")
        }
        None => written[1..written.len() - 1].to_owned(),
    };
    fs::write(folder.path().join("a.toml"), SCENARIO.replace("@@", &written)).unwrap();
    let run = |arguments: &[&str]| {
        workcast().current_dir(folder.path()).args(arguments).output().unwrap()
    };
    for arguments in [
        &["stress", "a.toml", "--replicates", "16", "-q"][..],
        &["run", "a.toml", "--replicates", "16", "-q"],
        &["report", "@", "--out", "out", "-q"],
    ] {
        let out = run(arguments);
        if out.status.code() == Some(2) && arguments[0] == "stress" {
            return None;
        }
        assert!(out.status.success(), "{payload}: {}", String::from_utf8_lossy(&out.stderr));
    }
    Some(folder)
}

fn page(folder: &Path) -> String {
    fs::read_to_string(folder.join("out/report.html")).unwrap()
}

/// How many elements of each name, and every name of an attribute. Pictures and rows are not counted:
/// other names are other luck, and a case that changes nothing shares a row.
fn elements(html: &Html) -> (BTreeMap<String, usize>, BTreeMap<String, ()>) {
    let mut counts = BTreeMap::new();
    let mut attributes = BTreeMap::new();
    for node in html.tree.nodes() {
        let Some(element) = node.value().as_element() else { continue };
        let drawn = node
            .ancestors()
            .any(|above| above.value().as_element().is_some_and(|e| e.name() == "svg"));
        let count = counts.entry(element.name().to_owned()).or_insert(0);
        let varies = ["br", "small", "td", "th", "tr"].contains(&element.name());
        *count = if drawn || varies { 1 } else { *count + 1 };
        attributes.extend(element.attrs().map(|(name, _)| (name.to_owned(), ())));
    }
    (counts, attributes)
}

#[test]
fn no_text_of_a_scenario_makes_an_element_an_attribute_or_a_file() {
    let plain = report("ordinary").expect("it is valid");
    let expected = elements(&Html::parse_document(&page(plain.path())));
    let names = |folder: &Path| {
        let mut names: Vec<String> = walk(&folder.join("out"), &folder.join("out"));
        names.sort();
        names
    };
    let mut tried = 0;
    for payload in PAYLOADS {
        let Some(folder) = report(payload) else { continue };
        tried += 1;
        let text = page(folder.path());
        assert_eq!(elements(&Html::parse_document(&text)), expected, "{payload}");
        assert!(text.contains("default-src 'none'") && !text.contains("<script"));
        assert!(!text.contains(['\u{202e}', '\u{200b}']), "{payload}");
        for picture in fs::read_dir(folder.path().join("out/charts")).unwrap() {
            let path = picture.unwrap().path();
            if path.extension().is_some_and(|end| end == "svg") {
                let svg = fs::read_to_string(&path).unwrap();
                let parsed = Html::parse_fragment(&svg);
                let (found, attributes) = elements(&parsed);
                let known = [
                    "html", "body", "svg", "text", "rect", "circle", "polygon", "polyline", "line",
                ];
                assert!(
                    found.keys().all(|name| known.contains(&&name[..])),
                    "{payload}: {found:?}"
                );
                assert!(attributes.keys().all(|name| !name.starts_with("on")), "{payload}");
            }
        }
        assert_eq!(names(folder.path()), names(plain.path()), "{payload}");
        assert!(!folder.path().join("../etc").exists());
        // Its parts are not compressed. The workbook has tests of its own.
        let paper = fs::read(folder.path().join("out/board-paper.docx")).unwrap();
        let paper = String::from_utf8_lossy(&paper);
        assert!(paper.contains("<w:body>"));
        assert!(
            !paper.contains("<script") && !paper.contains("<img") && !paper.contains('\u{202e}')
        );
    }
    evidence::note("texts-stay-text", format!("{tried} payloads in every text of a scenario"));
    assert!(tried >= 10, "only {tried} payloads are names that a scenario may have");
}

#[test]
fn nothing_is_overwritten_unless_it_is_asked_for_and_then_all_of_it() {
    let folder = report("ordinary").unwrap();
    let again = |more: &[&str]| {
        workcast()
            .current_dir(folder.path())
            .args(["report", "@", "--out", "out", "-q"])
            .args(more)
            .output()
            .unwrap()
    };
    let told = again(&["--force", "--json"]);
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    let mut told: Vec<&str> =
        told["files"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    told.sort_unstable();
    let mut there = walk(&folder.path().join("out"), &folder.path().join("out"));
    there.sort();
    assert_eq!(told, there);
    let page = folder.path().join("out/report.html");
    fs::write(&page, "mine").unwrap();
    let refused = again(&[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--force"));
    assert_eq!(fs::read_to_string(&page).unwrap(), "mine");
    assert!(again(&["--force"]).status.success());
    assert!(fs::read_to_string(&page).unwrap().starts_with("<!DOCTYPE html>"));
    assert!(walk(folder.path(), folder.path()).iter().all(|name| !name.ends_with(".part")));
}

#[test]
fn where_one_file_cannot_appear_the_page_that_is_there_stays() {
    let folder = report("ordinary").unwrap();
    let page = folder.path().join("out/report.html");
    fs::write(&page, "mine").unwrap();
    // A folder where a picture should be.
    let picture = folder.path().join("out/charts/plans.png");
    fs::remove_file(&picture).unwrap();
    fs::create_dir_all(picture.join("full")).unwrap();
    let out = workcast()
        .current_dir(folder.path())
        .args(["report", "@", "--out", "out", "--force", "-q"])
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(3), "{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(fs::read_to_string(&page).unwrap(), "mine");
}

/// What somebody may write where a run is meant.
const NO_RUNS: [&str; 20] = [
    "../x",
    "..",
    ".",
    "/etc/passwd",
    "a/b",
    "a\\b",
    "C:\\x",
    "CON",
    "nul",
    "%2e%2e%2f",
    "~",
    "$HOME",
    "*",
    "run;id",
    "run|id",
    "\u{202e}",
    "é",
    "-x",
    "@-99",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
     xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
];

#[test]
fn a_run_that_is_no_name_of_one_writes_nothing_anywhere() {
    let folder = report("ordinary").unwrap();
    let before = walk(folder.path(), folder.path());
    for run in NO_RUNS {
        let out = workcast()
            .current_dir(folder.path())
            .args(["report", run, "--out", "elsewhere"])
            .output()
            .unwrap();
        let code = out.status.code();
        assert!(matches!(code, Some(2 | 3)), "{run}: {code:?}");
        assert!(!out.stderr.is_empty(), "{run}");
    }
    assert_eq!(walk(folder.path(), folder.path()), before);
}

#[cfg(unix)]
#[test]
fn a_link_in_a_file_s_place_is_replaced_and_what_it_leads_to_stays() {
    let folder = report("ordinary").unwrap();
    let page = folder.path().join("out/report.html");
    let target = folder.path().join("precious");
    fs::write(&target, "mine").unwrap();
    fs::remove_file(&page).unwrap();
    std::os::unix::fs::symlink(&target, &page).unwrap();
    let report = |more: &[&str]| {
        let command = ["report", "@", "--out", "out", "-q"];
        workcast().current_dir(folder.path()).args(command).args(more).output().unwrap()
    };
    assert_eq!(report(&[]).status.code(), Some(2));
    assert!(report(&["--force"]).status.success());
    assert_eq!(fs::read_to_string(&target).unwrap(), "mine");
    assert!(fs::read_to_string(&page).unwrap().starts_with("<!DOCTYPE html>"));
}

/// Every file below a folder, by its path from `root`.
fn walk(folder: &Path, root: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => names.extend(walk(&path, root)),
            false => names.push(path.strip_prefix(root).unwrap().display().to_string()),
        }
    }
    names
}
