//! A file as the server holds it: a row of pieces, each a declaration with the white space after it. A piece is parsed once; an edit
//! makes new pieces only where it changed something, so that a keystroke costs as much as one declaration.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use onrecord::source::{FileId, Source, Span};
use onrecord::syntax::{self, Parsed, lex, split};

use crate::facts::Facts;
use crate::feature::tokens::{self, Colour, Encoded};
use crate::position::{self, Encoding, Position};

/// Gives each piece its own number, which stands for it in the spans of the engine.
#[derive(Debug, Default)]
pub struct Numbers(AtomicU32);

impl Numbers {
    /// Numbers that follow all of these.
    pub fn after(used: impl Iterator<Item = FileId>) -> Self {
        Self(AtomicU32::new(used.map(|id| id.0).max().map_or(0, |last| last.saturating_add(1))))
    }

    fn next(&self) -> FileId {
        FileId(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// A replaced range: where, how many bytes went, how many came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The first byte.
    pub at: usize,
    /// Bytes removed.
    pub removed: usize,
    /// Bytes inserted.
    pub inserted: usize,
}

impl Shift {
    /// Where a range is after the edit; what was removed shrinks to the place of the edit.
    #[must_use]
    pub fn map(self, range: &Range<usize>) -> Range<usize> {
        let moved = |offset: usize, stays: bool| {
            if offset < self.at || (offset == self.at && stays) {
                offset
            } else if offset >= self.at + self.removed {
                offset + self.inserted - self.removed
            } else {
                self.at
            }
        };
        let start = moved(range.start, range.end > range.start && self.removed > 0);
        start..moved(range.end, true).max(start)
    }
}

/// How many edits a piece remembers, for facts that were found before them.
const REMEMBERED: usize = 64;

/// A declaration with what follows it up to the next one (the first piece: with what precedes it).
#[derive(Debug)]
pub struct Piece {
    /// Its text, parsed. Spans count from its beginning; their file is the piece.
    pub parsed: Parsed,
    /// What it declares, for the outline and hints; those of before the edit where it cannot be read now.
    pub facts: Facts,
    /// Where lines begin in it, after the first.
    breaks: Vec<u32>,
    colours: OnceLock<Vec<Colour>>,
    encoded: OnceLock<(Encoding, Encoded)>,
    /// The pieces that it was before the last edits, and the edits, oldest first.
    before: Vec<(FileId, Shift)>,
}

impl Piece {
    fn new(numbers: &Numbers, path: &str, text: &str, was: Option<(&Self, Shift)>) -> Arc<Self> {
        let source = Source::new(numbers.next(), path, text);
        let parsed = syntax::parse(&source);
        let facts = Facts::new(&parsed, was.map(|(piece, shift)| (&piece.facts, shift)));
        let mut before = Vec::new();
        if let Some((piece, shift)) = was {
            let skip = (piece.before.len() + 1).saturating_sub(REMEMBERED);
            before.extend(piece.before.iter().skip(skip).copied());
            before.push((piece.id(), shift));
        }
        Arc::new(Self {
            breaks: position::line_starts(text),
            parsed,
            facts,
            colours: OnceLock::new(),
            encoded: OnceLock::new(),
            before,
        })
    }

    /// Its number.
    #[must_use]
    pub fn id(&self) -> FileId {
        self.parsed.source.id
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.parsed.source.text()
    }

    /// Its colours.
    pub fn colours(&self) -> &[Colour] {
        self.colours.get_or_init(|| tokens::of_piece(self))
    }

    /// Its colours as the protocol sends them. A server has one client, and so one encoding; another one is worked out anew.
    pub fn encoded(&self, encoding: Encoding) -> Cow<'_, Encoded> {
        let (of, encoded) = self.encoded.get_or_init(|| (encoding, tokens::encoded_piece(self, encoding)));
        if *of == encoding { Cow::Borrowed(encoded) } else { Cow::Owned(tokens::encoded_piece(self, encoding)) }
    }

    /// Where a range of a piece that this one was is now.
    #[must_use]
    pub fn since(&self, was: FileId, range: Range<usize>) -> Option<Range<usize>> {
        if was == self.id() {
            return Some(range);
        }
        let from = self.before.iter().position(|(id, _)| *id == was)?;
        Some(self.before.iter().skip(from).fold(range, |range, (_, shift)| shift.map(&range)))
    }

    /// The numbers of the pieces that it was, the latest first, itself included.
    pub fn ids(&self) -> impl Iterator<Item = FileId> {
        std::iter::once(self.id()).chain(self.before.iter().rev().map(|(id, _)| *id))
    }
}

/// Where a piece begins.
#[derive(Clone, Copy, Debug, Default)]
struct Start {
    byte: usize,
    breaks: usize,
}

/// A file.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its address, as the client writes it.
    pub uri: Arc<str>,
    /// Its path or address, for people.
    pub path: Arc<str>,
    /// The client's version; `None` for a file on disk.
    pub version: Option<i32>,
    pieces: Vec<Arc<Piece>>,
    /// One more than pieces: the last is the end.
    starts: Vec<Start>,
    /// What is asked of every piece at every key, so that the pieces themselves need not be looked at.
    heads: Vec<Head>,
    index: OnceLock<HashMap<FileId, usize>>,
    /// Where the file on disk is first not UTF-8, and the byte that stands there.
    not_text: Option<(usize, u8)>,
}

