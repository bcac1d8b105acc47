//! How long a decision takes, side by side with the same task written by hand. Prints ratios; gates nothing.
//!
//! `cargo bench -p onrecord --bench decide` for decisions, with `-- --stages` behind it for loading, checking and formatting. The
//! allocations are counted by a bench of their own, since counting takes time.

#![allow(clippy::disallowed_methods, reason = "a bench measures time")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a bench")]

mod by_hand;
mod calls;
mod load;
mod policy;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use by_hand::{Answer, Tell};
use calls::Facts;
use load::{engine, load, sources};
use onrecord::check::check;
use onrecord::compile::{PolicySet, compile};
use onrecord::context::Context;
use onrecord::decision::{ActionWhat, Decision, Verdict};
use onrecord::evaluate::{Options, evaluate};
use onrecord::format::format;
use onrecord::resolve::resolve;
use onrecord::source::{FileId, Source};
use onrecord::syntax::parse;
use onrecord::wire::context_json;

const CALLS: usize = 10_000;

fn main() {
    let facts = calls::facts(CALLS);
    if std::env::args().any(|argument| argument == "--stages") {
        return stages();
    }
    let small = load(0);
    if std::env::args().any(|argument| argument == "--profile") {
        return profile(&small, &facts);
    }
    agree(&small, &facts);
    let by_hand = time(&facts, |call| {
        black_box(by_hand::decide(black_box(call)));
    });
    println!("{:<34} {:>9} {:>8}", "", "ns a call", "ratio");
    row("written by hand", by_hand, by_hand);
    let engine = engine(0);
    let texts: Vec<String> =
        facts.iter().map(|call| context_json(&calls::context(&small, call), calls::at(), &small.tree)).collect();
    let run = |text: &String| {
        black_box(engine.decide_json(black_box(text)).is_ok());
    };
    row("from JSON to JSON, 60 rules", time(&texts, run), by_hand);
    for copies in [0, 9, 99] {
        let set = load(copies);
        let rules = set.tree.rules.len();
        let contexts: Vec<Context> = facts.iter().map(|call| calls::context(&set, call)).collect();
        let options = Options::default();
        let run = |context: &Context| {
            black_box(evaluate(&set, black_box(context), &options, calls::at()));
        };
        row(&std::format!("prebuilt call, {rules} rules"), time(&contexts, run), by_hand);
    }
}

/// How long the stages take, for 555 rules in about 10,000 lines, for the formatter ten times as many, and to load 5,505 rules.
fn stages() {
    let sources = sources(9);
    let lines: usize = sources.iter().map(Source::line_count).sum();
    let parsed: Vec<_> = sources.iter().map(parse).collect();
    println!();
    println!("{:<34} {:>9}", std::format!("{lines} lines"), "ms");
    let reading = milliseconds("parse", || sources.iter().map(parse).collect::<Vec<_>>());
    let resolving = milliseconds("resolve", || resolve(&parsed));
    let resolved = resolve(&parsed);
    let checking = milliseconds("resolve and check", || check(resolve(&parsed), None)) - resolving;
    let tree = Arc::new(resolved.tree);
    let compiling = milliseconds("compile", || compile(Arc::clone(&tree), sources.clone()));
    println!("{:<34} {:>9.1}", "parse, resolve, check, compile", reading + resolving + checking + compiling);
    milliseconds("format", || parsed.iter().map(format).collect::<Vec<_>>());
    for times in [1, 4, 16] {
        let text = policy::texts(times).concat();
        let source = Source::new(FileId(0), "task.onr", &text);
        let parsed = parse(&source);
        milliseconds(&std::format!("format one file of {} KiB", text.len() / 1024), || format(&parsed));
    }
    milliseconds("load 5,505 rules", || load(99));
}

/// The best of a few rounds.
fn milliseconds<T>(what: &str, run: impl Fn() -> T) -> f64 {
    let round = || {
        let start = Instant::now();
        black_box(run());
        start.elapsed().as_secs_f64() * 1_000.0
    };
    let best = (0..7).map(|_| round()).fold(f64::INFINITY, f64::min);
    println!("{what:<34} {best:>9.1}");
    best
}

/// Each decision once, prebuilt and from JSON, for a profiler that counts instructions.
fn profile(set: &Arc<PolicySet>, facts: &[Facts]) {
    let contexts: Vec<Context> = facts.iter().map(|call| calls::context(set, call)).collect();
    for context in &contexts {
        black_box(evaluate(set, black_box(context), &Options::default(), calls::at()));
    }
    let engine = engine(0);
    let texts = contexts.iter().map(|context| context_json(context, calls::at(), &set.tree));
    texts.for_each(|text| {
        black_box(engine.decide_json(&text).is_ok());
    });
}

fn row(what: &str, nanoseconds: f64, by_hand: f64) {
    println!("{what:<34} {nanoseconds:>9.0} {:>7.0}x", nanoseconds / by_hand);
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
