//! The book: every page stands in its summary, and every link inside the repository opens something.

use std::path::{Path, PathBuf};

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src")
}

fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}

fn all() -> Vec<PathBuf> {
    let mut found = Vec::new();
    pages(&source(), &mut found);
    found.sort();
    assert!(found.len() > 100, "{} pages", found.len());
    found
}

/// The targets of the links on a page, those to other sites and within the page aside.
fn links(text: &str) -> Vec<String> {
    let prose: String = text.split("```").step_by(2).collect();
    let targets = prose.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let inside = targets.filter(|target| !target.contains("://") && !target.starts_with('#') && !target.contains(' '));
    inside.map(|target| target.split('#').next().unwrap().to_owned()).filter(|target| !target.is_empty()).collect()
}

#[test]
fn every_page_stands_in_the_summary() {
    let summary = std::fs::read_to_string(source().join("SUMMARY.md")).unwrap();
    let listed = links(&summary);
    let missing: Vec<String> = all()
        .iter()
        .map(|page| page.strip_prefix(source()).unwrap().to_string_lossy().into_owned())
        .filter(|page| page != "SUMMARY.md" && !listed.contains(page))
        .collect();
    assert!(missing.is_empty(), "add to docs/src/SUMMARY.md: {missing:?}");
}

#[test]
fn every_link_opens_something() {
    let mut broken = Vec::new();
    for page in all() {
        let folder = page.parent().unwrap();
        for target in links(&std::fs::read_to_string(&page).unwrap()) {
            if !folder.join(&target).exists() {
                broken.push(format!("{}: {target}", page.strip_prefix(source()).unwrap().display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}
