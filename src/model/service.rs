//! Onward services over the day loop: requests, one list for each service, its credit, its budget.
//!
//! A request is made on the day of the plan; those who have their services one after another make
//! the next when the last has ended. Requests of one day stand in the order of localities, then of
//! people. Nobody begins on or after the day on which their support ends. Where a budget cannot pay
//! one more nobody begins any longer, and those who wait go on to their next service.

use std::collections::VecDeque;

use super::allocation::Seat;
use super::caseload::Caseload;
use super::delivery::Scene;
use super::luck::Purpose;
use super::pathway::{Case, Support};
use super::people::Person;
use super::place::Place;
use super::programme::{Programme, Service};
use super::staffing::TOLERANCE;
use super::tally::Tally;
use crate::quantity::time::{DAYS_PER_YEAR, whole_days};
use crate::quantity::{Day, FamilyError, Pence, Sampler};

/// A service in one world.
#[derive(Clone, Debug)]
pub struct ServiceWorld {
    /// The cost of one use.
    pub unit_cost: Pence,
    per_day: Option<f64>,
    takes: Sampler,
    odds: f64,
    priority: f64,
}

impl ServiceWorld {
    /// The service in the world whose inputs have these values.
    ///
    /// # Errors
    ///
    /// Where its drawn parameters make no distribution. A checked scenario has none.
    pub fn new(service: &Service, inputs: &[f64]) -> Result<Self, FamilyError> {
        let capacity = service.capacity_per_month.map(|people| people.get(inputs));
        Ok(ServiceWorld {
            unit_cost: Pence::from_pounds(service.unit_cost.get(inputs)),
            per_day: capacity.map(|people| people * 12.0 / DAYS_PER_YEAR),
            takes: service.takes.at(inputs)?,
            odds: service.changes_in_work.get(inputs),
            priority: service.priority.get(inputs),
        })
    }
}

/// What is counted of one service.
#[derive(Clone, Copy, Debug, Default)]
pub struct ServiceTally {
    /// People with a plan who need it.
    pub needed: i64,
    /// Of them, those who began.
    pub began: i64,
    /// Of them, those for whom it ended by the day support ended, within the programme.
    pub done_in_time: i64,
    /// Sum of days from the request to the beginning.
    pub days_waited: i64,
}

impl ServiceTally {
    /// Adds another place's counts.
    pub fn add(&mut self, other: &ServiceTally) {
        self.needed += other.needed;
        self.began += other.began;
        self.done_in_time += other.done_in_time;
        self.days_waited += other.days_waited;
    }
}

/// Someone's support, as far as services need to know it.
#[derive(Clone, Copy, Debug)]
pub struct Stay {
    /// The locality.
    pub locality: usize,
    /// Index of the person.
    pub person: u32,
    /// The day of the plan.
    pub plan: Day,
    /// The first day on which they are not in support any more, or that no longer counts.
    pub until: Day,
    /// How support ends, if nothing cuts it short before.
    pub end: Option<End>,
}

/// How someone's support ends.
#[derive(Clone, Copy, Debug)]
pub struct End {
    /// Index of the team.
    pub team: usize,
    /// The slot that they hold.
    pub seat: Seat,
    /// Their support.
    pub support: Support,
    /// How many days they were on the coaches' list.
    pub listed: Day,
}

/// One use of a service, on the day on which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// Index of the service.
    pub service: usize,
    /// The person's locality, which bears the cost.
    pub locality: usize,
    /// The day.
    pub day: Day,
}

/// Someone who needs a service, each as a bit.
#[derive(Clone, Copy, Debug)]
struct Client {
    stay: Stay,
    to_come: u32,
    in_time: u32,
    at_once: bool,
}

/// A place in a service's list.
#[derive(Clone, Copy, Debug)]
struct Request {
    client: u32,
    since: Day,
}

