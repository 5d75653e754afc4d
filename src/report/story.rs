//! One replicate in sentences, day by day.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::words::date;
use crate::model::claims::Claim;
use crate::model::programme::{DeliveryOption, Programme};
use crate::model::staffing::Coach;
use crate::model::story::{Change, Event, Step, What};
use crate::quantity::{Day, Pence};

/// A told replicate under one option.
#[derive(Clone, Copy, Debug)]
pub struct Story<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// The option.
    pub option: &'a DeliveryOption,
    /// What happened, by day.
    pub events: &'a [Event],
    /// What is set aside of it: a locality, and one of its people.
    pub only: Only,
}

/// Whom a story is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Only {
    /// One locality, by its index.
    pub locality: Option<usize>,
    /// One person, by their number in the locality.
    pub person: Option<u32>,
    /// Each person by themselves, instead of how many had what on a day.
    pub each: bool,
}

impl Story<'_> {
    fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| {
            let here = match (self.only.locality, event.locality) {
                (Some(only), Some(there)) => only == there,
                _ => true,
            };
            let whose = match (self.only.person, &event.what) {
                (Some(only), What::Person(person, _)) => only == *person,
                (Some(_), _) => false,
                (None, _) => true,
            };
            here && whose
        })
    }

    /// Day by day, a line for each thing that happened; people counted, unless each is told.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut events = self.events().peekable();
        while let Some(first) = events.peek() {
            let day = first.day;
            let mut people: BTreeMap<usize, Vec<(Step, usize)>> = BTreeMap::new();
            let mut lines = Vec::new();
            while let Some(event) = events.next_if(|event| event.day == day) {
                match (&event.what, event.locality) {
                    (What::Person(_, step), Some(locality)) if !self.tells_each() => {
                        let counted = people.entry(locality).or_default();
                        let alike = |(other, _): &&mut (Step, usize)| words(other) == words(step);
                        match counted.iter_mut().find(alike) {
                            Some((_, count)) => *count += 1,
                            None => counted.push((*step, 1)),
                        }
                    }
                    _ => lines.push(self.sentence(event)),
                }
            }
            let counts = people.into_iter().map(|(locality, counted)| {
                let counted =
                    counted.iter().map(|(step, count)| format!("{count} {}", words(step)));
                format!("{}: {}", self.place(locality), counted.collect::<Vec<_>>().join(", "))
            });
            let date = date(self.programme.calendar.date(day));
            for line in counts.chain(lines) {
                text += &format!("{date:>18}  {line}\n");
            }
        }
        text
    }

    fn tells_each(&self) -> bool {
        self.only.each || self.only.person.is_some()
    }

    fn place(&self, locality: usize) -> &str {
        &self.programme.localities[locality].name
    }

    fn team(&self, team: usize) -> &str {
        &self.option.teams[team].name
    }

    fn day(&self, day: Day) -> String {
        date(self.programme.calendar.date(day))
    }

    /// What happened, in a sentence.
    fn sentence(&self, event: &Event) -> String {
        let place = event.locality.map_or("", |locality| self.place(locality));
        match &event.what {
            What::Person(person, step) => {
                let more = match *step {
                    Step::Referred(source) => match event.locality {
                        Some(locality) => {
                            let sources = &self.programme.localities[locality].sources;
                            format!(" by {}", sources[source].name)
                        }
                        None => String::new(),
                    },
                    Step::Takes { team, waited } => {
                        let days = if waited == 1 { "day" } else { "days" };
                        format!(" with {} after {waited} {days}", self.team(team))
                    }
                    Step::Leaves { disengaged, with_job, in_work, employed } => {
                        let how = match (disengaged, with_job) {
                            (true, _) => ", early",
                            (false, true) => ", for a job that begins",
                            (false, false) => "",
                        };
                        let work = match (employed, in_work) {
                            (true, true) => "still in work",
                            (false, true) => "with work found",
                            (true, false) => "without the work they had",
                            (false, false) => "without work",
                        };
                        format!("{how}: {work}")
                    }
                    _ => String::new(),
                };
                format!("{place}, person {person}: {}{more}", words(step))
            }
            What::Team(team, change) => {
                let name = self.team(*team);
                match *change {
                    Change::Ready => format!("{name}: ready"),
                    Change::Starts(post, coach) => {
                        let from = match coach {
                            Coach::There => "already there",
                            Coach::Hired => "hired",
                            Coach::Agency => "from an agency",
                        };
                        format!("{name}: a coach starts in post {}, {from}", post + 1)
                    }
                    Change::CoachLeaves(post) => {
                        format!("{name}: the coach of post {} has left", post + 1)
                    }
                    Change::Fails => format!("{name}: the provider fails"),
                    Change::Stops => format!("{name}: its last day of taking people"),
                    Change::Ends => format!("{name}: its last day of work"),
                }
            }
            What::Opens => format!("{place} opens"),
            What::Claimed(claim) => format!("{place} claims {}", claimed(claim)),
            What::Received { amount, period_ends, .. } => {
                format!("{place} is paid {amount} for the period to {}", self.day(*period_ends))
            }
            What::Balance(balance) => {
                format!("{place}: the month ends with a balance of {balance}")
            }
        }
    }

    /// Every event as an object with its date.
    pub fn json(&self) -> Value {
        self.events().map(|event| self.event(event)).collect()
    }

    fn event(&self, event: &Event) -> Value {
        let mut object = Map::new();
        object.insert("date".into(), json!(self.programme.calendar.date(event.day).to_string()));
        if let Some(locality) = event.locality {
            object.insert("locality".into(), json!(self.place(locality)));
        }
        match &event.what {
            What::Person(person, _) => {
                object.insert("person".into(), json!(person));
            }
            What::Team(team, _) => {
                object.insert("team".into(), json!(self.team(*team)));
            }
            What::Claimed(claim) => {
                object.insert("claimed_pence".into(), json!(claim.receipt().get()));
            }
            What::Received { amount, funder, .. } => {
                object.insert("received_pence".into(), json!(amount.get()));
                if let Some(funder) = self.programme.funding.funders.get(*funder) {
                    object.insert("funder".into(), json!(funder.name));
                }
            }
            What::Balance(balance) => {
                object.insert("balance_pence".into(), json!(balance.get()));
            }
            What::Opens => {}
        }
        object.insert("what".into(), json!(self.sentence(event)));
        Value::Object(object)
    }
}

