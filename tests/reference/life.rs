//! One option lived through, day by day, by everybody (MODEL, sections 4 to 6).

use workcast::model::luck::Purpose;
use workcast::model::people::Enquiry;
use workcast::model::programme::{Team, UnusedPlaces};
use workcast::quantity::time::whole_days;
use workcast::quantity::{Day, Pence};

use crate::costs::costs;
use crate::history::{History, Moved, PlaceHistory, TeamHistory, Use};
use crate::moving::due_moves;
use crate::opening::{opening_day, ramp, triage_start};
use crate::person::{End, Help, Somebody, State, Support, Visit};
use crate::scene::Scene;
use crate::services::{Desk, Need};
use crate::staff::{Staff, staff};

/// A team over the programme.
pub struct TeamLife {
    pub staff: Staff,
    /// Coaches in post on the day before each departure, and the day.
    departures: Vec<(Day, i64)>,
    /// Its maximum, moved places included.
    places: Option<i64>,
    /// People taken on, less those lost before a plan.
    taken: i64,
    takes_until: Option<Day>,
    stopped_on: Option<Day>,
    failed_for_good: Option<Day>,
    /// The last day on which one of its people left.
    last_left: Day,
    starts_credit: f64,
    pub plans: Vec<(Day, usize)>,
    /// On each day's end, people who hold a slot and billionths that people helped in work hold.
    pub held: Vec<i64>,
    pub helped: Vec<i128>,
}

/// Somebody at an access point.
enum Caller {
    Person(usize),
    Enquiry,
}

/// A locality's access point.
struct AccessPoint {
    starts: Day,
    credit: f64,
    queue: Vec<Caller>,
    /// People and the day of their decision.
    deciding: Vec<(Day, usize)>,
}

pub struct Life<'a> {
    /// The day that is lived; after the last, the one behind it.
    pub today: Day,
    pub people: Vec<Somebody<'a>>,
    pub teams: Vec<TeamLife>,
    pub opening: Vec<Option<Day>>,
    access: Vec<AccessPoint>,
    pub moves: Vec<Moved>,
    /// For each locality, people on the list and people with a slot at each day's end.
    pub waiting: Vec<Vec<i64>>,
    pub caseload: Vec<Vec<i64>>,
    pub needs: Vec<Need>,
    pub desks: Vec<Desk>,
    pub requests: usize,
    /// For each service and locality, days from requests to beginnings.
    pub days_at_desks: Vec<Vec<i64>>,
    pub uses: Vec<Use>,
}

pub fn live<'a>(scene: &Scene<'a>) -> Life<'a> {
    let mut life = Life::new(scene);
    for day in 0..=scene.last() {
        life.today = day;
        life.change_staff(scene, day);
        life.go_on(scene, day);
        life.refer(scene, day);
        life.see(scene, day);
        life.withdraw(day);
        life.allocate(scene, day);
        life.serve(scene, day);
        life.close(scene, day);
        let moved = due_moves(scene, &life, day);
        life.moves.extend(moved);
    }
    life.today = scene.last() + 1;
    life
}

impl TeamLife {
    fn new(scene: &Scene<'_>, team: &Team) -> Self {
        let staff = staff(scene, team);
        let before = |&day: &Day| (day, if day > 0 { staff.in_post(day - 1) } else { 0 });
        TeamLife {
            departures: staff.departures.iter().map(before).collect(),
            staff,
            places: team.participants_max,
            taken: 0,
            takes_until: team.until,
            stopped_on: None,
            failed_for_good: None,
            last_left: Day::MIN,
            starts_credit: 0.0,
            plans: Vec::new(),
            held: Vec::new(),
            helped: Vec::new(),
        }
    }

    fn takes_people(&self, day: Day) -> bool {
        self.stopped_on.is_none() && self.takes_until.is_none_or(|until| day <= until)
    }

    fn fails_on(&self, day: Day) -> bool {
        self.staff.stints.iter().any(|stint| stint.fails.is_some_and(|fails| fails.max(0) == day))
    }

    /// The last day on which it works, as far as is known on a day.
    pub fn works_until(&self, scene: &Scene<'_>, team: &Team, still_there: bool) -> Day {
        let last = scene.last();
        if let Some(day) = self.failed_for_good {
            return day;
        }
        let Some(stopped) = self.stopped_on else { return last };
        if let Some(until) = team.staff_until {
            return until.clamp((stopped - 1).min(last), last);
        }
        if still_there { last } else { self.last_left.clamp((stopped - 1).min(last), last) }
    }
}

