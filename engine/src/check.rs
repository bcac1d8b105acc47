//! What a policy says that it cannot mean, or hardly means: one lint a file, each with its codes and its words. Total; a thing
//! that reading or resolving found wrong is never found wrong a second time.

mod bundle;
mod checkpoint;
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
use crate::resolve::{Resolved, Uses};
use crate::tree::Tree;
use policy::{Errors, Part, Policy};

pub use checkpoint::Checkpoint;

/// A checked policy.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The tree.
    pub tree: Arc<Tree>,
    /// Everything that reading, resolving and checking found, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// Every place where a name stands, with what it means.
    pub uses: Uses,
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
    reach: Reach,
}

/// How far a lint looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// At each rule and each exception by itself, with what it names and what excepts it.
    One,
    /// At everything.
    All,
}

/// Every lint. Their order decides nothing.
const LINTS: &[Lint] = &[
    Lint { codes: bundle::CODES, check: bundle::check, reach: Reach::All },
    Lint { codes: citation::CODES, check: citation::check, reach: Reach::One },
    Lint { codes: clause::CODES, check: clause::check, reach: Reach::One },
    Lint { codes: condition::CODES, check: condition::check, reach: Reach::One },
    Lint { codes: consent::CODES, check: consent::check, reach: Reach::One },
    Lint { codes: coverage::CODES, check: coverage::check, reach: Reach::All },
    Lint { codes: displacement::CODES, check: displacement::check, reach: Reach::One },
    Lint { codes: duty::CODES, check: duty::check, reach: Reach::One },
    Lint { codes: exception::CODES, check: exception::check, reach: Reach::One },
    Lint { codes: fact::CODES, check: fact::check, reach: Reach::All },
    Lint { codes: force::CODES, check: force::check, reach: Reach::One },
    Lint { codes: keep::CODES, check: keep::check, reach: Reach::One },
    Lint { codes: never::CODES, check: never::check, reach: Reach::One },
    Lint { codes: notice::CODES, check: notice::check, reach: Reach::All },
    Lint { codes: period::NOTHING, check: period::nothing, reach: Reach::One },
    Lint { codes: period::UNCOUNTED, check: period::uncounted, reach: Reach::All },
    Lint { codes: question::CODES, check: question::check, reach: Reach::All },
    Lint { codes: region::CODES, check: region::check, reach: Reach::All },
    Lint { codes: requirement::CODES, check: requirement::check, reach: Reach::One },
    Lint { codes: review::CODES, check: review::check, reach: Reach::All },
    Lint { codes: safeguard::CODES, check: safeguard::check, reach: Reach::One },
    Lint { codes: scenario::CODES, check: scenario::check, reach: Reach::All },
    Lint { codes: unused::CODES, check: unused::check, reach: Reach::All },
    Lint { codes: word::CODES, check: word::check, reach: Reach::All },
];

/// Every finding of this stage.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    LINTS.iter().flat_map(|lint| lint.codes.iter().copied())
}

/// Checks a resolved policy. `today` is only asked whether a review, an answer or an acceptance of risk is overdue: the engine reads
/// no clock.
#[must_use]
pub fn check(resolved: Resolved, today: Option<NaiveDate>) -> Checked {
    let Resolved { tree, mut diagnostics, uses, .. } = resolved;
    let (errors, part) = (Errors::new(&diagnostics), Part::whole(&tree));
    let policy = Policy::new(&tree, &uses, &errors, today, &part);
    for lint in LINTS {
        (lint.check)(&policy, &mut diagnostics);
    }
    diagnostic::sort(&mut diagnostics);
    Checked { tree: Arc::new(tree), diagnostics, uses }
}
