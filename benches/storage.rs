//! What it costs to keep a run: bytes for each number under several codings, the time that storing
//! adds to simulating, and the time to read one metric back.
//!
//! ```text
//! cargo bench --bench storage [-- REPLICATES]
//! ```
//!
//! Bury under three options, 100,000 replicates unless told otherwise: 300,000 outcomes. Metrics and
//! monthly series are set out apart. The ledger of a run is made in a temporary folder.

use std::path::Path;
use std::time::{Duration, Instant};

use workcast::ensemble::{ColumnData, Results, Settings, run_alone};
use workcast::model::Programme;
use workcast::scenario::Scenario;
use workcast::store::{Ledger, Purpose, RunHead};

fn main() {
    let is_test = std::env::args().any(|word| word == "--test");
    let asked = std::env::args().find_map(|word| word.parse().ok());
    let replicates = asked.unwrap_or(if is_test { 64 } else { 100_000 });
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/bury.toml");
    let programme = Scenario::read(&path).expect("the shipped scenario is valid").programme;

    codings(&programme, replicates.min(4_096));
    adds(&programme, replicates.min(8_192), if is_test { 1 } else { 7 });
    whole(&programme, replicates);
}

/// Bytes for each number, and time to write and read it, under each coding.
fn codings(programme: &Programme, replicates: u64) {
    let mut block = None;
    simulate(programme, replicates, &mut |next| {
        block.get_or_insert_with(|| next.clone());
    });
    let block: Results = block.expect("there is a block");
    println!(
        "Codings of a block of {} replicates; bytes, and nanoseconds to write and to read, for each number",
        block.replicates
    );
    println!("{:<34}{:>10}{:>8}{:>8}{:>12}{:>8}{:>8}", "", "metrics", "", "", "monthly", "", "");
    for (name, write, read) in CODINGS {
        print!("{name:<34}");
        for columns in [metrics(&block), monthly(&block)] {
            let numbers: usize = columns.iter().map(Vec::len).sum();
            let began = Instant::now();
            let written: Vec<Vec<u8>> = columns.iter().map(|words| write(words)).collect();
            let writing = began.elapsed();
            let began = Instant::now();
            for (bytes, words) in written.iter().zip(&columns) {
                assert_eq!(read(bytes, words.len()), *words, "{name} loses nothing");
            }
            let each = |time: Duration| time.as_nanos() as f64 / numbers as f64;
            let bytes = written.iter().map(Vec::len).sum::<usize>() as f64 / numbers as f64;
            print!("{bytes:>10.2}{:>8.1}{:>8.1}  ", each(writing), each(began.elapsed()));
        }
        println!();
    }
}

/// Columns as words of eight bytes, each column that is another's twin left out.
fn metrics(block: &Results) -> Vec<Vec<u64>> {
    let places = block.options.iter().map(|option| &option.places[0]);
    places.flat_map(|place| &place.metrics).map(|column| words(&column.data)).collect()
}

fn monthly(block: &Results) -> Vec<Vec<u64>> {
    let places = block.options.iter().map(|option| &option.places[0]);
    places.flat_map(|place| &place.monthly).map(|column| words(&column.data)).collect()
}

fn words(data: &ColumnData) -> Vec<u64> {
    match data {
        ColumnData::Whole(values) => values.iter().map(|&value| value as u64).collect(),
        ColumnData::Real(values) => values.iter().map(|value| value.to_bits()).collect(),
    }
}

