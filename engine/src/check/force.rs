//! When a rule binds: dates that leave it no day, or that contradict each other.

use chrono::NaiveDate;

use super::policy::Policy;
use super::sample::sample;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::tree::{InForce, Rule};

pub(super) const CODES: &[&Code] = &[&NEVER, &STAYED_OUTSIDE, &STILL_PROPOSED, &DEFERRED_BEFORE];

code!(
    NEVER,
    "ONR0650",
    "rule that is never in force",
    "A rule that was annulled, or stayed, for all the time in which it would be in force binds nobody on any day.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  in force from 2026-01-01\n  status annulled from 2025-06-01\n  prohibit recording\n}\n"),
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  in force from 2025-01-01\n  status annulled from 2025-06-01\n  prohibit recording\n}\n")
);
code!(
    STAYED_OUTSIDE,
    "ONR0651",
    Warning,
    "stay outside the time in force",
    "A stay suspends a rule that is in force. Outside that time there is nothing to suspend.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  in force from 2026-01-01\n  status stayed from 2025-01-01 until 2025-06-01\n  prohibit recording\n}\n"),
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  in force from 2025-01-01\n  status stayed from 2025-02-01 until 2025-06-01\n  prohibit recording\n}\n")
);
code!(
    STILL_PROPOSED,
    "ONR0652",
    Warning,
    "bill whose day has come",
    "A proposed rule binds nobody. If the day from which it was to be in force has passed, it was enacted and binds, or it failed and should go.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  in force from 2020-01-01\n  status proposed\n  prohibit recording\n}\n"),
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  in force from 2020-01-01\n  prohibit recording\n}\n")
);
code!(
    DEFERRED_BEFORE,
    "ONR0653",
    Warning,
    "sanction deferred to before the rule is in force",
    "A sanction is deferred to a day after the rule came into force; before that, there is nothing to sanction.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  in force from 2026-01-22\n  sanction deferred until 2025-01-22\n  prohibit recording\n}\n"),
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  in force from 2026-01-22\n  sanction deferred until 2027-01-22\n  prohibit recording\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for rule in policy.rules().filter(|rule| policy.is_whole(rule.span)) {
        let force = &rule.in_force;
        if never(force) {
            out.push(never_binds(rule));
            continue;
        }
        let outside = force.stayed.iter().find(|(from, until)| {
            force.from.is_some_and(|first| until.is_some_and(|until| until < first))
                || force.until.is_some_and(|last| last < *from)
        });
        out.extend(outside.map(|(from, _)| stayed_outside(rule, *from)));
        match (force.from, policy.today) {
            (Some(from), Some(today)) if force.proposed && from <= today => out.push(still_proposed(rule, from)),
            _ => {}
        }
        match (force.from, force.sanction_deferred) {
            (Some(from), Some(until)) if until < from => out.push(deferred_before(rule, from, until)),
            _ => {}
        }
    }
}

/// Whether no day is left: each stay is asked whether it covers what remains (two stays that do so only together are not seen).
fn never(force: &InForce) -> bool {
    let first = force.from.unwrap_or(NaiveDate::MIN);
    let last = match (force.until, force.annulled.map(|day| day.pred_opt().unwrap_or(day))) {
        (Some(until), Some(annulled)) => until.min(annulled),
        (until, annulled) => until.or(annulled).unwrap_or(NaiveDate::MAX),
    };
    last < first || force.stayed.iter().any(|(from, until)| *from <= first && until.is_none_or(|until| last <= until))
}

fn never_binds(rule: &Rule) -> Diagnostic {
    Diagnostic::new(&NEVER, rule.name_span, format!("`{}` is in force on no day", rule.name))
        .label("these dates leave it none")
        .help("mend the dates after `in force`, `annulled` or `stayed`; a rule that never was in force is deleted")
}

fn stayed_outside(rule: &Rule, from: NaiveDate) -> Diagnostic {
    Diagnostic::new(
        &STAYED_OUTSIDE,
        rule.name_span,
        format!("`{}` is not in force in the time of its stay from {from}", rule.name),
    )
    .label("nothing to suspend then")
    .help("mend the dates of `status stayed` or of `in force`")
}

fn still_proposed(rule: &Rule, from: NaiveDate) -> Diagnostic {
    Diagnostic::new(&STILL_PROPOSED, rule.name_span, format!("`{}` is still proposed, and was to be in force from {from}", rule.name))
        .label("enacted, or not?")
        .help("if it was enacted, delete `status proposed`; if it failed, delete the rule; if it was put off, write the new date")
}

fn deferred_before(rule: &Rule, from: NaiveDate, until: NaiveDate) -> Diagnostic {
    let message =
        format!("the sanction of `{}` is deferred until {until}, before it is in force from {from}", rule.name);
    Diagnostic::new(&DEFERRED_BEFORE, rule.name_span, message)
        .label("these dates cross")
        .help("write the day from which it is enforced")
}
