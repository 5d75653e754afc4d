//! Who refers people, how many, and when.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::node::Node;
use super::super::section::Section;
use super::funding::percent;
use super::{AGREED_ON, CONFIDENT, DATE, NOTE, OWNER, SOURCE};
use crate::model::programme::Source;
use crate::quantity::{FixedShare, Key, Uncertain, Unit};

const SHARE: Shape = Shape::Leaf(Leaf::Uncertain(Unit::Share));
const RATE: Shape = Shape::Leaf(Leaf::Uncertain(Unit::PeoplePerMonth));

/// Keys of `locality.L.referrals.S`.
pub const KEYS: &[Field] = &[
    Field::may("per_month", RATE, "", "Referrals a month at full flow."),
    Field::may(
        "per_100k_per_month",
        RATE,
        "",
        "Referrals a month at full flow for each 100,000 of the population.",
    ),
    Field::or(
        "ramp",
        Shape::Leaf(Leaf::Uncertain(Unit::Time)),
        "0 days",
        "From opening to full flow.",
    ),
    Field::may("starts", DATE, "the programme's start", "First day on which it refers."),
    Field::may("ends", DATE, "the programme's end", "Last day on which it refers."),
    Field::or("eligible", SHARE, "100%", "Share for whom the programme is right."),
    Field::or("past_triage", SHARE, "0%", "Share who go straight to the coaches' list."),
    Field::may("attends", SHARE, "the cohort's", "Chance of attending each appointment."),
    Field::may(
        "cohorts",
        Shape::Leaf(Leaf::Mix("cohort")),
        "the only cohort",
        "Mix of cohorts; the shares make 100%.",
    ),
    Field::or(
        "overdispersion",
        Shape::Leaf(Leaf::Uncertain(Unit::Number)),
        "0",
        "How much months differ beyond chance: a month of mean m has variance m + v m squared.",
    ),
    Field::may("season", Shape::Table(SEASON), "none", "Factor by calendar month."),
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

const FACTOR: Shape = Shape::Leaf(Leaf::Fixed(Unit::Number, 0.0, 100.0));

const fn month(key: &'static str) -> Field {
    Field::or(key, FACTOR, "1", "Factor of referrals in this calendar month.")
}

const SEASON: &[Field] = &[
    month("jan"),
    month("feb"),
    month("mar"),
    month("apr"),
    month("may"),
    month("jun"),
    month("jul"),
    month("aug"),
    month("sep"),
    month("oct"),
    month("nov"),
    month("dec"),
];

impl<'a> Compiler<'a> {
    /// Someone who refers people to a locality.
    pub fn source(&mut self, name: &str, section: &Section<'a>, population: Option<i64>) -> Source {
        let (per_month, scale) = self.rate(name, section, population);
        let last = self.calendar.last();
        let starts = self.within(section, "starts", 0);
        let ends = self.within(section, "ends", last);
        self.in_order(section, "starts", "ends");
        let mut season = [1.0; 12];
        let factors = section.table("season");
        for (factor, field) in season.iter_mut().zip(SEASON) {
            *factor = self.number(&factors, field.key).unwrap_or(1.0);
        }
        Source {
            name: name.to_owned(),
            key: Key::name(name),
            per_month,
            scale,
            ramp: self.uncertain(section, "ramp"),
            starts,
            ends,
            eligible: self.uncertain(section, "eligible"),
            past_triage: self.uncertain(section, "past_triage"),
            attends: self.uncertain_if(section, "attends"),
            cohorts: self.mix(section),
            overdispersion: self.uncertain(section, "overdispersion"),
            season,
        }
    }

    /// Referrals a month, and what they are multiplied by.
    fn rate(
        &mut self,
        name: &str,
        section: &Section<'a>,
        population: Option<i64>,
    ) -> (Uncertain, f64) {
        match (section.stated("per_month"), section.stated("per_100k_per_month")) {
            (Some(_), None) => (self.uncertain(section, "per_month"), 1.0),
            (None, Some(node)) => {
                if population.is_none() {
                    self.wrong(node.key, "referrals per 100,000 need the locality's population")
                        .help("state population = ... in the locality");
                }
                let scale = population.unwrap_or(0) as f64 / 100_000.0;
                (self.uncertain(section, "per_100k_per_month"), scale)
            }
            (Some(_), Some(node)) => {
                self.wrong(node.key, format!("the referrals of \"{name}\" are stated in two ways"))
                    .help("keep per_month or per_100k_per_month; an inherited one goes with { remove = true }");
                (Uncertain::ZERO, 1.0)
            }
            (None, None) => {
                // A misspelt key is reported already, and is probably what is missing.
                let misspelt = section.has_unknown();
                if !misspelt {
                    self.wrong(
                        section.at,
                        format!("\"{name}\" does not say how many people it refers"),
                    )
                    .help("write per_month = 20, or per_100k_per_month = 8");
                }
                (Uncertain::ZERO, 1.0)
            }
        }
    }

    /// The mix of cohorts: indices and shares.
    fn mix(&mut self, section: &Section<'a>) -> Vec<(usize, f64)> {
        let cohorts = self.cohorts.clone();
        let Some(node) = section.stated("cohorts") else {
            if cohorts.len() > 1 && !section.has_unknown() {
                self.wrong(section.at, "with several cohorts, each source states its mix of them")
                    .help(format!(
                        "write cohorts = {{ \"{}\" = \"60%\", \"{}\" = \"40%\" }}",
                        cohorts[0], cohorts[1]
                    ));
            }
            return vec![(0, 1.0)];
        };
        self.mix_of(node, "cohort", &cohorts)
    }

    /// The indices and shares of a mix of named things, which make 100%.
    pub fn mix_of(&mut self, node: &Node, noun: &str, names: &[String]) -> Vec<(usize, f64)> {
        let mut mix = Vec::new();
        let (mut sum, mut sound) = (0, true);
        for (name, share) in node.table().into_iter().flatten() {
            let index = self.index_of(noun, name, names, share.key);
            let share = super::super::units::scalar(share, Unit::Share).ok();
            match (index, share.and_then(FixedShare::new)) {
                (Some(index), Some(share)) => {
                    sum += share.billionths();
                    mix.push((index, share.get()));
                }
                _ => sound = false,
            }
        }
        if sound && !mix.is_empty() && sum != FixedShare::ALL.billionths() {
            self.wrong(node.at, format!("the shares of this mix make {}, not 100%", percent(sum)))
                .help(format!("a mix is replaced whole: state every {noun}'s share"));
        }
        mix
    }
}
