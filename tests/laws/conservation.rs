//! Nobody and no penny is lost or made.

use super::cases::{Metrics, each_case, figures, replicate_of, valid, whole};
use super::generate::scenario;

/// Sums that must be equal: people by where they ended, money by what it was for and when.
fn laws(metrics: &Metrics) -> Vec<(&'static str, i64, i64)> {
    let of = |name: &str| whole(metrics, name);
    let all = |names: &[&str]| names.iter().map(|name| of(name)).sum::<i64>();
    let begin = |start: &str| -> i64 {
        metrics.keys().filter(|name| name.starts_with(start)).map(|name| of(name)).sum()
    };
    vec![
        (
            "people referred",
            all(&["opening_waiting", "referrals"]),
            all(&[
                "signposted",
                "in_triage_at_end",
                "withdrew",
                "waiting_at_end",
                "did_not_attend",
                "no_plan",
                "before_plan_at_end",
                "plans",
            ]),
        ),
        (
            "people in support",
            all(&["opening_in_support", "plans"]),
            all(&["in_support_at_end", "completed", "disengaged", "disrupted"]),
        ),
        ("people in work", of("in_work"), all(&["kept_work", "found_work"])),
        ("plans by year", of("plans"), begin("plans_by_year.")),
        ("referrals by cohort", of("referrals"), cohorts(metrics, ".referrals")),
        ("plans by cohort", of("plans"), cohorts(metrics, ".plans")),
        ("cost by kind", of("cost"), begin("cost.")),
        ("cost by year", of("cost"), of("cost.before") + begin("cost_by_year.")),
        (
            "income by part",
            of("income"),
            all(&["income_basic", "income_participant", "income_outcome", "income_central"]),
        ),
        ("income by year", of("income"), of("income.before") + begin("income_by_year.")),
        ("net", of("net"), of("income") - of("cost")),
    ]
}

fn cohorts(metrics: &Metrics, end: &str) -> i64 {
    let ours = |name: &&String| name.starts_with("cohort.") && name.ends_with(end);
    metrics.keys().filter(ours).map(|name| whole(metrics, name)).sum()
}

/// What adds up over localities.
const ADDS_UP: [&str; 16] = [
    "referrals",
    "eligible",
    "signposted",
    "withdrew",
    "did_not_attend",
    "no_plan",
    "plans",
    "in_support_at_end",
    "completed",
    "disengaged",
    "disrupted",
    "in_work",
    "waiting_at_end",
    "cost",
    "income_basic",
    "income_participant",
];

#[test]
fn nobody_and_no_penny_is_lost_or_made() {
    law(super::SOME);
}

pub fn law(cases: u64) -> String {
    let checked = each_case(cases, |seed| {
        let scenario = valid(&scenario(seed));
        let figures = figures(&scenario, replicate_of(seed));
        let mut checked = 0;
        for ((option, place), metrics) in &figures {
            for (law, left, right) in laws(metrics) {
                assert_eq!(left, right, "case {seed}, option {option}, place {place}: {law}");
                checked += 1;
            }
        }
        for option in 0..scenario.programme.options.len() {
            let last = scenario.programme.localities.len();
            for name in ADDS_UP {
                let of = |place: usize| whole(&figures[&(option, place)], name);
                let shared: i64 = (0..last).map(of).sum();
                // What is held centrally is spent, claimed and paid there.
                let central = if name == "cost" {
                    whole(&figures[&(option, last)], "income_central")
                } else {
                    0
                };
                let parts = shared + central;
                assert_eq!(parts, of(last), "case {seed}, option {option}: {name} by locality");
                checked += 1;
            }
        }
        checked
    });
    let sums: usize = checked.iter().sum();
    format!("{cases} cases, {sums} sums, each exact")
}
