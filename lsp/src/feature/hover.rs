//! What hovering shows: for a rule its citation card, for a word its definition, for a keyword what it does.

mod keyword;

use std::ops::Range;

use onrecord::diagnostic::Diagnostic;
use onrecord::resolve::Target;
use onrecord::syntax::lex::{self, TokenKind};

use crate::feature::{card, navigation};
use crate::snapshot::View;

/// A card at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it is about.
    pub range: Range<usize>,
    /// Markdown.
    pub markdown: String,
}

/// The card at a byte.
#[must_use]
pub fn hover(view: View<'_>, offset: usize) -> Option<Card> {
    let why = why(view, offset);
    let found = of_name(view, offset).or_else(|| of_keyword(view, offset));
    match (found, why) {
        (Some(card), Some((_, why))) => Some(Card { markdown: format!("{}\n\n---\n\n{why}", card.markdown), ..card }),
        (Some(card), None) => Some(card),
        (None, Some((range, why))) => Some(Card { range, markdown: why }),
        (None, None) => None,
    }
}

fn of_name(view: View<'_>, offset: usize) -> Option<Card> {
    let found = navigation::use_at(view, offset)?;
    Some(Card { range: view.document.range(found.span)?, markdown: of_target(view, &found.target)? })
}

/// The card of something declared.
#[must_use]
pub fn of_target(view: View<'_>, target: &Target) -> Option<String> {
    let tree = view.tree();
    match target.kind {
        "rule" => card::rule(tree, tree.rules.id(&target.name)?, view.snapshot.today),
        "exception" => card::exception(tree, tree.exceptions.id(&target.name)?, view.snapshot.today),
        "source" => card::source(tree, tree.sources.id(&target.name)?, view.snapshot.today),
        _ => card::word(tree, target),
    }
}

/// Why what is wrong here counts as wrong.
fn why(view: View<'_>, offset: usize) -> Option<(Range<usize>, String)> {
    let (piece, at) = view.at(offset)?;
    let base = offset - at;
    let here = |found: &&Diagnostic| found.span.touches(at);
    let found = piece.parsed.diagnostics.iter().chain(view.semantic.diagnostics(piece.id())).find(here)?;
    let range = found.span.range();
    Some((
        base + range.start..base + range.end,
        format!("**{}** · {}\n\n{}", found.code.id, found.code.title, found.code.why),
    ))
}

fn of_keyword(view: View<'_>, offset: usize) -> Option<Card> {
    let (piece, at) = view.at(offset)?;
    let tokens = lex::lex(piece.text());
    let token = tokens.iter().find(|token| token.kind == TokenKind::Word && token.start <= at && at <= token.end)?;
    let word = token.text(piece.text());
    let markdown = format!("**`{word}`** — {}", keyword::about(word)?);
    let base = offset - at;
    Some(Card { range: base + token.start..base + token.end, markdown })
}
