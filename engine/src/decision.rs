//! What the engine says of a call: a verdict per act and use, per person and stretch, with its ways, and everything that follows.
//! Ids refer to the policy that the decision carries; `wire` renders it as JSON, the command as a page.

mod question;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::compile::PolicySet;
use crate::context::{Instant, Possible};
use crate::syntax::ast::FactOf;
pub use crate::syntax::ast::{DutyState, Impasse, KeepNow, Lead, Level};
use crate::tree::{
    Act, ActId, BundleId, ElementId, ExceptionId, FactId, JudgmentId, MannerId, MeansId, NoticeId, Place, PurposeId,
    QuestionId, ReadingId, RoleId, RuleId, SafeguardId, Term, Thing,
};
pub use question::lower;

/// A whole decision.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The policy that decided.
    pub policy: Arc<PolicySet>,
    /// The call's own identifier.
    pub call: Option<String>,
    /// The instant at which was judged.
    pub at: Instant,
    /// The bundle.
    pub bundle: Option<BundleId>,
    /// Readings adopted beside the bundle's.
    pub adopted: Vec<ReadingId>,
    /// Proposed rules taken as enacted.
    pub assumed: Vec<RuleId>,
    /// Who is on the call: identifiers, in the order of the context; the decision's person indexes point here.
    pub parties: Vec<String>,
    /// Their roles.
    pub roles: Vec<RoleId>,
    /// The acts asked for.
    pub acts: Vec<ActDecision>,
    /// The uses asked for.
    pub uses: Vec<ActDecision>,
    /// Everything that can still be done, as far as a verdict speaks of it.
    pub actions: Vec<Action>,
    /// The fewest notices that cover what is to be told in the outcome's way.
    pub disclosures: Vec<Disclosure>,
    /// What to do.
    pub outcome: Outcome,
    /// Duties beside the acts.
    pub duties: Vec<Duty>,
    /// Until when what must and may be kept.
    pub retention: Vec<Retention>,
    /// Exceptions by which a duty or a period does not bind.
    pub waived: Vec<ExceptionId>,
    /// Places that nobody reviewed, for the acts asked.
    pub uncovered: Vec<Uncovered>,
    /// Facts that were presumed.
    pub presumed: Vec<(FactId, Possible)>,
    /// Judgments that the bundle's standing answers answered: answer, authority, last day.
    pub answered: Vec<(JudgmentId, bool, String, NaiveDate)>,
    /// Readings adopted that decided something.
    pub readings: Vec<ReadingId>,
    /// Risk acceptances in force that a rule of this decision touches: rule, signed by, until, because.
    pub risks: Vec<(RuleId, String, NaiveDate, String)>,
}

/// A verdict. Stricter is later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Lawful as things stand.
    Cleared,
    /// Lawful once one of its ways is done.
    Conditional,
    /// No way can take effect by now.
    NotNow,
    /// No way.
    Prohibited,
}

/// The decision on one act.
#[derive(Clone, Debug)]
pub struct ActDecision {
    /// The act as asked.
    pub act: Act,
    /// The verdict: of the stretch under way if the act is running, else of one that begins now.
    pub verdict: Verdict,
    /// With `NotNow`: the earliest instant at which a way takes effect; `None` when something must be arranged first.
    pub earliest: Option<Instant>,
    /// Leaving it undone is prohibited.
    pub required: bool,
    /// The law itself prohibits leaving it undone (else a standard, a contract or the house does).
    pub required_by_law: bool,
    /// The law itself prohibits it.
    pub prohibited_by_law: bool,
    /// Neither doing it nor leaving it undone has an open way.
    pub impasse: bool,
    /// Facts are missing; the verdict is the strictest of all that are possible.
    pub undetermined: bool,
    /// Whether the act runs at the judged instant.
    pub running: bool,
    /// The verdict as a function of the actions; always whole.
    pub formula: Formula,
    /// The ways, the best first.
    pub ways: Ways,
    /// If the act is running: what a stretch that begins now would come to (the formula and ways of resuming it).
    pub next: Option<(Verdict, Formula, Ways)>,
    /// Per person on the line (index into `Decision::parties`).
    pub by_person: Vec<(usize, Verdict, Ways)>,
    /// The stretches so far, for an act that ran.
    pub stretches: Vec<Stretch>,
    /// The rules that spoke.
    pub because: Vec<Reason>,
    /// What one would need to know.
    pub needs: Needs,
    /// Open questions that mattered.
    pub contested: Vec<QuestionId>,
    /// Exceptions without which the act would not be lawful as things stand.
    pub relied_on: Vec<ExceptionId>,
}

/// A part of the call in which nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// From.
    pub from: Instant,
    /// Until; still going when `None`.
    pub until: Option<Instant>,
    /// The verdict.
    pub verdict: Verdict,
}

