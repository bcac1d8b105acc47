//! Second pass over bundles, and facts as bundles and scenarios state them.

use std::collections::BTreeSet;

use super::expression::is_place_verb;
use super::{Resolver, codes};
use crate::context::Possible;
use crate::source::Span;
use crate::syntax::ast::{self, BundleLine, FactOf, StatedFact};
use crate::tree::scenario::{RiskAcceptance, StandingAnswer};
use crate::tree::{FactId, FactType, Place, PlaceTest, ValueId};

impl Resolver<'_> {
    pub(super) fn fill_bundle(&mut self, declared: &ast::Bundle, span: Span) {
        let Some(id) = self.out.tree.bundles.id(&declared.name.text) else { return };
        let Some(mut bundle) = self.out.tree.bundles.get(id).filter(|bundle| bundle.span == span).cloned() else {
            return;
        };
        let mut every = false;
        for line in &declared.body.lines {
            match &line.value {
                BundleLine::IncludesEverySource => every = true,
                BundleLine::Includes(names) => {
                    let found = self.find_all("source", super::sources, names);
                    let included = bundle.includes.get_or_insert_default();
                    included.extend(found);
                    included.sort();
                    included.dedup();
                }
                BundleLine::Adopt(names) => bundle.adopts.extend(self.find_all("reading", super::readings, names)),
                BundleLine::Given(given) => bundle.given.extend(self.stated(given.of, &given.fact)),
                BundleLine::Presume(given) => bundle.presumes.extend(self.stated(given.of, &given.fact)),
                BundleLine::Answer { judgment, yes, cite, until } => {
                    let judgment = self.find("judgment", super::judgments, judgment);
                    let until = self.day(until);
                    if let (Some(judgment), Some(until)) = (judgment, until) {
                        let cite = cite.value.clone();
                        bundle.answers.push(StandingAnswer { judgment, yes: *yes, cite, until, span: line.span });
                    }
                }
                BundleLine::Guards(names) => {
                    let found = self.find_all("act", super::acts, names);
                    bundle.guards.get_or_insert_default().extend(found);
                }
                BundleLine::WhereUncovered(requirement) => bundle.where_uncovered = self.requirement(requirement),
                BundleLine::Prefer(names) => {
                    let found = names.iter().filter_map(|name| self.find("act", super::acts, name)).collect::<Vec<_>>();
                    bundle.prefers.extend(found);
                }
                BundleLine::OnImpasse { act, answer } => {
                    bundle.on_impasse.extend(self.find("act", super::acts, act).map(|act| (act, *answer)));
                }
                BundleLine::DespiteUnlawful { purpose, cite } => {
                    let purpose = self.find("purpose", super::purposes, purpose);
                    bundle.despite_unlawful.extend(purpose.map(|purpose| (purpose, cite.value.clone())));
                }
                BundleLine::AcceptRisk { rule, signed, on, until, because } => {
                    let rule = self.find("rule", super::rules, rule);
                    let (first, last) = (self.day(on), self.day(until));
                    self.in_order(first, last, line.span);
                    if let (Some(rule), Some(on), Some(until)) = (rule, first, last) {
                        bundle.risks.push(RiskAcceptance {
                            rule,
                            signed: signed.value.clone(),
                            on,
                            until,
                            because: because.value.clone(),
                            span: line.span,
                        });
                    }
                }
            }
        }
        if every {
            bundle.includes = None;
        }
        if let Some(known) = self.out.tree.bundles.get_mut(id) {
            *known = bundle;
        }
    }

    /// A fact as stated: which fact, and the values that are still possible.
    pub(super) fn stated(&mut self, of: FactOf, stated: &StatedFact) -> Option<(FactId, Possible)> {
        if let Some(years) = stated.years {
            let fact = self.years(of, stated.verb, stated.span)?;
            if stated.not {
                self.say(codes::cannot_be_stated(stated.span, "state the age: is 12 years old"));
                return None;
            }
            return Some((fact, Possible::Years(years, years)));
        }
        if is_place_verb(stated.verb) {
            return self.stated_places(of, stated);
        }
        if let [only] = stated.values.as_slice()
            && only.text == "nothing"
            && !stated.not
        {
            return self.stated_nothing(of, stated);
        }
        let mut fact = None;
        let mut values: BTreeSet<ValueId> = BTreeSet::new();
        for name in &stated.values {
            let (its, value) = self.value(of, stated.verb, name)?;
            if fact.is_some_and(|known| known != its) {
                self.say(codes::not_of_one_fact(name));
                return None;
            }
            fact = Some(its);
            values.extend(value);
        }
        let fact = fact?;
        let possible = self.possible(fact, values, stated)?;
        Some((fact, possible))
    }

    fn possible(&mut self, fact: FactId, values: BTreeSet<ValueId>, stated: &StatedFact) -> Option<Possible> {
        let kind = self.out.tree.facts.get(fact).map(|fact| fact.kind.clone())?;
        let several = stated.values.len() > 1;
        match kind {
            FactType::YesNo if !several => Some(Possible::YesNo(!stated.not)),
            FactType::OneOf(all) if !several || stated.alternatives => Some(Possible::OneOf(if stated.not {
                (0..).zip(&all).map(|(id, _)| ValueId(id)).filter(|id| !values.contains(id)).collect()
            } else {
                values
            })),
            FactType::AnyOf(_) if !stated.not && several && stated.alternatives => Some(Possible::OneOf(values)),
            FactType::AnyOf(_) if !stated.not => Some(Possible::Exactly(values)),
            FactType::AnyOf(_) => {
                self.say(codes::cannot_be_stated(stated.span, "state all the values that hold, or `nothing`"));
                None
            }
            _ => {
                self.say(codes::cannot_be_stated(stated.span, "state one value, or several joined with `or`"));
                None
            }
        }
    }

    /// `nothing`: none of the values of a fact that may have any number of them.
    fn stated_nothing(&mut self, of: FactOf, stated: &StatedFact) -> Option<(FactId, Possible)> {
        let several = |fact: &crate::tree::Fact| {
            fact.of == of && fact.verb == stated.verb && matches!(fact.kind, FactType::AnyOf(_))
        };
        let found = self.out.tree.facts.iter().find(|(_, fact)| several(fact)).map(|(id, _)| id);
        if found.is_none() {
            self.say(codes::cannot_be_stated(stated.span, "only a fact with any number of values can have none"));
        }
        found.map(|fact| (fact, Possible::Exactly(BTreeSet::new())))
    }

    fn stated_places(&mut self, of: FactOf, stated: &StatedFact) -> Option<(FactId, Possible)> {
        let fact = self.place_fact(of, stated.verb, stated.span)?;
        let mut places: BTreeSet<Place> = BTreeSet::new();
        for name in &stated.values {
            match self.place_or_region(name)? {
                PlaceTest::Place(place) => places.extend([place]),
                PlaceTest::Region(_) => {
                    self.say(codes::cannot_be_stated(name.span, "state a place by its ISO 3166 code, not a region"));
                    return None;
                }
            }
        }
        let one = self.out.tree.facts.get(fact).is_some_and(|fact| fact.kind == FactType::Place);
        let several = places.len() > 1;
        let help = match (stated.not, one) {
            (true, _) => "state where it is",
            (_, true) if several && !stated.alternatives => "join the places that are possible with `or`",
            (_, false) if several && stated.alternatives => "join the places with a comma: all of them hold",
            (_, true) => return Some((fact, Possible::Place(places))),
            (_, false) => return Some((fact, Possible::Places(places))),
        };
        self.say(codes::cannot_be_stated(stated.span, help));
        None
    }
}

/// Where a line stands, for a second statement of the same fact.
pub(super) fn stated_twice(known: &mut Vec<(FactId, Span)>, fact: FactId, span: Span) -> Option<Span> {
    let earlier = known.iter().find(|(one, _)| *one == fact).map(|(_, span)| *span);
    known.push((fact, span));
    earlier
}
