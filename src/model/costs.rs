//! What delivery costs, entry by entry: who is paid what, for which month, and when.
//!
//! Running costs are rounded as MODEL section 7 says: a month's amount is the rounded cumulative
//! amount to its end minus that to its start, for each post or team.

use super::caseload::Caseload;
use super::programme::{CostTime, Price, Programme, Team, TeamCosts};
use super::service::Use;
use super::staffing::{Coach, NEVER, Occupancy, Staffing};
use crate::quantity::money::{half_up, split};
use crate::quantity::time::{DAYS_PER_YEAR, whole_days};
use crate::quantity::{Day, Month, Pence};

/// The lines on which a team's cost stands, in the order in which they are shown. A locality's own
/// costs follow, one line each.
pub const TEAM_LINES: [&str; 11] = [
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

const SALARY: usize = 0;
const MANAGEMENT: usize = 1;
const AGENCY: usize = 2;
const TRAINING: usize = 3;
const RECRUITMENT: usize = 4;
const AT_END: usize = 5;
const SETUP: usize = 6;
const SET_UP_FEE: usize = 7;
const BLOCK: usize = 8;
const PER_PLAN: usize = 9;
const MINIMUM: usize = 10;

/// One cost, as it goes into the books of one locality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The locality that bears it.
    pub locality: usize,
    /// Its line: an index into [`TEAM_LINES`], or behind them the locality's own cost.
    pub line: usize,
    /// The day on which it is incurred, which decides its month and quarter.
    pub incurred: Day,
    /// The day on which it is paid.
    pub paid: Day,
    /// How much.
    pub amount: Pence,
    /// Whether it may be claimed.
    pub eligible: bool,
    /// Whether a provider invoices it.
    pub invoiced: bool,
}

/// What the day loop knows of a team's work.
#[derive(Clone, Copy, Debug)]
pub struct Work<'a> {
    /// The team.
    pub team: &'a Team,
    /// Its staff.
    pub staffing: &'a Staffing,
    /// Its people.
    pub caseload: &'a Caseload,
}

/// Where entries go, and up to which day costs count.
pub struct Costing<'a, F: FnMut(Entry)> {
    /// The programme.
    pub programme: &'a Programme,
    /// The values of its inputs in this world.
    pub inputs: &'a [f64],
    /// For each locality, the line on which each of its own costs stands.
    pub own_lines: &'a [Vec<usize>],
    /// The last day that counts.
    pub horizon: Day,
    /// Takes the entries.
    pub post: F,
}

/// The lines of cost behind [`TEAM_LINES`]. Costs of one name stand on one line of the programme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnLines {
    /// Their names, each once: localities' own costs in file order, then onward services,
    /// then the programme's own.
    pub names: Vec<String>,
    /// For each locality, the line on which each of its own costs stands.
    pub of_locality: Vec<Vec<usize>>,
    /// The line on which each onward service stands.
    pub services: Vec<usize>,
    /// The line of what the programme spends that no locality does.
    pub central: Option<usize>,
}

impl OwnLines {
    /// The lines of a programme.
    pub fn new(programme: &Programme) -> Self {
        let mut lines = OwnLines::default();
        for locality in &programme.localities {
            let own = locality.costs.iter().map(|cost| lines.line(&cost.name)).collect();
            lines.of_locality.push(own);
        }
        lines.services = programme.services.iter().map(|s| lines.line(&s.name)).collect();
        lines.central = programme.central.as_ref().map(|central| lines.line(&central.name));
        lines
    }

    /// How many lines there are in all.
    pub fn count(&self) -> usize {
        TEAM_LINES.len() + self.names.len()
    }

    /// The line of a name, made if it is new.
    fn line(&mut self, name: &str) -> usize {
        let known = self.names.iter().position(|known| known == name);
        let index = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        TEAM_LINES.len() + index
    }
}

/// A real amount that grows; each instalment is what its rounding adds.
#[derive(Clone, Copy, Default)]
struct Running(f64);

impl Running {
    fn add(&mut self, pence: f64) -> Pence {
        let before = half_up(self.0);
        self.0 += pence;
        Pence::new(half_up(self.0) - before)
    }
}

