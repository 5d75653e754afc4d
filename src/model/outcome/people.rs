//! Metrics of people: where referrals end, plans, outcomes, the target.

use super::{Outcome, Sink, Value, whole_day};
use crate::model::metric::Kind;

impl Outcome<'_> {
    pub(super) fn people(&self, sink: &mut impl Sink) {
        let tally = self.tally;
        let mut people = |name: &str, count| {
            sink.put(Kind::People, || name.to_owned(), Value::Whole(Some(count)));
        };
        people("opening_waiting", tally.opening_waiting);
        people("opening_in_support", tally.opening_in_support);
        people("opening_plans", tally.opening_plans);
        people("referrals", tally.referrals);
        people("eligible", tally.eligible);
        people("signposted", tally.signposted);
        people("withdrew", tally.withdrew);
        people("did_not_attend", tally.did_not_attend);
        people("no_plan", tally.no_plan);
        people("disrupted", tally.disrupted);
        people("in_triage_at_end", tally.in_triage_at_end);
        people("waiting_at_end", tally.waiting_at_end);
        people("before_plan_at_end", tally.before_plan_at_end);
        people("plans", tally.plans);
        people("plans_in_all", tally.plans_in_all());
        for year in self.programme.funding.years.iter().filter(|year| !year.is_over()) {
            let days = year.first as usize..=year.last as usize;
            let plans = tally.plans_by_day[days].iter().map(|&plans| i64::from(plans)).sum();
            people(&format!("plans_by_year.{}", year.label), plans);
        }
        people("in_support_at_end", tally.in_support_at_end);
        people("in_work_support_at_end", tally.in_work_support_at_end);
        people("completed", tally.completed);
        people("disengaged", tally.disengaged);
        people("in_work", tally.in_work());
        people("kept_work", tally.kept_work);
        people("found_work", tally.found_work);
        people("sustained", tally.sustained);
        self.target(sink);
    }

    pub(super) fn target(&self, sink: &mut impl Sink) {
        let agreed = self.agreed();
        let at_end = Value::Whole(Some(agreed));
        sink.put(Kind::People, || "agreed_at_end".to_owned(), at_end);
        let met = Value::Whole(Some(i64::from(self.tally.plans_in_all() >= agreed)));
        sink.put(Kind::Chance, || "target_met".to_owned(), met);
        for target in &self.programme.targets {
            let name = || format!("target_met.{}", target.outcome.metric());
            let met = Value::Whole(self.tally.meets(*target).map(i64::from));
            sink.put(Kind::Chance, name, met);
        }
        let day = self.tally.target_day(agreed);
        sink.put(Kind::Day, || "target_day".to_owned(), whole_day(day));
        if self.locality.is_none() {
            let localities = self.programme.localities.iter().zip(&self.delivery.places);
            let met = localities.filter(|(locality, place)| {
                place.tally.plans_in_all() >= place.agreed(locality.agreed)
            });
            let met = met.count();
            let all = i64::from(met == self.programme.localities.len());
            let count = Value::Whole(Some(met as i64));
            sink.put(Kind::People, || "localities_on_target".to_owned(), count);
            let name = || "all_localities_on_target".to_owned();
            sink.put(Kind::Chance, name, Value::Whole(Some(all)));
        }
    }

    /// What published figures of this place are set beside.
    pub(super) fn published(&self, sink: &mut impl Sink) {
        let own = self.programme.published.iter().filter(|count| {
            let option = count.option.as_ref();
            count.locality == self.locality && option.is_none_or(|name| *name == self.option.name)
        });
        for count in own {
            let value = count.counted.until(self.tally, count.until);
            let name = || format!("published.{}", count.name);
            sink.put(Kind::People, name, Value::Whole(Some(value)));
        }
    }

    pub(super) fn agreed(&self) -> i64 {
        match self.locality {
            Some(locality) => {
                let agreed = self.programme.localities[locality].agreed;
                self.delivery.places[locality].agreed(agreed)
            }
            // What moves between localities leaves the sum as it is.
            None => self.programme.localities.iter().map(|locality| locality.agreed).sum(),
        }
    }
}
