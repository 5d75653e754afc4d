//! Metrics of groups of people: cohorts, values of attributes, values of two attributes.

use super::{Outcome, Sink, Value};
use crate::model::group::GroupTally;
use crate::model::metric::Kind;

impl Outcome<'_> {
    pub(super) fn groups(&self, sink: &mut impl Sink) {
        let groups = &self.tally.groups;
        for (index, cohort) in self.programme.cohorts.iter().enumerate() {
            put(sink, groups.cohort(index), || format!("cohort.{}", cohort.name));
        }
        let attributes = &self.programme.attributes;
        for (index, attribute) in attributes.iter().enumerate() {
            for (value, known) in attribute.values.iter().enumerate() {
                let name = || format!("attribute.{}.{}", attribute.name, known.name);
                put(sink, groups.value(index, value), name);
            }
        }
        for (pair, &(first, second)) in self.programme.crossed.iter().enumerate() {
            let (first, second) = (&attributes[first], &attributes[second]);
            for (i, one) in first.values.iter().enumerate() {
                for (j, other) in second.values.iter().enumerate() {
                    let name = || {
                        let (one, other) = (&one.name, &other.name);
                        format!("attribute.{}.{one}.{}.{other}", first.name, second.name)
                    };
                    put(sink, groups.crossed(pair, i, j), name);
                }
            }
        }
    }
}

fn put(sink: &mut impl Sink, group: &GroupTally, of: impl Fn() -> String) {
    let mut put = |kind, name: &str, value| sink.put(kind, || format!("{}.{name}", of()), value);
    put(Kind::People, "referrals", Value::Whole(Some(group.referrals)));
    put(Kind::People, "plans", Value::Whole(Some(group.plans)));
    put(Kind::Days, "wait_mean_days", Value::Real(group.mean_wait()));
    put(Kind::People, "in_work", Value::Whole(Some(group.in_work)));
}
