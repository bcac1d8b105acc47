//! Reading is total: every byte stands in exactly one token, every place lies in the text, findings are in order, nothing is broken
//! without a finding.

use onrecord::diagnostic::{self, Diagnostic};
use onrecord::source::{FileId, Source};
use onrecord::syntax::ast::ItemKind;
use onrecord::syntax::lex::{self, Token};
use onrecord::syntax::{MAX_FILE_BYTES, Parsed, parse, split};

/// A text as a file.
#[must_use]
pub fn read(text: &str) -> Parsed {
    parse(&Source::new(FileId(0), "fuzz.onr", text))
}

/// What must hold of every text.
pub fn holds(text: &str) {
    let tokens = lex::lex(text);
    every_byte_once(text, &tokens);
    every_word_in_one_part(text, &tokens);
    let parsed = read(text);
    for found in &parsed.diagnostics {
        says_where(text, found);
    }
    let mut sorted = parsed.diagnostics.clone();
    diagnostic::sort(&mut sorted);
    assert_eq!(parsed.diagnostics, sorted, "findings are in order, each once");
    places_lie_in(text, &format!("{:?}", parsed.file));
    declarations_in_order(&parsed);
}

fn every_byte_once(text: &str, tokens: &[Token]) {
    let mut end = 0;
    for token in tokens {
        assert_eq!(token.start, end, "no gap and no overlap");
        assert!(token.end > token.start, "no empty token");
        assert!(text.get(token.start..token.end).is_some(), "whole characters");
        end = token.end;
    }
    assert_eq!(end, text.len(), "up to the end");
    assert_eq!(lex::first(text), tokens.iter().copied().find(|token| !token.is_trivia()));
}

fn every_word_in_one_part(text: &str, tokens: &[Token]) {
    let mut end = 0;
    let says = |token: &Token| !token.is_trivia() && token.kind != lex::TokenKind::Control;
    for part in split::split(text, tokens) {
        assert!(end <= part.tokens.start && part.tokens.start < part.tokens.end, "parts follow one another");
        assert!(!tokens[end..part.tokens.start].iter().any(says), "no word between parts");
        end = part.tokens.end;
    }
    assert!(!tokens[end..].iter().any(says), "no word after the last part");
}

fn says_where(text: &str, found: &Diagnostic) {
    assert!(!found.message.is_empty());
    assert!(found.help.is_some(), "{} says nothing to do: {}", found.code.id, found.message);
    let related = found.related.iter().map(|(span, _)| span);
    let edits = found.fix.iter().flat_map(|fix| &fix.edits).map(|(span, _)| span);
    for span in std::iter::once(&found.span).chain(related).chain(edits) {
        assert!(text.get(span.range()).is_some(), "{found:?} lies outside the text");
    }
    if let Some(fix) = &found.fix {
        let mut edits: Vec<_> = fix.edits.iter().map(|(span, _)| span.range()).collect();
        edits.sort_by_key(|range| (range.start, range.end));
        assert!(edits.windows(2).all(|pair| pair[0].end <= pair[1].start), "edits overlap: {found:?}");
    }
}

/// Every place in a tree's rendering lies in the text. Quoted text is the author's and says no places.
fn places_lie_in(text: &str, rendered: &str) {
    const PLACE: &str = "Span { file: FileId(0), start: ";
    let mut rest = rendered;
    while let Some(at) = rest.find(['"', 'S']) {
        rest = &rest[at..];
        if rest.starts_with('"') {
            rest = after_quoted(rest);
        } else if let Some(numbers) = rest.strip_prefix(PLACE) {
            let numbers = &numbers[..numbers.find('}').expect("a place is closed")];
            let (start, end) = numbers.split_once(", end: ").expect("a place has an end");
            let (start, end): (usize, usize) = (start.parse().expect("bytes"), end.trim().parse().expect("bytes"));
            assert!(text.get(start..end).is_some(), "{start}..{end} is no place of the text");
            rest = &rest[PLACE.len()..];
        } else {
            rest = &rest[1..];
        }
    }
}

fn after_quoted(rest: &str) -> &str {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return &rest[at + 1..],
            _ => {}
        }
    }
    ""
}

fn declarations_in_order(parsed: &Parsed) {
    let items = &parsed.file.items;
    assert!(items.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "declarations follow one another");
    let broken = items.iter().any(|item| matches!(item.value, ItemKind::Broken(_)));
    assert!(!broken || !parsed.diagnostics.is_empty(), "broken without a finding");
    let says = lex::first(parsed.source.text()).is_some_and(|token| token.kind != lex::TokenKind::Control);
    if parsed.diagnostics.is_empty() && parsed.source.text().len() <= MAX_FILE_BYTES {
        assert_eq!(items.is_empty(), !says, "a text that says something is read");
    }
}
