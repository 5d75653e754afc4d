//! One option lived through by every locality's people, day by day.

use super::books::Books;
use super::caseload::Caseload;
use super::claims::late_returns;
use super::costs::{Costing, Work};
use super::luck::WorldLuck;
use super::opening::{opening_day, ramp_share};
use super::pathway::{PathLuck, Way};
use super::people::People;
use super::programme::{DeliveryOption, Programme, UnusedPlaces};
use super::staffing::{NEVER, Staffing};
use super::tally::Tally;
use super::triage::Triage;
use super::waiting::{Waiting, WaitingList, withdrawal_day};
use super::world::World;
use crate::quantity::time::whole_days;
use crate::quantity::{Day, Pence};

/// What every option of a replicate meets: the world and its people.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// The option that is lived through.
    pub option: &'a DeliveryOption,
    /// The world.
    pub world: &'a World,
    /// Its draws.
    pub luck: &'a WorldLuck,
    /// Each locality's people.
    pub people: &'a [People],
    /// The day on which each locality's access point starts.
    pub triage_starts: &'a [Day],
    /// The day on which each locality is ready to open.
    pub ready: &'a [Day],
    /// For each locality, the line on which each of its own costs stands.
    pub own_lines: &'a [Vec<usize>],
    /// How many such lines there are.
    pub own_line_count: usize,
}

/// One locality over the day loop.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The day on which it opens, or [`NEVER`].
    pub opening: Day,
    /// What is counted of its people.
    pub tally: Tally,
    /// Its money.
    pub books: Books,
    triage: Triage,
    list: WaitingList,
    ramps: Vec<Day>,
    luck: Vec<PathLuck>,
    next: usize,
    today: Vec<u32>,
    joining: Vec<u32>,
    late: Vec<bool>,
}

/// The day loop of one option. Buffers are kept from one replicate to the next.
#[derive(Clone, Debug, Default)]
pub struct Delivery {
    /// Each team's staff.
    pub staffing: Vec<Staffing>,
    /// Each team's caseload.
    pub caseloads: Vec<Caseload>,
    /// Each locality.
    pub places: Vec<Place>,
    /// For each team, slot-days used and slot-days there; none without a caseload limit.
    pub slot_days: Vec<Option<(i64, i64)>>,
    /// For each cohort, its queue in every list.
    queue_of: Vec<usize>,
    /// For each team, the queues that it takes people from.
    queues: Vec<Vec<usize>>,
}

impl Delivery {
    /// Lives through the programme under one option.
    pub fn live(&mut self, scene: &Scene<'_>) {
        self.prepare(scene);
        for day in 0..scene.programme.calendar.days() {
            self.change_staff(scene, day);
            self.free_slots(day);
            self.refer_and_triage(scene, day);
            self.withdraw(day);
            self.allocate(scene, day);
            self.close_day(scene, day);
        }
        for place in &mut self.places {
            place.tally.waiting_at_end = place.list.len();
        }
        self.settle(scene);
    }

    fn prepare(&mut self, scene: &Scene<'_>) {
        let days = scene.programme.calendar.days();
        let teams = &scene.option.teams;
        self.staffing.resize_with(teams.len(), Staffing::default);
        self.caseloads.resize_with(teams.len(), Caseload::default);
        self.slot_days.clear();
        for (index, team) in teams.iter().enumerate() {
            self.staffing[index].draw(team, scene.world, scene.luck, days);
            self.caseloads[index].clear(team, days);
            self.slot_days.push(self.staffing[index].limited.then_some((0, 0)));
        }
        self.group_cohorts(scene);
        self.places.resize_with(scene.programme.localities.len(), Place::default);
        let staffing = &self.staffing;
        // A group of cohorts that no team accepts has a queue too: its people wait to the end.
        let queues = self.queue_of.iter().max().map_or(1, |&queue| queue + 1);
        for (index, place) in self.places.iter_mut().enumerate() {
            place.prepare(scene, index, staffing, queues, days as usize);
        }
    }

    /// Cohorts that the same teams accept share a queue.
    fn group_cohorts(&mut self, scene: &Scene<'_>) {
        let teams = &scene.option.teams;
        let accepted_by = |cohort: usize| -> Vec<bool> {
            teams.iter().map(|team| team.accepts & (1 << cohort) != 0).collect()
        };
        let mut groups: Vec<Vec<bool>> = Vec::new();
        self.queue_of.clear();
        for cohort in 0..scene.programme.cohorts.len() {
            let accepted = accepted_by(cohort);
            let known = groups.iter().position(|group| *group == accepted);
            self.queue_of.push(known.unwrap_or(groups.len()));
            if known.is_none() {
                groups.push(accepted);
            }
        }
        self.queues.clear();
        for team in 0..teams.len() {
            self.queues.push((0..groups.len()).filter(|&queue| groups[queue][team]).collect());
        }
    }

