//! What is counted of a locality's people under one option, and added up for the programme.

use super::group::Groups;
use super::pathway::Work;
use super::people::Person;
use super::programme::{Programme, Target, TargetOutcome};
use super::service::ServiceTally;
use crate::quantity::{Calendar, Day, FixedShare};

/// Counts of one locality, or of the whole programme. Every referral is in exactly one end state.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// On the coaches' list on day 0.
    pub opening_waiting: i64,
    /// In support on day 0.
    pub opening_in_support: i64,
    /// Plans agreed before day 0.
    pub opening_plans: i64,
    /// People referred.
    pub referrals: i64,
    /// Of them, those for whom the programme is right.
    pub eligible: i64,
    /// Signposted elsewhere.
    pub signposted: i64,
    /// Stopped waiting.
    pub withdrew: i64,
    /// Missed every appointment.
    pub did_not_attend: i64,
    /// Seen, but no plan was agreed.
    pub no_plan: i64,
    /// Their provider failed during support.
    pub disrupted: i64,
    /// At the access point, or awaiting its decision, on the last day.
    pub in_triage_at_end: i64,
    /// On the list on the last day.
    pub waiting_at_end: i64,
    /// With a coach but without a plan on the last day.
    pub before_plan_at_end: i64,
    /// Plans agreed.
    pub plans: i64,
    /// In support on the last day.
    pub in_support_at_end: i64,
    /// Of those who found a job, still supported in work on the last day.
    pub in_work_support_at_end: i64,
    /// Had their full support, or found a job before its end.
    pub completed: i64,
    /// Left support early.
    pub disengaged: i64,
    /// In work at the end of support, and employed at the start.
    pub kept_work: i64,
    /// In work at the end of support, and not employed at the start.
    pub found_work: i64,
    /// Of those in work, still so after the sustainment period.
    pub sustained: i64,
    /// How many were allocated after a wait of so many days (first allocation only).
    pub waits: Vec<u32>,
    /// People seen, and the days from their referrals to the attended appointments.
    pub seen: i64,
    /// Sum of those days.
    pub days_to_appointment: i64,
    /// Eligible referrals whose 28 days fall within the programme.
    pub could_be_seen_within_28_days: i64,
    /// Of them, those seen within 28 days.
    pub seen_within_28_days: i64,
    /// People on the list at each day's end.
    pub waiting_by_day: Vec<i32>,
    /// People holding a slot at each day's end.
    pub caseload_by_day: Vec<i32>,
    /// Referrals on each day.
    pub referrals_by_day: Vec<u32>,
    /// Of them, on each day, those for whom the programme is right.
    pub eligible_by_day: Vec<u32>,
    /// Plans agreed on each day.
    pub plans_by_day: Vec<u32>,
    /// First attended appointments on each day.
    pub starts_by_day: Vec<u32>,
    /// People whose support ended on each day with work that they had not at the start.
    pub found_work_by_day: Vec<u32>,
    /// By cohort and attribute.
    pub groups: Groups,
    /// By onward service.
    pub services: Vec<ServiceTally>,
}

impl Tally {
    /// Back to nothing, for a programme of `days` days.
    pub fn clear(&mut self, days: usize, programme: &Programme) {
        let mut empty = Tally {
            waits: std::mem::take(&mut self.waits),
            waiting_by_day: std::mem::take(&mut self.waiting_by_day),
            caseload_by_day: std::mem::take(&mut self.caseload_by_day),
            referrals_by_day: std::mem::take(&mut self.referrals_by_day),
            eligible_by_day: std::mem::take(&mut self.eligible_by_day),
            plans_by_day: std::mem::take(&mut self.plans_by_day),
            starts_by_day: std::mem::take(&mut self.starts_by_day),
            found_work_by_day: std::mem::take(&mut self.found_work_by_day),
            groups: std::mem::take(&mut self.groups),
            services: std::mem::take(&mut self.services),
            ..Tally::default()
        };
        for counts in [
            &mut empty.waits,
            &mut empty.referrals_by_day,
            &mut empty.eligible_by_day,
            &mut empty.plans_by_day,
            &mut empty.starts_by_day,
            &mut empty.found_work_by_day,
        ] {
            counts.clear();
            counts.resize(days, 0);
        }
        for levels in [&mut empty.waiting_by_day, &mut empty.caseload_by_day] {
            levels.clear();
            levels.resize(days, 0);
        }
        empty.groups.clear(programme);
        empty.services.clear();
        empty.services.resize(programme.services.len(), ServiceTally::default());
        *self = empty;
    }

