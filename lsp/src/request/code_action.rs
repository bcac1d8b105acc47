//! `textDocument/codeAction` and `codeAction/resolve`.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Range, TextEdit, Uri, WorkspaceEdit,
};
use serde::{Deserialize, Serialize};

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::actions::{self, Action, Kind};
use crate::snapshot::Place;

/// What an action was offered for, where its edits come later.
#[derive(Serialize, Deserialize)]
struct Data {
    uri: Uri,
    range: Range,
}

/// The actions for a range.
pub fn answer(ctx: &Context<'_>, params: CodeActionParams) -> Result<Vec<CodeActionOrCommand>, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let range = convert::bytes(view.document, params.range, ctx.client);
    let wanted = |action: &Action| {
        let kind = kind(action.kind);
        let only = params.context.only.as_ref();
        only.is_none_or(|only| only.iter().any(|wanted| is_kind_of(kind.as_str(), wanted.as_str())))
    };
    let item = |action: Action| {
        let diagnostics =
            action.of.as_ref().map(|of| vec![convert::diagnostic(ctx.snapshot, view.document, of, ctx.client)]);
        let data = Data { uri: params.text_document.uri.clone(), range: params.range };
        let later = ctx.client.lazy_actions;
        CodeActionOrCommand::CodeAction(CodeAction {
            kind: Some(kind(action.kind)),
            diagnostics,
            edit: (!later).then(|| workspace_edit(ctx, &action.edits)),
            is_preferred: action.is_preferred.then_some(true),
            data: later.then(|| serde_json::to_value(data).ok()).flatten(),
            title: action.title,
            ..CodeAction::default()
        })
    };
    Ok(actions::actions(view, &range).into_iter().filter(wanted).map(item).collect())
}

/// The edits of an action.
pub fn resolve(ctx: &Context<'_>, action: CodeAction) -> Result<CodeAction, Failure> {
    let Some(data) = action.data.clone().filter(|_| action.edit.is_none()) else { return Ok(action) };
    let data: Data = serde_json::from_value(data).map_err(|why| Failure::invalid(why.to_string()))?;
    let view = ctx.view(&data.uri)?;
    let range = convert::bytes(view.document, data.range, ctx.client);
    let found = actions::actions(view, &range).into_iter().find(|one| one.title == action.title);
    let found = found.ok_or_else(|| Failure::failed("the text has changed; ask for the actions again"))?;
    Ok(CodeAction { edit: Some(workspace_edit(ctx, &found.edits)), ..action })
}

#[allow(clippy::mutable_key_type, reason = "the protocol's type")]
fn workspace_edit(ctx: &Context<'_>, edits: &[(Place, String)]) -> WorkspaceEdit {
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for (place, new) in edits {
        if let Some(uri) = convert::uri(&place.document.uri) {
            let edit = convert::text_edit(&place.document, &place.range, new, ctx.client);
            changes.entry(uri).or_default().push(edit);
        }
    }
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}

fn kind(kind: Kind) -> CodeActionKind {
    match kind {
        Kind::QuickFix => CodeActionKind::QUICKFIX,
        Kind::Extract => CodeActionKind::REFACTOR_EXTRACT,
        Kind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
        Kind::Add => CodeActionKind::REFACTOR,
        Kind::FixAll => CodeActionKind::SOURCE_FIX_ALL,
    }
}

/// Whether a kind is another or below it: `refactor.extract` is below `refactor`.
fn is_kind_of(kind: &str, wanted: &str) -> bool {
    kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) || wanted.is_empty()
}
