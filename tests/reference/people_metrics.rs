//! What is counted of people, capacity and services (CONTRACT's metrics).

use std::collections::BTreeMap;

use workcast::model::Value;
use workcast::model::programme::TargetOutcome;
use workcast::model::published::Counted;
use workcast::quantity::{Day, FixedShare};

use crate::life::Life;
use crate::moving::agreed;
use crate::person::{End, Somebody, State};
use crate::scene::Scene;
use crate::services::{NeedState, is_in_time};

pub type Metrics = BTreeMap<String, Value>;

/// A place of an option: a locality, or the whole programme.
pub struct Counting<'a, 'b> {
    pub scene: &'a Scene<'b>,
    pub life: &'a Life<'b>,
    pub place: Option<usize>,
}

fn mean(sum: i64, count: i64) -> Value {
    Value::Real((count > 0).then(|| sum as f64 / count as f64))
}

fn day(day: Option<Day>) -> Value {
    Value::Whole(day.map(i64::from))
}

impl<'a, 'b> Counting<'a, 'b> {
    fn people(&self) -> impl Iterator<Item = &'a Somebody<'b>> {
        let place = self.place;
        self.life.people.iter().filter(move |who| place.is_none_or(|here| here == who.locality))
    }

    fn count(&self, is: impl Fn(&Somebody<'_>) -> bool) -> i64 {
        self.people().filter(|who| is(who)).count() as i64
    }

    fn localities(&self) -> Vec<usize> {
        match self.place {
            Some(place) => vec![place],
            None => (0..self.scene.programme.localities.len()).collect(),
        }
    }

    /// All of them.
    pub fn metrics(&self) -> Metrics {
        let mut all = Metrics::new();
        self.ends(&mut all);
        self.targets(&mut all);
        self.waits(&mut all);
        self.capacity(&mut all);
        self.groups(&mut all);
        self.services(&mut all);
        self.published(&mut all);
        all
    }

    fn ends(&self, all: &mut Metrics) {
        let mut put = |name: &str, count| all.insert(name.to_owned(), Value::Whole(Some(count)));
        let gone = |end: End| self.count(|who| who.state == State::Gone(end));
        let there = |who: &Somebody<'_>| who.person.is_there_already();
        let was_waiting = |who: &Somebody<'_>| who.index < self.scene.people[who.locality].waiting;
        put("opening_waiting", self.count(was_waiting));
        put("opening_in_support", self.count(|who| there(who) && !was_waiting(who)));
        put("opening_plans", self.opening_plans());
        put("referrals", self.count(|who| who.referred));
        put("eligible", self.count(|who| who.referred && who.person.eligible));
        put("signposted", gone(End::Signposted));
        put("withdrew", gone(End::Withdrew));
        put("did_not_attend", gone(End::DidNotAttend));
        put("no_plan", gone(End::NoPlan));
        put("disrupted", gone(End::Disrupted));
        put("completed", gone(End::Completed));
        put("disengaged", gone(End::Disengaged));
        put("in_triage_at_end", self.count(|who| who.state == State::AtTriage));
        put("waiting_at_end", self.count(|who| who.is_waiting()));
        put("before_plan_at_end", self.count(|who| matches!(who.state, State::BeforePlan(_))));
        put("in_support_at_end", self.count(|who| matches!(who.state, State::InSupport(_))));
        put("plans", self.plans());
        put("plans_in_all", self.opening_plans() + self.plans());
        let helped =
            |who: &Somebody<'_>| who.help.is_some_and(|help| help.until > self.scene.last());
        put("in_work_support_at_end", self.count(helped));
        for year in &self.scene.programme.funding.years {
            if !year.is_over() {
                let of_year = |day: Day| (year.first..=year.last).contains(&day);
                let plans = self.count(|who| who.plan.is_some_and(of_year));
                put(&format!("plans_by_year.{}", year.label), plans);
            }
        }
        let work = |is: fn(bool, bool, bool) -> bool| {
            self.count(|who| {
                who.left.is_some_and(|(_, work)| is(work.in_work, work.employed, work.sustained))
            })
        };
        put("in_work", work(|in_work, _, _| in_work));
        put("kept_work", work(|in_work, employed, _| in_work && employed));
        put("found_work", work(|in_work, employed, _| in_work && !employed));
        put("sustained", work(|_, _, sustained| sustained));
    }

    fn opening_plans(&self) -> i64 {
        self.localities().iter().map(|&place| self.scene.opens(place).opening.plans).sum()
    }

    fn plans(&self) -> i64 {
        self.count(|who| who.plan.is_some())
    }

    /// What this place is to reach after all moves; what moves leaves the sum as it is.
    fn agreed(&self) -> i64 {
        self.localities().iter().map(|&place| agreed(self.scene, self.life, place)).sum()
    }

    fn targets(&self, all: &mut Metrics) {
        let put = |all: &mut Metrics, name: &str, value| all.insert(name.to_owned(), value);
        let whole = |n: i64| Value::Whole(Some(n));
        let met = self.opening_plans() + self.plans() >= self.agreed();
        put(all, "agreed_at_end", whole(self.agreed()));
        put(all, "target_met", whole(i64::from(met)));
        let last = self.scene.last();
        let plans_by = |day: Day| {
            self.opening_plans() + self.count(|who| who.plan.is_some_and(|plan| plan <= day))
        };
        let reached = (0..=last).find(|&day| plans_by(day) >= self.agreed());
        put(all, "target_day", day(reached));
        for target in &self.scene.programme.targets {
            let (name, of) = match target.outcome {
                TargetOutcome::InWork => ("in_work", "in_work"),
                TargetOutcome::FoundWork => ("found_work", "found_work"),
                TargetOutcome::Sustained => ("sustained", "sustained"),
            };
            let Value::Whole(Some(count)) = all[of] else { unreachable!("it is a count") };
            let Value::Whole(Some(there)) = all["opening_in_support"] else { unreachable!() };
            let people = there + self.plans();
            let share = i128::from(target.share.billionths());
            let wanted = i128::from(people) * share;
            let met = i128::from(count) * i128::from(FixedShare::ALL.billionths()) >= wanted;
            let met = (people > 0).then_some(i64::from(met));
            put(all, &format!("target_met.{name}"), Value::Whole(met));
        }
        if self.place.is_none() {
            let on_target = self.localities().into_iter().filter(|&place| {
                let here = Counting { place: Some(place), ..*self };
                here.opening_plans() + here.plans() >= here.agreed()
            });
            let count = on_target.count() as i64;
            put(all, "localities_on_target", whole(count));
            let every = count == self.localities().len() as i64;
            put(all, "all_localities_on_target", whole(i64::from(every)));
        }
    }

    fn waits(&self, all: &mut Metrics) {
        let mut waits: Vec<i64> =
            self.people().filter_map(|who| who.first_wait).map(i64::from).collect();
        waits.sort_unstable();
        let count = waits.len() as i64;
        let mut put = |name: &str, value| all.insert(name.to_owned(), value);
        put("wait_mean_days", mean(waits.iter().sum(), count));
        let p90 = (count > 0).then(|| {
            let position = 0.9 * (count - 1) as f64;
            let below = position.floor() as usize;
            let above = (below + 1).min(waits.len() - 1);
            let step = (waits[above] - waits[below]) as f64;
            waits[below] as f64 + (position - below as f64) * step
        });
        put("wait_p90_days", Value::Real(p90));
        // Nobody says when people who were there already were referred.
        let new = || self.people().filter(|who| !who.person.is_there_already());
        let took = |who: &Somebody<'_>| who.first_seen.map(|seen| i64::from(seen - who.person.day));
        let seen: Vec<i64> = new().filter_map(took).collect();
        put("referral_to_appointment_days", mean(seen.iter().sum(), seen.len() as i64));
        let could = |who: &&Somebody<'_>| {
            who.referred && who.person.eligible && who.person.day + 28 <= self.scene.last()
        };
        let within = new().filter(could).filter(|who| took(who).is_some_and(|days| days <= 28));
        put("seen_within_28_days", mean(within.count() as i64, new().filter(could).count() as i64));
    }

