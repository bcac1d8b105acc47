//! After any edits the server holds what it would hold had it read the text anew, and what `check` says of the file.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use onrecord::diagnostic::Diagnostic;
use onrecord::source::{FileId, Source};
use onrecord::{check, resolve, syntax};
use onrecord_lsp::document::{Document, Numbers};
use onrecord_lsp::feature::{findings, tokens};
use onrecord_lsp::position::{Encoding, Position};
use onrecord_lsp::semantic::Semantic;
use proptest::prelude::*;

use crate::client::VOCABULARY;

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();

/// Pieces of text that edits insert: what a person types, pastes and gets wrong.
const INSERTS: &[&str] = &[
    "",
    " ",
    "\n",
    "\r\n",
    "{",
    "}",
    "\"",
    "# note\n",
    "rule ",
    "rule R under S {\n",
    "except x to R {",
    "a",
    "-",
    "define d as ",
    "any of { ",
    "unless every party was told recording",
    "“",
    "”",
    "\u{a0}",
    "🎧",
    "§ 632",
    "region EU { DE }\n",
    "scenario \"x\" of S {",
    "under",
    "\u{0}",
    "act a \"A\" {\n  means \"a\"\n  group other\n}\n",
    "\r",
    "é",
    "covers US-CA for recording from 2026-01-01\n",
];

fn document(text: &str) -> Document {
    Document::new(&Numbers::default(), "file:///a.onr", "a.onr", Some(1), text)
}

fn start_texts() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(VOCABULARY.to_owned()),
        Just(include_str!("sample.onr").to_owned()),
        proptest::collection::vec(proptest::sample::select(INSERTS), 0..12).prop_map(|parts| parts.concat()),
    ]
}

/// Where an edit is (as a fraction of the text), how much it removes, what it inserts.
fn edits() -> impl Strategy<Value = Vec<(f64, usize, String)>> {
    let insert = proptest::collection::vec(proptest::sample::select(INSERTS), 0..3).prop_map(|parts| parts.concat());
    proptest::collection::vec((0.0..1.0f64, prop_oneof![3 => 0..4usize, 1 => 0..400usize], insert), 1..12)
}

fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A finding with bytes of the file.
fn shown(range: std::ops::Range<usize>, found: &Diagnostic) -> String {
    format!("{}..{} {} {} {:?}", range.start, range.end, found.code.id, found.message, found.help)
}

fn of_document(document: &Document, semantic: &Semantic) -> Vec<String> {
    let mut all: Vec<String> = findings::findings(document, Some(semantic), None)
        .iter()
        .map(|one| shown(one.range.clone(), &one.diagnostic))
        .collect();
    all.sort();
    all
}

/// What the engine says of a whole file.
fn of_engine(text: &str) -> Vec<String> {
    let parsed = syntax::parse(&Source::new(FileId(0), "a.onr", text));
    let checked = check::check(resolve::resolve([&parsed]), Some(TODAY));
    let mut all: Vec<String> = checked.diagnostics.iter().map(|found| shown(found.span.range(), found)).collect();
    all.sort();
    all
}

/// Two meanings of the same documents are the same.
fn same(one: &Semantic, other: &Semantic, documents: &[&Arc<Document>]) -> Result<(), TestCaseError> {
    for piece in documents.iter().flat_map(|document| document.pieces()).map(|(_, piece)| piece.id()) {
        prop_assert_eq!(one.diagnostics(piece), other.diagnostics(piece));
        prop_assert_eq!(one.uses(piece), other.uses(piece));
    }
    prop_assert_eq!(format!("{:?}", one.tree), format!("{:?}", other.tree));
    prop_assert_eq!(one.is_valid, other.is_valid);
    Ok(())
}