impl<F: FnMut(Entry)> Costing<'_, F> {
    /// The locality's own costs.
    pub fn locality(&mut self, locality: usize) {
        for (index, cost) in self.programme.localities[locality].costs.iter().enumerate() {
            let pounds = cost.amount.get(self.inputs);
            let line = self.own_lines[locality][index];
            match cost.when {
                CostTime::Once { on } => {
                    let on = on.max(0);
                    if on <= self.horizon {
                        let amount = Pence::from_pounds(pounds);
                        self.enter(locality, line, (on, on), amount, cost.eligible, false);
                    }
                }
                CostTime::Monthly { from, until } => {
                    let mut running = Running::default();
                    for month in self.programme.calendar.months() {
                        let days = overlap(month, from, until.min(self.horizon));
                        let part = f64::from(days) / f64::from(month.days);
                        let amount = running.add(pounds * 100.0 * part);
                        let day = (month.last, month.last);
                        self.enter(locality, line, day, amount, cost.eligible, false);
                    }
                }
            }
        }
    }

    /// Uses of onward services, each on the day on which it begins.
    pub fn services(&mut self, uses: &[Use], lines: &[usize]) {
        let services = &self.programme.services;
        let each: Vec<Pence> = services
            .iter()
            .map(|service| Pence::from_pounds(service.unit_cost.get(self.inputs)))
            .collect();
        let horizon = self.horizon;
        for used in uses.iter().filter(|used| used.day <= horizon) {
            let day = (used.day, used.day);
            let (amount, eligible) = (each[used.service], services[used.service].eligible);
            self.enter(used.locality, lines[used.service], day, amount, eligible, false);
        }
    }

    /// Everything a team costs.
    pub fn team(&mut self, work: Work<'_>) {
        self.salaries(work, &work.team.costs);
        self.hires(work, &work.team.costs);
        self.one_offs(work, &work.team.costs);
        if let Some(price) = &work.team.price {
            self.invoices(work, price);
        }
    }

    /// What a provider invoices, and what its work costs itself.
    pub fn provider(&mut self, work: Work<'_>) {
        if let Some(price) = &work.team.price {
            self.invoices(work, price);
        }
        if let Some(costs) = &work.team.own_costs {
            self.salaries(work, costs);
            self.hires(work, costs);
            self.one_offs(work, costs);
        }
    }

    /// Salary x (1 + management) per FTE at 1/365.25 a day in post, paid at each month's end; for
    /// an agency's coach salary x (1 + what they cost more), without management.
    fn salaries(&mut self, work: Work<'_>, costs: &TeamCosts) {
        let steps: Vec<(Day, f64)> = costs
            .salary
            .iter()
            .map(|&(from, pounds)| (from, pounds.get(self.inputs) * 100.0 / DAYS_PER_YEAR))
            .collect();
        if steps.is_empty() {
            return;
        }
        let managed = 1.0 + costs.management.get(self.inputs);
        let dearer = work.team.agency.map_or(0.0, |a| 1.0 + a.costs_more.get(self.inputs));
        let posts = work.team.posts as usize;
        let mut salary = vec![Running::default(); posts];
        let mut whole = vec![Running::default(); posts];
        let mut cover = vec![Running::default(); posts];
        // For each post, what its own coach earns in a month, and what one from an agency would.
        let mut earned = vec![(0.0, 0.0); posts];
        for month in self.programme.calendar.months() {
            earned.fill((0.0, 0.0));
            for occupancy in &work.staffing.occupancies {
                let pence =
                    self.in_post(month, occupancy, work.caseload.ends, &steps) * work.team.fte;
                let (own, agency) = &mut earned[occupancy.post as usize];
                match occupancy.coach {
                    Coach::There | Coach::Hired => *own += pence,
                    Coach::Agency => *agency += pence,
                }
            }
            let (mut salaries, mut together, mut covers) = (Pence::ZERO, Pence::ZERO, Pence::ZERO);
            for (post, &(own, agency)) in earned.iter().enumerate() {
                salaries += salary[post].add(own);
                together += whole[post].add(own * managed);
                if agency > 0.0 {
                    covers += cover[post].add(agency * dearer);
                }
            }
            let day = (month.last, month.last);
            self.share_out(work.team, SALARY, day, salaries, costs.eligible, false);
            self.share_out(work.team, MANAGEMENT, day, together - salaries, costs.eligible, false);
            self.share_out(work.team, AGENCY, day, covers, costs.eligible, false);
        }
    }

    /// One FTE's pay for the days of a month in post, in pence, at the salary of each day.
    fn in_post(
        &self,
        month: &Month,
        occupancy: &Occupancy,
        ends: Day,
        steps: &[(Day, f64)],
    ) -> f64 {
        let to = occupancy.to.min(ends).min(self.horizon);
        let mut pence = 0.0;
        for (index, &(from, per_day)) in steps.iter().enumerate() {
            // The first salary holds before its day too.
            let from = if index == 0 { Day::MIN } else { from };
            let until = steps.get(index + 1).map_or(NEVER, |&(next, _)| next - 1);
            let days = overlap(month, occupancy.from.max(from), to.min(until));
            pence += f64::from(days) * per_day;
        }
        pence
    }

    /// Training and recruitment for each hire, on the first day (day 0 if that is before it).
    fn hires(&mut self, work: Work<'_>, costs: &TeamCosts) {
        let training = Pence::from_pounds(costs.training.get(self.inputs));
        let recruitment = Pence::from_pounds(costs.recruitment.get(self.inputs));
        for occupancy in &work.staffing.occupancies {
            let day = occupancy.from.max(0);
            if occupancy.coach != Coach::Hired
                || occupancy.to < 0
                || day > work.caseload.ends.min(self.horizon)
            {
                continue;
            }
            self.share_out(work.team, TRAINING, (day, day), training, costs.eligible, false);
            self.share_out(work.team, RECRUITMENT, (day, day), recruitment, costs.eligible, false);
        }
    }

    /// Set-up on day 0, and what is due for each post that the contract's end closes.
    fn one_offs(&mut self, work: Work<'_>, costs: &TeamCosts) {
        let setup = Pence::from_pounds(costs.setup.get(self.inputs));
        self.share_out(work.team, SETUP, (0, 0), setup, costs.eligible, false);
        let Some(end) = work.team.contract_ends else { return };
        let open = work.staffing.stint_on(end).is_some()
            || work.staffing.occupancies.iter().any(|post| (post.from..=post.to).contains(&end));
        if (0..=self.horizon.min(work.caseload.ends)).contains(&end) && open {
            let each = Pence::from_pounds(costs.at_end.get(self.inputs));
            let due = each.times(i64::from(work.team.posts));
            self.share_out(work.team, AT_END, (end, end), due, costs.eligible, false);
        }
    }

    /// A provider's invoices: its set-up fee when ready, its block and its price per plan at each
    /// month's end, and the balance to a minimum on its last day if it has worked to its end.
    fn invoices(&mut self, work: Work<'_>, price: &Price) {
        let after = whole_days(price.paid_after.get(self.inputs));
        let eligible = price.eligible;
        let fee = Pence::from_pounds(price.set_up_fee.get(self.inputs));
        let block = price.block_per_month.get(self.inputs) * 100.0;
        let each = Pence::from_pounds(price.per_plan.get(self.inputs));
        let team = work.team;
        let work_ends = work.caseload.ends.min(team.contract_ends.unwrap_or(NEVER));
        let mut invoiced = Pence::ZERO;
        for stint in &work.staffing.stints {
            let ready = stint.ready.max(0);
            if ready <= self.horizon.min(work_ends) {
                invoiced += fee;
                self.share_out(team, SET_UP_FEE, (ready, ready + after), fee, eligible, true);
            }
        }
        let mut running = Running::default();
        for month in self.programme.calendar.months() {
            let days: i32 = work
                .staffing
                .stints
                .iter()
                .map(|stint| {
                    let until = work_ends.min(stint.fails.saturating_sub(1)).min(self.horizon);
                    overlap(month, stint.ready, until)
                })
                .sum();
            let amount = running.add(block * f64::from(days) / f64::from(month.days));
            let day = (month.last, month.last + after);
            invoiced += amount;
            self.share_out(team, BLOCK, day, amount, eligible, true);
            for (served, &locality) in team.serves.iter().enumerate() {
                let after = month.last.min(self.horizon) + 1;
                let days = month.first as usize..after.max(month.first) as usize;
                let plans = work.caseload.plans(served)[days].iter();
                let plans: i64 = plans.map(|&plans| i64::from(plans)).sum();
                invoiced += each.times(plans);
                self.enter(locality, PER_PLAN, day, each.times(plans), eligible, true);
            }
        }
        let worked_to_its_end = work_ends >= 0 && work.staffing.stint_on(work_ends).is_some();
        if worked_to_its_end && work_ends <= self.horizon {
            let minimum = Pence::from_pounds(price.minimum.get(self.inputs));
            let balance = (minimum - invoiced).at_least_zero();
            let day = (work_ends, work_ends + after);
            self.share_out(team, MINIMUM, day, balance, eligible, true);
        }
    }

    /// A team's cost that belongs to no person: split between the localities it serves by agreed
    /// participants, largest remainder.
    fn share_out(
        &mut self,
        team: &Team,
        line: usize,
        day: (Day, Day),
        amount: Pence,
        eligible: bool,
        invoiced: bool,
    ) {
        if let [locality] = team.serves[..] {
            self.enter(locality, line, day, amount, eligible, invoiced);
            return;
        }
        let agreed: Vec<i64> =
            team.serves.iter().map(|&place| self.programme.localities[place].agreed).collect();
        for (&locality, part) in team.serves.iter().zip(split(amount, &agreed)) {
            self.enter(locality, line, day, part, eligible, invoiced);
        }
    }

    fn enter(
        &mut self,
        locality: usize,
        line: usize,
        (incurred, paid): (Day, Day),
        amount: Pence,
        eligible: bool,
        invoiced: bool,
    ) {
        if amount != Pence::ZERO {
            (self.post)(Entry { locality, line, incurred, paid, amount, eligible, invoiced });
        }
    }
}

/// Days of a month between two days, both included.
fn overlap(month: &Month, from: Day, until: Day) -> i32 {
    (month.last.min(until) - month.first.max(from) + 1).max(0)
}
