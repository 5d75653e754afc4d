//! What can be asked of a run in the ledger: all of it, or one column.

use super::error::StoreError;
use super::id::RunId;
use super::key;
use super::ledger::Ledger;
use super::reader::Reader;
use super::record::{RunRecord, ScenarioFile};
use super::shape::{Content, PlaceShape, Shape};
use crate::ensemble::{
    Column, ColumnData, InputColumn, MonthlyColumn, OptionColumns, PlaceColumns, Results,
};

impl Ledger {
    /// Everything that is stored of a run, all its checksums verified.
    ///
    /// # Errors
    ///
    /// Where there is no such run, nothing is stored of it, or any part of it is damaged.
    pub fn results(&self, id: &RunId) -> Result<Results, StoreError> {
        let reader = Reader::new(self, id)?;
        let shape = reader.shape()?;
        let contents: Vec<Content> = shape.contents().collect();
        let columns = reader.columns(0, &contents)?;
        reader.whole(&columns)?;
        let RunRecord { head, replicates, .. } = reader.record;
        let columns = columns.into_iter().map(|read| read.data).collect();
        Ok(assembled(shape, head.seed, replicates, columns))
    }

    /// One metric of one locality, or of the whole programme (`None`), under one option. No other
    /// column is read.
    ///
    /// # Errors
    ///
    /// Where there is no such run or column, or it is damaged.
    pub fn column(
        &self,
        id: &RunId,
        option: &str,
        locality: Option<&str>,
        metric: &str,
    ) -> Result<Column, StoreError> {
        let reader = Reader::new(self, id)?;
        let shape = reader.shape()?;
        let (first, place) = reader.place(&shape, option, locality)?;
        let index = reader.named("metric", metric, &place.metrics)?;
        let shape = &place.metrics[index];
        let data = reader.column(first + index, shape.content)?.data;
        Ok(Column { metric: shape.metric(), data })
    }

    /// One monthly series of one locality, or of the whole programme (`None`), under one option.
    /// No other column is read.
    ///
    /// # Errors
    ///
    /// As [`Ledger::column`].
    pub fn monthly(
        &self,
        id: &RunId,
        option: &str,
        locality: Option<&str>,
        metric: &str,
    ) -> Result<MonthlyColumn, StoreError> {
        let reader = Reader::new(self, id)?;
        let shape = reader.shape()?;
        let (first, place) = reader.place(&shape, option, locality)?;
        let index = reader.named("monthly series", metric, &place.monthly)?;
        let shape = &place.monthly[index];
        let data = reader.column(first + place.metrics.len() + index, shape.content)?.data;
        Ok(MonthlyColumn { metric: shape.metric(), months: shape.content.each as usize, data })
    }

    /// The values of every drawn input. No other column is read.
    ///
    /// # Errors
    ///
    /// As [`Ledger::results`].
    pub fn inputs(&self, id: &RunId) -> Result<Vec<InputColumn>, StoreError> {
        let reader = Reader::new(self, id)?;
        let shape = reader.shape()?;
        let columns = reader.columns(0, &vec![Content::INPUT; shape.inputs.len()])?;
        Ok(inputs(shape.inputs, &mut columns.into_iter().map(|read| read.data)))
    }

    /// The texts that a run was made from: the scenario and all that it inherits.
    ///
    /// # Errors
    ///
    /// Where there is no such run, or they are damaged.
    pub fn scenario(&self, id: &RunId) -> Result<Vec<ScenarioFile>, StoreError> {
        self.record(id)?;
        self.said(id, &key::scenario(id), "its scenario")
    }
}

/// A run's columns under their names.
pub(super) fn assembled(
    shape: Shape,
    seed: u64,
    replicates: u64,
    columns: Vec<ColumnData>,
) -> Results {
    // As many as the shape has names: that is how they were read.
    let mut columns = columns.into_iter();
    let inputs = inputs(shape.inputs, &mut columns);
    let options = shape.options.into_iter().map(|option| OptionColumns {
        name: option.name,
        places: option.places.into_iter().map(|shape| place(shape, &mut columns)).collect(),
    });
    let options = options.collect();
    Results { seed, replicates, months: shape.months, inputs, options }
}

fn place(shape: PlaceShape, columns: &mut impl Iterator<Item = ColumnData>) -> PlaceColumns {
    let metrics = shape.metrics.iter().zip(columns.by_ref());
    let metrics = metrics.map(|(one, data)| Column { metric: one.metric(), data }).collect();
    let monthly = shape.monthly.iter().zip(columns).map(|(one, data)| MonthlyColumn {
        metric: one.metric(),
        months: one.content.each as usize,
        data,
    });
    PlaceColumns { locality: shape.locality, metrics, monthly: monthly.collect() }
}

fn inputs(paths: Vec<String>, columns: &mut impl Iterator<Item = ColumnData>) -> Vec<InputColumn> {
    let inputs = paths.into_iter().zip(columns);
    inputs
        .filter_map(|(path, data)| match data {
            ColumnData::Real(values) => Some(InputColumn { path, values }),
            // Read as reals: there are no others.
            ColumnData::Whole(_) => None,
        })
        .collect()
}