    /// A referral is made.
    #[inline]
    pub fn refer(&mut self, person: &Person, last: Day) {
        self.referrals += 1;
        self.referrals_by_day[person.day as usize] += 1;
        self.groups.count(person, |group| group.referrals += 1);
        if person.eligible {
            self.eligible += 1;
            self.eligible_by_day[person.day as usize] += 1;
            if person.day + 28 <= last {
                self.could_be_seen_within_28_days += 1;
            }
        }
    }

    /// Somebody gets a slot for the first time, after a wait of so many days.
    #[inline]
    pub fn allocate(&mut self, person: &Person, waited: Day) {
        self.waits[waited as usize] += 1;
        self.groups.allocate(person, waited);
    }

    /// Somebody is seen for the first time.
    #[inline]
    pub fn see(&mut self, person: &Person, day: Day, last: Day) {
        self.starts_by_day[day as usize] += 1;
        if person.is_there_already() {
            // Nobody says when they were referred.
            return;
        }
        let took = day - person.day;
        self.seen += 1;
        self.days_to_appointment += i64::from(took);
        if took <= 28 && person.day + 28 <= last {
            self.seen_within_28_days += 1;
        }
    }

    /// A plan is agreed.
    #[inline]
    pub fn agree(&mut self, person: &Person, day: Day) {
        self.plans += 1;
        self.plans_by_day[day as usize] += 1;
        self.groups.count(person, |group| group.plans += 1);
    }

    /// Support ends on a day, in full or early.
    #[inline]
    pub fn leave(&mut self, person: &Person, day: Day, disengaged: bool, work: Work) {
        // Added, not branched on: nobody can foresee any of them, nor can a processor.
        let (found, kept) = (work.has_found(), work.in_work && work.employed);
        self.disengaged += i64::from(disengaged);
        self.completed += i64::from(!disengaged);
        self.kept_work += i64::from(kept);
        self.found_work += i64::from(found);
        self.found_work_by_day[day as usize] += u32::from(found);
        self.groups.count(person, |group| group.in_work += i64::from(work.in_work));
        self.sustained += i64::from(work.sustained);
    }

    /// Whether a target is met; `None` where nobody had a plan.
    pub fn meets(&self, target: Target) -> Option<bool> {
        let people = self.opening_in_support + self.plans;
        let reached = match target.outcome {
            TargetOutcome::InWork => self.in_work(),
            TargetOutcome::FoundWork => self.found_work,
            TargetOutcome::Sustained => self.sustained,
        };
        let wanted = i128::from(people) * i128::from(target.share.billionths());
        let all = i128::from(FixedShare::ALL.billionths());
        (people > 0).then(|| i128::from(reached) * all >= wanted)
    }

    /// In work at the end of support, kept or found.
    pub fn in_work(&self) -> i64 {
        self.kept_work + self.found_work
    }

    /// The longest the list was at a day's end.
    pub fn longest_list(&self) -> i64 {
        self.waiting_by_day.iter().copied().max().map_or(0, i64::from)
    }

    /// The day of the first plan.
    pub fn first_plan_day(&self) -> Option<Day> {
        self.plans_by_day.iter().position(|&plans| plans > 0).map(|day| day as Day)
    }

    /// Plans agreed to the end of a day, those before day 0 included.
    pub fn plans_to(&self, day: Day) -> i64 {
        let days = &self.plans_by_day[..=day.max(0) as usize];
        self.opening_plans + days.iter().map(|&plans| i64::from(plans)).sum::<i64>()
    }

    /// Plans agreed to the programme's end, those before day 0 included.
    pub fn plans_in_all(&self) -> i64 {
        self.opening_plans + self.plans
    }

    /// The day on which plans reach a number, if they do.
    pub fn target_day(&self, target: i64) -> Option<Day> {
        let mut plans = self.opening_plans;
        let reached = |&on_day: &u32| {
            plans += i64::from(on_day);
            plans >= target
        };
        self.plans_by_day.iter().position(reached).map(|day| day as Day)
    }

    /// How many were allocated.
    pub fn allocated(&self) -> i64 {
        self.waits.iter().map(|&count| i64::from(count)).sum()
    }

