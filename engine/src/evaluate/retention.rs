//! Until when things must and may be kept, and used: floors, ceilings, holds, in every world that the call leaves possible. Unknown never answers
//! “erase”; it answers “restrict”.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::beside::{self, Anchor, Binds};
use super::calendar::{self, Round, Until};
use super::keeping::{self, Value};
use super::replay::BUDGET;
use super::session::Session;
use super::world::{self, InWorld, Var, World};
use crate::compile::ClauseRef;
use crate::context::Moment;
use crate::decision::{End, FactRead, KeepNow, Reason, Retention, Verdict};
use crate::tree::{Clause, ClauseKind, EventId, Keep, KeepSpan, Period, PurposeId, Source, Thing};

/// A floor or a ceiling that binds, or may.
pub struct Bound<'a> {
    /// What it says.
    pub keep: &'a Keep,
    /// By what source.
    pub source: &'a Source,
    clause: &'a Clause,
    at: ClauseRef,
    anchor: Anchor,
    /// What is not known of whether it binds.
    needs: Vec<FactRead>,
    /// Its events of which it is not known whether they have happened.
    silent: Vec<EventId>,
    end: Until,
}

/// A floor or a ceiling that binds in a world, with its end there.
pub struct Binding<'b, 'a> {
    /// Which.
    pub bound: &'b Bound<'a>,
    /// When it ends.
    pub end: Cow<'b, Until>,
}

impl Binding<'_, '_> {
    /// Whether it is a floor.
    #[must_use]
    pub fn is_floor(&self) -> bool {
        self.bound.keep.at_least
    }

    /// Whether it is law.
    #[must_use]
    pub fn is_law(&self) -> bool {
        self.bound.source.level.is_law()
    }
}

/// One row per thing, and one per thing and purpose, for which a rule sets an end or a hold stands.
pub fn retention(session: &Session<'_>) -> Vec<Retention> {
    let bounds = bounds(session);
    let mut things: Vec<Thing> = bounds.iter().map(|bound| bound.keep.thing.clone()).collect();
    things.extend(keeping::held(session).map(Thing::Artefact));
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
    let tree = session.tree;
    let is_on = |bound: &&Bound<'_>| keeping::concerns(tree, &bound.keep.thing, thing);
    let on: Vec<&Bound<'_>> = bounds.iter().filter(is_on).collect();
    let purposes: BTreeSet<PurposeId> = on.iter().filter_map(|bound| bound.keep.purpose).collect();
    let matters = |bound: &&Bound<'_>| match (bound.keep.at_least, is_on(bound)) {
        (true, is_on) => is_on || keeping::may_overlap(tree, &bound.keep.thing, thing),
        (false, is_on) => is_on && bound.keep.purpose.is_none(),
    };
    let whole: Vec<&Bound<'_>> = bounds.iter().filter(matters).collect();
    let mut rows = vec![row(session, thing, None, &whole)];
    rows.extend(purposes.into_iter().map(|purpose| {
        let is_for = |one| keeping::purpose_is_a(tree, purpose, one);
        let of: Vec<&Bound<'_>> = on.iter().copied().filter(|bound| bound.keep.purpose.is_none_or(is_for)).collect();
        row(session, thing, Some(purpose), &of)
    }));
    rows
}

/// What a thing comes to in every world: kept until the latest, used until the earliest, and restricted where worlds differ.
fn row(session: &Session<'_>, thing: &Thing, purpose: Option<PurposeId>, of: &[&Bound<'_>]) -> Retention {
    let value = |binding: &[Binding<'_, '_>], world: &World| match purpose {
        Some(_) => Ok(keeping::for_purpose(session, thing, binding)),
        None => keeping::whole(session, thing, binding, world),
    };
    let cases = world::cases(&World::default(), BUDGET, |world| value(&binding(session, of, world)?, world));
    let needs: BTreeSet<FactRead> = cases.needs().iter().map(Var::read).collect();
    let worlds = if cases.cut {
        let extremes = [true, false].map(|floors| extreme(of, floors));
        extremes
            .iter()
            .flat_map(|some| world::cases(&World::default(), BUDGET, |world| value(some, world)).leaves)
            .collect()
    } else {
        cases.leaves
    };
    let Value { keep_until, erase_by, now } = Value::worst(worlds.into_iter().map(|(_, value)| value));
    Retention {
        thing: thing.clone(),
        purpose,
        keep_until: keep_until.map(|until| until.end),
        erase_by: erase_by.map(|until| until.end),
        now,
        undetermined: !needs.is_empty(),
        needs: needs.into_iter().collect(),
        because: of.iter().filter(|bound| is_told(session, thing, bound, now)).map(|bound| reason(bound)).collect(),
    }
}

/// Whether a row tells of a clause: of one on something else only where that restricts.
fn is_told(session: &Session<'_>, thing: &Thing, bound: &Bound<'_>, now: KeepNow) -> bool {
    now == KeepNow::Restrict || keeping::concerns(session.tree, &bound.keep.thing, thing)
}

fn reason(bound: &Bound<'_>) -> Reason {
    Reason {
        rule: bound.at.rule,
        clause: bound.at.clause,
        then_of: bound.at.then_of,
        verdict: Verdict::Cleared,
        undetermined: !bound.needs.is_empty(),
        exceptions: Vec::new(),
        of_capture: false,
    }
}

