//! Every finding of checking: raised by its wrong file and by nothing else, and not by its right one; never a second finding for
//! what was found wrong before.

use chrono::NaiveDate;
use onrecord::check::{self, Checked};
use onrecord::diagnostic;
use onrecord::resolve::resolve;
use onrecord::source::{FileId, Source};
use onrecord::syntax::parse;

fn check(text: &str) -> Checked {
    check_on(text, NaiveDate::from_ymd_opt(2026, 11, 26))
}

fn check_on(text: &str, today: Option<NaiveDate>) -> Checked {
    check::check(resolve(&[parse(&Source::new(FileId(0), "sample.onr", text))]), today)
}

fn raised(text: &str) -> Vec<String> {
    check(text).diagnostics.iter().map(|found| format!("{} {}", found.code.id, found.message)).collect()
}

/// The ids of what is raised.
fn ids(text: &str) -> Vec<&'static str> {
    check(text).diagnostics.iter().map(|found| found.code.id).collect()
}

#[test]
fn every_code_of_checking_is_raised_by_its_wrong_file_alone_and_not_by_its_right_one() {
    let mut wrongs = Vec::new();
    for code in check::codes() {
        let (wrong, right) = (raised(code.wrong), raised(code.right));
        if wrong.len() != 1 || !wrong.iter().all(|one| one.starts_with(code.id)) {
            wrongs.push(format!("{} ({}): its wrong file raises {wrong:#?}", code.id, code.title));
        }
        if !right.is_empty() {
            wrongs.push(format!("{} ({}): its right file raises {right:#?}", code.id, code.title));
        }
    }
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}

#[test]
fn no_code_is_used_twice() {
    let ids: Vec<_> = diagnostic::all_codes().iter().map(|code| code.id).collect();
    let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn every_finding_says_what_to_write_instead() {
    for code in check::codes() {
        for found in check(code.wrong).diagnostics {
            assert!(found.help.is_some() && !found.label.is_empty(), "{}: {found:?}", code.id);
        }
    }
}
