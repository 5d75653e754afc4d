//! The list as a queue. Erlang 1917; Palm 1957 for patience; Little 1961.

use super::evidence;
use super::lives::{MONTH, lives, scenario};
use super::statistics::{Mean, variance};
use workcast::quantity::Day;

/// Years after which nothing shows any more that the place opened empty, and years in all.
const WARM: usize = 5 * 366;
const YEARS: i32 = 30;

/// One queue in whole days: so many coaches with one place each, Poisson referrals, exponential support
/// and, if it has an end, exponential patience.
struct Queue {
    coaches: usize,
    /// Referrals a day.
    rate: f64,
    /// Mean days of support.
    support: f64,
    /// Mean days of patience.
    patience: Option<f64>,
}

impl Queue {
    fn scenario(&self) -> String {
        let Queue { coaches, rate, support, patience } = self;
        let patience = patience.map_or(String::new(), |days| {
            format!("journey.patience = {{ exponential = {{ mean = '{days} days' }} }}\n")
        });
        let per_month = rate * MONTH;
        scenario(
            YEARS,
            &format!(
                "{patience}journey.support = {{ exponential = {{ mean = '{support} days' }} }}
locality.L.referrals.GP.per_month = {per_month}
option.A.team.T = {{ posts = {coaches}, caseload = 1 }}
"
            ),
        )
    }

    /// Chances of so many people in it, waiting or in support: a birth-death chain.
    fn stationary(&self) -> Vec<f64> {
        let served = 1.0 / support_in_whole_days(self.support);
        let impatient = self.patience.map_or(0.0, |days| 1.0 / days);
        let mut chances = vec![1.0];
        for there in 1..2_000 {
            let leave = there.min(self.coaches) as f64 * served
                + there.saturating_sub(self.coaches) as f64 * impatient;
            chances.push(chances[there - 1] * self.rate / leave);
        }
        let all: f64 = chances.iter().sum();
        chances.iter().map(|chance| chance / all).collect()
    }

    /// The mean number of people waiting.
    fn waiting(&self) -> f64 {
        let chances = self.stationary();
        let waiting =
            |(there, chance): (usize, &f64)| chance * there.saturating_sub(self.coaches) as f64;
        chances.iter().enumerate().map(waiting).sum()
    }
}

/// The mean of an exponential time in whole days, rounded half up and at least 1: that of the rounded
/// time is 1/(2 sinh(h/2)) with h a day over the mean, and what would be 0 days is one.
fn support_in_whole_days(mean: f64) -> f64 {
    let day = 1.0 / mean;
    1.0 / (2.0 * (day / 2.0).sinh()) + 1.0 - (-day / 2.0).exp()
}

/// Each replicate's mean over the days after the beginning.
fn after_warm_up(by_day: &[i32]) -> f64 {
    let days = &by_day[WARM..];
    days.iter().map(|&n| f64::from(n)).sum::<f64>() / days.len() as f64
}

#[test]
fn with_endless_patience_the_wait_is_erlangs() {
    let mut figures = Vec::new();
    for (coaches, load) in [(2, 1.4), (5, 3.5), (12, 10.2)] {
        let support = 30.0;
        let queue = Queue { coaches, rate: load / support, support, patience: None };
        let waiting =
            lives(&queue.scenario(), 1_500, |outcome| after_warm_up(&outcome.tally.waiting_by_day));
        // Little's law makes a number into a wait: W = L / rate.
        let waits: Vec<f64> = waiting.iter().map(|number| number / queue.rate).collect();
        let said = Mean::of(&waits).is(queue.waiting() / queue.rate, 0.1);
        figures.push(format!("{coaches} places, load {load}: {said}"));
    }
    evidence::note("theory-erlang-c", figures.join("; "));
}

#[test]
fn erlangs_formula_is_what_the_chain_gives() {
    // C(5, 3.5) and the wait in services, from the formula itself.
    let (c, a): (i32, f64) = (5, 3.5);
    let term = |k: i32| a.powi(k) / (1..=k).map(f64::from).product::<f64>();
    let last = term(c) * f64::from(c) / (f64::from(c) - a);
    let delayed = last / ((0..c).map(term).sum::<f64>() + last);
    let queue = Queue {
        coaches: 5,
        rate: 3.5 / support_in_whole_days(40.0),
        support: 40.0,
        patience: None,
    };
    let expected = delayed * a / (f64::from(c) - a);
    assert!((queue.waiting() - expected).abs() < 1e-9, "{} {expected}", queue.waiting());
}

