//! Ways of delivering.

use super::Team;
use crate::quantity::Day;

/// One complete way of delivering.
#[derive(Clone, Debug)]
pub struct DeliveryOption {
    /// Its name.
    pub name: String,
    /// When its localities open.
    pub opens: Opens,
    /// What becomes of the places of a team that stops for good.
    pub unused_places: UnusedPlaces,
    /// Its teams, in file order; at least one.
    pub teams: Vec<Team>,
}

impl DeliveryOption {
    /// The teams whose provider has costs of its own, by their indices.
    pub fn providers(&self) -> impl Iterator<Item = usize> {
        let teams = self.teams.iter().enumerate();
        teams.filter(|(_, team)| team.own_costs.is_some()).map(|(index, _)| index)
    }
}

/// When a locality opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// On the first day on which someone can see people.
    WithService,
    /// On a day, or when the locality's readiness is done, if that is later.
    On(Day),
}

/// What becomes of the places of a team that stops for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnusedPlaces {
    /// They are lost.
    Keep,
    /// They go to the next team that has a maximum and still takes people.
    Move,
}
