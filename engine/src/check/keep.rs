//! Floors and ceilings: what one kind cannot say, and a floor above the ceiling beside it.

use super::policy::Policy;
use super::sample::sample;
use super::words;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::syntax::ast::Unit;
use crate::tree::{ClauseKind, Keep, KeepSpan, Period, Thing};

pub(super) const CODES: &[&Code] = &[&FLOOR_YIELDS, &CEILING_ON_ANY, &FEW_THINGS, &ONE_END, &CROSSING];

code!(
    FLOOR_YIELDS,
    "ONR0468",
    "floor that yields",
    "`yields to law` lets a ceiling give way to a floor of law. A floor has nothing to give way: it is the floor that others yield to.",
    sample!(audio created house; "rule HOUSE-1 under HOUSE {\n  keep audio at least 30 days from created, yields to law\n}\n"),
    sample!(audio created house; "rule HOUSE-1 under HOUSE {\n  keep audio at least 30 days from created\n}\n")
);
code!(
    CEILING_ON_ANY,
    "ONR0469",
    "ceiling on one of several things",
    "A floor on any of several things is met by keeping one of them. A ceiling on any of them does not say which must go.",
    sample!(audio transcript created house; "rule HOUSE-1 under HOUSE {\n  keep any of { audio, transcript } at most 30 days from created\n}\n"),
    sample!(audio transcript created house; "rule HOUSE-1 under HOUSE {\n  keep audio at most 30 days from created\n  keep transcript at most 30 days from created\n}\n")
);
code!(
    FEW_THINGS,
    "ONR0470",
    "choice of fewer than two things",
    "`any of { … }` says that one of several things is enough.",
    sample!(audio created house; "rule HOUSE-1 under HOUSE {\n  keep any of { audio } at least 30 days from created\n}\n"),
    sample!(audio created house; "rule HOUSE-1 under HOUSE {\n  keep audio at least 30 days from created\n}\n")
);
code!(
    ONE_END,
    "ONR0471",
    Warning,
    "earlier or later of one end",
    "Of one end there is no earlier and no later. The other end is missing, or the group is not needed.",
    sample!(audio created house; "rule HOUSE-1 under HOUSE {\n  keep audio at most earlier of { 30 days from created }\n}\n"),
    sample!(audio created stopped house; "rule HOUSE-1 under HOUSE {\n  keep audio at most earlier of { 30 days from created until stopped }\n}\n")
);
code!(
    CROSSING,
    "ONR0656",
    Warning,
    "floor longer than the ceiling beside it",
    "A rule that keeps a thing at least longer than at most leads to no lawful day: the thing is restricted from the ceiling on, neither used nor erased.",
    sample!(audio created house; "rule HOUSE-1 under HOUSE {\n  keep audio at least 90 days from created\n  keep audio at most 30 days from created\n}\n"),
    sample!(audio created house; "rule HOUSE-1 under HOUSE {\n  keep audio at least 30 days from created\n  keep audio at most 90 days from created\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for written in policy.clauses() {
        let ClauseKind::Keep(keep) = &written.clause.kind else { continue };
        let span = written.clause.span;
        if keep.at_least && keep.yields {
            out.push(floor_yields(span));
        }
        if let Thing::AnyOf(things) = &keep.thing {
            if things.len() < 2 {
                out.push(few_things(span));
            } else if !keep.at_least {
                let names = things.iter().map(|thing| policy.tree.artefacts.name(*thing));
                out.push(ceiling_on_any(span, &words::listed(names)));
            }
        }
        if one_end(&keep.span) {
            out.push(single_end(span));
        }
    }
    for rule in policy.rules() {
        let keeps = || {
            rule.clauses.iter().filter_map(|clause| match &clause.kind {
                ClauseKind::Keep(keep) => Some((keep, clause)),
                _ => None,
            })
        };
        for (floor, at) in keeps().filter(|(keep, _)| keep.at_least) {
            let ceiling = keeps().find(|(keep, other)| other.reading == at.reading && cross(floor, keep));
            out.extend(ceiling.and_then(|(ceiling, other)| crossing(floor, at.span, ceiling, other.span)));
        }
    }
}

fn one_end(span: &KeepSpan) -> bool {
    match span {
        KeepSpan::Earlier(parts) | KeepSpan::Later(parts) => parts.len() < 2 || parts.iter().any(one_end),
        KeepSpan::From(..) | KeepSpan::Until(_) => false,
    }
}

/// Whether a floor certainly ends after a ceiling on the same thing, whenever it binds.
fn cross(floor: &Keep, ceiling: &Keep) -> bool {
    let unconditional = floor.condition.is_none() && ceiling.condition.is_none();
    let same = floor.thing == ceiling.thing && (ceiling.purpose.is_none() || ceiling.purpose == floor.purpose);
    let longer = match (&floor.span, &ceiling.span) {
        (KeepSpan::From(floor, start), KeepSpan::From(ceiling, other)) if start == other => {
            longest(ceiling) < shortest(floor)
        }
        _ => false,
    };
    !ceiling.at_least && !ceiling.yields && unconditional && same && longer
}

/// The fewest days that a period can last. Months are never compared with days by their number: only what holds of every month.
fn shortest(period: &Period) -> u64 {
    let count = u64::from(period.count);
    match period.unit {
        Unit::Second => count / 86_400,
        Unit::Minute => count / 1_440,
        Unit::Hour => count / 24,
        Unit::Day | Unit::BusinessDay => count,
        Unit::Week => count * 7,
        Unit::Month => count * 28,
        Unit::Year => count * 365,
    }
}

/// The most days that a period can last.
fn longest(period: &Period) -> u64 {
    let count = u64::from(period.count);
    match period.unit {
        Unit::Month => count * 31,
        Unit::Year => count * 366,
        Unit::BusinessDay => count * 3,
        Unit::Day | Unit::Week => shortest(period),
        Unit::Second | Unit::Minute | Unit::Hour => shortest(period) + 1,
    }
}

fn crossing(floor: &Keep, span: Span, ceiling: &Keep, other: Span) -> Option<Diagnostic> {
    let (KeepSpan::From(least, _), KeepSpan::From(most, _)) = (&floor.span, &ceiling.span) else { return None };
    let message = format!(
        "this keeps at least {} what the same rule keeps at most {}",
        words::period(least),
        words::period(most)
    );
    Some(Diagnostic::new(&CROSSING, span, message).label("the floor").related(other, "the ceiling").help(
        "mend one of the two periods, say with `if` when each binds, or let the ceiling give way: `, yields to law`",
    ))
}

fn floor_yields(span: Span) -> Diagnostic {
    Diagnostic::new(&FLOOR_YIELDS, span, "a floor does not yield: other periods yield to it")
        .label("`at least` with `yields to law`")
        .help("delete `, yields to law`, or write `at most`")
}

fn ceiling_on_any(span: Span, names: &str) -> Diagnostic {
    Diagnostic::new(&CEILING_ON_ANY, span, format!("this does not say which of {names} must go"))
        .label("`any of` with `at most`")
        .help("write one `keep … at most …` for each of them")
}

fn few_things(span: Span) -> Diagnostic {
    Diagnostic::new(&FEW_THINGS, span, "there are no several things here to choose from")
        .label("`any of` fewer than two")
        .help("name the other thing that is enough, or write the one alone")
}

fn single_end(span: Span) -> Diagnostic {
    Diagnostic::new(&ONE_END, span, "there is only one end here to compare")
        .label("earlier, or later, than what?")
        .help("add the other end, or write the one alone")
}
