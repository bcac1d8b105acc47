//! How many findings there were, in one line.

use onrecord::diagnostic::Diagnostic;

use crate::screen::{GREEN, RED, YELLOW, paint};
use crate::trouble::Trouble;

/// The summary line.
pub fn of(troubles: &[Trouble], diagnostics: &[Diagnostic], files: usize) -> String {
    let errors = troubles.len() + diagnostics.iter().filter(|one| one.is_error()).count();
    let warnings = diagnostics.iter().filter(|one| !one.is_error()).count();
    let files = count(files, "file");
    match (errors, warnings) {
        (0, 0) => format!("{} {files}, nothing to report", paint(GREEN, "✔")),
        (0, _) => format!("{} {files}: {}", paint(YELLOW, "!"), count(warnings, "warning")),
        (_, 0) => format!("{} {files}: {}", paint(RED, "✘"), count(errors, "error")),
        _ => format!("{} {files}: {}, {}", paint(RED, "✘"), count(errors, "error"), count(warnings, "warning")),
    }
}

/// “1 file”, “2 files”.
pub fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
