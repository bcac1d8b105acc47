//! A file that is being typed is always broken: whatever is done to one declaration, reading stays total, its findings stay in that
//! declaration, and every other declaration is read as before.

#![allow(clippy::disallowed_methods, reason = "a test measures its time")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

use std::time::{Duration, Instant};

use onrecord::source::{FileId, Source, Span};
use onrecord::syntax::lex::{self, Token};
use onrecord::syntax::meaning::meaning;
use onrecord::syntax::{self, Parsed};

const SAMPLE: &str = include_str!("samples/every-declaration.onr");

fn parse(text: &str) -> Parsed {
    let parsed = syntax::parse(&Source::new(FileId(0), "sample.onr", text));
    for diagnostic in &parsed.diagnostics {
        assert!(diagnostic.help.is_some(), "{} says nothing to do: {}", diagnostic.code.id, diagnostic.message);
        assert!(text.get(diagnostic.span.range()).is_some(), "{diagnostic:?} lies outside the text");
    }
    if parsed.diagnostics.is_empty() {
        let said = meaning(&parsed.file);
        assert!(!said.contains("broken: [_") && !said.contains("Broken("), "broken without a finding:\n{text}");
    }
    parsed
}

fn findings(parsed: &Parsed) -> Vec<String> {
    parsed.diagnostics.iter().map(|found| format!("{} {}", found.code.id, found.message)).collect()
}

fn words(text: &str) -> Vec<Token> {
    lex::lex(text).into_iter().filter(|token| !token.is_trivia()).collect()
}

/// A declaration of the sample between its neighbours, and the tokens that are its own.
struct Scene {
    text: &'static str,
    whole: Parsed,
    tokens: Vec<Token>,
}

fn scenes() -> Vec<Scene> {
    let items = parse(SAMPLE).file.items;
    let mut scenes = Vec::new();
    for index in 0..items.len() {
        let from = items[index.saturating_sub(1)].span.range().start;
        let to = items[(index + 1).min(items.len() - 1)].span.range().end;
        let text = SAMPLE.get(from..to).unwrap();
        let touched = items[index].span.range().start - from..items[index].span.range().end - from;
        let tokens = words(text).into_iter().filter(|token| touched.contains(&token.start)).collect();
        scenes.push(Scene { text, whole: parse(text), tokens });
    }
    scenes
}

/// Replaces some bytes of a scene, and compares every declaration that this does not touch, and the places of the findings.
fn neighbours_survive(scene: &Scene, at: std::ops::Range<usize>, by: &str) {
    let text = [scene.text.get(..at.start).unwrap(), by, scene.text.get(at.end..).unwrap()].concat();
    let parsed = parse(&text);
    let items = &scene.whole.file.items;
    let touches = |span: Span| span.range().start <= at.end && at.start <= span.range().end;
    let shift = |place: usize| if place >= at.end { place + by.len() - at.len() } else { place };
    let mut from = 0;
    for item in items.iter().filter(|item| !touches(item.span)) {
        let before = item.span.range().end <= at.start;
        if before {
            from = item.span.range().end;
        }
        let start = shift(item.span.range().start);
        let found = parsed.file.items.iter().find(|found| found.span.range().start == start);
        let found = found.map(|found| meaning(&found.value));
        assert_eq!(found, Some(meaning(&item.value)), "{by:?} at {} in\n{text}\n{:#?}", at.start, findings(&parsed));
    }
    let after = items.iter().map(|item| item.span.range().start).find(|start| *start > at.end);
    let to = after.map_or(text.len(), shift);
    for found in &parsed.diagnostics {
        let place = found.span.range();
        assert!(
            from <= place.start && place.end <= to,
            "{} at {place:?}, not in {from}..{to} of\n{text}",
            found.message
        );
    }
}

#[test]
fn the_sample_has_every_kind_of_declaration_and_no_findings() {
    let parsed = parse(SAMPLE);
    assert_eq!(findings(&parsed), Vec::<String>::new());
    assert!(parsed.file.items.len() >= 15);
}

#[test]
fn without_any_one_token_the_other_declarations_are_read_as_before() {
    for scene in scenes() {
        for token in &scene.tokens {
            neighbours_survive(&scene, token.start..token.end, "");
        }
    }
}

