//! Places that move from localities that are behind to those that are ahead.

use workcast::quantity::money::apportion;
use workcast::quantity::{Day, FixedShare};

use crate::history::Moved;
use crate::life::Life;
use crate::person::State;
use crate::scene::Scene;

/// The places that move at the end of a day.
pub fn due_moves(scene: &Scene<'_>, life: &Life<'_>, day: Day) -> Vec<Moved> {
    let Some(rule) = &scene.programme.moving_places else { return Vec::new() };
    let due = share_due(scene, day);
    if !rule.on.contains(&day) || due <= 0.0 {
        return Vec::new();
    }
    let localities = 0..scene.programme.localities.len();
    let (mut can_give, mut could_use) = (Vec::new(), Vec::new());
    for locality in localities.clone() {
        let agreed = agreed(scene, life, locality);
        let here = life.people.iter().filter(|who| who.locality == locality);
        let plans = here.clone().filter(|who| who.plan.is_some()).count() as i64;
        let plans = plans + scene.opens(locality).opening.plans;
        let may_come = here.filter(|who| matches!(who.state, State::BeforePlan(_))).count() as i64;
        let bound_for = plans as f64 / due;
        let gap = (rule.share.get() * (agreed as f64 - bound_for)).floor() as i64;
        can_give.push(gap.min(agreed - plans - may_come).max(0));
        could_use.push((bound_for.floor() as i64 - agreed).max(0));
    }
    let total = can_give.iter().sum::<i64>().min(could_use.iter().sum());
    if total == 0 {
        return Vec::new();
    }
    let (given, used) = (apportion(total, &can_give), apportion(total, &could_use));
    let moved = |locality| Moved { day, locality, places: used[locality] - given[locality] };
    localities.map(moved).filter(|moved| moved.places != 0).collect()
}

/// A locality's agreed participants after the moves so far.
pub fn agreed(scene: &Scene<'_>, life: &Life<'_>, locality: usize) -> i64 {
    let moved = life.moves.iter().filter(|moved| moved.locality == locality);
    scene.opens(locality).agreed + moved.map(|moved| moved.places).sum::<i64>()
}

/// The share of agreed participants that the funding years, each spread over its days, put before
/// the end of a day.
fn share_due(scene: &Scene<'_>, day: Day) -> f64 {
    let years = scene.programme.funding.years.iter().map(|year| {
        let days = f64::from(year.last - year.first + 1);
        let passed = f64::from((day.min(year.last) - year.first + 1).max(0));
        if year.is_over() { year.share.get() } else { year.share.get() * passed / days }
    });
    years.sum::<f64>().min(FixedShare::ALL.get())
}
