//! Knowing less never loosens, and doing more never tightens.

use onrecord::context::{Possible, Saying, SayingKind, Telling};
use onrecord::tree::{Act, ElementId, Level, Nature, Tree};

use super::judge::{Judge, questions};
use crate::generate::{Call, Tape};
use crate::reference::deed::Deed;
use crate::suite::{Case, Outcome};

/// Widening any fact's set, or dropping a fact (or an event together with its completeness), never loosens.
#[must_use]
pub fn widening_never_loosens(judge: Judge, case: &Case<'_>) -> Outcome {
    let mut tape = Tape::new(case.choices);
    let wider = widened(case.call, &mut tape);
    compare(judge, case, &wider, "knowing less loosens")
}

fn compare(judge: Judge, case: &Case<'_>, wider: &Call, why: &str) -> Outcome {
    let set = &case.compiled.set;
    let mut said = false;
    for act in questions(set, case.call) {
        let (Some(before), Some(after)) = (judge.act(set, case.call, &act), judge.act(set, wider, &act)) else {
            continue;
        };
        said = true;
        if let Some(done) = after.laxer_than(&before, set) {
            let shown = wider.show(&set.tree);
            return Outcome::Fails(format!(
                "{why}: {act:?} after {done:?}\nbefore {before:?}\nafter {after:?}\n{shown}"
            ));
        }
    }
    if said { Outcome::Holds } else { Outcome::Silent }
}

/// The call with one thing less known. What a bundle states, presumes or answers itself stays as it is.
fn widened(call: &Call, tape: &mut Tape<'_>) -> Call {
    let mut wider = call.clone();
    let ctx = &mut wider.ctx;
    let own = call.options.bundle.is_none();
    let party = tape.below(ctx.parties.len().max(1));
    match tape.below(14) {
        0 | 1 => {
            if let Some(party) = ctx.parties.get_mut(party) {
                let keys: Vec<_> = party.facts.keys().copied().collect();
                if !keys.is_empty() {
                    party.facts.remove(tape.pick(&keys));
                }
            }
        }
        2 if own => {
            let keys: Vec<_> = ctx.facts.keys().copied().collect();
            if !keys.is_empty() {
                ctx.facts.remove(tape.pick(&keys));
            }
        }
        3 if own => {
            let keys: Vec<_> = ctx.facts.keys().copied().collect();
            if let Some(known) = (!keys.is_empty()).then(|| tape.pick(&keys)).and_then(|key| ctx.facts.get_mut(key)) {
                known.possible = Possible::Anything;
            }
        }
        4 if own => ctx.judgments.clear(),
        5 => ctx.intended = None,
        6 => ctx.categories = None,
        7 | 8 => ctx.log_complete_to = None,
        9 => ctx.parties_complete = false,
        10..=12 => {
            if let Some(party) = ctx.parties.get_mut(party) {
                let against = party.said.iter().position(|said| matches!(said.kind, SayingKind::Against(_)));
                let last = party.said.len().checked_sub(1);
                if let Some(one) = against.or(last) {
                    party.said.remove(one);
                    ctx.log_complete_to = None;
                }
            }
        }
        _ => {
            if let Some(party) = ctx.parties.get_mut(party) {
                party.told.pop();
            }
            ctx.promised = None;
        }
    }
    wider
}

/// Doing one more thing never tightens that act's own verdict: safeguards that exclude each other, and what relying on an exception
/// costs, aside.
#[must_use]
pub fn doing_never_tightens(judge: Judge, case: &Case<'_>) -> Outcome {
    let set = &case.compiled.set;
    let logged = case.call.ctx.log_complete_to.is_some_and(|to| case.call.at <= to);
    if !logged || case.policy.text().contains("then ") {
        return Outcome::Silent;
    }
    let mut tape = Tape::new(case.choices);
    let mut more = case.call.clone();
    if !deed(&mut more, &set.tree, &mut tape) {
        return Outcome::Silent;
    }
    let mut said = false;
    for act in questions(set, case.call).into_iter().filter(|act| !act.not) {
        let (Some(before), Some(after)) = (judge.act(set, case.call, &act), judge.act(set, &more, &act)) else {
            continue;
        };
        said = true;
        if let Some(done) = before.laxer_than(&after, set) {
            let shown = more.show(&set.tree);
            return Outcome::Fails(format!(
                "doing more tightens {act:?} after {done:?}\n{before:?}\n{after:?}\n{shown}"
            ));
        }
    }
    if said { Outcome::Holds } else { Outcome::Silent }
}

