//! Who can see people, and from when: a team's coaches and slots, day by day, before any person.
//!
//! Nothing here depends on people, so it is drawn once for each option of a replicate. What does
//! depend on them (when a team past its `until` loses its last person) is settled in the day loop.

use super::luck::{Purpose, WorldLuck};
use super::pipeline;
use super::programme::Team;
use super::world::World;
use crate::quantity::time::{DAYS_PER_MONTH, whole_days};
use crate::quantity::{Day, Key, exponential};

/// Slots of a team without a caseload limit, once a coach is past induction.
pub const UNLIMITED: i32 = i32::MAX;

/// Stands for "not within the programme".
pub const NEVER: Day = Day::MAX;

/// A running amount compared with a whole allows this much (MODEL, section 1).
pub const TOLERANCE: f64 = 1e-9;

/// One coach in one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occupancy {
    /// Which of the team's posts.
    pub post: u32,
    /// First day in post; may be before day 0.
    pub from: Day,
    /// Last day in post, at most the programme's last.
    pub to: Day,
    /// Where the coach comes from.
    pub coach: Coach,
}

/// Where a coach comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coach {
    /// Already there when the programme began.
    There,
    /// Hired for the programme.
    Hired,
    /// From an agency, until the post is filled.
    Agency,
}

/// A coach leaves of their own accord.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The first day without them.
    pub day: Day,
    /// Coaches in post on the day before, they included.
    pub coaches: i32,
}

/// A time during which a team works: from ready to its failure or the programme's end. Staff already
/// there may work before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stint {
    /// The day on which it is ready; may be before day 0.
    pub ready: Day,
    /// The day on which its provider fails, or [`NEVER`]. It does not work on that day.
    pub fails: Day,
}

/// A team's staff over the programme. Buffers are kept from one replicate to the next.
#[derive(Clone, Debug, Default)]
pub struct Staffing {
    /// When it works, in order.
    pub stints: Vec<Stint>,
    /// Its coaches, by stint and post.
    pub occupancies: Vec<Occupancy>,
    /// Its coaches who leave of their own accord, by stint and post.
    pub departures: Vec<Departure>,
    /// Whole slots on each day, or [`UNLIMITED`].
    pub slots: Vec<i32>,
    /// New starts that each day adds to the team's credit.
    pub starts: Vec<f64>,
    /// Coaches in post on each day.
    pub coaches: Vec<i32>,
    /// Whether caseloads are limited.
    pub limited: bool,
    changes: Vec<Change>,
}

/// How a day differs from the day before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Change {
    /// Coaches in post.
    coaches: i32,
    /// Of them, those past induction.
    able: i32,
    /// Of those, how many are at full caseload.
    full: i32,
    /// How many still grow.
    growing: i32,
    /// How far these have come, in halves of a day. Each comes on by two halves from day to day.
    grown: i64,
}

/// What a team's uncertain inputs are in one world.
struct TeamWorld {
    caseload: Option<f64>,
    starts_per_day: Option<f64>,
    induction: Day,
    growth: Day,
    present: f64,
    leaving: f64,
    failing: f64,
    agency_after: Option<Day>,
}

impl TeamWorld {
    fn new(team: &Team, inputs: &[f64]) -> Self {
        let rate = |value: Option<crate::quantity::Uncertain>| value.map_or(0.0, |v| v.get(inputs));
        TeamWorld {
            caseload: team.caseload.map(|caseload| caseload.get(inputs)),
            starts_per_day: team.starts_per_month.map(|starts| starts.get(inputs) / DAYS_PER_MONTH),
            induction: whole_days(team.induction.get(inputs)),
            growth: whole_days(team.full_caseload_after.get(inputs)),
            present: 1.0 - team.absence.get(inputs),
            leaving: rate(team.leavers),
            failing: rate(team.fails),
            agency_after: team.agency.map(|agency| whole_days(agency.after.get(inputs))),
        }
    }
}

