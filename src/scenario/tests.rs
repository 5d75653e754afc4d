//! The room as a whole, on the shipped scenarios and on small ones.

use std::path::Path;

use super::*;
use crate::model::programme::{Opens, Team};
use crate::quantity::{Adjust, Family, Key, Pence, Uncertain, points::dimension_of};

/// A small scenario without anything uncertain.
const SMALL: &str = r#"
title = "Small"
[programme]
name = "P"
starts = 2024-10-01
ends = 2026-03-31
[funding]
claims = "quarterly"
basic = { share = "60%" }
participant = { share = "40%" }
year."2024/25" = { ends = 2025-03-31, share = "30%", tariff = "£800" }
year."2025/26" = { ends = 2026-03-31, share = "70%", tariff = "£811" }
[locality.Bury]
population = 200_000
agreed_participants = 536
referrals.GP = { per_month = 40 }
[journey]
support = "12 weeks"
[pipeline.tender]
stage.quotes.takes = "6 weeks"
stage.award = { takes = "2 weeks", fails = "10%" }
[option.A.team.T]
posts = 4
"#;

/// The small scenario with more behind it.
fn small(more: &str) -> Scenario {
    match Scenario::from_text("small.toml", &format!("{SMALL}{more}")) {
        Ok(scenario) => scenario,
        Err(wrong) => panic!("{wrong}"),
    }
}

/// The messages about the small scenario with more behind it.
fn wrong(more: &str) -> Vec<String> {
    match Scenario::from_text("small.toml", &format!("{SMALL}{more}")) {
        Ok(_) => Vec::new(),
        Err(wrong) => wrong.iter().map(|report| report.message.clone()).collect(),
    }
}

fn team(scenario: &Scenario) -> &Team {
    &scenario.programme.options[0].teams[0]
}

/// The input behind an uncertain value.
fn input(scenario: &Scenario, value: Uncertain) -> &crate::quantity::Input {
    match value {
        Uncertain::Input(index) => &scenario.programme.inputs[index as usize],
        Uncertain::Fixed(value) => panic!("fixed at {value}"),
    }
}

fn shipped(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    match Scenario::read(&path) {
        Ok(scenario) => scenario,
        Err(wrong) => panic!("{wrong}"),
    }
}

#[test]
fn bury_is_read_as_it_stands() {
    let bury = shipped("bury.toml");
    let programme = &bury.programme;
    assert_eq!(bury.title, "Bury WorkWell");
    assert_eq!(bury.files().len(), 4);
    assert_eq!(bury.stresses.len(), 8);
    assert_eq!(programme.calendar.days(), 547);
    assert_eq!(programme.localities[0].agreed, 536);
    let options: Vec<&str> = programme.options.iter().map(|option| option.name.as_str()).collect();
    assert_eq!(options, ["In-house", "Procured", "Hybrid"]);
    assert!(programme.options.iter().all(|option| option.opens == Opens::WithService));
    assert_eq!(programme.cohorts.len(), 3);
    assert_eq!(programme.groups.len(), 1);
    assert_eq!(programme.inputs.iter().filter(|input| input.group == Some(0)).count(), 4);
    assert_eq!(bury.reference_class.len(), 4);
}

#[test]
fn the_programmes_shared_part_is_no_scenario_on_its_own_and_says_what_is_missing() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/programmes/gm-workwell.toml");
    let wrong = Scenario::read(&path).unwrap_err();
    let messages: Vec<&str> = wrong.iter().map(|report| report.message.as_str()).collect();
    assert_eq!(messages, ["the scenario has no locality", "the scenario has no option"]);
}

#[test]
fn burys_allocation_is_computed_to_the_penny() {
    let bury = shipped("bury.toml");
    let allocation = &bury.programme.localities[0].allocation;
    assert_eq!(allocation.total, Pence::new(43_292_720));
    assert_eq!(allocation.basic, Pence::new(25_975_632));
    assert_eq!(allocation.participant, Pence::new(17_317_088));
}

#[test]
fn cohorts_that_say_nothing_else_share_the_journeys_inputs() {
    let bury = shipped("bury.toml");
    let journeys: Vec<_> = bury.programme.cohorts.iter().map(|cohort| &cohort.journey).collect();
    assert_eq!(journeys[0].attends, journeys[1].attends);
    assert!(matches!(journeys[0].attends, Uncertain::Input(_)));
    assert_ne!(journeys[0].support, journeys[1].support);
    assert_eq!(journeys[2].employed_at_start, Uncertain::Fixed(0.5));
}

