//! Conditions in a world: yes, no, or the fact that must be told apart first.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::frame::Frame;
use super::world::{self, InWorld, Var, World};
use crate::context::Possible;
use crate::syntax::ast::{FactOf, PurposeKind};
use crate::tree::{
    Cond, FactId, FactType, Group, JudgmentId, PersonTest, Place, PlaceTest, PurposeId, PurposeTest, Quantifier,
    SourceId, Test, ValueId,
};

impl Frame<'_, '_> {
    /// Whether a condition holds. `source` gives the civil time of its days.
    pub fn holds(&self, condition: &Cond, source: SourceId, world: &World) -> InWorld<bool> {
        match condition {
            Cond::All(parts) => world::all(parts.iter().map(|part| self.holds(part, source, world))),
            Cond::Any(parts) => world::any(parts.iter().map(|part| self.holds(part, source, world))),
            Cond::Not(inner) => self.holds(inner, source, world).map(|holds| !holds),
            Cond::Fact { of: FactOf::Party, .. } => Ok(false),
            Cond::Fact { fact, test, .. } => {
                self.fits(Var::Holder(*fact), *fact, self.session.fact(*fact), test, source, world)
            }
            Cond::Judged(judgment, _) => self.judged(*judgment, source, world),
            Cond::Persons { quantifier, role, who, test, span } => {
                let one = |person: usize| {
                    let who = who.iter().map(|part| self.person_fits(person, part, source, world));
                    (world::all(who), self.person_fits(person, test, source, world))
                };
                match quantifier {
                    Quantifier::That => match self.instance.person {
                        Some(person) => {
                            let (who, test) = one(person);
                            world::all([who, test].into_iter())
                        }
                        None => self.session.others(*span, world),
                    },
                    Quantifier::Any => {
                        let known = self.session.of_role(*role, self.line()).map(|person| {
                            let (who, test) = one(person);
                            world::all([who, test].into_iter())
                        });
                        world::any(known.chain(std::iter::once_with(|| self.session.others(*span, world))))
                    }
                    Quantifier::Every => {
                        let known = self.session.of_role(*role, self.line()).map(|person| {
                            let (who, test) = one(person);
                            world::any([who.map(|who| !who), test].into_iter())
                        });
                        let nobody_else = || self.session.others(*span, world).map(|others| !others);
                        world::all(known.chain(std::iter::once_with(nobody_else)))
                    }
                }
            }
            Cond::Purposes { which, test, .. } => self.purposes(*which, test, world),
            Cond::Unlawful(rule, _) => match self.session.capture_was_unlawful(*rule) {
                Some(unlawful) => Ok(unlawful),
                None => world::decide(world, Var::Unlawful(*rule)),
            },
            Cond::ReliedOn(exception, _) => self.relied_on(*exception, world),
        }
    }

    /// Whether the capture relied on an exception.
    pub fn relied_on(&self, exception: crate::tree::ExceptionId, world: &World) -> InWorld<bool> {
        match self.session.capture_relied_on(exception) {
            Some(relied) => Ok(relied),
            None => world::decide(world, Var::Relied(exception)),
        }
    }

    fn judged(&self, judgment: JudgmentId, source: SourceId, world: &World) -> InWorld<bool> {
        match self.session.judgment(judgment, self.first_day(source)) {
            Some(answer) => Ok(answer),
            None => world::decide(world, Var::Judgment(judgment)),
        }
    }

    /// Whether something is so of a person.
    pub fn person_fits(&self, person: usize, test: &PersonTest, source: SourceId, world: &World) -> InWorld<bool> {
        match test {
            PersonTest::Fact(fact, test) => {
                let known = self.session.ctx.parties.get(person).and_then(|party| party.facts.get(fact));
                let possible = known.map_or(&Possible::Anything, |known| &known.possible);
                self.fits(Var::Person(person, *fact), *fact, possible, test, source, world)
            }
            PersonTest::Present => Ok(true),
            PersonTest::Said(statement, term) => self.said(person, *statement, term, world),
            PersonTest::Not(inner) => self.person_fits(person, inner, source, world).map(|fits| !fits),
        }
    }

    fn fits(
        &self,
        var: Var,
        fact: FactId,
        possible: &Possible,
        test: &Test,
        source: SourceId,
        world: &World,
    ) -> InWorld<bool> {
        if *possible == Possible::Nothing {
            return Ok(false);
        }
        match test {
            Test::Yes => match possible {
                Possible::YesNo(value) => Ok(*value),
                _ => world::decide(world, var),
            },
            Test::Under(years) => self.is_below(var, fact, possible, *years, world),
            Test::AtLeast(years) => self.is_below(var, fact, possible, *years, world).map(|below| !below),
            Test::AnyOf(values) => {
                self.has_value(var, fact, possible, &|id| values.iter().any(|value| value.0 == id), world)
            }
            Test::AllOf(values) => world::all(
                values.iter().map(|value| self.has_value(var.clone(), fact, possible, &|id| value.0 == id, world)),
            ),
            Test::In(tests) => self.is_in(var, fact, possible, tests, source, world),
        }
    }

