//! The theorems of the language reference hold of the engine, and each is broken by a wrong behaviour put back.
//!
//! `ONRECORD_PAIRS=20000 cargo test -p onrecord-tests --test theorems -- --ignored --nocapture` says how many pairs each; without it, fewer.

use onrecord_tests::suite::{hold, pairs};
use onrecord_tests::theorem::{ALL, Judge};

#[test]
#[ignore = "the long run: minutes"]
fn every_theorem_holds_of_the_engine() {
    let mut failed = String::new();
    for theorem in ALL {
        match hold(pairs(50), |case| (theorem.property)(Judge::Engine, case)) {
            Ok(count) => println!("{}: {count:?}", theorem.name),
            Err(why) => failed += &format!("{} does not hold: {}\n{why}\n\n", theorem.name, theorem.says),
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
#[ignore = "the long run: minutes"]
fn every_theorem_is_broken_by_a_wrong_behaviour() {
    let mut missed = Vec::new();
    for theorem in ALL {
        let right = hold(20, |case| (theorem.property)(Judge::Reference(None), case));
        if let Err(why) = right {
            panic!("{} does not hold of the reference\n{why}", theorem.name);
        }
        match hold(3_000, |case| (theorem.property)(Judge::Reference(Some(theorem.broken_by)), case)) {
            Ok(count) => missed.push(format!("{} by {:?}: {count:?}", theorem.name, theorem.broken_by)),
            Err(_) => println!("{} is broken by {:?}", theorem.name, theorem.broken_by),
        }
    }
    assert!(missed.is_empty(), "not noticed: {missed:#?}");
}
