//! Decisions that were once wrong, each as a small policy with scenarios that pass.

use std::sync::Arc;

use onrecord::context::Context;
use onrecord::decision::{ActionWhat, Decision, Impasse, OutcomeWhat, Verdict};
use onrecord::evaluate::{Options, evaluate};
use onrecord::source::{FileId, Source, Span};
use onrecord::test::TestReport;
use onrecord::tree::Act;
use onrecord::{compile, resolve, syntax, test};

const WORDS: &str = r#"
act recording "Recording" { means "x" dpv "dpv:Record" group capture makes recording }
act use "Use" { means "x" dpv "dpv:Use" group use }
act answering-access-request "Answering" { means "x" dpv parent "dpv:Disclose" group other }
artefact recording "Recording" { means "x" dpv parent "dpv:PersonalData" }
role party "Party" { means "x" dpv parent "dpv:DataSubject" side neither human }
role customer "Customer" { means "x" dpv "dpv:Customer" under party side theirs human }
role agent "Agent" { means "x" dpv "dpv:Employee" under party side ours human }
fact location "Where" { means "x" dpv parent "dpv:Location" of each party reads is in a place }
event access-requested "Asked" { means "x" }
event clarification-asked "Clarification asked" { means "x" }
event clarification-received "Clarification received" { means "x" }
element recorded "Recorded" { means "x" dpv parent "dpv:Notice" }
element purposes "Purposes" { means "x" dpv parent "dpv:Notice" }
element recipients "Recipients" { means "x" dpv parent "dpv:Notice" }
element rest "Where the rest is" { means "x" dpv parent "dpv:Notice" }
judgment compelling "Compelling" { means "x" asks "x?" }
judgment other-basis "Other basis" { means "x" asks "x?" }
source LAW "A law" { level legislation kind civil cite "Law" checked 2026-11-23 recheck by 2027-05-23 }
"#;

/// The report on the scenarios of a policy that stands on the words above.
fn report(policy: &str) -> TestReport {
    let source = Source::new(FileId(0), "policy.onr", &format!("{WORDS}{policy}"));
    let resolved = resolve::resolve(&[syntax::parse(&source)]);
    assert!(resolved.diagnostics.is_empty(), "{:?}", resolved.diagnostics);
    test::run(&compile::compile(Arc::new(resolved.tree), vec![source]))
}

/// Holds a policy to its scenarios.
fn passes(policy: &str) {
    let report = report(policy);
    assert!(!report.scenarios.is_empty());
    for scenario in report.scenarios {
        let found: Vec<_> = scenario.failures.iter().map(|failure| &failure.found).collect();
        assert!(found.is_empty(), "{}: {found:?}", scenario.title);
    }
}

const ACCESS: &str = r#"
rule ACCESS under LAW {
  cite "Law § 1"
  answer: require answering-access-request within 1 month of access-requested
  except excused { cite "Law § 2" waive answer if judged compelling }
}
"#;

#[test]
fn what_is_done_later_does_not_meet_a_duty_before() {
    passes(&format!(
        r#"{ACCESS}
scenario "later" of LAW {{
  given judged compelling no
  given access-requested on 2026-01-10
  given answering-access-request done on 2026-02-05
  expect at 2026-01-20T10:00:00Z duty ACCESS due 2026-02-09
  expect at 2026-02-06T10:00:00Z duty ACCESS met
}}"#
    ));
}

#[test]
fn a_duty_that_is_waived_is_not_due() {
    passes(&format!(
        r#"{ACCESS}
scenario "waived" of LAW {{
  given judged compelling yes
  given access-requested on 2026-01-10
  given at 2026-03-20T10:00:00Z
  expect duty ACCESS not due
}}"#
    ));
}

#[test]
fn an_exception_adds_a_way_also_where_the_rules_own_way_is_not_known() {
    let report = report(
        r#"
rule BASIS under LAW {
  cite "Law § 3"
  prohibit recording unless judged other-basis
  except staff { cite "Law § 4" allow recording of any agent if judged compelling }
}
scenario "an agent" of LAW {
  given judged compelling yes
  given at 2026-03-20T10:00:00Z
  agent { is in DE }
  expect recording cleared
}
scenario "a customer" of LAW {
  given judged other-basis no
  given at 2026-03-20T10:00:00Z
  customer { is in DE }
  expect recording prohibited
}"#,
    );
    assert!(report.passed());
    assert!(report.unreached.is_empty(), "{:?}", report.unreached);
}

#[test]
fn a_clock_that_stops_later_runs_until_then() {
    passes(
        r#"
rule ACCESS under LAW {
  cite "Law § 1"
  require answering-access-request within 30 days of access-requested,
    paused from clarification-asked to clarification-received
}
scenario "stops" of LAW {
  given access-requested on 2026-03-02
  given clarification-asked on 2026-03-10
  given clarification-received on 2026-03-20
  expect at 2026-03-05T10:00:00Z duty ACCESS due 2026-03-31
  expect at 2026-03-12T10:00:00Z duty ACCESS paused
  expect at 2026-03-21T10:00:00Z duty ACCESS due 2026-04-10
}"#,
    );
}

#[test]
fn the_shorter_notice_is_proposed_first() {
    passes(
        r#"
rule NOTICE under LAW {
  cite "Law § 5"
  prohibit recording
    unless any of {
      whole:   every customer was told { recorded, purposes, recipients }, before recording
      layered: every customer was told { recorded, rest }, before recording
    }
}
scenario "notice" of LAW {
  given at 2026-03-20T10:00:00Z
  customer { is in DE }
  expect tell customer recorded, rest
}"#,
    );
}

