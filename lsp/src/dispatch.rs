//! From a request's method to the function that answers it. Whatever goes wrong there, the client gets an answer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use lsp_server::{ErrorCode, RequestId, Response};
use lsp_types::Uri;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::client::Client;
use crate::path;
use crate::request as on;
use crate::semantic::Semantic;
use crate::server::Hooks;
use crate::server::outbox::Outbox;
use crate::server::requests::Task;
use crate::snapshot::{Snapshot, View};

/// What a request works with.
pub struct Context<'s> {
    /// The workspace.
    pub snapshot: &'s Snapshot,
    /// What it means, or meant a moment ago for a request that does not wait.
    pub semantic: &'s Semantic,
    /// The client.
    pub client: &'s Client,
    /// The way to it.
    pub outbox: &'s Outbox,
    /// Semantic tokens that were sent.
    pub tokens: &'s Mutex<on::semantic_tokens::Memory>,
}

impl<'s> Context<'s> {
    /// The document at an address, with what is known of it.
    pub fn view(&self, uri: &Uri) -> Result<View<'s>, Failure> {
        let document = self.snapshot.documents.get(path::key(uri.as_str()).as_str());
        let document = document.ok_or_else(|| Failure::failed(format!("{} is not open", uri.as_str())))?;
        Ok(View { snapshot: self.snapshot, document, semantic: self.semantic })
    }
}

/// Why a request gets no result.
#[derive(Debug)]
pub struct Failure {
    /// The protocol's code.
    pub code: ErrorCode,
    /// For the person.
    pub message: String,
}

impl Failure {
    /// The request is understood and cannot be met.
    pub fn failed(message: impl Into<String>) -> Self {
        Self { code: ErrorCode::RequestFailed, message: message.into() }
    }

    /// The request does not keep to the protocol.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self { code: ErrorCode::InvalidParams, message: message.into() }
    }
}

/// Answers requests.
pub struct Dispatcher {
    client: Arc<Client>,
    outbox: Outbox,
    hooks: Hooks,
    /// The generation of the newest snapshot.
    pub newest: AtomicU64,
    tokens: Mutex<on::semantic_tokens::Memory>,
}

impl Dispatcher {
    /// For a client.
    pub fn new(client: Arc<Client>, outbox: Outbox, hooks: Hooks) -> Self {
        Self { client, outbox, hooks, newest: AtomicU64::new(0), tokens: Mutex::default() }
    }

    /// Forgets what was sent about a document.
    pub fn forget(&self, key: &str) {
        if let Ok(mut tokens) = self.tokens.lock() {
            tokens.forget(key);
        }
    }

    /// Answers a request: with its result, with an error, or as cancelled.
    pub fn answer(&self, task: &Task) {
        let id = task.request.id.clone();
        let answer = catch_unwind(AssertUnwindSafe(|| self.respond(task))).unwrap_or_else(|_| {
            let method = &task.request.method;
            let message = format!("the language server failed on {method}; the other functions go on");
            self.outbox.show_error(&message);
            Response::new_err(id, ErrorCode::InternalError as i32, message)
        });
        self.outbox.send(answer.into());
    }

    fn respond(&self, task: &Task) -> Response {
        let id = task.request.id.clone();
        if let Some(before) = &self.hooks.before {
            before(&task.request.method);
        }
        if task.cancelled.load(Ordering::Relaxed) {
            return cancelled(id);
        }
        let method = task.request.method.as_str();
        let known = task.known.as_ref().filter(|_| task.at_once || is_quick(method) || is_aside(method));
        let overtaken = task.snapshot.generation < self.newest.load(Ordering::Relaxed);
        if known.is_none() && overtaken && task.snapshot.known_semantic().is_none() {
            return overtaken_by_an_edit(id, method);
        }
        let semantic = known.unwrap_or_else(|| task.snapshot.semantic());
        let ctx = Context {
            snapshot: &task.snapshot,
            semantic,
            client: &self.client,
            outbox: &self.outbox,
            tokens: &self.tokens,
        };
        let result = route(&ctx, &task.request.method, &task.request.params);
        if task.cancelled.load(Ordering::Relaxed) {
            return cancelled(id);
        }
        match result {
            Ok(value) => Response::new_ok(id, value),
            Err(failure) => Response::new_err(id, failure.code as i32, failure.message),
        }
    }
}

/// The meaning of a text that has changed since is not worked out any more: whoever asked asks again.
fn overtaken_by_an_edit(id: RequestId, method: &str) -> Response {
    let asks_again = matches!(method, "textDocument/diagnostic" | "workspace/diagnostic");
    let code = if asks_again { ErrorCode::ServerCancelled } else { ErrorCode::ContentModified };
    let mut answer = Response::new_err(id, code as i32, "the text has changed since".to_owned());
    if let (true, Err(error)) = (asks_again, &mut answer.response_result) {
        error.data = Some(serde_json::json!({ "retriggerRequest": true }));
    }
    answer
}

