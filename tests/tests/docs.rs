//! The documentation holds: what a page shows of a policy is the policy's own text.

use std::path::{Path, PathBuf};

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The text of every policy file.
fn policies() -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), vec![root().join("policies")]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "onr") {
                found.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

/// The examples of a page.
fn examples(page: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    text.split("```onr\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_hard_laws_are_shown_letter_for_letter_as_they_are_shipped() {
    let (shown, shipped) = (examples("docs/src/language/hard-laws.md"), policies());
    for law in [
        "CIPA-632-7",
        "evidence-of-crime",
        "CT-52-570D",
        "WA-9-73-030",
        "PA-5703",
        "GDPR-5-1-b",
        "MIFID-16-7-KEEP",
        "PCI-3-3-1",
    ] {
        assert!(shown.iter().any(|example| example.contains(&format!(" {law} "))), "{law} is not shown");
    }
    for example in shown {
        let first = example.lines().next().unwrap_or_default();
        assert!(shipped.iter().any(|file| file.contains(&example)), "not as it is shipped: {first}");
    }
}