/// What is asked most often of a piece.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// Its number.
    pub id: FileId,
    /// Whether reading it found nothing.
    pub is_sound: bool,
}

impl Document {
    /// Reads a file.
    #[must_use]
    pub fn new(numbers: &Numbers, uri: &str, path: &str, version: Option<i32>, text: &str) -> Self {
        let pieces =
            cut(text).map(|range| Piece::new(numbers, path, text.get(range).unwrap_or_default(), None)).collect();
        Self::of(uri.into(), path.into(), version, pieces)
    }

    fn of(uri: Arc<str>, path: Arc<str>, version: Option<i32>, pieces: Vec<Arc<Piece>>) -> Self {
        let empty = Self {
            uri,
            path,
            version,
            pieces: Vec::new(),
            starts: vec![Start::default()],
            heads: Vec::new(),
            index: OnceLock::new(),
            not_text: None,
        };
        empty.spliced(0..0, pieces, version)
    }

    /// The file with some pieces replaced; the others are not looked at.
    fn spliced(&self, range: Range<usize>, fresh: Vec<Arc<Piece>>, version: Option<i32>) -> Self {
        let front = self.pieces.get(..range.start).unwrap_or_default();
        let back = self.pieces.get(range.end..).unwrap_or_default();
        let mut starts = Vec::with_capacity(front.len() + fresh.len() + back.len() + 1);
        starts.extend_from_slice(self.starts.get(..=range.start).unwrap_or_default());
        let mut start = starts.last().copied().unwrap_or_default();
        for piece in &fresh {
            start = Start { byte: start.byte + piece.text().len(), breaks: start.breaks + piece.breaks.len() };
            starts.push(start);
        }
        let was = self.starts.get(range.end).copied().unwrap_or_default();
        let moved = |one: &Start| Start {
            byte: one.byte - was.byte + start.byte,
            breaks: one.breaks - was.breaks + start.breaks,
        };
        starts.extend(self.starts.get(range.end + 1..).unwrap_or_default().iter().map(moved));
        let head = |piece: &Arc<Piece>| Head { id: piece.id(), is_sound: piece.parsed.diagnostics.is_empty() };
        let mut heads = Vec::with_capacity(starts.len());
        heads.extend_from_slice(self.heads.get(..range.start).unwrap_or_default());
        heads.extend(fresh.iter().map(head));
        heads.extend_from_slice(self.heads.get(range.end..).unwrap_or_default());
        Self {
            uri: Arc::clone(&self.uri),
            path: Arc::clone(&self.path),
            version,
            pieces: front.iter().chain(&fresh).chain(back).cloned().collect(),
            starts,
            heads,
            index: OnceLock::new(),
            not_text: self.not_text,
        }
    }

    /// The file, if it is read from disk and is not UTF-8 from a byte on. That byte is shown as a character of its own.
    #[must_use]
    pub fn noting(self, not_text: Option<(usize, u8)>) -> Self {
        Self { not_text, ..self }
    }

    /// Where it is not UTF-8, as long as the character that was shown instead stands there, and the byte.
    #[must_use]
    pub fn not_text(&self) -> Option<(Range<usize>, u8)> {
        let (at, byte) = self.not_text?;
        let range = at..at + char::REPLACEMENT_CHARACTER.len_utf8();
        self.slice(range.clone()).starts_with(char::REPLACEMENT_CHARACTER).then_some((range, byte))
    }

