//! Whole numbers in as few bits as their span needs.

use super::column::ColumnError;
use crate::ensemble::columns::MISSING;

/// Bytes before the values: the least of them, bits for each, whether some are missing.
const HEAD: usize = 10;

/// The most bits for a value: with seven of the value before, eight bytes hold it.
const WIDEST: usize = 56;

/// Appends the packed values, or nothing where there are none or they would need more than
/// [`WIDEST`] bits each.
pub fn pack(values: &[i64], blob: &mut Vec<u8>) -> bool {
    let present = || values.iter().filter(|&&value| value != MISSING);
    let (Some(&least), Some(&greatest)) = (present().min(), present().max()) else { return false };
    let missing = values.contains(&MISSING);
    let span = greatest.wrapping_sub(least) as u64;
    if span >= 1 << (WIDEST - 1) {
        return false;
    }
    let bits = (u64::BITS - (span + u64::from(missing)).leading_zeros()) as usize;
    blob.extend(least.to_le_bytes());
    blob.extend([bits as u8, u8::from(missing)]);
    let length = (values.len() * bits).div_ceil(8);
    let mut at = blob.len();
    let end = at + length;
    // Eight bytes are written at a time, of which the last ones are written again: room for them.
    blob.resize(end + 8, 0);
    let (mut pending, mut held) = (0u64, 0);
    for &value in values {
        let code = match value {
            MISSING => 0,
            _ => value.wrapping_sub(least) as u64 + u64::from(missing),
        };
        pending |= code << held;
        held += bits;
        blob[at..at + 8].copy_from_slice(&pending.to_le_bytes());
        at += held / 8;
        pending >>= held / 8 * 8;
        held %= 8;
    }
    blob[at..at + 8].copy_from_slice(&pending.to_le_bytes());
    blob.truncate(end);
    true
}

/// The `count` values that were packed.
///
/// # Errors
///
/// Where the bytes are not so many packed values.
pub fn unpack(body: &[u8], count: usize) -> Result<Vec<i64>, ColumnError> {
    let Some((head, packed)) = body.split_first_chunk::<HEAD>() else {
        return Err(ColumnError::Length(count));
    };
    let [least @ .., bits, missing] = *head;
    let (least, bits) = (i64::from_le_bytes(least), usize::from(bits));
    if bits == 0 || bits > WIDEST || missing > 1 {
        return Err(ColumnError::Coding);
    }
    if packed.len() != (count * bits).div_ceil(8) {
        return Err(ColumnError::Length(count));
    }
    // Eight bytes are read at a time: the last value needs bytes behind it.
    let mut bytes = packed.to_vec();
    bytes.extend([0; 8]);
    let mask = (1u64 << bits) - 1;
    let mut word = [0; 8];
    let values = (0..count).map(|index| {
        let at = index * bits;
        word.copy_from_slice(&bytes[at / 8..at / 8 + 8]);
        let code = (u64::from_le_bytes(word) >> (at % 8)) & mask;
        match (code, missing) {
            (0, 1) => MISSING,
            _ => least.wrapping_add(code as i64).wrapping_sub(i64::from(missing)),
        }
    });
    Ok(values.collect())
}
