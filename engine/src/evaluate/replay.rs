//! The captures so far, judged again stretch by stretch, each by what had happened up to its start: was it lawful, and by which exception?

use super::clause::Exceptions;
use super::frame::{Frame, Instance};
use super::part;
use super::session::Session;
use super::stretch;
use super::world::{self, World};
use crate::compile::Heard;
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
        for heard in clauses(session, captured.act) {
            let at = heard.at;
            let taints = session
                .tree
                .rules
                .get(at.rule)
                .and_then(|rule| session.tree.sources.get(rule.source))
                .is_some_and(|source| source.level <= crate::tree::rule::Rank::Regulation);
            if !taints || rule.is_some_and(|rule| rule != at.rule) || !captured.running {
                continue;
            }
            match verdicts(session, &captured, heard, Exceptions::All) {
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
        for at in clauses(session, act).map(|heard| heard.at) {
            if !found.iter().any(|(rule, _)| *rule == at.rule) {
                let verdict = session.capture_was_unlawful(Some(at.rule));
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
        for heard in clauses(session, captured.act).filter(|heard| rules.contains(&heard.at.rule)) {
            let without = verdicts(session, &captured, heard, Exceptions::None);
            let with = verdicts(session, &captured, heard, Exceptions::Only(exception));
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
fn clauses<'a>(session: &Session<'a>, act: ActId) -> impl Iterator<Item = &'a Heard> {
    session.spoken().flat_map(move |source| source.about(act, false)).filter(|heard| heard.at.then_of.is_none())
}

/// Whether a clause was met in a stretch, for every person: `None` when that depends on what is not known (or not done yet).
fn verdicts(session: &Session<'_>, captured: &Captured, heard: &Heard, exceptions: Exceptions) -> Option<bool> {
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
    let side = session.tree.acts.get(instance.act).and_then(|word| word.captures);
    let frame = |instance| Frame::of_stretch(session, instance, captured.start, captured.running);
    let is_of_side = |person: &usize| {
        let role = session.ctx.parties.get(*person).and_then(|party| session.tree.roles.get(party.role));
        side.is_none_or(|side| role.is_some_and(|role| role.side == side))
    };
    let has_begun = |person: &usize| {
        let from = frame(instance).captured_from(captured.act, *person);
        !captured.running || from.is_some_and(|from| from <= captured.start)
    };
    let named = session.persons(Some(captured.start)).filter(is_of_side).filter(has_begun).map(Some);
    // Somebody who is not named may have been on the line.
    let others = std::iter::once(None).filter(|_| !session.ctx.parties_complete);
    let abouts: Vec<Option<usize>> = named.chain(others).collect();
    let mut met = Some(true);
    for (part, about) in
        part::of(session, instance, &heard.parts).flat_map(|part| abouts.iter().map(move |about| (part, about)))
    {
        let frame = frame(part.instance.about(*about));
        let cases = world::cases(&World::default(), BUDGET, |world| frame.comes_to(part, heard.at, exceptions, world));
        let all = |wanted: &Formula| !cases.cut && cases.leaves.iter().all(|(_, formula)| formula == wanted);
        if about.is_some() && all(&Formula::False) {
            return Some(false);
        }
        if !all(&Formula::True) {
            met = None;
        }
    }
    met
}
