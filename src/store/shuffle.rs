//! The bytes of numbers in another order: all first bytes, all second bytes, ... Those of like
//! numbers are alike, and a compressor sees it.

/// The bytes of these words, least significant first.
pub fn shuffled(words: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(words.len() * 8);
    for byte in 0..8 {
        bytes.extend(words.iter().map(|word| (word >> (8 * byte)) as u8));
    }
    bytes
}

/// The `count` words whose shuffled bytes these are.
pub fn unshuffled(bytes: &[u8], count: usize) -> Vec<u64> {
    let mut words = vec![0u64; count];
    for (byte, plane) in bytes.chunks_exact(count.max(1)).enumerate() {
        for (word, &part) in words.iter_mut().zip(plane) {
            *word |= u64::from(part) << (8 * byte);
        }
    }
    words
}
