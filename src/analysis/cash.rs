//! When cash is shortest, and what to set aside for a shortfall.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::sample::{Estimate, Sample};
use super::statistic::Ordered;
use crate::ensemble::{Column, ColumnData, columns::MISSING};

/// In which month the deepest point of cash falls, as shares of worlds.
#[derive(Clone, Debug, PartialEq)]
pub struct CashMonths {
    /// Share of worlds whose balance is never below zero.
    pub never: Estimate,
    /// Months in which the deepest point falls in some world, in order: `2025-02` and the share of
    /// all worlds. With `never` they make the whole.
    pub months: Vec<(String, Estimate)>,
}

impl CashMonths {
    /// Of a place's metric `cash_gap_day`; `None` without replicates.
    pub fn of(column: &Column, facts: &Facts) -> Option<Self> {
        let months = month_of_each(column, facts);
        let share = |month: Option<&String>| {
            Sample::chance(months.iter().map(|m| Some(m.as_ref() == month))).mean()
        };
        let mut found: BTreeMap<&String, ()> = BTreeMap::new();
        found.extend(months.iter().flatten().map(|month| (month, ())));
        Some(CashMonths {
            never: share(None)?,
            months: found
                .into_keys()
                .filter_map(|month| Some((month.clone(), share(Some(month))?)))
                .collect(),
        })
    }

    /// The month that is deepest in more worlds than any other; the earlier one of equals.
    pub fn most_often(&self) -> Option<&(String, Estimate)> {
        self.months.iter().rev().max_by(|a, b| a.1.value.total_cmp(&b.1.value))
    }
}

fn month_of_each(column: &Column, facts: &Facts) -> Vec<Option<String>> {
    let ColumnData::Whole(days) = &column.data else { return Vec::new() };
    let mut known: BTreeMap<i64, String> = BTreeMap::new();
    days.iter()
        .map(|&day| {
            (day != MISSING)
                .then(|| known.entry(day).or_insert_with(|| facts.month_of(day)).clone())
        })
        .collect()
}

/// How likely a shortfall is, how large, and what would cover it. Amounts are pounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Provision {
    /// Chance of any shortfall at all.
    pub chance: Estimate,
    /// Its mean size in the worlds that have one; `None` where none has.
    pub mean_when_any: Option<Estimate>,
    /// What covers the shortfall in half of all worlds.
    pub p50: Estimate,
    /// What covers the shortfall in eight worlds of ten.
    pub p80: Estimate,
}

impl Provision {
    /// Of a place's metric `shortfall`; `None` without replicates.
    pub fn of(column: &Column) -> Option<Self> {
        let ColumnData::Whole(pence) = &column.data else { return None };
        let held = |&x: &i64| (x != MISSING).then_some(x);
        let ordered = Ordered::new(&Sample::of(column));
        Some(Provision {
            chance: Sample::chance(pence.iter().map(|x| held(x).map(|x| x > 0))).mean()?,
            mean_when_any: Sample::whole(
                column.metric.kind,
                pence.iter().map(|x| held(x).filter(|&x| x > 0)),
            )
            .mean(),
            p50: ordered.quantile(0.5)?,
            p80: ordered.quantile(0.8)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;
    use crate::model::Kind;

    fn column(name: &str, kind: Kind, values: Vec<i64>) -> Column {
        synthetic::column(name, kind, ColumnData::Whole(values))
    }

    #[test]
    fn the_deepest_day_is_shown_as_shares_of_worlds_by_month() {
        // Day 0 is 1 October 2024: day 123 is 1 February 2025, day 560 is in April 2026.
        let mut days = vec![123; 8];
        days.extend([122, 560, MISSING, MISSING, 124, 125, 126, 127]);
        let cash =
            CashMonths::of(&column("cash_gap_day", Kind::Day, days), &synthetic::facts()).unwrap();
        let shares: Vec<_> = cash.months.iter().map(|(m, e)| (m.as_str(), e.value)).collect();
        assert_eq!(shares, [("2025-01", 0.0625), ("2025-02", 0.75), ("2026-04", 0.0625)]);
        assert_eq!(cash.never.value, 0.125);
        assert_eq!(cash.most_often().unwrap().0, "2025-02");
    }

    #[test]
    fn a_provision_is_what_covers_eight_worlds_of_ten() {
        // Nothing in 75 worlds of 101, then £1 to £26.
        let mut pence = vec![0; 75];
        pence.extend((1..=26).map(|pounds| pounds * 100));
        let provision = Provision::of(&column("shortfall", Kind::Money, pence)).unwrap();
        assert!((provision.chance.value - 26.0 / 101.0).abs() < 1e-12);
        assert_eq!(provision.mean_when_any.unwrap().value, 13.5);
        assert_eq!(provision.p50.value, 0.0);
        assert_eq!(provision.p80.value, 6.0);
    }

    #[test]
    fn without_any_shortfall_there_is_no_mean_size_but_still_an_error_of_the_chance() {
        let provision = Provision::of(&column("shortfall", Kind::Money, vec![0; 64])).unwrap();
        assert_eq!(provision.mean_when_any, None);
        assert_eq!(provision.chance.value, 0.0);
        assert!(provision.chance.se.unwrap() > 0.0);
    }
}
