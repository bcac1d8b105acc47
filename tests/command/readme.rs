//! The README shows what really is: a decision as it prints, a rule as it reads, the command that prints it.

use std::path::Path;

use crate::{root, run, without_digests, without_lines};

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap()
}

/// The text of the block that follows a marker.
fn block(marker: &str) -> String {
    let readme = readme();
    let after = readme.split(&format!("<!-- {marker} -->\n")).nth(1).unwrap_or_else(|| panic!("no {marker}"));
    let fenced = after.split("```").nth(1).unwrap();
    fenced.split_once('\n').unwrap().1.to_owned()
}

/// Holds a block to what it shows. `UPDATE=1 cargo test` writes the block.
fn hold(marker: &str, shown: &str) {
    if std::env::var_os("UPDATE").is_some() {
        let readme = readme();
        let (before, after) = readme.split_once(&format!("<!-- {marker} -->\n```")).unwrap();
        let (language, rest) = after.split_once('\n').unwrap();
        let (_, rest) = rest.split_once("```").unwrap();
        let text = format!("{before}<!-- {marker} -->\n```{language}\n{shown}```{rest}");
        std::fs::write(root().join("README.md"), text).unwrap();
    }
    let (written, shown) = (steady(&block(marker)), steady(shown));
    assert_eq!(written, shown, "the README differs: run the test again with UPDATE=1");
}

/// What stays when a policy grows by a line somewhere.
fn steady(page: &str) -> String {
    without_lines(&without_digests(page))
}

#[test]
fn the_readme_shows_what_really_is() {
    // The decision, as it prints.
    let command = block("the command");
    let arguments: Vec<&str> = command.trim().split(" -- ").nth(1).unwrap().split_whitespace().collect();
    assert_eq!(arguments, ["decide", "policies", "--call", "tests/calls/california-mobile.json"]);
    hold("the decision", &run(&arguments).out);

    // A rule, as it reads.
    let named =
        readme().lines().find_map(|line| line.strip_prefix("<!-- from ")?.strip_suffix(" -->").map(str::to_owned));
    let file = std::fs::read_to_string(root().join(named.unwrap())).unwrap();
    let rule = &file[file.find("rule CIPA-632-7 ").unwrap()..];
    hold("the rule", &rule[..rule.find("\n}\n").unwrap() + 3]);

    // The embedding, as it compiles.
    let example = std::fs::read_to_string(root().join("engine/examples/embed.rs")).unwrap();
    hold("the embedding", &example[example.find("use std").unwrap()..]);
}

#[test]
fn every_path_of_the_map_is_there() {
    let readme = readme();
    let map = readme.split("## Where things are").nth(1).unwrap().split("\n## ").next().unwrap();
    let paths: Vec<&str> = map.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert!(paths.len() >= 8, "{paths:?}");
    for path in paths {
        assert!(root().join(Path::new(path)).exists(), "the README speaks of {path}, which is not there");
    }
}