#[test]
fn with_any_character_inserted_the_other_declarations_are_read_as_before() {
    let odd = ["{", "}", "\"", ",", ":", "#", "§", "“", "\u{a0}", "\0", "😀", "–", "(", "\\"];
    for scene in scenes() {
        for (token, one) in scene.tokens.iter().zip(odd.iter().cycle()) {
            neighbours_survive(&scene, token.start..token.start, &format!(" {one} "));
        }
    }
}

#[test]
fn with_any_keyword_inserted_the_other_declarations_are_read_as_before() {
    let grammar = include_str!("../../grammar/src/onrecord.pest");
    let keywords: Vec<&str> = grammar.lines().filter_map(|line| line.strip_prefix("k_")?.split(' ').next()).collect();
    assert!(keywords.len() > 200);
    for scene in scenes() {
        for (index, token) in scene.tokens.iter().enumerate() {
            for keyword in keywords.iter().skip(index % 113).step_by(113) {
                neighbours_survive(&scene, token.start..token.start, &format!("{keyword} "));
            }
        }
    }
}

#[test]
fn cut_at_any_byte_everything_before_is_read_as_before() {
    for scene in scenes() {
        for (at, _) in scene.text.char_indices() {
            let parsed = parse(scene.text.get(..at).unwrap());
            let kept = scene.whole.file.items.iter().filter(|item| item.span.range().end < at);
            for (index, item) in kept.enumerate() {
                let found = parsed.file.items.get(index).map(|found| meaning(&found.value));
                assert_eq!(found, Some(meaning(&item.value)), "item {index}, cut at {at} of\n{}", scene.text);
            }
        }
    }
}

#[test]
fn every_misspelling_is_one_finding_where_it_stands() {
    for (wrong, at, meant) in [
        ("rule R under S {\n  prohibt recording\n}\n", "prohibt", "prohibit"),
        ("rule R under S {\n  prohibit recording unles mask is in place\n}\n", "unles", "unless"),
        ("rule R under S {\n  prohibit recording if evry party is in DE\n}\n", "evry", "every"),
        ("rule R under S {\n  keep recording at lest 5 years from recording-created\n}\n", "lest", "least"),
        ("rule R under S {\n  keep recording at least 5 yeers from recording-created\n}\n", "yeers", "years"),
        ("rule R undr S {\n  prohibit recording\n}\n", "undr", "under"),
        ("rul R under S {\n  prohibit recording\n}\n", "rul", "rule"),
        ("region NORDIC { DK form 2020-01-01 }\n", "form", "from"),
        ("covers DE for recording form 2026-11-23\n", "form", "from"),
        ("source S \"S\" {\n  chekced 2026-11-23\n}\n", "chekced", "checked"),
        ("source S \"S\" {\n  recheck bye 2026-11-23\n}\n", "bye", "by"),
        ("scenario \"s\" of S {\n  expct recording cleared\n}\n", "expct", "expect"),
        ("scenario \"s\" of S {\n  expect recording cleerd\n}\n", "cleerd", "cleared"),
        ("scenario \"s\" of S {\n  customer {\n    tld recording at 10:00\n  }\n}\n", "tld", "told"),
        ("bundle b \"b\" {\n  adopts fowler\n}\n", "adopts", "adopt"),
        ("define x as call concerns any off { a, b }\n", "off", "of"),
        ("define x as any of {\n  call is inbound\n  evry agent is present\n}\n", "evry", "every"),
        ("define x as every agent is in DE adn call is inbound\n", "adn", "and"),
        (
            "bundle b \"b\" {\n  where uncovered require any of {\n    evry party was told recording\n  }\n}\n",
            "evry",
            "every",
        ),
    ] {
        let parsed = parse(wrong);
        assert_eq!(parsed.diagnostics.len(), 1, "{wrong}{:#?}", findings(&parsed));
        let found = &parsed.diagnostics[0];
        assert_eq!(wrong.get(found.span.range()), Some(at), "{wrong}{}", found.message);
        let help = found.help.as_deref().unwrap_or_default();
        assert!(help.contains(&format!("`{meant}`")), "{wrong}{}: {help}", found.message);
    }
}

#[test]
fn layout_never_matters() {
    let whole = parse(SAMPLE);
    for gap in [" ", "\n", "\n\n", "\r\n\t"] {
        let text = words(SAMPLE).iter().map(|token| token.text(SAMPLE)).collect::<Vec<_>>().join(gap);
        let parsed = parse(&text);
        assert_eq!(findings(&parsed), Vec::<String>::new(), "{gap:?}");
        assert_eq!(meaning(&parsed.file), meaning(&whole.file), "{gap:?}");
    }
    let windows = format!("\u{FEFF}{}", SAMPLE.replace('\n', "\r\n"));
    assert_eq!(meaning(&parse(&windows).file), meaning(&whole.file));
    assert_eq!(findings(&parse(&windows)), Vec::<String>::new());
}