    /// Staff changes: a provider fails, or a team reaches the last day on which it takes people.
    fn change_staff(&mut self, scene: &Scene<'_>, day: Day) {
        let teams = scene.option.teams.len();
        let is_due = |caseload: &Caseload| !caseload.stopped && day > caseload.takes_until;
        // Who goes on is settled before anyone stops: places move to a team that takes people.
        for index in 0..teams {
            if is_due(&self.caseloads[index]) {
                self.extend(scene, index, day);
            }
        }
        for index in 0..teams {
            if self.staffing[index].stints.iter().any(|stint| stint.fails.max(0) == day) {
                self.fail(scene, index, day);
            }
            if is_due(&self.caseloads[index]) {
                self.stop(scene, index, day);
            }
        }
    }

    /// A provider's people without a plan return to their place in the list, those in support leave.
    fn fail(&mut self, scene: &Scene<'_>, index: usize, day: Day) {
        let team = &scene.option.teams[index];
        let caseload = &mut self.caseloads[index];
        caseload.fail(day);
        let returning = std::mem::take(&mut caseload.returning);
        for &(when, locality, waiting) in &returning {
            if when == day {
                self.caseloads[index].taken -= 1;
                let person = &scene.people[locality].everyone[waiting.person as usize];
                let queue = self.queue_of[usize::from(person.cohort)];
                self.places[locality].list.rejoin(queue, waiting);
            }
        }
        self.caseloads[index].returning =
            returning.into_iter().filter(|&(when, _, _)| when > day).collect();
        if self.caseloads[index].stopped {
            if team.staff_until.is_none() {
                // Its last people left with the failure.
                let ends = &mut self.caseloads[index].ends;
                *ends = (*ends).min(day);
            }
        } else if !team.restarts {
            self.stop(scene, index, day);
            // It has not worked to its end.
            self.caseloads[index].ends = day;
        }
    }

    /// With `extended_to` a team goes on from one month's end to the next while the cost so far of
    /// the localities it serves is below their allocation.
    fn extend(&mut self, scene: &Scene<'_>, index: usize, day: Day) {
        let team = &scene.option.teams[index];
        let calendar = &scene.programme.calendar;
        let extended = team.extended_to.filter(|&to| to >= day);
        if let Some(to) = extended
            && self.money_is_left(scene, &team.serves, day - 1)
        {
            self.caseloads[index].takes_until =
                calendar.months()[calendar.month_of(day)].last.min(to);
        }
    }

    fn money_is_left(&self, scene: &Scene<'_>, localities: &[usize], horizon: Day) -> bool {
        let mut cost = Pence::ZERO;
        let mut costing = Costing {
            programme: scene.programme,
            inputs: &scene.world.inputs,
            own_lines: scene.own_lines,
            horizon,
            post: |entry| {
                if localities.contains(&entry.locality) {
                    cost += entry.amount;
                }
            },
        };
        localities.iter().for_each(|&locality| costing.locality(locality));
        self.works(scene).for_each(|work| costing.team(work));
        let allocation =
            localities.iter().map(|&place| scene.programme.localities[place].allocation.total);
        cost < allocation.sum()
    }

    /// A team stops for good. Under `unused_places = "move"` the places left of its maximum go to
    /// the next team in file order, beginning again at the first, that has a maximum and takes people.
    fn stop(&mut self, scene: &Scene<'_>, index: usize, day: Day) {
        let teams = &scene.option.teams;
        self.caseloads[index].stop(&teams[index], day, scene.programme.calendar.last());
        if scene.option.unused_places == UnusedPlaces::Keep {
            return;
        }
        let heir = (1..teams.len()).map(|step| (index + step) % teams.len()).find(|&other| {
            let caseload = &self.caseloads[other];
            caseload.places.is_some() && !caseload.stopped && caseload.takes_until >= day
        });
        if let Some(heir) = heir {
            let places = self.caseloads[index].give_up_places();
            self.caseloads[heir].places = self.caseloads[heir].places.map(|own| own + places);
        }
    }

    fn free_slots(&mut self, day: Day) {
        for caseload in &mut self.caseloads {
            caseload.free_slots(day);
        }
    }

