//! The snippets of the VS Code extension are policies: taken as they stand, together, on the shipped vocabulary, they hold.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test may stop"
)]

use std::path::{Path, PathBuf};

use onrecord::check::check;
use onrecord::compile::compile;
use onrecord::resolve::resolve;
use onrecord::source::{FileId, Source};
use onrecord::syntax::parse;
use onrecord::test;
use serde_json::Value;

/// What snippets may be told: a definition and a question wait for the line that uses them.
const WAITING: &[&str] = &["ONR0250", "ONR0251"];

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Prefix and text of each snippet, with every place left as it is proposed.
fn snippets() -> Vec<(String, String)> {
    let json = std::fs::read_to_string(root().join("lsp/editors/vscode/snippets/onrecord.json")).unwrap();
    let all: serde_json::Map<String, Value> = serde_json::from_str(&json).unwrap();
    all.values()
        .map(|snippet| {
            let lines = snippet["body"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
            let body = lines.collect::<Vec<_>>().join("\n");
            (
                snippet["prefix"].as_str().unwrap().to_owned(),
                taken(&body.replace("$0", "").replace(TODAY, "2026-11-26")),
            )
        })
        .collect()
}

const TODAY: &str = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE";

/// `${1:text}` is its text, `${1|one,other|}` its first choice.
fn taken(body: &str) -> String {
    let Some((before, place)) = body.split_once("${") else { return body.to_owned() };
    let number = place.find(|one: char| !one.is_ascii_digit()).unwrap();
    let (kind, inside) = place[number..].split_at(1);
    let (text, rest) = match kind {
        "|" => {
            let (choices, rest) = inside.split_once("|}").unwrap();
            (choices.split(',').next().unwrap(), rest)
        }
        _ => inside.split_at(closing(inside)),
    };
    let rest = if kind == "|" { rest } else { &rest[1..] };
    format!("{before}{text}{}", taken(rest))
}

/// Where the brace closes that was opened before a text.
fn closing(text: &str) -> usize {
    let mut depth = 1;
    for (at, one) in text.char_indices() {
        match one {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    panic!("a place is not closed: {text}");
}

/// Whether a snippet is for the inside of a rule.
fn stands_inside(prefix: &str) -> bool {
    prefix == "exception-here"
}

/// The snippets as files, the one for the inside of a rule inside one, and the shipped vocabulary.
fn files() -> Vec<Source> {
    let (inside, outside): (Vec<_>, Vec<(String, String)>) =
        snippets().into_iter().partition(|(prefix, _)| stands_inside(prefix));
    assert_eq!(inside.len(), 1, "there is a snippet for the inside of a rule");
    let mut texts = outside;
    let (_, rule) = texts.iter_mut().find(|(prefix, _)| prefix == "rule-consent").unwrap();
    let end = rule.rfind('}').unwrap();
    rule.insert_str(end, &inside[0].1);
    for file in std::fs::read_dir(root().join("policies/vocabulary")).unwrap() {
        let path = file.unwrap().path();
        texts.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
    }
    let numbered = texts.iter().zip(0..);
    numbered.map(|((name, text), id)| Source::new(FileId(id), name, text)).collect()
}

#[test]
fn every_snippet_holds_as_it_is_proposed() {
    let files: Vec<_> = files().iter().map(parse).collect();
    let checked = check(resolve(&files), "2026-11-26".parse().ok());
    let found: Vec<String> = checked
        .diagnostics
        .iter()
        .filter(|one| !WAITING.contains(&one.code.id))
        .map(|one| format!("{} {}", one.code.id, one.message))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_scenarios_among_the_snippets_pass() {
    let files = files();
    let parsed: Vec<_> = files.iter().map(parse).collect();
    let checked = check(resolve(&parsed), None);
    let report = test::run(&compile(checked.tree, files));
    assert_eq!(report.scenarios.len(), 3);
    for scenario in &report.scenarios {
        assert!(scenario.failures.is_empty(), "{}: {:#?}", scenario.title, scenario.failures);
    }
}

#[test]
fn a_snippet_is_called_by_no_keyword() {
    let grammar = std::fs::read_to_string(root().join("grammar/src/onrecord.pest")).unwrap();
    for (prefix, _) in snippets() {
        assert!(!grammar.contains(&format!("\nk_{prefix} ")), "the server proposes `{prefix}` itself");
    }
}