#[test]
fn typing_in_a_declaration_works_out_only_what_hangs_on_it() {
    let numbers = Numbers::default();
    let text = include_str!("sample.onr");
    let mut edited = Arc::new(Document::new(&numbers, "file:///a.onr", "a.onr", Some(1), text));
    let vocabulary = Arc::new(Document::new(&numbers, "file:///v.onr", "v.onr", None, VOCABULARY));
    let mut known = Semantic::new([&vocabulary, &edited].into_iter(), TODAY);
    let mut alone = 0;
    // Every byte goes and comes again, so that every word of every declaration is broken once.
    let places: Vec<usize> =
        (0..text.len()).filter(|at| text.is_char_boundary(*at) && text.is_char_boundary(at + 1)).collect();
    for at in places.into_iter().step_by(3) {
        for (range, new) in [(at..at + 1, ""), (at..at, &text[at..=at])] {
            edited = Arc::new(edited.edited(&numbers, range, new, None));
            let anew = Semantic::new([&vocabulary, &edited].into_iter(), TODAY);
            known = match known.after([&vocabulary, &edited].into_iter(), TODAY) {
                Some(after) => {
                    alone += 1;
                    same(&after, &anew, &[&vocabulary, &edited]).unwrap();
                    after
                }
                None => anew,
            };
        }
    }
    assert!(alone > 100, "{alone}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edited_is_the_same_as_read_anew(start in start_texts(), edits in edits()) {
        let numbers = Numbers::default();
        let mut text = start.clone();
        let mut edited = Document::new(&numbers, "file:///a.onr", "a.onr", Some(1), &start);
        for (at, remove, insert) in edits {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let from = boundary(&text, (at * text.len() as f64) as usize);
            let to = boundary(&text, from + remove).max(from);
            edited = edited.edited(&numbers, from..to, &insert, None);
            text.replace_range(from..to, &insert);
            prop_assert_eq!(edited.text(), text.as_str());
        }
        let fresh = document(&text);
        let pieces = |document: &Document| document.pieces().map(|(_, piece)| piece.text().to_owned()).collect::<Vec<_>>();
        prop_assert_eq!(pieces(&edited), pieces(&fresh));
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            prop_assert_eq!(tokens::encoded(&edited, None, encoding), tokens::encoded(&fresh, None, encoding));
        }
        let (edited, fresh) = (Arc::new(edited), Arc::new(fresh));
        let of_edited = Semantic::new([&edited].into_iter(), TODAY);
        let of_fresh = Semantic::new([&fresh].into_iter(), TODAY);
        prop_assert_eq!(of_document(&edited, &of_edited), of_document(&fresh, &of_fresh));
    }

    #[test]
    fn colours_that_changed_make_the_old_ones_the_new_ones(start in start_texts(), edits in edits()) {
        let numbers = Numbers::default();
        let encoding = Encoding::Utf16;
        let mut old = Document::new(&numbers, "file:///a.onr", "a.onr", Some(1), &start);
        let mut known = tokens::encoded(&old, None, encoding);
        let mut counts = tokens::counts(&old, encoding);
        for (at, remove, insert) in edits {
            let text = old.text();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let from = boundary(&text, (at * text.len() as f64) as usize);
            let to = boundary(&text, from + remove).max(from);
            let new = old.edited(&numbers, from..to, &insert, None);
            let (delta, after) = tokens::delta(&old, &counts, &new, encoding);
            prop_assert_eq!((delta.start % 5, delta.removed % 5, delta.inserted.len() % 5), (0, 0, 0));
            known.splice(delta.start..delta.start + delta.removed, delta.inserted);
            prop_assert_eq!(&known, &tokens::encoded(&new, None, encoding));
            prop_assert_eq!(&after, &tokens::counts(&new, encoding));
            (old, counts) = (new, after);
        }
    }

    #[test]
    fn checked_after_an_edit_is_the_same_as_checked_anew(start in start_texts(), edits in edits()) {
        let numbers = Numbers::default();
        let vocabulary = Arc::new(Document::new(&numbers, "file:///v.onr", "v.onr", None, VOCABULARY));
        let mut edited = Arc::new(Document::new(&numbers, "file:///a.onr", "a.onr", Some(1), &start));
        let mut known = Semantic::new([&vocabulary, &edited].into_iter(), TODAY);
        for (at, remove, insert) in edits {
            let text = edited.text();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let from = boundary(&text, (at * text.len() as f64) as usize);
            let to = boundary(&text, from + remove.min(40)).max(from);
            edited = Arc::new(edited.edited(&numbers, from..to, &insert, None));
            let anew = Semantic::new([&vocabulary, &edited].into_iter(), TODAY);
            known = match known.after([&vocabulary, &edited].into_iter(), TODAY) {
                Some(after) => {
                    same(&after, &anew, &[&vocabulary, &edited])?;
                    after
                }
                None => anew,
            };
        }
    }

    #[test]
    fn names_found_ahead_are_those_found_in_the_end(start in start_texts(), edits in edits()) {
        let numbers = Numbers::default();
        let vocabulary = Arc::new(Document::new(&numbers, "file:///v.onr", "v.onr", None, VOCABULARY));
        let before = Arc::new(Document::new(&numbers, "file:///a.onr", "a.onr", Some(1), &start));
        let known = Semantic::new([&vocabulary, &before].into_iter(), TODAY);
        let mut after = (*before).clone();
        for (at, remove, insert) in edits.into_iter().take(2) {
            let text = after.text();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let from = boundary(&text, (at * text.len() as f64) as usize);
            let to = boundary(&text, from + remove).max(from);
            after = after.edited(&numbers, from..to, &insert, None);
        }
        let after = Arc::new(after);
        let whole = resolve::resolve(vocabulary.pieces().chain(after.pieces()).map(|(_, piece)| &piece.parsed));
        if let Some(names) = known.names_of_new([&vocabulary, &after].into_iter()) {
            let read = |found: &Diagnostic| after.pieces().any(|(_, piece)| piece.parsed.diagnostics.contains(found));
            let expected: Vec<Diagnostic> = whole.diagnostics.into_iter().filter(|found| names.of.contains(&found.span.file) && !read(found)).collect();
            prop_assert_eq!(names.found, expected);
        }
    }

    #[test]
    fn the_server_says_what_check_says(start in start_texts(), edits in edits()) {
        let mut text = start;
        for (at, remove, insert) in edits.into_iter().take(3) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let from = boundary(&text, (at * text.len() as f64) as usize);
            let to = boundary(&text, from + remove).max(from);
            text.replace_range(from..to, &insert);
        }
        let document = Arc::new(document(&text));
        let semantic = Semantic::new([&document].into_iter(), TODAY);
        let (server, engine) = (of_document(&document, &semantic), of_engine(&text));
        let only = |one: &[String], other: &[String]| one.iter().filter(|found| !other.contains(found)).cloned().collect::<Vec<_>>();
        let (server_alone, engine_alone) = (only(&server, &engine), only(&engine, &server));
        prop_assert!(server_alone.is_empty() && engine_alone.is_empty(), "server alone {:#?} check alone {:#?}\n{}", server_alone, engine_alone, text);
        prop_assert_eq!(server, engine);
    }

    #[test]
    fn positions_go_there_and_back(text in start_texts(), insert in proptest::sample::select(INSERTS)) {
        let numbers = Numbers::default();
        let document = document(&text);
        let document = document.edited(&numbers, boundary(&text, text.len() / 2)..boundary(&text, text.len() / 2), insert, None);
        let text = document.text();
        let mut starts: BTreeMap<usize, usize> = BTreeMap::new();
        for line in 0..document.line_count() {
            starts.insert(document.line_start(line), line);
        }
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (byte, one) in text.char_indices() {
                let position = document.position(byte, encoding);
                let (start, line) = starts.range(..=byte).next_back().unwrap();
                prop_assert_eq!(position.line as usize, *line);
                prop_assert_eq!(position.column as usize, encoding.length(&text[*start..byte]));
                if one != '\n' && one != '\r' {
                    prop_assert_eq!(document.offset(position, encoding), byte);
                }
            }
        }
        let past = Position { line: u32::MAX, column: u32::MAX };
        prop_assert_eq!(document.offset(past, Encoding::Utf16), text.len());
    }
}