#[test]
fn a_rule_that_only_displaces_is_reached_where_it_does() {
    let report = report(
        r#"
rule NOTICE under LAW { cite "Law § 5" prohibit recording unless every customer was told recorded, before recording }
source ORDER "An order" {
  level regulation kind civil cite "Order" checked 2026-11-23 recheck by 2027-05-23
  applies if every party is in DE
}
rule EXEMPT under ORDER { cite "Order § 1" displaces NOTICE cite "Law § 9" }
scenario "inside" of LAW, ORDER {
  given at 2026-03-20T10:00:00Z
  customer { is in DE }
  expect recording cleared
}
scenario "outside" of LAW, ORDER {
  given at 2026-03-20T10:00:00Z
  customer { is in FR told recorded at 2026-03-20T10:05:00Z }
  expect recording conditional
  expect at 2026-03-20T10:06:00Z recording cleared
}"#,
    );
    assert!(report.passed());
    assert!(report.unreached.is_empty(), "{:?}", report.unreached);
}

#[test]
fn with_no_convention_the_day_of_the_event_counts_as_a_business_day() {
    passes(
        r#"
rule ACCESS under LAW { cite "Law § 1" require answering-access-request within 20 business days in MX of access-requested }
scenario "a Monday" of LAW {
  given access-requested on 2026-03-02
  given at 2026-03-10T10:00:00Z
  expect duty ACCESS due 2026-03-27
}"#,
    );
}

#[test]
fn a_notice_that_asks_is_not_proposed_for_telling() {
    let policy = r#"
notice a-question "A question" { states recorded asks for recording wording en "May we record this call?" }
notice b-statement "A statement" { states recorded, purposes wording en "This call is recorded, for quality." }
rule TOLD under LAW { cite "Law § 1" prohibit recording unless every customer was told recorded }
scenario "told" of LAW {
  given at 2026-01-10T10:00:00Z
  customer { is in US }
  expect recording conditional
}"#;
    let source = Source::new(FileId(0), "policy.onr", &format!("{WORDS}{policy}"));
    let resolved = resolve::resolve(&[syntax::parse(&source)]);
    let set = compile::compile(Arc::new(resolved.tree), vec![source]);
    let decision = test::decide_scenario(&set, &set.tree.scenarios[0]);
    let said: Vec<_> = decision.disclosures.iter().filter_map(|one| one.text.as_ref()).map(|text| &text.2).collect();
    assert_eq!(said, ["This call is recorded, for quality."]);
}

#[test]
fn a_safeguard_may_have_to_stand_for_a_time_before() {
    passes(
        r#"
safeguard declared "Declared" { means "x" dpv parent "dpv:OrganisationalMeasure" arranged by the organisation }
rule DECLARE under LAW {
  cite "Law § 6"
  prohibit recording unless declared is in place, at least 60 days before recording
}
scenario "not declared" of LAW {
  given at 2026-03-20T10:00:00Z
  customer { is in DE }
  expect recording not now
  expect arrange declared
}
scenario "declared, the time running" of LAW {
  given declared in place from 2026-03-01T10:00:00Z
  customer { is in DE }
  expect at 2026-03-20T10:00:00Z recording not now
  expect at 2026-04-30T09:59:59Z recording not now
  expect at 2026-04-30T10:00:00Z recording cleared
}
scenario "recorded before the time had run" of LAW {
  given declared in place from 2026-03-01T10:00:00Z
  given recording from 2026-03-20T10:00:00Z
  customer { is in DE }
  expect at 2026-03-20T10:00:05Z recording prohibited
}"#,
    );
}

#[test]
fn a_hold_restricts_from_the_end_of_the_lawful_time_on() {
    passes(
        r#"
event purpose-satisfied "Purpose satisfied" { means "x" }
rule STORAGE under LAW { cite "Law § 7" keep recording at most until purpose-satisfied, yields to law }
scenario "hold" of LAW {
  given purpose-satisfied on 2026-06-01
  given hold on recording from 2026-05-01 until 2026-12-31
  customer { is in DE }
  expect at 2026-05-15T10:00:00Z recording keep
  expect at 2026-06-02T10:00:00Z recording restrict
  expect at 2027-01-02T10:00:00Z recording erase
}"#,
    );
}

#[test]
fn the_last_of_several_of_which_one_must_be_kept_is_not_erased() {
    passes(
        r#"
artefact transcript "Transcript" { means "x" dpv parent "dpv:DerivedPersonalData" }
event recording-created "Recorded" { means "x" }
rule AUDIO under LAW {
  cite "Law § 8"
  keep recording at least 3 years from recording-created
  keep any of { recording, transcript } at least 6 years from recording-created
  keep recording at most 4 years from recording-created
}
scenario "any of" of LAW {
  given recording-created on 2026-03-02
  customer { is in DE }
  expect at 2027-03-02T10:00:00Z recording kept until 2029-03-02
  expect at 2027-03-02T10:00:00Z any of { recording, transcript } kept until 2032-03-02
  expect at 2031-03-02T10:00:00Z recording restrict
  expect at 2032-03-03T10:00:00Z recording erase
}"#,
    );
}

/// More words, by which acts have parts.
const PARTS: &str = r#"
act recording-of-our-side "Our side" { means "x" under recording group capture captures ours makes recording }
purpose model-training "Training" { means "x" }
purpose speech-training "Speech" { means "x" under model-training }
purpose quality "Quality" { means "x" }
recipient vendor "Vendor" { means "x" }
recipient regulator "Regulator" { means "x" }
category health "Health" { means "x" }
category financial "Financial" { means "x" }
"#;

