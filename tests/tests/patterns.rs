//! The table of patterns holds: every rule and scenario that it names stands where its link opens, the scenarios of a row run its rules, and
//! no pattern is missing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use onrecord::resolve::resolve;
use onrecord::source::{FileId, Source};
use onrecord::syntax::parse;
use onrecord::tree::{ScenarioOf, SourceId, Tree};

/// A row: its number or letter, its rules, the scenarios on each side, each with the file that its link opens.
struct Row {
    number: String,
    rules: Vec<(String, PathBuf)>,
    sides: [Vec<(String, PathBuf)>; 2],
}

fn book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src")
}

/// The rows of the page.
fn rows() -> Vec<Row> {
    let page = std::fs::read_to_string(book().join("patterns.md")).unwrap();
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let body =
        page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| |") && !line.starts_with("| -"));
    body.map(|line| {
        let cells = cells(line);
        let [number, _, rules, one, other] = cells.as_slice() else { panic!("not five cells: {line}") };
        Row { number: number.clone(), rules: links(rules), sides: [links(one), links(other)] }
    })
    .collect()
}

/// The links of a cell: text and file.
fn links(cell: &str) -> Vec<(String, PathBuf)> {
    let one = |part: &str| {
        let (text, target) = part.trim_start_matches('[').trim_end_matches(')').split_once("](").unwrap();
        (text.to_owned(), book().join(target))
    };
    cell.split("<br>").map(one).collect()
}

/// Every policy file, resolved together.
fn policy() -> Tree {
    let (mut files, mut open) = (Vec::new(), vec![book().join("../../policies")]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "onr") {
                files.push(path);
            }
        }
    }
    files.sort();
    let source = |(id, path): (u32, &PathBuf)| {
        Source::new(FileId(id), &path.to_string_lossy(), &std::fs::read_to_string(path).unwrap())
    };
    let parsed: Vec<_> = (0..).zip(&files).map(source).map(|source| parse(&source)).collect();
    resolve(&parsed).tree
}

/// The source of what a row names as a rule: a rule, an exception, a question or a bundle. `None`: it is of no source, or of several.
fn source_of(tree: &Tree, name: &str) -> Option<SourceId> {
    let rule = tree.rules.id(name).map(|rule| tree.rules[rule].source);
    rule.or_else(|| tree.exceptions.iter().find(|(_, one)| one.name == name).map(|(_, one)| one.source))
}

fn declares(path: &Path, kinds: &[&str], name: &str) -> bool {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().any(|line| {
        kinds.iter().any(|kind| {
            let rest = line.trim_start().strip_prefix(kind).and_then(|rest| rest.strip_prefix(name));
            rest.is_some_and(|rest| rest.starts_with([' ', '"']))
        })
    })
}

#[test]
fn every_pattern_has_a_row() {
    let numbers: Vec<String> = rows().into_iter().map(|row| row.number).collect();
    let expected: Vec<String> =
        (1..=47).map(|number: u32| number.to_string()).chain(('A'..='G').map(|letter| letter.to_string())).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn every_rule_and_scenario_of_the_patterns_stands_where_its_link_opens() {
    for row in rows() {
        assert!(!row.rules.is_empty() && row.sides.iter().all(|side| !side.is_empty()), "row {}", row.number);
        for (rule, path) in &row.rules {
            let kinds = ["rule ", "except ", "question ", "bundle "];
            assert!(declares(path, &kinds, rule), "row {}: {rule} is not in {}", row.number, path.display());
        }
        for (scenario, path) in row.sides.iter().flatten() {
            let there = declares(path, &["scenario \""], scenario);
            assert!(there, "row {}: “{scenario}” is not in {}", row.number, path.display());
        }
        let [one, other] = &row.sides;
        assert!(
            !one.iter().any(|(scenario, _)| other.iter().any(|(title, _)| title == scenario)),
            "row {}",
            row.number
        );
    }
}

#[test]
fn the_scenarios_of_a_pattern_and_its_rules_belong_together() {
    let tree = policy();
    for row in rows() {
        let mut run = BTreeSet::new();
        let sources: Vec<SourceId> = row.rules.iter().filter_map(|(rule, _)| source_of(&tree, rule)).collect();
        for (title, _) in row.sides.iter().flatten() {
            let found: Vec<_> = tree.scenarios.iter().filter(|scenario| scenario.title == *title).collect();
            let [scenario] = found.as_slice() else { panic!("{} scenarios are called “{title}”", found.len()) };
            let runs: Vec<SourceId> = match &scenario.of {
                ScenarioOf::Bundle(_) => sources.clone(),
                ScenarioOf::Sources(run) => sources.iter().filter(|source| run.contains(source)).copied().collect(),
            };
            let of_bundle = matches!(scenario.of, ScenarioOf::Bundle(_));
            assert!(of_bundle || !runs.is_empty(), "row {}: “{title}” runs no source of its rules", row.number);
            run.extend(runs);
        }
        for (rule, _) in &row.rules {
            let source = source_of(&tree, rule);
            assert!(source.is_none_or(|source| run.contains(&source)), "row {}: no scenario runs {rule}", row.number);
            let cited = tree.rules.id(rule).is_none_or(|rule| !tree.rules[rule].cites.is_empty());
            assert!(cited, "row {}: {rule} cites nothing", row.number);
        }
    }
}