#[test]
fn every_stress_of_bury_can_be_put_over_it() {
    let bury = shipped("bury.toml");
    for stress in &bury.stresses {
        let stressed = bury.stressed(stress).unwrap();
        assert_ne!(stressed.hash(), bury.hash(), "{stress}");
    }
}

// ---------------------------------------------------------------- what a file means

#[test]
fn what_is_not_stated_has_its_default() {
    let small = small("");
    let programme = &small.programme;
    assert_eq!(programme.last_referral, programme.calendar.last());
    assert_eq!(programme.cohorts[0].name, "everyone");
    assert_eq!(programme.cohorts[0].journey.attends, Uncertain::Fixed(1.0));
    assert!(programme.cohorts[0].journey.patience.is_none());
    assert_eq!(programme.localities[0].sources[0].cohorts, [(0, 1.0)]);
    assert_eq!(programme.localities[0].triage.capacity_per_week, None);
    assert_eq!((team(&small).begins, team(&small).fte), (0, 1.0));
    assert!(programme.inputs.is_empty() && programme.pipelines.is_empty());
}

#[test]
fn a_rate_per_100_000_is_scaled_by_the_population() {
    let scenario =
        small("[locality.Bury.referrals.Self]\nper_100k_per_month = { nine_in_ten = [5, 20] }");
    let source = &scenario.programme.localities[0].sources[1];
    assert_eq!(source.scale, 2.0);
    assert_eq!(
        input(&scenario, source.per_month).path,
        "locality.Bury.referrals.Self.per_100k_per_month"
    );
}

#[test]
fn a_hazard_is_held_as_a_rate_a_day() {
    let scenario = small("leavers = { is = '3%', per = 'month' }");
    let Some(Uncertain::Fixed(rate)) = team(&scenario).leavers else { panic!("not fixed") };
    assert!((rate * 365.25 / 12.0 + libm::log(0.97)).abs() < 1e-12);
}

#[test]
fn a_team_draws_without_its_options_name() {
    let scenario = small(
        "caseload = { nine_in_ten = [25, 40] }\n\
         [option.B.team.U]\ndraws_as = 'T'\ncaseload = { nine_in_ten = [25, 40] }",
    );
    let inputs = &scenario.programme.inputs;
    let paths: Vec<&str> = inputs.iter().map(|input| input.path.as_str()).collect();
    assert_eq!(paths, ["option.A.team.T.caseload", "option.B.team.U.caseload"]);
    assert!(inputs.iter().all(|input| input.key == Key::name("team.T.caseload")));
}

#[test]
fn an_unused_pipeline_adds_no_input() {
    let unused = "[pipeline.spare]\npace = { nine_in_ten = [0.5, 2] }\nstage.s.takes = '1 week'";
    assert!(small(unused).programme.inputs.is_empty());
    let used = small(&format!("{unused}\n[option.B.team.T]\nroute = 'spare'"));
    assert_eq!(used.programme.inputs[0].path, "pipeline.spare.pace");
    assert_eq!(used.programme.pipelines.len(), 1);
}

#[test]
fn a_parameter_of_a_value_that_varies_is_an_input_of_its_own() {
    let scenario = small(
        "[cohort.everyone]\nsupport = { gamma = { mean = { nine_in_ten = ['8 weeks', '16 weeks'] }, sd = '3 weeks' } }",
    );
    assert_eq!(scenario.programme.inputs[0].path, "cohort.everyone.support.mean");
    let Family::Gamma { mean, sd } = *scenario.programme.cohorts[0].journey.support.family() else {
        panic!("no gamma")
    };
    assert_eq!((mean, sd), (Uncertain::Input(0), Uncertain::Fixed(21.0)));
}

#[test]
fn inputs_of_the_journey_have_the_dimensions_of_their_roles() {
    let bury = shipped("bury.toml");
    let attends = input(&bury, bury.programme.cohorts[0].journey.attends);
    assert_eq!(attends.path, "journey.attends");
    assert_eq!(attends.dimension, dimension_of("journey.attends"));
    assert!(attends.dimension.is_some());
    assert_eq!(bury.programme.groups[0].dimension, dimension_of("correlated.demand"));
}

