//! Made-up results for tests: no simulation, but shaped as a run of Bury is.

use jiff::civil::date;

use super::facts::{Facts, LocalityFacts, Reference};
use crate::ensemble::{
    Column, ColumnData, InputColumn, MonthlyColumn, OptionColumns, PlaceColumns, Results,
    columns::MISSING,
};
use crate::model::{Kind, Metric};
use crate::quantity::Key;

/// The input that plans hang on.
pub const DEMAND: &str = "locality.Bury.referrals.Self-referral.per_month";
/// Months of the programme; cash runs three longer.
const MONTHS: usize = 18;
const AGREED: i64 = 536;
const ALLOCATION: i64 = 43_292_720;

/// What Bury's scenario says beside its statistics.
pub fn facts() -> Facts {
    Facts {
        title: "Bury WorkWell".to_owned(),
        question: Some("Procure a provider, recruit coaches, or both?".to_owned()),
        programme: "Greater Manchester WorkWell".to_owned(),
        starts: date(2024, 10, 1),
        ends: date(2026, 3, 31),
        localities: vec![LocalityFacts {
            name: "Bury".to_owned(),
            agreed: AGREED,
            allocation_pence: ALLOCATION,
        }],
        attributes: Vec::new(),
        reference_class: vec![
            Reference { name: "WorkWell, all England, month 14".to_owned(), ratio: 0.57 },
            Reference { name: "Manchester WorkWell, month 14".to_owned(), ratio: 0.90 },
        ],
        published: vec![],
    }
}

/// One column.
pub fn column(name: &str, kind: Kind, data: ColumnData) -> Column {
    Column { metric: Metric { name: name.to_owned(), kind }, data }
}

/// How an option of the made-up programme does.
struct Shape {
    name: &'static str,
    /// Day on which it opens.
    opens: i64,
    /// Share of referrals that become plans.
    yield_: f64,
    /// Pounds a month, and pounds a plan.
    cost: (f64, f64),
}

const SHAPES: [Shape; 3] = [
    Shape { name: "In-house", opens: 62, yield_: 0.42, cost: (21_000.0, 40.0) },
    Shape { name: "Procured", opens: 75, yield_: 0.40, cost: (14_000.0, 330.0) },
    Shape { name: "Hybrid", opens: 0, yield_: 0.43, cost: (16_500.0, 220.0) },
];

/// Three options that share their worlds, with one input that matters and eleven that do not.
pub fn three_options(replicates: u64) -> Results {
    results(replicates, 1.0)
}

/// The same without anything uncertain.
pub fn constant(replicates: u64) -> Results {
    results(replicates, 0.0)
}

fn results(replicates: u64, spread: f64) -> Results {
    let draw = |name: &str, i: u64| Key::seed(1).named(Key::name(name)).with(i).uniform() - 0.5;
    let demand: Vec<f64> =
        (0..replicates).map(|i| 72.0 + 60.0 * spread * draw(DEMAND, i)).collect();
    let mut inputs = vec![InputColumn { path: DEMAND.to_owned(), values: demand.clone() }];
    inputs.extend((0..11).map(|k| {
        let path = format!("noise.{k}");
        let values = (0..replicates).map(|i| draw(&path, i)).collect();
        InputColumn { path, values }
    }));
    let options = SHAPES
        .iter()
        .map(|shape| {
            let luck: Vec<f64> = (0..replicates)
                .map(|i| 1.0 + spread * (0.3 * draw("luck", i) + 0.1 * draw(shape.name, i)))
                .collect();
            let place = |locality| place(shape, locality, &demand, &luck);
            OptionColumns {
                name: shape.name.to_owned(),
                places: vec![place(Some("Bury".to_owned())), place(None)],
            }
        })
        .collect();
    let months = (0..MONTHS + 3).map(|m| facts().month_of(15 + m as i64 * 30 + m as i64 / 2));
    Results { seed: 1, replicates, months: months.collect(), inputs, options }
}

