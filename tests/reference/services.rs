//! Onward services: a list, a credit and a budget for each (MODEL, section 6).

use workcast::model::luck::Purpose;
use workcast::quantity::time::{DAYS_PER_YEAR, whole_days};
use workcast::quantity::{Day, Pence};

use crate::history::Use;
use crate::life::Life;
use crate::person::State;
use crate::scene::Scene;

/// Someone's need of a service.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    pub somebody: usize,
    pub service: usize,
    pub state: NeedState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedState {
    /// The service does not serve their locality, or their support had no day.
    Unserved,
    /// They will ask on that day, unless another need of theirs comes before.
    Asks(Day),
    /// Another service of theirs comes first.
    Later,
    /// In the list since a day, at its head or not.
    Listed { since: Day, urgent: bool, number: usize },
    /// They began on a day and end on another.
    Began { on: Day, ends: Day },
    /// The budget could not pay it.
    Closed,
}

/// The credit and the spending of each service.
#[derive(Clone, Copy, Debug, Default)]
pub struct Desk {
    pub credit: f64,
    pub spent: Pence,
}

impl Life<'_> {
    /// Somebody has a plan on a day: their needs arise.
    pub fn arise(&mut self, scene: &Scene<'_>, somebody: usize, day: Day) {
        let who = &self.people[somebody];
        let State::InSupport(Some(visit)) = who.state else { return };
        let stays = visit.support.is_some_and(|support| support.leaves > day);
        let at_once = who.all_at_once(scene);
        let mut first = true;
        for (service, rules) in scene.programme.services.iter().enumerate() {
            let share = who.journey(scene).needs[service].get(scene.inputs);
            if who.at_service(scene, Purpose::Need, service) >= share {
                continue;
            }
            let served = stays && rules.serves.contains(&who.locality);
            let state = match (served, at_once || first) {
                (false, _) => NeedState::Unserved,
                (true, true) => NeedState::Asks(day),
                (true, false) => NeedState::Later,
            };
            first &= !served;
            self.needs.push(Need { somebody, service, state });
        }
    }

    /// A day's requests and beginnings, service by service.
    pub fn serve(&mut self, scene: &Scene<'_>, day: Day) {
        for service in 0..scene.programme.services.len() {
            self.queue_up(scene, service, day);
            let rules = &scene.programme.services[service];
            let per_day =
                rules.capacity_per_month.map(|n| n.get(scene.inputs) * 12.0 / DAYS_PER_YEAR);
            let cost = Pence::from_pounds(rules.unit_cost.get(scene.inputs));
            if let Some(per_day) = per_day {
                let desk = &mut self.desks[service];
                desk.credit = (desk.credit + per_day).min((7.0 * per_day).max(1.0));
            }
            while let Some(next) = self.head_of(service, day) {
                let desk = &mut self.desks[service];
                if rules.budget.is_some_and(|budget| desk.spent + cost > budget) {
                    self.needs[next].state = NeedState::Closed;
                    self.goes_on(next, day);
                } else if per_day.is_none() || desk.credit >= 1.0 - 1e-9 {
                    desk.credit -= 1.0;
                    desk.spent += cost;
                    self.begins(scene, next, day);
                } else {
                    break;
                }
            }
        }
    }

    /// Whether somebody is in support on a day, and on the next.
    fn is_in_support(&self, somebody: usize, day: Day) -> bool {
        match self.people[somebody].state {
            State::InSupport(Some(visit)) => {
                visit.support.is_some_and(|support| support.leaves > day)
            }
            _ => false,
        }
    }

    /// Those who ask on a day join the list, in the order of localities, then of people.
    fn queue_up(&mut self, scene: &Scene<'_>, service: usize, day: Day) {
        let asks = |need: &Need| need.service == service && need.state == NeedState::Asks(day);
        let mut asking: Vec<usize> =
            (0..self.needs.len()).filter(|&index| asks(&self.needs[index])).collect();
        let place = |need: usize| {
            let who = &self.people[self.needs[need].somebody];
            (who.locality, who.index)
        };
        asking.sort_by_key(|&need| place(need));
        for index in asking {
            let somebody = self.needs[index].somebody;
            if !self.is_in_support(somebody, day) {
                continue;
            }
            let share = scene.programme.services[service].priority.get(scene.inputs);
            let who = &self.people[somebody];
            let urgent = who.at_service(scene, Purpose::Priority, service) < share;
            self.requests += 1;
            let number = self.requests;
            self.needs[index].state = NeedState::Listed { since: day, urgent, number };
        }
    }

    /// Who is first in a service's list: the urgent before the others, each as they came.
    fn head_of(&self, service: usize, day: Day) -> Option<usize> {
        let place = |&index: &usize| match self.needs[index].state {
            NeedState::Listed { urgent, number, .. } => (!urgent, number),
            _ => (true, usize::MAX),
        };
        let waits = |&index: &usize| {
            let need = &self.needs[index];
            let listed = matches!(need.state, NeedState::Listed { .. });
            need.service == service && listed && self.is_in_support(need.somebody, day)
        };
        (0..self.needs.len()).filter(waits).min_by_key(place)
    }

    fn begins(&mut self, scene: &Scene<'_>, index: usize, day: Day) {
        let Need { somebody, service, state } = self.needs[index];
        let NeedState::Listed { since, .. } = state else { return };
        let who = &self.people[somebody];
        let takes = &scene.programme.services[service].takes;
        let days = scene.time(takes, who.at_service(scene, Purpose::ServiceTime, service));
        let ends = day.saturating_add(whole_days(days));
        self.needs[index].state = NeedState::Began { on: day, ends };
        self.days_at_desks[service][who.locality] += i64::from(day - since);
        self.uses.push(Use { service, locality: who.locality, day });
        self.goes_on(index, ends);
    }

    /// Somebody is done with a service on a day, and asks for their next, if they have one at a time.
    fn goes_on(&mut self, index: usize, day: Day) {
        let somebody = self.needs[index].somebody;
        let next = self
            .needs
            .iter_mut()
            .find(|need| need.somebody == somebody && need.state == NeedState::Later);
        if let Some(next) = next {
            next.state = NeedState::Asks(day);
        }
    }

    /// What the services that somebody had in time, by the day support ends, do to the odds.
    pub fn odds(&self, scene: &Scene<'_>, somebody: usize, leaves: Day) -> f64 {
        let mut odds = 1.0;
        for need in self.needs.iter().filter(|need| need.somebody == somebody) {
            if is_in_time(scene, need, leaves) {
                odds *= scene.programme.services[need.service].changes_in_work.get(scene.inputs);
            }
        }
        odds
    }
}

/// Whether a service ended by the day support ended, within the programme.
pub fn is_in_time(scene: &Scene<'_>, need: &Need, leaves: Day) -> bool {
    matches!(need.state, NeedState::Began { ends, .. } if ends <= leaves && ends <= scene.last())
}
