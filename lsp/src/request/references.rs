//! `textDocument/references`.

use lsp_types::{Location, ReferenceParams};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::navigation;

/// Where the thing is named, in every file.
pub fn answer(ctx: &Context<'_>, params: ReferenceParams) -> Result<Vec<Location>, Failure> {
    let at = params.text_document_position;
    let view = ctx.view(&at.text_document.uri)?;
    let offset = convert::offset(view.document, at.position, ctx.client);
    let places = navigation::references(view, offset, params.context.include_declaration);
    Ok(places.iter().filter_map(|place| convert::location(place, ctx.client)).collect())
}
