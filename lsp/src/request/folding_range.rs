//! `textDocument/foldingRange`: bodies, groups, and runs of comments.

use lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::folding;

/// What can be folded.
pub fn answer(ctx: &Context<'_>, params: FoldingRangeParams) -> Result<Vec<FoldingRange>, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let fold = |fold: folding::Fold| {
        let range = convert::range(view.document, &fold.range, ctx.client);
        // A client that folds whole lines keeps the line of the closing brace in sight.
        let end_line =
            if fold.is_comment { range.end.line } else { range.end.line.saturating_sub(1).max(range.start.line) };
        let whole = ctx.client.lines_only || fold.is_comment;
        FoldingRange {
            start_line: range.start.line,
            start_character: (!whole).then_some(range.start.character),
            end_line: if whole { end_line } else { range.end.line },
            end_character: (!whole).then_some(range.end.character),
            kind: fold.is_comment.then_some(FoldingRangeKind::Comment),
            collapsed_text: None,
        }
    };
    let lines = |fold: &folding::Fold| view.document.line_of(fold.range.start) < view.document.line_of(fold.range.end);
    Ok(folding::folds(view.document)
        .into_iter()
        .filter(lines)
        .map(fold)
        .filter(|fold| fold.start_line < fold.end_line)
        .collect())
}
