//! Every value in force, stated or not, in the order of the grammar: what `check` prints and what
//! the assumptions log holds.

use super::form::words;
use super::grammar::{Field, Leaf, Need, Shape};
use super::keys::{METADATA, SCENARIO};
use super::node::{Node, Only, Set, Span, Value, parse_value};
use super::path::Path;
use crate::quantity::money::grouped;

/// A value in force.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it stands, or would.
    pub path: Path,
    /// What it is.
    pub leaf: Leaf,
    /// In words.
    pub value: String,
    /// Where it is stated; `None` for a default.
    pub at: Option<Span>,
    /// Where the inherited value stands that it replaced.
    pub replaced: Option<Span>,
    /// What stands beside it: source, confidence, owner, agreed_on, note.
    pub beside: Vec<(&'static str, String)>,
}

impl Entry {
    /// Whether it is a number that someone assumed or measured, rather than a name or a date, or a
    /// printed figure that nothing rests on.
    pub fn is_quantity(&self) -> bool {
        let is_published = |index| self.path.0.get(index).is_some_and(|name| name == "published");
        let printed = is_published(0) || is_published(2);
        !printed
            && matches!(
                self.leaf,
                Leaf::Whole(..)
                    | Leaf::Fixed(..)
                    | Leaf::Uncertain(_)
                    | Leaf::Varying
                    | Leaf::Salary
            )
    }

    /// What stands beside it under a key.
    pub fn beside(&self, key: &str) -> Option<String> {
        self.beside.iter().find(|(name, _)| *name == key).map(|(_, text)| text.clone())
    }
}

/// What a table says about its values. Where a file says it of a table that it inherits, that holds
/// for its own values, and those that it inherits are left with what stands beside each.
#[derive(Clone)]
struct Around {
    key: &'static str,
    text: String,
    file: usize,
}

/// Every value of a tree that is in force.
pub fn entries(root: &Node) -> Vec<Entry> {
    let mut list = Vec::new();
    walk(Some(root), SCENARIO, Need::Compulsory, &Path::default(), &[], &mut list);
    list
}

fn walk(
    node: Option<&Node>,
    shape: Shape,
    need: Need,
    path: &Path,
    around: &[Around],
    list: &mut Vec<Entry>,
) {
    match shape {
        Shape::Table(fields) => {
            let around = [&stated_around(node)[..], around].concat();
            for field in fields.iter().filter(|field| shown(field, node, path)) {
                let inner = node.and_then(|node| node.get(field.key));
                walk(inner, field.shape, field.need, &path.with(field.key), &around, list);
            }
        }
        Shape::Names(_, inner) => {
            for (name, node) in node.and_then(Node::table).into_iter().flatten() {
                walk(Some(node), *inner, Need::Compulsory, &path.with(name), around, list);
            }
        }
        Shape::Leaf(leaf) => list.extend(entry(node, leaf, need, path, around)),
    }
}

/// Whether a key has something to say: not what stands beside others, not the table
/// of a thing that the scenario does not have.
fn shown(field: &Field, node: Option<&Node>, path: &Path) -> bool {
    let stated = node.is_some_and(|node| node.get(field.key).is_some());
    if stated {
        return !METADATA.contains(&field.key) || !matches!(field.shape, Shape::Leaf(_));
    }
    let inherits = path.0.first().is_some_and(|first| first == "cohort");
    let is_table = matches!(field.shape, Shape::Table(_));
    !METADATA.contains(&field.key) && !inherits && (!is_table || field.key == "triage")
}

fn entry(
    node: Option<&Node>,
    leaf: Leaf,
    need: Need,
    path: &Path,
    around: &[Around],
) -> Option<Entry> {
    let value = match (node, need) {
        (Some(node), _) => written(node, leaf),
        (None, Need::Default(text)) => words(&parse_value(text, Span::NOWHERE)),
        // Where absence means nothing in particular, there is nothing to tell.
        (None, Need::Absent("none" | "") | Need::Compulsory) => return None,
        (None, Need::Absent(text)) => text.to_owned(),
    };
    let mut entry = Entry {
        path: path.clone(),
        leaf,
        value,
        at: node.map(|node| node.at),
        replaced: node.and_then(|node| node.replaced),
        beside: beside(node),
    };
    // What stands in a table around holds for the values of its own file, the nearest first.
    if let (Some(node), true) = (node, entry.is_quantity()) {
        for other in around.iter().filter(|other| other.file == node.at.file) {
            if entry.beside(other.key).is_none() {
                entry.beside.push((other.key, other.text.clone()));
            }
        }
    }
    Some(entry)
}

/// A stated value in words, with what a stress does to it.
fn written(node: &Node, leaf: Leaf) -> String {
    let stated = match (leaf, &node.value) {
        (Leaf::Whole(..), Value::Whole(number)) => grouped(number.unsigned_abs()),
        _ => words(node),
    };
    node.changes.iter().fold(stated, |text, change| {
        let set = match &change.set {
            Set::To(value) => format!("to {}", words(value)),
            Set::Times(factor) => format!("times {factor}"),
            Set::Add(more) => format!("plus {}", words(more)),
        };
        let only = match change.only {
            Only::Always => String::new(),
            Only::FirstTries(1) => " for the first try".to_owned(),
            Only::FirstTries(tries) => format!(" for the first {tries} tries"),
            Only::QuarterEnding(date) => format!(" for the quarter ending {date}"),
        };
        format!("{text}; changed {set}{only}")
    })
}

/// What stands beside a value.
fn beside(node: Option<&Node>) -> Vec<(&'static str, String)> {
    let table = node.and_then(Node::table);
    METADATA.iter().filter_map(|key| Some((*key, words(table?.get(*key)?)))).collect()
}

/// What stands in a table about all of its values.
fn stated_around(node: Option<&Node>) -> Vec<Around> {
    let table = node.and_then(Node::table);
    let said = METADATA.iter().filter_map(|key| {
        let stated = table?.get(*key)?;
        Some(Around { key, text: words(stated), file: stated.at.file })
    });
    said.collect()
}
