//! The theorems of the language reference hold of the engine, and each is broken by a wrong behaviour put back.
//!
//! `ONRECORD_PAIRS=20000 cargo test -p onrecord-tests --test theorems -- --nocapture` says of how many pairs each; without it, fewer.

use onrecord_tests::suite::{Case, Outcome, hold, is_broken, pairs};
use onrecord_tests::theorem::{ALL, Judge};

#[test]
fn every_theorem_holds_of_the_engine() {
    let mut failed = String::new();
    let mut lines = format!("{:<26} {:>10} {:>10}\n", "theorem", "holds of", "silent of");
    for theorem in ALL {
        match hold(pairs(200), |case| (theorem.property)(Judge::Engine, case)) {
            Ok(count) => {
                lines += &format!("{:<26} {:>10} {:>10}\n", theorem.name, count.held, count.silent);
                assert!(count.held >= 200, "{} said something of {} pairs only", theorem.name, count.held);
            }
            Err(why) => failed += &format!("{} does not hold: {}\n{why}\n\n", theorem.name, theorem.says),
        }
    }
    println!("{lines}");
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn every_theorem_is_broken_by_a_wrong_behaviour() {
    let mut missed = Vec::new();
    for theorem in ALL {
        let right = |case: &Case<'_>| (theorem.property)(Judge::Reference(None), case);
        let wrong = |case: &Case<'_>| (theorem.property)(Judge::Reference(Some(theorem.broken_by)), case);
        // Only what holds without the wrong behaviour is broken by it.
        let broken = |case: &Case<'_>| match wrong(case) {
            Outcome::Fails(_) if matches!(right(case), Outcome::Fails(_)) => Outcome::Silent,
            outcome => outcome,
        };
        if is_broken(20_000, broken) {
            println!("{} is broken by {:?}", theorem.name, theorem.broken_by);
        } else {
            missed.push(format!("{} by {:?}", theorem.name, theorem.broken_by));
        }
    }
    assert!(missed.is_empty(), "not noticed: {missed:#?}");
}
