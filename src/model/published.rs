//! Counts to a day: what a published figure such as "1,457 plans by 16 February" is set beside.

use super::tally::Tally;
use crate::quantity::Day;

/// A count from the programme's first day to the end of another, a metric of one place. It is the
/// metric `published.NAME`, exact in each replicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedCount {
    /// The name of its table in the scenario's `published`.
    pub name: String,
    /// The option under which it is counted; every option if absent.
    pub option: Option<String>,
    /// The locality in which it is counted; the whole programme if absent.
    pub locality: Option<usize>,
    /// What is counted.
    pub counted: Counted,
    /// The last day that counts; within the programme.
    pub until: Day,
}

/// What is counted day by day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Referrals.
    Referrals,
    /// Referrals of people for whom the programme is right, by the day of referral.
    Eligible,
    /// Plans agreed.
    Plans,
    /// First attended appointments.
    Starts,
    /// People who found work, by the day on which support ended.
    FoundWork,
}

impl Counted {
    /// Each with the word that a scenario has for it.
    pub const WORDS: [(&'static str, Counted); 5] = [
        ("referrals", Counted::Referrals),
        ("eligible", Counted::Eligible),
        ("plans", Counted::Plans),
        ("starts", Counted::Starts),
        ("found_work", Counted::FoundWork),
    ];

    /// How many there are in a place to the end of a day.
    pub fn until(self, tally: &Tally, day: Day) -> i64 {
        let by_day = match self {
            Counted::Referrals => &tally.referrals_by_day,
            Counted::Eligible => &tally.eligible_by_day,
            Counted::Plans => &tally.plans_by_day,
            Counted::Starts => &tally.starts_by_day,
            Counted::FoundWork => &tally.found_work_by_day,
        };
        let days = usize::try_from(day).map_or(0, |day| day + 1);
        by_day.iter().take(days).map(|&count| i64::from(count)).sum()
    }
}
