//! Stretches: a capture is cut at every logged event, where something takes effect or lapses, where the log ends, and at every day on which law,
//! claims, regions or answers change; inside one nothing changes.

use super::requirement::later;
use super::session::Session;
use crate::context::{Instant, Interval, SayingKind};

/// The stretches of a capture up to the judged instant, each from, until.
pub fn cut(session: &Session<'_>, capture: Interval) -> Vec<(Instant, Option<Instant>)> {
    let Some(from) = capture.from.or_else(|| session.ctx.call.and_then(|call| call.from)) else { return Vec::new() };
    if session.at < from {
        return Vec::new();
    }
    let end = capture.until;
    let inside = |instant: &Instant| from < *instant && *instant <= session.at && end.is_none_or(|end| *instant < end);
    let mut starts: Vec<Instant> = borders(session, from).into_iter().filter(inside).collect();
    starts.push(from);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).copied().map(Some).chain(std::iter::once(end));
    starts.iter().copied().zip(ends).collect()
}

/// What is stored: the beginning of each stretch of the captures so far, one for all that have the same persons on the line, and none where
/// nobody was. Where it is not known when something was captured, or nothing was, it may be of everybody on the call.
pub fn stored(session: &Session<'_>) -> Vec<Option<Instant>> {
    let mut found: Vec<(Option<Instant>, Vec<usize>)> = Vec::new();
    let mut keep = |start: Option<Instant>| {
        let present: Vec<usize> = session.on_line(start).map(|(index, _)| index).collect();
        let of_somebody = !session.ctx.parties_complete || session.persons(start).next().is_some();
        if of_somebody && !found.iter().any(|(_, known)| *known == present) {
            found.push((start, present));
        }
    };
    for (_, capture) in &session.ctx.captures {
        let stretches = cut(session, *capture);
        if stretches.is_empty() && capture.from.is_none() {
            keep(None);
        }
        stretches.iter().for_each(|(start, _)| keep(Some(*start)));
    }
    if found.is_empty() { vec![None] } else { found.into_iter().map(|(start, _)| start).collect() }
}

/// The start of the stretch under way at the judged instant, if a capture of this act runs then.
pub fn under_way(session: &Session<'_>, act: crate::tree::ActId) -> Option<Instant> {
    let running = session.captures_of(act).into_iter().find(|capture| capture.contains(session.at))?;
    cut(session, running).last().map(|(start, _)| *start)
}

/// Every instant at which something changes.
fn borders(session: &Session<'_>, from: Instant) -> Vec<Instant> {
    let ctx = session.ctx;
    let mut found: Vec<Instant> = Vec::new();
    let mut interval = |one: Interval| found.extend(one.from.into_iter().chain(one.until));
    ctx.captures.iter().for_each(|(_, one)| interval(*one));
    ctx.phases.iter().for_each(|(_, one)| interval(*one));
    ctx.safeguards.iter().for_each(|(_, one)| interval(*one));
    ctx.parties.iter().for_each(|party| interval(party.on_line));
    ctx.call.iter().for_each(|one| interval(*one));
    found.extend(ctx.log_complete_to);
    let leads = |from: Instant| session.set.leads.iter().map(move |period| later(from, period));
    found.extend(ctx.safeguards.iter().filter_map(|(_, one)| one.from).flat_map(leads));
    for party in &ctx.parties {
        for telling in &party.told {
            found.push(telling.from);
            found.extend(telling.to.into_iter().flat_map(|to| std::iter::once(to).chain(leads(to))));
        }
        for saying in &party.said {
            found.push(saying.at);
            found.extend(leads(saying.at));
            if let SayingKind::Gave { expires, .. } = saying.kind {
                found.extend(expires);
            }
        }
    }
    let commencements = &session.set.commencements;
    let first = commencements.partition_point(|instant| *instant <= from);
    found.extend(commencements.iter().skip(first).take_while(|instant| **instant <= session.at));
    found
}
