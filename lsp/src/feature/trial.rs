//! Scenarios tried out before they are written: their expectations become what the engine finds.

use std::sync::Arc;

use onrecord::source::{FileId, Source};
use onrecord::syntax::{self, ast::ItemKind};

use crate::document::{Document, Numbers};
use crate::facts::expectations;
use crate::feature::outcome;
use crate::semantic::Semantic;
use crate::snapshot::View;

/// Scenarios with each expectation rewritten to what was found; as they are where they cannot be run.
#[must_use]
pub fn with_found_outcomes(view: View<'_>, scenarios: &str) -> String {
    let numbers = Numbers::after(
        view.snapshot.documents.values().flat_map(|document| document.pieces()).map(|(_, piece)| piece.id()),
    );
    let trial = Arc::new(Document::new(&numbers, "trial:", "trial", None, scenarios));
    let semantic = Semantic::new(view.snapshot.documents.values().chain([&trial]), view.snapshot.today);
    let Some(report) = semantic.run_scenarios(|| true) else { return scenarios.to_owned() };
    let mut edits = Vec::new();
    for (base, piece) in trial.pieces() {
        let failures =
            report.scenarios.iter().filter(|scenario| scenario.span.file == piece.id()).flat_map(|one| &one.failures);
        for failure in failures {
            let scenario = piece.parsed.file.items.iter().find_map(|item| match &item.value {
                ItemKind::Scenario(scenario) => Some(scenario),
                _ => None,
            });
            let expect =
                scenario.and_then(|scenario| expectations(scenario).find(|expect| expect.span == failure.span));
            let new = expect.and_then(|expect| outcome::rewritten(&piece.parsed.source, expect, failure));
            let range = failure.span.range();
            edits.extend(new.map(|new| (base + range.start..base + range.end, new)));
        }
    }
    let mut text = scenarios.to_owned();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, new) in edits {
        text.replace_range(range, &new);
    }
    text
}

/// Whether a text reads without a finding.
#[must_use]
pub fn reads(text: &str) -> bool {
    syntax::parse(&Source::new(FileId::default(), "trial", text)).diagnostics.is_empty()
}
