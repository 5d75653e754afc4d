//! Variants of a scenario beside its base case, on the same worlds.

use super::comparison::differences;
use super::sample::{Estimate, Sample};
use crate::ensemble::{Column, ColumnData, Columns, Outline, Place, columns::MISSING};
use crate::model::{Kind, Metric};

/// What variants are shown with, for the whole programme. `shortfall_chance` is the share of worlds
/// in which `shortfall` is above nothing.
pub const VARIED: [&str; 6] =
    ["plans", "target_met", "unclaimed", "shortfall_chance", "shortfall", "cash_gap"];

/// What they are shown with for each locality, where there are several.
pub const VARIED_BY_LOCALITY: [&str; 2] = ["plans", "target_met"];

/// A base case and its variants: for `stress` and `vary`.
#[derive(Clone, Debug, PartialEq)]
pub struct Variation {
    /// The base case first, then the variants in the order in which they were added.
    pub cases: Vec<Case>,
    /// The columns of the base case that variants are paired with.
    base: Vec<Compared>,
}

/// The base case or one variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What is different about it.
    pub label: String,
    /// How many worlds it lived through.
    pub replicates: u64,
    /// Every option, in file order: figures of the whole programme.
    pub options: Vec<CaseOption>,
    /// The same for each locality, in file order; empty where there is only one.
    pub localities: Vec<CaseLocality>,
}

/// One locality in one case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseLocality {
    /// The locality's name.
    pub name: String,
    /// Every option, in file order, with one figure for each of [`VARIED_BY_LOCALITY`].
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

/// The columns of a place under an option that cases are compared on.
#[derive(Clone, Debug, PartialEq)]
struct Compared {
    option: String,
    locality: Option<String>,
    columns: Vec<Column>,
}

impl Variation {
    /// Begins with a base case. Nothing of it is kept but the columns that are compared.
    ///
    /// # Errors
    ///
    /// Where a column cannot be read.
    pub fn new<C: Columns>(label: impl Into<String>, columns: &C) -> Result<Self, C::Error> {
        let mut variation = Variation { cases: Vec::new(), base: Vec::new() };
        let base = compared(columns)?;
        variation.compare(label.into(), columns.outline().replicates, &base);
        Ok(Variation { base, ..variation })
    }

    /// Adds a variant that lived through the same worlds. If it lived through fewer or more of
    /// them, as many are paired as both have.
    ///
    /// # Errors
    ///
    /// Where a column cannot be read.
    pub fn add<C: Columns>(
        &mut self,
        label: impl Into<String>,
        columns: &C,
    ) -> Result<(), C::Error> {
        let variant = compared(columns)?;
        self.compare(label.into(), columns.outline().replicates, &variant);
        Ok(())
    }

    fn compare(&mut self, label: String, replicates: u64, places: &[Compared]) {
        let mut case = Case { label, replicates, options: Vec::new(), localities: Vec::new() };
        for place in places {
            let base = self
                .base
                .iter()
                .find(|base| base.option == place.option && base.locality == place.locality);
            let base = base.map_or(&[][..], |base| &base.columns);
            let figures = place.columns.iter().map(|column| figure(column, base)).collect();
            let option = CaseOption { name: place.option.clone(), figures };
            match &place.locality {
                None => case.options.push(option),
                Some(name) => case.locality(name.clone()).options.push(option),
            }
        }
        self.cases.push(case);
    }
}

impl Case {
    /// The locality of a name, which is added if need be.
    fn locality(&mut self, name: String) -> &mut CaseLocality {
        let known = self.localities.iter().position(|locality| locality.name == name);
        let index = known.unwrap_or(self.localities.len());
        if known.is_none() {
            self.localities.push(CaseLocality { name, options: Vec::new() });
        }
        &mut self.localities[index]
    }
}

impl CaseOption {
    /// Its figure of a metric.
    pub fn figure(&self, metric: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.metric.name == metric)
    }
}

impl Figure {
    /// Whether it is the base case's in every world.
    pub fn is_unchanged(&self) -> bool {
        let change = self.difference;
        change.is_some_and(|change| change.value == 0.0 && change.se == Some(0.0))
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

/// What is compared of a run: the whole programme under each option, and each locality, if there
/// are several.
fn compared<C: Columns>(columns: &C) -> Result<Vec<Compared>, C::Error> {
    let outline = columns.outline();
    let mut all = Vec::new();
    for (index, option) in outline.options.iter().enumerate() {
        let several = option.places.len() > 2;
        for (at, place) in outline.places(index).zip(&option.places) {
            let metrics: &[&str] = match place.locality {
                None => &VARIED,
                Some(_) if several => &VARIED_BY_LOCALITY,
                Some(_) => continue,
            };
            all.push(Compared {
                option: option.name.clone(),
                locality: place.locality.clone(),
                columns: varied(columns, &outline, at, metrics)?,
            });
        }
    }
    Ok(all)
}

fn varied<C: Columns>(
    columns: &C,
    outline: &Outline,
    at: Place,
    metrics: &[&str],
) -> Result<Vec<Column>, C::Error> {
    let mut varied = Vec::new();
    for &name in metrics {
        let of = if name == "shortfall_chance" { "shortfall" } else { name };
        let column = columns.metric_named(outline, at, of)?;
        varied.extend(
            column.map(
                |column| {
                    if of == name { column.into_owned() } else { any_shortfall(&column) }
                },
            ),
        );
    }
    Ok(varied)
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
        let mut variation = Variation::new("Base case", &base).unwrap();
        variation.add("Ten fewer", &fewer).unwrap();
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
        let mut variation = Variation::new("Base case", &base).unwrap();
        variation.add("Renamed", &renamed).unwrap();
        let figure = figure_of(&variation.cases[1], "Tendered", "plans");
        assert!(figure.mean.is_some() && figure.difference.is_none());
    }

    #[test]
    fn the_chance_of_a_shortfall_is_the_share_of_worlds_with_one() {
        let base = synthetic::three_options(64);
        let variation = Variation::new("Base case", &base).unwrap();
        let shortfall = base.options[0].programme().unwrap().metric("shortfall").unwrap();
        let hits = (0..64).filter(|&i| shortfall.data.get(i).unwrap() > 0.0).count();
        let chance = figure_of(&variation.cases[0], "In-house", "shortfall_chance");
        assert_eq!(chance.mean.unwrap().value, hits as f64 / 64.0);
    }
}
