//! What each source says, sorted by what it is about: acts done, acts left undone, duties and periods.

use std::collections::BTreeSet;

use super::ClauseRef;
use super::parts::{Parts, is_side_of};
use crate::tree::{Act, ActId, Clause, ClauseKind, ExceptionId, Nature, Of, Tree};

/// A clause as it is heard about an act.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The clause.
    pub at: ClauseRef,
    /// Whether it tells persons apart, as what is of one side alone does.
    pub personal: bool,
    /// Whether it is about machines of a role.
    pub of_machines: bool,
    /// The parts that it tells apart.
    pub parts: Parts,
}

/// What one source says.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    /// Per act: the clauses that prohibit it, something it is a kind of, or the capture of one of its sides.
    doing: Vec<(ActId, Vec<Heard>)>,
    /// Per act: the clauses that prohibit leaving it, or a kind of it, undone.
    leaving: Vec<(ActId, Vec<Heard>)>,
    /// Duties.
    pub duties: Vec<ClauseRef>,
    /// Floors and ceilings.
    pub periods: Vec<ClauseRef>,
    /// Exceptions by which a duty or a period does not bind.
    pub waives: Vec<ExceptionId>,
}

impl Spoken {
    /// The clauses about an act, or about leaving it undone.
    pub fn about(&self, act: ActId, not: bool) -> &[Heard] {
        let of = if not { &self.leaving } else { &self.doing };
        match of.binary_search_by_key(&act, |(one, _)| *one) {
            Ok(at) => of.get(at).map(|(_, clauses)| clauses.as_slice()).unwrap_or_default(),
            Err(_) => &[],
        }
    }
}

/// Per source, what it says.
pub fn sort(tree: &Tree, personal: &BTreeSet<ClauseRef>) -> Vec<Spoken> {
    let mut spoken = vec![Spoken::default(); tree.sources.len()];
    for (at, clause) in clauses(tree) {
        let source = tree.rules.get(at.rule).and_then(|rule| spoken.get_mut(rule.source.0 as usize));
        let Some(source) = source else { continue };
        match &clause.kind {
            ClauseKind::Prohibit { act: pattern, .. } => {
                let of = if pattern.not { &mut source.leaving } else { &mut source.doing };
                for act in tree.acts.ids() {
                    let (lower, upper) = if pattern.not { (pattern.act, act) } else { (act, pattern.act) };
                    let is_kind = tree.acts.get(lower).is_some_and(|word| word.word.is_a(upper));
                    if !is_kind && (pattern.not || !is_side_of(tree, pattern.act, act)) {
                        continue;
                    }
                    let parts = Parts::of(tree, at, clause, act);
                    let heard = Heard {
                        at,
                        personal: personal.contains(&at) || !parts.sides.is_empty(),
                        of_machines: is_of_machines(tree, pattern),
                        parts,
                    };
                    match of.binary_search_by_key(&act, |(one, _)| *one) {
                        Ok(known) => {
                            if let Some((_, list)) = of.get_mut(known) {
                                list.push(heard);
                            }
                        }
                        Err(new) => of.insert(new, (act, vec![heard])),
                    }
                }
            }
            ClauseKind::Duty { .. } => source.duties.push(at),
            ClauseKind::Keep(_) => source.periods.push(at),
            ClauseKind::Displaces { .. } => {}
        }
    }
    for (id, exception) in tree.exceptions.iter().filter(|(_, exception)| !exception.waives.is_empty()) {
        if let Some(source) = spoken.get_mut(exception.source.0 as usize) {
            source.waives.push(id);
        }
    }
    spoken
}

/// Whether a phrase is about machines of a role.
fn is_of_machines(tree: &Tree, act: &Act) -> bool {
    let nature = |role| tree.roles.get(role).map(|role| role.nature);
    matches!(act.of, Some(Of::Role(role)) if nature(role) == Some(Nature::Machine))
}

/// Every clause of the policy with its reference: of rules, then the `then` clauses of exceptions.
fn clauses(tree: &Tree) -> impl Iterator<Item = (ClauseRef, &Clause)> {
    let of_rules = tree.rules.iter().flat_map(|(rule, declared)| {
        (0..).zip(&declared.clauses).map(move |(clause, written)| (ClauseRef { rule, clause, then_of: None }, written))
    });
    let of_exceptions = tree.exceptions.iter().flat_map(|(exception, declared)| {
        declared.rules.first().into_iter().flat_map(move |rule| {
            (0..)
                .zip(&declared.thens)
                .map(move |(clause, written)| (ClauseRef { rule: *rule, clause, then_of: Some(exception) }, written))
        })
    });
    of_rules.chain(of_exceptions)
}
