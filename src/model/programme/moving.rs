//! A rule by which places move between localities.

use crate::quantity::{Day, FixedShare};

/// Places that move on stated days from localities that are behind to those that are ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovingPlaces {
    /// At the end of these days, sorted.
    pub on: Vec<Day>,
    /// How much of what it is behind by a locality gives up.
    pub share: FixedShare,
}
