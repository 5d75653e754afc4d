//! What a run drew of an uncertain value, and the days that follow from it.

use jiff::civil::Date;

use crate::model::programme::Funding;
use crate::quantity::time::whole_days;
use crate::quantity::{Day, Uncertain};
use crate::report::Subject;

/// The ends of what eight worlds in ten drew, in the unit that is held; the same twice where it is
/// known, `None` where the run does not say.
pub fn range(subject: &Subject<'_>, value: Uncertain) -> Option<[f64; 2]> {
    match value {
        Uncertain::Fixed(known) => Some([known, known]),
        Uncertain::Input(index) => {
            let input = subject.scenario.programme.inputs.get(index as usize)?;
            let found = subject.influences.iter().find(|drawn| drawn.path == input.path)?;
            Some([found.low, found.high]).filter(|ends| ends.iter().all(|end| end.is_finite()))
        }
    }
}

/// The dates so many days after a day, not before the first on which anything is paid.
pub fn dates(subject: &Subject<'_>, from: Day, after: Uncertain) -> Option<[Date; 2]> {
    let programme = &subject.scenario.programme;
    let not_before = programme.funding.first_payment_from.unwrap_or(Day::MIN);
    let day = |days: f64| from.saturating_add(whole_days(days)).max(not_before);
    Some(range(subject, after)?.map(|days| programme.calendar.date(day(days))))
}

/// Who pays, and how long after a period's end: one without a name where nobody is named.
pub fn funders(funding: &Funding) -> Vec<(Option<&str>, Uncertain)> {
    match &funding.funders[..] {
        [] => vec![(None, funding.paid_after)],
        named => named.iter().map(|known| (Some(&known.name[..]), known.paid_after)).collect(),
    }
}

/// A range of days in words: `8 weeks` is `56 days`, or `28 to 91 days`.
pub fn days_in_words(subject: &Subject<'_>, value: Uncertain) -> String {
    match range(subject, value).map(|ends| ends.map(whole_days)) {
        None => "some days".to_owned(),
        Some([low, high]) if low == high => match low {
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        },
        Some([low, high]) => format!("{low} to {high} days"),
    }
}
