//! What was known: facts, standing answers, readings, accepted risks, sources.

use serde::Serialize;

use super::part;
use crate::wire::form::LocationForm;
use crate::wire::record::{DayText, Text, words};
use crate::wire::shape::FactForm;

words! {
    /// How a fact is known.
    HowForm {
        /// The call states it.
        Given "given",
        /// The bundle states it.
        Bundle "bundle",
        /// The bundle presumes it.
        Presumed "presumed",
        /// The bundle's standing answer.
        Answered "answered",
        /// It was asked and is not known.
        AskedUnknown "asked-unknown",
        /// It was not asked.
        NotAsked "not-asked",
    }
}

part! {
    /// What is known of a fact.
    KnownForm {
        /// What is known; `null` when nothing is.
        value: FactForm<'a>,
        /// How.
        known: HowForm,
        /// For a place: the claims on which it rests.
        claims "Vec::is_empty": Vec<LocationForm<'a>>,
    }
}

part! {
    /// A standing answer.
    AnsweredForm {
        /// The judgment.
        judgment: Text<'a>,
        /// The answer.
        answer: bool,
        /// Its authority.
        cite: Text<'a>,
        /// The last day on which it stands.
        until: DayText<'a>,
    }
}

part! {
    /// An adopted reading.
    ReadingForm {
        /// The reading.
        reading: Text<'a>,
        /// The question that it answers.
        question: Text<'a>,
        /// What it holds.
        label: Text<'a>,
        /// Its authorities.
        cites: Vec<Text<'a>>,
    }
}

part! {
    /// A signed risk acceptance.
    RiskForm {
        /// The rule.
        rule: Text<'a>,
        /// Who signed.
        signed: Text<'a>,
        /// The last day on which it stands.
        until: DayText<'a>,
        /// Why.
        because: Text<'a>,
    }
}

part! {
    /// A source.
    SourceForm {
        /// Its title.
        title: Text<'a>,
        /// `legislation`, `regulation`, `case-law`, `guidance`, `contract` or `house`.
        level: Text<'a>,
        /// `civil`, `criminal`, `administrative`, `contractual`.
        kinds: Vec<Text<'a>>,
        /// Its citations.
        cites: Vec<Text<'a>>,
        /// When somebody last read it.
        checked "Option::is_none": Option<DayText<'a>>,
        /// When it is to be read again.
        recheck_by "Option::is_none": Option<DayText<'a>>,
        /// How sure the encoding is: `high`, `medium`, `low`.
        confidence "Option::is_none": Option<Text<'a>>,
    }
}
