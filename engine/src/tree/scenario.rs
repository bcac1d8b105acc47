//! Bundles and scenarios, resolved. A scenario's call is a `Context`, the same that a service gives.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use super::expression::{Act, Req, Term};
use super::{
    ActId, BundleId, ElementId, FactId, JudgmentId, PurposeId, ReadingId, RoleId, RuleId, SafeguardId, SourceId, Thing,
};
use crate::context::{Context, Possible};
use crate::source::Span;
pub use crate::syntax::ast::{DutyState, Impasse, KeepNow, Verdict};

/// What an organisation runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The sources it runs, ascending; every source when `None`.
    pub includes: Option<Vec<SourceId>>,
    /// Readings adopted.
    pub adopts: Vec<ReadingId>,
    /// Facts of call, company and recorder.
    pub given: Vec<(FactId, Possible)>,
    /// Presumptions.
    pub presumes: Vec<(FactId, Possible)>,
    /// Standing answers.
    pub answers: Vec<StandingAnswer>,
    /// The guarded acts; all captures and uses when `None`.
    pub guards: Option<Vec<ActId>>,
    /// What makes a guarded act lawful in an uncovered place; nothing when `None`.
    pub where_uncovered: Option<Req>,
    /// Alternatives in order of preference.
    pub prefers: Vec<ActId>,
    /// What to do on an impasse over an act.
    pub on_impasse: Vec<(ActId, Impasse)>,
    /// Purposes that are not barred by an unlawful capture, each with its authority.
    pub despite_unlawful: Vec<(PurposeId, String)>,
    /// Risk acceptances.
    pub risks: Vec<RiskAcceptance>,
    /// The whole declaration.
    pub span: Span,
    /// The name in it.
    pub name_span: Span,
}

/// A standing answer to a judgment.
#[derive(Clone, Debug, PartialEq)]
pub struct StandingAnswer {
    /// The judgment.
    pub judgment: JudgmentId,
    /// The answer.
    pub yes: bool,
    /// The authority.
    pub cite: String,
    /// The last day on which it stands.
    pub until: NaiveDate,
    /// As written.
    pub span: Span,
}

/// A signed risk acceptance: shown, changes nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskAcceptance {
    /// The rule whose risk is accepted.
    pub rule: RuleId,
    /// Who signed.
    pub signed: String,
    /// When.
    pub on: NaiveDate,
    /// The last day on which it stands.
    pub until: NaiveDate,
    /// Why.
    pub because: String,
    /// As written.
    pub span: Span,
}

/// A test in the language.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its title.
    pub title: String,
    /// What it runs.
    pub of: ScenarioOf,
    /// Readings it adopts.
    pub adopts: Vec<ReadingId>,
    /// Proposed rules it takes as enacted.
    pub assumes: Vec<RuleId>,
    /// Its call.
    pub context: Context,
    /// The instant at which to judge when an expectation names none.
    pub at: DateTime<Utc>,
    /// The offset from UTC in which its first instant is written.
    pub offset: FixedOffset,
    /// What it expects.
    pub expects: Vec<Expect>,
    /// The whole declaration.
    pub span: Span,
    /// Its title's place.
    pub title_span: Span,
}

/// What a scenario runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScenarioOf {
    /// These sources alone, every place covered.
    Sources(Vec<SourceId>),
    /// A bundle as it is.
    Bundle(BundleId),
}

/// An expectation.
#[derive(Clone, Debug, PartialEq)]
pub struct Expect {
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// What.
    pub what: Expectation,
    /// As written.
    pub span: Span,
}

/// What is expected.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    /// An act has this verdict.
    Verdict(Act, Verdict),
    /// Required and prohibited at once.
    Impasse(ActId),
    /// The best way tells somebody of this role these elements.
    Tell(RoleId, Vec<ElementId>),
    /// The best way asks somebody of this role for this.
    Ask(RoleId, Term),
    /// The best way puts this in place.
    Arrange(SafeguardId),
    /// The fact or judgment is among the needs of the act.
    Needs(Act, NeededWord),
    /// What to do: this act.
    OutcomeAct(ActId),
    /// What to do: what the bundle says on an impasse.
    OutcomeImpasse(Impasse),
    /// The thing must be kept until (true), or may be kept until, this day.
    Keep(Thing, Option<PurposeId>, bool, NaiveDate),
    /// What to do with the thing now.
    KeepNow(Thing, KeepNow),
    /// The state of a duty of this rule.
    Duty(RuleId, DutyState, Option<NaiveDate>),
}

/// What an expectation says is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeededWord {
    /// A fact.
    Fact(FactId),
    /// A judgment.
    Judgment(JudgmentId),
}
