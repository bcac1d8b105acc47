//! What the client can do and wants: read once from its `initialize` request.

use std::sync::Arc;

use lsp_types::{ClientCapabilities, InitializeParams, MarkupKind, PositionEncodingKind};
use serde::Deserialize;

use crate::pages::Pages;
use crate::position::Encoding;

/// The client.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "the protocol has one switch for each")]
pub struct Client {
    /// How it counts columns.
    pub encoding: Encoding,
    /// It takes snippets in completions.
    pub snippets: bool,
    /// It shows Markdown.
    pub markdown: bool,
    /// It takes an outline as a tree.
    pub nested_symbols: bool,
    /// It takes the edits of a code action later.
    pub lazy_actions: bool,
    /// It asks for diagnostics itself.
    pub pulls: bool,
    /// It looks at the version for which findings are said, and may throw those of another version away.
    pub versions: bool,
    /// It links a finding's code to a page.
    pub links_codes: bool,
    /// It can be asked to watch files.
    pub watches: bool,
    /// It can be asked to fetch lenses again.
    pub refreshes_lenses: bool,
    /// It can be asked to fetch diagnostics again.
    pub refreshes_diagnostics: bool,
    /// It shows progress.
    pub progress: bool,
    /// It takes only line folding.
    pub lines_only: bool,
    /// The pages of the findings.
    pub pages: Arc<Pages>,
    /// What it asked for.
    pub options: Options,
}

/// `initializationOptions`. Unknown ones are left alone: other versions of an extension may send them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Options {
    /// `"push"` (as they are found) or `"pull"` (when the client asks).
    pub diagnostics: Option<Delivery>,
    /// The address under which the pages of the diagnostics stand: a code's page is `ADDRESS/ONR0201.html`. Without one the server
    /// writes the pages itself.
    pub docs: Option<String>,
    /// The day to reckon windows from, instead of today.
    pub today: Option<String>,
}

/// How diagnostics reach the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Delivery {
    /// As they are found.
    Push,
    /// When the client asks.
    Pull,
}

impl Client {
    /// Reads what a client says of itself.
    #[must_use]
    pub fn new(params: &InitializeParams) -> Self {
        let options: Options = params
            .initialization_options
            .clone()
            .and_then(|options| serde_json::from_value(options).ok())
            .unwrap_or_default();
        let can = &params.capabilities;
        let document = can.text_document.as_ref();
        let workspace = can.workspace.as_ref();
        let item = document.and_then(|can| can.completion.as_ref()?.completion_item.as_ref());
        let pushes = document.is_none_or(|can| can.publish_diagnostics.is_some());
        let asks = document.is_some_and(|can| can.diagnostic.is_some());
        Self {
            encoding: encoding(can),
            snippets: item.and_then(|item| item.snippet_support).unwrap_or(false),
            markdown: markdown(can),
            nested_symbols: document
                .and_then(|can| can.document_symbol.as_ref()?.hierarchical_document_symbol_support)
                .unwrap_or(false),
            lazy_actions: document
                .and_then(|can| can.code_action.as_ref()?.resolve_support.as_ref())
                .is_some_and(|can| can.properties.iter().any(|property| property == "edit")),
            pulls: asks && (!pushes || options.diagnostics == Some(Delivery::Pull)),
            versions: document.and_then(|can| can.publish_diagnostics.as_ref()?.version_support).unwrap_or(false),
            links_codes: document
                .and_then(|can| can.publish_diagnostics.as_ref()?.code_description_support)
                .unwrap_or(false),
            watches: workspace
                .and_then(|can| can.did_change_watched_files.as_ref()?.dynamic_registration)
                .unwrap_or(false),
            refreshes_lenses: workspace.and_then(|can| can.code_lens.as_ref()?.refresh_support).unwrap_or(false),
            refreshes_diagnostics: workspace.and_then(|can| can.diagnostic.as_ref()?.refresh_support).unwrap_or(false),
            progress: can.window.as_ref().and_then(|can| can.work_done_progress).unwrap_or(false),
            lines_only: document.and_then(|can| can.folding_range.as_ref()?.line_folding_only).unwrap_or(false),
            pages: Arc::new(Pages::new(options.docs.as_deref())),
            options,
        }
    }
}

/// The first of the client's encodings that is known here (all three are); UTF-16 for a client that names none.
fn encoding(can: &ClientCapabilities) -> Encoding {
    let offered = can.general.as_ref().and_then(|can| can.position_encodings.as_ref());
    let known = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    offered.and_then(|offered| offered.iter().find_map(known)).unwrap_or_default()
}

fn markdown(can: &ClientCapabilities) -> bool {
    let formats = can.text_document.as_ref().and_then(|can| can.hover.as_ref()?.content_format.as_ref());
    formats.is_none_or(|formats| formats.contains(&MarkupKind::Markdown))
}