#[derive(Clone, Debug, Default)]
struct Desk {
    today: Vec<u32>,
    urgent: VecDeque<Request>,
    others: VecDeque<Request>,
    credit: f64,
    spent: Pence,
}

/// Every onward service over one option.
#[derive(Clone, Debug, Default)]
pub struct Services {
    /// Every use, in the order in which they began.
    pub uses: Vec<Use>,
    desks: Vec<Desk>,
    clients: Vec<Client>,
    asking: Vec<Vec<u32>>,
    leaving: Vec<Vec<u32>>,
}

impl Services {
    /// Empties every list for a programme of `days` days.
    pub fn clear(&mut self, programme: &Programme, days: usize) {
        self.uses.clear();
        self.desks.clear();
        self.desks.resize_with(programme.services.len(), Desk::default);
        self.clients.clear();
        let days = if programme.services.is_empty() { 0 } else { days };
        for by_day in [&mut self.asking, &mut self.leaving] {
            by_day.iter_mut().for_each(Vec::clear);
            by_day.resize_with(days, Vec::new);
        }
    }

    /// Somebody has a plan: their needs arise. Returns whether their work when support ends waits
    /// for what services they will have had.
    pub fn enrol(
        &mut self,
        scene: &Scene<'_>,
        person: &Person,
        stay: Stay,
        tally: &mut Tally,
    ) -> bool {
        let programme = scene.programme;
        let cohort = &scene.world.cohorts[usize::from(person.cohort)];
        let mut to_come = 0;
        for (index, service) in programme.services.iter().enumerate() {
            let draw = person.luck.at(Purpose::Need, service.key);
            if draw < cohort.needs[index] {
                tally.services[index].needed += 1;
                if service.serves.contains(&stay.locality) {
                    to_come |= 1 << index;
                }
            }
        }
        // Nobody begins on or after the day on which their support ends.
        if to_come == 0 || stay.until <= stay.plan {
            return false;
        }
        // Which of their services somebody has at once is one draw for all of them.
        let together = person.luck.draw(Purpose::AtOnce);
        let client = self.clients.len() as u32;
        let at_once = together < cohort.services_at_once;
        self.clients.push(Client { stay, to_come, in_time: 0, at_once });
        self.asking[stay.plan as usize].push(client);
        if stay.end.is_some() {
            self.leaving[stay.until as usize].push(client);
        }
        stay.end.is_some()
    }

    /// A day's requests and beginnings.
    pub fn live(&mut self, scene: &Scene<'_>, day: Day, places: &mut [Place]) {
        if self.desks.is_empty() {
            return;
        }
        for client in std::mem::take(&mut self.asking[day as usize]) {
            self.ask(client, day);
        }
        for service in 0..self.desks.len() {
            self.queue_up(scene, service, day);
            self.serve(scene, service, day, places);
        }
    }

    /// Somebody asks for their next service, or for all that they need at once.
    fn ask(&mut self, index: u32, day: Day) {
        let client = &self.clients[index as usize];
        if client.stay.until <= day {
            return;
        }
        let next = client.to_come & client.to_come.wrapping_neg();
        let asked = if client.at_once { client.to_come } else { next };
        for (service, desk) in self.desks.iter_mut().enumerate() {
            if asked & (1 << service) != 0 {
                desk.today.push(index);
            }
        }
    }

    /// A day's requests join a service's list, in the order of localities, then of people.
    fn queue_up(&mut self, scene: &Scene<'_>, service: usize, day: Day) {
        let clients = &self.clients;
        let desk = &mut self.desks[service];
        let place = |client: &u32| {
            let stay = &clients[*client as usize].stay;
            (stay.locality, stay.person)
        };
        desk.today.sort_unstable_by_key(place);
        for client in desk.today.drain(..) {
            let (key, world) = (scene.programme.services[service].key, &scene.world);
            let stay = &clients[client as usize].stay;
            let drawn = whose(scene, stay).luck.at(Purpose::Priority, key);
            let urgent = drawn < world.services[service].priority;
            let line = if urgent { &mut desk.urgent } else { &mut desk.others };
            line.push_back(Request { client, since: day });
        }
    }