/// The floors and ceilings that bind in a world.
fn binding<'b, 'a>(session: &Session<'a>, of: &[&'b Bound<'a>], world: &World) -> InWorld<Vec<Binding<'b, 'a>>> {
    let mut all = Vec::with_capacity(of.len());
    for bound in of.iter().copied() {
        let condition = bound.keep.condition.as_ref();
        let binds = bound.needs.is_empty()
            || beside::binds_in(session, bound.at, bound.clause, condition, &bound.anchor, world)?;
        if binds {
            let end = match bound.silent.is_empty() {
                true => Cow::Borrowed(&bound.end),
                false => Cow::Owned(end(session, &bound.keep.span, bound.source, bound.keep.at_least, &|event| {
                    world::decide(world, Var::Event(event))
                })?),
            };
            all.push(Binding { bound, end });
        }
    }
    Ok(all)
}

/// Where there are too many worlds: every floor with only the ceilings that certainly bind, or the other way round. No event that may have
/// happened ends a floor there, and every one that may end a ceiling does.
fn extreme<'b, 'a>(of: &[&'b Bound<'a>], floors: bool) -> Vec<Binding<'b, 'a>> {
    let counts = |bound: &&Bound<'_>| bound.keep.at_least == floors || bound.needs.is_empty();
    let counting = of.iter().copied().filter(counts).map(|bound| match bound.silent.is_empty() {
        true => Binding { bound, end: Cow::Borrowed(&bound.end) },
        false => Binding { bound, end: Cow::Owned(Until { over: !floors, ..bound.end.clone() }) },
    });
    counting.collect()
}

fn bounds<'a>(session: &Session<'a>) -> Vec<Bound<'a>> {
    let clauses = session.spoken().flat_map(|source| &source.periods);
    clauses.filter_map(|at| bound(session, *at, beside::clause(session.tree, *at)?)).collect()
}

fn bound<'a>(session: &Session<'a>, at: ClauseRef, clause: &'a Clause) -> Option<Bound<'a>> {
    let ClauseKind::Keep(keep) = &clause.kind else { return None };
    let rule = session.tree.rules.get(at.rule)?;
    let source = session.tree.sources.get(rule.source)?;
    let mut events = Vec::new();
    named(&keep.span, &mut events);
    let anchor = Anchor { laws: laws(session, &events, keep.data_held), start: session.at };
    let needs = match beside::binds(session, at, clause, keep.condition.as_ref(), &anchor) {
        Binds::Yes => Vec::new(),
        Binds::No => return None,
        Binds::Unknown(needs) => needs,
    };
    events.retain(|event| beside::is_silent(session, *event));
    let end = end(session, &keep.span, source, keep.at_least, &|_| Ok(false)).ok()?;
    Some(Bound { keep, source, clause, at, anchor, needs, silent: events, end })
}

/// The events that a span names.
fn named(span: &KeepSpan, into: &mut Vec<EventId>) {
    match span {
        KeepSpan::From(_, event) | KeepSpan::Until(event) => into.push(*event),
        KeepSpan::Earlier(parts) | KeepSpan::Later(parts) => parts.iter().for_each(|part| named(part, into)),
    }
}

/// By the law of which moments a period binds: of its events, and of now, where one of them is still to come or data that is held is reached.
fn laws(session: &Session<'_>, events: &[EventId], data_held: bool) -> Vec<Moment> {
    let now = Moment::Instant(session.at);
    let mut laws: Vec<Moment> = events
        .iter()
        .map(|event| beside::moment(session, *event).unwrap_or(now))
        .chain(data_held.then_some(now))
        .collect();
    laws.dedup();
    laws
}

/// When a span ends. `is_over` says of an event that nobody logged whether it has happened, and long ago.
fn end(
    session: &Session<'_>,
    span: &KeepSpan,
    source: &Source,
    floor: bool,
    is_over: &dyn Fn(EventId) -> InWorld<bool>,
) -> InWorld<Until> {
    let until = |end, over| Until { end, zone: source.civil_time, over };
    let symbolic = |over| until(End::Symbolic(words(session, span)), over);
    let open = |event: EventId| match beside::is_silent(session, event) {
        true => is_over(event),
        false => Ok(false),
    };
    let ends = |parts: &[KeepSpan]| -> InWorld<Vec<Until>> {
        parts.iter().map(|part| end(session, part, source, floor, is_over)).collect()
    };
    Ok(match span {
        KeepSpan::From(period, event) => {
            let round = if floor { Round::Up } else { Round::Down };
            let from = beside::moment(session, *event);
            match from.and_then(|from| calendar::end(from, period, source.civil_time, source.convention, round)) {
                Some(end) => until(end, false),
                None => symbolic(open(*event)?),
            }
        }
        KeepSpan::Until(event) => match beside::moment(session, *event) {
            Some(Moment::Day(day)) => until(End::Day(day), false),
            Some(Moment::Instant(instant)) => until(End::Instant(instant), false),
            None => symbolic(open(*event)?),
        },
        // One end that is no date yet leaves an earlier end bounded by the dates that are known, and a later end open.
        KeepSpan::Earlier(parts) => keeping::earliest(ends(parts)?.iter()).map_or_else(
            || symbolic(false),
            |end| match end.end {
                End::Symbolic(_) => symbolic(end.over),
                _ => end.clone(),
            },
        ),
        KeepSpan::Later(parts) => keeping::latest(ends(parts)?.iter()).map_or_else(
            || symbolic(false),
            |end| match end.end {
                End::Symbolic(_) => symbolic(end.over),
                _ => end.clone(),
            },
        ),
    })
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
