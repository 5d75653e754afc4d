//! The second implementation: MODEL.md once more, plain and slow, beside the engine. It shares with
//! it what a number is, the compiled programme, the drawn world, the people and the keys of their
//! luck, and nothing else. Both must say the same of every replicate, to the last person and penny.

mod cash;
mod claims;
mod compare;
mod costs;
#[path = "../common/evidence.rs"]
mod evidence;
mod history;
mod life;
mod money;
mod money_metrics;
mod moving;
mod opening;
mod people_metrics;
mod person;
mod receipts;
mod scene;
mod services;
mod staff;

use std::path::Path;

use workcast::scenario::Scenario;

/// Those with so many people that the reference would take minutes: nobody in it is passed over.
const TOO_LARGE: [&str; 1] = ["england-2026"];

#[test]
fn the_scenarios_that_come_with_it_come_out_the_same_twice() {
    let (mut scenarios, mut values) = (0, 0);
    for entry in std::fs::read_dir("scenarios").expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let is_scenario = path.extension().is_some_and(|extension| extension == "toml");
        if !is_scenario || TOO_LARGE.contains(&name.as_str()) {
            continue;
        }
        let scenario = Scenario::read(Path::new(&path)).expect("it is valid");
        let time = std::time::Instant::now();
        let (found, said) = compare::differences(&scenario.programme, 1, 3);
        eprintln!("{name} {said} {:?}", time.elapsed());
        assert!(found.is_empty(), "{name}: {found:#?}");
        (scenarios, values) = (scenarios + 1, values + said);
    }
    let figure = format!("{scenarios} scenarios, {values} values of one replicate each the same");
    evidence::note("second-implementation-scenarios", figure);
}
