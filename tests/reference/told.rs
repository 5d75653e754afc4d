//! The story of a replicate against its figures: whoever counts what is told comes to what is counted.

use std::collections::BTreeMap;

use workcast::model::outcome::{Outcome, Sink};
use workcast::model::programme::Programme;
use workcast::model::story::{Event, Step, What};
use workcast::model::{Kind, Simulator, Value};

#[derive(Default)]
struct Figures(BTreeMap<String, Value>);

impl Sink for Figures {
    fn put(&mut self, _: Kind, name: impl FnOnce() -> String, value: Value) {
        self.0.insert(name(), value);
    }
}

/// Tells a replicate under every option; returns how many events there were, or panics where they do
/// not come to the figures.
pub fn as_counted(programme: &Programme, replicate: u64) -> usize {
    let mut figures: BTreeMap<(usize, usize), Figures> = BTreeMap::new();
    let mut simulator = Simulator::new(programme, 1);
    let counted = simulator.replicate(replicate, |option, place, outcome: &Outcome<'_>| {
        outcome.metrics(figures.entry((option, place)).or_default());
    });
    counted.expect("it is drawn");
    let mut told = 0;
    for option in 0..programme.options.len() {
        let events = simulator.story(replicate, option).expect("it is drawn");
        assert!(events.is_sorted_by_key(|event| event.day), "in order of days");
        for place in 0..programme.localities.len() {
            people(programme, &events, place, &figures[&(option, place)]);
            money(programme, &events, place, &figures[&(option, place)]);
        }
        told += events.len();
    }
    // Whoever is told leaves no trace in what is counted next.
    let mut again: BTreeMap<(usize, usize), Figures> = BTreeMap::new();
    let counted = simulator.replicate(replicate, |option, place, outcome: &Outcome<'_>| {
        outcome.metrics(again.entry((option, place)).or_default());
    });
    counted.expect("it is drawn");
    for (at, before) in &figures {
        assert_eq!(format!("{:?}", again[at].0), format!("{:?}", before.0));
    }
    told
}

fn people(programme: &Programme, events: &[Event], place: usize, figures: &Figures) {
    let steps = || {
        events.iter().filter(move |event| event.locality == Some(place)).filter_map(|event| {
            match event.what {
                What::Person(person, step) => Some((event.day, person, step)),
                _ => None,
            }
        })
    };
    let count = |is: &dyn Fn(Step) -> bool| steps().filter(|&(_, _, step)| is(step)).count() as i64;
    let same = |name: &str, told: i64| {
        let counted = figures.0.get(name).unwrap_or_else(|| panic!("there is {name}"));
        let place = &programme.localities[place].name;
        assert_eq!(Value::Whole(Some(told)), *counted, "{place}: {name}");
    };
    same("referrals", count(&|step| matches!(step, Step::Referred(_))));
    same("signposted", count(&|step| step == Step::Signposted));
    same("withdrew", count(&|step| step == Step::Withdraws));
    same("did_not_attend", count(&|step| step == Step::DidNotAttend));
    same("no_plan", count(&|step| step == Step::NoPlan));
    same("plans", count(&|step| step == Step::Plan));
    same("disrupted", count(&|step| step == Step::Disrupted));
    same("completed", count(&|s| matches!(s, Step::Leaves { disengaged: false, .. })));
    same("disengaged", count(&|s| matches!(s, Step::Leaves { disengaged: true, .. })));
    same("in_work", count(&|s| matches!(s, Step::Leaves { in_work: true, .. })));
    let kept = |s| matches!(s, Step::Leaves { in_work: true, employed: true, .. });
    same("kept_work", count(&kept));
    same("opening_waiting", count(&|step| step == Step::WaitsAlready));
    same("opening_in_support", count(&|step| step == Step::InSupportAlready));
    // Each person's steps make sense one after another.
    let mut at: BTreeMap<u32, Step> = BTreeMap::new();
    for (day, person, step) in steps() {
        let before = at.insert(person, step);
        let follows = match step {
            Step::WaitsAlready | Step::InSupportAlready | Step::Referred(_) => before.is_none(),
            Step::Signposted | Step::Listed => matches!(before, Some(Step::Referred(_))),
            Step::Withdraws | Step::Takes { .. } => {
                matches!(before, Some(Step::Listed | Step::WaitsAlready | Step::Returns))
            }
            Step::Seen | Step::DidNotAttend => matches!(before, Some(Step::Takes { .. })),
            Step::NoPlan | Step::Plan => matches!(before, Some(Step::Seen)),
            Step::Returns => matches!(before, Some(Step::Takes { .. } | Step::Seen)),
            Step::Disrupted | Step::Leaves { .. } => {
                matches!(before, Some(Step::Plan | Step::InSupportAlready))
            }
            Step::HelpEnds => matches!(before, Some(Step::Leaves { .. })),
        };
        assert!(follows, "person {person} on day {day}: {step:?} after {before:?}");
    }
}

fn money(programme: &Programme, events: &[Event], place: usize, figures: &Figures) {
    let before = &programme.localities[place].opening.money;
    let (mut claimed, mut received) = (0, 0);
    for event in events.iter().filter(|event| event.locality == Some(place)) {
        match &event.what {
            What::Claimed(claim) => claimed += claim.receipt().get(),
            What::Received { amount, .. } => received += amount.get(),
            _ => {}
        }
    }
    assert_eq!(claimed, received, "what is claimed is paid");
    let figure = |name: &str| match figures.0.get(name) {
        Some(Value::Whole(Some(pence))) => *pence,
        other => panic!("{name}: {other:?}"),
    };
    let income = figure("income") + figure("repaid") - before.claimed().get();
    assert_eq!(claimed, income, "{}", programme.localities[place].name);
}
