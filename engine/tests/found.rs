//! What the comparison with the second evaluator found wrong in the engine, each as a small policy with scenarios that pass.

use std::sync::Arc;

use onrecord::source::{FileId, Source};
use onrecord::{compile, resolve, syntax, test};

const WORDS: &str = r#"
act recording "Recording" { means "x" group capture makes recording }
act use "Use" { means "x" group use }
artefact recording "Recording" { means "x" }
role party "Party" { means "x" side neither human }
role customer "Customer" { means "x" under party side theirs human }
role agent "Agent" { means "x" under party side ours human }
role ai-agent "AI agent" { means "x" side ours machine }
fact location "Where" { means "x" of each party reads is in a place }
element recorded "Recorded" { means "x" }
phase card-entry "Card entry" { means "x" starts within 30 seconds }
safeguard masked "Masked" { means "x" arranged in the call }
judgment one "One" { means "x" asks "x?" }
source LAW "A law" { level legislation kind civil cite "Law" checked 2026-11-23 recheck by 2027-05-23 }
"#;

/// What was found, the policy, and its scenarios.
const FOUND: &[(&str, &str)] = &[
    (
        "a rule about machines speaks",
        r#"
rule R under LAW { cite "1" prohibit recording of every ai-agent }
scenario "s" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  customer { is in DE }
  ai-agent { is in DE }
  expect at 10:00:01 recording prohibited
}"#,
    ),
    (
        "a rule about a person who is not named speaks",
        r#"
rule R under LAW { cite "1" prohibit recording of every agent }
scenario "s" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  given parties not complete
  customer { is in DE }
  expect at 10:00:01 recording prohibited
  expect at 10:00:01 recording undetermined
}"#,
    ),
    (
        "a rule that tells persons apart speaks when nobody it could tell apart is on the line",
        r#"
rule R under LAW { cite "1" prohibit recording unless that party was told recorded, before recording }
scenario "s" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  expect at 10:00:01 recording prohibited
}"#,
    ),
    (
        "a later, weaker consent does not take away an earlier one",
        r#"
rule R under LAW { cite "1" prohibit recording unless every customer gave at least explicit consent to recording, before recording }
scenario "s" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  customer {
    is in DE
    gave explicit consent to recording at 10:00:01
    gave expressed consent to recording at 10:00:02
  }
  expect at 10:00:03 recording cleared
}"#,
    ),
    (
        "a refusal is not undone by an objection",
        r#"
rule R under LAW { cite "1" prohibit recording if any customer refused recording }
scenario "s" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  customer {
    is in DE
    refused recording at 10:00:01
    objected to recording at 10:00:02
  }
  expect at 10:00:03 recording prohibited
}"#,
    ),
    (
        "what an exception costs the act itself is part of its way",
        r#"
rule R under LAW {
  cite "1"
  prohibit recording
  except e { cite "2" allow recording then prohibit recording unless masked is in place }
}
scenario "s" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  customer { is in DE }
  expect at 10:00:01 recording conditional
  expect at 10:00:01 arrange masked
}"#,
    ),
    (
        "something said before the start of a phase is not said at its start",
        r#"
rule R under LAW { cite "1" prohibit recording unless every customer was told recorded, at the start of card-entry }
scenario "s" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  given card-entry from 10:01:00
  customer {
    is in DE
    told recorded from 10:00:50 to 10:00:55
  }
  expect at 10:01:05 recording conditional
  expect at 10:01:31 recording prohibited
}"#,
    ),
    (
        "a claim for a country alone covers no subdivision of it",
        r#"
covers US for recording from 2026-01-01
covers FR and its subdivisions for recording from 2026-01-01
rule R under LAW { cite "1" prohibit recording if judged one }
bundle house "House" { includes every source guards recording }
scenario "the country alone" of bundle house {
  given judged one no
  given call from 2026-03-02T10:00:00+00:00
  customer { is in US }
  expect at 10:00:01 recording prohibited
}
scenario "with its subdivisions" of bundle house {
  given judged one no
  given call from 2026-03-02T10:00:00+00:00
  customer { is in FR }
  expect at 10:00:01 recording cleared
}"#,
    ),
    (
        "an unknown place of the company counts against coverage",
        r#"
fact establishment "Seat" { means "x" of company reads is established in places }
covers FR and its subdivisions for recording from 2026-01-01
rule R under LAW { cite "1" prohibit recording if judged one }
bundle house "House" { includes every source guards recording }
scenario "not known" of bundle house {
  given judged one no
  given call from 2026-03-02T10:00:00+00:00
  customer { is in FR }
  expect at 10:00:01 recording prohibited
}
scenario "known" of bundle house {
  given judged one no
  given company is established in FR
  given call from 2026-03-02T10:00:00+00:00
  customer { is in FR }
  expect at 10:00:01 recording cleared
}"#,
    ),
    (
        "consent lasting the call ends with it",
        r#"
rule R under LAW { cite "1" prohibit use unless every customer gave at least expressed consent to use }
scenario "s" of LAW {
  given call from 2026-03-02T10:00:00+00:00 until 2026-03-02T10:10:00+00:00
  customer {
    is in DE
    gave expressed consent to use at 10:00:01, lasting the call
  }
  expect at 10:00:02 use cleared
  expect at 10:20:00 use conditional
}"#,
    ),
    (
        "a verdict on which all completions agree is determined",
        r#"
rule R under LAW { cite "1" prohibit recording if judged one }
rule S under LAW { cite "2" prohibit recording unless judged one }
scenario "s" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  customer { is in DE }
  expect at 10:00:01 recording prohibited
  expect at 10:00:01 recording determined
}"#,
    ),
];

#[test]
fn what_the_comparison_found_stays_right() {
    let mut wrong = String::new();
    for (what, policy) in FOUND {
        let source = Source::new(FileId(0), "policy.onr", &format!("{WORDS}{policy}"));
        let resolved = resolve::resolve(&[syntax::parse(&source)]);
        for diagnostic in &resolved.diagnostics {
            wrong += &format!("{what}: {}\n", diagnostic.message);
        }
        let report = test::run(&compile::compile(Arc::new(resolved.tree), vec![source]));
        if report.scenarios.is_empty() {
            wrong += &format!("{what}: no scenario\n");
        }
        for failure in report.scenarios.iter().flat_map(|scenario| &scenario.failures) {
            wrong += &format!("{what}: {:?}\n", failure.found);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
