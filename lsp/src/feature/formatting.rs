//! The canonical layout, declaration by declaration, as the fewest lines that change.

use std::ops::Range;

use onrecord::format;
use onrecord::source::{FileId, Source};
use onrecord::syntax::lex::{self, TokenKind};
use onrecord::syntax::{self, Parsed};

use crate::snapshot::View;

/// The edits that lay out the whole file.
#[must_use]
pub fn whole(view: View<'_>) -> Vec<(Range<usize>, String)> {
    let parsed = read(view);
    lines_that_change(parsed.source.text(), 0, &format::format(&parsed))
}

/// The edits that lay out the declarations that a range touches.
#[must_use]
pub fn range(view: View<'_>, range: &Range<usize>) -> Vec<(Range<usize>, String)> {
    let parsed = read(view);
    let declarations = format::format_declarations(&parsed, range.clone());
    declarations
        .iter()
        .flat_map(|(span, new)| lines_that_change(parsed.source.slice(*span), span.range().start, new.trim_end()))
        .collect()
}

/// The file as one text: comments between declarations belong to the layout too.
fn read(view: View<'_>) -> Parsed {
    syntax::parse(&Source::new(FileId::default(), &view.document.path, &view.document.text()))
}

/// The fewest runs of lines of a text (which begins at a byte of the file) that must be replaced to make it another.
fn lines_that_change(old: &str, base: usize, new: &str) -> Vec<(Range<usize>, String)> {
    if old == new {
        return Vec::new();
    }
    let (old_lines, new_lines): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let mut starts = vec![base];
    starts.extend(old_lines.iter().scan(base, |at, line| {
        *at += line.len();
        Some(*at)
    }));
    let start = |line: usize| starts.get(line).copied().unwrap_or(base + old.len());
    let changes = similar::capture_diff_slices(similar::Algorithm::Myers, &old_lines, &new_lines);
    let changes = changes.iter().filter(|change| change.tag() != similar::DiffTag::Equal);
    changes
        .map(|change| {
            let lines = change.old_range();
            let text = new_lines.get(change.new_range()).unwrap_or_default().concat();
            (start(lines.start)..start(lines.end), text)
        })
        .collect()
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
