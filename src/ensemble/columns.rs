//! What a run keeps: for every replicate every metric, every month and every drawn input.
//!
//! Row i of every column is replicate i. Columns grow by whole blocks, in replicate order.

use crate::model::{Kind, Metric};

/// Stands for "no value" in a whole column (nobody was allocated, so there is no wait).
pub const MISSING: i64 = i64::MIN;

/// The values of one column, one for each replicate.
#[derive(Clone, Debug)]
pub enum ColumnData {
    /// Whole numbers: people, pence, days, 0 or 1. [`MISSING`] stands for no value.
    Whole(Vec<i64>),
    /// Real numbers. NaN stands for no value.
    Real(Vec<f64>),
}

impl PartialEq for ColumnData {
    /// Equal to the bit, missing values included.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (ColumnData::Whole(a), ColumnData::Whole(b)) => a == b,
            (ColumnData::Real(a), ColumnData::Real(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.to_bits() == y.to_bits())
            }
            _ => false,
        }
    }
}

impl ColumnData {
    /// An empty column for a kind of metric.
    pub fn empty(kind: Kind) -> Self {
        if kind.is_whole() { ColumnData::Whole(Vec::new()) } else { ColumnData::Real(Vec::new()) }
    }

    /// How many replicates it holds.
    pub fn len(&self) -> usize {
        match self {
            ColumnData::Whole(values) => values.len(),
            ColumnData::Real(values) => values.len(),
        }
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a replicate as a number, or `None` where there is none. Money stays in pence.
    pub fn get(&self, replicate: usize) -> Option<f64> {
        match self {
            ColumnData::Whole(values) => {
                let value = values[replicate];
                (value != MISSING).then_some(value as f64)
            }
            ColumnData::Real(values) => {
                let value = values[replicate];
                (!value.is_nan()).then_some(value)
            }
        }
    }

    /// Puts another column's values behind its own. Columns of different types do not mix: the
    /// other's values are converted.
    pub fn append(&mut self, other: &ColumnData) {
        match (self, other) {
            (ColumnData::Whole(a), ColumnData::Whole(b)) => a.extend_from_slice(b),
            (ColumnData::Real(a), ColumnData::Real(b)) => a.extend_from_slice(b),
            (ColumnData::Whole(a), ColumnData::Real(b)) => {
                a.extend(b.iter().map(|&x| if x.is_nan() { MISSING } else { x as i64 }));
            }
            (ColumnData::Real(a), ColumnData::Whole(b)) => {
                a.extend(b.iter().map(|&x| if x == MISSING { f64::NAN } else { x as f64 }));
            }
        }
    }

    /// Makes room for so many more values, and no more than that.
    pub fn reserve(&mut self, more: usize) {
        match self {
            ColumnData::Whole(values) => values.reserve_exact(more),
            ColumnData::Real(values) => values.reserve_exact(more),
        }
    }

    /// Drops the values and keeps the room that they had.
    pub fn clear(&mut self) {
        match self {
            ColumnData::Whole(values) => values.clear(),
            ColumnData::Real(values) => values.clear(),
        }
    }
}

/// One metric of one place under one option.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Which metric.
    pub metric: Metric,
    /// Its values.
    pub data: ColumnData,
}

/// One monthly series of one place under one option: values by replicate, then by month.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthlyColumn {
    /// `plans`, `waiting`, `balance` ...; whole numbers or reals by its kind.
    pub metric: Metric,
    /// Months in the series.
    pub months: usize,
    /// `months` values for each replicate.
    pub data: ColumnData,
}

/// A place under an option: a locality, or the whole programme.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceColumns {
    /// The locality's name; `None` for the whole programme.
    pub locality: Option<String>,
    /// Its metrics, in the order in which they are shown. Those of a cohort are named
    /// `cohort.NAME.referrals` and so on.
    pub metrics: Vec<Column>,
    /// Its monthly series.
    pub monthly: Vec<MonthlyColumn>,
}

/// A delivery option's columns: one place for each locality in file order, then the programme.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionColumns {
    /// The option's name.
    pub name: String,
    /// Localities in file order, then the whole programme.
    pub places: Vec<PlaceColumns>,
}

/// The drawn values of one uncertain input.
#[derive(Clone, Debug, PartialEq)]
pub struct InputColumn {
    /// Its path in the scenario.
    pub path: String,
    /// The values that the worlds had: days, pounds, shares, rates a day.
    pub values: Vec<f64>,
}

/// Everything a run keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// The seed of every stream.
    pub seed: u64,
    /// How many replicates each column holds: a multiple of 16.
    pub replicates: u64,
    /// Labels of the months: `2024-10`.
    pub months: Vec<String>,
    /// Every drawn input.
    pub inputs: Vec<InputColumn>,
    /// Every option, in file order.
    pub options: Vec<OptionColumns>,
}

impl PlaceColumns {
    /// The column of a metric by its name.
    pub fn metric(&self, name: &str) -> Option<&Column> {
        self.metrics.iter().find(|column| column.metric.name == name)
    }
}

impl OptionColumns {
    /// The whole programme's columns: the last place.
    pub fn programme(&self) -> Option<&PlaceColumns> {
        self.places.last()
    }

    /// A locality's columns by its name.
    pub fn locality(&self, name: &str) -> Option<&PlaceColumns> {
        self.places.iter().find(|place| place.locality.as_deref() == Some(name))
    }
}

impl Results {
    /// Puts a block of replicates with the same columns behind its own.
    pub fn append(&mut self, block: &Results) {
        self.replicates += block.replicates;
        for (input, more) in self.inputs.iter_mut().zip(&block.inputs) {
            input.values.extend_from_slice(&more.values);
        }
        let more = block.options.iter().flat_map(|option| &option.places);
        for (place, more) in self.places_mut().zip(more) {
            for (column, more) in place.metrics.iter_mut().zip(&more.metrics) {
                column.data.append(&more.data);
            }
            for (series, more) in place.monthly.iter_mut().zip(&more.monthly) {
                series.data.append(&more.data);
            }
        }
    }

    /// Makes room for so many more replicates.
    pub fn reserve(&mut self, replicates: usize) {
        self.inputs.iter_mut().for_each(|input| input.values.reserve_exact(replicates));
        for place in self.places_mut() {
            place.metrics.iter_mut().for_each(|column| column.data.reserve(replicates));
            for series in &mut place.monthly {
                series.data.reserve(replicates.saturating_mul(series.months));
            }
        }
    }

    /// Drops the values of every replicate and keeps the room that they had.
    pub fn clear(&mut self) {
        self.replicates = 0;
        self.inputs.iter_mut().for_each(|input| input.values.clear());
        for place in self.places_mut() {
            place.metrics.iter_mut().for_each(|column| column.data.clear());
            place.monthly.iter_mut().for_each(|series| series.data.clear());
        }
    }

    /// The places of every option, option by option.
    pub fn places_mut(&mut self) -> impl Iterator<Item = &mut PlaceColumns> {
        self.options.iter_mut().flat_map(|option| &mut option.places)
    }
}
