//! One number over all replicates: mean, spread, quantiles, and how far each may be off.

use super::quantile::type_7;
use super::sample::{Estimate, Sample};
use super::scramble::{Part, T_15, standard_error};
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

    /// The quantile at a level between 0 and 1, with its error. `None` where there are no values.
    pub fn quantile(&self, level: f64) -> Option<Estimate> {
        let value = type_7(&self.pooled, level)?;
        let se = self.off_by(value, level);
        Some(Estimate { value: value / self.unit, se: se.map(|se| se / self.unit) })
    }

    /// The standard error of a quantile: the scrambles say how far off the share of worlds below it may
    /// be, and the values at a share so much less and more how far off it is itself.
    ///
    /// Woodruff 1952, "Confidence intervals for medians and other position measures", *Journal of the
    /// American Statistical Association* 47(260). The scrambles' own quantiles would not do: each rests
    /// on a sixteenth of the worlds, and where values are whole they are often all the same.
    fn off_by(&self, value: f64, level: f64) -> Option<f64> {
        let parts: Vec<Part> = (self.scrambles.iter())
            .map(|values| Part { estimate: share_below(values, value), n: values.len() })
            .collect();
        let share = standard_error(share_below(&self.pooled, value), &parts)?;
        // No quantile is known to less than half a world.
        let reach = T_15 * share.max(0.5 / self.pooled.len() as f64);
        let ends = [type_7(&self.pooled, level - reach)?, type_7(&self.pooled, level + reach)?];
        let [below, above] = ends.map(|end| (end - value).abs());
        // Where many worlds have the same value it jumps, and the further end may be meant.
        let jumps = ends.iter().any(|&end| times(&self.pooled, end) > 1);
        let half =
            if jumps { below.max(above) } else { ((below * below + above * above) / 2.0).sqrt() };
        Some(half / T_15)
    }
}

/// How often a value stands among sorted ones.
fn times(sorted: &[f64], value: f64) -> usize {
    sorted.partition_point(|&x| x <= value) - sorted.partition_point(|&x| x < value)
}

/// The share of sorted values below one, with half of those that are the same.
fn share_below(sorted: &[f64], value: f64) -> f64 {
    let below = sorted.partition_point(|&x| x < value);
    let up_to = sorted.partition_point(|&x| x <= value);
    (below + up_to) as f64 / (2 * sorted.len()) as f64
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
        // Half of the 16 scrambles lie below 8.5: the share's error is that of 16 coins, 1/sqrt(60)
        // as a sample, and from one value to the next is a 15th of the way.
        assert!((statistic.p50().se.unwrap() - 15.0 / 60.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn a_quantile_of_whole_values_owns_up_to_the_next_one() {
        // Three in four worlds have 0 people, so that the 75th percentile may as well be 1.
        let statistic = statistic((0..1_024).map(|i| i64::from(i % 64 >= 48)));
        let p75 = statistic.quantiles[4];
        let half = p75.se.unwrap() * T_15;
        assert!(p75.value - half <= 0.0 && p75.value + half >= 1.0, "{p75:?}");
        // Far from the jump nobody doubts it.
        assert_eq!(statistic.p10(), Estimate { value: 0.0, se: Some(0.0) });
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
