//! Bytes that nobody wrote, or that somebody changed, before every decoder of the ledger: an error or a
//! value of the size that was asked for, never a panic.
//!
//! `WORKCAST_FUZZ_SECONDS=600 cargo test --lib a_while_make_a_decoder_panic -- --ignored` goes on for so long
//! with cases that nobody has tried; what fails is said with its seed, and `WORKCAST_FUZZ_SEED=SEED` begins
//! there again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant, SystemTime};

use serde::de::DeserializeOwned;

use super::column::{self, MOST, Values};
use super::envelope;
use super::evidence;
use super::pack::{pack, unpack};
use super::record::{BlockRecord, RunRecord, ScenarioFile};
use super::shape::Shape;
use crate::ensemble::ColumnData;
use crate::ensemble::columns::MISSING;

/// Cases that every run of the tests tries.
const CASES: u64 = 20_000;

/// What one case may take: up to eight columns of 256 MiB.
const LONGEST: Duration = Duration::from_secs(5);

/// Numbers that look like nothing in particular (xorshift).
#[derive(Clone)]
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most + 1)).map(|_| self.next() as u8).collect()
    }
}

/// One to four changes: a bit, a byte, a cut, an end, a stretch of its own elsewhere, a large number.
fn damage(bytes: &mut Vec<u8>, noise: &mut Noise) {
    for _ in 0..=noise.below(4) {
        let at = noise.below(bytes.len());
        match noise.below(7) {
            _ if bytes.is_empty() => bytes.extend(noise.bytes(40)),
            0 => bytes[at] ^= 1 << noise.below(8),
            1 => bytes[at] = noise.next() as u8,
            2 => bytes.truncate(at),
            3 => bytes.extend(noise.bytes(40)),
            4 => drop(bytes.drain(at..(at + 1 + noise.below(20)).min(bytes.len()))),
            5 => {
                let stretch = bytes[at..(at + 1 + noise.below(20)).min(bytes.len())].to_vec();
                let to = noise.below(bytes.len());
                bytes.splice(to..to, stretch);
            }
            _ => {
                let end = (at + 8).min(bytes.len());
                bytes[at..end].fill(if noise.below(2) == 0 { 0xff } else { 0 });
            }
        }
    }
}

/// Values that some coding or other suits.
fn values(noise: &mut Noise) -> ColumnData {
    let count = noise.below(200);
    let (kind, bits, base) = (noise.below(4), noise.below(63), noise.next() as i64);
    let whole = |noise: &mut Noise| match noise.below(9) {
        0 => MISSING,
        _ => base.wrapping_add((noise.next() >> (63 - bits)) as i64),
    };
    match kind {
        0 => ColumnData::Whole((0..count).map(|_| whole(noise)).collect()),
        1 => ColumnData::Whole(vec![base; count]),
        2 => ColumnData::Real((0..count).map(|_| (noise.next() >> 40) as f64 / 7.0).collect()),
        _ => ColumnData::Real((0..count).map(|_| f64::from_bits(noise.next())).collect()),
    }
}

/// Documents as the ledger has them.
const DOCUMENTS: [&str; 4] = [
    include_str!("snapshots/workcast__store__record__tests__the_words_of_a_record_are_pinned.snap"),
    include_str!("snapshots/workcast__store__shape__tests__the_words_of_a_shape_are_pinned.snap"),
    r#"{"first":1024,"replicates":16,"checksum":"00"}"#,
    r#"[{"name":"a.toml","text":"title = \"A\""}]"#,
];

/// A document without what a snapshot says before it.
fn document(noise: &mut Noise) -> Vec<u8> {
    let kept = DOCUMENTS[noise.below(DOCUMENTS.len())];
    let text = kept.rsplit_once("---\n").map_or(kept, |(_, text)| text);
    text.lines().next().filter(|line| line.len() > 2).unwrap_or(text).as_bytes().to_vec()
}

/// How many of what was tried was read as something.
#[derive(Default)]
struct Read {
    cases: u64,
    values: u64,
    bytes: u64,
}

/// Bytes for one case, which may be as they were written.
fn case(noise: &mut Noise) -> Vec<u8> {
    let mut bytes = match noise.below(4) {
        0 => noise.bytes(300),
        1 => document(noise),
        2 => {
            let mut packed = Vec::new();
            let whole: Vec<i64> =
                (0..noise.below(100)).map(|_| noise.next() as i64 >> 20).collect();
            pack(&whole, &mut packed);
            packed
        }
        _ => {
            let mut blob = Vec::new();
            column::encode(Values::from(&values(noise)), &mut blob);
            blob
        }
    };
    if noise.below(8) > 0 {
        damage(&mut bytes, noise);
    }
    bytes
}

/// Whether a document is read, and what is read can be gone through.
fn said<T: DeserializeOwned>(bytes: &[u8], go: impl FnOnce(&T)) -> u64 {
    serde_json::from_slice::<T>(bytes).map_or(0, |document| {
        go(&document);
        1
    })
}

