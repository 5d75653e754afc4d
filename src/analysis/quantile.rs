//! Quantiles by Hyndman and Fan's type 7.

/// The quantile at `level` (0 to 1) of sorted values: linear between the order statistics on either
/// side of position (n - 1) x level, counted from nought.
///
/// Hyndman and Fan 1996, "Sample quantiles in statistical packages", *The American Statistician*
/// 50(4), definition 7. `None` where there are no values.
pub fn type_7(sorted: &[f64], level: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = last as f64 * level.clamp(0.0, 1.0);
    let below = libm::floor(position);
    let (low, high) = (sorted[below as usize], sorted[(below as usize + 1).min(last)]);
    Some(low + (position - below) * (high - low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_short_lists_are_those_worked_by_hand() {
        let four = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(type_7(&four, 0.5), Some(2.5));
        assert_eq!(type_7(&four, 0.25), Some(1.75));
        assert_eq!(type_7(&four, 0.0), Some(1.0));
        assert_eq!(type_7(&four, 1.0), Some(4.0));
        let five = [10.0, 20.0, 40.0, 80.0, 160.0];
        assert_eq!(type_7(&five, 0.5), Some(40.0));
        // Position 0.4: four tenths of the way from 10 to 20.
        assert_eq!(type_7(&five, 0.1), Some(14.0));
        // Position 3.6: six tenths of the way from 80 to 160.
        assert_eq!(type_7(&five, 0.9), Some(128.0));
    }

    #[test]
    fn one_value_is_all_its_quantiles_and_no_values_have_none() {
        assert_eq!(type_7(&[7.0], 0.05), Some(7.0));
        assert_eq!(type_7(&[], 0.5), None);
    }
}