    /// Mean wait in days of those allocated.
    pub fn mean_wait(&self) -> Option<f64> {
        let days: i64 = self
            .waits
            .iter()
            .enumerate()
            .map(|(days, &count)| days as i64 * i64::from(count))
            .sum();
        mean(days, self.allocated())
    }

    /// The wait in days that nine in ten of those allocated did not exceed (type 7).
    pub fn wait_p90(&self) -> Option<f64> {
        let count = self.allocated();
        if count == 0 {
            return None;
        }
        let position = 0.9 * (count - 1) as f64;
        let below = libm::floor(position);
        let (low, high) = (self.wait_at(below as i64), self.wait_at(below as i64 + 1));
        Some(low + (position - below) * (high - low))
    }

    /// The wait of the person at a rank, shortest first. The rank behind the last has no weight.
    fn wait_at(&self, rank: i64) -> f64 {
        let mut counted = 0;
        let days = self.waits.iter().position(|&count| {
            counted += i64::from(count);
            counted > rank
        });
        days.unwrap_or(0) as f64
    }

    /// Sums of daily counts over each month.
    pub fn by_month(counts: &[u32], calendar: &Calendar) -> impl Iterator<Item = i64> {
        calendar.months().iter().map(move |month| {
            counts[month.first as usize..=month.last as usize]
                .iter()
                .map(|&count| i64::from(count))
                .sum()
        })
    }

    /// Adds another tally's counts; waits are pooled and daily lists summed.
    pub fn add(&mut self, other: &Tally) {
        self.opening_waiting += other.opening_waiting;
        self.opening_in_support += other.opening_in_support;
        self.opening_plans += other.opening_plans;
        self.referrals += other.referrals;
        self.eligible += other.eligible;
        self.signposted += other.signposted;
        self.withdrew += other.withdrew;
        self.did_not_attend += other.did_not_attend;
        self.no_plan += other.no_plan;
        self.disrupted += other.disrupted;
        self.in_triage_at_end += other.in_triage_at_end;
        self.waiting_at_end += other.waiting_at_end;
        self.before_plan_at_end += other.before_plan_at_end;
        self.plans += other.plans;
        self.in_support_at_end += other.in_support_at_end;
        self.in_work_support_at_end += other.in_work_support_at_end;
        self.completed += other.completed;
        self.disengaged += other.disengaged;
        self.kept_work += other.kept_work;
        self.found_work += other.found_work;
        self.sustained += other.sustained;
        self.seen += other.seen;
        self.days_to_appointment += other.days_to_appointment;
        self.could_be_seen_within_28_days += other.could_be_seen_within_28_days;
        self.seen_within_28_days += other.seen_within_28_days;
        sum_into(&mut self.waits, &other.waits);
        sum_into(&mut self.referrals_by_day, &other.referrals_by_day);
        sum_into(&mut self.eligible_by_day, &other.eligible_by_day);
        sum_into(&mut self.plans_by_day, &other.plans_by_day);
        sum_into(&mut self.starts_by_day, &other.starts_by_day);
        sum_into(&mut self.found_work_by_day, &other.found_work_by_day);
        sum_into(&mut self.waiting_by_day, &other.waiting_by_day);
        sum_into(&mut self.caseload_by_day, &other.caseload_by_day);
        self.groups.add(&other.groups);
        for (mine, theirs) in self.services.iter_mut().zip(&other.services) {
            mine.add(theirs);
        }
    }

    /// Everybody waiting on day 0 or referred is in exactly one end state, and every plan too (CONTRACT's identities).
    pub fn is_conserved(&self) -> bool {
        let before_plan = self.signposted
            + self.withdrew
            + self.did_not_attend
            + self.no_plan
            + self.in_triage_at_end
            + self.waiting_at_end
            + self.before_plan_at_end;
        let after_plan = self.in_support_at_end + self.completed + self.disengaged + self.disrupted;
        self.opening_waiting + self.referrals == before_plan + self.plans
            && self.opening_in_support + self.plans == after_plan
    }
}

/// A mean, if there is anything to take it over.
pub fn mean(sum: i64, count: i64) -> Option<f64> {
    (count > 0).then(|| sum as f64 / count as f64)
}

fn sum_into<T: Copy + std::ops::AddAssign>(sums: &mut [T], more: &[T]) {
    for (sum, &value) in sums.iter_mut().zip(more) {
        *sum += value;
    }
}