    fn capacity(&self, all: &mut Metrics) {
        let (scene, life) = (self.scene, self.life);
        let mut put = |name: &str, value| all.insert(name.to_owned(), value);
        let opening = self.localities().iter().filter_map(|&place| life.opening[place]).min();
        put("opening_day", day(opening));
        let longest = (0..=scene.last() as usize).map(|day| self.on_list(day)).max();
        put("longest_list", Value::Whole(Some(longest.unwrap_or(0))));
        put("first_plan_day", day(self.people().filter_map(|who| who.plan).min()));
        let (mut weeks, mut used, mut there) = (0.0, 0.0, 0_i64);
        for (index, team) in scene.option.teams.iter().enumerate() {
            if self.place.is_some_and(|place| !team.serves.contains(&place)) {
                continue;
            }
            let staff = &life.teams[index].staff;
            let ready = staff.stints.first().map(|stint| stint.ready);
            put(&format!("ready_day.{}", team.name), day(ready));
            let works = 0..=life.works_until(scene, index).min(scene.last());
            let coach_days: i64 = works.clone().map(|day| staff.in_post(day)).sum();
            weeks += coach_days as f64 * team.fte / 7.0 * self.part_of(index);
            if team.caseload.is_none() {
                continue;
            }
            for day in works {
                let at = day as usize;
                used += life.teams[index].held[at] as f64;
                used += life.teams[index].helped[at] as f64 / 1e9;
                there += staff.slots(scene, team, day).unwrap_or(0);
            }
        }
        put("coach_weeks", Value::Real(Some(weeks)));
        put("utilisation", Value::Real((there > 0).then(|| used / there as f64)));
    }

