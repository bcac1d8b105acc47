//! `onrecord.decision/1`: the decision as JSON, field by field, in the order in which it is written.

mod act;
mod action;
mod beside;
mod consent;
mod known;

use serde::Serialize;

use super::record::{InstantText, Named, Text, words};
use super::shape::FactForm;

pub use act::{
    ActDecisionForm, ActionRef, ExceptionForm, FormulaForm, NeedsForm, PersonForm, ReasonForm, ResumingForm,
    StretchForm, VerdictForm,
};
pub use action::{
    ActionForm, ActionKindForm, ActionTypeForm, AnswerForm, DisclosureForm, LeadForm, OutcomeForm, OutcomeWhatForm,
};
pub use beside::{
    DutyForm, DutyStateForm, EndForm, KeepNowForm, OneThingForm, PlaceOfForm, RetentionForm, ThingForm, UncoveredForm,
};
pub use consent::{ConsentForm, ConsentStateForm, GivenForm};
pub use known::{AnsweredForm, HowForm, KnownForm, ReadingForm, RiskForm, SourceForm};

/// Declares a part of the decision: an object. `field: T` is always there, `field?: T` where it applies.
macro_rules! part {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident $($maybe:literal)?: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name<'a> {
            $($(#[$field_meta])* $(#[serde(skip_serializing_if = $maybe)])? pub $field: $type,)+
        }
    };
}
pub(super) use part;

words! {
    /// The form and its version.
    DecisionSchema {
        /// The first.
        V1 "onrecord.decision/1",
    }
}

part! {
    /// What the engine says of one call.
    DecisionForm {
        /// The form and its version.
        schema: DecisionSchema,
        /// The call's own identifier, as given.
        id "Option::is_none": Option<Text<'a>>,
        /// The instant at which was judged (UTC).
        decided_at: InstantText<'a>,
        /// The policy that decided.
        policy: PolicyForm<'a>,
        /// The call that was decided on.
        context: DigestForm<'a>,
        /// Who is on the call, in the order of the context.
        parties: Vec<PartyRefForm<'a>>,
        /// The acts asked about, by name (as the language writes it, when more is said than a name).
        acts: Named<'a, ActDecisionForm<'a>>,
        /// The uses asked about, by purpose.
        uses: Named<'a, ActDecisionForm<'a>>,
        /// What can still be done. Ways and formulas refer to these by their keys.
        actions: Named<'a, ActionForm<'a>>,
        /// The notices to give for the outcome, with their words.
        disclosures: Vec<DisclosureForm<'a>>,
        /// What to do; absent when no act was asked about.
        outcome "Option::is_none": Option<OutcomeForm<'a>>,
        /// Duties beside the acts.
        duties: Vec<DutyForm<'a>>,
        /// Until when things must and may be kept.
        retention: Vec<RetentionForm<'a>>,
        /// Exceptions by which a duty or a period does not bind.
        waived: Vec<ExceptionForm<'a>>,
        /// Places that nobody reviewed, for the acts asked about.
        uncovered: Vec<UncoveredForm<'a>>,
        /// The facts that reasons and needs name, with what is known of them.
        facts: Named<'a, KnownForm<'a>>,
        /// Facts that the bundle presumes.
        presumed: Named<'a, FactForm<'a>>,
        /// Judgments that the bundle's standing answers answered.
        answered: Vec<AnsweredForm<'a>>,
        /// Adopted readings of the sources that spoke.
        readings: Vec<ReadingForm<'a>>,
        /// Signed risk acceptances that a rule of this decision touches. They change nothing.
        risks: Vec<RiskForm<'a>>,
        /// The sources that reasons name.
        sources: Named<'a, SourceForm<'a>>,
        /// What each person said about recording and use: the consent record.
        consents: Vec<ConsentForm<'a>>,
        /// What each person was told, and in which words.
        notices_given: Vec<GivenForm<'a>>,
    }
}

part! {
    /// The policy that decided; with the context's digest, enough to decide again and get the same.
    PolicyForm {
        /// `sha256:…` of every file of the policy.
        digest: Text<'a>,
        /// The bundle.
        bundle "Option::is_none": Option<Text<'a>>,
        /// Readings adopted beside the bundle's.
        adopted: Vec<Text<'a>>,
        /// Proposed rules taken as enacted.
        assumed: Vec<Text<'a>>,
    }
}

part! {
    /// A digest.
    DigestForm {
        /// `sha256:…` of the call in its canonical form.
        digest: Text<'a>,
    }
}

part! {
    /// Somebody, or a machine, on the call.
    PartyRefForm {
        /// As given.
        id: Text<'a>,
        /// The role.
        role: Text<'a>,
    }
}
