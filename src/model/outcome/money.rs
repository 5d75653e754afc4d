//! Metrics of money.

use super::{Outcome, Sink, Value, whole_day};
use crate::model::costs::TEAM_LINES;
use crate::model::metric::Kind;
use crate::quantity::Pence;

impl Outcome<'_> {
    pub(super) fn money(&self, sink: &mut impl Sink) {
        let books = self.books;
        let mut money = |name: &str, amount: Pence| {
            sink.put(Kind::Money, || name.to_owned(), Value::Whole(Some(amount.get())));
        };
        money("cost", books.cost);
        let own = self.own_costs.iter().map(String::as_str);
        for (line, &amount) in TEAM_LINES.into_iter().chain(own).zip(&books.lines) {
            money(&format!("cost.{line}"), amount);
        }
        money("eligible_expenditure", books.eligible);
        money("income_basic", books.income_basic);
        money("income_participant", books.income_participant);
        money("income", books.income());
        money("disallowed", books.disallowed);
        money("unclaimed", books.unclaimed);
        money("shortfall", books.shortfall);
        money("net", books.income() - books.cost);
        money("cash_gap", books.cash_gap);
        sink.put(Kind::Day, || "cash_gap_day".to_owned(), whole_day(books.cash_gap_day));
        let financing = Value::Real(Some(books.financing));
        sink.put(Kind::Pounds, || "financing".to_owned(), financing);
        let plans = self.tally.plans;
        let per_plan = (plans > 0).then(|| books.cost.to_pounds() / plans as f64);
        sink.put(Kind::Pounds, || "cost_per_plan".to_owned(), Value::Real(per_plan));
        for (index, year) in self.programme.funding.years.iter().enumerate() {
            let mut money = |name: &str, amount: Pence| {
                let name = || format!("{name}.{}", year.label);
                sink.put(Kind::Money, name, Value::Whole(Some(amount.get())));
            };
            money("cost_by_year", books.cost_by_year[index]);
            money("income_by_year", books.income_by_year[index]);
            money("owed_by_funder_at", books.owed_by_funder[index]);
            money("owed_to_providers_at", books.owed_to_providers[index]);
        }
    }
}
