//! `check`: every mistake, in every form.

use crate::{run, seen};

const SIX: &str = "tests/command/files/six-mistakes.onr";
/// A day on which no review is due.
const TODAY: &str = "2026-11-26";

#[test]
fn six_different_mistakes_are_all_reported_each_at_its_place_with_help() {
    let ran = run(&["check", SIX, "--format", "short", "--today", TODAY]);
    assert_eq!(ran.code, 1);
    let lines =
        [("29", "2026-13-40"), ("34", "“"), ("36", "recordign"), ("38", "yeers"), ("41", "HOUS"), ("46", "text")];
    for (line, what) in lines {
        assert!(ran.out.contains(&format!("{SIX}:{line}:")), "nothing on line {line} ({what}):\n{}", ran.out);
    }
    insta::assert_snapshot!("six_mistakes", seen(&["check", SIX, "--today", TODAY]));
}

#[test]
fn one_line_a_finding() {
    insta::assert_snapshot!("six_mistakes_short", seen(&["check", SIX, "--format", "short", "--today", TODAY]));
}

#[test]
fn github_marks_findings_in_a_pull_request() {
    insta::assert_snapshot!("six_mistakes_github", seen(&["check", SIX, "--format", "github", "--today", TODAY]));
}

#[test]
fn json_and_sarif_hold_every_finding() {
    let json: serde_json::Value = serde_json::from_str(&run(&["check", SIX, "--format", "json"]).out).unwrap();
    let sarif: serde_json::Value = serde_json::from_str(&run(&["check", SIX, "--format", "sarif"]).out).unwrap();
    let findings = json["findings"].as_array().unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(findings.len() >= 6);
    assert_eq!(findings.len(), results.len());
    for (finding, result) in findings.iter().zip(results) {
        assert_eq!(finding["code"], result["ruleId"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(finding["place"]["start"]["line"], region["startLine"]);
        assert_eq!(finding["place"]["start"]["column"], region["startColumn"]);
    }
}

#[test]
fn a_code_is_explained() {
    insta::assert_snapshot!("why", seen(&["check", "--why", "ONR0201"]));
    insta::assert_snapshot!("why_unknown", seen(&["check", "--why", "ONR021"]));
}

#[test]
fn the_shipped_policies_are_in_order() {
    let ran = run(&["check", "policies", "--today", TODAY]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
}
