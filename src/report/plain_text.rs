//! Text of others that is shown as it is: what cannot be seen is written out.

use std::borrow::Cow;

/// Control characters, those without a width that join, hide or turn what is around them, and the
/// two that no XML may have.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{feff}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}'
            | '\u{fffe}' | '\u{ffff}')
}

/// A character's number: `U+202E`.
pub fn shown(c: char) -> String {
    format!("U+{:04X}", c as u32)
}

/// A text on one line, every hidden character of it written as its number. The ends of lines are
/// spaces.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' => out.push(' '),
            _ if is_hidden(c) => out.push_str(&shown(c)),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The same as XML has it, between tags and between quotes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        assert_eq!(plain("Bury £5 – “é”"), "Bury £5 – “é”");
        assert_eq!(plain("\t=1\r\0"), "U+0009=1U+000DU+0000");
        assert_eq!(plain("£5\u{202e}7\u{ffff}"), "£5U+202E7U+FFFF");
        assert_eq!(plain("two\nlines\r\nor three"), "two lines or three");
    }
}
