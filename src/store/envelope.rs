//! The envelope around every value: what it is, how long it is, and a checksum, because redb does
//! not verify its own checksums on normal reads.
//!
//! | bytes | what |
//! |---|---|
//! | 0..4 | `WCST` |
//! | 4..6 | version of the envelope, little-endian |
//! | 6..8 | version of the payload, little-endian |
//! | 8..16 | length of the payload, little-endian |
//! | 16..32 | the first half of BLAKE3 over bytes 0..16, the key and the payload |
//! | 32.. | payload |
//!
//! The key is part of the checksum: a value that stands under another key than its own is damage.

use thiserror::Error;

const MAGIC: &[u8; 4] = b"WCST";
const ENVELOPE: u16 = 1;
const PAYLOAD: u16 = 1;

/// Bytes before the payload.
pub const HEADER: usize = 32;

/// A checksum of an envelope.
pub type Checksum = [u8; 16];

/// What can be wrong with a stored value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EnvelopeError {
    /// It does not begin as an envelope does.
    #[error("it is not a value that workcast wrote")]
    NotOurs,
    /// Another version wrote it.
    #[error("it was written by a newer workcast (version {0} of the format)")]
    Newer(u16),
    /// The payload is shorter or longer than it says.
    #[error("it should have {said} bytes and has {there}")]
    Length {
        /// Bytes by its header.
        said: u64,
        /// Bytes that are there.
        there: u64,
    },
    /// The bytes are not those that were written.
    #[error("its checksum does not match: the bytes have changed since they were written")]
    Checksum,
}

/// An empty envelope, to which the payload is to be appended before [`seal`].
pub fn empty() -> Vec<u8> {
    vec![0; HEADER]
}

/// Completes an envelope made by [`empty`] for the value under `key`, and gives its checksum.
pub fn seal(key: &str, envelope: &mut [u8]) -> Checksum {
    let (header, payload) = envelope.split_at_mut(HEADER);
    header[..4].copy_from_slice(MAGIC);
    header[4..6].copy_from_slice(&ENVELOPE.to_le_bytes());
    header[6..8].copy_from_slice(&PAYLOAD.to_le_bytes());
    header[8..16].copy_from_slice(&(payload.len() as u64).to_le_bytes());
    let checksum = checksum(&header[..16], key, payload);
    header[16..].copy_from_slice(&checksum);
    checksum
}

/// The payload and the checksum of the value under `key`.
///
/// # Errors
///
/// Where the bytes are not those of an envelope that this version wrote under this key.
pub fn open<'a>(key: &str, bytes: &'a [u8]) -> Result<(&'a [u8], Checksum), EnvelopeError> {
    let Some((header, payload)) = bytes.split_at_checked(HEADER) else {
        return Err(EnvelopeError::NotOurs);
    };
    if &header[..4] != MAGIC {
        return Err(EnvelopeError::NotOurs);
    }
    let version = u16::from_le_bytes([header[4], header[5]]);
    if version != ENVELOPE {
        return Err(EnvelopeError::Newer(version));
    }
    let mut said = [0; 8];
    said.copy_from_slice(&header[8..16]);
    let (said, there) = (u64::from_le_bytes(said), payload.len() as u64);
    if said != there {
        return Err(EnvelopeError::Length { said, there });
    }
    let checksum = checksum(&header[..16], key, payload);
    if header[16..] != checksum {
        return Err(EnvelopeError::Checksum);
    }
    match u16::from_le_bytes([header[6], header[7]]) {
        PAYLOAD => Ok((payload, checksum)),
        newer => Err(EnvelopeError::Newer(newer)),
    }
}

fn checksum(start: &[u8], key: &str, payload: &[u8]) -> Checksum {
    let mut hasher = blake3::Hasher::new();
    hasher.update(start);
    hasher.update(&(key.len() as u64).to_le_bytes());
    hasher.update(key.as_bytes());
    hasher.update(payload);
    let mut first = [0; 16];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    first
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sealed(key: &str, payload: &[u8]) -> Vec<u8> {
        let mut envelope = empty();
        envelope.extend(payload);
        seal(key, &mut envelope);
        envelope
    }

    #[test]
    fn another_version_is_said_to_be_newer_and_never_guessed_at() {
        let mut envelope = sealed("run/x", b"{}");
        envelope[4] = 2;
        assert_eq!(open("run/x", &envelope), Err(EnvelopeError::Newer(2)));

        let mut payload = empty();
        payload.extend(b"{}");
        seal("run/x", &mut payload);
        payload[6] = 9;
        let checksum = checksum(&payload[..16], "run/x", b"{}");
        payload[16..32].copy_from_slice(&checksum);
        assert_eq!(open("run/x", &payload), Err(EnvelopeError::Newer(9)));
    }

    #[test]
    fn the_format_is_pinned() {
        let bytes = sealed("run/x", b"{}");
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        insta::assert_snapshot!(digits);
    }

    proptest! {
        #[test]
        fn what_was_sealed_is_opened(key: String, payload: Vec<u8>) {
            let bytes = sealed(&key, &payload);
            prop_assert_eq!(open(&key, &bytes).map(|(payload, _)| payload), Ok(payload.as_slice()));
        }

        #[test]
        fn no_bytes_make_it_panic_and_none_pass_by_chance(key: String, bytes: Vec<u8>) {
            prop_assert!(open(&key, &bytes).is_err());
        }

        #[test]
        fn bytes_that_begin_well_are_no_better(key: String, rest: Vec<u8>) {
            let bytes = [&b"WCST\x01\0\x01\0"[..], &rest].concat();
            prop_assert!(open(&key, &bytes).is_err());
        }

        #[test]
        fn a_changed_bit_is_noticed(payload: Vec<u8>, at: prop::sample::Index, bit in 0..8) {
            let mut bytes = sealed("column/x/0/0", &payload);
            let at = at.index(bytes.len());
            bytes[at] ^= 1u8 << bit;
            prop_assert!(open("column/x/0/0", &bytes).is_err());
        }

        #[test]
        fn an_end_cut_off_or_added_is_noticed(payload: Vec<u8>, cut: prop::sample::Index) {
            let bytes = sealed("k", &payload);
            prop_assert!(open("k", &bytes[..cut.index(bytes.len())]).is_err());
            prop_assert!(open("k", &[&bytes[..], &[0]].concat()).is_err());
        }

        #[test]
        fn a_value_under_another_key_is_noticed(one: String, other: String, payload: Vec<u8>) {
            prop_assume!(one != other);
            let bytes = sealed(&one, &payload);
            prop_assert_eq!(open(&other, &bytes), Err(EnvelopeError::Checksum));
        }
    }
}
