//! Tables stand for the functions that they were made from.

use workcast::quantity::Quantile;

use super::families::cases;
use super::quantile;

#[test]
fn a_table_is_as_good_as_the_function_that_it_stands_for() {
    let mut tables = 0;
    for (family, reference) in cases() {
        let exact = quantile(&family);
        let quick = exact.clone().tabulated();
        tables += usize::from(matches!(quick, Quantile::Table(_)));
        for i in 1..5000 {
            let u = f64::from(i) / 5000.0;
            let chance = reference(quick.at(u));
            assert!((chance - u).abs() < 1e-9, "{family:?} at {u}: {chance}");
        }
    }
    assert!(tables > 20, "only {tables} families were tabulated");
}

#[test]
fn a_table_is_exact_in_the_tails() {
    for (family, _) in cases() {
        let exact = quantile(&family);
        let quick = exact.clone().tabulated();
        for u in [f64::EPSILON / 2.0, 1e-6, 0.001, 0.999, 1.0 - f64::EPSILON / 2.0] {
            assert_eq!(quick.at(u).to_bits(), exact.at(u).to_bits(), "{family:?} at {u}");
        }
    }
}

#[test]
fn a_table_rises_from_cell_to_cell() {
    for (family, _) in cases() {
        let quick = quantile(&family).tabulated();
        let mut before = f64::NEG_INFINITY;
        for i in 1..4096 {
            let value = quick.at(f64::from(i) / 4096.0);
            assert!(value > before, "{family:?} at {i}/4096: {value} after {before}");
            before = value;
        }
    }
}

#[test]
fn the_middle_and_the_ends_of_cells_are_met() {
    for (family, _) in cases() {
        let exact = quantile(&family);
        let quick = exact.clone().tabulated();
        for power in 1..=10 {
            for u in [0.5_f64.powi(power), 1.0 - 0.5_f64.powi(power)] {
                let (quick, exact) = (quick.at(u), exact.at(u));
                assert!((quick - exact).abs() <= 1e-9 * exact.abs().max(1e-3), "{family:?} at {u}");
            }
        }
    }
}
