//! The paper for a board, as a Word file: what stands in it, and that Word's kind of program opens it.

mod common;
#[path = "common/evidence.rs"]
mod evidence;

use std::path::Path;
use std::process::Command;

use docx_rs::read_docx;
use resvg::usvg::roxmltree;
use workcast::analysis::{Facts, Forecast, Precision, Reference, influences};
use workcast::ensemble::{Settings, run_alone};
use workcast::report::document::{Block, Document, Section};
use workcast::report::docx::docx;
use workcast::report::paper::paper;
use workcast::report::{RunFacts, Subject};
use workcast::scenario::Scenario;
use workcast::scenario::reconcile::reconcile;

/// A paper with the bytes of its file.
struct Paper {
    document: Document,
    bytes: Vec<u8>,
}

impl Paper {
    fn of_shipped(name: &str, replicates: u64) -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        Self::of(&Scenario::read(&file).unwrap(), replicates)
    }

    fn of_test(scenario: &common::Scenario) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(scenario.write(folder.path()));
        Self::of(&Scenario::read(&file).unwrap(), 16)
    }

    fn of(scenario: &Scenario, replicates: u64) -> Self {
        let settings = Settings { replicates: Some(replicates), ..Settings::default() };
        let finished = run_alone(&scenario.programme, &settings, &mut |_| false).unwrap();
        let columns = finished.columns.unwrap();
        let reference =
            |(name, ratio): &(String, f64)| Reference { name: name.clone(), ratio: *ratio };
        let facts = Facts::new(
            &scenario.programme,
            scenario.title.clone(),
            scenario.question.clone(),
            scenario.reference_class.iter().map(reference).collect(),
        );
        let forecast = Forecast::new(&columns, facts).unwrap();
        let run = RunFacts {
            run: Some("k3v9q2wx".to_owned()),
            workcast: "0.1.0".to_owned(),
            created: "2026-11-27T18:00:00Z".to_owned(),
            purpose: "run".to_owned(),
            status: "complete".to_owned(),
            title: scenario.title.clone(),
            hash: scenario.hash().to_owned(),
            seed: 1,
            replicates: finished.replicates,
            ..RunFacts::default()
        };
        let document = paper(
            &Subject {
                scenario,
                values: &scenario.in_force(),
                forecast: &forecast,
                run: &run,
                asked: Some(replicates),
                precision: Precision::of_forecast(&forecast),
                reconciliation: &reconcile(scenario),
                influences: &influences(&columns).unwrap(),
            },
            &[],
        );
        let bytes = docx(&document, &run, &|_| None).unwrap();
        Paper { document, bytes }
    }

    /// A part of the file, which the library packs without compressing it.
    fn part(&self, name: &str) -> String {
        let head = |at: usize, from: usize| {
            let four = &self.bytes[at + from..at + from + 4];
            u32::from_le_bytes(four.try_into().unwrap()) as usize
        };
        let entries = self.bytes.windows(4).enumerate().filter(|(_, four)| four == b"PK\x03\x04");
        for (at, _) in entries {
            let length = head(at, 26) & 0xffff;
            if &self.bytes[at + 30..at + 30 + length] == name.as_bytes() {
                let begins = at + 30 + length + (head(at, 28) & 0xffff);
                let text = &self.bytes[begins..begins + head(at, 18)];
                return String::from_utf8(text.to_vec()).unwrap();
            }
        }
        panic!("no {name}")
    }

    /// Every paragraph with its style, in order.
    fn paragraphs(&self) -> Vec<(String, String)> {
        let xml = self.part("word/document.xml");
        let tree = roxmltree::Document::parse(&xml).expect("document.xml is XML");
        let paragraphs = tree.descendants().filter(|node| node.has_tag_name((WORD, "p")));
        paragraphs
            .map(|paragraph| {
                let style =
                    paragraph.descendants().find(|node| node.has_tag_name((WORD, "pStyle")));
                let style = style.and_then(|style| style.attribute((WORD, "val"))).unwrap_or("");
                let texts = paragraph.descendants().filter(|node| node.has_tag_name((WORD, "t")));
                let text: String = texts.filter_map(|text| text.text()).collect();
                (style.to_owned(), text)
            })
            .collect()
    }

    fn text(&self) -> String {
        self.paragraphs().into_iter().map(|(_, text)| text + "\n").collect()
    }

    fn section(&self, heading: &str) -> &Section {
        let mut sections = self.document.sections.iter();
        sections.find(|section| section.heading == heading).expect("the section is there")
    }
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

