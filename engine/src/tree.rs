//! The resolved policy: every name an id, every period and date a value, every construct of the language reference in one
//! place. `resolve` builds it, `check` judges it, `compile` and the reference evaluator read it. It is never serialised.

pub mod expression;
pub mod rule;
pub mod scenario;
pub mod table;
pub mod vocabulary;

pub use expression::{
    Act, Cond, Doing, Gave, Of, PersonTest, Place, PlaceTest, PurposeTest, Quantifier, Req, Start, Term, Test, Timing,
    Told,
};
pub use rule::{
    Allow, Clause, ClauseKind, Coverage, DutyWhat, Exception, InForce, Keep, KeepSpan, Level, Notice, Period, Question,
    Reading, Rule, Source, Thing, Waive,
};
pub use scenario::{Bundle, Expect, Expectation, RiskAcceptance, Scenario, ScenarioOf, StandingAnswer};
pub use table::Table;
pub use vocabulary::{Fact, FactType, Group, Nature, Region, Role, Side, Word};

use std::sync::Arc;

use table::id;

id!(ActId, "An act of the vocabulary.");
id!(PurposeId, "A purpose.");
id!(CategoryId, "A category of personal data.");
id!(RoleId, "A role on a call.");
id!(FactId, "A fact.");
id!(ValueId, "A value of a fact: its index in the fact's list of values.");
id!(JudgmentId, "A judgment.");
id!(ElementId, "A thing that a notice states.");
id!(SafeguardId, "A safeguard.");
id!(MeansId, "A means of telling.");
id!(MannerId, "A manner of giving consent.");
id!(ArtefactId, "An artefact.");
id!(EventId, "An event.");
id!(PhaseId, "A phase of a call.");
id!(RecipientId, "A recipient.");
id!(RegionId, "A region.");
id!(SourceId, "A source of rules (a law, not a file).");
id!(QuestionId, "A contested question.");
id!(ReadingId, "A reading of a question.");
id!(RuleId, "A rule.");
id!(ExceptionId, "An exception.");
id!(NoticeId, "A notice or form.");
id!(BundleId, "A bundle.");

/// A whole policy, resolved.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Acts.
    pub acts: Table<ActId, vocabulary::ActWord>,
    /// Purposes.
    pub purposes: Table<PurposeId, Word<PurposeId>>,
    /// Categories.
    pub categories: Table<CategoryId, Word<CategoryId>>,
    /// Roles.
    pub roles: Table<RoleId, Role>,
    /// Facts.
    pub facts: Table<FactId, Fact>,
    /// Judgments.
    pub judgments: Table<JudgmentId, vocabulary::Judgment>,
    /// Elements of notices.
    pub elements: Table<ElementId, Word<ElementId>>,
    /// Safeguards.
    pub safeguards: Table<SafeguardId, vocabulary::Safeguard>,
    /// Means of telling.
    pub means: Table<MeansId, Word<MeansId>>,
    /// Manners of consent.
    pub manners: Table<MannerId, vocabulary::Manner>,
    /// Artefacts.
    pub artefacts: Table<ArtefactId, Word<ArtefactId>>,
    /// Events.
    pub events: Table<EventId, Word<EventId>>,
    /// Phases.
    pub phases: Table<PhaseId, vocabulary::Phase>,
    /// Recipients.
    pub recipients: Table<RecipientId, Word<RecipientId>>,
    /// Regions.
    pub regions: Table<RegionId, Region>,
    /// Sources.
    pub sources: Table<SourceId, Source>,
    /// Coverage claims.
    pub coverage: Vec<Coverage>,
    /// Contested questions.
    pub questions: Table<QuestionId, Question>,
    /// Their readings.
    pub readings: Table<ReadingId, Reading>,
    /// Rules.
    pub rules: Table<RuleId, Rule>,
    /// Exceptions, those inside rules included.
    pub exceptions: Table<ExceptionId, Exception>,
    /// Notices and forms.
    pub notices: Table<NoticeId, Notice>,
    /// Bundles.
    pub bundles: Table<BundleId, Bundle>,
    /// Scenarios.
    pub scenarios: Vec<Arc<Scenario>>,
    /// Words that the language itself speaks of.
    pub known: Known,
}

/// Words that the language itself speaks of. They are declared in the vocabulary like any other; a policy that needs one
/// that is not declared gets a diagnostic.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// The act `recording`: *on the recording*, *recording was made unlawfully*.
    pub recording: Option<ActId>,
    /// The act `use`: consent to a purpose is consent to `use for` it.
    pub using: Option<ActId>,
    /// The role `party`: everybody on the line.
    pub party: Option<RoleId>,
    /// The artefact `recording`.
    pub recording_artefact: Option<ArtefactId>,
    /// The fact of each party that reads `is in`: where the person is.
    pub location: Option<FactId>,
    /// The fact of the recorder that reads `is in`.
    pub recorder_location: Option<FactId>,
    /// The fact of the company that reads `is established in`.
    pub establishment: Option<FactId>,
}
