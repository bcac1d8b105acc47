//! How long a decision takes, side by side with the same task written by hand. Prints ratios; gates nothing.
//!
//! `cargo bench -p onrecord --bench decide`

#![allow(clippy::disallowed_methods, reason = "a bench measures time")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a bench")]

mod by_hand;
mod calls;
mod policy;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use by_hand::{Answer, Tell};
use calls::Facts;
use onrecord::compile::{PolicySet, compile};
use onrecord::context::Context;
use onrecord::decision::{ActionWhat, Decision, Verdict};
use onrecord::evaluate::{Options, evaluate};
use onrecord::resolve::resolve;
use onrecord::source::{FileId, Source};
use onrecord::syntax::parse;

const CALLS: usize = 10_000;

fn main() {
    let facts = calls::facts(CALLS);
    let small = load(0);
    agree(&small, &facts);
    if std::env::args().any(|argument| argument == "--profile") {
        return profile(&small, &facts);
    }
    let by_hand = time(&facts, |call| {
        black_box(by_hand::decide(black_box(call)));
    });
    println!("{:<34} {:>9} {:>8} {:>12}", "", "ns a call", "ratio", "allocations");
    row("written by hand", by_hand, by_hand, 0.0);
    for copies in [0, 9, 99] {
        let set = load(copies);
        let rules = set.tree.rules.len();
        let contexts: Vec<Context> = facts.iter().map(|call| calls::context(&set, call)).collect();
        let options = Options::default();
        let run = |context: &Context| {
            black_box(evaluate(&set, black_box(context), &options, calls::at()));
        };
        let allocations =
            allocation_counter::measure(|| contexts.iter().for_each(run)).count_total as f64 / CALLS as f64;
        row(&format!("prebuilt call, {rules} rules"), time(&contexts, run), by_hand, allocations);
    }
}

/// The same decisions again and again, for a profiler.
fn profile(set: &Arc<PolicySet>, facts: &[Facts]) {
    let contexts: Vec<Context> = facts.iter().map(|call| calls::context(set, call)).collect();
    for _ in 0..20 {
        for context in &contexts {
            black_box(evaluate(set, black_box(context), &Options::default(), calls::at()));
        }
    }
}

fn row(what: &str, nanoseconds: f64, by_hand: f64, allocations: f64) {
    println!("{what:<34} {nanoseconds:>9.0} {:>7.0}x {allocations:>12.1}", nanoseconds / by_hand);
}

/// Nanoseconds a call, over all calls, a few at a time: of each few the best of several rounds, which other work on the machine
/// disturbs least.
fn time<T>(calls: &[T], run: impl Fn(&T)) -> f64 {
    let few = |few: &[T]| {
        let round = || {
            let start = Instant::now();
            few.iter().for_each(&run);
            start.elapsed().as_nanos() as f64
        };
        (0..9).map(|_| round()).fold(f64::INFINITY, f64::min)
    };
    calls.chunks(25).map(few).sum::<f64>() / calls.len() as f64
}

fn load(copies: usize) -> Arc<PolicySet> {
    let texts = policy::texts(copies);
    let sources: Vec<Source> =
        (0..).zip(&texts).map(|(id, text)| Source::new(FileId(id), &format!("task-{id}.onr"), text)).collect();
    let resolved = resolve(&sources.iter().map(parse).collect::<Vec<_>>());
    let errors: Vec<_> = resolved.diagnostics.iter().filter(|one| one.is_error()).map(|one| &one.message).collect();
    assert!(errors.is_empty(), "{errors:?}");
    compile(Arc::new(resolved.tree), sources)
}

/// The engine gives the answers of the function written by hand, for every call.
fn agree(set: &Arc<PolicySet>, facts: &[Facts]) {
    for call in facts {
        let context = calls::context(set, call);
        let decision = evaluate(set, &context, &Options::default(), calls::at());
        assert_eq!(answer(&decision), by_hand::decide(call));
    }
}

fn answer(decision: &Decision) -> Answer {
    let recording = &decision.acts[0];
    let training = &decision.uses[0];
    let persons = |way: &Vec<usize>| -> Vec<Option<usize>> {
        let told = |action: &usize| match decision.actions[*action].what {
            ActionWhat::Tell { person, .. } | ActionWhat::Ask { person, .. } => Some(person),
            ActionWhat::Arrange(_) => None,
        };
        way.iter().map(told).collect()
    };
    let ways: Vec<_> = recording.ways.list.iter().map(persons).collect();
    let tell = match (recording.verdict, ways.as_slice()) {
        (Verdict::Cleared, _) => Tell::Nobody,
        _ if ways.iter().all(|way| way.contains(&None)) => Tell::MaskFirst,
        (_, ways) if ways.contains(&vec![Some(0)]) && ways.contains(&vec![Some(1)]) => Tell::OneOfThem,
        (_, ways) if ways.contains(&vec![Some(0)]) => Tell::Agent,
        (_, ways) if ways.contains(&vec![Some(1)]) => Tell::Customer,
        _ => Tell::Both,
    };
    let training = match training.verdict {
        Verdict::Prohibited => None,
        verdict => Some(verdict != Verdict::Cleared),
    };
    Answer { recording: Some(tell), training }
}