#[test]
fn a_rule_about_a_part_speaks_to_the_whole_that_is_asked() {
    passes(&format!(
        r#"{PARTS}
rule SPEECH under LAW {{ cite "Law § 1" prohibit use for speech-training }}
rule VENDOR under LAW {{ cite "Law § 2" prohibit use for quality to vendor }}
rule SIDE under LAW {{ cite "Law § 3" prohibit recording-of-our-side }}
scenario "The whole has the part" of LAW {{
  given call from 2026-03-02T10:00:00+00:00
  customer {{ is in DE }}
  agent {{ is in DE }}
  expect at 10:00:01 use for model-training prohibited
  expect at 10:00:01 use for speech-training prohibited
  expect at 10:00:01 use prohibited
  expect at 10:00:01 use for quality prohibited
  expect at 10:00:01 use for quality to regulator cleared
  expect at 10:00:01 recording prohibited
}}
scenario "Nobody of our side is on the line" of LAW {{
  given call from 2026-03-02T10:00:00+00:00
  customer {{ is in DE }}
  expect at 10:00:01 recording cleared
}}
"#
    ));
}

#[test]
fn an_exception_for_a_part_frees_that_part_alone() {
    passes(&format!(
        r#"{PARTS}
rule USE under LAW {{
  cite "Law § 1"
  prohibit use
  except for-quality {{ cite "Law § 2" allow use for quality }}
  except of-health {{ cite "Law § 3" allow use of health for model-training }}
  except to-vendor {{ cite "Law § 4" allow use for speech-training to vendor }}
}}
rule RECORD under LAW {{
  cite "Law § 5"
  prohibit recording
  except quality-monitoring {{ cite "Law § 6" allow recording for quality }}
}}
scenario "Each part asks for its own exception" of LAW {{
  given call from 2026-03-02T10:00:00+00:00
  given call contains health
  given intended purposes quality, model-training
  customer {{ is in DE }}
  expect at 10:00:01 use for quality cleared
  expect at 10:00:01 use prohibited
  expect at 10:00:01 use for model-training prohibited
  expect at 10:00:01 use of health for model-training cleared
  expect at 10:00:01 use for speech-training to vendor cleared
  expect at 10:00:01 use for speech-training prohibited
  expect at 10:00:01 recording prohibited
}}
scenario "A capture for that purpose alone" of LAW {{
  given call from 2026-03-02T10:00:00+00:00
  given intended purposes quality
  customer {{ is in DE }}
  expect at 10:00:01 recording cleared
}}
"#
    ));
}

#[test]
fn what_was_promised_or_refused_tells_parts_apart() {
    passes(&format!(
        r#"{PARTS}
rule PROMISED under LAW {{ cite "Law § 1" prohibit use for model-training if promised purposes do not include that purpose }}
scenario "A part was promised, the whole was not" of LAW {{
  given call from 2026-03-02T10:00:00+00:00
  given promised purposes speech-training
  customer {{ is in DE }}
  expect at 10:00:01 use for speech-training cleared
  expect at 10:00:01 use for model-training prohibited
}}
"#
    ));
    passes(&format!(
        r#"{PARTS}
rule STAYED under LAW {{ cite "Law § 2" prohibit use for model-training unless every customer was told recorded, and did not refuse }}
scenario "Who refused a part did not agree to the whole" of LAW {{
  given call from 2026-03-02T10:00:00+00:00
  customer {{
    is in DE
    told recorded from 10:00:01 to 10:00:02
    refused use for speech-training at 10:00:03
  }}
  expect at 10:00:10 use for model-training prohibited
}}
scenario "Who refused nothing did" of LAW {{
  given call from 2026-03-02T10:00:00+00:00
  customer {{
    is in DE
    told recorded from 10:00:01 to 10:00:02
  }}
  expect at 10:00:10 use for model-training cleared
}}
"#
    ));
}

#[test]
fn what_is_required_of_a_part_is_not_met_by_leaving_the_whole_undone() {
    passes(&format!(
        r#"{PARTS}
rule MUST under LAW {{ cite "Law § 1" require recording for quality }}
scenario "Recording is required" of LAW {{
  given call from 2026-03-02T10:00:00+00:00
  given intended purposes model-training
  customer {{ is in DE }}
  expect at 10:00:01 recording required
}}
"#
    ));
}

#[test]
fn a_telling_that_has_not_ended_is_not_waited_for() {
    passes(
        r#"
rule NOTICE under LAW { cite "Law § 1" prohibit recording unless every customer was told recorded, at least 10 minutes before recording }
scenario "Nobody knows that it will end" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  customer {
    is in DE
    told recorded from 10:00:01 to 10:00:20
  }
  expect at 10:00:10 recording not now
  expect at 10:00:10 tell customer recorded
  expect at 10:10:20 recording cleared
}
"#,
    );
}

#[test]
fn what_only_a_safeguard_that_is_excluded_could_meet_is_never_met() {
    passes(
        r#"
safeguard anonymised "Anonymised" { means "x" arranged by the organisation excludes pseudonymised }
safeguard pseudonymised "Pseudonymised" { means "x" arranged before the call }
rule ANONYMISED under LAW { cite "Law § 1" prohibit not recording unless anonymised is in place }
scenario "It excludes what is in place" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  given pseudonymised in place from 2026-03-02T09:00:00+00:00
  customer { is in DE }
  expect at 10:00:01 recording required
}
"#,
    );
}

