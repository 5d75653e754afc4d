//! What a run's columns are called, and how to have them one at a time, wherever they are kept.

use std::borrow::Cow;
use std::convert::Infallible;

use super::columns::{Column, InputColumn, MonthlyColumn, PlaceColumns, Results};
use crate::model::Metric;

/// What a run holds, without its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// The seed of every stream.
    pub seed: u64,
    /// How many replicates each column holds.
    pub replicates: u64,
    /// Labels of the months: `2024-10`.
    pub months: Vec<String>,
    /// Paths of the drawn inputs.
    pub inputs: Vec<String>,
    /// Every option, in file order.
    pub options: Vec<OptionOutline>,
}

/// An option's places.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionOutline {
    /// The option's name.
    pub name: String,
    /// Localities in file order, then the whole programme.
    pub places: Vec<PlaceOutline>,
}

/// The names of a place's columns.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceOutline {
    /// The locality's name; `None` for the whole programme.
    pub locality: Option<String>,
    /// Its metrics, in the order in which they are shown.
    pub metrics: Vec<Metric>,
    /// Its monthly series.
    pub monthly: Vec<Metric>,
}

/// A place under an option, by their positions in an [`Outline`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which option.
    pub option: usize,
    /// Which of its places.
    pub place: usize,
}

impl Outline {
    /// The names of a place's columns; `None` where there is no such place.
    pub fn place(&self, place: Place) -> Option<&PlaceOutline> {
        self.options.get(place.option)?.places.get(place.place)
    }

    /// The places of an option.
    pub fn places(&self, option: usize) -> impl Iterator<Item = Place> + use<> {
        let count = self.options.get(option).map_or(0, |option| option.places.len());
        (0..count).map(move |place| Place { option, place })
    }

    /// The whole programme under an option: its last place.
    pub fn programme(&self, option: usize) -> Option<Place> {
        self.places(option).last()
    }

    /// A locality, or the whole programme (`None`), under an option.
    pub fn find(&self, option: usize, locality: Option<&str>) -> Option<Place> {
        let named = |place: &PlaceOutline| place.locality.as_deref() == locality;
        let place = self.options.get(option)?.places.iter().position(named)?;
        Some(Place { option, place })
    }

    /// Which of an option's positions has this name.
    pub fn option(&self, name: &str) -> Option<usize> {
        self.options.iter().position(|option| option.name == name)
    }
}

impl PlaceOutline {
    /// Of a place whose columns are in memory.
    pub fn of(place: &PlaceColumns) -> Self {
        PlaceOutline {
            locality: place.locality.clone(),
            metrics: place.metrics.iter().map(|column| column.metric.clone()).collect(),
            monthly: place.monthly.iter().map(|series| series.metric.clone()).collect(),
        }
    }
}

/// The columns of a run, which may be in memory or in the ledger. Whoever works through them holds
/// few at a time, so that a run of many replicates needs no more memory than a column does.
///
/// Positions are those of the [`Outline`]; asking for one that it does not have is a mistake of the
/// caller.
pub trait Columns: Sync {
    /// Why a column cannot be had.
    type Error: Send;

    /// What there is.
    fn outline(&self) -> Outline;

    /// The values of an input.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    fn input(&self, index: usize) -> Result<Cow<'_, InputColumn>, Self::Error>;

    /// A metric of a place.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    fn metric(&self, place: Place, index: usize) -> Result<Cow<'_, Column>, Self::Error>;

    /// A monthly series of a place.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    fn monthly(&self, place: Place, index: usize) -> Result<Cow<'_, MonthlyColumn>, Self::Error>;

    /// A metric by its name; `None` where the place has none of that name.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    fn metric_named(
        &self,
        outline: &Outline,
        place: Place,
        name: &str,
    ) -> Result<Option<Cow<'_, Column>>, Self::Error> {
        let metrics = outline.place(place).map_or(&[][..], |place| &place.metrics);
        let index = metrics.iter().position(|metric| metric.name == name);
        index.map(|index| self.metric(place, index)).transpose()
    }
}

impl Columns for Results {
    type Error = Infallible;

    fn outline(&self) -> Outline {
        let options = self.options.iter().map(|option| OptionOutline {
            name: option.name.clone(),
            places: option.places.iter().map(PlaceOutline::of).collect(),
        });
        Outline {
            seed: self.seed,
            replicates: self.replicates,
            months: self.months.clone(),
            inputs: self.inputs.iter().map(|input| input.path.clone()).collect(),
            options: options.collect(),
        }
    }

    fn input(&self, index: usize) -> Result<Cow<'_, InputColumn>, Infallible> {
        Ok(Cow::Borrowed(&self.inputs[index]))
    }

    fn metric(&self, at: Place, index: usize) -> Result<Cow<'_, Column>, Infallible> {
        Ok(Cow::Borrowed(&self.options[at.option].places[at.place].metrics[index]))
    }

    fn monthly(&self, at: Place, index: usize) -> Result<Cow<'_, MonthlyColumn>, Infallible> {
        Ok(Cow::Borrowed(&self.options[at.option].places[at.place].monthly[index]))
    }
}
