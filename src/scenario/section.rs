//! A table of the scenario while it is compiled: its keys' definitions, what is stated, and what
//! holds where nothing is.

use super::grammar::{Field, Leaf, Need, Shape, field};
use super::node::{Node, Span, parse_value};
use super::path::Path;

/// A table of the scenario, stated or not.
#[derive(Clone)]
pub struct Section<'a> {
    fields: &'static [Field],
    node: Option<&'a Node>,
    /// Where it stands: `option.Hybrid.team.Provider`.
    pub path: Path,
    /// The path by which its inputs are drawn: `team.Provider`.
    pub draws: Path,
    /// Where to look for a key that this table does not state: the journey, for a cohort.
    under: Option<Box<Section<'a>>>,
    /// The name of this table, or of the nearest one around it that is stated.
    pub at: Span,
}

/// A key of a table, stated or not.
#[derive(Clone)]
pub struct Found<'a> {
    /// Its definition.
    pub field: &'static Field,
    /// What is stated.
    pub node: Option<&'a Node>,
    /// Where it stands, or would.
    pub path: Path,
    /// The path by which it is drawn.
    pub draws: Path,
}

impl<'a> Section<'a> {
    /// The whole scenario.
    pub fn root(fields: &'static [Field], node: &'a Node) -> Self {
        Section {
            fields,
            node: Some(node),
            path: Path::default(),
            draws: Path::default(),
            under: None,
            at: node.key,
        }
    }

    /// The same table; what it does not state is looked for in another one.
    pub fn falling_back_on(self, under: Section<'a>) -> Self {
        Section { under: Some(Box::new(under)), ..self }
    }

    /// The same table, drawn by another path.
    pub fn drawn_as(self, draws: Path) -> Self {
        Section { draws, ..self }
    }

    /// A table of these keys that is not stated here: what a named thing has by default.
    pub fn unstated(self, fields: &'static [Field]) -> Self {
        Section { fields, node: None, under: None, ..self }
    }

    /// Whether the table is stated.
    pub fn is_stated(&self) -> bool {
        self.node.is_some()
    }

    /// The table behind a key, stated or not.
    pub fn table(&self, key: &str) -> Section<'a> {
        let node = self.node.and_then(|node| node.get(key));
        let fields = match field(self.fields, key).map(|field| field.shape) {
            Some(Shape::Table(fields)) => fields,
            _ => &[],
        };
        self.inner(key, node, fields)
    }

    /// The tables that the user named behind a key, in order.
    pub fn named(&self, key: &str) -> Vec<(&'a str, Section<'a>)> {
        let fields = match field(self.fields, key).map(|field| field.shape) {
            Some(Shape::Names(_, Shape::Table(fields))) => *fields,
            _ => &[],
        };
        let Some(node) = self.node.and_then(|node| node.get(key)) else { return Vec::new() };
        let around = self.inner(key, Some(node), &[]);
        let table = node.table().into_iter().flatten();
        table.map(|(name, node)| (name.as_str(), around.inner(name, Some(node), fields))).collect()
    }

    /// The names and values that the user gave behind a key, in order.
    pub fn values(&self, key: &str) -> Vec<(&'a str, &'a Node)> {
        let node = self.node.and_then(|node| node.get(key));
        let table = node.and_then(Node::table).into_iter().flatten();
        table.map(|(name, node)| (name.as_str(), node)).collect()
    }

    fn inner(&self, key: &str, node: Option<&'a Node>, fields: &'static [Field]) -> Section<'a> {
        Section {
            fields,
            node,
            path: self.path.with(key),
            draws: self.draws.with(key),
            under: None,
            at: node.map_or(self.at, |node| node.key),
        }
    }

    /// A key, stated here or in the table that this one falls back on.
    pub fn found(&self, key: &str) -> Option<Found<'a>> {
        let field = field(self.fields, key);
        debug_assert!(field.is_some(), "{}.{key} is not in the grammar", self.path);
        let own = Found {
            field: field?,
            node: self.stated(key),
            path: self.path.with(key),
            draws: self.draws.with(key),
        };
        match &self.under {
            Some(under) if own.node.is_none() => under.found(key),
            _ => Some(own),
        }
    }

    /// What is stated for a key in this very table.
    pub fn stated(&self, key: &str) -> Option<&'a Node> {
        self.node.and_then(|node| node.get(key))
    }

    /// Whether some key here is not one that the table may have, probably a misspelt one.
    pub fn has_unknown(&self) -> bool {
        let table = self.node.and_then(Node::table).into_iter().flatten();
        table.into_iter().any(|(key, _)| field(self.fields, key).is_none())
    }

    /// Whether a key states a table with nothing in it.
    pub fn is_empty(&self, key: &str) -> bool {
        self.stated(key).and_then(Node::table).is_some_and(|table| table.is_empty())
    }

    /// What is stated of this table.
    pub fn node(&self) -> Option<&'a Node> {
        self.node
    }

    /// Where a key stands, or should.
    pub fn place(&self, key: &str) -> Span {
        self.found(key).and_then(|found| found.node).map_or(self.at, |node| node.at)
    }
}

impl Found<'_> {
    /// The kind of value.
    pub fn leaf(&self) -> Option<Leaf> {
        match self.field.shape {
            Shape::Leaf(leaf) => Some(leaf),
            _ => None,
        }
    }

    /// What is stated, or else the default.
    pub fn in_force(&self) -> Option<Node> {
        match (self.node, self.field.need) {
            (Some(node), _) => Some(node.clone()),
            (None, Need::Default(text)) => Some(parse_value(text, Span::NOWHERE)),
            (None, Need::Compulsory | Need::Absent(_)) => None,
        }
    }
}
