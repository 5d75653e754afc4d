//! Plain values with their units: `"12 weeks"`, `"65%"`, `"£1,450.50"`, `35`.

use super::diagnostic::Diagnostic;
use super::keys::stress::BELOW_ONE;
use super::nearest::nearest;
use super::node::{Node, Value, plainly};
use crate::quantity::Unit;
use crate::quantity::money::grouped;
use crate::quantity::time::{DAYS_PER_MONTH, DAYS_PER_YEAR};

/// Times that can be written, in days. The singular and the plural are both understood.
const TIMES: &[(&str, &str, f64)] = &[
    ("day", "days", 1.0),
    ("week", "weeks", 7.0),
    ("month", "months", DAYS_PER_MONTH),
    ("year", "years", DAYS_PER_YEAR),
];

/// The most pounds of one amount: a million million.
pub const MOST_POUNDS: f64 = 1e12;

/// Values beyond this make no sense, and would only overflow later: a million million pounds, ten million
/// people, a hundred million residents, 2,700 years.
pub fn largest(unit: Unit) -> f64 {
    match unit {
        Unit::Pounds => MOST_POUNDS,
        Unit::People | Unit::PeoplePerMonth | Unit::PeoplePerWeek => 1e7,
        Unit::Number => 1e8,
        Unit::Time | Unit::Share | Unit::Hazard => 1e6,
    }
}

/// The values of a unit between two ends, for a message: `from 0% to 100%`.
pub fn range(unit: Unit, least: f64, most: f64) -> String {
    match unit {
        Unit::Share | Unit::Hazard => format!("from {}% to {}%", least * 100.0, most * 100.0),
        Unit::Time => format!("from {least} to {most} days"),
        Unit::Pounds => {
            let [least, most] = [least, most].map(|pounds| grouped(pounds as u64));
            format!("from £{least} to £{most}")
        }
        _ if most == BELOW_ONE => format!("from {least} to below 1"),
        _ => format!("from {least} to {most}"),
    }
}

/// What a text looks like, whatever is wanted.
#[derive(Debug, PartialEq)]
enum Look {
    Percent(f64),
    Pounds(f64),
    Days(f64),
    Number(f64),
    /// A number and a word that is no time.
    Strange(String, String),
    Unreadable,
}

/// What a unit is called in messages.
pub fn noun(unit: Unit) -> &'static str {
    match unit {
        Unit::People | Unit::PeoplePerMonth | Unit::PeoplePerWeek => "a number of people",
        Unit::Time => "a time",
        Unit::Pounds => "money",
        Unit::Share | Unit::Hazard => "a share",
        Unit::Number => "a number",
    }
}

/// How a value of a unit is written.
pub fn wanted(unit: Unit) -> &'static str {
    match unit {
        Unit::People => "a number of people without quotes, such as 35",
        Unit::PeoplePerMonth => "a number of people a month without quotes, such as 20 or 7.5",
        Unit::PeoplePerWeek => "a number of people a week without quotes, such as 40",
        Unit::Time => {
            "a time in quotes, such as \"10 days\", \"12 weeks\", \"2 months\", \"1 year\""
        }
        Unit::Pounds => "money in quotes, such as \"£320\" or \"£1,450.50\"",
        Unit::Share | Unit::Hazard => "a share in quotes, such as \"65%\" or \"3.5%\"",
        Unit::Number => "a number without quotes, such as 1.5",
    }
}

/// A plain value in the measure that is held: days, pounds, a share between 0 and 1, a number.
///
/// # Errors
///
/// It is of another unit, no number, negative, or a share above 100%; each in its own words.
pub fn scalar(node: &Node, unit: Unit) -> Result<f64, Diagnostic> {
    let value = signed(node, unit)?;
    if value < 0.0 {
        return Err(Diagnostic::error(node.at, format!("{} cannot be below nothing", noun(unit)))
            .with_label("negative")
            .with_help(format!("write {}", wanted(unit))));
    }
    if matches!(unit, Unit::Share | Unit::Hazard) && value > 1.0 {
        return Err(Diagnostic::error(node.at, "a share is between 0% and 100%")
            .with_label("more than the whole"));
    }
    Ok(value)
}

