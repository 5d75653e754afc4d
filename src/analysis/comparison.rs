//! Paired differences between delivery options: the same worlds, lived through by both.

use rayon::prelude::*;

use super::sample::{Estimate, Sample};
use crate::ensemble::{Column, ColumnData, Columns, columns::MISSING};
use crate::model::Kind;

/// The metrics that options are compared on: what a decision between them turns on.
///
/// `cash_gap_day` is not among them: a mean of dates of which most are missing helps nobody.
pub const COMPARED: [&str; 18] = [
    "plans",
    "target_met",
    "unclaimed",
    "shortfall",
    "cash_gap",
    "cost",
    "income",
    "net",
    "financing",
    "cost_per_plan",
    "opening_day",
    "first_plan_day",
    "wait_mean_days",
    "withdrew",
    "waiting_at_end",
    "in_support_at_end",
    "in_work",
    "sustained",
];

/// One option beside another on one metric, world by world.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The locality; `None` for the whole programme.
    pub locality: Option<String>,
    /// The option that stands later in the file.
    pub of: String,
    /// The option that stands earlier.
    pub with: String,
    /// The metric's name.
    pub metric: String,
    /// What the metric is.
    pub kind: Kind,
    /// `None` where no world has a value under both.
    pub difference: Option<Difference>,
}

/// What the pairs say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Mean of `of` minus `with`: pounds for money, a share for a chance.
    pub mean: Estimate,
    /// Share of worlds in which `of` is greater.
    pub greater: Estimate,
    /// Share of worlds in which the two are equal.
    pub equal: Estimate,
    /// Worlds with a value under both.
    pub n: usize,
}

impl Difference {
    /// Of one column minus another; `None` where no replicate has a value in both.
    /// Columns of unequal length are paired as far as the shorter goes.
    pub fn between(of: &Column, with: &Column) -> Option<Self> {
        let mean = differences(of, with).mean()?;
        let pairs = || (0..of.data.len().min(with.data.len())).map(|i| pair(of, with, i));
        let greater = Sample::chance(pairs().map(|pair| pair.map(|(a, b)| a > b)));
        let equal = Sample::chance(pairs().map(|pair| pair.map(|(a, b)| a == b)));
        Some(Difference { mean, greater: greater.mean()?, equal: equal.mean()?, n: greater.n() })
    }
}

fn pair(of: &Column, with: &Column, replicate: usize) -> Option<(f64, f64)> {
    Some((of.data.get(replicate)?, with.data.get(replicate)?))
}

/// `of` minus `with`, replicate by replicate. Whole numbers stay whole; a difference of chances is
/// a plain number, since it may be negative.
pub fn differences(of: &Column, with: &Column) -> Sample {
    let kind = match of.metric.kind {
        Kind::Chance => Kind::Number,
        kind => kind,
    };
    match (&of.data, &with.data) {
        (ColumnData::Whole(a), ColumnData::Whole(b)) => {
            let held = |a: i64, b: i64| a != MISSING && b != MISSING;
            Sample::whole(
                kind,
                a.iter().zip(b).map(|(&a, &b)| held(a, b).then(|| a.saturating_sub(b))),
            )
        }
        (a, b) => Sample::real(
            kind,
            (0..a.len().min(b.len())).map(|i| pair(of, with, i).map(|(a, b)| a - b)),
        ),
    }
}

/// Every pair of options on every metric of [`COMPARED`], place by place.
///
/// # Errors
///
/// Where a column cannot be read.
pub fn comparisons<C: Columns>(columns: &C) -> Result<Vec<Comparison>, C::Error> {
    comparisons_on(columns, &COMPARED, |_| true)
}

