//! The engine's revision is the promise that an engine of the same gives the same results.

use std::path::Path;

use workcast::ensemble::{ColumnData, Results, Settings, run_alone};
use workcast::model::REVISION;
use workcast::scenario::Scenario;

/// Every scenario, and the hash of 32 replicates of it by the engine of [`REVISION`].
const PINNED: (u32, [(&str, &str); 3]) = (
    3,
    [
        ("bury", "f937add5e6a1d472"),
        ("gm-workwell", "99964651f4d9b76d"),
        ("bury-2026", "138004b74ab579c0"),
    ],
);

#[test]
fn an_engine_that_gives_other_results_has_another_revision() {
    let (revision, scenarios) = PINNED;
    assert_eq!(REVISION, revision, "the hashes below are those of another revision");
    for (name, pinned) in scenarios {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
        let hash = hash(&results(&path));
        assert_eq!(
            hash, pinned,
            "the results of {name} are others than those of revision {revision}: if that is meant, \
             count model::REVISION up by one, write the new hashes here, and a line in the changelog"
        );
    }
}

fn results(path: &Path) -> Results {
    let programme = Scenario::read(path).expect("it is valid").programme;
    let settings = Settings { replicates: Some(32), ..Settings::default() };
    let finished = run_alone(&programme, &settings, &mut |_| true).expect("it runs");
    finished.columns.expect("it fits in memory")
}

/// Over every value of every column, to the bit, in order.
fn hash(results: &Results) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |data: &ColumnData| match data {
        ColumnData::Whole(values) => values.iter().for_each(|value| {
            hasher.update(&value.to_le_bytes());
        }),
        ColumnData::Real(values) => values.iter().for_each(|value| {
            hasher.update(&value.to_bits().to_le_bytes());
        }),
    };
    results.inputs.iter().for_each(|input| add(&ColumnData::Real(input.values.clone())));
    for place in results.options.iter().flat_map(|option| &option.places) {
        place.metrics.iter().for_each(|column| add(&column.data));
        place.monthly.iter().for_each(|series| add(&series.data));
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
