//! What the suites share: the shipped policies and calls; a second evaluator written from the meaning alone, generators of policies and calls,
//! and what must be so of every policy and every call.

#![allow(clippy::panic, reason = "a suite that cannot read its files stops")]

pub mod differ;
pub mod generate;
pub mod reached;
pub mod reference;
pub mod suite;
pub mod theorem;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use onrecord::engine::{Builder, Engine};

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The shipped policies under the example bundle, read once.
#[must_use]
pub fn acme() -> Engine {
    static ACME: LazyLock<Engine> = LazyLock::new(|| match policies(Engine::builder()).bundle("acme").build() {
        Ok(engine) => engine,
        Err(invalid) => panic!("{invalid}"),
    });
    ACME.clone()
}

/// Adds every shipped policy, by its path below `policies`.
#[must_use]
pub fn policies(builder: Builder) -> Builder {
    let folder = root().join("policies");
    files(&folder, "onr").into_iter().fold(builder, |builder, path| {
        let name = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().into_owned();
        builder.source(name, read(&path))
    })
}

/// The shipped calls: the file's name without ending, and its text.
#[must_use]
pub fn calls() -> Vec<(String, String)> {
    let name = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    files(&root().join("tests/calls"), "json").iter().map(|path| (name(path), read(path))).collect()
}

/// The text of a file.
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files below a folder with an ending, in order.
#[must_use]
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}
