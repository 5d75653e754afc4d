//! `workcast export RUN`: a stored run's replicates as tables for other programs.

mod common;
mod ledger_support;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Output;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_ipc::reader::FileReader;
use arrow_schema::{DataType, SchemaRef};
use common::{Scenario, workcast};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;
use tempfile::TempDir;
use workcast::ensemble::columns::MISSING;
use workcast::ensemble::{ColumnData, Columns, PlaceColumns, Results};
use workcast::model::{Kind, Metric};
use workcast::report::export::{Format, tables, write};
use workcast::store::{Ledger, RunHead};

/// A folder with a ledger of one run.
struct Desk {
    folder: TempDir,
}

/// A table as it was read: the names of its columns and the rows of its cells.
type Read = (Vec<String>, Vec<Vec<String>>);

impl Desk {
    fn empty() -> Self {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    fn of(scenario: &Scenario, replicates: &str) -> Self {
        let desk = Desk::empty();
        scenario.write(desk.folder.path());
        desk.does_well(&["run", "scenario.toml", "--quiet", "--replicates", replicates]);
        desk
    }

    /// A run that was made up: every kind of value, and names that nobody can parse.
    fn made_up(blocks: u64) -> Self {
        let desk = Desk::empty();
        let ledger = desk.writable();
        ledger_support::store_run(&ledger, "Bury", blocks);
        ledger.close().unwrap();
        desk
    }

    fn writable(&self) -> workcast::store::WritableLedger {
        Ledger::open_or_create(self.path("workcast.redb")).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn does(&self, arguments: &[&str]) -> Output {
        workcast().current_dir(self.folder.path()).args(arguments).output().unwrap()
    }

    #[track_caller]
    fn does_well(&self, arguments: &[&str]) -> Output {
        let output = self.does(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
        output
    }

    #[track_caller]
    fn exports(&self, format: &str) -> Output {
        self.does_well(&["export", "@", "--out", format, "--format", format])
    }

    fn csv(&self, file: &str) -> Read {
        csv(&fs::read(self.path(file)).unwrap())
    }

    fn results(&self) -> Results {
        let ledger = Ledger::open(self.path("workcast.redb")).unwrap();
        ledger.results(&ledger.resolve("@").unwrap()).unwrap()
    }

    /// What is in a folder.
    fn files(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn csv(bytes: &[u8]) -> Read {
    let mut reader = csv::Reader::from_reader(bytes);
    let names = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    (names, rows.collect())
}

fn parquet(path: &Path) -> (SchemaRef, Vec<RecordBatch>) {
    let file = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    (file.schema().clone(), file.build().unwrap().map(Result::unwrap).collect())
}

fn arrow(path: &Path) -> (SchemaRef, Vec<RecordBatch>) {
    let file = FileReader::try_new(File::open(path).unwrap(), None).unwrap();
    (file.schema(), file.map(Result::unwrap).collect())
}

/// Typed batches in the words of a CSV; a null is an empty cell.
fn in_words((schema, batches): (SchemaRef, Vec<RecordBatch>)) -> Read {
    let names = schema.fields().iter().map(|field| field.name().clone()).collect();
    let mut rows = Vec::new();
    for batch in &batches {
        for row in 0..batch.num_rows() {
            let cells = batch.columns().iter().map(|column| match column.data_type() {
                _ if column.is_null(row) => String::new(),
                DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
                DataType::Float64 => {
                    format!("{:?}", column.as_primitive::<Float64Type>().value(row))
                }
                DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
                other => panic!("a column of {other}"),
            });
            rows.push(cells.collect());
        }
    }
    (names, rows)
}

/// Two localities, two options, an input that is drawn; some worlds have no plan and nobody seen.
fn scenario() -> Scenario {
    Scenario::half_year()
        .with_bolton()
        .source("per_month", "{ nine_in_ten = [2, 8] }")
        .journey("patience", r#"{ exponential = { mean = "4 weeks" } }"#)
        .journey("plan_agreed", "5%")
        .team("costs.salary", "£30,000")
        .set("option.Other.team.Coaches.posts", "2")
}

fn column_name(metric: &Metric) -> String {
    let money = metric.kind == Kind::Money;
    format!("{}{}", metric.name, if money { "_pence" } else { "" })
}

/// Holds a cell to a value of a column, to the bit.
#[track_caller]
fn assert_is(cell: &str, data: &ColumnData, index: usize) {
    match data {
        ColumnData::Whole(values) if values[index] == MISSING => assert_eq!(cell, ""),
        ColumnData::Whole(values) => assert_eq!(cell.parse(), Ok(values[index])),
        ColumnData::Real(values) if values[index].is_nan() => assert_eq!(cell, ""),
        ColumnData::Real(values) => {
            let read: f64 = cell.parse().unwrap();
            assert_eq!(read.to_bits(), values[index].to_bits(), "{cell}");
        }
    }
}

/// Holds a folder of CSV files to a run's columns; answers with how many cells had no value.
fn assert_holds(desk: &Desk, folder: &str, run: &Results, text: fn(&str) -> String) -> usize {
    let mut empty = 0;
    let columns = |place: &PlaceColumns, monthly: bool| -> Vec<(String, ColumnData)> {
        let metrics = place.metrics.iter().map(|one| (&one.metric, &one.data));
        let series = place.monthly.iter().map(|one| (&one.metric, &one.data));
        let named = |(metric, data): (&Metric, &ColumnData)| (column_name(metric), data.clone());
        if monthly { series.map(named).collect() } else { metrics.map(named).collect() }
    };
    for (file, months) in [("outcomes.csv", &[][..]), ("monthly.csv", &run.months[..])] {
        let (names, rows) = desk.csv(&format!("{folder}/{file}"));
        let mut rows = rows.into_iter();
        let keys = 3 + usize::from(!months.is_empty());
        for option in &run.options {
            for place in &option.places {
                let columns = columns(place, !months.is_empty());
                for index in 0..run.replicates as usize * months.len().max(1) {
                    let row = rows.next().unwrap();
                    let replicate = index / months.len().max(1);
                    let locality = place.locality.as_deref().map(text).unwrap_or_default();
                    let wanted = [text(&option.name), locality, replicate.to_string()];
                    assert_eq!(row[..3], wanted);
                    if !months.is_empty() {
                        assert_eq!(row[3], months[index % months.len()]);
                    }
                    let mut of_the_place = 0;
                    for (name, cell) in names.iter().zip(&row).skip(keys) {
                        empty += usize::from(cell.is_empty());
                        match columns.iter().find(|(known, _)| known == name) {
                            Some((_, data)) => {
                                assert_is(cell, data, index);
                                of_the_place += 1;
                            }
                            None => assert_eq!(cell, "", "{name} is not of this place"),
                        }
                    }
                    assert_eq!(of_the_place, columns.len());
                }
            }
        }
        assert_eq!(rows.next(), None);
    }
    let (names, rows) = desk.csv(&format!("{folder}/inputs.csv"));
    assert_eq!((names.len(), rows.len()), (1 + run.inputs.len(), run.replicates as usize));
    for (replicate, row) in rows.iter().enumerate() {
        assert_eq!(row[0], replicate.to_string());
        for (index, input) in run.inputs.iter().enumerate() {
            assert_eq!(names[1 + index], input.path);
            assert_is(&row[1 + index], &ColumnData::Real(input.values.clone()), replicate);
        }
    }
    empty
}

#[test]
fn csv_read_back_is_what_the_ledger_holds_to_the_bit() {
    let desk = Desk::of(&scenario(), "48");
    desk.exports("csv");
    let run = desk.results();
    let places: Vec<_> = run.options[1].places.iter().map(|place| &place.locality).collect();
    assert_eq!(places, [&Some("Bury".to_owned()), &Some("Bolton".to_owned()), &None]);
    assert!(!run.inputs.is_empty());
    let empty = assert_holds(&desk, "csv", &run, str::to_owned);
    assert!(empty > 0, "some worlds have no first plan");
}

#[test]
fn every_value_that_can_be_stored_comes_out_and_a_missing_one_is_an_empty_cell() {
    let desk = Desk::made_up(3);
    let output = desk.exports("csv");
    assert!(said(&output).contains("not understood"), "its scenario is made up: {}", said(&output));
    // A name's line break is dropped, its quotation marks stay.
    let text = |name: &str| name.replace('\n', "");
    let empty = assert_holds(&desk, "csv", &desk.results(), text);
    assert!(empty > 4 * 48, "nobody has a value in one column, and others lack some: {empty}");
}

#[test]
fn parquet_and_arrow_say_what_the_csv_says() {
    for desk in [Desk::of(&scenario(), "32"), Desk::made_up(2)] {
        for format in ["csv", "parquet", "arrow"] {
            desk.exports(format);
        }
        let (_, dictionary) = desk.csv("csv/dictionary.csv");
        for table in ["outcomes", "monthly", "inputs"] {
            let csv = desk.csv(&format!("csv/{table}.csv"));
            let parquet = parquet(&desk.path(&format!("parquet/{table}.parquet")));
            let arrow = arrow(&desk.path(&format!("arrow/{table}.arrow")));
            assert_eq!(parquet.0.fields(), arrow.0.fields());
            let types = parquet.0.fields().iter().map(|field| match field.data_type() {
                DataType::Int64 => "whole number",
                DataType::Float64 => "real",
                _ => "text",
            });
            let of_table = dictionary.iter().filter(|row| row[0] == table);
            assert!(types.eq(of_table.map(|row| row[2].as_str())), "{table}");
            // Only in CSV are line breaks dropped.
            let mut typed = [in_words(parquet), in_words(arrow)];
            for cell in typed.iter_mut().flat_map(|(_, rows)| rows.iter_mut().flatten()) {
                cell.retain(|c| c != '\n');
            }
            assert!(csv == typed[0], "{table}.parquet");
            assert!(csv == typed[1], "{table}.arrow");
        }
        let files = ["dictionary.csv", "inputs.arrow", "monthly.arrow", "outcomes.arrow"];
        assert_eq!(desk.files("arrow"), [&files[..], &["run.json"]].concat());
    }
}

#[test]
fn names_that_look_like_formulas_or_markup_come_out_as_text() {
    let named = Scenario::half_year()
        .set("locality.\"@x\".agreed_participants", "100")
        .set("locality.\"@x\".referrals.GP.per_month", "30")
        .set(r#"option."=1+1".team.Coaches.posts"#, "1")
        .set(r#"option."-a, \"b\"".team.Coaches.posts"#, "1");
    let desk = Desk::of(&named, "16");
    desk.exports("csv");
    desk.exports("parquet");
    let column = |(_, rows): &Read, index: usize| -> BTreeSet<String> {
        rows.iter().map(|row| row[index].clone()).collect()
    };
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let in_csv = desk.csv("csv/outcomes.csv");
    let set: BTreeSet<String> = words(&["In-house", "'=1+1", "'-a, \"b\""]);
    assert_eq!(column(&in_csv, 0), set);
    assert_eq!(column(&in_csv, 1), words(&["Bury", "'@x", ""]));
    let typed = in_words(parquet(&desk.path("parquet/outcomes.parquet")));
    assert_eq!(column(&typed, 0), words(&["In-house", "=1+1", "-a, \"b\""]));
    assert_eq!(column(&typed, 1), words(&["Bury", "@x", ""]));
    // Numbers below zero are numbers.
    let (names, rows) = desk.csv("csv/monthly.csv");
    let balance = names.iter().position(|name| name == "balance_pence").unwrap();
    assert!(rows.iter().all(|row| row[balance].parse::<i64>().is_ok()));
}

#[test]
fn a_run_in_parts_is_the_same_table() {
    let desk = Desk::made_up(5);
    let ledger = Ledger::open(desk.path("workcast.redb")).unwrap();
    let stored = ledger.stored(&ledger.resolve("@").unwrap()).unwrap();
    let sizes = |most| -> Vec<u64> {
        stored.parts(most).iter().map(|part| part.outline().replicates).collect()
    };
    assert_eq!(sizes(1), [16; 5]);
    assert_eq!(sizes(47), [32, 32, 16]);
    assert_eq!(sizes(u64::MAX), [80]);
    for table in &tables(&stored.outline(), |_| None) {
        let written = |most| {
            let mut bytes = Vec::new();
            let rows = write(table, &stored.parts(most), Format::Csv, &mut bytes).unwrap();
            (rows, bytes)
        };
        let whole = written(u64::MAX);
        assert!(whole == written(1) && whole == written(47), "{}", table.name);
        let mut from_memory = Vec::new();
        write(table, &[desk.results()], Format::Csv, &mut from_memory).unwrap();
        assert!(whole.1 == from_memory, "{}", table.name);
    }
}

#[test]
fn the_dictionary_names_every_column_of_every_table_and_no_other() {
    let desk = Desk::empty();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/gm-workwell.toml");
    let run = ["run", &file.to_string_lossy(), "--replicates", "16", "--quiet"];
    desk.does_well(&run);
    desk.exports("csv");
    let (names, dictionary) = desk.csv("csv/dictionary.csv");
    assert_eq!(names, ["table", "column", "type", "unit", "meaning"]);
    let mut known = Vec::new();
    for table in ["outcomes", "monthly", "inputs"] {
        let (columns, _) = desk.csv(&format!("csv/{table}.csv"));
        known.extend(columns.into_iter().map(|column| [table.to_owned(), column]));
    }
    let listed = dictionary.iter().map(|row| [row[0].clone(), row[1].clone()]);
    assert!(listed.eq(known));
    for row in &dictionary {
        assert!(!row[4].is_empty(), "nobody says what {row:?} is");
        assert_eq!(row[3].is_empty(), row[2] == "text", "a number has a unit: {row:?}");
        assert_eq!(row[1].ends_with("_pence"), row[3] == "pence", "{row:?}");
    }
    let unit = |column: &str| {
        let row = dictionary.iter().find(|row| row[1] == column);
        row.unwrap_or_else(|| panic!("no {column}"))[3].clone()
    };
    assert_eq!(unit("plans"), "people");
    assert_eq!(unit("wait_mean_days"), "days");
    assert_eq!(unit("cost_per_plan"), "pounds");
    assert_eq!(unit("cost_pence"), "pence");
    assert_eq!(unit("seen_within_28_days"), "share");
}

#[test]
fn run_json_says_where_the_tables_come_from_and_its_hashes_and_counts_hold() {
    let desk = Desk::of(&scenario(), "16");
    let shown = desk.does_well(&["show", "@", "--json"]);
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
    for format in ["csv", "parquet", "arrow"] {
        let output =
            desk.does_well(&["export", "@", "--out", format, "--format", format, "--json"]);
        let text = fs::read_to_string(desk.path(format).join("run.json")).unwrap();
        let run: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(run, serde_json::from_slice::<Value>(&output.stdout).unwrap());
        for key in ["workcast", "run", "scenario", "seed", "replicates", "purpose", "status"] {
            assert!(!run[key].is_null() && run[key] == shown[key], "{key}");
        }
        assert!(run["created"].as_str().unwrap().ends_with('Z'));
        assert_eq!(run["format"], format);
        let files = run["files"].as_array().unwrap();
        let mut named: Vec<&str> = files.iter().map(|f| f["name"].as_str().unwrap()).collect();
        named.push("run.json");
        named.sort_unstable();
        assert_eq!(named, desk.files(format));
        for file in files {
            let name = file["name"].as_str().unwrap();
            let bytes = fs::read(desk.path(format).join(name)).unwrap();
            assert_eq!(file["bytes"], bytes.len());
            assert_eq!(file["blake3"], blake3::hash(&bytes).to_hex().as_str(), "{name}");
            let (names, rows) = match name.rsplit_once('.').unwrap().1 {
                "csv" => csv(&bytes),
                "parquet" => in_words(parquet(&desk.path(format).join(name))),
                _ => in_words(arrow(&desk.path(format).join(name))),
            };
            assert_eq!(
                (&file["columns"], &file["rows"]),
                (&names.len().into(), &rows.len().into())
            );
        }
        // Two options, three places, sixteen replicates, six months.
        let rows: Vec<u64> = files[..3].iter().map(|f| f["rows"].as_u64().unwrap()).collect();
        assert_eq!(rows, [2 * 3 * 16, 2 * 3 * 16 * 6, 16]);
    }
}

#[test]
fn where_nothing_is_drawn_there_is_no_file_of_inputs() {
    let desk = Desk::of(&Scenario::october(), "16");
    assert!(desk.results().inputs.is_empty());
    desk.exports("csv");
    let files = ["dictionary.csv", "monthly.csv", "outcomes.csv", "run.json"];
    assert_eq!(desk.files("csv"), files);
}

#[test]
fn nothing_is_overwritten_unless_it_is_asked_for() {
    let desk = Desk::made_up(1);
    for name in ["outcomes.csv", "dictionary.csv", "run.json"] {
        let folder = format!("beside {name}");
        fs::create_dir(desk.path(&folder)).unwrap();
        fs::write(desk.path(&folder).join(name), "mine").unwrap();
        let refused = desk.does(&["export", "@", "--out", &folder]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(said(&refused).contains("--force") && said(&refused).contains(name));
        assert_eq!(desk.files(&folder), [name]);
        assert_eq!(fs::read_to_string(desk.path(&folder).join(name)).unwrap(), "mine");
        desk.does_well(&["export", "@", "--out", &folder, "--force"]);
        assert_eq!(desk.files(&folder).len(), 5);
        assert_ne!(fs::read_to_string(desk.path(&folder).join(name)).unwrap(), "mine");
    }
    // What is not in the way stays.
    fs::write(desk.path("notes.md"), "mine").unwrap();
    desk.does_well(&["export", "@", "--out", ".", "--format", "parquet"]);
    assert_eq!(fs::read_to_string(desk.path("notes.md")).unwrap(), "mine");
}

/// An export where no file can grow beyond so many blocks of 512 or 1,024 bytes: the disk is full.
#[cfg(unix)]
fn on_a_full_disk(desk: &Desk, arguments: &[&str]) -> Output {
    std::process::Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_workcast"))
        .args(["export", "@"])
        .args(arguments)
        .current_dir(desk.folder.path())
        .env_remove("WORKCAST_DB")
        .output()
        .unwrap()
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_no_file_appears_and_what_was_there_stays() {
    let desk = Desk::made_up(8);
    for format in ["csv", "parquet", "arrow"] {
        let failed = on_a_full_disk(&desk, &["--out", format, "--format", format]);
        assert_eq!(failed.status.code(), Some(3), "{}", said(&failed));
        assert!(said(&failed).contains("cannot write"), "{}", said(&failed));
        assert!(desk.files(format).is_empty(), "{:?}", desk.files(format));
        desk.exports(format);
        let before: Vec<Vec<u8>> = read_all(&desk, format);
        let failed = on_a_full_disk(&desk, &["--out", format, "--format", format, "--force"]);
        assert_eq!(failed.status.code(), Some(3), "{}", said(&failed));
        assert!(before == read_all(&desk, format));
    }
}

/// Whether the files of a folder are those that its `run.json` names, to the bit.
#[cfg(unix)]
fn is_of_one_run(desk: &Desk, folder: &str) -> bool {
    let run: Value =
        serde_json::from_slice(&fs::read(desk.path(folder).join("run.json")).unwrap()).unwrap();
    let files = run["files"].as_array().unwrap();
    files.iter().all(|file| {
        let bytes = fs::read(desk.path(folder).join(file["name"].as_str().unwrap())).unwrap();
        file["blake3"] == blake3::hash(&bytes).to_hex().as_str()
    })
}

#[cfg(unix)]
#[test]
fn two_exports_into_one_folder_at_once_leave_the_files_of_one_of_them() {
    let desk = Desk::made_up(1);
    let ledger = desk.writable();
    ledger_support::store_run(&ledger, "Bolton", 2);
    ledger.close().unwrap();
    for _ in 0..10 {
        let all = std::thread::scope(|scope| {
            let of = |run: &'static str| {
                let desk = &desk;
                scope.spawn(move || desk.does(&["export", run, "--out", "out", "--force"]))
            };
            [of("@"), of("@-1"), of("@")].map(|export| export.join().unwrap())
        });
        assert!(all.iter().all(|output| output.status.code() == Some(0)), "{}", said(&all[0]));
        assert!(is_of_one_run(&desk, "out"));
        assert!(desk.files("out").iter().all(|name| !name.ends_with(".part")));
    }
}

fn read_all(desk: &Desk, folder: &str) -> Vec<Vec<u8>> {
    let files = desk.files(folder).into_iter();
    files.map(|name| fs::read(desk.path(folder).join(name)).unwrap()).collect()
}

#[test]
fn where_one_file_cannot_be_written_none_appears() {
    let desk = Desk::made_up(1);
    // A folder stands where the last file is to appear.
    fs::create_dir_all(desk.path("out/run.json")).unwrap();
    let failed = desk.does(&["export", "@", "--out", "out", "--force"]);
    assert_eq!(failed.status.code(), Some(3), "{}", said(&failed));
    assert!(said(&failed).contains("run.json"), "{}", said(&failed));
    assert_eq!(desk.files("out"), ["run.json"]);
    // A folder cannot be made under a file.
    fs::write(desk.path("file"), "").unwrap();
    let failed = desk.does(&["export", "@", "--out", "file/out"]);
    assert_eq!(failed.status.code(), Some(3), "{}", said(&failed));
}

#[cfg(unix)]
#[test]
fn in_a_folder_that_is_read_only_nothing_is_left() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::made_up(1);
    let folder = desk.path("closed");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // Nothing is closed to the superuser.
    if fs::write(folder.join("try"), "").is_ok() {
        return;
    }
    let failed = desk.does(&["export", "@", "--out", "closed"]);
    assert_eq!(failed.status.code(), Some(3), "{}", said(&failed));
    assert!(desk.files("closed").is_empty());
}

#[test]
fn a_run_that_was_stopped_is_exported_as_far_as_it_went_and_says_so() {
    let desk = Desk::empty();
    let ledger = desk.writable();
    let head: RunHead = ledger_support::head("Stopped");
    let mut writer = ledger.begin(head.clone(), &ledger_support::scenario()).unwrap();
    writer.block(&ledger_support::block(0, 16)).unwrap();
    writer.interrupted().unwrap();
    let writer = ledger.begin(RunHead { seed: 2, ..head }, &ledger_support::scenario()).unwrap();
    let nothing = writer.interrupted();
    ledger.close().unwrap();
    let last = nothing.unwrap().id;
    let refused = desk.does(&["export", last.as_str(), "--out", "nothing"]);
    assert_eq!(refused.status.code(), Some(4), "{}", said(&refused));
    assert!(!desk.path("nothing").exists());
    desk.does_well(&["export", "@-1", "--out", "some"]);
    let run = fs::read_to_string(desk.path("some/run.json")).unwrap();
    let run: Value = serde_json::from_str(&run).unwrap();
    assert_eq!(run["status"], "incomplete (interrupted)");
    assert_eq!((&run["replicates"], &run["files"][2]["rows"]), (&16.into(), &16.into()));
}

#[test]
fn a_run_that_is_not_there_makes_no_folder() {
    let desk = Desk::made_up(1);
    let refused = desk.does(&["export", "zzzzzzzz", "--out", "out"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(!desk.path("out").exists());
}
