//! Requirements that nobody can meet: telling a machine, telling nothing, and times that exclude each other.

use super::policy::{self, Policy};
use super::sample::sample;
use super::words;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::syntax::ast::Unit;
use crate::tree::{Doing, Nature, Period, Req, Timing, Told};

pub(super) const CODES: &[&Code] = &[&MACHINE_TOLD, &TOLD_NOTHING, &NO_TIME_LEFT, &BEFORE_AND_THROUGHOUT];

code!(
    MACHINE_TOLD,
    "ONR0556",
    "telling a machine",
    "Only a person is told something: an AI agent on the line understands no notice in law, and no decision could ask for it.",
    sample!(recording bot recorded house; "rule HOUSE-1 under HOUSE {\n  prohibit recording unless every bot was told recorded\n}\n"),
    sample!(recording party recorded house; "rule HOUSE-1 under HOUSE {\n  prohibit recording unless every party was told recorded\n}\n")
);
code!(
    TOLD_NOTHING,
    "ONR0557",
    "told nothing",
    "Who is told nothing has been told everything that was asked: the requirement is always met.",
    sample!(recording party house; "rule HOUSE-1 under HOUSE {\n  prohibit recording unless every party was told { }\n}\n"),
    sample!(recording party recorded house; "rule HOUSE-1 under HOUSE {\n  prohibit recording unless every party was told { recorded }\n}\n")
);
code!(
    NO_TIME_LEFT,
    "ONR0558",
    "time that is too early and too late",
    "What must come at least so long before, and at most a shorter time before, can come at no time.",
    sample!(recording party recorded house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n    unless every party was told recorded, at least 30 days before recording, at most 10 days before recording\n}\n"),
    sample!(recording party recorded house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n    unless every party was told recorded, at least 10 days before recording, at most 30 days before recording\n}\n")
);
code!(
    BEFORE_AND_THROUGHOUT,
    "ONR0559",
    "ended before, and kept up throughout",
    "What must have ended before an act begins is not kept up as long as the act lasts. Two tellings are two requirements.",
    sample!(recording party recorded house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n    unless every party was told recorded, before recording, throughout recording\n}\n"),
    sample!(recording party recorded house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n    unless any of {\n      every party was told recorded, before recording\n      every party was told recorded, throughout recording\n    }\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for (requirement, _) in policy.requirements() {
        policy::parts(requirement, &mut |part| one(policy, part, out));
    }
    for source in policy.sources() {
        if let Some(told) = &source.staying {
            telling(told, out);
        }
    }
}

fn one(policy: &Policy<'_>, part: &Req, out: &mut Vec<Diagnostic>) {
    let Req::Persons { role, doing, span, .. } = part else { return };
    match doing {
        Doing::Told(told) => {
            let role = policy.tree.roles.get(*role).filter(|role| role.nature == Nature::Machine);
            match role.filter(|role| policy.is_whole(role.word.span)) {
                Some(role) => out.push(machine_told(*span, &role.word.name, role.word.name_span)),
                None => telling(told, out),
            }
        }
        Doing::Gave(gave) => out.extend(no_time_left(&gave.timing, gave.span)),
    }
}

fn telling(told: &Told, out: &mut Vec<Diagnostic>) {
    if told.elements.is_empty() {
        out.push(told_nothing(told.span));
    }
    let throughout = told.timing.iter().any(|timing| matches!(timing, Timing::Throughout(_)));
    let before = told
        .timing
        .iter()
        .any(|timing| matches!(timing, Timing::Before(_) | Timing::AtLeastBefore(..) | Timing::AtMostBefore(..)));
    if throughout && before {
        out.push(before_and_throughout(told.span));
    }
    out.extend(no_time_left(&told.timing, told.span));
}

fn no_time_left(timing: &[Timing], span: Span) -> Option<Diagnostic> {
    let pairs = timing.iter().flat_map(|one| timing.iter().map(move |other| (one, other)));
    for (one, other) in pairs {
        if let (Timing::AtLeastBefore(least, act), Timing::AtMostBefore(most, same)) = (one, other)
            && act.act == same.act
            && longer(least, most)
        {
            let message =
                format!("nothing is at least {} and at most {} before", words::period(least), words::period(most));
            let found = Diagnostic::new(&NO_TIME_LEFT, span, message);
            return Some(found.label("no time is left").help("exchange the two periods, or leave one out"));
        }
    }
    None
}

/// Whether a period is certainly longer than another: only of units that can be compared.
fn longer(one: &Period, other: &Period) -> bool {
    let in_kind = |period: &Period| {
        let count = u64::from(period.count);
        match period.unit {
            Unit::Second => (0, count),
            Unit::Minute => (0, count * 60),
            Unit::Hour => (0, count * 3_600),
            Unit::Day => (0, count * 86_400),
            Unit::Week => (0, count * 604_800),
            Unit::BusinessDay => (1, count),
            Unit::Month => (2, count),
            Unit::Year => (2, count * 12),
        }
    };
    let ((kind, one), (other_kind, other)) = (in_kind(one), in_kind(other));
    kind == other_kind && other < one
}

fn machine_told(span: Span, role: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(&MACHINE_TOLD, span, format!("`{role}` is a machine, and nobody tells a machine"))
        .label("tells a machine")
        .related(declared, "declared as `machine`")
        .help("tell the persons on the line: every party was told …")
}

fn told_nothing(span: Span) -> Diagnostic {
    Diagnostic::new(&TOLD_NOTHING, span, "this tells nobody anything")
        .label("no element")
        .help("name what must be said, by the elements of the vocabulary: told { recording, third-party-access }")
}

fn before_and_throughout(span: Span) -> Diagnostic {
    Diagnostic::new(&BEFORE_AND_THROUGHOUT, span, "this must have ended before, and must be kept up throughout")
        .label("cannot be both")
        .help("write two requirements: one `before`, one `throughout`")
}
