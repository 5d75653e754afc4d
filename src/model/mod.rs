//! One replicate, pure: a programme's world lived through, day by day, under one delivery option.

pub mod metric;
pub mod programme;
pub mod reconciliation;

pub use metric::{Kind, Metric};
pub use programme::Programme;
pub use reconciliation::ReconciliationRow;
