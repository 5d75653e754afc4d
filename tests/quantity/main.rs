//! What a number is, as seen from outside: distributions against independent references.

#![expect(
    clippy::disallowed_methods,
    reason = "a reference need not give the same bits on every platform"
)]

#[path = "../common/evidence.rs"]
mod evidence;
mod families;
mod moments;
mod parameters;
mod samples;
mod tables;

use workcast::quantity::{Family, Quantile, Scale};

/// Chances from one in a thousand million to its complement.
pub fn chances() -> Vec<f64> {
    let mut chances = vec![0.5];
    for power in 1..=9 {
        for digit in [1.0, 2.0, 4.0] {
            let tail = digit / 10_f64.powi(power);
            chances.extend([tail, 1.0 - tail]);
        }
    }
    chances.sort_by(f64::total_cmp);
    chances
}

pub fn pert(least: f64, likely: f64, most: f64) -> Family {
    Family::Pert { least, likely, most }
}

pub fn triangular(least: f64, likely: f64, most: f64) -> Family {
    Family::Triangular { least, likely, most }
}

pub fn uniform(least: f64, most: f64) -> Family {
    Family::Uniform { least, most }
}

pub fn nine_in_ten(low: f64, high: f64, scale: Scale) -> Family {
    Family::NineInTen { low, high, scale }
}

pub fn three_point([p10, p50, p90]: [f64; 3], scale: Scale) -> Family {
    Family::ThreePoint { p10, p50, p90, scale }
}

pub fn normal(mean: f64, sd: f64, low: f64, high: f64) -> Family {
    Family::Normal { mean, sd, low, high }
}

/// The quantile function of a family that has one.
pub fn quantile(family: &Family) -> Quantile {
    family.prepare().unwrap_or_else(|error| panic!("{family:?}: {error}"))
}
