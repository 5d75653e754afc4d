//! How an amount is spread over the worlds, in bins that all options share.

use super::quantile::type_7;
use super::sample::Sample;
use crate::ensemble::Columns;

/// At most so many bins; the first and the last also hold what lies beyond them.
const MOST_BINS: f64 = 24.0;

/// One metric of the whole programme under every option.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// The metric's name.
    pub metric: String,
    /// Where the first bin begins: pounds for money.
    pub from: f64,
    /// How wide each bin is, in the same unit.
    pub width: f64,
    /// Every option with the share of its worlds in each bin.
    pub options: Vec<(String, Vec<f64>)>,
}

/// How a metric is spread; `None` where no world has a value, or all have the same.
///
/// # Errors
///
/// Where a column cannot be read.
pub fn histogram<C: Columns>(columns: &C, metric: &str) -> Result<Option<Histogram>, C::Error> {
    let outline = columns.outline();
    let mut options = Vec::new();
    for (index, option) in outline.options.iter().enumerate() {
        let Some(programme) = outline.programme(index) else { continue };
        let Some(column) = columns.metric_named(&outline, programme, metric)? else { continue };
        let sample = Sample::of(&column);
        let unit = sample.unit();
        let values = sample.scrambles().iter().flatten().map(|value| value / unit);
        options.push((option.name.clone(), values.collect()));
    }
    Ok(binned(metric, options))
}

fn binned(metric: &str, mut options: Vec<(String, Vec<f64>)>) -> Option<Histogram> {
    options.iter_mut().for_each(|(_, values)| values.sort_unstable_by(f64::total_cmp));
    let ends = |level| options.iter().filter_map(move |(_, values)| type_7(values, level));
    let low = ends(0.005).min_by(f64::total_cmp)?;
    let high = ends(0.995).max_by(f64::total_cmp)?;
    if low == high {
        return None;
    }
    let width = whole_width((high - low) / MOST_BINS);
    let from = libm::floor(low / width) * width;
    let bins = (libm::floor((high - from) / width) as usize).min(2 * MOST_BINS as usize) + 1;
    let shares = |values: &[f64]| {
        let mut shares = vec![0.0; bins];
        for value in values {
            let bin = libm::floor((value - from) / width).max(0.0) as usize;
            shares[bin.min(bins - 1)] += 1.0 / values.len() as f64;
        }
        shares
    };
    Some(Histogram {
        metric: metric.to_owned(),
        from,
        width,
        options: options.iter().map(|(name, values)| (name.clone(), shares(values))).collect(),
    })
}

/// The next of 1, 2 or 5 times a power of ten; 1 where nothing differs.
fn whole_width(least: f64) -> f64 {
    if !(least > 0.0 && least.is_finite()) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(least)));
    [1.0, 2.0, 5.0]
        .map(|times| times * power)
        .into_iter()
        .find(|&w| w >= least)
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;

    #[test]
    fn every_world_is_in_one_bin_of_its_option() {
        let found = histogram(&synthetic::three_options(256), "unclaimed").unwrap().unwrap();
        assert_eq!(found.options.len(), 3);
        for (option, shares) in &found.options {
            assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{option}");
            assert_eq!(shares.len(), found.options[0].1.len());
        }
        assert!(found.options[0].1.len() <= 49);
    }

    #[test]
    fn bins_begin_at_round_numbers_and_the_last_holds_what_lies_beyond() {
        let values = (0..1_000).map(f64::from).chain([1e9]).collect();
        let found = binned("cost", vec![("A".to_owned(), values)]).unwrap();
        assert_eq!((found.from, found.width), (0.0, 50.0));
        assert_eq!(found.options[0].1.len(), 20);
    }

    #[test]
    fn where_nothing_differs_or_nothing_is_there_is_nothing_to_show() {
        assert_eq!(binned("repaid", vec![("A".to_owned(), vec![0.0; 5])]), None);
        assert_eq!(binned("repaid", vec![("A".to_owned(), Vec::new())]), None);
    }
}
