//! What was captured: stretch by stretch as it was, whether it was lawful then, and on what it relied. Judged in the same world, by what
//! had happened up to the start of each stretch.

use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};
use onrecord::context::{Instant, Interval, Party, SayingKind};
use onrecord::decision::Verdict;
use onrecord::tree::rule::Rank;
use onrecord::tree::{Act, ActId, ClauseKind, Cond, Exception, ExceptionId, Group, Req, RuleId, SourceId, Tree};

use super::lawful::Heard;
use super::scene::Scene;
use super::unknown::{self, Reads};
use super::world::World;
use super::{Case, TooLarge};

/// A plain act.
#[must_use]
pub fn plain(act: ActId) -> Act {
    Act { not: false, act, of: None, purpose: None, recipient: None, phase: None, span: Default::default() }
}

/// The stretches of one capture up to the judged instant, each with its end.
#[must_use]
pub fn cut(case: &Case<'_>, capture: Interval) -> Vec<(Instant, Option<Instant>)> {
    let Some(from) = capture.from.or(case.ctx.call.and_then(|call| call.from)) else { return Vec::new() };
    if case.at < from {
        return Vec::new();
    }
    let inside = |at: &Instant| from < *at && *at <= case.at && capture.until.is_none_or(|until| *at < until);
    let mut starts: Vec<Instant> = borders(case).into_iter().filter(inside).chain([from]).collect();
    starts.sort();
    starts.dedup();
    let ends: Vec<Option<Instant>> = starts.iter().skip(1).copied().map(Some).chain([capture.until]).collect();
    starts.into_iter().zip(ends).collect()
}

/// Every instant at which something changes: what is logged and where the log ends, what takes effect or lapses, what comes into force or
/// goes out of it.
fn borders(case: &Case<'_>) -> Vec<Instant> {
    let ctx = case.ctx;
    let intervals = ctx.captures.iter().map(|(_, when)| *when);
    let intervals = intervals.chain(ctx.phases.iter().map(|(_, when)| *when));
    let intervals = intervals.chain(ctx.safeguards.iter().map(|(_, when)| *when));
    let intervals = intervals.chain(ctx.parties.iter().map(|party| party.on_line));
    let intervals = intervals.chain(ctx.call);
    let mut all: Vec<Instant> = intervals.flat_map(|when| [when.from, when.until]).flatten().collect();
    all.extend(ctx.log_complete_to);
    for party in &ctx.parties {
        all.extend(party.told.iter().flat_map(|telling| [Some(telling.from), telling.to]).flatten());
        for said in &party.said {
            all.push(said.at);
            if let SayingKind::Gave { expires: Some(expires), .. } = said.kind {
                all.push(expires);
            }
        }
    }
    let said = |party: &Party| -> Vec<Instant> {
        let told = party.told.iter().filter_map(|telling| telling.to);
        told.chain(party.said.iter().map(|said| said.at)).collect()
    };
    let in_place = ctx.safeguards.iter().filter_map(|(_, when)| when.from);
    let begun: Vec<Instant> = ctx.parties.iter().flat_map(said).chain(in_place).collect();
    for lead in super::lead::all(case.tree) {
        all.extend(begun.iter().map(|from| *from + lead));
    }
    let after = |day: NaiveDate| day.succ_opt();
    let civil_time = |source: SourceId| case.tree.sources[source].civil_time;
    let midnight = |day: NaiveDate, source: Option<SourceId>| match source.and_then(civil_time) {
        Some(zone) => {
            zone.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest().map(|at| at.with_timezone(&Utc))
        }
        None => Some(day.and_time(NaiveTime::MIN).and_utc()),
    };
    for (_, rule) in case.tree.rules.iter() {
        let force = &rule.in_force;
        let stays = force.stayed.iter().flat_map(|(from, until)| [Some(*from), until.and_then(after)]);
        let days = [force.from, force.until.and_then(after), force.annulled].into_iter().chain(stays).flatten();
        all.extend(days.filter_map(|day| midnight(day, Some(rule.source))));
    }
    // Whoever reads what is not of one source reads it by a day of their own.
    let claims = case.tree.coverage.iter().flat_map(|claim| [Some(claim.from), claim.until.and_then(after)]);
    let members = case.tree.regions.iter().flat_map(|(_, region)| &region.members);
    let members = members.flat_map(|(_, from, until)| [*from, until.and_then(after)]);
    let answers = case.bundle().into_iter().flat_map(|bundle| &bundle.answers).map(|answer| after(answer.until));
    for day in claims.chain(members).chain(answers).flatten() {
        all.extend(midnight(day, None));
        all.extend(case.tree.sources.ids().filter_map(|source| midnight(day, Some(source))));
    }
    all
}

/// The start of the stretch of an act that is under way at the judged instant, if it runs then.
#[must_use]
pub fn under_way(case: &Case<'_>, act: ActId) -> Option<Instant> {
    let mut running: Vec<Interval> = captures_of(case, act).filter(|when| when.contains(case.at)).collect();
    running.sort();
    cut(case, *running.first()?).last().map(|(start, _)| *start)
}

fn captures_of<'a>(case: &Case<'a>, act: ActId) -> impl Iterator<Item = Interval> + use<'a> {
    let tree = case.tree;
    case.ctx.captures.iter().filter(move |(one, _)| tree.acts[*one].word.is_a(act)).map(|(_, when)| *when)
}

