//! From a run's columns to the rows of a table, as many at a time as a place has in one part.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray, new_null_array};

use super::tables::{Each, Source, Table, TableColumn};
use super::{ExportError, Unwritten};
use crate::ensemble::columns::MISSING;
use crate::ensemble::{ColumnData, Columns, Outline, Place};
use crate::model::Metric;

/// Hands on the rows of a table: option by option, place by place, replicate by replicate, month by
/// month.
///
/// # Errors
///
/// Where a column cannot be read, or `take` does not take its batch.
pub fn each_batch<C: Columns>(
    table: &Table,
    parts: &[C],
    mut take: impl FnMut(RecordBatch) -> Result<(), Unwritten>,
) -> Result<(), ExportError<C::Error>> {
    let Some(outline) = parts.first().map(Columns::outline) else { return Ok(()) };
    let places: Vec<Option<Place>> = match table.each {
        Each::Replicate => vec![None],
        Each::Outcome | Each::Month => {
            let options = 0..outline.options.len();
            options.flat_map(|option| outline.places(option)).map(Some).collect()
        }
    };
    for place in places {
        let mut first = 0;
        for part in parts {
            let batch = Batch::new(table, part, place, first);
            take(batch.rows(table)?)?;
            first += batch.outline.replicates;
        }
    }
    Ok(())
}

/// The rows of one place in one part.
struct Batch<'a, C> {
    part: &'a C,
    outline: Outline,
    /// The place; `None` where rows are about no place.
    place: Option<Place>,
    /// Its first replicate.
    first: u64,
    /// Rows for each replicate.
    each: usize,
}

impl<'a, C: Columns> Batch<'a, C> {
    fn new(table: &Table, part: &'a C, place: Option<Place>, first: u64) -> Self {
        let outline = part.outline();
        let each = if table.each == Each::Month { outline.months.len() } else { 1 };
        Batch { part, outline, place, first, each }
    }

    fn rows(&self, table: &Table) -> Result<RecordBatch, ExportError<C::Error>> {
        let columns = table.columns.iter().map(|column| self.column(table.each, column));
        let columns = columns.collect::<Result<Vec<ArrayRef>, _>>().map_err(ExportError::Column)?;
        // It does not do so where columns are not equally long or of other types than their kinds
        // say, which is how damage would show.
        Ok(RecordBatch::try_new(table.schema(), columns).map_err(Unwritten::from)?)
    }

    fn count(&self) -> usize {
        self.outline.replicates as usize * self.each
    }

    fn column(&self, each: Each, column: &TableColumn) -> Result<ArrayRef, C::Error> {
        let place = self.place.and_then(|at| self.outline.place(at));
        let option = self.place.and_then(|at| self.outline.options.get(at.option));
        Ok(match &column.source {
            Source::Option => self.same(option.map(|option| option.name.as_str())),
            Source::Locality => self.same(place.and_then(|place| place.locality.as_deref())),
            Source::Replicate => {
                let replicates = self.first..self.first + self.outline.replicates;
                let rows = replicates.flat_map(|number| std::iter::repeat_n(number, self.each));
                Arc::new(Int64Array::from_iter_values(rows.map(|number| number as i64)))
            }
            Source::Month => {
                let months = self.outline.months.iter().cycle().take(self.count());
                Arc::new(StringArray::from_iter_values(months))
            }
            Source::Input(index) => reals(&self.part.input(*index)?.values),
            Source::Metric(metric) => {
                let found = match self.place {
                    Some(at) => self.values(each, at, metric)?,
                    None => None,
                };
                found.unwrap_or_else(|| new_null_array(&column.holds.arrow(), self.count()))
            }
        })
    }

    /// The same word in every row, or none.
    fn same(&self, word: Option<&str>) -> ArrayRef {
        Arc::new(StringArray::from_iter(std::iter::repeat_n(word, self.count())))
    }

    /// The values of a metric, or of a series where rows are about months; `None` where the place has
    /// no such metric.
    fn values(&self, each: Each, at: Place, metric: &Metric) -> Result<Option<ArrayRef>, C::Error> {
        let Some(place) = self.outline.place(at) else { return Ok(None) };
        let position = |among: &[Metric]| among.iter().position(|known| known == metric);
        if each == Each::Month {
            let series = position(&place.monthly).map(|index| self.part.monthly(at, index));
            return Ok(series.transpose()?.map(|series| array(&series.data)));
        }
        let column = position(&place.metrics).map(|index| self.part.metric(at, index));
        Ok(column.transpose()?.map(|column| array(&column.data)))
    }
}

fn array(data: &ColumnData) -> ArrayRef {
    match data {
        ColumnData::Real(values) => reals(values),
        ColumnData::Whole(values) => {
            let present = |&value: &i64| (value != MISSING).then_some(value);
            Arc::new(Int64Array::from_iter(values.iter().map(present)))
        }
    }
}

fn reals(values: &[f64]) -> ArrayRef {
    let present = |&value: &f64| (!value.is_nan()).then_some(value);
    Arc::new(Float64Array::from_iter(values.iter().map(present)))
}
