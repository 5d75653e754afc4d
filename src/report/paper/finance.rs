//! 9 Financial implications: what is claimed, what is never claimed, what nobody pays for, and when.

use super::across::Across;
use super::{Block, Section, Subject};
use crate::analysis::PlaceForecast;
use crate::model::Kind;
use crate::report::headline::main_place;
use crate::report::number::{alone, pounds, with_error};
use crate::report::payers;
use crate::report::words::{self, chance, month};

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    let blocks = vec![
        Block::Table(money(subject)),
        Block::text(
            "A shortfall is cost that no receipt ever covers. A provision at 80% covers it in 8 worlds of 10. \
             The cash gap is how far the balance falls below zero before receipts catch up. Amounts are without \
             VAT.",
        ),
        Block::text(carrier(subject)),
    ];
    let mut sections = vec![Section::new("9 Financial implications", blocks)];
    if let Some(grid) = payers::grid(subject.forecast, main_place(subject.forecast)) {
        sections.push(Section::inner(
            "Who pays, and who waits",
            vec![Block::Table(grid.titled("Who pays, and who waits, means"))],
        ));
    }
    sections.push(Section::inner(
        "For the finance officer",
        vec![
            Block::blank("the budget from which the cash gap and a shortfall would be met"),
            Block::blank("VAT, and what the council's own support services cost beside this"),
            Block::blank("the comments of the chief finance officer"),
        ],
    ));
    sections
}

fn money(subject: &Subject<'_>) -> crate::report::grid::Grid {
    let forecast = subject.forecast;
    let allocation = pounds(forecast.facts.allocation_pence(main_place(forecast)));
    let provision = |at: fn(&crate::analysis::Provision) -> Option<String>| {
        move |place: &PlaceForecast| at(place.provision.as_ref()?)
    };
    let amount = |estimate| with_error(Kind::Money, estimate);
    let mut table = Across::new(forecast)
        .range("Cost", "cost")
        .range("Claimed and received", "income")
        .range(format!("Never claimed, of {allocation}"), "unclaimed")
        .range_if_any("Claimed and disallowed", "disallowed")
        .range_if_any("Paid back at the end", "repaid")
        .row("Chance of a shortfall", provision(|p| Some(chance(p.chance))))
        .row("Its mean size, if there is one", move |place| {
            Some(amount(place.provision.as_ref()?.mean_when_any?))
        })
        .row("Provision at 50%", move |place| Some(amount(place.provision.as_ref()?.p50)))
        .row("Provision at 80%", move |place| Some(amount(place.provision.as_ref()?.p80)))
        .range("Cash gap", "cash_gap")
        .row("Most often deepest in (worlds)", |place| {
            let (label, share) = place.cash_months.as_ref()?.most_often()?;
            Some(format!("{} ({})", month(label), alone(Kind::Chance, *share)))
        })
        .row("Never below zero (worlds)", |place| {
            let never = place.cash_months.as_ref()?.never;
            (never.value > 0.0).then(|| with_error(Kind::Chance, never))
        })
        .range_if_any("Interest on the cash gap", "financing");
    for year in &subject.scenario.programme.funding.years {
        let ends = words::date(subject.scenario.programme.calendar.date(year.ends));
        table = table
            .range_if_any(
                format!("Owed by the funder on {ends}"),
                &format!("owed_by_funder_at.{}", year.label),
            )
            .range_if_any(
                format!("Owed to providers on {ends}"),
                &format!("owed_to_providers_at.{}", year.label),
            );
    }
    let title = "Money, means with errors and the range of 8 worlds in 10";
    table.grid(title, "Amount").unwrap_or_default()
}

/// Who has the balance that falls below zero.
fn carrier(subject: &Subject<'_>) -> String {
    let funding = &subject.scenario.programme.funding;
    let holder = match (&funding.paid_to, main_place(subject.forecast)) {
        (Some(name), _) => name.clone(),
        (None, Some(place)) => format!("the locality ({place})"),
        (None, None) => "each locality".to_owned(),
    };
    let mut said = format!("The cash gap is carried by {holder}: it pays before it is paid.");
    if !funding.chain.is_empty() {
        let steps: Vec<String> = funding.chain.iter().map(|step| step.name.clone()).collect();
        said += &format!(" The money comes through {}.", words::list(&steps));
    }
    if main_place(subject.forecast).is_none() {
        said += " The figures are those of all localities together; one locality's own gap may be deeper at \
                 another time.";
    }
    said
}
