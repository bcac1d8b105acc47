//! `textDocument/definition`.

use lsp_types::{GotoDefinitionParams, Location};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::navigation;

/// Where the name is declared.
pub fn answer(ctx: &Context<'_>, params: GotoDefinitionParams) -> Result<Option<Location>, Failure> {
    let at = params.text_document_position_params;
    let view = ctx.view(&at.text_document.uri)?;
    let offset = convert::offset(view.document, at.position, ctx.client);
    Ok(navigation::definition(view, offset).and_then(|place| convert::location(&place, ctx.client)))
}
