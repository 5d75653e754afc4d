//! The board's page for those who do not see it, use no mouse, or have a narrow window: axe-core in a
//! real Chromium. Skipped only where no Chromium is installed.

mod common;
#[path = "common/evidence.rs"]
mod evidence;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::workcast;
use serde_json::Value;

/// Rules of WCAG 2.0 to 2.2, levels A and AA, and axe-core's own good practice.
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

/// A width at which a page must need no scrolling to the side (WCAG 2.2, 1.4.10).
const NARROW: u32 = 320;

#[test]
fn axe_finds_nothing_wrong_with_the_page_of_one_locality_or_of_ten() {
    let Some(chromium) = chromium() else {
        println!("skipped: no Chromium is installed");
        return;
    };
    let axe = std::fs::read_to_string(axe()).unwrap();
    let mut rules = Vec::new();
    for (scenario, replicates) in [("bury", "32"), ("gm-workwell", "16"), ("early-help", "32")] {
        let folder = tempfile::tempdir().unwrap();
        let page = report(scenario, replicates, folder.path());
        let answer = look(&chromium, &page, &axe, folder.path());
        let broken = answer["violations"].as_array().expect("axe answers with violations");
        assert!(broken.is_empty(), "{scenario}: {broken:#?}");
        let unsure = answer["incomplete"].as_array().unwrap();
        assert!(unsure.is_empty(), "{scenario}: axe could not decide on {unsure:#?}");
        assert!(
            answer["passes"].as_u64().unwrap() > 20,
            "{scenario}: few rules were tried: {answer}"
        );
        rules.push(format!("{scenario} {}", answer["passes"]));
        let width = answer["narrow"].as_u64().unwrap();
        assert!(width <= u64::from(NARROW), "{scenario}: {width} px wide in a window of {NARROW}");
    }
    evidence::note("accessible", format!("rules passed: {}", rules.join(", ")));
}

#[test]
fn headings_follow_each_other_and_every_picture_has_words_and_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let page = report("bury", "16", folder.path());
    let page = scraper::Html::parse_document(&page);
    let all = |selector: &str| {
        let selector = scraper::Selector::parse(selector).unwrap();
        page.select(&selector).map(|element| element.value().clone()).collect::<Vec<_>>()
    };
    let levels: Vec<usize> = (all("h1, h2, h3, h4").iter())
        .map(|heading| heading.name()[1..].parse().unwrap())
        .collect();
    assert_eq!(levels[0], 1);
    assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "{levels:?}");
    assert_eq!(levels.iter().filter(|&&level| level == 1).count(), 1);
    let pictures = all("figure svg");
    assert!(pictures.len() > 10);
    for picture in pictures {
        assert_eq!(picture.attr("role"), Some("img"));
        assert!(picture.attr("aria-label").is_some_and(|label| label.len() > 20));
    }
    let figures = all("figure").len();
    assert_eq!(all("figure details table").len(), figures);
    assert_eq!(all("figure p.described").len(), figures);
    assert_eq!(all("html")[0].attr("lang"), Some("en-GB"));
    assert!(all("script, iframe, img, link, object, embed, form").is_empty());
}

fn report(scenario: &str, replicates: &str, folder: &Path) -> String {
    let file = format!("{}/scenarios/{scenario}.toml", env!("CARGO_MANIFEST_DIR"));
    let done = |arguments: &[&str]| {
        let out = workcast().current_dir(folder).args(arguments).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    };
    done(&["run", &file, "--replicates", replicates, "--quiet"]);
    done(&["report", "@", "--out", "report", "--no-data", "--quiet"]);
    std::fs::read_to_string(folder.join("report/report.html")).unwrap()
}

fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let places = folders.iter().flat_map(|folder| names.map(|name| folder.join(name)));
    places.into_iter().find(|place| place.is_file())
}

/// axe-core, which is fetched once.
fn axe() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accessibility");
    let axe = folder.join("node_modules/axe-core/axe.min.js");
    if !axe.exists() {
        let fetched = Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund"])
            .current_dir(&folder)
            .status();
        assert!(
            fetched.is_ok_and(|status| status.success()),
            "a Chromium is here but not axe-core: npm ci --prefix tests/accessibility"
        );
    }
    axe
}

/// Runs axe on a page in Chromium, and measures it in a narrow window.
fn look(chromium: &Path, page: &str, axe: &str, folder: &Path) -> Value {
    // The page forbids every script; the copy that is looked at allows the one that looks.
    let (before, after) = page.split_once("<meta http-equiv").expect("the page has a policy");
    let (_, after) = after.split_once('>').expect("it ends");
    let page = format!("{before}{after}");
    let inner = serde_json::to_string(&page).unwrap().replace("</", "<\\/");
    let script = format!(
        "<script>{axe}</script><script>
        const frame = document.createElement('iframe');
        frame.style.cssText = 'width:{NARROW}px;height:600px;border:0';
        const whole = axe.run(document, {{ runOnly: {RULES}, resultTypes: ['violations', 'incomplete'] }});
        whole.then(found => {{
            // The contrast of text in pictures is held by a test of their colours: axe does not see it.
            const undrawn = rules => rules.map(rule => ({{ ...rule, nodes: rule.nodes.filter(node =>
                !(rule.id === 'color-contrast' && node.html.startsWith('<text'))) }}))
                .filter(rule => rule.nodes.length > 0);
            const short = rules => rules.map(rule => ({{ rule: rule.id, help: rule.help,
                nodes: rule.nodes.slice(0, 3).map(node => `${{node.target}} ${{node.html.slice(0, 200)}} ${{node.any.concat(node.all, node.none).map(check => check.message + JSON.stringify(check.relatedNodes.slice(0,2).map(n => n.html)))}}`) }}));
            frame.srcdoc = {inner};
            frame.onload = () => {{
                const answer = {{ violations: short(found.violations), incomplete: short(undrawn(found.incomplete)),
                    passes: found.passes.length, narrow: frame.contentDocument.documentElement.scrollWidth }};
                document.body.innerHTML = '';
                const said = document.createElement('pre');
                said.id = 'answer';
                said.textContent = encodeURIComponent(JSON.stringify(answer));
                document.body.append(said);
            }};
            document.body.append(frame);
        }});
        </script></body>"
    );
    let copy = folder.join("looked-at.html");
    std::fs::write(&copy, page.replacen("</body>", &script, 1)).unwrap();
    let out = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,900"])
        .args(["--virtual-time-budget=120000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("file://{}", copy.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&out.stdout);
    let answer =
        dom.split_once("<pre id=\"answer\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    let (answer, _) = answer.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&out.stderr)));
    serde_json::from_str(&decoded(answer)).unwrap()
}

/// What `encodeURIComponent` wrote.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' && after.len() >= 2 {
            let digits = std::str::from_utf8(&after[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}
