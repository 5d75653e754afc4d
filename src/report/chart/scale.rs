//! From values to pixels, with ticks at round numbers.

/// A range of values on a range of pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    from: i32,
    to: i32,
}

impl Scale {
    /// The values between `low` and `high` on the pixels between `from` and `to`. Where the two values
    /// are the same, or are none, the scale has a width of one.
    pub fn new((low, high): (f64, f64), (from, to): (i32, i32)) -> Self {
        let low = if low.is_finite() { low } else { 0.0 };
        let high = if high.is_finite() && high > low { high } else { low + 1.0 };
        Scale { low, high, from, to }
    }

    /// Where a value stands; one outside the range at its end.
    pub fn at(&self, value: f64) -> i32 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + libm::round(share * f64::from(self.to - self.from)) as i32
    }

    /// At most `most` round values within the range.
    pub fn ticks(&self, most: usize) -> Vec<f64> {
        let step = step((self.high - self.low) / most.max(1) as f64);
        let first = libm::ceil(self.low / step - 1e-9);
        (0..=most)
            .map(|tick| (first + tick as f64) * step)
            .take_while(|&tick| tick <= self.high + step * 1e-9)
            .collect()
    }
}

/// The next of 1, 2, 2.5 or 5 times a power of ten.
pub fn step(least: f64) -> f64 {
    if !(least > 0.0 && least.is_finite()) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(least)));
    let steps = [1.0, 2.0, 2.5, 5.0].map(|times| times * power);
    steps.into_iter().find(|&step| step >= least * (1.0 - 1e-9)).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_within_the_range() {
        let scale = Scale::new((0.0, 536.0), (0, 100));
        assert_eq!(scale.ticks(5), [0.0, 200.0, 400.0]);
        assert_eq!(
            Scale::new((-120_000.0, 30_000.0), (0, 100)).ticks(4),
            [-100_000.0, -50_000.0, 0.0]
        );
        assert_eq!(scale.at(0.0), 0);
        assert_eq!(scale.at(268.0), 50);
        assert_eq!(scale.at(1e300), 100);
        assert_eq!(Scale::new((3.0, 3.0), (0, 10)).at(3.0), 0);
        assert_eq!(Scale::new((f64::NAN, f64::INFINITY), (0, 10)).ticks(2), [0.0, 0.5, 1.0]);
    }
}
