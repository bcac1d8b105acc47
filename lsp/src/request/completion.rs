//! `textDocument/completion` and `completionItem/resolve`.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList, CompletionParams,
    CompletionResponse, CompletionTextEdit, Documentation, InsertTextFormat, MarkupContent, MarkupKind,
};
use onrecord::resolve::Target;
use onrecord::source::Span;

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::completion::{self, Proposal};
use crate::feature::hover;
use crate::snapshot::View;

/// What can be written at a position.
pub fn answer(ctx: &Context<'_>, params: CompletionParams) -> Result<CompletionResponse, Failure> {
    let at = params.text_document_position;
    let view = ctx.view(&at.text_document.uri)?;
    let offset = convert::offset(view.document, at.position, ctx.client);
    let (bytes, proposals) = completion::complete(view, offset);
    let range = convert::range(view.document, &bytes, ctx.client);
    let indent = indent(view, offset);
    let item = |(rank, proposal): (usize, Proposal)| {
        let snippet = proposal.snippet.as_ref().filter(|_| ctx.client.snippets);
        let new_text =
            snippet.map_or_else(|| proposal.label.clone(), |snippet| snippet.replace('\n', &format!("\n{indent}")));
        CompletionItem {
            kind: Some(kind(proposal.kind)),
            // Every line of the list shows what its word means, not only the one that is chosen.
            label_details: Some(&proposal.detail)
                .filter(|detail| !detail.is_empty())
                .map(|detail| CompletionItemLabelDetails { detail: None, description: Some(detail.clone()) }),
            detail: Some(proposal.detail.clone()).filter(|detail| !detail.is_empty()),
            // What fits the place comes before the words that may merely go on.
            sort_text: Some(format!("{rank:04}")),
            insert_text_format: snippet.map(|_| InsertTextFormat::SNIPPET),
            text_edit: Some(CompletionTextEdit::Edit(lsp_types::TextEdit { range, new_text })),
            // A place is found by its code and by its name.
            filter_text: Some(match proposal.kind {
                "place" => format!("{} {}", proposal.label, proposal.detail),
                _ => proposal.label.clone(),
            }),
            data: Some(serde_json::json!({ "kind": proposal.kind, "uri": at.text_document.uri.as_str() })),
            label: proposal.label,
            ..CompletionItem::default()
        }
    };
    // The subdivisions of a country come when its code was written.
    let is_incomplete = proposals.iter().any(|proposal| proposal.kind == "place");
    let items = proposals.into_iter().enumerate().map(item).collect();
    Ok(if is_incomplete {
        CompletionResponse::List(CompletionList { is_incomplete, items })
    } else {
        CompletionResponse::Array(items)
    })
}

/// The card of what is proposed.
pub fn resolve(ctx: &Context<'_>, item: CompletionItem) -> Result<CompletionItem, Failure> {
    let data = item.data.clone().unwrap_or_default();
    let text = |key: &str| data.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let Some(uri) = convert::uri(&text("uri")) else { return Ok(item) };
    let Ok(view) = ctx.view(&uri) else { return Ok(item) };
    let kind = KINDS.iter().find(|kind| **kind == text("kind"));
    let card = kind.and_then(|kind| {
        let target = Target { kind, name: item.label.clone(), definition: Span::default() };
        hover::of_target(view, &target)
    });
    let documentation =
        card.map(|value| Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }));
    Ok(CompletionItem { documentation, ..item })
}

/// Kinds of name that have a card of their own.
const KINDS: &[&str] = &[
    "act",
    "purpose",
    "category",
    "role",
    "fact",
    "judgment",
    "element",
    "safeguard",
    "means",
    "manner",
    "artefact",
    "event",
    "phase",
    "recipient",
    "region",
    "source",
    "reading",
    "rule",
    "exception",
    "notice",
    "bundle",
];

/// The white space before the line at a byte, so that a snippet's lines follow it.
fn indent(view: View<'_>, offset: usize) -> String {
    let line = view.document.line(view.document.line_of(offset));
    line.chars().take_while(|one| matches!(one, ' ' | '\t')).collect()
}

fn kind(kind: &str) -> CompletionItemKind {
    match kind {
        "keyword" => CompletionItemKind::KEYWORD,
        "line" | "declaration" => CompletionItemKind::SNIPPET,
        "act" => CompletionItemKind::FUNCTION,
        "role" => CompletionItemKind::CLASS,
        "fact" => CompletionItemKind::PROPERTY,
        "value" => CompletionItemKind::ENUM_MEMBER,
        "judgment" | "definition" => CompletionItemKind::CONSTANT,
        "event" | "phase" => CompletionItemKind::EVENT,
        "source" | "bundle" | "region" | "place" => CompletionItemKind::MODULE,
        "rule" | "exception" => CompletionItemKind::INTERFACE,
        _ => CompletionItemKind::VALUE,
    }
}
