//! The engine and the reference on one replicate of a programme, metric for metric.

use std::collections::BTreeMap;

use workcast::model::luck::Luck;
use workcast::model::outcome::{Outcome, Sink};
use workcast::model::people::People;
use workcast::model::programme::Programme;
use workcast::model::world::World;
use workcast::model::{Kind, Simulator, Value};

use crate::coverage::Coverage;
use crate::life::live;
use crate::money_metrics::Money;
use crate::opening::triage_start;
use crate::people_metrics::{Counting, Metrics};
use crate::scene::Scene;

/// One replicate of a programme, lived through twice.
pub struct Compared {
    /// Where the two do not say the same, in words.
    pub differences: Vec<String>,
    /// How many values were compared.
    pub values: usize,
    /// Which branches came up.
    pub coverage: Coverage,
}

/// What one place of one option comes to: metrics, and series by month.
#[derive(Default)]
struct Said {
    metrics: Metrics,
    monthly: BTreeMap<String, Vec<i64>>,
}

/// Every place of every option: the localities in file order, then the whole.
type Everything = BTreeMap<(usize, usize), Said>;

/// Lives through one replicate of a programme twice.
pub fn differences(programme: &Programme, seed: u64, replicate: u64) -> Compared {
    let engine = by_engine(programme, seed, replicate);
    let mut coverage = Coverage::default();
    let reference = by_reference(programme, seed, replicate, &mut coverage);
    let (mut found, mut values) = (Vec::new(), 0);
    for (&(option, place), theirs) in &engine {
        let at = |what: &str| {
            let locality = programme.localities.get(place).map_or("all", |l| l.name.as_str());
            format!("{}, {locality}, {what}", programme.options[option].name)
        };
        let Some(ours) = reference.get(&(option, place)) else {
            found.push(at("said by the engine alone"));
            continue;
        };
        values += theirs.metrics.len() + theirs.monthly.values().map(Vec::len).sum::<usize>();
        unlike(&theirs.metrics, &ours.metrics, same, |what| found.push(at(&what)));
        unlike(&theirs.monthly, &ours.monthly, |a, b| a == b, |what| found.push(at(&what)));
    }
    Compared { differences: found, values, coverage }
}

/// Names whose values are not the same, or that one side has alone.
fn unlike<V: std::fmt::Debug>(
    engine: &BTreeMap<String, V>,
    reference: &BTreeMap<String, V>,
    same: impl Fn(&V, &V) -> bool,
    mut say: impl FnMut(String),
) {
    for (name, theirs) in engine {
        match reference.get(name) {
            Some(ours) if same(theirs, ours) => {}
            ours => say(format!("{name}: engine {theirs:?}, reference {ours:?}")),
        }
    }
    for name in reference.keys().filter(|name| !engine.contains_key(*name)) {
        say(format!("{name}: not said by the engine"));
    }
}

/// Whole values to the bit, reals to a billionth of themselves.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Real(Some(a)), Value::Real(Some(b))) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        _ => one == other,
    }
}

struct ByName<'a>(&'a mut Metrics);

impl Sink for ByName<'_> {
    fn put(&mut self, _: Kind, name: impl FnOnce() -> String, value: Value) {
        let name = name();
        assert!(self.0.insert(name.clone(), value).is_none(), "two metrics are called {name}");
    }
}

fn by_engine(programme: &Programme, seed: u64, replicate: u64) -> Everything {
    let mut all = Everything::new();
    let report = |option: usize, place: usize, outcome: &Outcome<'_>| {
        let mut said = Said::default();
        outcome.metrics(&mut ByName(&mut said.metrics));
        outcome.monthly(|_, name, values| {
            said.monthly.insert(name.to_owned(), values.collect());
        });
        all.insert((option, place), said);
    };
    let mut simulator = Simulator::new(programme, seed);
    simulator.replicate(replicate, report).expect("a checked scenario has no error");
    all
}

fn by_reference(
    programme: &Programme,
    seed: u64,
    replicate: u64,
    coverage: &mut Coverage,
) -> Everything {
    let mut world = World::default();
    world.draw(programme, seed, replicate).expect("a checked scenario has no error");
    let luck = Luck::new(seed).world(replicate);
    let mut people = Vec::new();
    for locality in 0..programme.localities.len() {
        let none = &programme.options[0];
        let scene =
            Scene { programme, option: none, inputs: &world.inputs, luck: &luck, people: &[] };
        let mut here = People::default();
        let triage = triage_start(&scene, locality);
        here.draw(programme, locality, &world, &luck, triage).expect("it is checked");
        people.push(here);
    }
    let mut all = Everything::new();
    for (index, option) in programme.options.iter().enumerate() {
        let scene =
            Scene { programme, option, inputs: &world.inputs, luck: &luck, people: &people };
        let life = live(&scene);
        let history = life.history(&scene);
        let money = Money::new(&scene, &history);
        let localities = programme.localities.len();
        for place in 0..=localities {
            let of = Some(place).filter(|&place| place < localities);
            let counting = Counting { scene: &scene, life: &life, place: of };
            let mut metrics = counting.metrics();
            let Value::Whole(Some(plans)) = metrics["plans_in_all"] else { unreachable!() };
            metrics.extend(money.metrics(of, plans));
            let series = counting.monthly().into_iter().chain(money.monthly(of));
            let monthly = series.map(|(name, values)| (name.to_owned(), values)).collect();
            if of.is_none() {
                coverage.count(programme, index, &history, &metrics);
            }
            all.insert((index, place), Said { metrics, monthly });
        }
    }
    all
}