#[test]
fn the_file_is_one_that_word_processors_read_and_it_says_what_it_is() {
    let paper = Paper::of_shipped("bury.toml", 16);
    assert!(read_docx(&paper.bytes).is_ok());
    for part in ["word/document.xml", "word/styles.xml", "word/footer1.xml", "docProps/core.xml"] {
        assert!(roxmltree::Document::parse(&paper.part(part)).is_ok(), "{part}");
    }
    let core = paper.part("docProps/core.xml");
    assert!(core.contains("<dc:title>Bury WorkWell</dc:title>"), "{core}");
    assert!(core.contains(">2026-11-27T18:00:00Z</dcterms:created>"), "{core}");
    assert!(core.contains("<dc:language>en-GB</dc:language>"), "{core}");
    assert!(paper.part("word/styles.xml").contains("<w:lang w:val=\"en-GB\""));
    let footer = paper.part("word/footer1.xml");
    assert!(footer.contains("run k3v9q2wx") && footer.contains("PAGE"), "{footer}");
    assert!(paper.part("word/document.xml").contains("<w:pgSz w:w=\"11906\" w:h=\"16838\""));
}

#[test]
fn the_headings_are_those_of_a_council_s_paper_in_their_order() {
    let paper = Paper::of_shipped("bury.toml", 16);
    let paragraphs = paper.paragraphs();
    let headings: Vec<&str> = (paragraphs.iter())
        .filter(|(style, _)| style == "Heading1")
        .map(|(_, text)| text.as_str())
        .collect();
    assert_eq!(
        headings,
        [
            "1 Summary",
            "2 Recommendation",
            "3 Background",
            "4 Options",
            "5 Key considerations",
            "6 Community impact",
            "7 Equality",
            "8 Legal implications",
            "9 Financial implications",
            "10 Costings",
            "11 Timeline",
            "12 Risk register",
            "13 Background papers and how the numbers were made",
            "Appendix: assumptions not agreed",
        ]
    );
    let options: Vec<&str> = (paragraphs.iter())
        .filter(|(style, text)| style == "Heading2" && text.starts_with("4."))
        .map(|(_, text)| text.as_str())
        .collect();
    let wanted =
        ["4.1 In-house", "4.2 Procured", "4.3 Hybrid", "4.4 The options beside each other"];
    assert_eq!(options, wanted);
    assert_eq!(paragraphs[0], ("Title".to_owned(), "Bury WorkWell".to_owned()));
}

#[test]
fn every_option_and_the_agreed_number_are_named() {
    let text = Paper::of_shipped("bury.toml", 16).text();
    for wanted in
        ["In-house", "Procured", "Hybrid", "536 action plans", "£432,927", "31 March 2026"]
    {
        assert!(text.contains(wanted), "no {wanted}");
    }
}

#[test]
fn the_recommendation_leaves_the_choice_to_the_board() {
    for scenario in ["bury.toml", "stockport.toml"] {
        let paper = Paper::of_shipped(scenario, 64);
        let names = ["In-house", "Procured", "Hybrid", "Contract waiver", "Open tender"];
        let section = paper.section("2 Recommendation");
        let mut naming = 0;
        for block in &section.blocks {
            let lines = match block {
                Block::Text(text) | Block::Blank(text) => vec![text.clone()],
                Block::List(items) => items.clone(),
                other => panic!("{other:?}"),
            };
            for line in lines {
                // Where one option is named, all of the scenario's are: the list to choose from.
                let named = names.iter().filter(|name| line.contains(**name)).count();
                assert!(named == 0 || named == 3, "{line}");
                naming += usize::from(named == 3);
            }
        }
        assert_eq!(naming, 1);
        assert!(section.blocks.iter().any(|block| matches!(block, Block::Blank(_))));
    }
}

