//! Clauses beside the acts: duties and periods of retention. What binds, what is waived, and what is not known of that.

use std::collections::BTreeSet;

use super::frame::{Frame, Instance};
use super::replay::BUDGET;
use super::session::Session;
use super::world::{self, Var, World};
use crate::compile::ClauseRef;
use crate::context::{Instant, Moment};
use crate::decision::FactRead;
use crate::source::Span;
use crate::tree::{Act, Clause, Cond, EventId, RuleId, SourceId, Tree};

/// Whether a clause binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binds {
    /// In every world.
    Yes,
    /// In none.
    No,
    /// It depends on these facts.
    Unknown(Vec<FactRead>),
}

/// The clause that a reference names.
pub fn clause(tree: &Tree, at: ClauseRef) -> Option<&Clause> {
    match at.then_of {
        None => tree.rules.get(at.rule)?.clauses.get(at.clause),
        Some(exception) => tree.exceptions.get(exception)?.thens.get(at.clause),
    }
}

/// By the law of which moments a clause binds, and up to when what was said counts.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// By the law of any of these.
    pub laws: Vec<Moment>,
    /// What was said by this instant.
    pub start: Instant,
}

/// Whether a clause binds in a world.
pub fn binds_in(
    session: &Session<'_>,
    at: ClauseRef,
    clause: &Clause,
    condition: Option<&Cond>,
    anchor: &Anchor,
    world: &World,
) -> world::InWorld<bool> {
    let Some(source) = session.tree.rules.get(at.rule).map(|rule| rule.source) else { return Ok(false) };
    world::any(anchor.laws.iter().map(|law| {
        let frame = whole_call(session, anchor.start, *law);
        world::all_of(&[
            &|| frame.binds(at.rule, world),
            &|| session.reads(clause.reading, world),
            &|| at.then_of.map_or(Ok(true), |exception| frame.relied_on(exception, world)),
            &|| condition.map_or(Ok(true), |condition| frame.holds(condition, source, world)),
            &|| waived(&frame, at, source, world).map(|waived| !waived),
        ])
    }))
}

/// Whether a clause binds.
pub fn binds(
    session: &Session<'_>,
    at: ClauseRef,
    clause: &Clause,
    condition: Option<&Cond>,
    anchor: &Anchor,
) -> Binds {
    let judge = |world: &World| binds_in(session, at, clause, condition, anchor, world);
    if let Ok(binds) = judge(&World::default()) {
        return if binds { Binds::Yes } else { Binds::No };
    }
    let cases = world::cases(&World::default(), BUDGET, judge);
    let all = |wanted: bool| !cases.cut && cases.leaves.iter().all(|(_, value)| *value == wanted);
    if all(true) {
        Binds::Yes
    } else if all(false) {
        Binds::No
    } else {
        let needs: BTreeSet<FactRead> = cases.needs().iter().map(Var::read).collect();
        Binds::Unknown(needs.into_iter().collect())
    }
}

/// Whether an exception waives a duty or a period.
fn waived(frame: &Frame<'_, '_>, at: ClauseRef, source: SourceId, world: &World) -> world::InWorld<bool> {
    let tree = frame.session.tree;
    let Some(rule) = tree.rules.get(at.rule).filter(|_| at.then_of.is_none()) else { return Ok(false) };
    let waives = rule.exceptions.iter().filter_map(|exception| tree.exceptions.get(*exception)).flat_map(|exception| {
        exception.waives.iter().filter(|waive| waive.rule == at.rule && waive.clause == at.clause)
    });
    world::any(waives.map(|waive| waive.condition.as_ref().map_or(Ok(true), |cond| frame.holds(cond, source, world))))
}

/// The exceptions by which a duty or a period of a rule that binds does not.
pub fn waived_by(session: &Session<'_>) -> Vec<crate::tree::ExceptionId> {
    let frame = whole_call(session, session.at, Moment::Instant(session.at));
    let waives = |(_, declared): &(crate::tree::ExceptionId, &crate::tree::Exception)| {
        declared.waives.iter().any(|waive| {
            let holds = |world: &World| match &waive.condition {
                Some(condition) => frame.holds(condition, declared.source, world),
                None => Ok(true),
            };
            let world = World::default();
            matches!((frame.binds(waive.rule, &world), holds(&world)), (Ok(true), Ok(true)))
        })
    };
    let exceptions = session.spoken().flat_map(|source| &source.waives);
    let declared = exceptions.filter_map(|id| session.tree.exceptions.get(*id).map(|exception| (*id, exception)));
    declared.filter(waives).map(|(exception, _)| exception).collect()
}

/// The rules that displace others here and now.
pub fn displacing(session: &Session<'_>) -> Vec<RuleId> {
    let found: BTreeSet<RuleId> = session.set.displacers.iter().flatten().copied().collect();
    let frame = whole_call(session, session.at, Moment::Instant(session.at));
    found.into_iter().filter(|rule| matches!(frame.binds(*rule, &World::default()), Ok(true))).collect()
}

/// When an event happened: of several times the latest so far, else the first to come. `recording-created` is the first capture's beginning,
/// or the judged instant for one that is to come.
pub fn moment(session: &Session<'_>, event: EventId) -> Option<Moment> {
    let logged = || session.ctx.events.iter().filter(|(one, _)| *one == event).map(|(_, moment)| *moment);
    let so_far = logged().filter(|moment| instant(*moment) <= session.at).max_by_key(|moment| instant(*moment));
    so_far.or_else(|| logged().min_by_key(|moment| instant(*moment))).or_else(|| {
        let captured = is_creation(session, event).then(|| {
            let captures = session.tree.known.recording.map(|act| session.captures_of(act)).unwrap_or_default();
            captures.first().and_then(|first| first.from).unwrap_or(session.at)
        });
        captured.map(Moment::Instant)
    })
}

fn is_creation(session: &Session<'_>, event: EventId) -> bool {
    session.tree.events.name(event) == "recording-created"
}

/// Whether it is not known that an event has not happened: nobody logged it, and the log is not complete.
pub fn is_silent(session: &Session<'_>, event: EventId) -> bool {
    let logged = session.ctx.events.iter().any(|(one, _)| *one == event);
    !logged && !is_creation(session, event) && !session.log_complete(session.at)
}

/// A moment as an instant: a day is its first.
pub fn instant(moment: Moment) -> Instant {
    match moment {
        Moment::Instant(instant) => instant,
        Moment::Day(day) => day.and_time(chrono::NaiveTime::MIN).and_utc(),
    }
}

/// The frame of clauses that speak of the whole call: every person who was on it, what was said by an instant, the law of a moment.
pub fn whole_call<'s, 'a>(session: &'s Session<'a>, start: Instant, law: Moment) -> Frame<'s, 'a> {
    let using = session.tree.known.using.or(session.tree.known.recording);
    let act = Act {
        not: false,
        act: using.unwrap_or_else(|| crate::tree::table::Id::from_index(0)),
        of: None,
        purpose: None,
        recipient: None,
        phase: None,
        span: Span::default(),
    };
    Frame { law, ..Frame::of_stretch(session, Instance::of(session, &act), start, false) }
}