/// The same on some metrics, at some places (`None` is the whole programme).
///
/// # Errors
///
/// Where a column cannot be read.
pub fn comparisons_on<C: Columns>(
    columns: &C,
    metrics: &[&str],
    at: impl Fn(Option<&str>) -> bool,
) -> Result<Vec<Comparison>, C::Error> {
    let outline = columns.outline();
    let mut pairs = Vec::new();
    for later in 1..outline.options.len() {
        for earlier in 0..later {
            for of in outline.places(later) {
                let locality = outline.place(of).and_then(|place| place.locality.as_deref());
                if !at(locality) {
                    continue;
                }
                let with = outline.find(earlier, locality);
                let with = with.iter();
                pairs.extend(with.flat_map(|&with| metrics.iter().map(move |&m| (of, with, m))));
            }
        }
    }
    let compared: Result<Vec<_>, _> = pairs
        .into_par_iter()
        .map(|(of, with, metric)| {
            let (a, b) = (
                columns.metric_named(&outline, of, metric)?,
                columns.metric_named(&outline, with, metric)?,
            );
            Ok(a.zip(b).map(|(a, b)| Comparison {
                locality: outline.place(of).and_then(|place| place.locality.clone()),
                of: outline.options[of.option].name.clone(),
                with: outline.options[with.option].name.clone(),
                metric: metric.to_owned(),
                kind: a.metric.kind,
                difference: Difference::between(&a, &b),
            }))
        })
        .collect();
    Ok(compared?.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;

    fn column(kind: Kind, values: &[i64]) -> Column {
        synthetic::column("m", kind, ColumnData::Whole(values.to_vec()))
    }

    #[test]
    fn turning_a_pair_round_turns_the_difference_round() {
        let a = column(Kind::People, &(0..64).map(|i| i * i % 17).collect::<Vec<_>>());
        let b = column(Kind::People, &(0..64).map(|i| i % 13).collect::<Vec<_>>());
        let there = Difference::between(&a, &b).unwrap();
        let back = Difference::between(&b, &a).unwrap();
        assert_eq!(there.mean.value, -back.mean.value);
        assert_eq!(there.mean.se, back.mean.se);
        assert_eq!(there.equal, back.equal);
        let all = there.greater.value + back.greater.value + there.equal.value;
        assert!((all - 1.0).abs() < 1e-12);
    }

    #[test]
    fn pairs_where_either_has_no_value_are_left_out() {
        let a = column(Kind::Day, &[10, MISSING, 30, 40]);
        let b = column(Kind::Day, &[7, 8, MISSING, 41]);
        let difference = Difference::between(&a, &b).unwrap();
        assert_eq!(difference.n, 2);
        assert_eq!(difference.mean.value, 1.0);
        assert_eq!(difference.greater.value, 0.5);
        let none = column(Kind::Day, &[MISSING; 4]);
        assert_eq!(Difference::between(&a, &none), None);
    }

    #[test]
    fn money_differs_in_pounds_and_pairing_removes_what_both_share() {
        // Both options share a large swing; one is always £2.50 dearer.
        let swing: Vec<i64> = (0..160).map(|i| i * 7919 % 1_000_003).collect();
        let dearer: Vec<i64> = swing.iter().map(|x| x + 250).collect();
        let difference =
            Difference::between(&column(Kind::Money, &dearer), &column(Kind::Money, &swing));
        let mean = difference.unwrap().mean;
        assert_eq!((mean.value, mean.se), (2.5, Some(0.0)));
    }

    #[test]
    fn every_pair_of_options_is_compared_once_the_later_with_the_earlier() {
        let results = synthetic::three_options(64);
        let comparisons = comparisons(&results).unwrap();
        let mut pairs: Vec<_> = comparisons
            .iter()
            .filter(|c| c.locality.is_none() && c.metric == "plans")
            .map(|c| (c.of.as_str(), c.with.as_str()))
            .collect();
        pairs.sort_unstable();
        assert_eq!(
            pairs,
            [("Hybrid", "In-house"), ("Hybrid", "Procured"), ("Procured", "In-house")]
        );
        assert!(comparisons.iter().any(|c| c.locality.as_deref() == Some("Bury")));
    }
}
