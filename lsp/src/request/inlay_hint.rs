//! `textDocument/inlayHint`: what a rule comes to, and its window.

use lsp_types::{InlayHint, InlayHintKind, InlayHintLabel, InlayHintParams, InlayHintTooltip};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::hints;

/// The hints of a range.
pub fn answer(ctx: &Context<'_>, params: InlayHintParams) -> Result<Vec<InlayHint>, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let within = convert::bytes(view.document, params.range, ctx.client);
    let hint = |hint: hints::Beside| InlayHint {
        position: convert::position(view.document, hint.at, ctx.client),
        label: InlayHintLabel::String(hint.text),
        kind: Some(InlayHintKind::TYPE),
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(hint.about.to_owned())),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    Ok(hints::hints(view, &within).into_iter().map(hint).collect())
}
