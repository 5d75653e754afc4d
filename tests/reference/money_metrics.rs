//! Metrics of money of every place of an option.

use std::collections::BTreeMap;

use workcast::model::Value;
use workcast::model::programme::{Allocation, Funding};
use workcast::quantity::{Day, Pence};

use crate::cash::Cash;
use crate::costs::{Cost, costs, of_provider};
use crate::history::History;
use crate::money::{Income, central, incomes, payments, pence, spread};
use crate::people_metrics::Metrics;
use crate::scene::Scene;

/// The lines of cost that every team may have.
const TEAM_LINES: [&str; 11] = [
    "salary",
    "management",
    "agency",
    "training",
    "recruitment",
    "at_end",
    "setup",
    "set_up_fee",
    "block",
    "per_plan",
    "minimum",
];

/// The money of an option.
pub struct Money<'a, 'b> {
    scene: &'a Scene<'b>,
    history: &'a History,
    costs: Vec<Cost>,
    /// Under the scenario's own reading and each other: every locality's income, then the whole's.
    incomes: Vec<Vec<Income>>,
}

impl<'a, 'b> Money<'a, 'b> {
    pub fn new(scene: &'a Scene<'b>, history: &'a History) -> Self {
        let programme = scene.programme;
        let costs = costs(programme, scene.inputs, scene.option, history, scene.last());
        let settle = |funding: &Funding, allocations: &[&Allocation]| {
            let mut all = incomes(scene, funding, allocations, history, &costs);
            let mut whole = central(scene, funding);
            all.iter().for_each(|income| whole.add(income));
            all.push(whole);
            all
        };
        let own: Vec<&Allocation> = programme.localities.iter().map(|l| &l.allocation).collect();
        let mut incomes = vec![settle(&programme.funding, &own)];
        for reading in &programme.readings {
            let allocations: Vec<&Allocation> = reading.allocations.iter().collect();
            incomes.push(settle(&reading.funding, &allocations));
        }
        Money { scene, history, costs, incomes }
    }

    fn income(&self, reading: usize, place: Option<usize>) -> &Income {
        &self.incomes[reading][place.unwrap_or(self.scene.programme.localities.len())]
    }

    /// A place's costs, the programme's own among those of the whole.
    fn costs(&self, place: Option<usize>) -> Vec<Cost> {
        let here = |cost: &&Cost| place.is_none_or(|place| place == cost.locality);
        let mut all: Vec<Cost> = self.costs.iter().filter(here).cloned().collect();
        if let (None, Some(central)) = (place, &self.scene.programme.central) {
            for month in self.scene.programme.calendar.months() {
                all.push(Cost {
                    locality: usize::MAX,
                    line: central.name.clone(),
                    incurred: month.last,
                    paid: month.last,
                    amount: spread(self.scene, central.amount, month.first, month.last),
                    eligible: true,
                    invoiced: false,
                });
            }
        }
        all
    }

    fn before(
        &self,
        place: Option<usize>,
        of: fn(&workcast::model::programme::ToDate) -> Pence,
    ) -> Pence {
        let localities = self.scene.programme.localities.iter().enumerate();
        let here = localities.filter(|(index, _)| place.is_none_or(|place| place == *index));
        here.map(|(_, locality)| of(&locality.opening.money)).sum()
    }

    fn balance(&self, reading: usize, place: Option<usize>) -> Cash {
        let mut payments = payments(self.scene, &self.costs, place);
        if place.is_none() {
            for cost in self.costs(None).iter().filter(|cost| cost.locality == usize::MAX) {
                payments.enter(&self.scene.programme.calendar, cost.paid, -cost.amount);
            }
        }
        self.income(reading, place).cash(self.scene).with(&payments)
    }

    pub fn metrics(&self, place: Option<usize>, plans: i64) -> Metrics {
        let mut all = Metrics::new();
        self.spending(place, plans, &mut all);
        self.own_reading(place, &mut all);
        self.years(place, &mut all);
        self.readings(place, &mut all);
        self.providers(place, &mut all);
        all
    }

    fn cost(&self, place: Option<usize>) -> Pence {
        let since: Pence = self.costs(place).iter().map(|cost| cost.amount).sum();
        since + self.before(place, |money| money.cost)
    }

    fn spending(&self, place: Option<usize>, plans: i64, all: &mut Metrics) {
        let programme = self.scene.programme;
        let costs = self.costs(place);
        let own = programme.localities.iter().flat_map(|place| place.costs.iter().map(|c| &c.name));
        let services = programme.services.iter().map(|service| &service.name);
        let central = programme.central.iter().map(|central| &central.name);
        let named = own.chain(services).chain(central).map(String::as_str);
        for line in TEAM_LINES.into_iter().chain(named) {
            let of = costs.iter().filter(|cost| cost.line == line).map(|cost| cost.amount);
            all.insert(format!("cost.{line}"), pence(of.sum()));
        }
        let mut put = |name: &str, value| all.insert(name.to_owned(), value);
        let eligible = costs.iter().filter(|cost| cost.eligible).map(|cost| cost.amount);
        let eligible = eligible.sum::<Pence>() + self.before(place, |money| money.eligible);
        put("eligible_expenditure", pence(eligible));
        put("cost", pence(self.cost(place)));
        if programme.is_under_way() {
            put("cost.before", pence(self.before(place, |money| money.cost)));
            put("income.before", pence(self.income(0, place).before));
        }
        let per_plan = (plans > 0).then(|| self.cost(place).to_pounds() / plans as f64);
        put("cost_per_plan", Value::Real(per_plan));
    }