#[test]
fn a_stated_allocation_is_split_over_the_years_by_share_and_tariff() {
    let text = SMALL.replace("population = 200_000", "allocation = '£400,000'");
    let scenario = Scenario::from_text("small.toml", &text).unwrap();
    let allocation = &scenario.programme.localities[0].allocation;
    assert_eq!(allocation.total, Pence::pounds(400_000));
    assert_eq!(allocation.years.iter().map(|year| year.total).sum::<Pence>(), allocation.total);
    // 30 x 800 of 30 x 800 + 70 x 811.
    assert_eq!(allocation.years[0].total, Pence::new(11_885_601));
}

#[test]
fn stockports_printed_figures_are_those_that_are_computed() {
    let text = SMALL.replace("536", "816");
    let scenario = Scenario::from_text("small.toml", &text).unwrap();
    let allocation = &scenario.programme.localities[0].allocation;
    assert_eq!(allocation.total, Pence::new(65_908_320));
    assert_eq!(allocation.basic, Pence::new(39_544_992));
    assert_eq!(allocation.participant, Pence::new(26_363_328));
    assert_eq!(allocation.years[0].total, Pence::new(19_584_000));
    assert_eq!(allocation.years[1].total, Pence::new(46_324_320));
}

#[test]
fn the_hash_stands_for_the_text_and_what_is_put_over_it() {
    let one = small("");
    assert_eq!(one.hash(), Scenario::from_text("other.toml", SMALL).unwrap().hash());
    assert_ne!(one.hash(), small("# a remark").hash());
    let changed = one.with_values(&[("option.A.team.T.posts".into(), "5".into())]).unwrap();
    assert_ne!(changed.hash(), one.hash());
}

#[test]
fn a_scenario_comes_back_from_the_files_that_it_was_read_from() {
    let bury = shipped("bury.toml");
    let again = Scenario::from_files(bury.files()).unwrap();
    assert_eq!(again.hash(), bury.hash());
    assert_eq!(again.programme.inputs, bury.programme.inputs);
}

// ---------------------------------------------------------------- stresses and values

