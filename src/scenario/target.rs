//! What a path means in a scenario: the keys that it names, stated or not.

use super::diagnostic::Diagnostic;
use super::form::Form;
use super::grammar::{Field, Leaf, Need, Shape};
use super::keys::SCENARIO;
use super::nearest::{listed, nearest};
use super::node::{Node, Span, Value};
use super::path::{Path, Segment};

/// A key that a path names.
#[derive(Clone, Debug)]
pub struct Target<'a> {
    /// Where it stands, or would.
    pub path: Path,
    /// What stands behind it; `None` for a parameter within a value.
    pub shape: Option<Shape>,
    /// What is stated.
    pub node: Option<&'a Node>,
    /// What holds if nothing is.
    pub need: Need,
}

/// Names of the points of a value given by its quantiles.
const POINTS: [(&str, &[&str]); 2] =
    [("nine_in_ten", &["low", "high"]), ("p10_p50_p90", &["p10", "p50", "p90"])];

impl Target<'_> {
    /// The kind of value, where it is one.
    pub fn leaf(&self) -> Option<Leaf> {
        match self.shape {
            Some(Shape::Leaf(leaf)) => Some(leaf),
            _ => None,
        }
    }

    /// Whether it holds one known value for all worlds and everyone.
    pub fn is_certain(&self) -> bool {
        match self.node {
            None => true,
            Some(node) => Form::of(node).is_ok_and(|form| form.family == "is"),
        }
    }
}

/// Every key that a pattern names.
pub fn existing<'a>(root: &'a Node, pattern: &[Segment]) -> Vec<Target<'a>> {
    let top = Target {
        path: Path::default(),
        shape: Some(SCENARIO),
        node: Some(root),
        need: Need::Compulsory,
    };
    pattern.iter().fold(vec![top], |targets, segment| {
        targets.iter().flat_map(|target| steps(target, segment)).collect()
    })
}

/// The keys inside a target that a segment names.
fn steps<'a>(target: &Target<'a>, segment: &Segment) -> Vec<Target<'a>> {
    let stated = target.node;
    let inner = |name: &str, shape: Option<Shape>, need: Need, node: Option<&'a Node>| Target {
        path: target.path.with(name),
        shape,
        node,
        need,
    };
    match target.shape {
        Some(Shape::Table(fields)) => fields
            .iter()
            .filter(|field| segment.fits(field.key))
            .map(|field: &Field| {
                let node = stated.and_then(|node| node.get(field.key));
                inner(field.key, Some(field.shape), field.need, node)
            })
            .filter(|inner| *segment != Segment::Any || inner.node.is_some())
            .collect(),
        Some(Shape::Names(_, shape)) => stated
            .and_then(Node::table)
            .into_iter()
            .flatten()
            .filter(|(name, _)| segment.fits(name))
            .map(|(name, node)| inner(name, Some(*shape), Need::Compulsory, Some(node)))
            .collect(),
        // The parameters of a value that is uncertain as a whole are no inputs of their own.
        Some(Shape::Leaf(Leaf::Varying | Leaf::Salary)) => stated
            .map(|node| parameters(node))
            .unwrap_or_default()
            .into_iter()
            .filter(|(name, _)| segment.fits(name))
            .map(|(name, node)| inner(&name, None, Need::Compulsory, Some(node)))
            .collect(),
        Some(Shape::Leaf(_)) | None => Vec::new(),
    }
}

/// The parameters within a value, by the names that its inputs have, and amounts by date.
fn parameters(node: &Node) -> Vec<(String, &Node)> {
    if super::keys::cost::by_date(node) {
        let table = node.table().into_iter().flatten();
        return table.map(|(date, amount)| (date.clone(), amount)).collect();
    }
    match Form::of(node) {
        // A plain value is its own only part.
        Ok(form) if node.table().is_some() => form.parts,
        _ => Vec::new(),
    }
}

