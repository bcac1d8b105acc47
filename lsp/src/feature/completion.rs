//! What can be written at a place: the names that fit there, the lines of the body around it, the keywords that go on. Read from the
//! tokens before the place, so that it works while the line is unfinished.

mod lines;
mod slot;
mod words;

use std::ops::Range;

use onrecord::syntax::lex::{self, Token, TokenKind};

use crate::snapshot::View;
use slot::Slot;

/// Something that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What is shown and written, unless there is a snippet.
    pub label: String,
    /// The kind of thing: as the resolver calls it, or `keyword`, `line`, `declaration`.
    pub kind: &'static str,
    /// A few words beside it.
    pub detail: String,
    /// A snippet to write instead.
    pub snippet: Option<String>,
}

/// What can be written at a byte, and the bytes that it replaces.
#[must_use]
pub fn complete(view: View<'_>, offset: usize) -> (Range<usize>, Vec<Proposal>) {
    let Some((piece, at)) = view.at(offset) else { return (offset..offset, lines::declarations()) };
    let base = offset - at;
    let text = piece.text();
    let tokens = lex::lex(text);
    let inside = |token: &&Token| token.start < at && at < token.end;
    let in_text = |token: &Token| match token.kind {
        TokenKind::Text | TokenKind::Comment | TokenKind::CurlyText => true,
        TokenKind::OpenText => at > token.start,
        _ => false,
    };
    let ends_in_comment =
        |token: &Token| token.end == at && matches!(token.kind, TokenKind::Comment | TokenKind::OpenText);
    if tokens.iter().any(|token| (inside(&token) && in_text(token)) || ends_in_comment(token)) {
        return (offset..offset, Vec::new());
    }
    let word = tokens.iter().find(|token| token.kind == TokenKind::Word && token.start < at && at <= token.end);
    let start = word.map_or(at, |word| word.start);
    let end = word.map_or(at, |word| word.end);
    let before = Before::new(text, &tokens, start);
    let slot = before.slot();
    let begun = text.get(start..at).unwrap_or_default();
    let places = match slot {
        Slot::Names(kinds) => kinds.contains(&"place"),
        Slot::Line(body) => body == slot::Body::Region,
        _ => false,
    };
    let mut proposals = match slot {
        Slot::Nothing => Vec::new(),
        Slot::Declaration => lines::declarations(),
        Slot::Line(body) => lines::of(view, body),
        Slot::Names(kinds) => kinds.iter().flat_map(|kind| words::of(view, kind)).collect(),
        Slot::Values(holder, verb) => words::values(view, holder, &verb),
        Slot::Choice(choices) => choices.iter().map(|choice| keyword(choice)).collect(),
        Slot::Labels => words::labels(piece),
        Slot::Condition(requirement) => lines::conditions(view, requirement),
    };
    if places {
        proposals.extend(words::other_places(begun));
    }
    proposals.extend(before.next_keywords().iter().map(|word| keyword(word)));
    let mut seen = std::collections::HashSet::new();
    proposals.retain(|one| seen.insert((one.label.clone(), one.snippet.is_some())));
    (base + start..base + end, proposals)
}

fn keyword(word: &str) -> Proposal {
    Proposal { label: word.to_owned(), kind: "keyword", detail: String::new(), snippet: None }
}

/// The words before the place that is completed.
struct Before<'t> {
    /// What says something, braces included, in order.
    words: Vec<&'t str>,
    /// The index of the first word of each open body, the innermost last.
    open: Vec<usize>,
    /// Whether the place is the first of its line.
    begins_line: bool,
}

impl<'t> Before<'t> {
    fn new(text: &'t str, tokens: &[Token], start: usize) -> Self {
        let said: Vec<&Token> = tokens.iter().filter(|token| !token.is_trivia() && token.end <= start).collect();
        let mut open = Vec::new();
        for (at, token) in said.iter().enumerate() {
            match token.kind {
                TokenKind::Open => open.push(at),
                TokenKind::Close => {
                    open.pop();
                }
                _ => {}
            }
        }
        let line = text.get(..start).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
        let words = said.iter().map(|token| token.text(text)).collect();
        Self { words, open, begins_line: line.trim().is_empty() }
    }

    /// The word so many places before the end, the last being 1.
    fn back(&self, count: usize) -> &'t str {
        self.words.len().checked_sub(count).and_then(|at| self.words.get(at)).copied().unwrap_or_default()
    }

    /// The words of the innermost body since its last line began, the list that is being written left out.
    fn line(&self) -> &[&'t str] {
        let start = self.open.last().map_or(0, |at| at + 1);
        self.words.get(start..).unwrap_or_default()
    }
}
