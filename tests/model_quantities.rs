//! Section 2 of the model: what a range in a scenario file means.
//!
//! £1,000 spent on day 0 and claimed on day 91 costs £1 a day at 36.525% a year until it is
//! received, so that financing less £91 is the drawn `paid_after` in whole days. A share is read
//! from the disallowed part of the same £1,000.

mod common;

use common::Scenario;

const REPLICATES: u32 = 1024;

/// A metric's statistics, less what it would be at nought.
struct Drawn {
    metric: serde_json::Value,
    base: f64,
}

impl Drawn {
    /// The days after a quarter's end at which claims are paid.
    #[track_caller]
    fn days(paid_after: &str) -> Self {
        let run = scenario().set("funding.paid_after", paid_after).run_with(REPLICATES, &[]);
        Self { metric: run.option("In-house").metric("financing").clone(), base: 91.0 }
    }

    /// The thousandths of a claim that are disallowed.
    #[track_caller]
    fn thousandths(disallowed: &str) -> Self {
        let run = scenario().set("funding.disallowed", disallowed).run_with(REPLICATES, &[]);
        Self { metric: run.option("In-house").metric("disallowed").clone(), base: 0.0 }
    }

    /// A statistic is right within four of its own standard errors and half a day's rounding.
    #[track_caller]
    fn has(self, statistic: &str, expected: f64) -> Self {
        let error = if statistic == "mean" { "se".to_owned() } else { format!("{statistic}_se") };
        let error = self.metric[&error].as_f64().expect("a standard error");
        let value = self.metric[statistic].as_f64().expect("a statistic") - self.base;
        let off = (value - expected).abs();
        assert!(
            off <= 4.0 * error + 0.51,
            "{statistic} {value}, not {expected} (standard error {error})"
        );
        self
    }

    /// The standard deviation is within 5%.
    #[track_caller]
    fn has_sd(self, expected: f64) -> Self {
        let sd = self.metric["sd"].as_f64().expect("a standard deviation");
        assert!((sd / expected - 1.0).abs() < 0.05, "sd {sd}, not {expected}");
        self
    }
}

fn scenario() -> Scenario {
    Scenario::half_year().without_plans().set("funding.cost_of_cash", "36.525%").cost_once(
        "Lead",
        "£1,000",
        "2024-10-01",
    )
}