impl Staffing {
    /// Draws a team's staff for a programme of `days` days.
    pub fn draw(&mut self, team: &Team, world: &World, luck: &WorldLuck, days: i32) {
        let drawn = TeamWorld::new(team, &world.inputs);
        self.stints.clear();
        self.occupancies.clear();
        self.departures.clear();
        let mut begins = team.begins;
        for stint in 0.. {
            let (ready, recruiting_from) = self.route(team, world, luck, begins, stint);
            let fails = failure_day(&drawn, luck, team.key.with(stint), ready);
            let last = days - 1;
            if ready <= last {
                self.stints.push(Stint { ready, fails: if fails <= last { fails } else { NEVER } });
            }
            let end = last.min(fails.saturating_sub(1)).min(team.contract_ends.unwrap_or(NEVER));
            for post in 0..team.posts {
                let place = Place { stint, post, recruiting_from, ready, end };
                self.fill_post(team, world, luck, &drawn, place);
            }
            if !team.restarts || fails >= last || ready > last {
                break;
            }
            begins = fails + 1;
        }
        self.count(team, &drawn, days);
    }

    /// The day on which the team is ready, and the day from which it recruits.
    fn route(
        &self,
        team: &Team,
        world: &World,
        luck: &WorldLuck,
        begins: Day,
        stint: u64,
    ) -> (Day, Day) {
        let Some(route) = team.route else { return (begins, begins) };
        let key = team.key.named(Key::name("route")).with(stint);
        let run = pipeline::run(&world.pipelines[route], luck, key, team.recruits_after);
        (begins.saturating_add(run.done), begins.saturating_add(run.stage_done))
    }

    /// Fills one post over one stint: coaches come, leave and are replaced.
    fn fill_post(
        &mut self,
        team: &Team,
        world: &World,
        luck: &WorldLuck,
        drawn: &TeamWorld,
        place: Place,
    ) {
        let key = team.key.with(place.stint).named(Key::name("post")).with(u64::from(place.post));
        let already = team.in_post_from.filter(|_| place.stint == 0 && place.post < team.in_post);
        let mut recruiting_from = place.recruiting_from;
        let mut empty_from = place.ready;
        for hire in 0_u64.. {
            let key = key.with(hire);
            let (from, coach) = match (already, team.recruitment) {
                (Some(from), _) if hire == 0 => (from.max(0), Coach::There),
                (_, Some(recruitment)) => {
                    let run = pipeline::run(&world.pipelines[recruitment], luck, key, None);
                    (recruiting_from.saturating_add(run.done).max(place.ready), Coach::Hired)
                }
                // Without a pipeline the first coaches come with the team, and nobody after them.
                (_, None) if hire == 0 => (place.ready, Coach::Hired),
                (_, None) => (NEVER, Coach::Hired),
            };
            self.cover(drawn, place, empty_from, from);
            if from > place.end {
                return;
            }
            let leaves = last_day_worked(team, drawn, luck, key, from);
            let to = leaves.min(place.end);
            self.occupancies.push(Occupancy { post: place.post, from, to, coach });
            if to == place.end {
                return;
            }
            // How many are in post is counted when all posts are drawn.
            self.departures.push(Departure { day: to + 1, coaches: 0 });
            recruiting_from = to + 1;
            empty_from = to + 1;
        }
    }

    /// Agency cover of an empty post, until it is filled or ends.
    fn cover(&mut self, drawn: &TeamWorld, place: Place, empty_from: Day, filled: Day) {
        let Some(after) = drawn.agency_after else { return };
        let from = empty_from.max(place.ready).saturating_add(after);
        let to = filled.saturating_sub(1).min(place.end);
        if from <= to {
            self.occupancies.push(Occupancy { post: place.post, from, to, coach: Coach::Agency });
        }
    }

