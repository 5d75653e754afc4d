//! The inverse of a distribution function that is smooth on a log or log-odds scale.

/// What is known at a point t of a distribution whose density g(t) has a concave logarithm.
pub(super) struct Tail {
    /// Whether the tail is the chance above t; else it is the chance below.
    pub upper: bool,
    /// Logarithm of the tail's chance.
    pub ln: f64,
    /// Density over the tail's chance.
    pub pull: f64,
    /// First derivative of ln g.
    pub slope: f64,
    /// Second derivative of ln g.
    pub bend: f64,
}

/// Rounds after which the answer stands as it is. Bisection alone would need about 60.
const ROUNDS: usize = 200;

/// The t at which the distribution function is `u`, between `low` and `high`, from a first guess.
///
/// Steps along the logarithm of the nearer tail G = ln F, whose derivatives are
///
/// ```text
/// G' = r,  G'' = r s,  G''' = r (s (s - r) + b)     r = g/F,  s = (ln g)' - r,  b = (ln g)''
/// ```
///
/// so that the inverse series, with d = (target - G)/r, is
/// t + d - s d^2/2 + (2 s^2 + s r - b) d^3/6 + O(d^4). G is concave, so plain steps (taken while the
/// series is no help) approach from one side; a bracket catches whatever else can happen.
pub(super) fn solve(
    u: f64,
    guess: f64,
    (mut low, mut high): (f64, f64),
    tail: impl Fn(f64) -> Tail,
) -> f64 {
    // Bounds that meet to the last digit may have crossed.
    if !(low < high) {
        return 0.5 * (low + high);
    }
    let mut t = guess.clamp(low, high);
    for _ in 0..ROUNDS {
        let here = tail(t);
        let (sign, target) = if here.upper { (-1.0, libm::log1p(-u)) } else { (1.0, libm::log(u)) };
        let plain = (target - here.ln) / here.pull;
        let s = sign * here.slope - here.pull;
        let scale = plain.abs() * (1.0 + s.abs() + here.pull);
        let step = if scale < 0.5 {
            let third = (2.0 * s * s + s * here.pull - here.bend) / 6.0;
            plain * (1.0 + plain * (third * plain - 0.5 * s))
        } else {
            plain
        };
        // What is left out is of the fourth power.
        if scale < 1e-3 {
            return t + sign * step;
        }
        if (sign * step) > 0.0 {
            low = t
        } else {
            high = t
        }
        let next = t + sign * step;
        t = if next > low && next < high { next } else { 0.5 * (low + high) };
    }
    t
}
