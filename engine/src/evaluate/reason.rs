//! Why: the clauses that spoke, the facts that they read, the rules under which a capture was unlawful.

use std::collections::BTreeSet;

use super::beside;
use super::replay;
use super::session::Session;
use crate::compile::ClauseRef;
use crate::decision::{FactRead, Reason, Verdict};
use crate::syntax::ast::{FactOf, PurposeKind};
use crate::tree::{Clause, ClauseKind, Cond, PersonTest, Req, RoleId, Tree};

/// Whether two reasons name one clause.
pub fn same_clause(one: &Reason, other: &Reason) -> bool {
    (one.rule, one.clause, one.then_of) == (other.rule, other.clause, other.then_of)
}

/// Takes the stricter of two reasons that name one clause, with everything that either saw.
pub fn strictest(known: &mut Reason, other: Reason) {
    known.verdict = known.verdict.max(other.verdict);
    known.undetermined |= other.undetermined;
    known.exceptions.extend(other.exceptions);
    known.exceptions.sort();
    known.exceptions.dedup();
}

/// The rules under which the capture was, or may have been, unlawful.
pub fn of_taint(session: &Session<'_>) -> Vec<Reason> {
    let one = |(rule, unlawful): (crate::tree::RuleId, Option<bool>)| Reason {
        rule,
        clause: 0,
        then_of: None,
        verdict: Verdict::Prohibited,
        undetermined: unlawful.is_none(),
        exceptions: Vec::new(),
        of_capture: true,
    };
    replay::broken(session).into_iter().map(one).collect()
}

/// The facts that a reason's clause reads, of persons in these roles.
pub fn facts_read(tree: &Tree, roles: &[RoleId], reason: &Reason) -> Vec<FactRead> {
    if reason.of_capture {
        return vec![FactRead::Capture];
    }
    clause_reads(tree, roles, ClauseRef { rule: reason.rule, clause: reason.clause, then_of: reason.then_of })
}

/// The facts that a clause reads, of persons in these roles.
pub fn clause_reads(tree: &Tree, roles: &[RoleId], at: ClauseRef) -> Vec<FactRead> {
    let mut read = Read { tree, roles, found: BTreeSet::new() };
    if let Some(clause) = beside::clause(tree, at) {
        read.rule(at);
        read.clause(clause);
    }
    read.found.into_iter().collect()
}

/// The facts that a condition reads, of persons in these roles.
pub fn condition_reads(tree: &Tree, roles: &[RoleId], condition: &Cond) -> Vec<FactRead> {
    let mut read = Read { tree, roles, found: BTreeSet::new() };
    read.condition(condition);
    read.found.into_iter().collect()
}

struct Read<'t> {
    tree: &'t Tree,
    roles: &'t [RoleId],
    found: BTreeSet<FactRead>,
}

impl Read<'_> {
    /// The connecting factors of a clause's source, and the conditions of what its rule allows.
    fn rule(&mut self, at: ClauseRef) {
        let tree = self.tree;
        let Some(rule) = tree.rules.get(at.rule) else { return };
        if let Some(source) = tree.sources.get(rule.source) {
            source.applies.iter().for_each(|(condition, _)| self.condition(condition));
        }
        let exceptions = rule.exceptions.iter().filter_map(|exception| tree.exceptions.get(*exception));
        for allow in exceptions.filter(|_| at.then_of.is_none()).flat_map(|exception| &exception.allows) {
            allow.condition.iter().for_each(|condition| self.condition(condition));
        }
    }

    fn clause(&mut self, clause: &Clause) {
        match &clause.kind {
            ClauseKind::Prohibit { act, condition, unless } => {
                condition.iter().for_each(|condition| self.condition(condition));
                unless.iter().for_each(|unless| self.requirement(unless));
                self.found.extend(act.phase.map(FactRead::Phase));
            }
            ClauseKind::Duty { condition, .. } => condition.iter().for_each(|condition| self.condition(condition)),
            ClauseKind::Keep(keep) => keep.condition.iter().for_each(|condition| self.condition(condition)),
            ClauseKind::Displaces { .. } => {}
        }
    }

    fn of_role(&self, role: RoleId) -> Vec<usize> {
        let tree = self.tree;
        (0..).zip(self.roles).filter(|(_, theirs)| tree.plays(**theirs, role)).map(|(index, _)| index).collect()
    }

    fn condition(&mut self, condition: &Cond) {
        match condition {
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| self.condition(part)),
            Cond::Not(inner) => self.condition(inner),
            Cond::Fact { of: FactOf::Party, .. } => {}
            Cond::Fact { fact, .. } => {
                self.found.insert(FactRead::Fact(*fact));
            }
            Cond::Judged(judgment, _) => {
                self.found.insert(FactRead::Judgment(*judgment));
            }
            Cond::Persons { role, who, test, .. } => {
                for person in self.of_role(*role) {
                    who.iter().chain(std::iter::once(test)).for_each(|test| self.person(person, test));
                }
            }
            Cond::Purposes { which: PurposeKind::Intended, .. } => {
                self.found.insert(FactRead::IntendedPurposes);
            }
            Cond::Purposes { which: PurposeKind::Promised, .. } => {
                self.found.insert(FactRead::PromisedPurposes);
            }
            Cond::Purposes { which: PurposeKind::Asked, .. } => {}
            Cond::Unlawful(..) | Cond::ReliedOn(..) => {
                self.found.insert(FactRead::Capture);
            }
        }
    }

    fn person(&mut self, person: usize, test: &PersonTest) {
        match test {
            PersonTest::Fact(fact, _) => {
                self.found.insert(FactRead::Person(person, *fact));
            }
            PersonTest::Said(..) => {
                self.found.insert(FactRead::Statement(person));
            }
            PersonTest::Not(inner) => self.person(person, inner),
            PersonTest::Present => {}
        }
    }

    fn requirement(&mut self, requirement: &Req) {
        match requirement {
            Req::All(parts) | Req::Any(parts) => parts.iter().for_each(|part| self.requirement(part)),
            Req::Labelled(_, inner) => self.requirement(inner),
            Req::Cond(condition) => self.condition(condition),
            Req::Persons { role, who, .. } => {
                for person in self.of_role(*role) {
                    who.iter().for_each(|test| self.person(person, test));
                }
            }
            Req::InPlace(..) => {}
        }
    }
}
