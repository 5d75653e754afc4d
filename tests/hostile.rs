//! Every number, amount, share, time and date of a scenario, and what happens where something hostile
//! stands in its place: it is lived through, or it is refused in words that say which key, what stands
//! there and what may.
//!
//! What is said is kept in `tests/snapshots`: the values by class, the keys by what is said of them. After
//! a change of words, `INSTA_UPDATE=always cargo test --test hostile` writes it anew: read what changed.

#[path = "common/evidence.rs"]
mod evidence;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use indexmap::IndexSet;
use toml::de::{DeTable, DeValue};
use workcast::model::Simulator;
use workcast::scenario::Scenario;

/// A scenario that says nearly everything that can be said.
const RICH: &str = include_str!("../src/scenario/rich.toml");

/// Replicates of each scenario that is valid.
const REPLICATES: u64 = 16;

/// What a value of the scenario is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Number,
    Money,
    Share,
    Time,
    Date,
}

/// What stands in for a value whatever it is.
const ANY: [&str; 14] = [
    "nan",
    "inf",
    "-inf",
    "-0.0",
    "1e308",
    "5e-324",
    "-1",
    "0",
    "4294967295",
    "9223372036854775807",
    "1e400",
    "[]",
    "{}",
    "1.0000001",
];

impl Kind {
    fn of(value: &DeValue<'_>) -> Option<Kind> {
        match value {
            DeValue::Integer(_) | DeValue::Float(_) => Some(Kind::Number),
            DeValue::Datetime(_) => Some(Kind::Date),
            DeValue::String(text) if text.contains('£') => Some(Kind::Money),
            DeValue::String(text) if text.ends_with('%') => Some(Kind::Share),
            DeValue::String(text) => {
                let (number, unit) = text.split_once(' ')?;
                let times = ["day", "week", "month", "year"];
                let is_time = times.iter().any(|time| unit.trim_end_matches('s') == *time);
                (is_time && number.parse::<f64>().is_ok()).then_some(Kind::Time)
            }
            _ => None,
        }
    }

    /// What is hostile in this kind's own notation.
    fn own(self) -> &'static [&'static str] {
        match self {
            Kind::Number => &["0x7fffffffffffffff", "\"35\""],
            Kind::Money => &[
                "\"£0\"",
                "\"-£0\"",
                "\"-£1\"",
                "\"£92233720368547758.07\"",
                "\"£1e400\"",
                "\"£0.001\"",
                "\"£\"",
            ],
            Kind::Share => &[
                "\"0%\"",
                "\"-0%\"",
                "\"-1%\"",
                "\"100%\"",
                "\"100.0000001%\"",
                "\"9223372036854775807%\"",
                "\"1e400%\"",
                "\"nan%\"",
            ],
            Kind::Time => &[
                "\"0 days\"",
                "\"0 months\"",
                "\"-1 days\"",
                "\"0.0000001 days\"",
                "\"4294967295 days\"",
                "\"9223372036854775807 years\"",
                "\"1e400 days\"",
                "\"nan days\"",
            ],
            Kind::Date => {
                &["0001-01-01", "1969-12-31", "9999-12-31", "2024-10-01T00:00:00", "\"x\""]
            }
        }
    }
}

/// A place where a value stands.
struct Place {
    /// Its key, from the top down.
    path: Vec<String>,
    kind: Kind,
    at: Range<usize>,
}

/// Every value of a table and what is inside it.
fn places(table: &DeTable<'_>, path: &[String], found: &mut Vec<Place>) {
    for (key, value) in table {
        let path = [path, &[key.get_ref().to_string()]].concat();
        place(value.get_ref(), value.span(), &path, found);
    }
}

fn place(value: &DeValue<'_>, at: Range<usize>, path: &[String], found: &mut Vec<Place>) {
    match value {
        DeValue::Table(table) => places(table, path, found),
        DeValue::Array(items) => {
            for item in items {
                place(item.get_ref(), item.span(), path, found);
            }
        }
        _ => found.extend(Kind::of(value).map(|kind| Place { path: path.to_vec(), kind, at })),
    }
}

/// Keys within a value: how it is written, not where it stands.
const NOTATIONS: [&str; 19] = [
    "is",
    "least",
    "likely",
    "most",
    "nine_in_ten",
    "p10_p50_p90",
    "lognormal",
    "gamma",
    "beta",
    "normal",
    "uniform",
    "triangular",
    "exponential",
    "empirical",
    "mean",
    "sd",
    "values",
    "weights",
    "per",
];

/// The key that a value belongs to, as messages write it.
fn key(path: &[String]) -> String {
    let own = path.iter().skip(1).position(|name| NOTATIONS.contains(&name.as_str()));
    let names = path[..own.map_or(path.len(), |own| own + 1)].iter();
    let written = names.map(|name| match name.contains('.') {
        true => format!("\"{name}\""),
        false => name.clone(),
    });
    written.collect::<Vec<_>>().join(".")
}

/// What came of a hostile value.
enum Came {
    /// It was lived through, so many times.
    Lived,
    /// It was lived through once, and in some replicate money went beyond what is told.
    Untold(String),
    /// It was refused: the first message about its place or, if there is none, of all, and everything
    /// that is said.
    Refused { message: String, all: String },
}

