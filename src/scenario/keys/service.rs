//! Onward services: what they cost, how many they can take, what they change.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape, field};
use super::super::section::{Found, Section};
use super::cost::ELIGIBLE;
use super::{AGREED_ON, CONFIDENT, NOTE, OWNER, SOURCE, journey};
use crate::model::programme::{MOST_SERVICES, Service};
use crate::quantity::{Key, Uncertain, Unit};

/// Keys of `service.N`.
pub const KEYS: &[Field] = &[
    Field::must("unit_cost", Shape::Leaf(Leaf::Uncertain(Unit::Pounds)), "Cost of one use."),
    Field::may(
        "capacity_per_month",
        Shape::Leaf(Leaf::Uncertain(Unit::PeoplePerMonth)),
        "no limit",
        "People it can take in a month.",
    ),
    Field::may(
        "budget",
        Shape::Leaf(Leaf::Fixed(Unit::Pounds, 0.0, 1e9)),
        "no limit",
        "The most that is spent on it.",
    ),
    Field::or("takes", Shape::Leaf(Leaf::Varying), "0 days", "From its first day to its end."),
    Field::or(
        "changes_in_work",
        Shape::Leaf(Leaf::Uncertain(Unit::Number)),
        "1",
        "Multiplies the odds of being in work of those who had it before support ended.",
    ),
    Field::or(
        "priority",
        Shape::Leaf(Leaf::Uncertain(Unit::Share)),
        "0%",
        "Share of requests that go to the list's head.",
    ),
    Field::may(
        "serves",
        Shape::Leaf(Leaf::List("locality")),
        "all",
        "Localities it serves, with one list, one capacity and one budget for all of them.",
    ),
    ELIGIBLE,
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

impl<'a> Compiler<'a> {
    /// Every onward service, in file order.
    pub fn compile_services(&mut self) -> Vec<Service> {
        let named = self.root.named("service");
        if named.len() > MOST_SERVICES {
            let message = format!("at most {MOST_SERVICES} services, not {}", named.len());
            self.wrong(self.root.place("service"), message);
        }
        let named = named.into_iter().take(MOST_SERVICES);
        named.map(|(name, section)| self.service(name, &section)).collect()
    }

    fn service(&mut self, name: &str, section: &Section<'a>) -> Service {
        self.not_a_team_line(name, section);
        let localities = self.localities.clone();
        Service {
            name: name.to_owned(),
            key: Key::name(name),
            unit_cost: self.uncertain(section, "unit_cost"),
            capacity_per_month: self.uncertain_if(section, "capacity_per_month"),
            budget: self.money(section, "budget"),
            takes: self.varying(section, "takes"),
            changes_in_work: self.uncertain(section, "changes_in_work"),
            priority: self.uncertain(section, "priority"),
            serves: self.listed(section, "serves", "locality", &localities),
            eligible: self.flag(section, "eligible"),
        }
    }

    /// The names of the onward services, in file order.
    fn services(&self) -> Vec<String> {
        let named = self.root.values("service").into_iter().take(MOST_SERVICES);
        named.map(|(name, _)| name.to_owned()).collect()
    }

    /// Reports needs of services that are not there.
    pub fn known_needs(&mut self, section: &Section<'a>) {
        let services = self.services();
        for (name, node) in section.values("needs") {
            self.index_of("service", name, &services, node.key);
        }
    }

    /// Chance of needing each service, as a cohort states it, or else the journey.
    pub fn needs_of(&mut self, section: &Section<'a>) -> Vec<Uncertain> {
        let common = self.root.table("journey");
        let services = self.services();
        let needs = services.iter().map(|service| {
            [section, &common].into_iter().find_map(|table| {
                let stated = table.values("needs").into_iter();
                let (_, node) = stated.into_iter().find(|(name, _)| name == service)?;
                let found = Found {
                    field: field(journey::KEYS, "needs")?,
                    node: Some(node),
                    path: table.path.with("needs").with(service),
                    draws: table.draws.with("needs").with(service),
                };
                self.value(&found, node, Unit::Share)
            })
        });
        needs.map(|need| need.unwrap_or(Uncertain::ZERO)).collect()
    }
}
