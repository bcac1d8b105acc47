//! The periods by which something must come before an act: what was said takes effect, or grows too old, so long afterwards.

use crate::tree::{Clause, ClauseKind, Doing, Period, Req, Timing, Told, Tree};

/// Every such period, once.
pub fn periods(tree: &Tree) -> Vec<Period> {
    let mut found = Vec::new();
    tree.rules.iter().flat_map(|(_, rule)| &rule.clauses).for_each(|one| of_clause(one, &mut found));
    for (_, exception) in tree.exceptions.iter() {
        exception.allows.iter().filter_map(|allow| allow.provided.as_ref()).for_each(|one| of(one, &mut found));
        exception.thens.iter().for_each(|then| of_clause(then, &mut found));
    }
    let staying = tree.sources.iter().filter_map(|(_, source)| source.staying.as_ref());
    staying.for_each(|told| of_told(told, &mut found));
    let closures = tree.bundles.iter().filter_map(|(_, bundle)| bundle.where_uncovered.as_ref());
    closures.for_each(|one| of(one, &mut found));
    found
}

fn of_clause(clause: &Clause, found: &mut Vec<Period>) {
    if let ClauseKind::Prohibit { unless: Some(unless), .. } = &clause.kind {
        of(unless, found);
    }
}

fn of(requirement: &Req, found: &mut Vec<Period>) {
    match requirement {
        Req::All(parts) | Req::Any(parts) => parts.iter().for_each(|part| of(part, found)),
        Req::Labelled(_, inner) => of(inner, found),
        Req::Persons { doing: Doing::Told(told), .. } => of_told(told, found),
        Req::Persons { doing: Doing::Gave(gave), .. } => gave.timing.iter().for_each(|one| of_timing(one, found)),
        Req::InPlace(_, Some((period, _)), _) => keep(period, found),
        Req::InPlace(_, None, _) | Req::Cond(_) => {}
    }
}

fn of_told(told: &Told, found: &mut Vec<Period>) {
    told.timing.iter().for_each(|one| of_timing(one, found));
}

fn of_timing(timing: &Timing, found: &mut Vec<Period>) {
    if let Timing::AtLeastBefore(period, _) | Timing::AtMostBefore(period, _) = timing {
        keep(period, found);
    }
}

fn keep(period: &Period, found: &mut Vec<Period>) {
    if !found.contains(period) {
        found.push(period.clone());
    }
}
