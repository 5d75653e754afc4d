//! Which uncertain inputs matter most.

use rayon::prelude::*;

use super::sample::Estimate;
use super::scramble::{Part, SCRAMBLES, scramble_of, standard_error};
use crate::ensemble::{Columns, Outline};

/// The outcomes whose drivers a run is shown with.
pub const EXPLAINED: [&str; 2] = ["plans", "shortfall"];
/// How many inputs are named for each.
pub const MOST: usize = 5;

/// One uncertain input and how strongly an outcome goes with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// The input's path in the scenario.
    pub path: String,
    /// Spearman's rank correlation, from -1 to 1, with its standard error.
    pub correlation: Estimate,
}

/// The inputs that matter most to one outcome under one option.
#[derive(Clone, Debug, PartialEq)]
pub struct Drivers {
    /// The option's name.
    pub option: String,
    /// The outcome: a metric of the whole programme.
    pub metric: String,
    /// The strongest first, at most [`MOST`].
    pub strongest: Vec<Driver>,
}

/// The drivers of every outcome of [`EXPLAINED`] under every option, for the whole programme.
///
/// Inputs that a scenario has tied together share each other's correlation. An outcome that does
/// not differ between worlds, or has no value in some, has no drivers.
///
/// # Errors
///
/// Where a column cannot be read.
pub fn drivers<C: Columns>(columns: &C) -> Result<Vec<Drivers>, C::Error> {
    let outline = columns.outline();
    let outcomes = outcomes(columns, &outline)?;
    // Every outcome's ranks are held, and one input's for each thread.
    let found: Result<Vec<Vec<Option<Estimate>>>, C::Error> = (0..outline.inputs.len())
        .into_par_iter()
        .map(|input| {
            let ranks = ranks(&columns.input(input)?.values);
            Ok(outcomes.iter().map(|outcome| correlation(&ranks, &outcome.ranks)).collect())
        })
        .collect();
    let found = found?;
    let drivers = outcomes.into_iter().enumerate().map(|(index, outcome)| Drivers {
        option: outcome.option,
        metric: outcome.metric.to_owned(),
        strongest: strongest(&outline.inputs, found.iter().map(|outcomes| outcomes[index])),
    });
    Ok(drivers.collect())
}

/// An outcome of the whole programme under one option, ranked over the worlds.
pub(super) struct Outcome {
    pub option: String,
    pub metric: &'static str,
    /// Empty where some world has no value.
    pub ranks: Vec<f64>,
}

/// Every outcome of [`EXPLAINED`] under every option that has it.
pub(super) fn outcomes<C: Columns>(
    columns: &C,
    outline: &Outline,
) -> Result<Vec<Outcome>, C::Error> {
    let mut outcomes = Vec::new();
    for (index, option) in outline.options.iter().enumerate() {
        let Some(programme) = outline.programme(index) else { continue };
        for metric in EXPLAINED {
            let Some(column) = columns.metric_named(outline, programme, metric)? else { continue };
            let values: Option<Vec<f64>> =
                (0..column.data.len()).map(|replicate| column.data.get(replicate)).collect();
            let ranks = ranks(&values.unwrap_or_default());
            outcomes.push(Outcome { option: option.name.clone(), metric, ranks });
        }
    }
    Ok(outcomes)
}

fn strongest(
    inputs: &[String],
    correlations: impl Iterator<Item = Option<Estimate>>,
) -> Vec<Driver> {
    let mut drivers: Vec<Driver> = (inputs.iter().zip(correlations))
        .filter_map(|(path, found)| Some(Driver { path: path.clone(), correlation: found? }))
        .collect();
    // A stable sort: equals keep the order of the file.
    drivers.sort_by(|a, b| b.correlation.value.abs().total_cmp(&a.correlation.value.abs()));
    drivers.truncate(MOST);
    drivers
}

/// Ranks from 1, ties sharing their average rank (Spearman 1904, "The proof and measurement of
/// association between two things", *American Journal of Psychology* 15).
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    let value = |i: u32| values[i as usize];
    order.sort_unstable_by(|&a, &b| value(a).total_cmp(&value(b)));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    for tied in order.chunk_by(|&a, &b| value(a) == value(b)) {
        let shared = first as f64 + (tied.len() + 1) as f64 / 2.0;
        tied.iter().for_each(|&i| ranks[i as usize] = shared);
        first += tied.len();
    }
    ranks
}

