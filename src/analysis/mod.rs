//! From columns to answers.
//!
//! Standard errors come from the run's 16 independent scrambles, in [`scramble`]; every other file
//! holds one kind of answer.

pub mod cash;
pub mod comparison;
pub mod drivers;
pub mod facts;
pub mod fan;
pub mod forecast;
pub mod histogram;
pub mod influence;
pub mod monthly;
pub mod nearly;
pub mod precision;
pub mod probability;
pub mod published;
pub mod quantile;
pub mod reach;
pub mod rounding;
pub mod run_comparison;
pub mod sample;
pub mod scramble;
mod small_counts;
pub mod statistic;
#[cfg(test)]
pub(crate) mod synthetic;
pub mod turning;
pub mod variation;

pub use cash::{CashMonths, Provision};
pub use comparison::{Comparison, Difference};
pub use drivers::{Driver, Drivers, drivers};
pub use facts::{AttributeFacts, Facts, LikeServices, LocalityFacts, Reference};
pub use fan::{Fan, plans_fans};
pub use forecast::{Forecast, MetricSummary, OptionForecast, PlaceForecast};
pub use histogram::{Histogram, histogram};
pub use influence::{Influence, Strongest, influences};
pub use monthly::{MonthStatistic, MonthlySummary};
pub use precision::Precision;
pub use published::{Interval, PublishedFigure};
pub use reach::Reach;
pub use run_comparison::{RunComparison, Worlds};
pub use sample::{Estimate, Sample};
pub use statistic::Statistic;
pub use turning::{Turning, turnings};
pub use variation::Variation;