#[test]
fn the_price_of_an_exception_is_of_the_persons_that_it_names() {
    passes(
        r#"
safeguard masked "Masked" { means "x" arranged in the call }
rule ASK under LAW {
  cite "Law § 1"
  prohibit recording unless every customer gave at least expressed consent to use
  except compelled {
    cite "Law § 2"
    allow recording if judged compelling
    then prohibit recording of every customer unless masked is in place
  }
}
scenario "The customer is on the line" of LAW {
  given judged compelling yes
  given call from 2026-03-02T10:00:00+00:00
  customer { is in DE }
  expect at 10:00:01 recording conditional
}
"#,
    );
}

#[test]
fn somebody_who_is_not_named_may_have_been_captured() {
    passes(
        r#"
rule TELL under LAW { cite "Law § 1" prohibit recording unless every party was told recorded, before recording }
scenario "Nobody is named" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  given parties not complete
  given recording from 2026-03-02T10:00:00+00:00
  expect at 10:00:10 recording prohibited
  expect at 10:00:10 use undetermined
  expect at 10:00:10 use prohibited
}
"#,
    );
}

#[test]
fn the_capture_of_one_side_captures_nobody_of_the_other() {
    passes(&format!(
        r#"{PARTS}
rule TELL under LAW {{ cite "Law § 1" prohibit recording unless every party was told recorded, before recording }}
scenario "Only the other side is on the line" of LAW {{
  given call from 2026-03-02T10:00:00+00:00
  given recording-of-our-side from 2026-03-02T10:00:00+00:00
  customer {{ is in DE }}
  expect at 10:00:10 use cleared
}}
"#
    ));
}

#[test]
fn who_has_refused_since_is_not_told_in_order_to_stay() {
    passes(&format!(
        r#"{PARTS}
act transcribing "Transcribing" {{ means "x" group capture }}
source STAY "A law" {{
  level legislation kind civil cite "Law" checked 2026-11-23 recheck by 2027-05-23
  consent by staying counts only if told recorded
}}
rule TEXT under STAY {{ cite "Law § 1" prohibit transcribing unless every customer gave at least implied consent to recording }}
scenario "After the recording began" of STAY {{
  given call from 2026-03-02T10:00:00+00:00
  given recording from 2026-03-02T10:00:00+00:00
  customer {{
    is in DE
    withdrew consent to recording at 10:00:10
  }}
  expect at 10:00:10 transcribing prohibited
}}
"#
    ));
}

#[test]
fn the_price_of_an_exception_may_be_of_one_side_of_what_it_allows() {
    passes(&format!(
        r#"{PARTS}
rule RECORD under LAW {{
  cite "Law § 1"
  prohibit recording
  except compelled {{
    cite "Law § 2"
    allow recording if judged compelling
    then prohibit recording-of-our-side
  }}
}}
scenario "Both sides are on the line" of LAW {{
  given judged compelling yes
  given call from 2026-03-02T10:00:00+00:00
  customer {{ is in DE }}
  agent {{ is in DE }}
  expect at 10:00:01 recording prohibited
}}
scenario "The other side alone" of LAW {{
  given judged compelling yes
  given call from 2026-03-02T10:00:00+00:00
  customer {{ is in DE }}
  expect at 10:00:01 recording cleared
}}
"#
    ));
}

#[test]
fn what_stands_until_a_day_stands_no_longer_after_midnight() {
    passes(
        r#"
covers DE and its subdivisions for recording from 2026-01-01 until 2026-03-02
rule COMPELLED under LAW { cite "Law § 1" prohibit recording if judged compelling }
bundle claimed "Claimed" {
  includes every source
  guards recording
  answer compelling no cite "Memo" until 2026-12-31
}
bundle answered "Answered" {
  includes every source
  guards use
  answer compelling no cite "Memo" until 2026-03-02
}
scenario "The claim ends while recording runs" of bundle claimed {
  given call from 2026-03-02T23:50:00+00:00
  given recording from 2026-03-02T23:50:00+00:00
  customer { is in DE }
  expect at 23:50:00 recording cleared
  expect at 2026-03-03T00:10:00+00:00 recording prohibited
}
scenario "The answer ends while recording runs" of bundle answered {
  given call from 2026-03-02T23:50:00+00:00
  given recording from 2026-03-02T23:50:00+00:00
  customer { is in DE }
  expect at 23:50:00 recording cleared
  expect at 2026-03-03T00:10:00+00:00 recording prohibited
}
"#,
    );
}

/// More words, for machines, phases and what is put in place.
const MORE: &str = r#"
role ai-agent "AI agent" { means "x" side ours machine }
phase card-entry "Card entry" { means "x" starts within 30 seconds }
safeguard masked "Masked" { means "x" arranged in the call }
judgment one "One" { means "x" asks "x?" }
"#;

/// What the comparison with the second evaluator found first: what was found, the policy, and its scenarios.
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
fn what_the_second_evaluator_found_first_stays_right() {
    for (what, policy) in FOUND {
        println!("{what}");
        passes(&format!("{MORE}{policy}"));
    }
}

#[test]
fn who_was_not_in_a_stored_stretch_does_not_consent_to_its_use() {
    passes(
        r#"
rule ANY under LAW { cite "Law § 1" prohibit use unless any customer gave at least expressed consent to use, before use }
scenario "The second customer came after the first had left" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  given recording from 2026-03-02T10:00:00+00:00 until 10:03:00
  customer {
    is in DE
    leaves at 10:01:00
    gave expressed consent to use at 10:00:10
  }
  customer {
    is in DE
    joins at 10:02:00
  }
  expect at 10:00:30 use cleared
  expect at 10:05:00 use conditional
}
"#,
    );
}

