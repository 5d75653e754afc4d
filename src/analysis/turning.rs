//! Where the order of two options turns as one value varies: the break-even, between two values that
//! were tried.

use super::comparison::Comparison;
use super::rounding::is_beyond_error;

/// The metrics on which it is told who has more.
pub const TURNS_ON: [&str; 2] = ["plans", "unclaimed"];

/// Two options whose order on a metric is another at one value than at the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turning {
    /// Which metric.
    pub metric: String,
    /// The option that has more of it at the first value.
    pub first: String,
    /// The option that has more of it at the second value.
    pub then: String,
    /// The two values, as they were given.
    pub between: (String, String),
}

/// Every turn in a row of values, with the comparisons of the run under each. Only orders beyond the
/// error of their difference count: values between two such, at which the options cannot be told
/// apart, lie within the turn.
pub fn turnings(row: &[(String, Vec<Comparison>)]) -> Vec<Turning> {
    let Some((_, pairs)) = row.first() else { return Vec::new() };
    let mut found = Vec::new();
    for pair in pairs.iter().filter(|pair| TURNS_ON.contains(&&pair.metric[..])) {
        let is_it = |other: &&Comparison| {
            (&other.metric, &other.of, &other.with) == (&pair.metric, &pair.of, &pair.with)
                && other.locality == pair.locality
        };
        let orders = row.iter().filter_map(|(value, pairs)| {
            let more = pairs.iter().find(is_it)?.difference.as_ref()?.mean;
            is_beyond_error(more).then_some((value, more.value > 0.0))
        });
        let orders: Vec<(&String, bool)> = orders.collect();
        for two in orders.windows(2).filter(|two| two[0].1 != two[1].1) {
            let (first, then) = match two[0].1 {
                true => (&pair.of, &pair.with),
                false => (&pair.with, &pair.of),
            };
            found.push(Turning {
                metric: pair.metric.clone(),
                first: first.clone(),
                then: then.clone(),
                between: (two[0].0.clone(), two[1].0.clone()),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Difference, Estimate};
    use crate::model::Kind;

    fn at(value: &str, more: f64) -> (String, Vec<Comparison>) {
        let estimate = |value| Estimate { value, se: Some(1.0) };
        let comparison = Comparison {
            locality: None,
            of: "Hybrid".to_owned(),
            with: "In-house".to_owned(),
            metric: "plans".to_owned(),
            kind: Kind::People,
            difference: Some(Difference {
                mean: estimate(more),
                greater: estimate(0.5),
                equal: estimate(0.0),
                n: 64,
            }),
        };
        (value.to_owned(), vec![comparison])
    }

    #[test]
    fn a_turn_lies_between_the_last_value_of_one_order_and_the_first_of_the_other() {
        let row = [at("4", 20.0), at("6", 1.0), at("8", -12.0), at("10", -30.0)];
        let turn = Turning {
            metric: "plans".to_owned(),
            first: "Hybrid".to_owned(),
            then: "In-house".to_owned(),
            between: ("4".to_owned(), "8".to_owned()),
        };
        assert_eq!(turnings(&row), [turn]);
    }

    #[test]
    fn an_order_within_its_error_is_none() {
        assert_eq!(turnings(&[at("4", 20.0), at("6", 1.0), at("8", -1.0)]), []);
        assert_eq!(turnings(&[]), []);
    }
}