/// The same, where a value may be negative because it is added to another.
///
/// # Errors
///
/// It is of another unit, or no number.
pub fn signed(node: &Node, unit: Unit) -> Result<f64, Diagnostic> {
    let value = match &node.value {
        Value::Text(text) => from_text(node, text, unit)?,
        Value::Whole(number) => from_number(node, *number as f64, unit)?,
        Value::Real(number) if number.is_nan() => {
            return Err(Diagnostic::error(node.at, "nan is not a number that can be used")
                .with_help(format!("write {}", wanted(unit))));
        }
        Value::Real(number) if number.is_infinite() => {
            return Err(Diagnostic::error(
                node.at,
                "inf (without end) is not a number that can be used",
            )
            .with_help("leave the key out where there is no limit"));
        }
        Value::Real(number) => from_number(node, *number, unit)?,
        _ => return Err(mismatch(node, unit, &node.what())),
    };
    if value.abs() > largest(unit) {
        return Err(Diagnostic::error(node.at, "this is far too large to be meant"));
    }
    Ok(value)
}

/// A figure as it is printed, whatever it is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Printed {
    /// Pounds.
    Money(f64),
    /// A plain number.
    Number(f64),
    /// A share of the whole.
    Share(f64),
    /// A time in days.
    Time(f64),
    /// A date.
    Date(jiff::civil::Date),
}

/// A figure as it is printed.
///
/// # Errors
///
/// It is none, or far too large to be meant.
pub fn printed(node: &Node) -> Result<Printed, Diagnostic> {
    let unreadable = || {
        Diagnostic::error(node.at, format!("{} is not a figure that can be read", node.what()))
            .with_help(format!("write {}", super::grammar::Leaf::Printed.wanted()))
    };
    let (value, unit) = match &node.value {
        Value::Date(date) => return Ok(Printed::Date(*date)),
        Value::Whole(number) => (Printed::Number(*number as f64), Unit::People),
        Value::Real(number) if number.is_finite() => (Printed::Number(*number), Unit::People),
        Value::Text(text) => match Look::of(text) {
            Look::Percent(share) => (Printed::Share(share), Unit::Share),
            Look::Pounds(pounds) => (Printed::Money(pounds), Unit::Pounds),
            Look::Days(days) => (Printed::Time(days), Unit::Time),
            Look::Number(_) | Look::Strange(..) | Look::Unreadable => return Err(unreadable()),
        },
        _ => return Err(unreadable()),
    };
    let (Printed::Number(size) | Printed::Share(size) | Printed::Money(size) | Printed::Time(size)) =
        value
    else {
        return Ok(value);
    };
    if size.abs() > largest(unit) {
        return Err(Diagnostic::error(node.at, "this is far too large to be meant"));
    }
    Ok(value)
}

fn from_number(node: &Node, number: f64, unit: Unit) -> Result<f64, Diagnostic> {
    let given = plainly(number);
    let instead = match unit {
        Unit::People | Unit::PeoplePerMonth | Unit::PeoplePerWeek | Unit::Number => {
            return Ok(number);
        }
        Unit::Time => format!("write \"{given} days\" or \"{given} weeks\""),
        Unit::Pounds => format!("write \"£{given}\""),
        Unit::Share | Unit::Hazard if number > 0.0 && number <= 1.0 => {
            // Twelve digits: more than anyone writes, fewer than a double's noise.
            let percent = libm::round(number * 1e12) / 1e10;
            format!("write \"{percent}%\" if that is what {given} means")
        }
        Unit::Share | Unit::Hazard => format!("write \"{given}%\""),
    };
    let what = match unit {
        Unit::Time => "a time needs its unit: days, weeks, months or years",
        Unit::Pounds => "money is written with its pound sign, in quotes",
        _ => "a share is written with its percent sign, in quotes",
    };
    Err(Diagnostic::error(node.at, what).with_label("a bare number").with_help(instead))
}

