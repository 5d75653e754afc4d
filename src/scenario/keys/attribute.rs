//! What people differ by, and what that changes for them.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::node::{Node, Value};
use super::super::section::Section;
use crate::model::programme::{Attribute, AttributeValue, MOST_ATTRIBUTES, MOST_VALUES};
use crate::quantity::{Key, Unit};

const MIX: Shape = Shape::Leaf(Leaf::Mix("value"));
const FACTOR: Shape = Shape::Leaf(Leaf::Uncertain(Unit::Number));

/// Keys of `attribute.A`.
pub const KEYS: &[Field] = &[
    Field::may("mix", MIX, "stated by cohort", "Share of people with each value; they make 100%."),
    Field::may(
        "mix_of",
        Shape::Names("cohort", &MIX),
        "none",
        "A mix that a cohort has instead; the shares make 100%.",
    ),
    Field::may(
        "effect",
        Shape::Names("value", &Shape::Table(EFFECT)),
        "none",
        "What a value changes for those who have it.",
    ),
];

/// Keys of `attribute.A.effect.VALUE`.
const EFFECT: &[Field] = &[
    Field::or("support_times", FACTOR, "1", "Multiplies the length of support."),
    Field::or("patience_times", FACTOR, "1", "Multiplies how long someone waits for a coach."),
    Field::or("attends_times", FACTOR, "1", "Multiplies the chance of attending, at most 100%."),
    Field::or("in_work_odds_times", FACTOR, "1", "Multiplies the odds of being in work."),
    Field::may(
        "employed_at_start",
        Shape::Leaf(Leaf::Uncertain(Unit::Share)),
        "the cohort's",
        "Chance of having a job at the start.",
    ),
];

impl<'a> Compiler<'a> {
    /// Every attribute, in file order.
    pub fn compile_attributes(&mut self) -> Vec<Attribute> {
        let named = self.root.named("attribute");
        if named.len() > MOST_ATTRIBUTES {
            let message = format!("at most {MOST_ATTRIBUTES} attributes, not {}", named.len());
            self.wrong(self.root.place("attribute"), message);
        }
        self.one_employment(&named);
        let named = named.into_iter().take(MOST_ATTRIBUTES);
        named.map(|(name, section)| self.attribute(name, &section)).collect()
    }

    fn attribute(&mut self, name: &str, section: &Section<'a>) -> Attribute {
        self.dotless(name, section.at);
        let values = self.attribute_values(section);
        for (value, effect) in section.values("effect") {
            self.index_of("value", value, &values, effect.key);
        }
        let mixes = self.mixes(name, section, &values);
        let effects = section.named("effect");
        let unstated = section.table("effect").unstated(EFFECT);
        let values = values.into_iter().map(|value| {
            let stated = effects.iter().find(|(name, _)| *name == value);
            let effect = stated.map_or(&unstated, |(_, effect)| effect);
            AttributeValue {
                support_times: self.uncertain(effect, "support_times"),
                patience_times: self.uncertain(effect, "patience_times"),
                attends_times: self.uncertain(effect, "attends_times"),
                in_work_odds_times: self.uncertain(effect, "in_work_odds_times"),
                employed_at_start: self.uncertain_if(effect, "employed_at_start"),
                name: value,
            }
        });
        let values = values.collect();
        Attribute { name: name.to_owned(), key: Key::name(name), values, mixes }
    }

    /// The names of an attribute's values, in the order in which its mixes first name them.
    fn attribute_values(&mut self, section: &Section<'a>) -> Vec<String> {
        let common = section.stated("mix").into_iter();
        let own = section.values("mix_of").into_iter().map(|(_, mix)| mix);
        let mut names: Vec<String> = Vec::new();
        for (name, share) in common.chain(own).filter_map(Node::table).flatten() {
            if !names.contains(name) {
                self.dotless(name, share.key);
                names.push(name.clone());
            }
        }
        if names.len() > MOST_VALUES {
            let message = format!("at most {MOST_VALUES} values of one attribute");
            self.wrong(section.at, message);
            names.truncate(MOST_VALUES);
        }
        names
    }

    /// Each cohort's mix: its own, or the common one.
    fn mixes(&mut self, name: &str, section: &Section<'a>, values: &[String]) -> Vec<Vec<f64>> {
        let cohorts = self.cohorts.clone();
        for (cohort, mix) in section.values("mix_of") {
            self.index_of("cohort", cohort, &cohorts, mix.key);
        }
        let common = section.stated("mix").map(|mix| self.shares(mix, values));
        let own = section.values("mix_of");
        let mut missing = Vec::new();
        let mut mixes = Vec::new();
        for cohort in &cohorts {
            let stated = own.iter().find(|(name, _)| name == cohort);
            let mix = match (stated, &common) {
                (Some((_, mix)), _) => self.shares(mix, values),
                (None, Some(common)) => common.clone(),
                (None, None) => {
                    missing.push(cohort.as_str());
                    vec![0.0; values.len()]
                }
            };
            mixes.push(mix);
        }
        if !missing.is_empty() && !section.has_unknown() {
            let message = format!("\"{name}\" has no mix for {}", missing.join(", "));
            self.wrong(section.at, message)
                .help("write mix = { \"16 to 34\" = \"30%\", \"35 and over\" = \"70%\" }");
        }
        mixes
    }

    /// The share of each value.
    fn shares(&mut self, mix: &Node, values: &[String]) -> Vec<f64> {
        let mut shares = vec![0.0; values.len()];
        for (value, share) in self.mix_of(mix, "value", values) {
            shares[value] = share;
        }
        shares
    }

    /// Metrics are named by attribute and value, with a dot between them.
    fn dotless(&mut self, name: &str, at: super::super::node::Span) {
        if name.contains('.') {
            self.wrong(at, format!("\"{name}\" has a dot, which separates the parts of metrics"))
                .help("write it without one");
        }
    }

    /// Two attributes cannot both say who has a job at the start.
    fn one_employment(&mut self, named: &[(&'a str, Section<'a>)]) {
        let mut known: Option<&str> = None;
        for (name, section) in named {
            let effects = section.named("effect");
            let stated = effects.iter().find_map(|(_, effect)| effect.stated("employed_at_start"));
            match (stated, known) {
                (Some(node), Some(first)) => {
                    let message = format!("\"{first}\" says who has a job at the start already");
                    self.wrong(node.key, message).help("keep employed_at_start in one attribute");
                }
                (Some(_), None) => known = Some(name),
                (None, _) => {}
            }
        }
    }

    /// The pairs of attributes that are counted together.
    pub fn crossed(&mut self) -> Vec<(usize, usize)> {
        let names: Vec<String> =
            self.root.values("attribute").into_iter().map(|(name, _)| name.to_owned()).collect();
        let Some(Value::List(pairs)) =
            self.root.stated("attributes_crossed").map(|node| &node.value)
        else {
            return Vec::new();
        };
        let mut crossed: Vec<(usize, usize)> = Vec::new();
        for pair in pairs {
            let Value::List(items) = &pair.value else { continue };
            let found: Vec<usize> = items
                .iter()
                .filter_map(|item| {
                    self.index_of("attribute", item.text()?, &names, item.at)
                        .filter(|&index| index < MOST_ATTRIBUTES)
                })
                .collect();
            let [first, second] = found[..] else { continue };
            let known = crossed.iter().any(|&(a, b)| [(a, b), (b, a)].contains(&(first, second)));
            if first == second {
                self.wrong(pair.at, "an attribute is not crossed with itself");
            } else if known {
                self.wrong(pair.at, "these two are crossed already");
            } else {
                crossed.push((first, second));
            }
        }
        crossed
    }
}
