//! STRESS-DES 4 to 6: how the run was made, with what, and how to make it again.

use super::{BLANK, Block, Section, Subject};
use crate::analysis::precision::{CHANCE_SE, PLANS_RELATIVE_SE};
use crate::analysis::scramble::{SCRAMBLES, T_15};
use crate::ensemble::run::{FIRST_LOOK, LAST_LOOK};
use crate::quantity::money::grouped;
use crate::report::words;

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    vec![
        Section::new("4 Experimentation", Vec::new()),
        Section::inner("4.1 Initialisation", vec![initialisation(subject)]),
        Section::inner("4.2 Run length", vec![run_length(subject)]),
        Section::inner("4.3 Estimation approach", estimation(subject)),
        Section::new("5 Implementation", Vec::new()),
        Section::inner("5.1 Software", vec![software(subject)]),
        Section::inner("5.2 Random sampling", vec![random_sampling(subject)]),
        Section::inner("5.3 Model execution", execution(subject)),
        Section::inner("5.4 System specification", vec![system()]),
        Section::new("6 Code access", vec![access()]),
    ]
}

fn initialisation(subject: &Subject<'_>) -> Block {
    let starts = words::date(subject.forecast.facts.starts);
    Block::text(format!(
        "No warm-up: the programme begins on {starts} with the people, posts, plans and money that \
         the scenario states for that day, and with none where it states none. Routes and recruitment \
         that begin earlier are followed from their own first day."
    ))
}

fn run_length(subject: &Subject<'_>) -> Block {
    let facts = &subject.forecast.facts;
    Block::text(format!(
        "From {} to {}, in whole days; then until the last support has ended and the last money has \
         moved. The end is real, not chosen: the process never reaches a steady state.",
        words::date(facts.starts),
        words::date(facts.ends)
    ))
}

fn estimation(subject: &Subject<'_>) -> Vec<Block> {
    let replicates = grouped(subject.run.replicates);
    let why = match subject.asked {
        Some(asked) => format!(
            "{replicates} replicates, because {} were asked for (rounded up to a multiple of \
             {SCRAMBLES}).",
            grouped(asked)
        ),
        None => format!(
            "{replicates} replicates: the run went on until the standard error of each option's \
             chance of the target was below {} points and that of its mean plans below {}%, looked at \
             after {}, twice as many, and so on up to {}.",
            100.0 * CHANCE_SE,
            100.0 * PLANS_RELATIVE_SE,
            grouped(FIRST_LOOK),
            grouped(LAST_LOOK)
        ),
    };
    let reached = match subject.precision {
        Some(precision) => format!(
            "Reached, for the worst option: a standard error of {:.2} points on the chance of the \
             target and of {:.2}% on mean plans{}.",
            100.0 * precision.chance_se,
            100.0 * precision.plans_relative_se,
            if precision.met() {
                ""
            } else {
                ", which is more than a run that decides for itself allows"
            }
        ),
        None => "The run is too short, or lacks the metrics, for its errors to be said.".to_owned(),
    };
    vec![
        Block::text(why),
        Block::text(reached),
        Block::text(format!(
            "Replicates fall into {SCRAMBLES} independent scrambles; the standard error is that of \
             their {SCRAMBLES} estimates, and a 95% interval is {T_15:.3} standard errors to each side \
             (Student's t with {} degrees of freedom). The error of a quantile is Woodruff's. A chance \
             near 0 or 1 keeps an interval of some width. How often such intervals hold the truth is \
             under Verification and validation.",
            SCRAMBLES - 1
        )),
    ]
}

fn software(subject: &Subject<'_>) -> Block {
    Block::text(format!(
        "workcast {}, a discrete-event simulation in whole days, written in Rust.",
        subject.run.workcast
    ))
}

fn random_sampling(subject: &Subject<'_>) -> Block {
    Block::text(format!(
        "Seed {}. World inputs come from Owen-scrambled Sobol points, {SCRAMBLES} scrambles by turns; \
         everything else from SplitMix64 streams that are keyed by seed, world, purpose and whom or what \
         the draw is for. A person's luck is therefore the same under every option (common random \
         numbers), and neither threads nor the order of the file change a bit of the result.",
        subject.run.seed
    ))
}

fn execution(subject: &Subject<'_>) -> Vec<Block> {
    let file = subject.scenario.files().first().map_or(BLANK, |file| file.name.as_str());
    let run = subject.run;
    let count = subject.asked.map_or_else(String::new, |asked| format!(" --replicates {asked}"));
    let (command, what) = match run.purpose.split_once(' ') {
        Some((command, what)) => (command, format!(", of which this run is the case: {what}")),
        None => (&run.purpose[..], String::new()),
    };
    vec![Block::text(format!(
        "Made again by: workcast {command} {file} --seed {}{count}{what}. The hash of the scenario \
         and the version of workcast must be those at the top.",
        run.seed
    ))]
}

fn system() -> Block {
    Block::to_fill_in(&[
        "The machine that made the run (no result depends on it), and how long it took",
    ])
}

fn access() -> Block {
    Block::to_fill_in(&[
        "Where the code of workcast and this ledger are kept, and who may read them",
    ])
}