/// A step, said of one person and of several alike.
fn words(step: &Step) -> &'static str {
    match step {
        Step::WaitsAlready => "on the list from before",
        Step::InSupportAlready => "in support from before",
        Step::Referred(_) => "referred",
        Step::Signposted => "signposted elsewhere",
        Step::Listed => "on the list for a coach",
        Step::Withdraws => "no longer waiting",
        Step::Takes { .. } => "given a slot",
        Step::DidNotAttend => "lost: did not attend",
        Step::Seen => "seen",
        Step::NoPlan => "lost: no plan agreed",
        Step::Plan => "with an action plan",
        Step::Returns => "back on the list: the provider failed, or the coach left",
        Step::Disrupted => "cut short in support: the provider failed, or the coach left",
        Step::Leaves { disengaged: true, .. } => "leaving support early",
        Step::Leaves { .. } => "at the end of support",
        Step::HelpEnds => "at the end of support in work",
    }
}

/// A claim with its parts.
fn claimed(claim: &Claim) -> String {
    let parts = [
        ("for what was spent", claim.basic),
        ("for plans", claim.participant),
        ("for outcomes", claim.outcome),
        ("of it never paid", claim.disallowed),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|&(_, amount)| amount != Pence::ZERO)
        .map(|(what, amount)| format!("{amount} {what}"))
        .collect();
    match parts.is_empty() {
        true => "nothing".to_owned(),
        false => parts.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_said_with_the_parts_that_it_has() {
        let claim = Claim {
            basic: Pence::new(6_000_000),
            participant: Pence::new(32_001),
            ..Claim::default()
        };
        assert_eq!(claimed(&claim), "£60,000.00 for what was spent, £320.01 for plans");
        assert_eq!(claimed(&Claim::default()), "nothing");
    }
}
