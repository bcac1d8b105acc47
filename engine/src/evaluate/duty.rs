//! Duties beside the acts: not due, due, paused, met, breached. Each stands for itself; one delivery may discharge several.

use chrono::Days;

use super::beside::{self, Binds};
use super::calendar::{self, Round};
use super::session::Session;
use super::world::World;
use crate::compile::ClauseRef;
use crate::context::{Instant, Moment};
use crate::decision::{Duty, DutyState, End, Formula};
use crate::tree::{Act, Clause, ClauseKind, DutyWhat, EventId};

/// The duties that bind, or may.
pub fn duties(session: &Session<'_>) -> Vec<Duty> {
    let clauses = session.spoken().flat_map(|source| &source.duties);
    clauses.filter_map(|at| duty(session, *at, beside::clause(session.tree, *at)?)).collect()
}

fn duty(session: &Session<'_>, at: ClauseRef, clause: &Clause) -> Option<Duty> {
    let ClauseKind::Duty { what, recurring, period, event, paused, condition } = &clause.kind else { return None };
    let moment = beside::moment(session, *event);
    let law_of = moment.map_or(session.at, instant);
    let undetermined = match beside::binds(session, at, clause, condition.as_ref(), law_of) {
        Binds::Yes => false,
        Binds::No => return None,
        Binds::Unknown(_) => true,
    };
    let duty = |state, due| Duty { rule: at.rule, clause: at.clause, then_of: at.then_of, state, due, undetermined };
    let Some(from) = moment.filter(|moment| instant(*moment) <= session.at) else {
        return Some(duty(DutyState::NotDue, None));
    };
    let rule = session.tree.rules.get(at.rule)?;
    let source = session.tree.sources.get(rule.source)?;
    let due_from = |from: Moment| calendar::end(from, period, source.civil_time, source.convention, Round::Down);
    let done = done(session, what, rule.source);
    if *recurring {
        let last = done.into_iter().max_by_key(|one| instant(*one));
        let due = due_from(last.unwrap_or(from))?;
        let late = calendar::is_past(&due, session.at, source.civil_time);
        return Some(duty(if late { DutyState::Breached } else { DutyState::Due }, Some(due)));
    }
    let due = extended(session, due_from(from)?, *paused);
    let first = done.into_iter().filter(|one| instant(*one) >= instant(from)).min_by_key(|one| instant(*one));
    let state = match first {
        Some(first) if calendar::is_past(&due, instant(first), source.civil_time) => DutyState::Breached,
        Some(_) => DutyState::Met,
        None if is_paused(session, *paused) => DutyState::Paused,
        None if calendar::is_past(&due, session.at, source.civil_time) => DutyState::Breached,
        None => DutyState::Due,
    };
    Some(duty(state, Some(due)))
}

/// When what is due was done.
fn done(session: &Session<'_>, what: &DutyWhat, source: crate::tree::SourceId) -> Vec<Moment> {
    match what {
        DutyWhat::Act(act) => {
            let so_far = session.ctx.done.iter().filter(|(_, at)| instant(*at) <= session.at);
            so_far.filter(|(one, _)| is_done_by(session, act, one)).map(|(_, at)| *at).collect()
        }
        DutyWhat::Told(requirement) => {
            let frame = beside::whole_call(session, session.at);
            match frame.requires(requirement, source, &World::default()) {
                Ok(Formula::True) => {
                    let ends =
                        session.ctx.parties.iter().flat_map(|party| party.told.iter().filter_map(|told| told.to));
                    ends.max().map(Moment::Instant).into_iter().collect()
                }
                _ => Vec::new(),
            }
        }
    }
}

/// Whether one act does what another demands: the same act or a kind of it, of the same thing.
fn is_done_by(session: &Session<'_>, wanted: &Act, done: &Act) -> bool {
    session.tree.acts.get(done.act).is_some_and(|word| word.word.is_a(wanted.act))
        && (wanted.of.is_none() || wanted.of == done.of)
        && (wanted.purpose.is_none() || wanted.purpose == done.purpose)
        && (wanted.recipient.is_none() || wanted.recipient == done.recipient)
}

fn is_paused(session: &Session<'_>, paused: Option<(EventId, EventId)>) -> bool {
    match paused.map(|(stop, go)| (so_far(session, stop), so_far(session, go))) {
        Some((Some(stopped), resumed)) => resumed.is_none_or(|resumed| resumed < stopped),
        _ => false,
    }
}

/// A deadline, later by the days for which the clock stood still so far.
fn extended(session: &Session<'_>, due: End, paused: Option<(EventId, EventId)>) -> End {
    let Some((Some(stopped), Some(resumed))) = paused.map(|(stop, go)| (so_far(session, stop), so_far(session, go)))
    else {
        return due;
    };
    match due {
        End::Day(day) if stopped < resumed => {
            let days = u64::try_from((resumed - stopped).num_days()).unwrap_or(0);
            End::Day(day.checked_add_days(Days::new(days)).unwrap_or(day))
        }
        End::Instant(at) if stopped < resumed => End::Instant(at.checked_add_signed(resumed - stopped).unwrap_or(at)),
        due => due,
    }
}

/// When an event happened, if it has by the judged instant.
fn so_far(session: &Session<'_>, event: EventId) -> Option<Instant> {
    beside::moment(session, event).map(instant).filter(|at| *at <= session.at)
}

/// A moment as an instant: a day is its first.
pub fn instant(moment: Moment) -> Instant {
    match moment {
        Moment::Instant(instant) => instant,
        Moment::Day(day) => day.and_time(chrono::NaiveTime::MIN).and_utc(),
    }
}
