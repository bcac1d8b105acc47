//! What floors, ceilings and holds that bind come to, for one thing, in one world.

use super::calendar::Until;
use super::retention::Binding;
use super::session::Session;
use super::world::{self, InWorld, Var, World};
use crate::decision::{End, KeepNow};
use crate::tree::{ArtefactId, CategoryId, PurposeId, Thing, Tree};

/// Until when a thing must and may be kept, or used, and what to do with it now.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// It must be kept until.
    pub keep_until: Option<Until>,
    /// It may be kept, or used, until.
    pub erase_by: Option<Until>,
    /// What to do with it.
    pub now: KeepNow,
}

impl Value {
    /// The strictest of several worlds. Where they differ in what to do, neither use nor erase.
    pub fn worst(worlds: impl Iterator<Item = Self>) -> Self {
        let strictest = |one: Self, other: Self| Self {
            keep_until: latest(one.keep_until.iter().chain(&other.keep_until)).cloned(),
            erase_by: earliest(one.erase_by.iter().chain(&other.erase_by)).cloned(),
            now: if one.now == other.now { one.now } else { KeepNow::Restrict },
        };
        worlds.reduce(strictest).unwrap_or(Self { keep_until: None, erase_by: None, now: KeepNow::Keep })
    }
}

/// The earliest of several ends.
pub fn earliest<'e>(ends: impl Iterator<Item = &'e Until>) -> Option<&'e Until> {
    ends.min_by(|one, other| one.compare(other))
}

/// The latest of several ends.
pub fn latest<'e>(ends: impl Iterator<Item = &'e Until>) -> Option<&'e Until> {
    ends.max_by(|one, other| one.compare(other))
}

/// The thing as such: must be kept until the latest floor, may be kept until the earliest ceiling without purpose.
pub fn whole(session: &Session<'_>, thing: &Thing, binding: &[Binding<'_, '_>], world: &World) -> InWorld<Value> {
    let on = |one: &&Binding<'_, '_>| concerns(session.tree, &one.bound.keep.thing, thing);
    let passed = |one: &Binding<'_, '_>| one.end.is_past(session.at);
    let ceilings = || binding.iter().filter(|one| !one.is_floor() && one.bound.keep.purpose.is_none()).filter(on);
    let lawful = earliest(ceilings().filter(|one| one.is_law()).map(|one| &*one.end));
    let floors = binding.iter().filter(|one| one.is_floor()).filter(on);
    let keep_until = kept_until(session, thing, floors, lawful);
    let erase_by = earliest(ceilings().map(|one| &*one.end)).cloned();
    if !ceilings().any(passed) {
        return Ok(Value { keep_until, erase_by, now: KeepNow::Keep });
    }
    // A floor below the law gives way to a ceiling of the law.
    let overruled = lawful.is_some_and(|lawful| lawful.is_past(session.at));
    let stands = |one: &&Binding<'_, '_>| one.is_floor() && !passed(one) && (one.is_law() || !overruled);
    let held = held(session).any(|artefact| may_overlap(session.tree, &Thing::Artefact(artefact), thing));
    let kept = world::any(
        std::iter::once(Ok(held)).chain(binding.iter().filter(stands).map(|one| stops(session, one, thing, world))),
    )?;
    Ok(Value { keep_until, erase_by, now: if kept { KeepNow::Restrict } else { KeepNow::Erase } })
}

/// For one purpose: may be used until the earliest of its ceilings and those without purpose; a ceiling that yields is raised to the law's
/// floor for that purpose.
pub fn for_purpose(session: &Session<'_>, thing: &Thing, binding: &[Binding<'_, '_>]) -> Value {
    let floors = || binding.iter().filter(|one| one.is_floor());
    let for_it = floors().filter(|one| one.is_law() && one.bound.keep.purpose.is_some());
    let raising = latest(for_it.map(|one| &*one.end));
    let raised = |one: &'_ Binding<'_, '_>| match raising {
        Some(floor) if one.bound.keep.yields && one.end.compare(floor).is_lt() => floor.clone(),
        _ => one.end.clone().into_owned(),
    };
    let ceilings: Vec<(bool, Until)> =
        binding.iter().filter(|one| !one.is_floor()).map(|one| (one.is_law(), raised(one))).collect();
    let lawful = earliest(ceilings.iter().filter(|(law, _)| *law).map(|(_, end)| end));
    let keep_until = kept_until(session, thing, floors(), lawful);
    let erase_by = earliest(ceilings.iter().map(|(_, end)| end)).cloned();
    let over = erase_by.as_ref().is_some_and(|end| end.is_past(session.at));
    Value { keep_until, erase_by, now: if over { KeepNow::Restrict } else { KeepNow::Keep } }
}