    /// This place's part of a team that it shares, by agreed participants.
    fn part_of(&self, team: usize) -> f64 {
        let serves = &self.scene.option.teams[team].serves;
        let agreed = |&place: &usize| self.scene.opens(place).agreed;
        match self.place {
            Some(place) if serves.len() > 1 => {
                let all: i64 = serves.iter().map(agreed).sum();
                agreed(&place) as f64 / all.max(1) as f64
            }
            _ => 1.0,
        }
    }

    fn on_list(&self, day: usize) -> i64 {
        self.localities().iter().map(|&place| self.life.waiting[place][day]).sum()
    }

    fn groups(&self, all: &mut Metrics) {
        let programme = self.scene.programme;
        for (index, cohort) in programme.cohorts.iter().enumerate() {
            self.group(all, &format!("cohort.{}", cohort.name), |who| {
                usize::from(who.person.cohort) == index
            });
        }
        for (a, attribute) in programme.attributes.iter().enumerate() {
            for (v, value) in attribute.values.iter().enumerate() {
                let name = format!("attribute.{}.{}", attribute.name, value.name);
                self.group(all, &name, |who| who.person.traits.of(a) == v);
            }
        }
        for &(a, b) in &programme.crossed {
            let (first, second) = (&programme.attributes[a], &programme.attributes[b]);
            for (i, one) in first.values.iter().enumerate() {
                for (j, other) in second.values.iter().enumerate() {
                    let (one, other) = (&one.name, &other.name);
                    let name = format!("attribute.{}.{one}.{}.{other}", first.name, second.name);
                    self.group(all, &name, |who| {
                        who.person.traits.of(a) == i && who.person.traits.of(b) == j
                    });
                }
            }
        }
    }