#[test]
fn what_only_an_officer_can_write_is_marked() {
    let paper = Paper::of_shipped("bury.toml", 16);
    let xml = paper.part("word/document.xml");
    let marked = xml.matches("<w:highlight w:val=\"yellow\"").count();
    assert!(marked > 40, "{marked}");
    let text = paper.text();
    assert!(text.contains("[Officer to write]"));
    for prompt in [
        "procurement route",
        "TUPE",
        "data protection",
        "equality impact assessment",
        "chief finance",
    ] {
        let found = text
            .lines()
            .any(|line| line.starts_with("[Officer to write: ") && line.contains(prompt));
        assert!(found, "nobody is asked about {prompt}");
    }
    assert!(!text.contains("____"), "every blank is marked");
}

#[test]
fn every_table_has_a_header_that_stands_on_every_page_and_fits_the_page() {
    let paper = Paper::of_shipped("bury.toml", 16);
    let xml = paper.part("word/document.xml");
    let tree = roxmltree::Document::parse(&xml).unwrap();
    let tables: Vec<_> =
        tree.descendants().filter(|node| node.has_tag_name((WORD, "tbl"))).collect();
    assert!(tables.len() > 15, "{}", tables.len());
    for table in tables {
        let headers = table.descendants().filter(|node| node.has_tag_name((WORD, "tblHeader")));
        assert_eq!(headers.count(), 1);
        let columns = table.descendants().filter(|node| node.has_tag_name((WORD, "gridCol")));
        let widths: Vec<u32> =
            columns.map(|column| column.attribute((WORD, "w")).unwrap().parse().unwrap()).collect();
        assert!(widths.len() <= 6 && widths.iter().sum::<u32>() == 9_638, "{widths:?}");
    }
}

#[test]
fn hostile_names_come_out_as_text() {
    let payloads = [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("]]>", "]]>"),
        ("&lt;w:p/&gt;", "&lt;w:p/&gt;"),
        ("\\\"quoted\\\" 'text'", "\"quoted\" 'text'"),
        ("=HYPERLINK(1,2)", "=HYPERLINK(1,2)"),
        ("</w:t></w:r><w:tbl><w:trPr></w:trPr>", "</w:t></w:r><w:tbl><w:trPr></w:trPr>"),
        ("a\\u200Bb", "aU+200Bb"),
        ("a\\u202Eb", "aU+202Eb"),
        ("a\\u2066b", "aU+2066b"),
        ("a\\uFFFEb", "aU+FFFEb"),
        ("# heading | cell **bold** [x](y)", "# heading | cell **bold** [x](y)"),
        ("w14:paraId=\\\"1\\\" <wp:docPr id=\\\"1\\\"", "w14:paraId=\"1\" <wp:docPr id=\"1\""),
    ];
    for (written, shown) in payloads {
        let hostile = common::Scenario::half_year()
            .set("title", &format!("\"T {written}\""))
            .set("question", &format!("\"Q {written}\""))
            .set(&format!("option.\"O {written}\".team.\"C {written}\".posts"), "1");
        let paper = Paper::of_test(&hostile);
        assert!(read_docx(&paper.bytes).is_ok(), "{written}");
        assert!(roxmltree::Document::parse(&paper.part("docProps/core.xml")).is_ok(), "{written}");
        assert!(roxmltree::Document::parse(&paper.part("word/footer1.xml")).is_ok(), "{written}");
        let text = paper.text();
        for wanted in
            [format!("T {shown}"), format!("Q {shown}"), format!("O {shown}"), format!("C {shown}")]
        {
            assert!(text.contains(&wanted), "no {wanted:?}");
        }
    }
}

#[test]
fn the_same_run_makes_the_same_bytes() {
    let scenario = common::Scenario::half_year();
    let first = Paper::of_test(&scenario);
    let _between = Paper::of_test(&scenario.clone().set("question", "Another?"));
    assert!(first.bytes == Paper::of_test(&scenario).bytes);
}