#[test]
fn who_was_never_captured_is_not_asked_about_the_use() {
    passes(
        r#"
rule EVERY under LAW { cite "Law § 1" prohibit use unless every customer gave at least expressed consent to use, before use }
scenario "The second customer came after the recording had ended" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  given recording from 2026-03-02T10:00:00+00:00 until 10:01:00
  customer {
    is in DE
    gave expressed consent to use at 10:00:10
  }
  customer {
    is in DE
    joins at 10:02:00
  }
  expect at 10:05:00 use cleared
}
"#,
    );
}

#[test]
fn a_law_speaks_of_the_stored_stretch_that_it_reaches() {
    passes(
        r#"
source FEDERAL "A federal law" {
  level legislation kind civil cite "Federal" checked 2026-11-23 recheck by 2027-05-23
  applies if any customer is in US-NV
}
rule ASK under LAW { cite "Law § 1" prohibit use unless every customer gave at least expressed consent to use, before use }
rule INSTEAD under FEDERAL { cite "Federal § 1" displaces ASK cite "Federal § 2" }
scenario "Of whom the federal law does not speak" of LAW, FEDERAL {
  given call from 2026-03-02T10:00:00+00:00
  given recording from 2026-03-02T10:00:00+00:00 until 10:03:00
  customer {
    is in US-NV
    leaves at 10:01:00
  }
  customer {
    is in US-CA
    joins at 10:02:00
  }
  expect at 10:00:30 use cleared
  expect at 10:05:00 use conditional
}
"#,
    );
}

#[test]
fn what_runs_on_where_the_log_ends_is_not_known() {
    passes(
        r#"
rule TELL under LAW {
  cite "Law § 1"
  prohibit recording unless every customer was told recorded, before recording, and did not refuse
}
scenario "Whether anybody refused later, nobody knows" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  given recording from 2026-03-02T10:00:10+00:00
  given log complete to 2026-03-02T10:01:00+00:00
  customer {
    is in DE
    told recorded from 10:00:00 to 10:00:05
  }
  expect at 10:01:00 recording cleared
  expect at 10:01:00 recording determined
  expect at 10:02:00 recording prohibited
  expect at 10:02:00 recording undetermined
}
"#,
    );
}

#[test]
fn a_notice_grows_too_old_while_recording_runs() {
    passes(
        r#"
rule FRESH under LAW {
  cite "Law § 1"
  prohibit recording unless every customer was told recorded, at most 10 minutes before recording
}
scenario "Told once, recorded for long" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  given recording from 2026-03-02T10:01:00+00:00
  customer {
    is in DE
    told recorded from 10:00:00 to 10:00:05
  }
  expect at 10:10:00 recording cleared
  expect at 10:10:05 recording prohibited
  expect at 10:10:06 recording prohibited
}
"#,
    );
}

#[test]
fn what_takes_effect_while_recording_runs_makes_the_rest_of_it_lawful() {
    passes(
        r#"
rule EARLY under LAW {
  cite "Law § 1"
  prohibit recording unless every customer was told recorded, at least 10 minutes before recording
}
scenario "Told a little before" of LAW {
  given call from 2026-03-02T10:00:00+00:00
  given recording from 2026-03-02T10:01:00+00:00
  customer {
    is in DE
    told recorded from 10:00:00 to 10:00:05
  }
  expect at 10:10:04 recording prohibited
  expect at 10:10:06 recording cleared
}
"#,
    );
}

#[test]
fn consent_for_the_call_ends_with_the_call_though_recording_runs_on() {
    passes(
        r#"
rule ASK under LAW { cite "Law § 1" prohibit recording unless every customer gave at least expressed consent to recording }
scenario "Nobody stopped the recorder" of LAW {
  given call from 2026-03-02T10:00:00+00:00 until 2026-03-02T10:05:00+00:00
  given recording from 2026-03-02T10:01:00+00:00
  customer {
    is in DE
    gave expressed consent to recording at 10:00:30, lasting the call
  }
  expect at 10:04:00 recording cleared
  expect at 10:06:00 recording prohibited
}
"#,
    );
}

/// What a bundle comes to at 10:00, the customer untold.
fn outcome_of(policy: &str) -> Option<OutcomeWhat> {
    Some(decided(policy)?.outcome.what)
}

fn decided(policy: &str) -> Option<Decision> {
    let call = "given at 2026-03-20T10:00:00Z\n customer { is in DE }\n expect recording determined";
    let text = format!("{WORDS}{policy}\nscenario \"call\" of bundle house {{ {call} }}");
    let source = Source::new(FileId(0), "policy.onr", &text);
    let resolved = resolve::resolve(&[syntax::parse(&source)]);
    assert!(resolved.diagnostics.is_empty(), "{:?}", resolved.diagnostics);
    let set = compile::compile(Arc::new(resolved.tree), vec![source]);
    set.tree.scenarios.first().map(|scenario| test::decide_scenario(&set, scenario))
}

const NOTICE_FIRST: &str = r#"
rule NOTICE under LAW {
  cite "Law § 7"
  prohibit recording unless every customer was told recorded, at least 10 minutes before recording
}
bundle house "House" { guards answering-access-request on impasse over recording decline call }
"#;

