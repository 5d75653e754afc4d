//! Time: whole days from the programme's first day, and the calendar that names them.

use jiff::civil::Date;

/// A day, counted from the programme's first day (day 0). Days before it are negative.
pub type Day = i32;

/// Days in a year, on average.
pub const DAYS_PER_YEAR: f64 = 365.25;
/// Days in a month, on average.
pub const DAYS_PER_MONTH: f64 = DAYS_PER_YEAR / 12.0;

/// A drawn duration in days, rounded half up to whole days; never negative.
#[inline]
pub fn whole_days(days: f64) -> Day {
    // The cast drops the fraction and saturates, so that even an absurd draw stays a number.
    ((days + 0.5) as Day).clamp(0, 1_000_000_000)
}

/// A calendar month, cut at the programme's ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// `2024-10`.
    pub label: String,
    /// 0 for January to 11 for December.
    pub of_year: usize,
    /// The month's first day within the programme.
    pub first: Day,
    /// The month's last day within the programme.
    pub last: Day,
    /// Days in the whole calendar month.
    pub days: i32,
}

/// A calendar quarter, cut at the programme's ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarter {
    /// First day within the programme.
    pub first: Day,
    /// Last day within the programme: claims are made for the quarter that ends here.
    pub last: Day,
    /// Index into [`Calendar::months`] of the quarter's first month.
    pub first_month: usize,
    /// Index of its last month.
    pub last_month: usize,
}

/// A programme's days, months and quarters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    starts: Date,
    days: i32,
    months: Vec<Month>,
    quarters: Vec<Quarter>,
    month_of: Vec<u16>,
}

impl Calendar {
    /// The calendar of a programme from `starts` to `ends`, both included.
    /// `None` if it ends before it starts or lasts more than 31 years.
    pub fn new(starts: Date, ends: Date) -> Option<Self> {
        let days = days_between(starts, ends) + 1;
        if !(1..=31 * 366).contains(&days) {
            return None;
        }
        let mut months = Vec::new();
        let mut month_of = Vec::with_capacity(days as usize);
        let mut first = starts;
        while first <= ends {
            let last = first.last_of_month().min(ends);
            months.push(Month {
                label: format!("{:04}-{:02}", first.year(), first.month()),
                of_year: first.month() as usize - 1,
                first: days_between(starts, first),
                last: days_between(starts, last),
                days: i32::from(first.days_in_month()),
            });
            month_of.resize(days_between(starts, last) as usize + 1, months.len() as u16 - 1);
            let Ok(next) = last.tomorrow() else { break };
            first = next;
        }
        let mut quarters: Vec<Quarter> = Vec::new();
        for (index, month) in months.iter().enumerate() {
            match quarters.last_mut() {
                Some(quarter) if month.of_year % 3 != 0 => {
                    quarter.last = month.last;
                    quarter.last_month = index;
                }
                _ => quarters.push(Quarter {
                    first: month.first,
                    last: month.last,
                    first_month: index,
                    last_month: index,
                }),
            }
        }
        Some(Calendar { starts, days, months, quarters, month_of })
    }

    /// The programme's first day, day 0.
    pub fn starts(&self) -> Date {
        self.starts
    }

    /// How many days the programme lasts.
    pub fn days(&self) -> i32 {
        self.days
    }

    /// The programme's last day.
    pub fn last(&self) -> Day {
        self.days - 1
    }

    /// Its months, in order.
    pub fn months(&self) -> &[Month] {
        &self.months
    }

    /// Its claim periods, in order.
    pub fn quarters(&self) -> &[Quarter] {
        &self.quarters
    }

    /// The month of a day of the programme; days outside it count to its first or last month.
    pub fn month_of(&self, day: Day) -> usize {
        usize::from(self.month_of[day.clamp(0, self.last()) as usize])
    }

    /// The last day of the calendar quarter in which a day lies, within the programme or outside it.
    pub fn quarter_end(&self, day: Day) -> Day {
        let date = self.date(day);
        let months_left = 2 - (i32::from(date.month()) - 1) % 3;
        let last = date.first_of_month().saturating_add(jiff::Span::new().months(months_left));
        self.day(last.last_of_month()).max(day)
    }

    /// The day number of a date, which may lie outside the programme.
    pub fn day(&self, date: Date) -> Day {
        days_between(self.starts, date)
    }

    /// The date of a day, which may lie outside the programme. Saturates at the calendar's ends.
    pub fn date(&self, day: Day) -> Date {
        self.starts.saturating_add(jiff::Span::new().days(day))
    }
}

/// Days from `from` to `to`; negative if `to` is earlier.
pub fn days_between(from: Date, to: Date) -> Day {
    (to.duration_since(from).as_hours() / 24) as Day
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn bury_has_eighteen_months_and_six_quarters() {
        let calendar = Calendar::new(date(2024, 10, 1), date(2026, 3, 31)).unwrap();
        assert_eq!(calendar.days(), 547);
        assert_eq!(calendar.months().len(), 18);
        assert_eq!(calendar.quarters().len(), 6);
        assert_eq!(calendar.quarters()[0].last, calendar.day(date(2024, 12, 31)));
        assert_eq!(calendar.date(calendar.last()), date(2026, 3, 31));
        assert_eq!(calendar.month_of(31), 1);
    }

    #[test]
    fn months_and_quarters_are_cut_at_the_programmes_ends() {
        let calendar = Calendar::new(date(2024, 11, 15), date(2025, 4, 10)).unwrap();
        let months = calendar.months();
        assert_eq!((months[0].first, months[0].last, months[0].days), (0, 15, 30));
        assert_eq!(months[5].last, calendar.last());
        let ends: Vec<_> = calendar.quarters().iter().map(|q| calendar.date(q.last)).collect();
        assert_eq!(ends, [date(2024, 12, 31), date(2025, 3, 31), date(2025, 4, 10)]);
    }

    #[test]
    fn a_quarter_after_the_programme_ends_where_the_calendar_s_does() {
        let calendar = Calendar::new(date(2024, 11, 15), date(2025, 4, 10)).unwrap();
        let ends = |day: Date| calendar.date(calendar.quarter_end(calendar.day(day)));
        assert_eq!(ends(date(2025, 4, 11)), date(2025, 6, 30));
        assert_eq!(ends(date(2025, 6, 30)), date(2025, 6, 30));
        assert_eq!(ends(date(2025, 7, 1)), date(2025, 9, 30));
        assert_eq!(ends(date(2027, 2, 28)), date(2027, 3, 31));
    }

    #[test]
    fn durations_round_half_up_and_never_below_zero() {
        assert_eq!(whole_days(2.5), 3);
        assert_eq!(whole_days(2.49), 2);
        assert_eq!(whole_days(-3.0), 0);
        assert_eq!(whole_days(f64::MAX), 1_000_000_000);
    }
}
