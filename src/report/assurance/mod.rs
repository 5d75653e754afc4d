//! The analyst's file for a run: what `assure` writes. Its headings are those that STRESS-DES
//! (Monks et al. 2019, "Strengthening the reporting of empirical simulation studies", *Journal of
//! Simulation* 13) and HM Treasury's AQuA Book ask for; its figures come from the scenario and the
//! ledger, and what only a person can answer is left blank.

mod data;
mod experimentation;
pub mod limitations;
mod logic;
mod objectives;
mod validation;

use super::document::{BLANK, Block, Document, Section};
use super::{RunFacts, Subject};
use crate::quantity::money::grouped;

/// The whole file.
pub fn document(subject: &Subject<'_>) -> Document {
    let mut sections = vec![roles()];
    sections.extend(objectives::sections(subject));
    sections.extend(logic::sections(subject));
    sections.extend(data::sections(subject));
    sections.extend(experimentation::sections(subject));
    sections.extend(validation::sections());
    sections.extend(limitations::sections(subject));
    sections.push(sign_off());
    Document {
        title: format!("Assurance record: {}", subject.run.title),
        opening: opening(subject.run),
        sections,
    }
}

fn opening(run: &RunFacts) -> Vec<Block> {
    let mut blocks = vec![Block::text(format!(
        "Written by workcast {} from the ledger. Where only a person can answer there is a line to \
         write on: complete the record before the forecast is used.",
        env!("CARGO_PKG_VERSION")
    ))];
    if run.status != "complete" {
        blocks.push(Block::text(format!(
            "This run is {}. It holds no more than {} replicates and was not made to be decided on.",
            run.status,
            grouped(run.replicates)
        )));
    }
    let row = |name: &str, value: String| [name.to_owned(), value];
    blocks.push(Block::table(
        ["Run", ""],
        vec![
            row("Id in the ledger", run.run.clone().unwrap_or_default()),
            row("Made by the command", run.purpose.clone()),
            row("Begun (UTC)", run.created.clone()),
            row("Version of workcast", run.workcast.clone()),
            row("Hash of the scenario (BLAKE3)", run.hash.clone()),
            row("Seed", run.seed.to_string()),
            row("Replicates", grouped(run.replicates)),
        ],
    ));
    blocks
}

/// The four roles of the AQuA Book.
fn roles() -> Section {
    let role = |role: &str, does: &str| {
        [role.to_owned(), does.to_owned(), BLANK.to_owned(), BLANK.to_owned()]
    };
    let rows = vec![
        role(
            "Commissioner",
            "asks the question, says what it is for, accepts the answer as fit for it",
        ),
        role("Analyst", "wrote the scenario, made the run, checked both"),
        role("Analytical assurer", "was not the analyst; reviewed scenario, run and this record"),
        role("Approver", "signs the work off for use"),
    ];
    let table = Block::table(["Role", "What they do", "Name and organisation", "Since"], rows);
    Section::new("Roles", vec![table])
}

fn sign_off() -> Section {
    let row = |who: &str, what: &str| {
        [who.to_owned(), what.to_owned(), BLANK.to_owned(), BLANK.to_owned(), BLANK.to_owned()]
    };
    let rows = vec![
        row("Analyst", "The scenario says what was agreed, and the checks above were done"),
        row("Analytical assurer", "The analysis was reviewed, and what was found was answered"),
        row("Commissioner", "The answer fits the question, and its uncertainty is understood"),
        row("Approver", "The work may be used for the purpose above"),
    ];
    let table = Block::table(["Role", "What is signed for", "Name", "Date", "Comments"], rows);
    Section::new("Sign-off", vec![table])
}