    /// People begin from the head of a list, as many as the credit and the budget allow. The
    /// credit holds at most one week's worth, and never less than one.
    fn serve(&mut self, scene: &Scene<'_>, service: usize, day: Day, places: &mut [Place]) {
        let world = &scene.world.services[service];
        if let Some(per_day) = world.per_day {
            let desk = &mut self.desks[service];
            desk.credit = (desk.credit + per_day).min((7.0 * per_day).max(1.0));
        }
        let budget = scene.programme.services[service].budget;
        loop {
            let desk = &mut self.desks[service];
            let closed = budget.is_some_and(|budget| desk.spent + world.unit_cost > budget);
            let open = world.per_day.is_none() || desk.credit >= 1.0 - TOLERANCE;
            if !closed && !open {
                return;
            }
            let next = desk.urgent.pop_front().or_else(|| desk.others.pop_front());
            let Some(request) = next else { return };
            if self.clients[request.client as usize].stay.until <= day {
                continue;
            }
            if closed {
                self.go_on(request.client, service, day, day);
            } else {
                desk.credit -= 1.0;
                desk.spent += world.unit_cost;
                self.begin(scene, service, request, day, places);
            }
        }
    }

    fn begin(
        &mut self,
        scene: &Scene<'_>,
        service: usize,
        request: Request,
        day: Day,
        places: &mut [Place],
    ) {
        let client = &mut self.clients[request.client as usize];
        let stay = client.stay;
        let key = scene.programme.services[service].key;
        let u = whose(scene, &stay).luck.at(Purpose::ServiceTime, key);
        let takes = whole_days(scene.world.services[service].takes.days(u));
        let ends = day.saturating_add(takes);
        let tally = &mut places[stay.locality].tally.services[service];
        tally.began += 1;
        tally.days_waited += i64::from(day - request.since);
        if ends <= stay.until && ends <= scene.programme.calendar.last() {
            tally.done_in_time += 1;
            client.in_time |= 1 << service;
        }
        self.uses.push(Use { service, locality: stay.locality, day });
        self.go_on(request.client, service, day, ends);
    }

    /// Somebody is done with a service on a day, and asks for the next if they have one at a time.
    fn go_on(&mut self, index: u32, service: usize, today: Day, day: Day) {
        let client = &mut self.clients[index as usize];
        client.to_come &= !(1 << service);
        if client.at_once || client.to_come == 0 {
            return;
        }
        if day == today {
            // Only later services are still to come, and those have not been served today.
            self.ask(index, day);
        } else if let Some(asking) = self.asking.get_mut(day as usize) {
            asking.push(index);
        }
    }

    /// Support ends for those whose work waited for their services.
    pub fn settle(
        &mut self,
        scene: &Scene<'_>,
        day: Day,
        places: &mut [Place],
        caseloads: &mut [Caseload],
    ) {
        let Some(leaving) = self.leaving.get_mut(day as usize) else { return };
        for index in std::mem::take(leaving) {
            let Client { stay, in_time, .. } = self.clients[index as usize];
            let Some(End { team, seat, support, listed }) = stay.end else { continue };
            let services = scene.world.services.iter().enumerate();
            let had = services.filter(|(service, _)| in_time & (1 << service) != 0);
            let odds = had.fold(1.0, |odds, (_, service)| odds * service.odds);
            let person = whose(scene, &stay);
            let effect = scene.world.effects.of(person.traits);
            let case = Case::new(scene.world, person, &effect, listed);
            support.settle(&mut places[stay.locality], &mut caseloads[team], seat, &case, odds);
        }
    }
}

fn whose<'a>(scene: &Scene<'a>, stay: &Stay) -> &'a Person {
    &scene.people[stay.locality].everyone[stay.person as usize]
}
