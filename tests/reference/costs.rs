//! What delivery costs: every cost with its day, its line and its locality (MODEL, section 7).

use workcast::model::programme::{CostTime, DeliveryOption, Price, Programme, Team, TeamCosts};
use workcast::quantity::money::{half_up, split};
use workcast::quantity::time::{DAYS_PER_YEAR, whole_days};
use workcast::quantity::{Day, Month, Pence};

use crate::history::{Coach, Comes, History, Stint, TeamHistory};

#[derive(Clone, Debug)]
pub struct Cost {
    pub locality: usize,
    pub line: String,
    pub incurred: Day,
    pub paid: Day,
    pub amount: Pence,
    pub eligible: bool,
    pub invoiced: bool,
}

/// Every cost, as far as it has come by the end of a day. What is paid by the month stands on the
/// month's last day.
pub fn costs(
    programme: &Programme,
    inputs: &[f64],
    option: &DeliveryOption,
    history: &History,
    horizon: Day,
) -> Vec<Cost> {
    let mut all = Vec::new();
    for (locality, place) in programme.localities.iter().enumerate() {
        for cost in &place.costs {
            let pounds = cost.amount.get(inputs);
            let mut enter = |day: Day, amount: Pence| {
                all.push(Cost {
                    locality,
                    line: cost.name.clone(),
                    incurred: day,
                    paid: day,
                    amount,
                    eligible: cost.eligible,
                    invoiced: false,
                });
            };
            match cost.when {
                CostTime::Once { on } if on.max(0) <= horizon => {
                    enter(on.max(0), Pence::from_pounds(pounds));
                }
                CostTime::Once { .. } => {}
                CostTime::Monthly { from, until } => {
                    let of = |month: &Month| {
                        let part = days_of(month, from, until.min(horizon)) / f64::from(month.days);
                        pounds * 100.0 * part
                    };
                    for (month, amount) in by_month(programme, of) {
                        enter(month, amount);
                    }
                }
            }
        }
    }
    for (team, worked) in option.teams.iter().zip(&history.teams) {
        let at = TeamAt { programme, inputs, team, worked, horizon };
        all.extend(at.employs(&team.costs));
        all.extend(team.price.iter().flat_map(|price| at.invoices(price)));
    }
    for used in history.uses.iter().filter(|used| used.day <= horizon) {
        let service = &programme.services[used.service];
        all.push(Cost {
            locality: used.locality,
            line: service.name.clone(),
            incurred: used.day,
            paid: used.day,
            amount: Pence::from_pounds(service.unit_cost.get(inputs)),
            eligible: service.eligible,
            invoiced: false,
        });
    }
    all.retain(|cost| cost.amount != Pence::ZERO);
    all
}

/// What a provider with costs of its own invoices (`invoiced`), and what its work costs it.
pub fn of_provider(
    programme: &Programme,
    inputs: &[f64],
    team: &Team,
    worked: &TeamHistory,
) -> Vec<Cost> {
    let horizon = programme.calendar.last();
    let at = TeamAt { programme, inputs, team, worked, horizon };
    let mut all: Vec<Cost> = team.price.iter().flat_map(|price| at.invoices(price)).collect();
    all.extend(team.own_costs.iter().flat_map(|costs| at.employs(costs)));
    all
}

/// Days of a month between two days, both included.
fn days_of(month: &Month, from: Day, until: Day) -> f64 {
    f64::from((month.last.min(until) - month.first.max(from) + 1).max(0))
}

/// Each month's last day, and what the month's real pence add to the rounded cumulative amount.
fn by_month(programme: &Programme, of: impl Fn(&Month) -> f64) -> Vec<(Day, Pence)> {
    let months = programme.calendar.months();
    let to = |count: usize| half_up(months[..count].iter().map(&of).sum());
    let amount = |count: usize| Pence::new(to(count + 1) - to(count));
    months.iter().enumerate().map(|(count, month)| (month.last, amount(count))).collect()
}

/// The first of a stint's days that no longer counts.
fn stint_on(worked: &TeamHistory, day: Day) -> bool {
    let works = |stint: &Stint| stint.ready <= day && stint.fails.is_none_or(|fails| day < fails);
    worked.stints.iter().any(works)
}

/// A team and what it did to a day.
struct TeamAt<'a> {
    programme: &'a Programme,
    inputs: &'a [f64],
    team: &'a Team,
    worked: &'a TeamHistory,
    horizon: Day,
}

