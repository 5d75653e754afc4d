//! Values that move together, and what could go wrong.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::node::{Node, Value};
use super::super::path::{Path, Segment, matches, pattern};
use super::super::section::Section;
use super::super::target::{self, Target};
use crate::model::programme::Group;
use crate::quantity::points::dimension_of;
use crate::quantity::{Key, Unit};

/// Ends the path of a value that only the first tries of a stage have.
pub const FIRST_TRIES: &str = "first_tries";
/// Comes before the date in the path of a value that only one quarter has.
pub const QUARTER_ENDING: &str = "quarter_ending";

/// Begins the path of a value that only another reading of the funding rules has.
pub const READING: &str = "reading";

/// The greatest number below 1.
pub const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

/// Keys of `correlated.G`.
pub const CORRELATED: &[Field] = &[
    Field::must(
        "inputs",
        Shape::Leaf(Leaf::List("path")),
        "Paths of uncertain values; * stands for any one name.",
    ),
    Field::must(
        "correlation",
        Shape::Leaf(Leaf::Fixed(Unit::Number, 0.0, BELOW_ONE)),
        "Correlation of any two of them, at least 0 and below 1.",
    ),
];

/// Keys of `stress.NAME`.
pub const KEYS: &[Field] = &[Field::must(
    "set",
    Shape::Names("path", &Shape::Leaf(Leaf::Change)),
    "Changes by path: { to = value }, { times = 2 } or { add = value }.",
)];

impl<'a> Compiler<'a> {
    /// Every group of correlated inputs; its members are marked.
    pub fn groups(&mut self) -> Vec<Group> {
        let mut groups = Vec::new();
        for (index, (name, section)) in self.root.named("correlated").into_iter().enumerate() {
            let path = section.path.to_string();
            groups.push(Group {
                name: name.to_owned(),
                key: Key::name(&path),
                dimension: dimension_of(&path),
                correlation: self.number(&section, "correlation").unwrap_or(0.0),
            });
            for item in listed(section.stated("inputs")) {
                self.members(index, name, item);
            }
        }
        groups
    }

    /// Marks the inputs that a path of a group names.
    fn members(&mut self, group: usize, name: &str, item: &'a Node) {
        let Some(text) = item.text() else { return };
        let segments = match pattern(text) {
            Ok(segments) => segments,
            Err(why) => {
                self.wrong(item.at, why)
                    .help("write a path such as locality.*.referrals.*.per_month");
                return;
            }
        };
        let marked = self.mark(group, name, item, &segments);
        let Some(tree) = self.root.node() else { return };
        let targets = target::existing(tree, &segments);
        if targets.is_empty() && !marked {
            let report = target::no_match(tree, text, &segments, item.at);
            self.reports.push(report);
        }
        for target in targets {
            self.member(&target, item);
        }
    }

    /// Reports what a group names that is no uncertain input.
    fn member(&mut self, target: &Target<'_>, item: &Node) {
        let path = &target.path;
        if self.inputs.iter().any(|input| stands_for(&input.path) == *path) {
            return;
        }
        let inner = self.inputs.iter().any(|input| path.contains(&stands_for(&input.path)));
        match (target.leaf(), target.shape) {
            (None, Some(_)) => {
                self.wrong(item.at, format!("{path} is a table, not an uncertain value"))
                    .help("go on to the value itself: locality.*.referrals.*.per_month");
            }
            (Some(Leaf::Salary), _) if inner => {
                self.wrong(item.at, format!("{path} is stated by date"))
                    .help(format!("name its amounts: {path}.*"));
            }
            (Some(Leaf::Varying), _) if inner => {
                self.wrong(
                    item.at,
                    format!("{path} varies from one to the next, it is not one value"),
                )
                .help(format!("name its uncertain parameter: {path}.mean, say"));
            }
            (leaf, _) if target.is_certain() || matches!(leaf, Some(Leaf::Varying)) => {
                self.warn(item.at, format!("{path} is fixed, so that nothing moves with it"));
            }
            // It is uncertain, and nothing uses it.
            _ => {}
        }
    }

    fn mark(&mut self, group: usize, name: &str, item: &Node, segments: &[Segment]) -> bool {
        let mut twice = Vec::new();
        let mut found = false;
        for input in &mut self.inputs {
            if !matches(segments, &stands_for(&input.path)) {
                continue;
            }
            found = true;
            match input.group {
                Some(other) if other != group => twice.push(input.path.clone()),
                _ => input.group = Some(group),
            }
        }
        for path in twice {
            self.wrong(item.at, format!("{path} is in another group of correlated values already"))
                .help(format!("leave it out of \"{name}\" or out of the other group"));
        }
        found
    }
}

/// The path of the value that an input stands for: that of a quarter's late return, of the first
/// tries of a stage, or of another reading has the same draws as the value itself.
fn stands_for(input: &str) -> Path {
    let names =
        pattern(input).unwrap_or_default().into_iter().filter_map(|segment| match segment {
            Segment::Name(name) => Some(name),
            Segment::Any => None,
        });
    let mut names: Vec<String> = names.collect();
    if names.len() > 2 && names[0] == READING {
        names.drain(..2);
    }
    if names.last().is_some_and(|name| name == FIRST_TRIES) {
        names.pop();
    }
    if names.len() > 2 && names[names.len() - 2] == QUARTER_ENDING {
        names.truncate(names.len() - 2);
    }
    Path(names)
}

/// The items of a list.
fn listed(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// The names of the stresses, in order.
pub fn names(root: &Section<'_>) -> Vec<String> {
    root.values("stress").into_iter().map(|(name, _)| name.to_owned()).collect()
}
