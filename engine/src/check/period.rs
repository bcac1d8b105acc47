//! Periods: none at all, and periods whose end is rounded because nobody said how to count.

use std::collections::BTreeMap;

use super::policy::{Policy, Written};
use super::sample::sample;
use super::words;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::syntax::ast::Unit;
use crate::tree::{ClauseKind, KeepSpan, Period, Source, SourceId};

pub(super) const NOTHING: &[&Code] = &[&NO_TIME];
pub(super) const UNCOUNTED: &[&Code] = &[&ROUNDED];

code!(
    NO_TIME,
    "ONR0654",
    "period of no time",
    "A period of nothing ends when it begins: the duty is breached, or the thing must go, at once.",
    sample!(audio created house; "rule HOUSE-1 under HOUSE {\n  keep audio at most 0 days from created\n}\n"),
    sample!(audio created house; "rule HOUSE-1 under HOUSE {\n  keep audio at most 1 day from created\n}\n")
);
code!(
    ROUNDED,
    "ONR0655",
    Warning,
    "periods that nobody said how to count",
    "Does the day of the event count? Which day ends a month that began on the 31st, or a year that began on a leap day? In which time zone does the day end? \
     Where the source says neither its convention nor its civil time, a floor is rounded up and a ceiling or a deadline down, in UTC.",
    sample!(audio created; "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2026-11-23\n  recheck by 2027-05-23\n}\nrule HOUSE-1 under HOUSE {\n  keep audio at least 5 years from created\n}\n"),
    sample!(audio created; "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2026-11-23\n  recheck by 2027-05-23\n  civil time \"Europe/Berlin\"\n  periods by 1182-71\n}\nrule HOUSE-1 under HOUSE {\n  keep audio at least 5 years from created\n}\n")
);

pub(super) fn nothing(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    let lasts_nothing = |written: &Written<'_>| periods(written).iter().any(|period| period.count == 0);
    out.extend(policy.clauses().filter(lasts_nothing).map(|written| no_time(written.clause.span)));
}

pub(super) fn uncounted(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    let mut matters: BTreeMap<SourceId, Vec<(Span, String)>> = BTreeMap::new();
    let is_uncounted = |source: &Source| source.convention.is_none() && source.civil_time.is_none();
    for written in policy.clauses().filter(|written| written.source.is_some_and(is_uncounted)) {
        if let Some(effect) = effect(&written) {
            matters.entry(written.rule.source).or_default().push(effect);
        }
    }
    for (source, clauses) in matters {
        let source = policy.tree.sources.get(source).filter(|source| policy.is_whole(source.span));
        out.extend(source.and_then(|source| rounded(clauses, source.name_span, &source.name)));
    }
}

/// The periods of a duty or of a `keep`.
fn periods<'a>(written: &Written<'a>) -> Vec<&'a Period> {
    fn of_span<'a>(span: &'a KeepSpan, found: &mut Vec<&'a Period>) {
        match span {
            KeepSpan::From(period, _) => found.push(period),
            KeepSpan::Until(_) => {}
            KeepSpan::Earlier(parts) | KeepSpan::Later(parts) => parts.iter().for_each(|part| of_span(part, found)),
        }
    }
    let mut found = Vec::new();
    match &written.clause.kind {
        ClauseKind::Duty { period, .. } => found.push(period),
        ClauseKind::Keep(keep) => of_span(&keep.span, &mut found),
        ClauseKind::Prohibit { .. } | ClauseKind::Displaces { .. } => {}
    }
    found
}

/// One finding a source, with up to three of the clauses that it matters for.
fn rounded(matters: Vec<(Span, String)>, span: Span, name: &str) -> Option<Diagnostic> {
    let count = matters.len();
    let (_, example) = matters.first()?;
    let clauses = if count == 1 { "one clause".to_owned() } else { format!("{count} clauses") };
    let mut found = Diagnostic::new(&ROUNDED, span, format!("`{name}` does not say how its periods are counted, and {clauses} depend{} on it: {example}", if count == 1 { "s" } else { "" }))
        .label("neither `periods by` nor `civil time`")
        .help("add the convention (periods by 1182-71) where the source is counted by one, and the time zone in which its days end (civil time \"Europe/Berlin\")");
    for (span, effect) in matters.into_iter().take(3) {
        found = found.related(span, effect);
    }
    Some(found)
}

/// What rounding does to a clause, if anything.
fn effect(written: &Written<'_>) -> Option<(Span, String)> {
    let days = |period: &&&Period| !matches!(period.unit, Unit::Second | Unit::Minute | Unit::Hour);
    let months = |period: &&&Period| matches!(period.unit, Unit::Month | Unit::Year);
    let all = periods(written);
    let floor = matches!(&written.clause.kind, ClauseKind::Keep(keep) if keep.at_least);
    let effect = if floor {
        let period = all.iter().find(months)?;
        let from = if period.unit == Unit::Year { "on 29 February" } else { "on the 29th, 30th or 31st" };
        format!("a floor of {} from an event {from} is rounded up to the first day after", words::period(period))
    } else {
        let period = all.iter().find(days)?;
        let what = if matches!(written.clause.kind, ClauseKind::Keep(_)) { "ceiling" } else { "deadline" };
        format!("a {what} of {} is rounded down by a day: the day of the event counts", words::period(period))
    };
    Some((written.clause.span, effect))
}

fn no_time(span: Span) -> Diagnostic {
    Diagnostic::new(&NO_TIME, span, "this period lasts no time")
        .label("nothing of it")
        .help("write how long it lasts; what must be done at once is `require … before …`, what must not be kept at all is `prohibit keeping …`")
}
