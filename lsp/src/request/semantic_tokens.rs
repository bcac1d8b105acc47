//! `textDocument/semanticTokens/full`, `…/full/delta` and `…/range`.

use std::sync::Arc;

use lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams, SemanticTokensEdit,
    SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensRangeParams,
};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::tokens;
use crate::path;

/// What was sent last about a document.
#[derive(Clone, Debug)]
pub struct Sent {
    id: String,
    numbers: Arc<Vec<u32>>,
}

/// All tokens.
pub fn full(ctx: &Context<'_>, params: SemanticTokensParams) -> Result<SemanticTokens, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let numbers = tokens::encoded(view.document, None, ctx.client.encoding);
    let data = in_fives(&numbers);
    let id = keep(ctx, params.text_document.uri.as_str(), numbers);
    Ok(SemanticTokens { result_id: Some(id), data })
}

/// What changed since a result; all tokens where that is not known any more.
pub fn delta(ctx: &Context<'_>, params: SemanticTokensDeltaParams) -> Result<SemanticTokensFullDeltaResult, Failure> {
    let uri = params.text_document.uri;
    let view = ctx.view(&uri)?;
    let numbers = tokens::encoded(view.document, None, ctx.client.encoding);
    let sent = ctx.tokens.lock().ok().and_then(|sent| sent.get(&path::key(uri.as_str())).cloned());
    let Some(sent) = sent.filter(|sent| sent.id == params.previous_result_id) else {
        let data = in_fives(&numbers);
        let id = keep(ctx, uri.as_str(), numbers);
        return Ok(SemanticTokensFullDeltaResult::Tokens(SemanticTokens { result_id: Some(id), data }));
    };
    let (front, back) = tokens::common_ends(&sent.numbers, &numbers);
    // The protocol's types take inserted tokens whole.
    let (front, back) = (front - front % 5, back - back % 5);
    let removed = sent.numbers.len() - front - back;
    let inserted = numbers.get(front..numbers.len() - back).unwrap_or_default();
    let mut edits = Vec::new();
    if removed > 0 || !inserted.is_empty() {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let data = Some(in_fives(inserted));
        edits.push(SemanticTokensEdit { start: number(front), delete_count: number(removed), data });
    }
    let id = keep(ctx, uri.as_str(), numbers);
    Ok(SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta { result_id: Some(id), edits }))
}

/// The tokens of a range.
pub fn range(ctx: &Context<'_>, params: SemanticTokensRangeParams) -> Result<SemanticTokens, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let within = convert::bytes(view.document, params.range, ctx.client);
    let numbers = tokens::encoded(view.document, Some(within), ctx.client.encoding);
    Ok(SemanticTokens { result_id: None, data: in_fives(&numbers) })
}

fn keep(ctx: &Context<'_>, uri: &str, numbers: Vec<u32>) -> String {
    let Ok(mut sent) = ctx.tokens.lock() else { return String::new() };
    let key = path::key(uri);
    let id = sent.get(&key).and_then(|sent| sent.id.parse::<u64>().ok()).map_or(1, |id| id + 1).to_string();
    sent.insert(key, Sent { id: id.clone(), numbers: Arc::new(numbers) });
    id
}

fn in_fives(numbers: &[u32]) -> Vec<SemanticToken> {
    let token = |five: &[u32]| match *five {
        [delta_line, delta_start, length, token_type, token_modifiers_bitset] => {
            Some(SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset })
        }
        _ => None,
    };
    numbers.chunks(5).filter_map(token).collect()
}
