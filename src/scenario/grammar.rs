//! What a scenario may say: one definition of each key, from which files are checked, merged,
//! addressed by paths, put in words and described to editors as a JSON Schema.

use super::units::{largest, noun, range};
use crate::quantity::Unit;

/// One key of a table.
#[derive(Debug)]
pub struct Field {
    /// As it is written.
    pub key: &'static str,
    /// What stands behind it.
    pub shape: Shape,
    /// Whether it has to be stated, and what holds if it is not.
    pub need: Need,
    /// What it means, for people.
    pub about: &'static str,
}

/// What stands behind a key.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A table with these keys.
    Table(&'static [Field]),
    /// A table in which the user names things, each of this shape. The noun is singular.
    Names(&'static str, &'static Shape),
    /// A value. Values are replaced whole when a file inherits, never merged.
    Leaf(Leaf),
}

/// A value.
#[derive(Clone, Copy, Debug)]
pub enum Leaf {
    /// A text for people.
    Text,
    /// The name of something else in the scenario: a pipeline, a stage.
    Name(&'static str),
    /// A list of names or paths; the noun is singular.
    List(&'static str),
    /// A path, or a list of several.
    Paths,
    /// `2024-10-01`.
    Date,
    /// A list of dates.
    Dates,
    /// `"with service"` or a date.
    Opens,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A known whole number between two ends.
    Whole(i64, i64),
    /// A known value between two ends, in the unit's own measure (days, pounds, share).
    Fixed(Unit, f64, f64),
    /// One value per world.
    Uncertain(Unit),
    /// One value per person, post or try; its parameters may be uncertain.
    Varying,
    /// Pounds a year, or pounds a year from each of several dates on; uncertain.
    Salary,
    /// Shares of named things that make the whole; the noun is singular.
    Mix(&'static str),
    /// A list of pairs of names; the noun is singular.
    Pairs(&'static str),
    /// A figure as printed: a number, money, a share, a time or a date.
    Printed,
    /// What a stress does to a value.
    Change,
}

/// Whether a key has to be stated, and what holds if it is not.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// It has to be stated.
    Compulsory,
    /// This value holds, written as in a file.
    Default(&'static str),
    /// No value holds; what that means, in words: `no limit`.
    Absent(&'static str),
}

impl Field {
    /// A key that has to be stated.
    pub const fn must(key: &'static str, shape: Shape, about: &'static str) -> Self {
        Field { key, shape, need: Need::Compulsory, about }
    }

    /// A key with a default value.
    pub const fn or(
        key: &'static str,
        shape: Shape,
        default: &'static str,
        about: &'static str,
    ) -> Self {
        Field { key, shape, need: Need::Default(default), about }
    }

    /// A key that may be left out; `absent` says what holds then.
    pub const fn may(
        key: &'static str,
        shape: Shape,
        absent: &'static str,
        about: &'static str,
    ) -> Self {
        Field { key, shape, need: Need::Absent(absent), about }
    }
}

/// The key of a table by its name.
pub fn field(fields: &'static [Field], key: &str) -> Option<&'static Field> {
    fields.iter().find(|field| field.key == key)
}

impl Shape {
    /// What stands behind a key of this shape, if it is a table that may have it.
    pub fn step(&self, key: &str) -> Option<Shape> {
        match self {
            Shape::Table(fields) => field(fields, key).map(|field| field.shape),
            Shape::Names(_, shape) => Some(**shape),
            Shape::Leaf(_) => None,
        }
    }

    /// Whether tables of this shape merge by key when a file inherits.
    pub fn merges(&self) -> bool {
        !matches!(self, Shape::Leaf(_))
    }
}

/// Which dates can be written.
const DATES: &str = "a date from 0001-01-01 to 9999-12-31";

impl Leaf {
    /// Which values it may have, for a message, where they have an order: `a share from 0% to 100%`.
    pub fn range(&self) -> Option<String> {
        let between =
            |unit, least, most| Some(format!("{} {}", noun(unit), range(unit, least, most)));
        match *self {
            Leaf::Whole(least, most) => Some(format!("a whole number from {least} to {most}")),
            Leaf::Fixed(unit, least, most) => between(unit, least, most),
            Leaf::Uncertain(Unit::Hazard) => {
                Some("a share from 0% to below 100%, per month or year".to_owned())
            }
            Leaf::Uncertain(Unit::Share) => between(Unit::Share, 0.0, 1.0),
            Leaf::Uncertain(unit) => between(unit, 0.0, largest(unit)),
            Leaf::Varying => between(Unit::Time, 0.0, largest(Unit::Time)),
            Leaf::Salary => between(Unit::Pounds, 0.0, largest(Unit::Pounds)),
            Leaf::Mix(noun) => Some(format!("shares of {noun}s from 0% to 100%, 100% in all")),
            Leaf::Date | Leaf::Dates => Some(DATES.to_owned()),
            Leaf::Opens => Some(format!("\"with service\", or {DATES}")),
            Leaf::Printed | Leaf::Change => Some(self.wanted()),
            _ => None,
        }
    }

    /// What the value is, with an example, for a message.
    pub fn wanted(&self) -> String {
        match self {
            Leaf::Text => "a text in quotes".to_owned(),
            Leaf::Name(noun) => format!("the name of a {noun}, in quotes"),
            Leaf::List(noun) => format!("a list: [\"{noun} one\", \"{noun} two\"]"),
            Leaf::Paths => "a path in quotes, or a list of several".to_owned(),
            Leaf::Date => "a date without quotes, such as 2024-10-01".to_owned(),
            Leaf::Dates => "a list of dates without quotes: [2025-06-30, 2025-09-30]".to_owned(),
            Leaf::Opens => "\"with service\", or a date such as 2024-10-01".to_owned(),
            Leaf::Flag => "true or false, without quotes".to_owned(),
            Leaf::Choice(words) => format!("one of \"{}\"", words.join("\", \"")),
            Leaf::Whole(least, most) => format!("a whole number from {least} to {most}"),
            Leaf::Fixed(unit, ..) | Leaf::Uncertain(unit) => super::units::wanted(*unit).to_owned(),
            Leaf::Varying => super::units::wanted(Unit::Time).to_owned(),
            Leaf::Salary => {
                "money such as \"£42,700\", or { 2024-10-01 = \"£40,300\", 2025-04-01 = \"£42,700\" }"
                    .to_owned()
            }
            Leaf::Mix(noun) => {
                format!("shares of {noun}s: {{ \"under 35\" = \"40%\", others = \"60%\" }}")
            }
            Leaf::Pairs(noun) => format!("a list of pairs: [[\"{noun} one\", \"{noun} two\"]]"),
            Leaf::Printed => "a number such as 1457, money, a share or a time in quotes \
                              (\"£432,927\", \"57%\", \"12 weeks\"), or a date such as 2024-12-02"
                .to_owned(),
            Leaf::Change => "{ to = value }, { times = 2 } or { add = value }".to_owned(),
        }
    }
}
