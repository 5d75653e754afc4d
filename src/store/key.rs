//! The keys of the ledger. They hold ids and numbers only, so that a name can be anything.

use std::ops::Range;

use redb::TableDefinition;

use super::id::RunId;

/// Numbers about the ledger as a whole.
pub const META: TableDefinition<&str, u64> = TableDefinition::new("meta");

/// Everything about the runs.
pub const RUNS: TableDefinition<&str, &[u8]> = TableDefinition::new("runs_v1");

/// Key of the schema's version in [`META`]. Never renamed: every version must find it.
pub const SCHEMA_VERSION: &str = "schema_version";

/// Key of the next run's number in [`META`].
pub const NEXT_SEQUENCE: &str = "next_sequence";

/// The schema that this version reads and writes.
pub const SCHEMA: u64 = 1;

/// Key of a run's record.
pub fn run(id: &RunId) -> String {
    format!("run/{id}")
}

/// The keys of all records: `0` is what follows `/`.
pub const ALL_RUNS: Range<&str> = "run/".."run0";

/// The id in the key of a record.
pub fn id_of_run(key: &str) -> Option<RunId> {
    key.strip_prefix("run/").and_then(RunId::new)
}

/// Where all values of a run stand: from the first key on, and before the second.
pub fn all_of(id: &RunId) -> [(String, String); 5] {
    // A record, its texts and its names are one value each; `0` is what follows `/`.
    let one = |key: String| {
        let after = format!("{key}\0");
        (key, after)
    };
    let many = |kind: &str| (format!("{kind}/{id}/"), format!("{kind}/{id}0"));
    [one(run(id)), one(scenario(id)), one(shape(id)), many("block"), many("column")]
}

/// The id in any key: what stands between the first and the second `/`.
pub fn id_of(key: &str) -> Option<RunId> {
    key.split('/').nth(1).and_then(RunId::new)
}

/// Key of the texts that a run was made from.
pub fn scenario(id: &RunId) -> String {
    format!("scenario/{id}")
}

/// Key of the names of a run's columns.
pub fn shape(id: &RunId) -> String {
    format!("shape/{id}")
}

/// Key of what a block is.
pub fn block(id: &RunId, block: u32) -> String {
    format!("block/{id}/{block:08x}")
}

/// Key of one column of one block.
pub fn column(id: &RunId, block: u32, column: usize) -> String {
    format!("column/{id}/{block:08x}/{column:06x}")
}
