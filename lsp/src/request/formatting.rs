//! `textDocument/formatting`, `…/rangeFormatting`, `…/onTypeFormatting`.

use lsp_types::{DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams, TextEdit};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::formatting;
use crate::snapshot::View;

/// The whole file.
pub fn whole(ctx: &Context<'_>, params: DocumentFormattingParams) -> Result<Vec<TextEdit>, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    Ok(sent(ctx, view, &formatting::whole(view)))
}

/// The declarations that a range touches.
pub fn range(ctx: &Context<'_>, params: DocumentRangeFormattingParams) -> Result<Vec<TextEdit>, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let range = convert::bytes(view.document, params.range, ctx.client);
    Ok(sent(ctx, view, &formatting::range(view, &range)))
}

/// The declaration that was closed.
pub fn on_type(ctx: &Context<'_>, params: DocumentOnTypeFormattingParams) -> Result<Vec<TextEdit>, Failure> {
    let at = params.text_document_position;
    let view = ctx.view(&at.text_document.uri)?;
    let offset = convert::offset(view.document, at.position, ctx.client);
    let closed = formatting::closed_before(view, offset);
    Ok(closed.map(|range| sent(ctx, view, &formatting::range(view, &range))).unwrap_or_default())
}

fn sent(ctx: &Context<'_>, view: View<'_>, edits: &[(std::ops::Range<usize>, String)]) -> Vec<TextEdit> {
    edits.iter().map(|(range, new)| convert::text_edit(view.document, range, new, ctx.client)).collect()
}