    fn group(&self, all: &mut Metrics, name: &str, belongs: impl Fn(&Somebody<'_>) -> bool) {
        let mut put = |what: &str, value| all.insert(format!("{name}.{what}"), value);
        let count = |is: fn(&Somebody<'_>) -> bool| {
            Value::Whole(Some(self.count(|who| belongs(who) && is(who))))
        };
        put("referrals", count(|who| who.referred));
        put("plans", count(|who| who.plan.is_some()));
        put("in_work", count(|who| who.left.is_some_and(|(_, work)| work.in_work)));
        let waits = self.people().filter(|who| belongs(who)).filter_map(|who| who.first_wait);
        let waits: Vec<i64> = waits.map(i64::from).collect();
        put("wait_mean_days", mean(waits.iter().sum(), waits.len() as i64));
    }

    fn services(&self, all: &mut Metrics) {
        for (index, service) in self.scene.programme.services.iter().enumerate() {
            let mut put = |what: &str, value| {
                all.insert(format!("service.{}.{what}", service.name), value);
            };
            let whole = |n: i64| Value::Whole(Some(n));
            let (mut needed, mut began, mut in_time) = (0, 0, 0);
            for need in self.life.needs.iter().filter(|need| need.service == index) {
                let who = &self.life.people[need.somebody];
                if self.place.is_some_and(|place| place != who.locality) {
                    continue;
                }
                needed += 1;
                began += i64::from(matches!(need.state, NeedState::Began { .. }));
                let ended = who.left.map(|(day, _)| day).or(who.disrupted).unwrap_or(Day::MAX);
                in_time += i64::from(is_in_time(self.scene, need, ended));
            }
            let waited: i64 =
                self.localities().iter().map(|&place| self.life.days_at_desks[index][place]).sum();
            put("needed", whole(needed));
            put("began", whole(began));
            put("done_in_time", whole(in_time));
            put("unmet", whole(needed - began));
            put("wait_mean_days", mean(waited, began));
        }
    }

    fn published(&self, all: &mut Metrics) {
        for figure in &self.scene.programme.published {
            let option = figure.option.as_ref();
            if figure.locality != self.place
                || option.is_some_and(|name| *name != self.scene.option.name)
            {
                continue;
            }
            let by = |day: Option<Day>| day.is_some_and(|day| day <= figure.until);
            let count = self.count(|who| match figure.counted {
                Counted::Referrals => who.referred && by(Some(who.person.day)),
                Counted::Eligible => {
                    who.referred && who.person.eligible && by(Some(who.person.day))
                }
                Counted::Plans => by(who.plan),
                Counted::Starts => by(who.first_seen),
                Counted::FoundWork => who
                    .left
                    .is_some_and(|(day, work)| work.in_work && !work.employed && by(Some(day))),
            });
            all.insert(format!("published.{}", figure.name), Value::Whole(Some(count)));
        }
    }

    /// Monthly series: sums over a month's days, or levels on its last.
    pub fn monthly(&self) -> BTreeMap<&'static str, Vec<i64>> {
        let months = self.scene.programme.calendar.months();
        let mut all = BTreeMap::new();
        let dated = |when: fn(&Somebody<'_>) -> Option<Day>| -> Vec<i64> {
            let of = |first: Day, last: Day| {
                self.count(|who| when(who).is_some_and(|day| (first..=last).contains(&day)))
            };
            months.iter().map(|month| of(month.first, month.last)).collect()
        };
        all.insert("referrals", dated(|who| who.referred.then_some(who.person.day)));
        all.insert("plans", dated(|who| who.plan));
        let ends = || months.iter().map(|month| month.last as usize);
        all.insert("waiting", ends().map(|day| self.on_list(day)).collect());
        let caseload = |day: usize| -> i64 {
            self.localities().iter().map(|&place| self.life.caseload[place][day]).sum()
        };
        all.insert("caseload", ends().map(caseload).collect());
        let coaches = |day: usize| -> i64 {
            let teams = self.scene.option.teams.iter().enumerate();
            let here = teams.filter(|(index, team)| {
                let serves = self.place.is_none_or(|place| team.serves.contains(&place));
                serves && day as Day <= self.life.works_until(self.scene, *index)
            });
            here.map(|(index, _)| self.life.teams[index].staff.in_post(day as Day)).sum()
        };
        all.insert("coaches", ends().map(coaches).collect());
        all
    }
}
