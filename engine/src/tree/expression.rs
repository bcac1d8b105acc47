//! Acts, conditions and requirements, resolved. Conditions and requirements are two types: they cannot mix.

use std::fmt;

use super::rule::{Level, Period};
use super::{
    ActId, ArtefactId, CategoryId, ElementId, ExceptionId, FactId, JudgmentId, MannerId, MeansId, NoticeId, PhaseId,
    PurposeId, RecipientId, RegionId, RoleId, RuleId, SafeguardId, ValueId,
};
use crate::source::Span;
use crate::syntax::ast::{FactOf, PurposeKind, Statement};

/// An ISO 3166-1 or 3166-2 code, in capitals: at most eight bytes, so that places are compared as numbers are.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place([u8; 8]);

impl Ord for Place {
    /// In the order of the codes.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        u64::from_be_bytes(self.0).cmp(&u64::from_be_bytes(other.0))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Place {
    /// A code as a place; `None` if it is longer than a code can be.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let mut bytes = [0; 8];
        bytes.get_mut(..code.len())?.copy_from_slice(code.as_bytes());
        Some(Self(bytes))
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        self.0.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Whether this place is `outer` or one of its subdivisions.
    #[must_use]
    pub fn is_within(&self, outer: &Self) -> bool {
        self == outer || self.country() == Some(*outer)
    }

    /// The country of a subdivision; `None` for a country.
    #[must_use]
    pub fn country(&self) -> Option<Self> {
        let mut country = [0; 8];
        let length = self.0.iter().position(|byte| *byte == b'-')?;
        country.iter_mut().zip(self.0).take(length).for_each(|(to, from)| *to = from);
        Some(Self(country))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({:?})", self.code())
    }
}

/// A place or a region, as a condition names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceTest {
    /// A place and its subdivisions.
    Place(Place),
    /// A region.
    Region(RegionId),
}

/// An act phrase.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Leaving it undone.
    pub not: bool,
    /// The act.
    pub act: ActId,
    /// Of whom or what.
    pub of: Option<Of>,
    /// For which purpose.
    pub purpose: Option<PurposeId>,
    /// To whom.
    pub recipient: Option<RecipientId>,
    /// During which phase.
    pub phase: Option<PhaseId>,
    /// As written.
    pub span: Span,
}

/// Of whom or what an act is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Of {
    /// Persons of a role.
    Role(RoleId),
    /// A category of data.
    Category(CategoryId),
    /// An artefact.
    Artefact(ArtefactId),
}

/// What consent is to. Consent to a purpose is consent to `use for` it.
pub type Term = Act;

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Cond {
    /// All hold (none listed: true).
    All(Vec<Cond>),
    /// One holds (none listed: false).
    Any(Vec<Cond>),
    /// It does not hold.
    Not(Box<Cond>),
    /// A fact of call, company or recorder.
    Fact {
        /// Whose.
        of: FactOf,
        /// Which.
        fact: FactId,
        /// Against what.
        test: Test,
        /// As written.
        span: Span,
    },
    /// A judgment is answered yes.
    Judged(JudgmentId, Span),
    /// Persons of a role (machines, if the role is one).
    Persons {
        /// Which of them; `No` is resolved to `Not(Any)`.
        quantifier: Quantifier,
        /// Their role; with `That`, the role `party`.
        role: RoleId,
        /// To whom all of these apply.
        who: Vec<PersonTest>,
        /// What is said of them.
        test: PersonTest,
        /// As written.
        span: Span,
    },
    /// Purposes.
    Purposes {
        /// Which.
        which: PurposeKind,
        /// How tested.
        test: PurposeTest,
        /// As written.
        span: Span,
    },
    /// The capture was unlawful, under this rule or any.
    Unlawful(Option<RuleId>, Span),
    /// The capture relied on this exception.
    ReliedOn(ExceptionId, Span),
}

