//! Coverage: a guarded act is lawful only where somebody claims to hold the general law of every place involved.

use super::frame::Frame;
use super::requirement;
use super::world::{self, InWorld, Var, World};
use crate::context::Possible;
use crate::decision::{Formula, Uncovered, UncoveredOf};
use crate::tree::{ActId, FactId, Group, Place};

/// Somebody, or something, whose place is involved.
struct Involved<'s> {
    of: UncoveredOf,
    fact: FactId,
    var: Var,
    possible: &'s Possible,
}

impl Frame<'_, '_> {
    /// Whether the act needs coverage.
    pub fn is_guarded(&self) -> bool {
        if self.instance.not || !self.session.options.coverage {
            return false;
        }
        let acts = &self.session.tree.acts;
        let is_a = |one: ActId| acts.get(self.instance.act).is_some_and(|word| word.word.is_a(one));
        match self.session.bundle.and_then(|bundle| bundle.guards.as_ref()) {
            Some(guarded) => guarded.iter().any(|one| is_a(*one)),
            None => self.group() != Group::Other,
        }
    }

    /// What coverage comes to: ⊤ where every place involved is covered, else the closure's requirement.
    pub fn covered(&self, world: &World) -> InWorld<Formula> {
        if !self.is_guarded() {
            return Ok(Formula::True);
        }
        let places = self.involved().map(|one| {
            if self.is_covered(&one, world)? {
                return Ok(Formula::True);
            }
            self.uncovered_requires(world)
        });
        let others = self.session.others(crate::source::Span::default(), world);
        let somewhere =
            others.and_then(|others| if others { self.uncovered_requires(world) } else { Ok(Formula::True) });
        requirement::all(places.chain(std::iter::once(somewhere)))
    }

    /// What makes the act lawful where nobody reviewed the law: what the bundle says, else nothing.
    fn uncovered_requires(&self, world: &World) -> InWorld<Formula> {
        let otherwise = self.session.bundle.and_then(|bundle| bundle.where_uncovered.as_ref());
        let source = crate::tree::table::Id::from_index(usize::MAX);
        otherwise.map_or(Ok(Formula::False), |requirement| self.requires(requirement, source, world))
    }

    /// The places that are, or may be, uncovered.
    pub fn uncovered(&self) -> Vec<Uncovered> {
        if !self.is_guarded() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let act = self.instance.act;
        for one in self.involved() {
            match one.possible {
                Possible::Place(stated) | Possible::Places(stated) => {
                    let bare = stated.iter().filter(|place| !self.claims(place));
                    found.extend(bare.map(|place| Uncovered { act, place: Some(*place), of: one.of }));
                }
                Possible::Nothing => {}
                _ => found.push(Uncovered { act, place: None, of: one.of }),
            }
        }
        found
    }

    fn involved(&self) -> impl Iterator<Item = Involved<'_>> {
        let (session, known) = (self.session, &self.session.tree.known);
        let person = |(person, fact): (usize, FactId)| {
            let party = session.ctx.parties.get(person);
            let stated = party.and_then(|party| party.facts.get(&fact)).map(|known| &known.possible);
            let possible = stated.unwrap_or(&Possible::Anything);
            Involved { of: UncoveredOf::Person(person), fact, var: Var::Person(person, fact), possible }
        };
        let holder = |(fact, of): (Option<FactId>, _)| {
            fact.map(|fact| Involved { of, fact, var: Var::Holder(fact), possible: session.fact(fact) })
        };
        let persons =
            known.location.into_iter().flat_map(|fact| session.persons(self.line()).map(move |one| (one, fact)));
        let held = [(known.recorder_location, UncoveredOf::Recorder), (known.establishment, UncoveredOf::Company)];
        persons.map(person).chain(held.into_iter().filter_map(holder))
    }

    /// Whether every place that somebody may be in is covered.
    fn is_covered(&self, one: &Involved<'_>, world: &World) -> InWorld<bool> {
        let session = self.session;
        let bare = |index: u32| session.place(index).is_some_and(|place| !self.claims(place));
        let uncovered = match one.possible {
            Possible::Nothing => Ok(false),
            Possible::Place(stated)
                if stated.iter().all(|place| self.claims(place) && !session.set.is_divided(place)) =>
            {
                Ok(false)
            }
            Possible::Place(stated) => {
                let within = || session.within(|place| stated.iter().any(|outer| place.is_within(outer)));
                world::single(world, one.var.clone(), within, bare)
            }
            Possible::Places(stated) => {
                let certain = session.within(|place| stated.contains(place));
                let parts =
                    || session.within(|place| stated.iter().any(|outer| place != outer && place.is_within(outer)));
                world::multi(world, one.var.clone(), &certain, parts, bare)
            }
            _ => {
                let several =
                    session.tree.facts.get(one.fact).is_some_and(|fact| fact.kind == crate::tree::FactType::Places);
                if several {
                    world::multi(world, one.var.clone(), &[], || session.within(|_| true), bare)
                } else {
                    world::single(world, one.var.clone(), || session.within(|_| true), bare)
                }
            }
        };
        uncovered.map(|uncovered| !uncovered)
    }

    /// Whether a claim in force names this place and this act.
    fn claims(&self, place: &Place) -> bool {
        self.session.set.covered.claims(self.session.tree, place, self.instance.act, self.start.date_naive())
    }
}
