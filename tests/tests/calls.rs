//! The shipped calls on the shipped policies: valid by the published schemas, the same however written, never laxer for what is left out.

use onrecord::engine::Engine;
use onrecord::wire::{self, Limits};
use onrecord_tests::{acme, calls};
use proptest::prelude::*;
use serde_json::Value;

fn validator(schema: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
}

fn valid(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{error} at {}", error.instance_path())).collect()
}

#[test]
fn every_call_and_its_decision_are_valid_by_the_published_schemas() {
    let (context, decision) = (validator(&wire::schema::context()), validator(&wire::schema::decision()));
    let engine = acme();
    assert!(calls().len() >= 12);
    for (name, text) in calls() {
        assert_eq!(valid(&context, &serde_json::from_str(&text).unwrap()), Vec::<String>::new(), "{name}");
        let decided = engine.decide_json(&text).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
        assert_eq!(valid(&decision, &serde_json::from_str(&decided).unwrap()), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_call_written_back_is_the_same_call() {
    let engine = acme();
    for (name, text) in calls() {
        let (context, at) = engine.context(&text).unwrap();
        let written = wire::context_json(&context, at, &engine.policy().tree);
        assert_eq!(engine.context(&written).unwrap(), (context, at), "{name}");
        assert_eq!(engine.decide_json(&written).unwrap(), engine.decide_json(&text).unwrap(), "{name}");
    }
}

/// The acts and uses that a decision clears.
fn cleared(engine: &Engine, text: &str) -> Vec<String> {
    let decision: Value = serde_json::from_str(&engine.decide_json(text).unwrap()).unwrap();
    let asked = ["acts", "uses"].into_iter().flat_map(|kind| decision[kind].as_object().unwrap());
    asked.filter(|(_, decided)| decided["cleared"] == true).map(|(name, _)| name.clone()).collect()
}

/// What is known of a call, member by member: each can be left out. (For company, recorder and judgments the bundle's own lines then
/// stand in, which is not silence.)
const KNOWN: [&str; 6] =
    ["/call/facts", "/intended_purposes", "/promised_purposes", "/categories", "/log_complete_to", "/parties_complete"];

#[test]
fn what_is_left_out_of_a_call_never_clears() {
    let engine = acme();
    let (mut left_out, mut was_cleared) = (0, 0);
    for (name, text) in calls() {
        let before = cleared(&engine, &text);
        was_cleared += before.len();
        let whole: Value = serde_json::from_str(&text).unwrap();
        let parties = whole["parties"].as_array().map_or(0, Vec::len);
        let of_parties =
            (0..parties).flat_map(|index| ["locations", "facts"].map(|member| format!("/parties/{index}/{member}")));
        for pointer in KNOWN.map(str::to_owned).into_iter().chain(of_parties) {
            let mut less = whole.clone();
            let (holder, member) = pointer.rsplit_once('/').unwrap();
            let Some(holder) = less.pointer_mut(holder).and_then(Value::as_object_mut) else { continue };
            if holder.remove(member).is_none() {
                continue;
            }
            left_out += 1;
            let after = cleared(&engine, &less.to_string());
            assert!(after.iter().all(|act| before.contains(act)), "{name} without {pointer}: {after:?} was {before:?}");
        }
    }
    assert!(left_out > 50 && was_cleared > 5, "{left_out} left out, {was_cleared} cleared");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whatever text is read, nothing panics, and every error stands at a place of the text.
    #[test]
    fn any_text_is_read_or_refused_with_reasons(
        which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), len in 0_usize..12,
        by in prop::sample::select(vec!["", "\"", "}", "[", "null", "7", "{}", "\"x\"", ",", "é", "1.5", "\"id\":", "true"]),
    ) {
        let engine = acme();
        let calls = calls();
        let (_, text) = which.get(&calls);
        let mut start = at.index(text.len());
        let mut end = (start + len).min(text.len());
        while !text.is_char_boundary(start) { start -= 1; }
        while !text.is_char_boundary(end) { end += 1; }
        let mangled = format!("{}{by}{}", &text[..start], &text[end..]);
        match engine.context(&mangled) {
            Ok((context, at)) => {
                let written = wire::context_json(&context, at, &engine.policy().tree);
                prop_assert_eq!(engine.context(&written).unwrap(), (context, at));
            }
            Err(errors) => {
                prop_assert!(!errors.is_empty());
                for error in errors {
                    prop_assert!(mangled.get(error.span.clone()).is_some(), "{} {:?}", error, error.span);
                    // The two ways of reading agree on what may stand.
                    prop_assert!(!error.message.starts_with("this cannot be read"), "{}", error);
                }
            }
        }
    }

    /// Replacing any value of a call by one of another shape is refused with reasons, or leaves a call that can be written back.
    #[test]
    fn any_value_in_any_place_is_read_or_refused_with_reasons(
        which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(),
        by in prop::sample::select(vec![
            "null", "true", "0", "-1", "1.5", "99999999999", "\"\"", "\"recording\"", "[]", "{}", "[null]", "[\"recording\"]",
            "{\"one_of\":[\"cellular\"]}", "{\"at_least\":[\"x\"]}", "{\"at_least\":{}}", "{\"not_applicable\":true}", "{\"zebra\":1}",
        ]),
    ) {
        let engine = acme();
        let calls = calls();
        let (_, text) = which.get(&calls);
        let mut value: Value = serde_json::from_str(text).unwrap();
        let mut pointers = Vec::new();
        all(&value, String::new(), &mut pointers);
        let place: &String = at.get(&pointers);
        *value.pointer_mut(place).unwrap() = serde_json::from_str(by).unwrap();
        if let Err(errors) = engine.context(&value.to_string()) {
            for error in errors {
                prop_assert!(!error.message.starts_with("this cannot be read"), "{} for {} at {}", error, by, place);
            }
        }
    }
}

/// The pointers to every value inside a value.
fn all(value: &Value, at: String, found: &mut Vec<String>) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Array(list) => list.iter().enumerate().map(|(index, one)| (index.to_string(), one)).collect(),
        Value::Object(members) => members.iter().map(|(name, one)| (name.clone(), one)).collect(),
        _ => Vec::new(),
    };
    for (step, one) in inside {
        all(one, format!("{at}/{step}"), found);
    }
    found.push(at);
}

#[test]
fn a_call_is_refused_whole_or_read_whole() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let errors = wire::read_context(&deep, &acme().policy().tree, &Limits::default()).unwrap_err();
    assert!(errors[0].message.starts_with("this is not JSON: recursion limit exceeded"), "{errors:?}");
    let long = format!("{{\"id\": \"{}\"}}", "x".repeat(2 << 20));
    let errors = acme().decide_json(&long).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].message.starts_with("the call has 2097162 bytes"), "{errors:?}");
}
