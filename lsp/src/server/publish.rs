//! What is wrong, said to the client: at once what reading finds, then what names mean, then everything, each only if the text is
//! still the same.

use std::sync::Arc;

use lsp_types::notification::{self as to, Notification as _};
use lsp_types::{Diagnostic, PublishDiagnosticsParams, Range, TextDocumentContentChangeEvent, Uri};
use serde_json::Value;

use super::Server;
use crate::document::Document;
use crate::feature::findings;
use crate::semantic::Names;
use crate::snapshot::Snapshot;
use crate::{convert, path};

impl Server {
    /// The meaning of a snapshot is known. It is said only if the snapshot is still the newest.
    pub(super) fn meant(&mut self, snapshot: Arc<Snapshot>) {
        let is_current = snapshot.generation == self.current.generation;
        if let Some(before) = self.meant.replace(snapshot) {
            let _ = self.discarded.send(before);
        }
        if is_current {
            self.names = None;
            self.publish_all();
        }
    }

    /// What the names of new pieces mean is known, ahead of the rest.
    pub(super) fn named(&mut self, snapshot: &Snapshot, names: Names) {
        if snapshot.generation == self.current.generation {
            self.names = Some(names);
            self.publish_all();
        }
    }

    pub(super) fn tested(&mut self, snapshot: &Snapshot) {
        if snapshot.generation == self.current.generation {
            self.publish_all();
        }
        if self.client.refreshes_lenses {
            self.ask("workspace/codeLens/refresh", Value::Null);
        }
    }

    /// Says at once what reading a document finds, with what was known of its meaning before the edit, moved along. What was said last
    /// is said again only if the client may show it elsewhere (`moved`), or throws away what is said of an older version.
    pub(super) fn publish_reading(&mut self, uri: &Uri, moved: bool) {
        let key: Arc<str> = path::key(uri.as_str()).into();
        if let (false, Some(document)) = (self.client.pulls, self.workspace.documents.get(&key).cloned()) {
            let found = self.findings(&document);
            if moved || self.client.versions || *self.said(&key) != *found {
                self.publish(key, &document, found);
            }
        }
    }

    /// What was last said of a document.
    pub(super) fn said(&self, key: &str) -> &[Diagnostic] {
        self.published.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a client, which moves what it shows along with the text or leaves it where it is, may after an edit show what was last
    /// said of a document somewhere else.
    pub(super) fn moves(&self, key: &str, edits: &[TextDocumentContentChangeEvent]) -> bool {
        let stays = |shown: &Range, edit: &TextDocumentContentChangeEvent| {
            let Some(range) = edit.range else { return false };
            let in_a_line = range.start.line == range.end.line && !edit.text.contains(['\n', '\r']);
            shown.end < range.start || (in_a_line && range.end.line < shown.start.line)
        };
        self.said(key).iter().any(|one| edits.iter().any(|edit| !stays(&one.range, edit)))
    }

    /// Says what is wrong wherever it is not what was said last.
    pub(super) fn publish_all(&mut self) {
        if self.client.pulls {
            if self.client.refreshes_diagnostics {
                self.ask("workspace/diagnostic/refresh", Value::Null);
            }
            return;
        }
        for (key, document) in self.workspace.documents.clone() {
            let found = self.findings(&document);
            if *self.said(&key) != *found {
                self.publish(key, &document, found);
            }
        }
        let gone: Vec<Arc<str>> =
            self.published.keys().filter(|key| !self.workspace.documents.contains_key(*key)).cloned().collect();
        for key in gone {
            self.published.remove(&key);
            if let Some(uri) = convert::uri(&key) {
                self.publish_to(uri, Vec::new(), None);
            }
        }
    }

    fn findings(&self, document: &Arc<Document>) -> Vec<Diagnostic> {
        let semantic = self.meant.as_ref().and_then(|meant| meant.known_semantic());
        findings::findings(document, semantic.map(|semantic| &**semantic), self.names.as_ref())
            .iter()
            .map(|finding| convert::diagnostic(&self.current, document, finding, &self.client))
            .collect()
    }

    fn publish(&mut self, key: Arc<str>, document: &Document, found: Vec<Diagnostic>) {
        if let Some(uri) = convert::uri(&document.uri) {
            self.publish_to(uri, found.clone(), document.version.filter(|_| self.client.versions));
        }
        self.published.insert(key, found);
    }

    fn publish_to(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        self.outbox.tell(to::PublishDiagnostics::METHOD, serde_json::to_value(params).unwrap_or_default());
    }
}
