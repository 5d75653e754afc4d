//! What a cell holds and how it looks.

use jiff::civil::Date;

use crate::analysis::{Estimate, Statistic};
use crate::model::Kind;
use crate::quantity::Pence;

/// One cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing: a statistic that does not exist, say.
    Empty,
    /// Text, which stays text whatever it begins with.
    Text(String),
    /// A number.
    Number(f64, Look),
    /// A day.
    Date(Date),
    /// A formula of ours that gives a number, with what it gives.
    Sum(String, f64),
    /// A formula of ours that gives a text, with what it gives.
    Check(String, &'static str),
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Pounds and pence.
    Money,
    /// People, or anything counted, to a tenth: means are seldom whole.
    Count,
    /// A whole number.
    Whole,
    /// Percent, to a tenth.
    Share,
    /// Days, to a tenth.
    Days,
}

impl Look {
    /// That of a metric's values.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Money | Kind::Pounds => Look::Money,
            Kind::Chance | Kind::Share => Look::Share,
            Kind::Day | Kind::Days => Look::Days,
            Kind::People | Kind::Number => Look::Count,
        }
    }

    /// The number format. What is negative has a minus as well as its colour.
    pub fn format(self) -> &'static str {
        match self {
            Look::Money => "£#,##0.00;[Red]-£#,##0.00",
            Look::Count => "#,##0.0",
            Look::Whole => "#,##0",
            Look::Share => "0.0%",
            Look::Days => "#,##0.0\" days\"",
        }
    }
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Cell::Text(text.into())
    }

    /// A number; nothing where there is none or it is not finite.
    pub fn number(value: Option<f64>, look: Look) -> Self {
        value.filter(|value| value.is_finite()).map_or(Cell::Empty, |value| {
            // No minus before nothing.
            Cell::Number(if value == 0.0 { 0.0 } else { value }, look)
        })
    }

    /// Pounds.
    pub fn money(pounds: Option<f64>) -> Self {
        Cell::number(pounds, Look::Money)
    }

    /// Whole pence, as pounds.
    pub fn pence(pence: Pence) -> Self {
        Cell::money(Some(pence.to_pounds()))
    }

    /// The number that stands in it.
    pub fn value(&self) -> Option<f64> {
        match self {
            Cell::Number(value, _) | Cell::Sum(_, value) => Some(*value),
            _ => None,
        }
    }
}

/// Mean, P10, P50 and P90; four empty cells where there is no statistic, or it is too small to be
/// shown.
pub fn four(statistic: Option<&Statistic>) -> [Cell; 4] {
    let shown = statistic.filter(|statistic| statistic.under.is_none());
    let look = shown.map_or(Look::Count, |statistic| Look::of(statistic.kind));
    let of = |estimate: fn(&Statistic) -> Estimate| {
        Cell::number(shown.map(|statistic| estimate(statistic).value), look)
    };
    [of(|s| s.mean), of(Statistic::p10), of(Statistic::p50), of(Statistic::p90)]
}

/// The mean of a statistic, where it may be shown.
pub fn mean(statistic: Option<&Statistic>) -> Option<f64> {
    statistic.filter(|statistic| statistic.under.is_none()).map(|statistic| statistic.mean.value)
}