/// A coding: its name, how words are written, and how they are read.
type Coding = (&'static str, fn(&[u64]) -> Vec<u8>, fn(&[u8], usize) -> Vec<u64>);

/// What the ledger might use; what it does use is measured whole below.
const CODINGS: [Coding; 6] = [
    ("raw", raw, |bytes, _| unraw(bytes)),
    (
        "lz4",
        |words| lz4_flex::block::compress(&raw(words)),
        |bytes, count| {
            unraw(&lz4_flex::block::decompress(bytes, count * 8).expect("it was compressed"))
        },
    ),
    (
        "lz4 of shuffled bytes",
        |words| lz4_flex::block::compress(&shuffled(words)),
        |bytes, count| {
            unshuffled(&lz4_flex::block::decompress(bytes, count * 8).expect("it was compressed"))
        },
    ),
    (
        "zstd, level 3",
        |words| zstd::bulk::compress(&raw(words), 3).expect("it can be compressed"),
        |bytes, count| unraw(&zstd::bulk::decompress(bytes, count * 8).expect("it was compressed")),
    ),
    (
        "zstd, level 3, of shuffled bytes",
        |words| zstd::bulk::compress(&shuffled(words), 3).expect("it can be compressed"),
        |bytes, count| {
            unshuffled(&zstd::bulk::decompress(bytes, count * 8).expect("it was compressed"))
        },
    ),
    (
        "zstd, level 19, of shuffled bytes",
        |words| zstd::bulk::compress(&shuffled(words), 19).expect("it can be compressed"),
        |bytes, count| {
            unshuffled(&zstd::bulk::decompress(bytes, count * 8).expect("it was compressed"))
        },
    ),
];

fn raw(words: &[u64]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn unraw(bytes: &[u8]) -> Vec<u64> {
    let (words, _) = bytes.as_chunks();
    words.iter().map(|word| u64::from_le_bytes(*word)).collect()
}

/// All first bytes, then all second bytes, ...
fn shuffled(words: &[u64]) -> Vec<u8> {
    (0..8).flat_map(|plane| words.iter().map(move |word| word.to_le_bytes()[plane])).collect()
}

fn unshuffled(bytes: &[u8]) -> Vec<u64> {
    let count = bytes.len() / 8;
    let word = |index| {
        let mut word = [0; 8];
        (0..8).for_each(|plane| word[plane] = bytes[plane * count + index]);
        u64::from_le_bytes(word)
    };
    (0..count).map(word).collect()
}

/// How much longer a run takes if it is stored: medians of rounds in turn.
fn adds(programme: &Programme, replicates: u64, rounds: usize) {
    let (mut alone, mut stored) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let began = Instant::now();
        simulate(programme, replicates, &mut |_| {});
        alone.push(began.elapsed());
        let folder = tempfile::tempdir().expect("a temporary folder");
        let began = Instant::now();
        store(folder.path(), programme, replicates);
        stored.push(began.elapsed());
    }
    let (alone, stored) = (median(&mut alone), median(&mut stored));
    println!(
        "\n{replicates} replicates: simulated in {:.2} s, simulated and stored in {:.2} s: {:+.1}%",
        alone.as_secs_f64(),
        stored.as_secs_f64(),
        100.0 * (stored.as_secs_f64() / alone.as_secs_f64() - 1.0)
    );
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// A whole run in the ledger: its size, of metrics, monthly series and drawn inputs apart; and one
/// metric read.
fn whole(programme: &Programme, replicates: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let parts: [fn(&mut Results); 3] = [
        |_| {},
        |block| block.places_mut().for_each(|place| place.monthly.clear()),
        |block| {
            block.inputs.clear();
            block.places_mut().for_each(|place| place.monthly.clear());
        },
    ];
    let ledgers = ["all", "no months", "metrics"]
        .map(|name| Ledger::open_or_create(path(name)).expect("it can be made"));
    let mut count = Count::default();
    let ids = {
        let mut writers =
            ledgers.each_ref().map(|ledger| ledger.begin(head(), &[]).expect("it can be written"));
        simulate(programme, replicates, &mut |block| {
            count.add(block);
            for (writer, part) in writers.iter_mut().zip(parts) {
                let mut block = block.clone();
                part(&mut block);
                writer.block(&block).expect("it can be written");
            }
        });
        writers.map(|writer| writer.finish().expect("it can be written").id)
    };
    for ledger in ledgers {
        ledger.close().expect("it can be written");
    }

    let size = |name| std::fs::metadata(path(name)).expect("it was made").len() as f64;
    let (all, no_months, metrics) = (size("all"), size("no months"), size("metrics"));
    println!("\n{} outcomes in the ledger, {:.1} MB:", count.outcomes, all / 1e6);
    let part = |what: &str, bytes: f64, numbers: u64| {
        let each = bytes / numbers as f64;
        println!(
            "{what:<20}{:>8.1} MB {:>14} numbers {each:>6.2} bytes each",
            bytes / 1e6,
            numbers
        );
        each
    };
    let each = part("metrics", metrics, count.metrics);
    part("drawn inputs", no_months - metrics, count.inputs);
    part("monthly series", all - no_months, count.monthly);
    println!("300,000 outcomes of 60 metrics would be {:.1} MB", each * 300_000.0 * 60.0 / 1e6);

    let ledger = Ledger::open(path("all")).expect("it can be read");
    let option = programme.options[0].name.as_str();
    let place = programme.localities[0].name.as_str();
    let read = || ledger.column(&ids[0], option, Some(place), "plans").expect("it is there");
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let began = Instant::now();
            assert!(!read().data.is_empty());
            began.elapsed()
        })
        .collect();
    println!(
        "one metric of one place under one option, {} values: read in {:.2} ms",
        read().data.len(),
        median(&mut times).as_secs_f64() * 1e3
    );
}

/// How many numbers a run has, twins left out.
#[derive(Default)]
struct Count {
    outcomes: u64,
    metrics: u64,
    monthly: u64,
    inputs: u64,
}

impl Count {
    fn add(&mut self, block: &Results) {
        self.outcomes += block.replicates * block.options.len() as u64;
        self.inputs += block.replicates * block.inputs.len() as u64;
        let count = |columns: Vec<Vec<u64>>| columns.iter().map(Vec::len).sum::<usize>() as u64;
        self.metrics += count(metrics(block));
        self.monthly += count(monthly(block));
    }
}

fn store(folder: &Path, programme: &Programme, replicates: u64) {
    let ledger = Ledger::open_or_create(folder.join("l.redb")).expect("it can be made");
    {
        let mut writer = ledger.begin(head(), &[]).expect("it can be written");
        simulate(programme, replicates, &mut |block| {
            writer.block(block).expect("it can be written");
        });
        writer.finish().expect("it can be written");
    }
    ledger.close().expect("it can be written");
}

fn simulate(programme: &Programme, replicates: u64, each: &mut dyn FnMut(&Results)) {
    let settings = Settings { replicates: Some(replicates), memory: 0, ..Settings::default() };
    run_alone(programme, &settings, &mut |block| {
        each(block);
        true
    })
    .expect("it runs");
}

fn head() -> RunHead {
    RunHead {
        title: "Bury".to_owned(),
        question: None,
        scenario_hash: String::new(),
        purpose: Purpose::Run,
        seed: Settings::default().seed,
        asked: None,
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        engine_revision: 0,
        extends: None,
        created: String::new(),
        options: Vec::new(),
        localities: Vec::new(),
        facts: serde_json::Value::Null,
        reconciliation: Vec::new(),
    }
}
