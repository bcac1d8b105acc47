//! `textDocument/documentHighlight`.

use lsp_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::navigation;

/// Where the thing is named in this file.
pub fn answer(ctx: &Context<'_>, params: DocumentHighlightParams) -> Result<Vec<DocumentHighlight>, Failure> {
    let at = params.text_document_position_params;
    let view = ctx.view(&at.text_document.uri)?;
    let offset = convert::offset(view.document, at.position, ctx.client);
    let highlight = |(range, declares): (std::ops::Range<usize>, bool)| DocumentHighlight {
        range: convert::range(view.document, &range, ctx.client),
        kind: Some(if declares { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ }),
    };
    Ok(navigation::highlights(view, offset).into_iter().map(highlight).collect())
}
