//! Runs made up for the ledger's tests.

#![allow(dead_code)] // each test file uses its own part

use workcast::ensemble::columns::MISSING;
use workcast::ensemble::{
    Column, ColumnData, InputColumn, MonthlyColumn, OptionColumns, PlaceColumns, Results,
};
use workcast::model::{Kind, Metric};
use workcast::store::{Purpose, RunHead, RunId, ScenarioFile, WritableLedger};

pub const SEED: u64 = u64::MAX - 1;

pub fn head(title: &str) -> RunHead {
    RunHead {
        title: title.into(),
        question: Some("Procure, recruit, or both?".into()),
        scenario_hash: "0123456789abcdef".into(),
        purpose: Purpose::Run,
        seed: SEED,
        asked: Some(64),
        engine_version: "0.1.0".into(),
        engine_revision: 2,
        extends: None,
        created: "2026-11-23T18:00:00Z".into(),
        options: vec!["In-house".into(), "Hybrid".into()],
        localities: vec!["Bury".into()],
        facts: serde_json::json!({ "title": "Bury" }),
        reconciliation: Vec::new(),
    }
}

pub fn scenario() -> Vec<ScenarioFile> {
    vec![
        ScenarioFile {
            name: "bury.toml".into(), text: "title = \"Bury\" # £\u{a0}…\r\n".into()
        },
        ScenarioFile { name: "programmes/gm.toml".into(), text: String::new() },
    ]
}

/// Values that look like nothing in particular, the same for the same arguments.
fn noise(stream: u64, index: u64) -> u64 {
    let mut x = (stream << 32 | index).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for shift in [30, 27, 31] {
        x = (x ^ (x >> shift)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    }
    x
}

fn whole(name: &str, kind: Kind, values: Vec<i64>) -> Column {
    Column { metric: Metric { name: name.into(), kind }, data: ColumnData::Whole(values) }
}

fn real(name: &str, kind: Kind, values: Vec<f64>) -> Column {
    Column { metric: Metric { name: name.into(), kind }, data: ColumnData::Real(values) }
}

/// Replicates `first` to `first + replicates` of a run with every kind of value that there is.
pub fn block(first: u64, replicates: u64) -> Results {
    let rows = || first..first + replicates;
    let place = |locality: Option<&str>, stream: u64| PlaceColumns {
        locality: locality.map(String::from),
        metrics: vec![
            whole("plans", Kind::People, rows().map(|i| (noise(stream, i) % 536) as i64).collect()),
            whole("net", Kind::Money, rows().map(|i| noise(stream, i) as i64 >> 30).collect()),
            whole("huge", Kind::Money, rows().map(|i| noise(stream, i) as i64).collect()),
            whole("target_day", Kind::Day, rows().map(|i| day(i, stream)).collect()),
            whole("nobody", Kind::Day, rows().map(|_| MISSING).collect()),
            whole(
                "ends",
                Kind::Money,
                rows().map(|i| [MISSING + 1, i64::MAX][i as usize % 2]).collect(),
            ),
            real(
                "utilisation",
                Kind::Share,
                rows().map(|i| noise(stream, i) as f64 / 2e19).collect(),
            ),
            real("wait_mean_days", Kind::Days, rows().map(|i| odd(i, stream)).collect()),
            real("localities_on_target", Kind::Number, rows().map(|i| (i % 7) as f64).collect()),
        ],
        monthly: vec![MonthlyColumn {
            metric: Metric { name: "balance".into(), kind: Kind::Money },
            months: 3,
            data: ColumnData::Whole(
                rows().flat_map(|i| (0..3).map(move |m| -((i * 100 + m) as i64))).collect(),
            ),
        }],
    };
    let option = |name: &str, stream| OptionColumns {
        name: name.into(),
        places: vec![
            place(Some("Bury"), stream),
            place(None, stream + u64::from(name == "In-house")),
        ],
    };
    Results {
        seed: SEED,
        replicates,
        months: vec!["2024-10".into(), "2024-11".into(), "2024-12".into()],
        inputs: vec![InputColumn {
            path: "locality.Bury.referrals.\"a/b \\ £\".per_month".into(),
            values: rows().map(|i| 19.0 + noise(99, i) as f64 / 1e19).collect(),
        }],
        options: vec![option("In-house", 1), option("Hybrid / \"x\"\n", 3)],
    }
}

fn day(i: u64, stream: u64) -> i64 {
    if i.is_multiple_of(3) { MISSING } else { (noise(stream, i) % 547) as i64 - 40 }
}

fn odd(i: u64, stream: u64) -> f64 {
    match i % 8 {
        0 => f64::NAN,
        1 => -0.0,
        2 => f64::INFINITY,
        3 => f64::MIN_POSITIVE / 8.0,
        4 => f64::from_bits(0x7ff8_0000_0000_0123),
        5 => f64::MAX,
        6 => f64::from_bits(noise(stream, i)),
        _ => 1e300,
    }
}

/// Stores a run of so many blocks of 16 replicates and says that it is complete.
pub fn store_run(ledger: &WritableLedger, title: &str, blocks: u64) -> RunId {
    let mut writer = ledger.begin(head(title), &scenario()).unwrap();
    for number in 0..blocks {
        writer.block(&block(number * 16, 16)).unwrap();
    }
    writer.finish().unwrap().id
}
