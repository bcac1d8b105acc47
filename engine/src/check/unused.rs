//! Definitions that nothing uses, and questions that decide nothing. Said only of a policy in which everything could be read: elsewhere, the place that
//! uses it may be the one that could not.

use std::collections::BTreeSet;

use super::policy::Policy;
use super::sample::sample;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::resolve::Use;
use crate::source::Span;
use crate::tree::ReadingId;

pub(super) const CODES: &[&Code] = &[&DEFINITION, &QUESTION];

code!(
    DEFINITION,
    "ONR0250",
    Warning,
    "definition that nothing uses",
    "A definition matters only where its name stands. One that stands nowhere may be misspelt where it was meant.",
    sample!(direction; "define incoming as call is inbound\n"),
    sample!(recording direction house; "define incoming as call is inbound\nrule HOUSE-1 under HOUSE {\n  prohibit recording if incoming\n}\n")
);
code!(
    QUESTION,
    "ONR0251",
    Warning,
    "question that decides nothing",
    "A question decides the lines that end with `under` and one of its readings. If no line does, whoever adopts a reading has adopted nothing.",
    sample!(recording statute reach; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\n"),
    sample!(recording statute reach; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording under wide\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    if !policy.is_sound() {
        return;
    }
    let definitions = || policy.uses.iter().filter(|one| one.target.kind == "definition");
    let used: BTreeSet<Span> =
        definitions().filter(|one| one.span != one.target.definition).map(|one| one.target.definition).collect();
    let idle = |one: &&Use| one.span == one.target.definition && !used.contains(&one.span);
    for one in definitions().filter(idle) {
        out.push(
            Diagnostic::new(&DEFINITION, one.span, format!("nothing uses the definition `{}`", one.target.name))
                .label("stands nowhere else")
                .help("delete it, or write its name where it was meant"),
        );
    }
    let under = readings(policy);
    for (_, question) in policy.tree.questions.iter() {
        if !question.readings.iter().any(|reading| under.contains(reading)) {
            out.push(
                Diagnostic::new(&QUESTION, question.name_span, format!("`{}` decides nothing", question.name))
                    .label("no line stands under a reading of it")
                    .help("end the line that a reading decides with `under` and its name"),
            );
        }
    }
}

/// The readings under which some line speaks.
fn readings(policy: &Policy<'_>) -> BTreeSet<ReadingId> {
    let tree = policy.tree;
    let factors = tree.sources.iter().flat_map(|(_, source)| source.applies.iter().filter_map(|(_, reading)| *reading));
    let ways = tree.exceptions.iter().flat_map(|(_, one)| one.allows.iter().filter_map(|allow| allow.reading));
    factors.chain(ways).chain(policy.clauses().filter_map(|written| written.clause.reading)).collect()
}
