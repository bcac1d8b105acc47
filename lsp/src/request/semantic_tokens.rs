//! `textDocument/semanticTokens/full`, `…/full/delta` and `…/range`.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams, SemanticTokensEdit,
    SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensRangeParams,
};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::document::Document;
use crate::feature::tokens;
use crate::path;

/// How many results a document keeps: a client that types ahead of the answers, or throws one away, goes on from an older one.
const KEPT: usize = 32;

/// What was sent about each document, the oldest first.
#[derive(Debug, Default)]
pub struct Memory {
    last: u64,
    sent: HashMap<String, VecDeque<Sent>>,
}

/// What was sent about a document: the document, and how many numbers each of its pieces took.
#[derive(Clone, Debug)]
struct Sent {
    id: String,
    document: Arc<Document>,
    counts: Arc<[u32]>,
}

impl Memory {
    fn get(&self, key: &str, id: &str) -> Option<Sent> {
        self.sent.get(key)?.iter().find(|sent| sent.id == id).cloned()
    }

    fn keep(&mut self, key: String, document: &Arc<Document>, counts: Vec<u32>) -> String {
        self.last += 1;
        let id = self.last.to_string();
        let kept = self.sent.entry(key).or_default();
        kept.push_back(Sent { id: id.clone(), document: Arc::clone(document), counts: counts.into() });
        if kept.len() > KEPT {
            kept.pop_front();
        }
        id
    }

    /// Forgets what was sent about a document.
    pub fn forget(&mut self, key: &str) {
        self.sent.remove(key);
    }
}

/// All tokens.
pub fn full(ctx: &Context<'_>, params: SemanticTokensParams) -> Result<SemanticTokens, Failure> {
    let uri = params.text_document.uri;
    let document = ctx.view(&uri)?.document;
    let data = in_fives(&tokens::encoded(document, None, ctx.client.encoding));
    let counts = tokens::counts(document, ctx.client.encoding);
    let id = ctx.tokens.lock().ok().map(|mut memory| memory.keep(path::key(uri.as_str()), document, counts));
    Ok(SemanticTokens { result_id: id, data })
}

/// What changed since a result; all tokens where that is not known any more.
pub fn delta(ctx: &Context<'_>, params: SemanticTokensDeltaParams) -> Result<SemanticTokensFullDeltaResult, Failure> {
    let key = path::key(params.text_document.uri.as_str());
    let document = ctx.view(&params.text_document.uri)?.document;
    let Some(sent) = ctx.tokens.lock().ok().and_then(|memory| memory.get(&key, &params.previous_result_id)) else {
        let SemanticTokensDeltaParams { work_done_progress_params, partial_result_params, text_document, .. } = params;
        let params = SemanticTokensParams { work_done_progress_params, partial_result_params, text_document };
        return Ok(SemanticTokensFullDeltaResult::Tokens(full(ctx, params)?));
    };
    let (delta, counts) = tokens::delta(&sent.document, &sent.counts, document, ctx.client.encoding);
    let mut edits = Vec::new();
    if delta.removed > 0 || !delta.inserted.is_empty() {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let data = Some(in_fives(&delta.inserted));
        edits.push(SemanticTokensEdit { start: number(delta.start), delete_count: number(delta.removed), data });
    }
    let id = ctx.tokens.lock().ok().map(|mut memory| memory.keep(key, document, counts));
    Ok(SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta { result_id: id, edits }))
}

/// The tokens of a range.
pub fn range(ctx: &Context<'_>, params: SemanticTokensRangeParams) -> Result<SemanticTokens, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let within = convert::bytes(view.document, params.range, ctx.client);
    let numbers = tokens::encoded(view.document, Some(within), ctx.client.encoding);
    Ok(SemanticTokens { result_id: None, data: in_fives(&numbers) })
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
