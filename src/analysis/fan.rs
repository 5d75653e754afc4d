//! Plans over time: how many have been agreed by each month's end.

use super::facts::{Facts, month_label};
use super::monthly::MonthStatistic;
use super::sample::Sample;
use crate::ensemble::{ColumnData, Columns, MonthlyColumn, columns::MISSING};
use crate::model::Kind;

/// One option's plans to date, over the months of the programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// The option's name.
    pub option: String,
    /// Plans agreed by the end of each month of the programme.
    pub months: Vec<MonthStatistic>,
}

/// Plans to date of the whole programme under every option. Each replicate's months are summed
/// before anything is averaged or put in order, so that a band holds whole histories.
///
/// Months after the programme's end, in which only cash still moves, are left out.
///
/// # Errors
///
/// Where a column cannot be read.
pub fn plans_fans<C: Columns>(columns: &C, facts: &Facts) -> Result<Vec<Fan>, C::Error> {
    let outline = columns.outline();
    let last = month_label(facts.ends);
    let months = outline.months.iter().take_while(|month| **month <= last).count();
    let mut fans = Vec::new();
    for (index, option) in outline.options.iter().enumerate() {
        let Some(programme) = outline.programme(index) else { continue };
        let plans = (option.places[programme.place].monthly.iter())
            .position(|series| series.name == "plans");
        let Some(plans) = plans else { continue };
        let plans = columns.monthly(programme, plans)?;
        let months = to_date(&plans, months)
            .and_then(|to_date| to_date.iter().map(|plans| month(plans)).collect());
        fans.extend(months.map(|months| Fan { option: option.name.clone(), months }));
    }
    Ok(fans)
}

fn month(to_date: &[i64]) -> Option<MonthStatistic> {
    let values = to_date.iter().map(|&plans| Some(plans));
    MonthStatistic::of(&Sample::whole(Kind::People, values))
}

/// Plans to date by month, then by replicate.
fn to_date(series: &MonthlyColumn, months: usize) -> Option<Vec<Vec<i64>>> {
    let ColumnData::Whole(values) = &series.data else { return None };
    let months = months.min(series.months);
    let mut by_month = vec![Vec::with_capacity(values.len() / series.months.max(1)); months];
    for replicate in values.chunks_exact(series.months.max(1)) {
        let mut plans = 0;
        for (to_date, &more) in by_month.iter_mut().zip(replicate) {
            plans += if more == MISSING { 0 } else { more };
            to_date.push(plans);
        }
    }
    Some(by_month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;

    #[test]
    fn the_last_month_of_a_fan_is_the_plans_of_the_programme() {
        let results = synthetic::three_options(64);
        let fans = plans_fans(&results, &synthetic::facts()).unwrap();
        assert_eq!(fans.len(), 3);
        for (fan, option) in fans.iter().zip(&results.options) {
            assert_eq!(fan.months.len(), 18);
            let plans = option.programme().unwrap().metric("plans").unwrap();
            assert_eq!(Some(fan.months[17].mean), Sample::of(plans).mean());
            assert!(fan.months.is_sorted_by(|a, b| a.p50.value <= b.p50.value));
        }
    }
}
