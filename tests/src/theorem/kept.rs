//! What must be kept is kept.

use std::sync::Arc;

use onrecord::compile::PolicySet;
use onrecord::context::{Context, Instant};
use onrecord::decision::{Decision, End, KeepNow, Retention};
use onrecord::evaluate::evaluate;
use onrecord::tree::{ArtefactId, ClauseKind, Thing, Tree};

use super::judge::Judge;
use crate::generate::Call;
use crate::suite::{Case, Outcome};

/// A binding floor never shortens what must be kept; where nothing yields, no use widens; a hold widens no use and lets nothing be erased; a
/// floor below the law never keeps what the law lets nobody keep.
#[must_use]
pub fn holds(judge: Judge, case: &Case<'_>) -> Outcome {
    let set = &case.compiled.set;
    let mut more = case.policy.clone();
    let which = more.floor(case.choices);
    let Ok(compiled) = more.compile() else { return Outcome::Silent };
    let (Some(before), Some(after)) = (judge.retention(set, case.call), judge.retention(&compiled.set, case.call))
    else {
        return Outcome::Silent;
    };
    let added = &more.rules[which];
    let level = |tree: &Tree| tree.sources.id(&added.source).is_some_and(|source| tree.sources[source].level.is_law());
    let gives_way = !level(&set.tree) && only_law_limits(&set.tree);
    let clause = added.clauses.last().cloned().unwrap_or_default();
    for row in &before {
        let Some(then) = after.iter().find(|then| (&then.thing, then.purpose) == (&row.thing, row.purpose)) else {
            return Outcome::Fails(format!("with {clause}, nothing is said of {row:?} any more"));
        };
        let wrong = if is_earlier(then.keep_until.as_ref(), row.keep_until.as_ref()) {
            "must be kept less long"
        } else if !yields(&set.tree) && widens(row, then) {
            "may be used longer"
        } else if gives_way && row.now == KeepNow::Erase && then.now != KeepNow::Erase && !then.undetermined {
            "is kept against the law"
        } else {
            continue;
        };
        return Outcome::Fails(format!("with {clause}, this {wrong}:\n{row:?}\n{then:?}"));
    }
    held(judge, case, &before)
}

/// Whether a use is allowed for longer, or what was not to be used may be used.
fn widens(before: &Retention, after: &Retention) -> bool {
    let later = match (&before.erase_by, &after.erase_by) {
        (Some(_), None) => true,
        (before, after) => is_earlier(before.as_ref(), after.as_ref()),
    };
    (before.erase_by.is_some() && later) || (before.now != KeepNow::Keep && after.now == KeepNow::Keep)
}

/// Whether an end is earlier than another for certain: in which civil time a day ends is not said.
fn is_earlier(one: Option<&End>, other: Option<&End>) -> bool {
    let rank = |end: Option<&End>| match end {
        None => 0,
        Some(End::Day(_) | End::Instant(_)) => 1,
        Some(End::Symbolic(_)) => 2,
        Some(End::Hold) => 3,
    };
    match (one, other) {
        (Some(End::Day(one)), Some(End::Day(other))) => one < other,
        (Some(End::Instant(one)), Some(End::Instant(other))) => one < other,
        (Some(End::Day(day)), Some(End::Instant(at))) => *day < before(*at),
        (Some(End::Instant(at)), Some(End::Day(day))) => at.date_naive().succ_opt().is_some_and(|next| next < *day),
        (one, other) => rank(one) < rank(other),
    }
}

fn before(at: Instant) -> chrono::NaiveDate {
    at.date_naive().pred_opt().unwrap_or_default()
}

/// Whether any ceiling yields.
fn yields(tree: &Tree) -> bool {
    keeps(tree).any(|(_, keep)| keep.yields)
}

/// Whether every ceiling is a law's.
fn only_law_limits(tree: &Tree) -> bool {
    keeps(tree).all(|(law, keep)| law || keep.at_least)
}

fn keeps(tree: &Tree) -> impl Iterator<Item = (bool, &onrecord::tree::Keep)> {
    let of_rules = tree.rules.iter().flat_map(|(_, rule)| rule.clauses.iter().map(move |clause| (rule.source, clause)));
    let of_exceptions =
        tree.exceptions.iter().flat_map(|(_, one)| one.thens.iter().map(move |then| (one.source, then)));
    of_rules.chain(of_exceptions).filter_map(|(source, clause)| match &clause.kind {
        ClauseKind::Keep(keep) => Some((tree.sources[source].level.is_law(), keep)),
        _ => None,
    })
}

/// A hold: the thing is never to be erased, and nothing that is used is used longer; no act or use is laxer.
fn held(judge: Judge, case: &Case<'_>, before: &[Retention]) -> Outcome {
    let set = &case.compiled.set;
    let Some(recording) = set.tree.known.recording_artefact else { return Outcome::Silent };
    let mut call = case.call.clone();
    hold(&mut call.ctx, recording, call.at);
    let Some(after) = judge.retention(set, &call) else { return Outcome::Silent };
    for row in &after {
        if row.thing == Thing::Artefact(recording) && row.now == KeepNow::Erase {
            return Outcome::Fails(format!("held, and to be erased: {row:?}"));
        }
        let was = before.iter().find(|was| (&was.thing, was.purpose) == (&row.thing, row.purpose));
        if was.is_some_and(|was| widens(was, row) || is_earlier(row.keep_until.as_ref(), was.keep_until.as_ref())) {
            return Outcome::Fails(format!("a hold lets this be used longer, or kept less long: {was:?}\n{row:?}"));
        }
    }
    let Judge::Engine = judge else { return Outcome::Holds };
    let verdicts =
        |decision: &Decision| decision.acts.iter().chain(&decision.uses).map(|act| act.verdict).collect::<Vec<_>>();
    let (before, after) = (decide(set, case.call), decide(set, &call));
    let laxer = verdicts(&before).into_iter().zip(verdicts(&after)).any(|(before, after)| after < before);
    if laxer { Outcome::Fails("a hold widens a use".to_owned()) } else { Outcome::Holds }
}

fn hold(ctx: &mut Context, artefact: ArtefactId, at: Instant) {
    ctx.holds.push((artefact, at.date_naive(), None));
}

fn decide(set: &Arc<PolicySet>, call: &Call) -> Decision {
    evaluate(set, &call.ctx, &call.options, call.at)
}
