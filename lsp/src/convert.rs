//! Between the server's bytes and documents and the protocol's positions and addresses.

use std::ops::Range as Bytes;
use std::str::FromStr;
use std::sync::Arc;

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Position, Range, TextEdit, Uri,
};
use onrecord::diagnostic::Severity;

use crate::client::Client;
use crate::document::Document;
use crate::feature::findings::{Finding, Tag};
use crate::position;
use crate::snapshot::{Place, Snapshot};

/// An address.
#[must_use]
pub fn uri(text: &str) -> Option<Uri> {
    Uri::from_str(text).ok()
}

/// The byte of a position.
#[must_use]
pub fn offset(document: &Document, position: Position, client: &Client) -> usize {
    let position = position::Position { line: position.line, column: position.character };
    document.offset(position, client.encoding)
}

/// The bytes of a range.
#[must_use]
pub fn bytes(document: &Document, range: Range, client: &Client) -> Bytes<usize> {
    let start = offset(document, range.start, client);
    start..offset(document, range.end, client).max(start)
}

/// The position of a byte.
#[must_use]
pub fn position(document: &Document, offset: usize, client: &Client) -> Position {
    let position = document.position(offset, client.encoding);
    Position { line: position.line, character: position.column }
}

/// The range of bytes.
#[must_use]
pub fn range(document: &Document, bytes: &Bytes<usize>, client: &Client) -> Range {
    Range { start: position(document, bytes.start, client), end: position(document, bytes.end, client) }
}

/// Where a place is.
#[must_use]
pub fn location(place: &Place, client: &Client) -> Option<Location> {
    Some(Location { uri: uri(&place.document.uri)?, range: range(&place.document, &place.range, client) })
}

/// An edit of a document.
#[must_use]
pub fn text_edit(document: &Document, bytes: &Bytes<usize>, new: &str, client: &Client) -> TextEdit {
    TextEdit { range: range(document, bytes, client), new_text: new.to_owned() }
}

/// A finding in a document.
#[must_use]
pub fn diagnostic(snapshot: &Snapshot, document: &Arc<Document>, finding: &Finding, client: &Client) -> Diagnostic {
    let found = &finding.diagnostic;
    let related: Vec<_> = found
        .related
        .iter()
        .filter_map(|(span, label)| {
            let here = document.range(*span).map(|range| Place { document: Arc::clone(document), range });
            let location = location(&here.or_else(|| snapshot.place(*span))?, client)?;
            Some(DiagnosticRelatedInformation { location, message: label.clone() })
        })
        .collect();
    let mut message = found.message.clone();
    if let Some(help) = &found.help {
        message = format!("{message}\n{help}");
    }
    let page = || uri(&client.pages.of(found.code)?);
    Diagnostic {
        range: range(document, &finding.range, client),
        severity: Some(match found.code.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(found.code.id.to_owned())),
        code_description: client.links_codes.then(page).flatten().map(|href| CodeDescription { href }),
        source: Some("onrecord".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        tags: finding.tag.map(|tag| match tag {
            Tag::Unnecessary => vec![DiagnosticTag::UNNECESSARY],
            Tag::NoLongerInForce => vec![DiagnosticTag::DEPRECATED],
        }),
        data: None,
    }
}
