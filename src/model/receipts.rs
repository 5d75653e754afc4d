//! When claims are paid, by whom, and when the money reaches the locality.

use super::activity::Activity;
use super::claims::Claim;
use super::luck::{Purpose, WorldLuck};
use super::programme::{Funding, Locality, Pays};
use crate::quantity::money::split;
use crate::quantity::time::whole_days;
use crate::quantity::{Calendar, Day, Key, Pence};

/// A return that is late in the last quarter is paid so many days later: 13 weeks.
pub const LATE_LAST_RETURN: Day = 91;

/// What one funder pays for one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Index of the period.
    pub period: usize,
    /// Index of the funder; 0 where none is named.
    pub funder: usize,
    /// How much.
    pub amount: Pence,
    /// The day from which its payment counts: the period's last, or its first for what is paid in
    /// advance.
    pub due: Day,
    /// The day on which the funder pays it.
    pub paid: Day,
}

/// Every receipt for the claims of a place, period by period. `late` says of each quarter whether
/// its return is late.
pub fn receipts(
    funding: &Funding,
    activity: &[Activity],
    claims: &[Claim],
    late: &[bool],
    inputs: &[f64],
) -> Vec<Receipt> {
    let not_before = funding.first_payment_from.unwrap_or(Day::MIN);
    let usual = [whole_days(funding.paid_after.get(inputs))];
    let named: Vec<Day> =
        funding.funders.iter().map(|funder| whole_days(funder.paid_after.get(inputs))).collect();
    let after = if named.is_empty() { &usual[..] } else { &named[..] };
    let shares: Vec<i64> = funding.funders.iter().map(|f| f.share.billionths()).collect();
    let mut receipts = Vec::with_capacity(after.len() * claims.len());
    let mut on_time = vec![Vec::new(); after.len()];
    for (days, &after) in on_time.iter_mut().zip(after) {
        payment_days(activity, late, after, not_before, days);
    }
    for (period, (claim, did)) in claims.iter().zip(activity).enumerate() {
        let mut pay = |amount: Pence, due: Day, day: &dyn Fn(usize) -> Day| {
            let amounts = if named.len() < 2 { vec![amount] } else { split(amount, &shares) };
            for (funder, amount) in amounts.into_iter().enumerate() {
                if amount != Pence::ZERO {
                    receipts.push(Receipt { period, funder, amount, due, paid: day(funder) });
                }
            }
        };
        let in_advance = |funder: usize| did.first.saturating_add(after[funder]).max(not_before);
        pay(claim.in_advance, did.first, &in_advance);
        pay(claim.receipt() - claim.in_advance, did.last, &|funder| on_time[funder][period]);
    }
    receipts
}

/// A claim is paid so many days after the end of its period, not before a day. A late return shares
/// the fate of the next quarter's; a late last one is paid 13 weeks later.
fn payment_days(
    activity: &[Activity],
    late: &[bool],
    after: Day,
    not_before: Day,
    days: &mut Vec<Day>,
) {
    let mut next = None;
    days.resize(activity.len(), 0);
    for (index, did) in activity.iter().enumerate().rev() {
        let in_time = did.last.saturating_add(after).max(not_before);
        // What follows the last quarter are outcomes alone, claimed each by itself.
        let Some(&is_late) = late.get(index) else {
            days[index] = in_time;
            continue;
        };
        let paid = match (is_late, next) {
            (false, _) => in_time,
            (true, Some(next)) => next,
            (true, None) => did.last.saturating_add(after + LATE_LAST_RETURN).max(not_before),
        };
        days[index] = paid;
        next = Some(paid);
    }
}

/// The days on which each step of the chain holds a receipt, from one step's receipt to the next;
/// the last is the locality's.
pub fn along_the_chain(
    funding: &Funding,
    receipt: &Receipt,
    inputs: &[f64],
) -> impl Iterator<Item = Day> {
    let mut day = receipt.paid;
    funding.chain.iter().map(move |step| {
        day = match step.pays {
            Pays::OnReceipt(after) => day.saturating_add(whole_days(after.get(inputs))),
            Pays::OnTime(after) => receipt.due.saturating_add(whole_days(after.get(inputs))),
        };
        day
    })
}

/// Which quarters' returns are late in this world: one draw for each quarter, for the whole
/// programme or for each locality.
pub fn late_returns(
    calendar: &Calendar,
    funding: &Funding,
    locality: &Locality,
    inputs: &[f64],
    luck: &WorldLuck,
    late: &mut Vec<bool>,
) {
    late.clear();
    for (quarter, chance) in calendar.quarters().iter().zip(&funding.late_return) {
        let date = calendar.date(quarter.last);
        let quarter =
            Key::name("quarter").with(date.year() as u64 * 4 + (date.month() as u64 - 1) / 3);
        let mut key = luck.key(Purpose::LateReturn).named(quarter);
        if !funding.late_return_shared {
            key = key.named(locality.key);
        }
        late.push(key.uniform() < chance.get(inputs));
    }
}
