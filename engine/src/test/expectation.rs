//! Whether a decision is what was expected, and in words what it is instead.

use crate::decision::{ActDecision, ActionWhat, Decision, End, FactRead, KeepNow, OutcomeWhat, Verdict as Found};
use crate::syntax::ast::{DutyState, Impasse, Verdict};
use crate::tree::scenario::NeededWord;
use crate::tree::{ElementId, Expectation, PurposeId, RoleId, RuleId, Term, Thing};

/// What was found instead; `None` when the expectation is met.
pub fn differs(decision: &Decision, expected: &Expectation) -> Option<String> {
    match expected {
        Expectation::Verdict(_, verdict) => on_act(decision, |act| verdict_differs(act, *verdict)),
        Expectation::Impasse(_) => on_act(decision, |act| (!act.impasse).then(|| in_words(act))),
        Expectation::Tell(role, elements) => in_best_way(decision, |what| tells(decision, what, *role, elements)),
        Expectation::Ask(role, term) => in_best_way(decision, |what| asks(decision, what, *role, term)),
        Expectation::Arrange(safeguard) => {
            in_best_way(decision, |what| matches!(what, ActionWhat::Arrange(one) if one == safeguard))
        }
        Expectation::Needs(_, word) => on_act(decision, |act| needs_differ(decision, act, *word)),
        Expectation::OutcomeAct(act) => {
            let met = match decision.outcome.what {
                OutcomeWhat::Do(done) => done == *act,
                OutcomeWhat::Without(_) => decision.policy.tree.acts.name(*act) == "continuing-unrecorded",
                OutcomeWhat::Impasse(..) => false,
            };
            (!met).then(|| outcome_in_words(decision))
        }
        Expectation::OutcomeImpasse(answer) => {
            let met = matches!(decision.outcome.what, OutcomeWhat::Impasse(_, found) if found == *answer);
            (!met).then(|| outcome_in_words(decision))
        }
        Expectation::Keep(thing, purpose, kept, date) => keep_differs(decision, thing, *purpose, *kept, *date),
        Expectation::KeepNow(thing, now) => keep_now_differs(decision, thing, *now),
        Expectation::Duty(rule, state, date) => duty_differs(decision, *rule, *state, *date),
    }
}

fn on_act(decision: &Decision, differs: impl Fn(&ActDecision) -> Option<String>) -> Option<String> {
    decision.acts.first().map_or_else(|| Some("nothing was asked".to_owned()), differs)
}

fn verdict_differs(act: &ActDecision, expected: Verdict) -> Option<String> {
    let met = match expected {
        Verdict::Cleared => act.verdict == Found::Cleared,
        Verdict::Conditional => act.verdict == Found::Conditional,
        Verdict::NotNow => act.verdict == Found::NotNow,
        Verdict::Prohibited => act.verdict == Found::Prohibited,
        Verdict::Required => act.required,
        Verdict::NotRequired => !act.required,
        Verdict::Undetermined => act.undetermined,
        Verdict::Determined => !act.undetermined,
    };
    (!met).then(|| in_words(act))
}

fn in_words(act: &ActDecision) -> String {
    let verdict = match act.verdict {
        Found::Cleared => "cleared",
        Found::Conditional => "conditional",
        Found::NotNow => "not now",
        Found::Prohibited => "prohibited",
    };
    let required = if act.required { ", required" } else { "" };
    let impasse = if act.impasse { ", an impasse" } else { "" };
    let undetermined = if act.undetermined { ", undetermined" } else { "" };
    format!("{verdict}{required}{impasse}{undetermined}")
}

fn in_best_way(decision: &Decision, is_it: impl Fn(&ActionWhat) -> bool) -> Option<String> {
    let best = decision.acts.iter().flat_map(|act| {
        let ways = act.next.as_ref().map_or(&act.ways, |(.., ways)| ways);
        ways.list.first().into_iter().flatten()
    });
    let mut wanted = best.filter_map(|action| decision.actions.get(*action)).map(|action| &action.what);
    if wanted.any(is_it) {
        return None;
    }
    let ways = decision.acts.iter().map(in_words).collect::<Vec<_>>().join("; ");
    Some(format!("the best way does not contain this ({ways})"))
}

fn is_of_role(decision: &Decision, person: usize, role: RoleId) -> bool {
    decision
        .roles
        .get(person)
        .is_some_and(|theirs| decision.policy.tree.roles.get(*theirs).is_some_and(|word| word.word.is_a(role)))
}

