//! Other readings of the funding rules.

use super::super::compile::Compiler;
use super::super::diagnostic::Diagnostic;
use super::super::grammar::{Shape, field};
use super::super::node::Node;
use super::super::overlay::{self, Edit};
use super::super::path::{Path, Segment, pattern};
use super::super::section::Section;
use super::super::shape;
use super::top;
use crate::model::programme::{Locality, Reading};

/// The most readings of one scenario.
const MOST: usize = 20;

/// A scenario under another reading of its funding rules.
pub struct Overlaid {
    name: String,
    tree: Node,
    reports: Vec<Diagnostic>,
}

/// The scenario under each of its readings, in file order.
pub fn overlaid(tree: &Node, reports: &mut Vec<Diagnostic>) -> Vec<Overlaid> {
    let Some(readings) = tree.get("reading") else { return Vec::new() };
    let count = readings.table().map_or(0, |table| table.len());
    if count > MOST {
        let message = format!("at most {MOST} readings, not {count}");
        reports.push(Diagnostic::error(readings.key, message));
    }
    let named = readings.table().into_iter().flatten().take(MOST);
    named.map(|(name, node)| under(tree, name, node)).collect()
}

fn under(tree: &Node, name: &str, reading: &Node) -> Overlaid {
    let mut tree = tree.clone();
    let mut reports = Vec::new();
    // A broken change is reported by the shape's check; here only paths are tried.
    let mut edits = overlay::edits(reading, &mut Vec::new());
    edits.retain(|edit| is_about_funding(edit, &mut reports));
    overlay::apply(&mut tree, &edits, "this reading", &mut reports);
    let funding = field(top(), "funding").map_or(Shape::Table(&[]), |field| field.shape);
    if let Some(node) = tree.get("funding") {
        shape::check(node, funding, &Path::of(&["funding"]), &mut reports);
    }
    Overlaid { name: name.to_owned(), tree, reports }
}

fn is_about_funding(edit: &Edit, reports: &mut Vec<Diagnostic>) -> bool {
    // What is no path is reported when it is applied.
    let Ok(segments) = pattern(&edit.path) else { return true };
    let about = matches!(segments.first(), Some(Segment::Name(first)) if first == "funding");
    if !about {
        let message = "a reading changes the funding rules alone";
        reports.push(
            Diagnostic::error(edit.path_at, message)
                .with_help("its paths begin with funding; other changes belong to a stress"),
        );
    }
    about
}

impl<'a> Compiler<'a> {
    /// Every reading of the funding rules, in file order, with what each locality may be paid.
    pub fn readings(
        &mut self,
        overlaid: &'a [Overlaid],
        localities: &[Locality],
        known: &[Diagnostic],
    ) -> Vec<Reading> {
        let mut readings = Vec::new();
        for Overlaid { name, tree, reports } in overlaid {
            let before = self.reports.len();
            self.reports.extend(reports.iter().cloned());
            self.reading = Some(name.clone());
            let funding = self.funding(&Section::root(top(), tree).table("funding"));
            let mut allocations = Vec::new();
            for (locality, (_, section)) in localities.iter().zip(self.root.named("locality")) {
                let stated = self.money(&section, "allocation");
                allocations.push(self.allocation(locality.agreed, stated, &funding));
            }
            self.reading = None;
            // What is wrong with the scenario's own rules has been said.
            for report in self.reports.split_off(before) {
                if !self.reports.contains(&report) && !known.contains(&report) {
                    let help = format!("this is so under the reading \"{name}\"");
                    self.reports.push(report.with_help(help));
                }
            }
            readings.push(Reading { name: name.clone(), funding, allocations });
        }
        readings
    }
}
