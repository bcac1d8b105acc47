//! What is wrong in a document: what reading it finds now, what its names and rules mean as far as that is known, and expectations
//! that are not met.

use std::collections::BTreeMap;
use std::ops::Range;

use onrecord::diagnostic::{Code, Diagnostic, Severity};
use onrecord::source::{FileId, Span};
use onrecord::test::TestReport;

use crate::document::{Document, Piece};
use crate::semantic::{Names, Semantic};

/// Something wrong at a place of a document.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The bytes in the document.
    pub range: Range<usize>,
    /// What; its own spans count in the pieces of when it was found.
    pub diagnostic: Diagnostic,
    /// How to show it.
    pub tag: Option<Tag>,
}

/// How a finding is shown beside its severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Greyed out: it has no effect.
    Unnecessary,
    /// Struck out: its time is over.
    NoLongerInForce,
}

/// Findings of what has no effect: an exception that changes nothing, a clause, a part or a member that stands twice, a condition that
/// can never hold, a definition that nothing uses.
const WITHOUT_EFFECT: &[&str] = &[
    "ONR0250", "ONR0251", "ONR0356", "ONR0357", "ONR0368", "ONR0451", "ONR0452", "ONR0460", "ONR0471", "ONR0551",
    "ONR0552", "ONR0765",
];
/// Findings of what has had its time: a rule that is never in force, an answer or an acceptance that has expired.
const OVER: &[&str] = &["ONR0650", "ONR0761", "ONR0767"];

/// An expectation that is not met. It is no finding of the engine's checks, so its code is no `ONR` code.
pub static UNMET: Code = Code {
    id: "unmet-expectation",
    severity: Severity::Error,
    title: "expectation that is not met",
    why: "The scenario was run, and the engine acts on something else than what the scenario expects.",
    wrong: "",
    right: "",
};

/// A file on disk that is not UTF-8. Reading it is the server's part, so its code is no `ONR` code either.
static NOT_TEXT: Code = Code {
    id: "not-utf-8",
    severity: Severity::Error,
    title: "text that is not UTF-8",
    why: "A policy is UTF-8 text. What is not is shown as �, and nobody can say what was written there.",
    wrong: "",
    right: "",
};

/// Everything wrong in a document, in the order of the text.
#[must_use]
pub fn findings(document: &Document, semantic: Option<&Semantic>, names: Option<&Names>) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some((range, byte)) = document.not_text() {
        let message = format!("this is not UTF-8 text (byte 0x{byte:02X})");
        let help = "save the file as UTF-8: most editors ask for the encoding in “Save as”";
        let diagnostic = Diagnostic::new(&NOT_TEXT, Span::default(), message).label("not UTF-8").help(help);
        found.push(Finding { range, diagnostic, tag: None });
    }
    for (at, head) in document.heads().iter().enumerate() {
        if head.is_sound && semantic.is_none_or(|semantic| semantic.is_sound(head.id)) && !is_new(names, head.id) {
            continue;
        }
        let Some((base, piece)) = document.pieces_in(at..at + 1).next() else { continue };
        for diagnostic in &piece.parsed.diagnostics {
            found.push(finding(base, diagnostic.span.range(), diagnostic));
        }
        let fresh = names.filter(|_| is_new(names, piece.id()));
        for diagnostic in fresh.iter().flat_map(|names| &names.found).filter(|found| found.span.file == piece.id()) {
            found.push(finding(base, diagnostic.span.range(), diagnostic));
        }
        let Some(semantic) = semantic else { continue };
        let Some(known) = piece.ids().find(|id| semantic.knows(*id)) else { continue };
        let is_stale = |found: &&Diagnostic| fresh.is_some() && is_of_names(found);
        let meant = semantic.diagnostics(known).iter().chain(semantic.unmet(known));
        for diagnostic in meant.filter(|found| !is_stale(found)) {
            found.extend(piece.since(known, diagnostic.span.range()).map(|range| finding(base, range, diagnostic)));
        }
    }
    found.sort_by(|one, other| {
        (one.range.start, one.diagnostic.code.id).cmp(&(other.range.start, other.diagnostic.code.id))
    });
    found
}

/// Whether resolving names finds it (and so finds it again, or no more).
fn is_of_names(found: &Diagnostic) -> bool {
    onrecord::resolve::CODES.iter().any(|code| code.id == found.code.id)
}

/// What reading one piece finds, and nothing else.
#[must_use]
pub fn of_reading(base: usize, piece: &Piece) -> Vec<Finding> {
    piece.parsed.diagnostics.iter().map(|diagnostic| finding(base, diagnostic.span.range(), diagnostic)).collect()
}

fn finding(base: usize, range: Range<usize>, diagnostic: &Diagnostic) -> Finding {
    let tag = match diagnostic.code.id {
        id if WITHOUT_EFFECT.contains(&id) => Some(Tag::Unnecessary),
        id if OVER.contains(&id) => Some(Tag::NoLongerInForce),
        _ => None,
    };
    Finding { range: base + range.start..base + range.end, diagnostic: diagnostic.clone(), tag }
}

/// Whether the names of a piece were worked out by themselves.
fn is_new(names: Option<&Names>, piece: FileId) -> bool {
    names.is_some_and(|names| names.of.contains(&piece))
}

/// The expectations that are not met, by piece.
#[must_use]
pub fn unmet(report: &TestReport) -> BTreeMap<FileId, Vec<Diagnostic>> {
    let mut found: BTreeMap<FileId, Vec<Diagnostic>> = BTreeMap::new();
    for failure in report.scenarios.iter().flat_map(|scenario| &scenario.failures) {
        let diagnostic = Diagnostic::new(&UNMET, failure.span, format!("this is not met: {}", failure.found))
            .label("expected here")
            .help("mend the rule, or accept the new outcome if it is right");
        found.entry(failure.span.file).or_default().push(diagnostic);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tagged_code_exists() {
        let codes: Vec<&str> = onrecord::diagnostic::all_codes().iter().map(|code| code.id).collect();
        assert!(WITHOUT_EFFECT.iter().chain(OVER).all(|tagged| codes.contains(tagged)));
    }
}
