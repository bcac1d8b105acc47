//! The JSON forms: what is read, what is written, and everything that is said of what is wrong.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use onrecord::compile::{PolicySet, compile};
use onrecord::engine::Engine;
use onrecord::resolve::resolve;
use onrecord::source::{FileId, Source};
use onrecord::syntax::parse;
use onrecord::wire::{self, Limits};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The words of these tests.
fn words() -> Arc<PolicySet> {
    static WORDS: LazyLock<Arc<PolicySet>> = LazyLock::new(|| resolved(&[format!("{ROOT}/tests/wire/words.onr")]));
    Arc::clone(&WORDS)
}

/// The shipped words.
fn shipped() -> Arc<PolicySet> {
    let files = |folder| std::fs::read_dir(format!("{ROOT}/policies/{folder}")).unwrap();
    let paths = ["vocabulary", "notices"].into_iter().flat_map(files);
    let mut paths: Vec<String> = paths.map(|file| file.unwrap().path().to_string_lossy().into_owned()).collect();
    paths.sort();
    resolved(&paths)
}

fn resolved(paths: &[String]) -> Arc<PolicySet> {
    let read = |(id, path): (u32, &String)| Source::new(FileId(id), path, &std::fs::read_to_string(path).unwrap());
    let sources: Vec<Source> = (0..).zip(paths).map(read).collect();
    let parsed: Vec<_> = sources.iter().map(parse).collect();
    let resolved = resolve(&parsed);
    assert!(!resolved.diagnostics.iter().any(|one| one.is_error()), "{:?}", resolved.diagnostics);
    compile(Arc::new(resolved.tree), sources)
}

/// The example in the documentation.
fn documented() -> String {
    let page = std::fs::read_to_string(format!("{ROOT}/docs/src/embedding/context.md")).unwrap();
    let example = page.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    example.to_owned()
}

#[test]
fn the_documented_example_is_read_and_written_back() {
    for policy in [words(), shipped()] {
        let (context, at) = wire::read_context(&documented(), &policy.tree, &Limits::default()).unwrap();
        let written = wire::context_json(&context, at, &policy.tree);
        let (again, at_again) = wire::read_context(&written, &policy.tree, &Limits::default()).unwrap();
        assert_eq!((&context, at), (&again, at_again));
        assert_eq!(written, wire::context_json(&again, at_again, &policy.tree));
        insta::assert_snapshot!("documented", written);
    }
}

/// The documented example with one part replaced.
fn with(part: &str, by: &str) -> String {
    let text = documented();
    assert!(text.contains(part), "{part}");
    text.replacen(part, by, 1)
}

