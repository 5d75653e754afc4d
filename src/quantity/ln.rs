//! A natural logarithm that a compiler can compute for many numbers side by side.

use std::f64::consts::LN_2;

/// The bits of 1 and of the square root of 1/2.
const ONE: u64 = 1.0_f64.to_bits();
const ROOT_OF_HALF: u64 = std::f64::consts::FRAC_1_SQRT_2.to_bits();
const FRACTION: u64 = (1 << 52) - 1;
/// 2^52, whose last bits hold a small whole number.
const WHOLE: f64 = 4_503_599_627_370_496.0;

/// The natural logarithm of a positive normal number, within two units of the last place.
///
/// With x = m 2^k and m between the roots of 1/2 and 2, ln x = k ln 2 + 2 artanh s where
/// s = (m - 1)/(m + 1), and artanh s = s + s^3/3 + s^5/5 + ... (DLMF 4.6.4), of which eleven terms
/// are enough for |s| < 0.172. It has no branch and no table, so that a loop over it becomes one
/// over whole registers, and only operations whose result every processor rounds alike.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let shifted = x.to_bits().wrapping_add(ONE - ROOT_OF_HALF);
    let k = f64::from_bits(WHOLE.to_bits() | (shifted >> 52)) - (WHOLE + 1023.0);
    let m = f64::from_bits((shifted & FRACTION) + ROOT_OF_HALF);
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let w = z * z;
    let q = w * w;
    // Pairs of terms side by side, so that none waits long for another.
    let a = 1.0 / 3.0 + z * (1.0 / 5.0) + w * (1.0 / 7.0 + z * (1.0 / 9.0));
    let b = 1.0 / 11.0 + z * (1.0 / 13.0) + w * (1.0 / 15.0 + z * (1.0 / 17.0));
    let c = 1.0 / 19.0 + z * (1.0 / 21.0);
    k * LN_2 + (2.0 * s + 2.0 * s * z * (a + q * (b + q * c)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Key;

    #[test]
    fn it_is_the_library_s_logarithm_but_for_the_last_digit() {
        let stream = Key::seed(1).stream();
        let some = (0..200_000).map(|index| stream.uniform(index));
        let powers = (-1000..1000).map(|power| libm::exp2(f64::from(power)));
        let near = (-60..60).map(|i| 1.0 + f64::from(i) * f64::EPSILON);
        for x in some.chain(powers).chain(near).chain([f64::MIN_POSITIVE, f64::MAX]) {
            let (ours, theirs) = (ln(x), libm::log(x));
            let allowed = 2.0 * f64::EPSILON * theirs.abs();
            assert!((ours - theirs).abs() <= allowed, "ln {x} is {theirs}, and ours {ours}");
        }
    }
}