    /// Adds up coaches, slots and starts for each day: what changes on which day, then day by day
    /// what is there. How far coaches have grown is counted in halves of a day, so that it is exact.
    fn count(&mut self, team: &Team, drawn: &TeamWorld, days: i32) {
        let len = days.max(0) as usize;
        self.changes.clear();
        self.changes.resize(len + 1, Change::default());
        for occupancy in &self.occupancies {
            let (induction, growth) = match occupancy.coach {
                Coach::There => (0, 0),
                Coach::Hired | Coach::Agency => (drawn.induction, drawn.growth),
            };
            let (from, after) = (occupancy.from.max(0), occupancy.to + 1);
            if from >= after {
                continue;
            }
            let able = occupancy.from.saturating_add(induction);
            let full = able.saturating_add(growth);
            let at = |day: Day| day.clamp(from, after) as usize;
            self.changes[at(from)].coaches += 1;
            self.changes[at(after)].coaches -= 1;
            self.changes[at(able)].able += 1;
            self.changes[at(after)].able -= 1;
            self.changes[at(full)].full += 1;
            self.changes[at(after)].full -= 1;
            for (day, sign) in [(at(able), 1), (at(full), -1)] {
                self.changes[day].growing += sign;
                let halves = 2 * (day as i64 - i64::from(able)) + 1;
                self.changes[day].grown += i64::from(sign) * halves;
            }
        }
        self.limited = drawn.caseload.is_some();
        // Without a limit the load only says whether anyone can see people.
        let caseload = drawn.caseload.unwrap_or(1.0) * team.fte * drawn.present;
        let starts = drawn.starts_per_day.unwrap_or(0.0) * team.fte * drawn.present;
        let whole = 2.0 * f64::from(drawn.growth.max(1));
        self.coaches.clear();
        self.starts.clear();
        self.slots.clear();
        let mut now = Change::default();
        let (mut starts_now, mut slots) = (0.0, 0);
        for change in &self.changes[..len] {
            if now.growing == 0 && *change == Change::default() {
                self.coaches.push(now.coaches);
                self.starts.push(starts_now);
                self.slots.push(slots);
                continue;
            }
            now.coaches += change.coaches;
            now.able += change.able;
            now.full += change.full;
            now.grown += i64::from(2 * now.growing) + change.grown;
            now.growing += change.growing;
            let load = caseload * (f64::from(now.full) + now.grown as f64 / whole);
            slots = match self.limited {
                // The cast drops the fraction.
                true => ((load + TOLERANCE) as i32).min(UNLIMITED - 1),
                false if load > 0.0 => UNLIMITED,
                false => 0,
            };
            starts_now = starts * f64::from(now.able);
            self.coaches.push(now.coaches);
            self.starts.push(starts_now);
            self.slots.push(slots);
        }
        for departure in &mut self.departures {
            let before = usize::try_from(departure.day - 1).ok();
            departure.coaches = before.and_then(|day| self.coaches.get(day)).map_or(0, |&n| n);
        }
    }

    /// The first day on which it is ready within the programme.
    pub fn ready_day(&self) -> Option<Day> {
        self.stints.first().map(|stint| stint.ready)
    }

    /// The stint in which a day lies, if the team works on it.
    pub fn stint_on(&self, day: Day) -> Option<&Stint> {
        self.stints.iter().rev().find(|stint| stint.ready <= day && day < stint.fails)
    }
}

/// A post in a stint of its team.
#[derive(Clone, Copy)]
struct Place {
    stint: u64,
    post: u32,
    recruiting_from: Day,
    ready: Day,
    end: Day,
}

/// The day on which a provider fails, from the day on which it is ready, or [`NEVER`].
fn failure_day(drawn: &TeamWorld, luck: &WorldLuck, place: Key, ready: Day) -> Day {
    if drawn.failing <= 0.0 {
        return NEVER;
    }
    let patience = exponential(luck.spread(Purpose::ProviderFailure, place));
    ready.saturating_add(days_until(patience, drawn.failing))
}

/// How many whole days pass before the one on which a constant hazard has used up `patience`.
fn days_until(patience: f64, rate: f64) -> Day {
    if rate <= 0.0 {
        return NEVER;
    }
    let days = libm::ceil(patience / rate) - 1.0;
    if days >= 1e9 { NEVER } else { days.max(0.0) as Day }
}

/// The last day that a coach works: leaving at the team's hazard, which rises towards the
/// contract's end on days d with contract_ends - over < d <= contract_ends.
fn last_day_worked(team: &Team, drawn: &TeamWorld, luck: &WorldLuck, place: Key, from: Day) -> Day {
    let rate = drawn.leaving;
    if rate <= 0.0 {
        return NEVER;
    }
    let patience = exponential(luck.spread(Purpose::Leaving, place));
    let (Some(end), Some((times, over))) = (team.contract_ends, team.leavers_at_end) else {
        return from.saturating_add(days_until(patience, rate));
    };
    let rises = (libm::floor(f64::from(end) - over) + 1.0).max(f64::from(Day::MIN / 2)) as Day;
    let before = rises.saturating_sub(from).max(0);
    let used = rate * f64::from(before);
    if patience <= used {
        return from.saturating_add(days_until(patience, rate));
    }
    from.saturating_add(before).saturating_add(days_until(patience - used, rate * times))
}
