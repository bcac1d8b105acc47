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

#[test]
fn a_reader_who_has_gone_is_no_trouble() {
    use std::io::Read;
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .current_dir(crate::root())
        .args(["test", "policies", "--verbose"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn schemas_are_json_schemas() {
    for form in ["context", "decision"] {
        let ran = run(&["schema", form]);
        let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{form}");
    }
}

#[test]
fn colour_is_for_terminals_and_for_those_who_want_it() {
    let file = "tests/command/files/six-mistakes.onr";
    assert!(!run(&["check", file]).out.contains('\u{1b}'));
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.current_dir(crate::root()).args(["check", file]).env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR");
    assert!(String::from_utf8(command.output().unwrap().stdout).unwrap().contains('\u{1b}'));
    command.env("NO_COLOR", "1").env_remove("CLICOLOR_FORCE");
    assert!(!String::from_utf8(command.output().unwrap().stdout).unwrap().contains('\u{1b}'));
}
