//! Retention as its definition says it, world by world: the latest floor that binds, the earliest ceiling, holds, what yields, what is clipped.

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::Duration;
use onrecord::context::{Instant, Moment};
use onrecord::decision::{FactRead, KeepNow};
use onrecord::evaluate::period_words;
use onrecord::tree::{
    Act, ArtefactId, CategoryId, Clause, ClauseKind, EventId, ExceptionId, Keep, KeepSpan, PurposeId, RuleId, Source,
    Thing,
};

use super::calendar::{Bound, Calendar, Last};
use super::scene::Scene;
use super::unknown::{reads_of_keeping, unknowns};
use super::world::{Setting, Unknown, World, subsets};
use super::{Case, Defect, TooLarge, capture, needs, worlds};

/// An end: the later, the greater.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Its event may have happened so long ago that it is over.
    Over(String),
    /// The first instant at which it is over, and the last day or instant before.
    Dated(Instant, Dated),
    /// Its event has not happened yet.
    NotYet(String),
    /// As long as a hold stands.
    Hold,
}

/// The last day, or the last instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dated {
    /// A day.
    Day(chrono::NaiveDate),
    /// An instant.
    Instant(Instant),
}

impl End {
    fn is_over(&self, at: Instant) -> bool {
        match self {
            Self::Over(_) => true,
            Self::Dated(over, _) => *over <= at,
            Self::NotYet(_) | Self::Hold => false,
        }
    }
}

/// What is to be done with a thing, or used of it for a purpose.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// It must be kept until.
    pub keep_until: Option<End>,
    /// It may be kept, or used for the purpose, until.
    pub erase_by: Option<End>,
    /// What to do with it now.
    pub now: KeepNow,
}

/// A thing, perhaps for one purpose, and the answer.
#[derive(Clone, Debug)]
pub struct Row {
    /// What.
    pub thing: Thing,
    /// For which purpose.
    pub purpose: Option<PurposeId>,
    /// The answer, whatever the world.
    pub answer: Answer,
    /// The facts of which two worlds that differ only there differ.
    pub needs: BTreeSet<FactRead>,
}

/// A clause on what is kept, with its rule, and the exception of which it is the price.
type Written<'a> = (RuleId, Option<ExceptionId>, &'a Clause);

/// A floor or a ceiling that binds in a world.
#[derive(Clone, Debug)]
struct Binding<'a> {
    keep: &'a Keep,
    law: bool,
    end: End,
}

/// One row per thing, and one per thing and purpose, of which a clause that may bind or a hold speaks.
///
/// # Errors
/// There is too much to enumerate.
pub fn retention(case: &Case<'_>) -> Result<Vec<Row>, TooLarge> {
    let written = written(case);
    let mut scene = whole_call(case);
    let reads = reads_of_keeping(&scene, &written)?;
    for (_, statement, term) in &reads.statements {
        let one = (*statement, term.clone());
        if !scene.terms.contains(&one) {
            Rc::make_mut(&mut scene.terms).push(one);
        }
    }
    let mut unknowns = unknowns(&scene, &reads)?;
    unknowns.extend(events(case, &written));
    let worlds = worlds(&unknowns)?;
    let clauses: Vec<Laid<'_>> = written.iter().filter_map(|written| laid(&scene, *written)).collect();
    let binding: Vec<Vec<Binding<'_>>> = worlds.iter().map(|world| binding(world, &clauses)).collect();
    let may_bind = |keep: &&Keep| binding.iter().flatten().any(|one| std::ptr::eq(one.keep, *keep));
    let keeps: Vec<&Keep> = clauses.iter().map(|one| one.keep).filter(may_bind).collect();
    let mut asked: Vec<(Thing, Option<PurposeId>)> = Vec::new();
    let mut ask = |thing: &Thing, purpose| {
        let is_it = |one: &Thing| includes(case, one, thing) && includes(case, thing, one);
        if !asked.iter().any(|(one, other)| *other == purpose && is_it(one)) {
            asked.push((thing.clone(), purpose));
        }
    };
    let things = keeps.iter().map(|keep| keep.thing.clone()).chain(held(case).into_iter().map(Thing::Artefact));
    for thing in things.collect::<Vec<_>>() {
        ask(&thing, None);
        let on_it = keeps.iter().filter(|keep| includes(case, &keep.thing, &thing));
        on_it.filter_map(|keep| keep.purpose).for_each(|purpose| ask(&thing, Some(purpose)));
    }
    let row = |(thing, purpose): (Thing, Option<PurposeId>)| {
        let answer = |(world, binding): (&World, &Vec<Binding<'_>>)| match purpose {
            None => whole(case, world, &thing, binding),
            Some(purpose) => for_purpose(case, &thing, purpose, binding),
        };
        let each: Vec<Answer> = worlds.iter().zip(&binding).map(answer).collect();
        let answer = strictest(&each);
        Row { thing, purpose, answer, needs: needs(&unknowns, &each) }
    };
    Ok(asked.into_iter().map(row).collect())
}

