//! A programme total divided between localities.

use super::super::compile::Compiler;
use super::super::fair_share::{FairShares, divide, divides};
use super::super::grammar::{Field, Leaf, Shape};
use super::super::section::Section;
use crate::quantity::Unit;

/// The column that every locality has a key of its own for.
const POPULATION: &str = "population";

/// A value of `locality.L.weights`: people out of work, residents of working age, a formula's score.
pub const WEIGHT: Leaf = Leaf::Fixed(Unit::People, 0.0, 1e7);

/// Keys of `fair_share`.
pub const KEYS: &[Field] = &[
    Field::must(
        "participants",
        Shape::Leaf(Leaf::Whole(1, 10_000_000)),
        "Participants of the whole programme.",
    ),
    Field::or(
        "by",
        Shape::Leaf(Leaf::Name("column")),
        POPULATION,
        "What it is divided by: population, or a column of the localities' weights.",
    ),
    Field::may(
        "precision",
        Shape::Leaf(Leaf::Fixed(Unit::Share, 0.0, 1.0)),
        "not rounded",
        "What each locality's share is rounded to; by largest remainder if they do not add up.",
    ),
];

impl<'a> Compiler<'a> {
    /// The programme's participants divided between all localities, if the scenario says how.
    pub fn fair_shares(&mut self) -> Option<FairShares> {
        let section = self.root.table("fair_share");
        if !section.is_stated() {
            return None;
        }
        let participants = self.whole(&section, "participants");
        let precision = self.share(&section, "precision");
        let by = self.text(&section, "by")?;
        if let Some(step) = precision.filter(|step| !divides(step.billionths())) {
            let message = format!("100% is not a whole number of times {step}");
            self.wrong(section.place("precision"), message)
                .help("write \"0.1%\", \"0.5%\" or \"1%\", or leave precision out");
            return None;
        }
        let weights = self.weights(&section, &by)?;
        let places = divide(participants?, &weights, precision);
        if places.is_none() && !weights.is_empty() {
            self.wrong(section.place("by"), format!("no locality has any {by} to divide by"));
        }
        Some(FairShares { by, participants: participants?, places: places? })
    }

    /// What each locality has in a column; `None`, with reports, where one has nothing there.
    fn weights(&mut self, section: &Section<'a>, by: &str) -> Option<Vec<f64>> {
        let localities = self.root.named("locality");
        if by != POPULATION {
            let mut columns = vec![POPULATION.to_owned()];
            for (column, _) in localities.iter().flat_map(|(_, table)| table.values("weights")) {
                if !columns.iter().any(|known| known == column) {
                    columns.push(column.to_owned());
                }
            }
            self.index_of("column", by, &columns, section.place("by"))?;
        }
        let mut weights = Vec::new();
        for (name, table) in &localities {
            let weight = match by {
                POPULATION => self.number(table, POPULATION),
                _ => self.weight(table, by),
            };
            if weight.is_none() {
                let key = match by {
                    POPULATION => "population".to_owned(),
                    _ => format!("weights.{by}"),
                };
                self.wrong(table.at, format!("{name} has no {key} to divide by"))
                    .help("a fair share is a part of all localities: each needs its number");
            }
            weights.extend(weight);
        }
        (weights.len() == localities.len()).then_some(weights)
    }

    fn weight(&mut self, locality: &Section<'a>, column: &str) -> Option<f64> {
        let (_, node) = locality.values("weights").into_iter().find(|(name, _)| *name == column)?;
        self.known(node, &locality.path.with("weights").with(column), WEIGHT)
    }

    /// Agreed participants of a locality: as stated, else its fair share.
    pub fn agreed(&mut self, name: &str, section: &Section<'a>, share: Option<i64>) -> i64 {
        const KEY: &str = "agreed_participants";
        if section.stated(KEY).is_some() {
            return self.whole(section, KEY).unwrap_or(0);
        }
        match share {
            Some(share) if share > 0 => share,
            Some(_) => {
                self.wrong(section.at, format!("the fair share of {name} comes to nobody"))
                    .help("state its agreed_participants, or another precision");
                0
            }
            // What is misspelt is not missing as well; a broken fair share has its own report.
            None if section.has_unknown() || self.root.stated("fair_share").is_some() => 0,
            None => {
                let path = section.path.clone();
                self.wrong(section.at, format!("{path} has no {KEY}"))
                    .help("Participants agreed with the funder: people with an action plan.")
                    .help(format!("write {KEY} = 536, or [fair_share] for all localities"));
                0
            }
        }
    }
}
