//! Do what the engine says, and it is lawful; do less, and it is not.

use onrecord::syntax::ast::Lead;

use super::judge::{Judge, done, questions};
use super::safe::perform;
use crate::suite::{Case, Outcome};

/// For every compatible set of actions that are available now, the act is cleared after them exactly if the verdict says so.
#[must_use]
pub fn holds(judge: Judge, case: &Case<'_>) -> Outcome {
    let set = &case.compiled.set;
    // What must be done at the start of something cannot be done before it starts.
    if case.policy.text().contains("at the start of") || case.policy.text().contains("throughout") {
        return Outcome::Silent;
    }
    let mut said = false;
    for act in questions(set, case.call).into_iter().filter(|act| !act.not) {
        let Some(judged) = judge.act(set, case.call, &act) else { continue };
        if judged.deeds.is_empty() || judged.deeds.len() > 5 || judged.running {
            continue;
        }
        let open = judged.deeds.iter().all(|deed| deed.waits.is_none());
        let here = judged.deeds.iter().all(|deed| deed.deed.lead(&set.tree) == Lead::InCall);
        if !open || !here {
            continue;
        }
        for row in 0..judged.lawful.len() {
            let mut after = case.call.clone();
            let deeds = done(&judged.deeds, row);
            if !deeds.iter().all(|deed| perform(&mut after, &deed.deed)) {
                continue;
            }
            let Some(then) = judge.act(set, &after, &act) else { continue };
            said = true;
            let cleared = then.is_lawful_after(&[], set);
            if cleared != judged.is_lawful_after(&deeds, set) {
                let shown = after.show(&set.tree);
                return Outcome::Fails(format!(
                    "{act:?}: after {deeds:?} it is {cleared}, which was not said before\n{judged:?}\n{then:?}\n{shown}"
                ));
            }
        }
    }
    if said { Outcome::Holds } else { Outcome::Silent }
}
