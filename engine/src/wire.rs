//! The JSON forms: a call in, a decision out. serde stays behind this wall.

mod decision;
mod digits;
mod error;
mod form;
mod json;
mod locate;
mod read;
mod record;
#[cfg(feature = "schema")]
pub mod schema;
mod shape;
mod view;
mod write;

use crate::context::{Context, Instant};
use crate::decision::Decision;
use crate::digest;
use crate::tree::Tree;

pub use error::Error;
use error::{Errors, Path};
use form::ContextForm;
use json::Json;
use record::Read as _;

/// How large a call may be. One that is larger is refused, never cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of JSON.
    pub bytes: usize,
    /// Parties.
    pub parties: usize,
    /// Entries in any other list.
    pub entries: usize,
    /// Facts of one holder.
    pub facts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1 << 20, parties: 64, entries: 1024, facts: 256 }
    }
}

/// A call in its canonical JSON form: the same call gives the same bytes.
#[must_use]
pub fn context_json(context: &Context, at: Instant, tree: &Tree) -> String {
    serde_json::to_string(&write::Writer { tree }.context(context, at)).unwrap_or_default()
}

/// `sha256:…` of a call in its canonical JSON form.
#[must_use]
pub fn context_digest(context: &Context, at: Instant, tree: &Tree) -> String {
    digest::of([context_json(context, at, tree).as_bytes()])
}

/// A decision in its JSON form, `onrecord.decision/1`. `context` is the call that was decided on.
#[must_use]
pub fn decision_json(decision: &Decision, context: &Context) -> String {
    let digest = context_digest(context, decision.at, &decision.policy.tree);
    let facts = view::Facts::of(decision);
    serde_json::to_string(&view::View::new(decision, context, &facts).form(digest)).unwrap_or_default()
}

/// The same, laid out for people.
#[must_use]
pub fn decision_json_pretty(decision: &Decision, context: &Context) -> String {
    let digest = context_digest(context, decision.at, &decision.policy.tree);
    let facts = view::Facts::of(decision);
    serde_json::to_string_pretty(&view::View::new(decision, context, &facts).form(digest)).unwrap_or_default()
}

/// Reads a call from its JSON form, `onrecord.context/1`, and the instant at which to judge.
///
/// # Errors
/// Everything that is wrong with it, in the order of the text.
pub fn read_context(text: &str, tree: &Tree, limits: &Limits) -> Result<(Context, Instant), Vec<Error>> {
    let whole = |message: String, help: &str| {
        let mut errors = Errors::default();
        errors.push(&Path::ROOT, message, Some(help.to_owned()));
        Err(errors.in_order(text))
    };
    if text.len() > limits.bytes {
        let message = format!("the call has {} bytes; at most {} are read", text.len(), limits.bytes);
        return whole(message, "leave out what does not concern this call, or raise the limit");
    }
    let strict = match serde_json::from_str::<ContextForm<'_>>(text) {
        Ok(form) => match read::read(&form, tree, limits, Errors::default()) {
            (context, Some(at), errors) if errors.is_empty() => return Ok((context, at)),
            (.., errors) => return Err(errors.in_order(text)),
        },
        Err(strict) => strict,
    };
    // Something has the wrong shape: read on after it, so that everything is reported.
    let json = match serde_json::from_str::<Json>(text) {
        Ok(json) => json,
        Err(error) => {
            let at = place(text, error.line(), error.column());
            let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let here = |one: Error| Error { span: at..at + width, line: error.line(), ..one };
            return whole(format!("this is not JSON: {error}"), "write one JSON object")
                .map_err(|errors| errors.into_iter().map(here).collect());
        }
    };
    if !matches!(json, Json::Object(_)) {
        return whole(format!("{} stands here", json.what()), "write one JSON object: the call");
    }
    let mut errors = Errors::default();
    let form = ContextForm::read(&json, &Path::ROOT, &mut errors).unwrap_or_default();
    let (.., errors) = read::read(&form, tree, limits, errors);
    if errors.is_empty() {
        return whole(format!("this cannot be read: {strict}"), "see the form of a call");
    }
    Err(errors.in_order(text))
}

/// The byte at a line and column, both from 1, as the JSON reader counts them: in bytes.
fn place(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
