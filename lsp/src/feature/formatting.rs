//! The canonical layout, declaration by declaration, as the fewest lines that change.

use std::ops::Range;

use onrecord::syntax::lex::{self, TokenKind};

use crate::snapshot::View;

/// The edits that lay out what a range touches.
#[must_use]
pub fn edits(view: View<'_>, range: &Range<usize>) -> Vec<(Range<usize>, String)> {
    let _ = (view, range);
    Vec::new()
}

/// The declaration whose closing brace was just typed before a byte.
#[must_use]
pub fn closed_before(view: View<'_>, offset: usize) -> Option<Range<usize>> {
    let (base, piece) = view.document.piece_of(offset.checked_sub(1)?)?;
    let tokens = lex::lex(piece.text());
    let last = tokens.iter().rfind(|token| !token.is_trivia())?;
    let is_closed = last.kind == TokenKind::Close && base + last.end == offset && piece.parsed.diagnostics.is_empty();
    is_closed.then(|| base..base + piece.text().len())
}
