//! What stands before each word of a file: a space, nothing, or a new line. The plan is made from the words alone, never from the
//! author's layout, so that formatting twice is formatting once.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::lex::{Token, TokenKind};

/// The longest line that a list or a chain of conditions may make.
const WIDTH: usize = 120;
/// The longest line of a clause with one part.
const CLAUSE: usize = 80;
/// One step of indentation.
pub const STEP: usize = 2;

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing.
    None,
    /// One space.
    Space,
    /// Spaces up to a column.
    Column(usize),
    /// A new line at an indentation.
    Line(usize, Blank),
    /// A new line for a closing brace; comments before it are indented one step more.
    Close(usize),
}

/// Whether a blank line stands before a new line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// Where the author left one or more.
    Kept,
    /// Never.
    Never,
    /// Always.
    Always,
}

/// A word of the file: a token that says something.
#[derive(Clone, Debug)]
pub struct Word {
    /// The token.
    pub token: Token,
    /// White space and comments before it, as indexes of tokens.
    pub before: Range<usize>,
    /// What stands before it.
    pub gap: Gap,
    /// A comma that is not written.
    pub dropped: bool,
    /// A comma is written after it.
    pub comma: bool,
    /// The first of words that stay as they are, up to this byte.
    pub kept_to: Option<usize>,
}

/// The layout of a file.
pub struct Plan<'t> {
    /// The text.
    pub text: &'t str,
    /// All its tokens.
    pub tokens: Vec<Token>,
    /// Its words.
    pub words: Vec<Word>,
    /// The width of all words before each, with their spaces.
    widths: Vec<usize>,
    /// The number of comments, and of words that stay as they are, before each word.
    obstacles: Vec<usize>,
}

impl<'t> Plan<'t> {
    /// All words on one line; `kept` are the spans that stay as they are, in order.
    pub fn new(text: &'t str, tokens: Vec<Token>, kept: &[Span]) -> Self {
        let mut plan = Self { text, tokens: Vec::new(), words: Vec::new(), widths: vec![0], obstacles: vec![0] };
        let (mut from, mut width, mut obstacles, mut kept) = (0, 0, 0, kept.iter().peekable());
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| !token.is_trivia()) {
            let glued = matches!(token.kind, TokenKind::Comma | TokenKind::Colon);
            let closes_empty =
                token.kind == TokenKind::Close && plan.is(plan.words.len().wrapping_sub(1), TokenKind::Open);
            let gap = if glued || closes_empty { Gap::None } else { Gap::Space };
            width += token.text(text).chars().count() + usize::from(gap == Gap::Space);
            obstacles +=
                tokens.get(from..at).unwrap_or_default().iter().filter(|one| one.kind == TokenKind::Comment).count();
            while kept.next_if(|span| span.range().end <= token.start).is_some() {}
            let inside = kept.peek().filter(|span| span.range().start <= token.start);
            obstacles += usize::from(inside.is_some());
            let kept_to = inside.filter(|span| span.range().start == token.start).map(|span| span.range().end);
            plan.words.push(Word { token: *token, before: from..at, gap, dropped: false, comma: false, kept_to });
            plan.widths.push(width);
            plan.obstacles.push(obstacles);
            from = at + 1;
        }
        plan.tokens = tokens;
        plan
    }

    /// The index of the first word at or after a byte.
    pub fn at(&self, byte: usize) -> usize {
        self.words.partition_point(|word| word.token.start < byte)
    }

    /// The words of a span.
    pub fn within(&self, span: Span) -> Range<usize> {
        self.at(span.range().start)..self.at(span.range().end)
    }

    /// The text of a word.
    pub fn word(&self, at: usize) -> &'t str {
        self.words.get(at).map(|word| word.token.text(self.text)).unwrap_or_default()
    }

    /// Whether a word is a token of a kind.
    pub fn is(&self, at: usize, kind: TokenKind) -> bool {
        self.words.get(at).is_some_and(|word| word.token.kind == kind)
    }

    /// The first word of a kind in a range.
    pub fn find(&self, mut range: Range<usize>, kind: TokenKind) -> Option<usize> {
        range.find(|at| self.is(*at, kind))
    }

    /// Says what stands before a word.
    pub fn gap(&mut self, at: usize, gap: Gap) {
        if let Some(word) = self.words.get_mut(at) {
            word.gap = gap;
        }
    }

    /// Begins a line, without a blank line before it.
    pub fn line(&mut self, at: usize, indent: usize) {
        self.gap(at, Gap::Line(indent, Blank::Never));
    }

    /// The width of words on one line.
    pub fn width(&self, words: Range<usize>) -> usize {
        let end = self.widths.get(words.end).copied().unwrap_or_default();
        end.saturating_sub(self.widths.get(words.start).copied().unwrap_or_default()).saturating_sub(1)
    }

    /// Whether words can stand on one line: no comment, nothing unreadable among them.
    pub fn joins(&self, words: Range<usize>) -> bool {
        let count = |at: usize| self.obstacles.get(at).copied().unwrap_or_default();
        count(words.end) == count(words.start + 1)
    }

    /// Whether words that begin a line fit on it.
    pub fn fits(&self, words: Range<usize>, indent: usize) -> bool {
        self.joins(words.clone()) && indent + self.width(words) <= WIDTH
    }

    /// Whether a clause with one part fits on a line.
    pub fn is_short(&self, words: Range<usize>, indent: usize) -> bool {
        self.joins(words.clone()) && indent + self.width(words) <= CLAUSE
    }

    /// Where the words end that a brace opens: the index of its closing brace.
    pub fn closing(&self, open: usize, end: usize) -> usize {
        let mut depth = 0usize;
        for at in open..end {
            if self.is(at, TokenKind::Open) {
                depth += 1;
            } else if self.is(at, TokenKind::Close) {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
        }
        end.saturating_sub(1)
    }

    /// A list in braces, of entries that begin at `starts`: on its line, or one entry a line with a comma after each.
    pub fn list(&mut self, open: usize, close: usize, starts: &[usize], indent: usize, one_line: bool) {
        for at in open + 1..close {
            if self.is(at, TokenKind::Comma) && self.words.get(at).is_some_and(|word| word.kept_to.is_none()) {
                self.drop(at);
            }
        }
        let ends = starts.iter().skip(1).copied().chain(std::iter::once(close));
        for (start, next) in starts.iter().zip(ends) {
            let last = (*start..next).rev().find(|at| !self.words.get(*at).is_some_and(|word| word.dropped));
            let separated = !one_line || next != close;
            if let Some(word) = last.and_then(|last| self.words.get_mut(last)) {
                word.comma = separated;
            }
            if !one_line {
                self.gap(*start, Gap::Line(indent + STEP, Blank::Kept));
            }
        }
        if let (Some(first), false) = (starts.first(), one_line) {
            self.line(*first, indent + STEP);
            self.gap(close, Gap::Close(indent));
        }
    }

    fn drop(&mut self, at: usize) {
        if let Some(word) = self.words.get_mut(at) {
            word.dropped = true;
        }
    }
}
