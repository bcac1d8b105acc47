//! `onrecord check`: every finding in a policy.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use onrecord::diagnostic::{self, Code, Diagnostic};

use crate::clock;
use crate::exit::Exit;
use crate::policy::{self, Policy};
use crate::report::{github, human, json, sarif, short, summary};
use crate::screen::{self, BOLD, paint};
use crate::trouble::Trouble;

/// Say what is wrong with a policy, and what to write instead
///
/// Reads every file that ends in `.onr` and reports every mistake in it, each at its place: words that nobody declared,
/// clauses that say nothing, citations and review dates that are missing, dates that cannot be. A mistake in one clause
/// hides none in another.
#[derive(Args, Debug)]
pub struct Check {
    /// Policy files, and folders of them [default: the folder `policies`, if there is one, else this folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The day to check review dates against, as 2026-11-23 [default: today]
    #[arg(long, value_name = "DATE", value_parser = clock::day)]
    today: Option<NaiveDate>,
    /// Exit with 1 if there are warnings, too
    #[arg(long)]
    deny_warnings: bool,
    /// Explain a code, such as ONR0201, and check nothing
    #[arg(long, value_name = "CODE", exclusive = true)]
    why: Option<String>,
}

/// How findings are reported.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// With the lines of the policy, for people
    #[default]
    Human,
    /// One line a finding
    Short,
    /// JSON, for programs
    Json,
    /// SARIF 2.1.0, for code review tools
    Sarif,
    /// GitHub workflow commands
    Github,
}

impl Check {
    /// Runs the verb.
    pub fn run(&self) -> Result<Exit, Trouble> {
        if let Some(code) = &self.why {
            return why(code);
        }
        let today = self.today.or_else(clock::today);
        let policy = policy::load(&self.paths, today);
        screen::print(&self.report(&policy));
        if !policy.troubles.is_empty() {
            return Ok(Exit::Usage);
        }
        Ok(Exit::found(policy.diagnostics.iter().any(|one| self.deny_warnings || one.is_error())))
    }

    fn report(&self, policy: &Policy) -> String {
        let Policy { sources, troubles, diagnostics, .. } = policy;
        let summary = || format!("{}\n", summary::of(troubles, diagnostics, sources.len()));
        match self.format {
            Format::Human => human::render(troubles, diagnostics, sources) + &summary() + &more(diagnostics),
            Format::Short => short::render(troubles, diagnostics, sources) + &summary(),
            Format::Json => json::render(troubles, diagnostics, sources),
            Format::Sarif => sarif::render(troubles, diagnostics, sources),
            Format::Github => github::render(troubles, diagnostics, sources),
        }
    }
}

/// Where to read on.
fn more(diagnostics: &[Diagnostic]) -> String {
    diagnostics
        .first()
        .map(|first| format!("To read why something is a finding: onrecord check --why {}\n", first.code.id))
        .unwrap_or_default()
}

/// What a code means.
fn why(wanted: &str) -> Result<Exit, Trouble> {
    let codes = diagnostic::all_codes();
    let Some(code) = codes.iter().find(|code| code.id.eq_ignore_ascii_case(wanted)) else {
        let trouble = Trouble::new(format!("there is no code {wanted}"));
        let near = onrecord::nearest::nearest(&wanted.to_uppercase(), codes.iter().map(|code| code.id));
        return Err(match near {
            Some(near) => trouble.help(format!("did you mean {near}?")),
            None => trouble.help("codes look like ONR0201; a finding shows its own"),
        });
    };
    screen::print(&page(code));
    Ok(Exit::Fine)
}

fn page(code: &Code) -> String {
    let indented = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
    let why = textwrap::fill(code.why, screen::width());
    format!(
        "{}\n\n{why}\n\nInstead of\n\n{}\nwrite\n\n{}",
        paint(BOLD, &format!("{} {}", code.id, code.title)),
        indented(code.wrong),
        indented(code.right)
    )
}
