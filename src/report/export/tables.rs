//! Which tables a run gives, and what each of their columns is.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef};
use indexmap::IndexSet;

use crate::ensemble::Outline;
use crate::model::{Kind, Metric};
use crate::quantity::Unit;
use crate::report::definitions;

/// What one row of a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Each {
    /// An option, a place and a replicate.
    Outcome,
    /// An option, a place, a replicate and a month.
    Month,
    /// A replicate.
    Replicate,
}

/// A table of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// `outcomes`, `monthly` or `inputs`.
    pub name: &'static str,
    /// What one row is about.
    pub each: Each,
    /// Its columns.
    pub columns: Vec<TableColumn>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableColumn {
    /// What it is called.
    pub name: String,
    /// What its values are.
    pub holds: Holds,
    /// What they are measured in; empty for names.
    pub unit: &'static str,
    /// What they mean; empty where nobody has said it.
    pub means: String,
    /// Where they come from.
    pub source: Source,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Whole numbers of 64 bits.
    Whole,
    /// Reals of 64 bits.
    Real,
    /// Text.
    Text,
}

/// Where the values of a column come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The option's name.
    Option,
    /// The locality's name.
    Locality,
    /// The number of the replicate.
    Replicate,
    /// The label of the month.
    Month,
    /// A metric or a monthly series of the place.
    Metric(Metric),
    /// The drawn input of this number.
    Input(usize),
}

/// The tables of a run: outcomes, months and, where any are drawn, inputs. `unit` says what an input
/// is measured in, by its path, where that is known.
pub fn tables(outline: &Outline, unit: impl Fn(&str) -> Option<Unit>) -> Vec<Table> {
    let places = || outline.options.iter().flat_map(|option| &option.places);
    let metrics: IndexSet<&Metric> = places().flat_map(|place| &place.metrics).collect();
    let series: IndexSet<&Metric> = places().flat_map(|place| &place.monthly).collect();
    let mut tables = vec![
        Table {
            name: "outcomes",
            each: Each::Outcome,
            columns: [option(), locality(), replicate()]
                .into_iter()
                .chain(metrics.iter().map(|metric| of(metric, definitions::definition)))
                .collect(),
        },
        Table {
            name: "monthly",
            each: Each::Month,
            columns: [option(), locality(), replicate(), month()]
                .into_iter()
                .chain(series.iter().map(|metric| of(metric, definitions::monthly)))
                .collect(),
        },
    ];
    if !outline.inputs.is_empty() {
        let inputs = outline.inputs.iter().enumerate();
        let inputs = inputs.map(|(index, path)| input(index, path, unit(path)));
        let columns = std::iter::once(replicate()).chain(inputs).collect();
        tables.push(Table { name: "inputs", each: Each::Replicate, columns });
    }
    tables.iter_mut().for_each(|table| apart(&mut table.columns));
    tables
}

/// Gives columns that would be called alike names of their own, the later ones a number: somebody may
/// have named a published count `cost_pence` beside published money of the name `cost`.
fn apart(columns: &mut [TableColumn]) {
    let mut taken: BTreeSet<String> = columns.iter().map(|column| column.name.clone()).collect();
    let mut seen = BTreeSet::new();
    for column in columns {
        if !seen.insert(column.name.clone()) {
            // There are fewer columns than whole numbers.
            let names = (2..u64::MAX).map(|number| format!("{}_{number}", column.name));
            if let Some(free) = names.into_iter().find(|name| !taken.contains(name)) {
                taken.insert(free.clone());
                column.name = free;
            }
        }
    }
}

fn text(name: &str, means: &str, source: Source) -> TableColumn {
    TableColumn { name: name.into(), holds: Holds::Text, unit: "", means: means.into(), source }
}

fn option() -> TableColumn {
    text("option", "the way of delivering", Source::Option)
}

fn locality() -> TableColumn {
    text("locality", "the place; none for the whole programme", Source::Locality)
}

fn month() -> TableColumn {
    text("month", "the year and the month", Source::Month)
}

fn replicate() -> TableColumn {
    TableColumn {
        name: "replicate".into(),
        holds: Holds::Whole,
        unit: "number, from 0",
        means: "the simulated world: the same number is the same world under every option".into(),
        source: Source::Replicate,
    }
}

/// The column of a metric. Exact money says that it is in pence, as in the JSON.
fn of(metric: &Metric, definition: impl Fn(&str) -> Option<String>) -> TableColumn {
    let exact_money = metric.kind == Kind::Money;
    TableColumn {
        name: format!("{}{}", metric.name, if exact_money { "_pence" } else { "" }),
        holds: if metric.kind.is_whole() { Holds::Whole } else { Holds::Real },
        unit: definitions::unit(metric.kind),
        means: definition(&metric.name).unwrap_or_default(),
        source: Source::Metric(metric.clone()),
    }
}

