//! Duties, retention, places that nobody reviewed.

use serde::Serialize;

use super::{ReasonForm, part};
use crate::wire::record::{DayText, InstantText, RegionText, Text, words};

words! {
    /// The state of a duty.
    DutyStateForm {
        /// It is due.
        Due "due",
        /// It was met.
        Met "met",
        /// It was not met in time.
        Breached "breached",
        /// Its clock stands still.
        Paused "paused",
        /// Its event has not happened.
        NotDue "not-due",
    }
}

part! {
    /// A duty.
    DutyForm {
        /// The rule.
        rule: Text<'a>,
        /// Its title.
        title: Text<'a>,
        /// The clause's label, if it has one.
        clause "Option::is_none": Option<Text<'a>>,
        /// The exception whose price this duty is (a `then` clause).
        price_of "Option::is_none": Option<Text<'a>>,
        /// Its source, a key of `sources`.
        source: Text<'a>,
        /// The provisions cited.
        cites: Vec<Text<'a>>,
        /// The file of the clause.
        file: Text<'a>,
        /// Its line, counted from 1.
        line: usize,
        /// Its state.
        state: DutyStateForm,
        /// When it is due.
        due "Option::is_none": Option<EndForm<'a>>,
        /// Facts are missing: it may not bind.
        undetermined: bool,
    }
}

/// An end: one of the four.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EndForm<'a> {
    /// The last day, in the civil time of the source.
    Day(DayText<'a>),
    /// An instant (UTC).
    Instant(InstantText<'a>),
    /// Not yet a date: “3 years from last-interaction”.
    Pending(Text<'a>),
    /// As long as a legal hold stands; always `true`.
    Hold(bool),
}

/// What is kept: one of the three shapes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ThingForm<'a> {
    /// An artefact, a category wherever it occurs, or a category inside an artefact.
    One(OneThingForm<'a>),
    /// One of these artefacts is enough.
    AnyOf {
        /// Which.
        any_of: Vec<Text<'a>>,
    },
}

part! {
    /// An artefact, a category, or a category inside an artefact.
    OneThingForm {
        /// The artefact.
        artefact "Option::is_none": Option<Text<'a>>,
        /// The category.
        category "Option::is_none": Option<Text<'a>>,
    }
}

words! {
    /// What to do with a thing now.
    KeepNowForm {
        /// Keep it.
        Keep "keep",
        /// Neither use it nor erase it.
        Restrict "restrict",
        /// Erase it.
        Erase "erase",
    }
}

part! {
    /// Until when a thing must and may be kept.
    RetentionForm {
        /// What.
        thing: ThingForm<'a>,
        /// For which purpose; absent: the thing as such.
        purpose "Option::is_none": Option<Text<'a>>,
        /// It must be kept until.
        keep_until "Option::is_none": Option<EndForm<'a>>,
        /// It may be kept (with a purpose: used for it) until.
        erase_by "Option::is_none": Option<EndForm<'a>>,
        /// What to do with it now. Where facts are missing, never `erase`.
        now: KeepNowForm,
        /// Facts are missing.
        undetermined: bool,
        /// What one would need to know.
        needs: Vec<Text<'a>>,
        /// The rules that set these ends.
        because: Vec<ReasonForm<'a>>,
    }
}

words! {
    /// Whose place is uncovered.
    PlaceOfForm {
        /// A party's.
        Party "party",
        /// The recorder's.
        Recorder "recorder",
        /// The company's.
        Company "company",
    }
}

part! {
    /// A place that nobody reviewed.
    UncoveredForm {
        /// The place; absent when it is not known.
        region "Option::is_none": Option<RegionText<'a>>,
        /// Whose.
        of: PlaceOfForm,
        /// The party.
        party "Option::is_none": Option<Text<'a>>,
    }
}
