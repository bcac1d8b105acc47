//! Deciding is total and safe: whatever the policy and the call, there is one decision, nothing is cleared while a fact that matters is
//! missing, and knowing less never loosens.

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use onrecord::check::check;
use onrecord::compile::{PolicySet, compile};
use onrecord::context::{Context, Instant};
use onrecord::decision::{ActDecision, Decision, KeepNow, Verdict};
use onrecord::diagnostic::Diagnostic;
use onrecord::evaluate::{Options, evaluate};
use onrecord::resolve::resolve;
use onrecord::source::{FileId, Source};
use onrecord::syntax::{Parsed, parse};
use onrecord::wire::{self, Limits};

use crate::call;

/// A few words, on which the drawn policies are built.
const WORDS: &str = include_str!("../../tests/wire/words.onr");

static READ_WORDS: LazyLock<Parsed> = LazyLock::new(|| parse(&Source::new(FileId(0), "words.onr", WORDS)));

/// Every policy that is shipped.
static SHIPPED: LazyLock<Arc<PolicySet>> = LazyLock::new(|| {
    let mut files = Vec::new();
    collect(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../policies")), &mut files);
    files.sort();
    let sources = (0..).zip(&files).map(|(id, (path, text))| Source::new(FileId(id), path, text));
    let parsed: Vec<Parsed> = sources.map(|source| parse(&source)).collect();
    compiled(&parsed).expect("the shipped policies have no errors")
});

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of policies") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "onr") {
            files.push((path.to_string_lossy().into_owned(), fs::read_to_string(&path).expect("a policy")));
        }
    }
}

/// A policy, if it has no errors.
fn compiled<'p>(parsed: impl IntoIterator<Item = &'p Parsed> + Clone) -> Option<Arc<PolicySet>> {
    let sources = parsed.clone().into_iter().map(|parsed| parsed.source.clone()).collect();
    let checked = check(resolve(parsed), None);
    let valid = !checked.diagnostics.iter().any(Diagnostic::is_error);
    valid.then(|| compile(checked.tree, sources))
}

/// What must hold of every input. One that begins with `{` is the JSON form of a call, one that begins with `@` draws a call, both
/// against the shipped policies; any other is a policy up to the first NUL, on a few words of its own, and then a call.
pub fn holds(bytes: &[u8]) {
    match bytes {
        [b'{', ..] => std::str::from_utf8(bytes).map_or((), said_in_json),
        [b'@', rest @ ..] => drawn(&SHIPPED, rest),
        _ => {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            let Ok(text) = std::str::from_utf8(&bytes[..end]) else { return };
            let parsed = parse(&Source::new(FileId(1), "fuzz.onr", text));
            if let Some(set) = compiled([&*READ_WORDS, &parsed]) {
                drawn(&set, bytes.get(end + 1..).unwrap_or_default());
            }
        }
    }
}

/// A call in its JSON form is refused with reasons, or decided; its canonical form is the same call.
fn said_in_json(text: &str) {
    match wire::read_context(text, &SHIPPED.tree, &Limits::default()) {
        Err(errors) => assert!(!errors.is_empty(), "refused without a reason"),
        Ok((ctx, at)) => {
            let canonical = wire::context_json(&ctx, at, &SHIPPED.tree);
            let again = wire::read_context(&canonical, &SHIPPED.tree, &Limits::default());
            let (again, same) = again.unwrap_or_else(|errors| panic!("{errors:#?} in {canonical}"));
            assert_eq!(wire::context_json(&again, same, &SHIPPED.tree), canonical, "the canonical form of a call");
            safe(&SHIPPED, &ctx, at, text.len());
        }
    }
}

fn drawn(set: &Arc<PolicySet>, bytes: &[u8]) {
    if let Ok((ctx, at)) = call::draw(set, bytes) {
        safe(set, &ctx, at, bytes.iter().map(|byte| usize::from(*byte)).sum());
    }
}

/// What must hold of a policy and a call; `which` chooses what is forgotten.
fn safe(set: &Arc<PolicySet>, ctx: &Context, at: Instant, which: usize) {
    let options = Options { coverage: !which.is_multiple_of(3), ..Options::default() };
    let decision = evaluate(set, ctx, &options, at);
    honest(&decision);
    let written = wire::decision_json(&decision, ctx);
    assert!(serde_json::from_str::<serde_json::Value>(&written).is_ok(), "a decision is written as JSON");
    let again = wire::decision_json(&evaluate(set, &reversed(ctx), &options, at), ctx);
    assert_eq!(again, written, "the order in which things are told means nothing");
    let (less, what) = forgotten(ctx, which);
    let without = evaluate(set, &less, &options, at);
    honest(&without);
    for (full, less) in decision.acts.iter().chain(&decision.uses).zip(without.acts.iter().chain(&without.uses)) {
        never_looser(full, less, &what);
    }
}

/// No decision clears what it does not know to be lawful, and nothing is erased on a guess.
fn honest(decision: &Decision) {
    for decided in decision.acts.iter().chain(&decision.uses) {
        if decided.verdict == Verdict::Cleared && decided.undetermined {
            assert!(decided.required, "cleared, and undetermined: {decided:#?}");
        }
        assert!(!decided.is_cleared() || decided.needs.list.is_empty() || decided.required, "{decided:#?}");
    }
    for kept in &decision.retention {
        assert!(!kept.undetermined || kept.now != KeepNow::Erase, "erased on a guess: {kept:#?}");
    }
}

fn never_looser(full: &ActDecision, less: &ActDecision, what: &str) {
    assert!(less.verdict >= full.verdict, "without {what} {:?} became {:?}", full.verdict, less.verdict);
    assert!(less.required || !full.required, "without {what} it is no longer required");
}

/// The same call, told in another order.
fn reversed(ctx: &Context) -> Context {
    let mut ctx = ctx.clone();
    for party in &mut ctx.parties {
        party.told.reverse();
        party.said.reverse();
    }
    ctx.phases.reverse();
    ctx.safeguards.reverse();
    ctx.events.reverse();
    ctx.done.reverse();
    ctx.holds.reverse();
    ctx
}

/// The same call with one thing less known, and what that is.
fn forgotten(ctx: &Context, which: usize) -> (Context, String) {
    let mut less = ctx.clone();
    let party = which / 8 % ctx.parties.len().max(1);
    let nth = |len: usize| which / 64 % len.max(1);
    let what = match which % 8 {
        0 => {
            less.intended = None;
            "the intended purposes".to_owned()
        }
        1 => {
            less.promised = None;
            "the promised purposes".to_owned()
        }
        2 => {
            less.categories = None;
            "the categories".to_owned()
        }
        3 => {
            less.parties_complete = false;
            "that nobody else is there".to_owned()
        }
        4 => {
            less.log_complete_to = None;
            "that the log is complete".to_owned()
        }
        5 => {
            let judgment = ctx.judgments.keys().nth(nth(ctx.judgments.len())).copied();
            judgment.map(|judgment| less.judgments.remove(&judgment));
            format!("{judgment:?}")
        }
        6 => {
            let fact = ctx.facts.keys().nth(nth(ctx.facts.len())).copied();
            fact.map(|fact| less.facts.remove(&fact));
            format!("{fact:?}")
        }
        _ => {
            let facts = less.parties.get_mut(party).map(|party| &mut party.facts);
            let fact = facts.and_then(|facts| {
                let fact = facts.keys().nth(nth(facts.len())).copied();
                fact.and_then(|fact| facts.remove_entry(&fact))
            });
            format!("{fact:?} of p{party}")
        }
    };
    (less, what)
}
