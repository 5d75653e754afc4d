//! How much of a value a regression on inputs leaves unexplained.

/// With so few inputs products of pairs are terms too.
const FEW: usize = 8;

/// The share of a value's variance that a least-squares regression on the inputs, their squares and,
/// where they are few, their products leaves.
pub fn unexplained(inputs: &[Vec<f64>], values: &[f64]) -> f64 {
    let inputs: Vec<Vec<f64>> = inputs.iter().map(|input| standardised(input)).collect();
    let mut terms: Vec<Vec<f64>> = vec![vec![1.0; values.len()]];
    for (index, input) in inputs.iter().enumerate() {
        terms.push(input.clone());
        let partners = if inputs.len() <= FEW { &inputs[..=index] } else { &inputs[index..=index] };
        for partner in partners {
            terms.push(input.iter().zip(partner).map(|(a, b)| a * b).collect());
        }
    }
    let values = standardised(values);
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let mut matrix: Vec<Vec<f64>> = terms
        .iter()
        .map(|row| {
            let sums = terms.iter().map(|column| product(row, column));
            sums.chain([product(row, &values)]).collect()
        })
        .collect();
    let explained = solve(&mut matrix).iter().zip(&terms).fold(
        vec![0.0; values.len()],
        |mut sum, (coefficient, term)| {
            sum.iter_mut().zip(term).for_each(|(sum, x)| *sum += coefficient * x);
            sum
        },
    );
    let left = values.iter().zip(&explained).map(|(value, fit)| (value - fit) * (value - fit));
    left.sum::<f64>() / (values.len() - terms.len()) as f64
}

/// Mean 0 and variance 1; all 0 where nothing differs.
fn standardised(values: &[f64]) -> Vec<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
    let scale = if variance > 0.0 { 1.0 / variance.sqrt() } else { 0.0 };
    values.iter().map(|value| (value - mean) * scale).collect()
}

/// Solves the normal equations by elimination; a term that the others make up gets nothing.
fn solve(matrix: &mut [Vec<f64>]) -> Vec<f64> {
    let size = matrix.len();
    let smallest = 1e-9 * matrix.iter().enumerate().map(|(i, row)| row[i]).fold(0.0, f64::max);
    for pivot in 0..size {
        if matrix[pivot][pivot].abs() <= smallest {
            matrix[pivot].fill(0.0);
            continue;
        }
        let row = matrix[pivot].clone();
        for (index, other) in matrix.iter_mut().enumerate() {
            if index != pivot {
                let times = other[pivot] / row[pivot];
                other.iter_mut().zip(&row).for_each(|(a, b)| *a -= times * b);
            }
        }
    }
    let solution = matrix.iter().enumerate();
    solution.map(|(i, row)| if row[i] == 0.0 { 0.0 } else { row[size] / row[i] }).collect()
}