/// Every clause on what is kept of a rule that is run, and of an exception to one.
fn written<'a>(case: &Case<'a>) -> Vec<Written<'a>> {
    let tree = case.tree;
    let of_rules = tree.rules.iter().flat_map(|(id, rule)| rule.clauses.iter().map(move |clause| (id, None, clause)));
    let of_exceptions = tree.exceptions.iter().flat_map(|(id, exception)| {
        exception.rules.iter().flat_map(move |rule| exception.thens.iter().map(move |then| (*rule, Some(id), then)))
    });
    let all = of_rules.chain(of_exceptions).filter(|(_, _, clause)| matches!(clause.kind, ClauseKind::Keep(_)));
    all.filter(|(rule, ..)| case.runs(tree.rules[*rule].source)).collect()
}

/// What is kept is of the whole call: of everybody who was on it, and of what was said up to now.
fn whole_call<'a>(case: &'a Case<'a>) -> Scene<'a> {
    let act = case.tree.known.using.unwrap_or_else(|| panic!("there is no word for using"));
    let act = Act { not: false, act, of: None, purpose: None, recipient: None, phase: None, span: Default::default() };
    Scene::new(case, &act, case.at, false)
}

/// Events of which nobody said anything, while the log is not complete: they are still to come, or were long ago.
fn events(case: &Case<'_>, written: &[Written<'_>]) -> Vec<Unknown> {
    if case.ctx.log_complete_to.is_some_and(|to| case.at <= to) {
        return Vec::new();
    }
    let spans = written.iter().filter_map(|(_, _, clause)| match &clause.kind {
        ClauseKind::Keep(keep) => Some(&keep.span),
        _ => None,
    });
    let named: BTreeSet<EventId> = spans.flat_map(named).collect();
    let silent = named.into_iter().filter(|event| happened(case, *event).is_none());
    let settings = |event| vec![Setting::Event(event, false), Setting::Event(event, true)];
    silent.map(|event| Unknown { read: FactRead::Event(event), settings: settings(event) }).collect()
}

fn named(span: &KeepSpan) -> Vec<EventId> {
    match span {
        KeepSpan::From(_, event) | KeepSpan::Until(event) => vec![*event],
        KeepSpan::Earlier(parts) | KeepSpan::Later(parts) => parts.iter().flat_map(named).collect(),
    }
}

/// When an event happened: the last time so far, else the first that is to come. A recording was made when capturing it began, or is made now.
fn happened(case: &Case<'_>, event: EventId) -> Option<Moment> {
    let tree = case.tree;
    let begins = |moment: &Moment| match moment {
        Moment::Day(day) => Calendar { zone: chrono_tz::Tz::UTC, convention: None }.begins(*day),
        Moment::Instant(at) => *at,
    };
    let mut logged: Vec<Moment> =
        case.ctx.events.iter().filter(|(one, _)| *one == event).map(|(_, moment)| *moment).collect();
    logged.sort_by_key(begins);
    let so_far = logged.iter().rfind(|moment| begins(moment) <= case.at).or(logged.first()).copied();
    if so_far.is_some() || tree.events.name(event) != "recording-created" {
        return so_far;
    }
    let recording = tree.known.recording;
    let captures =
        case.ctx.captures.iter().filter(|(act, _)| recording.is_some_and(|one| tree.acts[*act].word.is_a(one)));
    let first = captures.filter_map(|(_, when)| when.from).min();
    Some(Moment::Instant(first.unwrap_or(case.at)))
}

