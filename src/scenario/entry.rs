//! Every value in force, stated or not, in the order of the grammar: what `check` prints and what
//! the assumptions log holds.

use super::grammar::{Field, Leaf, Need, Shape};
use super::keys::{METADATA, SCENARIO};
use super::node::{Node, Span, Value};
use super::path::Path;
use super::value::words;
use crate::quantity::Unit;

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
    /// Whether it is a number that someone assumed or measured, rather than a name or a date.
    pub fn is_quantity(&self) -> bool {
        matches!(
            self.leaf,
            Leaf::Whole(..) | Leaf::Fixed(..) | Leaf::Uncertain(_) | Leaf::Varying | Leaf::Salary
        )
    }

    /// What stands beside it under a key.
    pub fn beside(&self, key: &str) -> Option<String> {
        self.beside.iter().find(|(name, _)| *name == key).map(|(_, text)| text.clone())
    }
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
    around: &[(&'static str, String)],
    list: &mut Vec<Entry>,
) {
    match shape {
        Shape::Table(fields) => {
            let around = [around, &beside(node)].concat();
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

/// Whether a key has something to say: not what stands beside others, not what is to come, not the
/// table of a thing that the scenario does not have.
fn shown(field: &Field, node: Option<&Node>, path: &Path) -> bool {
    let stated = node.is_some_and(|node| node.get(field.key).is_some());
    if stated {
        return !METADATA.contains(&field.key) || !matches!(field.shape, Shape::Leaf(_));
    }
    let inherits = path.0.first().is_some_and(|first| first == "cohort");
    let is_table = matches!(field.shape, Shape::Table(_));
    field.later.is_none()
        && !METADATA.contains(&field.key)
        && !inherits
        && (!is_table || field.key == "triage")
}

fn entry(
    node: Option<&Node>,
    leaf: Leaf,
    need: Need,
    path: &Path,
    around: &[(&'static str, String)],
) -> Option<Entry> {
    let value = match (node, need) {
        (Some(node), _) if node.changes.is_empty() => written(node, leaf),
        (Some(node), _) => format!("{} (changed by a stress)", written(node, leaf)),
        (None, Need::Default(text) | Need::Absent(text)) => text.to_owned(),
        (None, Need::Compulsory) => return None,
    };
    let own = beside(node);
    let inherited = around.iter().filter(|(key, _)| !own.iter().any(|(other, _)| other == key));
    Some(Entry {
        path: path.clone(),
        leaf,
        value,
        at: node.map(|node| node.at),
        replaced: node.and_then(|node| node.replaced),
        beside: own.iter().cloned().chain(inherited.cloned()).collect(),
    })
}

fn written(node: &Node, leaf: Leaf) -> String {
    match (leaf, &node.value) {
        (Leaf::Whole(..), Value::Whole(number)) if *number >= 10_000 => {
            crate::quantity::money::grouped(number.unsigned_abs())
        }
        (Leaf::Uncertain(Unit::Number), _) => words(node),
        _ => words(node),
    }
}

/// What stands beside a value.
fn beside(node: Option<&Node>) -> Vec<(&'static str, String)> {
    let table = node.and_then(Node::table);
    METADATA.iter().filter_map(|key| Some((*key, words(table?.get(*key)?)))).collect()
}
