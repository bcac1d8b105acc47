//! Words, facts and regions, resolved.

use chrono::NaiveDate;

use super::expression::{Place, PlaceTest};
use super::rule::Period;
use super::{ActId, ArtefactId, MannerId, PhaseId, RegionId, RoleId, SafeguardId};
use crate::source::Span;
use crate::syntax::ast::{FactOf, Lead, Verb};

/// What every word has.
#[derive(Clone, Debug, PartialEq)]
pub struct Word<I> {
    /// The name.
    pub name: String,
    /// The label, for people.
    pub label: String,
    /// The definition.
    pub means: String,
    /// The DPV term, and whether it is the parent of this house word.
    pub dpv: Option<(String, bool)>,
    /// The word itself and every word above it, in ascending order of id, each once.
    pub above: Vec<I>,
    /// The words directly above, as written.
    pub under: Vec<I>,
    /// The whole declaration.
    pub span: Span,
    /// The name in it.
    pub name_span: Span,
}

impl<I: Copy + Ord> Word<I> {
    /// Whether this word is `other` or a kind of it.
    #[must_use]
    pub fn is_a(&self, other: I) -> bool {
        self.above.binary_search(&other).is_ok()
    }
}

/// An act.
#[derive(Clone, Debug, PartialEq)]
pub struct ActWord {
    /// The word.
    pub word: Word<ActId>,
    /// Its group.
    pub group: Group,
    /// What a capture creates.
    pub makes: Option<ArtefactId>,
    /// A capture of the persons of this side alone.
    pub captures: Option<Side>,
}

/// Groups of acts; captures and uses are guarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// It captures a conversation.
    Capture,
    /// It uses what was captured.
    Use,
    /// Anything else.
    Other,
}

/// A role.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// The word.
    pub word: Word<RoleId>,
    /// Its side.
    pub side: Side,
    /// Human or machine.
    pub nature: Nature,
}

/// Sides of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// The company's.
    Ours,
    /// The caller's.
    Theirs,
    /// Nobody's.
    Neither,
}

/// Human or machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Nature {
    /// A natural person.
    Human,
    /// A machine: it cannot consent.
    Machine,
}

/// A fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The word. Facts have no subsumption: `above` is the fact alone.
    pub word: Word<super::FactId>,
    /// Whose.
    pub of: FactOf,
    /// The verb that reads it.
    pub verb: Verb,
    /// Its values.
    pub kind: FactType,
    /// The value that may be presumed: for yes/no, 1 is yes and 0 is no.
    pub may_be_presumed: Option<super::ValueId>,
}

/// What values a fact has.
#[derive(Clone, Debug, PartialEq)]
pub enum FactType {
    /// Yes or no.
    YesNo,
    /// Exactly one of these.
    OneOf(Vec<Value>),
    /// Any number of these.
    AnyOf(Vec<Value>),
    /// One place.
    Place,
    /// Any number of places.
    Places,
    /// A whole number of years, from, to.
    Years(u32, u32),
}

impl FactType {
    /// The values of a fact that lists them.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        match self {
            Self::OneOf(values) | Self::AnyOf(values) => values,
            _ => &[],
        }
    }
}

/// A value of a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The name.
    pub name: String,
    /// The label; the name when none was given.
    pub label: String,
    /// Where it was declared.
    pub span: Span,
}

/// A judgment.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgment {
    /// The word.
    pub word: Word<super::JudgmentId>,
    /// The question to answer.
    pub asks: String,
}

/// A safeguard.
#[derive(Clone, Debug, PartialEq)]
pub struct Safeguard {
    /// The word.
    pub word: Word<SafeguardId>,
    /// Where it is arranged.
    pub lead: Lead,
    /// Safeguards that cannot be in place with it (both ways).
    pub excludes: Vec<SafeguardId>,
}

/// A manner of giving consent.
#[derive(Clone, Debug, PartialEq)]
pub struct Manner {
    /// The word.
    pub word: Word<MannerId>,
    /// Where it can be obtained.
    pub lead: Lead,
}

/// A phase of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// The word.
    pub word: Word<PhaseId>,
    /// How long its start lasts.
    pub starts_within: Option<Period>,
}

/// A region.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// Its label; the name when none was given.
    pub label: String,
    /// Its members, with their first and last day.
    pub members: Vec<(PlaceTest, Option<NaiveDate>, Option<NaiveDate>)>,
    /// The whole declaration.
    pub span: Span,
    /// The name in it.
    pub name_span: Span,
}

impl super::Tree {
    /// Whether somebody in a role counts as of another: the role or a kind of it, and a person or a machine as it is.
    #[must_use]
    pub fn plays(&self, role: RoleId, wanted: RoleId) -> bool {
        let nature = self.roles.get(wanted).map_or(Nature::Human, |role| role.nature);
        self.roles.get(role).is_some_and(|theirs| theirs.nature == nature && theirs.word.is_a(wanted))
    }

    /// Whether somebody in a role is a natural person.
    #[must_use]
    pub fn is_human(&self, role: RoleId) -> bool {
        self.roles.get(role).is_none_or(|role| role.nature == Nature::Human)
    }

    /// Whether somebody in `place` is, on `day`, in what `test` names: a country includes its subdivisions.
    #[must_use]
    pub fn is_in(&self, place: &Place, test: &PlaceTest, day: NaiveDate) -> bool {
        match test {
            PlaceTest::Place(outer) => place.is_within(outer),
            PlaceTest::Region(region) => self.in_region(place, *region, day),
        }
    }

    /// Whether `place` names a country of which only a part is in what `test` names: somebody there may be in it or not.
    #[must_use]
    pub fn may_be_in(&self, place: &Place, test: &PlaceTest, day: NaiveDate) -> bool {
        match test {
            PlaceTest::Place(inner) => inner != place && inner.is_within(place),
            PlaceTest::Region(region) => self.regions.get(*region).is_some_and(|region| {
                region
                    .members
                    .iter()
                    .any(|(member, from, until)| in_days(day, *from, *until) && self.may_be_in(place, member, day))
            }),
        }
    }

    fn in_region(&self, place: &Place, region: RegionId, day: NaiveDate) -> bool {
        self.regions.get(region).is_some_and(|region| {
            region
                .members
                .iter()
                .any(|(member, from, until)| in_days(day, *from, *until) && self.is_in(place, member, day))
        })
    }
}

fn in_days(day: NaiveDate, from: Option<NaiveDate>, until: Option<NaiveDate>) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
}
