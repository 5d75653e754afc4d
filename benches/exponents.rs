//! How the time of a run grows with people, replicates, localities and options, each over two
//! decades: the exponent of time in the number, one thread, start-up left out.
//!
//! ```text
//! cargo bench --bench exponents
//! ```
//!
//! Workload W under option A is made greater in one way at a time: a hundred times the referrals,
//! coaches and money; localities that each have W's people and a team of their own; options that are
//! copies of A under other names, of which a scenario may have fifty (people are drawn once for all of
//! them, so that many cost less than many times one). Every size is timed five times in turn and the least is taken.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use workcast::ensemble::{Settings, run_alone};
use workcast::model::Programme;
use workcast::scenario::{Scenario, SourceFile};

/// Sizes against the smallest.
const SIZES: [u64; 3] = [1, 10, 100];
const OPTIONS: [u64; 3] = [1, 7, 50];

fn main() {
    let is_test = std::env::args().any(|word| word == "--test");
    let rounds = if is_test { 1 } else { 5 };
    println!("{:<12}{:>12}{:>12}{:>12}{:>10}", "", "least", "", "most", "exponent");
    growth("people", SIZES, rounds, |size| (w(size, 1, 1), if is_test { 16 } else { 32 }));
    growth("replicates", SIZES, rounds, |size| (w(1, 1, 1), if is_test { 16 } else { 64 * size }));
    growth("localities", SIZES, rounds, |size| (w(1, size, 1), if is_test { 16 } else { 32 }));
    growth("options", OPTIONS, rounds, |size| (w(1, 1, size), if is_test { 16 } else { 32 }));
}

/// Times a programme and a number of replicates for each size, and prints the exponent between the
/// least and the greatest.
fn growth(what: &str, sizes: [u64; 3], rounds: usize, sized: impl Fn(u64) -> (Programme, u64)) {
    let cases = sizes.map(sized);
    let mut least = [f64::INFINITY; 3];
    for _ in 0..rounds {
        for ((programme, replicates), least) in cases.iter().zip(&mut least) {
            let began = Instant::now();
            live(programme, *replicates);
            *least = least.min(began.elapsed().as_secs_f64());
        }
    }
    let [one, more, most] = least;
    let exponent = libm::log(most / one) / libm::log(sizes[2] as f64 / sizes[0] as f64);
    println!(
        "{what:<12}{:>9.2} ms{:>9.2} ms{:>9.1} ms{exponent:>10.3}",
        one * 1e3,
        more * 1e3,
        most * 1e3
    );
}

fn live(programme: &Programme, replicates: u64) {
    let settings = Settings {
        replicates: Some(replicates),
        threads: Some(1),
        memory: 0,
        ..Settings::default()
    };
    run_alone(programme, &settings, &mut |_| true).expect("it runs");
}

/// W with so many times the people, so many localities with a team each, and so many options.
fn w(people: u64, localities: u64, options: u64) -> Programme {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/scenarios/w.toml");
    let shipped = std::fs::read_to_string(path).expect("it is shipped");
    // All of W but its place and its options.
    let (head, rest) = shipped.split_once("[locality.W]").expect("W has a place");
    let (_, journey) = rest.split_once("[journey]").expect("W has a journey");
    let (journey, _) = journey.split_once("[option.A.team.Coaches]").expect("W has an option");
    let mut text = format!("{head}[journey]{journey}");
    for place in 0..localities {
        let (agreed, money) = (568 * people, 600_000 * people);
        let per_month = 82.6160714 * people as f64;
        let _ = writeln!(
            text,
            "[locality.W{place}]\nagreed_participants = {agreed}\nallocation = \"£{money}\"\n\
             referrals.All = {{ per_month = {per_month}, eligible = \"75%\" }}"
        );
    }
    for option in 0..options {
        for place in 0..localities {
            let _ = writeln!(
                text,
                "[option.A{option}.team.\"Coaches {place}\"]\nserves = [\"W{place}\"]\n\
                 recruitment = \"recruitment\"\nposts = {}\ncaseload = 25\n\
                 costs = {{ salary = \"£75,658.93\" }}",
                4 * people
            );
        }
    }
    let file = SourceFile { name: "w.toml".to_owned(), text };
    Scenario::from_files(&[file]).unwrap_or_else(|wrong| panic!("{wrong}")).programme
}
