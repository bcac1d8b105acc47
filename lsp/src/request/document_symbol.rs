//! `textDocument/documentSymbol`: the outline.

use lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind,
};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::facts::Symbol;
use crate::snapshot::View;

/// The outline of a document.
pub fn answer(ctx: &Context<'_>, params: DocumentSymbolParams) -> Result<DocumentSymbolResponse, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let symbols =
        view.document.pieces().flat_map(|(base, piece)| piece.facts.symbols.iter().map(move |one| (base, one)));
    if ctx.client.nested_symbols {
        return Ok(DocumentSymbolResponse::Nested(symbols.map(|(base, one)| nested(ctx, view, base, one)).collect()));
    }
    let mut flat = Vec::new();
    for (base, one) in symbols {
        for symbol in std::iter::once(one).chain(&one.children) {
            let range = base + symbol.range.start..base + symbol.range.end;
            let uri = params.text_document.uri.clone();
            #[allow(deprecated, reason = "the type has a deprecated field without a default")]
            flat.push(SymbolInformation {
                name: symbol.name.clone(),
                kind: kind(symbol.keyword),
                tags: None,
                deprecated: None,
                location: Location { uri, range: convert::range(view.document, &range, ctx.client) },
                container_name: (symbol.name != one.name).then(|| one.name.clone()),
            });
        }
    }
    Ok(DocumentSymbolResponse::Flat(flat))
}

fn nested(ctx: &Context<'_>, view: View<'_>, base: usize, symbol: &Symbol) -> DocumentSymbol {
    let range = base + symbol.range.start..base + symbol.range.end;
    let name_range = base + symbol.name_range.start..base + symbol.name_range.end;
    let children: Vec<_> = symbol.children.iter().map(|child| nested(ctx, view, base, child)).collect();
    #[allow(deprecated, reason = "the type has a deprecated field without a default")]
    DocumentSymbol {
        name: if symbol.name.is_empty() { symbol.keyword.to_owned() } else { symbol.name.clone() },
        detail: Some(symbol.detail.clone()).filter(|detail| !detail.is_empty()),
        kind: kind(symbol.keyword),
        tags: None,
        deprecated: None,
        range: convert::range(
            view.document,
            &(range.start.min(name_range.start)..range.end.max(name_range.end)),
            ctx.client,
        ),
        selection_range: convert::range(view.document, &name_range, ctx.client),
        children: (!children.is_empty()).then_some(children),
    }
}

/// The protocol's kind that comes nearest.
pub fn kind(keyword: &str) -> SymbolKind {
    match keyword {
        "source" | "bundle" | "region" | "covers" => SymbolKind::NAMESPACE,
        "rule" => SymbolKind::CLASS,
        "except" => SymbolKind::INTERFACE,
        "scenario" => SymbolKind::METHOD,
        "act" => SymbolKind::FUNCTION,
        "fact" => SymbolKind::PROPERTY,
        "value" | "reading" => SymbolKind::ENUM_MEMBER,
        "question" => SymbolKind::ENUM,
        "define" | "judgment" => SymbolKind::CONSTANT,
        "event" | "phase" => SymbolKind::EVENT,
        "notice" | "form" => SymbolKind::STRING,
        _ => SymbolKind::VARIABLE,
    }
}
