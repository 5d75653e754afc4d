//! The calendar of claims: for which period, when the return falls due, when it is paid.

use super::cell::{Cell, Look};
use super::drawn::{dates, days_in_words, funders, range};
use super::table::{Column, Table};
use crate::model::programme::{BasicBasis, Funding, PaidWhen, Pays};
use crate::model::receipts::LATE_LAST_RETURN;
use crate::quantity::time::whole_days;
use crate::quantity::{Day, Uncertain};
use crate::report::{Subject, words};

/// The sheet, a row for each claim, what is paid together and who pays it.
pub fn table(subject: &Subject<'_>) -> Table {
    let columns = vec![
        Column::words("Claim", 10, "number of the claim, from 1"),
        Column::words("For", 26, "what is claimed"),
        Column::words("Financial year", 12, "funding year that it belongs to"),
        Column::words("Period begins", 14, "first day that it covers"),
        Column::words(
            "Period ends, return due",
            14,
            "last day that it covers: from then on its data return and claim are due",
        ),
        Column::new(
            "Return late: low",
            "share",
            "chance that the return is late; 1 world in 10 drew less",
        ),
        Column::new("Return late: high", "share", "the same; 1 world in 10 drew more"),
        Column::words("Paid by", 26, "who pays"),
        Column::words(
            "Paid: earliest",
            14,
            "day of payment of a return in time; 1 world in 10 is earlier",
        ),
        Column::words("Paid: latest", 14, "the same; 1 world in 10 is later"),
        Column::words(
            "If late: earliest",
            14,
            "day of payment of a late return; 1 world in 10 is earlier",
        ),
        Column::words("If late: latest", 14, "the same; 1 world in 10 is later"),
    ];
    let holds = "For which period each claim is, when its return is due and when it is paid";
    let title = "Calendar of claims and data returns";
    let mut table = Table::new("Calendar", title, holds, &notes(subject), columns, 2);
    let programme = &subject.scenario.programme;
    let funding = &programme.funding;
    let quarters = programme.calendar.quarters();
    for (index, quarter) in quarters.iter().enumerate() {
        let year = funding.years.iter().find(|y| (y.quarters.0..y.quarters.1).contains(&index));
        let date = |day: Day| Cell::Date(programme.calendar.date(day));
        let late = funding.late_return.get(index).copied();
        for (what, is_advance) in kinds(funding) {
            for (funder, after) in funders(funding) {
                let from = if is_advance { quarter.first } else { quarter.last };
                let mut cells = vec![
                    Cell::Number(index as f64 + 1.0, Look::Whole),
                    Cell::text(what),
                    Cell::text(year.map_or("", |year| &year.label)),
                    date(quarter.first),
                    date(quarter.last),
                ];
                let chance = late.filter(|_| !is_advance).and_then(|late| range(subject, late));
                for end in 0..2 {
                    cells.push(Cell::number(chance.map(|ends| ends[end]), Look::Share));
                }
                cells.push(Cell::text(funder.unwrap_or("The funder")));
                cells.extend(two(subject, Some(from), after));
                let next = quarters.get(index + 1).map(|next| next.last);
                let if_late = next.or(Some(quarter.last.saturating_add(LATE_LAST_RETURN)));
                let may_be_late = !is_advance && late.is_some_and(|late| !late.is_zero());
                cells.extend(two(subject, if_late.filter(|_| may_be_late), after));
                table.push(cells);
            }
        }
    }
    table
}

/// What is paid together, and whether in advance.
fn kinds(funding: &Funding) -> Vec<(&'static str, bool)> {
    match (funding.paid, funding.basic.paid_on) {
        (PaidWhen::InAdvance, BasicBasis::Profile) => {
            vec![("Basic part, in advance", true), ("Everything else", false)]
        }
        _ => vec![("All that is claimed", false)],
    }
}

fn two(subject: &Subject<'_>, from: Option<Day>, after: Uncertain) -> [Cell; 2] {
    let ends = from.and_then(|from| dates(subject, from, after));
    ends.map_or([Cell::Empty, Cell::Empty], |ends| ends.map(Cell::Date))
}

fn notes(subject: &Subject<'_>) -> Vec<String> {
    let programme = &subject.scenario.programme;
    let funding = &programme.funding;
    let mut notes = vec![
        "The scenario names no day by which a return has to be in: it falls due when its period ends, \
         and payment is counted from that day. Where the day of payment is uncertain, 8 worlds in 10 \
         fall between the earliest and the latest; where it is known the two are the same."
            .to_owned(),
    ];
    if funding.late_return.iter().any(|late| !late.is_zero()) {
        let shared = if funding.late_return_shared {
            "all localities at once"
        } else {
            "each locality by itself"
        };
        notes.push(format!(
            "A late return ({shared}) is paid with the next claim, later still if that is late too; the \
             last, {LATE_LAST_RETURN} days later than otherwise."
        ));
    }
    if let Some(first) = funding.first_payment_from {
        let first = words::date(programme.calendar.date(first));
        notes.push(format!("Nothing is paid before {first}."));
    }
    if !funding.chain.is_empty() {
        let steps = funding.chain.iter().map(|step| match step.pays {
            Pays::OnReceipt(after) => {
                match range(subject, after).map(|ends| ends.map(whole_days)) {
                    Some([0, 0]) => format!("{} on the day it has it", step.name),
                    _ => {
                        format!("{}, {} after it has it", step.name, days_in_words(subject, after))
                    }
                }
            }
            Pays::OnTime(after) => {
                let days = days_in_words(subject, after);
                format!("{}, {days} after the period's end whether it has it or not", step.name)
            }
        });
        let steps: Vec<String> = steps.collect();
        notes.push(format!(
            "The dates are the funder's. The money is passed on by {} (8 worlds in 10).",
            steps.join("; then ")
        ));
    }
    if funding.outcome.is_some() {
        notes.push(
            "Outcomes reached after the programme are claimed at the end of their calendar quarter: \
             in which quarters differs from world to world."
                .to_owned(),
        );
    }
    notes
}
