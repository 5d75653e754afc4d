//! Every option at every place, in the order of all tables.

use super::cell::Cell;
use crate::analysis::PlaceForecast;
use crate::model::programme::Locality;
use crate::report::Subject;

/// What all localities together are called.
pub const WHOLE: &str = "Whole programme";

/// A place under an option.
pub struct Place<'a> {
    /// The option's name.
    pub option: &'a str,
    /// The locality's name, or that of the whole.
    pub name: &'a str,
    /// The locality; `None` for the whole programme.
    pub locality: Option<&'a str>,
    /// What the run says of it.
    pub forecast: &'a PlaceForecast,
}

impl Place<'_> {
    /// The cells that say which it is.
    pub fn keys(&self) -> [Cell; 2] {
        [Cell::text(self.option), Cell::text(self.name)]
    }
}

/// Every option's localities, then the whole programme. A programme that is its only locality is
/// not said twice.
pub fn places<'a>(subject: &'a Subject<'_>) -> Vec<Place<'a>> {
    let central = subject.scenario.programme.central.is_some();
    let alone = subject.forecast.has_one_place() && !central;
    let options = subject.forecast.options.iter();
    let places = options.flat_map(|option| option.places.iter().map(move |place| (option, place)));
    let place = |(option, forecast): (&'a crate::analysis::OptionForecast, &'a PlaceForecast)| {
        let locality = forecast.locality.as_deref();
        Place { option: &option.name, name: locality.unwrap_or(WHOLE), locality, forecast }
    };
    places.map(place).filter(|place| place.locality.is_some() || !alone).collect()
}

/// The localities that a place is made of.
pub fn localities<'a>(
    subject: &'a Subject<'_>,
    locality: Option<&'a str>,
) -> impl Iterator<Item = &'a Locality> {
    let all = subject.scenario.programme.localities.iter();
    all.filter(move |known| locality.is_none_or(|name| known.name == name))
}