#[test]
fn what_is_not_json_is_said_at_a_whole_character() {
    for text in ["{\"schema\" é}", "{\"schema\": 1 é", "é", "{", ""] {
        for error in engine().context(text).unwrap_err() {
            assert!(text.get(error.span.clone()).is_some(), "{text}: {error} {:?}", error.span);
        }
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_its_place() {
    let policy = words();
    let consent = r#"{ "said": "consented", "to": { "purpose": "model-training" }, "level": "expressed", "manner": "key-press", "at": "2026-03-02T10:00:19-08:00" }"#;
    let told = r#"{ "notice": "recorded", "from": "2026-03-02T10:00:04-08:00", "to": "2026-03-02T10:00:11-08:00", "means": "spoken-word", "language": "es" }"#;
    let capture = r#"{ "act": "recording", "from": "2026-03-02T10:00:12-08:00" }"#;
    let cases: Vec<(&str, String)> = vec![
        ("not JSON", "{ \"schema\": ".to_owned()),
        ("not an object", "[]".to_owned()),
        ("nothing", "{}".to_owned()),
        ("another version", with("context/1", "context/2")),
        ("an unknown field", with("\"parties\":", "\"partys\":")),
        ("an unknown field with nothing near", with("\"parties\":", "\"zebra\":")),
        ("a field of the wrong shape", with("\"parties_complete\": true", "\"parties_complete\": \"yes\"")),
        ("an empty text", with("\"call-0001\"", "\"\"")),
        ("a key written twice", with("\"id\": \"call-0001\"", "\"id\": \"one\", \"id\": \"two\"")),
        ("a fact written twice", with("\"line\": \"cellular\"", "\"line\": \"voip\", \"line\": \"cellular\"")),
        ("no offset", with("\"at\": \"2026-03-02T10:02:00-08:00\"", "\"at\": \"2026-03-02T10:02:00\"")),
        ("a day for an instant", with("\"at\": \"2026-03-02T10:02:00-08:00\"", "\"at\": \"2026-03-02\"")),
        ("a day that does not exist", with("2026-03-02T10:02:00-08:00", "2026-02-30T10:02:00-08:00")),
        ("an instant for a day", with("\"2026-02-11\"", "\"2026-02-11T10:00:00Z\"")),
        ("an unknown act", with("\"acts\": [\"recording\"]", "\"acts\": [\"recordin\", \"recording\", \"recording\"]")),
        ("a purpose where an act stands", with("\"acts\": [\"recording\"]", "\"acts\": [\"model-training\"]")),
        ("an unknown purpose", with("\"uses\": [\"model-training\"]", "\"uses\": [\"training\"]")),
        (
            "an act of two things",
            with(
                "[\"recording\"]",
                "[{ \"act\": \"recording\", \"of\": { \"role\": \"agent\", \"category\": \"voice\" } }]",
            ),
        ),
        ("an act without its name", with("[\"recording\"]", "[{ \"of\": { \"role\": \"agent\" } }]")),
        ("a number for an act", with("[\"recording\"]", "[7, \"recordin\"]")),
        ("an unknown fact", with("\"direction\":", "\"directoin\":")),
        ("a fact of another holder", with("\"direction\":", "\"age\": 7, \"direction\":")),
        ("a location among the facts", with("\"line\":", "\"location\": \"US-CA\", \"line\":")),
        ("an unknown value", with("\"cellular\"", "\"celular\"")),
        ("a value of another fact", with("\"cellular\"", "\"telephone\"")),
        ("one value where several may stand", with("[\"order-reception\"]", "\"order-reception\"")),
        ("a list where one value stands", with("\"cellular\"", "[\"cellular\", \"voip\"]")),
        ("a flag where a value stands", with("\"cellular\"", "true")),
        ("a number with a fraction", with("{ \"at_least\": 18 }", "17.5")),
        ("too old", with("{ \"at_least\": 18 }", "200")),
        ("ages the wrong way round", with("{ \"at_least\": 18 }", "{ \"at_least\": 18, \"at_most\": 12 }")),
        ("an empty choice", with("\"cellular\"", "{ \"one_of\": [] }")),
        ("not applicable: false", with("\"cellular\"", "{ \"not_applicable\": false }")),
        ("an unknown place", with("\"US-CA\"", "\"California\"")),
        ("an unknown basis", with("\"billing\"", "\"guess\"")),
        ("a party named twice", with("\"customer-1\"", "\"agent-7\"")),
        ("an unknown role", with("\"role\": \"customer\"", "\"role\": \"custumer\"")),
        (
            "a machine that consents",
            with("\"role\": \"agent\", \"kind\": \"person\"", "\"role\": \"ai-agent\", \"kind\": \"person\""),
        ),
        ("not a language", with("\"es-MX\"", "\"spanish!\"")),
        ("told from its end to its start", with(told, &told.replace("10:00:11", "10:00:01"))),
        ("told nothing", with("\"notice\": \"recorded\", ", "")),
        (
            "told what the notice does not state",
            with("\"notice\": \"recorded\",", "\"notice\": \"recorded\", \"elements\": [\"model-training\"],"),
        ),
        ("told after the judged instant", with(told, &told.replace("10:00:", "11:00:"))),
        ("consent after the judged instant", with(consent, &consent.replace("10:00:19", "10:30:00"))),
        ("consent without level", with(consent, &consent.replace("\"level\": \"expressed\", ", ""))),
        ("refusal with a level", with(consent, &consent.replace("consented", "refused"))),
        ("consent on a notice", with(consent, &consent.replace("\"level\"", "\"form\": \"recorded\", \"level\""))),
        (
            "consent that expires first",
            with(consent, &consent.replace("\"level\"", "\"expires\": \"2026-03-01T00:00:00Z\", \"level\"")),
        ),
        ("a capture that captures nothing", with(capture, &capture.replace("recording", "erasing"))),
        ("a capture without beginning", with(capture, "{ \"act\": \"recording\" }")),
        ("an event without time", with("\"captures\":", "\"events\": [{ \"event\": \"last-use\" }], \"captures\":")),
        (
            "an event with two times",
            with(
                "\"captures\":",
                "\"events\": [{ \"event\": \"last-use\", \"on\": \"2026-03-01\", \"at\": \"2026-03-01T00:00:00Z\" }], \"captures\":",
            ),
        ),
        (
            "a hold that ends first",
            with(
                "\"captures\":",
                "\"holds\": [{ \"artefact\": \"recording\", \"from\": \"2026-03-01\", \"until\": \"2026-02-01\" }], \"captures\":",
            ),
        ),
        ("an unknown judgment", with("\"private-communication\"", "\"privat-communication\"")),
        ("a judgment in words", with("\"private-communication\": true", "\"private-communication\": \"yes\"")),
        (
            "several at once",
            documented()
                .replace("recording\"", "recordin\"")
                .replace("US-TX", "TX")
                .replace("\"parties_complete\"", "\"parties_compleat\""),
        ),
    ];
    let mut said = String::new();
    for (name, text) in cases {
        let errors = wire::read_context(&text, &policy.tree, &Limits::default()).expect_err(name);
        let _ = writeln!(said, "# {name}");
        for error in errors {
            assert!(text.get(error.span.clone()).is_some(), "{name}: {error}");
            let _ = writeln!(said, "{}: {error}", error.line);
        }
        said.push('\n');
    }
    insta::assert_snapshot!(said);
}

// ---------------------------------------------------------------------------------------------------- decisions

/// A small law with a price, a house rule, a duty and a period, on the words of these tests.
const LAW: &str = r#"
source LAW "A law of two states" {
  level legislation
  kind criminal, civil
  cite "Code ch. 1"
  checked 2026-01-02
  recheck by 2027-01-02
  confidence high
  applies if any party is in US-CA
}
rule CONSENT "Confidential communications" under LAW {
  cite "Code § 1(a)"
  prohibit recording
    if judged confidential-communication
    unless every party gave at least expressed consent to recording
  except evidence "Evidence of a crime" {
    cite "Code § 1(b)"
    allow recording if judged listed-offence-reasonably-believed
  }
}
rule TRAINING "Training" under LAW {
  cite "Code § 2"
  prohibit use for model-training unless every customer gave at least explicit consent to model-training
  erasure: keep recording at most 1 year from recording-created
}
rule ACCESS "Access" under LAW {
  cite "Code § 3"
  require providing-copy within 30 days of access-requested
}
source HOUSE "House policy" { level house kind contractual checked 2026-01-02 recheck by 2027-01-02 }
rule TELL "Tell first" under HOUSE {
  prohibit recording unless every customer was told recording, before recording
}
covers US-CA for recording, use from 2026-01-01
covers US-NV for recording, use from 2026-01-01
covers US-TX for recording, use from 2026-01-01
bundle acme "Acme" {
  given company is established in US-TX
  answer listed-offence-reasonably-believed no cite "Memo of counsel" until 2027-01-01
  accept risk of TELL signed "A. Officer" on 2026-01-02 until 2026-12-31 because "Being rewritten."
}
"#;

/// An engine of the words and the small law.
fn engine() -> Engine {
    static ENGINE: LazyLock<Engine> = LazyLock::new(small_law);
    ENGINE.clone()
}

fn small_law() -> Engine {
    let words = std::fs::read_to_string(format!("{ROOT}/tests/wire/words.onr")).unwrap();
    let builder = Engine::builder().source("words.onr", words).source("law.onr", LAW).bundle("acme");
    builder.build().unwrap_or_else(|invalid| panic!("{invalid}"))
}

/// A call with a Californian, or perhaps Nevadan, customer, at an instant, with more members.
fn call(more: &str) -> String {
    format!(
        r#"{{ "schema": "onrecord.context/1", "id": "c-1", "at": "2026-03-02T18:01:00Z",
          "ask": {{ "acts": ["recording"], "uses": ["model-training"] }},
          "call": {{ "from": "2026-03-02T18:00:00Z" }}, "recorder": {{ "locations": [{{ "region": "US-TX" }}] }}, {more} }}"#
    )
}

