//! Places move between localities: who is behind gives to who is ahead.
//!
//! On a day of the rule, what is due of a locality is the share of its agreed participants that the
//! funding years, each spread evenly over its days, put before the day's end; its plans to date over
//! that share is what it is on its way to. What it falls short of its number by is its gap, what it
//! goes beyond it by it could use. Of each gap the stated share, rounded down, is given, but never
//! what it has plans for already, or people with a coach who may come to one. Numbers move whole: taken in proportion to what can be
//! given and handed on in proportion to what can be used, by largest remainder.

use super::delivery::{Delivery, Scene};
use super::programme::{FundingYear, Programme};
use crate::quantity::money::split;
use crate::quantity::{Day, FixedShare, Pence};

/// Places that a locality gains (or loses, below 0) at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// The day.
    pub day: Day,
    /// How many.
    pub places: i64,
}

impl Delivery {
    /// Moves places at the end of a day, if the rule says so.
    pub(super) fn move_places(&mut self, scene: &Scene<'_>, day: Day) {
        let Some(rule) = scene.programme.moving_places.as_ref() else { return };
        if !rule.on.contains(&day) {
            return;
        }
        let due = share_due(scene.programme, day);
        if due <= 0.0 {
            return;
        }
        let (mut gives, mut wants) = (Vec::new(), Vec::new());
        for (index, locality) in scene.programme.localities.iter().enumerate() {
            let place = &self.places[index];
            let agreed = place.agreed(locality.agreed);
            let done = place.tally.plans_to(day);
            let bound_for = done as f64 / due;
            let gap = libm::floor(rule.share.get() * (agreed as f64 - bound_for)) as i64;
            let spare = agreed - done - place.before_plan;
            gives.push(gap.min(spare).max(0));
            wants.push((libm::floor(bound_for) as i64 - agreed).max(0));
        }
        let moved = gives.iter().sum::<i64>().min(wants.iter().sum());
        if moved == 0 {
            return;
        }
        let (taken, handed) = (shared(moved, &gives), shared(moved, &wants));
        for (place, (taken, handed)) in self.places.iter_mut().zip(taken.into_iter().zip(handed)) {
            if taken != handed {
                place.moves.push(Move { day, places: handed - taken });
            }
        }
    }
}

/// A number in whole parts in proportion to weights, by largest remainder.
fn shared(number: i64, weights: &[i64]) -> Vec<i64> {
    split(Pence::new(number), weights).into_iter().map(Pence::get).collect()
}

/// The share of agreed participants that is due by the end of a day: each funding year's, spread
/// evenly over its days within the programme.
fn share_due(programme: &Programme, day: Day) -> f64 {
    let due = |year: &FundingYear| {
        let days = year.last - year.first + 1;
        match days {
            ..=0 => year.share.get(),
            _ => {
                let passed = (day.min(year.last) - year.first + 1).max(0);
                year.share.get() * f64::from(passed) / f64::from(days)
            }
        }
    };
    programme.funding.years.iter().map(due).sum::<f64>().min(FixedShare::ALL.get())
}
