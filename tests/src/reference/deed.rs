//! What can still be done, and what doing one thing does besides: telling more tells less, explicit consent is expressed consent.

use onrecord::context::Instant;
use onrecord::decision::{Action, ActionStatus, ActionWhat};
use onrecord::syntax::ast::Lead;
use onrecord::tree::{ElementId, Level, MannerId, MeansId, NoticeId, SafeguardId, Term, Tree};

use super::matching;
use super::rows::Rows;

/// Something that can be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Telling a person one thing.
    Tell {
        /// Index into the context's parties.
        person: usize,
        /// What.
        element: ElementId,
        /// By what means.
        means: Option<MeansId>,
        /// In a language that the person understands.
        their_language: bool,
        /// On the recording.
        on_recording: bool,
        /// Kept up as long as the act lasts.
        throughout: bool,
    },
    /// Obtaining a person's consent.
    Ask {
        /// Index into the context's parties.
        person: usize,
        /// At this level.
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
    /// Putting a safeguard in place.
    Arrange(SafeguardId),
}

impl Deed {
    /// What an action of the engine comes to: a telling of several things is several deeds.
    #[must_use]
    pub fn of(action: &Action) -> Vec<Self> {
        match &action.what {
            ActionWhat::Tell { person, elements, means, their_language, on_recording, throughout } => {
                let tell = |element: &ElementId| Self::Tell {
                    person: *person,
                    element: *element,
                    means: *means,
                    their_language: *their_language,
                    on_recording: *on_recording,
                    throughout: *throughout,
                };
                elements.iter().map(tell).collect()
            }
            ActionWhat::Ask { person, level, term, manner, form, separately, on_recording } => vec![Self::Ask {
                person: *person,
                level: *level,
                term: term.clone(),
                manner: *manner,
                form: *form,
                separately: *separately,
                on_recording: *on_recording,
            }],
            ActionWhat::Arrange(safeguard) => vec![Self::Arrange(*safeguard)],
        }
    }

    /// Whether doing `self` does `other` too.
    #[must_use]
    pub fn does(&self, other: &Self, tree: &Tree) -> bool {
        match (self, other) {
            (
                Self::Tell { person: p, element: e, means: m, their_language: l, on_recording: r, throughout: t },
                Self::Tell { person, element, means, their_language, on_recording, throughout },
            ) => {
                p == person
                    && tree.elements[*e].is_a(*element)
                    && means.is_none_or(|means| m.is_some_and(|m| tree.means[m].is_a(means)))
                    && (*l || !their_language)
                    && (*r || !on_recording)
                    && t == throughout
            }
            (
                Self::Ask { person: p, level: l, term: t, manner: m, form: f, separately: s, on_recording: r },
                Self::Ask { person, level, term, manner, form, separately, on_recording },
            ) => {
                p == person
                    && matching::level_reaches(*l, *level)
                    && matching::grant_reaches(t, term)
                    && manner.is_none_or(|manner| m.is_some_and(|m| tree.manners[m].word.is_a(manner)))
                    && form.is_none_or(|form| *f == Some(form))
                    && (*s || !separately)
                    && (*r || !on_recording)
            }
            (Self::Arrange(mine), Self::Arrange(other)) => tree.safeguards[*mine].word.is_a(*other),
            _ => false,
        }
    }

    /// Where it can be done from.
    #[must_use]
    pub fn lead(&self, tree: &Tree) -> Lead {
        match self {
            Self::Tell { .. } => Lead::InCall,
            Self::Ask { manner, .. } => manner.map_or(Lead::InCall, |manner| tree.manners[manner].lead),
            Self::Arrange(safeguard) => tree.safeguards[*safeguard].lead,
        }
    }
}

/// A deed, and when it takes effect if it is done now.
#[derive(Clone, Debug, PartialEq)]
pub struct Possibility {
    /// What.
    pub deed: Deed,
    /// Not before this instant.
    pub waits: Option<Instant>,
}

impl Possibility {
    /// What an action of the engine comes to.
    #[must_use]
    pub fn of(action: &Action) -> Vec<Self> {
        let waits = match action.status {
            ActionStatus::Open => None,
            ActionStatus::Waiting(until) => Some(until),
        };
        Deed::of(action).into_iter().map(|deed| Self { deed, waits }).collect()
    }

    /// Whether it takes effect if it is done now.
    #[must_use]
    pub fn is_open(&self, case: &super::Case<'_>) -> bool {
        self.waits.is_none() && super::is_in_time(case, &self.deed)
    }

    /// The sets of `deeds` after which this one is done. What has waited longer has waited long enough.
    #[must_use]
    pub fn rows(&self, deeds: &[Self], tree: &Tree) -> Rows {
        let doing = (0..).zip(deeds).filter(|(_, one)| one.waits >= self.waits && one.deed.does(&self.deed, tree));
        doing.fold(Rows::FALSE, |rows, (index, _)| rows | Rows::deed(index))
    }
}
