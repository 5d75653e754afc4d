//! When claims are paid, by whom, and through whose hands (MODEL, section 7).

use workcast::model::luck::Purpose;
use workcast::model::programme::{Funding, Pays};
use workcast::quantity::money::split;
use workcast::quantity::time::whole_days;
use workcast::quantity::{Day, Key, Pence};

use crate::claims::{Claim, Period};
use crate::scene::Scene;

/// Money that a funder pays for a period.
#[derive(Clone, Copy, Debug)]
pub struct Receipt {
    pub period: usize,
    pub funder: usize,
    pub amount: Pence,
    /// The day from which payments count.
    pub due: Day,
    pub paid: Day,
}

/// Which quarters' returns are late.
pub fn late(scene: &Scene<'_>, funding: &Funding, locality: usize) -> Vec<bool> {
    let calendar = &scene.programme.calendar;
    let is_late = |(index, chance): (usize, &workcast::quantity::Uncertain)| {
        let date = calendar.date(calendar.quarters()[index].last);
        let number = u64::from(date.year().unsigned_abs()) * 4 + (date.month() as u64 - 1) / 3;
        let key = scene.luck.key(Purpose::LateReturn).named(Key::name("quarter").with(number));
        let key =
            if funding.late_return_shared { key } else { key.named(scene.opens(locality).key) };
        key.uniform() < chance.get(scene.inputs)
    };
    funding.late_return.iter().enumerate().map(is_late).collect()
}

/// An amount divided between the funders.
pub fn shares(funding: &Funding, amount: Pence) -> Vec<Pence> {
    let shares: Vec<i64> = funding.funders.iter().map(|funder| funder.share.billionths()).collect();
    if shares.is_empty() { vec![amount] } else { split(amount, &shares) }
}

/// Days from a quarter's end to a funder's payment.
pub fn paid_after(scene: &Scene<'_>, funding: &Funding, funder: usize) -> Day {
    let after = funding.funders.get(funder).map_or(funding.paid_after, |funder| funder.paid_after);
    whole_days(after.get(scene.inputs))
}

pub fn receipts(
    scene: &Scene<'_>,
    funding: &Funding,
    periods: &[Period],
    claims: &[Claim],
    late: &[bool],
) -> Vec<Receipt> {
    let not_before = funding.first_payment_from.unwrap_or(Day::MIN);
    let mut all = Vec::new();
    for (index, (period, claim)) in periods.iter().zip(claims).enumerate() {
        let in_advance = shares(funding, claim.in_advance);
        for (funder, amount) in in_advance.into_iter().enumerate() {
            let paid = period.first.saturating_add(paid_after(scene, funding, funder));
            let paid = paid.max(not_before);
            all.push(Receipt { period: index, funder, amount, due: period.first, paid });
        }
        let in_arrears = shares(funding, claim.paid() - claim.in_advance);
        for (funder, amount) in in_arrears.into_iter().enumerate() {
            let after = paid_after(scene, funding, funder);
            let paid = payment_day(periods, late, index, after).max(not_before);
            all.push(Receipt { period: index, funder, amount, due: period.last, paid });
        }
    }
    all.retain(|receipt| receipt.amount != Pence::ZERO);
    all
}

/// A late return goes with the next quarter's, and shares its fate; a late last one takes 13 weeks
/// more. After the programme each outcome is claimed by itself.
fn payment_day(periods: &[Period], late: &[bool], index: usize, after: Day) -> Day {
    let in_time = periods[index].last.saturating_add(after);
    match late.get(index) {
        Some(true) if index + 1 == late.len() => in_time.saturating_add(91),
        Some(true) => payment_day(periods, late, index + 1, after),
        _ => in_time,
    }
}

/// The days on which each step of the chain passes a receipt on; the last is the locality's.
pub fn along_the_chain(scene: &Scene<'_>, funding: &Funding, receipt: &Receipt) -> Vec<Day> {
    let mut held = receipt.paid;
    let mut days = Vec::new();
    for step in &funding.chain {
        held = match step.pays {
            Pays::OnReceipt(after) => held.saturating_add(whole_days(after.get(scene.inputs))),
            Pays::OnTime(after) => receipt.due.saturating_add(whole_days(after.get(scene.inputs))),
        };
        days.push(held);
    }
    days
}
