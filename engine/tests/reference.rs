//! Every example of the language reference can be read.

#![allow(clippy::disallowed_methods, reason = "a test reads the pages that it holds")]

use onrecord::source::{FileId, Source};
use onrecord::syntax;

#[test]
fn every_example_of_the_language_reference_can_be_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/src/language");
    let mut pages: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    let (mut examples, mut found) = (0, String::new());
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        for (index, part) in text.split("```onr\n").skip(1).enumerate() {
            let example = part.split("```").next().unwrap();
            if example.contains('…') {
                continue;
            }
            examples += 1;
            let name = format!("{}#{index}", page.file_name().unwrap().to_string_lossy());
            for diagnostic in syntax::parse(&Source::new(FileId(0), &name, example)).diagnostics {
                let at = example.get(diagnostic.span.range()).unwrap_or_default();
                found += &format!("{name}: {} {} at `{at}`\n", diagnostic.code.id, diagnostic.message);
            }
        }
    }
    assert!(examples >= 10, "only {examples} examples");
    assert!(found.is_empty(), "{found}");
}

#[test]
fn every_code_of_reading_is_raised_by_its_wrong_file_and_not_by_its_right_one() {
    for code in syntax::CODES.iter().filter(|code| code.id != "ONR0101") {
        let raised = |text: &str| {
            let parsed = syntax::parse(&Source::new(FileId(0), "sample.onr", text));
            parsed
                .diagnostics
                .iter()
                .map(|diagnostic| format!("{} {}", diagnostic.code.id, diagnostic.message))
                .collect::<Vec<_>>()
        };
        let wrong = raised(code.wrong);
        assert!(wrong.iter().any(|one| one.starts_with(code.id)), "{}: {wrong:?}", code.id);
        assert_eq!(wrong.len(), 1, "{}: {wrong:?}", code.id);
        assert_eq!(raised(code.right), Vec::<String>::new(), "{}", code.id);
    }
}
