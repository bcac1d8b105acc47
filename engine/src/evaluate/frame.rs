//! What is judged: one most specific instance of an act, in one stretch; and whether a rule's act phrase speaks of it.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::calendar;
use super::session::Session;
use super::world::{self, InWorld, Var, World};
use crate::context::{Instant, Moment};
use crate::tree::vocabulary::Word;
use crate::tree::{Act, ActId, ArtefactId, CategoryId, Group, Of, PhaseId, PurposeId, RecipientId, RoleId, SourceId};

/// A most specific instance of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Leaving it undone.
    pub not: bool,
    /// The act.
    pub act: ActId,
    /// The person it is about; `None` when no rule tells persons apart.
    pub person: Option<usize>,
    /// The role that it is of, when asked so.
    pub role: Option<RoleId>,
    /// The category it is of, when asked so.
    pub category: Option<CategoryId>,
    /// The artefact it makes or uses.
    pub artefact: Option<ArtefactId>,
    /// The purpose.
    pub purpose: Option<PurposeId>,
    /// The recipient.
    pub recipient: Option<RecipientId>,
    /// The act, the purpose and the recipient that were asked, of which those may be parts.
    pub asked: (ActId, Option<PurposeId>, Option<RecipientId>),
    /// The phase, when asked so.
    pub phase: Option<PhaseId>,
    /// Whether the purpose is one of those for which the capture is intended (none: those that a clause does not name).
    pub intended: bool,
    /// Whether the category is one of those that the call holds (none: whatever else it holds).
    pub held: bool,
    /// Of a use, the beginning of the stored stretch that is used; `None`, nothing is stored.
    pub stored: Option<Instant>,
}

impl Instance {
    /// The instance of an act phrase as asked. A use is of the recording unless it names another artefact.
    pub fn of(session: &Session<'_>, act: &Act) -> Self {
        let word = session.tree.acts.get(act.act);
        let (role, category, named) = match act.of {
            Some(Of::Role(role)) => (Some(role), None, None),
            Some(Of::Category(category)) => (None, Some(category), None),
            Some(Of::Artefact(artefact)) => (None, None, Some(artefact)),
            None => (None, None, None),
        };
        let artefact = named.or_else(|| match word.map(|word| word.group) {
            Some(Group::Capture) => word.and_then(|word| word.makes),
            _ => session.tree.known.recording_artefact,
        });
        Self {
            not: act.not,
            act: act.act,
            person: None,
            role,
            category,
            artefact,
            purpose: act.purpose,
            recipient: act.recipient,
            asked: (act.act, act.purpose, act.recipient),
            phase: act.phase,
            intended: false,
            held: false,
            stored: None,
        }
    }

    /// The same, about one person.
    pub fn about(&self, person: Option<usize>) -> Self {
        Self { person, ..*self }
    }

    /// What is used is used stretch by stretch, as far as other persons were on the line in each. Anything else is one.
    pub fn stored(self, session: &Session<'_>) -> impl Iterator<Item = Self> + Clone {
        let is_use = session.tree.acts.get(self.act).is_some_and(|word| word.group == Group::Use);
        let stretches = if is_use && !self.not { session.stored() } else { &[None] };
        stretches.iter().map(move |stored| Self { stored: *stored, ..self })
    }
}

/// An instance in a stretch.
pub struct Frame<'s, 'a> {
    /// The evaluation.
    pub session: &'s Session<'a>,
    /// What is judged.
    pub instance: Instance,
    /// When the stretch begins.
    pub start: Instant,
    /// Whether the act runs in this stretch already: what was not done by its start can no longer be done.
    pub running: bool,
    /// By the law of which moment it is judged: its start, but for periods and duties.
    pub law: Moment,
}

impl<'s, 'a> Frame<'s, 'a> {
    /// An instance in the stretch that begins at an instant, by the law of that instant.
    pub fn of_stretch(session: &'s Session<'a>, instance: Instance, start: Instant, running: bool) -> Self {
        Self { session, instance, start, running, law: Moment::Instant(start) }
    }
}

impl Frame<'_, '_> {
    /// The group of the act.
    pub fn group(&self) -> Group {
        self.session.tree.acts.get(self.instance.act).map_or(Group::Other, |word| word.group)
    }

    /// The instant whose persons a quantifier ranges over: the stretch's; for a use the stored stretch's, or the whole call where nothing is stored.
    pub fn line(&self) -> Option<Instant> {
        if self.group() == Group::Use { self.instance.stored } else { Some(self.start) }
    }

    /// The day, in a source's civil time, by the law of which this is judged.
    pub fn day(&self, source: SourceId) -> NaiveDate {
        calendar::day(self.law, self.civil_time(source))
    }

    /// The day, in a source's civil time, on which the stretch begins.
    pub fn first_day(&self, source: SourceId) -> NaiveDate {
        calendar::day(Moment::Instant(self.start), self.civil_time(source))
    }

    fn civil_time(&self, source: SourceId) -> Option<Tz> {
        self.session.tree.sources.get(source).and_then(|source| source.civil_time)
    }

    /// Whether this instance is what an act phrase of a rule names, or a kind or a part of it. Leaving an act undone leaves its parts undone.
    pub fn governed_by(&self, pattern: &Act, world: &World) -> InWorld<bool> {
        let one = &self.instance;
        let acts = &self.session.tree.acts;
        let (lower, upper) = if one.not { (pattern.act, one.act) } else { (one.act, pattern.act) };
        if pattern.not != one.not
            || !acts.get(lower).is_some_and(|word| word.word.is_a(upper))
            || !self.is_for(pattern.purpose)
            || !self.is_to(pattern.recipient)
        {
            return Ok(false);
        }
        world::all(
            [
                pattern.of.map_or(Ok(true), |of| self.is_of(of, world)),
                pattern.phase.map_or(Ok(true), |phase| self.is_during(phase, world)),
            ]
            .into_iter(),
        )
    }