fn stressed(set: &str, more: &str) -> Scenario {
    small(&format!("{more}\n[stress.S]\n{set}")).stressed("S").unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn a_stress_multiplies_what_is_drawn() {
    let set = "set.'option.*.team.*.caseload' = { times = 0.8 }";
    let scenario = stressed(set, "caseload = { nine_in_ten = [25, 40] }");
    let caseload = input(&scenario, team(&scenario).caseload.unwrap());
    assert_eq!(caseload.adjust, [Adjust::Times(0.8)]);
    let fixed = stressed(set, "caseload = 30");
    assert_eq!(team(&fixed).caseload, Some(Uncertain::Fixed(24.0)));
}

#[test]
fn a_stress_reaches_defaults_and_adds_in_the_units_that_are_held() {
    let scenario = stressed(
        "set.'option.A.team.T.absence' = { add = '2%' }\nset.'journey.to_plan' = { add = '1 week' }\n\
         set.'journey.support' = { times = 2 }",
        "",
    );
    assert_eq!(team(&scenario).absence, Uncertain::Fixed(0.02));
    let journey = &scenario.programme.cohorts[0].journey;
    assert_eq!(journey.to_plan.adjust(), [Adjust::Add(7.0)]);
    assert_eq!(journey.support.adjust(), [Adjust::Times(2.0)]);
}

#[test]
fn a_stress_on_one_cohort_keeps_the_journeys_draws() {
    let more = "[cohort.a]\n[cohort.b]\n[locality.Bury.referrals.Self]\nper_month = 1\n\
                cohorts = { a = '50%', b = '50%' }";
    let text = SMALL
        .replace("{ per_month = 40 }", "{ per_month = 40, cohorts = { a = '100%' } }")
        .replace("[journey]", "[journey]\nattends = { nine_in_ten = ['30%', '60%'] }");
    let text = format!("{text}{more}\n[stress.S]\nset.'cohort.a.attends' = {{ times = 0.5 }}");
    let base = Scenario::from_text("small.toml", &text).unwrap_or_else(|e| panic!("{e}"));
    let under = base.stressed("S").unwrap();
    let attends = |scenario: &Scenario, cohort: usize| {
        input(scenario, scenario.programme.cohorts[cohort].journey.attends).clone()
    };
    assert_eq!(attends(&under, 0).key, attends(&base, 0).key);
    assert_eq!(attends(&under, 0).dimension, attends(&base, 0).dimension);
    assert_eq!(attends(&under, 0).adjust, [Adjust::Times(0.5)]);
    assert_eq!(attends(&under, 1), attends(&base, 1));
}

#[test]
fn a_chance_of_failing_can_be_changed_for_the_first_tries_only() {
    let scenario = stressed(
        "set.'pipeline.tender.stage.*.fails' = { to = '100%', first_tries = 2 }",
        "route = 'tender'",
    );
    let stages = &scenario.programme.pipelines[0].stages;
    assert_eq!(stages[1].fails, Uncertain::Fixed(0.1));
    assert_eq!(stages[1].first_tries, Some((2, Uncertain::Fixed(1.0))));
    assert_eq!(stages[0].first_tries, Some((2, Uncertain::Fixed(1.0))));
}

#[test]
fn a_late_return_can_be_certain_for_one_quarter() {
    let set = "set.'funding.late_return' = { to = '100%', quarter_ending = 2024-12-31 }";
    let scenario = stressed(set, "");
    let late = &scenario.programme.funding.late_return;
    assert_eq!(late.len(), 6);
    assert_eq!((late[0], late[1]), (Uncertain::Fixed(1.0), Uncertain::ZERO));
    let no_quarter = set.replace("12-31", "11-30");
    assert_eq!(
        wrong(&format!("[stress.S]\n{no_quarter}")),
        ["no quarter of the programme ends on 2024-11-30"]
    );
}

#[test]
fn a_salary_by_date_is_changed_at_every_date_or_at_one() {
    let salary = "costs = { salary = { 2024-10-01 = '£40,000', 2025-04-01 = '£42,000' } }";
    let amounts = |scenario: &Scenario| -> Vec<Uncertain> {
        team(scenario).costs.salary.iter().map(|(_, amount)| *amount).collect()
    };
    let all = stressed("set.'option.A.team.T.costs.salary' = { times = 2 }", salary);
    assert_eq!(amounts(&all), [Uncertain::Fixed(80_000.0), Uncertain::Fixed(84_000.0)]);
    let one =
        stressed("set.'option.A.team.T.costs.salary.2025-04-01' = { add = '-£2,000' }", salary);
    assert_eq!(amounts(&one), [Uncertain::Fixed(40_000.0), Uncertain::Fixed(40_000.0)]);
}

#[test]
fn a_stress_that_makes_a_value_absurd_is_refused() {
    assert!(
        wrong("[stress.S]\nset.'option.A.team.T.posts' = { times = 1e5 }")[0]
            .contains("out of its range")
    );
    assert!(
        wrong("[stress.S]\nset.'option.A.team.T.posts' = { times = 0.3 }")[0]
            .contains("no whole number")
    );
    for path in ["journey.support", "locality.Bury.referrals.GP.per_month"] {
        let messages = wrong(&format!("[stress.S]\nset.'{path}' = {{ times = 1e6 }}"));
        assert!(messages[0].contains("far too large to be meant"), "{path}: {messages:?}");
    }
}

#[test]
fn a_stress_that_leaves_no_distribution_in_some_world_is_refused() {
    let support = "[cohort.everyone]\nsupport = { gamma = { mean = { nine_in_ten = ['8 weeks', '9 weeks'] }, sd = '2 weeks' } }";
    let under =
        |set: &str| wrong(&format!("{support}\n[stress.S]\nset.'cohort.everyone.support.{set}"));
    assert!(under("mean' = { times = 0.9 }").is_empty());
    assert!(under("mean' = { times = 0 }")[0].contains("makes no distribution"));
    assert!(under("mean' = { add = '-1 year' }")[0].contains("makes no distribution"));
}

#[test]
fn a_parameter_of_an_uncertain_value_has_no_path_of_its_own() {
    let more = "caseload = { nine_in_ten = [25, 40] }\n[stress.S]\nset.'option.A.team.T.caseload.low' = { times = 2 }";
    assert_eq!(wrong(more), ["the path option.A.team.T.caseload.low matches nothing"]);
}

#[test]
fn the_first_tries_of_a_stage_share_the_group_of_its_chance() {
    let text = SMALL.replace("fails = \"10%\"", "fails = { nine_in_ten = ['5%', '20%'] }");
    let more = "route = 'tender'\n[correlated.g]\ncorrelation = 0.5\ninputs = ['pipeline.*.stage.award.fails']\n\
                [stress.S]\nset.'pipeline.tender.stage.award.fails' = { times = 2, first_tries = 1 }";
    let base = Scenario::from_text("small.toml", &(text + more)).unwrap_or_else(|e| panic!("{e}"));
    let under = base.stressed("S").unwrap();
    let inputs = &under.programme.inputs;
    assert_eq!(inputs.len(), 2);
    assert_eq!((inputs[0].key, inputs[0].group), (inputs[1].key, inputs[1].group));
    assert_eq!(inputs[1].adjust, [Adjust::Times(2.0)]);
}

#[test]
fn one_input_hit_twice_by_one_stress_is_an_error() {
    assert_eq!(
        wrong(
            "[stress.S]\nset.'option.*.team.T.posts' = { times = 2 }\n\
             set.'option.A.team.*.posts' = { to = 3 }"
        ),
        ["this stress changes option.A.team.T.posts twice"]
    );
}

#[test]
fn a_value_from_the_command_line_may_leave_its_quotes_out() {
    let base = small("");
    let with = |path: &str, value: &str| base.with_values(&[(path.into(), value.into())]);
    let scenario = with("journey.support", "10 weeks").unwrap();
    assert_eq!(
        *scenario.programme.cohorts[0].journey.support.family(),
        Family::Fixed(Uncertain::Fixed(70.0))
    );
    let scenario = with("option.*.team.*.route", "tender").unwrap();
    assert_eq!(team(&scenario).route, Some(0));
    let scenario = with("option.A.team.T.begins", "2024-11-01").unwrap();
    assert_eq!(team(&scenario).begins, 31);
    let message = with("option.A.team.T.posts", "many").unwrap_err().to_string();
    assert!(message.contains("the command line:1:25"), "{message}");
    assert!(with("option.A.team.T.post", "3").unwrap_err().to_string().contains("posts"));
    assert!(base.with_values(&[]).is_ok());
}

#[test]
fn a_stress_that_does_not_exist_names_the_nearest() {
    let scenario = small("[stress.'No money']\nset.'journey.attends' = { to = '10%' }");
    let message = scenario.stressed("no money").unwrap_err().to_string();
    assert!(message.contains("did you mean \"No money\"?"), "{message}");
}

// ---------------------------------------------------------------- what is refused

#[test]
fn correlated_groups_are_checked_against_what_is_uncertain() {
    let group = |inputs: &str| {
        format!(
            "caseload = {{ nine_in_ten = [25, 40] }}\n[correlated.g]\ncorrelation = 0.5\ninputs = {inputs}"
        )
    };
    let scenario = small(&group("['option.*.team.*.caseload', 'journey.attends']"));
    assert_eq!(scenario.programme.inputs[0].group, Some(0));
    let warnings: Vec<&str> = scenario.warnings.iter().map(|w| w.message.as_str()).collect();
    assert_eq!(warnings, ["journey.attends is fixed, so that nothing moves with it"]);
    assert!(wrong(&group("['option.*.team.*.caselod']"))[0].contains("matches nothing"));
    let varies = "[cohort.everyone]\nsupport = { exponential = { mean = { nine_in_ten = ['8 weeks', '9 weeks'] } } }\n\
                  [correlated.g]\ncorrelation = 0.5\ninputs = ['cohort.everyone.support']";
    assert!(wrong(varies)[0].contains("varies from one to the next"));
    assert!(wrong(&varies.replace(".support']", ".support.mean']")).is_empty());
    assert!(wrong(&group("['locality.Bury.referrals']"))[0].contains("is a table"));
    let two = group("['option.*.team.*.caseload']")
        + "\n[correlated.h]\ncorrelation = 0.5\ninputs = ['option.A.team.T.caseload']";
    assert!(wrong(&two)[0].contains("in another group of correlated values already"));
}

#[test]
fn localities_with_a_team_each_are_fine_and_one_without_is_a_warning() {
    let oldham = "serves = ['Bury']\n[locality.Oldham]\nagreed_participants = 5\nreferrals.GP = { per_month = 1 }";
    let alone = small(oldham);
    assert!(alone.warnings.to_string().contains("no team serves Oldham under \"A\""));
    let both = small(&format!("{oldham}\n[option.A.team.U]\nserves = ['Oldham']"));
    assert!(both.warnings.is_empty());
}

#[test]
fn far_too_many_people_are_refused_before_they_fill_the_memory() {
    let messages = wrong("[locality.Bury.referrals.All]\nper_month = 500_000");
    assert!(messages[0].contains("far too many to simulate"), "{messages:?}");
}

#[test]
fn an_option_that_costs_more_than_the_allocation_is_a_warning() {
    let scenario = small("costs = { salary = '£80,000' }");
    // 4 posts x £80,000 x 547/365.25 days.
    assert!(scenario.warnings.to_string().contains("would cost about £479,233, more than"));
    assert!(small("costs = { salary = '£40,000' }").warnings.is_empty());
}

#[test]
fn income_without_a_limit_is_a_warning() {
    let text =
        SMALL.replace("claims = \"quarterly\"", "claims = 'quarterly'\nincome_limit = 'none'");
    let scenario = Scenario::from_text("small.toml", &text).unwrap();
    assert!(scenario.warnings.to_string().contains("income can exceed cost"));
}

#[test]
fn one_mistake_has_one_message() {
    for more in [
        "caselod = 30",
        "route = 'tendr'",
        "begins = 'May'",
        "[locality.Bury.referrals.Self]\nper_moth = 3",
        "[cohort.a]\nsuport = '3 weeks'\n",
        "[locality.Bury.costs.Lead]\nper_moth = '£3'",
    ] {
        assert_eq!(wrong(more).len(), 1, "{more}: {:?}", wrong(more));
    }
}

#[test]
fn all_mistakes_of_a_file_are_reported_at_once_and_in_order() {
    let text = SMALL
        .replace("ends = 2026-03-31\n", "ends = 2024-03-31\n")
        .replace("\"60%\"", "0.6")
        .replace("per_month = 40", "per_month = '40'")
        .replace("posts = 4", "post = 4");
    let wrong = Scenario::from_text("small.toml", &text).unwrap_err();
    let messages: Vec<&str> = wrong.iter().map(|report| report.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the programme ends before it starts",
            "a share is written with its percent sign, in quotes",
            "a number of people is written without quotes",
            "option.A.team.T has no key \"post\"",
        ]
    );
}

