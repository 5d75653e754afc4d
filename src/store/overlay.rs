//! A view of a file that takes writes and keeps them to itself.
//!
//! redb verifies a file only when it is opened for writing, and a file that was not closed in
//! order is repaired by writing to it. Through an overlay both happen in memory: whoever only
//! reads a ledger leaves its bytes as they are, even after a crash or on a read-only disk.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::ops::{Bound, Range};
use std::sync::{Mutex, MutexGuard, PoisonError};

use redb::backends::FileBackend;
use redb::{BackendError, DatabaseError, StorageBackend};

/// Writes are kept in pieces of this many bytes: redb's page.
const PIECE: u64 = 4096;

/// A file under what was written over it.
#[derive(Debug)]
pub struct Overlay {
    file: FileBackend,
    written: Mutex<Written>,
}

#[derive(Debug, Default)]
struct Written {
    /// Length of the whole; `None` while nothing has changed it.
    len: Option<u64>,
    /// How much of the file still shows: what was cut off comes back as zeros.
    shown: Option<u64>,
    /// What was written, by the number of the piece.
    pieces: BTreeMap<u64, Vec<u8>>,
}

impl Overlay {
    /// A view of `file`, which is only read.
    pub fn new(file: File) -> Result<Self, DatabaseError> {
        Ok(Overlay { file: FileBackend::new(file)?, written: Mutex::default() })
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        // A panic in between leaves bytes of a view that is thrown away, nothing else.
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fills `out` with what the file itself shows from `offset` on, zeros beyond.
    fn read_file(&self, written: &Written, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let shown = match written.shown {
            Some(shown) => shown,
            None => self.file.len()?,
        };
        let there = (shown.saturating_sub(offset) as usize).min(out.len());
        let (from_file, beyond) = out.split_at_mut(there);
        beyond.fill(0);
        if there == 0 { Ok(()) } else { self.file.read(offset, from_file) }
    }
}

/// The pieces that `len` bytes from `offset` lie in: number, range within the piece, range within
/// the bytes.
fn pieces(offset: u64, len: usize) -> impl Iterator<Item = (u64, Range<usize>, Range<usize>)> {
    let end = offset + len as u64;
    (offset / PIECE..end.div_ceil(PIECE)).map(move |number| {
        let (start, stop) = ((number * PIECE).max(offset), ((number + 1) * PIECE).min(end));
        let within = |base: u64| (start - base) as usize..(stop - base) as usize;
        (number, within(number * PIECE), within(offset))
    })
}

impl StorageBackend for Overlay {
    fn len(&self) -> io::Result<u64> {
        match self.written().len {
            Some(len) => Ok(len),
            None => self.file.len(),
        }
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let written = self.written();
        let len = match written.len {
            Some(len) => len,
            None => self.file.len()?,
        };
        if offset.saturating_add(out.len() as u64) > len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.read_file(&written, offset, out)?;
        if !written.pieces.is_empty() {
            for (number, inside, outside) in pieces(offset, out.len()) {
                if let Some(piece) = written.pieces.get(&number) {
                    out[outside].copy_from_slice(&piece[inside]);
                }
            }
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut written = self.written();
        let shown = match written.shown {
            Some(shown) => shown,
            None => self.file.len()?,
        };
        written.shown = Some(shown.min(len));
        written.len = Some(len);
        written.pieces.split_off(&len.div_ceil(PIECE));
        let (last, cut) = (len / PIECE, (len % PIECE) as usize);
        if let Some(piece) = written.pieces.get_mut(&last) {
            piece[cut..].fill(0);
        }
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut written = self.written();
        for (number, inside, outside) in pieces(offset, data.len()) {
            if !written.pieces.contains_key(&number) {
                let mut piece = vec![0; PIECE as usize];
                self.read_file(&written, number * PIECE, &mut piece)?;
                written.pieces.insert(number, piece);
            }
            if let Some(piece) = written.pieces.get_mut(&number) {
                piece[inside].copy_from_slice(&data[outside]);
            }
        }
        Ok(())
    }

    fn close(&self) -> io::Result<()> {
        self.file.close()
    }

    // Readers share the file with one another and exclude a writer, so every lock is a shared one.

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.try_lock_shared_range(start, end)
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, BackendError> {
        self.file.try_lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.query_lock_range(start, end)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    enum Step {
        Write(u64, Vec<u8>),
        SetLen(u64),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            3 => (0..20_000u64, prop::collection::vec(any::<u8>(), 0..9_000))
                .prop_map(|(at, bytes)| Step::Write(at, bytes)),
            1 => (0..20_000u64).prop_map(Step::SetLen),
        ]
    }

    proptest! {
        #[test]
        fn it_behaves_as_a_file_and_leaves_the_file_alone(
            start in prop::collection::vec(any::<u8>(), 0..12_000),
            steps in prop::collection::vec(step(), 0..12),
        ) {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(&start).unwrap();
            let overlay = Overlay::new(file.reopen().unwrap()).unwrap();
            let mut expected = start.clone();
            for step in steps {
                match step {
                    Step::Write(at, bytes) => {
                        let end = at as usize + bytes.len();
                        if end > expected.len() {
                            expected.resize(end, 0);
                            overlay.set_len(end as u64).unwrap();
                        }
                        expected[at as usize..end].copy_from_slice(&bytes);
                        overlay.write(at, &bytes).unwrap();
                    }
                    Step::SetLen(len) => {
                        expected.resize(len as usize, 0);
                        overlay.set_len(len).unwrap();
                    }
                }
                prop_assert_eq!(overlay.len().unwrap(), expected.len() as u64);
                let mut read = vec![1; expected.len()];
                overlay.read(0, &mut read).unwrap();
                prop_assert!(read == expected);
                let from = expected.len() / 3;
                overlay.read(from as u64, &mut read[from..]).unwrap();
                prop_assert!(read == expected);
            }
            prop_assert!(overlay.read(expected.len() as u64, &mut [0]).is_err());
            prop_assert!(std::fs::read(file.path()).unwrap() == start);
        }
    }
}
