//! Metrics of money.

use super::{Outcome, Sink, Value, whole_day};
use crate::model::costs::TEAM_LINES;
use crate::model::income::Income;
use crate::model::metric::Kind;
use crate::quantity::Pence;

/// One amount of whole pence.
fn money(sink: &mut impl Sink, name: impl FnOnce() -> String, amount: Pence) {
    sink.put(Kind::Money, name, Value::Whole(Some(amount.get())));
}

impl Outcome<'_> {
    pub(super) fn money(&self, sink: &mut impl Sink) {
        self.spending(sink);
        self.income(sink);
        self.years(sink);
        self.readings(sink);
        self.gaps(sink);
    }

    fn spending(&self, sink: &mut impl Sink) {
        let spending = &self.books.spending;
        money(sink, || "cost".to_owned(), spending.cost);
        let own = self.own_costs.iter().map(String::as_str);
        for (line, &amount) in TEAM_LINES.into_iter().chain(own).zip(&spending.lines) {
            money(sink, || format!("cost.{line}"), amount);
        }
        if self.programme.is_under_way() {
            money(sink, || "cost.before".to_owned(), spending.before);
            money(sink, || "income.before".to_owned(), self.books.income.before);
        }
        money(sink, || "eligible_expenditure".to_owned(), spending.eligible);
    }

    fn income(&self, sink: &mut impl Sink) {
        let income = &self.books.income;
        for (name, amount) in [
            ("income_basic", income.basic),
            ("income_participant", income.participant),
            ("income_outcome", income.outcome),
        ] {
            money(sink, || name.to_owned(), amount);
        }
        if self.programme.central.is_some() && self.locality.is_none() {
            money(sink, || "income_central".to_owned(), income.central);
        }
        for (name, amount) in [
            ("income", income.total()),
            ("repaid", income.repaid),
            ("disallowed", income.disallowed),
            ("unclaimed", income.unclaimed),
            ("shortfall", income.shortfall),
            ("net", self.net(income)),
            ("cash_gap", income.cash_gap),
        ] {
            money(sink, || name.to_owned(), amount);
        }
        sink.put(Kind::Day, || "cash_gap_day".to_owned(), whole_day(income.cash_gap_day));
        let financing = Value::Real(Some(income.financing));
        sink.put(Kind::Pounds, || "financing".to_owned(), financing);
        let plans = self.tally.plans_in_all();
        let cost = self.books.spending.cost.to_pounds();
        let per_plan = (plans > 0).then(|| cost / plans as f64);
        sink.put(Kind::Pounds, || "cost_per_plan".to_owned(), Value::Real(per_plan));
        for (funder, &amount) in self.programme.funding.funders.iter().zip(&income.from) {
            money(sink, || format!("income_from.{}", funder.name), amount);
        }
    }

    fn net(&self, income: &Income) -> Pence {
        income.total() - self.books.spending.cost
    }

    fn years(&self, sink: &mut impl Sink) {
        let (spending, income) = (&self.books.spending, &self.books.income);
        let years = self.programme.funding.years.iter().enumerate();
        for (index, year) in years.filter(|(_, year)| !year.is_over()) {
            for (name, amount) in [
                ("cost_by_year", spending.cost_by_year[index]),
                ("income_by_year", income.by_year[index]),
                ("owed_by_funder_at", income.owed_by_funder[index]),
                ("owed_to_providers_at", spending.owed_to_providers[index]),
            ] {
                money(sink, || format!("{name}.{}", year.label), amount);
            }
        }
    }

    /// The same people and costs under other readings of the funding rules.
    fn readings(&self, sink: &mut impl Sink) {
        for (reading, income) in self.programme.readings.iter().zip(&self.books.readings) {
            for (name, amount) in [
                ("income", income.total()),
                ("unclaimed", income.unclaimed),
                ("shortfall", income.shortfall),
                ("repaid", income.repaid),
                ("net", self.net(income)),
                ("cash_gap", income.cash_gap),
            ] {
                money(sink, || format!("reading.{}.{name}", reading.name), amount);
            }
        }
    }

    /// Who carries how much until the money comes: each step of the chain, each provider.
    fn gaps(&self, sink: &mut impl Sink) {
        let chain = self.programme.funding.chain.iter();
        for (step, &gap) in chain.zip(&self.books.income.gaps_of_chain) {
            money(sink, || format!("cash_gap_of.{}", step.name), gap);
        }
        for provider in &self.books.providers {
            let team = &self.option.teams[provider.team];
            if self.locality.is_some_and(|locality| !team.serves.contains(&locality)) {
                continue;
            }
            money(sink, || format!("provider_cost.{}", team.name), provider.cost);
            money(sink, || format!("margin.{}", team.name), provider.margin());
            money(sink, || format!("cash_gap_of.{}", team.name), provider.cash_gap);
        }
    }
}
