//! Duties: a clock that stops and starts at once, and demands to leave something undone by a date.

use super::policy::Policy;
use super::sample::sample;
use super::words;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::{ClauseKind, DutyWhat};

pub(super) const CODES: &[&Code] = &[&PAUSED_AT_ONCE, &PAUSED_AND_RECURRING, &UNDONE_BY];

code!(
    PAUSED_AT_ONCE,
    "ONR0465",
    "clock that stops and runs again at the same event",
    "A pause lasts from one event to another. Between an event and itself lies no time.",
    sample!(erasing created stopped house; "rule HOUSE-1 under HOUSE {\n  require erasing within 30 days of created, paused from stopped to stopped\n}\n"),
    sample!(erasing created stopped resumed house; "rule HOUSE-1 under HOUSE {\n  require erasing within 30 days of created, paused from stopped to resumed\n}\n")
);
code!(
    PAUSED_AND_RECURRING,
    "ONR0466",
    "recurring duty with a pause",
    "A duty that recurs has no single deadline that a pause could move; the pause would have no effect.",
    sample!(erasing created stopped resumed house; "rule HOUSE-1 under HOUSE {\n  require erasing every 1 year from created, paused from stopped to resumed\n}\n"),
    sample!(erasing created stopped resumed house; "rule HOUSE-1 under HOUSE {\n  require erasing every 1 year from created\n}\n")
);
code!(
    UNDONE_BY,
    "ONR0467",
    "duty to leave something undone by a date",
    "A duty is met when something has been done. What must not be done is prohibited.",
    sample!(erasing created house; "rule HOUSE-1 under HOUSE {\n  require not erasing within 30 days of created\n}\n"),
    sample!(erasing created house; "rule HOUSE-1 under HOUSE {\n  prohibit erasing\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for written in policy.clauses() {
        let ClauseKind::Duty { what, recurring, paused, .. } = &written.clause.kind else { continue };
        let span = written.clause.span;
        if *recurring && paused.is_some() {
            out.push(paused_and_recurring(span));
        } else if let Some((stop, _)) = paused.filter(|(stop, go)| stop == go) {
            out.push(paused_at_once(span, policy.tree.events.name(stop)));
        }
        if let DutyWhat::Act(act) = what
            && act.not
        {
            out.push(undone_by(span, &words::act(policy.tree, act)));
        }
    }
}

fn paused_at_once(span: Span, event: &str) -> Diagnostic {
    Diagnostic::new(&PAUSED_AT_ONCE, span, format!("this clock stops at `{event}` and runs again at `{event}`"))
        .label("no time between")
        .help("write the event at which it runs again after `to`")
}

fn paused_and_recurring(span: Span) -> Diagnostic {
    Diagnostic::new(&PAUSED_AND_RECURRING, span, "a duty that recurs cannot be paused")
        .label("no single deadline to move")
        .help("delete `, paused from … to …`, or write the condition under which it binds: if …")
}

fn undone_by(span: Span, act: &str) -> Diagnostic {
    Diagnostic::new(&UNDONE_BY, span, format!("“{act}” cannot be due on a date"))
        .label("nothing is to be done")
        .help("prohibit the act: prohibit …")
}
