//! Until when things must and may be kept, and used: floors, ceilings, holds. Unknown never answers “erase”; it answers “restrict”.

use std::collections::BTreeSet;

use super::beside::{self, Binds};
use super::calendar::{self, Round};
use super::duty;
use super::session::Session;
use crate::compile::ClauseRef;
use crate::context::Moment;
use crate::decision::{End, FactRead, KeepNow, Reason, Retention, Verdict};
use crate::tree::{ArtefactId, ClauseKind, EventId, Keep, KeepSpan, Period, PurposeId, Source, Thing};

/// A floor or a ceiling that binds, or may.
struct Bound<'a> {
    keep: &'a Keep,
    end: End,
    law: bool,
    source: &'a Source,
    reason: Reason,
    needs: Vec<FactRead>,
}

impl Bound<'_> {
    fn is_unknown(&self) -> bool {
        !self.needs.is_empty()
    }
}

/// One row per thing, and one per thing and purpose, for which a rule sets an end or a hold stands.
pub fn retention(session: &Session<'_>) -> Vec<Retention> {
    let bounds = bounds(session);
    let mut things: Vec<Thing> = bounds.iter().map(|bound| bound.keep.thing.clone()).collect();
    let held = session.ctx.holds.iter().map(|(artefact, ..)| Thing::Artefact(*artefact));
    things.extend(held);
    things.sort_by_key(sort_key);
    things.dedup();
    things.iter().flat_map(|thing| rows(session, thing, &bounds)).collect()
}

fn sort_key(thing: &Thing) -> (u8, u32, u32, Vec<u32>) {
    match thing {
        Thing::Artefact(artefact) => (0, artefact.0, 0, Vec::new()),
        Thing::AnyOf(artefacts) => (1, 0, 0, artefacts.iter().map(|artefact| artefact.0).collect()),
        Thing::Category(category) => (2, category.0, 0, Vec::new()),
        Thing::In(category, artefact) => (3, category.0, artefact.0, Vec::new()),
    }
}

fn rows(session: &Session<'_>, thing: &Thing, bounds: &[Bound<'_>]) -> Vec<Retention> {
    let on: Vec<&Bound<'_>> = bounds.iter().filter(|bound| concerns(session, &bound.keep.thing, thing)).collect();
    let purposes: BTreeSet<PurposeId> = on.iter().filter_map(|bound| bound.keep.purpose).collect();
    let mut rows = vec![spared(session, whole(session, thing, &on), bounds)];
    rows.extend(purposes.into_iter().map(|purpose| for_purpose(session, thing, purpose, &on)));
    rows
}

/// Whether what a clause keeps includes a thing.
fn concerns(session: &Session<'_>, kept: &Thing, thing: &Thing) -> bool {
    let artefact = |one: ArtefactId, other| session.tree.artefacts.get(one).is_some_and(|word| word.is_a(other));
    match (kept, thing) {
        (Thing::Artefact(upper), Thing::Artefact(one)) => artefact(*one, *upper),
        (kept, thing) => kept == thing,
    }
}

/// The same row, unless it would erase what may be the last of several of which one must be kept.
fn spared(session: &Session<'_>, row: Retention, bounds: &[Bound<'_>]) -> Retention {
    let is_among = |bound: &&Bound<'_>| match (&bound.keep.thing, &row.thing) {
        (Thing::AnyOf(several), Thing::Artefact(_)) => {
            several.iter().any(|one| concerns(session, &Thing::Artefact(*one), &row.thing))
        }
        _ => false,
    };
    let runs =
        |bound: &&Bound<'_>| bound.keep.at_least && !calendar::is_past(&bound.end, session.at, bound.source.civil_time);
    let floors: Vec<&Bound<'_>> = bounds.iter().filter(is_among).filter(runs).collect();
    if row.now != KeepNow::Erase || floors.is_empty() {
        return row;
    }
    let because = row.because.iter().cloned().chain(floors.iter().map(|bound| bound.reason.clone())).collect();
    Retention { now: KeepNow::Restrict, because, ..row }
}

