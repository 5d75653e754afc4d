//! A monthly series over all replicates.

use super::sample::{Estimate, Sample};
use super::statistic::Ordered;
use crate::ensemble::MonthlyColumn;
use crate::model::Metric;

/// One series, month by month.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthlySummary {
    /// Which series.
    pub metric: Metric,
    /// One for each month; `None` where no replicate has a value.
    pub months: Vec<Option<MonthStatistic>>,
    /// Months without a statistic may be hidden because their mean is below this.
    pub under: Option<u32>,
}

/// What the replicates say about one month. Money is in pounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonthStatistic {
    /// The mean.
    pub mean: Estimate,
    /// One in ten worlds lies below.
    pub p10: Estimate,
    /// The middle world.
    pub p50: Estimate,
    /// One in ten worlds lies above.
    pub p90: Estimate,
}

impl MonthlySummary {
    /// Of a series.
    pub fn of(column: &MonthlyColumn) -> Self {
        let months = (0..column.months)
            .map(|month| MonthStatistic::of(&Sample::of_month(column, month)))
            .collect();
        MonthlySummary { metric: column.metric.clone(), months, under: None }
    }
}

impl MonthStatistic {
    /// Of one month's values.
    pub fn of(sample: &Sample) -> Option<Self> {
        let mean = sample.mean()?;
        let ordered = Ordered::new(sample);
        Some(MonthStatistic {
            mean,
            p10: ordered.quantile(0.1)?,
            p50: ordered.quantile(0.5)?,
            p90: ordered.quantile(0.9)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::{ColumnData, columns::MISSING};
    use crate::model::Kind;

    #[test]
    fn each_month_reads_its_own_values() {
        let metric = Metric { name: "plans".to_owned(), kind: Kind::People };
        let data = ColumnData::Whole((0..32).flat_map(|i| [i, 100, MISSING]).collect());
        let summary = MonthlySummary::of(&MonthlyColumn { metric, months: 3, data });
        assert_eq!(summary.months[0].unwrap().mean.value, 15.5);
        assert_eq!(summary.months[0].unwrap().p50.value, 15.5);
        assert_eq!(summary.months[1].unwrap().p90, Estimate { value: 100.0, se: Some(0.0) });
        assert_eq!(summary.months[2], None);
    }
}
