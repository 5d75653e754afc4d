//! One number over all replicates: mean, spread, quantiles, and how far each may be off.

use super::quantile::type_7;
use super::sample::{Estimate, Sample};
use super::scramble::{Part, standard_error};
use crate::model::Kind;

/// The quantiles that every statistic has: their names and levels.
pub const LEVELS: [(&str, f64); 7] = [
    ("p05", 0.05),
    ("p10", 0.10),
    ("p25", 0.25),
    ("p50", 0.50),
    ("p75", 0.75),
    ("p90", 0.90),
    ("p95", 0.95),
];

/// What the replicates say about one number. Money is in pounds, chances and shares are 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statistic {
    /// What the number is.
    pub kind: Kind,
    /// The mean with its standard error.
    pub mean: Estimate,
    /// The sample standard deviation; `None` for a single value.
    pub sd: Option<f64>,
    /// The quantiles at [`LEVELS`], each with its standard error.
    pub quantiles: [Estimate; LEVELS.len()],
    /// How many replicates have a value.
    pub n: usize,
    /// Where the mean is hidden: it is below this.
    pub under: Option<u32>,
}

impl Statistic {
    /// The statistic of a sample; `None` where no replicate has a value.
    pub fn of(sample: Sample) -> Option<Self> {
        let mean = sample.mean()?;
        let ordered = Ordered::new(&sample);
        let mut quantiles = [mean; LEVELS.len()];
        for (quantile, (_, level)) in quantiles.iter_mut().zip(LEVELS) {
            *quantile = ordered.quantile(level)?;
        }
        Some(Statistic {
            kind: sample.kind(),
            mean,
            sd: sample.sd(),
            quantiles,
            n: sample.n(),
            under: None,
        })
    }

    /// One in twenty worlds lies below.
    pub fn p05(&self) -> Estimate {
        self.quantiles[0]
    }

    /// One in ten worlds lies below.
    pub fn p10(&self) -> Estimate {
        self.quantiles[1]
    }

    /// The middle world.
    pub fn p50(&self) -> Estimate {
        self.quantiles[3]
    }

    /// One in ten worlds lies above.
    pub fn p90(&self) -> Estimate {
        self.quantiles[5]
    }

    /// One in twenty worlds lies above.
    pub fn p95(&self) -> Estimate {
        self.quantiles[6]
    }
}

/// A sample in order of size, as a whole and within each scramble.
#[derive(Clone, Debug)]
pub struct Ordered {
    pooled: Vec<f64>,
    scrambles: Vec<Vec<f64>>,
    unit: f64,
}

impl Ordered {
    /// Puts a sample in order.
    pub fn new(sample: &Sample) -> Self {
        let mut scrambles = sample.scrambles().to_vec();
        for values in &mut scrambles {
            values.sort_unstable_by(f64::total_cmp);
        }
        // A stable sort finds the sorted runs and merges them.
        let mut pooled: Vec<f64> = scrambles.concat();
        pooled.sort_by(f64::total_cmp);
        Ordered { pooled, scrambles, unit: sample.unit() }
    }

    /// The quantile at a level between 0 and 1, with the error that the scrambles' quantiles about
    /// the pooled one give it. `None` where there are no values.
    pub fn quantile(&self, level: f64) -> Option<Estimate> {
        let value = type_7(&self.pooled, level)?;
        let parts: Vec<Part> = (self.scrambles.iter())
            .map(|values| Part {
                estimate: type_7(values, level).unwrap_or(value),
                n: values.len(),
            })
            .collect();
        let se = standard_error(value, &parts).map(|se| se / self.unit);
        Some(Estimate { value: value / self.unit, se })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Key;

    fn statistic(values: impl IntoIterator<Item = i64>) -> Statistic {
        Statistic::of(Sample::whole(Kind::People, values.into_iter().map(Some))).unwrap()
    }

    #[test]
    fn sixteen_values_give_the_statistics_worked_by_hand() {
        let statistic = statistic(1..=16);
        assert_eq!(statistic.mean.value, 8.5);
        let sd = (272.0_f64 / 12.0).sqrt();
        assert!((statistic.sd.unwrap() - sd).abs() < 1e-12);
        assert!((statistic.mean.se.unwrap() - sd / 4.0).abs() < 1e-12);
        assert_eq!(statistic.p50().value, 8.5);
        assert_eq!(statistic.quantiles[0].value, 1.75);
        assert_eq!(statistic.n, 16);
        // Each scramble holds one value, which is its own P10: sum of (i - 2.5)^2 over 16 x 15.
        let squares: f64 = (1..=16).map(|i| (f64::from(i) - 2.5).powi(2)).sum();
        assert!((statistic.p10().se.unwrap() - (squares / 240.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn no_value_at_all_is_no_statistic() {
        assert_eq!(Statistic::of(Sample::whole(Kind::Day, [None, None, None])), None);
    }

    #[test]
    fn money_quantiles_are_pounds() {
        let sample = Sample::whole(Kind::Money, (0..32).map(|i| Some(i64::from(i % 2))));
        assert_eq!(Statistic::of(sample).unwrap().p50().value, 0.005);
    }

    #[test]
    fn nineteen_in_twenty_intervals_hold_the_truth() {
        // Exponential values of mean 1: the mean is 1, the median ln 2, the chance of 2 is e^-2.
        let mut held = [0; 3];
        let trials = 400;
        for trial in 0..trials {
            let stream = Key::seed(99).with(trial).stream();
            let draws: Vec<f64> = (0..1024).map(|i| stream.exponential(i)).collect();
            let values = Sample::real(Kind::Number, draws.iter().map(|&x| Some(x)));
            let above = Sample::chance(draws.iter().map(|&x| Some(x > 2.0))).mean().unwrap();
            let statistic = Statistic::of(values).unwrap();
            let truths = [1.0, std::f64::consts::LN_2, libm::exp(-2.0)];
            for (i, estimate) in [statistic.mean, statistic.p50(), above].into_iter().enumerate() {
                let half = 2.131 * estimate.se.unwrap();
                held[i] += u32::from((estimate.value - truths[i]).abs() <= half);
            }
        }
        // 95% of 400 is 380, give or take 13 (three standard errors).
        assert!(held.iter().all(|&held| (365..=395).contains(&held)), "{held:?}");
    }
}