    /// The file with a range replaced.
    #[must_use]
    pub fn edited(&self, numbers: &Numbers, range: Range<usize>, new: &str, version: Option<i32>) -> Self {
        let range = range.start.min(self.len())..range.end.clamp(range.start.min(self.len()), self.len());
        let total = self.len() - range.len() + new.len();
        if total > syntax::MAX_FILE_BYTES || self.len() > syntax::MAX_FILE_BYTES {
            let mut text = self.text();
            text.replace_range(range, new);
            return Self { uri: Arc::clone(&self.uri), ..Self::new(numbers, &self.uri, &self.path, version, &text) };
        }
        let first = self.index_of(range.start).saturating_sub(2);
        let mut last = (self.index_of(range.end) + 3).min(self.pieces.len());
        loop {
            let base = self.start(first);
            let mut window = self.slice(base..self.start(last)).into_owned();
            window.replace_range(range.start - base..range.end - base, new);
            let cuts: Vec<Range<usize>> = cut(&window).collect();
            // The cut that is the same as before from there on: two pieces before the window's end.
            let same = (last < self.pieces.len()).then(|| last.saturating_sub(2));
            let until = match same {
                None => Some(cuts.len()),
                Some(piece) => {
                    let expected = self.start(piece) + new.len() - range.len() - base;
                    let after = self.start(piece) > range.end;
                    cuts.iter().position(|cut| after && cut.start == expected)
                }
            };
            if let Some(until) = until {
                let shift = Shift { at: range.start, removed: range.len(), inserted: new.len() };
                let kept = same.unwrap_or(self.pieces.len());
                let renewed = |cut| self.renewed(numbers, first..last, cut, &window, shift);
                let moved = |(at, byte): (usize, u8)| (shift.map(&(at..at + 1)).start, byte);
                let edited = self.spliced(first..kept, cuts.iter().take(until).map(renewed).collect(), version);
                return edited.noting(self.not_text.map(moved));
            }
            last = (last + 2 * (last - first)).min(self.pieces.len());
        }
    }

    /// A piece of a window after an edit: the old one where its text is the same, else one that knows which it was.
    fn renewed(
        &self,
        numbers: &Numbers,
        window: Range<usize>,
        cut: &Range<usize>,
        text: &str,
        shift: Shift,
    ) -> Arc<Piece> {
        let base = self.start(window.start);
        let text = text.get(cut.clone()).unwrap_or_default();
        let start = base + cut.start;
        let untouched_at = if start + text.len() <= shift.at {
            Some(start)
        } else if start >= shift.at + shift.inserted {
            Some(start + shift.removed - shift.inserted)
        } else {
            None
        };
        let at = |start: usize| window.clone().find(|at| self.start(*at) == start).and_then(|at| self.pieces.get(at));
        if let Some(same) = untouched_at.and_then(at).filter(|piece| piece.text() == text) {
            return Arc::clone(same);
        }
        let was = at(start).filter(|piece| start <= shift.at && shift.at <= start + piece.text().len());
        Piece::new(numbers, &self.path, text, was.map(|piece| (&**piece, Shift { at: shift.at - start, ..shift })))
    }

    /// The file with another text, as few pieces new as the two have in common at their ends.
    #[must_use]
    pub fn replaced(&self, numbers: &Numbers, text: &str, version: Option<i32>) -> Self {
        let old = self.text();
        let mut front = old.bytes().zip(text.bytes()).take_while(|(one, other)| one == other).count();
        while !old.is_char_boundary(front) || !text.is_char_boundary(front) {
            front -= 1;
        }
        let longest = old.len().min(text.len()) - front;
        let mut back =
            old.bytes().rev().zip(text.bytes().rev()).take(longest).take_while(|(one, other)| one == other).count();
        while !old.is_char_boundary(old.len() - back) || !text.is_char_boundary(text.len() - back) {
            back -= 1;
        }
        self.edited(numbers, front..old.len() - back, text.get(front..text.len() - back).unwrap_or_default(), version)
    }

    /// Its pieces, each with the byte at which it begins.
    pub fn pieces(&self) -> impl Iterator<Item = (usize, &Arc<Piece>)> {
        self.starts.iter().map(|start| start.byte).zip(&self.pieces)
    }

    /// How many pieces it has.
    #[must_use]
    pub fn piece_count(&self) -> usize {
        self.pieces.len()
    }

    /// What is asked most often of its pieces.
    #[must_use]
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// Some of its pieces, each with the byte at which it begins.
    pub fn pieces_in(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &Arc<Piece>)> {
        let range = range.start.min(self.pieces.len())..range.end.min(self.pieces.len());
        let starts = self.starts.get(range.clone()).unwrap_or_default().iter().map(|start| start.byte);
        starts.zip(self.pieces.get(range).unwrap_or_default())
    }

