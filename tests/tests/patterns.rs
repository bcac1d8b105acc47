//! The page of patterns is complete, and true of the shipped policies.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use onrecord::compile::{PolicySet, compile};
use onrecord::resolve::resolve;
use onrecord::source::{FileId, Source};
use onrecord::syntax::parse;
use onrecord::tree::{Scenario, ScenarioOf, SourceId};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A row: what links to rules, and what links to scenarios, each with the file it links to.
struct Row {
    rules: Vec<(String, PathBuf)>,
    scenarios: Vec<(String, PathBuf)>,
}

#[test]
fn every_pattern_has_its_rules_and_scenarios_on_both_sides_of_their_line() {
    let policy = shipped();
    let rows = rows();
    let mut found = String::new();
    let numbers = (1..=47).map(|number| number.to_string()).chain(('a'..='g').map(String::from));
    for number in numbers {
        match rows.get(&number) {
            Some(row) => wrong(&policy, row).iter().for_each(|one| found += &format!("row {number}: {one}\n")),
            None => found += &format!("row {number} is missing\n"),
        }
    }
    assert!(found.is_empty(), "{found}");
}

/// What is wrong with a row.
fn wrong(policy: &PolicySet, row: &Row) -> Vec<String> {
    let tree = &policy.tree;
    let mut found = Vec::new();
    let mut scenarios: Vec<&Scenario> = Vec::new();
    for (title, file) in &row.scenarios {
        match tree.scenarios.iter().find(|scenario| scenario.title == *title) {
            Some(scenario) if declared_in(policy, scenario.span.file, file) => scenarios.push(scenario),
            _ => found.push(format!("the scenario “{title}” is not in {}", file.display())),
        }
    }
    for (name, file) in &row.rules {
        match tree.rules.id(name).and_then(|rule| tree.rules.get(rule)) {
            Some(rule) if declared_in(policy, rule.span.file, file) => {
                if rule.cites.is_empty() {
                    found.push(format!("{name} cites nothing"));
                }
                if !scenarios.iter().any(|scenario| runs(policy, scenario, rule.source)) {
                    found.push(format!("no scenario of the row runs {name}"));
                }
            }
            _ => found.push(format!("the rule {name} is not in {}", file.display())),
        }
    }
    let expected: BTreeSet<String> = scenarios
        .iter()
        .flat_map(|scenario| scenario.expects.iter().map(|expect| format!("{:?} {:?}", expect.at, expect.what)))
        .collect();
    if row.rules.is_empty() || scenarios.len() < 2 || expected.len() < 2 {
        found.push("a row needs a rule, and scenarios on both sides of its line".to_owned());
    }
    found
}

fn runs(policy: &PolicySet, scenario: &Scenario, source: SourceId) -> bool {
    match &scenario.of {
        ScenarioOf::Sources(sources) => sources.contains(&source),
        ScenarioOf::Bundle(bundle) => {
            let includes = policy.tree.bundles.get(*bundle).and_then(|bundle| bundle.includes.as_ref());
            includes.is_none_or(|included| included.contains(&source))
        }
    }
}

fn declared_in(policy: &PolicySet, file: FileId, linked: &Path) -> bool {
    policy.sources.get(file.0 as usize).is_some_and(|source| Path::new(&*source.path) == linked)
}

/// The rows of the page, by their first cell.
fn rows() -> BTreeMap<String, Row> {
    let folder = format!("{ROOT}/docs/src");
    let page = std::fs::read_to_string(format!("{folder}/patterns.md")).unwrap();
    let cells = page.lines().filter(|line| line.starts_with("| ")).map(|line| line.split(" | ").collect::<Vec<_>>());
    cells
        .filter(|cells| cells.len() == 4)
        .map(|cells| {
            let number = cells[0].trim_start_matches("| ").to_owned();
            (number, Row { rules: links(cells[2], &folder), scenarios: links(cells[3], &folder) })
        })
        .collect()
}

/// The links of a cell: what they say, and the file they open.
fn links(cell: &str, folder: &str) -> Vec<(String, PathBuf)> {
    let link = |part: &str| {
        let (text, rest) = part.split_once("](")?;
        let (file, _) = rest.split_once(')')?;
        Some((text.to_owned(), Path::new(folder).join(file).canonicalize().unwrap_or_default()))
    };
    cell.split('[').filter_map(link).collect()
}

/// The policies as they are shipped.
fn shipped() -> Arc<PolicySet> {
    let mut paths = Vec::new();
    walk(Path::new(&format!("{ROOT}/policies")), &mut paths);
    paths.sort();
    let read = |(id, path): (u32, &PathBuf)| {
        Source::new(FileId(id), &path.to_string_lossy(), &std::fs::read_to_string(path).unwrap())
    };
    let sources: Vec<Source> = (0..).zip(&paths).map(read).collect();
    let resolved = resolve(&sources.iter().map(parse).collect::<Vec<_>>());
    assert!(resolved.diagnostics.is_empty(), "{:?}", resolved.diagnostics);
    compile(Arc::new(resolved.tree), sources)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "onr") {
            found.push(path.canonicalize().unwrap());
        }
    }
}