    fn own_reading(&self, place: Option<usize>, all: &mut Metrics) {
        let programme = self.scene.programme;
        let income = self.income(0, place);
        let mut put = |name: &str, value| all.insert(name.to_owned(), value);
        put("income_basic", pence(income.basic));
        put("income_participant", pence(income.participant));
        put("income_outcome", pence(income.outcome));
        if programme.central.is_some() && place.is_none() {
            put("income_central", pence(income.central));
        }
        put("disallowed", pence(income.disallowed));
        put("financing", Value::Real(Some(income.financing)));
        for (name, value) in self.of_reading(0, place) {
            put(name, value);
        }
        let (_, day) = self.balance(0, place).gap();
        put("cash_gap_day", Value::Whole(day.map(i64::from)));
        for (funder, &amount) in programme.funding.funders.iter().zip(&income.from) {
            put(&format!("income_from.{}", funder.name), pence(amount));
        }
        for (step, cash) in programme.funding.chain.iter().zip(&income.chain) {
            put(&format!("cash_gap_of.{}", step.name), pence(cash.gap().0));
        }
    }

    /// What every reading says.
    fn of_reading(&self, reading: usize, place: Option<usize>) -> [(&'static str, Value); 6] {
        let income = self.income(reading, place);
        let central = if place.is_none() { income.central } else { Pence::ZERO };
        [
            ("income", pence(income.total())),
            // What the programme has beside its localities is no part of their allocations.
            ("unclaimed", pence(income.allocated - (income.total() - central))),
            ("shortfall", pence(income.shortfall)),
            ("repaid", pence(income.repaid)),
            ("net", pence(income.total() - self.cost(place))),
            ("cash_gap", pence(self.balance(reading, place).gap().0)),
        ]
    }

    fn readings(&self, place: Option<usize>, all: &mut Metrics) {
        for (index, reading) in self.scene.programme.readings.iter().enumerate() {
            for (name, value) in self.of_reading(index + 1, place) {
                all.insert(format!("reading.{}.{name}", reading.name), value);
            }
        }
    }

    fn years(&self, place: Option<usize>, all: &mut Metrics) {
        let income = self.income(0, place);
        let costs = self.costs(place);
        for (index, year) in self.scene.programme.funding.years.iter().enumerate() {
            if year.is_over() {
                continue;
            }
            let mut put = |name: &str, amount| {
                all.insert(format!("{name}.{}", year.label), pence(amount));
            };
            let incurred = |cost: &&Cost| (year.first..=year.last).contains(&cost.incurred);
            let owed =
                |cost: &&Cost| cost.invoiced && cost.incurred <= year.ends && cost.paid > year.ends;
            put("cost_by_year", costs.iter().filter(incurred).map(|cost| cost.amount).sum());
            put("owed_to_providers_at", costs.iter().filter(owed).map(|cost| cost.amount).sum());
            put("income_by_year", income.by_year[index]);
            put("owed_by_funder_at", income.owed[index]);
        }
    }

    fn providers(&self, place: Option<usize>, all: &mut Metrics) {
        let scene = self.scene;
        for (team, worked) in scene.option.teams.iter().zip(&self.history.teams) {
            let serves = place.is_none_or(|place| team.serves.contains(&place));
            if team.own_costs.is_none() || !serves {
                continue;
            }
            let (mut charged, mut cost, mut cash) = (Pence::ZERO, Pence::ZERO, Cash::default());
            for entry in of_provider(scene.programme, scene.inputs, team, worked) {
                if place.is_some_and(|place| place != entry.locality) {
                    continue;
                }
                let calendar = &scene.programme.calendar;
                if entry.invoiced {
                    charged += entry.amount;
                    cash.enter(calendar, entry.paid, entry.amount);
                } else {
                    cost += entry.amount;
                    cash.enter(calendar, entry.paid, -entry.amount);
                }
            }
            all.insert(format!("provider_cost.{}", team.name), pence(cost));
            all.insert(format!("margin.{}", team.name), pence(charged - cost));
            all.insert(format!("cash_gap_of.{}", team.name), pence(cash.gap().0));
        }
    }

    pub fn monthly(&self, place: Option<usize>) -> BTreeMap<&'static str, Vec<i64>> {
        let months = self.scene.programme.calendar.months();
        let costs = self.costs(place);
        let sum = |dated: &dyn Fn(Day, Day) -> Pence| -> Vec<i64> {
            months.iter().map(|month| dated(month.first, month.last).get()).collect()
        };
        let spent = |first: Day, last: Day| {
            let in_it = costs.iter().filter(|cost| (first..=last).contains(&cost.incurred));
            in_it.map(|cost| cost.amount).sum()
        };
        let income = self.income(0, place);
        let before = self.before(place, |money| money.received);
        let received = |first: Day, last: Day| {
            let in_it = income.received.iter().filter(|(day, _)| (first..=last).contains(day));
            let all: Pence = in_it.map(|&(_, amount)| amount).sum();
            // What was received before day 0 is in the balance, but no receipt of the first month.
            if first == 0 { all - before } else { all }
        };
        let balance = self.balance(0, place);
        let claimed = |part: usize| {
            sum(&|first, last| {
                let in_it = income.claimed.iter().filter(|(day, _)| (first..=last).contains(day));
                in_it.map(|(_, parts)| parts[part]).sum()
            })
        };
        let outcomes =
            self.scene.programme.funding.outcome.map(|_| ("claimed_outcome", claimed(2)));
        let mut all = BTreeMap::from([
            ("claimed_basic", claimed(0)),
            ("claimed_participant", claimed(1)),
            ("cost", sum(&spent)),
            ("receipts", sum(&received)),
            ("balance", months.iter().map(|month| balance.balance(month.last).get()).collect()),
        ]);
        all.extend(outcomes);
        all
    }
}
