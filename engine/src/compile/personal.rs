//! Which clauses tell persons apart, and so must be judged for each person on the line.

use std::collections::BTreeSet;

use super::ClauseRef;
use crate::tree::{Act, ClauseKind, Cond, Of, Quantifier, Req, Tree};

/// The clauses that tell persons apart.
pub fn clauses(tree: &Tree) -> BTreeSet<ClauseRef> {
    let mut found = BTreeSet::new();
    for (rule, declared) in tree.rules.iter() {
        let excepted =
            declared.exceptions.iter().filter_map(|exception| tree.exceptions.get(*exception)).any(|exception| {
                exception.allows.iter().any(|allow| {
                    is_of_role(&allow.act)
                        || allow.condition.as_ref().is_some_and(condition)
                        || allow.provided.as_ref().is_some_and(requirement)
                }) || exception.thens.iter().any(|then| kind(&then.kind))
            });
        for (clause, written) in (0..).zip(&declared.clauses) {
            if excepted || kind(&written.kind) {
                found.insert(ClauseRef { rule, clause, then_of: None });
            }
        }
    }
    for (exception, declared) in tree.exceptions.iter() {
        let Some(rule) = declared.rules.first() else { continue };
        for (clause, written) in (0..).zip(&declared.thens) {
            if kind(&written.kind) {
                found.insert(ClauseRef { rule: *rule, clause, then_of: Some(exception) });
            }
        }
    }
    found
}

fn kind(kind: &ClauseKind) -> bool {
    match kind {
        ClauseKind::Prohibit { act, condition: cond, unless } => {
            is_of_role(act) || cond.as_ref().is_some_and(condition) || unless.as_ref().is_some_and(requirement)
        }
        _ => false,
    }
}

fn is_of_role(act: &Act) -> bool {
    matches!(act.of, Some(Of::Role(_)))
}

fn condition(cond: &Cond) -> bool {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts.iter().any(condition),
        Cond::Not(inner) => condition(inner),
        Cond::Persons { quantifier, .. } => *quantifier == Quantifier::That,
        Cond::Fact { .. } | Cond::Judged(..) | Cond::Purposes { .. } | Cond::Unlawful(..) | Cond::ReliedOn(..) => false,
    }
}

fn requirement(req: &Req) -> bool {
    match req {
        Req::All(parts) | Req::Any(parts) => parts.iter().any(requirement),
        Req::Labelled(_, inner) => requirement(inner),
        Req::Cond(cond) => condition(cond),
        Req::Persons { quantifier, .. } => *quantifier == Quantifier::That,
        Req::InPlace(..) => false,
    }
}
