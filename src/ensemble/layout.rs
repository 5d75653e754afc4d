//! Which columns a run has, and the rows that fill them.

use super::columns::{
    Column, ColumnData, InputColumn, MISSING, MonthlyColumn, OptionColumns, PlaceColumns, Results,
};
use crate::model::{Kind, Metric, Outcome, Programme, ReplicateError, Simulator, Sink, Value};

/// The columns of every place under every option.
#[derive(Clone, Debug)]
pub struct Layout {
    places: Vec<PlaceLayout>,
    months: Vec<String>,
    inputs: usize,
}

#[derive(Clone, Debug)]
struct PlaceLayout {
    option: usize,
    metrics: Vec<Metric>,
    series: Vec<Metric>,
}

/// Rows of one chunk: for each place of each option, replicate by replicate, the bits of every
/// metric and then of every month of every series.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    replicates: usize,
    inputs: Vec<f64>,
    places: Vec<Vec<u64>>,
}

struct Bits<'a>(&'a mut Vec<u64>);

impl Sink for Bits<'_> {
    #[inline]
    fn put(&mut self, _: Kind, _: impl FnOnce() -> String, value: Value) {
        self.0.push(match value {
            Value::Whole(value) => value.unwrap_or(MISSING) as u64,
            Value::Real(value) => value.unwrap_or(f64::NAN).to_bits(),
        });
    }
}

impl Layout {
    /// The layout of a programme's columns, found by living through one replicate.
    ///
    /// # Errors
    ///
    /// As [`Simulator::replicate`].
    pub fn new(programme: &Programme) -> Result<Self, ReplicateError> {
        let mut places = Vec::new();
        Simulator::new(programme, 0).replicate(0, |option, _, outcome| {
            let mut metrics: Vec<Metric> = Vec::new();
            outcome.metrics(&mut metrics);
            let mut series = Vec::new();
            outcome.monthly(|kind, name, _| series.push(Metric { name: name.to_owned(), kind }));
            places.push(PlaceLayout { option, metrics, series });
        })?;
        let months = programme.calendar.months().iter().map(|month| month.label.clone()).collect();
        Ok(Layout { places, months, inputs: programme.inputs.len() })
    }

    /// Empty columns.
    pub fn empty(&self, programme: &Programme, seed: u64) -> Results {
        let mut options: Vec<OptionColumns> = programme
            .options
            .iter()
            .map(|option| OptionColumns { name: option.name.clone(), places: Vec::new() })
            .collect();
        for layout in &self.places {
            let option = &mut options[layout.option];
            let column = |metric: &Metric| Column {
                metric: metric.clone(),
                data: ColumnData::empty(metric.kind),
            };
            let series = |metric: &Metric| MonthlyColumn {
                metric: metric.clone(),
                months: self.months.len(),
                data: ColumnData::empty(metric.kind),
            };
            let locality = programme.localities.get(option.places.len());
            option.places.push(PlaceColumns {
                locality: locality.map(|locality| locality.name.clone()),
                metrics: layout.metrics.iter().map(column).collect(),
                monthly: layout.series.iter().map(series).collect(),
            });
        }
        let input = |path: &String| InputColumn { path: path.clone(), values: Vec::new() };
        Results {
            seed,
            replicates: 0,
            months: self.months.clone(),
            inputs: programme.inputs.iter().map(|drawn| input(&drawn.path)).collect(),
            options,
        }
    }

    /// Bytes that the values of one replicate take.
    pub fn bytes(&self) -> u64 {
        let place =
            |place: &PlaceLayout| place.metrics.len() + place.series.len() * self.months.len();
        let values = self.inputs + self.places.iter().map(place).sum::<usize>();
        (values * size_of::<u64>()) as u64
    }

    /// Puts the rows of a chunk behind the columns.
    pub fn append(&self, results: &mut Results, rows: &Rows) {
        results.replicates += rows.replicates as u64;
        let width = results.inputs.len();
        for (index, input) in results.inputs.iter_mut().enumerate() {
            input.values.extend(rows.inputs.iter().skip(index).step_by(width.max(1)));
        }
        let months = self.months.len();
        for (place, bits) in results.places_mut().zip(&rows.places) {
            let width = place.metrics.len() + place.monthly.len() * months;
            for (index, column) in place.metrics.iter_mut().enumerate() {
                extend(&mut column.data, bits.iter().skip(index).step_by(width).copied());
            }
            for (index, series) in place.monthly.iter_mut().enumerate() {
                let first = place.metrics.len() + index * months;
                for row in bits.chunks_exact(width) {
                    extend(&mut series.data, row[first..first + months].iter().copied());
                }
            }
        }
    }
}

impl Rows {
    /// Adds a replicate.
    ///
    /// # Errors
    ///
    /// As [`Simulator::replicate`].
    pub fn add(
        &mut self,
        simulator: &mut Simulator<'_>,
        replicate: u64,
    ) -> Result<(), ReplicateError> {
        let places = &mut self.places;
        let mut next = 0;
        simulator.replicate(replicate, |_, _, outcome: &Outcome<'_>| {
            if places.len() == next {
                places.push(Vec::new());
            }
            let bits = &mut places[next];
            outcome.metrics(&mut Bits(bits));
            outcome.monthly(|_, _, values| bits.extend(values.map(|value| value as u64)));
            next += 1;
        })?;
        self.inputs.extend_from_slice(simulator.inputs());
        self.replicates += 1;
        Ok(())
    }
}

fn extend(data: &mut ColumnData, bits: impl Iterator<Item = u64>) {
    match data {
        ColumnData::Whole(values) => values.extend(bits.map(|bits| bits as i64)),
        ColumnData::Real(values) => values.extend(bits.map(f64::from_bits)),
    }
}
