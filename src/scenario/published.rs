//! Figures printed elsewhere: what they are of, and what is printed.

use crate::model::Kind;
use crate::model::published::Counted;
use crate::quantity::{Day, Pence};

/// A figure printed elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The name of its table in `published`; `None` for a figure of a locality's own table.
    pub name: Option<String>,
    /// The locality's name; `None` for the whole programme.
    pub locality: Option<String>,
    /// The option whose forecast it is set beside; `None` for every option.
    pub option: Option<String>,
    /// What it is of, as the scenario writes it: `total`, `allocation.basic`, `plans`.
    pub written: String,
    /// What it is of.
    pub figure: Figure,
    /// As printed.
    pub value: Value,
    /// When it was known.
    pub known: Known,
    /// Where it is printed.
    pub source: Option<String>,
}

/// What a figure is of.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// Something that the rules give, the same in every world.
    Computed(Computed),
    /// A count to the end of a day: a metric of its own in every run.
    Count {
        /// What is counted.
        counted: Counted,
        /// The last day that counts.
        until: Day,
    },
    /// A metric that every run has.
    Forecast {
        /// Its name in the run's columns.
        column: String,
    },
}

/// What the rules give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Computed {
    /// Agreed participants.
    Agreed,
    /// The fair share.
    FairShare,
    /// The allocation.
    Total,
    /// Its basic part.
    Basic,
    /// Its participant part.
    Participant,
    /// The allocation of a funding year.
    Year(String),
}

impl Computed {
    /// Whether it is a number of people, rather than money.
    pub fn is_people(&self) -> bool {
        matches!(self, Computed::Agreed | Computed::FairShare)
    }
}

/// When a figure was known: a forecast may rest on what was known before, never on an outturn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Before the programme began.
    Before,
    /// It is what became of it.
    Outturn,
}

impl Known {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Known::Before => "before",
            Known::Outturn => "outturn",
        }
    }
}

/// A value as printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Money.
    Money(Pence),
    /// People, or a plain number.
    Number(f64),
    /// A share of the whole.
    Share(f64),
    /// A length of time in days.
    Days(f64),
    /// A date, as a day of the programme.
    Day(Day),
}

impl Value {
    /// The value as statistics hold it: pounds, people, a share, days, a day's number.
    pub fn statistic(self) -> f64 {
        match self {
            Value::Money(pence) => pence.to_pounds(),
            Value::Number(value) | Value::Share(value) | Value::Days(value) => value,
            Value::Day(day) => f64::from(day),
        }
    }

    /// Whether it is of a kind of metric.
    pub fn is_of(self, kind: Kind) -> bool {
        match self {
            Value::Money(_) => matches!(kind, Kind::Money | Kind::Pounds),
            Value::Number(_) => matches!(kind, Kind::People | Kind::Number),
            Value::Share(_) => matches!(kind, Kind::Share | Kind::Chance),
            Value::Days(_) => kind == Kind::Days,
            Value::Day(_) => kind == Kind::Day,
        }
    }
}