/// The same parameter, to be changed.
fn parameter_mut<'a>(node: &'a mut Node, name: &str) -> Option<&'a mut Node> {
    let Value::Table(table) = &mut node.value else { return None };
    if table.contains_key(name) {
        return table.get_mut(name);
    }
    let (_, family) = table.iter_mut().find(|(key, value)| {
        matches!(value.value, Value::Table(_)) || POINTS.iter().any(|(points, _)| points == key)
    })?;
    let names =
        POINTS.iter().find(|(points, _)| family_has(family, points)).map(|(_, names)| *names);
    match &mut family.value {
        Value::Table(parts) => match name.strip_prefix("value ") {
            Some(number) => {
                let Value::List(values) = &mut parts.get_mut("values")?.value else { return None };
                values.get_mut(number.parse::<usize>().ok()?.checked_sub(1)?)
            }
            None => parts.get_mut(name),
        },
        Value::List(values) => {
            let names = names?;
            values.get_mut(names.iter().position(|candidate| *candidate == name)?)
        }
        _ => None,
    }
}

/// Whether a list has as many points as a notation.
fn family_has(family: &Node, points: &str) -> bool {
    let count = POINTS.iter().find(|(name, _)| *name == points).map_or(0, |(_, names)| names.len());
    matches!(&family.value, Value::List(values) if values.len() == count)
}

/// The value at a path, to be changed; the tables on the way are made if need be, the value itself
/// is put there if nothing is.
pub fn at_mut<'a>(root: &'a mut Node, path: &Path, missing: Node) -> Option<&'a mut Node> {
    let (mut node, mut shape) = (root, Some(SCENARIO));
    for (index, name) in path.0.iter().enumerate() {
        let inside_value = matches!(shape, Some(Shape::Leaf(_)) | None);
        shape = shape.and_then(|shape| shape.step(name));
        if inside_value {
            node = parameter_mut(node, name)?;
            continue;
        }
        let Value::Table(table) = &mut node.value else { return None };
        let new = if index + 1 == path.0.len() {
            missing.clone()
        } else {
            Node::new(Value::Table(Default::default()), missing.key, missing.at)
        };
        node = table.entry(name.clone()).or_insert(new);
    }
    Some(node)
}

/// The report of a path that names nothing: its first name that is not there, and the nearest.
pub fn no_match(root: &Node, text: &str, pattern: &[Segment], at: Span) -> Diagnostic {
    let message = format!("the path {} matches nothing", super::node::shortened(text));
    let report = Diagnostic::error(at, message);
    let reached = (0..pattern.len())
        .rev()
        .map(|length| (length, existing(root, &pattern[..length])))
        .find(|(_, targets)| !targets.is_empty());
    let Some((length, targets)) = reached else { return report };
    let mut names: Vec<String> = Vec::new();
    for name in targets.iter().flat_map(inner_names) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let known = || names.iter().map(String::as_str);
    let before = match length {
        0 => "a path begins with".to_owned(),
        _ => format!("after {} comes", shown(&pattern[..length])),
    };
    let report = match names.is_empty() {
        true => report.with_help(format!("there is nothing inside {}", shown(&pattern[..length]))),
        false => report.with_help(format!("{before}: {}", listed(known()))),
    };
    match &pattern[length] {
        Segment::Name(name) => match nearest(name, known()) {
            Some(meant) => report.with_label(format!("did you mean \"{meant}\"?")),
            None => report,
        },
        Segment::Any => report,
    }
}

fn shown(pattern: &[Segment]) -> String {
    let name = |segment: &Segment| match segment {
        Segment::Name(name) => Path::of(&[name]).to_string(),
        Segment::Any => "*".to_owned(),
    };
    pattern.iter().map(name).collect::<Vec<_>>().join(".")
}

/// The names that may follow a target in a path.
fn inner_names(target: &Target<'_>) -> Vec<String> {
    match target.shape {
        Some(Shape::Table(fields)) => fields.iter().map(|field| field.key.to_owned()).collect(),
        Some(Shape::Names(..)) => {
            let table = target.node.and_then(Node::table);
            table.into_iter().flatten().map(|(name, _)| name.clone()).collect()
        }
        Some(Shape::Leaf(Leaf::Varying | Leaf::Salary)) => {
            target.node.map(parameters).into_iter().flatten().map(|(name, _)| name).collect()
        }
        Some(Shape::Leaf(_)) | None => Vec::new(),
    }
}
