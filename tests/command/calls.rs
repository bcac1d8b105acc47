//! The calls of `tests/calls/`: each with its page, read and found right; and what must never be cleared.

use crate::{root, run, run_in, seen, without_lines};

/// Every call's page. What the law says of each call is said in its comment below.
#[test]
fn every_call_has_its_page() {
    let mut calls: Vec<String> = std::fs::read_dir(root().join("tests/calls"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    calls.sort();
    assert!(calls.len() >= 14, "only {} calls", calls.len());
    for call in calls {
        let file = format!("tests/calls/{call}.json");
        insta::assert_snapshot!(format!("call_{call}"), without_lines(&seen(&["decide", "policies", "--call", &file])));
    }
}

/// The verdict on an act, and whether it is determined.
fn verdict(call: &str, act: &str) -> (String, bool) {
    let file = format!("tests/calls/{call}.json");
    let ran = run(&["decide", "policies", "--call", &file, "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let decision: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let decided = &decision["acts"][act];
    let verdict = decided["verdict"].as_str().unwrap_or_else(|| panic!("{call}: no {act} in {decision:#}"));
    (verdict.to_owned(), decided["undetermined"].as_bool().unwrap_or(false))
}

#[test]
fn the_announcement_makes_the_difference() {
    assert_eq!(verdict("california-mobile", "recording"), ("conditional".to_owned(), false));
    assert_eq!(verdict("california-mobile-announced", "recording"), ("cleared".to_owned(), false));
}

#[test]
fn what_is_missing_or_ambiguous_is_never_cleared() {
    for call in ["location-not-known", "california-or-nevada", "area-code-of-two-states", "log-not-complete"] {
        let (found, undetermined) = verdict(call, "recording");
        assert_ne!(found, "cleared", "{call}");
        assert!(undetermined, "{call}: {found}");
        let file = format!("tests/calls/{call}.json");
        assert_eq!(run(&["decide", "policies", "--call", &file, "--require-cleared"]).code, 3, "{call}");
    }
    let cleared =
        run(&["decide", "policies", "--call", "tests/calls/california-mobile-announced.json", "--require-cleared"]);
    assert_eq!(cleared.code, 0);
}

/// Each call's law in a line, and what it comes to.
#[test]
fn the_verdicts_are_those_of_the_law() {
    let expected = [
        // Cal. Penal Code § 632.7: all parties; the announcement can still be given. In Spanish, for a caller who understands it.
        ("california-mobile-spanish", "recording", "conditional"),
        // § 201 StGB, GDPR Art. 6: an express yes, by key press, before recording.
        ("berlin-pressed-1", "recording", "cleared"),
        // MiFID II Art. 16(7) demands the recording; § 632.7 forbids it after a refusal.
        ("brokerage-order-refused", "recording", "prohibited"),
        // PCI DSS 3.3.1: no recording while the code is entered unmasked.
        ("card-payment", "recording", "prohibited"),
        // § 632.7 and RCW 9.73.030: somebody who joins later was not told.
        ("late-joiner", "recording", "prohibited"),
        // 18 Pa.C.S. § 5704(4): the account holder's consent is not the consent of the spouse who answers.
        ("spouse-answers", "recording", "conditional"),
        // A machine says that it is one; the recording rests on the caller's own yes.
        ("ai-agent", "recording", "cleared"),
        ("ai-agent", "speaking-through-ai", "conditional"),
        // Conn. Gen. Stat. § 52-570d(a)(3): the tone throughout is one of the three methods.
        ("connecticut-tone", "recording", "cleared"),
        // AI Act Art. 5(1)(f): no consent cures it at work.
        ("employee-emotion", "inferring-emotion", "prohibited"),
        // RCW 9.73.030(3): an announcement counts only if it is itself recorded.
        ("washington-announcement-not-recorded", "recording", "prohibited"),
        // Texas is content with the agent's consent; the house honours a refusal.
        ("texas-refusal", "recording", "prohibited"),
        // Nobody has reviewed Guam.
        ("place-not-reviewed", "recording", "prohibited"),
    ];
    for (call, act, wanted) in expected {
        assert_eq!(verdict(call, act).0, wanted, "{call}");
    }
}

#[test]
fn a_call_comes_from_the_standard_input_too_and_at_another_instant() {
    let call = std::fs::read(root().join("tests/calls/california-mobile-announced.json")).unwrap();
    let arguments = ["decide", "policies", "--call", "-", "--at", "2026-11-24T10:00:01-08:00"];
    let ran = run_in(&root(), &arguments, &call);
    assert!(ran.out.contains("judged at 2026-11-24 10:00:01 -08:00"), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("RECORDING: conditional"), "{}", ran.out);
}

#[test]
fn the_impasse_is_explained_with_both_citations_and_the_closure() {
    let ran = seen(&["explain", "policies", "--call", "tests/calls/brokerage-order-refused.json", "recording"]);
    for part in ["Cal. Penal Code § 632.7(a)", "Directive 2014/65/EU Art. 16(7)", "decline the call", "acme.onr"] {
        assert!(ran.contains(part), "no {part:?} in\n{ran}");
    }
    insta::assert_snapshot!("explain_brokerage", without_lines(&ran));
}

#[test]
fn a_call_that_makes_no_sense_is_refused_at_every_place_with_a_remedy() {
    insta::assert_snapshot!(
        "wrong_call",
        seen(&["decide", "policies", "--call", "tests/command/files/wrong-call.json"])
    );
    insta::assert_snapshot!("not_json", seen(&["decide", "policies", "--call", "tests/command/files/not-json.json"]));
    let none = run(&["decide", "policies", "--call", "no-such.json"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("no file or folder no-such.json"), "{}", none.err);
    let bundle = run(&["decide", "policies", "--call", "tests/calls/ai-agent.json", "--bundle", "akme"]);
    assert_eq!(bundle.code, 2);
    assert!(bundle.err.contains("did you mean acme?"), "{}", bundle.err);
}
