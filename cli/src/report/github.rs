//! Findings as GitHub workflow commands, which mark them in a pull request.

use onrecord::diagnostic::Diagnostic;
use onrecord::source::Source;

use super::json::severity;
use super::position::place;
use crate::trouble::Trouble;

/// Every trouble and finding, one a line.
pub fn render(troubles: &[Trouble], diagnostics: &[Diagnostic], sources: &[Source]) -> String {
    let troubles = troubles.iter().map(|trouble| format!("::error::{}\n", data(&trouble.to_string())));
    troubles.chain(diagnostics.iter().map(|diagnostic| line(diagnostic, sources))).collect()
}

fn line(diagnostic: &Diagnostic, sources: &[Source]) -> String {
    let place = place(sources, diagnostic.span);
    let help = diagnostic.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    format!(
        "::{} file={},line={},col={},endLine={},title={}::{}\n",
        severity(diagnostic),
        property(&place.file),
        place.start.line,
        place.start.column,
        place.end.line,
        property(&format!("{} {}", diagnostic.code.id, diagnostic.code.title)),
        data(&format!("{}{help}", diagnostic.message)),
    )
}

/// The message of a command: a line end would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
