//! What was captured against the law is not used.

use onrecord::decision::Verdict;
use onrecord::evaluate::Options;
use onrecord::tree::{Act, PurposeId};

use super::judge::Judge;
use crate::generate::call;
use crate::suite::{Case, Outcome};

/// Where a stretch of a capture was, or may have been, against legislation or regulation, no use is lawful, unless a line of the
/// bundle allows that purpose in spite of it.
#[must_use]
pub fn holds(judge: Judge, case: &Case<'_>) -> Outcome {
    let set = &case.compiled.set;
    let tree = &set.tree;
    let Some(law) = tree.sources.id("S0") else { return Outcome::Silent };
    let mut under_law = case.call.clone();
    under_law.options = Options { sources: Some(vec![law]), coverage: false, ..case.call.options.clone() };
    // A stretch of recording in which one side alone was captured is judged as the whole.
    if case.call.ctx.captures.iter().any(|(act, _)| tree.acts[*act].captures.is_some()) {
        return Outcome::Silent;
    }
    let mut unlawful = false;
    for (act, _) in &case.call.ctx.captures {
        let act = call::act(tree, tree.acts.name(*act));
        let Some(stretches) = judge.stretches(set, &under_law, &act) else { return Outcome::Silent };
        unlawful |= stretches.iter().any(|(.., verdict)| *verdict != Verdict::Cleared);
    }
    let despite = case.call.options.bundle.is_some_and(|bundle| !tree.bundles[bundle].despite_unlawful.is_empty());
    let ran = case.call.options.sources.as_ref().is_none_or(|sources| sources.contains(&law));
    let Some(purpose) = tree.purposes.id("quality").filter(|_| unlawful && !despite && ran) else {
        return Outcome::Silent;
    };
    let Some(used) = judge.act(set, case.call, &using(tree, purpose)) else { return Outcome::Silent };
    if used.lawful.iter().any(|lawful| *lawful) {
        return Outcome::Fails(format!("a use is lawful after all: {used:?}"));
    }
    Outcome::Holds
}

fn using(tree: &onrecord::tree::Tree, purpose: PurposeId) -> Act {
    Act { purpose: Some(purpose), ..call::act(tree, "use") }
}
