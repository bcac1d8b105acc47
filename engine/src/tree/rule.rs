//! Sources, rules, exceptions, notices, resolved.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::expression::{Act, Cond, Place, PlaceTest, Req, Term, Told};
use super::{
    ActId, ArtefactId, CategoryId, ElementId, EventId, ExceptionId, MannerId, MeansId, PurposeId, QuestionId,
    ReadingId, RuleId, SourceId,
};
use crate::source::Span;
pub use crate::syntax::ast::{Level, Unit};

/// A source.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its rank.
    pub level: Rank,
    /// Its kinds.
    pub kinds: Vec<SourceKind>,
    /// Its citations.
    pub cites: Vec<String>,
    /// The official text's address.
    pub text_at: Option<String>,
    /// When it was last read.
    pub checked: Option<NaiveDate>,
    /// When to read it again.
    pub recheck_by: Option<NaiveDate>,
    /// How sure the encoding is.
    pub confidence: Option<Confidence>,
    /// Connecting factors: alternatives, each perhaps under a reading. Empty: it applies everywhere.
    pub applies: Vec<(Cond, Option<ReadingId>)>,
    /// The zone of its periods.
    pub civil_time: Option<Tz>,
    /// The convention of its periods.
    pub convention: Option<Convention>,
    /// Consent by staying.
    pub staying: Option<Told>,
    /// The whole declaration.
    pub span: Span,
    /// The name in it.
    pub name_span: Span,
}

/// Ranks of sources, the strongest first. The first three are law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rank {
    /// `legislation`
    Legislation,
    /// `regulation`
    Regulation,
    /// `case-law`
    CaseLaw,
    /// `guidance`
    Guidance,
    /// `contract`
    Contract,
    /// `house`
    House,
}

impl Rank {
    /// Whether it is law.
    #[must_use]
    pub fn is_law(self) -> bool {
        self <= Self::CaseLaw
    }
}

/// Kinds of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceKind {
    /// `civil`
    Civil,
    /// `criminal`
    Criminal,
    /// `administrative`
    Administrative,
    /// `contractual`
    Contractual,
}

/// How sure an encoding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// `low`
    Low,
    /// `medium`
    Medium,
    /// `high`
    High,
}

/// Conventions for periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Convention {
    /// Regulation (EEC, Euratom) No 1182/71: the day of the event does not count; a missing day is the month's last.
    Regulation1182,
}

/// A coverage claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The place.
    pub place: Place,
    /// And its subdivisions.
    pub subdivisions: bool,
    /// The acts.
    pub acts: Vec<ActId>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: Option<NaiveDate>,
    /// As written.
    pub span: Span,
}

/// A contested question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its name.
    pub name: String,
    /// The question.
    pub asks: String,
    /// Its readings.
    pub readings: Vec<ReadingId>,
    /// The whole declaration.
    pub span: Span,
    /// The name in it.
    pub name_span: Span,
}

/// A reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub label: String,
    /// Its authorities.
    pub cites: Vec<String>,
    /// The question it answers.
    pub question: QuestionId,
    /// The whole declaration.
    pub span: Span,
    /// The name in it.
    pub name_span: Span,
}

/// A rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// Its title; the name when none was given.
    pub title: String,
    /// Its source.
    pub source: SourceId,
    /// Its citations.
    pub cites: Vec<String>,
    /// In plain English.
    pub summary: Option<String>,
    /// When it binds.
    pub in_force: InForce,
    /// Its clauses, `displaces` among them.
    pub clauses: Vec<Clause>,
    /// The exceptions to it, in ascending order.
    pub exceptions: Vec<ExceptionId>,
    /// The whole declaration.
    pub span: Span,
    /// The name in it.
    pub name_span: Span,
}

/// When a rule binds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InForce {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub until: Option<NaiveDate>,
    /// A bill.
    pub proposed: bool,
    /// Suspended, from, until.
    pub stayed: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// Of no effect from this day.
    pub annulled: Option<NaiveDate>,
    /// In force, not enforced until this day; decides nothing.
    pub sanction_deferred: Option<NaiveDate>,
}

impl InForce {
    /// Whether nothing is said of it: it binds on every day.
    #[must_use]
    pub fn is_always(&self) -> bool {
        self.from.is_none() && self.until.is_none() && self.annulled.is_none() && self.stayed.is_empty()
    }

    /// Whether it binds on a day, a bill aside.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
            && self.annulled.is_none_or(|annulled| day < annulled)
            && !self.stayed.iter().any(|(from, until)| *from <= day && until.is_none_or(|until| day <= until))
    }
}