/// Does one more thing in a call, as well as it can be done; whether there was something to do.
fn deed(call: &mut Call, tree: &Tree, tape: &mut Tape<'_>) -> bool {
    let at = call.at;
    let person = tape.below(call.ctx.parties.len().max(1));
    let Some(party) = call.ctx.parties.get_mut(person) else { return false };
    let human = tree.roles[party.role].nature == Nature::Human;
    let refused = party.said.iter().any(|said| matches!(said.kind, SayingKind::Against(_)));
    if human && !refused && tape.chance(40) {
        let term = crate::generate::call::act(tree, "recording");
        party.said.push(grant(term, at, None, None, true));
        return true;
    }
    let elements: Vec<ElementId> = tree.elements.ids().collect();
    party.told.push(Telling {
        elements: elements.into_iter().collect(),
        from: at,
        to: Some(at),
        means: tree.means.id("spoken-word"),
        language: party.languages.first().cloned(),
        on_recording: Some(true),
        notice: None,
    });
    true
}

fn grant(
    term: Act,
    at: onrecord::context::Instant,
    manner: Option<onrecord::tree::MannerId>,
    form: Option<onrecord::tree::NoticeId>,
    separately: bool,
) -> Saying {
    let kind = SayingKind::Gave {
        level: Level::Explicit,
        manner,
        form,
        separately,
        on_recording: Some(true),
        lasting_the_call: false,
        expires: None,
    };
    Saying { term, at, kind }
}

/// Does a deed in a call at the judged instant; whether a call can hold it.
pub fn perform(call: &mut Call, deed: &Deed) -> bool {
    let at = call.at;
    match deed {
        Deed::Tell { throughout: true, .. } => false,
        Deed::Tell { person, element, means, on_recording, their_language, .. } => {
            let Some(party) = call.ctx.parties.get_mut(*person) else { return false };
            // Who tells a person in their language learns which it is, and with that whether what was told before was in it.
            if *their_language && party.languages.is_empty() {
                if !party.told.is_empty() {
                    return false;
                }
                party.languages.push("en".to_owned());
            }
            party.told.push(Telling {
                elements: [*element].into_iter().collect(),
                from: at,
                to: Some(at),
                means: *means,
                language: party.languages.first().cloned(),
                on_recording: on_recording.then_some(true),
                notice: None,
            });
            true
        }
        Deed::Ask { person, level, term, manner, form, separately, on_recording } => {
            let Some(party) = call.ctx.parties.get_mut(*person) else { return false };
            let mut saying = grant(term.clone(), at, *manner, *form, *separately);
            if let SayingKind::Gave { level: given, on_recording: recorded, .. } = &mut saying.kind {
                *given = *level;
                *recorded = on_recording.then_some(true);
            }
            party.said.push(saying);
            true
        }
        Deed::Arrange(safeguard) => {
            let when = onrecord::context::Interval { from: Some(at), until: None };
            call.ctx.safeguards.push((*safeguard, when));
            true
        }
    }
}

/// Taking a coverage claim away never loosens; and with no claim at all, no guarded act is cleared where nothing else would do.
#[must_use]
pub fn a_claim_withdrawn_never_loosens(judge: Judge, case: &Case<'_>) -> Outcome {
    let mut bare = case.policy.clone();
    bare.coverage.clear();
    bare.bundle = None;
    let mut call = case.call.clone();
    call.options.bundle = None;
    call.options.coverage = true;
    let Ok(compiled) = bare.compile() else { return Outcome::Silent };
    let tree = &compiled.set.tree;
    let act = crate::generate::call::act(tree, "recording");
    let Some(judged) = judge.act(&compiled.set, &call, &act) else { return Outcome::Silent };
    let somewhere = call.ctx.parties.iter().any(|party| {
        let location = tree.known.location.and_then(|location| party.facts.get(&location));
        let here = party.on_line.contains(call.at) && tree.roles[party.role].nature == Nature::Human;
        here && location.is_none_or(|known| known.possible != Possible::Nothing)
    });
    if somewhere && judged.lawful.iter().any(|lawful| *lawful) {
        return Outcome::Fails(format!("{judged:?}"));
    }
    if somewhere { Outcome::Holds } else { Outcome::Silent }
}