#[test]
fn nobody_goes_on_without_what_is_required() {
    let policy = format!("{NOTICE_FIRST}rule MUST under LAW {{ cite \"Law § 8\" require recording }}");
    let decision = decided(&policy).unwrap();
    assert_eq!(decision.acts[0].verdict, Verdict::NotNow);
    assert!(decision.acts[0].impasse, "neither recording nor leaving it undone has a way that is open now");
    assert!(matches!(decision.outcome.what, OutcomeWhat::Impasse(_, Impasse::DeclineCall)));
}

#[test]
fn a_demand_of_the_house_gives_way_to_the_law() {
    let house =
        r#"source HOUSE "House" { level house kind civil cite "Manual" checked 2026-11-23 recheck by 2027-05-23 }"#;
    let policy = format!("{NOTICE_FIRST}{house}\nrule MUST under HOUSE {{ cite \"Manual 1\" require recording }}");
    assert!(matches!(outcome_of(&policy), Some(OutcomeWhat::Without(_))));
}

#[test]
fn leaving_undone_takes_what_it_takes() {
    let policy = format!(
        "{NOTICE_FIRST}rule MUST under LAW {{ cite \"Law § 8\" require recording unless every customer was told rest }}"
    );
    let decision = decided(&policy).unwrap();
    assert!(matches!(decision.outcome.what, OutcomeWhat::Without(_)));
    let after: Vec<_> = decision.outcome.after.iter().map(|action| &decision.actions[*action].what).collect();
    let rest = decision.policy.tree.elements.id("rest").unwrap();
    assert!(matches!(after.as_slice(), [ActionWhat::Tell { elements, .. }] if *elements == [rest]), "{after:?}");
}

#[test]
fn who_asks_to_leave_undone_is_not_told_to_do_it() {
    let recording = format!("{NOTICE_FIRST}rule MAY under LAW {{ cite \"Law § 8\" require answering-access-request }}");
    let source = Source::new(FileId(0), "policy.onr", &format!("{WORDS}{recording}"));
    let resolved = resolve::resolve(&[syntax::parse(&source)]);
    let set = compile::compile(Arc::new(resolved.tree), vec![source]);
    let recording = set.tree.acts.id("recording").unwrap();
    let act =
        Act { not: true, act: recording, of: None, purpose: None, recipient: None, phase: None, span: Span::default() };
    let context = Context { acts: vec![act], parties_complete: true, ..Context::default() };
    let at = "2026-03-20T10:00:00Z".parse().unwrap();
    let decision = evaluate(&set, &context, &Options { coverage: false, ..Options::default() }, at);
    assert_eq!(decision.outcome.what, OutcomeWhat::Without(recording));
}

#[test]
fn the_fewest_notices_are_proposed() {
    let notice =
        |name: &str, states: &str| format!("notice {name} \"x\" {{ states {states} wording en \"{name}\" }}\n");
    let notices = [
        notice("a-middle", "purposes, recipients"),
        notice("b-first", "recorded, purposes"),
        notice("c-last", "recipients, rest"),
    ];
    let policy = format!(
        r#"{}
rule TOLD under LAW {{ cite "Law § 1" prohibit recording unless every customer was told {{ recorded, purposes, recipients, rest }} }}
bundle house "House" {{ guards answering-access-request }}
"#,
        notices.concat()
    );
    let decision = decided(&policy).unwrap();
    let mut said: Vec<_> =
        decision.disclosures.iter().filter_map(|one| one.text.as_ref()).map(|text| &text.2).collect();
    said.sort();
    assert_eq!(said, ["b-first", "c-last"]);
}

#[test]
fn the_acceptance_of_a_risk_is_shown_with_the_duties_of_its_rule() {
    let policy = format!(
        r#"{ACCESS}
bundle house "House" {{
  guards answering-access-request
  accept risk of ACCESS signed "R. Roe" on 2026-01-01 until 2026-12-31 because "Pilot."
}}
"#
    );
    assert_eq!(decided(&policy).unwrap().risks.len(), 1);
}

const PAUSED: &str = r#"
rule ACCESS under LAW {
  cite "Law § 1"
  require answering-access-request within 30 days of access-requested,
    paused from clarification-asked to clarification-received
}
"#;

#[test]
fn what_stops_the_clock_after_the_deadline_moves_nothing() {
    passes(&format!(
        r#"{PAUSED}
scenario "stopped too late" of LAW {{
  given access-requested on 2026-03-02
  given clarification-asked on 2026-04-10
  given clarification-received on 2026-05-20
  expect at 2026-04-05T10:00:00Z duty ACCESS breached
  expect at 2026-04-12T10:00:00Z duty ACCESS breached
  expect at 2026-05-21T10:00:00Z duty ACCESS breached
}}"#
    ));
}

#[test]
fn a_clock_that_stood_still_before_the_request_is_late_only_by_what_is_left() {
    passes(&format!(
        r#"{PAUSED}
scenario "stopped before" of LAW {{
  given clarification-asked on 2026-01-01
  given access-requested on 2026-03-02
  given clarification-received on 2026-03-05
  expect at 2026-03-03T10:00:00Z duty ACCESS paused
  expect at 2026-03-06T10:00:00Z duty ACCESS due 2026-04-03
}}"#
    ));
}

#[test]
fn every_pause_counts_and_what_is_done_in_one_is_in_time() {
    passes(&format!(
        r#"{PAUSED}
scenario "twice" of LAW {{
  given access-requested on 2026-03-02
  given clarification-asked on 2026-03-10
  given clarification-received on 2026-03-12
  given clarification-asked on 2026-03-20
  given clarification-received on 2026-03-23
  expect at 2026-03-24T10:00:00Z duty ACCESS due 2026-04-05
}}
scenario "done while the clock stands still" of LAW {{
  given access-requested on 2026-03-02
  given clarification-asked on 2026-03-30
  given answering-access-request done on 2026-04-20
  expect at 2026-04-19T10:00:00Z duty ACCESS paused
  expect at 2026-04-21T10:00:00Z duty ACCESS met
}}"#
    ));
}