// ---------------------------------------------------------------- in words

#[test]
fn the_words_say_where_each_value_comes_from_and_what_this_file_changed() {
    let text = words::describe(&shipped("bury.toml"));
    let line =
        |part: &str| text.lines().find(|line| line.contains(part)).unwrap_or_default().to_owned();
    assert!(line(" title ").contains("bury.toml:8 (changes gm-workwell.toml:4)"));
    assert!(line(" paid_after ").contains("about 8 weeks, 8 in 10 between 4 weeks and 13 weeks"));
    assert!(line(" sustained_for ").ends_with("default"));
    assert!(text.contains("one digit differs"));
    assert!(text.lines().all(|line| line.chars().count() <= 112 || line.contains("warning:")));
}

#[test]
fn the_words_for_a_program_hold_the_same_facts() {
    let json = words::describe_json(&shipped("bury.toml"));
    assert_eq!(json["localities"][0]["allocation_pence"], 43_292_720);
    assert_eq!(json["reconciliation"][2]["difference_pence"], -199_988);
    assert!(json["values"].as_array().unwrap().len() > 150);
}

#[test]
fn every_stated_quantity_is_an_assumption_with_what_stands_beside_it() {
    let assumptions = shipped("bury.toml").assumptions();
    let cost_of_cash = assumptions.iter().find(|a| a.path == "funding.cost_of_cash").unwrap();
    assert_eq!(cost_of_cash.confidence.as_deref(), Some("measured"));
    assert_eq!(cost_of_cash.source.as_deref(), Some("council short-term borrowing 2024/25"));
    assert!(cost_of_cash.place.as_ref().unwrap().ends_with("gm-workwell.toml:22"));
    let lead = "locality.Bury.costs.Programme lead and returns.per_month";
    let lead = assumptions.iter().find(|a| a.path == lead).unwrap();
    assert_eq!(lead.confidence.as_deref(), Some("assumed"));
    assert!(!lead.is_complete());
}
