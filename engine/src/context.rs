//! One call: who is on it, what is known of it, and what has happened. Facts are sets of possible values: silence is never “no”.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use crate::syntax::ast::{Level, Statement};
use crate::tree::{
    Act, ActId, ArtefactId, CategoryId, ElementId, EventId, FactId, JudgmentId, MannerId, MeansId, NoticeId, PhaseId,
    Place, PurposeId, RoleId, SafeguardId, Term, ValueId,
};

/// An instant. Every instant of a context carries its offset on the wire; here it is UTC.
pub type Instant = DateTime<Utc>;

/// One call, as a service or a scenario states it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// The caller's own identifier, given back in the decision.
    pub id: Option<String>,
    /// What is asked for: acts. Recording when empty.
    pub acts: Vec<Act>,
    /// What is asked for: uses, by purpose.
    pub uses: Vec<PurposeId>,
    /// When the call runs.
    pub call: Option<Interval>,
    /// Who is on it.
    pub parties: Vec<Party>,
    /// Whether there is nobody else.
    pub parties_complete: bool,
    /// Facts of call, company and recorder. A fact that is absent was not asked.
    pub facts: BTreeMap<FactId, Known>,
    /// Answers to judgments; `None` is asked and unknown.
    pub judgments: BTreeMap<JudgmentId, Option<bool>>,
    /// The purposes for which the call is captured; `None` is not known.
    pub intended: Option<BTreeSet<PurposeId>>,
    /// The purposes promised when it was captured; `None` is not known.
    pub promised: Option<BTreeSet<PurposeId>>,
    /// The categories of personal data that the call holds; `None` is not known.
    pub categories: Option<BTreeSet<CategoryId>>,
    /// Captures that ran or run.
    pub captures: Vec<(ActId, Interval)>,
    /// Phases of the call.
    pub phases: Vec<(PhaseId, Interval)>,
    /// Safeguards in place.
    pub safeguards: Vec<(SafeguardId, Interval)>,
    /// Events that happened, with their day and, when known, instant.
    pub events: Vec<(EventId, Moment)>,
    /// Acts that were done (they discharge duties).
    pub done: Vec<(Act, Moment)>,
    /// Legal holds, first and last day.
    pub holds: Vec<(ArtefactId, NaiveDate, Option<NaiveDate>)>,
    /// Up to this instant, what the log does not say did not happen.
    pub log_complete_to: Option<Instant>,
}

/// From an instant until before another, or still going.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// From; since always when `None`.
    pub from: Option<Instant>,
    /// Until; still going when `None`.
    pub until: Option<Instant>,
}

impl Interval {
    /// Whether `at` lies in it.
    #[must_use]
    pub fn contains(self, at: Instant) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }
}

/// A day, or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A day in the source's civil time.
    Day(NaiveDate),
    /// An instant.
    Instant(Instant),
}

/// Somebody, or a machine, on the call.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Unique in the call.
    pub id: String,
    /// The role; it says whether this is a machine.
    pub role: RoleId,
    /// Facts. A fact that is absent was not asked.
    pub facts: BTreeMap<FactId, Known>,
    /// Languages the person understands (BCP 47), the best first.
    pub languages: Vec<String>,
    /// On the line.
    pub on_line: Interval,
    /// What the person was told, in any order.
    pub told: Vec<Telling>,
    /// What the person said, in any order.
    pub said: Vec<Saying>,
}

/// Something a person was told.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// What.
    pub elements: BTreeSet<ElementId>,
    /// From when until when.
    pub from: Instant,
    /// Until; still going when `None`.
    pub to: Option<Instant>,
    /// By what means; `None` is not known.
    pub means: Option<MeansId>,
    /// In which language; `None` is not known.
    pub language: Option<String>,
    /// On the recording; computed from the captures when `None`.
    pub on_recording: Option<bool>,
    /// The notice that was given, for the record.
    pub notice: Option<NoticeId>,
}

/// Something a person said about a term.
#[derive(Clone, Debug, PartialEq)]
pub struct Saying {
    /// About what.
    pub term: Term,
    /// When.
    pub at: Instant,
    /// What.
    pub kind: SayingKind,
}

/// What a person said.
#[derive(Clone, Debug, PartialEq)]
pub enum SayingKind {
    /// Gave consent.
    Gave {
        /// At this level.
        level: Level,
        /// In this manner.
        manner: Option<MannerId>,
        /// On this form.
        form: Option<NoticeId>,
        /// Not bundled.
        separately: bool,
        /// On the recording; computed from the captures when `None`.
        on_recording: Option<bool>,
        /// For this call only.
        lasting_the_call: bool,
        /// Not valid after this instant.
        expires: Option<Instant>,
    },
    /// Refused, withdrew, objected.
    Against(Statement),
}

/// What is known of a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The values still possible.
    pub possible: Possible,
    /// How it is known.
    pub provenance: Provenance,
    /// The claims on which it rests, for a place.
    pub claims: Vec<Claim>,
}

/// A claim about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The place.
    pub place: Place,
    /// On what the claim rests.
    pub basis: Option<Basis>,
    /// The day on which it was so.
    pub as_of: Option<NaiveDate>,
}

/// On what a claim about a place rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Somebody said so.
    Asserted,
    /// A billing address.
    Billing,
    /// The number's area code.
    AreaCode,
    /// An IP address.
    Ip,
    /// A device's own position.
    Device,
    /// The company's own configuration.
    Configured,
}

impl Basis {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Billing => "billing",
            Self::AreaCode => "area-code",
            Self::Ip => "ip",
            Self::Device => "device",
            Self::Configured => "configured",
        }
    }
}

/// How a fact is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Provenance {
    /// The call states it.
    Given,
    /// The bundle states it.
    Bundle,
    /// The bundle presumes it.
    Presumed,
    /// It was asked and is not known.
    AskedUnknown,
}

/// The values that a fact may still have: never empty, except that a fact which does not apply has the value *nothing*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Possible {
    /// Every value of the fact.
    Anything,
    /// It does not apply: every test of it fails.
    Nothing,
    /// Yes, or no.
    YesNo(bool),
    /// One of these.
    OneOf(BTreeSet<ValueId>),
    /// These together, no others (for a fact with any number of values).
    Exactly(BTreeSet<ValueId>),
    /// These for certain, perhaps others.
    AtLeast(BTreeSet<ValueId>),
    /// One of these places.
    Place(BTreeSet<Place>),
    /// These places together, no others.
    Places(BTreeSet<Place>),
    /// A number of years, from, to, both possible.
    Years(u32, u32),
}
