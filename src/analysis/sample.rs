//! The values of one number over the replicates, sorted by scramble.

use super::scramble::{Part, SCRAMBLES, least_chance_error, scramble_of, standard_error};
use crate::ensemble::{Column, ColumnData, MonthlyColumn, columns::MISSING};
use crate::model::Kind;

/// An estimate with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate: pounds for money, a share for a chance.
    pub value: f64,
    /// Its standard error, in the same unit; `None` where nothing says how large it is.
    pub se: Option<f64>,
}

impl Estimate {
    /// A value that is known: nothing has to be said of its error.
    pub fn known(value: f64) -> Self {
        Estimate { value, se: None }
    }

    /// This less another, as if nothing tied the two together. Of two that lived through the same worlds
    /// the error is no less than that of their difference.
    pub fn less(self, other: Estimate) -> Self {
        let se = self.se.zip(other.se).map(|(a, b)| libm::hypot(a, b));
        Estimate { value: self.value - other.value, se }
    }
}

/// Values of the replicates that have one, each with the scramble that it belongs to.
///
/// Whole numbers are summed as integers and reals in replicate order, so that no thread, block or
/// resumption changes a bit of a mean.
#[derive(Clone, Debug)]
pub struct Sample {
    kind: Kind,
    scrambles: [Vec<f64>; SCRAMBLES],
    sums: [f64; SCRAMBLES],
    total: f64,
}

impl Sample {
    /// The values of a metric.
    pub fn of(column: &Column) -> Self {
        Self::strided(&column.data, column.metric.kind, 0, 1)
    }

    /// The values of one month of a series; none if the series has no such month.
    pub fn of_month(column: &MonthlyColumn, month: usize) -> Self {
        Self::strided(&column.data, column.metric.kind, month, column.months)
    }

    fn strided(data: &ColumnData, kind: Kind, first: usize, step: usize) -> Self {
        let step = step.max(1);
        match data {
            ColumnData::Whole(values) => Self::whole(
                kind,
                values.iter().skip(first).step_by(step).map(|&x| (x != MISSING).then_some(x)),
            ),
            ColumnData::Real(values) => Self::real(
                kind,
                values.iter().skip(first).step_by(step).map(|&x| (!x.is_nan()).then_some(x)),
            ),
        }
    }

    /// Whole values in replicate order: people, days, pence.
    pub fn whole(kind: Kind, values: impl IntoIterator<Item = Option<i64>>) -> Self {
        let mut scrambles: [Vec<f64>; SCRAMBLES] = Default::default();
        let mut sums = [0_i128; SCRAMBLES];
        for (replicate, value) in values.into_iter().enumerate() {
            let Some(value) = value else { continue };
            scrambles[scramble_of(replicate)].push(value as f64);
            sums[scramble_of(replicate)] += i128::from(value);
        }
        let total: i128 = sums.iter().sum();
        Sample { kind, scrambles, sums: sums.map(|sum| sum as f64), total: total as f64 }
    }

    /// Real values in replicate order.
    pub fn real(kind: Kind, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let mut scrambles: [Vec<f64>; SCRAMBLES] = Default::default();
        let mut sums = [0.0; SCRAMBLES];
        let mut total = 0.0;
        for (replicate, value) in values.into_iter().enumerate() {
            let Some(value) = value else { continue };
            scrambles[scramble_of(replicate)].push(value);
            sums[scramble_of(replicate)] += value;
            total += value;
        }
        Sample { kind, scrambles, sums, total }
    }

    /// Whether something happened, in replicate order.
    pub fn chance(happened: impl IntoIterator<Item = Option<bool>>) -> Self {
        Self::whole(Kind::Chance, happened.into_iter().map(|value| value.map(i64::from)))
    }

    /// How many replicates have a value.
    pub fn n(&self) -> usize {
        self.scrambles.iter().map(Vec::len).sum()
    }

    /// What the values are.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The values of each scramble, in the unit of the column (pence for money).
    pub fn scrambles(&self) -> &[Vec<f64>; SCRAMBLES] {
        &self.scrambles
    }

    /// How many of the column's units make one that is shown: 100 pence a pound.
    pub fn unit(&self) -> f64 {
        if self.kind == Kind::Money { 100.0 } else { 1.0 }
    }

