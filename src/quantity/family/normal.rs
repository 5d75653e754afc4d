//! The standard normal distribution, and the normal distribution cut to a range.

use std::f64::consts::FRAC_1_SQRT_2;

use super::error::{FamilyError, finite, spread};
use super::quantile::Quantile;

/// The chance that a standard normal variable is at most `z`.
pub fn cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// The standard normal quantile of `u` in (0, 1).
///
/// Wichura, M. J. (1988). Algorithm AS 241: The percentage points of the normal distribution.
/// Journal of the Royal Statistical Society C 37(3), 477-484, routine PPND16: about 1 part in 10^16.
#[inline]
pub fn quantile(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * polynomial(r, &CENTRE.0) / polynomial(r, &CENTRE.1);
    }
    let tail = if q < 0.0 { u } else { 1.0 - u };
    let r = (-libm::log(tail)).sqrt();
    let z = if r <= 5.0 {
        polynomial(r - 1.6, &MIDDLE.0) / polynomial(r - 1.6, &MIDDLE.1)
    } else {
        polynomial(r - 5.0, &FAR.0) / polynomial(r - 5.0, &FAR.1)
    };
    if q < 0.0 { -z } else { z }
}

/// c0 + c1 x + ... + c7 x^7, in two interleaved halves, which a processor computes side by side.
#[inline]
fn polynomial(x: f64, c: &[f64; 8]) -> f64 {
    let square = x * x;
    let even = ((c[6] * square + c[4]) * square + c[2]) * square + c[0];
    let odd = ((c[7] * square + c[5]) * square + c[3]) * square + c[1];
    odd * x + even
}

/// Numerator and denominator for |u - 1/2| <= 0.425.
#[expect(clippy::excessive_precision, reason = "as printed in the paper")]
const CENTRE: ([f64; 8], [f64; 8]) = (
    [
        3.387_132_872_796_366_608,
        133.141_667_891_784_377_45,
        1_971.590_950_306_551_442_7,
        13_731.693_765_509_461_125,
        45_921.953_931_549_871_457,
        67_265.770_927_008_700_853,
        33_430.575_583_588_128_105,
        2_509.080_928_730_122_672_7,
    ],
    [
        1.0,
        42.313_330_701_600_911_252,
        687.187_007_492_057_908_30,
        5_394.196_021_424_751_107_7,
        21_213.794_301_586_595_867,
        39_307.895_800_092_710_610,
        28_729.085_735_721_942_674,
        5_226.495_278_852_854_561_0,
    ],
);

/// Numerator and denominator for a tail down to exp(-25).
#[expect(clippy::excessive_precision, reason = "as printed in the paper")]
const MIDDLE: ([f64; 8], [f64; 8]) = (
    [
        1.423_437_110_749_683_577_34,
        4.630_337_846_156_545_295_90,
        5.769_497_221_460_691_405_50,
        3.647_848_324_763_204_605_04,
        1.270_458_252_452_368_382_58,
        0.241_780_725_177_450_611_770,
        0.022_723_844_989_269_184_583_3,
        7.745_450_142_783_414_076_40e-4,
    ],
    [
        1.0,
        2.053_191_626_637_758_821_87,
        1.676_384_830_183_803_849_40,
        0.689_767_334_985_100_004_550,
        0.148_103_976_427_480_074_590,
        0.015_198_666_563_616_457_196_6,
        5.475_938_084_995_344_946_00e-4,
        1.050_750_071_644_416_843_24e-9,
    ],
);

/// Numerator and denominator for the tail beyond.
#[expect(clippy::excessive_precision, reason = "as printed in the paper")]
const FAR: ([f64; 8], [f64; 8]) = (
    [
        6.657_904_643_501_103_777_20,
        5.463_784_911_164_114_369_90,
        1.784_826_539_917_291_335_80,
        0.296_560_571_828_504_891_230,
        0.026_532_189_526_576_123_093_0,
        1.242_660_947_388_078_438_60e-3,
        2.711_555_568_743_487_578_15e-5,
        2.010_334_399_292_288_132_65e-7,
    ],
    [
        1.0,
        0.599_832_206_555_887_937_690,
        0.136_929_880_922_735_805_310,
        0.014_875_361_290_850_614_852_5,
        7.868_691_311_456_132_591_00e-4,
        1.846_318_317_510_054_681_80e-5,
        1.421_511_758_316_445_888_70e-7,
        2.044_263_103_389_939_785_64e-15,
    ],
);

/// A normal distribution cut to a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    mean: f64,
    sd: f64,
    low: f64,
    high: f64,
    /// -1 where the range lies in the upper tail, which is then taken for the lower: a tail is
    /// known to its last digit, its complement is not.
    side: f64,
    /// Chance below the range, of the uncut distribution (seen from `side`).
    below: f64,
    /// Chance above the range.
    above: f64,
    /// Chance within the range.
    within: f64,
}

/// The narrowest range, next to the mean and sd, in which a normal distribution is drawn.
const NARROWEST: f64 = 1e-6;

/// The quantile function of a normal distribution of this mean and sd, cut to `low..high`.
///
/// # Errors
///
/// Where a parameter is not finite, the sd is negative, the range is empty or has no chance.
pub(super) fn prepare(mean: f64, sd: f64, low: f64, high: f64) -> Result<Quantile, FamilyError> {
    finite("mean", mean)?;
    let sd = spread(sd, mean)?;
    if !(low <= high) {
        return Err(FamilyError::Inverted { lower: "low", upper: "high" });
    }
    if sd == 0.0 || low == high {
        let value = if sd == 0.0 { mean } else { low };
        let inside = value.is_finite() && low <= value && value <= high;
        return if inside { Ok(Quantile::Fixed(value)) } else { Err(FamilyError::NothingLeft) };
    }
    let side = if mean < low { -1.0 } else { 1.0 };
    let (left, right) = ((low - mean) / sd, (high - mean) / sd);
    let (left, right) = if side < 0.0 { (-right, -left) } else { (left, right) };
    let (below, above) = (cdf(left), cdf(-right));
    let within = if right < 0.0 { cdf(right) - below } else { 1.0 - below - above };
    // Below these the chance, or a value's place in the range, has lost its digits.
    if !(within > 1e-290 && high - low > NARROWEST * (mean.abs() + sd)) {
        return Err(FamilyError::NothingLeft);
    }
    Ok(Quantile::Normal(Normal { mean, sd, low, high, side, below, above, within }))
}

impl Normal {
    pub(super) fn at(&self, u: f64) -> f64 {
        let (u, rest) = if self.side < 0.0 { (1.0 - u, u) } else { (u, 1.0 - u) };
        let lower = self.below + u * self.within;
        let z =
            if lower <= 0.5 { quantile(lower) } else { -quantile(self.above + rest * self.within) };
        (self.mean + self.side * self.sd * z).clamp(self.low, self.high)
    }

    pub(super) fn cdf(&self, x: f64) -> f64 {
        let z = self.side * (x.clamp(self.low, self.high) - self.mean) / self.sd;
        let lower = if z <= 0.0 {
            (cdf(z) - self.below) / self.within
        } else {
            1.0 - (cdf(-z) - self.above) / self.within
        };
        if self.side < 0.0 { 1.0 - lower } else { lower }
    }
}
