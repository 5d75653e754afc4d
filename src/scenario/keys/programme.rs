//! The programme: its name and its dates.

use jiff::civil::Date;

use super::super::compile::Compiler;
use super::super::diagnostic::Diagnostic;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::node::{Node, Value};
use super::super::section::Section;
use super::{DATE, TEXT};
use crate::model::programme::Opens;
use crate::quantity::{Calendar, Unit};

/// The longest programme, in days.
const LONGEST: i32 = 30 * 366;

/// Keys of `programme`.
pub const KEYS: &[Field] = &[
    Field::must("name", TEXT, "What the programme is called."),
    Field::must("starts", DATE, "Its first day."),
    Field::must("ends", DATE, "Its last day of delivery."),
    Field::may("last_referral", DATE, "the programme's end", "No referral comes after this day."),
    Field::or(
        "opens",
        Shape::Leaf(Leaf::Opens),
        "with service",
        "When a locality takes referrals: once someone can see people, or on a date.",
    ),
];

/// A value of `reference_class`.
pub const REFERENCE: Leaf = Leaf::Fixed(Unit::Number, 0.0, 100.0);

/// The programme's days; `None`, with reports, where its dates make no programme.
pub fn calendar(root: &Section<'_>, reports: &mut Vec<Diagnostic>) -> Option<Calendar> {
    let section = root.table("programme");
    let date = |key: &str| match section.stated(key).map(|node: &Node| &node.value) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    };
    let (starts, ends) = (date("starts")?, date("ends")?);
    if ends < starts {
        reports.push(
            Diagnostic::error(section.place("ends"), "the programme ends before it starts")
                .with_help(format!("it starts on {starts}")),
        );
        return None;
    }
    let calendar = Calendar::new(starts, ends).filter(|calendar| calendar.days() <= LONGEST);
    if calendar.is_none() {
        reports.push(
            Diagnostic::error(section.place("ends"), "a programme lasts at most 30 years")
                .with_help(format!("it would last from {starts} to {ends}: is the year right?")),
        );
    }
    calendar
}

/// A year that stands in for a programme whose dates are broken, so that all else is still checked.
pub fn any_calendar() -> Option<Calendar> {
    Calendar::new(Date::constant(2000, 1, 1), Date::constant(2000, 12, 31))
}

/// When localities open, as a table says.
pub fn opens(section: &Section<'_>) -> Option<Opening> {
    match section.stated("opens").map(|node| &node.value) {
        Some(Value::Date(date)) => Some(Opening::On(*date)),
        Some(Value::Text(_)) => Some(Opening::WithService),
        _ => None,
    }
}

/// When localities open, before dates are days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Once someone can see people.
    WithService,
    /// On a date.
    On(Date),
}

impl Compiler<'_> {
    /// When localities open under an option.
    pub fn opens(&mut self, option: &Section<'_>) -> Opens {
        let programme = self.root.table("programme");
        let (section, opening) = match (opens(option), opens(&programme)) {
            (Some(own), _) => (option.clone(), own),
            (None, Some(common)) => (programme, common),
            (None, None) => return Opens::WithService,
        };
        match opening {
            Opening::WithService => Opens::WithService,
            Opening::On(date) => {
                let day = self.calendar.day(date);
                if self.dated && !(0..=self.calendar.last()).contains(&day) {
                    let (first, last) =
                        (self.calendar.starts(), self.calendar.date(self.calendar.last()));
                    self.wrong(section.place("opens"), "this date lies outside the programme")
                        .help(format!("the programme runs from {first} to {last}"));
                }
                Opens::On(day)
            }
        }
    }
}
