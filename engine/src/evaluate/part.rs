//! The parts of the asked act that a clause tells apart. What was asked is the whole of them: the clause is judged for each.

use super::frame::{Frame, Instance};
use super::session::Session;
use super::world::{self, InWorld, Var, World};
use crate::compile::Parts;
use crate::context::SayingKind;
use crate::tree::{CategoryId, PurposeId, Term};

/// A part of what was asked, as one clause tells it apart; the rest that it does not name is a part too.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The part.
    pub instance: Instance,
    /// Whether it is one side of what was asked.
    is_side: bool,
    of: &'a Parts,
}

/// The parts of an instance: what is left of it first, then each that the clause names. Leaving an act undone has no parts.
pub fn of<'a>(session: &Session<'_>, whole: Instance, parts: &'a Parts) -> impl Iterator<Item = Part<'a>> + use<'a> {
    let (rest, named) = if whole.not || parts.is_empty() {
        (whole, Vec::new())
    } else {
        let rest = rest(session, whole, parts);
        (rest, named(session, whole, rest, parts))
    };
    std::iter::once(rest).chain(named).map(move |instance| Part {
        instance,
        is_side: instance.act != whole.act,
        of: parts,
    })
}

/// What is left of an instance beside the parts that a clause names.
fn rest(session: &Session<'_>, whole: Instance, parts: &Parts) -> Instance {
    Instance {
        intended: session.is_capture(whole.act) && whole.purpose.is_none() && !parts.purposes.is_empty(),
        held: whole.category.is_none() && !parts.categories.is_empty(),
        ..whole
    }
}

/// The parts that a clause names on this call.
fn named(session: &Session<'_>, whole: Instance, rest: Instance, parts: &Parts) -> Vec<Instance> {
    let tree = session.tree;
    let mut found: Vec<Instance> = parts.sides.iter().map(|side| Instance { act: *side, ..rest }).collect();
    let purposes = narrower(purposes(session, whole, parts), whole.purpose, |one, other| {
        tree.purposes.get(one).is_some_and(|word| word.is_a(other))
    });
    product(&mut found, rest, purposes, |instance, purpose| Instance { purpose: Some(purpose), ..instance });
    let said = refused(session, parts).filter_map(|term| term.recipient);
    let recipients = narrower(parts.recipients.iter().copied().chain(said), whole.recipient, |one, other| {
        tree.recipients.get(one).is_some_and(|word| word.is_a(other))
    });
    product(&mut found, rest, recipients, |instance, recipient| Instance { recipient: Some(recipient), ..instance });
    let categories = narrower(parts.categories.iter().copied(), whole.category, |one, other| {
        tree.categories.get(one).is_some_and(|word| word.is_a(other))
    });
    product(&mut found, rest, categories, |instance, category| Instance { category: Some(category), ..instance });
    let artefacts = narrower(parts.artefacts.iter().copied(), whole.artefact, |one, other| {
        tree.artefacts.get(one).is_some_and(|word| word.is_a(other))
    });
    product(&mut found, rest, artefacts, |instance, artefact| Instance { artefact: Some(artefact), ..instance });
    // A phase that was not asked for is that of the stretch, which has no parts.
    if whole.phase.is_some() {
        let phases = narrower(parts.phases.iter().copied(), whole.phase, |one, other| {
            tree.phases.get(one).is_some_and(|word| word.word.is_a(other))
        });
        product(&mut found, rest, phases, |instance, phase| Instance { phase: Some(phase), ..instance });
    }
    found
}

/// The purposes that a clause tells apart: those of its acts; of a purpose that is asked, also those that its conditions name, those that
/// were intended or promised, and those that somebody refused.
fn purposes<'c>(session: &Session<'c>, whole: Instance, parts: &'c Parts) -> impl Iterator<Item = PurposeId> {
    let asked = whole.purpose.is_some() || !session.is_capture(whole.act);
    let stated = [&session.ctx.intended, &session.ctx.promised].into_iter().filter(|_| parts.that_purpose);
    let stated = stated.flat_map(|known| {
        let unknown = session.tree.purposes.ids().filter(|_| known.is_none());
        known.iter().flatten().copied().chain(unknown)
    });
    let said = refused(session, parts).filter_map(|term| term.purpose);
    let more = parts.asked.iter().copied().chain(stated).chain(said);
    parts.purposes.iter().copied().chain(more.filter(move |_| asked))
}

