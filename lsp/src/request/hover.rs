//! `textDocument/hover`: the citation card.

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::hover;

/// What stands at a position.
pub fn answer(ctx: &Context<'_>, params: HoverParams) -> Result<Option<Hover>, Failure> {
    let at = params.text_document_position_params;
    let view = ctx.view(&at.text_document.uri)?;
    let offset = convert::offset(view.document, at.position, ctx.client);
    let Some(card) = hover::hover(view, offset) else { return Ok(None) };
    let (kind, value) = if ctx.client.markdown {
        (MarkupKind::Markdown, card.markdown)
    } else {
        (MarkupKind::PlainText, card.markdown.replace("**", "").replace('`', ""))
    };
    Ok(Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value }),
        range: Some(convert::range(view.document, &card.range, ctx.client)),
    }))
}