/// A monotone Boolean function over actions (indexes into `Decision::actions`), factored.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Formula {
    /// Always.
    True,
    /// Never.
    False,
    /// Once this action is done.
    Action(usize),
    /// All of these.
    All(Vec<Formula>),
    /// One of these.
    Any(Vec<Formula>),
}

/// Ways: minimal sets of actions, the best first. Cheap to clone: each person whose verdict is that of all has the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// The ways, each ascending.
    pub list: Arc<[Vec<usize>]>,
    /// Whether these are all.
    pub complete: bool,
}

/// Something that can still be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What.
    pub what: ActionWhat,
    /// How it is done.
    pub kind: ActionKind,
    /// The act it is for, and whether it must come before it.
    pub before: Option<ActId>,
    /// Whether it can be done, waits, or can no longer be done.
    pub status: ActionStatus,
    /// Where it can be done from.
    pub lead: Lead,
    /// A notice or form to do it with, and the language of its wording.
    pub text: Option<(NoticeId, String)>,
}

/// What can be done.
#[derive(Clone, Debug, PartialEq)]
pub enum ActionWhat {
    /// Tell a person.
    Tell {
        /// Index into `Decision::parties`.
        person: usize,
        /// What, ascending.
        elements: Vec<ElementId>,
        /// By what means.
        means: Option<MeansId>,
        /// In a language the person understands.
        their_language: bool,
        /// On the recording.
        on_recording: bool,
        /// Kept up as long as the act lasts.
        throughout: bool,
    },
    /// Obtain a person's consent.
    Ask {
        /// Index into `Decision::parties`.
        person: usize,
        /// At least this level.
        level: Level,
        /// To what.
        term: Term,
        /// In what manner.
        manner: Option<MannerId>,
        /// On which form.
        form: Option<NoticeId>,
        /// Not bundled.
        separately: bool,
        /// On the recording.
        on_recording: bool,
    },
    /// Put a safeguard in place.
    Arrange(SafeguardId),
}

/// How an action is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActionKind {
    /// Do it.
    Do,
    /// Ask somebody.
    Ask,
    /// Keep it up (a tone).
    KeepUp,
    /// It is done; wait until it takes effect.
    Wait,
    /// Arrange it.
    Arrange,
}

/// Whether an action can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActionStatus {
    /// It can be done.
    Open,
    /// It takes effect at this instant.
    Waiting(Instant),
}

/// A rule that spoke, and what it came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The rule.
    pub rule: RuleId,
    /// The clause's index in it.
    pub clause: usize,
    /// The exception whose `then` clause this is (the index is then into its `thens`).
    pub then_of: Option<ExceptionId>,
    /// What the clause comes to.
    pub verdict: Verdict,
    /// Whether facts that it reads are missing.
    pub undetermined: bool,
    /// The exceptions that added a way.
    pub exceptions: Vec<ExceptionId>,
    /// It speaks through the capture, which was (or may have been) unlawful under the rule.
    pub of_capture: bool,
}

/// A fact that a clause read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactRead {
    /// A fact of call, company or recorder.
    Fact(FactId),
    /// A fact of a person.
    Person(usize, FactId),
    /// A judgment.
    Judgment(JudgmentId),
    /// What the intended purposes are.
    IntendedPurposes,
    /// What the promised purposes are.
    PromisedPurposes,
    /// Whether the person refused, withdrew or objected.
    Statement(usize),
    /// Whether a phase is under way.
    Phase(crate::tree::PhaseId),
    /// Which categories of data the call holds.
    Categories,
    /// Whether there are other persons on the line.
    OtherPersons,
    /// How a question is answered.
    Question(QuestionId),
    /// Whether the capture was unlawful or relied on an exception.
    Capture,
    /// Whether a proposed rule is enacted.
    Enacted(RuleId),
    /// Whether an event has happened, and when.
    Event(crate::tree::EventId),
}

/// What one would need to know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Needs {
    /// The facts.
    pub list: Vec<FactRead>,
    /// Whether each of them matters (else: some may not).
    pub exact: bool,
}