/// Whether a method asks about one place, so that what is known of the declaration there answers it.
pub fn is_at_a_place(method: &str) -> bool {
    matches!(
        method,
        "textDocument/hover"
            | "textDocument/definition"
            | "textDocument/documentHighlight"
            | "textDocument/prepareRename"
    )
}

fn cancelled(id: RequestId) -> Response {
    Response::new_err(id, ErrorCode::RequestCanceled as i32, "cancelled".to_owned())
}

fn run<P: DeserializeOwned, R: Serialize>(
    answer: fn(&Context<'_>, P) -> Result<R, Failure>,
    ctx: &Context<'_>,
    params: &Value,
) -> Result<Value, Failure> {
    let params = P::deserialize(params).map_err(|why| Failure::invalid(why.to_string()))?;
    serde_json::to_value(answer(ctx, params)?).map_err(|why| Failure::failed(why.to_string()))
}

/// Declares the methods: those that are answered at once, from what is known; those that need no meaning but take their time; and those
/// that wait for the meaning of the newest text.
macro_rules! methods {
    (
        at once { $($quick:literal => $quickly:path,)+ }
        aside { $($slow:literal => $slowly:path,)+ }
        waiting { $($method:literal => $answer:path,)+ }
    ) => {
        /// Every method that is answered.
        pub const METHODS: &[&str] = &[$($quick,)+ $($slow,)+ $($method,)+];

        /// Whether a method needs no meaning but takes its time.
        fn is_aside(method: &str) -> bool {
            matches!(method, $($slow)|+)
        }

        /// Whether a method is answered at once, on the main loop.
        pub fn is_quick(method: &str) -> bool {
            matches!(method, $($quick)|+)
        }

        fn route(ctx: &Context<'_>, method: &str, params: &Value) -> Result<Value, Failure> {
            match method {
                $($quick => run($quickly, ctx, params),)+
                $($slow => run($slowly, ctx, params),)+
                $($method => run($answer, ctx, params),)+
                _ => Err(Failure { code: ErrorCode::MethodNotFound, message: format!("{method} is not offered") }),
            }
        }
    };
}

methods! {
    at once {
        "textDocument/completion" => on::completion::answer,
        "completionItem/resolve" => on::completion::resolve,
        "textDocument/inlayHint" => on::inlay_hint::answer,
        "textDocument/semanticTokens/full" => on::semantic_tokens::full,
        "textDocument/semanticTokens/full/delta" => on::semantic_tokens::delta,
        "textDocument/semanticTokens/range" => on::semantic_tokens::range,
        "textDocument/documentSymbol" => on::document_symbol::answer,
        "textDocument/foldingRange" => on::folding_range::answer,
        "textDocument/selectionRange" => on::selection_range::answer,
        "textDocument/documentLink" => on::document_link::answer,
        "documentLink/resolve" => on::document_link::resolve,
    }
    aside {
        "textDocument/formatting" => on::formatting::whole,
        "textDocument/rangeFormatting" => on::formatting::range,
        "textDocument/onTypeFormatting" => on::formatting::on_type,
    }
    waiting {
        "textDocument/hover" => on::hover::answer,
        "textDocument/definition" => on::definition::answer,
        "textDocument/references" => on::references::answer,
        "textDocument/documentHighlight" => on::document_highlight::answer,
        "textDocument/prepareRename" => on::rename::prepare,
        "textDocument/rename" => on::rename::answer,
        "textDocument/codeAction" => on::code_action::answer,
        "codeAction/resolve" => on::code_action::resolve,
        "textDocument/codeLens" => on::code_lens::answer,
        "codeLens/resolve" => on::code_lens::resolve,
        "textDocument/diagnostic" => on::diagnostic::answer,
        "workspace/diagnostic" => on::diagnostic::workspace,
        "workspace/symbol" => on::workspace_symbol::answer,
        "workspace/executeCommand" => on::execute_command::answer,
        "textDocument/prepareCallHierarchy" => on::call_hierarchy::prepare,
        "callHierarchy/incomingCalls" => on::call_hierarchy::incoming,
        "callHierarchy/outgoingCalls" => on::call_hierarchy::outgoing,
        "textDocument/prepareTypeHierarchy" => on::type_hierarchy::prepare,
        "typeHierarchy/supertypes" => on::type_hierarchy::supertypes,
        "typeHierarchy/subtypes" => on::type_hierarchy::subtypes,
    }
}
