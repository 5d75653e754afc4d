//! How far an estimate may be off: what 16 independent scrambles say about each other.

use crate::quantity::points;

/// How many independent scrambles a run has.
pub const SCRAMBLES: usize = points::SCRAMBLES as usize;

/// Student's t with 15 degrees of freedom at 97.5%: nineteen in twenty intervals of so many standard
/// errors on either side hold the truth.
pub const T_15: f64 = 2.131_449_545_559_323;

/// The scramble that a replicate belongs to.
#[inline]
pub fn scramble_of(replicate: usize) -> usize {
    replicate % SCRAMBLES
}

/// The same estimate made from one scramble alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The scramble's own estimate.
    pub estimate: f64,
    /// How many replicates it rests on.
    pub n: usize,
}

/// The standard error of a pooled estimate, from the scrambles' own estimates about it.
///
/// With k scrambles that hold a value, of n_s replicates each and n in all,
///
/// se^2 = k/(k - 1) x sum of (n_s/n)^2 (estimate_s - pooled)^2
///
/// which is the variance of a ratio over clusters (Cochran 1977, *Sampling Techniques*, chapter 6).
/// Where every scramble holds as many values it is MODEL.md's rule: the squared deviations summed,
/// over 16 x 15; for a mean that is the sd of the 16 scramble means, over 4.
///
/// `None` where fewer than two scrambles hold a value: one alone says nothing about its error.
pub fn standard_error(pooled: f64, parts: &[Part]) -> Option<f64> {
    let held = parts.iter().filter(|part| part.n > 0);
    let (k, n) = held.clone().fold((0, 0), |(k, n), part| (k + 1, n + part.n));
    if k < 2 {
        return None;
    }
    let spread: f64 = held
        .map(|part| {
            let off = part.n as f64 / n as f64 * (part.estimate - pooled);
            off * off
        })
        .sum();
    Some((spread * k as f64 / (k - 1) as f64).sqrt())
}

/// The least error that a chance of `hits` in `n` may claim: half the binomial error of
/// (hits + 1)/(n + 2), so that no hits at all is not certainty.
pub fn least_chance_error(hits: f64, n: usize) -> f64 {
    let n = n as f64;
    let chance = (hits + 1.0) / (n + 2.0);
    0.5 * (chance * (1.0 - chance) / n).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(estimates: &[f64], n: usize) -> Vec<Part> {
        estimates.iter().map(|&estimate| Part { estimate, n }).collect()
    }

    #[test]
    fn the_error_of_a_mean_is_the_sd_of_its_scramble_means_over_four() {
        // 1, 2 ... 16: mean 8.5, sd^2 = 16 x 17/12 = 22.667.
        let means: Vec<f64> = (1..=16).map(f64::from).collect();
        let error = standard_error(8.5, &parts(&means, 64)).unwrap();
        assert!((error - (272.0_f64 / 12.0).sqrt() / 4.0).abs() < 1e-12, "{error}");
    }

    #[test]
    fn a_scramble_with_fewer_values_counts_for_less() {
        let mut even = parts(&[10.0; 15], 64);
        even.push(Part { estimate: 30.0, n: 64 });
        let mut thin = parts(&[10.0; 15], 64);
        thin.push(Part { estimate: 30.0, n: 1 });
        let pooled = |parts: &[Part]| {
            let n: usize = parts.iter().map(|p| p.n).sum();
            parts.iter().map(|p| p.estimate * p.n as f64).sum::<f64>() / n as f64
        };
        let even_error = standard_error(pooled(&even), &even).unwrap();
        let thin_error = standard_error(pooled(&thin), &thin).unwrap();
        assert!(thin_error < even_error / 10.0, "{thin_error} {even_error}");
    }

    #[test]
    fn empty_scrambles_are_left_out_and_one_alone_has_no_error() {
        let mut two = parts(&[0.0; 14], 0);
        two.extend(parts(&[1.0, 3.0], 1));
        // Two values: their sd is sqrt(2), over sqrt(2).
        assert!((standard_error(2.0, &two).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(standard_error(1.0, &parts(&[1.0], 5)), None);
        assert_eq!(standard_error(0.0, &[]), None);
    }

    #[test]
    fn no_hits_at_all_is_not_certainty() {
        let error = least_chance_error(0.0, 1024);
        assert!(
            (error - 0.5 * (1.0 / 1026.0 * (1025.0 / 1026.0) / 1024.0_f64).sqrt()).abs() < 1e-15
        );
        assert!(error > 0.0);
        assert!((least_chance_error(1024.0, 1024) - error).abs() < 1e-15);
    }
}
