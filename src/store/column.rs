//! A column's values as bytes, without loss.
//!
//! A blob begins with one byte for the type (0 whole, 1 real), one for the coding and four for the
//! number of values, little-endian as everything that follows:
//!
//! | coding | what follows |
//! |---|---|
//! | 0 constant | the one value |
//! | 1 packed | the least value (8 bytes), bits for each value, whether some are missing, then each value less the least, in so many bits; a missing one is 0 and all others are one more |
//! | 2 shuffled | LZ4 over all first bytes, then all second bytes, ... of the values |
//! | 3 plain | the values |
//! | 4 twin | the number (4 bytes) of an earlier column of the same block, which has these values |
//!
//! Reals that are all whole numbers or missing are packed as if they were whole.

use thiserror::Error;

use super::pack::{pack, unpack};
use super::shuffle::{shuffled, unshuffled};
use crate::ensemble::ColumnData;
use crate::ensemble::columns::MISSING;

const WHOLE: u8 = 0;
const REAL: u8 = 1;

const CONSTANT: u8 = 0;
const PACKED: u8 = 1;
const SHUFFLED: u8 = 2;
const PLAIN: u8 = 3;
const TWIN: u8 = 4;

/// Bytes before what the coding says.
const HEAD: usize = 6;

/// The most values in one blob: 256 MiB of numbers.
pub const MOST: usize = 1 << 25;

/// Why bytes are not a column.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ColumnError {
    /// Too short for what they say they hold, or too long.
    #[error("its length is not that of {0} values")]
    Length(usize),
    /// It holds another number of values than the block has.
    #[error("it has {there} values and should have {expected}")]
    Count {
        /// Values that it should hold.
        expected: usize,
        /// Values that it says it holds.
        there: usize,
    },
    /// Its type or its coding is not known.
    #[error("it is coded in a way that this version does not know")]
    Coding,
    /// The compressed bytes make no sense.
    #[error("its compressed bytes cannot be read")]
    Compressed,
}

/// The values of a column, wherever they stand.
#[derive(Clone, Copy, Debug)]
pub enum Values<'a> {
    /// Whole numbers; [`MISSING`] for none.
    Whole(&'a [i64]),
    /// Reals.
    Real(&'a [f64]),
}

impl<'a> From<&'a ColumnData> for Values<'a> {
    fn from(data: &'a ColumnData) -> Self {
        match data {
            ColumnData::Whole(values) => Values::Whole(values),
            ColumnData::Real(values) => Values::Real(values),
        }
    }
}

impl Values<'_> {
    /// How many there are.
    pub fn len(self) -> usize {
        match self {
            Values::Whole(values) => values.len(),
            Values::Real(values) => values.len(),
        }
    }

    /// Whether they are whole numbers.
    pub fn is_whole(self) -> bool {
        matches!(self, Values::Whole(_))
    }
}

impl PartialEq for Values<'_> {
    /// Equal to the bit.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Values::Whole(a), Values::Whole(b)) => a == b,
            (Values::Real(a), Values::Real(b)) => {
                a.len() == b.len() && a.iter().zip(*b).all(|(x, y)| x.to_bits() == y.to_bits())
            }
            _ => false,
        }
    }
}

/// Appends the blob of values that column `number` of the same block has.
pub fn encode_twin(values: Values, number: usize, blob: &mut Vec<u8>) {
    blob.extend([if values.is_whole() { WHOLE } else { REAL }, TWIN]);
    blob.extend((values.len() as u32).to_le_bytes());
    blob.extend((number as u32).to_le_bytes());
}

/// The number of the column of the same block that has the values, if the blob says so.
pub fn twin(blob: &[u8]) -> Option<usize> {
    match *blob {
        [_, TWIN, _, _, _, _, a, b, c, d] => Some(u32::from_le_bytes([a, b, c, d]) as usize),
        _ => None,
    }
}

/// Appends the blob of these values, of which there may be [`MOST`].
pub fn encode(values: Values, blob: &mut Vec<u8>) {
    match values {
        Values::Whole(values) => {
            encode_as(WHOLE, values, blob, |&x| x as u64, |blob| pack(values, blob))
        }
        Values::Real(values) => encode_as(
            REAL,
            values,
            blob,
            |x| x.to_bits(),
            |blob| {
                let wholes: Option<Vec<i64>> = values.iter().map(whole_of).collect();
                wholes.is_some_and(|wholes| pack(&wholes, blob))
            },
        ),
    }
}

/// The whole number that stands for a real, if it can be had back to the bit.
fn whole_of(x: &f64) -> Option<i64> {
    let whole = *x as i64;
    if x.to_bits() == f64::NAN.to_bits() {
        Some(MISSING)
    } else {
        (whole != MISSING && (whole as f64).to_bits() == x.to_bits()).then_some(whole)
    }
}

/// The real that a whole number stands for.
fn real_of(whole: i64) -> f64 {
    if whole == MISSING { f64::NAN } else { whole as f64 }
}