#[test]
fn each_request_is_a_duty_of_its_own() {
    passes(&format!(
        r#"{PAUSED}
scenario "a second request hides nothing" of LAW {{
  given access-requested on 2026-03-02
  given access-requested on 2026-06-01
  expect at 2026-06-02T10:00:00Z duty ACCESS breached
  expect at 2026-06-02T10:00:00Z duty ACCESS due 2026-06-30
}}"#
    ));
}

#[test]
fn who_is_to_be_told_is_told_when_the_last_of_them_was() {
    passes(
        r#"
rule INFORM under LAW { cite "Law § 1" require every customer was told purposes within 2 hours of access-requested }
rule REPEAT under LAW { cite "Law § 2" require every customer was told purposes every 2 hours from access-requested }
scenario "told before, and something else since" of LAW {
  given access-requested at 2026-03-02T10:00:00+00:00
  customer {
    is in DE
    told purposes from 2026-03-02T09:00:00+00:00 to 09:01:00
    told recipients from 2026-03-02T10:30:00+00:00 to 10:31:00
  }
  expect at 2026-03-02T11:00:00+00:00 duty INFORM due 2026-03-02
  expect at 2026-03-02T12:30:00+00:00 duty INFORM breached
}
scenario "something else later" of LAW {
  given access-requested at 2026-03-02T10:00:00+00:00
  customer {
    is in DE
    told purposes from 2026-03-02T10:05:00+00:00 to 10:06:00
    told recipients from 2026-03-02T12:30:00+00:00 to 12:31:00
  }
  expect at 2026-03-02T13:00:00+00:00 duty INFORM met
  expect at 2026-03-02T12:05:00+00:00 duty REPEAT due 2026-03-02
  expect at 2026-03-02T12:40:00+00:00 duty REPEAT breached
}"#,
    );
}

/// What is kept, in a law without civil time and convention, and in a house policy.
const KEPT: &str = r#"
artefact transcript "Transcript" { means "x" dpv parent "dpv:DerivedPersonalData" }
purpose quality "Quality" { means "x" }
category financial "Financial" { means "x" }
category payment-card "Card" { means "x" under financial }
event created "Made" { means "x" }
event asked "Asked" { means "x" }
event answered "Answered" { means "x" }
source HOUSE "A house policy" { level house kind contractual checked 2026-11-23 recheck by 2027-05-23 }
"#;

#[test]
fn hours_from_a_day_end_with_the_hour() {
    passes(&format!(
        r#"{KEPT}
rule SHORT under LAW {{ cite "Law § 1" keep recording at most 12 hours from created }}
scenario "The hour is not known" of LAW {{
  given created on 2026-03-02
  customer {{ is in DE }}
  expect at 2026-03-02T12:00:00Z recording keep
  expect at 2026-03-02T12:00:01Z recording erase
}}
"#
    ));
}

#[test]
fn a_day_that_is_no_business_day_does_not_count_as_one() {
    passes(&format!(
        r#"{KEPT}
rule SHORT under LAW {{ cite "Law § 1" keep recording at most 1 business day in DE from created }}
scenario "Made on a Saturday" of LAW {{
  given created on 2026-03-07
  customer {{ is in DE }}
  expect at 2026-03-09T10:00:00Z recording erased by 2026-03-09
  expect at 2026-03-09T10:00:00Z recording keep
  expect at 2026-03-10T00:00:00Z recording erase
}}
"#
    ));
}

#[test]
fn a_day_ends_after_every_instant_of_it() {
    passes(&format!(
        r#"{KEPT}
rule FIRST under LAW {{ cite "Law § 1" keep recording at most earlier of {{ until asked until answered }} }}
scenario "On one day" of LAW {{
  given asked on 2026-03-05
  given answered at 2026-03-05T15:00:00Z
  customer {{ is in DE }}
  expect at 2026-03-05T15:00:00Z recording keep
  expect at 2026-03-05T15:00:01Z recording erase
}}
"#
    ));
}

#[test]
fn a_ceiling_yields_for_the_purpose_of_the_floor_alone() {
    passes(&format!(
        r#"{KEPT}
rule LONG under LAW {{ cite "Law § 1" keep recording at least 1 year from created }}
rule SHORT under HOUSE {{ keep recording for quality at most until asked, yields to law }}
scenario "A floor for no purpose in particular" of LAW, HOUSE {{
  given created on 2026-03-02
  given asked on 2026-03-05
  customer {{ is in DE }}
  expect at 2026-03-06T10:00:00Z recording for quality erased by 2026-03-05
  expect at 2026-03-06T10:00:00Z recording keep
}}
"#
    ));
}

#[test]
fn a_category_is_meant_with_its_kinds_and_wherever_it_occurs() {
    passes(&format!(
        r#"{KEPT}
rule BOTH under LAW {{
  cite "Law § 1"
  keep financial at most until asked
  keep payment-card in recording at least 1 year from created
}}
scenario "Crossing" of LAW {{
  given created on 2026-03-02
  given asked on 2026-03-05
  customer {{ is in DE }}
  expect at 2026-03-06T10:00:00Z payment-card in recording restrict
}}
"#
    ));
}

