//! Definitions and readings that nothing uses. Said only of a policy in which everything could be read: elsewhere, the place that
//! uses it may be the one that could not.

use std::collections::BTreeSet;

use super::policy::Policy;
use super::sample::sample;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;

pub(super) const CODES: &[&Code] = &[&DEFINITION, &READING];

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
    READING,
    "ONR0251",
    Warning,
    "reading that nothing uses",
    "A reading decides the lines that end with `under` and its name. One that no line names, and no bundle or scenario adopts, decides nothing.",
    sample!(recording statute reach; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording under wide\n}\n"),
    sample!(recording statute reach; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording under wide\n}\nbundle acme \"Acme\" {\n  adopt narrow\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    if !policy.is_sound() {
        return;
    }
    let used: BTreeSet<Span> =
        policy.uses.iter().filter(|one| one.span != one.target.definition).map(|one| one.target.definition).collect();
    let idle = policy.uses.iter().filter(|one| one.span == one.target.definition && !used.contains(&one.span));
    for one in idle {
        match one.target.kind {
            "definition" => out.push(unused(
                &DEFINITION,
                one.span,
                &one.target.name,
                "delete it, or write its name where it was meant",
            )),
            "reading" => {
                out.push(unused(
                    &READING,
                    one.span,
                    &one.target.name,
                    "end the line that it decides with `under` and its name",
                ));
            }
            _ => {}
        }
    }
}

fn unused(code: &'static Code, span: Span, name: &str, help: &str) -> Diagnostic {
    Diagnostic::new(code, span, format!("nothing uses `{name}`")).label("stands nowhere else").help(help)
}
