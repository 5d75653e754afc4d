//! What a finance officer would want to be told before the first world is drawn.

use super::compile::Compiler;
use crate::model::Programme;
use crate::model::programme::{CostTime, DeliveryOption, IncomeLimit, RunningCost, Source, Team};
use crate::quantity::time::{DAYS_PER_MONTH, DAYS_PER_YEAR};
use crate::quantity::{Pence, Uncertain};

/// The most people that a replicate may be expected to hold.
const MOST_PEOPLE: f64 = 2e6;
/// Nearly the greatest value that a world can draw.
const HIGH: f64 = 1.0 - 1e-6;

/// Looks at a programme as a whole.
pub fn look(compiler: &mut Compiler<'_>, programme: &Programme) {
    too_many_people(compiler, programme);
    income_beyond_cost(compiler, programme);
    let allocation: Pence = programme.localities.iter().map(|l| l.allocation.total).sum();
    for option in &programme.options {
        let cost = full_cost(programme, option);
        if cost > allocation.to_pounds() {
            let option_section = compiler.root.table("option");
            let at = option_section.stated(&option.name).map_or(option_section.at, |node| node.key);
            let message = format!(
                "\"{}\" would cost about {}, more than the allocation of {allocation}, if every post \
                 is filled on day one",
                option.name,
                pounds(cost),
            );
            compiler.warn(at, message).help("what is above the allocation is a shortfall");
        }
    }
}

fn too_many_people(compiler: &mut Compiler<'_>, programme: &Programme) {
    let months = f64::from(programme.calendar.days()) / DAYS_PER_MONTH;
    let referred = |source: &Source| {
        let busiest = source.season.iter().copied().fold(0.0, f64::max);
        at(programme, source.per_month, HIGH) * source.scale * busiest * months
    };
    let people: f64 = programme
        .localities
        .iter()
        .map(|locality| {
            let others = at(programme, locality.triage.other_enquiries_per_month, HIGH) * months;
            locality.sources.iter().map(referred).sum::<f64>() + others
        })
        .sum();
    if people > MOST_PEOPLE {
        let place = compiler.root.place("locality");
        compiler
            .wrong(
                place,
                format!("up to {people:.0} referrals and enquiries are far too many to simulate"),
            )
            .help(
                "at most 2 million in the busiest world: is per_month meant to be a year's number?",
            );
    }
}

fn income_beyond_cost(compiler: &mut Compiler<'_>, programme: &Programme) {
    if programme.funding.income_limit == IncomeLimit::None {
        let funding = compiler.root.table("funding");
        compiler
            .warn(funding.place("income_limit"), "without an income limit, income can exceed cost")
            .help("income_limit = \"expenditure\" keeps claims within eligible expenditure");
    }
}

/// What an option costs if every post is filled on the first day and stays filled, each agreed
/// participant has a plan, and every value is at its middle. In pounds.
fn full_cost(programme: &Programme, option: &DeliveryOption) -> f64 {
    let own: f64 = programme
        .localities
        .iter()
        .flat_map(|locality| &locality.costs)
        .map(|cost| running(programme, cost))
        .sum();
    let teams: f64 = option.teams.iter().map(|team| team_cost(programme, team)).sum();
    own + teams
}

fn running(programme: &Programme, cost: &RunningCost) -> f64 {
    let amount = at(programme, cost.amount, 0.5);
    match cost.when {
        CostTime::Once { .. } => amount,
        CostTime::Monthly { from, until } => amount * f64::from(until - from + 1) / DAYS_PER_MONTH,
    }
}

fn team_cost(programme: &Programme, team: &Team) -> f64 {
    let middle = |value: Uncertain| at(programme, value, 0.5);
    let last = programme.calendar.last();
    let end =
        [team.until.map(|day| team.staff_until.unwrap_or(day)), team.contract_ends, Some(last)]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(last);
    let days_there = (end + 1).max(0);
    let days = f64::from(days_there);
    let posts = f64::from(team.posts);
    let costs = &team.costs;
    let salary: f64 = costs
        .salary
        .iter()
        .enumerate()
        .map(|(index, (day, amount))| {
            let from = if index == 0 { 0 } else { (*day).clamp(0, days_there) };
            let until = costs
                .salary
                .get(index + 1)
                .map_or(days_there, |(day, _)| (*day).clamp(0, days_there));
            middle(*amount) * f64::from((until - from).max(0)) / DAYS_PER_YEAR
        })
        .sum();
    let employed = salary * posts * team.fte * (1.0 + middle(costs.management))
        + posts * (middle(costs.training) + middle(costs.recruitment))
        + middle(costs.setup);
    let provided = team.price.as_ref().map_or(0.0, |price| {
        let agreed: i64 =
            team.serves.iter().filter_map(|&l| programme.localities.get(l)).map(|l| l.agreed).sum();
        let plans = agreed.min(team.participants_max.unwrap_or(agreed)) as f64;
        let charged = middle(price.set_up_fee)
            + middle(price.block_per_month) * days / DAYS_PER_MONTH
            + middle(price.per_plan) * plans;
        charged.max(middle(price.minimum))
    });
    employed + provided
}

/// Pounds in words, without pence.
fn pounds(amount: f64) -> String {
    let whole = Pence::from_pounds(libm::round(amount)).to_string();
    whole.trim_end_matches(".00").to_owned()
}

/// The value of an input at a quantile.
fn at(programme: &Programme, value: Uncertain, quantile: f64) -> f64 {
    match value {
        Uncertain::Fixed(value) => value,
        Uncertain::Input(index) => programme
            .inputs
            .get(index as usize)
            .and_then(|input| Some(input.value(input.family.prepare().ok()?.at(quantile))))
            .unwrap_or(0.0),
    }
}