/// The correlation of two columns of ranks, and its error from the correlations that the scrambles
/// have by themselves. `None` where either is constant.
pub fn correlation(xs: &[f64], ys: &[f64]) -> Option<Estimate> {
    if xs.len() != ys.len() {
        return None;
    }
    let mut scrambles = [Moments::default(); SCRAMBLES];
    let centre = (xs.len() + 1) as f64 / 2.0;
    for (replicate, (x, y)) in xs.iter().zip(ys).enumerate() {
        scrambles[scramble_of(replicate)].add(x - centre, y - centre);
    }
    let mut pooled = Moments::default();
    scrambles.iter().for_each(|scramble| pooled.merge(scramble));
    let value = pooled.correlation()?;
    let parts: Vec<Part> = scrambles
        .iter()
        .filter_map(|s| Some(Part { estimate: s.correlation()?, n: s.n }))
        .collect();
    Some(Estimate { value, se: standard_error(value, &parts) })
}

/// Sums of products about a centre common to all.
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    n: usize,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Moments {
    fn add(&mut self, x: f64, y: f64) {
        self.merge(&Moments { n: 1, x, y, xx: x * x, xy: x * y, yy: y * y });
    }

    fn merge(&mut self, other: &Moments) {
        self.n += other.n;
        self.x += other.x;
        self.y += other.y;
        self.xx += other.xx;
        self.xy += other.xy;
        self.yy += other.yy;
    }

    fn correlation(&self) -> Option<f64> {
        let n = self.n as f64;
        let within = |product: f64, a: f64, b: f64| product - a * b / n;
        let (xx, yy) = (within(self.xx, self.x, self.x), within(self.yy, self.y, self.y));
        // Two points always lie on a line: they say nothing.
        (self.n > 2 && xx > 0.0 && yy > 0.0)
            .then(|| (within(self.xy, self.x, self.y) / (xx * yy).sqrt()).clamp(-1.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;

    #[test]
    fn ties_share_their_average_rank() {
        assert_eq!(ranks(&[10.0, 30.0, 20.0, 20.0]), [1.0, 4.0, 2.5, 2.5]);
        assert_eq!(ranks(&[]), Vec::<f64>::new());
    }

    #[test]
    fn any_rising_curve_has_a_rank_correlation_of_one() {
        let xs: Vec<f64> = (0..160).map(|i| f64::from(i * 7 % 160)).collect();
        let ys: Vec<f64> = xs.iter().map(|x| libm::exp(x / 10.0)).collect();
        let rising = correlation(&ranks(&xs), &ranks(&ys)).unwrap();
        assert!((rising.value - 1.0).abs() < 1e-12 && rising.se.unwrap() < 1e-12, "{rising:?}");
        let falling: Vec<f64> = ys.iter().map(|y| -y).collect();
        assert!((correlation(&ranks(&xs), &ranks(&falling)).unwrap().value + 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_short_list_has_the_correlation_worked_by_hand() {
        // Squared rank differences 1, 1, 1, 1, 0: 1 - 6 x 4/(5 x 24) = 0.8.
        let found = correlation(&[1.0, 2.0, 3.0, 4.0, 5.0], &[2.0, 1.0, 4.0, 3.0, 5.0]).unwrap();
        assert!((found.value - 0.8).abs() < 1e-12);
    }

    #[test]
    fn a_constant_goes_with_nothing() {
        assert_eq!(correlation(&ranks(&[3.0; 32]), &ranks(&[1.0; 32])), None);
    }

    #[test]
    fn the_planted_input_is_found_and_noise_is_within_its_error() {
        let results = synthetic::three_options(2_048);
        let found = drivers(&results).unwrap();
        let plans = found.iter().find(|d| d.option == "Hybrid" && d.metric == "plans").unwrap();
        assert_eq!(plans.strongest[0].path, synthetic::DEMAND);
        let demand = plans.strongest[0].correlation;
        assert!(demand.value > 0.5 && demand.value / demand.se.unwrap() > 10.0, "{demand:?}");
        for noise in plans.strongest.iter().filter(|driver| driver.path.starts_with("noise")) {
            let Estimate { value, se } = noise.correlation;
            assert!(value.abs() < 4.0 * se.unwrap(), "{noise:?}");
        }
    }
}
