//! Laying out changes nothing but white space and commas: once is enough, no word and no comment is lost, the meaning stays, and what
//! is broken stays as it is.

use onrecord::format::{format, format_declarations};
use onrecord::syntax::ast::ItemKind;
use onrecord::syntax::lex::{TokenKind, lex};
use onrecord::syntax::meaning::meaning;

use crate::reading::read;

/// What must hold of every text, broken or not.
pub fn holds(text: &str) {
    let parsed = read(text);
    let once = format(&parsed);
    let again = read(&once);
    assert_eq!(format(&again), once, "formatting twice differs from once");
    assert_eq!(said(&once), said(text), "words and comments");
    let values =
        |items: &[onrecord::syntax::ast::Item]| items.iter().map(|item| meaning(&item.value)).collect::<Vec<_>>();
    assert_eq!(values(&again.file.items), values(&parsed.file.items), "the meaning of\n{text}\n\n{once}");
    if parsed.diagnostics.is_empty() {
        assert!(again.diagnostics.is_empty(), "{:#?} in\n{once}", again.diagnostics);
        assert!(!once.lines().any(|line| line.ends_with([' ', '\t'])), "white space at a line's end:\n{once}");
    }
    for item in parsed.file.items.iter().filter(|item| matches!(item.value, ItemKind::Broken(_))) {
        assert!(once.contains(parsed.source.slice(item.span)), "a broken declaration changed:\n{text}\n\n{once}");
    }
    for (span, by) in format_declarations(&parsed, 0..text.len()) {
        assert_eq!(said(&by), said(parsed.source.slice(span)), "a declaration by itself");
    }
}

/// The words and the comments of a text, each in order. A comma may move to the other side of a comment.
fn said(text: &str) -> (Vec<&str>, Vec<&str>) {
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