#[test]
fn nothing_makes_reading_slow_or_stop() {
    let many = |part: &str, bytes: usize| part.repeat(bytes / part.len());
    let kib = 1024;
    for (what, text) in [
        ("nested braces", format!("define x as {}", "{".repeat(100_000))),
        ("nested groups", format!("define x as {}", "all of { ".repeat(100_000))),
        ("closing braces", "}".repeat(100_000)),
        ("parentheses", format!("define x as {}", "(".repeat(100_000))),
        ("parentheses in a body", format!("rule R under S {{ prohibit recording if {} }}", "(".repeat(100_000))),
        ("a long line", format!("define x as call is {}", "x".repeat(10 * kib * kib))),
        ("a long line that is read", format!("define x as call is {}", "x".repeat(kib * kib - 100))),
        ("a long text", format!("region X \"{}\" {{ DE }}", "x".repeat(kib * kib - 100))),
        ("an open text", format!("region X \"{} {{ DE }}", "x".repeat(kib * kib - 100))),
        ("escapes", format!("region X \"{}", "\\".repeat(kib * kib - 100))),
        ("NULs", "\0".repeat(kib * kib)),
        ("NULs between words", many("a \0 ", 16 * kib)),
        ("curly quotes", many("“", 16 * kib)),
        ("pairs of braces", many("{}\n", 16 * kib)),
        ("words", many("rule ", 16 * kib)),
        ("words, one a line", many("rule\n", 16 * kib)),
        ("heads", many("rule R under\n", 16 * kib)),
        ("heads in an open body", format!("rule R under S {{\n{}", many("except e\n", 16 * kib))),
        ("broken lines", format!("rule R under S {{\n{}}}", many("cite\n", 16 * kib))),
        ("broken and whole lines", format!("rule R under S {{\n{}}}", many("cite 1\ncite \"1\"\n", 16 * kib))),
        ("broken items", format!("define x as any of {{\n{}}}", many("any\n", 16 * kib))),
        ("and", format!("define x as a {}", many("and a ", 16 * kib))),
        ("and, broken", format!("define x as a {}", many("and ", 16 * kib))),
        ("labels", format!("define x as {}", many("a: ", 16 * kib))),
        ("not", format!("rule R under S {{ prohibit {} }}", many("not ", 16 * kib))),
        ("spans", format!("rule R under S {{ keep recording at most {} }}", "later of { ".repeat(60))),
        ("texts", format!("region X {} {{ DE }}", many("\"x\" ", 16 * kib))),
        ("names", format!("covers DE for {} from 2026-11-23", many("x, ", 16 * kib))),
        ("scenes", format!("scenario \"s\" of S {{ {} }}", many("customer { ", 600))),
    ] {
        let start = Instant::now();
        let parsed = parse(&text);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(10), "{what}: {took:?}");
        if took > Duration::from_millis(300) {
            eprintln!("{what}: {took:?}, {} findings", parsed.diagnostics.len());
        }
        assert!(
            !parsed.diagnostics.is_empty()
                || matches!(what, "a long line that is read" | "a long text" | "and" | "texts"),
            "{what}"
        );
    }
}

#[test]
fn a_comma_left_out_and_words_as_json_writes_them_are_one_finding_with_what_to_write() {
    let cases = [
        (
            "rule R under LAW {\n  prohibit recording unless every party was told recorded and did not refuse\n}\n",
            "write `, and did not refuse` here",
        ),
        ("scenario \"s\" of LAW {\n  expect at 10:00:01 recording not-now\n}\n", "write `not now`"),
        ("scenario \"s\" of LAW {\n  expect at 10:00:01 recording not-required\n}\n", "write `not required`"),
    ];
    for (text, help) in cases {
        let parsed = parse(text);
        let said: Vec<_> = parsed.diagnostics.iter().map(|found| found.help.clone().unwrap_or_default()).collect();
        assert_eq!(said, [help], "{text}");
        assert!(parsed.diagnostics.iter().all(|found| found.fix.is_some()), "{text}");
    }
}
