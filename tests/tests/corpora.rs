//! What fuzzing once found worth keeping still holds, on a stable build: see `docs/src/testing/fuzzing.md`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop"
)]

#[path = "../../fuzz/src/layout.rs"]
mod layout;
#[path = "../../fuzz/src/reading.rs"]
mod reading;

use std::fs;

/// Every committed input of a target that is text.
fn corpus(target: &str) -> Vec<String> {
    let folder = format!("{}/../fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.filter_map(|bytes| String::from_utf8(bytes).ok()).collect()
}

#[test]
fn whatever_is_read_is_read_whole() {
    let corpus = corpus("parse");
    assert!(corpus.len() > 40);
    corpus.iter().for_each(|text| reading::holds(text));
}

#[test]
fn whatever_is_laid_out_loses_nothing() {
    let corpus = corpus("format");
    assert!(corpus.len() > 40);
    corpus.iter().for_each(|text| layout::holds(text));
}