fn from_text(node: &Node, text: &str, unit: Unit) -> Result<f64, Diagnostic> {
    let given = match (Look::of(text), unit) {
        (Look::Percent(share), Unit::Share | Unit::Hazard) => return Ok(share),
        (Look::Pounds(pounds), Unit::Pounds) => return Ok(pounds),
        (Look::Days(days), Unit::Time) => return Ok(days),
        (Look::Strange(number, word), Unit::Time) => return Err(no_time(node, &number, &word)),
        (Look::Percent(_), _) => "a percentage",
        (Look::Pounds(_), _) => "money",
        (Look::Days(_), _) => "a time",
        (Look::Number(number), _) => {
            let numbers = matches!(
                unit,
                Unit::People | Unit::PeoplePerMonth | Unit::PeoplePerWeek | Unit::Number
            );
            if numbers {
                return Err(Diagnostic::error(
                    node.at,
                    format!("{} is written without quotes", noun(unit)),
                )
                .with_label("a number in quotes")
                .with_help(format!("write {}", text.trim())));
            }
            return from_number(node, number, unit);
        }
        (Look::Strange(..) | Look::Unreadable, _) => {
            let meant = match unit {
                Unit::Pounds => text.contains('£'),
                Unit::Share | Unit::Hazard => text.contains('%'),
                _ => false,
            };
            if meant {
                let message = format!("{} cannot be read as {}", node.what(), noun(unit));
                return Err(Diagnostic::error(node.at, message)
                    .with_help(format!("write {}", wanted(unit))));
            }
            &node.what()
        }
    };
    Err(mismatch(node, unit, given))
}

fn mismatch(node: &Node, unit: Unit, given: &str) -> Diagnostic {
    Diagnostic::error(node.at, format!("{} is wanted here, not {given}", noun(unit)))
        .with_help(format!("write {}", wanted(unit)))
}

fn no_time(node: &Node, number: &str, word: &str) -> Diagnostic {
    let plurals = TIMES.iter().map(|(_, plural, _)| *plural);
    let report = Diagnostic::error(
        node.at,
        format!("\"{}\" is not a unit of time", super::node::shortened(word)),
    )
    .with_help(format!("write {}", wanted(Unit::Time)));
    match nearest(word, plurals) {
        Some(plural) => report.with_label(format!("did you mean \"{number} {plural}\"?")),
        None => report,
    }
}

impl Look {
    fn of(text: &str) -> Self {
        let text = text.trim();
        if let Some(number) = text.strip_suffix('%') {
            // The exponent makes 3.5% exactly the double nearest to 0.035.
            let share = plain(number.trim_end()).and_then(|n| format!("{n}e-2").parse().ok());
            return share.map_or(Look::Unreadable, Look::Percent);
        }
        let (minus, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (-1.0, rest),
            None => (1.0, text),
        };
        if let Some(amount) = unsigned.strip_prefix('£') {
            return pounds(amount.trim()).map_or(Look::Unreadable, |p| Look::Pounds(minus * p));
        }
        if let Some(number) = number(text) {
            return Look::Number(number);
        }
        let Some((first, word)) = text.split_once(char::is_whitespace) else {
            return Look::Unreadable;
        };
        let Some(amount) = number(first) else { return Look::Unreadable };
        let word = word.trim();
        match TIMES.iter().find(|(one, many, _)| word == *one || word == *many) {
            Some((.., days)) => Look::Days(amount * days),
            None => Look::Strange(first.to_owned(), word.to_owned()),
        }
    }
}

/// Digits with at most one point, and a sign: no exponents, no `inf`, nothing that only a
/// programmer would write.
fn plain(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (all_digits(whole) && all_digits(fraction)).then_some(text)
}

fn number(text: &str) -> Option<f64> {
    plain(text)?.parse().ok()
}

