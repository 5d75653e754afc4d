//! The room as a whole, on the shipped scenarios and on small ones.

use std::path::Path;

use super::*;
use crate::model::programme::Opens;
use crate::quantity::{Pence, Uncertain};

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
    assert_eq!(bury.files().len(), 2);
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
