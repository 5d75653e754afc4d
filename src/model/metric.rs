//! What comes out of a replicate: names, kinds, and one value each.

/// What a metric's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// People, or places on a list: whole.
    People,
    /// Money: whole pence in columns, pounds in statistics.
    Money,
    /// A day of the programme (day 0 is its first): whole.
    Day,
    /// A length of time in days.
    Days,
    /// A share between 0 and 1.
    Share,
    /// Happened (1) or did not (0).
    Chance,
    /// A plain number (coach-weeks).
    Number,
    /// Pounds that are a ratio or an interest: not whole pence.
    Pounds,
}

impl Kind {
    /// Whether its column holds whole numbers.
    pub fn is_whole(self) -> bool {
        matches!(self, Kind::People | Kind::Money | Kind::Day | Kind::Chance)
    }
}

/// A metric: its name in JSON, tables and the ledger, and what its values are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Metric {
    /// `plans`, `cost.salary`, `plans_by_year.2024/25`.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
}
