//! Every finding has a page that shows it: the file that raises it, the finding as it is rendered, and the file put right.
//! `UPDATE=1 cargo test -p onrecord-tests --test diagnostics` writes the pages anew.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use miette::{GraphicalReportHandler, GraphicalTheme, NamedSource, Report};
use onrecord::check::check;
use onrecord::diagnostic::{Code, Diagnostic, Severity, all_codes};
use onrecord::resolve::resolve;
use onrecord::source::{FileId, Source};
use onrecord::syntax::parse;

const PAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/src/diagnostics");

/// What the numbers of the codes stand for.
const CHAPTERS: [(&str, &str); 8] = [
    ("ONR01", "Reading a file"),
    ("ONR02", "Names"),
    ("ONR03", "Vocabulary and sources"),
    ("ONR04", "Rules and exceptions"),
    ("ONR05", "Conditions and requirements"),
    ("ONR06", "Dates and periods"),
    ("ONR07", "Notices and bundles"),
    ("ONR08", "Scenarios"),
];

fn findings(text: &str) -> Vec<Diagnostic> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 26);
    check(resolve(&[parse(&Source::new(FileId(0), "sample.onr", text))]), today).diagnostics
}

/// The file that raises a code. The page of a file that is too large shows a small one.
fn wrong(code: &Code) -> String {
    if code.id == "ONR0101" { code.wrong.repeat(40_000) } else { code.wrong.to_owned() }
}

fn rendered(text: &str, finding: Diagnostic) -> String {
    let handler =
        GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(100).with_links(false);
    let report = Report::new(finding).with_source_code(NamedSource::new("sample.onr", text.replace('\0', "␀")));
    let mut page = String::new();
    handler.render_report(&mut page, report.as_ref()).unwrap();
    let lines: Vec<&str> = page.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn page(code: &Code) -> String {
    let severity = match code.severity {
        Severity::Error => "An error: the bundle cannot be run.",
        Severity::Warning => "A warning: the bundle can be run; somebody should look.",
    };
    let text = wrong(code);
    let shown: Vec<String> = findings(&text)
        .into_iter()
        .filter(|finding| finding.code.id == code.id)
        .map(|finding| rendered(&text, finding))
        .collect();
    format!(
        "# {}: {}\n\n{}\n\n{severity}\n\n## Wrong\n\n```onr\n{}```\n\n```text\n{}\n```\n\n## Right\n\n```onr\n{}```\n",
        code.id,
        code.title,
        code.why,
        code.wrong.replace('\0', "␀"),
        shown.join("\n\n"),
        code.right
    )
}

fn index() -> String {
    let mut index = "# Findings\n\nWhat `onrecord check` and the editors say, by code. A code is stable and never used for anything else.\n".to_owned();
    for (prefix, chapter) in CHAPTERS {
        index += &format!("\n## {chapter}\n\n| code | finding | |\n| --- | --- | --- |\n");
        for code in all_codes().into_iter().filter(|code| code.id.starts_with(prefix)) {
            let severity = if code.severity == Severity::Error { "error" } else { "warning" };
            index += &format!("| [{0}]({0}.md) | {1} | {severity} |\n", code.id, code.title);
        }
    }
    index
}

#[test]
fn every_code_has_its_page_and_every_page_its_code() {
    let mut pages: Vec<(String, String)> =
        all_codes().iter().map(|code| (format!("{}.md", code.id), page(code))).collect();
    pages.push(("index.md".to_owned(), index()));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(PAGES).unwrap();
        pages.iter().for_each(|(name, page)| std::fs::write(format!("{PAGES}/{name}"), page).unwrap());
    }
    let stale: Vec<&str> = pages
        .iter()
        .filter(|(name, page)| std::fs::read_to_string(format!("{PAGES}/{name}")).ok().as_ref() != Some(page))
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(stale.is_empty(), "run again with UPDATE=1, and read what changed: {stale:?}");
    let names: BTreeSet<String> = pages.into_iter().map(|(name, _)| name).collect();
    let files =
        std::fs::read_dir(PAGES).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    assert_eq!(files.collect::<BTreeSet<_>>(), names);
}

#[test]
fn every_code_is_of_a_chapter_and_every_finding_helps() {
    for code in all_codes() {
        assert!(CHAPTERS.iter().any(|(prefix, _)| code.id.starts_with(prefix)), "{}", code.id);
        let found = findings(&wrong(code));
        assert!(found.iter().any(|finding| finding.code.id == code.id), "{} is not raised by its own file", code.id);
        for finding in found {
            assert!(finding.help.is_some(), "{}: {}", finding.code.id, finding.message);
        }
    }
}

/// Words that belong to how the tool is made, and mean nothing to its readers.
const INNER_WORDS: [&str; 14] = [
    "Some(",
    "None",
    "Expr",
    "Span",
    "Rule::",
    "EOI",
    "SOI",
    "token",
    "parser",
    "parse",
    "AST",
    "enum",
    "string literal",
    "identifier",
];

#[test]
fn no_finding_speaks_of_how_the_tool_is_made() {
    for code in all_codes() {
        let said = findings(&wrong(code)).into_iter().map(|found| {
            let related: Vec<String> = found.related.iter().map(|(_, label)| label.clone()).collect();
            format!("{}\n{}\n{}\n{}", found.message, found.label, found.help.unwrap_or_default(), related.join("\n"))
        });
        for text in said.chain([code.title.to_owned(), code.why.to_owned()]) {
            let inner = INNER_WORDS.iter().find(|inner| text.contains(**inner));
            assert!(inner.is_none(), "{}: `{}` in {text}", code.id, inner.unwrap_or(&""));
        }
    }
}
