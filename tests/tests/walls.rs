//! The walls between the parts, held: each is written down in `docs/src/architecture.md`.

use std::path::{Path, PathBuf};

/// Every Rust file below some folders, by its path from the root of the repository, with its text.
fn sources(folders: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no file below {folders:?}");
    found
}

/// Files in which one of some words stands and in which it may not.
fn beyond(folders: &[&str], words: &[&str], allowed: impl Fn(&str) -> bool) -> Vec<String> {
    let names = |text: &str| words.iter().any(|word| text.lines().any(|line| !is_comment(line) && line.contains(word)));
    let found = sources(folders).into_iter().filter(|(name, text)| !allowed(name) && names(text));
    found.map(|(name, _)| name).collect()
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

const NONE: Vec<String> = Vec::new();

#[test]
fn the_engine_and_the_grammar_do_no_input_and_no_output_and_read_no_clock() {
    let words = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::io",
        "std::thread",
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "rand::",
        "println!",
        "eprintln!",
    ];
    assert_eq!(beyond(&["engine/src", "grammar/src"], &words, |_| false), NONE);
}

#[test]
fn the_parsers_rules_stand_only_where_its_pairs_are_read_and_its_errors_put_into_words() {
    let allowed = |name: &str| {
        name == "engine/src/syntax.rs"
            || name.starts_with("engine/src/syntax/lower")
            || name.starts_with("engine/src/syntax/error")
    };
    assert_eq!(beyond(&["engine/src", "lsp/src", "cli/src"], &["onrecord_grammar"], allowed), NONE);
}

#[test]
fn json_forms_stand_only_in_wire() {
    let allowed = |name: &str| name.starts_with("engine/src/wire");
    assert_eq!(beyond(&["engine/src"], &["serde", "Serialize", "schemars"], allowed), NONE);
}

#[test]
fn the_protocols_types_stand_only_at_the_edge_of_the_server() {
    let allowed = |name: &str| !name.starts_with("lsp/src/feature") && !name.starts_with("lsp/src/analysis");
    assert_eq!(beyond(&["lsp/src"], &["lsp_types", "lsp_server"], allowed), NONE);
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = sources(&["engine", "grammar", "lsp/src", "cli/src", "tests"])
        .into_iter()
        .filter(|(name, text)| !name.contains("/target/") && !text.starts_with("//!"))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(silent, NONE);
}

#[test]
fn nothing_is_unsafe_and_no_lint_is_lifted_without_its_reason() {
    let folders = ["engine/src", "grammar/src", "lsp/src", "cli/src"];
    let silent: Vec<String> = sources(&folders)
        .into_iter()
        .flat_map(|(name, text)| {
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let lifted = |line: &&String| line.contains("allow(") && line.trim_start().starts_with('#');
            let without = |line: &&String| lifted(line) && line.ends_with(")]") && !line.contains("reason");
            let found: Vec<String> = lines.iter().filter(without).map(|line| format!("{name}: {line}")).collect();
            found
        })
        .collect();
    assert_eq!(silent, NONE);
}

#[test]
fn the_engine_stays_light() {
    let manifest = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../engine/Cargo.toml")).unwrap();
    let required = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let count = required.lines().filter(|line| line.contains('=') || line.contains(".workspace")).count();
    assert!(count <= 11, "{count} dependencies, one of them optional:\n{required}");
}

#[test]
fn arrows_between_the_crates_point_one_way() {
    let allowed: [(&str, &[&str]); 4] = [
        ("grammar", &[]),
        ("engine", &["onrecord-grammar"]),
        ("lsp", &["onrecord"]),
        ("cli", &["onrecord", "onrecord-lsp"]),
    ];
    for (folder, arrows) in allowed {
        let path = format!("{}/../{folder}/Cargo.toml", env!("CARGO_MANIFEST_DIR"));
        let manifest = std::fs::read_to_string(path).unwrap();
        let required =
            manifest.split("[dependencies]").nth(1).unwrap_or_default().split("\n[").next().unwrap_or_default();
        for line in required.lines().filter(|line| line.starts_with("onrecord")) {
            let name = line.split(['.', ' ', '=']).next().unwrap();
            assert!(arrows.contains(&name), "{folder} depends on {name}");
        }
    }
}
