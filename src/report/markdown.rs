//! Text in Markdown that stays text: no markup, no line of its own, no hidden characters.

use std::fmt::Write;

use super::document::BLANK;

/// A paragraph that Markdown shows as it is, on one line. Characters that cannot be seen, or that
/// turn the direction of others, are written as their numbers: `U+202E`.
pub fn escaped(text: &str) -> String {
    let inline = inline(text);
    // Where a line begins these would make a heading or a list of it.
    let mark = match inline.find(|c: char| !c.is_ascii_digit()) {
        Some(0) => inline.starts_with(['#', '-', '+', '=']).then_some(0),
        Some(at) => {
            (inline[at..].starts_with(". ") || inline[at..].starts_with(") ")).then_some(at)
        }
        None => None,
    };
    match mark {
        Some(at) => format!("{}\\{}", &inline[..at], &inline[at..]),
        None => inline,
    }
}

/// The same within a line.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.trim().chars().peekable();
    let mut before = ' ';
    while let Some(c) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        match c {
            _ if c.is_whitespace() => out.push(' '),
            _ if is_hidden(c) => {
                let _ = write!(out, "U+{:04X}", c as u32);
            }
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => {
                out.push('\\');
                out.push(c);
            }
            // Within a word an underscore is no markup: `per_month`.
            '_' if !(before.is_alphanumeric() && after.is_alphanumeric()) => out.push_str("\\_"),
            _ => out.push(c),
        }
        before = c;
    }
    out
}

/// A table's cell. A blank stays as a person has to find it.
pub fn cell(text: &str) -> String {
    if text == BLANK { BLANK.to_owned() } else { inline(text) }
}

/// Text of one line in which every character can be seen: `U+202E` for one that cannot.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            _ if c.is_whitespace() => out.push(' '),
            _ if is_hidden(c) => {
                let _ = write!(out, "U+{:04X}", c as u32);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Control characters, those without a width that join, hide or turn what is around them, and the two
/// that no XML may hold.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{feff}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}'
            | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_scenario_says_stays_text() {
        assert_eq!(escaped("journey.per_month is 5%"), "journey.per_month is 5%");
        assert_eq!(escaped("a|b\n<script>"), "a\\|b \\<script\\>");
        assert_eq!(escaped("# no heading"), "\\# no heading");
        assert_eq!(escaped("1. no list"), "1\\. no list");
        assert_eq!(escaped("1.5 weeks"), "1.5 weeks");
        assert_eq!(escaped("- no item"), "\\- no item");
        assert_eq!(cell("-£700"), "-£700");
        assert_eq!(escaped("__no__ *stress*"), "\\_\\_no\\_\\_ \\*stress\\*");
        assert_eq!(escaped("£5\u{202e}7\u{7}"), "£5U+202E7U+0007");
        assert_eq!(escaped("[a](http://b)"), "\\[a\\](http://b)");
        assert_eq!(cell("____"), "____");
    }
}
