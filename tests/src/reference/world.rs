//! A world, in which every fact has one value, and the values that a fact may still have.

use std::collections::{BTreeMap, BTreeSet};

use onrecord::context::{Known, Possible};
use onrecord::decision::FactRead;
use onrecord::tree::{
    CategoryId, EventId, FactId, FactType, JudgmentId, PhaseId, Place, PurposeId, QuestionId, ReadingId, RoleId, Tree,
    ValueId,
};

/// One value of a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// The fact does not apply.
    Nothing,
    /// Yes or no.
    YesNo(bool),
    /// These values, for a fact of one value exactly one.
    These(BTreeSet<ValueId>),
    /// These places, for a fact of one place exactly one.
    Places(BTreeSet<Place>),
    /// Years.
    Years(u32),
}

/// Somebody who may be on the line and is not named.
#[derive(Clone, Debug, PartialEq)]
pub struct Stranger {
    /// The role.
    pub role: RoleId,
    /// Facts.
    pub facts: BTreeMap<FactId, Value>,
    /// Whether this person refused, withdrew from and objected to everything.
    pub against: bool,
}

/// What is settled in a world.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// A fact of call, company or recorder.
    Fact(FactId, Value),
    /// A fact of a party.
    Person(usize, FactId, Value),
    /// An answer.
    Judgment(JudgmentId, bool),
    /// Intended purposes.
    Intended(BTreeSet<PurposeId>),
    /// Promised purposes.
    Promised(BTreeSet<PurposeId>),
    /// Categories in the call.
    Categories(BTreeSet<CategoryId>),
    /// Which of the statements that the policy speaks of a party made and nobody logged.
    Unlogged(usize, BTreeSet<usize>),
    /// Whether a phase is under way that nobody logged.
    Phase(PhaseId, bool),
    /// How a question is answered.
    Reading(QuestionId, ReadingId),
    /// Who else is on the line.
    Strangers(Vec<Stranger>),
    /// Whether an event that nobody logged has happened, and long ago.
    Event(EventId, bool),
}

/// Something not known, and everything that it may be.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// What.
    pub read: FactRead,
    /// What it may be; never empty.
    pub settings: Vec<Setting>,
}

/// One way for everything to be.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Facts of call, company and recorder.
    pub facts: BTreeMap<FactId, Value>,
    /// Facts of parties.
    pub persons: BTreeMap<(usize, FactId), Value>,
    /// Answers.
    pub judgments: BTreeMap<JudgmentId, bool>,
    /// Intended purposes.
    pub intended: BTreeSet<PurposeId>,
    /// Promised purposes.
    pub promised: BTreeSet<PurposeId>,
    /// Categories.
    pub categories: BTreeSet<CategoryId>,
    /// Unlogged statements.
    pub unlogged: BTreeMap<usize, BTreeSet<usize>>,
    /// Phases that are under way and nobody logged.
    pub phases: BTreeMap<PhaseId, bool>,
    /// Readings.
    pub readings: BTreeMap<QuestionId, ReadingId>,
    /// Who else is on the line.
    pub strangers: Vec<Stranger>,
    /// Events that happened long ago, and nobody logged.
    pub long_ago: BTreeSet<EventId>,
}

impl World {
    /// Settles one thing.
    pub fn settle(&mut self, setting: &Setting) {
        match setting.clone() {
            Setting::Fact(fact, value) => drop(self.facts.insert(fact, value)),
            Setting::Person(person, fact, value) => drop(self.persons.insert((person, fact), value)),
            Setting::Judgment(judgment, yes) => drop(self.judgments.insert(judgment, yes)),
            Setting::Intended(purposes) => self.intended = purposes,
            Setting::Promised(purposes) => self.promised = purposes,
            Setting::Categories(categories) => self.categories = categories,
            Setting::Unlogged(person, said) => drop(self.unlogged.insert(person, said)),
            Setting::Phase(phase, on) => drop(self.phases.insert(phase, on)),
            Setting::Reading(question, reading) => drop(self.readings.insert(question, reading)),
            Setting::Strangers(strangers) => self.strangers = strangers,
            Setting::Event(event, true) => drop(self.long_ago.insert(event)),
            Setting::Event(_, false) => {}
        }
    }
}

