//! What each source says, sorted by what it is about: acts done, acts left undone, duties and periods.

use crate::compile::ClauseRef;
use crate::tree::{ActId, Clause, ClauseKind, ExceptionId, Tree};

/// What one source says.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    /// Per act: the clauses that prohibit it, or something it is a kind of.
    doing: Vec<(ActId, Vec<ClauseRef>)>,
    /// Per act: the clauses that prohibit leaving it, or a kind of it, undone.
    leaving: Vec<(ActId, Vec<ClauseRef>)>,
    /// Duties.
    pub duties: Vec<ClauseRef>,
    /// Floors and ceilings.
    pub periods: Vec<ClauseRef>,
    /// Exceptions by which a duty or a period does not bind.
    pub waives: Vec<ExceptionId>,
}

impl Spoken {
    /// The clauses about an act, or about leaving it undone.
    pub fn about(&self, act: ActId, not: bool) -> &[ClauseRef] {
        let of = if not { &self.leaving } else { &self.doing };
        match of.binary_search_by_key(&act, |(one, _)| *one) {
            Ok(at) => of.get(at).map(|(_, clauses)| clauses.as_slice()).unwrap_or_default(),
            Err(_) => &[],
        }
    }
}

/// Per source, what it says.
pub fn sort(tree: &Tree) -> Vec<Spoken> {
    let mut spoken = vec![Spoken::default(); tree.sources.len()];
    for (at, clause) in clauses(tree) {
        let source = tree.rules.get(at.rule).and_then(|rule| spoken.get_mut(rule.source.0 as usize));
        let Some(source) = source else { continue };
        match &clause.kind {
            ClauseKind::Prohibit { act: pattern, .. } => {
                let of = if pattern.not { &mut source.leaving } else { &mut source.doing };
                for act in tree.acts.ids() {
                    let (lower, upper) = if pattern.not { (pattern.act, act) } else { (act, pattern.act) };
                    if tree.acts.get(lower).is_some_and(|word| word.word.is_a(upper)) {
                        match of.binary_search_by_key(&act, |(one, _)| *one) {
                            Ok(known) => of.get_mut(known).into_iter().for_each(|(_, list)| list.push(at)),
                            Err(new) => of.insert(new, (act, vec![at])),
                        }
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
