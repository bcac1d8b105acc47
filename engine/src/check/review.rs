//! Review dates: when a source was read, and when it must be read again.

use chrono::NaiveDate;

use super::policy::Policy;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::tree::Source;

pub(super) const CODES: &[&Code] = &[&BEFORE_CHECKED, &OVERDUE, &IN_THE_FUTURE];

code!(
    BEFORE_CHECKED,
    "ONR0353",
    "recheck before the check",
    "A source is read again after it was read.",
    "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2026-11-23\n  recheck by 2026-05-23\n}\n",
    "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2026-11-23\n  recheck by 2027-05-23\n}\n"
);
code!(
    OVERDUE,
    "ONR0354",
    Warning,
    "review overdue",
    "The day by which somebody was to read this source again has passed. The law may have changed since; until somebody has looked, nobody knows.",
    "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2019-11-23\n  recheck by 2020-05-23\n}\n",
    "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2026-11-23\n  recheck by 2027-05-23\n}\n"
);
code!(
    IN_THE_FUTURE,
    "ONR0355",
    Warning,
    "checked in the future",
    "Nobody has read a source on a day that is still to come.",
    "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2996-11-23\n  recheck by 2997-05-23\n}\n",
    "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2026-11-23\n  recheck by 2027-05-23\n}\n"
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for (_, source) in policy.tree.sources.iter() {
        let (checked, recheck) = (source.checked, source.recheck_by);
        match (checked, recheck, policy.today) {
            (Some(checked), Some(recheck), _) if recheck < checked => {
                out.push(before_checked(source, checked, recheck))
            }
            (Some(checked), _, Some(today)) if today < checked => out.push(in_the_future(source, checked)),
            (_, Some(recheck), Some(today)) if recheck < today => out.push(overdue(source, recheck)),
            _ => {}
        }
    }
}

fn before_checked(source: &Source, checked: NaiveDate, recheck: NaiveDate) -> Diagnostic {
    let message =
        format!("`{}` was checked on {checked}, and is to be rechecked before that, by {recheck}", source.name);
    Diagnostic::new(&BEFORE_CHECKED, source.name_span, message)
        .label("these dates cross")
        .help("write the day by which somebody reads it again, after the day on which somebody did")
}

fn overdue(source: &Source, recheck: NaiveDate) -> Diagnostic {
    Diagnostic::new(&OVERDUE, source.name_span, format!("`{}` was to be read again by {recheck}", source.name))
        .label("review overdue")
        .help("read it, mend what has changed, and write the new dates after `checked` and `recheck by`")
}

fn in_the_future(source: &Source, checked: NaiveDate) -> Diagnostic {
    Diagnostic::new(
        &IN_THE_FUTURE,
        source.name_span,
        format!("`{}` says that it was checked on {checked}, a day still to come", source.name),
    )
    .label("not yet")
    .help("write the day on which somebody read it")
}
