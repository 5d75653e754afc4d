//! 3 Background: what was agreed, what is paid for it, and what like services reached.

use super::{Block, Section, Subject, titled};
use crate::model::programme::{BasicBasis, CapPeriod, IncomeLimit, ParticipantBasis};
use crate::quantity::FixedShare;
use crate::quantity::money::grouped;
use crate::report::headline::main_place;
use crate::report::number::{self, pounds};
use crate::report::words;

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    vec![Section::new(
        "3 Background",
        vec![
            Block::text(agreed(subject)),
            Block::List(funding(subject)),
            years(subject),
            Block::text(like_services(subject)),
            Block::blank(
                "the need in the place, the strategy that this serves, earlier decisions, who was consulted",
            ),
        ],
    )]
}

fn agreed(subject: &Subject<'_>) -> String {
    let facts = &subject.forecast.facts;
    let place = main_place(subject.forecast);
    let who = match &facts.localities[..] {
        [only] => only.name.clone(),
        several => format!("{} localities together", several.len()),
    };
    let mut said = format!(
        "{} runs from {} to {}. Agreed for {who} are {} action plans by then, for at most {}.",
        facts.programme,
        words::date(facts.starts),
        words::date(facts.ends),
        grouped(facts.agreed(place).unsigned_abs()),
        pounds(facts.allocation_pence(place))
    );
    let programme = &subject.scenario.programme;
    if programme.is_under_way() {
        said += " It is planned from its middle: people, plans and money of before its first day are in the \
                 figures.";
    }
    said
}

/// The funding rules in words.
fn funding(subject: &Subject<'_>) -> Vec<String> {
    let funding = &subject.scenario.programme.funding;
    let cap = |period: CapPeriod| match period {
        CapPeriod::Programme => "over the whole programme",
        CapPeriod::Year => "in each funding year",
    };
    let basic = match funding.basic.paid_on {
        BasicBasis::Expenditure => "against eligible expenditure",
        BasicBasis::Profile => "in equal parts of each year's sum, whatever is spent",
        BasicBasis::Participants => "for each action plan",
    };
    let participant = match funding.participant.paid_on {
        ParticipantBasis::Plan => "for each action plan",
        ParticipantBasis::Start => "for each first appointment",
    };
    let mut said = vec![
        format!(
            "{} of the allocation is paid {basic}, and {} {participant}. The first part is capped {}, the second {}.",
            percent(funding.basic.share),
            percent(funding.participant.share),
            cap(funding.basic.cap),
            cap(funding.participant.cap)
        ),
        format!(
            "Claims are made for each quarter that is over; money comes {}.",
            paid_after(subject)
        ),
    ];
    if let Some(outcome) = &funding.outcome {
        said.push(format!(
            "{} is kept for outcomes: {} for each.",
            percent(outcome.share),
            outcome.per_outcome
        ));
    }
    if funding.income_limit == IncomeLimit::Expenditure {
        said.push("Claims to date never exceed what was spent on what may be claimed.".to_owned());
    }
    if let Some(day) = funding.first_payment_from {
        let on = words::date(subject.scenario.programme.calendar.date(day));
        said.push(format!("Nothing is paid before {on}."));
    }
    said
}

fn percent(share: FixedShare) -> String {
    let estimate = crate::analysis::Estimate::known(share.get());
    number::alone(crate::model::Kind::Share, estimate)
}

/// `about 8 weeks, 8 in 10 between 4 weeks and 13 weeks`.
fn paid_after<'a>(subject: &Subject<'a>) -> &'a str {
    let found = subject.values.iter().find(|value| value.path == "funding.paid_after");
    found.map_or("it is not said when", |value| &value.value)
}

fn years(subject: &Subject<'_>) -> Block {
    let years = subject.scenario.programme.funding.years.iter();
    let calendar = &subject.scenario.programme.calendar;
    let row = |year: &crate::model::programme::FundingYear| {
        [
            year.label.clone(),
            words::date(calendar.date(year.ends)),
            percent(year.share),
            year.tariff.to_string(),
        ]
    };
    titled(
        "Funding years",
        ["Year", "Ends", "Share of the agreed plans", "Paid for one participant"],
        years.map(row).collect(),
    )
}

fn like_services(subject: &Subject<'_>) -> String {
    let facts = &subject.forecast.facts;
    let Some(like) = words::like_services(facts) else {
        return "No like services are named to hold the forecast against.".to_owned();
    };
    let names: Vec<String> = (facts.reference_class.iter())
        .map(|known| {
            let ratio = crate::analysis::Estimate::known(known.ratio);
            format!("{} ({})", known.name, number::alone(crate::model::Kind::Share, ratio))
        })
        .collect();
    format!("For comparison, {like}: {}.", words::list(&names))
}
