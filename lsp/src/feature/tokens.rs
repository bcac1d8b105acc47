//! Colours: what each word is, from the lexer and from where names stand. Kept per piece, so that a keystroke colours one declaration.

use std::collections::BTreeMap;
use std::ops::Range;

use onrecord::source::Span;
use onrecord::syntax::lex::{self, TokenKind};

use crate::document::{Document, Piece};
use crate::feature::names;
use crate::position::{self, Encoding};

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

/// The colours of a piece as the protocol sends them, each place relative to the one before: the same wherever the piece stands, the
/// first one aside.
#[derive(Clone, Debug, Default)]
pub struct Encoded {
    /// The first byte of the first colour in the piece.
    first: usize,
    /// Five numbers each; the place of the first is filled in by whoever knows where the piece stands.
    numbers: Vec<u32>,
    /// How many lines the last colour stands below the first.
    lines: u32,
    /// The column of the last colour; from that of the first, when they stand on one line.
    column: u32,
}

/// The colours of one piece, encoded.
#[must_use]
pub fn encoded_piece(piece: &Piece, encoding: Encoding) -> Encoded {
    let text = piece.text();
    let mut encoded = Encoded::default();
    let mut before: Option<usize> = None;
    for colour in piece.colours() {
        let between = before.and_then(|before| text.get(before..colour.start)).unwrap_or_default();
        let lines = number(position::line_starts(between).len());
        let column = match lines {
            0 => number(encoding.length(between)),
            _ => column_in(text, colour.start, encoding),
        };
        encoded.column = if lines == 0 { encoded.column + column } else { column };
        encoded.lines += lines;
        let length = number(encoding.length(text.get(colour.start..colour.end).unwrap_or_default()));
        encoded.numbers.extend([lines, column, length, colour.kind, colour.modifiers]);
        if before.is_none() {
            encoded.first = colour.start;
        }
        before = Some(colour.start);
    }
    encoded
}

/// The column of a byte in a text in which a line begins before it.
fn column_in(text: &str, byte: usize, encoding: Encoding) -> u32 {
    let before = text.get(..byte).unwrap_or_default();
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    number(encoding.length(before.get(start..).unwrap_or_default()))
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The colours of a document as the protocol sends them: five numbers each, each place relative to the one before.
#[must_use]
pub fn encoded(document: &Document, within: Option<Range<usize>>, encoding: Encoding) -> Vec<u32> {
    let mut out = Vec::with_capacity(document.len() / 2);
    let (mut line_before, mut column_before) = (0, 0);
    for (base, piece) in document.pieces() {
        let outside = |within: &Range<usize>| base + piece.text().len() < within.start || base > within.end;
        let encoded = piece.encoded(encoding);
        let Some((place, rest)) = encoded.numbers.split_at_checked(2) else { continue };
        if within.as_ref().is_some_and(outside) || place.is_empty() {
            continue;
        }
        let at = document.position(base + encoded.first, encoding);
        out.extend([at.line - line_before, if at.line == line_before { at.column - column_before } else { at.column }]);
        out.extend_from_slice(rest);
        line_before = at.line + encoded.lines;
        column_before = if encoded.lines == 0 { at.column + encoded.column } else { encoded.column };
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
