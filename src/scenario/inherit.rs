//! Inheritance: what a file adds to, changes in and removes from the files that it extends.

use super::diagnostic::Diagnostic;
use super::grammar::Shape;
use super::keys::SCENARIO;
use super::node::{Node, Table, Value};
use super::source::Family;

/// The one tree that a file and its parents make: parents in order, then the file itself.
pub fn resolve(family: Family, reports: &mut Vec<Diagnostic>) -> Node {
    let mut inherited: Option<Node> = None;
    for parent in family.parents {
        let mut parent = resolve(parent, reports);
        if let Value::Table(table) = &mut parent.value {
            table.shift_remove("extends");
        }
        inherited = merge(inherited, parent, Some(SCENARIO), reports);
    }
    let place = (family.own.key, family.own.at);
    merge(inherited, family.own, Some(SCENARIO), reports)
        .unwrap_or_else(|| Node::new(Value::Table(Table::new()), place.0, place.1))
}

/// What a child's value makes of its parent's; `None` where it removes it. Tables that the grammar
/// knows as tables merge by key; everything else is replaced whole.
fn merge(
    parent: Option<Node>,
    mut child: Node,
    shape: Option<Shape>,
    reports: &mut Vec<Diagnostic>,
) -> Option<Node> {
    if removes(&child) {
        if parent.is_none() {
            reports.push(
                Diagnostic::error(child.key, "there is nothing inherited here to remove")
                    .with_help("leave this key out"),
            );
        }
        return None;
    }
    let parent_at = parent.as_ref().map(|parent| parent.at);
    match (&mut child.value, shape.filter(Shape::merges)) {
        (Value::Table(own), Some(shape)) => {
            let mut merged = match parent.map(|parent| parent.value) {
                Some(Value::Table(table)) => table,
                _ => Table::new(),
            };
            for (key, node) in std::mem::take(own) {
                let inner = shape.step(&key);
                match merge(merged.get(&key).cloned(), node, inner, reports) {
                    // An inherited key keeps its place, a new one follows.
                    Some(node) => drop(merged.insert(key, node)),
                    None => drop(merged.shift_remove(&key)),
                }
            }
            *own = merged;
        }
        _ => child.replaced = parent_at,
    }
    Some(child)
}

/// Whether a value is `{ remove = true }`.
fn removes(node: &Node) -> bool {
    match &node.value {
        Value::Table(table) if table.len() == 1 => {
            matches!(table.get("remove").map(|node| &node.value), Some(Value::Flag(true)))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::words;
    use super::super::node::parse_file;
    use super::*;

    fn family(own: &str, parents: Vec<Family>) -> Family {
        Family { own: parse_file(own, 0).unwrap(), parents }
    }

    fn merged(parent: &str, child: &str) -> (Node, Vec<Diagnostic>) {
        let mut reports = Vec::new();
        let tree = resolve(family(child, vec![family(parent, Vec::new())]), &mut reports);
        (tree, reports)
    }

    fn at<'a>(tree: &'a Node, path: &[&str]) -> Option<&'a Node> {
        path.iter().try_fold(tree, |node, key| node.get(key))
    }

    #[test]
    fn tables_merge_by_key_and_quantities_are_replaced_whole() {
        let (tree, _) = merged(
            "[funding]\nclaims = 'quarterly'\npaid_after = { least = '1 day', likely = '2 days', most = '3 days' }",
            "[funding]\npaid_after = { nine_in_ten = ['1 day', '2 days'] }",
        );
        assert!(at(&tree, &["funding", "claims"]).is_some());
        let paid_after = at(&tree, &["funding", "paid_after"]).unwrap();
        assert_eq!(paid_after.table().unwrap().len(), 1);
        assert!(paid_after.replaced.is_some());
    }

    #[test]
    fn a_mix_of_cohorts_is_replaced_whole() {
        let source = "[locality.Bury.referrals.GP]\ncohorts = ";
        let (tree, _) = merged(
            &format!("{source}{{ a = '50%', b = '50%' }}"),
            &format!("{source}{{ a = '100%' }}"),
        );
        let mix = at(&tree, &["locality", "Bury", "referrals", "GP", "cohorts"]).unwrap();
        assert_eq!(mix.table().unwrap().len(), 1);
    }

    #[test]
    fn an_inherited_key_keeps_its_place_and_new_keys_follow() {
        let (tree, _) = merged(
            "[pipeline.p.stage]\na.takes = '1 day'\nb.takes = '1 day'",
            "[pipeline.p.stage]\nc.takes = '1 day'\na.takes = '2 days'",
        );
        let stages = at(&tree, &["pipeline", "p", "stage"]).unwrap().table().unwrap();
        assert_eq!(stages.keys().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(words(at(&tree, &["pipeline", "p", "stage", "a", "takes"]).unwrap()), "2 days");
    }

    #[test]
    fn a_key_can_be_removed_if_it_is_there() {
        let (tree, reports) =
            merged("[journey]\npatience = '1 day'", "[journey]\npatience = { remove = true }");
        assert!(at(&tree, &["journey", "patience"]).is_none() && reports.is_empty());
        let (_, reports) = merged("title = 'x'", "[journey]\npatience = { remove = true }");
        assert_eq!(reports[0].message, "there is nothing inherited here to remove");
    }

    #[test]
    fn later_parents_stand_over_earlier_ones_and_the_file_over_all() {
        let mut reports = Vec::new();
        let parents = vec![
            family("title = 'a'\nquestion = 'a'\n[programme]\nname = 'a'", Vec::new()),
            family("title = 'b'\nquestion = 'b'", Vec::new()),
        ];
        let tree = resolve(family("title = 'c'", parents), &mut reports);
        let text = |path: &[&str]| words(at(&tree, path).unwrap());
        assert_eq!(
            (text(&["title"]), text(&["question"]), text(&["programme", "name"])),
            ("c".to_owned(), "b".to_owned(), "a".to_owned())
        );
    }
}