const KNOWN: &str = r#""judgments": { "confidential-communication": true }, "intended_purposes": ["quality-assurance"],
    "categories": [], "log_complete_to": "2026-03-02T18:01:00Z", "parties_complete": true"#;

const COMPANY: &str = r#""parties_complete": true, "company": { "facts": { "establishment": ["US-TX"] } }"#;

const AGENT: &str = r#"{ "id": "agent", "role": "agent", "locations": [{ "region": "US-TX" }],
    "said": [{ "said": "consented", "to": "recording", "level": "expressed", "manner": "written", "at": "2026-01-05T00:00:00Z" }] }"#;

fn parties(customer: &str) -> String {
    format!(
        r#""parties": [{AGENT}, {{ "id": "maria", "role": "customer", "languages": ["es-MX"],
          "locations": [{{ "region": "US-CA", "basis": "billing", "as_of": "2026-02-11" }}, {{ "region": "US-NV", "basis": "area-code" }}]{customer} }}]"#
    )
}

/// The decision on a call, which has been checked against the published schemas.
fn decide(text: &str) -> serde_json::Value {
    let engine = engine();
    let decision = engine.decide_json(text).unwrap_or_else(|errors| panic!("{errors:?}"));
    assert_eq!(decision, engine.decide_json(text).unwrap(), "the same call has the same decision");
    let value: serde_json::Value = serde_json::from_str(&decision).unwrap();
    validate(&onrecord::wire::schema::decision(), &value);
    validate(&onrecord::wire::schema::context(), &serde_json::from_str(text).unwrap());
    value
}