/// Which persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quantifier {
    /// At least one.
    Any,
    /// All of them (true when there are none).
    Every,
    /// The person the act is about.
    That,
}

/// What is said of one person.
#[derive(Clone, Debug, PartialEq)]
pub enum PersonTest {
    /// A fact.
    Fact(FactId, Test),
    /// On the line.
    Present,
    /// The person has said so.
    Said(Statement, Term),
    /// It is not so.
    Not(Box<PersonTest>),
}

/// What a fact's value is tested for.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A yes/no fact is yes.
    Yes,
    /// The value is, or the values include, one of these.
    AnyOf(Vec<ValueId>),
    /// The values include all of these.
    AllOf(Vec<ValueId>),
    /// The place is, or one of the places is, in one of these.
    In(Vec<PlaceTest>),
    /// Under so many years.
    Under(u32),
    /// At least so many years.
    AtLeast(u32),
}

/// How purposes are tested.
#[derive(Clone, Debug, PartialEq)]
pub enum PurposeTest {
    /// Nothing but these (and kinds of them).
    AreOnly(Vec<PurposeId>),
    /// One of these (or a kind of it) is among them.
    Include(Vec<PurposeId>),
    /// The purpose asked for is among them.
    IncludeThat,
    /// The purpose asked for is one of these, or a kind of it.
    IsAnyOf(Vec<PurposeId>),
    /// It is none of these.
    IsOtherThan(Vec<PurposeId>),
}

/// A requirement: monotone in what can still be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Req {
    /// All.
    All(Vec<Req>),
    /// One.
    Any(Vec<Req>),
    /// With a label, for explanations.
    Labelled(String, Box<Req>),
    /// A condition.
    Cond(Cond),
    /// Persons are told, or give consent.
    Persons {
        /// Which of them.
        quantifier: Quantifier,
        /// Their role.
        role: RoleId,
        /// To whom all of these apply.
        who: Vec<PersonTest>,
        /// What is to be done.
        doing: Doing,
        /// As written.
        span: Span,
    },
    /// A safeguard is in place, perhaps so long before an act.
    InPlace(SafeguardId, Option<(Period, Act)>, Span),
}

/// What can be done with a person.
#[derive(Clone, Debug, PartialEq)]
pub enum Doing {
    /// Tell.
    Told(Told),
    /// Obtain consent.
    Gave(Gave),
}

/// Telling.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// What, each once, in ascending order.
    pub elements: Vec<ElementId>,
    /// By what means.
    pub means: Option<MeansId>,
    /// In a language the person understands.
    pub their_language: bool,
    /// On the recording.
    pub on_recording: bool,
    /// When.
    pub timing: Vec<Timing>,
    /// Only while the person has not refused (`and did not refuse`). `even if refused` is the same as saying nothing.
    pub not_refused: bool,
    /// As written.
    pub span: Span,
}

/// Giving consent.
#[derive(Clone, Debug, PartialEq)]
pub struct Gave {
    /// At least this level.
    pub level: Level,
    /// To what.
    pub term: Term,
    /// In what manner.
    pub manner: Option<MannerId>,
    /// On which form.
    pub form: Option<NoticeId>,
    /// Not bundled with another consent.
    pub separately: bool,
    /// The giving is on the recording.
    pub on_recording: bool,
    /// For this call only.
    pub lasting_the_call: bool,
    /// When.
    pub timing: Vec<Timing>,
    /// As written.
    pub span: Span,
}

/// When something is told or given.
#[derive(Clone, Debug, PartialEq)]
pub enum Timing {
    /// Ended before this stretch of the act begins.
    Before(Act),
    /// Begun in the first part of it.
    AtStartOf(Start),
    /// Kept up as long as the act lasts.
    Throughout(Act),
    /// So long before.
    AtLeastBefore(Period, Act),
    /// No longer before.
    AtMostBefore(Period, Act),
}

/// What has a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// An act.
    Act(ActId),
    /// A phase.
    Phase(PhaseId),
}
