//! Whether a condition holds in a world.

use chrono::NaiveDate;
use onrecord::tree::{Cond, FactId, Group, Nature, PersonTest, PurposeId, PurposeTest, Quantifier, RoleId, Test, Tree};

use super::scene::{Scene, Who};
use super::world::{Value, World};
use super::{Defect, capture};
use onrecord::syntax::ast::PurposeKind;

impl Scene<'_> {
    /// Whether a condition holds; `that` is the person the act is about.
    #[must_use]
    pub fn holds(&self, world: &World, cond: &Cond, that: Option<Who>, day: NaiveDate) -> bool {
        match cond {
            Cond::All(parts) => parts.iter().all(|part| self.holds(world, part, that, day)),
            Cond::Any(parts) => parts.iter().any(|part| self.holds(world, part, that, day)),
            Cond::Not(inner) => !self.holds(world, inner, that, day),
            Cond::Fact { fact, test, .. } => {
                world.facts.get(fact).is_some_and(|value| passes(self.case.tree, value, test, day))
            }
            Cond::Judged(judgment, _) => world.judgments.get(judgment).copied().unwrap_or_default(),
            Cond::Persons { quantifier, role, who, test, .. } => {
                let fits = |person: &Who| who.iter().all(|one| self.is_so(world, *person, one, day));
                let so = |person: Who| self.is_so(world, person, test, day);
                match quantifier {
                    Quantifier::That => that.is_some_and(|person| fits(&person) && so(person)),
                    Quantifier::Any => self.of_role(world, *role).into_iter().filter(fits).any(so),
                    Quantifier::Every => self.of_role(world, *role).into_iter().filter(fits).all(so),
                }
            }
            Cond::Purposes { which, test, .. } => self.purposes(world, *which, test),
            Cond::Unlawful(rule, _) => capture::unlawful(self, world, *rule),
            Cond::ReliedOn(exception, _) => capture::relied_on(self, world, *exception),
        }
    }

    /// The natural persons of a role on the line; the machines, if the role is a machine's.
    #[must_use]
    pub fn of_role(&self, world: &World, role: RoleId) -> Vec<Who> {
        self.everybody(world).into_iter().filter(|person| self.has_role(world, *person, role)).collect()
    }

    /// Whether a person or machine has a role.
    #[must_use]
    pub fn has_role(&self, world: &World, person: Who, role: RoleId) -> bool {
        let tree = self.case.tree;
        let mine = &tree.roles[self.role_of(world, person)];
        let everybody = Some(role) == tree.known.party && mine.nature == Nature::Human;
        everybody || (mine.word.is_a(role) && mine.nature == tree.roles[role].nature)
    }

    /// Whether something is so of a person.
    #[must_use]
    pub fn is_so(&self, world: &World, person: Who, test: &PersonTest, day: NaiveDate) -> bool {
        match test {
            PersonTest::Fact(fact, test) => {
                self.value(world, person, *fact).is_some_and(|value| passes(self.case.tree, value, test, day))
            }
            PersonTest::Present => true,
            PersonTest::Said(statement, term) => self.has_said(world, person, *statement, term),
            PersonTest::Not(inner) => !self.is_so(world, person, inner, day),
        }
    }

    fn value<'w>(&self, world: &'w World, person: Who, fact: FactId) -> Option<&'w Value> {
        match person {
            Who::Party(index) => world.persons.get(&(index, fact)),
            Who::Stranger(index) => world.strangers[index].facts.get(&fact),
        }
    }

    fn purposes(&self, world: &World, which: PurposeKind, test: &PurposeTest) -> bool {
        let tree = self.case.tree;
        let is_one = |purpose: PurposeId, of: &[PurposeId]| of.iter().any(|one| tree.purposes[purpose].is_a(*one));
        let asked = self.asked_purpose();
        let captures = tree.acts[self.act.act].group == Group::Capture;
        let among: Vec<PurposeId> = match which {
            PurposeKind::Intended => world.intended.iter().copied().collect(),
            PurposeKind::Promised => world.promised.iter().copied().collect(),
            PurposeKind::Asked => asked.into_iter().collect(),
        };
        match test {
            // A use for no purpose in particular is a use for others than those that are named.
            PurposeTest::IsOtherThan(_) if which == PurposeKind::Asked && asked.is_none() => !captures,
            _ if which == PurposeKind::Asked && asked.is_none() => false,
            PurposeTest::AreOnly(list) => among.iter().all(|purpose| is_one(*purpose, list)),
            PurposeTest::Include(list) => among.iter().any(|purpose| is_one(*purpose, list)),
            PurposeTest::IncludeThat => asked.is_some_and(|asked| is_one(asked, &among)),
            PurposeTest::IsAnyOf(list) => among.iter().any(|purpose| is_one(*purpose, list)),
            PurposeTest::IsOtherThan(list) => !among.iter().any(|purpose| is_one(*purpose, list)),
        }
    }

    /// The purpose that was asked for, or the part of it that is judged: not what a capture is intended for.
    #[must_use]
    pub fn asked_purpose(&self) -> Option<PurposeId> {
        let captures = self.case.tree.acts[self.act.act].group == Group::Capture;
        if captures && self.act.purpose.is_none() { None } else { self.part.purpose }
    }

    /// Whether a wrong behaviour is put back.
    #[must_use]
    pub fn is_wrong(&self, defect: Defect) -> bool {
        self.case.defect == Some(defect)
    }
}

/// Whether a value passes a test. What does not apply passes none.
fn passes(tree: &Tree, value: &Value, test: &Test, day: NaiveDate) -> bool {
    match (value, test) {
        (Value::YesNo(yes), Test::Yes) => *yes,
        (Value::These(values), Test::AnyOf(list)) => list.iter().any(|one| values.contains(one)),
        (Value::These(values), Test::AllOf(list)) => list.iter().all(|one| values.contains(one)),
        (Value::Places(places), Test::In(list)) => {
            places.iter().any(|place| list.iter().any(|test| tree.is_in(place, test, day)))
        }
        (Value::Years(years), Test::Under(limit)) => years < limit,
        (Value::Years(years), Test::AtLeast(limit)) => years >= limit,
        _ => false,
    }
}
