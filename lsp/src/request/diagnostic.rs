//! `textDocument/diagnostic` and `workspace/diagnostic`, for clients that ask.

use lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::document::Document;
use crate::feature::findings;

/// What is wrong in a document.
pub fn answer(ctx: &Context<'_>, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReport, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let (result_id, items) = found(ctx, view.document);
    if params.previous_result_id.as_ref() == Some(&result_id) {
        let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
        return Ok(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report,
        }
        .into());
    }
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: Some(result_id), items };
    Ok(RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report }.into())
}

/// What is wrong in every file.
pub fn workspace(ctx: &Context<'_>, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReport, Failure> {
    let report = |document: &Arc<Document>| {
        let uri = convert::uri(&document.uri)?;
        let version = document.version.map(i64::from);
        let (result_id, items) = found(ctx, document);
        let known = params.previous_result_ids.iter().any(|known| known.uri == uri && known.value == result_id);
        Some(if known {
            let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
            WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                uri,
                version,
                unchanged_document_diagnostic_report,
            })
        } else {
            let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: Some(result_id), items };
            WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                uri,
                version,
                full_document_diagnostic_report,
            })
        })
    };
    Ok(WorkspaceDiagnosticReport { items: ctx.snapshot.documents.values().filter_map(report).collect() })
}

/// What is wrong, and a name for just that.
fn found(ctx: &Context<'_>, document: &Arc<Document>) -> (String, Vec<lsp_types::Diagnostic>) {
    let items: Vec<_> = findings::findings(document, Some(ctx.semantic), None)
        .iter()
        .map(|finding| convert::diagnostic(ctx.snapshot, document, finding, ctx.client))
        .collect();
    let mut hash = DefaultHasher::new();
    serde_json::to_string(&items).unwrap_or_default().hash(&mut hash);
    (format!("{:x}", hash.finish()), items)
}