/// Appends the blob of values whose bits are `word`, packed where `pack` can do it.
fn encode_as<T>(
    kind: u8,
    values: &[T],
    blob: &mut Vec<u8>,
    word: impl Fn(&T) -> u64,
    pack: impl FnOnce(&mut Vec<u8>) -> bool,
) {
    let coding = blob.len() + 1;
    blob.extend([kind, PLAIN]);
    blob.extend((values.len() as u32).to_le_bytes());
    if let Some(first) = values.first().map(&word)
        && values.iter().all(|value| word(value) == first)
    {
        blob[coding] = CONSTANT;
        blob.extend(first.to_le_bytes());
    } else if pack(blob) {
        blob[coding] = PACKED;
    } else {
        let words: Vec<u64> = values.iter().map(word).collect();
        let compressed = lz4_flex::block::compress(&shuffled(&words));
        if compressed.len() < words.len() * 8 {
            blob[coding] = SHUFFLED;
            blob.extend(compressed);
        } else {
            blob.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        }
    }
}

/// The values of a blob that should hold `expected` of them.
///
/// # Errors
///
/// Where the bytes are no such blob. Memory is taken for `expected` values at most.
pub fn decode(blob: &[u8], expected: usize) -> Result<ColumnData, ColumnError> {
    let Some((&[kind, coding, a, b, c, d], body)) = blob.split_first_chunk::<HEAD>() else {
        return Err(ColumnError::Length(expected));
    };
    let there = u32::from_le_bytes([a, b, c, d]) as usize;
    if there != expected || expected > MOST {
        return Err(ColumnError::Count { expected, there });
    }
    let words = || decode_words(coding, body, expected);
    match (kind, coding) {
        (WHOLE, PACKED) => Ok(ColumnData::Whole(unpack(body, expected)?)),
        (REAL, PACKED) => {
            let wholes = unpack(body, expected)?;
            Ok(ColumnData::Real(wholes.into_iter().map(real_of).collect()))
        }
        (WHOLE, _) => Ok(ColumnData::Whole(words()?.into_iter().map(|word| word as i64).collect())),
        (REAL, _) => Ok(ColumnData::Real(words()?.into_iter().map(f64::from_bits).collect())),
        _ => Err(ColumnError::Coding),
    }
}