    /// The mean and its standard error; a chance's error is never below half the binomial error of
    /// (k + 1)/(n + 2). `None` where no replicate has a value.
    pub fn mean(&self) -> Option<Estimate> {
        let n = self.n();
        if n == 0 {
            return None;
        }
        let value = self.total / n as f64;
        let parts: Vec<Part> = (self.scrambles.iter().zip(&self.sums))
            .map(|(values, sum)| Part { estimate: sum / values.len() as f64, n: values.len() })
            .collect();
        let mut se = standard_error(value, &parts);
        if self.kind == Kind::Chance {
            let least = least_chance_error(self.total, n);
            se = Some(se.unwrap_or(0.0).max(least));
        }
        let unit = self.unit();
        Some(Estimate { value: value / unit, se: se.map(|se| se / unit) })
    }

    /// The sum of these values over the sum of others, with its error as a ratio over the scrambles.
    /// `None` where the others sum to nothing.
    pub fn per(&self, under: &Sample) -> Option<Estimate> {
        if under.total <= 0.0 {
            return None;
        }
        let value = self.total / under.total;
        let sums = self.sums.iter().zip(&under.sums).filter(|(_, under)| **under > 0.0);
        // A scramble weighs as much as it has of what is divided by.
        let part = |(sum, under): (&f64, &f64)| Part { estimate: sum / under, n: *under as usize };
        let parts: Vec<Part> = sums.map(part).collect();
        Some(Estimate { value, se: standard_error(value, &parts) })
    }

    /// The sample standard deviation (over n - 1); `None` below two values.
    pub fn sd(&self) -> Option<f64> {
        let n = self.n();
        if n < 2 {
            return None;
        }
        let mean = self.total / n as f64;
        let squares: f64 = self.scrambles.iter().flatten().map(|x| (x - mean) * (x - mean)).sum();
        Some((squares / (n - 1) as f64).sqrt() / self.unit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_held_in_pence_and_shown_in_pounds() {
        let sample = Sample::whole(Kind::Money, (0..32).map(|_| Some(12_345)));
        assert_eq!(sample.mean(), Some(Estimate { value: 123.45, se: Some(0.0) }));
        assert_eq!(sample.sd(), Some(0.0));
    }

    #[test]
    fn a_replicate_without_a_value_is_left_out() {
        let values = (0..32).map(|i| (i % 2 == 0).then_some(i64::from(i % 4)));
        let sample = Sample::whole(Kind::People, values);
        assert_eq!(sample.n(), 16);
        assert_eq!(sample.mean().unwrap().value, 1.0);
    }

    #[test]
    fn a_ratio_is_of_sums_and_not_a_mean_of_ratios() {
        let whole = |values: [i64; 4]| Sample::whole(Kind::People, values.map(Some));
        let ratio = whole([1, 0, 0, 9]).per(&whole([1, 1, 0, 18])).unwrap();
        assert_eq!(ratio.value, 0.5);
        assert!(ratio.se.unwrap() > 0.0);
        assert_eq!(whole([0; 4]).per(&whole([0; 4])), None);
    }

    #[test]
    fn nothing_there_has_no_mean_and_no_sd() {
        let none = Sample::whole(Kind::People, [None, None]);
        assert_eq!((none.mean(), none.sd()), (None, None));
    }

    #[test]
    fn a_chance_without_a_hit_keeps_an_error() {
        let never = Sample::chance((0..1024).map(|_| Some(false)));
        let mean = never.mean().unwrap();
        assert_eq!(mean.value, 0.0);
        assert!(mean.se.unwrap() > 4e-4, "{mean:?}");
        let once = Sample::chance([Some(true)]);
        assert!(once.mean().unwrap().se.unwrap() > 0.0);
    }

    #[test]
    fn sums_of_pence_do_not_lose_a_penny() {
        // A float sum of these would drop the pennies.
        let large = 1_i64 << 60;
        let values = [large, 1, 1, 1, -large, 1, 1, 1].map(Some);
        assert_eq!(Sample::whole(Kind::People, values).mean().unwrap().value, 6.0 / 8.0);
    }
}