fn validate(schema: &str, value: &serde_json::Value) {
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The decision on a call, laid out for people, its digests left out.
fn shown(text: &str) -> String {
    let engine = engine();
    let (context, at) = engine.context(text).unwrap();
    let json = wire::decision_json_pretty(&engine.decide(&context, at), &context);
    let mut parts = json.split("sha256:");
    let mut shown = parts.next().unwrap().to_owned();
    for part in parts {
        shown += "sha256:…";
        shown += part.trim_start_matches(|digit: char| digit.is_ascii_hexdigit());
    }
    shown
}

#[test]
fn a_decision_before_and_after_consent() {
    let before = call(&format!("{}, {KNOWN}", parties("")));
    assert_eq!(decide(&before)["acts"]["recording"]["verdict"], "conditional");
    insta::assert_snapshot!("before_consent", shown(&before));

    let told = r#", "told": [{ "notice": "recorded", "from": "2026-03-02T18:00:05Z", "to": "2026-03-02T18:00:12Z", "means": "spoken-word", "language": "es" }],
      "said": [{ "said": "consented", "to": "recording", "level": "expressed", "manner": "key-press", "at": "2026-03-02T18:00:20Z" },
               { "said": "refused", "to": { "purpose": "model-training" }, "at": "2026-03-02T18:00:30Z" }]"#;
    let after = call(&format!("{}, {KNOWN}", parties(told)));
    let decided = decide(&after);
    assert_eq!(decided["acts"]["recording"]["cleared"], true);
    assert_eq!(decided["uses"]["model-training"]["verdict"], "prohibited");
    insta::assert_snapshot!("after_consent", shown(&after));
}

#[test]
fn what_is_left_out_never_clears() {
    let told = r#", "told": [{ "notice": "recorded", "from": "2026-03-02T18:00:05Z", "to": "2026-03-02T18:00:12Z" }],
      "said": [{ "said": "consented", "to": "recording", "level": "expressed", "at": "2026-03-02T18:00:20Z" }]"#;
    let whole = call(&format!("{}, {KNOWN}", parties(told)));
    assert_eq!(decide(&whole)["acts"]["recording"]["cleared"], true);
    let gaps = [
        ("the log may hold a refusal", ", \"log_complete_to\": \"2026-03-02T18:01:00Z\"", ""),
        ("there may be others", ", \"parties_complete\": true", ", \"parties_complete\": false"),
        ("there may be others, unsaid", ", \"parties_complete\": true", ""),
        ("nobody knows where the recorder is", "\"recorder\": { \"locations\": [{ \"region\": \"US-TX\" }] },", ""),
        (
            "the consent is of another person",
            "\"said\": [{ \"said\": \"consented\", \"to\": \"recording\", \"level\": \"expressed\", \"at\"",
            "\"languages\": [] , \"said\": [{ \"said\": \"refused\", \"to\": \"recording\", \"at\"",
        ),
    ];
    for (why, part, by) in gaps {
        assert!(whole.contains(part), "{why}");
        let text = whole.replacen(part, by, 1).replacen(
            "\"languages\": [\"es-MX\"],",
            "",
            usize::from(by.contains("languages")),
        );
        let decision = decide(&text);
        assert_eq!(decision["acts"]["recording"]["cleared"], false, "{why}");
    }
    // With the judgment unanswered the strictest answer decides, and is asked for.
    let unjudged = decide(&call(&format!("{}, {}", parties(""), KNOWN.replace("true }", "null }"))));
    assert_eq!(unjudged["acts"]["recording"]["undetermined"], true);
    assert_eq!(unjudged["facts"]["judged confidential-communication"]["known"], "asked-unknown");
}

#[test]
fn consent_to_a_part_is_not_consent_to_the_whole() {
    let told = r#", "told": [{ "notice": "recorded", "from": "2026-03-02T18:00:05Z", "to": "2026-03-02T18:00:12Z" }],
      "said": [{ "said": "consented", "to": { "act": "recording", "phase": "card-entry" }, "level": "expressed", "at": "2026-03-02T18:00:20Z" }]"#;
    let decision = decide(&call(&format!("{}, {KNOWN}", parties(told))));
    assert_eq!(decision["acts"]["recording"]["verdict"], "conditional");
}

#[test]
fn the_schemas_are_as_published_and_refuse_what_the_reader_refuses() {
    let schema: serde_json::Value = serde_json::from_str(&onrecord::wire::schema::context()).unwrap();
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    for part in ["\"at\": \"2026-03-02T18:01:00Z\",", "\"schema\": \"onrecord.context/1\","] {
        let text = call(KNOWN).replacen(part, "", 1);
        assert!(!validator.is_valid(&serde_json::from_str(&text).unwrap()), "{part} is required");
        assert!(engine().decide_json(&text).is_err(), "{part} is required");
    }
    for more in
        ["\"zebra\": 1", "\"parties\": [{ \"id\": 7, \"role\": \"agent\" }]", "\"parties\": [{ \"id\": \"a\" }]"]
    {
        let text = call(more);
        assert!(!validator.is_valid(&serde_json::from_str(&text).unwrap()), "{more}");
        assert!(engine().decide_json(&text).is_err(), "{more}");
    }
    insta::assert_snapshot!("schema_context", onrecord::wire::schema::context());
    insta::assert_snapshot!("schema_decision", onrecord::wire::schema::decision());
}

#[test]
fn an_engine_is_shared_and_says_what_it_was_not_told_right() {
    fn shared<T: Clone + Send + Sync>(_: &T) {}
    let engine = engine();
    shared(&engine);
    assert_eq!(engine.bundles().collect::<Vec<_>>(), ["acme"]);
    assert!(engine.for_bundle("acme").is_some() && engine.for_bundle("other").is_none());
    let invalid = Engine::builder()
        .source("a.onr", LAW)
        .bundle("acmee")
        .readings(["nobody"])
        .assume(["CONSNT"])
        .build()
        .unwrap_err();
    assert_eq!(
        invalid.settings,
        [
            "`acmee` is not a bundle that the policy declares; did you mean `acme`?",
            "`nobody` is not a reading that the policy declares",
            "`CONSNT` is not a rule that the policy declares; did you mean `CONSENT`?",
        ]
    );
    assert!(invalid.to_string().contains("a.onr:13:12: "), "{invalid}");
}

#[test]
fn limits_are_hit_loudly() {
    let policy = words();
    let small = Limits { bytes: 600, parties: 1, entries: 1, facts: 1 };
    let errors = |text: &str, limits: &Limits| {
        let errors = wire::read_context(text, &policy.tree, limits).unwrap_err();
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!("limits_bytes", errors(&documented(), &small));
    insta::assert_snapshot!("limits", errors(&documented(), &Limits { bytes: 1 << 20, ..small }));
}

#[test]
fn one_announcement_does_for_every_rule_that_it_satisfies() {
    let words = std::fs::read_to_string(format!("{ROOT}/tests/wire/words.onr")).unwrap();
    let law = r#"
      source HOUSE "House policy" { level house kind contractual checked 2026-01-02 recheck by 2027-01-02 }
      rule TELL "Tell" under HOUSE { prohibit recording unless every customer was told { recording, model-training }, before recording }
      rule SPEAK "Speak" under HOUSE {
        prohibit recording unless every customer was told recording, by spoken-word, before recording
      }
      covers US-CA for recording from 2026-01-01
      covers US-NV for recording from 2026-01-01
      covers US-TX for recording from 2026-01-01
      notice both "Both" { states recording, model-training by spoken-word wording en "Recorded, and used to train models." }
    "#;
    let engine = Engine::builder().source("words.onr", words).source("law.onr", law).build().unwrap();
    let (context, at) = engine.context(&call(&format!("{}, {COMPANY}", parties("").replace("es-MX", "en")))).unwrap();
    let decision = engine.decide(&context, at);
    let [one] = decision.disclosures.as_slice() else { panic!("{:?}", decision.disclosures) };
    assert_eq!((one.to.as_slice(), one.actions.len()), ([1].as_slice(), 2));
    assert_eq!(one.text.as_ref().unwrap().2, "Recorded, and used to train models.");
}

#[test]
fn every_field_and_word_of_the_forms_is_documented() {
    let page = |name: &str| std::fs::read_to_string(format!("{ROOT}/docs/src/embedding/{name}.md")).unwrap();
    let (call, decision) = (page("context"), page("decision"));
    let schemas = [(wire::schema::context(), call.clone()), (wire::schema::decision(), decision + &call)];
    let mut missing = Vec::new();
    for (schema, pages) in schemas {
        let mut words = Vec::new();
        words_of(&serde_json::from_str(&schema).unwrap(), &mut words);
        assert!(words.len() > 60);
        let code = pages.split('`').skip(1).step_by(2).collect::<Vec<_>>().join(" ");
        let named: BTreeSet<&str> = code.split(|c: char| !(c.is_alphanumeric() || "-_/.".contains(c))).collect();
        let written = |word: &String| named.contains(word.as_str());
        missing.extend(words.into_iter().filter(|word| !written(word)));
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// The names of fields and the fixed words of a schema.
fn words_of(schema: &serde_json::Value, found: &mut Vec<String>) {
    let serde_json::Value::Object(members) = schema else {
        return schema.as_array().into_iter().flatten().for_each(|one| words_of(one, found));
    };
    for (name, value) in members {
        match (name.as_str(), value) {
            ("properties", serde_json::Value::Object(fields)) => found.extend(fields.keys().cloned()),
            ("const", serde_json::Value::String(word)) => found.push(word.clone()),
            _ => {}
        }
        words_of(value, found);
    }
}
