//! Colours: what each word is, from the lexer and from where names stand. Kept per piece, so that a keystroke colours one declaration.

use std::collections::BTreeMap;

use onrecord::source::Span;
use onrecord::syntax::lex::{self, TokenKind};

use crate::document::{Document, Piece};
use crate::feature::names;
use crate::position::Encoding;

/// The types of tokens, by index.
pub const TYPES: &[&str] = &[
    "keyword",
    "comment",
    "string",
    "number",
    "function",
    "enum",
    "struct",
    "type",
    "property",
    "enumMember",
    "macro",
    "parameter",
    "method",
    "variable",
    "event",
    "namespace",
    "interface",
    "class",
];
/// The modifiers, by bit.
pub const MODIFIERS: &[&str] = &["declaration"];

/// A coloured stretch of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Its first byte in the piece.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Index into `TYPES`.
    pub kind: u32,
    /// Bits of `MODIFIERS`.
    pub modifiers: u32,
}

/// The colours of one piece.
#[must_use]
pub fn of_piece(piece: &Piece) -> Vec<Colour> {
    let text = piece.text();
    let mut named: BTreeMap<u32, (Span, &'static str, bool)> = BTreeMap::new();
    for item in &piece.parsed.file.items {
        names::each(&item.value, &mut |name, kind, declares| {
            named.insert(name.span.start, (name.span, kind, declares));
        });
    }
    let tokens = lex::lex(text);
    let mut colours = Vec::with_capacity(tokens.len() / 2);
    for token in &tokens {
        let name = u32::try_from(token.start).ok().and_then(|start| named.get(&start));
        let (kind, modifiers) = match (token.kind, name) {
            (TokenKind::Word, Some((_, kind, declares))) => (of_name(kind), u32::from(*declares)),
            (TokenKind::Word, None) if token.text(text).starts_with(|one: char| one.is_ascii_digit()) => ("number", 0),
            (TokenKind::Word, None) => ("keyword", 0),
            (TokenKind::Comment, _) => ("comment", 0),
            (TokenKind::Text | TokenKind::OpenText | TokenKind::CurlyText, _) => ("string", 0),
            _ => continue,
        };
        let kind = TYPES.iter().position(|one| *one == kind).and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
        colours.push(Colour { start: token.start, end: token.end, kind, modifiers });
    }
    colours
}

fn of_name(kind: &str) -> &'static str {
    match kind {
        "act" => "function",
        "purpose" => "enum",
        "category" => "struct",
        "role" | "recipient" | "party" => "type",
        "fact" => "property",
        "value" | "choice" => "enumMember",
        "judgment" | "definition" => "macro",
        "element" | "means" | "manner" | "label" => "parameter",
        "safeguard" => "method",
        "event" | "phase" => "event",
        "source" | "bundle" | "region" | "place" => "namespace",
        "question" | "reading" => "interface",
        "rule" | "exception" => "class",
        _ => "variable",
    }
}

/// The colours of a document as the protocol sends them: five numbers each, each place relative to the one before.
#[must_use]
pub fn encoded(document: &Document, within: Option<std::ops::Range<usize>>, encoding: Encoding) -> Vec<u32> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut out = Vec::new();
    let (mut line_before, mut column_before) = (0, 0);
    let mut before: Option<usize> = None;
    for (base, piece) in document.pieces() {
        let end = base + piece.text().len();
        if within.as_ref().is_some_and(|within| end < within.start || base > within.end) {
            continue;
        }
        for colour in piece.colours() {
            let range = base + colour.start..base + colour.end;
            if within.as_ref().is_some_and(|within| range.end < within.start || range.start > within.end) {
                continue;
            }
            let line = number(document.line_of(range.start));
            // On the line of the one before, counted from there: a line may be long.
            let column = match before.filter(|_| line == line_before) {
                Some(before) => column_before + number(encoding.length(&document.slice(before..range.start))),
                None => document.position(range.start, encoding).column,
            };
            let length = encoding.length(piece.text().get(colour.start..colour.end).unwrap_or_default());
            let delta = if line == line_before { column - column_before } else { column };
            out.extend([line - line_before, delta, number(length), colour.kind, colour.modifiers]);
            (line_before, column_before, before) = (line, column, Some(range.start));
        }
    }
    out
}

/// Where two lists of numbers differ: how many are the same at the front and at the back.
#[must_use]
pub fn common_ends(old: &[u32], new: &[u32]) -> (usize, usize) {
    let front = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let longest = old.len().min(new.len()) - front;
    let back = old.iter().rev().zip(new.iter().rev()).take(longest).take_while(|(one, other)| one == other).count();
    (front, back)
}
