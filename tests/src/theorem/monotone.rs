//! A rule only tightens; an exception, a displacement and a coverage claim only loosen.

use std::sync::Arc;

use onrecord::compile::PolicySet;
use onrecord::evaluate::evaluate;

use super::judge::{Judge, questions};
use crate::generate::clause::exception;
use crate::generate::condition::Captured;
use crate::generate::{Policy, Tape};
use crate::suite::{Case, Outcome};

/// How something was captured may be asked with *not*: then what tightens a capture may loosen a use. That is a rule's own doing.
fn asks_of_the_capture(policy: &Policy) -> bool {
    let text = policy.text();
    text.contains("made unlawfully") || text.contains("relied on")
}

/// Adding a rule never loosens an act, an omission or a use, and never removes a duty.
#[must_use]
pub fn a_rule_never_loosens(judge: Judge, case: &Case<'_>) -> Outcome {
    let mut more = case.policy.clone();
    more.add_rule(case.choices);
    let displaces = more.rules.last().is_some_and(|rule| rule.clauses.iter().any(|one| one.contains("displaces")));
    if displaces || asks_of_the_capture(&more) {
        return Outcome::Silent;
    }
    let Ok(more) = more.compile() else { return Outcome::Silent };
    if let (Judge::Engine, Some(lost)) = (judge, lost_duty(&case.compiled.set, &more.set, case)) {
        return Outcome::Fails(lost);
    }
    compare(judge, case, &more.set, true)
}

/// A duty that was there before and is no more.
fn lost_duty(before: &Arc<PolicySet>, after: &Arc<PolicySet>, case: &Case<'_>) -> Option<String> {
    let call = case.call;
    let decide = |set| evaluate(set, &call.ctx, &call.options, call.at).duties;
    let (before, after) = (decide(before), decide(after));
    let key = |duty: &onrecord::decision::Duty| (duty.rule, duty.clause, duty.then_of.is_some());
    let lost = before.iter().find(|duty| !after.iter().any(|other| key(other) == key(duty)));
    lost.map(|duty| format!("the duty {duty:?} is lost"))
}

/// Adding an exception (what it costs aside), a displacement or a coverage claim never tightens the verdict of an act or a use.
#[must_use]
pub fn an_exception_never_tightens(judge: Judge, case: &Case<'_>) -> Outcome {
    let mut tape = Tape::new(case.choices);
    let mut more = case.policy.clone();
    let which = tape.below(more.rules.len());
    match tape.below(4) {
        0 => more.coverage.push("covers DE and its subdivisions for recording from 2026-01-01".to_owned()),
        1 => {
            let name = more.rules[tape.below(case.policy.rules.len())].name.clone();
            more.rules[which].clauses.push(format!("displaces {name} cite \"§ 9\""));
        }
        _ => {
            let captured = Captured { exceptions: &[], rule: None };
            let of = more.rules[which].act.clone();
            let mut added = exception(&mut tape, "added".to_owned(), &of, captured);
            added.lines.retain(|line| !line.starts_with("then "));
            more.rules[which].exceptions.push(added);
        }
    }
    if asks_of_the_capture(&more) {
        return Outcome::Silent;
    }
    let Ok(more) = more.compile() else { return Outcome::Silent };
    compare(judge, case, &more.set, false)
}

fn compare(judge: Judge, case: &Case<'_>, more: &Arc<PolicySet>, tighter: bool) -> Outcome {
    let set = &case.compiled.set;
    let mut said = false;
    for act in questions(set, case.call) {
        let (Some(before), Some(after)) = (judge.act(set, case.call, &act), judge.act(more, case.call, &act)) else {
            continue;
        };
        said = true;
        let wrong = if tighter { after.laxer_than(&before, set) } else { before.laxer_than(&after, set) };
        if let Some(done) = wrong {
            let text = more.sources.last().map_or_else(String::new, |source| source.text().to_owned());
            return Outcome::Fails(format!("{act:?} after {done:?}\n{before:?}\n{after:?}\nwith\n{text}"));
        }
    }
    if said { Outcome::Holds } else { Outcome::Silent }
}
