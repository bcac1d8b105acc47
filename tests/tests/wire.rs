//! The JSON forms: what is read, what is written, and everything that is said of what is wrong.

use std::fmt::Write as _;
use std::sync::Arc;

use onrecord::compile::{PolicySet, compile};
use onrecord::resolve::resolve;
use onrecord::source::{FileId, Source};
use onrecord::syntax::parse;
use onrecord::wire::{self, Limits};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The shipped vocabulary and notices.
fn words() -> Arc<PolicySet> {
    let mut paths = Vec::new();
    for folder in ["vocabulary", "notices"] {
        let files = std::fs::read_dir(format!("{ROOT}/policies/{folder}")).unwrap();
        paths.extend(files.map(|file| file.unwrap().path().to_string_lossy().into_owned()));
    }
    paths.sort();
    let sources: Vec<Source> = (0..)
        .zip(&paths)
        .map(|(id, path)| Source::new(FileId(id), path, &std::fs::read_to_string(path).unwrap()))
        .collect();
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
    let policy = words();
    let (context, at) = wire::read_context(&documented(), &policy.tree, &Limits::default()).unwrap();
    let written = wire::context_json(&context, at, &policy.tree);
    let (again, at_again) = wire::read_context(&written, &policy.tree, &Limits::default()).unwrap();
    assert_eq!((&context, at), (&again, at_again));
    assert_eq!(written, wire::context_json(&again, at_again, &policy.tree));
    insta::assert_snapshot!(written);
}

/// The documented example with one part replaced.
fn with(part: &str, by: &str) -> String {
    let text = documented();
    assert!(text.contains(part), "{part}");
    text.replacen(part, by, 1)
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
