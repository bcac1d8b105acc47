//! `workspace/symbol`: by name, title or citation; `632` finds every rule that cites § 632.

use lsp_types::{SymbolInformation, WorkspaceSymbolParams};

use super::document_symbol::kind;
use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::search;

/// What matches a query.
pub fn answer(ctx: &Context<'_>, params: WorkspaceSymbolParams) -> Result<Vec<SymbolInformation>, Failure> {
    let found = search::search(ctx.snapshot, &params.query).into_iter().filter_map(|found| {
        #[allow(deprecated, reason = "the type has a deprecated field without a default")]
        Some(SymbolInformation {
            name: found.name,
            kind: kind(found.keyword),
            tags: None,
            deprecated: None,
            location: convert::location(&found.place, ctx.client)?,
            container_name: Some(found.detail).filter(|detail| !detail.is_empty()),
        })
    });
    let found: Vec<SymbolInformation> = found.collect();
    Ok(found)
}
