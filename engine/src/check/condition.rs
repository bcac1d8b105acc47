//! Groups and lists in conditions and requirements that hold nothing, or the same thing twice.

use super::policy::{self, Policy};
use super::sample::sample;
use super::words;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::{Cond, PersonTest, PurposeTest, Req, Test};

pub(super) const CODES: &[&Code] = &[&EMPTY, &TWICE];

code!(
    EMPTY,
    "ONR0550",
    "group or list of nothing",
    "A group without parts reads as if something were asked, and asks nothing: “any of nothing” never holds, “all of nothing” always does.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording if any of { }\n}\n"),
    sample!(recording private house; "rule HOUSE-1 under HOUSE {\n  prohibit recording if any of { judged private-communication }\n}\n")
);
code!(
    TWICE,
    "ONR0551",
    Warning,
    "the same part twice in a group",
    "Said twice, it means the same as said once; perhaps another part was meant.",
    sample!(recording private house; "rule HOUSE-1 under HOUSE {\n  prohibit recording if judged private-communication and judged private-communication\n}\n"),
    sample!(recording private direction house; "rule HOUSE-1 under HOUSE {\n  prohibit recording if judged private-communication and call is inbound\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for (condition, line) in policy.conditions() {
        policy::inside(condition, &mut |part| of_condition(part, line, out));
    }
    for (requirement, line) in policy.requirements() {
        policy::parts(requirement, &mut |part| of_requirement(part, line, out));
    }
}

fn of_condition(part: &Cond, line: Span, out: &mut Vec<Diagnostic>) {
    match part {
        Cond::All(parts) | Cond::Any(parts) if parts.is_empty() => out.push(empty(line)),
        Cond::All(parts) | Cond::Any(parts) => {
            for (at, one) in parts.iter().enumerate() {
                let alike = |other: &&Cond| std::mem::discriminant(*other) == std::mem::discriminant(one);
                let mut earlier = parts.iter().take(at).filter(alike);
                if earlier.any(|other| words::meaning(other) == words::meaning(one)) {
                    out.push(twice(words::place(one).unwrap_or(line)));
                }
            }
        }
        Cond::Fact { test, span, .. } if lists_nothing(test) => out.push(empty(*span)),
        Cond::Persons { who, test, span, .. } if who.iter().chain([test]).any(asks_nothing) => out.push(empty(*span)),
        Cond::Purposes { test, span, .. } => {
            let (PurposeTest::AreOnly(names)
            | PurposeTest::Include(names)
            | PurposeTest::IsAnyOf(names)
            | PurposeTest::IsOtherThan(names)) = test
            else {
                return;
            };
            if names.is_empty() {
                out.push(empty(*span));
            }
        }
        _ => {}
    }
}

fn of_requirement(part: &Req, line: Span, out: &mut Vec<Diagnostic>) {
    match part {
        Req::All(parts) | Req::Any(parts) if parts.is_empty() => out.push(empty(line)),
        Req::All(parts) | Req::Any(parts) => {
            for (at, one) in parts.iter().enumerate() {
                let alike = |other: &&Req| std::mem::discriminant(*other) == std::mem::discriminant(one);
                let mut earlier = parts.iter().take(at).filter(alike);
                if earlier.any(|other| words::meaning(other) == words::meaning(one)) {
                    out.push(twice(place(one).unwrap_or(line)));
                }
            }
        }
        Req::Persons { who, span, .. } if who.iter().any(asks_nothing) => out.push(empty(*span)),
        _ => {}
    }
}

fn place(requirement: &Req) -> Option<Span> {
    match requirement {
        Req::Persons { span, .. } | Req::InPlace(.., span) => Some(*span),
        Req::Cond(condition) => words::place(condition),
        Req::Labelled(_, inner) => place(inner),
        Req::All(_) | Req::Any(_) => None,
    }
}

fn lists_nothing(test: &Test) -> bool {
    match test {
        Test::AnyOf(values) | Test::AllOf(values) => values.is_empty(),
        Test::In(places) => places.is_empty(),
        Test::Yes | Test::Under(_) | Test::AtLeast(_) => false,
    }
}

fn asks_nothing(test: &PersonTest) -> bool {
    match test {
        PersonTest::Fact(_, test) => lists_nothing(test),
        PersonTest::Not(inner) => asks_nothing(inner),
        PersonTest::Present | PersonTest::Said(..) => false,
    }
}

fn empty(span: Span) -> Diagnostic {
    Diagnostic::new(&EMPTY, span, "a group or a list here holds nothing")
        .label("nothing between the braces")
        .help("write what is meant between the braces, or delete the group")
}

fn twice(span: Span) -> Diagnostic {
    Diagnostic::new(&TWICE, span, "this stands in the same group already")
        .label("the same again")
        .help("delete it, or write the other part that was meant")
}
