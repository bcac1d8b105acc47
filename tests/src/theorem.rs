//! What must be so of every policy and every call: the theorems of the language reference, each a property that holds of the engine and
//! is broken by a wrong behaviour.

pub mod causal;
pub mod judge;
pub mod kept;
pub mod local;
pub mod monotone;
pub mod ordered;
pub mod safe;
pub mod tainted;
pub mod total;
pub mod true_ways;

pub use judge::{Judge, Judged};

use crate::reference::Defect;
use crate::suite::{Case, Outcome};

/// A theorem.
#[derive(Clone, Copy, Debug)]
pub struct Theorem {
    /// Its name, as the language reference gives it.
    pub name: &'static str,
    /// What it says.
    pub says: &'static str,
    /// The property.
    pub property: fn(Judge, &Case<'_>) -> Outcome,
    /// A wrong behaviour that breaks it.
    pub broken_by: Defect,
}

/// All of them.
pub const ALL: [Theorem; 12] = [
    Theorem {
        name: "Total",
        says: "A valid bundle and call have exactly one decision; nothing panics, loops, or depends on the run.",
        property: total::holds,
        broken_by: Defect::DependsOnTheRun,
    },
    Theorem {
        name: "Safe",
        says: "Widening any fact's set, or dropping a fact (or an event together with its completeness), never loosens.",
        property: safe::widening_never_loosens,
        broken_by: Defect::SilenceIsNo,
    },
    Theorem {
        name: "Safe to do",
        says: "Doing one more thing never tightens that act's own verdict.",
        property: safe::doing_never_tightens,
        broken_by: Defect::GuardOnTold,
    },
    Theorem {
        name: "Monotone",
        says: "Adding a rule never loosens an act, an omission or a use, and never removes a duty.",
        property: monotone::a_rule_never_loosens,
        broken_by: Defect::LastRuleWins,
    },
    Theorem {
        name: "Exceptions only loosen",
        says: "Adding an exception, a displacement or a coverage claim never tightens the verdict of an act or a use.",
        property: monotone::an_exception_never_tightens,
        broken_by: Defect::SiblingsAnded,
    },
    Theorem {
        name: "Order-free",
        says: "Permutation changes nothing; a declaration that stands twice is an error or changes nothing.",
        property: ordered::holds,
        broken_by: Defect::LastRuleWins,
    },
    Theorem {
        name: "Ways are true",
        says: "For every compatible set of available actions, the act is cleared after it exactly if it entails a way.",
        property: true_ways::holds,
        broken_by: Defect::GuardOnTold,
    },
    Theorem {
        name: "Local",
        says: "Rule-by-rule completion equals global completion; needs is empty exactly if the verdict is determined.",
        property: local::holds,
        broken_by: Defect::PresumesUnasked,
    },
    Theorem {
        name: "Covered by claims alone",
        says: "A place is covered by a claim that names it, and by nothing else.",
        property: safe::a_claim_withdrawn_never_loosens,
        broken_by: Defect::CoverageByAnySource,
    },
    Theorem {
        name: "Causal",
        says: "A stretch's verdict reads only what happened up to its start; withdrawal works forward.",
        property: causal::holds,
        broken_by: Defect::Foresight,
    },
    Theorem {
        name: "Tainted",
        says: "A use is never laxer than the lawfulness of the capture it rests on, unless the file says so and cites why.",
        property: tainted::holds,
        broken_by: Defect::TaintForgotten,
    },
    Theorem {
        name: "Kept",
        says: "A binding floor never shortens what must be kept; without yields no use widens; a hold widens no use; a floor below the law gives way.",
        property: kept::holds,
        broken_by: Defect::FloorShortens,
    },
];
