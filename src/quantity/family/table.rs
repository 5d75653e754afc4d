//! A quantile function as polynomials, for what is drawn for every person of every world.

use super::quantile::Quantile;

/// Coefficients of a polynomial: one line of a processor's cache.
const COEFFICIENTS: usize = 8;
/// Halvings of the tail that are tabulated: down to a chance of 2^-9 on either side.
const OCTAVES: usize = 8;
/// Cells in each of them, a power of two.
const CELLS_BITS: u32 = 2;
const CELLS: usize = OCTAVES << CELLS_BITS;
/// Bits of a number's fraction that say where in its cell it is.
const WITHIN: u32 = 52 - CELLS_BITS;
/// How far a table may be from the exact function, as a chance.
const TOLERANCE: f64 = 1e-10;

/// A quantile function, tabulated.
///
/// The smaller of u and 1 - u is looked up by the leading bits of its floating-point form, which
/// cut every halving of it into equal cells. A power of it, which is how quantile functions begin
/// and end, is as smooth in one halving as in the next. In each cell stands the polynomial through
/// the exact function at Chebyshev's points.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The exact function, for the tails beyond the cells.
    exact: Quantile,
    /// The lower half, then the upper, each from the middle of the first octave outwards.
    cells: Vec<[f64; COEFFICIENTS]>,
    /// The values where the cells end.
    low: f64,
    high: f64,
}

impl Table {
    /// The table of a quantile function; none if the function is not smooth enough for one.
    pub(super) fn new(exact: &Quantile) -> Option<Self> {
        let mut cells = Vec::with_capacity(2 * CELLS);
        for upper in [false, true] {
            let value = |tail: f64| exact.at(if upper { 1.0 - tail } else { tail });
            for index in 0..CELLS {
                cells.push(cell(&value, start(index), start(index + 1))?);
            }
        }
        let last = start(0);
        let (low, high) = (exact.at(last), exact.at(1.0 - last));
        Some(Table { exact: exact.clone(), cells, low, high })
    }

    /// The function that it stands for.
    pub(super) fn exact(&self) -> &Quantile {
        &self.exact
    }

    #[inline]
    pub(super) fn at(&self, u: f64) -> f64 {
        // Which half it is nobody can foresee, nor can a processor: it is no branch.
        let upper = usize::from(u > 0.5);
        let tail = [u, 1.0 - u][upper];
        let bits = tail.to_bits();
        let index = (bits >> WITHIN).wrapping_sub(start(0).to_bits() >> WITHIN) as usize;
        if index >= CELLS {
            return self.exact.at(u);
        }
        let cell = &self.cells[index + CELLS * upper];
        polynomial(cell, place(bits)).clamp(self.low, self.high)
    }
}

/// The chance at which a cell starts, counted from the far end of the tail.
fn start(index: usize) -> f64 {
    const FIRST: u64 = (1023 - 1 - OCTAVES as u64) << CELLS_BITS;
    f64::from_bits((FIRST + index as u64) << WITHIN)
}

/// Where in its cell a number is, from -1/2 to 1/2: the bits that do not say which cell.
#[inline]
fn place(bits: u64) -> f64 {
    f64::from_bits(1.0_f64.to_bits() | (bits << CELLS_BITS & ((1 << 52) - 1))) - 1.5
}

/// The polynomial of a cell, by halves that a processor computes side by side.
#[inline]
fn polynomial(c: &[f64; COEFFICIENTS], x: f64) -> f64 {
    let square = x * x;
    let low = (c[0] + c[1] * x) + (c[2] + c[3] * x) * square;
    let high = (c[4] + c[5] * x) + (c[6] + c[7] * x) * square;
    low + high * (square * square)
}

/// The polynomial through a function at Chebyshev's points of a cell; none if it is not close to the
/// function between them.
fn cell(value: &impl Fn(f64) -> f64, from: f64, to: f64) -> Option<[f64; COEFFICIENTS]> {
    let width = to - from;
    let points: [f64; COEFFICIENTS] = std::array::from_fn(|i| {
        let angle = (i as f64 + 0.5) * std::f64::consts::PI / COEFFICIENTS as f64;
        0.5 * libm::cos(angle)
    });
    let coefficients = through(&points, points.map(|x| value(from + (x + 0.5) * width)));
    // The slope turns a distance in value into one in chance.
    let rise = (value(to) - value(from)).abs();
    for x in [-0.5, -0.25, 0.0, 0.25] {
        let missed = polynomial(&coefficients, x) - value(from + (x + 0.5) * width);
        if !(missed.abs() * width <= TOLERANCE * rise) {
            return None;
        }
    }
    Some(coefficients)
}

/// Coefficients of the polynomial through points, by Newton's divided differences.
fn through(x: &[f64; COEFFICIENTS], mut y: [f64; COEFFICIENTS]) -> [f64; COEFFICIENTS] {
    for order in 1..COEFFICIENTS {
        for i in (order..COEFFICIENTS).rev() {
            y[i] = (y[i] - y[i - 1]) / (x[i] - x[i - order]);
        }
    }
    let mut coefficients = [0.0; COEFFICIENTS];
    for i in (0..COEFFICIENTS).rev() {
        // coefficients x (t - x[i]) + y[i]
        for power in (1..COEFFICIENTS).rev() {
            coefficients[power] = coefficients[power - 1] - x[i] * coefficients[power];
        }
        coefficients[0] = y[i] - x[i] * coefficients[0];
    }
    coefficients
}
