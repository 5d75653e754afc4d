//! People are not an average: attributes, what they change, and jobs lost on the list.

mod common;

use common::{Scenario, assert_near, assert_share};

/// Everyone of about 985 people gets a plan on day 0; half are young.
fn half_young() -> Scenario {
    Scenario::half_year().set("attribute.age.mix", r#"{ young = "50%", old = "50%" }"#)
}

/// Forty slots: most people wait, and some of them withdraw.
fn forty_slots() -> Scenario {
    Scenario::half_year()
        .steady("60")
        .team("caseload", "40")
        .journey("support", "60 days")
        .journey("patience", "30 days")
        .journey("attends", "70%")
        .journey("employed_at_start", "40%")
        .journey("in_work", "40%")
}

fn effect(scenario: Scenario, key: &str, value: &str) -> Scenario {
    scenario.set(&format!("attribute.age.effect.old.{key}"), value)
}

#[test]
fn the_people_of_an_attribute_are_the_whole() {
    let run = forty_slots()
        .set("attribute.age.mix", r#"{ young = "30%", middle = "45%", old = "25%" }"#)
        .run();
    let bury = run.option("In-house");
    for count in ["referrals", "plans", "in_work"] {
        let parts = ["young", "middle", "old"]
            .map(|value| bury.mean(&format!("attribute.age.{value}.{count}")));
        assert_near(parts.iter().sum(), bury.mean(count), 1e-6);
    }
    assert_share(bury.mean("attribute.age.middle.referrals"), bury.mean("referrals"), 0.45);
}

#[test]
fn an_attribute_without_effects_changes_no_other_figure() {
    let plain = forty_slots().run();
    let told = forty_slots()
        .set("attribute.age.mix", r#"{ young = "30%", old = "70%" }"#)
        .set("attribute.condition.mix", r#"{ back = "20%", mind = "80%" }"#)
        .run();
    let without = plain.option("In-house");
    let with = told.option("In-house");
    for metric in without.metric_names() {
        assert_eq!(without.metric(&metric), with.metric(&metric), "{metric}");
    }
}

#[test]
fn another_attribute_moves_nobodys_age() {
    let aged = forty_slots().set("attribute.age.mix", r#"{ young = "30%", old = "70%" }"#);
    let both = aged.clone().set("attribute.aardvarks.mix", r#"{ none = "60%", some = "40%" }"#);
    let (one, two) = (aged.run(), both.first("attribute.aardvarks").run());
    for metric in ["attribute.age.old.referrals", "attribute.age.old.in_work"] {
        assert_eq!(
            one.option("In-house").metric(metric),
            two.option("In-house").metric(metric),
            "{metric}"
        );
    }
}

#[test]
fn a_cohort_may_have_a_mix_of_its_own() {
    let run = Scenario::half_year()
        .set("cohort.carers", "{}")
        .source("cohorts", r#"{ everyone = "50%", carers = "50%" }"#)
        .set("attribute.age.mix", r#"{ young = "100%" }"#)
        .set("attribute.age.mix_of.carers", r#"{ old = "100%" }"#)
        .run();
    let bury = run.option("In-house");
    let carers = run.json["options"]["In-house"]["localities"]["Bury"]["cohorts"]["carers"]
        ["referrals"]["mean"]
        .as_f64();
    assert_eq!(bury.mean("attribute.age.old.referrals"), carers.unwrap());
}

#[test]
fn support_times_lengthens_support_before_it_is_rounded() {
    // 100.3 days x 1.8 is 180.54: day 181, the last. Unmultiplied it ends on day 100.
    let scenario = half_young().journey("support", "100.3 days").journey("in_work", "100%");
    let run = effect(scenario.clone(), "support_times", "1.8").run();
    run.assert_same("completed", "plans");
    let run = effect(scenario, "support_times", "1.81").run();
    run.assert_same("completed", "attribute.age.young.in_work");
}

#[test]
fn patience_times_shortens_patience() {
    // One coach who takes nobody: the old withdraw by day 60, the young never in 182 days.
    let scenario = half_young()
        .set("programme.opens", "2024-10-01")
        .team("caseload", "0")
        .journey("patience", "300 days");
    let run = effect(scenario, "patience_times", "0.2").run();
    assert!(run.mean("withdrew") > 400.0, "{}", run.mean("withdrew"));
    run.assert_same("withdrew", "attribute.age.old.referrals");
}

#[test]
fn attends_times_multiplies_the_chance_up_to_certainty() {
    let scenario = half_young().journey("attends", "60%");
    let run = effect(scenario.clone(), "attends_times", "0.5").run();
    let bury = run.option("In-house");
    let of = |value: &str| {
        let count = |what: &str| bury.mean(&format!("attribute.age.{value}.{what}"));
        (count("plans"), count("referrals"))
    };
    let ((old, all_old), (young, all_young)) = (of("old"), of("young"));
    assert_share(old, all_old, 0.3);
    assert_share(young, all_young, 0.6);
    effect(scenario, "attends_times", "2")
        .run()
        .assert_same("attribute.age.old.plans", "attribute.age.old.referrals");
}

#[test]
fn in_work_odds_times_multiplies_odds_and_not_chances() {
    // Odds of 1 to 4, times 6, are 3 to 2.
    let scenario = half_young().journey("support", "30 days").journey("in_work", "20%");
    let run = effect(scenario, "in_work_odds_times", "6").run();
    let bury = run.option("In-house");
    let of = |value: &str| {
        let count = |what: &str| bury.mean(&format!("attribute.age.{value}.{what}"));
        (count("in_work"), count("plans"))
    };
    let ((old, old_plans), (young, young_plans)) = (of("old"), of("young"));
    assert_share(old, old_plans, 0.6);
    assert_share(young, young_plans, 0.2);
}

#[test]
fn a_value_may_say_who_has_a_job_at_the_start() {
    let scenario = half_young()
        .journey("support", "30 days")
        .journey("in_work", "100%")
        .journey("employed_at_start", "100%");
    let run = effect(scenario, "employed_at_start", "0%").run();
    run.assert_same("found_work", "attribute.age.old.in_work");
    run.assert_same("kept_work", "attribute.age.young.in_work");
}

#[test]
fn effects_of_two_attributes_multiply() {
    let scenario = Scenario::half_year()
        .set("attribute.age.mix", r#"{ old = "100%" }"#)
        .set("attribute.condition.mix", r#"{ back = "100%" }"#)
        .set("attribute.age.effect.old.attends_times", "0.5")
        .set("attribute.condition.effect.back.attends_times", "0.5");
    let run = scenario.run();
    assert_share(run.mean("plans"), run.mean("referrals"), 0.25);
}

#[test]
fn two_attributes_are_counted_together_where_that_is_asked() {
    let run = half_young()
        .set("attribute.condition.mix", r#"{ back = "20%", mind = "80%" }"#)
        .set("attributes_crossed", r#"[["age", "condition"]]"#)
        .run();
    let bury = run.option("In-house");
    let cell = |age: &str, condition: &str| {
        bury.mean(&format!("attribute.age.{age}.condition.{condition}.plans"))
    };
    let all = [("young", "back"), ("young", "mind"), ("old", "back"), ("old", "mind")];
    assert_near(all.iter().map(|(a, c)| cell(a, c)).sum(), run.mean("plans"), 1e-6);
    let backs = cell("young", "back") + cell("old", "back");
    assert_near(backs, run.mean("attribute.condition.back.plans"), 1e-6);
    assert_share(cell("young", "back"), run.mean("plans"), 0.1);
}

#[test]
fn jobs_are_lost_on_the_list_at_their_rate() {
    // Everyone is employed and waits exactly 70 days, ten weeks, for a team that begins then.
    let run = Scenario::half_year()
        .set("programme.opens", "2024-10-01")
        .team("begins", "2024-12-10")
        .journey("support", "30 days")
        .journey("in_work", "100%")
        .journey("employed_at_start", "100%")
        .journey("loses_job_per_week_waited", "5%")
        .run();
    assert_eq!(run.exact("wait_mean_days"), 70.0);
    assert_share(run.mean("kept_work"), run.mean("in_work"), libm::exp(-0.5));
}

#[test]
fn nobody_loses_a_job_who_does_not_wait() {
    let run = Scenario::half_year()
        .journey("support", "30 days")
        .journey("in_work", "100%")
        .journey("employed_at_start", "100%")
        .journey("loses_job_per_week_waited", "100%")
        .run();
    run.assert_same("kept_work", "in_work");
}
