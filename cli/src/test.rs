//! `onrecord test`: the scenarios, what failed and where, and what no scenario reaches.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use onrecord::compile::PolicySet;
use onrecord::source::{Source, Span};
use onrecord::test::{self, Failure, ScenarioResult, Side, TestReport, Unreached, UnreachedWhat};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::policy;
use crate::report::position::{file_and_line, place};
use crate::report::{json as report, summary::count};
use crate::screen::{self, BOLD, CYAN, DIM, GREEN, RED, YELLOW, paint};
use crate::trouble::Trouble;

/// Run the scenarios of a policy
///
/// A scenario tells of a call and says what is expected of the policy. Every expectation that is not met is shown with what
/// was found instead. Then come the clauses and exceptions that no scenario reaches, or only on one side of their line: a
/// clause that no scenario reaches is a clause that nobody has tried.
///
/// Exits with 1 if an expectation is not met; with --require-reached, also if something is not reached.
#[derive(Args, Debug)]
pub struct Test {
    /// Policy files, and folders of them [default: the folder `policies`, if there is one, else this folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only scenarios whose title, or whose file's path, contains this text
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Exit with 1 if a clause or an exception is not reached
    #[arg(long, conflicts_with = "filter")]
    require_reached: bool,
    /// List the scenarios that pass, too
    #[arg(long, short)]
    verbose: bool,
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

impl Test {
    /// Runs the verb.
    pub fn run(&self) -> Result<Exit, Trouble> {
        let set = match policy::compiled(&self.paths) {
            Ok(set) => set,
            Err(exit) => return Ok(exit),
        };
        let mut report = test::run(&set);
        if let Some(filter) = &self.filter {
            report.unreached.clear();
            report.scenarios.retain(|one| is_wanted(&set, one, filter));
            if report.scenarios.is_empty() {
                return Err(Trouble::new(format!("no scenario has “{filter}” in its title or its file's path")));
            }
        }
        screen::print(&if self.json { self.as_json(&set, &report) } else { self.page(&set, &report) });
        Ok(Exit::found(!report.passed() || (self.require_reached && !report.unreached.is_empty())))
    }

    fn page(&self, set: &Arc<PolicySet>, report: &TestReport) -> String {
        let all = self.verbose || self.filter.is_some();
        let mut page = String::new();
        for scenarios in report.scenarios.chunk_by(|one, other| one.span.file == other.span.file) {
            page.push_str(&file(set, scenarios));
            let wanted = scenarios.iter().filter(|one| all || !one.failures.is_empty());
            page.extend(wanted.map(|one| shown(set, one)));
        }
        if !report.scenarios.is_empty() {
            page.push('\n');
        }
        if !report.unreached.is_empty() {
            page.push_str(&paint(YELLOW, "No scenario reaches\n"));
            page.extend(report.unreached.iter().map(|one| unreached(&set.sources, one)));
            page.push('\n');
        }
        page + &self.summary(report)
    }

    fn summary(&self, report: &TestReport) -> String {
        let failed = report.scenarios.iter().filter(|one| !one.failures.is_empty()).count();
        let scenarios = count(report.scenarios.len(), "scenario");
        let expectations = count(report.expectations(), "expectation");
        let result = match failed {
            0 => format!("{} {scenarios}, {expectations}: all met", paint(GREEN, "✔")),
            _ => format!("{} {scenarios}, {expectations}: {} failed", paint(RED, "✘"), count(failed, "scenario")),
        };
        let reached = match (&self.filter, report.unreached.len()) {
            (Some(_), _) => String::new(),
            (None, 0) => "; every clause and exception is reached on both sides of its line".to_owned(),
            (None, missing) => format!(
                "; {} not reached",
                if missing == 1 {
                    "1 clause or exception".to_owned()
                } else {
                    format!("{missing} clauses and exceptions")
                }
            ),
        };
        format!("{result}{reached}\n")
    }

