//! Findings as SARIF 2.1.0 (OASIS), which code hosts and review tools read.

use std::collections::BTreeMap;

use onrecord::diagnostic::{Code, Diagnostic};
use onrecord::source::{Source, Span};
use serde_json::{Value, json};

use super::json::severity;
use super::position::place;
use crate::trouble::Trouble;

/// The log.
pub fn render(troubles: &[Trouble], diagnostics: &[Diagnostic], sources: &[Source]) -> String {
    let codes: BTreeMap<&str, &Code> =
        diagnostics.iter().map(|diagnostic| (diagnostic.code.id, diagnostic.code)).collect();
    let rules: Vec<Value> = codes.values().map(|code| rule(code)).collect();
    let results: Vec<Value> = diagnostics.iter().map(|diagnostic| result(diagnostic, sources)).collect();
    let notes: Vec<Value> = troubles
        .iter()
        .map(|trouble| json!({ "level": "error", "message": { "text": trouble.to_string() } }))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "onrecord", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": troubles.is_empty(), "toolExecutionNotifications": notes }],
            "results": results,
        }],
    });
    super::json::text(&log)
}

fn rule(code: &Code) -> Value {
    json!({
        "id": code.id,
        "shortDescription": { "text": code.title },
        "fullDescription": { "text": code.why },
        "help": { "text": format!("Instead of\n\n{}\nwrite\n\n{}", code.wrong, code.right) },
    })
}

fn result(diagnostic: &Diagnostic, sources: &[Source]) -> Value {
    let help = diagnostic.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let related: Vec<Value> = (0..)
        .zip(&diagnostic.related)
        .map(|(id, (span, label)): (usize, _)| {
            json!({ "id": id, "message": { "text": label }, "physicalLocation": physical(*span, sources) })
        })
        .collect();
    json!({
        "ruleId": diagnostic.code.id,
        "level": severity(diagnostic),
        "message": { "text": format!("{}{help}", diagnostic.message) },
        "locations": [{ "physicalLocation": physical(diagnostic.span, sources) }],
        "relatedLocations": related,
    })
}

fn physical(span: Span, sources: &[Source]) -> Value {
    let place = place(sources, span);
    json!({
        "artifactLocation": { "uri": place.file },
        "region": {
            "startLine": place.start.line,
            "startColumn": place.start.column,
            "endLine": place.end.line,
            "endColumn": place.end.column,
        },
    })
}
