//! Slips of the keyboard and of the word processor: each is reported with its fix, and mended for the parser without moving a byte,
//! so that one slip is one finding.

use super::codes;
use super::lex::{Token, TokenKind};
use super::split::Part;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// The text as the parser reads it: of the same length, each slip replaced by what was meant.
pub fn mend(source: &Source, tokens: &[Token], parts: &[Part], diagnostics: &mut Vec<Diagnostic>) -> String {
    let text = source.text();
    let mut mended = String::with_capacity(text.len());
    let mut controls = 0usize;
    let mut next = parts.iter().skip(1).map(|part| part.tokens.start).peekable();
    for (at, token) in tokens.iter().enumerate() {
        // One finding a declaration: a file that is no text at all would have thousands.
        if next.next_if_eq(&at).is_some() {
            controls = 0;
        }
        let written = token.text(text);
        let span = Span::new(source.id, token.start, token.end);
        match token.kind {
            TokenKind::OpenText => {
                diagnostics.push(codes::open_text(span));
                mended.push_str(&closed(written));
            }
            TokenKind::CurlyText => {
                let inner = written.trim_matches(['“', '”', '„', '"']);
                diagnostics.push(codes::curly_quotes(span, inner));
                mended.push_str(&straightened(written, inner));
            }
            TokenKind::OddSpace => {
                diagnostics.push(codes::odd_space(span));
                mended.push_str(&" ".repeat(written.len()));
            }
            TokenKind::Control => {
                controls += 1;
                if controls == 1 {
                    diagnostics.push(codes::control_characters(span));
                }
                mended.push_str(&" ".repeat(written.len()));
            }
            _ => mended.push_str(written),
        }
    }
    mended
}

/// An open text, closed in place of its last character.
fn closed(written: &str) -> String {
    let mut kept = written.to_owned();
    let dropped = kept.pop().map_or(0, char::len_utf8);
    if kept.is_empty() {
        return " ".repeat(dropped);
    }
    // The last character but one must not escape the quote.
    if kept.ends_with('\\') {
        kept.pop();
        kept.push(' ');
    }
    format!("{kept}{}\"", " ".repeat(dropped.saturating_sub(1)))
}

/// A text in curly quotes, in straight ones, padded to the same length.
fn straightened(written: &str, inner: &str) -> String {
    let padding = written.len().saturating_sub(inner.len() + 2);
    format!("\"{}\"{}", inner.replace(['\\', '"'], "'"), " ".repeat(padding))
}