/// What somebody was against, where a clause asks for that.
fn refused<'c>(session: &Session<'c>, parts: &'c Parts) -> impl Iterator<Item = &'c Term> {
    let said = session.ctx.parties.iter().flat_map(|party| &party.said).filter(|_| parts.refused);
    said.filter(|said| matches!(said.kind, SayingKind::Against(_))).map(|said| &said.term)
}

/// The words that name a part of what was asked, not the whole of it.
fn narrower<T: Copy + Ord>(named: impl Iterator<Item = T>, asked: Option<T>, is_a: impl Fn(T, T) -> bool) -> Vec<T> {
    let mut parts: Vec<T> = named.filter(|one| asked.is_none_or(|asked| asked != *one && is_a(*one, asked))).collect();
    if parts.len() > 1 {
        parts.sort_unstable();
        parts.dedup();
    }
    parts
}

/// Each part so far, and what is left, narrowed by each of the words.
fn product<T: Copy>(found: &mut Vec<Instance>, rest: Instance, words: Vec<T>, with: impl Fn(Instance, T) -> Instance) {
    if words.is_empty() {
        return;
    }
    for at in 0..found.len() {
        let part = found.get(at).copied();
        found.extend(part.iter().flat_map(|part| words.iter().map(|word| with(*part, *word))));
    }
    found.extend(words.iter().map(|word| with(rest, *word)));
}

impl Part<'_> {
    /// Whether there is such a part: of a capture for no purpose in particular, what it is intended for; of a call, what it holds.
    pub fn exists(&self, frame: &Frame<'_, '_>, world: &World) -> InWorld<bool> {
        world::all_of(&[&|| Ok(!self.is_side || self.is_of_side(frame)), &|| self.is_intended(frame, world), &|| {
            self.is_held(frame, world)
        }])
    }

    /// Whether the person is on the side that is captured; somebody who is not named may be.
    fn is_of_side(&self, frame: &Frame<'_, '_>) -> bool {
        let session = frame.session;
        let side = session.tree.acts.get(self.instance.act).and_then(|word| word.captures);
        match frame.instance.person.and_then(|person| session.ctx.parties.get(person)) {
            Some(person) => session.tree.roles.get(person.role).map(|role| role.side) == side,
            None => !session.ctx.parties_complete,
        }
    }

    fn is_intended(&self, frame: &Frame<'_, '_>, world: &World) -> InWorld<bool> {
        if !self.instance.intended {
            return Ok(true);
        }
        let purposes = &frame.session.tree.purposes;
        let is_a = |one: PurposeId, other| purposes.get(one).is_some_and(|word| word.is_a(other));
        let intended = frame.session.ctx.intended.as_ref();
        let some = |fits: &dyn Fn(PurposeId) -> bool| world::some(world, Var::Intended, intended, purposes.ids(), fits);
        match self.instance.purpose {
            Some(purpose) => some(&|one| is_most_specific(one, purpose, &self.of.purposes, is_a)),
            // What is intended for nothing is left as well.
            None => Ok(some(&|one| !self.of.purposes.iter().any(|named| is_a(one, *named)))? || !some(&|_| true)?),
        }
    }

    fn is_held(&self, frame: &Frame<'_, '_>, world: &World) -> InWorld<bool> {
        let Some(category) = self.instance.category.filter(|_| self.instance.held) else { return Ok(true) };
        let categories = &frame.session.tree.categories;
        let is_a = |one: CategoryId, other| categories.get(one).is_some_and(|word| word.is_a(other));
        let fits = |one: CategoryId| is_most_specific(one, category, &self.of.categories, is_a);
        world::some(world, Var::Categories, frame.session.ctx.categories.as_ref(), categories.ids(), fits)
    }
}

/// Whether `named` is the most specific of the names for `one`.
fn is_most_specific<T: Copy + PartialEq>(one: T, named: T, names: &[T], is_a: impl Fn(T, T) -> bool) -> bool {
    is_a(one, named) && !names.iter().any(|other| *other != named && is_a(*other, named) && is_a(one, *other))
}