impl TeamAt<'_> {
    /// An amount that belongs to no person is split between the localities by agreed participants.
    fn split(
        &self,
        line: &str,
        days: (Day, Day),
        amount: Pence,
        eligible: bool,
        invoiced: bool,
    ) -> Vec<Cost> {
        let serves = &self.team.serves;
        let agreed: Vec<i64> =
            serves.iter().map(|&place| self.programme.localities[place].agreed).collect();
        let parts = if serves.len() == 1 { vec![amount] } else { split(amount, &agreed) };
        let each = serves.iter().zip(parts).map(|(&locality, amount)| Cost {
            locality,
            line: line.to_owned(),
            incurred: days.0,
            paid: days.1,
            amount,
            eligible,
            invoiced,
        });
        each.collect()
    }

    /// Salaries, management, agency, hires, set-up, and what is due at the contract's end.
    fn employs(&self, costs: &TeamCosts) -> Vec<Cost> {
        let mut all = Vec::new();
        let mut add = |line: &str, day: Day, amount: Pence| {
            all.extend(self.split(line, (day, day), amount, costs.eligible, false));
        };
        let managed = 1.0 + costs.management.get(self.inputs);
        let dearer =
            self.team.agency.map_or(0.0, |agency| 1.0 + agency.costs_more.get(self.inputs));
        let months = self.programme.calendar.months();
        let mut salaries = vec![Pence::ZERO; months.len()];
        let (mut with_management, mut agency) = (salaries.clone(), salaries.clone());
        for post in 0..self.team.posts {
            let pay = |month: &Month, cover: bool| self.pay(costs, post, month, cover);
            let own = by_month(self.programme, |month| pay(month, false));
            let whole = by_month(self.programme, |month| pay(month, false) * managed);
            let cover = by_month(self.programme, |month| pay(month, true) * dearer);
            for index in 0..months.len() {
                salaries[index] += own[index].1;
                with_management[index] += whole[index].1;
                agency[index] += cover[index].1;
            }
        }
        for (index, month) in months.iter().enumerate() {
            add("salary", month.last, salaries[index]);
            add("management", month.last, with_management[index] - salaries[index]);
            add("agency", month.last, agency[index]);
        }
        for coach in self.worked.coaches.iter().filter(|coach| coach.comes == Comes::Hired) {
            let day = coach.from.max(0);
            if coach.to >= 0 && day <= self.worked.works_until.min(self.horizon) {
                add("training", day, Pence::from_pounds(costs.training.get(self.inputs)));
                add("recruitment", day, Pence::from_pounds(costs.recruitment.get(self.inputs)));
            }
        }
        add("setup", 0, Pence::from_pounds(costs.setup.get(self.inputs)));
        if let Some(end) = self.team.contract_ends {
            let in_post = |coach: &Coach| (coach.from..=coach.to).contains(&end);
            let open = stint_on(self.worked, end) || self.worked.coaches.iter().any(in_post);
            if end >= 0 && end <= self.horizon.min(self.worked.works_until) && open {
                let each = Pence::from_pounds(costs.at_end.get(self.inputs));
                add("at_end", end, each.times(i64::from(self.team.posts)));
            }
        }
        all
    }

    /// Pence that a post's own coaches, or an agency's, earn in a month, at the salary of each day.
    fn pay(&self, costs: &TeamCosts, post: u32, month: &Month, cover: bool) -> f64 {
        let in_it = |coach: &&Coach| coach.post == post && (coach.comes == Comes::Agency) == cover;
        let until = self.worked.works_until.min(self.horizon);
        let of_coach = |coach: &Coach| -> f64 {
            let steps = costs.salary.iter().enumerate();
            let pay = steps.map(|(index, (from, pounds))| {
                let from = if index == 0 { Day::MIN } else { *from };
                let next = costs.salary.get(index + 1).map_or(Day::MAX, |(next, _)| next - 1);
                let days = days_of(month, coach.from.max(from), coach.to.min(until).min(next));
                days * (pounds.get(self.inputs) * 100.0 / DAYS_PER_YEAR)
            });
            pay.sum::<f64>() * self.team.fte
        };
        self.worked.coaches.iter().filter(in_it).map(of_coach).sum()
    }

    /// A provider's invoices.
    fn invoices(&self, price: &Price) -> Vec<Cost> {
        let after = whole_days(price.paid_after.get(self.inputs));
        let pence = |pounds: f64| Pence::from_pounds(pounds);
        let ends = self.worked.works_until.min(self.team.contract_ends.unwrap_or(Day::MAX));
        let mut all = Vec::new();
        let mut invoice = |line: &str, day: Day, amount: Pence| {
            all.extend(self.split(line, (day, day + after), amount, price.eligible, true));
        };
        for stint in &self.worked.stints {
            let ready = stint.ready.max(0);
            if ready <= ends.min(self.horizon) {
                invoice("set_up_fee", ready, pence(price.set_up_fee.get(self.inputs)));
            }
        }
        let block = |month: &Month| {
            let works = |stint: &Stint| {
                let fails = stint.fails.map_or(Day::MAX, |fails| fails - 1);
                days_of(month, stint.ready, ends.min(fails).min(self.horizon))
            };
            let days: f64 = self.worked.stints.iter().map(works).sum();
            price.block_per_month.get(self.inputs) * 100.0 * days / f64::from(month.days)
        };
        for (day, amount) in by_month(self.programme, block) {
            invoice("block", day, amount);
        }
        let each = pence(price.per_plan.get(self.inputs));
        for month in self.programme.calendar.months() {
            for &locality in &self.team.serves {
                let dated = |&&(day, place): &&(Day, usize)| {
                    let in_month = (month.first..=month.last.min(self.horizon)).contains(&day);
                    place == locality && in_month
                };
                let plans = self.worked.plans.iter().filter(dated).count() as i64;
                all.push(Cost {
                    locality,
                    line: "per_plan".to_owned(),
                    incurred: month.last,
                    paid: month.last + after,
                    amount: each.times(plans),
                    eligible: price.eligible,
                    invoiced: true,
                });
            }
        }
        if ends >= 0 && ends <= self.horizon && stint_on(self.worked, ends) {
            let invoiced: Pence = all.iter().map(|cost| cost.amount).sum();
            let minimum = pence(price.minimum.get(self.inputs));
            let balance = (minimum - invoiced).at_least_zero();
            all.extend(self.split("minimum", (ends, ends + after), balance, price.eligible, true));
        }
        all
    }
}
