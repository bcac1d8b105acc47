//! What can be folded, from the tokens alone: it holds in every state of the text.

use std::ops::Range;

use onrecord::syntax::lex::{self, TokenKind};

use crate::document::Document;

/// A stretch that can be folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// Between the braces, or the comments.
    pub range: Range<usize>,
    /// Whether it is a run of comments.
    pub is_comment: bool,
}

/// Bodies and groups in braces, and runs of comment lines.
#[must_use]
pub fn folds(document: &Document) -> Vec<Fold> {
    let mut folds = Vec::new();
    for (base, piece) in document.pieces() {
        let text = piece.text();
        let mut open = Vec::new();
        let mut comments: Option<Range<usize>> = None;
        for token in lex::lex(text) {
            match token.kind {
                TokenKind::Open => open.push(token.end),
                TokenKind::Close => {
                    let body =
                        open.pop().map(|start| Fold { range: base + start..base + token.start, is_comment: false });
                    folds.extend(body);
                }
                TokenKind::Comment => {
                    let start = comments.as_ref().map_or(token.start, |run| run.start);
                    comments = Some(start..token.end);
                    continue;
                }
                TokenKind::Space if token.text(text).matches('\n').count() <= 1 => continue,
                _ => {}
            }
            folds.extend(comments.take().map(|run| comment(base, &run)));
        }
        folds.extend(comments.take().map(|run| comment(base, &run)));
    }
    folds.sort_by_key(|fold| (fold.range.start, fold.range.end));
    folds
}

fn comment(base: usize, run: &Range<usize>) -> Fold {
    Fold { range: base + run.start..base + run.end, is_comment: true }
}