/// Puts bytes before every decoder.
fn decode(bytes: &[u8], noise: &mut Noise) -> u64 {
    let mut read = 0;
    // As they are, and sealed anew: damage that a checksum does not see.
    read += u64::from(envelope::open("column/x/0/0", bytes).is_ok());
    let mut sealed = envelope::empty();
    sealed.extend(bytes);
    envelope::seal("column/x/0/0", &mut sealed);
    assert_eq!(envelope::open("column/x/0/0", &sealed).map(|(payload, _)| payload), Ok(bytes));
    damage(&mut sealed, noise);
    read += u64::from(envelope::open("column/x/0/0", &sealed).is_ok());

    // By the number that they say they hold, as one who believes them would ask, and by others.
    let said_count = match bytes {
        [_, _, a, b, c, d, ..] => u32::from_le_bytes([*a, *b, *c, *d]) as usize,
        _ => 0,
    };
    // A constant may stand for as many as there may be: seldom, since that is 256 MiB.
    let dear = said_count > 1 << 16 && noise.below(50) > 0;
    let believed = if dear { 0 } else { said_count };
    for count in [believed, noise.below(300), usize::MAX, MOST + 1] {
        if let Ok(data) = column::decode(bytes, count) {
            assert_eq!(data.len(), count);
            read += 1;
        }
        if let Ok(values) = unpack(bytes, count.min(MOST)) {
            assert!(values.len() <= bytes.len() * 8, "more values than bits");
            read += 1;
        }
    }
    read += u64::from(column::twin(bytes).is_some());
    read += said::<RunRecord>(bytes, |record| drop(record.head.purpose.to_string()));
    read += said::<BlockRecord>(bytes, |_| {});
    read += said::<Vec<ScenarioFile>>(bytes, |_| {});
    read += said::<Shape>(bytes, |shape| assert!(shape.contents().count() <= bytes.len()));
    read
}

/// Tries cases while `goes_on`, each by a seed of its own.
fn fuzz(first_seed: u64, goes_on: impl Fn(u64) -> bool) -> String {
    let (began, mut read, mut slowest) = (Instant::now(), Read::default(), Duration::ZERO);
    while goes_on(read.cases) {
        let seed = first_seed.wrapping_add(read.cases);
        // Seeds beside each other have to begin apart; nothing comes of a state of zero.
        let mut noise = Noise(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let bytes = case(&mut noise);
        let once = || {
            let (start, mut noise) = (Instant::now(), noise.clone());
            let done = catch_unwind(AssertUnwindSafe(|| decode(&bytes, &mut noise)));
            let Ok(values) = done else { panic!("WORKCAST_FUZZ_SEED={seed}: {bytes:?}") };
            (values, start.elapsed())
        };
        // What is slow is slow every time: a machine that had something else to do gets two more tries.
        let quick = (0..3).map(|_| once()).find(|(_, took)| *took < LONGEST);
        let Some((values, took)) = quick else { panic!("WORKCAST_FUZZ_SEED={seed}: too slow") };
        slowest = slowest.max(took);
        read.values += values;
        read.cases += 1;
        read.bytes += bytes.len() as u64;
    }
    assert!(read.values > read.cases / 20, "only {} were read", read.values);
    format!(
        "{} values, {:.1} MB, before every decoder in {} s; {} times something was read; the slowest took \
         {} ms",
        read.cases,
        read.bytes as f64 / 1e6,
        began.elapsed().as_secs(),
        read.values,
        slowest.as_millis()
    )
}

#[test]
fn no_bytes_make_a_decoder_panic() {
    evidence::note("fuzzed-values", fuzz(1, |cases| cases < CASES));
}

#[test]
#[ignore = "slow: as long as WORKCAST_FUZZ_SECONDS says, or a minute"]
fn no_bytes_of_a_while_make_a_decoder_panic() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let time = Duration::from_secs(number("WORKCAST_FUZZ_SECONDS").unwrap_or(60));
    let since_1970 = SystemTime::UNIX_EPOCH.elapsed().map_or(1, |time| time.as_nanos() as u64);
    let seed = number("WORKCAST_FUZZ_SEED").unwrap_or(since_1970);
    let began = Instant::now();
    evidence::note("fuzzed-values-while", fuzz(seed, |_| began.elapsed() < time));
}

#[test]
fn a_few_bytes_that_claim_to_be_many_values_are_refused_before_memory_is_taken() {
    let head = |kind: u8, coding: u8| [&[kind, coding][..], &(MOST as u32).to_le_bytes()].concat();
    for coding in [1, 2, 3] {
        let blob = [head(0, coding), vec![1; 100]].concat();
        let began = Instant::now();
        for _ in 0..1_000 {
            assert!(column::decode(&blob, MOST).is_err());
        }
        // A thousand times 256 MiB could not be had in this time.
        assert!(began.elapsed() < Duration::from_secs(1), "coding {coding}");
    }
}
