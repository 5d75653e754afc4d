//! Whether replicates that were simulated again are those that were simulated before, to the bit.

use super::columns::{ColumnData, Results};
use super::outline::{Columns, Outline};

/// Where two simulations of one replicate differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which column: `option "In-house", Bury: plans`.
    pub what: String,
    /// Which replicate of the run.
    pub replicate: u64,
    /// What was there before.
    pub before: String,
    /// What is there now.
    pub now: String,
}

/// The first difference between `now` and the replicates of `before` from its `offset`-th on; `first`
/// is the number in the run of the first replicate of `before`.
pub fn first_difference(
    before: &Results,
    first: u64,
    offset: usize,
    now: &Results,
) -> Option<Difference> {
    let names = |results: &Results| Outline { replicates: 0, ..results.outline() };
    if names(before) != names(now) {
        return Some(Difference {
            what: "the list of columns".to_owned(),
            replicate: first + offset as u64,
            before: "as it is stored".to_owned(),
            now: "another".to_owned(),
        });
    }
    let count = now.replicates as usize;
    let differs =
        |what: &dyn Fn() -> String, before: &ColumnData, now: &ColumnData, each: usize| {
            let (start, end) = (offset * each, (offset + count) * each);
            if now.len() != count * each || before.len() < end {
                let length = |data: &ColumnData| format!("{} values", data.len());
                let (before, now) = (length(before), length(now));
                return Some(Difference { what: what(), replicate: first, before, now });
            }
            let at = (start..end).find(|&at| !before.same(at, now, at - start))?;
            let replicate = first + (at / each) as u64;
            let (before, now) = (before.words(at), now.words(at - start));
            Some(Difference { what: what(), replicate, before, now })
        };
    let inputs = before.inputs.iter().zip(&now.inputs).find_map(|(before, now)| {
        let what = || format!("the input {}", before.path);
        let as_data = |values: &[f64]| ColumnData::Real(values.to_vec());
        differs(&what, &as_data(&before.values), &as_data(&now.values), 1)
    });
    inputs.or_else(|| {
        before.options.iter().zip(&now.options).find_map(|(option, again)| {
            option.places.iter().zip(&again.places).find_map(|(place, again)| {
                let name = place.locality.as_deref().unwrap_or("the whole programme");
                let what = |metric: &str| format!("option \"{}\", {name}: {metric}", option.name);
                let metrics = place.metrics.iter().zip(&again.metrics).find_map(|(one, now)| {
                    differs(&|| what(&one.metric.name), &one.data, &now.data, 1)
                });
                metrics.or_else(|| {
                    place.monthly.iter().zip(&again.monthly).find_map(|(one, now)| {
                        let what = || what(&format!("{} by month", one.metric.name));
                        differs(&what, &one.data, &now.data, one.months)
                    })
                })
            })
        })
    })
}

impl ColumnData {
    /// Whether one value is that of another column, to the bit.
    fn same(&self, at: usize, other: &ColumnData, there: usize) -> bool {
        match (self, other) {
            (ColumnData::Whole(a), ColumnData::Whole(b)) => a[at] == b[there],
            (ColumnData::Real(a), ColumnData::Real(b)) => a[at].to_bits() == b[there].to_bits(),
            _ => false,
        }
    }

    fn words(&self, at: usize) -> String {
        match self.get(at) {
            None => "no value".to_owned(),
            Some(_) => match self {
                ColumnData::Whole(values) => values[at].to_string(),
                ColumnData::Real(values) => values[at].to_string(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::InputColumn;

    fn drawn(values: &[f64]) -> Results {
        Results {
            seed: 1,
            replicates: values.len() as u64,
            months: Vec::new(),
            inputs: vec![InputColumn { path: "demand".to_owned(), values: values.to_vec() }],
            options: Vec::new(),
        }
    }

    #[test]
    fn a_part_that_is_the_same_has_no_difference_and_one_bit_is_one() {
        let before = drawn(&[1.0, 2.0, 3.0, 4.0]);
        assert_eq!(first_difference(&before, 1024, 1, &drawn(&[2.0, 3.0])), None);
        let other = f64::from_bits(3.0f64.to_bits() + 1);
        let found = first_difference(&before, 1024, 1, &drawn(&[2.0, other])).unwrap();
        assert_eq!((found.what.as_str(), found.replicate), ("the input demand", 1026));
        assert_eq!((found.before.as_str(), found.now), ("3", other.to_string()));
    }

    #[test]
    fn a_column_more_or_of_another_name_is_a_difference() {
        let (before, mut now) = (drawn(&[1.0]), drawn(&[1.0]));
        now.inputs.push(InputColumn { path: "more".to_owned(), values: vec![1.0] });
        assert_eq!(first_difference(&before, 0, 0, &now).unwrap().what, "the list of columns");
        let mut now = drawn(&[1.0]);
        now.inputs[0].path = "supply".to_owned();
        assert_eq!(first_difference(&before, 0, 0, &now).unwrap().what, "the list of columns");
    }

    #[test]
    fn fewer_values_than_there_should_be_are_a_difference() {
        let found = first_difference(&drawn(&[1.0]), 0, 1, &drawn(&[1.0])).unwrap();
        assert_eq!(found.before, "1 values");
    }
}
