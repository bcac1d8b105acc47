//! `textDocument/selectionRange`: from a word outwards.

use lsp_types::{SelectionRange, SelectionRangeParams};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::selection;

/// The selections around each position.
pub fn answer(ctx: &Context<'_>, params: SelectionRangeParams) -> Result<Vec<SelectionRange>, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let chain = |position| {
        let offset = convert::offset(view.document, position, ctx.client);
        let around = selection::around(view.document, offset);
        let mut chain: Option<SelectionRange> = None;
        for range in around.into_iter().rev() {
            let range = convert::range(view.document, &range, ctx.client);
            chain = Some(SelectionRange { range, parent: chain.map(Box::new) });
        }
        let empty = lsp_types::Range { start: position, end: position };
        chain.unwrap_or(SelectionRange { range: empty, parent: None })
    };
    Ok(params.positions.into_iter().map(chain).collect())
}