fn input(index: usize, path: &str, unit: Option<Unit>) -> TableColumn {
    TableColumn {
        name: path.to_owned(),
        holds: Holds::Real,
        unit: unit.map_or("", as_held),
        means: "what was drawn for this value of the scenario, after a stress's changes".into(),
        source: Source::Input(index),
    }
}

/// The unit in which a drawn value is held.
fn as_held(unit: Unit) -> &'static str {
    match unit {
        Unit::People => "people",
        Unit::PeoplePerMonth => "people a month",
        Unit::PeoplePerWeek => "people a week",
        Unit::Time => "days",
        Unit::Pounds => "pounds",
        Unit::Share => "share",
        Unit::Hazard => "rate a day",
        Unit::Number => "number",
    }
}

impl Table {
    /// The table's columns as Arrow knows them.
    pub fn schema(&self) -> SchemaRef {
        let field = |column: &TableColumn| {
            // Everybody has an option, a replicate and a month; only values and places may lack.
            let nullable =
                matches!(column.source, Source::Locality | Source::Metric(_) | Source::Input(_));
            Field::new(&column.name, column.holds.arrow(), nullable)
        };
        Arc::new(Schema::new(self.columns.iter().map(field).collect::<Vec<_>>()))
    }
}

impl Holds {
    /// As Arrow calls it.
    pub fn arrow(self) -> DataType {
        match self {
            Holds::Whole => DataType::Int64,
            Holds::Real => DataType::Float64,
            Holds::Text => DataType::Utf8,
        }
    }

    /// As people call it.
    pub fn words(self) -> &'static str {
        match self {
            Holds::Whole => "whole number",
            Holds::Real => "real",
            Holds::Text => "text",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::outline::{OptionOutline, PlaceOutline};

    fn outline() -> Outline {
        let metric = |name: &str, kind| Metric { name: name.into(), kind };
        let place = |locality: Option<&str>, own: &[Metric]| PlaceOutline {
            locality: locality.map(String::from),
            metrics: [own, &[metric("plans", Kind::People), metric("cost", Kind::Money)]].concat(),
            monthly: vec![metric("balance", Kind::Money)],
        };
        let own = [metric("cost_per_plan", Kind::Pounds)];
        let places = vec![place(Some("Bury"), &own), place(Some("Bolton"), &[]), place(None, &own)];
        Outline {
            seed: 1,
            replicates: 16,
            months: vec!["2024-10".into()],
            inputs: vec!["journey.attends".into()],
            options: vec![OptionOutline { name: "In-house".into(), places }],
        }
    }

    fn names(table: &Table) -> Vec<&str> {
        table.columns.iter().map(|column| column.name.as_str()).collect()
    }

    #[test]
    fn a_table_has_every_column_of_every_place_once_and_money_says_that_it_is_pence() {
        let tables = tables(&outline(), |_| Some(Unit::Share));
        let outcomes = ["option", "locality", "replicate", "cost_per_plan", "plans", "cost_pence"];
        assert_eq!(names(&tables[0]), outcomes);
        assert_eq!(
            names(&tables[1]),
            ["option", "locality", "replicate", "month", "balance_pence"]
        );
        assert_eq!(names(&tables[2]), ["replicate", "journey.attends"]);
        assert_eq!(tables[2].columns[1].unit, "share");
        assert_eq!(tables[0].columns[5].unit, "pence");
    }

    #[test]
    fn columns_that_would_be_called_alike_are_told_apart() {
        let mut outline = outline();
        let metric = |name: &str, kind| Metric { name: name.into(), kind };
        outline.options[0].places[2].metrics = vec![
            metric("published.cost", Kind::Money),
            metric("published.cost_pence", Kind::People),
            metric("published.cost_pence_2", Kind::People),
        ];
        let tables = tables(&outline, |_| None);
        let mut names = names(&tables[0]);
        names.retain(|name| name.starts_with("published"));
        let apart = ["published.cost_pence", "published.cost_pence_3", "published.cost_pence_2"];
        assert_eq!(names, apart);
    }

    #[test]
    fn where_nothing_is_drawn_there_is_no_table_of_inputs() {
        let fixed = Outline { inputs: Vec::new(), ..outline() };
        assert_eq!(tables(&fixed, |_| None).len(), 2);
    }
}
