//! Which clauses and exceptions the scenarios reach, and on which side of their line.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::ClauseRef;
use crate::decision::{Decision, Reason, Verdict};
use crate::source::Span;
use crate::tree::{ClauseKind, ExceptionId, RuleId, Tree};

/// What the scenarios reached.
#[derive(Debug, Default)]
pub struct Reached {
    clauses: BTreeMap<ClauseRef, BTreeSet<Side>>,
    exceptions: BTreeSet<ExceptionId>,
    displacing: BTreeSet<RuleId>,
}

/// A side of a clause's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// It bound and was met.
    Met,
    /// It bound and was not met (yet).
    Unmet,
}

/// A clause or an exception that the scenarios do not reach, or only on one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreached {
    /// What.
    pub what: UnreachedWhat,
    /// Where it is written.
    pub span: Span,
    /// The side that no scenario reaches; both when `None`.
    pub missing: Option<Side>,
}

/// What is not reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreachedWhat {
    /// A clause of this rule.
    Clause(String),
    /// An exception.
    Exception(String),
    /// A `then` clause of this exception.
    Then(String),
}

impl Reached {
    /// Takes note of what a decision heard.
    pub fn note(&mut self, decision: &Decision) {
        let of_acts = decision.acts.iter().chain(&decision.uses).flat_map(|act| &act.because);
        for reason in of_acts {
            self.clauses.entry(at(reason)).or_default().insert(side(reason));
            self.exceptions.extend(&reason.exceptions);
        }
        for row in &decision.retention {
            for reason in &row.because {
                self.clauses.entry(at(reason)).or_default().extend([Side::Met, Side::Unmet]);
            }
        }
        for duty in &decision.duties {
            let at = ClauseRef { rule: duty.rule, clause: duty.clause, then_of: duty.then_of };
            self.clauses.entry(at).or_default().extend([Side::Met, Side::Unmet]);
        }
        for waive in &decision.waived {
            self.exceptions.insert(*waive);
        }
    }

    /// Takes note of the rules that displaced others.
    pub fn note_displacing(&mut self, rules: Vec<RuleId>) {
        self.displacing.extend(rules);
    }

    /// What is not reached, in the order of the files.
    pub fn unreached(&self, tree: &Tree) -> Vec<Unreached> {
        let mut found = Vec::new();
        for (rule, declared) in tree.rules.iter() {
            for (clause, written) in (0..).zip(&declared.clauses) {
                let at = ClauseRef { rule, clause, then_of: None };
                let curable = match &written.kind {
                    ClauseKind::Prohibit { unless, .. } => unless.is_some() || !declared.exceptions.is_empty(),
                    ClauseKind::Displaces { .. } if self.displacing.contains(&rule) => continue,
                    _ => false,
                };
                let what = UnreachedWhat::Clause(declared.name.clone());
                found.extend(self.missing(at, curable).map(|missing| Unreached { what, span: written.span, missing }));
            }
        }
        for (exception, declared) in tree.exceptions.iter() {
            if !self.exceptions.contains(&exception) {
                let what = UnreachedWhat::Exception(declared.name.clone());
                found.push(Unreached { what, span: declared.span, missing: None });
            }
            let Some(rule) = declared.rules.first() else { continue };
            for (clause, written) in (0..).zip(&declared.thens) {
                let at = ClauseRef { rule: *rule, clause, then_of: Some(exception) };
                let what = UnreachedWhat::Then(declared.name.clone());
                found.extend(self.missing(at, false).map(|missing| Unreached { what, span: written.span, missing }));
            }
        }
        found.sort_by_key(|one| one.span);
        found
    }

    /// `None` when nothing is missing; else the side that is, or `Some(None)` for both.
    fn missing(&self, at: ClauseRef, curable: bool) -> Option<Option<Side>> {
        match self.clauses.get(&at) {
            None => Some(None),
            Some(_) if !curable => None,
            Some(sides) if !sides.contains(&Side::Met) => Some(Some(Side::Met)),
            Some(sides) if !sides.contains(&Side::Unmet) => Some(Some(Side::Unmet)),
            Some(_) => None,
        }
    }
}

/// The rules that spoke in a decision.
pub fn rules(decision: &Decision) -> impl Iterator<Item = RuleId> {
    let of_acts = decision.acts.iter().chain(&decision.uses).flat_map(|act| &act.because);
    let of_things = decision.retention.iter().flat_map(|row| &row.because);
    of_acts.chain(of_things).map(|reason| reason.rule).chain(decision.duties.iter().map(|duty| duty.rule))
}

fn at(reason: &Reason) -> ClauseRef {
    ClauseRef { rule: reason.rule, clause: reason.clause, then_of: reason.then_of }
}

fn side(reason: &Reason) -> Side {
    if reason.verdict == Verdict::Cleared { Side::Met } else { Side::Unmet }
}