    /// How many pieces at the front and at the back are those of another document.
    #[must_use]
    pub fn shared(&self, other: &Self) -> (usize, usize) {
        let same = |(one, two): &(&Arc<Piece>, &Arc<Piece>)| Arc::ptr_eq(one, two);
        let front = self.pieces.iter().zip(&other.pieces).take_while(same).count();
        let most = self.pieces.len().min(other.pieces.len()) - front;
        let back = self.pieces.iter().rev().zip(other.pieces.iter().rev()).take(most).take_while(same).count();
        (front, back)
    }

    /// The piece with a number, and the byte at which it begins.
    #[must_use]
    pub fn piece(&self, id: FileId) -> Option<(usize, &Arc<Piece>)> {
        let index = || self.heads.iter().enumerate().map(|(at, head)| (head.id, at)).collect();
        let at = *self.index.get_or_init(index).get(&id)?;
        Some((self.start(at), self.pieces.get(at)?))
    }

    /// The piece that holds a byte (the one that ends there for the last byte), and the byte at which it begins.
    #[must_use]
    pub fn piece_of(&self, offset: usize) -> Option<(usize, &Arc<Piece>)> {
        let at = self.index_of(offset);
        Some((self.start(at), self.pieces.get(at)?))
    }

    /// The bytes of a span of one of its pieces.
    #[must_use]
    pub fn range(&self, span: Span) -> Option<Range<usize>> {
        let (base, _) = self.piece(span.file)?;
        Some(base + span.start as usize..base + span.end as usize)
    }

    fn start(&self, piece: usize) -> usize {
        self.starts.get(piece).or(self.starts.last()).map_or(0, |start| start.byte)
    }

    /// The index of the piece that holds a byte.
    #[must_use]
    pub fn index_of(&self, offset: usize) -> usize {
        let at = self.starts.partition_point(|start| start.byte <= offset).saturating_sub(1);
        at.min(self.pieces.len().saturating_sub(1))
    }

    /// How many bytes it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.last().map_or(0, |start| start.byte)
    }

    /// Whether it is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many lines it has.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.starts.last().map_or(0, |start| start.breaks) + 1
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text()).collect()
    }

    /// The text of a range.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Cow<'_, str> {
        let mut whole = Cow::Borrowed("");
        for at in self.index_of(range.start)..self.pieces.len() {
            let base = self.start(at);
            if base >= range.end {
                break;
            }
            let text = self.pieces.get(at).map_or("", |piece| piece.text());
            let part =
                text.get(range.start.saturating_sub(base)..(range.end - base).min(text.len())).unwrap_or_default();
            if whole.is_empty() {
                whole = Cow::Borrowed(part);
            } else {
                whole.to_mut().push_str(part);
            }
        }
        whole
    }

    /// The byte at which a line begins; the end for a line after the last.
    #[must_use]
    pub fn line_start(&self, line: usize) -> usize {
        let Some(wanted) = line.checked_sub(1) else { return 0 };
        let at = self.starts.partition_point(|start| start.breaks <= wanted).saturating_sub(1);
        let (Some(start), Some(piece)) = (self.starts.get(at), self.pieces.get(at)) else { return self.len() };
        piece.breaks.get(wanted - start.breaks).map_or(self.len(), |rel| start.byte + *rel as usize)
    }

    /// The line of a byte.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        let at = self.index_of(offset);
        let (Some(start), Some(piece)) = (self.starts.get(at), self.pieces.get(at)) else { return 0 };
        start.breaks + piece.breaks.partition_point(|rel| start.byte + *rel as usize <= offset)
    }

    /// A line's text, with its line end.
    #[must_use]
    pub fn line(&self, line: usize) -> Cow<'_, str> {
        self.slice(self.line_start(line)..self.line_start(line + 1))
    }

    /// The byte of a position; the nearest there is for one that is not in the text.
    #[must_use]
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        let text = self.line(line);
        self.line_start(line) + encoding.byte(position::without_end(&text), position.column)
    }

    /// The position of a byte.
    #[must_use]
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = offset.min(self.len());
        let line = self.line_of(offset);
        let start = self.line_start(line);
        let text = self.slice(start..self.line_start(line + 1));
        let column = encoding.column(&text, offset - start);
        Position { line: u32::try_from(line).unwrap_or(u32::MAX), column }
    }
}

/// The pieces of a text, as ranges of bytes: each begins where a declaration does, the first at 0. An empty text has one.
fn cut(text: &str) -> impl Iterator<Item = Range<usize>> + use<> {
    let mut starts = vec![0];
    if text.len() <= syntax::MAX_FILE_BYTES {
        let tokens = lex::lex(text);
        let parts = split::split(text, &tokens);
        starts.extend(parts.iter().skip(1).filter_map(|part| tokens.get(part.tokens.start)).map(|token| token.start));
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| start..end)
}
