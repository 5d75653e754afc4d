//! How many of many runs have an interval that holds the long-run value.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::evidence;
use super::runs::{Estimates, Figure, each_run};
use super::truth::truth;
use workcast::analysis::scramble::T_15;

/// Of how many runs a figure's interval held the truth.
struct Held {
    figure: Figure,
    truth: f64,
    runs: u32,
    held: u32,
    /// Runs that claimed to know it without error though it was not what they said.
    certain_and_wrong: u32,
}

impl Held {
    fn share(&self) -> f64 {
        100.0 * f64::from(self.held) / f64::from(self.runs)
    }
}

/// Coverage of every figure over so many runs, and how many replicates each run had.
fn coverage(runs: u64, replicates: Option<u64>) -> (BTreeMap<String, Held>, Vec<u64>) {
    let truth = truth();
    let all: Mutex<BTreeMap<String, Held>> = Mutex::default();
    let sizes = each_run(runs, replicates, |estimates: Estimates| {
        let mut all = all.lock().expect("no thread has failed");
        for (name, (figure, estimate)) in estimates {
            let truth = truth[&name];
            let Some(se) = estimate.se else { continue };
            let held = all.entry(name).or_insert(Held {
                figure,
                truth,
                runs: 0,
                held: 0,
                certain_and_wrong: 0,
            });
            let off = (estimate.value - truth).abs();
            held.runs += 1;
            held.held += u32::from(off <= T_15 * se);
            held.certain_and_wrong += u32::from(se == 0.0 && off > 0.0);
        }
    });
    (all.into_inner().expect("no thread has failed"), sizes)
}

/// Least and greatest percentage, for all figures of a kind together and for each by itself.
struct Band {
    together: (f64, f64),
    each: (f64, f64),
}

/// All figures of a kind lie in the band; says how.
#[track_caller]
fn judge(all: &BTreeMap<String, Held>, band: &Band, is: impl Fn(&Held) -> bool) -> String {
    let judged: Vec<(&String, &Held)> = all.iter().filter(|(_, held)| is(held)).collect();
    assert!(!judged.is_empty());
    let (held, runs) = judged.iter().fold((0, 0), |sum, (_, h)| (sum.0 + h.held, sum.1 + h.runs));
    let together = 100.0 * f64::from(held) / f64::from(runs);
    let (least, most) = band.together;
    let shares = || judged.iter().map(|(name, held)| (held.share(), name.as_str()));
    let lowest = shares().min_by(|a, b| a.0.total_cmp(&b.0)).expect("there is one");
    let highest = shares().max_by(|a, b| a.0.total_cmp(&b.0)).expect("there is one");
    let words = format!(
        "{} figures: {together:.1}% of intervals hold the long-run value, from {:.1}% ({}) to {:.1}% ({})",
        judged.len(),
        lowest.0,
        lowest.1,
        highest.0,
        highest.1
    );
    assert!((least..=most).contains(&together), "{words}");
    let outside: Vec<_> =
        shares().filter(|(share, _)| !(band.each.0..=band.each.1).contains(share)).collect();
    assert!(outside.is_empty(), "{words}: {outside:?}");
    words
}

fn is(figure: Figure) -> impl Fn(&Held) -> bool {
    move |held| held.figure == figure
}

/// A chance that is neither all but nothing nor all but certain.
fn is_middling(held: &Held) -> bool {
    held.figure == Figure::Chance && (0.05..=0.95).contains(&held.truth)
}

/// A chance that is all but nothing or certain, and not quite.
fn is_extreme(held: &Held) -> bool {
    held.figure == Figure::Chance && !is_middling(held) && held.truth > 0.0 && held.truth < 1.0
}

#[track_caller]
fn nothing_is_certain(all: &BTreeMap<String, Held>) -> String {
    let extreme: Vec<_> = all.iter().filter(|(_, held)| is_extreme(held)).collect();
    assert!(!extreme.is_empty());
    for (name, held) in &extreme {
        assert_eq!(held.certain_and_wrong, 0, "{name}");
    }
    let least = extreme.iter().map(|(_, held)| held.share()).fold(100.0, f64::min);
    let nearest = extreme.iter().map(|(_, held)| held.truth.min(1.0 - held.truth));
    format!(
        "{} chances down to {:.2}%: none without an error, at least {least:.1}% of intervals hold it",
        extreme.len(),
        100.0 * nearest.fold(1.0, f64::min)
    )
}

#[test]
fn four_hundred_short_runs_are_honest_about_their_errors() {
    // 95% of 400 runs, give or take three standard errors.
    let (all, _) = coverage(400, Some(256));
    let band = Band { together: (92.5, 97.5), each: (91.0, 98.5) };
    judge(&all, &band, is(Figure::Mean));
    judge(&all, &band, is(Figure::Difference));
    judge(&all, &Band { each: (89.0, 99.5), ..band }, is(Figure::Quantile));
    nothing_is_certain(&all);
}

#[test]
fn an_error_that_is_a_fifth_too_small_would_be_found() {
    // 1.7 standard errors instead of 2.13 hold the truth in 89% of runs with 15 degrees of freedom: what
    // the band of two thousand runs excludes by nine of its own errors.
    let student = statrs::distribution::StudentsT::new(0.0, 1.0, 15.0).expect("it is one");
    use statrs::distribution::ContinuousCDF as _;
    let held = 2.0 * student.cdf(0.8 * T_15) - 1.0;
    assert!((2.0 * student.cdf(T_15) - 1.0 - 0.95).abs() < 1e-9);
    assert!(100.0 * held < 93.5 - 3.0 * 100.0 * (held * (1.0 - held) / 2_000.0).sqrt(), "{held}");
}

#[test]
#[ignore = "slow: about three minutes"]
fn two_thousand_runs_are_honest_about_their_errors() {
    let (all, _) = coverage(2_000, Some(1_024));
    let band = Band { together: (93.5, 96.5), each: (92.0, 97.5) };
    evidence::note("coverage-means", judge(&all, &band, is(Figure::Mean)));
    evidence::note("coverage-quantiles", judge(&all, &band, is(Figure::Quantile)));
    evidence::note("coverage-differences", judge(&all, &band, is(Figure::Difference)));
    evidence::note("coverage-chances", judge(&all, &band, is_middling));
    evidence::note("coverage-rare", nothing_is_certain(&all));
    // Where many worlds share a value the interval is at least as wide as it says.
    let wide = Band { together: (93.5, 100.0), each: (80.0, 100.0) };
    evidence::note("coverage-whole-quantiles", judge(&all, &wide, is(Figure::WholeQuantile)));
}

#[test]
#[ignore = "slow: about ten minutes"]
fn the_stopping_rule_does_not_bend_what_two_thousand_runs_say() {
    let (all, sizes) = coverage(2_000, None);
    let band = Band { together: (93.5, 96.5), each: (92.0, 97.5) };
    let mut words = vec![
        judge(&all, &band, is(Figure::Mean)),
        judge(&all, &band, is(Figure::Quantile)),
        judge(&all, &band, is(Figure::Difference)),
        judge(&all, &band, is_middling),
    ];
    let (least, most) = (sizes.iter().min(), sizes.iter().max());
    assert!(least < most, "all runs stopped at {least:?}");
    let of = |size: u64| sizes.iter().filter(|&&one| one == size).count();
    let mut looks: Vec<u64> = sizes.clone();
    looks.sort_unstable();
    looks.dedup();
    let looks: Vec<String> = looks.iter().map(|&size| format!("{} at {size}", of(size))).collect();
    words.push(format!("stopped: {}", looks.join(", ")));
    evidence::note("coverage-stopping", words.join("; "));
}
