//! When a locality opens under an option.

use super::luck::WorldLuck;
use super::pipeline;
use super::programme::{DeliveryOption, Locality, Opens};
use super::staffing::{NEVER, Staffing};
use super::world::World;
use crate::quantity::{Day, Key};

/// The day on which a locality's access point starts: on its date, or when its own recruitment,
/// begun on that date, is done.
pub fn triage_start(locality: &Locality, world: &World, luck: &WorldLuck) -> Day {
    let Some(recruitment) = locality.triage.recruitment else { return locality.triage.starts };
    let key = locality.key.named(Key::name("triage"));
    let run = pipeline::run(&world.pipelines[recruitment], luck, key, None);
    locality.triage.starts.saturating_add(run.done)
}

/// The day on which a locality's own readiness (data agreement, contract) is done.
pub fn readiness_day(locality: &Locality, world: &World, luck: &WorldLuck) -> Day {
    let Some((pipeline, begins)) = locality.readiness else { return Day::MIN };
    let key = locality.key.named(Key::name("readiness"));
    begins.saturating_add(pipeline::run(&world.pipelines[pipeline], luck, key, None).done)
}

/// The day on which a locality opens under an option, or [`NEVER`] within the programme.
///
/// With service: the first day on which it is ready, its triage has started, and a team that serves
/// it has a whole slot and takes people. On a date: that day, or the day it is ready if later.
pub fn opening_day(
    option: &DeliveryOption,
    locality: usize,
    staffing: &[Staffing],
    ready: Day,
    triage: Day,
) -> Day {
    if let Opens::On(day) = option.opens {
        return day.max(ready).max(0);
    }
    let earliest = ready.max(triage).max(0);
    let first_slot = |(team, staffing): (&super::programme::Team, &Staffing)| {
        if !team.serves.contains(&locality) || team.participants_max == Some(0) {
            return NEVER;
        }
        let last = team.extended_to.or(team.until).unwrap_or(NEVER);
        let open = staffing.slots.iter().enumerate().skip(earliest as usize);
        open.take_while(|(day, _)| *day as Day <= last)
            .find(|(_, slots)| **slots >= 1)
            .map_or(NEVER, |(day, _)| day as Day)
    };
    option.teams.iter().zip(staffing).map(first_slot).min().unwrap_or(NEVER)
}
