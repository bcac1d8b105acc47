//! Running a property over drawn policies and calls: on every core, from fixed seeds, with the plainest failure in words.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestCaseError, TestError, TestRunner};

use crate::generate::{Call, Compiled, Policy};
use crate::reached::Reached;

/// How many calls are drawn for one policy.
pub const CALLS: usize = 20;

/// What a property says of a policy and one call.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It says nothing of this case.
    Silent,
    /// It does not hold, and why.
    Fails(String),
}

/// What was counted.
#[derive(Clone, Debug, Default)]
pub struct Count {
    /// Pairs of a policy and a call of which the property holds.
    pub held: usize,
    /// Pairs of which it says nothing.
    pub silent: usize,
    /// Policies that were drawn.
    pub policies: usize,
    /// Those in which `check` finds an error: they are left out.
    pub refused: usize,
    /// The same by the code of the finding: in how many of them it stands.
    pub refused_by: BTreeMap<String, usize>,
    /// The constructs that were reached.
    pub reached: Reached,
}

/// The number of pairs asked for, or `least`; `ONRECORD_PAIRS` sets it.
#[must_use]
pub fn pairs(least: usize) -> usize {
    std::env::var("ONRECORD_PAIRS").ok().and_then(|pairs| pairs.parse().ok()).unwrap_or(least)
}

fn seed() -> u64 {
    std::env::var("ONRECORD_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

fn tape(most: usize) -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), most / 2..most)
}

/// A policy's tapes: the frame, the rules, what they keep, what a theorem adds; and the calls', each with that of its dates.
type Drawn = (Vec<u16>, Vec<Vec<u16>>, Vec<Vec<u16>>, Vec<u16>, Vec<(Vec<u16>, Vec<u16>)>);

fn drawn() -> impl Strategy<Value = Drawn> {
    let rules = proptest::collection::vec(tape(80), 1..4);
    let keeps = proptest::collection::vec(tape(60), 0..4);
    (tape(80), rules, keeps, tape(80), proptest::collection::vec((tape(140), tape(40)), CALLS))
}

/// A policy, what the engine makes of it, a call, and choices for whatever else a property needs.
#[derive(Debug)]
pub struct Case<'a> {
    /// The policy as text.
    pub policy: &'a Policy,
    /// What the engine makes of it.
    pub compiled: &'a Compiled,
    /// The call.
    pub call: &'a Call,
    /// Choices.
    pub choices: &'a [u16],
}

/// Holds a property over at least so many pairs.
///
/// # Errors
/// The plainest case of which it does not hold.
pub fn hold(pairs: usize, property: impl Fn(&Case<'_>) -> Outcome + Sync) -> Result<Count, String> {
    run(pairs, 800, property)
}

/// Whether a property is broken by one of so many pairs. The first will do: it is not made plainer.
pub fn is_broken(pairs: usize, property: impl Fn(&Case<'_>) -> Outcome + Sync) -> bool {
    run(pairs, 0, property).is_err()
}

fn run(pairs: usize, shrinks: u32, property: impl Fn(&Case<'_>) -> Outcome + Sync) -> Result<Count, String> {
    // As many on every machine: what is drawn depends on it.
    let workers = 2;
    let count = Mutex::new(Count::default());
    let stop = AtomicBool::new(false);
    let results: Vec<Result<(), String>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|worker| {
                let (count, stop, property) = (&count, &stop, &property);
                let pairs = pairs.div_ceil(workers);
                scope.spawn(move || work(seed() * 1000 + worker as u64, pairs, shrinks, count, stop, property))
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err("a case panicked".to_owned()))).collect()
    });
    let failed = results.into_iter().find_map(Result::err);
    failed.map_or_else(|| Ok(count.lock().map(|count| count.clone()).unwrap_or_default()), Err)
}

/// One worker: batches of policies until its share of pairs was judged.
fn work(
    seed: u64,
    pairs: usize,
    shrinks: u32,
    count: &Mutex<Count>,
    stop: &AtomicBool,
    property: &(impl Fn(&Case<'_>) -> Outcome + Sync),
) -> Result<(), String> {
    let config = |batch: u64| Config {
        cases: 25,
        rng_seed: RngSeed::Fixed(seed * 1_000_000 + batch),
        rng_algorithm: RngAlgorithm::ChaCha,
        failure_persistence: None,
        max_shrink_iters: shrinks,
        max_shrink_time: 20_000,
        ..Config::default()
    };
    let mine = Mutex::new(Count::default());
    // A property that says nothing of most cases stops as well.
    let enough = || mine.lock().is_ok_and(|mine| mine.held >= pairs || mine.held + mine.silent >= pairs * 300);
    let mut batch = 0;
    let mut result = Ok(());
    while !enough() && result.is_ok() && !stop.load(Ordering::Relaxed) {
        batch += 1;
        result = TestRunner::new(config(batch)).run(&drawn(), |drawn| {
            let found = one(&drawn, property);
            add(&mine, &found.0);
            found.1.map_err(TestCaseError::fail)
        });
    }
    if let Ok(mine) = mine.lock() {
        add(count, &mine);
    }
    stop.fetch_or(result.is_err(), Ordering::Relaxed);
    result.map_err(|error| match error {
        TestError::Fail(why, _) => why.message().to_owned(),
        TestError::Abort(why) => why.message().to_owned(),
    })
}

fn add(to: &Mutex<Count>, found: &Count) {
    if let Ok(mut to) = to.lock() {
        to.held += found.held;
        to.silent += found.silent;
        to.reached.add(&found.reached);
        to.policies += found.policies;
        to.refused += found.refused;
        for (code, times) in &found.refused_by {
            *to.refused_by.entry(code.clone()).or_default() += times;
        }
    }
}

/// One policy with its calls.
fn one(drawn: &Drawn, property: impl Fn(&Case<'_>) -> Outcome) -> (Count, Result<(), String>) {
    let (frame, rules, keeps, choices, calls) = drawn;
    let mut policy = Policy::draw(frame, rules);
    keeps.iter().for_each(|tape| policy.keep(tape));
    let mut count = Count { policies: 1, ..Count::default() };
    let compiled = match policy.compile() {
        Ok(compiled) => compiled,
        Err(findings) => {
            count.refused = 1;
            let code = |finding: &String| finding.split(' ').next().unwrap_or_default().to_owned();
            count.refused_by = findings.iter().map(code).map(|code| (code, 1)).collect();
            return (count, Ok(()));
        }
    };
    count.reached.policy(&compiled.set.tree);
    for (tape, dates) in calls {
        let mut call = Call::draw(tape, &compiled.set.tree);
        call.keep(dates, &compiled.set.tree);
        count.reached.call(&call.ctx);
        match property(&Case { policy: &policy, compiled: &compiled, call: &call, choices }) {
            Outcome::Holds => count.held += 1,
            Outcome::Silent => count.silent += 1,
            Outcome::Fails(why) => {
                let shown = call.show(&compiled.set.tree);
                return (count, Err(format!("{}\n\n{shown}\n{why}", policy.text())));
            }
        }
    }
    (count, Ok(()))
}
