//! A checked policy from which checking goes on after an edit: only the declarations that changed, and those that hang on them, are
//! resolved and looked at again. What comes out is what a run from the beginning would find.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::policy::{Errors, Part, Policy};
use super::{LINTS, Reach};
use crate::diagnostic::{self, Diagnostic};
use crate::resolve::{self, Changed, Resolved, Uses};
use crate::source::FileId;
use crate::syntax::Parsed;
use crate::tree::Tree;

/// How many files are worked through alone, at most; for more, all are.
const MOST: usize = 64;

/// A checked policy to go on from. Each file should hold one declaration.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    /// The tree.
    pub tree: Arc<Tree>,
    /// Everything that reading, resolving and checking found, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    resolved: Resolved,
    today: Option<NaiveDate>,
    /// The files, in order.
    files: Vec<FileId>,
    /// Those that hold only rules, exceptions, bundles and scenarios.
    plain: BTreeSet<FileId>,
    /// What was found in rules and exceptions by themselves, by the file of the rule or exception.
    found: BTreeMap<FileId, Arc<[Diagnostic]>>,
}

impl Checkpoint {
    /// Resolves and checks from the beginning.
    #[must_use]
    pub fn new(files: &[&Parsed], today: Option<NaiveDate>) -> Self {
        let plain = files.iter().filter(|file| resolve::declared(file).is_some()).map(|file| file.source.id).collect();
        let resolved = resolve::resolve(files.iter().copied());
        Self::of(resolved, today, files, plain, BTreeMap::new(), None)
    }

    /// Goes on after an edit. `None` where the edit changes more than what some rules, exceptions, bundles or scenarios say: then
    /// everything has to be worked out anew.
    #[must_use]
    pub fn after(&self, files: &[&Parsed], today: Option<NaiveDate>) -> Option<Self> {
        let changed = Changed::between(&self.files, &self.resolved.uses, &self.plain, files)?;
        let touched = changed.touched();
        if touched.len() > MOST || today != self.today {
            return None;
        }
        let mut resolved = resolve::again(&self.resolved, files, &changed);
        let is_gone = |file: &FileId| changed.gone.contains(file) || touched.contains(file);
        // What a lint finds in one rule or exception hangs on what it names, and on the exceptions to it.
        let mut focus = resolved.uses.users(&touched);
        focus.extend(excepted(&self.tree, &is_gone).into_iter().filter(|file| !is_gone(file)));
        focus.extend(excepted(&resolved.tree, &|file| touched.contains(file)));
        focus.extend(&touched);
        let before = self.resolved.diagnostics.iter().filter(|one| !is_gone(&one.span.file));
        resolved.diagnostics.extend(before.cloned());
        diagnostic::sort(&mut resolved.diagnostics);
        let mut plain = self.plain.clone();
        plain.retain(|file| !changed.gone.contains(file));
        plain.extend(&changed.came);
        let mut found = self.found.clone();
        found.retain(|file, _| !is_gone(file) && !focus.contains(file));
        Some(Self::of(resolved, today, files, plain, found, Some(&focus)))
    }

    /// Checks what is in focus, everything if nothing is.
    fn of(
        resolved: Resolved,
        today: Option<NaiveDate>,
        files: &[&Parsed],
        plain: BTreeSet<FileId>,
        mut found: BTreeMap<FileId, Arc<[Diagnostic]>>,
        focus: Option<&BTreeSet<FileId>>,
    ) -> Self {
        let tree = &resolved.tree;
        let errors = Errors::new(&resolved.diagnostics);
        let look = |part: &Part, reach: Reach, out: &mut Vec<Diagnostic>| {
            let policy = Policy::new(tree, &resolved.uses, &errors, today, part);
            LINTS.iter().filter(|lint| lint.reach == reach).for_each(|lint| (lint.check)(&policy, out));
        };
        for (file, part) in by_file(tree, focus) {
            let mut out = Vec::new();
            look(&part, Reach::One, &mut out);
            if !out.is_empty() {
                found.insert(file, out.into());
            }
        }
        let mut diagnostics = resolved.diagnostics.clone();
        look(&Part { rest: true, ..Part::default() }, Reach::One, &mut diagnostics);
        look(&Part::whole(tree), Reach::All, &mut diagnostics);
        diagnostics.extend(found.values().flat_map(|of| of.iter().cloned()));
        diagnostic::sort(&mut diagnostics);
        let tree = Arc::new(tree.clone());
        let files = files.iter().map(|file| file.source.id).collect();
        Self { tree, diagnostics, resolved, today, files, plain, found }
    }

    /// Every place where a name stands, with what it means.
    #[must_use]
    pub fn uses(&self) -> &Uses {
        &self.resolved.uses
    }

    /// Whether a definition has this name.
    #[must_use]
    pub fn defines(&self, name: &str) -> bool {
        self.resolved.defines(name)
    }

    /// Whether the policy can be run: no finding is an error.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// The rules and exceptions of each file.
fn by_file(tree: &Tree, focus: Option<&BTreeSet<FileId>>) -> BTreeMap<FileId, Part> {
    let mut parts: BTreeMap<FileId, Part> = BTreeMap::new();
    let is_in = |file: &FileId| focus.is_none_or(|focus| focus.contains(file));
    for (id, rule) in tree.rules.iter().filter(|(_, rule)| is_in(&rule.span.file)) {
        parts.entry(rule.span.file).or_default().rules.push(id);
    }
    for (id, exception) in tree.exceptions.iter().filter(|(_, exception)| is_in(&exception.span.file)) {
        parts.entry(exception.span.file).or_default().exceptions.push(id);
    }
    parts
}

/// The files of the rules that the exceptions of some files except.
fn excepted(tree: &Tree, of: &impl Fn(&FileId) -> bool) -> BTreeSet<FileId> {
    let exceptions = tree.exceptions.iter().filter(|(_, exception)| of(&exception.span.file));
    let rules = exceptions.flat_map(|(_, exception)| &exception.rules).filter_map(|rule| tree.rules.get(*rule));
    rules.map(|rule| rule.span.file).collect()
}
