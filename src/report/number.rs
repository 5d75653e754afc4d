//! Numbers as a reader sees them: no digit that the error does not leave standing.

use crate::analysis::rounding::{Rounded, half_width, rounded};
use crate::analysis::{Estimate, MonthStatistic, Statistic};
use crate::model::Kind;
use crate::quantity::money::grouped;

/// An estimate with half the width of its 95% interval: `427 ± 1`, `£383,400 ± £1,000`, `24% ± 1%`.
pub fn with_error(kind: Kind, estimate: Estimate) -> String {
    let dress = Dress::of(kind);
    extreme(kind, estimate).unwrap_or_else(|| dress.text(cut(&dress, kind, estimate), ""))
}

/// An estimate alone, with the digits that its error leaves: `427`, `£383,400`, `24%`.
pub fn alone(kind: Kind, estimate: Estimate) -> String {
    let dress = Dress::of(kind);
    let cut = Rounded { half: None, ..cut(&dress, kind, estimate) };
    extreme(kind, estimate).unwrap_or_else(|| dress.text(cut, ""))
}

/// A statistic's mean with its error; `under 5` where it is hidden.
pub fn mean(statistic: &Statistic) -> String {
    hidden(statistic).unwrap_or_else(|| with_error(statistic.kind, statistic.mean))
}

/// A statistic's mean alone; `under 5` where it is hidden.
pub fn mean_alone(statistic: &Statistic) -> String {
    hidden(statistic).unwrap_or_else(|| alone(statistic.kind, statistic.mean))
}

fn hidden(statistic: &Statistic) -> Option<String> {
    statistic.under.map(|least| format!("under {least}"))
}

/// A difference with its sign and its error: `+54 ± 2`, `-£3,400 ± £900`, `+12 ± 2 points`.
pub fn difference(kind: Kind, estimate: Estimate) -> String {
    let dress = Dress::of_difference(kind);
    let cut = cut(&dress, kind, estimate);
    dress.text(cut, if cut.value > 0.0 { "+" } else { "" })
}

/// The size of a difference without its sign and error: `54`, `£3,400`, `12 points`.
pub fn size(kind: Kind, estimate: Estimate) -> String {
    let dress = Dress::of_difference(kind);
    let cut = cut(&dress, kind, estimate);
    dress.text(Rounded { value: cut.value.abs(), half: None, ..cut }, "")
}

/// The range that eight worlds of ten fall in: `280 to 570`.
pub fn eighty_percent_range(statistic: &Statistic) -> String {
    range(statistic.kind, statistic.p10(), statistic.p90())
}

/// The same for people in one month of a series.
pub fn eighty_percent_of_month(month: &MonthStatistic) -> String {
    range(Kind::People, month.p10, month.p90)
}

/// A range from one estimate to another: `280 to 570`.
pub fn range(kind: Kind, low: Estimate, high: Estimate) -> String {
    let (low, high) = (alone(kind, low), alone(kind, high));
    if low == high { low } else { format!("{low} to {high}") }
}

/// Whole pence in pounds, to the pound.
pub fn pounds(pence: i64) -> String {
    alone(Kind::Money, Estimate::known(pence as f64 / 100.0))
}

/// A chance too near to nothing or to certainty for whole percent: what it is below or above, its
/// error considered.
fn extreme(kind: Kind, estimate: Estimate) -> Option<String> {
    let half = half_width(estimate)?;
    let value = estimate.value;
    if kind != Kind::Chance || !(0.0..=1.0).contains(&value) {
        return None;
    }
    let percent = |share: f64| libm::ceil((share + half) * 100.0 - 1e-9).max(1.0);
    if value < 0.005 || value + half < 0.01 {
        return Some(format!("under {}%", percent(value)));
    }
    let is_certain = value > 0.995 || value - half > 0.99;
    is_certain.then(|| format!("over {}%", 100.0 - percent(1.0 - value)))
}

fn cut(dress: &Dress, kind: Kind, estimate: Estimate) -> Rounded {
    let value = estimate.value * dress.scale;
    let scaled = Estimate { value, se: estimate.se.map(|se| se * dress.scale) };
    rounded(scaled, finest(kind, value))
}

/// The finest place worth printing: whole pounds and percent; tenths of a person or a day only
/// where there are few.
fn finest(kind: Kind, value: f64) -> i32 {
    match kind {
        Kind::Money | Kind::Pounds | Kind::Chance | Kind::Share => 0,
        Kind::People | Kind::Day | Kind::Days | Kind::Number if value.abs() >= 20.0 => 0,
        Kind::People | Kind::Day | Kind::Days | Kind::Number => -1,
    }
}