#[test]
fn what_holds_something_that_must_be_kept_is_not_erased() {
    passes(&format!(
        r#"{KEPT}
rule BOTH under LAW {{
  cite "Law § 1"
  keep recording at most until asked
  keep payment-card in recording at least 1 year from created
}}
rule WHEREVER under HOUSE {{
  keep transcript at most until asked
  keep payment-card at least 1 year from created
}}
scenario "A card in it" of LAW {{
  given created on 2026-03-02
  given asked on 2026-03-05
  customer {{ is in DE }}
  expect at 2026-03-06T10:00:00Z recording restrict
}}
scenario "Whether there is a card in it is not known" of HOUSE {{
  given created on 2026-03-02
  given asked on 2026-03-05
  customer {{ is in DE }}
  expect at 2026-03-06T10:00:00Z transcript restrict
}}
scenario "No card in it" of HOUSE {{
  given call contains nothing
  given created on 2026-03-02
  given asked on 2026-03-05
  customer {{ is in DE }}
  expect at 2026-03-06T10:00:00Z transcript erase
}}
"#
    ));
}

#[test]
fn a_choice_below_the_law_does_not_keep_what_the_law_lets_nobody_keep() {
    passes(&format!(
        r#"{KEPT}
rule SHORT under LAW {{ cite "Law § 1" keep recording at most until asked }}
rule EITHER under HOUSE {{ keep any of {{ recording, transcript }} at least 1 year from created }}
scenario "The law's ceiling has passed" of LAW, HOUSE {{
  given created on 2026-03-02
  given asked on 2026-03-05
  customer {{ is in DE }}
  expect at 2026-03-06T10:00:00Z recording erase
}}
"#
    ));
}

#[test]
fn the_law_of_a_day_is_that_of_the_day_where_the_law_is() {
    passes(&format!(
        r#"{KEPT}
source WEST "A law" {{
  level legislation kind civil cite "Law" checked 2026-11-23 recheck by 2027-05-23 civil time "America/Los_Angeles"
}}
rule LONG under WEST {{ cite "Law § 1" in force from 2026-03-02 keep recording at least 1 year from created }}
scenario "On the first day in force" of WEST {{
  given created on 2026-03-02
  customer {{ is in DE }}
  expect at 2026-03-06T10:00:00Z recording kept until 2027-03-02
}}
"#
    ));
}

#[test]
fn data_held_are_kept_by_the_law_of_then_as_well() {
    passes(&format!(
        r#"{KEPT}
rule LONG under LAW {{
  cite "Law § 1"
  in force from 2026-01-01 until 2026-03-31
  keep recording at least 1 year from created, for data held
}}
scenario "No longer in force" of LAW {{
  given created on 2026-03-02
  customer {{ is in DE }}
  expect at 2026-05-06T10:00:00Z recording kept until 2027-03-02
}}
"#
    ));
}

#[test]
fn what_is_said_after_the_recording_decides_how_long_it_is_kept() {
    passes(&format!(
        r#"{KEPT}
rule SHORT under LAW {{
  cite "Law § 1"
  keep recording at most 30 days from created if any customer withdrew consent to recording
}}
scenario "Withdrawn a week later" of LAW {{
  given created at 2026-03-02T10:00:00Z
  customer {{
    is in DE
    withdrew consent to recording at 2026-03-09T10:00:00Z
  }}
  expect at 2026-05-01T10:00:00Z recording erase
}}
"#
    ));
}

#[test]
fn a_ceiling_that_may_not_bind_clips_no_floor() {
    passes(&format!(
        r#"{KEPT}
rule SHORT under LAW {{ cite "Law § 1" keep recording at most until asked if judged compelling }}
rule LONG under HOUSE {{ keep recording at least 1 year from created }}
scenario "Not judged" of LAW, HOUSE {{
  given created on 2026-03-02
  given asked on 2026-03-05
  customer {{ is in DE }}
  expect at 2026-03-06T10:00:00Z recording kept until 2027-03-02
  expect at 2026-03-06T10:00:00Z recording restrict
}}
"#
    ));
}

#[test]
fn what_changes_nothing_leaves_a_thing_to_be_erased() {
    passes(&format!(
        r#"{KEPT}
rule SHORT under LAW {{
  cite "Law § 1"
  keep recording at most until asked
  keep recording at least 1 day from created if judged compelling
}}
scenario "The floor would be over" of LAW {{
  given created on 2026-03-02
  given asked on 2026-03-05
  customer {{ is in DE }}
  expect at 2026-03-06T10:00:00Z recording erase
}}
"#
    ));
}

#[test]
fn an_event_that_nobody_logged_may_have_ended_what_may_be_kept() {
    passes(&format!(
        r#"{KEPT}
rule SHORT under LAW {{ cite "Law § 1" keep recording at most until asked }}
scenario "The log is complete" of LAW {{
  customer {{ is in DE }}
  expect at 2026-03-06T10:00:00Z recording keep
}}
scenario "The log is not complete" of LAW {{
  given log not complete
  customer {{ is in DE }}
  expect at 2026-03-06T10:00:00Z recording restrict
}}
"#
    ));
}

#[test]
fn of_several_times_the_latest_so_far_counts() {
    passes(&format!(
        r#"{KEPT}
rule SHORT under LAW {{ cite "Law § 1" keep recording at most 1 month from asked }}
scenario "Asked three times" of LAW {{
  given asked on 2026-03-05
  given asked on 2026-05-05
  given asked on 2026-02-05
  customer {{ is in DE }}
  expect at 2026-03-06T10:00:00Z recording erased by 2026-04-04
  expect at 2026-05-06T10:00:00Z recording erased by 2026-06-04
}}
"#
    ));
}