fn decode_words(coding: u8, body: &[u8], count: usize) -> Result<Vec<u64>, ColumnError> {
    let one = |word: &[u8; 8]| u64::from_le_bytes(*word);
    match coding {
        CONSTANT => {
            let (word, rest) = body.split_first_chunk().ok_or(ColumnError::Length(count))?;
            if !rest.is_empty() {
                return Err(ColumnError::Length(count));
            }
            Ok(vec![one(word); count])
        }
        PLAIN => match body.as_chunks() {
            (words, []) if words.len() == count => Ok(words.iter().map(one).collect()),
            _ => Err(ColumnError::Length(count)),
        },
        SHUFFLED => {
            // A byte of LZ4 stands for 255 at most: what is too short is refused before its memory is
            // taken.
            if body.len().saturating_mul(255) < count * 8 {
                return Err(ColumnError::Length(count));
            }
            let bytes = lz4_flex::block::decompress(body, count * 8)
                .map_err(|_| ColumnError::Compressed)?;
            if bytes.len() != count * 8 {
                return Err(ColumnError::Compressed);
            }
            Ok(unshuffled(&bytes, count))
        }
        _ => Err(ColumnError::Coding),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn blob(data: &ColumnData) -> Vec<u8> {
        let mut blob = Vec::new();
        encode(Values::from(data), &mut blob);
        blob
    }

    fn comes_back(data: ColumnData) -> u8 {
        let blob = blob(&data);
        assert_eq!(decode(&blob, data.len()), Ok(data));
        blob[1]
    }

    #[test]
    fn each_kind_of_values_has_its_coding_and_comes_back() {
        use ColumnData::{Real, Whole};
        assert_eq!(comes_back(Whole(vec![7; 100])), CONSTANT);
        assert_eq!(comes_back(Whole(vec![MISSING; 100])), CONSTANT);
        assert_eq!(comes_back(Real(vec![f64::NAN; 100])), CONSTANT);
        assert_eq!(comes_back(Whole((0..100).collect())), PACKED);
        assert_eq!(comes_back(Whole(vec![MISSING, 0, -1, MISSING])), PACKED);
        assert_eq!(comes_back(Real((0..100).map(f64::from).collect())), PACKED);
        assert_eq!(comes_back(Real(vec![f64::NAN, 1.0, 2.0])), PACKED);
        assert_eq!(comes_back(Real((0..100).map(|i| f64::from(i) / 7.0).collect())), SHUFFLED);
        assert_eq!(comes_back(Whole(vec![0x0123_4567_89ab_cdef, -0x0edc_ba98_7654_3210])), PLAIN);
        assert_eq!(comes_back(Real(vec![])), PLAIN);
    }

    #[test]
    fn blobs_of_the_first_version_are_read() {
        use ColumnData::{Real, Whole};
        let head = |kind, coding, count| [kind, coding, count, 0, 0, 0];
        let word = 5u64.to_le_bytes();
        let constant = [&head(WHOLE, CONSTANT, 3)[..], &word].concat();
        assert_eq!(decode(&constant, 3), Ok(Whole(vec![5; 3])));
        // 3 bits each: missing, 5 + 0, 5 + 4, 5 + 6 are 0, 1, 5, 7.
        let packed = [&head(WHOLE, PACKED, 4)[..], &word, &[3, 1, 0b0100_1000, 0b1111]].concat();
        assert_eq!(decode(&packed, 4), Ok(Whole(vec![MISSING, 5, 9, 11])));
        let as_whole = [&head(REAL, PACKED, 4)[..], &word, &[3, 1, 0b0100_1000, 0b1111]].concat();
        assert_eq!(decode(&as_whole, 4), Ok(Real(vec![f64::NAN, 5.0, 9.0, 11.0])));
        let plain = [&head(REAL, PLAIN, 1)[..], &1.5f64.to_bits().to_le_bytes()].concat();
        assert_eq!(decode(&plain, 1), Ok(Real(vec![1.5])));
        // LZ4 of sixteen bytes as they are: the first bytes of two values, then the second, ...
        let planes = [1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf8, 0xf0, 0x3f, 0x3f];
        let shuffled = [&head(REAL, SHUFFLED, 2)[..], &[0xf0, 1], &planes].concat();
        let values =
            vec![f64::from_bits(0x3ff8_0000_0000_0001), f64::from_bits(0x3ff0_0000_0000_0002)];
        assert_eq!(decode(&shuffled, 2), Ok(Real(values)));
        let twin_of_258 = [&head(WHOLE, TWIN, 4)[..], &[2, 1, 0, 0]].concat();
        assert_eq!(twin(&twin_of_258), Some(258));
    }

    #[test]
    fn counts_need_few_bits_and_a_constant_needs_fourteen_bytes() {
        assert_eq!(blob(&ColumnData::Whole(vec![5; 1024])).len(), 14);
        let counts = (0..1024).map(|i| 300 + i % 200).collect();
        assert_eq!(blob(&ColumnData::Whole(counts)).len(), HEAD + 10 + 1024);
    }

    #[test]
    fn reals_that_only_look_whole_keep_their_bits() {
        for odd in [-0.0, f64::from_bits(f64::NAN.to_bits() + 1), 2f64.powi(63), -(2f64.powi(63))] {
            comes_back(ColumnData::Real(vec![1.0, odd, 3.0]));
        }
    }

    #[test]
    fn a_blob_of_more_values_than_expected_takes_no_memory() {
        let mut huge = blob(&ColumnData::Whole(vec![1; 4]));
        huge[2..6].copy_from_slice(&u32::MAX.to_le_bytes());
        let failure = decode(&huge, 4);
        assert_eq!(failure, Err(ColumnError::Count { expected: 4, there: u32::MAX as usize }));
    }

    fn whole() -> impl Strategy<Value = ColumnData> {
        let value = prop_oneof![4 => -1000..1000i64, 2 => any::<i64>(), 1 => Just(MISSING)];
        prop::collection::vec(value, 0..300).prop_map(ColumnData::Whole)
    }

    fn real() -> impl Strategy<Value = ColumnData> {
        let value = prop_oneof![
            any::<u64>().prop_map(f64::from_bits),
            any::<i16>().prop_map(f64::from),
            Just(f64::NAN),
            -10.0..10.0
        ];
        prop::collection::vec(value, 0..300).prop_map(ColumnData::Real)
    }

    /// Whole numbers within a span of so many bits, which exercises every width of packing.
    fn narrow() -> impl Strategy<Value = ColumnData> {
        (0u32..64, any::<i64>()).prop_flat_map(|(bits, base)| {
            let value =
                any::<u64>().prop_map(move |x| base.wrapping_add((x >> (63 - bits) >> 1) as i64));
            prop::collection::vec(value, 0..70).prop_map(ColumnData::Whole)
        })
    }

    proptest! {
        #[test]
        fn any_values_come_back_to_the_bit(data in prop_oneof![whole(), real(), narrow()]) {
            comes_back(data);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, expected in 0usize..5000) {
            let _ = decode(&bytes, expected);
        }

        #[test]
        fn no_bytes_behind_a_right_beginning_make_it_panic(
            kind in 0u8..3, coding in 0u8..6, count in 0u32..200, rest: Vec<u8>
        ) {
            let bytes = [&[kind, coding][..], &count.to_le_bytes(), &rest].concat();
            if let Ok(data) = decode(&bytes, count as usize) {
                prop_assert_eq!(data.len(), count as usize);
            }
        }
    }
}