/// Every stretch of every capture so far, as it was.
fn scenes<'a>(scene: &Scene<'a>) -> Vec<Scene<'a>> {
    let case = scene.case;
    let cuts =
        case.ctx.captures.iter().flat_map(|(act, when)| cut(case, *when).into_iter().map(move |cut| (*act, cut.0)));
    let as_it_was = |(act, start): (ActId, Instant)| {
        let mut then = Scene::new(case, &plain(act), start, true);
        then.terms.clone_from(&scene.terms);
        then
    };
    cuts.map(as_it_was).collect()
}

/// Whether the capture was unlawful, under a rule or any. Only legislation and regulation taint.
#[must_use]
pub fn unlawful(scene: &Scene<'_>, world: &World, under: Option<RuleId>) -> bool {
    let tree = scene.case.tree;
    let taints = |id: RuleId| tree.sources[tree.rules[id].source].level <= Rank::Regulation;
    let rules = || tree.rules.ids().filter(|id| taints(*id) && under.is_none_or(|under| under == *id));
    scenes(scene).iter().any(|then| rules().any(|rule| !is_met(then, world, rule, Heard::All)))
}

/// Whether the capture was lawful only by an exception.
#[must_use]
pub fn relied_on(scene: &Scene<'_>, world: &World, exception: ExceptionId) -> bool {
    let rules = &scene.case.tree.exceptions[exception].rules;
    scenes(scene).iter().any(|then| {
        rules.iter().any(|rule| {
            let clauses = 0..scene.case.tree.rules[*rule].clauses.len();
            let met = |clause: usize, heard| clause_is_met(then, world, *rule, clause, heard);
            clauses.clone().any(|clause| !met(clause, Heard::None) && met(clause, Heard::Only(exception)))
        })
    })
}

fn is_met(then: &Scene<'_>, world: &World, rule: RuleId, heard: Heard) -> bool {
    (0..then.case.tree.rules[rule].clauses.len()).all(|clause| clause_is_met(then, world, rule, clause, heard))
}

/// Whether a clause was met for every person of whom recording had begun.
fn clause_is_met(then: &Scene<'_>, world: &World, rule: RuleId, clause: usize, heard: Heard) -> bool {
    let persons = then.instances(world);
    persons.into_iter().all(|person| then.clause(world, rule, clause, person, heard).at(0))
}

/// Whether judging an act reads how something was captured.
#[must_use]
pub fn is_read(scene: &Scene<'_>) -> bool {
    let tree = scene.case.tree;
    tree.acts[scene.act.act].group == Group::Use && !scene.act.not || asks(tree)
}

/// Whether any condition asks how something was captured.
fn asks(tree: &Tree) -> bool {
    let clause = |kind: &ClauseKind| match kind {
        ClauseKind::Prohibit { condition, unless, .. } => {
            condition.as_ref().is_some_and(condition_asks) || unless.as_ref().is_some_and(requirement_asks)
        }
        _ => false,
    };
    let exception = |one: &Exception| {
        one.allows.iter().any(|allow| {
            allow.condition.as_ref().is_some_and(condition_asks)
                || allow.provided.as_ref().is_some_and(requirement_asks)
        }) || one.thens.iter().any(|then| clause(&then.kind))
    };
    tree.rules.iter().any(|(_, rule)| rule.clauses.iter().any(|one| clause(&one.kind)))
        || tree.exceptions.iter().any(|(_, one)| exception(one))
}

/// Whether a condition asks how something was captured.
#[must_use]
pub fn condition_asks(cond: &Cond) -> bool {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts.iter().any(condition_asks),
        Cond::Not(inner) => condition_asks(inner),
        Cond::Unlawful(..) | Cond::ReliedOn(..) => true,
        Cond::Fact { .. } | Cond::Judged(..) | Cond::Persons { .. } | Cond::Purposes { .. } => false,
    }
}

fn requirement_asks(req: &Req) -> bool {
    match req {
        Req::All(parts) | Req::Any(parts) => parts.iter().any(requirement_asks),
        Req::Labelled(_, inner) => requirement_asks(inner),
        Req::Cond(cond) => condition_asks(cond),
        Req::Persons { .. } | Req::InPlace(..) => false,
    }
}

/// What judging the captures reads, for an act that reads how they were made.
///
/// # Errors
/// There is too much to enumerate.
pub fn reads(scene: &Scene<'_>) -> Result<Reads, TooLarge> {
    let mut all = Reads::default();
    if scene.running || !is_read(scene) {
        return Ok(all);
    }
    for then in scenes(scene) {
        all.join(unknown::reads(&then)?);
    }
    Ok(all)
}

/// The verdicts of the stretches of an act so far, neighbours of one verdict as one: nothing can be done in them any more.
///
/// # Errors
/// There is too much to enumerate.
pub fn stretches(case: &Case<'_>, act: &Act) -> Result<Vec<(Instant, Option<Instant>, Verdict)>, TooLarge> {
    let mut found: Vec<(Instant, Option<Instant>, Verdict)> = Vec::new();
    let mut captures: Vec<Interval> = captures_of(case, act.act).collect();
    captures.sort();
    for capture in captures {
        for (from, until) in cut(case, capture) {
            let lawful = super::judge(case, act, from, true)?.rows.at(0);
            let verdict = if lawful { Verdict::Cleared } else { Verdict::Prohibited };
            match found.last_mut() {
                Some(last) if last.1 == Some(from) && last.2 == verdict => last.1 = until,
                _ => found.push((from, until, verdict)),
            }
        }
    }
    Ok(found)
}
