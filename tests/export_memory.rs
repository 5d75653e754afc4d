//! What an export holds in memory does not grow with its run, but for a Parquet file's table of
//! contents: less than a kilobyte for each column of a row group. The only test of its file: what is
//! measured is the whole process.

mod ledger_support;

use ledger_support::{block, head, scenario};
use peak_alloc::PeakAlloc;
use workcast::ensemble::Columns;
use workcast::report::export::{Format, tables, write};
use workcast::store::Ledger;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

#[test]
fn an_export_s_memory_is_the_same_for_eight_times_the_replicates() {
    let folder = tempfile::tempdir().unwrap();
    let peak = |blocks: u64, format: Format| {
        let path = folder.path().join(format!("{blocks}.redb"));
        if !path.exists() {
            let ledger = Ledger::open_or_create(&path).unwrap();
            let mut writer = ledger.begin(head("Bury"), &scenario()).unwrap();
            (0..blocks).for_each(|number| writer.block(&block(number * 1024, 1024)).unwrap());
            writer.finish().unwrap();
            ledger.close().unwrap();
        }
        let ledger = Ledger::open(&path).unwrap();
        let stored = ledger.stored(&ledger.resolve("@").unwrap()).unwrap();
        let (tables, parts) = (tables(&stored.outline(), |_| None), stored.parts(2_048));
        let exported = || {
            MEMORY.reset_peak_usage();
            let before = MEMORY.current_usage();
            for table in &tables {
                write(table, &parts, format, std::io::sink()).unwrap();
            }
            MEMORY.peak_usage() - before
        };
        // The first time also fills the ledger's own cache of pages, which is bounded by itself.
        exported();
        exported()
    };
    for format in [Format::Csv, Format::Parquet, Format::Arrow] {
        let (short, long) = (peak(4, format), peak(32, format));
        let said = format!("{format:?}: {short} bytes for 4,096 replicates, {long} for 32,768");
        assert!(short > 100_000, "the columns of a part are in memory: {said}");
        // Fourteen parts more of four places, each a row group of twelve columns.
        let contents = if format == Format::Parquet { 14 * 4 * 12 * 1_024 } else { 0 };
        assert!(long < short + short / 20 + contents, "{said}");
        println!("{said}");
    }
}
