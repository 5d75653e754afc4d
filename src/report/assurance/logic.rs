//! STRESS-DES 2: how the model works.

use super::{Block, Section, Subject};
use crate::scenario::words::{opening, sentence};

const OVERVIEW: &str = "\
people   referral --> [access point decides] --> waits for a place --> first appointment
                          |                        |                     |
                          not eligible             gives up              does not come, tries again
         first appointment --> action plan --> support --> support ends --> in work, or not
                                                 |
                                                 breaks off
staff    decision --> route (stages, some fail) --> team is ready --> posts filled one by one
         a filled post gives places until its coach leaves; then it is recruited for again
money    each month's cost --> each claim: basic part on spending, participant part on plans
         claim --> paid weeks later, through the chain --> balance --> gap, shortfall, unclaimed";

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    vec![
        Section::new("2 Logic", Vec::new()),
        Section::inner("2.1 Overview of the base model", vec![Block::Lines(OVERVIEW.to_owned())]),
        Section::inner("2.2 Logic of the base model", base()),
        Section::inner("2.3 Logic of the options", options(subject)),
        Section::inner("2.4 Algorithms", algorithms()),
        Section::inner("2.5 Components", components()),
    ]
}

fn base() -> Vec<Block> {
    vec![Block::List(
        [
            "A world is drawn first: one value for each uncertain input. Then its people, day by day, \
             and then each option lives through that world.",
            "Referrals of each source are a Poisson process with a rate that ramps up; the access \
             point, where there is one, decides so many a week, first come first served.",
            "Eligible people wait for a place in the order of their decision, until their patience \
             ends. A place is an open one of a filled post, after the coach's first weeks.",
            "An appointment may be missed and is offered again as often as the scenario says. A plan \
             counts on its day; support then keeps the place until it ends.",
            "A team is ready when its route has gone through its stages; a stage may fail and begin \
             again. Posts are filled through a recruitment pipeline, and coaches leave.",
            "Money follows: costs by the day, claims by the quarter or the month within the caps and \
             the income limit, receipts after the payment delay, and the balance of each day.",
        ]
        .map(str::to_owned)
        .to_vec(),
    )]
}

/// Each option in the words of `check`.
fn options(subject: &Subject<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for option in &subject.scenario.programme.options {
        let teams = option.teams.iter().map(|team| sentence(subject.scenario, team));
        blocks.push(Block::text(format!("{}: {}", option.name, opening(subject.scenario, option))));
        blocks.push(Block::List(teams.collect()));
    }
    blocks
}

fn algorithms() -> Vec<Block> {
    vec![Block::List(
        [
            "Uncertain inputs are drawn through their quantile functions; correlated ones through a \
             Gaussian copula.",
            "Ranges stated as percentiles become the distribution that the assumptions log names.",
            "Money is in whole pence; an amount that is divided is divided so that the parts add up.",
            "A shortfall is cost that no receipt ever covers; the cash gap is the deepest balance \
             below zero.",
        ]
        .map(str::to_owned)
        .to_vec(),
    )]
}

fn components() -> Vec<Block> {
    let row = |name: &str, what: &str| [name.to_owned(), what.to_owned()];
    vec![Block::table(
        ["Component", "Here"],
        vec![
            row("Entities", "people, with a source, a cohort and attributes; posts; claims"),
            row(
                "Activities",
                "decision, appointment, plan, support; stages of a pipeline; payment",
            ),
            row(
                "Resources",
                "places of filled posts; decisions of the access point; money to claim",
            ),
            row(
                "Queues",
                "for a decision, for a place: first come first served, patience ends a wait",
            ),
            row(
                "Entry and exit",
                "entry by referral; exit as not eligible, having given up, not attended, ended \
                 support, or waiting or in support on the last day",
            ),
        ],
    )]
}
