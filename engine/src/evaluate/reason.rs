//! Why: the clauses that spoke, the facts that they read, the rules under which a capture was unlawful.

use std::collections::BTreeSet;

use super::frame::Frame;
use super::replay;
use super::session::Session;
use super::world::World;
use crate::compile::ClauseRef;
use crate::decision::{FactRead, Reason, Verdict};
use crate::syntax::ast::{FactOf, PurposeKind};
use crate::tree::{ClauseKind, Cond, PersonTest, Req};

/// Whether a clause speaks in a world: its rule binds, it governs the act, its condition holds.
pub fn spoke(frame: &Frame<'_, '_>, at: ClauseRef, world: &World) -> bool {
    let Some(rule) = frame.session.tree.rules.get(at.rule) else { return false };
    let Some(clause) = frame.clause(at) else { return false };
    let ClauseKind::Prohibit { act, condition, .. } = &clause.kind else { return false };
    let yes = |part: super::world::InWorld<bool>| part.unwrap_or(true);
    yes(frame.binds(at.rule, world))
        && yes(frame.session.reads(clause.reading, world))
        && yes(frame.governed_by(act, world))
        && at.then_of.is_none_or(|exception| yes(frame.relied_on(exception, world)))
        && condition.as_ref().is_none_or(|condition| yes(frame.holds(condition, rule.source, world)))
}

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
    known.facts.extend(other.facts);
    known.facts.sort();
    known.facts.dedup();
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
        facts: vec![FactRead::Capture],
    };
    replay::broken(session).into_iter().map(one).collect()
}

/// The facts that a clause reads, of the persons at hand.
pub fn facts_read(frame: &Frame<'_, '_>, at: ClauseRef) -> Vec<FactRead> {
    let tree = frame.session.tree;
    let mut read = Read { frame, found: BTreeSet::new() };
    if let Some(rule) = tree.rules.get(at.rule) {
        if let Some(source) = tree.sources.get(rule.source) {
            source.applies.iter().for_each(|(condition, _)| read.condition(condition));
        }
        if at.then_of.is_none() {
            for exception in rule.exceptions.iter().filter_map(|exception| tree.exceptions.get(*exception)) {
                for allow in &exception.allows {
                    allow.condition.iter().for_each(|condition| read.condition(condition));
                }
            }
        }
    }
    if let Some(ClauseKind::Prohibit { act, condition, unless }) = frame.clause(at).map(|clause| &clause.kind) {
        condition.iter().for_each(|condition| read.condition(condition));
        unless.iter().for_each(|unless| read.requirement(unless));
        read.found.extend(act.phase.map(FactRead::Phase));
    }
    read.found.into_iter().collect()
}

/// The facts that a condition reads.
pub fn condition_reads(frame: &Frame<'_, '_>, condition: &Cond) -> Vec<FactRead> {
    let mut read = Read { frame, found: BTreeSet::new() };
    read.condition(condition);
    read.found.into_iter().collect()
}

struct Read<'f, 's, 'a> {
    frame: &'f Frame<'s, 'a>,
    found: BTreeSet<FactRead>,
}

impl Read<'_, '_, '_> {
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
                for person in self.frame.session.of_role(*role, self.frame.line()) {
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
                for person in self.frame.session.of_role(*role, self.frame.line()) {
                    who.iter().for_each(|test| self.person(person, test));
                }
            }
            Req::InPlace(..) => {}
        }
    }
}
