//! Every finding of resolving is raised by its sample, alone, and not by the sample put right.

use onrecord::resolve::{self, resolve};
use onrecord::source::{FileId, Source};
use onrecord::syntax::parse;

fn findings(text: &str) -> Vec<String> {
    let resolved = resolve(&[parse(&Source::new(FileId(0), "sample.onr", text))]);
    resolved.diagnostics.iter().map(|one| format!("{} {}", one.code.id, one.message)).collect()
}

#[test]
fn every_code_is_raised_by_its_wrong_file_alone_and_not_by_its_right_one() {
    let mut found = String::new();
    for code in resolve::CODES {
        let wrong = findings(code.wrong);
        // A cycle is found at each of the declarations that make it.
        if wrong.is_empty()
            || wrong.iter().any(|one| !one.starts_with(code.id))
            || (wrong.len() > 1 && code.id != "ONR0203")
        {
            found += &format!("{} wrong: {wrong:?}\n", code.id);
        }
        let right = findings(code.right);
        if !right.is_empty() {
            found += &format!("{} right: {right:?}\n", code.id);
        }
    }
    assert!(found.is_empty(), "{found}");
}

#[test]
fn a_definition_that_is_wrong_is_reported_once_however_often_it_is_used() {
    let text = "define a as call is inbuond\ndefine b as a and a\ndefine c as a or b\n";
    let found = findings(text);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn order_never_matters() {
    let one = "region NORTH \"North\" { DK }\nregion ALL \"All\" { NORTH, DE }\n";
    let other = "region ALL \"All\" { NORTH, DE }\nregion NORTH \"North\" { DK }\n";
    for text in [one, other] {
        assert_eq!(findings(text), Vec::<String>::new());
    }
}
