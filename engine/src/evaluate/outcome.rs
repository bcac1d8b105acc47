//! What to do: the act that was asked first, where it has a way that is open now; else what leaving it undone leaves. Whom to capture,
//! where to pause, what to do first.

use super::act;
use super::frame::Instance;
use super::judgment::judge;
use super::session::Session;
use super::stretch;
use crate::decision::{ActDecision, Formula, Impasse, Outcome, OutcomeWhat, Verdict, Ways};
use crate::source::Span;
use crate::tree::{Act, ActId, Group};

/// The outcome for the act that was asked first.
pub fn outcome(session: &Session<'_>, asked: &ActDecision) -> Outcome {
    let pause = asked.stretches.iter().filter(|stretch| stretch.verdict == Verdict::Prohibited).cloned().collect();
    let chosen = chosen(session, asked).unwrap_or_else(|| impasse(session, asked.act.act));
    Outcome { pause, ..chosen }
}

/// What can be done; `None`, where neither the act nor leaving it undone has an open way.
fn chosen(session: &Session<'_>, asked: &ActDecision) -> Option<Outcome> {
    let act = asked.act.act;
    if let Some((_, after)) = open(session, asked) {
        return Some(if asked.act.not { without(act, after) } else { doing(session, asked, after) });
    }
    if asked.act.not {
        let done = act::decide(session, &Act { not: false, ..asked.act.clone() });
        if let Some((_, after)) = open(session, &done) {
            return Some(doing(session, &done, after));
        }
    }
    let leaving = leaving(session, &asked.act)?;
    let instead = |other: &ActId| {
        let decided = act::decide(session, &bare(*other));
        let both = Formula::all([open(session, &decided)?.0.clone(), leaving.clone()]);
        Some(doing(session, &decided, best(session, &both)?))
    };
    // The alternatives are alternatives to one another: to an act that is not among them there is none.
    let preferred = session.bundle.map(|bundle| bundle.prefers.as_slice()).unwrap_or_default();
    let preferred = if preferred.contains(&act) && !asked.act.not { preferred } else { &[] };
    let alternative = preferred.iter().filter(|other| **other != act).find_map(instead);
    alternative.or_else(|| Some(without(act, best(session, &leaving)?)))
}

/// What an act takes, and the best way of it that can be done now. A stretch under way that is lawful goes on.
fn open<'d>(session: &Session<'_>, decision: &'d ActDecision) -> Option<(&'d Formula, Vec<usize>)> {
    let (formula, ways) = match &decision.next {
        Some((_, formula, ways)) if decision.verdict != Verdict::Cleared => (formula, ways),
        _ => (&decision.formula, &decision.ways),
    };
    Some((formula, among(session, ways).or_else(|| best(session, formula))?))
}

/// What leaving an act undone takes, if that can be done now. A demand below the law gives way where the law alone leaves the act no
/// open way.
fn leaving(session: &Session<'_>, act: &Act) -> Option<Formula> {
    let (doing, leaving) = (Act { not: false, ..act.clone() }, Act { not: true, ..act.clone() });
    let judged = |act: &Act| judge(session, &Instance::of(session, act), session.at, false);
    let is_open = |formula: &Formula| act::verdict(session, formula) <= Verdict::Conditional;
    let whole = judged(&leaving);
    let formula = whole.formula();
    if is_open(&formula) {
        return Some(formula);
    }
    let goes_on = stretch::under_way(session, act.act).is_some_and(|start| {
        judge(session, &Instance::of(session, &doing), start, true).formula_of_law() == Formula::True
    });
    let by_law = whole.formula_of_law();
    (!goes_on && !is_open(&judged(&doing).formula_of_law()) && is_open(&by_law)).then_some(by_law)
}

/// What the bundle says of an impasse over an act.
fn impasse(session: &Session<'_>, act: ActId) -> Outcome {
    let said = session.bundle.and_then(|bundle| bundle.on_impasse.iter().find(|(over, _)| *over == act));
    let answer = said.map_or(Impasse::AskAPerson, |(_, answer)| *answer);
    Outcome { what: OutcomeWhat::Impasse(act, answer), record: Vec::new(), after: Vec::new(), pause: Vec::new() }
}

fn without(act: ActId, after: Vec<usize>) -> Outcome {
    Outcome { what: OutcomeWhat::Without(act), record: Vec::new(), after, pause: Vec::new() }
}

fn doing(session: &Session<'_>, decision: &ActDecision, after: Vec<usize>) -> Outcome {
    let act = decision.act.act;
    let captures = session.tree.acts.get(act).is_some_and(|word| word.group == Group::Capture);
    let record = decision.by_person.iter().map(|(person, ..)| *person).filter(|_| captures).collect();
    Outcome { what: OutcomeWhat::Do(act), record, after, pause: Vec::new() }
}

/// The best way of a function of which everything can be done now.
fn best(session: &Session<'_>, formula: &Formula) -> Option<Vec<usize>> {
    let possible = {
        let actions = session.actions.borrow();
        let impossible = |action: usize| !actions.get(action).is_some_and(|action| session.is_possible_now(action));
        formula.without(&impossible)
    };
    among(session, &act::verdict_of(session, &possible).2)
}

/// The first of some ways of which everything can be done now.
fn among(session: &Session<'_>, ways: &Ways) -> Option<Vec<usize>> {
    let actions = session.actions.borrow();
    let possible = |action: &usize| actions.get(*action).is_some_and(|action| session.is_possible_now(action));
    ways.list.iter().find(|way| way.iter().all(possible)).cloned()
}

fn bare(act: ActId) -> Act {
    Act { not: false, act, of: None, purpose: None, recipient: None, phase: None, span: Span::default() }
}