fn tells(decision: &Decision, what: &ActionWhat, role: RoleId, wanted: &[ElementId]) -> bool {
    matches!(what, ActionWhat::Tell { person, elements, .. }
        if is_of_role(decision, *person, role) && wanted.iter().all(|element| elements.contains(element)))
}

fn asks(decision: &Decision, what: &ActionWhat, role: RoleId, wanted: &Term) -> bool {
    let same = |term: &Term| Term { span: wanted.span, ..term.clone() } == *wanted;
    matches!(what, ActionWhat::Ask { person, term, .. } if is_of_role(decision, *person, role) && same(term))
}

fn needs_differ(decision: &Decision, act: &ActDecision, word: NeededWord) -> Option<String> {
    let fits = |read: &FactRead| match (read, word) {
        (FactRead::Fact(one) | FactRead::Person(_, one), NeededWord::Fact(wanted)) => *one == wanted,
        (FactRead::Judgment(one), NeededWord::Judgment(wanted)) => *one == wanted,
        _ => false,
    };
    if act.needs.list.iter().any(fits) {
        return None;
    }
    let needs: Vec<String> = act.needs.list.iter().map(|read| decision.fact_name(read)).collect();
    Some(if needs.is_empty() { "nothing is needed".to_owned() } else { format!("needs {}", needs.join(", ")) })
}

fn outcome_in_words(decision: &Decision) -> String {
    let acts = &decision.policy.tree.acts;
    match decision.outcome.what {
        OutcomeWhat::Do(act) => format!("outcome {}", acts.name(act)),
        OutcomeWhat::Without(act) => format!("outcome: go on without {}", acts.name(act)),
        OutcomeWhat::Impasse(act, answer) => {
            let answer = match answer {
                Impasse::DeclineCall => "decline call",
                Impasse::ContinueWithout => "continue without it",
                Impasse::AskAPerson => "ask a person",
            };
            format!("an impasse over {}: {answer}", acts.name(act))
        }
    }
}

fn keep_differs(
    decision: &Decision,
    thing: &Thing,
    purpose: Option<PurposeId>,
    kept: bool,
    date: chrono::NaiveDate,
) -> Option<String> {
    let row = decision.retention.iter().find(|row| row.thing == *thing && row.purpose == purpose);
    let end = row.and_then(|row| if kept { row.keep_until.as_ref() } else { row.erase_by.as_ref() });
    match end {
        Some(End::Day(day)) if *day == date => None,
        Some(End::Instant(at)) if at.date_naive() == date => None,
        Some(End::Day(day)) => Some(day.to_string()),
        Some(End::Instant(at)) => Some(at.to_rfc3339()),
        Some(End::Symbolic(words)) => Some(words.clone()),
        Some(End::Hold) => Some("as long as a legal hold stands".to_owned()),
        None => Some("no such end is set".to_owned()),
    }
}

fn keep_now_differs(decision: &Decision, thing: &Thing, expected: KeepNow) -> Option<String> {
    let row = decision.retention.iter().find(|row| row.thing == *thing && row.purpose.is_none());
    let words = |now| match now {
        KeepNow::Keep => "keep",
        KeepNow::Restrict => "restrict",
        KeepNow::Erase => "erase",
    };
    match row {
        Some(row) if row.now == expected => None,
        Some(row) => Some(words(row.now).to_owned()),
        None => Some("no rule keeps it".to_owned()),
    }
}

fn duty_differs(
    decision: &Decision,
    rule: RuleId,
    expected: DutyState,
    date: Option<chrono::NaiveDate>,
) -> Option<String> {
    let of_rule: Vec<_> = decision.duties.iter().filter(|duty| duty.rule == rule).collect();
    let due = |end: &Option<End>| match end {
        Some(End::Day(day)) => Some(*day),
        Some(End::Instant(at)) => Some(at.date_naive()),
        _ => None,
    };
    let met = of_rule.iter().any(|duty| duty.state == expected && date.is_none_or(|date| due(&duty.due) == Some(date)));
    // A duty that does not bind, or that an exception waives, is not due.
    if met || (of_rule.is_empty() && expected == DutyState::NotDue) {
        return None;
    }
    let words = |duty: &&crate::decision::Duty| {
        let state = match duty.state {
            DutyState::Due => "due",
            DutyState::Met => "met",
            DutyState::Breached => "breached",
            DutyState::Paused => "paused",
            DutyState::NotDue => "not due",
        };
        due(&duty.due).map_or_else(|| state.to_owned(), |day| format!("{state} ({day})"))
    };
    let found: Vec<String> = of_rule.iter().map(words).collect();
    Some(if found.is_empty() { "that rule sets no duty here".to_owned() } else { found.join(", ") })
}