fn place(shape: &Shape, locality: Option<String>, demand: &[f64], luck: &[f64]) -> PlaceColumns {
    let worlds: Vec<World> =
        demand.iter().zip(luck).map(|(&demand, &luck)| World::new(shape, demand, luck)).collect();
    let whole = |name: &str, kind: Kind, f: &dyn Fn(&World) -> i64| {
        column(name, kind, ColumnData::Whole(worlds.iter().map(f).collect()))
    };
    let real = |name: &str, kind: Kind, f: &dyn Fn(&World) -> f64| {
        column(name, kind, ColumnData::Real(worlds.iter().map(f).collect()))
    };
    let metrics = vec![
        whole("referrals", Kind::People, &|w| w.referrals),
        whole("withdrew", Kind::People, &|w| w.referrals / 6),
        whole("waiting_at_end", Kind::People, &|w| w.referrals / 40),
        whole("plans", Kind::People, &|w| w.plans),
        whole("plans_by_year.2024/25", Kind::People, &|w| w.plans / 4),
        whole("in_support_at_end", Kind::People, &|w| w.plans / 5),
        whole("in_work", Kind::People, &|w| w.plans / 3),
        whole("sustained", Kind::People, &|w| w.plans / 5),
        whole("target_met", Kind::Chance, &|w| i64::from(w.plans >= AGREED)),
        whole("opening_day", Kind::Day, &|w| w.opens),
        real("wait_mean_days", Kind::Days, &|w| w.wait),
        whole("ready_day.Coaches", Kind::Day, &|w| w.opens),
        whole("cost", Kind::Money, &|w| w.cost),
        whole("income", Kind::Money, &|w| w.income),
        whole("unclaimed", Kind::Money, &|w| ALLOCATION - w.income),
        whole("shortfall", Kind::Money, &|w| (w.cost - w.income).max(0)),
        whole("net", Kind::Money, &|w| w.income - w.cost),
        whole("cash_gap", Kind::Money, &|w| w.cost / 4),
        whole("cash_gap_day", Kind::Day, &|w| w.gap_day),
        real("financing", Kind::Pounds, &|w| w.cost as f64 / 40_000.0),
        real("cost_per_plan", Kind::Pounds, &|w| w.cost as f64 / 100.0 / w.plans as f64),
        whole("cohort.under 35.plans", Kind::People, &|w| w.plans / 3),
        whole("cohort.over 50.plans", Kind::People, &|w| w.plans * 2 / 5),
    ];
    let monthly = vec![
        monthly("plans", Kind::People, &worlds, |w, m| w.plans_in(m)),
        monthly("balance", Kind::Money, &worlds, |w, m| w.income - w.cost / (m as i64 + 1)),
    ];
    PlaceColumns { locality, metrics, monthly }
}

fn monthly(
    name: &str,
    kind: Kind,
    worlds: &[World],
    f: impl Fn(&World, usize) -> i64,
) -> MonthlyColumn {
    let months = MONTHS + 3;
    let values = worlds.iter().flat_map(|w| (0..months).map(|m| f(w, m)).collect::<Vec<_>>());
    let metric = Metric { name: name.to_owned(), kind };
    MonthlyColumn { metric, months, data: ColumnData::Whole(values.collect()) }
}

struct World {
    opens: i64,
    referrals: i64,
    plans: i64,
    cost: i64,
    income: i64,
    wait: f64,
    gap_day: i64,
}

impl World {
    fn new(shape: &Shape, demand: f64, luck: f64) -> Self {
        let opens = (shape.opens as f64 * luck) as i64;
        let open_for = (547 - opens) as f64 / 30.4;
        let referrals = (demand * open_for) as i64;
        let plans = (demand * open_for * shape.yield_ * luck) as i64;
        let (per_month, per_plan) = shape.cost;
        let cost = (per_month * open_for + per_plan * plans as f64) as i64 * 100;
        let income = (cost * 6 / 10).min(ALLOCATION * 6 / 10) + plans.min(AGREED) * 32_300;
        let gap_day = if cost % 700 == 0 { MISSING } else { 140 + opens / 2 };
        World { opens, referrals, plans, cost, income, wait: 60.0 * demand / 80.0, gap_day }
    }

    /// Plans agreed in a month: evenly over the months from the opening on.
    fn plans_in(&self, month: usize) -> i64 {
        let first = (self.opens / 30) as usize;
        if !(first..MONTHS).contains(&month) {
            return 0;
        }
        let (done, all) = ((month - first) as i64, (MONTHS - first) as i64);
        self.plans * (done + 1) / all - self.plans * done / all
    }
}