fn came(text: &str) -> Came {
    match Scenario::from_text("hostile.toml", text) {
        Ok(scenario) => {
            let mut simulator = Simulator::new(&scenario.programme, 1);
            let lived =
                (0..REPLICATES).try_for_each(|number| simulator.replicate(number, |_, _, _| {}));
            lived.map_or_else(|untold| Came::Untold(untold.to_string()), |()| Came::Lived)
        }
        Err(wrong) => {
            let first = wrong.iter().next().expect("something is wrong");
            let help = first.help.iter().map(|help| format!(" [{help}]")).collect::<String>();
            Came::Refused { message: format!("{}{help}", first.message), all: wrong.to_string() }
        }
    }
}

/// Whether what is said names the key and what it takes, and shows the value. What makes no sense beside
/// another key's value may be said at that key, in words that have this one's value.
fn tells(said: &str, key: &str, value: &str) -> bool {
    let syntax = value == "1e400" && said.contains("float");
    let given = value.trim_matches(['"', '-']);
    let own = said.contains(&format!("{key} takes "));
    syntax || own || said.contains(" takes ") && said.contains(given)
}

/// A message that is the same for every value: it is left out of all but what the key takes.
fn without(value: &str, message: &str) -> String {
    let at = message.find(" [KEY takes").unwrap_or(message.len());
    let (says, takes) = message.split_at(at);
    let bare = value.trim_matches(['"', '£', '%', '-']);
    let number = |text: &str| text.split(' ').next().unwrap_or(text).parse::<f64>().ok();
    let word = |word: &str| {
        let inner = word.trim_matches(|c: char| "\"[]£%-;:,".contains(c));
        let same = number(inner).is_some_and(|one| number(bare).is_some_and(|other| one == other));
        let is_value = !inner.is_empty() && (inner == bare || same);
        if is_value { word.replace(inner, "VALUE") } else { word.to_owned() }
    };
    format!("{}{takes}", says.split(' ').map(word).collect::<Vec<_>>().join(" "))
}

/// What was said of which values of which keys.
#[derive(Default)]
struct Said {
    /// Messages in the order in which they came up first.
    messages: IndexSet<String>,
    /// The values by key and message.
    values: BTreeMap<String, BTreeMap<usize, BTreeSet<String>>>,
}

impl Said {
    fn add(&mut self, place: &Place, value: &str, message: &str) {
        let (number, _) = self.messages.insert_full(without(value, message));
        let row = self.values.entry(place.path.join(".")).or_default();
        row.entry(number).or_default().insert(value.to_owned());
    }

    /// First the messages by number, then a line for each key.
    fn table(&self) -> String {
        let mut table = String::new();
        for (number, message) in self.messages.iter().enumerate() {
            writeln!(table, "{number}: {message}").unwrap();
        }
        for (key, values) in &self.values {
            write!(table, "\n{key}").unwrap();
            for (number, values) in values {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                write!(table, " | {number}: {}", values.join(" ")).unwrap();
            }
        }
        table
    }
}

#[test]
fn every_hostile_value_is_lived_through_or_refused_with_its_key_and_its_range() {
    let table = DeTable::parse(RICH).expect("it is sound");
    let mut places_of = Vec::new();
    places(table.get_ref(), &[], &mut places_of);
    let mut said = Said::default();
    let mut broken = Vec::new();
    let (mut cases, mut lived, mut slowest) = (0, 0, Duration::ZERO);
    for place in &places_of {
        let key = key(&place.path);
        for value in ANY.iter().chain(place.kind.own()) {
            cases += 1;
            let text = format!("{}{value}{}", &RICH[..place.at.start], &RICH[place.at.end..]);
            let what = format!("{} = {value}", place.path.join("."));
            let began = Instant::now();
            let came = catch_unwind(AssertUnwindSafe(|| came(&text)));
            let took = began.elapsed();
            slowest = slowest.max(took);
            if took > Duration::from_secs(1) {
                broken.push(format!("{what}: took {took:?}"));
            }
            match came {
                Err(_) => broken.push(format!("{what}: a panic")),
                Ok(Came::Lived) => {
                    lived += 1;
                    said.add(place, value, "lived through");
                }
                Ok(Came::Untold(words)) => said.add(place, value, &words),
                Ok(Came::Refused { message, all }) => {
                    if !tells(&all, &key, value) {
                        broken.push(format!("{what}: no key, value or range in\n{all}\n"));
                    }
                    said.add(place, value, &message.replace(&key, "KEY"));
                }
            }
        }
    }
    let some = &broken[..broken.len().min(20)];
    assert!(broken.is_empty(), "{} of {cases}:\n{}", broken.len(), some.join("\n"));
    let keys: BTreeSet<String> = places_of.iter().map(|place| key(&place.path)).collect();
    let words = format!(
        "{} keys, {cases} hostile values: {lived} lived through {REPLICATES} times, the others refused with \
         their key and its range; the slowest took {} ms",
        keys.len(),
        slowest.as_millis()
    );
    evidence::note("hostile-values", words);
    insta::assert_snapshot!(said.table());
}
