//! Findings as JSON: one object, with every finding, its place, its help and the edits that put it right.

use onrecord::diagnostic::{Diagnostic, Severity};
use onrecord::source::Source;
use serde::Serialize;

use super::position::{Place, place};
use crate::trouble::Trouble;

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    files: usize,
    unreadable: Vec<String>,
    findings: Vec<Finding>,
}

/// A finding.
#[derive(Serialize)]
struct Finding {
    code: &'static str,
    severity: &'static str,
    title: &'static str,
    message: String,
    place: Place,
    label: String,
    help: Option<String>,
    related: Vec<Related>,
    fix: Option<Fix>,
}

#[derive(Serialize)]
struct Related {
    place: Place,
    label: String,
}

#[derive(Serialize)]
struct Fix {
    title: String,
    edits: Vec<Edit>,
}

#[derive(Serialize)]
struct Edit {
    place: Place,
    text: String,
}

/// The report.
pub fn render(troubles: &[Trouble], diagnostics: &[Diagnostic], sources: &[Source]) -> String {
    let report = Report {
        schema: "onrecord.findings/1",
        files: sources.len(),
        unreadable: troubles.iter().map(ToString::to_string).collect(),
        findings: diagnostics.iter().map(|diagnostic| finding(diagnostic, sources)).collect(),
    };
    text(&report)
}

/// A value as indented JSON with a line end.
pub fn text(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// “error” or “warning”.
pub fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn finding(diagnostic: &Diagnostic, sources: &[Source]) -> Finding {
    let related = |(span, label): &(onrecord::source::Span, String)| Related {
        place: place(sources, *span),
        label: label.clone(),
    };
    Finding {
        code: diagnostic.code.id,
        severity: severity(diagnostic),
        title: diagnostic.code.title,
        message: diagnostic.message.clone(),
        place: place(sources, diagnostic.span),
        label: diagnostic.label.clone(),
        help: diagnostic.help.clone(),
        related: diagnostic.related.iter().map(related).collect(),
        fix: diagnostic.fix.as_ref().map(|fix| Fix {
            title: fix.title.clone(),
            edits: fix
                .edits
                .iter()
                .map(|(span, text)| Edit { place: place(sources, *span), text: text.clone() })
                .collect(),
        }),
    }
}