    fn refer_and_triage(&mut self, scene: &Scene<'_>, day: Day) {
        for (index, place) in self.places.iter_mut().enumerate() {
            place.refer_and_triage(scene, index, day, &self.queue_of);
        }
    }

    fn withdraw(&mut self, day: Day) {
        for place in &mut self.places {
            place.tally.withdrew += place.list.withdraw(day);
        }
    }

    /// Teams, in file order, take the earliest person they may serve until they are full.
    fn allocate(&mut self, scene: &Scene<'_>, day: Day) {
        for index in 0..scene.option.teams.len() {
            self.caseloads[index].accrue(self.staffing[index].starts[day as usize]);
            let mut free = self.caseloads[index].free(&self.staffing[index], day);
            while free > 0 && self.caseloads[index].has_place() {
                let Some((served, queue)) = self.earliest(scene, index, day) else { break };
                self.begin(scene, index, served, queue, day);
                free -= 1;
            }
        }
    }

    /// Who became ready first in the lists that a team serves; ties by locality in file order.
    fn earliest(&mut self, scene: &Scene<'_>, team: usize, day: Day) -> Option<(usize, usize)> {
        let mut best = None;
        for (served, &locality) in scene.option.teams[team].serves.iter().enumerate() {
            for &queue in &self.queues[team] {
                let Some((ready, person)) = self.places[locality].list.first(queue, day) else {
                    continue;
                };
                let place = (ready, locality, person);
                if best.is_none_or(|(first, _, _)| place < first) {
                    best = Some((place, served, queue));
                }
            }
        }
        best.map(|(_, served, queue)| (served, queue))
    }

    /// The person at the head of a queue takes a slot of a team, and goes their way.
    fn begin(&mut self, scene: &Scene<'_>, index: usize, served: usize, queue: usize, day: Day) {
        let locality = scene.option.teams[index].serves[served];
        let place = &mut self.places[locality];
        let caseload = &mut self.caseloads[index];
        let Some(waiting) = place.list.take(queue) else { return };
        let person = &scene.people[locality].everyone[waiting.person as usize];
        let cohort = &scene.world.cohorts[usize::from(person.cohort)];
        let luck = place.luck[usize::from(person.source)];
        let waited = day - waiting.since;
        if waiting.round == 0 {
            place.tally.allocate(person, waited);
        }
        caseload.take(served);

        let way = luck.way(person, cohort, day, waited, waiting.round);
        let last = scene.programme.calendar.last();
        // Staff already there may see people before the team is ready; its next failure is theirs.
        let stints = &self.staffing[index].stints;
        let fails = stints.iter().map(|stint| stint.fails).find(|&fails| fails > day);
        let fails = fails.unwrap_or(NEVER);
        let before = fails.min(last + 1);
        caseload.leaves(served, day, way.ends(), before);
        let seen = way.seen().filter(|&seen| seen < before);
        if let (Some(seen), false) = (seen, waiting.seen) {
            place.tally.see(person, seen, last);
        }
        let cut_short = |place: &mut Place, caseload: &mut Caseload| {
            if fails <= last {
                let withdraws = withdrawal_day(fails, person.withdraws_after);
                let again = Waiting {
                    since: fails,
                    withdraws,
                    round: waiting.round + 1,
                    seen: waiting.seen || seen.is_some(),
                    ..waiting
                };
                caseload.returning.push((fails, locality, again));
            } else {
                place.tally.before_plan_at_end += 1;
            }
        };
        match way {
            Way::DidNotAttend { day: lost } if lost < before => {
                place.tally.did_not_attend += 1;
                caseload.loses(day, lost);
            }
            Way::NoPlan { day: lost, .. } if lost < before => {
                place.tally.no_plan += 1;
                caseload.loses(day, lost);
            }
            Way::Plan { plan, leaves, disengaged, .. } if plan < before => {
                place.tally.agree(person, plan);
                caseload.plans[served][plan as usize] += 1;
                if leaves < before {
                    place.tally.leave(person, disengaged, luck.work(person, cohort, disengaged));
                } else if fails <= last {
                    place.tally.disrupted += 1;
                } else {
                    place.tally.in_support_at_end += 1;
                }
            }
            _ => cut_short(place, caseload),
        }
    }

