//! How many are referred: Poisson, thinned, and over-dispersed.

use super::evidence;
use super::lives::{MONTH, lives, scenario};
use super::statistics::{Mean, covariance, fit, variance};

const TEAM: &str = "journey.support = '10 days'\noption.A.team.T = { posts = 1 }\n";

/// Chances of 0, 1, 2, ... of a Poisson count.
fn poisson(mean: f64) -> Vec<f64> {
    let mut chances = vec![(-mean).exp()];
    for n in 1..(mean * 2.0) as usize + 40 {
        chances.push(chances[n - 1] * mean / n as f64);
    }
    chances
}

#[test]
fn referrals_are_poisson_and_a_share_of_them_is_poisson_too() {
    let text = scenario(
        1,
        &format!("locality.L.referrals.GP = {{ per_month = 5, eligible = '30%' }}\n{TEAM}"),
    );
    let lives = lives(&text, 20_000, |outcome| {
        (outcome.tally.referrals as f64, outcome.tally.eligible as f64)
    });
    let expected = 366.0 / MONTH * 5.0;
    let referrals: Vec<f64> = lives.iter().map(|life| life.0).collect();
    let eligible: Vec<f64> = lives.iter().map(|life| life.1).collect();
    let others: Vec<f64> = lives.iter().map(|life| life.0 - life.1).collect();
    let mut figures = Vec::new();
    for (name, values, mean) in
        [("referrals", &referrals, expected), ("eligible", &eligible, expected * 0.3)]
    {
        figures.push(format!("{name} {}", Mean::of(values).is(mean, 0.015)));
        figures.push(format!("variance {}", variance(values, mean).is(mean, 0.05)));
        let whole: Vec<usize> = values.iter().map(|&n| n as usize).collect();
        let chance = fit(&whole, &poisson(mean));
        assert!(chance > 1e-4, "{name}: {chance}");
        let off = fit(&whole, &poisson(mean * 1.02));
        assert!(off < 1e-4, "a mean off by a fiftieth would not show: {off}");
        figures.push(format!("as far from Poisson in {:.0}% of samples", 100.0 * chance));
    }
    // The two parts of a Poisson stream know nothing of each other.
    let together = covariance(&eligible, &others, [expected * 0.3, expected * 0.7]);
    assert!(together.off(0.0).abs() <= 4.0 && together.off(expected * 0.05).abs() > 4.0);
    figures.push(format!("covariance of its two parts {:.2}", together.value));
    evidence::note("theory-poisson", figures.join("; "));
}

#[test]
fn a_ramp_thins_referrals_day_by_day() {
    let source = "locality.L.referrals.GP = { per_month = 30, ramp = '100 days' }\n";
    let lives = lives(&scenario(1, &format!("{source}{TEAM}")), 10_000, |outcome| {
        let by_day = &outcome.tally.referrals_by_day;
        [&by_day[..10], &by_day[10..100], &by_day[100..]].map(|days| days.iter().sum::<u32>())
    });
    let share = |days: std::ops::Range<i32>| -> f64 {
        days.map(|day| ((f64::from(day) + 0.5) / 100.0).min(1.0)).sum::<f64>() * 30.0 / MONTH
    };
    let mut figures = Vec::new();
    for (part, days) in [0..10, 10..100, 100..366].into_iter().enumerate() {
        let values: Vec<f64> = lives.iter().map(|life| f64::from(life[part])).collect();
        let expected = share(days.clone());
        let said = Mean::of(&values).is(expected, 0.08);
        figures.push(format!("days {} to {}: {said}", days.start, days.end - 1));
        variance(&values, expected).is(expected, 0.3);
    }
    evidence::note("theory-ramp", figures.join("; "));
}

#[test]
fn a_month_of_mean_m_has_a_variance_of_m_and_v_times_m_squared() {
    let source = "locality.L.referrals.GP = { per_month = 20, overdispersion = 0.25 }\n";
    let lives = lives(&scenario(1, &format!("{source}{TEAM}")), 20_000, |outcome| {
        let by_day = &outcome.tally.referrals_by_day;
        // January and March 2020.
        [&by_day[..31], &by_day[60..91]].map(|days| f64::from(days.iter().sum::<u32>()))
    });
    let month = |part: usize| lives.iter().map(|life| life[part]).collect::<Vec<f64>>();
    let (january, march) = (month(0), month(1));
    let m = 31.0 / MONTH * 20.0;
    let mean = Mean::of(&january).is(m, 0.02);
    let spread = variance(&january, m).is(m + 0.25 * m * m, 0.1);
    let together = covariance(&january, &march, [m, m]);
    assert!(together.off(0.0).abs() <= 4.0 && together.off(m).abs() > 4.0, "{together:?}");
    evidence::note(
        "theory-overdispersion",
        format!("mean {mean}; variance {spread}; covariance of two months {:.1}", together.value),
    );
}

#[test]
fn other_enquiries_take_their_turns_as_a_poisson_stream() {
    // Ten turns a day for people and enquiries in one queue, which is never empty once it has filled: each
    // kind has the share of turns that it has of those who come.
    let text = scenario(
        2,
        &format!(
            "locality.L.referrals.GP = {{ per_month = 300 }}
locality.L.triage = {{ capacity_per_week = 70, other_enquiries_per_month = 182.625 }}\n{TEAM}"
        ),
    );
    let decided = lives(&text, 2_000, |outcome| {
        (outcome.tally.referrals - outcome.tally.in_triage_at_end) as f64
    });
    let turns = 10.0 * 731.0;
    let people = 300.0 / MONTH;
    let expected = turns * people / (people + 6.0);
    let said = Mean::of(&decided).is(expected, 0.005);
    evidence::note("theory-enquiries", format!("people decided {said}"));
}
