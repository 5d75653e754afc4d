//! Mistakes and warnings: each with its place in a file, what is wrong, and what to do.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::node::Span;
use super::source::SourceFile;

/// How many reports are shown in full.
const MOST_SHOWN: usize = 200;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The scenario cannot be run.
    Error,
    /// It can be run, but someone should look.
    Warning,
}

/// One mistake or warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in a sentence.
    pub message: String,
    /// Where; `None` where a file could not be read at all.
    pub span: Option<Span>,
    /// A few words beneath the underlined source.
    pub label: Option<String>,
    /// What is allowed and what to do.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A mistake at a place.
    pub fn error(span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            severity: Severity::Error,
            message: message.into(),
            span: Some(span),
            label: None,
            help: Vec::new(),
        }
    }

    /// A warning at a place.
    pub fn warning(span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Self::error(span, message) }
    }

    /// A mistake that has no place within a file.
    pub fn of_file(message: impl Into<String>) -> Self {
        Diagnostic { span: None, ..Self::error(Span { file: 0, start: 0, end: 0 }, message) }
    }

    /// Adds a few words beneath the underlined source.
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds what is allowed, or what to do.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds what is allowed, or what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help.push(help.into());
        self
    }
}

/// Every mistake or warning of a scenario, in file order. Displays as plain text with the source
/// line underlined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics {
    files: Arc<Vec<SourceFile>>,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// These reports on these files, in file order, each once.
    pub fn new(files: Arc<Vec<SourceFile>>, reports: Vec<Diagnostic>) -> Self {
        let mut seen = BTreeSet::new();
        let mut list = reports;
        list.retain(|report| seen.insert((report.span, report.message.clone())));
        list.sort_by_key(|report| report.span.map(|span| (span.file, span.start)));
        Diagnostics { files, list }
    }

    /// The mistakes and warnings, in file order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// `scenarios/bury.toml:17`, for a report that has a place.
    pub fn place(&self, report: &Diagnostic) -> Option<String> {
        report.span.map(|span| place(&self.files, span))
    }

    /// The same text as `Display`, in colour if asked.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut reports: Vec<String> =
            self.list.iter().take(MOST_SHOWN).map(|report| self.one(report, &renderer)).collect();
        if let Some(more @ 1..) = self.list.len().checked_sub(MOST_SHOWN) {
            reports.push(format!("and {more} more: mend these first"));
        }
        reports.join("\n\n")
    }

    fn one(&self, report: &Diagnostic, renderer: &Renderer) -> String {
        let level = match report.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(report.message.as_str());
        let excerpt = report.span.and_then(|span| Excerpt::of(&self.files, span));
        let mut group = match &excerpt {
            Some(excerpt) => title.element(
                Snippet::source(excerpt.text)
                    .path(excerpt.file)
                    .line_start(excerpt.line)
                    .annotation(
                        AnnotationKind::Primary
                            .span(excerpt.span.clone())
                            .label(report.label.as_deref()),
                    ),
            ),
            None => Group::with_title(title),
        };
        for help in &report.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }
}

/// The line of a file that a report is about.
struct Excerpt<'a> {
    file: &'a str,
    line: usize,
    text: &'a str,
    span: std::ops::Range<usize>,
}

impl<'a> Excerpt<'a> {
    /// Only the first line is shown of what runs over several.
    fn of(files: &'a [SourceFile], span: Span) -> Option<Self> {
        let file = files.get(span.file)?;
        let text = file.text.as_str();
        let start = floor_boundary(text, span.start);
        let begin = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[start..].find(['\r', '\n']).map_or(text.len(), |length| start + length);
        let to = floor_boundary(text, span.end).clamp(start, end);
        Some(Excerpt {
            file: &file.name,
            line: line_of(text, start),
            text: &text[begin..end],
            span: start - begin..to - begin,
        })
    }
}

/// The nearest start of a character at or before a byte.
fn floor_boundary(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The number of the line, from 1, in which a byte stands.
pub fn line_of(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    text.as_bytes()[..byte].iter().filter(|&&byte| byte == b'\n').count() + 1
}

/// `scenarios/bury.toml:17`.
pub fn place(files: &[SourceFile], span: Span) -> String {
    match files.get(span.file) {
        Some(file) => format!("{}:{}", file.name, line_of(&file.text, span.start)),
        None => String::new(),
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> Arc<Vec<SourceFile>> {
        Arc::new(vec![SourceFile { name: "bury.toml".to_owned(), text: text.to_owned() }])
    }

    #[test]
    fn a_mistake_is_shown_with_its_line_underlined_and_what_to_do() {
        let text = "title = \"Bury\"\nposts = \"six\"\n";
        let report = Diagnostic::error(Span { file: 0, start: 23, end: 28 }, "posts is a number")
            .with_label("this is a text")
            .with_help("write posts = 6");
        insta::assert_snapshot!(Diagnostics::new(files(text), vec![report]));
    }

    #[test]
    fn mistakes_come_in_file_order_and_each_once() {
        let at = |start| Span { file: 0, start, end: start + 1 };
        let reports = vec![
            Diagnostic::error(at(5), "second"),
            Diagnostic::error(at(1), "first"),
            Diagnostic::error(at(5), "second"),
        ];
        let all = Diagnostics::new(files("0123456789"), reports);
        let messages: Vec<_> = all.iter().map(|report| report.message.as_str()).collect();
        assert_eq!(messages, ["first", "second"]);
    }

    #[test]
    fn a_place_in_the_middle_of_a_character_or_past_the_end_is_no_trouble() {
        let all = Diagnostics::new(
            files("£"),
            vec![
                Diagnostic::error(Span { file: 0, start: 1, end: 9 }, "a"),
                Diagnostic::error(Span { file: 7, start: 1, end: 9 }, "b"),
            ],
        );
        assert!(all.to_string().contains("bury.toml:1:1"));
    }
}