/// A notice to give.
#[derive(Clone, Debug, PartialEq)]
pub struct Disclosure {
    /// To whom: indexes into `Decision::parties`.
    pub to: Vec<usize>,
    /// What it must state.
    pub elements: Vec<ElementId>,
    /// The notice, its language and its words; `None` when no notice states these elements (in a language that is understood).
    pub text: Option<(NoticeId, String, String)>,
    /// The actions that it discharges.
    pub actions: Vec<usize>,
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What.
    pub what: OutcomeWhat,
    /// Which persons are captured: indexes into `Decision::parties`.
    pub record: Vec<usize>,
    /// Actions to do first: the best way.
    pub after: Vec<usize>,
    /// Stretches so far in which the capture was not lawful.
    pub pause: Vec<Stretch>,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeWhat {
    /// Do this act: the one asked, or a preferred alternative.
    Do(ActId),
    /// Leave the asked act undone and go on.
    Without(ActId),
    /// An impasse: what the bundle says.
    Impasse(ActId, Impasse),
}

/// A duty.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// The rule.
    pub rule: RuleId,
    /// The clause's index in it.
    pub clause: usize,
    /// The exception whose `then` clause this is.
    pub then_of: Option<ExceptionId>,
    /// Its state.
    pub state: DutyState,
    /// When it is due.
    pub due: Option<End>,
    /// Facts are missing: it may not bind.
    pub undetermined: bool,
}

/// Until when a thing must and may be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Retention {
    /// What.
    pub thing: Thing,
    /// For which purpose; `None` is the thing as such.
    pub purpose: Option<PurposeId>,
    /// It must be kept until.
    pub keep_until: Option<End>,
    /// It may be kept (with a purpose: used for it) until.
    pub erase_by: Option<End>,
    /// What to do with it now.
    pub now: KeepNow,
    /// Facts are missing.
    pub undetermined: bool,
    /// What one would need to know.
    pub needs: Vec<FactRead>,
    /// The rules that set these ends.
    pub because: Vec<Reason>,
}

/// An end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The last day.
    Day(NaiveDate),
    /// An instant.
    Instant(Instant),
    /// Not yet a date: “3 years from last-interaction”.
    Symbolic(String),
    /// As long as a legal hold stands.
    Hold,
}

/// A place that nobody reviewed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Uncovered {
    /// For which act.
    pub act: ActId,
    /// The place; `None` when it is not known.
    pub place: Option<Place>,
    /// Whose: a person's index, or the recorder's or the company's.
    pub of: UncoveredOf,
}

/// Whose place is uncovered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UncoveredOf {
    /// A person's.
    Person(usize),
    /// The recorder's.
    Recorder,
    /// The company's.
    Company,
}

impl ActDecision {
    /// Whether the act is lawful as things stand.
    #[must_use]
    pub fn is_cleared(&self) -> bool {
        self.verdict == Verdict::Cleared && !self.undetermined
    }
}

impl Decision {
    /// The decision on an act, by name.
    #[must_use]
    pub fn act(&self, name: &str) -> Option<&ActDecision> {
        self.acts.iter().find(|decided| self.policy.tree.acts.name(decided.act.act) == name)
    }

    /// The decision on a use, by its purpose's name.
    #[must_use]
    pub fn using(&self, purpose: &str) -> Option<&ActDecision> {
        let named = |id: PurposeId| self.policy.tree.purposes.name(id) == purpose;
        self.uses.iter().find(|decided| decided.act.purpose.is_some_and(named))
    }

    /// The facts that a reason's clause reads. Worked out when asked for: a decision in the path of a call does not need it.
    #[must_use]
    pub fn facts(&self, reason: &Reason) -> Vec<FactRead> {
        crate::evaluate::facts_read(&self.policy.tree, &self.roles, reason)
    }

    /// The name of a fact as needs and reasons write it: `customer-1.location`, `company.investment-firm`, `judged private-communication`.
    #[must_use]
    pub fn fact_name(&self, read: &FactRead) -> String {
        let tree = &self.policy.tree;
        let person = |index: &usize| self.parties.get(*index).map_or("party", String::as_str);
        match read {
            FactRead::Fact(fact) => {
                let holder = match tree.facts.get(*fact).map(|fact| fact.of) {
                    Some(FactOf::Company) => "company",
                    Some(FactOf::Recorder) => "recorder",
                    _ => "call",
                };
                format!("{holder}.{}", tree.facts.name(*fact))
            }
            FactRead::Person(index, fact) => format!("{}.{}", person(index), tree.facts.name(*fact)),
            FactRead::Judgment(judgment) => format!("judged {}", tree.judgments.name(*judgment)),
            FactRead::IntendedPurposes => "intended purposes".to_owned(),
            FactRead::PromisedPurposes => "promised purposes".to_owned(),
            FactRead::Statement(index) => format!("{}.refused", person(index)),
            FactRead::Phase(phase) => format!("phase {}", tree.phases.name(*phase)),
            FactRead::Categories => "categories".to_owned(),
            FactRead::OtherPersons => "parties complete".to_owned(),
            FactRead::Question(question) => format!("reading of {}", tree.questions.name(*question)),
            FactRead::Capture => "how it was captured".to_owned(),
            FactRead::Enacted(rule) => format!("enacted {}", tree.rules.name(*rule)),
            FactRead::Event(event) => format!("event {}", tree.events.name(*event)),
        }
    }
}
