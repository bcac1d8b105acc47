//! Which sources may speak of a call, by the places that its connecting factors name: a source that speaks only of calls that touch
//! California is not heard, not even to say no, on a call that cannot. A superset, always: what is not known is everywhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{Cond, FactId, Place, PlaceTest, Quantifier, SourceId, Test, Tree};

/// The index of sources by place.
#[derive(Debug, Default)]
pub struct Reach {
    /// Sources whose factors do not depend on a place.
    pub everywhere: Vec<SourceId>,
    by_fact: Vec<(FactId, Places)>,
}

/// The sources that need a fact to name certain places.
#[derive(Debug, Default)]
struct Places {
    /// Sources that name this place or region member itself.
    named: BTreeMap<Place, Vec<SourceId>>,
    /// Sources that name a part of this country.
    within: BTreeMap<Place, Vec<SourceId>>,
    /// All of them.
    all: Vec<SourceId>,
}

/// Indexes the sources of a policy.
pub fn index(tree: &Tree) -> Reach {
    let mut reach = Reach::default();
    for (id, source) in tree.sources.iter() {
        let gates: Option<Vec<Vec<Gate<'_>>>> = source.applies.iter().map(|(factor, _)| gates(factor)).collect();
        match gates {
            Some(gates) if !gates.is_empty() => {
                gates.into_iter().flatten().for_each(|gate| reach.add(tree, id, &gate));
            }
            _ => reach.everywhere.push(id),
        }
    }
    reach
}

/// A fact, and the places one of which it must name.
struct Gate<'t> {
    fact: FactId,
    tests: &'t [PlaceTest],
}

/// Gates one of which must be open for a condition to hold; `None` when no place is needed.
fn gates(condition: &Cond) -> Option<Vec<Gate<'_>>> {
    match condition {
        Cond::All(parts) => parts.iter().find_map(gates),
        Cond::Any(parts) => {
            let each: Option<Vec<_>> = parts.iter().map(gates).collect();
            each.map(|each| each.into_iter().flatten().collect())
        }
        Cond::Fact { fact, test: Test::In(tests), .. } => Some(vec![Gate { fact: *fact, tests }]),
        Cond::Persons { quantifier: Quantifier::Any, who, test, .. } => {
            std::iter::once(test).chain(who).find_map(|test| match test {
                crate::tree::PersonTest::Fact(fact, Test::In(tests)) => Some(vec![Gate { fact: *fact, tests }]),
                _ => None,
            })
        }
        _ => None,
    }
}

impl Reach {
    fn add(&mut self, tree: &Tree, source: SourceId, gate: &Gate<'_>) {
        let mut named = BTreeSet::new();
        gate.tests.iter().for_each(|test| members(tree, test, &mut named, 0));
        if !self.facts().any(|fact| fact == gate.fact) {
            self.by_fact.push((gate.fact, Places::default()));
        }
        let Some((_, places)) = self.by_fact.iter_mut().find(|(fact, _)| *fact == gate.fact) else { return };
        let put = |list: &mut Vec<SourceId>| {
            if list.last() != Some(&source) {
                list.push(source);
            }
        };
        put(&mut places.all);
        for place in named {
            if let Some(country) = place.country() {
                put(places.within.entry(country).or_default());
            }
            put(places.named.entry(place).or_default());
        }
    }

    /// The facts by whose places sources are told apart.
    pub fn facts(&self) -> impl Iterator<Item = FactId> {
        self.by_fact.iter().map(|(fact, _)| *fact)
    }

    /// Adds the sources that may speak where a fact names this place; everything that reads the fact when it is not known.
    pub fn hear(&self, fact: FactId, place: Option<&Place>, heard: &mut Vec<SourceId>) {
        let Some((_, places)) = self.by_fact.iter().find(|(one, _)| *one == fact) else { return };
        let Some(place) = place else {
            heard.extend(&places.all);
            return;
        };
        let mut add = |found: Option<&Vec<SourceId>>| heard.extend(found.into_iter().flatten());
        add(places.named.get(place));
        match place.country() {
            Some(country) => add(places.named.get(&country)),
            None => add(places.within.get(place)),
        }
    }
}

/// Every place that a test names; regions name their members, whenever they are.
fn members(tree: &Tree, test: &PlaceTest, found: &mut BTreeSet<Place>, depth: usize) {
    match test {
        PlaceTest::Place(place) => {
            found.insert(*place);
        }
        PlaceTest::Region(region) if depth < 64 => {
            let declared = tree.regions.get(*region).map(|region| region.members.as_slice()).unwrap_or_default();
            declared.iter().for_each(|(member, ..)| members(tree, member, found, depth + 1));
        }
        PlaceTest::Region(_) => {}
    }
}
