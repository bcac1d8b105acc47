//! `textDocument/prepareRename` and `textDocument/rename`.

use std::collections::HashMap;

use lsp_types::{PrepareRenameResponse, RenameParams, TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::renaming;

/// The name that would be changed.
pub fn prepare(ctx: &Context<'_>, at: TextDocumentPositionParams) -> Result<PrepareRenameResponse, Failure> {
    let view = ctx.view(&at.text_document.uri)?;
    let offset = convert::offset(view.document, at.position, ctx.client);
    let (range, placeholder) = renaming::prepare(view, offset).map_err(Failure::failed)?;
    let range = convert::range(view.document, &range, ctx.client);
    Ok(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
}

/// The edits that change it everywhere.
#[allow(clippy::mutable_key_type, reason = "the protocol's type")]
pub fn answer(ctx: &Context<'_>, params: RenameParams) -> Result<WorkspaceEdit, Failure> {
    let at = params.text_document_position;
    let view = ctx.view(&at.text_document.uri)?;
    let offset = convert::offset(view.document, at.position, ctx.client);
    let places = renaming::rename(view, offset, &params.new_name).map_err(Failure::failed)?;
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for place in places {
        let edit = convert::text_edit(&place.document, &place.range, &params.new_name, ctx.client);
        if let Some(uri) = convert::uri(&place.document.uri) {
            changes.entry(uri).or_default().push(edit);
        }
    }
    Ok(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
}
