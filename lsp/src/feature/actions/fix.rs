//! Fixes of findings: the one that the engine proposes, the new outcome of an expectation, and everything that a word processor did.

use std::ops::Range;

use onrecord::diagnostic::Diagnostic;
use onrecord::syntax::ast::ItemKind;

use super::{Action, Kind};
use crate::facts::expectations;
use crate::feature::findings::{self, Finding, UNMET};
use crate::feature::outcome;
use crate::snapshot::{Place, View};

/// Fixes of what is wrong in a range.
pub fn of_findings(view: View<'_>, range: &Range<usize>) -> Vec<Action> {
    let found = findings::findings(view.document, Some(view.semantic), None);
    let here = found.into_iter().filter(|one| one.range.start <= range.end && range.start <= one.range.end);
    here.filter_map(|finding| of_finding(view, finding)).collect()
}

fn of_finding(view: View<'_>, finding: Finding) -> Option<Action> {
    let (title, edits) = if finding.diagnostic.code.id == UNMET.id {
        accepted(view, &finding)?
    } else {
        let fix = finding.diagnostic.fix.as_ref()?;
        (fix.title.clone(), edits(view, &finding.diagnostic)?)
    };
    let mut action = Action::new(title, Kind::QuickFix, edits);
    action.is_preferred = finding.diagnostic.code.id != UNMET.id;
    action.of = Some(finding);
    Some(action)
}

fn edits(view: View<'_>, diagnostic: &Diagnostic) -> Option<Vec<(Place, String)>> {
    let edits = &diagnostic.fix.as_ref()?.edits;
    edits.iter().map(|(span, text)| Some((view.snapshot.place(*span)?, text.clone()))).collect()
}

/// The expectation rewritten to what was found.
fn accepted(view: View<'_>, finding: &Finding) -> Option<(String, Vec<(Place, String)>)> {
    let span = finding.diagnostic.span;
    let (_, piece) = view.document.piece(span.file)?;
    let scenarios = view.semantic.report()?.scenarios.iter().filter(|scenario| scenario.span.file == span.file);
    let failure = scenarios.flat_map(|scenario| &scenario.failures).find(|failure| failure.span == span)?;
    let item = piece.parsed.file.items.first()?;
    let ItemKind::Scenario(scenario) = &item.value else { return None };
    let expect = expectations(scenario).find(|expect| expect.span == span)?;
    let written = outcome::rewritten(&piece.parsed.source, expect, failure)?;
    let place = view.snapshot.place(span)?;
    Some((format!("accept the new outcome: {}", written.trim_start_matches("expect ")), vec![(place, written)]))
}

/// One action for everything in the file that a word processor or a web page did to it.
pub fn pasted(view: View<'_>) -> Option<Action> {
    let mut all = Vec::new();
    for (base, piece) in view.document.pieces() {
        for finding in findings::of_reading(base, piece) {
            let is_pasted = matches!(
                finding.diagnostic.code.title,
                "curly quotes" | "invisible space" | "dash in the place of a hyphen"
            );
            if is_pasted {
                all.extend(edits(view, &finding.diagnostic).unwrap_or_default());
            }
        }
    }
    let places = match all.len() {
        0 => return None,
        1 => "1 place".to_owned(),
        many => format!("{many} places"),
    };
    Some(Action::new(format!("repair the text that was pasted from a word processor ({places})"), Kind::FixAll, all))
}
