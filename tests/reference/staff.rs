//! A team's coaches, and what they can do on a day (MODEL, section 5).

use workcast::model::luck::Purpose;
use workcast::model::programme::Team;
use workcast::quantity::time::{DAYS_PER_MONTH, whole_days};
use workcast::quantity::{Day, Key, exponential};

use crate::history::{Coach, Comes, Stint};
use crate::scene::{Scene, stages_done, takes};

/// A team's staff over the programme, before any person.
pub struct Staff {
    pub stints: Vec<Stint>,
    pub coaches: Vec<Coach>,
    /// The first day without each coach who left of their own accord, by stint, post and occupant.
    pub departures: Vec<Day>,
}

/// A time during which a team works, as its posts are filled.
struct Term {
    number: u64,
    recruits_from: Day,
    ready: Day,
    /// The last day on which anybody is in post.
    ends: Day,
}

pub fn staff(scene: &Scene<'_>, team: &Team) -> Staff {
    let mut staff = Staff { stints: Vec::new(), coaches: Vec::new(), departures: Vec::new() };
    let mut begins = team.begins;
    for number in 0.. {
        let (ready, recruits_from) = ready(scene, team, begins, number);
        let fails = failure(scene, team, number, ready);
        if ready <= scene.last() {
            staff.stints.push(Stint { ready, fails });
        }
        let ends = scene
            .last()
            .min(fails.map_or(Day::MAX, |day| day - 1))
            .min(team.contract_ends.unwrap_or(Day::MAX));
        for post in 0..team.posts {
            fill(scene, team, &Term { number, recruits_from, ready, ends }, post, &mut staff);
        }
        match fails {
            Some(day) if team.restarts => begins = day + 1,
            _ => break,
        }
    }
    staff
}

/// The day on which a team is ready, and the day from which it recruits.
fn ready(scene: &Scene<'_>, team: &Team, begins: Day, stint: u64) -> (Day, Day) {
    let Some(route) = team.route else { return (begins, begins) };
    let done = stages_done(scene, route, team.key.named(Key::name("route")).with(stint));
    let last = done.len() - 1;
    let recruits_after = team.recruits_after.unwrap_or(last);
    (begins.saturating_add(done[last]), begins.saturating_add(done[recruits_after]))
}

/// The day on which the provider fails: a hazard that is the same every day uses up its luck.
fn failure(scene: &Scene<'_>, team: &Team, stint: u64, ready: Day) -> Option<Day> {
    let rate = team.fails?.get(scene.inputs);
    let place = team.key.with(stint);
    let luck = exponential(scene.luck.spread(Purpose::ProviderFailure, place));
    used_up(luck, ready, scene.last(), |_| rate)
}

/// The day on which a hazard that begins on `from` has used up `luck`, if that is by `last`.
fn used_up(luck: f64, from: Day, last: Day, rate: impl Fn(Day) -> f64) -> Option<Day> {
    let mut left = luck;
    for day in from..=last {
        left -= rate(day);
        if left <= 0.0 {
            return Some(day);
        }
    }
    None
}

/// Fills a post: coaches come, leave and are replaced, and an agency covers it while it is empty.
fn fill(scene: &Scene<'_>, team: &Team, term: &Term, post: u32, staff: &mut Staff) {
    let key = team.key.with(term.number).named(Key::name("post")).with(u64::from(post));
    let there = team.in_post_from.filter(|_| term.number == 0 && post < team.in_post);
    let (mut recruits_from, mut empty_from) = (term.recruits_from, term.ready);
    for occupant in 0.. {
        let key = key.with(occupant);
        let first = occupant == 0;
        let (from, comes) = match (there, team.recruitment) {
            (Some(from), _) if first => (Some(from.max(0)), Comes::There),
            (_, Some(recruitment)) => {
                let hired = recruits_from.saturating_add(takes(scene, recruitment, key));
                (Some(hired.max(term.ready)), Comes::Hired)
            }
            (_, None) => (first.then_some(term.ready), Comes::Hired),
        };
        cover(scene, team, term, post, empty_from, from, staff);
        let Some(from) = from.filter(|&from| from <= term.ends) else { return };
        let leaves = leaves(scene, team, key, from, term.ends);
        let to = leaves.unwrap_or(term.ends);
        staff.coaches.push(Coach { post, from, to, comes });
        if to == term.ends {
            return;
        }
        staff.departures.push(to + 1);
        (recruits_from, empty_from) = (to + 1, to + 1);
    }
}

