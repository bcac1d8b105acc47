//! What must be kept is kept.

use std::sync::Arc;

use chrono::{Days, Months, NaiveDate};
use onrecord::compile::PolicySet;
use onrecord::context::Moment;
use onrecord::decision::{End, KeepNow};
use onrecord::evaluate::evaluate;
use onrecord::syntax::ast::Unit;
use onrecord::tree::{ArtefactId, ClauseKind, KeepSpan, Period, Thing};

use super::judge::Judge;
use crate::generate::{Call, Tape};
use crate::reference::Defect;
use crate::suite::{Case, Outcome};

/// Until when the recording must be kept: a day, or as long as a hold stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    Nothing,
    Day(NaiveDate),
    Open,
}

/// A binding floor never shortens what must be kept; a hold widens no use, and never lets the thing be erased.
#[must_use]
pub fn holds(judge: Judge, case: &Case<'_>) -> Outcome {
    let set = &case.compiled.set;
    let Some(recording) = set.tree.known.recording_artefact else { return Outcome::Silent };
    let mut tape = Tape::new(case.choices);
    let mut more = case.policy.clone();
    let which = tape.below(more.rules.len());
    let period = tape.word(&["1 day", "2 years", "1 month", "10 years"]);
    let event = tape.word(&["recording-created", "last-interaction"]);
    more.rules[which].clauses.push(format!("keep recording at least {period} from {event}"));
    let Ok(more) = more.compile() else { return Outcome::Silent };
    let before = until(judge, set, case.call, recording);
    let after = until(judge, &more.set, case.call, recording);
    if after < before {
        return Outcome::Fails(format!("kept until {before:?}, and with one floor more until {after:?}"));
    }
    if let Judge::Engine = judge {
        return held(case, recording);
    }
    Outcome::Holds
}

/// A hold: the thing is never to be erased, and no act or use is laxer.
fn held(case: &Case<'_>, recording: ArtefactId) -> Outcome {
    let set = &case.compiled.set;
    let mut call = case.call.clone();
    call.ctx.holds.push((recording, call.at.date_naive(), None));
    let (before, after) = (decide(set, case.call), decide(set, &call));
    let is_it = |one: &&onrecord::decision::Retention| one.thing == Thing::Artefact(recording);
    if let Some(erased) = after.retention.iter().filter(is_it).find(|one| one.now == KeepNow::Erase) {
        return Outcome::Fails(format!("held, and to be erased: {erased:?}"));
    }
    let verdicts = |decision: &onrecord::decision::Decision| {
        decision.acts.iter().chain(&decision.uses).map(|act| act.verdict).collect::<Vec<_>>()
    };
    let laxer = verdicts(&before).into_iter().zip(verdicts(&after)).any(|(before, after)| after < before);
    if laxer { Outcome::Fails("a hold widens a use".to_owned()) } else { Outcome::Holds }
}

fn decide(set: &Arc<PolicySet>, call: &Call) -> onrecord::decision::Decision {
    evaluate(set, &call.ctx, &call.options, call.at)
}

fn until(judge: Judge, set: &Arc<PolicySet>, call: &Call, recording: ArtefactId) -> Until {
    match judge {
        Judge::Engine => {
            let decision = decide(set, call);
            let kept = decision.retention.iter().filter(|one| one.thing == Thing::Artefact(recording));
            let end = |end: &End| match end {
                End::Day(day) => Until::Day(*day),
                End::Instant(at) => Until::Day(at.date_naive()),
                End::Symbolic(_) | End::Hold => Until::Open,
            };
            kept.filter(|one| one.purpose.is_none())
                .filter_map(|one| one.keep_until.as_ref().map(end))
                .max()
                .unwrap_or(Until::Nothing)
        }
        Judge::Reference(defect) => floors(set, call, recording, defect),
    }
}

/// The latest end of the floors on the recording itself: a plain count, by the calendar. With the defect: the earliest.
fn floors(set: &PolicySet, call: &Call, recording: ArtefactId, defect: Option<Defect>) -> Until {
    let clauses = set.tree.rules.iter().flat_map(|(_, rule)| &rule.clauses);
    let ends = clauses.filter_map(|clause| match &clause.kind {
        ClauseKind::Keep(keep)
            if keep.at_least && keep.thing == Thing::Artefact(recording) && keep.purpose.is_none() =>
        {
            let KeepSpan::From(period, event) = &keep.span else { return None };
            let happened = call.ctx.events.iter().filter(|(one, _)| one == event).map(|(_, at)| match at {
                Moment::Day(day) => *day,
                Moment::Instant(at) => at.date_naive(),
            });
            Some(happened.max().and_then(|day| later(day, period)).map_or(Until::Open, Until::Day))
        }
        _ => None,
    });
    let ends: Vec<Until> = ends.collect();
    let end = if defect == Some(Defect::FloorShortens) { ends.iter().min() } else { ends.iter().max() };
    end.copied().unwrap_or(Until::Nothing)
}

fn later(day: NaiveDate, period: &Period) -> Option<NaiveDate> {
    match period.unit {
        Unit::Month => day.checked_add_months(Months::new(period.count)),
        Unit::Year => day.checked_add_months(Months::new(period.count * 12)),
        Unit::Week => day.checked_add_days(Days::new(u64::from(period.count) * 7)),
        _ => day.checked_add_days(Days::new(u64::from(period.count))),
    }
}
