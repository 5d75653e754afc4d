//! When a run without a stated number of replicates has enough of them.

use super::sample::Sample;
use super::scramble::SCRAMBLES;
use crate::ensemble::{OptionColumns, Results};

/// Replicates before the first look.
pub const FIRST_LOOK: u64 = 1_024;
/// Replicates after which a run stops whatever its precision.
pub const LAST_LOOK: u64 = 65_536;
/// The standard error asked for of each option's chance of the target: half a percentage point.
pub const CHANCE_SE: f64 = 0.005;
/// The standard error asked for of each option's mean plans, relative to the mean: 0.5%.
pub const PLANS_RELATIVE_SE: f64 = 0.005;

/// The precision that a run has reached: the worst over its options, for the whole programme.
///
/// A locality's own chances are not asked for: ten of them would cost many times the replicates
/// for figures that no decision of the programme rests on. Their errors are printed all the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// Largest standard error of an option's chance of the target.
    pub chance_se: f64,
    /// Largest standard error of an option's mean plans, over that mean.
    pub plans_relative_se: f64,
}

impl Precision {
    /// Of a run as far as it has come. `None` where an option lacks the metrics `target_met` and
    /// `plans` or has too few replicates for an error.
    pub fn of(results: &Results) -> Option<Self> {
        let start = Precision { chance_se: 0.0, plans_relative_se: 0.0 };
        results.options.iter().try_fold(start, |worst, option| {
            let (chance_se, plans_relative_se) = errors(option)?;
            Some(Precision {
                chance_se: worst.chance_se.max(chance_se),
                plans_relative_se: worst.plans_relative_se.max(plans_relative_se),
            })
        })
    }

    /// Whether it is below what is asked for.
    pub fn met(&self) -> bool {
        self.chance_se < CHANCE_SE && self.plans_relative_se < PLANS_RELATIVE_SE
    }
}

fn errors(option: &OptionColumns) -> Option<(f64, f64)> {
    let programme = option.programme()?;
    let chance = Sample::of(programme.metric("target_met")?).mean()?.se?;
    let plans = Sample::of(programme.metric("plans")?).mean()?;
    // No plans in any world: nothing is uncertain about that mean.
    let relative = if plans.se? == 0.0 { 0.0 } else { plans.se? / plans.value };
    Some((chance, relative))
}

/// A run's looks at itself: it stops when two running meet the precision.
#[derive(Clone, Copy, Debug, Default)]
pub struct Looks {
    met_before: bool,
}

impl Looks {
    /// Looks at a run as far as it has come. The number of replicates at which to look again, or
    /// `None` if the run is done.
    pub fn look(&mut self, results: &Results) -> Option<u64> {
        let met = Precision::of(results).is_some_and(|precision| precision.met());
        let done = met && self.met_before;
        self.met_before = met;
        if done { None } else { next_look(results.replicates) }
    }
}

/// The number of replicates at the first look after `replicates`; `None` after the last.
/// Looks are at 1,024, 2,048, 4,096 ... 65,536.
pub fn next_look(replicates: u64) -> Option<u64> {
    let mut looks = std::iter::successors(Some(FIRST_LOOK), |look| Some(look * 2));
    looks.find(|&look| look > replicates || look >= LAST_LOOK).filter(|&look| look > replicates)
}

/// A number of replicates rounded up to whole scrambles.
pub fn whole_scrambles(replicates: u64) -> u64 {
    replicates.div_ceil(SCRAMBLES as u64).saturating_mul(SCRAMBLES as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;

    #[test]
    fn looks_double_from_1024_to_65536() {
        assert_eq!(next_look(0), Some(1_024));
        assert_eq!(next_look(1_024), Some(2_048));
        assert_eq!(next_look(1_500), Some(2_048));
        assert_eq!(next_look(32_768), Some(65_536));
        assert_eq!(next_look(65_536), None);
        assert_eq!(next_look(100_000), None);
    }

    #[test]
    fn replicates_are_rounded_up_to_whole_scrambles() {
        assert_eq!((whole_scrambles(1), whole_scrambles(16), whole_scrambles(17)), (16, 16, 32));
    }

    #[test]
    fn a_run_without_spread_stops_at_its_second_look() {
        let mut looks = Looks::default();
        assert_eq!(looks.look(&synthetic::constant(1_024)), Some(2_048));
        assert_eq!(looks.look(&synthetic::constant(2_048)), None);
    }

    #[test]
    fn a_look_that_fails_starts_the_count_again() {
        let mut looks = Looks::default();
        assert_eq!(looks.look(&synthetic::constant(1_024)), Some(2_048));
        // 64 replicates of the noisy case are far from enough, whatever came before.
        assert_eq!(looks.look(&synthetic::three_options(64)), Some(1_024));
        assert_eq!(looks.look(&synthetic::constant(4_096)), Some(8_192));
        assert_eq!(looks.look(&synthetic::constant(8_192)), None);
    }

    #[test]
    fn nothing_to_measure_is_not_precise() {
        let mut results = synthetic::constant(1_024);
        results.options[0].places[1].metrics.retain(|column| column.metric.name != "target_met");
        assert_eq!(Precision::of(&results), None);
        assert_eq!(Looks::default().look(&results), Some(2_048));
    }
}