    fn is_below(&self, var: Var, fact: FactId, possible: &Possible, years: u32, world: &World) -> InWorld<bool> {
        let (from, to) = match (possible, self.session.tree.facts.get(fact).map(|fact| &fact.kind)) {
            (Possible::Years(from, to), _) => (*from, *to),
            (_, Some(FactType::Years(from, to))) => (*from, *to),
            _ => (0, u32::MAX),
        };
        world::below(world, var, from, to, years)
    }

    fn has_value(
        &self,
        var: Var,
        fact: FactId,
        possible: &Possible,
        fits: &dyn Fn(u32) -> bool,
        world: &World,
    ) -> InWorld<bool> {
        let kind = self.session.tree.facts.get(fact).map(|fact| &fact.kind);
        let every =
            || (0u32..).zip(kind.map(FactType::values).unwrap_or_default()).map(|(id, _)| id).collect::<Vec<_>>();
        let ids =
            |values: &std::collections::BTreeSet<ValueId>| values.iter().map(|value| value.0).collect::<Vec<u32>>();
        match possible {
            Possible::OneOf(values) => world::single(world, var, || ids(values), fits),
            Possible::Exactly(values) => Ok(ids(values).into_iter().any(fits)),
            Possible::AtLeast(values) => world::multi(world, var, &ids(values), every, fits),
            _ if matches!(kind, Some(FactType::AnyOf(_))) => world::multi(world, var, &[], every, fits),
            _ => world::single(world, var, every, fits),
        }
    }

    fn is_in(
        &self,
        var: Var,
        fact: FactId,
        possible: &Possible,
        tests: &[PlaceTest],
        source: SourceId,
        world: &World,
    ) -> InWorld<bool> {
        let (session, day) = (self.session, self.day(source));
        let fits = |index: u32| {
            session.place(index).is_some_and(|place| tests.iter().any(|test| session.tree.is_in(place, test, day)))
        };
        if let Possible::Place(stated) = possible
            && let Some(settled) = self.settled(stated, tests, day)
        {
            return Ok(settled);
        }
        match possible {
            Possible::Place(stated) => {
                let within = || session.within(|place| stated.iter().any(|outer| place.is_within(outer)));
                world::single(world, var, within, fits)
            }
            Possible::Places(stated) => {
                let certain = session.within(|place| stated.contains(place));
                let parts =
                    || session.within(|place| stated.iter().any(|outer| place != outer && place.is_within(outer)));
                world::multi(world, var, &certain, parts, fits)
            }
            _ => {
                let anywhere = || session.within(|_| true);
                match session.tree.facts.get(fact).map(|fact| &fact.kind) {
                    Some(FactType::Places) => world::multi(world, var, &[], anywhere, fits),
                    _ => world::single(world, var, anywhere, fits),
                }
            }
        }
    }

    /// Whether all of the stated places, with all that lies in them, fit; or none; `None` when it must be told apart.
    fn settled(&self, stated: &BTreeSet<Place>, tests: &[PlaceTest], day: NaiveDate) -> Option<bool> {
        let tree = self.session.tree;
        let fits = |place: &Place| {
            let inside = tests.iter().any(|test| tree.is_in(place, test, day));
            let partly = !inside && tests.iter().any(|test| tree.may_be_in(place, test, day));
            (!partly).then_some(inside)
        };
        let mut each = stated.iter().map(fits);
        let first = each.next()??;
        each.all(|other| other == Some(first)).then_some(first)
    }

    /// The purpose that was asked for; a part of that, where a clause tells it apart.
    pub fn asked_purpose(&self) -> Option<PurposeId> {
        self.instance.purpose.filter(|_| !self.instance.intended)
    }

    fn purposes(&self, which: PurposeKind, test: &PurposeTest, world: &World) -> InWorld<bool> {
        let purposes = &self.session.tree.purposes;
        let is_one_of = |one: PurposeId, names: &[PurposeId]| {
            purposes.get(one).is_some_and(|word| names.iter().any(|name| word.is_a(*name)))
        };
        let (held, var) = match which {
            PurposeKind::Asked => {
                return Ok(match (self.asked_purpose(), test) {
                    (None, PurposeTest::IsOtherThan(_)) => self.group() != Group::Capture,
                    (None, _) => false,
                    (Some(asked), PurposeTest::IsOtherThan(names)) => !is_one_of(asked, names),
                    (
                        Some(asked),
                        PurposeTest::IsAnyOf(names) | PurposeTest::AreOnly(names) | PurposeTest::Include(names),
                    ) => is_one_of(asked, names),
                    (Some(_), PurposeTest::IncludeThat) => true,
                });
            }
            PurposeKind::Intended => (&self.session.ctx.intended, Var::Intended),
            PurposeKind::Promised => (&self.session.ctx.promised, Var::Promised),
        };
        let some =
            |fits: &dyn Fn(PurposeId) -> bool| world::some(world, var.clone(), held.as_ref(), purposes.ids(), fits);
        match test {
            PurposeTest::AreOnly(names) => some(&|one| !is_one_of(one, names)).map(|other| !other),
            PurposeTest::Include(names) | PurposeTest::IsAnyOf(names) => some(&|one| is_one_of(one, names)),
            PurposeTest::IsOtherThan(names) => some(&|one| is_one_of(one, names)).map(|among| !among),
            PurposeTest::IncludeThat => match self.asked_purpose() {
                Some(asked) => some(&|one| purposes.get(asked).is_some_and(|word| word.is_a(one))),
                None => Ok(false),
            },
        }
    }
}
