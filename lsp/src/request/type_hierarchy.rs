//! Type hierarchy: a region in its regions, a word under its words.

use lsp_types::{
    TypeHierarchyItem, TypeHierarchyPrepareParams, TypeHierarchySubtypesParams, TypeHierarchySupertypesParams,
};
use serde_json::Value;

use super::document_symbol::kind;
use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::hierarchy::{self, Node};

/// The region or word at a position.
pub fn prepare(
    ctx: &Context<'_>,
    params: TypeHierarchyPrepareParams,
) -> Result<Option<Vec<TypeHierarchyItem>>, Failure> {
    let at = params.text_document_position_params;
    let view = ctx.view(&at.text_document.uri)?;
    let offset = convert::offset(view.document, at.position, ctx.client);
    let node = hierarchy::word_at(view, offset).and_then(|node| item(ctx, &node));
    Ok(node.map(|item| vec![item]))
}

/// What it is in, or under.
pub fn supertypes(ctx: &Context<'_>, params: TypeHierarchySupertypesParams) -> Result<Vec<TypeHierarchyItem>, Failure> {
    let word = keyword(&params.item);
    let above = hierarchy::above_word(ctx.snapshot, &ctx.semantic.tree, word, &params.item.name);
    Ok(above.iter().filter_map(|node| item(ctx, node)).collect())
}

/// What is in it, or under it.
pub fn subtypes(ctx: &Context<'_>, params: TypeHierarchySubtypesParams) -> Result<Vec<TypeHierarchyItem>, Failure> {
    let word = keyword(&params.item);
    let below = hierarchy::below_word(ctx.snapshot, &ctx.semantic.tree, word, &params.item.name);
    Ok(below.iter().filter_map(|node| item(ctx, node)).collect())
}

/// The keyword of an item that was sent before.
fn keyword(item: &TypeHierarchyItem) -> &str {
    item.data.as_ref().and_then(Value::as_str).unwrap_or_default()
}

fn item(ctx: &Context<'_>, node: &Node) -> Option<TypeHierarchyItem> {
    Some(TypeHierarchyItem {
        name: node.name.clone(),
        kind: kind(node.keyword),
        tags: None,
        detail: Some(node.detail.clone()),
        uri: convert::uri(&node.name_place.document.uri)?,
        range: convert::range(&node.place.document, &node.place.range, ctx.client),
        selection_range: convert::range(&node.name_place.document, &node.name_place.range, ctx.client),
        data: Some(Value::String(node.keyword.to_owned())),
    })
}
