//! Runs of text: whatever a scenario says comes out as text, and every character can be seen.

use docx_rs::{BreakType, FieldCharType, InstrText, Paragraph, Run};

use crate::report::document::BLANK;
use crate::report::plain_text::plain;

/// The colour behind what a person has to write.
const MARK: &str = "yellow";

/// What stands where nothing more is asked than to write.
const NOTHING_ASKED: &str = "[Officer to write]";

/// A text on one line.
pub fn run(text: &str) -> Run {
    if text == BLANK { blank("") } else { Run::new().add_text(plain(text)) }
}

/// A text whose line breaks stay.
pub fn lines(text: &str) -> Run {
    if text == BLANK {
        return blank("");
    }
    let mut run = Run::new();
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(plain(line));
    }
    run
}

/// A line of a drawing: its spaces stay.
pub fn drawn(line: &str) -> Run {
    let blank = line.len() - line.trim_start_matches(' ').len();
    Run::new().add_text(format!("{}{}", " ".repeat(blank), plain(line)))
}

/// What a cell needs room for: of a mark, its words beneath each other.
pub fn room(cell: &str) -> &str {
    if cell == BLANK { "[Officer to" } else { cell }
}

/// What only a person can write, with what it should be about.
pub fn blank(prompt: &str) -> Run {
    let text = match prompt {
        "" => NOTHING_ASKED.to_owned(),
        prompt => format!("[Officer to write: {}]", plain(prompt)),
    };
    Run::new().add_text(text).highlight(MARK)
}

/// `Table 3. Options`: the number is a field, so that Word counts anew when a table is put in.
pub fn caption(of: &str, number: usize, title: &str) -> Paragraph {
    let field = Run::new()
        .add_field_char(FieldCharType::Begin, false)
        .add_instr_text(InstrText::Unsupported(format!(" SEQ {of} \\* ARABIC ")))
        .add_field_char(FieldCharType::Separate, false)
        .add_text(number.to_string())
        .add_field_char(FieldCharType::End, false);
    Paragraph::new()
        .style("Caption")
        .keep_next(true)
        .add_run(Run::new().add_text(format!("{of} ")))
        .add_run(field)
        .add_run(Run::new().add_text(format!(". {}", plain(title))))
}
