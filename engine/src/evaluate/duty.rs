//! Duties beside the acts: not due, due, paused, met, breached. Each stands for itself, and so does each time that its event happened; one
//! delivery may discharge several.

use super::beside::{self, Anchor, Binds};
use super::calendar;
use super::clock::{self, Clock};
use super::replay::BUDGET;
use super::session::Session;
use super::world::{self, World};
use crate::compile::ClauseRef;
use crate::context::{Context, Instant, Moment};
use crate::decision::{Duty, DutyState, End, Formula};
use crate::tree::{Act, Clause, ClauseKind, DutyWhat, EventId, Req, Source, SourceId};

/// The duties that bind, or may.
pub fn duties(session: &Session<'_>) -> Vec<Duty> {
    let clauses = session.spoken().flat_map(|source| &source.duties);
    clauses.filter_map(|at| of_clause(session, *at, beside::clause(session.tree, *at)?)).flatten().collect()
}

/// The duties of a clause: one for each time that its event happened so far.
fn of_clause(session: &Session<'_>, at: ClauseRef, clause: &Clause) -> Option<Vec<Duty>> {
    let ClauseKind::Duty { what, recurring, period, event, paused, condition } = &clause.kind else { return None };
    let of = session.tree.rules.get(at.rule)?.source;
    let source = session.tree.sources.get(of)?;
    let clock = Clock::new(session, source, period, *paused);
    let happened = happened(session, *event, source);
    let duty = |from: Option<Moment>| {
        let law = from.unwrap_or(Moment::Instant(session.at));
        let anchor = Anchor { laws: vec![law], start: clock.instant(law) };
        let may_not_bind = match beside::binds(session, at, clause, condition.as_ref(), &anchor) {
            Binds::Yes => false,
            Binds::No => return None,
            Binds::Unknown(_) => true,
        };
        let stands = |known: bool| match from {
            Some(from) => state(session, &clock, from, *recurring, &Done { what, source: of, known }),
            None => Some((DutyState::NotDue, None)),
        };
        let (state, due) = stands(true)?;
        let undetermined =
            may_not_bind || from.is_none() && is_silent(session, *event) || stands(false)? != (state, due.clone());
        Some(Duty { rule: at.rule, clause: at.clause, then_of: at.then_of, state, due, undetermined })
    };
    if happened.is_empty() {
        return Some(duty(None).into_iter().collect());
    }
    Some(happened.into_iter().filter_map(|from| duty(Some(from))).collect())
}

/// The times so far at which an event happened.
fn happened(session: &Session<'_>, event: EventId, source: &Source) -> Vec<Moment> {
    let mut found = clock::logged(session, event, source.civil_time);
    if found.is_empty() && !session.ctx.events.iter().any(|(one, _)| *one == event) {
        let made = beside::moment(session, event);
        found.extend(made.filter(|made| clock::instant(*made, source.civil_time) <= session.at));
    }
    found
}

/// Whether an event that nobody logged may have happened.
fn is_silent(session: &Session<'_>, event: EventId) -> bool {
    let logged = session.ctx.events.iter().any(|(one, _)| *one == event);
    !logged && !session.log_complete(session.at)
}

/// How a duty stands that runs from a moment.
fn state(
    session: &Session<'_>,
    clock: &Clock<'_>,
    from: Moment,
    recurring: bool,
    done: &Done<'_>,
) -> Option<(DutyState, Option<End>)> {
    let begun = clock.instant(from);
    let is_past = |due: &End, at: Instant| calendar::is_past(due, at, clock.source.civil_time);
    if recurring {
        let due = clock.due(done.last(session, clock, begun).unwrap_or(from))?;
        let late = is_past(&due, session.at);
        return Some((if late { DutyState::Breached } else { DutyState::Due }, Some(due)));
    }
    let first = done.first(session, clock, begun);
    let (due, stands_still) = clock.runs(from, first.unwrap_or(session.at))?;
    let late = !stands_still && is_past(&due, first.unwrap_or(session.at));
    let state = match first {
        _ if late => DutyState::Breached,
        Some(_) => DutyState::Met,
        None if stands_still => DutyState::Paused,
        None => DutyState::Due,
    };
    Some((state, Some(due)))
}

