//! Variants of a scenario beside its base case, on the same worlds.

use super::comparison::differences;
use super::sample::{Estimate, Sample};
use crate::ensemble::{Column, ColumnData, PlaceColumns, Results, columns::MISSING};
use crate::model::{Kind, Metric};

/// What variants are shown with, for the whole programme. `shortfall_chance` is the share of worlds
/// in which `shortfall` is above nothing.
pub const VARIED: [&str; 6] =
    ["plans", "target_met", "unclaimed", "shortfall_chance", "shortfall", "cash_gap"];

/// A base case and its variants: for `stress` and `vary`.
#[derive(Clone, Debug, PartialEq)]
pub struct Variation {
    /// The base case first, then the variants in the order in which they were added.
    pub cases: Vec<Case>,
    /// The columns of the base case that variants are paired with.
    base: Vec<(String, Vec<Column>)>,
}

/// The base case or one variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What is different about it.
    pub label: String,
    /// How many worlds it lived through.
    pub replicates: u64,
    /// Every option, in file order.
    pub options: Vec<CaseOption>,
}

/// One option in one case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseOption {
    /// The option's name.
    pub name: String,
    /// One figure for each metric of [`VARIED`] that the run has.
    pub figures: Vec<Figure>,
}

/// One figure of one case.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Which metric.
    pub metric: Metric,
    /// Its mean; pounds for money, a share for a chance. `None` where no replicate has a value.
    pub mean: Option<Estimate>,
    /// What it differs by from the base case, world by world. `None` for the base case itself and
    /// for an option that the base case does not have.
    pub difference: Option<Estimate>,
}

impl Variation {
    /// Begins with a base case. Nothing of `results` is kept but the columns that are compared.
    pub fn new(label: impl Into<String>, results: &Results) -> Self {
        let base = (results.options.iter())
            .filter_map(|option| Some((option.name.clone(), varied(option.programme()?))))
            .collect();
        let mut variation = Variation { cases: Vec::new(), base: Vec::new() };
        variation.add(label, results);
        Variation { base, ..variation }
    }

    /// Adds a variant that lived through the same worlds. If it lived through fewer or more of
    /// them, as many are paired as both have.
    pub fn add(&mut self, label: impl Into<String>, results: &Results) {
        let options = (results.options.iter())
            .filter_map(|option| {
                let base = self.base.iter().find(|(name, _)| *name == option.name);
                let base = base.map_or(&[][..], |(_, columns)| columns);
                let figures = varied(option.programme()?).iter().map(|c| figure(c, base)).collect();
                Some(CaseOption { name: option.name.clone(), figures })
            })
            .collect();
        self.cases.push(Case { label: label.into(), replicates: results.replicates, options });
    }
}

fn figure(column: &Column, base: &[Column]) -> Figure {
    let base = base.iter().find(|base| base.metric == column.metric);
    Figure {
        metric: column.metric.clone(),
        mean: Sample::of(column).mean(),
        difference: base.and_then(|base| differences(column, base).mean()),
    }
}

fn varied(programme: &PlaceColumns) -> Vec<Column> {
    (VARIED.iter())
        .filter_map(|name| match *name {
            "shortfall_chance" => programme.metric("shortfall").map(any_shortfall),
            name => programme.metric(name).cloned(),
        })
        .collect()
}

fn any_shortfall(shortfall: &Column) -> Column {
    let happened = |i| shortfall.data.get(i).map_or(MISSING, |pence| i64::from(pence > 0.0));
    Column {
        metric: Metric { name: "shortfall_chance".to_owned(), kind: Kind::Chance },
        data: ColumnData::Whole((0..shortfall.data.len()).map(happened).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;

    fn figure_of<'a>(case: &'a Case, option: &str, metric: &str) -> &'a Figure {
        let option = case.options.iter().find(|o| o.name == option).unwrap();
        option.figures.iter().find(|f| f.metric.name == metric).unwrap()
    }

    #[test]
    fn a_variant_is_paired_with_the_base_case_world_by_world() {
        let base = synthetic::three_options(256);
        let mut fewer = base.clone();
        for option in &mut fewer.options {
            for place in &mut option.places {
                let plans = place.metrics.iter_mut().find(|c| c.metric.name == "plans").unwrap();
                let ColumnData::Whole(values) = &mut plans.data else { unreachable!() };
                values.iter_mut().for_each(|plans| *plans -= 10);
            }
        }
        let mut variation = Variation::new("Base case", &base);
        variation.add("Ten fewer", &fewer);
        assert_eq!(figure_of(&variation.cases[0], "Hybrid", "plans").difference, None);
        let figure = figure_of(&variation.cases[1], "Hybrid", "plans");
        assert_eq!(figure.difference, Some(Estimate { value: -10.0, se: Some(0.0) }));
        let unclaimed = figure_of(&variation.cases[1], "Hybrid", "unclaimed");
        assert_eq!(unclaimed.difference.unwrap().value, 0.0);
    }

    #[test]
    fn an_option_that_the_base_case_lacks_has_no_difference() {
        let base = synthetic::three_options(64);
        let mut renamed = base.clone();
        renamed.options[1].name = "Tendered".to_owned();
        let mut variation = Variation::new("Base case", &base);
        variation.add("Renamed", &renamed);
        let figure = figure_of(&variation.cases[1], "Tendered", "plans");
        assert!(figure.mean.is_some() && figure.difference.is_none());
    }

    #[test]
    fn the_chance_of_a_shortfall_is_the_share_of_worlds_with_one() {
        let base = synthetic::three_options(64);
        let variation = Variation::new("Base case", &base);
        let shortfall = base.options[0].programme().unwrap().metric("shortfall").unwrap();
        let hits = (0..64).filter(|&i| shortfall.data.get(i).unwrap() > 0.0).count();
        let chance = figure_of(&variation.cases[0], "In-house", "shortfall_chance");
        assert_eq!(chance.mean.unwrap().value, hits as f64 / 64.0);
    }
}
