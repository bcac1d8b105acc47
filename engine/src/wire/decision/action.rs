//! What can still be done, the words to do it with, what to do.

use serde::Serialize;

use super::{ActionRef, StretchForm, part};
use crate::wire::form::Level;
use crate::wire::record::{InstantText, LanguageText, Text, words};
use crate::wire::shape::ActForm;

words! {
    /// How an action is done.
    ActionKindForm {
        /// Do it.
        Do "do",
        /// Ask somebody.
        Ask "ask",
        /// Keep it up (a tone).
        KeepUp "keep-up",
        /// It is done; wait until it takes effect.
        Wait "wait",
        /// Arrange it.
        Arrange "arrange",
    }
}

words! {
    /// What an action is.
    ActionTypeForm {
        /// Telling somebody something.
        Notice "notice",
        /// Obtaining somebody's consent.
        Consent "consent",
        /// Putting a safeguard in place.
        Safeguard "safeguard",
    }
}

words! {
    /// Where an action can be done from.
    LeadForm {
        /// In the call.
        InCall "in-call",
        /// Before the call only.
        BeforeCall "before-call",
        /// By the organisation.
        Organisation "organisation",
    }
}

part! {
    /// Something that can still be done.
    ActionForm {
        /// What it is.
        r#type: ActionTypeForm,
        /// How it is done.
        kind: ActionKindForm,
        /// To whom: a party.
        to "Option::is_none": Option<Text<'a>>,
        /// A notice: what is to be told.
        elements "Vec::is_empty": Vec<Text<'a>>,
        /// A notice: by what means, where the law says.
        means "Option::is_none": Option<Text<'a>>,
        /// A notice: in a language that the person understands.
        their_language "Option::is_none": Option<bool>,
        /// A consent: at least this level.
        level "Option::is_none": Option<Level>,
        /// A consent: to what.
        consent_to "Option::is_none": Option<ActForm<'a>>,
        /// A consent: in what manner, where the law says.
        manner "Option::is_none": Option<Text<'a>>,
        /// A consent: on which form, where the law says.
        form "Option::is_none": Option<Text<'a>>,
        /// A consent: not bundled with another.
        separately "Option::is_none": Option<bool>,
        /// On the recording.
        on_recording "Option::is_none": Option<bool>,
        /// A safeguard.
        safeguard "Option::is_none": Option<Text<'a>>,
        /// The act before which it must be done.
        before "Option::is_none": Option<Text<'a>>,
        /// Where it can be done from.
        lead: LeadForm,
        /// It takes effect at this instant; at once when absent.
        effective_at "Option::is_none": Option<InstantText<'a>>,
        /// The notice or form that does it.
        notice "Option::is_none": Option<Text<'a>>,
        /// The language of its words.
        language "Option::is_none": Option<LanguageText<'a>>,
        /// Its words.
        text "Option::is_none": Option<Text<'a>>,
    }
}

part! {
    /// A notice to give.
    DisclosureForm {
        /// To whom.
        to: Vec<Text<'a>>,
        /// What it must state.
        elements: Vec<Text<'a>>,
        /// The notice; absent when none states these elements in a language that is understood.
        notice "Option::is_none": Option<Text<'a>>,
        /// The language of its words.
        language "Option::is_none": Option<LanguageText<'a>>,
        /// Its words.
        text "Option::is_none": Option<Text<'a>>,
        /// The actions that it does.
        actions: Vec<ActionRef>,
    }
}

words! {
    /// What to do.
    OutcomeWhatForm {
        /// Do the act, after what stands in `after`.
        Do "do",
        /// Go on without the act.
        Without "without",
        /// The act is required and prohibited: what the bundle says stands in `answer`.
        Impasse "impasse",
    }
}

words! {
    /// What the bundle says on an impasse.
    AnswerForm {
        /// Decline the call.
        DeclineCall "decline-call",
        /// Go on without the act.
        ContinueWithout "continue-without",
        /// Ask a person.
        AskAPerson "ask-a-person",
    }
}

part! {
    /// What to do.
    OutcomeForm {
        /// What.
        what: OutcomeWhatForm,
        /// The act: the one asked about first, or a preferred alternative.
        act: Text<'a>,
        /// On an impasse: what the bundle says.
        answer "Option::is_none": Option<AnswerForm>,
        /// Whom to capture.
        record: Vec<Text<'a>>,
        /// What to do first: the best way.
        after: Vec<ActionRef>,
        /// Stretches so far in which the capture was not lawful.
        pause: Vec<StretchForm<'a>>,
    }
}
