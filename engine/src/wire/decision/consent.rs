//! The consent record.

use serde::Serialize;

use super::part;
use crate::wire::form::{Level, Said};
use crate::wire::record::{InstantText, LanguageText, Text, words};
use crate::wire::shape::ActForm;

words! {
    /// Where a statement stands at the judged instant (DPV 2.3 consent states).
    ConsentStateForm {
        /// Consent is given and stands (`dpv:ConsentGiven`).
        Given "given",
        /// It was refused (`dpv:ConsentRefused`).
        Refused "refused",
        /// It was taken back (`dpv:ConsentWithdrawn`).
        Withdrawn "withdrawn",
        /// The person objected.
        Objected "objected",
        /// It is no longer valid (`dpv:ConsentExpired`).
        Expired "expired",
        /// A later statement on the same term stands instead.
        Superseded "superseded",
    }
}

part! {
    /// What one person said about one term: who, what, when, how, under which notice text, under which policy. Whole by itself, so
    /// that it can be stored with the recording (the information of ISO/IEC TS 27560).
    ConsentForm {
        /// The call's own identifier.
        call "Option::is_none": Option<Text<'a>>,
        /// Who.
        party: Text<'a>,
        /// In which role.
        role: Text<'a>,
        /// What was said.
        said: Said,
        /// To what.
        to: ActForm<'a>,
        /// When (UTC).
        at: InstantText<'a>,
        /// Where it stands at the judged instant.
        state: ConsentStateForm,
        /// A consent: its level.
        level "Option::is_none": Option<Level>,
        /// How it was given.
        manner "Option::is_none": Option<Text<'a>>,
        /// The form that was agreed to.
        form "Option::is_none": Option<Text<'a>>,
        /// Its words, in the person's language.
        form_text "Option::is_none": Option<Text<'a>>,
        /// Not bundled with another consent.
        separately "Option::is_none": Option<bool>,
        /// Whether the statement is on the recording.
        on_recording: bool,
        /// For this call only.
        lasting_the_call "Option::is_none": Option<bool>,
        /// Not valid after this instant.
        expires "Option::is_none": Option<InstantText<'a>>,
        /// The notices that the person had been given by then.
        under: Vec<GivenForm<'a>>,
        /// The digest of the policy under which it was judged.
        policy: Text<'a>,
    }
}

part! {
    /// Something a person was told.
    GivenForm {
        /// Who was told.
        party: Text<'a>,
        /// The notice.
        notice "Option::is_none": Option<Text<'a>>,
        /// What was said.
        elements: Vec<Text<'a>>,
        /// From (UTC).
        from: InstantText<'a>,
        /// Until; still going when absent.
        to "Option::is_none": Option<InstantText<'a>>,
        /// By what means.
        means "Option::is_none": Option<Text<'a>>,
        /// In which language.
        language "Option::is_none": Option<LanguageText<'a>>,
        /// The words of the notice in that language.
        text "Option::is_none": Option<Text<'a>>,
        /// Whether the telling is on the recording.
        on_recording: bool,
    }
}
