//! What to do, compared: the same, after things that can be done now and are enough, none of them too many.

use onrecord::decision::{Action, ActionWhat, Decision, Verdict};
use onrecord::tree::Tree;

use super::{Difference, Found};
use crate::reference::deed::Possibility;
use crate::reference::outcome::{Chosen, choose};
use crate::reference::{Answer, Case};

pub(super) fn differs(case: &Case<'_>, decision: &Decision) -> Found {
    // Whoever is not named may make the engine the stricter, and what follows from that is not compared.
    if !case.ctx.parties_complete {
        return Ok(None);
    }
    let Some(chosen) = choose(case)? else { return Ok(None) };
    let engine = &decision.outcome;
    let found = |what: &str, reference: String| {
        let details = format!("reference {chosen:?}\n{}", all(decision));
        Ok(Some(Difference { what: what.to_owned(), said: (format!("{engine:?}"), reference), details }))
    };
    if engine.what != chosen.what {
        return found("outcome", format!("{:?}", chosen.what));
    }
    if engine.record != chosen.record {
        return found("outcome: record", format!("{:?}", chosen.record));
    }
    let of_asked = decision.acts.first().map(|act| act.stretches.as_slice()).unwrap_or_default();
    let unlawful: Vec<_> = of_asked.iter().filter(|one| one.verdict == Verdict::Prohibited).cloned().collect();
    if engine.pause != unlawful {
        return found("outcome: pause", format!("{unlawful:?}"));
    }
    let done: Vec<&Action> = engine.after.iter().filter_map(|index| decision.actions.get(*index)).collect();
    if !is_enough(case, &chosen, &done, true) {
        return found("outcome: after", "that it is not enough, or cannot be done now".to_owned());
    }
    // What must come before an act is named with it: a deed without that does not stand for it. Nor does telling a kind of something.
    let may_be_spared = |left: &usize| {
        let before = done[*left].before;
        let alone = before.is_some() && done.iter().filter(|one| one.before == before).count() == 1;
        !alone && !done.iter().any(|other| tells_a_kind(case.tree, other, done[*left]))
    };
    let spared = (0..done.len()).filter(may_be_spared).find(|left| {
        let rest: Vec<&Action> = done.iter().enumerate().filter(|(at, _)| at != left).map(|(_, one)| *one).collect();
        is_enough(case, &chosen, &rest, false)
    });
    match spared {
        Some(spared) => found("outcome: after", format!("that {:?} is too much", done[spared])),
        None => Ok(None),
    }
}

/// Whether one action tells a kind of something that the other tells.
fn tells_a_kind(tree: &Tree, one: &Action, other: &Action) -> bool {
    match (&one.what, &other.what) {
        (ActionWhat::Tell { elements: kinds, .. }, ActionWhat::Tell { elements, .. }) => {
            let is_kind = |kind| elements.iter().any(|one| *one != kind && tree.elements[kind].is_a(*one));
            kinds.iter().copied().any(is_kind)
        }
        _ => false,
    }
}

/// Whether everything is lawful after these actions, and, if that is asked, whether all of them can take effect now.
fn is_enough(case: &Case<'_>, chosen: &Chosen, done: &[&Action], now: bool) -> bool {
    let parts: Vec<Possibility> = done.iter().flat_map(|action| Possibility::of(action)).collect();
    let in_time = parts.iter().all(|one| one.is_open(case));
    (in_time || !now) && chosen.lawful.iter().all(|answer| answer.rows.at(row(case, answer, &parts)))
}

/// The deeds that these do.
fn row(case: &Case<'_>, answer: &Answer, parts: &[Possibility]) -> usize {
    let is_done =
        |one: &Possibility| parts.iter().any(|part| part.waits >= one.waits && part.deed.does(&one.deed, case.tree));
    (0..).zip(&answer.deeds).filter(|(_, one)| is_done(one)).map(|(bit, _)| 1_usize << bit).sum()
}

fn all(decision: &Decision) -> String {
    decision.actions.iter().map(|one| format!("{one:?}\n")).collect()
}