/// The thing as such: must be kept until the latest binding floor, may be kept until the earliest ceiling without purpose.
fn whole(session: &Session<'_>, thing: &Thing, on: &[&Bound<'_>]) -> Retention {
    let ceilings: Vec<&Bound<'_>> =
        on.iter().copied().filter(|bound| !bound.keep.at_least && bound.keep.purpose.is_none()).collect();
    let erase_by = ceilings.iter().map(|bound| &bound.end).min_by_key(|end| calendar::order(end)).cloned();
    let lawful =
        ceilings.iter().filter(|bound| bound.law).map(|bound| &bound.end).min_by_key(|end| calendar::order(end));
    let floors: Vec<&Bound<'_>> = on.iter().copied().filter(|bound| bound.keep.at_least).collect();
    let ends = floors.iter().map(|bound| if bound.law { bound.end.clone() } else { clipped(&bound.end, lawful) });
    let held = held(session, thing).then_some(End::Hold);
    let keep_until = ends.chain(held.clone()).max_by_key(calendar::order);
    let unknown = on.iter().any(|bound| bound.is_unknown() && (bound.keep.at_least || bound.keep.purpose.is_none()));

    let past = |bound: &&&Bound<'_>| calendar::is_past(&bound.end, session.at, bound.source.civil_time);
    let running_floor = held.is_some() || floors.iter().any(|bound| !past(&bound));
    let law_floor = held.is_some() || floors.iter().any(|bound| bound.law && !past(&bound));
    let passed: Vec<&&Bound<'_>> = ceilings.iter().filter(past).collect();
    let now = match (passed.is_empty(), running_floor) {
        (true, _) => KeepNow::Keep,
        (false, false) if unknown => KeepNow::Restrict,
        (false, false) => KeepNow::Erase,
        // A lower tier's floor gives way to a ceiling of the law; nothing that is unknown answers “erase”.
        (false, true) if !law_floor && !unknown && passed.iter().any(|bound| bound.law) => KeepNow::Erase,
        (false, true) => KeepNow::Restrict,
    };
    row(thing, None, keep_until, erase_by, now, on)
}

/// For one purpose: may be used until the earliest of its ceilings and those without purpose; a ceiling that yields is raised to the
/// law's floor for that purpose.
fn for_purpose(session: &Session<'_>, thing: &Thing, purpose: PurposeId, on: &[&Bound<'_>]) -> Retention {
    let word = session.tree.purposes.get(purpose);
    let is_for = |bound: &Bound<'_>| bound.keep.purpose.is_none_or(|one| word.is_some_and(|word| word.is_a(one)));
    let of: Vec<&Bound<'_>> = on.iter().copied().filter(|bound| is_for(bound)).collect();
    let floor =
        of.iter().filter(|bound| bound.keep.at_least).map(|bound| &bound.end).max_by_key(|end| calendar::order(end));
    let law_floor = of
        .iter()
        .filter(|bound| bound.keep.at_least && bound.law && !bound.is_unknown())
        .map(|bound| &bound.end)
        .max_by_key(|end| calendar::order(end));
    let raised = |bound: &&Bound<'_>| match law_floor {
        Some(floor) if bound.keep.yields && calendar::order(&bound.end) < calendar::order(floor) => floor.clone(),
        _ => bound.end.clone(),
    };
    let erase_by = of.iter().filter(|bound| !bound.keep.at_least).map(raised).min_by_key(calendar::order);
    let zone = of.first().and_then(|bound| bound.source.civil_time);
    let over = erase_by.as_ref().is_some_and(|end| calendar::is_past(end, session.at, zone));
    let now = if over { KeepNow::Restrict } else { KeepNow::Keep };
    row(thing, Some(purpose), floor.cloned(), erase_by, now, &of)
}

fn row(
    thing: &Thing,
    purpose: Option<PurposeId>,
    keep_until: Option<End>,
    erase_by: Option<End>,
    now: KeepNow,
    on: &[&Bound<'_>],
) -> Retention {
    let needs: BTreeSet<FactRead> = on.iter().flat_map(|bound| bound.needs.iter().cloned()).collect();
    Retention {
        thing: thing.clone(),
        purpose,
        keep_until,
        erase_by,
        now,
        undetermined: !needs.is_empty(),
        needs: needs.into_iter().collect(),
        because: on.iter().map(|bound| bound.reason.clone()).collect(),
    }
}

fn held(session: &Session<'_>, thing: &Thing) -> bool {
    let today = session.at.date_naive();
    session.ctx.holds.iter().any(|(artefact, from, until)| {
        concerns(session, &Thing::Artefact(*artefact), thing)
            && *from <= today
            && until.is_none_or(|until| today <= until)
    })
}

/// A lower tier's floor, clipped to the lawful window.
fn clipped(floor: &End, lawful: Option<&End>) -> End {
    match lawful {
        Some(ceiling) if calendar::order(ceiling) < calendar::order(floor) => ceiling.clone(),
        _ => floor.clone(),
    }
}

fn bounds<'a>(session: &Session<'a>) -> Vec<Bound<'a>> {
    let clauses = session.spoken().flat_map(|source| &source.periods);
    clauses.filter_map(|at| bound(session, *at, beside::clause(session.tree, *at)?)).collect()
}

