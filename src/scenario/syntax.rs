//! Syntax errors of TOML, in words for someone who does not know TOML.

use std::collections::BTreeSet;

use toml::de::Error;

use super::diagnostic::Diagnostic;
use super::node::Span;

/// How many syntax errors of one file are shown.
const MOST: usize = 20;

/// The syntax errors of a file: one for each line, as the rest of a broken line is rarely a mistake
/// of its own.
pub fn reports(errors: &[Error], text: &str, file: usize) -> Vec<Diagnostic> {
    let mut reports: Vec<Diagnostic> = Vec::new();
    let starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let mut lines = BTreeSet::new();
    let mut left_out = 0;
    let mut errors: Vec<&Error> = errors.iter().collect();
    errors.sort_by_key(|error| error.span().map(|range| range.start));
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let start = range.start.min(text.len());
        if !lines.insert(starts.partition_point(|&newline| newline < start)) {
            continue;
        }
        if reports.len() == MOST {
            left_out += 1;
            continue;
        }
        let span = Span { file, start, end: range.end.clamp(start, text.len()) };
        let (message, help) = in_words(error.message());
        reports.push(Diagnostic::error(span, message).with_help(help));
    }
    if let Some(last) = reports.last_mut().filter(|_| left_out > 0) {
        last.help(format!("and {left_out} more in this file: mend these first"));
    }
    reports
}

/// A message of the TOML reader, and what to do about it.
fn in_words(message: &str) -> (String, &'static str) {
    const KNOWN: &[(&str, &str, &str)] = &[
        ("duplicate key", "this key is given twice", "keep one of the two"),
        (
            "string values must be quoted",
            "a value is missing, or is a text without quotes",
            "put texts, times, shares and money in quotes: \"12 weeks\", \"65%\", \"£1,450\"",
        ),
        (
            "invalid basic string",
            "this text is not closed with a quote",
            "end it with \" on the same line",
        ),
        (
            "unclosed table, expected `]`",
            "this heading is not closed",
            "end it with ]: [locality.Bury]",
        ),
        ("unclosed array", "this list is not closed", "end it with ]"),
        ("unclosed inline table", "this { is not closed", "end it with }"),
        (
            "missing comma between array elements",
            "a comma is missing in this list",
            "write [1, 2, 3]",
        ),
        (
            "missing comma between key-value pairs",
            "a comma is missing between two keys",
            "write { least = 1, most = 3 }",
        ),
        ("key with no value", "this key has no value", "write a key, = and its value: posts = 6"),
        ("extra `=`", "there is one = too many here", "write a key, = and its value: posts = 6"),
        (
            "invalid date",
            "this date does not exist, or is not written as a date",
            "write year-month-day: 2024-10-31",
        ),
        (
            "unexpected leading zero",
            "a number may not begin with 0",
            "leave the 0 out; a date is written 2024-10-01",
        ),
        (
            "recursion limit",
            "names inside names go deeper than any scenario needs",
            "write fewer dots",
        ),
        (
            "cannot recurse further",
            "brackets inside brackets go deeper than any scenario needs",
            "close some of them",
        ),
    ];
    for (begins, words, help) in KNOWN {
        if message.starts_with(begins) {
            return ((*words).to_owned(), help);
        }
    }
    (
        format!("this cannot be read: {message}"),
        "a line is a heading [in.brackets], a key = value, or a # comment",
    )
}

#[cfg(test)]
mod tests {
    use super::super::node::parse_file;
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let errors = parse_file(text, 0).unwrap_err();
        reports(&errors, text, 0).into_iter().map(|report| report.message).collect()
    }

    #[test]
    fn all_syntax_errors_of_a_file_are_reported_at_once() {
        let found = messages("title = Bury\nposts = 6\nposts = 7\n[locality\nname = \"x\n");
        assert_eq!(found[0], "a value is missing, or is a text without quotes");
        assert_eq!(found[1], "this key is given twice");
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn a_megabyte_of_noise_gives_a_short_answer() {
        let noise: String = (0..100_000).map(|i| char::from(b'!' + (i * 7 % 90) as u8)).collect();
        assert!(messages(&noise.replace('A', "\n")).len() <= MOST);
    }
}
