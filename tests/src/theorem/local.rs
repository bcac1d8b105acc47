//! What is not known is every way that it may be: the verdict on what is known is the strictest of the verdicts on all completions.

use std::rc::Rc;

use onrecord::context::{Interval, Known, Possible, Provenance, Saying, SayingKind};
use onrecord::tree::{FactType, Tree};

use super::judge::{Judge, Judged, done, questions};
use crate::generate::Call;
use crate::reference;
use crate::reference::rows::MOST;
use crate::reference::scene::Scene;
use crate::reference::unknown::{reads, unknowns};
use crate::reference::world::{Setting, Unknown, Value};
use crate::suite::{Case, Outcome};

/// The most completions that are stated and judged.
const MOST_COMPLETIONS: usize = 32;

/// Rule-by-rule completion equals global completion: every completion is stated as a call of its own, and judged.
#[must_use]
pub fn holds(judge: Judge, case: &Case<'_>) -> Outcome {
    let set = &case.compiled.set;
    if !case.call.ctx.parties_complete || !case.call.ctx.captures.is_empty() {
        return Outcome::Silent;
    }
    let mut said = false;
    for act in questions(set, case.call) {
        let Some(judged) = judge.act(set, case.call, &act) else { continue };
        if judged.needs != judged.undetermined {
            return Outcome::Fails(format!("needs are named exactly if it is determined\n{judged:?}"));
        }
        let Some(completions) = completions(&set.tree, case.call, &act) else { continue };
        let each: Option<Vec<Judged>> = completions.iter().map(|call| judge.act(set, call, &act)).collect();
        let Some(each) = each else { continue };
        said = true;
        if let Some(why) = differs(&judged, &each, set) {
            return Outcome::Fails(format!("{act:?}: {why}\n{judged:?}\n{each:?}"));
        }
    }
    if said { Outcome::Holds } else { Outcome::Silent }
}

fn differs(judged: &Judged, each: &[Judged], set: &onrecord::compile::PolicySet) -> Option<String> {
    let mut deeds = judged.deeds.clone();
    for deed in each.iter().flat_map(|one| &one.deeds) {
        if !deeds.contains(deed) {
            deeds.push(deed.clone());
        }
    }
    if deeds.len() > MOST {
        return None;
    }
    let sets = (0..1_usize << deeds.len()).map(|row| done(&deeds, row));
    sets.into_iter().find_map(|done| {
        let all = each.iter().all(|one| one.is_lawful_after(&done, set));
        let whole = judged.is_lawful_after(&done, set);
        (all != whole).then(|| format!("after {done:?} it is {whole}, and {all} in all completions"))
    })
}

/// Every completion of a call, each stated as a call.
fn completions(tree: &Tree, call: &Call, act: &onrecord::tree::Act) -> Option<Vec<Call>> {
    let case = reference::Case { tree, ctx: &call.ctx, options: &call.options, at: call.at, defect: None };
    let mut scene = Scene::new(&case, act, call.at, false);
    let reads = reads(&scene).ok()?;
    for (_, statement, term) in &reads.statements {
        Rc::make_mut(&mut scene.terms).push((*statement, term.clone()));
    }
    let unknowns: Vec<Unknown> =
        unknowns(&scene, &reads).ok()?.into_iter().filter(|unknown| unknown.settings.len() > 1).collect();
    let total = unknowns.iter().try_fold(1_usize, |total, unknown| total.checked_mul(unknown.settings.len()))?;
    if total > MOST_COMPLETIONS {
        return None;
    }
    let mut calls = vec![call.clone()];
    for unknown in &unknowns {
        let mut next = Vec::new();
        for call in &calls {
            for setting in &unknown.settings {
                next.push(stated(tree, call, setting, &scene)?);
            }
        }
        calls = next;
    }
    // Whatever nobody logged is stated now.
    for call in &mut calls {
        call.ctx.log_complete_to = call.ctx.log_complete_to.max(Some(call.at));
    }
    Some(calls)
}

fn known(tree: &Tree, fact: onrecord::tree::FactId, value: &Value) -> Known {
    let possible = match (value, &tree.facts[fact].kind) {
        (Value::Nothing, _) => Possible::Nothing,
        (Value::YesNo(yes), _) => Possible::YesNo(*yes),
        (Value::These(values), FactType::AnyOf(_)) => Possible::Exactly(values.clone()),
        (Value::These(values), _) => Possible::OneOf(values.clone()),
        (Value::Places(places), FactType::Place) => Possible::Place(places.clone()),
        (Value::Places(places), _) => Possible::Places(places.clone()),
        (Value::Years(years), _) => Possible::Years(*years, *years),
    };
    Known { possible, provenance: Provenance::Given, claims: Vec::new() }
}

/// A call with one thing more stated.
fn stated(tree: &Tree, call: &Call, setting: &Setting, scene: &Scene<'_>) -> Option<Call> {
    let mut call = call.clone();
    let ctx = &mut call.ctx;
    match setting {
        // A country alone is a place that is not known any closer: it cannot be stated.
        Setting::Fact(_, Value::Places(places)) | Setting::Person(_, _, Value::Places(places))
            if places.iter().any(|place| !place.code().contains('-')) =>
        {
            return None;
        }
        Setting::Fact(fact, value) => drop(ctx.facts.insert(*fact, known(tree, *fact, value))),
        Setting::Person(person, fact, value) => {
            ctx.parties.get_mut(*person)?.facts.insert(*fact, known(tree, *fact, value));
        }
        Setting::Judgment(judgment, yes) => drop(ctx.judgments.insert(*judgment, Some(*yes))),
        Setting::Intended(purposes) => ctx.intended = Some(purposes.clone()),
        Setting::Promised(purposes) => ctx.promised = Some(purposes.clone()),
        Setting::Categories(categories) => ctx.categories = Some(categories.clone()),
        Setting::Unlogged(person, said) => {
            for index in said {
                let (statement, term) = scene.terms.get(*index)?.clone();
                let kind = SayingKind::Against(statement);
                ctx.parties.get_mut(*person)?.said.push(Saying { term, at: call.at, kind });
            }
        }
        Setting::Phase(phase, on) => {
            if *on {
                ctx.phases.push((*phase, Interval { from: Some(call.at), until: None }));
            }
        }
        Setting::Reading(_, reading) => {
            if call.options.bundle.is_some() {
                return None;
            }
            call.options.readings = vec![*reading];
        }
        Setting::Strangers(_) | Setting::Event(..) => return None,
    }
    Some(call)
}
