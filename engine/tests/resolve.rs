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

#[test]
fn definitions_that_name_each_other_in_long_chains_are_read_in_no_time() {
    let chain = |steps: usize, step: fn(usize) -> String| {
        let first = "define d0 as recording was made unlawfully\n".to_owned();
        findings(&(1..=steps).fold(first, |text, at| text + &step(at)))
    };
    let doubled = chain(60, |at| format!("define d{at} as d{0} or d{0}\n", at - 1));
    assert!(doubled.iter().all(|one| one.starts_with("ONR0211")), "{doubled:?}");
    assert_eq!(doubled.len(), 1, "said once, not of everything that names it: {doubled:?}");
    assert_eq!(chain(60, |at| format!("define d{at} as all of {{ d{} }}\n", at - 1)), Vec::<String>::new());
    let deep = chain(5_000, |at| format!("define d{at} as all of {{ d{} }}\n", at - 1));
    assert!(!deep.is_empty() && deep.iter().all(|one| one.starts_with("ONR0211")), "{}", deep.len());
}

#[test]
fn only_what_is_on_a_cycle_is_said_to_define_itself() {
    let text = "define a as b\ndefine b as all of { c }\ndefine c as b\ndefine d as recording was made unlawfully\ndefine e as d\n";
    let found = findings(text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found.iter().all(|one| one.starts_with("ONR0203") && (one.contains("`b`") || one.contains("`c`"))),
        "{found:?}"
    );
}