/// Pounds with commas between thousands, or none, and pence of two digits, or none.
fn pounds(text: &str) -> Option<f64> {
    let (whole, pence) = match text.split_once('.') {
        Some((whole, pence)) if pence.len() == 2 => (whole, pence),
        Some(_) => return None,
        None => (text, "00"),
    };
    let groups: Vec<&str> = whole.split(',').collect();
    let well_grouped = groups.len() == 1
        || (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    let digits = groups.concat();
    let all_digits = digits.bytes().chain(pence.bytes()).all(|byte| byte.is_ascii_digit());
    if !well_grouped || digits.is_empty() || !all_digits {
        return None;
    }
    format!("{digits}.{pence}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::node::{Span, parse_value};
    use super::*;

    fn read(text: &str, unit: Unit) -> Result<f64, String> {
        let node = parse_value(text, Span { file: 0, start: 0, end: 0 });
        scalar(&node, unit)
            .map_err(|report| format!("{} | {}", report.message, report.help.join(" | ")))
    }

    #[test]
    fn values_are_read_in_the_unit_that_is_held() {
        assert_eq!(read("\"12 weeks\"", Unit::Time), Ok(84.0));
        assert_eq!(read("\"1 week\"", Unit::Time), Ok(7.0));
        assert_eq!(read("\"2 months\"", Unit::Time), Ok(60.875));
        assert_eq!(read("\"1 year\"", Unit::Time), Ok(365.25));
        assert_eq!(read("\"3.5%\"", Unit::Share), Ok(0.035));
        assert_eq!(read("\"£1,450.50\"", Unit::Pounds), Ok(1450.5));
        assert_eq!(read("35", Unit::People), Ok(35.0));
        assert_eq!(read("7.5", Unit::PeoplePerMonth), Ok(7.5));
    }

    #[test]
    fn a_bare_number_is_told_how_it_would_be_written() {
        let said = |text, unit| read(text, unit).unwrap_err();
        assert!(said("0.65", Unit::Share).contains("write \"65%\""));
        assert!(said("0.07", Unit::Share).contains("write \"7%\""));
        assert!(said("65", Unit::Share).contains("write \"65%\""));
        assert!(said("12", Unit::Time).contains("write \"12 days\" or \"12 weeks\""));
        assert!(said("320", Unit::Pounds).contains("write \"£320\""));
        assert!(said("\"35\"", Unit::People).contains("without quotes"));
    }

    #[test]
    fn a_value_of_another_unit_says_what_is_wanted() {
        let said = |text, unit| read(text, unit).unwrap_err();
        assert!(said("\"65%\"", Unit::Time).contains("a time is wanted here, not a percentage"));
        assert!(said("\"12 weeks\"", Unit::Share).contains("a share is wanted here, not a time"));
        assert!(said("\"£12\"", Unit::Number).contains("a number is wanted here, not money"));
        assert!(said("true", Unit::Number).contains("not true"));
    }

    #[test]
    fn numbers_that_are_none_and_shares_beyond_the_whole_each_have_their_message() {
        let said = |text, unit| read(text, unit).unwrap_err();
        assert!(said("nan", Unit::Number).starts_with("nan is not"));
        assert!(said("inf", Unit::People).starts_with("inf (without end)"));
        assert!(said("-3", Unit::People).contains("below nothing"));
        assert!(said("\"-3%\"", Unit::Share).contains("below nothing"));
        assert!(said("\"101%\"", Unit::Share).contains("between 0% and 100%"));
        assert!(said("1e300", Unit::Number).contains("far too large"));
    }

    #[test]
    fn money_is_not_guessed_from_stray_commas_or_odd_pence() {
        for bad in ["\"£1,45\"", "\"£12.5\"", "\"£,100\"", "\"£\"", "\"£1e5\"", "\"£12.345\""]
        {
            assert!(read(bad, Unit::Pounds).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_misspelt_unit_of_time_finds_its_neighbour() {
        let node = parse_value("\"12 wekks\"", Span { file: 0, start: 0, end: 0 });
        let report = scalar(&node, Unit::Time).unwrap_err();
        assert_eq!(report.label.as_deref(), Some("did you mean \"12 weeks\"?"));
    }
}