    /// Lists, caseloads and slot-days at the day's end.
    fn close_day(&mut self, scene: &Scene<'_>, day: Day) {
        let index = day as usize;
        for place in &mut self.places {
            place.tally.waiting_by_day[index] = place.list.len() as i32;
        }
        for (team, caseload) in scene.option.teams.iter().zip(&self.caseloads) {
            for (&locality, &held) in team.serves.iter().zip(&caseload.holding) {
                self.places[locality].tally.caseload_by_day[index] += held as i32;
            }
        }
        let staff = self.staffing.iter().zip(&mut self.slot_days);
        for (caseload, (staffing, slot_days)) in self.caseloads.iter().zip(staff) {
            if let Some((used, there)) = slot_days
                && day <= caseload.ends
            {
                *used += caseload.held();
                *there += i64::from(staffing.slots[index]);
            }
        }
    }

    /// Costs, claims and cash.
    fn settle(&mut self, scene: &Scene<'_>) {
        let programme = scene.programme;
        let inputs = &scene.world.inputs;
        let mut books: Vec<Books> =
            self.places.iter_mut().map(|place| std::mem::take(&mut place.books)).collect();
        for book in &mut books {
            book.clear(programme, scene.own_line_count);
        }
        let mut costing = Costing {
            programme,
            inputs,
            own_lines: scene.own_lines,
            horizon: programme.calendar.last(),
            post: |entry| books[entry.locality].enter(programme, &entry),
        };
        (0..programme.localities.len()).for_each(|locality| costing.locality(locality));
        self.works(scene).for_each(|work| costing.team(work));
        let cost_of_cash = programme.funding.cost_of_cash.get(inputs);
        for (index, (place, mut book)) in self.places.iter_mut().zip(books).enumerate() {
            let locality = &programme.localities[index];
            late_returns(programme, locality, inputs, scene.luck, &mut place.late);
            book.claim(programme, index, &place.tally, &place.late, inputs);
            book.balance(programme, Some(cost_of_cash));
            place.books = book;
        }
    }

    /// What each team does, as its costs need it.
    fn works<'a>(&'a self, scene: &Scene<'a>) -> impl Iterator<Item = Work<'a>> {
        scene.option.teams.iter().zip(&self.staffing).zip(&self.caseloads).map(
            |((team, staffing), caseload)| Work {
                team,
                staffing,
                ends: caseload.ends,
                plans: &caseload.plans,
            },
        )
    }
}

impl Place {
    fn prepare(
        &mut self,
        scene: &Scene<'_>,
        index: usize,
        staffing: &[Staffing],
        queues: usize,
        days: usize,
    ) {
        let locality = &scene.programme.localities[index];
        let inputs = &scene.world.inputs;
        let triage = scene.triage_starts[index];
        self.opening = opening_day(scene.option, index, staffing, scene.ready[index], triage);
        self.tally.clear(days, scene.programme.cohorts.len());
        let per_week = locality.triage.capacity_per_week.map(|people| people.get(inputs));
        self.triage.clear(triage, per_week, days);
        self.list.clear(queues, days);
        self.ramps.clear();
        self.luck.clear();
        for source in &locality.sources {
            self.ramps.push(whole_days(source.ramp.get(inputs)));
            self.luck.push(PathLuck::new(locality, source, scene.world, scene.luck));
        }
        self.next = 0;
    }

    /// A day's referrals are made, seen at the access point, and join the list or leave.
    fn refer_and_triage(&mut self, scene: &Scene<'_>, index: usize, day: Day, queue_of: &[usize]) {
        let locality = &scene.programme.localities[index];
        let people = &scene.people[index];
        let last = scene.programme.calendar.last();
        self.today.clear();
        self.joining.clear();
        while let Some(person) = people.everyone.get(self.next).filter(|person| person.day == day) {
            let source = usize::from(person.source);
            let ramp = self.ramps[source];
            if person.mark < ramp_share(&locality.sources[source], self.opening, ramp, day) {
                let straight_on = person.past_triage;
                let to = if straight_on { &mut self.joining } else { &mut self.today };
                to.push(self.next as u32);
                self.tally.refer(person, last);
                self.tally.in_triage_at_end += 1;
            }
            self.next += 1;
        }
        self.triage.queue_up(day, &self.today, &people.enquiries);
        self.triage.see(day, &people.everyone);
        self.joining.extend_from_slice(self.triage.decided(day));
        // On one day the earlier referral goes first, then source in file order, then arrival.
        self.joining.sort_unstable();
        for &index in &self.joining {
            let person = &people.everyone[index as usize];
            self.tally.in_triage_at_end -= 1;
            if !person.eligible {
                self.tally.signposted += 1;
                continue;
            }
            let withdraws = withdrawal_day(day, person.withdraws_after);
            let waiting =
                Waiting { ready: day, person: index, since: day, withdraws, round: 0, seen: false };
            self.list.join(queue_of[usize::from(person.cohort)], waiting);
        }
    }
}
