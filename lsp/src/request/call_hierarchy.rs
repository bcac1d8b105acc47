//! Call hierarchy: a rule holds its exceptions, as a function calls others.

use lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem, CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams,
};

use super::document_symbol::kind;
use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::hierarchy::{self, Node};

/// The rule or exception at a position.
pub fn prepare(
    ctx: &Context<'_>,
    params: CallHierarchyPrepareParams,
) -> Result<Option<Vec<CallHierarchyItem>>, Failure> {
    let at = params.text_document_position_params;
    let view = ctx.view(&at.text_document.uri)?;
    let offset = convert::offset(view.document, at.position, ctx.client);
    let node = hierarchy::clause_at(view, offset).and_then(|node| item(ctx, &node));
    Ok(node.map(|item| vec![item]))
}

/// The rules that an exception excepts; the rules that displace a rule.
pub fn incoming(
    ctx: &Context<'_>,
    params: CallHierarchyIncomingCallsParams,
) -> Result<Vec<CallHierarchyIncomingCall>, Failure> {
    let above = hierarchy::above_clause(ctx.snapshot, &ctx.semantic.tree, &params.item.name);
    let call = |node: Node| {
        let from = item(ctx, &node)?;
        Some(CallHierarchyIncomingCall { from_ranges: vec![from.selection_range], from })
    };
    Ok(above.into_iter().filter_map(call).collect())
}

/// The exceptions to a rule.
pub fn outgoing(
    ctx: &Context<'_>,
    params: CallHierarchyOutgoingCallsParams,
) -> Result<Vec<CallHierarchyOutgoingCall>, Failure> {
    let below = hierarchy::below_clause(ctx.snapshot, &ctx.semantic.tree, &params.item.name);
    let from_ranges = vec![params.item.selection_range];
    let call = |node: Node| Some(CallHierarchyOutgoingCall { to: item(ctx, &node)?, from_ranges: from_ranges.clone() });
    Ok(below.into_iter().filter_map(call).collect())
}

fn item(ctx: &Context<'_>, node: &Node) -> Option<CallHierarchyItem> {
    Some(CallHierarchyItem {
        name: node.name.clone(),
        kind: kind(node.keyword),
        tags: None,
        detail: Some(node.detail.clone()),
        uri: convert::uri(&node.name_place.document.uri)?,
        range: convert::range(&node.place.document, &node.place.range, ctx.client),
        selection_range: convert::range(&node.name_place.document, &node.name_place.range, ctx.client),
        data: None,
    })
}