impl<'a> Life<'a> {
    fn new(scene: &Scene<'a>) -> Self {
        let teams: Vec<TeamLife> =
            scene.option.teams.iter().map(|team| TeamLife::new(scene, team)).collect();
        let localities = 0..scene.programme.localities.len();
        let mut people = Vec::new();
        for locality in localities.clone() {
            let everyone = scene.people[locality].everyone.iter().enumerate();
            people.extend(everyone.map(|(index, person)| Somebody::new(person, locality, index)));
        }
        let nobody = |_| Vec::new();
        let services = scene.programme.services.len();
        let mut life = Life {
            today: 0,
            opening: Vec::new(),
            access: localities
                .clone()
                .map(|locality| AccessPoint {
                    starts: triage_start(scene, locality),
                    credit: 0.0,
                    queue: Vec::new(),
                    deciding: Vec::new(),
                })
                .collect(),
            people,
            teams,
            moves: Vec::new(),
            waiting: localities.clone().map(nobody).collect(),
            caseload: localities.clone().map(nobody).collect(),
            needs: Vec::new(),
            desks: vec![Desk::default(); services],
            requests: 0,
            days_at_desks: vec![vec![0; localities.len()]; services],
            uses: Vec::new(),
        };
        life.opening = localities
            .map(|locality| {
                let staff: Vec<&Staff> = life.teams.iter().map(|team| &team.staff).collect();
                opening_day(scene, locality, &staff)
            })
            .collect();
        life.stand(scene);
        life
    }

    /// People who are there on day 0: on the list, or in support with a team.
    fn stand(&mut self, scene: &Scene<'_>) {
        for index in 0..self.people.len() {
            let who = &self.people[index];
            let people = &scene.people[who.locality];
            if who.index < people.waiting {
                let who = &mut self.people[index];
                (who.state, who.ready, who.since) = (State::Waiting, -1, 0);
            } else if who.index < people.there {
                let team = self.takes_over(scene, who);
                let visit = team.map(|team| {
                    let share = self.share_lost(scene, team);
                    Visit {
                        team,
                        taken: -1,
                        seen: None,
                        before_plan_ends: 0,
                        support: Some(who.support_left(scene)),
                        lost: who.lost(0, share, &self.teams[team].departures),
                    }
                });
                let who = &mut self.people[index];
                who.state = State::InSupport(visit);
                who.slot = team;
            }
        }
    }

    /// The team whose slot somebody in support on day 0 holds: the first with one free on day 0, or
    /// else the first that may serve them.
    fn takes_over(&self, scene: &Scene<'_>, who: &Somebody<'_>) -> Option<usize> {
        let teams = &scene.option.teams;
        let may: Vec<usize> =
            (0..teams.len()).filter(|&team| may_serve(&teams[team], who)).collect();
        let has_slot = |&&team: &&usize| {
            let slots = self.teams[team].staff.slots(scene, &teams[team], 0);
            slots.is_none_or(|slots| slots > self.held(team))
        };
        may.iter().find(has_slot).or(may.first()).copied()
    }

    /// People who hold a slot of a team.
    fn held(&self, team: usize) -> i64 {
        self.people.iter().filter(|who| who.slot == Some(team)).count() as i64
    }

