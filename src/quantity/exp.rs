//! An exponential function that is inlined, for what is computed for every person.

use std::f64::consts::LOG2_E;

/// The first 21 bits of ln 2, so that small multiples of it are exact, and the rest.
const LN_2: (f64, f64) = (0.693_146_705_627_441_4, 4.749_325_039_031_672_6e-7);
/// Adding and taking away 1.5 x 2^52 leaves the nearest whole number.
const WHOLE: f64 = 6_755_399_441_055_744.0;

/// e to the power x, within two units of the last place.
///
/// With x = k ln 2 + r and |r| <= ln 2/2, e^x = 2^k e^r, and e^r = 1 + r + r^2/2! + ... (DLMF 4.2.19), of
/// which fourteen terms are enough. Like `ln` it has only operations whose result
/// every processor rounds alike. What is far out is left to the library.
#[inline]
pub fn exp(x: f64) -> f64 {
    if x.is_nan() || x.abs() > 700.0 {
        return libm::exp(x);
    }
    let k = (x * LOG2_E + WHOLE) - WHOLE;
    let r = (x - k * LN_2.0) - k * LN_2.1;
    let z = r * r;
    let w = z * z;
    // 1/n! for even and for odd n, in pairs that are computed side by side.
    let even = (1.0 / 2.0 + z * (1.0 / 24.0))
        + w * ((1.0 / 720.0 + z * (1.0 / 40_320.0))
            + w * ((1.0 / 3_628_800.0) + z * (1.0 / 479_001_600.0)));
    let odd = (1.0 / 6.0 + z * (1.0 / 120.0))
        + w * ((1.0 / 5_040.0 + z * (1.0 / 362_880.0))
            + w * (1.0 / 39_916_800.0 + z * (1.0 / 6_227_020_800.0)));
    let power = f64::from_bits(((k as i64 + 1023) as u64) << 52);
    power * (1.0 + (r + z * (even + r * odd)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_library_s_exponential_but_for_the_last_digit() {
        let near = (-100_000..100_000).map(|i| f64::from(i) * 1e-5);
        let far = (-74_000..71_000).map(|i| f64::from(i) * 0.0101);
        for x in near.chain(far).chain([0.0, f64::NEG_INFINITY, f64::INFINITY]) {
            let (ours, theirs) = (exp(x), libm::exp(x));
            let allowed = 2.0 * f64::EPSILON * theirs;
            assert!(ours == theirs || (ours - theirs).abs() <= allowed, "{x}: {ours}, {theirs}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(f64::NAN).is_nan());
    }
}