    fn as_json(&self, set: &Arc<PolicySet>, report: &TestReport) -> String {
        let scenarios: Vec<Value> = report
            .scenarios
            .iter()
            .map(|one| {
                json!({
                    "title": one.title,
                    "place": place(&set.sources, one.span),
                    "expectations": one.expectations,
                    "passed": one.failures.is_empty(),
                    "failures": one.failures.iter().map(|failure| failure_json(set, failure)).collect::<Vec<_>>(),
                })
            })
            .collect();
        let unreached: Vec<Value> = report
            .unreached
            .iter()
            .map(|one| {
                json!({
                    "what": what(one),
                    "place": place(&set.sources, one.span),
                    "missing": missing(one),
                })
            })
            .collect();
        report::text(&json!({
            "schema": "onrecord.test/1",
            "passed": report.passed(),
            "scenarios": scenarios,
            "unreached": unreached,
        }))
    }
}

fn is_wanted(set: &Arc<PolicySet>, scenario: &ScenarioResult, filter: &str) -> bool {
    let filter = filter.to_lowercase();
    scenario.title.to_lowercase().contains(&filter)
        || place(&set.sources, scenario.span).file.to_lowercase().contains(&filter)
}

/// A file and how its scenarios went.
fn file(set: &Arc<PolicySet>, scenarios: &[ScenarioResult]) -> String {
    let failed = scenarios.iter().filter(|one| !one.failures.is_empty()).count();
    let path = scenarios.first().map(|first| place(&set.sources, first.span).file).unwrap_or_default();
    let (mark, count) = match failed {
        0 => (paint(GREEN, "✔"), count(scenarios.len(), "scenario")),
        _ => (paint(RED, "✘"), format!("{failed} of {} failed", count(scenarios.len(), "scenario"))),
    };
    format!("{mark} {} {}\n", paint(BOLD, &path), paint(DIM, &format!("({count})")))
}

fn shown(set: &Arc<PolicySet>, scenario: &ScenarioResult) -> String {
    if scenario.failures.is_empty() {
        return format!("  {} {}\n", paint(GREEN, "✔"), scenario.title);
    }
    let mut text = format!("  {} {}\n", paint(RED, "✘"), paint(BOLD, &scenario.title));
    for failure in &scenario.failures {
        let at = file_and_line(&set.sources, failure.span);
        text.push_str(&format!("      {}\n", paint(CYAN, &at)));
        text.push_str(&format!("        expected  {}\n", expected(&set.sources, failure.span)));
        text.push_str(&format!("        found     {}\n", failure.found));
    }
    let explain = format!("onrecord explain --scenario {:?}", scenario.title);
    text.push_str(&format!("      {}\n", paint(DIM, &format!("why: {explain}"))));
    text
}

/// What was expected, as written, without the word `expect`.
fn expected(sources: &[Source], span: Span) -> String {
    let written = sources.get(span.file.0 as usize).map(|source| source.slice(span)).unwrap_or_default();
    let words: Vec<&str> = written.split_whitespace().collect();
    let words = words.join(" ");
    words.strip_prefix("expect ").unwrap_or(&words).to_owned()
}

fn failure_json(set: &Arc<PolicySet>, failure: &Failure) -> Value {
    json!({
        "place": place(&set.sources, failure.span),
        "expected": expected(&set.sources, failure.span),
        "found": failure.found,
    })
}

fn unreached(sources: &[Source], one: &Unreached) -> String {
    format!("  {}  {}: {}\n", paint(CYAN, &file_and_line(sources, one.span)), what(one), missing(one))
}

fn what(one: &Unreached) -> String {
    match &one.what {
        UnreachedWhat::Clause(rule) => format!("a clause of {rule}"),
        UnreachedWhat::Exception(exception) => format!("the exception {exception}"),
        UnreachedWhat::Then(exception) => format!("a `then` of {exception}"),
    }
}

fn missing(one: &Unreached) -> &'static str {
    match (&one.what, one.missing) {
        (_, Some(Side::Met)) => "it is never met",
        (_, Some(Side::Unmet)) => "it is always met",
        (UnreachedWhat::Exception(_), None) => "it never adds a way",
        (_, None) => "it never speaks",
    }
}
