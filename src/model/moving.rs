//! Places move between localities: who is behind gives to who is ahead.
//!
//! On a day of the rule, what is due of a locality is the share of its agreed participants that the
//! funding years, each spread evenly over its days, put before the day's end; its plans to date over
//! that share is what it is on its way to. What it falls short of its number by is its gap, what it
//! goes beyond it by it could use. Of each gap the stated share, rounded down, is given, but never
//! what it has plans for already, or people with a coach who may come to one. Numbers move whole:
//! taken in proportion to what can be given and handed on in proportion to what can be used, by
//! largest remainder.
//!
//! The money of a place that moves is the tariff of the funding year in which the day lies, each part
//! of it by itself. It moves as far as its giver has not claimed it yet; a basic part that is paid on
//! a profile does not move.

use super::activity::Activity;
use super::claims::{Entitlement, RoomChange, claims};
use super::delivery::{Delivery, Scene};
use super::place::Place;
use super::programme::{Allocation, BasicBasis, Funding, FundingYear, Programme};
use crate::quantity::money::{apportion, split};
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
        let (taken, handed) = (apportion(moved, &gives), apportion(moved, &wants));
        for (place, (taken, handed)) in self.places.iter_mut().zip(taken.into_iter().zip(handed)) {
            if taken != handed {
                place.moves.push(Move { day, places: handed - taken });
            }
        }
    }
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

/// How the room of every locality changes with the places that moved: what givers lose, as far as
/// they have it still, those who take gain. `allocations` are the localities'.
pub(super) fn room_changes(
    programme: &Programme,
    funding: &Funding,
    allocations: &[&Allocation],
    places: &[Place],
    activity: &[Vec<Activity>],
) -> Vec<Vec<RoomChange>> {
    let mut changes = vec![Vec::new(); places.len()];
    let days = programme.moving_places.as_ref().map_or(&[][..], |rule| &rule.on);
    for &day in days {
        let each = room_of_a_place(programme, funding, day);
        let moved: Vec<i64> = places.iter().map(|place| place.moved_on(day)).collect();
        let mut given = RoomChange::default();
        for (locality, &places) in moved.iter().enumerate().filter(|(_, places)| **places < 0) {
            let basic = each.basic.times(places);
            let participant = each.participant.times(places);
            changes[locality].push(RoomChange { quarter: each.quarter, basic, participant });
            let mut entitlement = Entitlement {
                allocation: allocations[locality],
                to_date: &programme.localities[locality].opening.money,
                changes: &mut changes[locality],
            };
            claims(funding, &mut entitlement, 0.0, &activity[locality], &mut Vec::new());
            if let Some(made) = changes[locality].last() {
                given.basic -= made.basic;
                given.participant -= made.participant;
            }
        }
        let gains: Vec<i64> = moved.iter().map(|&places| places.max(0)).collect();
        if gains.iter().all(|&places| places == 0) {
            continue;
        }
        let parts = split(given.basic, &gains).into_iter().zip(split(given.participant, &gains));
        for ((basic, participant), (changes, &gain)) in parts.zip(changes.iter_mut().zip(&gains)) {
            if gain > 0 {
                changes.push(RoomChange { quarter: each.quarter, basic, participant });
            }
        }
    }
    changes
}

/// The room that one place brings with it on a day.
fn room_of_a_place(programme: &Programme, funding: &Funding, day: Day) -> RoomChange {
    let quarters = programme.calendar.quarters();
    let quarter = quarters.iter().position(|quarter| day <= quarter.last).unwrap_or(0);
    let year = funding.years.iter().find(|year| (year.first..=year.last).contains(&day));
    let tariff = year.map_or(Pence::ZERO, |year| year.tariff);
    let basic = match funding.basic.paid_on {
        BasicBasis::Profile => Pence::ZERO,
        BasicBasis::Expenditure | BasicBasis::Participants => tariff.share(funding.basic.share),
    };
    RoomChange { quarter, basic, participant: tariff.share(funding.participant.share) }
}
