//! The canonical layout of a file, without options: one fact, one item, one citation a line. Only white space, and the commas of lists
//! in braces, are ever changed; the author's order, every comment and everything that cannot be read stay.

mod clause;
mod declaration;
mod emit;
mod plan;

use crate::source::{FileId, Source, Span};
use crate::syntax::lex::{TokenKind, lex};
use crate::syntax::{Parsed, parse};

/// A file in its canonical layout. What cannot be read stays as it is, byte for byte.
#[must_use]
pub fn format(parsed: &Parsed) -> String {
    let text = parsed.source.text();
    if parsed.file.items.is_empty() && !parsed.diagnostics.is_empty() {
        return text.to_owned();
    }
    let formatted = laid_out(parsed);
    // Broken text may be read otherwise once it is laid out. It stays as it is then, so that formatting twice is formatting once.
    let read_again = || laid_out(&parse(&Source::new(parsed.source.id, &parsed.source.path, &formatted)));
    if parsed.diagnostics.is_empty() || read_again() == formatted { formatted } else { text.to_owned() }
}

/// The canonical layout, if it says what the file says.
fn laid_out(parsed: &Parsed) -> String {
    let text = parsed.source.text();
    let formatted = emit::file(&declaration::plan(parsed));
    if says(&formatted) == says(text) { formatted } else { text.to_owned() }
}

/// The declarations that touch a range of bytes, each with its place and its canonical layout.
#[must_use]
pub fn format_declarations(parsed: &Parsed, range: std::ops::Range<usize>) -> Vec<(Span, String)> {
    let plan = declaration::plan(parsed);
    let touched = parsed.file.items.iter().map(|item| item.span);
    touched
        .filter(|span| span.range().start <= range.end && range.start <= span.range().end)
        .map(|span| (span, emit::declaration(&plan, span)))
        .filter(|(span, formatted)| says(formatted) == says(parsed.source.slice(*span)))
        .collect()
}

/// What a text says apart from its layout: its words and comments in order. A comma may move to the other side of a comment.
fn says(text: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut words, mut comments) = (Vec::new(), Vec::new());
    for token in lex(text) {
        match token.kind {
            TokenKind::Comment => comments.push(token.text(text).trim_end()),
            TokenKind::Space | TokenKind::OddSpace | TokenKind::Comma => {}
            _ => words.push(token.text(text)),
        }
    }
    (words, comments)
}

/// A text in its canonical layout, where there is no file.
#[must_use]
pub fn format_text(text: &str) -> String {
    format(&parse(&Source::new(FileId(0), "", text)))
}
