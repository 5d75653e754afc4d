//! Targets beside the agreed number, and places that move towards them.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::node::Value;
use crate::model::programme::{MovingPlaces, Target, TargetOutcome};
use crate::quantity::{FixedShare, Unit};

const SHARE: Shape = Shape::Leaf(Leaf::Fixed(Unit::Share, 0.0, 1.0));

/// Keys of `targets`.
pub const TARGETS: &[Field] = &[
    Field::may("in_work", SHARE, "none", "Of those with a plan, in work when support ends."),
    Field::may("found_work", SHARE, "none", "Of those with a plan, job starts."),
    Field::may("sustained", SHARE, "none", "Of those with a plan, in work that is sustained."),
];

/// Keys of `moving_places`.
pub const MOVING: &[Field] = &[
    Field::must("on", Shape::Leaf(Leaf::Dates), "At the end of these days."),
    Field::or("share", SHARE, "100%", "How much of what it is behind by a locality gives up."),
];

impl Compiler<'_> {
    /// Targets beside the agreed number.
    pub fn targets(&mut self) -> Vec<Target> {
        let table = self.root.table("targets");
        let target = |outcome: TargetOutcome| {
            Some(Target { outcome, share: self.share(&table, outcome.metric())? })
        };
        TargetOutcome::ALL.into_iter().filter_map(target).collect()
    }

    /// When and how places move between localities.
    pub fn moving_places(&mut self) -> Option<MovingPlaces> {
        let table = self.root.table("moving_places");
        let dates = table.stated("on")?;
        let Value::List(dates) = &dates.value else { return None };
        let mut on = Vec::new();
        for node in dates {
            let Value::Date(date) = node.value else { continue };
            let day = self.calendar.day(date);
            if self.dated && !(0..self.calendar.last()).contains(&day) {
                let (first, last) =
                    (self.calendar.starts(), self.calendar.date(self.calendar.last()));
                self.wrong(node.at, "places move within the programme, before its last day")
                    .help(format!("the programme runs from {first} to {last}"));
            }
            on.push(day);
        }
        on.sort_unstable();
        on.dedup();
        let share = self.share(&table, "share").unwrap_or(FixedShare::ALL);
        Some(MovingPlaces { on, share })
    }
}
