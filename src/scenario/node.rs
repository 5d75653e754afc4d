//! What a file says, as a tree in which every value knows where it stands.

use indexmap::IndexMap;
use jiff::civil::Date;
use toml::de::{DeTable, DeValue, Error};

/// A stretch of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Index of the file in the scenario's list.
    pub file: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The place of what nobody wrote: a default.
    pub const NOWHERE: Span = Span { file: usize::MAX, start: 0, end: 0 };
}

/// A table's keys and values, in order.
pub type Table = IndexMap<String, Node>;

/// A value as it is written, before anybody asks what it means.
#[derive(Clone, Debug)]
pub enum Value {
    /// `"12 weeks"`.
    Text(String),
    /// `35`.
    Whole(i64),
    /// `7.5`; also `nan` and `inf`, which are refused where the number is read.
    Real(f64),
    /// `true`.
    Flag(bool),
    /// `2024-10-01`.
    Date(Date),
    /// `[...]`.
    List(Vec<Node>),
    /// `{ ... }` or `[...]`.
    Table(Table),
    /// Something that TOML knows and a scenario does not: a time of day, say.
    Other(&'static str),
}

/// A value, its place, and what a stress does to it.
#[derive(Clone, Debug)]
pub struct Node {
    /// What is written.
    pub value: Value,
    /// Where its key is written (the value itself, where it has none).
    pub key: Span,
    /// Where the value is written.
    pub at: Span,
    /// Where the inherited value is written that this one replaced.
    pub replaced: Option<Span>,
    /// What a stress does to the value as it is drawn.
    pub changes: Vec<Change>,
    /// The path by which it is drawn, if not its own: a stress on one cohort copies the journey's
    /// value, and the copy keeps the journey's draws.
    pub drawn_as: Option<Vec<String>>,
}

/// What a stress or the command line does to a value.
#[derive(Clone, Debug)]
pub struct Change {
    /// The change.
    pub set: Set,
    /// When it applies.
    pub only: Only,
    /// Where it is written.
    pub at: Span,
}

/// The change itself.
#[derive(Clone, Debug)]
pub enum Set {
    /// Another value.
    To(Box<Node>),
    /// So many times the drawn value.
    Times(f64),
    /// So much more than the drawn value.
    Add(Box<Node>),
}

/// When a change applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Always.
    Always,
    /// For the first so many tries of each run of a pipeline.
    FirstTries(u32),
    /// For the claim of one quarter.
    QuarterEnding(Date),
}

impl Node {
    /// A value that stands at a place.
    pub fn new(value: Value, key: Span, at: Span) -> Self {
        Node { value, key, at, replaced: None, changes: Vec::new(), drawn_as: None }
    }

    /// The table, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The value of a key, if this is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.table().and_then(|table| table.get(key))
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, for a message: `a list`, `the text "35"`.
    pub fn what(&self) -> String {
        match &self.value {
            Value::Text(text) => format!("\"{}\"", shortened(text)),
            Value::Whole(number) => number.to_string(),
            Value::Real(number) => plainly(*number),
            Value::Flag(flag) => flag.to_string(),
            Value::Date(date) => format!("the date {date}"),
            Value::List(_) => "a list".to_owned(),
            Value::Table(_) => "a table".to_owned(),
            Value::Other(what) => (*what).to_owned(),
        }
    }
}

/// A number for a message: as an exponent where it would have more digits than anybody reads.
pub fn plainly(number: f64) -> String {
    let size = number.abs();
    let short = size == 0.0 || (1e-9..1e16).contains(&size) || !size.is_finite();
    if short { number.to_string() } else { format!("{number:e}") }
}

/// A text short enough for a message, without what would disturb a terminal.
pub fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let clean: String =
        text.chars().take(MOST).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(MOST).is_some() { format!("{clean}...") } else { clean }
}

/// Whether a text holds characters that would disturb a terminal or a table.
pub fn disturbs(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && c != '\n' && c != '\t')
}

/// A file's text as a tree, or every syntax error in it.
pub fn parse_file(text: &str, file: usize) -> Result<Node, Vec<Error>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors);
    }
    let top = Span { file, start: 0, end: 0 };
    Ok(Node::new(Value::Table(convert_table(table.get_ref(), file)), top, top))
}

/// A value from the command line or a default: TOML, or a bare text such as `12 weeks`.
pub fn parse_value(text: &str, at: Span) -> Node {
    let value = match DeValue::parse(text.trim()) {
        Ok(value) => convert(value.get_ref(), at.file),
        Err(_) => Value::Text(text.trim().to_owned()),
    };
    let mut node = Node::new(value, at, at);
    place_all(&mut node, at);
    node
}

/// Puts a whole tree at one place.
fn place_all(node: &mut Node, at: Span) {
    (node.key, node.at) = (at, at);
    match &mut node.value {
        Value::Table(table) => table.values_mut().for_each(|child| place_all(child, at)),
        Value::List(items) => items.iter_mut().for_each(|item| place_all(item, at)),
        _ => {}
    }
}

fn convert_table(table: &DeTable<'_>, file: usize) -> Table {
    let span = |range: std::ops::Range<usize>| Span { file, start: range.start, end: range.end };
    table
        .iter()
        .map(|(key, value)| {
            let node =
                Node::new(convert(value.get_ref(), file), span(key.span()), span(value.span()));
            (key.get_ref().to_string(), node)
        })
        .collect()
}

fn convert(value: &DeValue<'_>, file: usize) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(whole) => match i64::from_str_radix(whole.as_str(), whole.radix()) {
            Ok(number) => Value::Whole(number),
            // Beyond 64 bits: no key allows such a number, and its message is the range's.
            Err(_) => Value::Real(whole.as_str().parse().unwrap_or(f64::MAX)),
        },
        DeValue::Float(real) => Value::Real(real.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(moment) => match (moment.date, moment.time) {
            (Some(date), None) => {
                match Date::new(date.year as i16, date.month as i8, date.day as i8) {
                    Ok(date) => Value::Date(date),
                    Err(_) => Value::Other("a date that does not exist"),
                }
            }
            (Some(_), Some(_)) => Value::Other("a date with a time of day"),
            (None, _) => Value::Other("a time of day"),
        },
        DeValue::Array(items) => Value::List(
            items
                .iter()
                .map(|item| {
                    let range = item.span();
                    let at = Span { file, start: range.start, end: range.end };
                    Node::new(convert(item.get_ref(), file), at, at)
                })
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(convert_table(table, file)),
    }
}
