//! What a policy says that it cannot mean, or hardly means: one lint a file, each with its codes and its words. Total; a thing
//! that reading or resolving found wrong is never found wrong a second time.

mod bundle;
mod citation;
mod clause;
mod condition;
mod consent;
mod coverage;
mod displacement;
mod duty;
mod exception;
mod fact;
mod force;
mod keep;
mod never;
mod notice;
mod period;
mod policy;
mod question;
mod region;
mod requirement;
mod review;
mod safeguard;
mod sample;
mod scenario;
mod unused;
mod word;
mod words;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::diagnostic::{self, Code, Diagnostic};
use crate::resolve::{Resolved, Use};
use crate::tree::Tree;
use policy::Policy;

/// A checked policy.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The tree.
    pub tree: Arc<Tree>,
    /// Everything that reading, resolving and checking found, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// Every place where a name stands, with what it means.
    pub uses: Vec<Use>,
}

impl Checked {
    /// Whether the policy can be run: no finding is an error.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// One concern: the findings it may raise, and the check that raises them.
struct Lint {
    codes: &'static [&'static Code],
    check: fn(&Policy<'_>, &mut Vec<Diagnostic>),
}

/// Every lint. Their order decides nothing.
const LINTS: &[Lint] = &[
    Lint { codes: bundle::CODES, check: bundle::check },
    Lint { codes: citation::CODES, check: citation::check },
    Lint { codes: clause::CODES, check: clause::check },
    Lint { codes: condition::CODES, check: condition::check },
    Lint { codes: consent::CODES, check: consent::check },
    Lint { codes: coverage::CODES, check: coverage::check },
    Lint { codes: displacement::CODES, check: displacement::check },
    Lint { codes: duty::CODES, check: duty::check },
    Lint { codes: exception::CODES, check: exception::check },
    Lint { codes: fact::CODES, check: fact::check },
    Lint { codes: force::CODES, check: force::check },
    Lint { codes: keep::CODES, check: keep::check },
    Lint { codes: never::CODES, check: never::check },
    Lint { codes: notice::CODES, check: notice::check },
    Lint { codes: period::CODES, check: period::check },
    Lint { codes: question::CODES, check: question::check },
    Lint { codes: region::CODES, check: region::check },
    Lint { codes: requirement::CODES, check: requirement::check },
    Lint { codes: review::CODES, check: review::check },
    Lint { codes: safeguard::CODES, check: safeguard::check },
    Lint { codes: scenario::CODES, check: scenario::check },
    Lint { codes: unused::CODES, check: unused::check },
    Lint { codes: word::CODES, check: word::check },
];

/// Every finding of this stage.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    LINTS.iter().flat_map(|lint| lint.codes.iter().copied())
}

/// Checks a resolved policy. `today` is only asked whether a review, an answer or an acceptance of risk is overdue: the engine reads
/// no clock.
#[must_use]
pub fn check(resolved: Resolved, today: Option<NaiveDate>) -> Checked {
    let Resolved { tree, mut diagnostics, uses } = resolved;
    let mut found = Vec::new();
    let policy = Policy::new(&tree, &uses, &diagnostics, today);
    for lint in LINTS {
        (lint.check)(&policy, &mut found);
    }
    diagnostics.extend(found);
    diagnostic::sort(&mut diagnostics);
    Checked { tree: Arc::new(tree), diagnostics, uses }
}