/// Every subset of a few things.
#[must_use]
pub fn subsets<T: Clone + Ord>(of: &BTreeSet<T>) -> Vec<BTreeSet<T>> {
    let mut all = vec![BTreeSet::new()];
    for one in of {
        let with = |set: &BTreeSet<T>| set.iter().chain([one]).cloned().collect();
        let more: Vec<BTreeSet<T>> = all.iter().map(with).collect();
        all.extend(more);
    }
    all
}

/// What a policy can tell apart of a fact: the values, places and numbers of years that it names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Named {
    /// Places.
    pub places: BTreeSet<Place>,
    /// Numbers of years at which an answer changes.
    pub years: BTreeSet<u32>,
}

/// Every value that a fact may still have.
#[must_use]
pub fn values(tree: &Tree, fact: FactId, possible: &Possible, named: &Named) -> Vec<Value> {
    let kind = &tree.facts[fact].kind;
    let all: BTreeSet<ValueId> = (0..kind.values().len()).map(onrecord::tree::table::Id::from_index).collect();
    let one = |value: &ValueId| Value::These(BTreeSet::from([*value]));
    match (kind, possible) {
        (_, Possible::Nothing) => vec![Value::Nothing],
        (_, Possible::YesNo(yes)) => vec![Value::YesNo(*yes)],
        (_, Possible::OneOf(values)) => values.iter().map(one).collect(),
        (_, Possible::Exactly(values)) => vec![Value::These(values.clone())],
        (_, Possible::AtLeast(some)) => {
            subsets(&all).into_iter().filter(|set| set.is_superset(some)).map(Value::These).collect()
        }
        (_, Possible::Place(places)) => each_place(places, named),
        (_, Possible::Places(places)) => every_place(places, named),
        (_, Possible::Years(from, to)) => years(*from, *to, named),
        (FactType::YesNo, Possible::Anything) => vec![Value::YesNo(false), Value::YesNo(true)],
        (FactType::OneOf(_), Possible::Anything) => all.iter().map(one).collect(),
        (FactType::AnyOf(_), Possible::Anything) => subsets(&all).into_iter().map(Value::These).collect(),
        (FactType::Place, Possible::Anything) => each_place(&anywhere(named), named),
        (FactType::Places, Possible::Anything) => subsets(&anywhere(named)).into_iter().map(Value::Places).collect(),
        (FactType::Years(from, to), Possible::Anything) => years(*from, *to, named),
    }
}

fn anywhere(named: &Named) -> BTreeSet<Place> {
    named.places.iter().cloned().chain(Place::new("ZZ")).collect()
}

/// Somebody of whom only the country is known may be in any of its subdivisions.
fn within(place: &Place, named: &Named) -> BTreeSet<Place> {
    named.places.iter().filter(|one| one.is_within(place)).chain([place]).cloned().collect()
}

fn each_place(places: &BTreeSet<Place>, named: &Named) -> Vec<Value> {
    let all: BTreeSet<Place> = places.iter().flat_map(|place| within(place, named)).collect();
    all.into_iter().map(|place| Value::Places(BTreeSet::from([place]))).collect()
}

/// All of these at once, and any of their subdivisions.
fn every_place(places: &BTreeSet<Place>, named: &Named) -> Vec<Value> {
    let parts = places.iter().flat_map(|place| within(place, named)).filter(|part| !places.contains(part)).collect();
    let all = subsets(&parts).into_iter();
    all.map(|parts| Value::Places(parts.union(places).cloned().collect())).collect()
}

/// The youngest, and each age at which an answer changes.
fn years(from: u32, to: u32, named: &Named) -> Vec<Value> {
    let changes = named.years.iter().copied().filter(|years| from < *years && *years <= to);
    std::iter::once(from).chain(changes).map(Value::Years).collect()
}

/// What a context says of a fact.
#[must_use]
pub fn known(facts: &BTreeMap<FactId, Known>, fact: FactId) -> Option<&Possible> {
    facts.get(&fact).map(|known| &known.possible)
}