/// What is due, and whether it must be done in every world (else in one).
struct Done<'a> {
    what: &'a DutyWhat,
    source: SourceId,
    known: bool,
}

impl Done<'_> {
    /// When it was first done, since an instant.
    fn first(&self, session: &Session<'_>, clock: &Clock<'_>, since: Instant) -> Option<Instant> {
        match self.what {
            DutyWhat::Act(act) => acts(session, clock, act, since).map(|at| clock.instant(at)).min(),
            DutyWhat::Told(requirement) => {
                let mut ends = tellings(session, since);
                ends.sort_unstable();
                ends.into_iter().find(|until| self.is_told(session, requirement, since, since, *until))
            }
        }
    }

    /// When it was last done, since an instant: of several persons, when the first of them was told for the last time.
    fn last(&self, session: &Session<'_>, clock: &Clock<'_>, since: Instant) -> Option<Moment> {
        match self.what {
            DutyWhat::Act(act) => acts(session, clock, act, since).max_by_key(|at| clock.instant(*at)),
            DutyWhat::Told(requirement) => {
                let mut ends = tellings(session, since);
                ends.sort_unstable();
                let told = |from: &Instant| self.is_told(session, requirement, since, *from, session.at);
                ends.into_iter().rev().find(told).map(Moment::Instant)
            }
        }
    }

    /// Whether everybody was told by what was begun since an instant, and ended between two.
    fn is_told(&self, session: &Session<'_>, requirement: &Req, since: Instant, from: Instant, until: Instant) -> bool {
        let mut ctx: Context = session.ctx.clone();
        for party in &mut ctx.parties {
            party.told.retain(|one| since <= one.from && one.to.is_some_and(|to| from <= to && to <= until));
        }
        let then = Session::new(session.set, &ctx, session.options, session.at);
        let frame = beside::whole_call(&then, then.at, Moment::Instant(then.at));
        let told = world::cases(&World::default(), BUDGET, |world| frame.requires(requirement, self.source, world));
        let is_true = |(_, formula): &(World, Formula)| *formula == Formula::True;
        if self.known {
            !told.cut && told.leaves.iter().all(is_true)
        } else {
            told.cut || told.leaves.iter().any(is_true)
        }
    }
}

/// When tellings ended that were begun since an instant.
fn tellings(session: &Session<'_>, since: Instant) -> Vec<Instant> {
    let told = session.ctx.parties.iter().flat_map(|party| &party.told).filter(|one| since <= one.from);
    told.filter_map(|one| one.to).filter(|to| *to <= session.at).collect()
}

/// When an act was done since an instant, so far.
fn acts<'s>(
    session: &'s Session<'_>,
    clock: &'s Clock<'_>,
    act: &'s Act,
    since: Instant,
) -> impl Iterator<Item = Moment> + 's {
    let done = session.ctx.done.iter().filter(move |(one, _)| is_done_by(session, act, one)).map(|(_, at)| *at);
    done.filter(move |at| since <= clock.instant(*at) && clock.instant(*at) <= session.at)
}

/// Whether one act does what another demands: the same act or a kind of it, of the same thing.
fn is_done_by(session: &Session<'_>, wanted: &Act, done: &Act) -> bool {
    !done.not
        && session.tree.acts.get(done.act).is_some_and(|word| word.word.is_a(wanted.act))
        && (wanted.of.is_none() || wanted.of == done.of)
        && (wanted.purpose.is_none() || wanted.purpose == done.purpose)
        && (wanted.recipient.is_none() || wanted.recipient == done.recipient)
}
