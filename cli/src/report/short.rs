//! Findings, one a line: `file:line:column: error[ONR0201]: message (help)`.

use onrecord::diagnostic::Diagnostic;
use onrecord::source::Source;

use super::position::place;
use crate::screen::{CYAN, RED, YELLOW, paint};
use crate::trouble::Trouble;

/// Every trouble and finding, one a line.
pub fn render(troubles: &[Trouble], diagnostics: &[Diagnostic], sources: &[Source]) -> String {
    let troubles = troubles.iter().map(|trouble| format!("{}: {trouble}\n", paint(RED, "error")));
    troubles.chain(diagnostics.iter().map(|diagnostic| line(diagnostic, sources))).collect()
}

fn line(diagnostic: &Diagnostic, sources: &[Source]) -> String {
    let place = place(sources, diagnostic.span);
    let at = format!("{}:{}:{}", place.file, place.start.line, place.start.column);
    let id = diagnostic.code.id;
    let kind = if diagnostic.is_error() {
        paint(RED, &format!("error[{id}]"))
    } else {
        paint(YELLOW, &format!("warning[{id}]"))
    };
    let help = diagnostic.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    format!("{}: {kind}: {}{help}\n", paint(CYAN, &at), diagnostic.message)
}
