//! The names of a run's columns, in the order in which they are numbered.

use serde::{Deserialize, Serialize};

use super::column::Values;
use crate::ensemble::{ColumnData, PlaceColumns, Results};
use crate::model::{Kind, Metric};

/// What a run's columns are called: taken from its first block, the same for all others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Labels of the months.
    pub months: Vec<String>,
    /// Paths of the drawn inputs.
    pub inputs: Vec<String>,
    /// The options, in file order.
    pub options: Vec<OptionShape>,
}

/// An option's places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionShape {
    /// The option's name.
    pub name: String,
    /// Localities in file order, then the programme.
    pub places: Vec<PlaceShape>,
}

/// A place's columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceShape {
    /// The locality; `None` for the programme.
    pub locality: Option<String>,
    /// Its metrics.
    pub metrics: Vec<ColumnShape>,
    /// Its monthly series.
    pub monthly: Vec<ColumnShape>,
}

/// A column's name, and what its values are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnShape {
    /// The metric.
    pub name: String,
    /// [`Kind`], in words.
    pub kind: KindName,
    /// Whether its values are held as whole numbers.
    pub whole: bool,
    /// Values for each replicate: 1, or the months of a series.
    pub each: u32,
}

/// [`Kind`] as it is stored: the words stay when the type changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", remote = "Kind")]
enum KindWords {
    People,
    Money,
    Day,
    Days,
    Share,
    Chance,
    Number,
    Pounds,
}

/// A [`Kind`] that is stored in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindName(#[serde(with = "KindWords")] Kind);

impl Shape {
    /// The shape of a block.
    pub fn of(results: &Results) -> Self {
        Shape {
            months: results.months.clone(),
            inputs: results.inputs.iter().map(|input| input.path.clone()).collect(),
            options: results
                .options
                .iter()
                .map(|option| OptionShape {
                    name: option.name.clone(),
                    places: option.places.iter().map(PlaceShape::of).collect(),
                })
                .collect(),
        }
    }

    /// Name of every column, in the order in which they are numbered, and its values for each
    /// replicate.
    pub fn columns(&self) -> impl Iterator<Item = (&str, u32)> {
        let places = self.options.iter().flat_map(|option| &option.places);
        let columns = places.flat_map(|place| place.metrics.iter().chain(&place.monthly));
        let inputs = self.inputs.iter().map(|path| (path.as_str(), 1));
        inputs.chain(columns.map(|column| (column.name.as_str(), column.each)))
    }

    /// The columns of a place of an option, with their numbers: metrics, then monthly series.
    pub fn place(&self, option: &str, locality: Option<&str>) -> Option<(usize, &PlaceShape)> {
        let mut number = self.inputs.len();
        for candidate in &self.options {
            for place in &candidate.places {
                if candidate.name == option && place.locality.as_deref() == locality {
                    return Some((number, place));
                }
                number += place.metrics.len() + place.monthly.len();
            }
        }
        None
    }
}

impl PlaceShape {
    fn of(place: &PlaceColumns) -> Self {
        let whole = |data: &ColumnData| Values::from(data).is_whole();
        let column = |metric: &Metric, data, each| ColumnShape {
            name: metric.name.clone(),
            kind: KindName(metric.kind),
            whole: whole(data),
            each,
        };
        let metrics = place.metrics.iter().map(|one| column(&one.metric, &one.data, 1));
        let monthly =
            place.monthly.iter().map(|one| column(&one.metric, &one.data, one.months as u32));
        PlaceShape {
            locality: place.locality.clone(),
            metrics: metrics.collect(),
            monthly: monthly.collect(),
        }
    }
}

impl ColumnShape {
    /// The metric.
    pub fn metric(&self) -> Metric {
        Metric { name: self.name.clone(), kind: self.kind.0 }
    }

    /// A column of no values.
    pub fn empty(&self) -> ColumnData {
        if self.whole { ColumnData::Whole(Vec::new()) } else { ColumnData::Real(Vec::new()) }
    }
}

/// The values of a block's columns, in the order in which they are numbered.
pub fn values_of(results: &Results) -> Vec<Values<'_>> {
    let mut all: Vec<Values> =
        results.inputs.iter().map(|input| Values::Real(&input.values)).collect();
    for place in results.options.iter().flat_map(|option| &option.places) {
        all.extend(place.metrics.iter().map(|column| Values::from(&column.data)));
        all.extend(place.monthly.iter().map(|column| Values::from(&column.data)));
    }
    all
}
