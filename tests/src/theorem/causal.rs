//! The past stays as it was.

use chrono::Duration;
use onrecord::context::{Instant, Saying, SayingKind, Telling};
use onrecord::decision::Verdict;
use onrecord::syntax::ast::Statement;

use super::judge::Judge;
use crate::generate::{Tape, call};
use crate::suite::{Case, Outcome};

type Stretches = [(Instant, Option<Instant>, Verdict)];

/// What happens at an instant changes no stretch that ended by then.
#[must_use]
pub fn holds(judge: Judge, case: &Case<'_>) -> Outcome {
    let set = &case.compiled.set;
    let Some((act, _)) = case.call.ctx.captures.first() else { return Outcome::Silent };
    let act = call::act(&set.tree, set.tree.acts.name(*act));
    let mut tape = Tape::new(case.choices);
    let happens = call::noon() + Duration::minutes(1) + Duration::minutes(tape.below(19) as i64);
    let mut more = case.call.clone();
    let person = tape.below(more.ctx.parties.len().max(1));
    let Some(party) = more.ctx.parties.get_mut(person) else { return Outcome::Silent };
    if tape.chance(50) {
        party.told.push(Telling {
            elements: set.tree.elements.ids().collect(),
            from: happens,
            to: Some(happens + Duration::seconds(20)),
            means: set.tree.means.id("spoken-word"),
            language: party.languages.first().cloned(),
            on_recording: Some(true),
            notice: None,
        });
    } else {
        let kind = SayingKind::Against(*tape.pick(&[Statement::Withdrew, Statement::Refused, Statement::Objected]));
        party.said.push(Saying { term: call::act(&set.tree, "recording"), at: happens, kind });
    }
    let before = judge.stretches(set, case.call, &act);
    let after = judge.stretches(set, &more, &act);
    let (Some(before), Some(after)) = (before, after) else { return Outcome::Silent };
    let mut instants: Vec<Instant> = before.iter().chain(&after).map(|(from, ..)| *from).collect();
    instants.retain(|instant| *instant < happens);
    match instants.iter().find(|instant| verdict_at(&before, **instant) != verdict_at(&after, **instant)) {
        Some(instant) => Outcome::Fails(format!(
            "what happened at {happens} changed {instant}\n{before:?}\n{after:?}\n{}",
            more.show(&set.tree)
        )),
        None => Outcome::Holds,
    }
}

fn verdict_at(stretches: &Stretches, at: Instant) -> Option<Verdict> {
    let here =
        |(from, until, _): &&(Instant, Option<Instant>, Verdict)| *from <= at && until.is_none_or(|until| at < until);
    stretches.iter().find(here).map(|(.., verdict)| *verdict)
}
