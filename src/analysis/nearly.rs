//! The chance of four fifths of the agreed number.

use super::facts::Facts;
use super::sample::{Estimate, Sample};
use crate::ensemble::{Column, Columns, Outline, Place};

/// How much of the agreed number is meant, as a fraction.
pub const FOUR_FIFTHS: (i64, i64) = (4, 5);

/// The share of worlds in which plans in all reach four fifths of what is agreed in the end; `None`
/// where a run holds no plans.
///
/// # Errors
///
/// Where a column cannot be read.
pub fn four_fifths<C: Columns>(
    columns: &C,
    outline: &Outline,
    at: Place,
    facts: &Facts,
) -> Result<Option<Estimate>, C::Error> {
    let locality = outline.place(at).and_then(|place| place.locality.as_deref());
    let in_all = columns.metric_named(outline, at, "plans_in_all")?;
    let plans = match in_all {
        Some(plans) => Some(plans),
        None => columns.metric_named(outline, at, "plans")?,
    };
    // Runs that were made before places could move have no such metric.
    let agreed = columns.metric_named(outline, at, "agreed_at_end")?;
    let agreed_at_first = facts.agreed(locality) as f64;
    Ok(plans.and_then(|plans| {
        let reached = |replicate| {
            let of = |column: &Column| column.data.get(replicate);
            let agreed = agreed.as_deref().map_or(Some(agreed_at_first), of)?;
            let (part, whole) = FOUR_FIFTHS;
            Some(of(&plans)? * whole as f64 >= agreed * part as f64)
        };
        Sample::chance((0..plans.data.len()).map(reached)).mean()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;
    use crate::ensemble::ColumnData;
    use crate::model::Kind;

    #[test]
    fn four_fifths_is_of_what_is_agreed_in_the_end() {
        let mut results = synthetic::three_options(32);
        let place = results.options[0].places.last_mut().unwrap();
        place.metrics.retain(|column| !column.metric.name.starts_with("plans"));
        let whole = |name, of: fn(i64) -> i64| {
            synthetic::column(name, Kind::People, ColumnData::Whole((0..32).map(of).collect()))
        };
        place.metrics.push(whole("plans", |i| if i < 8 { 428 } else { 429 }));
        let chance = |results: &crate::ensemble::Results| {
            let outline = results.outline();
            let at = outline.programme(0).unwrap();
            four_fifths(results, &outline, at, &synthetic::facts()).unwrap().unwrap().value
        };
        // Of 536 agreed, four fifths are 428.8.
        assert_eq!(chance(&results), 0.75);
        results.options[0].places.last_mut().unwrap().metrics.push(whole("agreed_at_end", |_| 535));
        assert_eq!(chance(&results), 1.0);
    }
}
