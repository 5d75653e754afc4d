//! What a key takes, beside whatever is wrong with its value: the reader of a message need not know the
//! table that stands far above the line, nor the range.

use super::diagnostic::Diagnostic;
use super::grammar::{Shape, field};
use super::node::{Node, Span};
use super::path::Path;

/// Adds to a mistake in a value which key has it and what that key takes, if its values have a range.
pub fn tell(report: &mut Diagnostic, tree: &Node, shape: Shape) {
    let Some(at) = report.span else { return };
    if let Some(takes) = takes(tree, shape, &Path::default(), at) {
        report.help(takes);
    }
}

/// `team.posts takes a whole number from 1 to 10000`, for the key whose value stands around a place.
fn takes(node: &Node, shape: Shape, path: &Path, place: Span) -> Option<String> {
    if let Shape::Leaf(leaf) = shape {
        let around = node.at.file == place.file
            && node.at.start <= place.start
            && place.end <= node.at.end
            && place.start < place.end;
        return leaf.range().filter(|_| around).map(|range| format!("{path} takes {range}"));
    }
    node.table()?.iter().find_map(|(key, value)| {
        let inner = match shape {
            Shape::Table(fields) => field(fields, key)?.shape,
            Shape::Names(_, inner) => *inner,
            Shape::Leaf(_) => return None,
        };
        takes(value, inner, &path.with(key), place)
    })
}

#[cfg(test)]
mod tests {
    use super::super::Scenario;
    use super::super::starter;

    #[test]
    fn a_mistake_in_a_value_says_which_key_it_is_and_what_that_key_takes() {
        let text = format!("{}\n[pipeline.p]\npace = -1\n", starter::text("Anyton"));
        let wrong = Scenario::from_text("a.toml", &text).unwrap_err();
        let mut help = wrong.iter().flat_map(|report| &report.help);
        assert!(
            help.any(|help| help == "pipeline.p.pace takes a number from 0 to 100000000"),
            "{wrong}"
        );
    }
}