/// The latest of some floors, those below the law clipped to the lawful window, and of a hold.
fn kept_until<'k>(
    session: &Session<'_>,
    thing: &Thing,
    floors: impl Iterator<Item = &'k Binding<'k, 'k>>,
    lawful: Option<&Until>,
) -> Option<Until> {
    let hold = Until { end: End::Hold, zone: None, over: false };
    let held = held(session).any(|artefact| concerns(session.tree, &Thing::Artefact(artefact), thing));
    let ends: Vec<&Until> = floors
        .map(|floor| match lawful {
            Some(lawful) if !floor.is_law() && lawful.compare(&floor.end).is_lt() => lawful,
            _ => &*floor.end,
        })
        .chain(held.then_some(&hold))
        .collect();
    latest(ends.into_iter()).cloned()
}

/// The artefacts on which a hold stands.
pub fn held(session: &Session<'_>) -> impl Iterator<Item = ArtefactId> {
    let today = session.at.date_naive();
    let stands = session
        .ctx
        .holds
        .iter()
        .filter(move |(_, from, until)| *from <= today && until.is_none_or(|until| today <= until));
    stands.map(|(artefact, ..)| *artefact)
}

/// Whether what a clause keeps includes a thing.
pub fn concerns(tree: &Tree, kept: &Thing, thing: &Thing) -> bool {
    match (kept, thing) {
        (Thing::Artefact(upper), Thing::Artefact(one)) => artefact_is_a(tree, *one, *upper),
        (Thing::Category(upper), Thing::Category(one) | Thing::In(one, _)) => category_is_a(tree, *one, *upper),
        (Thing::In(upper, place), Thing::In(one, here)) => {
            category_is_a(tree, *one, *upper) && artefact_is_a(tree, *here, *place)
        }
        (Thing::AnyOf(several), Thing::AnyOf(others)) => {
            several.iter().all(|one| others.contains(one)) && others.iter().all(|one| several.contains(one))
        }
        _ => false,
    }
}

/// Whether erasing a thing may erase something that a floor keeps. Taking a category out of an artefact leaves the artefact.
pub fn may_overlap(tree: &Tree, kept: &Thing, thing: &Thing) -> bool {
    let artefacts = |one, other| artefact_is_a(tree, one, other) || artefact_is_a(tree, other, one);
    let categories = |one, other| category_is_a(tree, one, other) || category_is_a(tree, other, one);
    match (kept, thing) {
        (Thing::Artefact(one) | Thing::In(_, one), Thing::Artefact(other)) => artefacts(*one, *other),
        (Thing::AnyOf(several), Thing::Artefact(other)) => several.iter().any(|one| artefacts(*one, *other)),
        (Thing::Category(_), Thing::Artefact(_)) => true,
        (Thing::Category(one) | Thing::In(one, _), Thing::Category(other))
        | (Thing::Category(one), Thing::In(other, _)) => categories(*one, *other),
        (Thing::In(one, place), Thing::In(other, here)) => categories(*one, *other) && artefacts(*place, *here),
        _ => false,
    }
}

/// Whether erasing a thing breaks a floor. A category is kept wherever the call holds it.
fn stops(session: &Session<'_>, floor: &Binding<'_, '_>, thing: &Thing, world: &World) -> InWorld<bool> {
    let tree = session.tree;
    match (&floor.bound.keep.thing, thing) {
        (Thing::Category(category), Thing::Artefact(_)) => {
            let categories = session.ctx.categories.as_ref();
            world::some(world, Var::Categories, categories, tree.categories.ids(), |one| {
                category_is_a(tree, one, *category)
            })
        }
        (kept, thing) => Ok(may_overlap(tree, kept, thing)),
    }
}

fn artefact_is_a(tree: &Tree, one: ArtefactId, other: ArtefactId) -> bool {
    tree.artefacts.get(one).is_some_and(|word| word.is_a(other))
}

fn category_is_a(tree: &Tree, one: CategoryId, other: CategoryId) -> bool {
    tree.categories.get(one).is_some_and(|word| word.is_a(other))
}

/// Whether a purpose is another or a kind of it.
pub fn purpose_is_a(tree: &Tree, one: PurposeId, other: PurposeId) -> bool {
    tree.purposes.get(one).is_some_and(|word| word.is_a(other))
}
