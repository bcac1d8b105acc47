//! The engine and the reference evaluator agree, on policies and calls that reach every construct of the language.
//!
//! `ONRECORD_PAIRS=200000 cargo test -p onrecord-tests --test differential -- --nocapture` says how many pairs; without it, fewer.

use std::sync::Mutex;

use onrecord_tests::differ::{Compared, compare};
use onrecord_tests::reached::{ALL, Reached};
use onrecord_tests::suite::{Outcome, hold, pairs};

#[test]
fn the_engine_and_the_reference_agree() {
    let decisions = Mutex::new(Reached::default());
    let found = hold(pairs(20_000), |case| match compare(&case.compiled.set, case.call) {
        Compared::Agree(decision) => {
            decisions.lock().unwrap().decision(&case.call.ctx, &decision);
            Outcome::Holds
        }
        Compared::TooLarge => Outcome::Silent,
        Compared::Differ(how) => Outcome::Fails(how.to_string()),
    });
    match found {
        Ok(mut count) => {
            count.reached.add(&decisions.lock().unwrap());
            let (held, silent, missing) = (count.held, count.silent, count.reached.missing());
            println!("{held} pairs of a policy and a call agree; {silent} had too many worlds to look at");
            println!("{} of {} constructs reached; not reached: {missing:?}", ALL.len() - missing.len(), ALL.len());
            println!("the rarest: {:?}", count.reached.rarest(12));
            let (refused, drawn) = (count.refused, count.policies);
            println!("{refused} of {drawn} policies are left out, since check refuses them: {:?}", count.refused_by);
            assert!(held >= pairs(20_000), "only {held} pairs could be compared");
            assert!(held < 20_000 || missing.is_empty(), "not reached: {missing:?}");
        }
        Err(why) => panic!("the engine and the reference differ\n{why}"),
    }
}
