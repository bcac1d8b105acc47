//! How long before an act something must be said, agreed or in place: all the periods that a policy knows.

use chrono::Duration;
use onrecord::tree::{ClauseKind, Doing, Req, Timing, Tree};

use super::requirement::length;

/// All of them.
#[must_use]
pub fn all(tree: &Tree) -> Vec<Duration> {
    let rules = tree.rules.iter().flat_map(|(_, rule)| &rule.clauses);
    let thens = tree.exceptions.iter().flat_map(|(_, one)| &one.thens);
    let unless = rules.chain(thens).filter_map(|clause| match &clause.kind {
        ClauseKind::Prohibit { unless, .. } => unless.as_ref(),
        _ => None,
    });
    let allows = tree.exceptions.iter().flat_map(|(_, one)| &one.allows).filter_map(|one| one.provided.as_ref());
    let closures = tree.bundles.iter().filter_map(|(_, bundle)| bundle.where_uncovered.as_ref());
    let staying = tree.sources.iter().filter_map(|(_, source)| source.staying.as_ref());
    let staying = staying.flat_map(|told| told.timing.iter().filter_map(of_timing));
    unless.chain(allows).chain(closures).flat_map(of).chain(staying).collect()
}

fn of(requirement: &Req) -> Vec<Duration> {
    match requirement {
        Req::All(parts) | Req::Any(parts) => parts.iter().flat_map(of).collect(),
        Req::Labelled(_, inner) => of(inner),
        Req::Persons { doing: Doing::Told(told), .. } => told.timing.iter().filter_map(of_timing).collect(),
        Req::Persons { doing: Doing::Gave(gave), .. } => gave.timing.iter().filter_map(of_timing).collect(),
        Req::InPlace(_, before, _) => before.iter().map(|(period, _)| length(period)).collect(),
        Req::Cond(_) => Vec::new(),
    }
}

fn of_timing(timing: &Timing) -> Option<Duration> {
    match timing {
        Timing::AtLeastBefore(period, _) | Timing::AtMostBefore(period, _) => Some(length(period)),
        Timing::Before(_) | Timing::AtStartOf(_) | Timing::Throughout(_) => None,
    }
}
