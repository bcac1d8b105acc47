//! The places that a policy can tell apart: those that it names, the countries they are in, and one that it does not name.

use std::collections::BTreeSet;

use crate::tree::{Clause, ClauseKind, Cond, DutyWhat, Exception, PersonTest, Place, PlaceTest, Req, Rule, Test, Tree};

/// A code that ISO 3166 leaves to its users: somewhere that no condition names.
const ELSEWHERE: &str = "ZZ";

/// The places, ascending.
pub fn of(tree: &Tree) -> Vec<Place> {
    let mut found = Found::default();
    tree.regions.iter().flat_map(|(_, region)| &region.members).for_each(|(member, ..)| found.test(member));
    tree.coverage.iter().for_each(|claim| found.place(&claim.place));
    tree.sources.iter().flat_map(|(_, source)| &source.applies).for_each(|(condition, _)| found.condition(condition));
    tree.rules.iter().for_each(|(_, rule)| found.rule(rule));
    tree.exceptions.iter().for_each(|(_, exception)| found.exception(exception));
    for (_, bundle) in tree.bundles.iter() {
        bundle.where_uncovered.iter().for_each(|requirement| found.requirement(requirement));
    }
    found.0.extend(Place::new(ELSEWHERE));
    found.0.into_iter().collect()
}

#[derive(Default)]
struct Found(BTreeSet<Place>);

impl Found {
    fn place(&mut self, place: &Place) {
        self.0.extend(place.country());
        self.0.insert(*place);
    }

    fn test(&mut self, test: &PlaceTest) {
        if let Some(place) = super::named(test) {
            self.place(place);
        }
    }

    fn rule(&mut self, rule: &Rule) {
        rule.clauses.iter().for_each(|clause| self.clause(clause));
    }

    fn exception(&mut self, exception: &Exception) {
        for allow in &exception.allows {
            allow.condition.iter().for_each(|condition| self.condition(condition));
            allow.provided.iter().for_each(|requirement| self.requirement(requirement));
        }
        exception.waives.iter().filter_map(|waive| waive.condition.as_ref()).for_each(|one| self.condition(one));
        exception.thens.iter().for_each(|clause| self.clause(clause));
    }

    fn clause(&mut self, clause: &Clause) {
        match &clause.kind {
            ClauseKind::Prohibit { condition, unless, .. } => {
                condition.iter().for_each(|condition| self.condition(condition));
                unless.iter().for_each(|requirement| self.requirement(requirement));
            }
            ClauseKind::Duty { what, condition, .. } => {
                condition.iter().for_each(|condition| self.condition(condition));
                if let DutyWhat::Told(requirement) = what {
                    self.requirement(requirement);
                }
            }
            ClauseKind::Keep(keep) => keep.condition.iter().for_each(|condition| self.condition(condition)),
            ClauseKind::Displaces { .. } => {}
        }
    }

    fn condition(&mut self, condition: &Cond) {
        match condition {
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| self.condition(part)),
            Cond::Not(inner) => self.condition(inner),
            Cond::Fact { test, .. } => self.value(test),
            Cond::Persons { who, test, .. } => {
                who.iter().for_each(|one| self.person(one));
                self.person(test);
            }
            Cond::Judged(..) | Cond::Purposes { .. } | Cond::Unlawful(..) | Cond::ReliedOn(..) => {}
        }
    }

    fn person(&mut self, test: &PersonTest) {
        match test {
            PersonTest::Fact(_, test) => self.value(test),
            PersonTest::Not(inner) => self.person(inner),
            PersonTest::Present | PersonTest::Said(..) => {}
        }
    }

    fn value(&mut self, test: &Test) {
        if let Test::In(places) = test {
            places.iter().for_each(|place| self.test(place));
        }
    }

    fn requirement(&mut self, requirement: &Req) {
        match requirement {
            Req::All(parts) | Req::Any(parts) => parts.iter().for_each(|part| self.requirement(part)),
            Req::Labelled(_, inner) => self.requirement(inner),
            Req::Cond(condition) => self.condition(condition),
            Req::Persons { who, .. } => who.iter().for_each(|one| self.person(one)),
            Req::InPlace(..) => {}
        }
    }
}