/// A clause, and the whole call by the law of each moment by which it may bind.
struct Laid<'a> {
    keep: &'a Keep,
    clause: &'a Clause,
    rule: RuleId,
    price_of: Option<ExceptionId>,
    law: bool,
    scenes: Vec<Scene<'a>>,
    /// Its end, by which of its events were long ago.
    ends: Vec<(BTreeSet<EventId>, End)>,
}

/// By the law of any of its events (of now, for one that is still to come), or of now, if it reaches data held.
fn laid<'a>(scene: &Scene<'a>, (rule, price_of, clause): Written<'a>) -> Option<Laid<'a>> {
    let case = scene.case;
    let ClauseKind::Keep(keep) = &clause.kind else { return None };
    let now = Moment::Instant(case.at);
    let mut laws: Vec<Moment> = named(&keep.span).iter().map(|event| happened(case, *event).unwrap_or(now)).collect();
    laws.extend(keep.data_held.then_some(now));
    let scenes = laws.into_iter().map(|law| Scene { law: Some(law), ..scene.clone() }).collect();
    let source = &case.tree.sources[case.tree.rules[rule].source];
    let silent: BTreeSet<EventId> =
        named(&keep.span).into_iter().filter(|event| happened(case, *event).is_none()).collect();
    let end = |long_ago: BTreeSet<EventId>| (long_ago.clone(), end(case, &long_ago, &keep.span, source, keep.at_least));
    let ends = subsets(&silent).into_iter().map(end).collect();
    Some(Laid { keep, clause, rule, price_of, law: source.level.is_law(), scenes, ends })
}

/// What binds in a world.
fn binding<'a>(world: &World, clauses: &[Laid<'a>]) -> Vec<Binding<'a>> {
    let binds = clauses.iter().filter(|one| one.scenes.iter().any(|scene| one.binds(scene, world)));
    binds.filter_map(|one| Some(Binding { keep: one.keep, law: one.law, end: one.end(world)? })).collect()
}

impl Laid<'_> {
    fn end(&self, world: &World) -> Option<End> {
        let is_so = |long_ago: &BTreeSet<EventId>| {
            named(&self.keep.span).iter().all(|event| world.long_ago.contains(event) == long_ago.contains(event))
        };
        self.ends.iter().find(|(long_ago, _)| is_so(long_ago)).map(|(_, end)| end.clone())
    }

    fn binds(&self, scene: &Scene<'_>, world: &World) -> bool {
        let tree = scene.case.tree;
        let day = scene.day(tree.rules[self.rule].source);
        let so = |condition: &onrecord::tree::Cond| scene.holds(world, condition, None, day);
        let is_it = |index: usize| std::ptr::eq(&tree.rules[self.rule].clauses[index], self.clause);
        let waives = tree.exceptions.iter().flat_map(|(_, exception)| &exception.waives);
        let mut waives =
            waives.filter(|waive| waive.rule == self.rule && self.price_of.is_none() && is_it(waive.clause));
        scene.binds(world, self.rule)
            && scene.adopts(world, self.clause.reading)
            && self.price_of.is_none_or(|exception| capture::relied_on(scene, world, exception))
            && self.keep.condition.as_ref().is_none_or(so)
            && !waives.any(|waive| waive.condition.as_ref().is_none_or(so))
    }
}

/// When a span ends, where some events were long ago.
fn end(case: &Case<'_>, long_ago: &BTreeSet<EventId>, span: &KeepSpan, source: &Source, floor: bool) -> End {
    let calendar = Calendar::of(source);
    let dated = |last: Last| match last {
        Last::Day(day) => End::Dated(calendar.begins(day.succ_opt().unwrap_or(day)), Dated::Day(day)),
        Last::Instant(at) => End::Dated(at + Duration::nanoseconds(1), Dated::Instant(at)),
    };
    let open = |is_over: bool| if is_over { End::Over(words(case, span)) } else { End::NotYet(words(case, span)) };
    let undated = |end: End| match end {
        End::Over(_) => open(true),
        End::NotYet(_) => open(false),
        end => end,
    };
    let bound = if floor { Bound::Floor } else { Bound::Ceiling };
    match span {
        KeepSpan::From(period, event) => match happened(case, *event) {
            Some(from) => dated(calendar.end(from, period, bound)),
            None => open(long_ago.contains(event)),
        },
        KeepSpan::Until(event) => match happened(case, *event) {
            Some(Moment::Day(day)) => dated(Last::Day(day)),
            Some(Moment::Instant(at)) => dated(Last::Instant(at)),
            None => open(long_ago.contains(event)),
        },
        KeepSpan::Earlier(parts) => undated(
            parts.iter().map(|part| end(case, long_ago, part, source, floor)).min().unwrap_or_else(|| open(false)),
        ),
        KeepSpan::Later(parts) => undated(
            parts.iter().map(|part| end(case, long_ago, part, source, floor)).max().unwrap_or_else(|| open(false)),
        ),
    }
}