/// The last day that a coach works before leaving of their own accord, if that is by `ends`.
fn leaves(scene: &Scene<'_>, team: &Team, key: Key, from: Day, ends: Day) -> Option<Day> {
    let rate = team.leavers?.get(scene.inputs);
    let luck = exponential(scene.luck.spread(Purpose::Leaving, key));
    used_up(luck, from, ends, |day| match (team.contract_ends, team.leavers_at_end) {
        (Some(end), Some((times, over))) if f64::from(day) > f64::from(end) - over => rate * times,
        _ => rate,
    })
}

/// An agency's coach in an empty post, until somebody comes.
fn cover(
    scene: &Scene<'_>,
    team: &Team,
    term: &Term,
    post: u32,
    empty_from: Day,
    filled: Option<Day>,
    staff: &mut Staff,
) {
    let Some(agency) = team.agency else { return };
    let from =
        empty_from.max(term.ready).saturating_add(whole_days(agency.after.get(scene.inputs)));
    let to = filled.map_or(term.ends, |day| (day - 1).min(term.ends));
    if from <= to {
        staff.coaches.push(Coach { post, from, to, comes: Comes::Agency });
    }
}

impl Staff {
    /// Coaches in post on a day.
    pub fn in_post(&self, day: Day) -> i64 {
        self.coaches.iter().filter(|coach| (coach.from..=coach.to).contains(&day)).count() as i64
    }

    /// Whole slots on a day; `None` where caseloads have no limit and somebody can see people.
    pub fn slots(&self, scene: &Scene<'_>, team: &Team, day: Day) -> Option<i64> {
        let present = 1.0 - team.absence.get(scene.inputs);
        let each = team.caseload.map_or(1.0, |caseload| caseload.get(scene.inputs));
        let load: f64 = self
            .coaches
            .iter()
            .map(|coach| each * team.fte * present * growth(scene, team, coach, day))
            .sum();
        match team.caseload {
            Some(_) => Some((load + 1e-9).floor() as i64),
            None if load > 0.0 => None,
            None => Some(0),
        }
    }

    /// New starts that a day adds to the team's credit; `None` without a limit.
    pub fn starts(&self, scene: &Scene<'_>, team: &Team, day: Day) -> Option<f64> {
        let per_month = team.starts_per_month?.get(scene.inputs);
        let present = 1.0 - team.absence.get(scene.inputs);
        let each = per_month / DAYS_PER_MONTH * team.fte * present;
        let able = self.coaches.iter().filter(|coach| is_able(scene, team, coach, day));
        Some(able.map(|_| each).sum())
    }
}

/// The first day on which a coach can see people.
fn able_from(scene: &Scene<'_>, team: &Team, coach: &Coach) -> Day {
    match coach.comes {
        Comes::There => coach.from,
        Comes::Hired | Comes::Agency => {
            coach.from.saturating_add(whole_days(team.induction.get(scene.inputs)))
        }
    }
}

fn is_able(scene: &Scene<'_>, team: &Team, coach: &Coach, day: Day) -> bool {
    day <= coach.to && day >= able_from(scene, team, coach)
}

/// Which part of the full caseload a coach has on a day.
fn growth(scene: &Scene<'_>, team: &Team, coach: &Coach, day: Day) -> f64 {
    if !is_able(scene, team, coach, day) {
        return 0.0;
    }
    let over = whole_days(team.full_caseload_after.get(scene.inputs));
    if coach.comes == Comes::There || over == 0 {
        return 1.0;
    }
    let since = f64::from(day - able_from(scene, team, coach)) + 0.5;
    (since / f64::from(over)).min(1.0)
}
