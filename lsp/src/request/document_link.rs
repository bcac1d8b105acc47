//! `textDocument/documentLink`: citations lead to the official text of their source.

use lsp_types::{DocumentLink, DocumentLinkParams};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::links;

/// The links of a document.
pub fn answer(ctx: &Context<'_>, params: DocumentLinkParams) -> Result<Vec<DocumentLink>, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let link = |link: links::Link| {
        Some(DocumentLink {
            range: convert::range(view.document, &link.range, ctx.client),
            target: Some(convert::uri(&link.address)?),
            tooltip: Some(link.title),
            data: None,
        })
    };
    Ok(links::links(view).into_iter().filter_map(link).collect())
}

/// A link is sent whole.
pub fn resolve(_: &Context<'_>, link: DocumentLink) -> Result<DocumentLink, Failure> {
    Ok(link)
}
