//! Published figures beside what the rules give, with what explains a difference.

use super::Scenario;
use super::explanation::{Printed, UNEXPLAINED, explain};
use super::node::Node;
use super::published::{Computed, Figure, Published, Value};
use crate::model::programme::{Allocation, Locality};
use crate::model::reconciliation::{Reconciliation, Sides, Unit};
use crate::quantity::Pence;

/// Every published figure that the rules give too, beside the computed one: those of each locality
/// in file order, its agreed number beside its fair share first, then those of `published`.
pub fn reconcile(scenario: &Scenario) -> Vec<Reconciliation> {
    let mut rows = Vec::new();
    for (index, locality) in scenario.programme.localities.iter().enumerate() {
        rows.extend(agreed_beside_fair_share(scenario, locality, index));
        let own = scenario.published.iter().filter(|figure| {
            figure.name.is_none() && figure.locality.as_ref() == Some(&locality.name)
        });
        rows.extend(own.filter_map(|figure| row(scenario, figure)));
    }
    let named = scenario.published.iter().filter(|figure| figure.name.is_some());
    rows.extend(named.filter_map(|figure| row(scenario, figure)));
    rows
}

/// A stated number of participants beside the one that the division of the whole gives.
fn agreed_beside_fair_share(
    scenario: &Scenario,
    locality: &Locality,
    index: usize,
) -> Option<Reconciliation> {
    let stated = scenario.stated(&["locality", &locality.name, "agreed_participants"])?;
    let share = scenario.fair_shares.as_ref()?.places.get(index)?.participants;
    let (agreed, share) = (locality.agreed as f64, share as f64);
    let explanation = match agreed == share {
        true => "agrees",
        false => "the stated number is used",
    };
    Some(Reconciliation {
        name: None,
        locality: Some(locality.name.clone()),
        figure: "fair_share".to_owned(),
        sides: Sides::other(Unit::People, agreed, share),
        source: stated.get("source").and_then(Node::text).map(str::to_owned),
        explanation: Some(explanation.to_owned()),
    })
}

/// A published figure beside the computed one; `None` for one that only a run forecasts.
fn row(scenario: &Scenario, published: &Published) -> Option<Reconciliation> {
    let Figure::Computed(figure) = &published.figure else { return None };
    let locality = published.locality.as_deref();
    let (sides, explanation) = match published.value {
        Value::Money(amount) => {
            let computed = money(scenario, locality, figure)?;
            let printed = Printed::of(&scenario.published, locality);
            let years = &scenario.programme.funding.years;
            let words = explain(figure, amount, computed, &printed, years);
            (Sides::money(amount, computed), words)
        }
        Value::Number(number) => {
            let computed = people(scenario, locality, figure)? as f64;
            let words = if number == computed { "agrees" } else { UNEXPLAINED };
            (Sides::other(Unit::People, number, computed), words.to_owned())
        }
        Value::Share(_) | Value::Days(_) | Value::Day(_) => return None,
    };
    Some(Reconciliation {
        name: published.name.clone(),
        locality: published.locality.clone(),
        figure: published.written.clone(),
        sides,
        source: published.source.clone(),
        explanation: Some(explanation),
    })
}

/// The localities that a figure is of.
fn at<'a>(scenario: &'a Scenario, name: Option<&'a str>) -> impl Iterator<Item = &'a Locality> {
    let localities = scenario.programme.localities.iter();
    localities.filter(move |locality| name.is_none_or(|name| locality.name == name))
}

/// What the funding rules give for an amount.
fn money(scenario: &Scenario, locality: Option<&str>, figure: &Computed) -> Option<Pence> {
    let years = &scenario.programme.funding.years;
    let of = |allocation: &Allocation| match figure {
        Computed::Total => Some(allocation.total),
        Computed::Basic => Some(allocation.basic),
        Computed::Participant => Some(allocation.participant),
        Computed::Year(label) => {
            let index = years.iter().position(|year| year.label == *label)?;
            allocation.years.get(index).map(|year| year.total)
        }
        Computed::Agreed | Computed::FairShare => None,
    };
    at(scenario, locality).map(|locality| of(&locality.allocation)).sum()
}

/// What the rules give for a number of participants.
fn people(scenario: &Scenario, locality: Option<&str>, figure: &Computed) -> Option<i64> {
    match figure {
        Computed::Agreed => Some(at(scenario, locality).map(|locality| locality.agreed).sum()),
        Computed::FairShare => {
            let shares = scenario.fair_shares.as_ref()?;
            let Some(name) = locality else { return Some(shares.participants) };
            let mut names = scenario.programme.localities.iter();
            let index = names.position(|locality| locality.name == name)?;
            shares.places.get(index).map(|share| share.participants)
        }
        _ => None,
    }
}
