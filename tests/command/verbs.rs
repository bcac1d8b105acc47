//! The other verbs, and how they end.

use crate::{run, seen};

#[test]
fn the_scenarios_of_the_shipped_policies_pass_and_reach_everything() {
    let ran = run(&["test", "policies", "--require-reached"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("every clause and exception is reached on both sides of its line"), "{}", ran.out);
}

#[test]
fn an_expectation_that_is_not_met_is_shown_at_its_place_with_what_was_found() {
    let ran = seen(&["test", "policies/vocabulary", "tests/command/files/failing.onr"]);
    insta::assert_snapshot!("failing_scenario", ran);
    let filtered = run(&["test", "policies/vocabulary", "tests/command/files/failing.onr", "--filter", "Told:"]);
    assert_eq!(filtered.code, 0, "{}", filtered.out);
    let json = run(&["test", "policies/vocabulary", "tests/command/files/failing.onr", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json.code, report["passed"].as_bool()), (1, Some(false)));
}

#[test]
fn a_scenario_is_decided_and_explained() {
    let files = ["policies/vocabulary", "tests/command/files/failing.onr"];
    let title = "Silence: the caller heard nothing";
    insta::assert_snapshot!("decide_scenario", seen(&["decide", files[0], files[1], "--scenario", title]));
    insta::assert_snapshot!("explain_scenario", seen(&["explain", files[0], files[1], "--scenario", title]));
    let near = run(&["explain", files[0], files[1], "--scenario", "Silence: the caler heard nothing"]);
    assert_eq!(near.code, 2);
    assert!(near.err.contains(title), "{}", near.err);
}

#[test]
fn a_broken_policy_decides_nothing() {
    let ran = run(&["test", "tests/command/files/six-mistakes.onr"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("recordign"), "{}", ran.err);
}
