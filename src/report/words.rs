//! Names of metrics, dates and lists in plain words.

use jiff::civil::Date;

use crate::analysis::{Estimate, Facts, probability};
use crate::model::Kind;
use crate::scenario::names_of;

use super::number::{alone, with_error};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `31 March 2026`.
pub fn date(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

/// `24 Nov to 9 Dec 2024`; the year of the first only where it is another.
pub fn date_range(first: Date, last: Date) -> String {
    let short = |date: Date| format!("{} {}", date.day(), &month_name(date.month())[..3]);
    let year =
        if first.year() == last.year() { String::new() } else { format!(" {}", first.year()) };
    format!("{}{year} to {} {}", short(first), short(last), last.year())
}

/// `February 2025` for `2025-02`; another label stays as it is.
pub fn month(label: &str) -> String {
    let named = label.split_once('-').and_then(|(year, month)| {
        let month: i8 = month.parse().ok()?;
        (1..=12).contains(&month).then(|| format!("{} {year}", month_name(month)))
    });
    named.unwrap_or_else(|| label.to_owned())
}

/// `Oct` for 9: months counted from nought.
pub fn short_month(of_year: usize) -> &'static str {
    &MONTHS[of_year % 12][..3]
}

fn month_name(month: i8) -> &'static str {
    MONTHS[(month.clamp(1, 12) - 1) as usize]
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The first twelve digits of a hash: enough to tell two scenarios apart by eye.
pub fn short_hash(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// A chance with the words for it: `24% ± 1% (between highly unlikely and unlikely)`.
pub fn chance(estimate: Estimate) -> String {
    let number = with_error(Kind::Chance, estimate);
    format!("{number} ({})", probability::words(estimate.value))
}

/// What like services reached of what they had planned: `40% to 90% of plan, half of them below
/// 52%`; nothing where the scenario names none.
pub fn like_services(facts: &Facts) -> Option<String> {
    let like = facts.like_services()?;
    let percent = |ratio: f64| alone(Kind::Share, Estimate::known(ratio));
    Some(match like.count {
        1 => format!("a like service reached {} of plan", percent(like.least)),
        _ => format!(
            "like services reached {} to {} of plan, half of them below {}",
            percent(like.least),
            percent(like.most),
            percent(like.middle)
        ),
    })
}

/// Where a value stands in the scenario, for people who have not read it: `Bury, referrals,
/// Self-referral: per month` for `locality.Bury.referrals.Self-referral.per_month`: the names without the
/// words that only order them.
pub fn path(path: &str) -> String {
    let mut names = names_of(path);
    let key = names.pop().unwrap_or_default().replace('_', " ");
    let order = ["locality", "option", "team", "stage"];
    // A place may be called as a table is: only what stands where the table's word does is left out.
    let kept: Vec<String> = (names.into_iter().enumerate())
        .filter(|(index, name)| !(index % 2 == 0 && order.contains(&name.as_str())))
        .map(|(_, name)| name)
        .collect();
    if kept.is_empty() { key } else { format!("{}: {key}", kept.join(", ")) }
}

/// What a metric is called in a table. A metric that has no name of its own keeps the one that it
/// has in the JSON.
pub fn metric(name: &str) -> &str {
    match name {
        "plans" => "Action plans",
        "referrals" => "Referrals",
        "eligible" => "Eligible referrals",
        "starts" => "First appointments",
        "found_work" => "People who found work",
        "localities_on_target" => "Localities that reach their number",
        "all_localities_on_target" => "Chance that all localities do",
        "target_met" => "Chance of the agreed number",
        "unclaimed" => "Allocation never claimed",
        "shortfall_chance" => "Chance of a shortfall",
        "shortfall" => "Shortfall",
        "cash_gap" => "Deepest cash gap",
        "cost" => "Cost",
        "income" => "Income",
        "net" => "Income minus cost",
        "financing" => "Interest on the cash gap",
        "cost_per_plan" => "Cost for each plan",
        "opening_day" => "Opening, from the first day",
        "first_plan_day" => "First plan, from the first day",
        "wait_mean_days" => "Mean wait for a coach",
        "withdrew" => "People who gave up waiting",
        "waiting_at_end" => "Waiting on the last day",
        "in_support_at_end" => "In support on the last day",
        "in_work" => "In work when support ends",
        "sustained" => "Still in work later",
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_months_are_written_out() {
        assert_eq!(date(jiff::civil::date(2026, 3, 31)), "31 March 2026");
        let december = jiff::civil::date(2024, 12, 9);
        assert_eq!(date_range(jiff::civil::date(2024, 9, 2), december), "2 Sep to 9 Dec 2024");
        assert_eq!(date_range(december, jiff::civil::date(2025, 1, 5)), "9 Dec 2024 to 5 Jan 2025");
        assert_eq!(month("2025-02"), "February 2025");
        assert_eq!(month("2025-13"), "2025-13");
    }

    #[test]
    fn a_path_is_said_without_the_words_that_only_order_it() {
        let said = [
            (
                "locality.Bury.referrals.Self-referral.per_month",
                "Bury, referrals, Self-referral: per month",
            ),
            ("option.Hybrid.team.Live Well.costs.salary", "Hybrid, Live Well, costs: salary"),
            ("pipeline.council.stage.advert.takes", "pipeline, council, advert: takes"),
            ("journey.attends", "journey: attends"),
            ("locality.\"St. Helens\".population", "St. Helens: population"),
            ("title", "title"),
            ("", ""),
        ];
        for (path, plain) in said {
            assert_eq!(super::path(path), plain);
        }
    }

    #[test]
    fn lists_end_with_and() {
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(list(&items), "a, b and c");
        assert_eq!(list(&items[..2]), "a and b");
        assert_eq!(list(&items[..1]), "a");
        assert_eq!(list(&[]), "");
    }

    #[test]
    fn like_services_stand_with_their_range_and_their_middle() {
        let mut facts = crate::analysis::synthetic::facts();
        let words = "like services reached 57% to 90% of plan, half of them below 74%";
        assert_eq!(like_services(&facts).as_deref(), Some(words));
        facts.reference_class.truncate(1);
        assert_eq!(like_services(&facts).as_deref(), Some("a like service reached 57% of plan"));
        facts.reference_class.clear();
        assert_eq!(like_services(&facts), None);
    }

    #[test]
    fn a_chance_never_stands_without_its_number() {
        let estimate = Estimate { value: 0.24, se: Some(0.0045) };
        assert_eq!(chance(estimate), "24% ± 1% (between highly unlikely and unlikely)");
    }
}