#[test]
fn with_exponential_patience_as_many_give_up_as_palm_says() {
    let mut figures = Vec::new();
    for (coaches, load, patience) in [(3, 4.5, 60.0), (8, 8.0, 30.0)] {
        let support = 60.0;
        let queue = Queue { coaches, rate: load / support, support, patience: Some(patience) };
        let lives = lives(&queue.scenario(), 1_000, |outcome| {
            let tally = outcome.tally;
            let waiting = after_warm_up(&tally.waiting_by_day);
            (waiting, tally.withdrew as f64, tally.referrals as f64)
        });
        let waiting: Vec<f64> = lives.iter().map(|life| life.0).collect();
        let said = Mean::of(&waiting).is(queue.waiting(), 0.04);
        figures.push(format!("{coaches} places, load {load}: people waiting {said}"));
        // Of all thirty years, the first of which lose fewer: nine in ten thousand of it here.
        let (gone, all) = lives.iter().fold((0.0, 0.0), |sum, l| (sum.0 + l.1, sum.1 + l.2));
        let share = queue.waiting() / patience / queue.rate;
        assert!((gone / all / share - 1.0).abs() < 0.02, "{} of {share}", gone / all);
        figures.push(format!("share who give up {:.3} for {share:.3}", gone / all));
    }
    evidence::note("theory-erlang-a", figures.join("; "));
}

#[test]
fn without_a_limit_the_caseload_is_poisson_of_rate_times_support() {
    let (rate, mean) = (0.5, 80.0);
    let text = scenario(
        8,
        &format!(
            "journey.support = {{ lognormal = {{ mean = '{mean} days', sd = '40 days' }} }}
locality.L.referrals.GP.per_month = {}
option.A.team.T = {{ posts = 1 }}
",
            rate * MONTH
        ),
    );
    // Far enough apart that hardly anybody is counted twice.
    let ends = [WARM, WARM + 500, WARM + 1_000];
    let held = lives(&text, 6_000, |outcome| {
        ends.map(|day| f64::from(outcome.tally.caseload_by_day[day]))
    });
    let held: Vec<f64> = held.into_iter().flatten().collect();
    let mean = Mean::of(&held).is(rate * mean, 0.01);
    let spread = variance(&held, rate * 80.0).is(rate * 80.0, 0.05);
    evidence::note("theory-mg-infinity", format!("mean {mean}; variance {spread}"));
}

#[test]
fn person_days_counted_by_days_are_those_counted_by_people_in_every_replicate() {
    // Little's law of one sample path (Stidham 1974): everybody who came has been allocated in the end.
    let queue = Queue { coaches: 4, rate: 0.12, support: 30.0, patience: None };
    let text = queue.scenario() + "locality.L.referrals.GP.ends = 2045-12-31\n";
    let lives = lives(&text, 200, |outcome| {
        let tally = outcome.tally;
        let by_day: i64 = tally.waiting_by_day.iter().map(|&waiting| i64::from(waiting)).sum();
        let by_people: i64 =
            tally.waits.iter().zip(0..).map(|(&people, days)| i64::from(people) * days).sum();
        assert_eq!(tally.waiting_at_end, 0);
        (by_day, by_people)
    });
    assert!(lives.iter().all(|(by_day, by_people)| by_day == by_people), "{lives:?}");
    let days: i64 = lives.iter().map(|life| life.0).sum();
    assert!(days > 100_000);
    evidence::note(
        "theory-little",
        format!("{days} person-days in {} replicates, each the same", lives.len()),
    );
}

#[test]
fn whole_days_of_support_have_the_mean_that_the_queues_are_held_against() {
    let pmf = |days: Day, mean: f64| {
        let at_most = |x: f64| 1.0 - (-x.max(0.0) / mean).exp();
        at_most(f64::from(days) + 0.5) - at_most(f64::from(days) - 0.5)
    };
    for mean in [3.0, 30.0, 60.0] {
        let sum: f64 = (0..3_000).map(|days| f64::from(days.max(1)) * pmf(days, mean)).sum();
        assert!((sum - support_in_whole_days(mean)).abs() < 1e-9, "{mean}: {sum}");
    }
}
