//! `workcast vary FILE PATH=a,b,c`: the file once for each value or combination of values, on the
//! same worlds.

use std::path::Path;

use super::args::Simulation;
use super::exit::Failure;
use super::output::Output;
use super::run::read;
use super::stress::{Case, beside_each_other};
use crate::store::Purpose;

/// More combinations than this are refused: each is a run of its own.
const MOST_COMBINATIONS: usize = 200;

/// Runs the file for each combination of values.
///
/// # Errors
///
/// Where an argument, a path or a value is wrong, the run is interrupted, or storing fails.
pub fn vary(
    file: &Path,
    arguments: &[String],
    simulation: &Simulation,
    output: &Output,
) -> Result<(), Failure> {
    let keys = arguments.iter().map(|text| parse(text)).collect::<Result<Vec<_>, _>>()?;
    let combinations = combinations(&keys)?;
    let scenario = read(file, output)?;
    let mut cases: Vec<Case> = Vec::new();
    for values in combinations {
        let varied = scenario.with_values(&values)?;
        let words: Vec<String> =
            values.iter().map(|(path, value)| format!("{path}={value}")).collect();
        let label = match &values[..] {
            [(_, value)] => value.clone(),
            _ => words.join(" "),
        };
        cases.push((label, Purpose::Vary(words), varied));
    }
    let paths: Vec<&str> = keys.iter().map(|(path, _)| path.as_str()).collect();
    let title = format!("{}: other values of {}", scenario.title, paths.join(" and "));
    let base = ("As the file has it".to_owned(), Purpose::Vary(Vec::new()), scenario);
    beside_each_other(base, cases, simulation, &title, output)
}

/// `PATH=A,B,C` as a path and its values. A comma inside quotes or brackets does not separate.
fn parse(text: &str) -> Result<(String, Vec<String>), Failure> {
    let Some((path, values)) = split_at_equals(text) else {
        return Err(Failure::CommandLine(format!(
            "\"{text}\" names no values: write PATH=A,B,C, such as \
             option.In-house.team.Coaches.posts=4,6,8"
        )));
    };
    let values = split_at_commas(values);
    if path.is_empty() || values.iter().any(String::is_empty) {
        return Err(Failure::CommandLine(format!(
            "\"{text}\" has an empty path or value: write PATH=A,B,C"
        )));
    }
    Ok((path.to_owned(), values))
}

/// Splits at the first `=` outside quotes: a name in a path may hold one.
fn split_at_equals(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '=' if !quoted => return Some((text[..at].trim(), &text[at + 1..])),
            _ => {}
        }
    }
    None
}

fn split_at_commas(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let (mut quoted, mut depth) = (false, 0_u32);
    let money = text.contains('£');
    let characters: Vec<char> = text.chars().collect();
    for (at, &c) in characters.iter().enumerate() {
        match c {
            '"' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            // The comma of £1,200 stands between digits, three of them behind it.
            ',' if !quoted && depth == 0 && !(money && groups_thousands(&characters, at)) => {
                values.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(value) = values.last_mut() {
            value.push(c);
        }
    }
    values.iter().map(|value| value.trim().to_owned()).collect()
}

fn groups_thousands(characters: &[char], at: usize) -> bool {
    let digit = |index: usize| characters.get(index).is_some_and(char::is_ascii_digit);
    at > 0 && digit(at - 1) && (1..=3).all(|step| digit(at + step)) && !digit(at + 4)
}

/// Every combination of one value for each key, the last key's values running fastest.
fn combinations(keys: &[(String, Vec<String>)]) -> Result<Vec<Vec<(String, String)>>, Failure> {
    let count = keys.iter().fold(1_usize, |count, (_, values)| count.saturating_mul(values.len()));
    if count > MOST_COMBINATIONS {
        return Err(Failure::CommandLine(format!(
            "{count} combinations are asked for; at most {MOST_COMBINATIONS} are run at once"
        )));
    }
    let mut all: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for (path, values) in keys {
        let longer = |start: &Vec<(String, String)>| {
            let start = start.clone();
            values.iter().map(move |value| {
                let mut values = start.clone();
                values.push((path.clone(), value.clone()));
                values
            })
        };
        all = all.iter().flat_map(longer).collect();
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        parse(text).unwrap().1
    }

    #[test]
    fn values_are_separated_by_commas_outside_quotes_brackets_and_money() {
        assert_eq!(values("a.b=4,6,8"), ["4", "6", "8"]);
        assert_eq!(values("a=12 weeks, 3 weeks"), ["12 weeks", "3 weeks"]);
        assert_eq!(values("a={ nine_in_ten = [1, 2] },5"), ["{ nine_in_ten = [1, 2] }", "5"]);
        assert_eq!(values("a=£1,200,£300"), ["£1,200", "£300"]);
        assert_eq!(values("a=\"x,y\",z"), ["\"x,y\"", "z"]);
    }

    #[test]
    fn a_quoted_name_may_hold_an_equals_sign() {
        let (path, values) = parse("option.\"a=b\".opens=2024-10-01").unwrap();
        assert_eq!((path.as_str(), values[0].as_str()), ("option.\"a=b\".opens", "2024-10-01"));
    }

    #[test]
    fn an_argument_without_values_is_refused_with_an_example() {
        for bad in ["posts", "=3", "posts=", "posts=1,,2"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn several_keys_are_combined_and_too_many_refused() {
        let keys = [("a=1,2"), ("b=x,y,z")].map(|text| parse(text).unwrap());
        let all = combinations(&keys).unwrap();
        assert_eq!(all.len(), 6);
        assert_eq!(all[1], [("a".into(), "1".into()), ("b".into(), "y".into())]);
        let many = ["a", "b", "c"].map(|key| parse(&format!("{key}=1,2,3,4,5,6,7")).unwrap());
        assert!(combinations(&many).is_err());
    }
}