#[test]
fn least_likely_and_most_are_a_pert_distribution_of_shape_four() {
    // A mean of (10 + 4 x 40 + 130)/6 and a variance of (50 - 10)(130 - 50)/7.
    Drawn::days(r#"{ least = "10 days", likely = "40 days", most = "130 days" }"#)
        .has("mean", 50.0)
        .has_sd(21.38);
}

#[test]
fn nine_in_ten_lie_between_its_two_ends_on_the_log_scale() {
    Drawn::days(r#"{ nine_in_ten = ["40 days", "160 days"] }"#)
        .has("p05", 40.0)
        .has("p50", 80.0)
        .has("p95", 160.0);
}

#[test]
fn three_points_are_met_exactly_with_a_spread_of_their_own_on_either_side() {
    // On the log scale P5 and P95 lie 1.28348 times as far from the middle as P10 and P90:
    // 80 (5/8)^1.28348 = 43.76, 80 (2.5)^1.28348 = 259.3.
    Drawn::days(r#"{ p10_p50_p90 = ["50 days", "80 days", "200 days"] }"#)
        .has("p05", 43.76)
        .has("p10", 50.0)
        .has("p50", 80.0)
        .has("p90", 200.0)
        .has("p95", 259.3);
}

#[test]
fn a_lognormal_has_the_stated_mean_and_standard_deviation() {
    // Its median is 100/sqrt(1 + 0.4^2).
    Drawn::days(r#"{ lognormal = { mean = "100 days", sd = "40 days" } }"#)
        .has("mean", 100.0)
        .has("p50", 92.85)
        .has_sd(40.0);
}

#[test]
fn a_gamma_has_the_stated_mean_and_standard_deviation() {
    Drawn::days(r#"{ gamma = { mean = "100 days", sd = "40 days" } }"#)
        .has("mean", 100.0)
        .has_sd(40.0);
}

#[test]
fn a_normal_has_the_stated_mean_and_standard_deviation() {
    Drawn::days(r#"{ normal = { mean = "100 days", sd = "20 days" } }"#)
        .has("mean", 100.0)
        .has("p50", 100.0)
        .has("p95", 132.9)
        .has_sd(20.0);
}

#[test]
fn an_exponential_has_the_stated_mean() {
    // A median of ln 2 times the mean.
    Drawn::days(r#"{ exponential = { mean = "100 days" } }"#)
        .has("mean", 100.0)
        .has("p50", 69.31)
        .has_sd(100.0);
}

#[test]
fn nine_in_ten_of_a_share_lie_between_its_ends_on_the_logit_scale() {
    // The middle of logit 10% and logit 40% is logit 21.39%.
    Drawn::thousandths(r#"{ nine_in_ten = ["10%", "40%"] }"#)
        .has("p05", 100.0)
        .has("p50", 213.9)
        .has("p95", 400.0);
}

#[test]
fn three_points_of_a_share_are_met_exactly() {
    Drawn::thousandths(r#"{ p10_p50_p90 = ["10%", "30%", "40%"] }"#)
        .has("p10", 100.0)
        .has("p50", 300.0)
        .has("p90", 400.0);
}

#[test]
fn a_beta_has_the_stated_mean_and_standard_deviation() {
    Drawn::thousandths(r#"{ beta = { mean = "30%", sd = "10%" } }"#)
        .has("mean", 300.0)
        .has_sd(100.0);
}

#[test]
fn a_plain_value_may_say_where_it_comes_from() {
    let run = scenario()
        .set(
            "funding.paid_after",
            r#"{ is = "30 days", source = "a letter", confidence = "official", owner = "A", agreed_on = 2024-09-01, note = "b" }"#,
        )
        .run();
    assert_eq!(run.pounds("financing"), 121.00);
}

#[test]
fn units_of_time_are_days_weeks_months_and_years() {
    for (paid_after, days) in [("10 days", 10), ("1 day", 1), ("2 weeks", 14), ("1 week", 7)] {
        let run = scenario().set("funding.paid_after", paid_after).run();
        assert_eq!(run.pounds("financing"), 91.0 + f64::from(days), "{paid_after}");
    }
    // 3 x 30.4375 = 91.3; 365.25 days.
    for (paid_after, days) in [("3 months", 91), ("1 year", 365)] {
        let run = scenario().set("funding.paid_after", paid_after).run();
        assert_eq!(run.pounds("financing"), 91.0 + f64::from(days), "{paid_after}");
    }
}

/// Two costs of £1,000 with a standard deviation of £100 each.
fn two_uncertain_costs() -> Scenario {
    let amount = r#"{ normal = { mean = "£1,000", sd = "£100" } }"#;
    let first = Scenario::half_year().quiet().cost_once("First", amount, "2024-10-01");
    first.cost_once("Second", amount, "2024-10-01")
}

/// The standard deviation of the option's cost.
#[track_caller]
fn spread_of_cost(scenario: &Scenario) -> f64 {
    scenario.run_with(REPLICATES, &[]).sd("cost")
}

#[test]
fn uncertain_inputs_are_drawn_apart_from_one_another() {
    // 100 x sqrt(2).
    let sd = spread_of_cost(&two_uncertain_costs());
    assert!((sd - 141.4).abs() < 12.0, "{sd}");
}

#[test]
fn correlated_inputs_move_together_by_their_correlation() {
    // 100 x sqrt(2 + 2 x 0.5): the stated number is the correlation of the normal scores itself.
    let scenario = two_uncertain_costs()
        .set("correlated.costs.inputs", r#"["locality.Bury.costs.*.once"]"#)
        .set("correlated.costs.correlation", "0.5");
    let sd = spread_of_cost(&scenario);
    assert!((sd - 173.2).abs() < 12.0, "{sd}");
}

#[test]
fn correlation_does_not_change_what_each_input_is_by_itself() {
    let scenario = two_uncertain_costs()
        .set("correlated.costs.inputs", r#"["locality.Bury.costs.*.once"]"#)
        .set("correlated.costs.correlation", "0.5");
    let mean = scenario.run_with(REPLICATES, &[]).mean("cost");
    assert!((mean - 2_000.0).abs() < 12.0, "{mean}");
}