/// What stands around a number.
struct Dress {
    /// From the unit of statistics to the unit that is read.
    scale: f64,
    /// Before each number.
    before: &'static str,
    /// After each number.
    after: &'static str,
    /// At the end.
    end: &'static str,
}

impl Dress {
    fn of(kind: Kind) -> Self {
        let (scale, before, after, end) = match kind {
            Kind::Money | Kind::Pounds => (1.0, "£", "", ""),
            Kind::Chance | Kind::Share => (100.0, "", "%", ""),
            Kind::Day | Kind::Days => (1.0, "", "", " days"),
            Kind::People | Kind::Number => (1.0, "", "", ""),
        };
        Dress { scale, before, after, end }
    }

    /// Percentages differ by points.
    fn of_difference(kind: Kind) -> Self {
        let dress = Dress::of(kind);
        if dress.after == "%" { Dress { after: "", end: " points", ..dress } } else { dress }
    }

    fn text(&self, cut: Rounded, plus: &str) -> String {
        let Dress { before, after, end, .. } = self;
        let sign = if cut.value < 0.0 { "-" } else { plus };
        let error = cut.half.filter(|&half| half > 0.0);
        // A whole number that is known needs no decimals.
        let known_whole = error.is_none() && cut.value == libm::round(cut.value);
        let decimals = if known_whole { 0 } else { cut.decimals };
        let value = plain(cut.value.abs(), decimals);
        let error = error.map_or_else(String::new, |half| {
            format!(" ± {before}{}{after}", plain(half, decimals))
        });
        format!("{sign}{before}{value}{after}{error}{end}")
    }
}

/// A number that is not negative, with a comma between thousands.
fn plain(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    // Beyond 64 bits, or infinite, it stays as it is.
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    if rest.is_empty() { whole } else { format!("{whole}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, se: f64) -> Estimate {
        Estimate { value, se: Some(se) }
    }

    #[test]
    fn people_money_and_chances_read_as_they_are_said() {
        assert_eq!(with_error(Kind::People, estimate(427.13, 0.6)), "427 ± 1");
        assert_eq!(with_error(Kind::Money, estimate(383_412.3, 489.0)), "£383,400 ± £1,000");
        assert_eq!(with_error(Kind::Chance, estimate(0.2412, 0.0045)), "24% ± 1%");
        assert_eq!(with_error(Kind::Days, estimate(9.04, 0.1)), "9.0 ± 0.2 days");
        assert_eq!(alone(Kind::Pounds, estimate(812.4, 1.0)), "£812");
    }

    #[test]
    fn what_is_known_has_no_error_behind_it() {
        assert_eq!(with_error(Kind::People, estimate(536.0, 0.0)), "536");
        assert_eq!(with_error(Kind::Money, Estimate::known(1234.0)), "£1,234");
    }

    #[test]
    fn a_chance_is_never_called_nought_or_certain() {
        assert_eq!(with_error(Kind::Chance, estimate(0.0, 0.0005)), "under 1%");
        assert_eq!(alone(Kind::Chance, estimate(1.0, 0.0005)), "over 99%");
        assert_eq!(with_error(Kind::Chance, estimate(0.0, 0.03)), "under 7%");
        assert_eq!(with_error(Kind::Chance, estimate(0.004, 0.004)), "under 2%");
        assert_eq!(with_error(Kind::Chance, estimate(0.997, 0.004)), "over 98%");
        assert_eq!(with_error(Kind::Chance, estimate(0.02, 0.004)), "2% ± 1%");
    }

    #[test]
    fn differences_carry_their_sign_and_chances_differ_by_points() {
        assert_eq!(difference(Kind::People, estimate(54.2, 0.9)), "+54 ± 2");
        assert_eq!(difference(Kind::Money, estimate(-3_412.0, 420.0)), "-£3,400 ± £900");
        assert_eq!(difference(Kind::Chance, estimate(0.123, 0.009)), "+12 ± 2 points");
        assert_eq!(difference(Kind::People, estimate(0.0, 0.0)), "0");
    }

    #[test]
    fn pence_are_shown_to_the_pound() {
        assert_eq!(pounds(43_292_720), "£432,927");
        assert_eq!(pounds(-150), "-£2");
    }
}
