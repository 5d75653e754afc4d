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
//!
//! Reals that are all whole numbers or missing are packed as if they were whole.

use thiserror::Error;

use crate::ensemble::ColumnData;
use crate::ensemble::columns::MISSING;

const WHOLE: u8 = 0;
const REAL: u8 = 1;

const CONSTANT: u8 = 0;
const PACKED: u8 = 1;
const SHUFFLED: u8 = 2;
const PLAIN: u8 = 3;

/// Bytes before what the coding says.
const HEAD: usize = 6;

/// Bytes of the packed coding before its values.
const PACKED_HEAD: usize = 10;

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

/// Appends the blob of these values, of which there may be [`MOST`].
pub fn encode(values: Values, blob: &mut Vec<u8>) {
    match values {
        Values::Whole(values) => encode_words(WHOLE, values, blob, |&x| x as u64, |&x| Some(x)),
        Values::Real(values) => encode_words(REAL, values, blob, |x| x.to_bits(), whole_of),
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

fn encode_words<T>(
    kind: u8,
    values: &[T],
    blob: &mut Vec<u8>,
    word: impl Fn(&T) -> u64,
    whole: impl Fn(&T) -> Option<i64>,
) {
    let start = blob.len();
    blob.extend([kind, PLAIN]);
    blob.extend((values.len() as u32).to_le_bytes());
    if let Some(first) = values.first().map(&word)
        && values.iter().all(|value| word(value) == first)
    {
        blob[start + 1] = CONSTANT;
        blob.extend(first.to_le_bytes());
        return;
    }
    let wholes: Option<Vec<i64>> = values.iter().map(whole).collect();
    if wholes.is_some_and(|wholes| pack(&wholes, blob)) {
        blob[start + 1] = PACKED;
        return;
    }
    let words: Vec<u64> = values.iter().map(word).collect();
    let compressed = lz4_flex::block::compress(&shuffled(&words));
    if compressed.len() < words.len() * 8 {
        blob[start + 1] = SHUFFLED;
        blob.extend(compressed);
    } else {
        blob.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    }
}

/// Appends the packed values, or nothing where they would need more than 56 bits each.
fn pack(values: &[i64], blob: &mut Vec<u8>) -> bool {
    let present = || values.iter().copied().filter(|&value| value != MISSING);
    let (Some(least), Some(greatest)) = (present().min(), present().max()) else { return false };
    let missing = values.contains(&MISSING);
    let span = greatest.wrapping_sub(least) as u64;
    if span >= 1 << 55 {
        return false;
    }
    let bits = u64::BITS - (span + u64::from(missing)).leading_zeros();
    blob.extend(least.to_le_bytes());
    blob.extend([bits as u8, u8::from(missing)]);
    blob.reserve(values.len() * bits as usize / 8 + 8);
    let (mut pending, mut held) = (0u64, 0);
    for &value in values {
        let code = match value {
            MISSING => 0,
            _ => value.wrapping_sub(least) as u64 + u64::from(missing),
        };
        pending |= code << held;
        held += bits;
        while held >= 8 {
            blob.push(pending as u8);
            pending >>= 8;
            held -= 8;
        }
    }
    if held > 0 {
        blob.push(pending as u8);
    }
    true
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
    if there != expected {
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

fn unpack(body: &[u8], count: usize) -> Result<Vec<i64>, ColumnError> {
    let Some((head, packed)) = body.split_first_chunk::<PACKED_HEAD>() else {
        return Err(ColumnError::Length(count));
    };
    let [least @ .., bits, missing] = *head;
    let (least, bits) = (i64::from_le_bytes(least), u32::from(bits));
    if bits == 0 || bits > 56 || missing > 1 {
        return Err(ColumnError::Coding);
    }
    if packed.len() != (count * bits as usize).div_ceil(8) {
        return Err(ColumnError::Length(count));
    }
    let mask = (1u64 << bits) - 1;
    let (mut pending, mut held) = (0u64, 0);
    let mut bytes = packed.iter();
    let mut values = Vec::with_capacity(count);
    for _ in 0..count {
        while held < bits {
            // The length was checked above: there is a byte for every bit that is asked for.
            pending |= u64::from(bytes.next().copied().unwrap_or(0)) << held;
            held += 8;
        }
        let code = pending & mask;
        pending >>= bits;
        held -= bits;
        values.push(match (code, missing) {
            (0, 1) => MISSING,
            _ => least.wrapping_add(code as i64).wrapping_sub(i64::from(missing)),
        });
    }
    Ok(values)
}

fn shuffled(words: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(words.len() * 8);
    for byte in 0..8 {
        bytes.extend(words.iter().map(|word| (word >> (8 * byte)) as u8));
    }
    bytes
}

fn unshuffled(bytes: &[u8], count: usize) -> Vec<u64> {
    let mut words = vec![0u64; count];
    for (byte, plane) in bytes.chunks_exact(count.max(1)).enumerate() {
        for (word, &part) in words.iter_mut().zip(plane) {
            *word |= u64::from(part) << (8 * byte);
        }
    }
    words
}
