//! The ways of delivering that are compared.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::section::Section;
use super::team;
use crate::model::programme::{DeliveryOption, UnusedPlaces};

/// The most options of one scenario.
const MOST: usize = 50;
/// The most teams of one option.
const MOST_TEAMS: usize = 100;

/// Keys of `option.O`.
pub const KEYS: &[Field] = &[
    Field::may(
        "opens",
        Shape::Leaf(Leaf::Opens),
        "as the programme's",
        "When localities open under this option.",
    ),
    Field::or(
        "unused_places",
        Shape::Leaf(Leaf::Choice(&["keep", "move"])),
        "keep",
        "What becomes of the places of a team that stops for good.",
    ),
    Field::must("team", Shape::Names("team", &Shape::Table(team::KEYS)), "Its teams, in order."),
];

impl<'a> Compiler<'a> {
    /// Every option, in file order.
    pub fn compile_options(&mut self) -> Vec<DeliveryOption> {
        let named = self.root.named("option");
        let at = self.root.place("option");
        match named.len() {
            0 if self.root.is_empty("option") => {
                self.wrong(at, "there is no option here")
                    .help("write [option.In-house.team.\"Council coaches\"] with its posts");
            }
            count if count > MOST => {
                self.wrong(at, format!("at most {MOST} options, not {count}"));
            }
            _ => {}
        }
        named.into_iter().map(|(name, section)| self.option(name, &section)).collect()
    }

    fn option(&mut self, name: &str, section: &Section<'a>) -> DeliveryOption {
        let teams = section.named("team");
        match teams.len() {
            0 if section.is_empty("team") => {
                self.wrong(section.place("team"), format!("the option \"{name}\" has no team"))
                    .help("write [option.In-house.team.\"Council coaches\"] with its posts");
            }
            count if count > MOST_TEAMS => {
                let at = section.place("team");
                self.wrong(at, format!("at most {MOST_TEAMS} teams in an option, not {count}"));
            }
            _ => {}
        }
        self.one_luck_each(&teams);
        let option = DeliveryOption {
            name: name.to_owned(),
            opens: self.opens(section),
            unused_places: match self.says(section, "unused_places", "move") {
                true => UnusedPlaces::Move,
                false => UnusedPlaces::Keep,
            },
            teams: teams.iter().map(|(name, team)| self.team(name, team)).collect(),
        };
        self.everywhere_served(section, &option);
        option
    }

    /// Two teams of one option may not draw the same luck.
    fn one_luck_each(&mut self, teams: &[(&'a str, Section<'a>)]) {
        for (index, (name, team)) in teams.iter().enumerate() {
            let own = self.text(team, "draws_as").unwrap_or((*name).to_owned());
            let twin = teams[..index].iter().find(|(earlier, section)| {
                self.text(section, "draws_as").unwrap_or((*earlier).to_owned()) == own
            });
            if let Some((earlier, _)) = twin {
                let message =
                    format!("\"{earlier}\" and \"{name}\" of one option both draw as \"{own}\"");
                let at = team.stated("draws_as").map_or(team.at, |node| node.at);
                self.wrong(at, message).help("give one of them another draws_as");
            }
        }
    }

    fn everywhere_served(&mut self, section: &Section<'a>, option: &DeliveryOption) {
        let localities = self.localities.clone();
        for (index, locality) in localities.iter().enumerate() {
            let served = option.teams.iter().any(|team| team.serves.contains(&index));
            if !served && !option.teams.is_empty() {
                let message = format!(
                    "no team serves {locality} under \"{}\": nobody is seen there",
                    option.name
                );
                self.warn(section.at, message);
            }
        }
    }
}
