//! Formatting: once is enough, nothing is lost, the meaning stays, whatever the author's layout, and however broken the file is.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

use std::time::Instant;

use onrecord::format::{format, format_declarations, format_text};
use onrecord::source::{FileId, Source};
use onrecord::syntax::ast::ItemKind;
use onrecord::syntax::lex::{TokenKind, lex};
use onrecord::syntax::meaning::meaning;
use onrecord::syntax::{Parsed, parse};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../../engine/tests/samples/every-declaration.onr");

fn read(text: &str) -> Parsed {
    parse(&Source::new(FileId(0), "sample.onr", text))
}

/// Every policy, every whole example of the language reference, and the sample.
fn corpus() -> Vec<(String, String)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let mut files = vec![("sample".to_owned(), SAMPLE.to_owned())];
    let mut folders = vec![format!("{root}/policies"), format!("{root}/docs/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(name);
            } else if name.ends_with(".onr") {
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            } else if name.ends_with(".md") {
                let text = std::fs::read_to_string(&path).unwrap();
                let examples = text.split("```onr\n").skip(1).map(|part| part.split("```").next().unwrap().to_owned());
                files.extend(examples.map(|example| (name.clone(), example)));
            }
        }
    }
    files
}

fn comments(text: &str) -> Vec<String> {
    let comments = lex(text).into_iter().filter(|token| token.kind == TokenKind::Comment);
    comments.map(|token| token.text(text).trim_end().to_owned()).collect()
}

fn words(text: &str) -> Vec<&str> {
    let words = lex(text).into_iter().filter(|token| !token.is_trivia());
    words.map(|token| token.text(text)).collect()
}

/// What must hold of every text, broken or not.
fn holds(text: &str) {
    let parsed = read(text);
    let once = format(&parsed);
    let again = read(&once);
    assert_eq!(format(&again), once, "formatting twice differs from once; the file:\n{text}");
    assert_eq!(comments(&once), comments(text), "comments of\n{text}");
    if parsed.diagnostics.is_empty() {
        assert_eq!(meaning(&again.file), meaning(&parsed.file), "meaning of\n{text}\n\n{once}");
        assert!(again.diagnostics.is_empty(), "{:#?} in\n{once}", again.diagnostics);
        assert!(!once.lines().any(|line| line.ends_with([' ', '\t'])), "white space at a line's end:\n{once}");
        assert!(!once.contains(['\r', '\u{FEFF}']) && !once.contains("\n\n\n"), "{once}");
    }
    let broken = parsed.file.items.iter().filter(|item| matches!(item.value, ItemKind::Broken(_)));
    for item in broken {
        assert!(once.contains(parsed.source.slice(item.span)), "a broken declaration changed:\n{text}\n\n{once}");
    }
}

#[test]
fn every_policy_and_every_example_is_formatted_once_for_all() {
    let corpus = corpus();
    assert!(corpus.len() > 20);
    for (_, text) in corpus {
        holds(&text);
        holds(&format!("\u{FEFF}{}", text.replace('\n', "\r\n")));
    }
}

#[test]
fn the_authors_layout_does_not_count() {
    for (name, text) in corpus() {
        // At the margin, an exception that names its rules is one of its own even inside a rule, where it is wrong (ONR0403).
        if !read(&text).diagnostics.is_empty() || name.ends_with("ONR0403.md") {
            continue;
        }
        let on_one_line = format_text(&words(&text).join(" "));
        assert_eq!(format_text(&words(&text).join("\n")), on_one_line, "{name}");
        assert_eq!(format_text(&words(&text).join("\t\t")), on_one_line, "{name}");
    }
}

#[test]
fn the_sample_in_its_canonical_layout() {
    insta::assert_snapshot!(format_text(SAMPLE));
}

#[test]
fn comments_stay_where_they_stand() {
    insta::assert_snapshot!(format_text(include_str!("format/comments.onr")));
}

#[test]
fn long_lines_take_one_item_a_line() {
    insta::assert_snapshot!(format_text(include_str!("format/long.onr")));
}

#[test]
fn what_cannot_be_read_stays_as_it_is() {
    insta::assert_snapshot!(format_text(include_str!("format/broken.onr")));
}

