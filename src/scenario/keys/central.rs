//! What the programme spends that no locality does.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::units::MOST_POUNDS;
use crate::model::programme::{Central, Funding, Locality};
use crate::quantity::{Pence, Unit};

/// Keys of `central`.
pub const KEYS: &[Field] = &[
    Field::must(
        "funds",
        Shape::Leaf(Leaf::Fixed(Unit::Pounds, 0.0, MOST_POUNDS)),
        "All the money of the programme, that of the localities included.",
    ),
    Field::or("name", Shape::Leaf(Leaf::Name("line of cost")), "Central", "What it is called."),
];

impl Compiler<'_> {
    /// What the programme's funds leave above the allocation of its participants: those that are
    /// divided into fair shares, or else the sum of what the localities agreed.
    pub fn central(&mut self, funding: &Funding, localities: &[Locality]) -> Option<Central> {
        let section = self.root.table("central");
        let funds = section.is_stated().then(|| self.money(&section, "funds"))??;
        let divided = self.root.table("fair_share");
        let divided = divided.is_stated().then(|| self.whole(&divided, "participants")).flatten();
        let agreed = || localities.iter().map(|locality| locality.agreed).sum();
        let participants = divided.unwrap_or_else(agreed);
        let allocated = self.allocation(participants, None, funding).total;
        if funds < allocated {
            let message =
                format!("the funds are less than the allocation of {participants} people");
            self.wrong(section.place("funds"), message)
                .help(format!("their allocation is {allocated}"));
        }
        Some(Central {
            name: self.text(&section, "name").unwrap_or_default(),
            amount: Pence::at_least_zero(funds - allocated),
        })
    }
}
