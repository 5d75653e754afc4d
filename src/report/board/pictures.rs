//! The pictures of the page, in its order.

use super::Board;
use crate::report::chart::{ChartError, lost, months, ranges, spread};
use crate::report::figure::Figure;

/// Every picture that the run has something to show in.
///
/// # Errors
///
/// Where drawing fails.
pub fn pictures(board: &Board<'_>) -> Result<Vec<Figure>, ChartError> {
    let forecast = board.forecast();
    let mut all = vec![
        months::plans(board.fans, &forecast.facts),
        lost::lost(forecast),
        months::series(forecast, "waiting", "People waiting for a coach at each month's end"),
        months::series(forecast, "caseload", "People with a coach at each month's end"),
        months::series(forecast, "balance", "Cash balance at each month's end"),
    ];
    for histogram in board.spreads {
        let (name, title) = match &histogram.metric[..] {
            "unclaimed" => ("unclaimed", "Allocation never claimed, over all worlds"),
            _ => ("shortfall", "Shortfall, over all worlds"),
        };
        all.push(spread::spread(forecast, histogram, name, title));
    }
    all.push(ranges::by_pair(forecast));
    all.extend(board.stresses.map(ranges::by_case));
    all.push(ranges::by_locality(forecast));
    all.push(ranges::by_attribute(forecast));
    all.push(ranges::by_input(board.drivers));
    // What a run has nothing to show in is left out.
    all.into_iter().filter(|figure| !matches!(figure, Err(ChartError::Empty))).collect()
}
