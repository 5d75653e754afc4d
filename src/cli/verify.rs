//! `workcast verify RUN`: parts of a run simulated again and compared to the bit; `workcast verify
//! --store`: every value of the ledger looked at.

use serde_json::json;

use super::args::Resources;
use super::exit::Failure;
use super::keep::counted;
use super::output::Output;
use super::restored;
use super::show::has_replicates;
use crate::ensemble::Settings;
use crate::store::Ledger;

/// Blocks of which a part is simulated again, unless all are.
const BLOCKS: usize = 8;

/// Replicates of such a part.
const PART: u64 = 32;

/// Simulates a run again, in part or as a whole. All that is stored of it is read, and its checksums
/// verified.
///
/// # Errors
///
/// [`Failure::Check`] where a value differs; where there is no such run, it cannot be read, or its
/// engine was another.
pub fn run(asked: &str, all: bool, resources: &Resources, output: &Output) -> Result<(), Failure> {
    let ledger = Ledger::open(&output.db)?;
    let record = ledger.record(&ledger.resolve(asked)?)?;
    has_replicates(&record)?;
    restored::same_engine(&record)?;
    let scenario = restored::scenario(&ledger, &record)?;
    let settings = Settings {
        seed: record.head.seed,
        threads: resources.threads.map(usize::from),
        chunk: resources.chunk,
        ..Settings::default()
    };
    let earlier = ledger.earlier(&record.id)?;
    let blocks: Vec<(u64, u64)> = earlier.blocks().collect();
    let mut compared = 0;
    for (number, &(first, replicates)) in blocks.iter().enumerate() {
        let before = earlier.numbered(number)?;
        let Some((offset, count)) = sample(number, blocks.len(), replicates, all) else { continue };
        let (block, part) = ((&before, first), (offset, count));
        restored::comes_out_again(&record, &scenario, &settings, block, part)?;
        compared += count;
    }
    if output.json {
        output.json(&json!({
            "run": record.id.to_string(),
            "replicates": record.replicates,
            "compared": compared,
            "identical": true,
        }));
    } else {
        output.text(&format!(
            "Run {}: {compared} of {} replicates simulated again, every bit the same. All that is stored \
             of it is as it was written.",
            record.id, record.replicates
        ));
    }
    Ok(())
}

/// Which replicates of a block are simulated again: from which on, and how many.
fn sample(number: usize, blocks: usize, replicates: u64, all: bool) -> Option<(u64, u64)> {
    if all {
        return Some((0, replicates));
    }
    // As evenly as it goes, the first and the last block among them.
    let chosen = |pick: usize| pick * blocks.saturating_sub(1) / (BLOCKS - 1);
    if !(0..BLOCKS).any(|pick| chosen(pick) == number) {
        return None;
    }
    let count = PART.min(replicates);
    // Another place in each block.
    let room = (replicates - count) / 16 + 1;
    Some((number as u64 * 5 % room * 16, count))
}

/// Looks at every value in the ledger.
///
/// # Errors
///
/// [`Failure::Check`] where one is not as it was written; where the ledger cannot be read.
pub fn store(output: &Output) -> Result<(), Failure> {
    let ledger = Ledger::open(&output.db)?;
    let checked = ledger.check()?;
    let found: Vec<String> = checked.damaged.iter().map(ToString::to_string).collect();
    if output.json {
        output.json(&json!({
            "runs": checked.runs,
            "values": checked.values,
            "bytes": checked.bytes,
            "damaged": found,
        }));
    } else if found.is_empty() {
        output.text(&format!(
            "{}: {}, {} values of {:.1} MB, all as they were written.",
            output.db.display(),
            counted(checked.runs),
            checked.values,
            checked.bytes as f64 / 1e6
        ));
    }
    match found.len() {
        0 => Ok(()),
        damaged => Err(Failure::Check(format!(
            "{damaged} of {} cannot be trusted:\n{}",
            counted(checked.runs),
            found.join("\n")
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_the_first_and_the_last_block_and_stays_within_each() {
        for blocks in [1, 2, 5, 8, 64, 977] {
            let sampled: Vec<usize> = (0..blocks)
                .filter(|&number| {
                    let Some((offset, count)) = sample(number, blocks, 1_024, false) else {
                        return false;
                    };
                    assert!(offset + count <= 1_024 && count == PART);
                    true
                })
                .collect();
            assert_eq!(sampled.len(), blocks.min(BLOCKS));
            assert_eq!((sampled.first(), sampled.last()), (Some(&0), Some(&(blocks - 1))));
        }
        assert_eq!(sample(0, 1, 16, false), Some((0, 16)));
        assert_eq!(sample(3, 5, 960, true), Some((0, 960)));
    }
}
