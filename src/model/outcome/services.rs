//! Metrics of onward services.

use super::{Outcome, Sink, Value};
use crate::model::metric::Kind;
use crate::model::tally::mean;

impl Outcome<'_> {
    pub(super) fn services(&self, sink: &mut impl Sink) {
        for (service, tally) in self.programme.services.iter().zip(&self.tally.services) {
            let mut put = |kind, name: &str, value| {
                sink.put(kind, || format!("service.{}.{name}", service.name), value);
            };
            put(Kind::People, "needed", Value::Whole(Some(tally.needed)));
            put(Kind::People, "began", Value::Whole(Some(tally.began)));
            put(Kind::People, "done_in_time", Value::Whole(Some(tally.done_in_time)));
            put(Kind::People, "unmet", Value::Whole(Some(tally.needed - tally.began)));
            let wait = mean(tally.days_waited, tally.began);
            put(Kind::Days, "wait_mean_days", Value::Real(wait));
        }
    }
}
