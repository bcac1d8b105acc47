//! The decision on one act, and why.

use serde::Serialize;

use super::part;
use crate::wire::record::{InstantText, Named, Text, words};

words! {
    /// Verdicts, the strictest last.
    VerdictForm {
        /// Lawful as things stand.
        Cleared "cleared",
        /// Lawful once one of its ways is done.
        Conditional "conditional",
        /// No way can take effect by now.
        NotNow "not-now",
        /// No way.
        Prohibited "prohibited",
    }
}

part! {
    /// The decision on one act.
    ActDecisionForm {
        /// The one field to branch on: lawful as things stand, and nothing that is unknown could change it.
        cleared: bool,
        /// The verdict: of the stretch under way if the act is running, else of one that begins now. Where facts are missing, the
        /// strictest that is possible.
        verdict: VerdictForm,
        /// Facts are missing that could change the decision.
        undetermined: bool,
        /// With `not-now`: the earliest instant at which a way takes effect; absent when something must be arranged first.
        earliest "Option::is_none": Option<InstantText<'a>>,
        /// Leaving the act undone is prohibited.
        required: bool,
        /// The law itself requires it (else a standard, a contract or the house does).
        required_by_law: bool,
        /// The law itself prohibits it.
        prohibited_by_law: bool,
        /// Neither doing it nor leaving it undone has an open way.
        impasse: bool,
        /// Whether it runs at the judged instant.
        running: bool,
        /// The ways: sets of actions after any of which it is lawful, the best first.
        ways: Vec<Vec<ActionRef>>,
        /// Whether these are all the ways.
        ways_complete: bool,
        /// The verdict as a function of the actions; always whole.
        formula: FormulaForm,
        /// If it is running: what a stretch that begins now would come to.
        resuming "Option::is_none": Option<ResumingForm>,
        /// Per person on the line.
        by_person: Named<'a, PersonForm>,
        /// The stretches so far, for an act that ran.
        stretches: Vec<StretchForm<'a>>,
        /// The rules that spoke.
        because: Vec<ReasonForm<'a>>,
        /// What one would need to know.
        needs: NeedsForm<'a>,
        /// Open questions of law that mattered.
        contested: Vec<Text<'a>>,
        /// Exceptions without which the act would not be lawful as things stand.
        relied_on: Vec<ExceptionForm<'a>>,
    }
}

/// A stretch that begins now.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResumingForm {
    /// Its verdict.
    pub verdict: VerdictForm,
    /// Its ways.
    pub ways: Vec<Vec<ActionRef>>,
    /// Whether these are all.
    pub ways_complete: bool,
    /// Its verdict as a function of the actions.
    pub formula: FormulaForm,
}

/// What concerns one person.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonForm {
    /// The verdict.
    pub verdict: VerdictForm,
    /// The ways.
    pub ways: Vec<Vec<ActionRef>>,
    /// Whether these are all.
    pub ways_complete: bool,
}

/// The key of an action: `a1`, `a2`, …
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActionRef(pub usize);

impl std::fmt::Display for ActionRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a{}", self.0 + 1)
    }
}

impl Serialize for ActionRef {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ActionRef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ActionRef".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^a[1-9][0-9]*$" })
    }
}

/// A monotone Boolean function over actions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum FormulaForm {
    /// Always, or never.
    Constant(bool),
    /// Once this action is done.
    Action(ActionRef),
    /// All of these.
    All {
        /// Which.
        all: Vec<FormulaForm>,
    },
    /// One of these.
    Any {
        /// Which.
        any: Vec<FormulaForm>,
    },
}

part! {
    /// A part of the call in which nothing changed.
    StretchForm {
        /// From.
        from: InstantText<'a>,
        /// Until; still going when absent.
        until "Option::is_none": Option<InstantText<'a>>,
        /// The verdict.
        verdict: VerdictForm,
    }
}

part! {
    /// A clause that spoke.
    ReasonForm {
        /// The rule.
        rule: Text<'a>,
        /// Its title.
        title: Text<'a>,
        /// Its source, a key of `sources`.
        source: Text<'a>,
        /// The clause's label, if it has one.
        clause "Option::is_none": Option<Text<'a>>,
        /// The exception whose price this clause is (a `then` clause).
        price_of "Option::is_none": Option<Text<'a>>,
        /// The provisions cited.
        cites: Vec<Text<'a>>,
        /// The file of the clause.
        file: Text<'a>,
        /// Its line, counted from 1.
        line: usize,
        /// What the clause comes to.
        verdict: VerdictForm,
        /// Whether facts that it reads are missing.
        undetermined: bool,
        /// The exceptions that added a way.
        exceptions: Vec<ExceptionForm<'a>>,
        /// The facts that it read, keys of `facts` where something is known or could be.
        facts: Vec<Text<'a>>,
    }
}

part! {
    /// An exception.
    ExceptionForm {
        /// Its name.
        exception: Text<'a>,
        /// Its title.
        title: Text<'a>,
        /// The provisions cited.
        cites: Vec<Text<'a>>,
        /// Its file.
        file: Text<'a>,
        /// Its line, counted from 1.
        line: usize,
    }
}

part! {
    /// What one would need to know.
    NeedsForm {
        /// The facts.
        facts: Vec<Text<'a>>,
        /// Whether each of them matters (else some may not).
        exact: bool,
    }
}