fn bound<'a>(session: &Session<'a>, at: ClauseRef, clause: &'a crate::tree::Clause) -> Option<Bound<'a>> {
    let ClauseKind::Keep(keep) = &clause.kind else { return None };
    let rule = session.tree.rules.get(at.rule)?;
    let source = session.tree.sources.get(rule.source)?;
    let event = event_of(&keep.span).and_then(|event| beside::moment(session, event));
    let law_of = if keep.data_held { session.at } else { event.map_or(session.at, duty::instant) };
    let needs = match beside::binds(session, at, clause, keep.condition.as_ref(), law_of) {
        Binds::Yes => Vec::new(),
        Binds::No => return None,
        Binds::Unknown(needs) => needs,
    };
    let round = if keep.at_least { Round::Up } else { Round::Down };
    let reason = Reason {
        rule: at.rule,
        clause: at.clause,
        then_of: at.then_of,
        verdict: Verdict::Cleared,
        undetermined: !needs.is_empty(),
        exceptions: Vec::new(),
        of_capture: false,
    };
    Some(Bound {
        keep,
        end: end(session, &keep.span, source, round),
        law: source.level.is_law(),
        source,
        reason,
        needs,
    })
}

/// The event that says which law binds: the first that a span names.
fn event_of(span: &KeepSpan) -> Option<EventId> {
    match span {
        KeepSpan::From(_, event) | KeepSpan::Until(event) => Some(*event),
        KeepSpan::Earlier(parts) | KeepSpan::Later(parts) => parts.iter().find_map(event_of),
    }
}

fn end(session: &Session<'_>, span: &KeepSpan, source: &Source, round: Round) -> End {
    let symbolic = || End::Symbolic(words(session, span));
    match span {
        KeepSpan::From(period, event) => beside::moment(session, *event)
            .and_then(|from| calendar::end(from, period, source.civil_time, source.convention, round))
            .unwrap_or_else(symbolic),
        KeepSpan::Until(event) => match beside::moment(session, *event) {
            Some(Moment::Day(day)) => End::Day(day),
            Some(Moment::Instant(instant)) => End::Instant(instant),
            None => symbolic(),
        },
        // One end that is no date yet leaves an earlier end bounded by the dates that are known, and a later end open.
        KeepSpan::Earlier(parts) => parts
            .iter()
            .map(|part| end(session, part, source, round))
            .min_by_key(calendar::order)
            .unwrap_or_else(symbolic),
        KeepSpan::Later(parts) => {
            let latest = parts.iter().map(|part| end(session, part, source, round)).max_by_key(calendar::order);
            latest.filter(|end| !matches!(end, End::Symbolic(_))).unwrap_or_else(symbolic)
        }
    }
}

/// A span in words: “3 years from last-interaction”.
fn words(session: &Session<'_>, span: &KeepSpan) -> String {
    let event = |event: &EventId| session.tree.events.name(*event);
    let list = |parts: &[KeepSpan]| parts.iter().map(|part| words(session, part)).collect::<Vec<_>>().join(" or ");
    match span {
        KeepSpan::From(period, from) => format!("{} from {}", period_words(period), event(from)),
        KeepSpan::Until(until) => event(until).to_owned(),
        KeepSpan::Earlier(parts) => format!("the earlier of {}", list(parts)),
        KeepSpan::Later(parts) => format!("the later of {}", list(parts)),
    }
}

/// A period in words: “3 years”.
#[must_use]
pub fn period_words(period: &Period) -> String {
    let unit = period.unit.word();
    let plural = if period.count == 1 { "" } else { "s" };
    format!("{} {unit}{plural}", period.count)
}
