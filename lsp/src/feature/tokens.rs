//! Colours: what each word is, from the lexer and from where names stand. Kept per piece, so that a keystroke colours one declaration.

use std::collections::BTreeMap;
use std::ops::Range;

use onrecord::source::Span;
use onrecord::syntax::lex::{self, TokenKind};

use crate::document::{Document, Piece};
use crate::feature::names;
use crate::position::{self, Encoding, Position};

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
    "operator",
];
/// The modifiers, by bit. Words that bind, free or are expected are keywords with the second.
pub const MODIFIERS: &[&str] = &["declaration", "deontic"];

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
            (TokenKind::Word, None) => of_keyword(token.text(text)),
            (TokenKind::Comment, _) => ("comment", 0),
            (TokenKind::Text | TokenKind::OpenText | TokenKind::CurlyText, _) => ("string", 0),
            _ => continue,
        };
        let kind = TYPES.iter().position(|one| *one == kind).and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
        colours.push(Colour { start: token.start, end: token.end, kind, modifiers });
    }
    colours
}

/// What a word is that is no name, and its modifiers.
fn of_keyword(word: &str) -> (&'static str, u32) {
    match word {
        "prohibit" | "require" | "unless" | "allow" | "provided" | "waive" | "then" | "keep" | "displaces"
        | "yields" | "expect" => ("keyword", 2),
        "if" | "and" | "or" | "not" | "no" | "any" | "every" | "all" | "none" | "one" | "of" | "for" | "to" | "by"
        | "in" | "on" | "at" | "as" | "is" | "are" | "was" | "has" | "under" | "from" | "until" | "before"
        | "within" | "during" | "throughout" | "who" | "that" | "only" | "than" | "other" | "least" | "most" => {
            ("operator", 0)
        }
        "implied"
        | "expressed"
        | "explicit"
        | "opt-out-not-exercised"
        | "cleared"
        | "conditional"
        | "prohibited"
        | "required"
        | "undetermined"
        | "determined"
        | "yes" => ("enumMember", 0),
        "second" | "seconds" | "minute" | "minutes" | "hour" | "hours" | "day" | "days" | "week" | "weeks"
        | "month" | "months" | "year" | "years" => ("number", 0),
        number if number.starts_with(|one: char| one.is_ascii_digit()) => ("number", 0),
        _ => ("keyword", 0),
    }
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

impl Encoded {
    /// The place of the last colour, where that of the first is known.
    fn last(&self, first: Position) -> Position {
        Position {
            line: first.line + self.lines,
            column: if self.lines == 0 { first.column + self.column } else { self.column },
        }
    }
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
    let pieces = match within {
        Some(within) => document.index_of(within.start).saturating_sub(1)..document.index_of(within.end) + 1,
        None => 0..document.piece_count(),
    };
    let mut out = Vec::with_capacity(pieces.len() * 256);
    encode(document, pieces, Position::default(), encoding, &mut out);
    out
}

/// Adds the colours of some pieces; `last` is the place of the colour before them.
fn encode(document: &Document, pieces: Range<usize>, mut last: Position, encoding: Encoding, out: &mut Vec<u32>) {
    for (base, piece) in document.pieces_in(pieces) {
        let encoded = piece.encoded(encoding);
        let Some((_, rest)) = encoded.numbers.split_at_checked(2) else { continue };
        let at = document.position(base + encoded.first, encoding);
        out.extend([at.line - last.line, if at.line == last.line { at.column - last.column } else { at.column }]);
        out.extend_from_slice(rest);
        last = encoded.last(at);
    }
}

/// How many numbers each piece of a document takes.
#[must_use]
pub fn counts(document: &Document, encoding: Encoding) -> Vec<u32> {
    document.pieces_in(0..document.piece_count()).map(|(_, piece)| count(piece, encoding)).collect()
}

fn count(piece: &Piece, encoding: Encoding) -> u32 {
    number(piece.encoded(encoding).numbers.len())
}

/// Numbers that take the place of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delta {
    /// How many numbers stand before.
    pub start: usize,
    /// How many go.
    pub removed: usize,
    /// Which come.
    pub inserted: Vec<u32>,
}

/// What changed from the colours of one document to those of the next, and the counts of the next. Pieces that the two share are not
/// looked at, so that it takes as long as the edit is large.
#[must_use]
pub fn delta(old: &Document, counts: &[u32], new: &Document, encoding: Encoding) -> (Delta, Vec<u32>) {
    let (front, back) = old.shared(new);
    let (old_end, new_end) = (old.piece_count() - back, new.piece_count() - back);
    let (before, rest) = counts.split_at_checked(front).unwrap_or_default();
    let (gone, after) = rest.split_at_checked(old_end - front).unwrap_or_default();
    let fresh = new.pieces_in(front..new_end).map(|(_, piece)| count(piece, encoding));
    let new_counts = before.iter().copied().chain(fresh).chain(after.iter().copied()).collect();
    // The place of the first colour after what changed is relative to what changed.
    let next = after.iter().position(|count| *count > 0).map_or(0, |at| at + 1);
    let last = (0..front).rev().find(|at| before.get(*at).is_some_and(|count| *count > 0));
    let last = last.and_then(|at| old.pieces_in(at..at + 1).next()).map_or_else(Position::default, |(base, piece)| {
        let encoded = piece.encoded(encoding);
        encoded.last(old.position(base + encoded.first, encoding))
    });
    let total = |counts: &[u32]| counts.iter().map(|count| *count as usize).sum::<usize>();
    let (mut was, mut is) = (Vec::with_capacity(total(gone)), Vec::with_capacity(total(gone)));
    encode(old, front..old_end + next, last, encoding, &mut was);
    encode(new, front..new_end + next, last, encoding, &mut is);
    let (same_front, same_back) = common_ends(&was, &is);
    let delta = Delta {
        start: total(before) + same_front,
        removed: was.len() - same_front - same_back,
        inserted: is.get(same_front..is.len() - same_back).unwrap_or_default().to_vec(),
    };
    (delta, new_counts)
}

/// How many numbers of two lists are the same at the front and at the back, in whole colours: the protocol's types take them whole.
fn common_ends(old: &[u32], new: &[u32]) -> (usize, usize) {
    let front = old.chunks(5).zip(new.chunks(5)).take_while(|(one, other)| one == other).count() * 5;
    let longest = (old.len().min(new.len()) - front) / 5;
    let same = old.rchunks(5).zip(new.rchunks(5)).take(longest).take_while(|(one, other)| one == other).count();
    (front, same * 5)
}
