//! How often the rare branches of the model came up in what was compared.

use std::collections::BTreeMap;

use workcast::model::Value;
use workcast::model::programme::Programme;

use crate::history::History;
use crate::people_metrics::Metrics;

/// Branches, and in how many options of the replicates compared each came up.
#[derive(Debug, Default)]
pub struct Coverage(BTreeMap<&'static str, usize>);

impl Coverage {
    /// Counts what came up under one option; `whole` is what the programme came to under it.
    pub fn count(
        &mut self,
        programme: &Programme,
        option: usize,
        history: &History,
        whole: &Metrics,
    ) {
        let number = |name: &str| match whole.get(name) {
            Some(Value::Whole(Some(n))) => *n,
            _ => 0,
        };
        let teams = || programme.options[option].teams.iter().zip(&history.teams);
        let fails = |restarts: bool| {
            teams().any(|(team, did)| {
                let failed = did.stints.iter().any(|stint| stint.fails.is_some_and(|day| day > 0));
                team.restarts == restarts && failed
            })
        };
        let last = programme.calendar.last();
        let after_until = |by: fn(&workcast::model::programme::Team) -> bool| {
            teams()
                .any(|(team, did)| by(team) && team.until.is_some_and(|day| did.works_until > day))
        };
        let went_on = teams().any(|(team, did)| {
            let until = team.until.unwrap_or(last);
            team.extended_to.is_some() && did.plans.iter().any(|&(day, _)| day > until + 31)
        });
        let funding = &programme.funding;
        let owed = funding
            .years
            .iter()
            .any(|year| number(&format!("owed_by_funder_at.{}", year.label)) > 0);
        let readings = programme
            .readings
            .iter()
            .any(|reading| number(&format!("reading.{}.income", reading.name)) != number("income"));
        for (branch, came_up) in [
            ("a provider fails for good", fails(false)),
            ("a provider fails and begins again", fails(true)),
            ("a second stint", teams().any(|(_, did)| did.stints.len() > 1)),
            ("support disrupted", number("disrupted") > 0),
            ("a team goes on after its end while money allows", went_on),
            ("staff after until to staff_until", after_until(|team| team.staff_until.is_some())),
            (
                "staff after until to the last person",
                after_until(|team| team.staff_until.is_none()),
            ),
            ("places move between localities", !history.moves.is_empty()),
            ("both caps met", number("unclaimed") == 0 && number("income") > 0),
            ("a shortfall", number("shortfall") > 0),
            ("disallowed", number("disallowed") > 0),
            ("paid back", number("repaid") > 0),
            ("outcomes paid", number("income_outcome") > 0),
            ("owed at a year's end", owed),
            ("another reading pays otherwise", readings),
            ("cash below zero", number("cash_gap") > 0),
            ("agency cover", number("cost.agency") > 0),
            ("a provider's minimum", number("cost.minimum") > 0),
            ("due at the contract's end", number("cost.at_end") > 0),
            ("owned money of the programme", number("income_central") > 0),
            ("people there on day 0", number("opening_in_support") + number("opening_waiting") > 0),
            ("withdrew", number("withdrew") > 0),
            ("did not attend", number("did_not_attend") > 0),
            ("no plan", number("no_plan") > 0),
            ("waiting at the end", number("waiting_at_end") > 0),
            ("in triage at the end", number("in_triage_at_end") > 0),
            ("helped in work at the end", number("in_work_support_at_end") > 0),
            ("an onward service", !history.uses.is_empty()),
            ("a provider's own costs", programme.options[option].providers().next().is_some()),
        ] {
            *self.0.entry(branch).or_default() += usize::from(came_up);
        }
    }

    pub fn add(&mut self, other: &Coverage) {
        for (branch, count) in &other.0 {
            *self.0.entry(branch).or_default() += count;
        }
    }

    /// The branch that came up least, and how often.
    pub fn rarest(&self) -> Option<(&'static str, usize)> {
        self.0.iter().map(|(&branch, &count)| (branch, count)).min_by_key(|&(_, count)| count)
    }

    /// How many branches are counted.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}