/// A clause.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Its label.
    pub label: Option<String>,
    /// What it says.
    pub kind: ClauseKind,
    /// Under which reading alone.
    pub reading: Option<ReadingId>,
    /// As written.
    pub span: Span,
}

/// What a clause says. `require ACT` is `Prohibit` of `not ACT`; `require R before A` is `Prohibit` of A unless R.
#[derive(Clone, Debug, PartialEq)]
pub enum ClauseKind {
    /// While the condition holds, the act is lawful only by the requirement.
    Prohibit {
        /// The act.
        act: Act,
        /// The condition; true when absent.
        condition: Option<Cond>,
        /// The requirement; unsatisfiable when absent.
        unless: Option<Req>,
    },
    /// A duty beside the act.
    Duty {
        /// What is due.
        what: DutyWhat,
        /// Again and again.
        recurring: bool,
        /// Within, or every.
        period: Period,
        /// From.
        event: EventId,
        /// The clock stops from, to.
        paused: Option<(EventId, EventId)>,
        /// The condition.
        condition: Option<Cond>,
    },
    /// A floor or a ceiling.
    Keep(Keep),
    /// Pre-emption.
    Displaces {
        /// The rule that gives way.
        rule: RuleId,
        /// The authority.
        cites: Vec<String>,
    },
}

/// What a duty demands.
#[derive(Clone, Debug, PartialEq)]
pub enum DutyWhat {
    /// An act.
    Act(Act),
    /// That persons be told: a `Req::Persons`.
    Told(Req),
}

/// A floor or a ceiling.
#[derive(Clone, Debug, PartialEq)]
pub struct Keep {
    /// What.
    pub thing: Thing,
    /// For which purpose alone.
    pub purpose: Option<PurposeId>,
    /// A floor (true) or a ceiling.
    pub at_least: bool,
    /// How long.
    pub span: KeepSpan,
    /// A ceiling that a binding floor of law raises.
    pub yields: bool,
    /// It reaches data that is held when it comes into force.
    pub data_held: bool,
    /// The condition.
    pub condition: Option<Cond>,
}

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// An artefact.
    Artefact(ArtefactId),
    /// A category wherever it occurs.
    Category(CategoryId),
    /// A category inside an artefact.
    In(CategoryId, ArtefactId),
    /// One of these artefacts is enough.
    AnyOf(Vec<ArtefactId>),
}

/// How long.
#[derive(Clone, Debug, PartialEq)]
pub enum KeepSpan {
    /// A period from an event.
    From(Period, EventId),
    /// Until an event.
    Until(EventId),
    /// The earliest end.
    Earlier(Vec<KeepSpan>),
    /// The latest end.
    Later(Vec<KeepSpan>),
}

/// A period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
    /// Whose business days.
    pub region: Option<PlaceTest>,
}

/// An exception.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// Its name.
    pub name: String,
    /// Its title; the name when none was given.
    pub title: String,
    /// The source of the rules it excepts (they have one).
    pub source: SourceId,
    /// The rules it excepts, in ascending order.
    pub rules: Vec<RuleId>,
    /// Its citations.
    pub cites: Vec<String>,
    /// In plain English.
    pub summary: Option<String>,
    /// Ways it adds.
    pub allows: Vec<Allow>,
    /// What it waives.
    pub waives: Vec<Waive>,
    /// What relying on it costs.
    pub thens: Vec<Clause>,
    /// The whole declaration.
    pub span: Span,
    /// The name in it.
    pub name_span: Span,
}

/// A way that an exception adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Allow {
    /// The act.
    pub act: Act,
    /// The condition.
    pub condition: Option<Cond>,
    /// The requirement; met when absent.
    pub provided: Option<Req>,
    /// Under which reading alone.
    pub reading: Option<ReadingId>,
    /// As written.
    pub span: Span,
}

/// A duty or a period that does not bind.
#[derive(Clone, Debug, PartialEq)]
pub struct Waive {
    /// The rule.
    pub rule: RuleId,
    /// The index of the clause in it.
    pub clause: usize,
    /// The condition.
    pub condition: Option<Cond>,
    /// As written.
    pub span: Span,
}

/// A notice or a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Whether it is a form to agree to.
    pub form: bool,
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it states, ascending.
    pub states: Vec<ElementId>,
    /// By what means; any when empty.
    pub means: Vec<MeansId>,
    /// In what manner a form is agreed to.
    pub manners: Vec<MannerId>,
    /// What saying yes consents to.
    pub asks_for: Vec<Term>,
    /// The words per language (BCP 47, as written, canonical case).
    pub wordings: Vec<(String, String)>,
    /// The whole declaration.
    pub span: Span,
    /// The name in it.
    pub name_span: Span,
}
