//! The bugs that are put in on purpose: each still has its place in the engine, and the book lists them all.

#[test]
fn every_bug_has_its_place_in_the_engine_and_in_the_book() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let list = std::fs::read_to_string(format!("{root}/tests/mutations/list.json")).unwrap();
    let book = std::fs::read_to_string(format!("{root}/docs/src/testing.md")).unwrap();
    let bugs: Vec<serde_json::Value> = serde_json::from_str(&list).unwrap();
    assert!(bugs.len() >= 10);
    for bug in bugs {
        let of = |field: &str| bug[field].as_str().unwrap().to_owned();
        let (file, right, wrong) = (of("file"), of("right"), of("wrong"));
        let source = std::fs::read_to_string(format!("{root}/engine/src/{file}")).unwrap();
        assert_eq!(source.matches(&right).count(), 1, "{file} has this once: {right}");
        assert!(!source.contains(&wrong) || wrong.is_empty() || right.contains(&wrong), "{file} has the bug: {wrong}");
        let line = format!("| `{file}` | {} |", of("bug"));
        assert!(book.contains(&line), "docs/src/testing.md lacks the line {line}");
    }
}
