//! More coaches.

use super::cases::{each_case, figures, read, replicate_of, report, standard_errors, valid, whole};
use super::generate::scenario;
use workcast::quantity::Key;

/// A queue in which nobody gives up, starts have no limit, and the end is so far off that everybody is
/// served: with `more` posts in its team.
fn endless(seed: u64, more: u64) -> String {
    let luck = Key::name("a queue without end").with(seed).stream();
    let pick = |index: u64, of: &[u64]| of[(luck.uniform(index) * of.len() as f64) as usize];
    let posts = pick(0, &[1, 1, 2, 3, 5]) + more;
    let caseload = pick(1, &[1, 2, 4, 7]);
    let rate = pick(2, &[4, 10, 25]);
    let support = pick(3, &[20, 45, 90]);
    let attends = pick(4, &[60, 85, 100]);
    let rebook = pick(5, &[0, 1, 3]);
    let wait = pick(6, &[0, 3, 12]);
    let takes = pick(7, &[0, 15, 40]);
    let burst = pick(8, &[0, 0, 300]);
    let disengages = pick(9, &[0, 30]);
    let hiring = takes.max(1);
    format!(
        "title = 'A queue without end'
programme = {{ name = 'A queue', starts = 2024-01-01, ends = 2033-12-31, last_referral = 2024-04-30, opens = 2024-01-01 }}
funding.claims = 'quarterly'
funding.basic.share = '60%'
funding.participant.share = '40%'
funding.year.Y = {{ ends = 2033-12-31, share = '100%', tariff = '£100' }}
locality.L.agreed_participants = 10
locality.L.referrals.GP.per_month = {rate}
locality.L.referrals.Burst = {{ per_month = {burst}, starts = 2024-02-01, ends = 2024-02-02 }}
journey.to_first_appointment = {{ exponential = {{ mean = '{wait} days' }} }}
journey.to_plan = '{wait} days'
journey.attends = '{attends}%'
journey.rebook = {rebook}
journey.support = {{ lognormal = {{ mean = '{support} days', sd = '20 days' }} }}
journey.disengages = '{disengages}%'
cohort.everyone.plan_agreed = '80%'
pipeline.council.stage.hire.takes = {{ gamma = {{ mean = '{hiring} days', sd = '10 days' }} }}
option.A.team.T = {{ posts = {posts}, caseload = {caseload}{} }}
",
        if takes > 0 { ", recruitment = 'council'" } else { "" },
    )
    .replace("{ exponential = { mean = '0 days' } }", "'0 days'")
}

/// Plans by the end of each day.
fn plans_by_day(text: &str, replicate: u64) -> Vec<u32> {
    let scenario = valid(text);
    let by_place = report(&scenario, replicate, |outcome| {
        let mut sum = 0;
        outcome
            .tally
            .plans_by_day
            .iter()
            .map(|&plans| {
                sum += plans;
                sum
            })
            .collect::<Vec<u32>>()
    });
    by_place.into_values().next().expect("there is a place")
}

#[test]
fn one_post_more_never_makes_a_plan_later_where_nobody_gives_up() {
    law(super::SOME);
}

pub fn law(cases: u64) -> String {
    let earlier = each_case(cases, |seed| {
        let (few, many) = (endless(seed, 0), endless(seed, 1));
        let few = plans_by_day(&few, replicate_of(seed));
        let many = plans_by_day(&many, replicate_of(seed));
        let fewer = few.iter().zip(&many).position(|(few, many)| many < few);
        assert_eq!(fewer, None, "case {seed} has fewer plans on that day");
        few != many
    });
    let earlier = earlier.iter().filter(|&&earlier| earlier).count() as u64;
    assert!(earlier > cases / 3, "only {earlier} gain at all");
    format!("{cases} cases, no day with fewer plans; {earlier} with more")
}

/// The same scenario with a post more in every team.
fn a_post_more(text: &str) -> String {
    let line = |line: &str| match line.split_once(" = ") {
        Some((path, posts)) if path.ends_with(".posts") => {
            format!("{path} = {}", posts.parse::<u32>().expect("posts are whole") + 1)
        }
        _ => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn one_post_more_brings_more_plans_in_expectation_everywhere() {
    law_of_means(super::SOME);
}

pub fn law_of_means(cases: u64) -> String {
    let more = each_case(cases, |seed| {
        let text = scenario(seed);
        let few = valid(&text);
        let Ok(many) = read(&a_post_more(&text)) else { return Vec::new() };
        let (few, many) = (figures(&few, replicate_of(seed)), figures(&many, replicate_of(seed)));
        let gain = |(at, metrics)| (whole(&many[at], "plans") - whole(metrics, "plans")) as f64;
        few.iter().map(gain).collect::<Vec<f64>>()
    });
    let gains: Vec<f64> = more.into_iter().flatten().collect();
    let fewer = gains.iter().filter(|&&gain| gain < 0.0).count();
    let off = standard_errors(&gains);
    assert!(off > 6.0, "the mean gain is {off:.1} standard errors above nothing");
    let share = 100.0 * fewer as f64 / gains.len() as f64;
    format!("mean gain {off:.0} standard errors above nothing; fewer plans in {share:.1}% of cases")
}
