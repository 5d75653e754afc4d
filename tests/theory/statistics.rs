//! Means, variances and their errors.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// How many standard errors a mean may be off.
pub const ALLOWED: f64 = 4.0;

/// A mean and its standard error.
#[derive(Clone, Copy, Debug)]
pub struct Mean {
    pub value: f64,
    pub error: f64,
}

impl Mean {
    pub fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let value = values.iter().sum::<f64>() / n;
        let squares = values.iter().map(|x| (x - value) * (x - value)).sum::<f64>();
        Mean { value, error: (squares / (n - 1.0) / n).sqrt() }
    }

    /// How many standard errors it is above what is expected.
    pub fn off(&self, expected: f64) -> f64 {
        (self.value - expected) / self.error
    }

    /// Whether it is what is expected, and would be found out if it were off by a share of it.
    #[track_caller]
    pub fn is(&self, expected: f64, found_if_off_by: f64) -> String {
        let off = self.off(expected);
        assert!(off.abs() <= ALLOWED, "{self:?} is {off:.1} standard errors from {expected}");
        let other = self.off(expected * (1.0 + found_if_off_by));
        assert!(other.abs() > ALLOWED, "{self:?} would not show {found_if_off_by} of {expected}");
        format!("{:.4} for {expected:.4}, {off:+.1} standard errors", self.value)
    }
}

/// The mean of squares about a known mean: the variance, with its error.
pub fn variance(values: &[f64], mean: f64) -> Mean {
    Mean::of(&values.iter().map(|x| (x - mean) * (x - mean)).collect::<Vec<_>>())
}

/// The mean of products about known means: the covariance, with its error.
pub fn covariance(one: &[f64], other: &[f64], means: [f64; 2]) -> Mean {
    let products = one.iter().zip(other).map(|(x, y)| (x - means[0]) * (y - means[1]));
    Mean::of(&products.collect::<Vec<_>>())
}

/// The chance of counts as far from `chances` as these, by Pearson's chi-square; neighbours are joined
/// until 10 are expected in each class. `chances` may leave out a tail, which is a class of its own.
pub fn fit(values: &[usize], chances: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mut counts = vec![0.0; chances.len() + 1];
    values.iter().for_each(|&value| counts[value.min(chances.len())] += 1.0);
    let tail = (1.0 - chances.iter().sum::<f64>()).max(0.0);
    let mut classes: Vec<(f64, f64)> = Vec::new();
    let mut open = (0.0, 0.0);
    for (&count, chance) in counts.iter().zip(chances.iter().copied().chain([tail])) {
        open = (open.0 + count, open.1 + n * chance);
        if open.1 >= 10.0 {
            classes.push(open);
            open = (0.0, 0.0);
        }
    }
    let last = classes.last_mut().expect("ten are expected somewhere");
    *last = (last.0 + open.0, last.1 + open.1);
    let distance: f64 =
        classes.iter().map(|(count, due)| (count - due) * (count - due) / due).sum();
    ChiSquared::new(classes.len() as f64 - 1.0).expect("there are classes").sf(distance)
}