#[test]
fn a_broken_declaration_that_follows_without_a_space_does_not_keep_the_one_before_it() {
    holds("region NORDIC { DK, Sregion NORDIE }C \"Nordic countrie\ns\" { DK, SE }\n");
    holds("act use \"Use\" { means \"Using.\" group use\np}urpose improvement \"Improvement\" { means \"Better.\" }\n");
    holds(
        "\"act recording \"Recording\" {\norder iseriod }, before recording\n  then keep recording at most until x\n",
    );
    holds("source S \"S\" {\n  level house\n  kind ci}}}} \"Memo 8\" until 2027-06-30\n  checked 2026-11-23\n}\n");
}

#[test]
fn a_range_formats_the_declarations_that_it_touches() {
    let text = "covers   DE for recording from 2026-11-23\n\n# about X\nregion   X { DE,FR }\n\nregion   Y {  IT }\n";
    let parsed = read(text);
    let at = text.find("X {").unwrap();
    let edits = format_declarations(&parsed, at..at + 1);
    let said: Vec<_> = edits.iter().map(|(span, by)| (parsed.source.slice(*span), by.as_str())).collect();
    assert_eq!(said, [("region   X { DE,FR }", "region X { DE, FR }")]);
}

#[test]
fn time_grows_with_the_length_and_not_with_its_square() {
    let (short, long) = (read(&SAMPLE.repeat(8)), read(&SAMPLE.repeat(128)));
    let took = |parsed: &Parsed| {
        let start = Instant::now();
        assert!(!format(parsed).is_empty());
        start.elapsed().as_secs_f64()
    };
    // The least of several, taken in turn: other tests run beside this one.
    let (mut least_short, mut least_long) = (f64::MAX, f64::MAX);
    for _ in 0..5 {
        least_short = least_short.min(took(&short));
        least_long = least_long.min(took(&long));
    }
    let ratio = least_long / least_short;
    assert!(ratio < 128.0, "16 times the text took {ratio:.0} times as long; the square would be 256 times");
}

/// Declarations of the corpus, put together anew.
fn declarations() -> impl Strategy<Value = Vec<String>> {
    let all: Vec<String> = corpus()
        .into_iter()
        .map(|(_, text)| read(&text))
        .filter(|parsed| parsed.diagnostics.is_empty())
        .flat_map(|parsed| {
            parsed.file.items.iter().map(|item| parsed.source.slice(item.span).to_owned()).collect::<Vec<_>>()
        })
        .collect();
    prop::collection::vec(prop::sample::select(all), 1..5)
}

/// A file of some declarations, with white space and comments of every kind between its words.
fn scrambled() -> impl Strategy<Value = String> {
    (declarations(), any::<u64>()).prop_map(|(declarations, seed)| {
        let text = declarations.join("\n");
        let mut state = seed | 1;
        let mut file = String::new();
        for (index, word) in words(&text).into_iter().enumerate() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            file += &match (state >> 33) % 24 {
                0..=11 => " ".to_owned(),
                12..=15 => "\n".to_owned(),
                16 | 17 => "\n\n  \n".to_owned(),
                18 => format!("  # trailing {index} \n"),
                19 => format!("\n# own {index}\n"),
                20 => format!("\n\n    #{index}\n\n# next\n\n"),
                21 => "\r\n".to_owned(),
                22 => format!("# a {index}\n\t# b\n"),
                _ => "   ".to_owned(),
            };
            file += word;
        }
        file
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn once_is_enough_and_nothing_is_lost(file in scrambled()) {
        holds(&file);
    }

    #[test]
    fn a_broken_file_is_formatted_around_what_is_broken(
        declarations in declarations(),
        at in any::<prop::sample::Index>(),
        by in prop::sample::select(vec!["", "{", "}", "\"", "§", "#", "rule", "unless", ",", ":", "\u{a0}", "\0", "“a”", "and", "x"]),
    ) {
        let text = declarations.join("\n\n");
        let tokens: Vec<_> = lex(&text).into_iter().filter(|token| !token.is_trivia()).collect();
        let token = at.get(&tokens);
        let end = if by.is_empty() { token.end } else { token.start };
        holds(&format!("{} {by} {}", &text.get(..token.start).unwrap(), &text.get(end..).unwrap()));
    }
}
