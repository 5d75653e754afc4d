//! A committee's paper, prefilled from a run: what the scenario and the ledger know stands in it, what
//! only an officer can write is a marked blank, and the decision is left to the board.

mod across;
mod background;
mod considerations;
mod costings;
mod evidence;
mod finance;
mod options;
mod people;
mod risks;
mod team;
mod timeline;

use super::Subject;
use super::document::{BLANK, Block, Document, Section};
use super::figure::Figure;
use super::grid::Grid;
use super::headline::{main_place, sentences};
use super::words;

/// The paper in the order that a council's health and wellbeing board uses. Of the pictures of a run it
/// takes those of plans, people and cash, if they are there.
pub fn paper(subject: &Subject<'_>, figures: &[Figure]) -> Document {
    let with = |mut part: Vec<Section>, name: &str| {
        let figure = figures.iter().find(|figure| figure.name == name).cloned();
        if let (Some(section), Some(figure)) = (part.last_mut(), figure) {
            section.blocks.push(Block::Figure(figure));
        }
        part
    };
    let mut sections = vec![summary(subject), recommendation(subject)];
    sections.extend(background::sections(subject));
    sections.extend(with(options::sections(subject), "plans"));
    sections.extend(with(considerations::sections(subject), "stresses"));
    sections.extend(people::sections(subject));
    sections.push(legal(subject));
    sections.extend(with(finance::sections(subject), "balance"));
    sections.extend(costings::sections(subject));
    sections.extend(timeline::sections(subject));
    sections.push(risks::section(subject));
    sections.extend(evidence::sections(subject));
    Document { title: subject.run.title.clone(), opening: opening(subject), sections }
}

/// A table under a title.
fn titled<const N: usize>(title: &str, header: [&str; N], rows: Vec<[String; N]>) -> Block {
    Block::Table(Grid::plain(header, rows).titled(title))
}

/// The names of the options.
fn names(subject: &Subject<'_>) -> Vec<String> {
    subject.forecast.options.iter().map(|option| option.name.clone()).collect()
}

/// What stands above every board's paper.
fn opening(subject: &Subject<'_>) -> Vec<Block> {
    let facts = &subject.forecast.facts;
    let question = facts.question.clone().unwrap_or_else(|| BLANK.to_owned());
    let blank = |what: &str| [what.to_owned(), BLANK.to_owned()];
    let rows = vec![
        blank("Date of the meeting"),
        blank("Report of"),
        ["Subject".to_owned(), format!("{}: {question}", facts.title)],
        blank("Ward(s)"),
        blank("Contact officer"),
        blank("Open or exempt, and why"),
    ];
    let mut blocks = vec![
        Block::table(["Report to", BLANK], rows),
        Block::text(
            "This paper was filled in from a simulation. What only an officer can write is marked. A figure \
             after ± is the simulation's own error (95%). A range in brackets is what the world may do: 1 world \
             in 10 falls below it, 1 in 10 above.",
        ),
    ];
    blocks.extend(subject.caveats().map(Block::Text));
    blocks
}

fn summary(subject: &Subject<'_>) -> Section {
    let mut blocks = Vec::new();
    if let Some(question) = &subject.forecast.facts.question {
        blocks.push(Block::text(format!("The question is: {question}")));
    }
    blocks.push(Block::List(sentences(subject.forecast)));
    blocks.push(Block::text("Their errors and ranges are in sections 4 and 9."));
    blocks.push(Block::blank("what the board should take from this, in two or three sentences"));
    Section::new("1 Summary", blocks)
}

/// Left open: the board chooses.
fn recommendation(subject: &Subject<'_>) -> Section {
    let names = names(subject);
    let facts = &subject.forecast.facts;
    let agreed = facts.agreed(main_place(subject.forecast));
    let choice = match &names[..] {
        [only] => format!("decide whether {only} goes on as it is set out here;"),
        _ => format!("choose between the options {};", words::list(&names)),
    };
    let asked = vec![
        "note the forecast, its errors and what it leaves out;".to_owned(),
        choice,
        "say who carries the cash gap until the money comes, and what is set aside for a shortfall (section 9);"
            .to_owned(),
        format!(
            "say whether the agreed number of {} action plans stands, or is to be agreed anew.",
            crate::quantity::money::grouped(agreed.unsigned_abs())
        ),
    ];
    let mut blocks = vec![Block::text("The board is asked to:"), Block::List(asked)];
    if names.len() > 1 {
        blocks.push(Block::text(
            "The simulation makes no recommendation. Section 5 says where the options differ by more than the \
             error, and whether another reading of the funding rules turns their order.",
        ));
    }
    blocks.push(Block::blank("the option recommended, if any, and the reasons"));
    Section::new("2 Recommendation", blocks)
}

/// What lawyers are asked.
fn legal(subject: &Subject<'_>) -> Section {
    let mut prompts = vec![
        "the power under which the service is provided, and who may decide".to_owned(),
        "what the funding agreement asks for, and what may be taken back".to_owned(),
    ];
    let options = &subject.scenario.programme.options;
    let bought: Vec<String> = (options.iter())
        .filter(|option| option.teams.iter().any(|team| team.price.is_some()))
        .map(|option| option.name.clone())
        .collect();
    if !bought.is_empty() {
        prompts.push(format!(
            "the procurement route of {} and whether it is open to the council",
            words::list(&bought)
        ));
        prompts.push(
            "whether staff would transfer with their terms (TUPE) when a provider begins, leaves or ends; the \
             simulation leaves this out"
                .to_owned(),
        );
    }
    prompts.push(
        "data protection: the assessment, who controls the data, who may pass on what".to_owned(),
    );
    prompts.push("employment: fixed terms, their end and what is due then".to_owned());
    let mut blocks = vec![Block::text("The simulation says nothing of the law.")];
    blocks.extend(prompts.into_iter().map(Block::Blank));
    Section::new("8 Legal implications", blocks)
}
