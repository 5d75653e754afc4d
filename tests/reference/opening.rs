//! When a locality opens, and which of its referrals are made (MODEL, section 3).

use workcast::model::programme::{Opens, Source};
use workcast::quantity::time::whole_days;
use workcast::quantity::{Day, Key};

use crate::scene::{Scene, takes};
use crate::staff::Staff;

/// The day on which a locality's access point starts.
pub fn triage_start(scene: &Scene<'_>, locality: usize) -> Day {
    let place = scene.opens(locality);
    let key = place.key.named(Key::name("triage"));
    let waits = place.triage.recruitment.map_or(0, |pipeline| takes(scene, pipeline, key));
    place.triage.starts.saturating_add(waits)
}

/// The day on which a locality itself is ready.
fn ready(scene: &Scene<'_>, locality: usize) -> Day {
    let place = scene.opens(locality);
    let key = place.key.named(Key::name("readiness"));
    place
        .readiness
        .map_or(Day::MIN, |(pipeline, begins)| begins.saturating_add(takes(scene, pipeline, key)))
}

/// The day on which a locality opens, if that is within the programme.
pub fn opening_day(scene: &Scene<'_>, locality: usize, staff: &[&Staff]) -> Option<Day> {
    let ready = ready(scene, locality).max(0);
    if let Opens::On(day) = scene.option.opens {
        return Some(day.max(ready)).filter(|&day| day <= scene.last());
    }
    let from = ready.max(triage_start(scene, locality));
    (from..=scene.last()).find(|&day| {
        scene.option.teams.iter().zip(staff).any(|(team, staff)| {
            let takes_people = team.extended_to.or(team.until).is_none_or(|last| day <= last);
            let has_slot = || staff.slots(scene, team, day).is_none_or(|slots| slots >= 1);
            let serves = team.serves.contains(&locality);
            serves && team.participants_max != Some(0) && takes_people && has_slot()
        })
    })
}

/// The share of a source's referrals that are made on a day.
pub fn ramp(scene: &Scene<'_>, source: &Source, opening: Option<Day>, day: Day) -> f64 {
    let Some(opening) = opening else { return 0.0 };
    let begins = opening.max(source.starts);
    let over = whole_days(source.ramp.get(scene.inputs));
    if day < begins {
        0.0
    } else if over == 0 {
        1.0
    } else {
        ((f64::from(day - begins) + 0.5) / f64::from(over)).min(1.0)
    }
}
