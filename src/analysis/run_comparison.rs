//! Two runs beside each other: the same metrics, and what they differ by.

use super::comparison::{COMPARED, differences};
use super::sample::{Estimate, Sample};
use crate::ensemble::{Column, Columns, Outline};
use crate::model::Metric;

/// Whether two runs met the same worlds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worlds {
    /// One seed: replicate i of one run is paired with replicate i of the other.
    Same,
    /// Two seeds: the errors of both runs are added in quadrature.
    Different,
}

/// Two runs' figures for the whole programme.
#[derive(Clone, Debug, PartialEq)]
pub struct RunComparison {
    /// Whether they were paired.
    pub worlds: Worlds,
    /// Options that both runs have, in the order of the first.
    pub options: Vec<OptionPair>,
    /// Options that only one of them has.
    pub alone: Vec<String>,
}

/// One option in both runs.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionPair {
    /// The option's name.
    pub name: String,
    /// One for each compared metric that both runs have.
    pub figures: Vec<PairedFigure>,
}

/// One metric in both runs.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedFigure {
    /// Which metric.
    pub metric: Metric,
    /// The first run's mean.
    pub first: Option<Estimate>,
    /// The second run's mean.
    pub second: Option<Estimate>,
    /// The second minus the first.
    pub difference: Option<Estimate>,
}

impl RunComparison {
    /// Sets `second` beside `first`. They met the same worlds if they have the same seed; where one
    /// has more replicates, as many are paired as both have.
    ///
    /// # Errors
    ///
    /// Where a column cannot be read.
    pub fn new<C: Columns>(first: &C, second: &C) -> Result<Self, C::Error> {
        let (a, b) = (first.outline(), second.outline());
        let worlds = if a.seed == b.seed { Worlds::Same } else { Worlds::Different };
        let only_in = |a: &Outline, b: &Outline| {
            let names = a.options.iter().map(|option| option.name.clone());
            names.filter(|name| b.option(name).is_none()).collect::<Vec<_>>()
        };
        let mut options = Vec::new();
        for (index, option) in a.options.iter().enumerate() {
            let other = b.option(&option.name).and_then(|other| b.programme(other));
            let Some((at, other)) = a.programme(index).zip(other) else { continue };
            let mut figures = Vec::new();
            for name in COMPARED {
                let one = first.metric_named(&a, at, name)?;
                let other = second.metric_named(&b, other, name)?;
                figures.extend(one.zip(other).map(|(one, other)| figure(&one, &other, worlds)));
            }
            options.push(OptionPair { name: option.name.clone(), figures });
        }
        let alone = [only_in(&a, &b), only_in(&b, &a)].concat();
        Ok(RunComparison { worlds, options, alone })
    }
}

fn figure(first: &Column, second: &Column, worlds: Worlds) -> PairedFigure {
    let (a, b) = (Sample::of(first).mean(), Sample::of(second).mean());
    let difference = match worlds {
        Worlds::Same => differences(second, first).mean(),
        Worlds::Different => a.zip(b).map(|(a, b)| b.less(a)),
    };
    PairedFigure { metric: first.metric.clone(), first: a, second: b, difference }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;
    use crate::ensemble::Results;

    fn plans(comparison: &RunComparison) -> PairedFigure {
        let figures = &comparison.options[0].figures;
        figures.iter().find(|figure| figure.metric.name == "plans").unwrap().clone()
    }

    #[test]
    fn a_run_does_not_differ_from_itself() {
        let run = synthetic::three_options(128);
        let comparison = RunComparison::new(&run, &run).unwrap();
        assert_eq!(comparison.worlds, Worlds::Same);
        assert_eq!(plans(&comparison).difference, Some(Estimate { value: 0.0, se: Some(0.0) }));
    }

    #[test]
    fn runs_of_two_seeds_are_not_paired() {
        let run = synthetic::three_options(128);
        let other = Results { seed: 2, ..run.clone() };
        let comparison = RunComparison::new(&run, &other).unwrap();
        assert_eq!(comparison.worlds, Worlds::Different);
        let figure = plans(&comparison);
        let expected = figure.first.unwrap().se.unwrap() * std::f64::consts::SQRT_2;
        assert!((figure.difference.unwrap().se.unwrap() - expected).abs() < 1e-12);
    }

    #[test]
    fn a_longer_run_is_paired_as_far_as_the_shorter_goes() {
        let (short, long) = (synthetic::three_options(128), synthetic::three_options(256));
        let figure = plans(&RunComparison::new(&short, &long).unwrap());
        assert_eq!(figure.difference, Some(Estimate { value: 0.0, se: Some(0.0) }));
    }

    #[test]
    fn options_of_one_run_only_are_named() {
        let run = synthetic::three_options(32);
        let mut other = run.clone();
        other.options[0].name = "Volunteers".to_owned();
        let comparison = RunComparison::new(&run, &other).unwrap();
        assert_eq!(comparison.alone, ["In-house", "Volunteers"]);
        assert_eq!(comparison.options.len(), 2);
    }
}