fn words(case: &Case<'_>, span: &KeepSpan) -> String {
    let name = |event: &EventId| case.tree.events.name(*event).to_owned();
    let list = |parts: &[KeepSpan]| parts.iter().map(|part| words(case, part)).collect::<Vec<_>>().join(" or ");
    match span {
        KeepSpan::From(period, event) => format!("{} from {}", period_words(period), name(event)),
        KeepSpan::Until(event) => name(event),
        KeepSpan::Earlier(parts) => format!("the earlier of {}", list(parts)),
        KeepSpan::Later(parts) => format!("the later of {}", list(parts)),
    }
}

/// The artefacts on which a hold stands today.
fn held(case: &Case<'_>) -> Vec<ArtefactId> {
    let today = case.at.date_naive();
    let stands = |from, until: Option<_>| from <= today && until.is_none_or(|until| today <= until);
    case.ctx.holds.iter().filter(|(_, from, until)| stands(*from, *until)).map(|(artefact, ..)| *artefact).collect()
}

/// Whether what a clause names includes a thing. A category is meant wherever it occurs.
fn includes(case: &Case<'_>, named: &Thing, thing: &Thing) -> bool {
    let artefact = |one: ArtefactId, upper: ArtefactId| case.tree.artefacts[one].is_a(upper);
    let category = |one: CategoryId, upper: CategoryId| case.tree.categories[one].is_a(upper);
    match (named, thing) {
        (Thing::Artefact(upper), Thing::Artefact(one)) => artefact(*one, *upper),
        (Thing::Category(upper), Thing::Category(one) | Thing::In(one, _)) => category(*one, *upper),
        (Thing::In(upper, place), Thing::In(one, here)) => category(*one, *upper) && artefact(*here, *place),
        (Thing::AnyOf(some), Thing::AnyOf(others)) => {
            let set = |of: &[ArtefactId]| of.iter().copied().collect::<BTreeSet<_>>();
            set(some) == set(others)
        }
        _ => false,
    }
}

/// Whether erasing a thing erases, or may erase, something that a floor says must be kept: the thing, a part of it, the last of several, a
/// category that is in it. To take a category out of an artefact is to keep the artefact.
fn breaks(case: &Case<'_>, world: &World, floor: &Thing, thing: &Thing) -> bool {
    let overlap =
        |one: ArtefactId, other: ArtefactId| includes_either(case, &Thing::Artefact(one), &Thing::Artefact(other));
    let same =
        |one: CategoryId, other: CategoryId| includes_either(case, &Thing::Category(one), &Thing::Category(other));
    match (floor, thing) {
        (Thing::AnyOf(several), Thing::Artefact(erased)) => several.iter().any(|one| overlap(*one, *erased)),
        (Thing::In(_, place), Thing::Artefact(erased)) => overlap(*place, *erased),
        (Thing::Category(kept), Thing::Artefact(_)) => {
            world.categories.iter().any(|one| case.tree.categories[*one].is_a(*kept))
        }
        (Thing::In(kept, _), Thing::Category(erased)) => same(*kept, *erased),
        (Thing::Category(kept), Thing::In(erased, _)) => same(*kept, *erased),
        (Thing::In(kept, place), Thing::In(erased, here)) => same(*kept, *erased) && overlap(*place, *here),
        (floor, thing) => includes_either(case, floor, thing),
    }
}

fn includes_either(case: &Case<'_>, one: &Thing, other: &Thing) -> bool {
    includes(case, one, other) || includes(case, other, one)
}

