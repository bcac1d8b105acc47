//! `textDocument/formatting`, `…/rangeFormatting`, `…/onTypeFormatting`.

use lsp_types::{DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams, TextEdit};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::formatting;
use crate::snapshot::View;

/// The whole file.
pub fn whole(ctx: &Context<'_>, params: DocumentFormattingParams) -> Result<Vec<TextEdit>, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    edits(ctx, view, 0..view.document.len())
}

/// The declarations that a range touches.
pub fn range(ctx: &Context<'_>, params: DocumentRangeFormattingParams) -> Result<Vec<TextEdit>, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let range = convert::bytes(view.document, params.range, ctx.client);
    edits(ctx, view, range)
}

/// The declaration that was closed.
pub fn on_type(ctx: &Context<'_>, params: DocumentOnTypeFormattingParams) -> Result<Vec<TextEdit>, Failure> {
    let at = params.text_document_position;
    let view = ctx.view(&at.text_document.uri)?;
    let offset = convert::offset(view.document, at.position, ctx.client);
    match formatting::closed_before(view, offset) {
        Some(range) => edits(ctx, view, range),
        None => Ok(Vec::new()),
    }
}

fn edits(ctx: &Context<'_>, view: View<'_>, range: std::ops::Range<usize>) -> Result<Vec<TextEdit>, Failure> {
    let edits = formatting::edits(view, &range);
    Ok(edits.iter().map(|(range, new)| convert::text_edit(view.document, range, new, ctx.client)).collect())
}