    /// Billionths of a team's slots that people helped in work hold on a day.
    fn helped(&self, scene: &Scene<'_>, team: usize, day: Day) -> i128 {
        let part = |who: &Somebody<'_>| match who.help {
            Some(help) if help.team == team && (help.from..help.until).contains(&day) => {
                i128::from(who.journey(scene).in_work_support_holds.billionths())
            }
            _ => 0,
        };
        self.people.iter().map(part).sum()
    }

    fn share_lost(&self, scene: &Scene<'_>, team: usize) -> f64 {
        scene.option.teams[team].lost_when_coach_leaves.get(scene.inputs)
    }

    /// Staff changes: who may go on is settled first; then, team by team, people whose coach or
    /// whole provider is gone leave it, and a team that is over stops.
    fn change_staff(&mut self, scene: &Scene<'_>, day: Day) {
        let is_due = |team: &TeamLife| team.stopped_on.is_none() && !team.takes_people(day);
        for team in 0..self.teams.len() {
            let to = scene.option.teams[team].extended_to.filter(|&to| to >= day);
            if let (true, Some(to)) = (is_due(&self.teams[team]), to)
                && self.money_is_left(scene, team, day)
            {
                let months = scene.programme.calendar.months();
                let month = months.iter().find(|month| month.last >= day).expect("within it");
                self.teams[team].takes_until = Some(month.last.min(to));
            }
        }
        for team in 0..self.teams.len() {
            let fails = self.teams[team].fails_on(day);
            for index in 0..self.people.len() {
                self.cut_short(team, fails, index, day);
            }
            if fails && self.teams[team].stopped_on.is_none() && !scene.option.teams[team].restarts
            {
                self.teams[team].failed_for_good = Some(day);
                self.stop(scene, team, day);
            } else if is_due(&self.teams[team]) {
                self.stop(scene, team, day);
            }
        }
    }

    /// Somebody whose provider fails, or whose coach has left: back to the list without a plan,
    /// disrupted with one.
    fn cut_short(&mut self, team: usize, fails: bool, index: usize, day: Day) {
        let who = &mut self.people[index];
        let (State::BeforePlan(visit) | State::InSupport(Some(visit))) = who.state else {
            if fails && who.slot == Some(team) {
                who.slot = None;
                self.teams[team].last_left = day;
            }
            if fails && who.help.is_some_and(|help| help.team == team && help.until > day) {
                who.help = who.help.map(|help| Help { until: day, ..help });
                self.teams[team].last_left = day;
            }
            return;
        };
        if visit.team != team || !(fails || visit.lost == Some(day)) {
            return;
        }
        who.slot = None;
        self.teams[team].last_left = day;
        if matches!(who.state, State::InSupport(_)) {
            who.state = State::Gone(End::Disrupted);
            who.disrupted = Some(day);
        } else {
            (who.state, who.since) = (State::Waiting, day);
            who.rounds += 1;
            self.teams[team].taken -= 1;
        }
    }

    fn money_is_left(&self, scene: &Scene<'_>, team: usize, day: Day) -> bool {
        let serves = &scene.option.teams[team].serves;
        let history = self.history(scene);
        let so_far = costs(scene.programme, scene.inputs, scene.option, &history, day - 1);
        let theirs = so_far.iter().filter(|cost| serves.contains(&cost.locality));
        let before = serves.iter().map(|&place| scene.opens(place).opening.money.cost);
        let spent: Pence = theirs.map(|cost| cost.amount).chain(before).sum();
        let allocated: Pence =
            serves.iter().map(|&place| scene.opens(place).allocation.total).sum();
        spent < allocated
    }

    /// A team stops for good, and its places may go to the next.
    fn stop(&mut self, scene: &Scene<'_>, team: usize, day: Day) {
        self.teams[team].stopped_on = Some(day);
        let count = self.teams.len();
        let heir = (1..count).map(|step| (team + step) % count).find(|&other| {
            self.teams[other].places.is_some() && self.teams[other].takes_people(day)
        });
        if let (UnusedPlaces::Move, Some(heir)) = (scene.option.unused_places, heir) {
            let stopped = &mut self.teams[team];
            let left = stopped.places.map_or(0, |places| (places - stopped.taken).max(0));
            stopped.places = stopped.places.map(|places| places - left);
            let own = &mut self.teams[heir].places;
            *own = own.map(|places| places + left);
        }
    }

    /// Everybody with a coach goes on with what falls on a day; slots of those who are gone are free.
    fn go_on(&mut self, scene: &Scene<'_>, day: Day) {
        for index in 0..self.people.len() {
            self.goes_on_with(scene, index, day);
            let who = &mut self.people[index];
            if let (Some(team), State::Gone(_)) = (who.slot, who.state) {
                who.slot = None;
                self.teams[team].last_left = day;
            }
            if let Some(help) = who.help
                && help.until == day
            {
                self.teams[help.team].last_left = self.teams[help.team].last_left.max(day);
            }
        }
    }

    /// What falls on a day for somebody with a coach: an appointment, a plan, the end.
    fn goes_on_with(&mut self, scene: &Scene<'_>, index: usize, day: Day) {
        if let State::BeforePlan(visit) = self.people[index].state {
            let who = &mut self.people[index];
            if visit.seen == Some(day) && who.first_seen.is_none() {
                who.first_seen = Some(day);
            }
            if visit.before_plan_ends != day {
                return;
            }
            if visit.support.is_some() {
                who.plan = Some(day);
                who.state = State::InSupport(Some(visit));
                let locality = who.locality;
                self.teams[visit.team].plans.push((day, locality));
                self.arise(scene, index, day);
            } else {
                let end = if visit.seen.is_some() { End::NoPlan } else { End::DidNotAttend };
                who.state = State::Gone(end);
                self.teams[visit.team].taken -= 1;
            }
        }
        if let State::InSupport(Some(visit)) = self.people[index].state
            && let Some(support) = visit.support.filter(|support| support.leaves == day)
        {
            self.leaves(scene, index, visit, support);
        }
    }

    /// Somebody's support ends.
    fn leaves(&mut self, scene: &Scene<'_>, index: usize, visit: Visit, support: Support) {
        let odds = if support.with_job { 1.0 } else { self.odds(scene, index, support.leaves) };
        let who = &mut self.people[index];
        let work = who.work(scene, support.disengaged, odds);
        who.left = Some((support.leaves, work));
        let from = support.leaves.max(visit.taken + 1);
        let help = who.helped_until(scene, support, work);
        who.help = help.map(|until| Help { team: visit.team, from, until });
        let end = if support.disengaged { End::Disengaged } else { End::Completed };
        who.state = State::Gone(end);
    }

    /// A day's referrals reach the access point, or the list if they are past it.
    fn refer(&mut self, scene: &Scene<'_>, day: Day) {
        for locality in 0..scene.programme.localities.len() {
            let sources = &scene.opens(locality).sources;
            let opening = self.opening[locality];
            let mut callers = Vec::new();
            for (index, who) in self.people.iter_mut().enumerate() {
                let person = who.person;
                if who.locality != locality || person.is_there_already() || person.day != day {
                    continue;
                }
                let source = &sources[usize::from(person.source)];
                if person.luck.draw(Purpose::Mark) >= ramp(scene, source, opening, day) {
                    continue;
                }
                who.referred = true;
                who.state = State::AtTriage;
                if person.past_triage {
                    who.joins(day);
                } else {
                    callers.push(index);
                }
            }
            self.queue_up_at(scene, locality, &callers, day);
        }
    }

    /// Referrals are spread evenly over their day, and other enquiries come between them.
    fn queue_up_at(&mut self, scene: &Scene<'_>, locality: usize, callers: &[usize], day: Day) {
        let count = callers.len() as f64;
        let people = callers.iter().enumerate();
        let people = people.map(|(j, &who)| ((j as f64 + 0.5) / count, Caller::Person(who)));
        let today = |enquiry: &&Enquiry| enquiry.day == day;
        let enquiries = scene.people[locality].enquiries.iter().filter(today);
        let mut all: Vec<(f64, Caller)> =
            enquiries.map(|enquiry| (enquiry.fraction, Caller::Enquiry)).collect();
        all.splice(0..0, people);
        all.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        self.access[locality].queue.extend(all.into_iter().map(|(_, caller)| caller));
    }

    /// A day's triage, and the decisions that fall on it.
    fn see(&mut self, scene: &Scene<'_>, day: Day) {
        for locality in 0..scene.programme.localities.len() {
            let access = &mut self.access[locality];
            let capacity = scene.opens(locality).triage.capacity_per_week;
            let per_week = capacity.map(|people| people.get(scene.inputs));
            if day >= access.starts {
                if let Some(week) = per_week {
                    access.credit = (access.credit + week / 7.0).min(week.max(1.0));
                }
                while (per_week.is_none() || access.credit >= 1.0 - 1e-9)
                    && !access.queue.is_empty()
                {
                    access.credit -= 1.0;
                    if let Caller::Person(who) = access.queue.remove(0) {
                        let decision = self.people[who].person.decision;
                        access.deciding.push((day.saturating_add(decision), who));
                    }
                }
            }
            for &(decided, who) in &access.deciding {
                if decided == day {
                    self.people[who].joins(day);
                }
            }
        }
    }

    fn withdraw(&mut self, day: Day) {
        for who in &mut self.people {
            if who.is_waiting() && who.has_no_patience(day) {
                who.state = State::Gone(End::Withdrew);
            }
        }
    }

    /// Teams, in file order, take the earliest person they may serve until they are full.
    fn allocate(&mut self, scene: &Scene<'_>, day: Day) {
        for (index, team) in scene.option.teams.iter().enumerate() {
            let starts = self.teams[index].staff.starts(scene, team, day);
            if let Some(starts) = starts {
                let credit = &mut self.teams[index].starts_credit;
                *credit = (*credit + starts).min((7.0 * starts).max(1.0));
            }
            let slots = self.teams[index].staff.slots(scene, team, day);
            while self.teams[index].takes_people(day)
                && self.has_free_slot(scene, index, slots, day)
                && (starts.is_none() || self.teams[index].starts_credit >= 1.0 - 1e-9)
                && self.teams[index].places.is_none_or(|places| self.teams[index].taken < places)
            {
                let Some(who) = self.earliest(team) else { break };
                self.teams[index].starts_credit -= 1.0;
                self.take(scene, index, who, day);
            }
        }
    }

    fn has_free_slot(&self, scene: &Scene<'_>, team: usize, slots: Option<i64>, day: Day) -> bool {
        const WHOLE: i128 = 1_000_000_000;
        slots.is_none_or(|slots| {
            let held = i128::from(self.held(team)) * WHOLE + self.helped(scene, team, day);
            i128::from(slots) * WHOLE - held >= WHOLE
        })
    }

    /// Who became ready first of those on the lists that a team may serve; ties by locality.
    fn earliest(&self, team: &Team) -> Option<usize> {
        let may = |&index: &usize| {
            let who = &self.people[index];
            who.is_waiting() && may_serve(team, who)
        };
        let place = |&index: &usize| {
            let who = &self.people[index];
            (who.ready, who.locality, who.index)
        };
        (0..self.people.len()).filter(may).min_by_key(place)
    }

    /// Somebody takes a slot, and goes on with what falls on the same day.
    fn take(&mut self, scene: &Scene<'_>, team: usize, index: usize, day: Day) {
        let share = self.share_lost(scene, team);
        let who = &mut self.people[index];
        if who.rounds == 0 {
            who.first_wait = Some(day - who.since);
        }
        // Whether they still have their job when support ends depends on all their time on the list.
        who.listed += day - who.since;
        let lost = who.lost(day, share, &self.teams[team].departures);
        who.state = State::BeforePlan(who.visit(scene, team, day, lost));
        who.slot = Some(team);
        self.teams[team].taken += 1;
        self.goes_on_with(scene, index, day);
    }

    fn close(&mut self, scene: &Scene<'_>, day: Day) {
        for locality in 0..scene.programme.localities.len() {
            let here = |who: &&Somebody<'_>| who.locality == locality;
            let there = || self.people.iter().filter(here);
            let waiting = there().filter(|who| who.is_waiting()).count();
            let caseload = there().filter(|who| who.slot.is_some()).count();
            self.waiting[locality].push(waiting as i64);
            self.caseload[locality].push(caseload as i64);
        }
        for team in 0..self.teams.len() {
            let (held, helped) = (self.held(team), self.helped(scene, team, day));
            self.teams[team].held.push(held);
            self.teams[team].helped.push(helped);
        }
    }

    /// The last day on which a team works.
    pub fn works_until(&self, scene: &Scene<'_>, team: usize) -> Day {
        let still_there = self.people.iter().any(|who| {
            let helped = |help: Help| help.team == team && help.until >= self.today;
            who.slot == Some(team) || who.help.is_some_and(helped)
        });
        self.teams[team].works_until(scene, &scene.option.teams[team], still_there)
    }

    /// What happened so far.
    pub fn history(&self, scene: &Scene<'_>) -> History {
        let teams = self.teams.iter().enumerate().map(|(index, team)| TeamHistory {
            stints: team.staff.stints.clone(),
            coaches: team.staff.coaches.clone(),
            works_until: self.works_until(scene, index),
            plans: team.plans.clone(),
        });
        let places = 0..scene.programme.localities.len();
        History {
            teams: teams.collect(),
            places: places.map(|locality| self.place_history(scene, locality)).collect(),
            uses: self.uses.clone(),
            moves: self.moves.clone(),
        }
    }

    fn place_history(&self, scene: &Scene<'_>, locality: usize) -> PlaceHistory {
        let mut place = PlaceHistory::default();
        for who in self.people.iter().filter(|who| who.locality == locality) {
            place.plans.extend(who.plan);
            place.starts.extend(who.first_seen);
            let Some((day, work)) = who.left else { continue };
            place.in_work.extend(work.in_work.then_some(day));
            place.found_work.extend((work.in_work && !work.employed).then_some(day));
            if work.sustained {
                let after = whole_days(who.journey(scene).sustained_for);
                place.sustained.push(day.saturating_add(after));
            }
        }
        place
    }
}

impl Somebody<'_> {
    /// The decision falls, or was made before: on to the list, or elsewhere.
    fn joins(&mut self, day: Day) {
        (self.ready, self.since) = (day, day);
        self.state =
            if self.person.eligible { State::Waiting } else { State::Gone(End::Signposted) };
    }
}

fn may_serve(team: &Team, who: &Somebody<'_>) -> bool {
    team.serves.contains(&who.locality) && team.accepts & (1 << who.person.cohort) != 0
}
