//! The decision on one act: doing it and leaving it undone, now and in every stretch so far.

use std::collections::BTreeSet;

use super::formula;
use super::frame::{Frame, Instance};
use super::judgment::{Judgment, judge};
use super::session::Session;
use super::stretch;
use crate::context::Instant;
use crate::decision::{ActDecision, Action, ActionStatus, FactRead, Formula, Needs, Reason, Stretch, Verdict, Ways};
use crate::syntax::ast::Lead;
use crate::tree::{Act, ExceptionId, QuestionId};

/// Decides on an act.
pub fn decide(session: &Session<'_>, act: &Act) -> ActDecision {
    let instance = Instance::of(session, act);
    let started = (!act.not).then(|| stretch::under_way(session, act.act)).flatten();
    let here = judge(session, &instance, started.unwrap_or(session.at), started.is_some());
    let omitted = (act.not || session.spoken().any(|source| !source.about(act.act, true).is_empty()))
        .then(|| judge(session, &Instance { not: !instance.not, ..instance }, session.at, false));
    let omitted = omitted.as_ref();

    let formula = here.formula();
    let (verdict, earliest, ways) = verdict_of(session, &formula);
    let required = omitted.is_some_and(Judgment::is_prohibited);
    let required_by_law = omitted.is_some_and(Judgment::is_prohibited_by_law);
    let next = started.map(|_| {
        let next = judge(session, &instance, session.at, false).formula();
        let (verdict, _, ways) = verdict_of(session, &next);
        (verdict, next, ways)
    });
    // A stretch under way that is lawful goes on.
    let best = next.as_ref().map_or(verdict, |(next, ..)| verdict.min(*next));
    let is_open = |verdict: Verdict| verdict <= Verdict::Conditional;
    let impasse = !is_open(best) && omitted.is_some_and(|omitted| !is_open(self::verdict(session, &omitted.formula())));
    let needs = merge(here.needs(), omitted.filter(|_| required).map_or_else(Needs::nothing, Judgment::needs));
    let mut because = here.reasons();
    let contested = contested(&needs);
    let relied_on = if formula == Formula::True { relied_on(&because) } else { Vec::new() };
    if required {
        because.extend(omitted.map(Judgment::reasons).unwrap_or_default());
    }
    let whole = (verdict, ways);
    let by_person = here.by_person(&whole);
    let (verdict, ways) = whole;
    ActDecision {
        act: act.clone(),
        verdict,
        earliest,
        required,
        required_by_law,
        prohibited_by_law: here.is_prohibited_by_law(),
        impasse,
        undetermined: !here.is_determined() || (required && omitted.is_some_and(|omitted| !omitted.is_determined())),
        running: started.is_some(),
        by_person,
        formula,
        ways,
        next,
        stretches: stretches(session, act),
        because,
        needs,
        contested,
        relied_on,
    }
}

/// The verdict of a formula at the judged instant, with the earliest instant of one that cannot take effect now.
pub fn verdict_of(session: &Session<'_>, formula: &Formula) -> (Verdict, Option<Instant>, Ways) {
    match formula {
        Formula::True => return (Verdict::Cleared, None, Ways { list: [Vec::new()].into(), complete: true }),
        Formula::False => return (Verdict::Prohibited, None, Ways { list: [].into(), complete: true }),
        _ => {}
    }
    let actions = session.actions.borrow();
    let excludes = |one: usize, other: usize| session.exclude(&actions, one, other);
    let ways = formula::ways(formula, &actions, &excludes);
    let verdict = if ways.complete && ways.list.is_empty() {
        Verdict::Prohibited
    } else if is_open_now(session, formula, &actions)
        && (!session.set.excludes || is_open_together(session, formula, &actions, &excludes))
    {
        Verdict::Conditional
    } else {
        Verdict::NotNow
    };
    if verdict != Verdict::NotNow {
        return (verdict, None, ways);
    }
    let earliest = ways
        .list
        .iter()
        .filter_map(|way| {
            way.iter().try_fold(session.at, |latest, action| match actions.get(*action) {
                Some(action) if action.lead == Lead::InCall => Some(match action.status {
                    ActionStatus::Waiting(until) => latest.max(until),
                    ActionStatus::Open => latest,
                }),
                _ => None,
            })
        })
        .min();
    (verdict, earliest, ways)
}

/// The verdict of a formula alone.
pub fn verdict(session: &Session<'_>, formula: &Formula) -> Verdict {
    match formula {
        Formula::True => Verdict::Cleared,
        Formula::False => Verdict::Prohibited,
        // Where nothing excludes anything, some way is left, and only its time is in question.
        open if !session.set.excludes => {
            if is_open_now(session, open, &session.actions.borrow()) {
                Verdict::Conditional
            } else {
                Verdict::NotNow
            }
        }
        open => verdict_of(session, open).0,
    }
}

/// Whether a formula can be made true by what can take effect now.
fn is_open_now(session: &Session<'_>, formula: &Formula, actions: &[Action]) -> bool {
    match formula {
        Formula::True => true,
        Formula::False => false,
        Formula::Action(action) => actions.get(*action).is_some_and(|action| session.is_possible_now(action)),
        Formula::All(parts) => parts.iter().all(|part| is_open_now(session, part, actions)),
        Formula::Any(parts) => parts.iter().any(|part| is_open_now(session, part, actions)),
    }
}

/// The same, by things that do not exclude each other.
fn is_open_together(
    session: &Session<'_>,
    formula: &Formula,
    actions: &[Action],
    excludes: &impl Fn(usize, usize) -> bool,
) -> bool {
    let impossible = |action: usize| actions.get(action).is_none_or(|action| !session.is_possible_now(action));
    let now = formula::ways(&formula.without(&impossible), actions, excludes);
    !(now.complete && now.list.is_empty())
}

fn merge(one: Needs, other: Needs) -> Needs {
    if other.list.is_empty() && other.exact {
        return one;
    }
    let list: BTreeSet<FactRead> = one.list.into_iter().chain(other.list).collect();
    Needs { list: list.into_iter().collect(), exact: one.exact && other.exact }
}

fn contested(needs: &Needs) -> Vec<QuestionId> {
    needs
        .list
        .iter()
        .filter_map(|read| if let FactRead::Question(question) = read { Some(*question) } else { None })
        .collect()
}

/// Exceptions without which the act, lawful as things stand, would not be.
fn relied_on(because: &[Reason]) -> Vec<ExceptionId> {
    let found: BTreeSet<ExceptionId> = because.iter().flat_map(|reason| reason.exceptions.iter().copied()).collect();
    found.into_iter().collect()
}

/// The stretches of an act that ran, up to the judged instant; neighbours of one verdict are one.
fn stretches(session: &Session<'_>, act: &Act) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    if act.not {
        return found;
    }
    let instance = Instance::of(session, act);
    for capture in session.captures_of(act.act) {
        for (from, until) in stretch::cut(session, capture) {
            let (verdict, ..) = verdict_of(session, &judge(session, &instance, from, true).formula());
            match found.last_mut() {
                Some(last) if last.until == Some(from) && last.verdict == verdict => last.until = until,
                _ => found.push(Stretch { from, until, verdict }),
            }
        }
    }
    found
}

/// The places that are, or may be, uncovered for an act.
pub fn uncovered(session: &Session<'_>, act: &Act) -> Vec<crate::decision::Uncovered> {
    let frame = Frame::of_stretch(session, Instance::of(session, act), session.at, false);
    frame.uncovered()
}
