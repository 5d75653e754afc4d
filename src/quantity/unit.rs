//! What a value is measured in, and which values make sense.

/// The unit of a scenario value. The key decides it, not the notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Whole or average numbers of people.
    People,
    /// People a month, at full flow.
    PeoplePerMonth,
    /// People a week.
    PeoplePerWeek,
    /// A length of time, held in days.
    Time,
    /// Money, held in pounds until it is drawn, then in [`Pence`](super::Pence).
    Pounds,
    /// A share between 0 and 1.
    Share,
    /// A share per time, held as a rate a day: -ln(1 - share)/time.
    Hazard,
    /// A plain number: a factor, a count of tries, FTE.
    Number,
}

impl Unit {
    /// The least and the greatest value that make sense, in the unit that is held.
    pub fn domain(self) -> (f64, f64) {
        match self {
            Unit::Share => (0.0, 1.0),
            _ => (0.0, f64::INFINITY),
        }
    }
}