/// A thing as such. Crossing floor and ceiling: neither use nor erase.
fn whole(case: &Case<'_>, world: &World, thing: &Thing, binding: &[Binding<'_>]) -> Answer {
    let on: Vec<&Binding<'_>> = binding.iter().filter(|one| includes(case, &one.keep.thing, thing)).collect();
    let ceilings: Vec<&&Binding<'_>> =
        on.iter().filter(|one| !one.keep.at_least && one.keep.purpose.is_none()).collect();
    let lawful = ceilings.iter().filter(|one| one.law).map(|one| &one.end).min();
    let floors = on.iter().filter(|one| one.keep.at_least).map(|floor| clipped(floor, lawful));
    let hold = held(case).into_iter().any(|artefact| includes(case, &Thing::Artefact(artefact), thing));
    let keep_until = furthest(case, floors.chain(hold.then_some(End::Hold)));
    let erase_by = ceilings.iter().map(|one| one.end.clone()).min();

    let must_go = erase_by.as_ref().is_some_and(|end| end.is_over(case.at));
    let kept = |one: &Binding<'_>| {
        one.keep.at_least && breaks(case, world, &one.keep.thing, thing) && !clipped(one, lawful).is_over(case.at)
    };
    let frozen = held(case).into_iter().any(|artefact| breaks(case, world, &Thing::Artefact(artefact), thing));
    let must_stay = frozen || binding.iter().any(kept);
    let now = match (must_go, must_stay) {
        (false, _) => KeepNow::Keep,
        (true, false) => KeepNow::Erase,
        (true, true) => KeepNow::Restrict,
    };
    Answer { keep_until, erase_by, now }
}

/// A thing for one purpose: its own ceilings and those without purpose; one that yields is raised to the law's floor for that purpose.
fn for_purpose(case: &Case<'_>, thing: &Thing, purpose: PurposeId, binding: &[Binding<'_>]) -> Answer {
    let is_for = |one: &PurposeId| case.tree.purposes[purpose].is_a(*one);
    let on: Vec<&Binding<'_>> = binding
        .iter()
        .filter(|one| includes(case, &one.keep.thing, thing) && one.keep.purpose.as_ref().is_none_or(is_for))
        .collect();
    let floors = || on.iter().filter(|one| one.keep.at_least);
    let demanded = floors().filter(|one| one.law && one.keep.purpose.is_some()).map(|one| one.end.clone()).max();
    let ceilings: Vec<(bool, End)> = on
        .iter()
        .filter(|one| !one.keep.at_least)
        .map(|one| match &demanded {
            Some(demanded) if one.keep.yields => (one.law, one.end.clone().max(demanded.clone())),
            _ => (one.law, one.end.clone()),
        })
        .collect();
    let lawful = ceilings.iter().filter(|(law, _)| *law).map(|(_, end)| end).min();
    let hold = held(case).into_iter().any(|artefact| includes(case, &Thing::Artefact(artefact), thing));
    let keep_until = furthest(case, floors().map(|floor| clipped(floor, lawful)).chain(hold.then_some(End::Hold)));
    let erase_by = ceilings.iter().map(|(_, end)| end.clone()).min();
    let over = erase_by.as_ref().is_some_and(|end| end.is_over(case.at));
    Answer { keep_until, erase_by, now: if over { KeepNow::Restrict } else { KeepNow::Keep } }
}

/// A floor's end; of one below the law no later than the law lets the thing be kept.
fn clipped(floor: &Binding<'_>, lawful: Option<&End>) -> End {
    match lawful {
        Some(lawful) if !floor.law => floor.end.clone().min(lawful.clone()),
        _ => floor.end.clone(),
    }
}

/// The latest of the floors' ends; with a wrong behaviour, the earliest.
fn furthest(case: &Case<'_>, ends: impl Iterator<Item = End>) -> Option<End> {
    if case.defect == Some(Defect::FloorShortens) { ends.min() } else { ends.max() }
}

/// Whatever the world: kept until the latest, used until the earliest; where worlds differ in what to do, neither used nor erased.
fn strictest(each: &[Answer]) -> Answer {
    let same = each.iter().all(|one| one.now == each[0].now);
    Answer {
        keep_until: each.iter().filter_map(|one| one.keep_until.clone()).max(),
        erase_by: each.iter().filter_map(|one| one.erase_by.clone()).min(),
        now: if same { each[0].now } else { KeepNow::Restrict },
    }
}