    /// Whether an act phrase names the judged act or what it is a kind of, by its word.
    pub fn names(&self, pattern: &Act) -> bool {
        let acts = &self.session.tree.acts;
        pattern.not == self.instance.not && acts.get(self.instance.act).is_some_and(|word| word.word.is_a(pattern.act))
    }

    fn is_of(&self, of: Of, world: &World) -> InWorld<bool> {
        let tree = self.session.tree;
        match of {
            Of::Role(role) => match self.instance.person.and_then(|person| self.session.ctx.parties.get(person)) {
                Some(party) => Ok(tree.roles.get(party.role).is_some_and(|theirs| theirs.word.is_a(role))),
                None => self.session.other_of(role, world),
            },
            Of::Artefact(artefact) => {
                let is_a = |one, other| tree.artefacts.get(one).is_some_and(|word: &Word<_>| word.is_a(other));
                Ok(self.names_part(Some(artefact), self.instance.artefact, is_a))
            }
            Of::Category(category) if self.instance.not && self.instance.category.is_none() => {
                let is_a = |one: CategoryId| tree.categories.get(one).is_some_and(|word| word.is_a(category));
                let held = self.session.ctx.categories.as_ref();
                world::some(world, Var::Categories, held, tree.categories.ids(), is_a)
            }
            Of::Category(category) => {
                let is_a = |one, other| tree.categories.get(one).is_some_and(|word: &Word<_>| word.is_a(other));
                Ok(self.names_part(Some(category), self.instance.category, is_a))
            }
        }
    }

    fn is_for(&self, purpose: Option<PurposeId>) -> bool {
        let is_a = |one, other| self.session.tree.purposes.get(one).is_some_and(|word| word.is_a(other));
        self.names_part(purpose, self.instance.purpose, is_a)
    }

    fn is_to(&self, recipient: Option<RecipientId>) -> bool {
        let is_a = |one, other| self.session.tree.recipients.get(one).is_some_and(|word| word.is_a(other));
        self.names_part(recipient, self.instance.recipient, is_a)
    }

    /// Whether what a phrase names is what is judged or above it; for an act left undone, whether it is that or a part of it.
    fn names_part<I: Copy>(&self, named: Option<I>, judged: Option<I>, is_a: impl Fn(I, I) -> bool) -> bool {
        match (named, judged) {
            (None, _) => true,
            (Some(named), Some(judged)) if self.instance.not => is_a(named, judged),
            (Some(named), Some(judged)) => is_a(judged, named),
            (Some(_), None) => self.instance.not,
        }
    }

    fn is_during(&self, phase: PhaseId, world: &World) -> InWorld<bool> {
        let is_a = |one: PhaseId| self.session.tree.phases.get(one).is_some_and(|word| word.word.is_a(phase));
        if let Some(one) = self.instance.phase {
            return Ok(is_a(one));
        }
        if self.session.ctx.phases.iter().any(|(one, during)| is_a(*one) && during.contains(self.start)) {
            return Ok(true);
        }
        if self.session.log_complete(self.start) {
            return Ok(false);
        }
        world::decide(world, Var::Phase(phase))
    }

    /// When recording of a person begins, in the captures so far: when capture first runs while the person is on the line; if an
    /// announcement to that person is under way then, when it ends. `None`: not yet.
    pub fn captured_from(&self, act: ActId, person: usize) -> Option<Instant> {
        let party = self.session.ctx.parties.get(person)?;
        let mut from = self.capture_begins(act, person)?;
        for _ in 0..party.told.len() {
            let under_way = |telling: &&crate::context::Telling| {
                telling.from <= from && telling.to.is_none_or(|to| from < to) && telling.means != self.session.set.tone
            };
            match party.told.iter().find(under_way) {
                Some(telling) => from = telling.to?,
                None => break,
            }
        }
        Some(from)
    }

    /// When capture first ran while a person was on the line. `None`: not yet.
    pub fn capture_begins(&self, act: ActId, person: usize) -> Option<Instant> {
        if self.session.ctx.captures.is_empty() {
            return None;
        }
        let party = self.session.ctx.parties.get(person)?;
        self.session.captures_of(act).into_iter().find_map(|capture| {
            let from = match (capture.from, party.on_line.from) {
                (Some(capture), Some(joined)) => capture.max(joined),
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => return None,
            };
            let begun = from <= self.session.at;
            (begun
                && capture.until.is_none_or(|until| from < until)
                && party.on_line.until.is_none_or(|left| from < left))
            .then_some(from)
        })
    }

    /// By when something concerning a person must have been done before `act`, and whether that time has passed.
    pub fn deadline(&self, act: ActId, person: usize) -> (Instant, bool) {
        let judged = self.is_judged(act);
        if self.session.is_capture(act) {
            match self.captured_from(act, person) {
                Some(from) if judged && self.running => (self.start.max(from), true),
                Some(from) if !judged => (from, true),
                _ => (self.start, judged && self.running),
            }
        } else {
            (self.start, judged && self.running)
        }
    }

    /// Whether an act phrase names the judged act or one above it.
    pub fn is_judged(&self, act: ActId) -> bool {
        let acts = &self.session.tree.acts;
        let is_a = |one: ActId, other| acts.get(one).is_some_and(|word| word.word.is_a(other));
        is_a(self.instance.act, act) || is_a(act, self.instance.act)
    }
}
