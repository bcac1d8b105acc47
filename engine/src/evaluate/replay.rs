//! The captures so far, judged again stretch by stretch, each by what had happened up to its start: was it lawful, and by which exception?

use super::clause::Exceptions;
use super::frame::{Frame, Instance};
use super::session::Session;
use super::stretch;
use super::world::{self, World};
use crate::compile::ClauseRef;
use crate::context::Instant;
use crate::decision::Formula;
use crate::tree::{Act, ActId, ExceptionId, RuleId};

/// How many worlds one clause may be judged in.
pub const BUDGET: usize = 1024;

/// A stretch of a capture, as it was.
#[derive(Clone, Debug)]
struct Captured {
    act: ActId,
    start: Instant,
    running: bool,
}

/// Whether a capture was unlawful (under that rule, or any): `None` when facts are missing. Only legislation and regulation taint.
pub fn unlawful(session: &Session<'_>, rule: Option<RuleId>) -> Option<bool> {
    let mut known = true;
    for captured in captures(session) {
        for at in clauses(session, captured.act) {
            let taints = session
                .tree
                .rules
                .get(at.rule)
                .and_then(|rule| session.tree.sources.get(rule.source))
                .is_some_and(|source| source.level <= crate::tree::rule::Rank::Regulation);
            if !taints || rule.is_some_and(|rule| rule != at.rule) || !captured.running {
                continue;
            }
            match verdicts(session, &captured, at, Exceptions::All) {
                Some(true) => {}
                Some(false) => return Some(true),
                None => known = false,
            }
        }
    }
    known.then_some(false)
}

/// The rules of legislation and regulation under which a capture was, or may have been, unlawful.
pub fn broken(session: &Session<'_>) -> Vec<(RuleId, Option<bool>)> {
    let mut found: Vec<(RuleId, Option<bool>)> = Vec::new();
    for act in captures(session).iter().map(|captured| captured.act) {
        for at in clauses(session, act) {
            if !found.iter().any(|(rule, _)| *rule == at.rule) {
                let verdict = unlawful(session, Some(at.rule));
                if verdict != Some(false) {
                    found.push((at.rule, verdict));
                }
            }
        }
    }
    found.sort_by_key(|(rule, _)| *rule);
    found
}

/// Whether a capture relied on an exception: `None` when facts are missing, or when the capture is still to come and may do so.
pub fn relied_on(session: &Session<'_>, exception: ExceptionId) -> Option<bool> {
    let rules = session.tree.exceptions.get(exception).map(|exception| exception.rules.as_slice()).unwrap_or_default();
    let mut known = true;
    for captured in captures(session) {
        for at in clauses(session, captured.act).filter(|at| rules.contains(&at.rule)) {
            let without = verdicts(session, &captured, at, Exceptions::None);
            let with = verdicts(session, &captured, at, Exceptions::Only(exception));
            match (without, with) {
                (Some(true), _) | (_, Some(false)) => {}
                (Some(false), Some(true)) => return Some(true),
                _ => known = false,
            }
        }
    }
    known.then_some(false)
}

/// The stretches of the captures so far; one that would begin now, when nothing was captured yet.
fn captures(session: &Session<'_>) -> Vec<Captured> {
    let mut found: Vec<Captured> = Vec::new();
    for (act, interval) in &session.ctx.captures {
        for (start, _) in stretch::cut(session, *interval) {
            found.push(Captured { act: *act, start, running: true });
        }
    }
    if found.is_empty() {
        found.extend(session.tree.known.recording.map(|act| Captured { act, start: session.at, running: false }));
    }
    found
}

/// The clauses of rules that prohibit a capture.
fn clauses<'a>(session: &Session<'a>, act: ActId) -> impl Iterator<Item = ClauseRef> {
    session.spoken().flat_map(move |source| source.about(act, false)).filter(|at| at.then_of.is_none()).copied()
}

/// Whether a clause was met in a stretch, for every person: `None` when that depends on what is not known (or not done yet).
fn verdicts(session: &Session<'_>, captured: &Captured, at: ClauseRef, exceptions: Exceptions) -> Option<bool> {
    let act = Act {
        not: false,
        act: captured.act,
        of: None,
        purpose: None,
        recipient: None,
        phase: None,
        span: crate::source::Span::default(),
    };
    let instance = Instance::of(session, &act);
    let persons = session.persons(Some(captured.start));
    let abouts: Vec<Option<usize>> = persons
        .filter(|person| {
            let frame = Frame { session, instance, start: captured.start, running: captured.running };
            !captured.running || frame.captured_from(captured.act, *person).is_some_and(|from| from <= captured.start)
        })
        .map(Some)
        .collect();
    let mut met = Some(true);
    for about in abouts {
        let frame =
            Frame { session, instance: instance.about(about), start: captured.start, running: captured.running };
        let cases = world::cases(&World::default(), BUDGET, |world| frame.comes_to(at, exceptions, world));
        let all = |wanted: &Formula| !cases.cut && cases.leaves.iter().all(|(_, formula)| formula == wanted);
        if all(&Formula::False) {
            return Some(false);
        }
        if !all(&Formula::True) {
            met = None;
        }
    }
    met
}
