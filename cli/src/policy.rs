//! From paths to a checked policy: read, parse, resolve, check, compile, with everything that was found.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use onrecord::compile::{self, PolicySet};
use onrecord::diagnostic::Diagnostic;
use onrecord::source::Source;
use onrecord::tree::Tree;
use onrecord::{check, resolve, syntax};

use crate::exit::Exit;
use crate::read;
use crate::report::{human, summary};
use crate::screen;
use crate::trouble::Trouble;

/// A policy that was read and checked.
pub struct Policy {
    /// Its files.
    pub sources: Vec<Source>,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// What it says.
    pub tree: Arc<Tree>,
}

impl Policy {
    /// Whether it cannot be run.
    pub fn is_broken(&self) -> bool {
        !self.troubles.is_empty() || self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Reads and checks the policy that the paths name.
pub fn load(paths: &[PathBuf], today: Option<NaiveDate>) -> Policy {
    let files = read::policies(paths);
    let parsed: Vec<_> = files.sources.iter().map(syntax::parse).collect();
    let checked = check::check(resolve::resolve(&parsed), today);
    Policy { sources: files.sources, troubles: files.troubles, diagnostics: checked.diagnostics, tree: checked.tree }
}

/// A policy ready to decide. If it is broken, says why and gives the exit back.
pub fn compiled(paths: &[PathBuf]) -> Result<Arc<PolicySet>, Exit> {
    let policy = load(paths, None);
    if !policy.is_broken() {
        return Ok(compile::compile(policy.tree, policy.sources));
    }
    let errors: Vec<Diagnostic> = policy.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    screen::print_error(&human::render(&policy.troubles, &errors, &policy.sources));
    screen::print_error(&format!("{}\n", summary::of(&policy.troubles, &errors, policy.sources.len())));
    Err(if policy.troubles.is_empty() { Exit::Findings } else { Exit::Usage })
}