#[test]
fn who_is_reached_by_attribute_stands_under_equality() {
    let ages = common::Scenario::half_year()
        .set("attribute.age.mix", r#"{ young = "50%", old = "50%" }"#)
        .set("attribute.age.effect.old.attends_times", "0.5")
        .journey("support", "30 days");
    let paper = Paper::of_test(&ages);
    let blocks = &paper.section("7 Equality").blocks;
    let grid = blocks.iter().find_map(|block| match block {
        Block::Table(grid) => Some(grid),
        _ => None,
    });
    let grid = grid.expect("a table");
    let labels: Vec<&str> = grid.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(
        (&grid.title[..], &labels[..]),
        ("By age", &["young", "In-house", "old", "In-house"][..])
    );
    assert!(grid.rows.iter().all(|row| row.cells.is_empty() || row.cells.len() == 5));
    // Without attributes nothing is claimed, and an assessment is asked for in either case.
    let without = Paper::of_test(&common::Scenario::half_year());
    assert!(without.text().contains("says nothing of equality"));
    for paper in [paper, without] {
        let asked = |block: &Block| matches!(block, Block::Blank(asked) if asked.contains("equality impact"));
        assert!(paper.section("7 Equality").blocks.iter().any(asked));
    }
}

#[test]
fn ten_localities_stay_readable() {
    let paper = Paper::of_shipped("gm-workwell.toml", 16);
    let table = |title: &str| {
        let blocks = paper.document.sections.iter().flat_map(|section| &section.blocks);
        let mut grids = blocks.filter_map(|block| match block {
            Block::Table(grid) if grid.title == title => Some(grid),
            _ => None,
        });
        let grid = grids.next().expect(title);
        assert_eq!(grids.next(), None, "{title} stands once");
        grid.clone()
    };
    assert_eq!(table("The allocation and its parts, at most").rows.len(), 11);
    assert_eq!(table("The options beside each other").corner, "Whole programme");
    assert!(table("The localities: people").rows.iter().any(|row| row.label.starts_with("Wigan")));
    // Twenty-four teams in three options, alike teams together.
    assert!(table("How As each place chose delivers").rows.len() < 10);
    assert!(paper.text().split_whitespace().count() < 9_000);
}

#[test]
fn a_programme_with_one_option_and_few_people_has_a_paper_too() {
    let text = Paper::of_test(&common::Scenario::half_year()).text();
    assert!(text.contains("decide whether In-house goes on"), "{text}");
    assert!(text.contains("There is one option only"), "{text}");
}

#[test]
fn a_service_that_never_opens_has_a_paper_that_says_so() {
    let late = common::Scenario::half_year().stage("slow", "wait", "5 years").team("route", "slow");
    let text = Paper::of_test(&late).text();
    assert!(text.contains("It takes no referrals in any world."), "{text}");
    assert!(text.contains("Chance of the agreed 100: under "), "{text}");
}

#[test]
fn a_word_processor_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("board-paper.docx");
    std::fs::write(&file, Paper::of_shipped("bury.toml", 64).bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("lo").display());
    let opened = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .args([folder.path(), &file])
        .output();
    let Ok(opened) = opened else {
        println!("skipped: soffice is not installed");
        return;
    };
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    let pdf = std::fs::read(folder.path().join("board-paper.pdf")).unwrap();
    // Each page is an object of its own; the tree of pages is another.
    let pages = |what: &[u8]| pdf.windows(what.len()).filter(|part| *part == what).count();
    let pages = pages(b"/Type/Page") - pages(b"/Type/Pages");
    evidence::note("paper-opens", format!("{pages} pages"));
    assert!(pages > 3, "{pages} pages");
}

/// For looking at: writes the papers of three scenarios to the folder that `WORKCAST_PAPERS` names.
#[test]
#[ignore = "writes files for a person to look at"]
fn papers_to_look_at() {
    let Some(folder) = std::env::var_os("WORKCAST_PAPERS") else { return };
    for name in ["bury", "stockport", "gm-workwell"] {
        let paper = Paper::of_shipped(&format!("{name}.toml"), 64);
        std::fs::write(Path::new(&folder).join(format!("{name}.docx")), paper.bytes).unwrap();
    }
}
