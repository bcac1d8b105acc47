//! Exactly one decision, whatever the run.

use super::judge::{Judge, questions};
use crate::suite::{Case, Outcome};

/// Judging twice says the same; the engine says all of it twice.
#[must_use]
pub fn holds(judge: Judge, case: &Case<'_>) -> Outcome {
    let set = &case.compiled.set;
    if let Judge::Engine = judge {
        let decide = || onrecord::evaluate::evaluate(set, &case.call.ctx, &case.call.options, case.call.at);
        let said = |decision: onrecord::decision::Decision| {
            format!(
                "{:?} {:?} {:?}",
                decision.acts,
                decision.uses,
                (decision.actions, decision.outcome, decision.duties, decision.retention)
            )
        };
        if said(decide()) != said(decide()) {
            return Outcome::Fails("two decisions on one call differ".to_owned());
        }
    }
    for act in questions(set, case.call) {
        let (once, again) = (judge.act(set, case.call, &act), judge.act(set, case.call, &act));
        let (Some(once), Some(again)) = (once, again) else { return Outcome::Silent };
        if (once.verdict, &once.lawful) != (again.verdict, &again.lawful) {
            return Outcome::Fails(format!("{:?}, and then {:?}", once.verdict, again.verdict));
        }
    }
    Outcome::Holds
}
