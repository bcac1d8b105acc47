//! After which deeds a requirement is met: what is done is met, what can no longer be done is not, and the rest is a deed.

use chrono::Duration;
use onrecord::context::{Instant, Saying, SayingKind, Telling};
use onrecord::syntax::ast::Unit;
use onrecord::tree::{
    Act, ActId, Doing, ElementId, Gave, Level, MeansId, Period, Quantifier, Req, SafeguardId, SourceId, Start, Term,
    Timing, Told, Tree,
};

use super::deed::{Deed, Possibility};
use super::rows::Rows;
use super::scene::{Scene, Who};
use super::world::World;
use super::{Defect, matching};

/// Where a requirement stands.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// The person the act is about.
    pub that: Option<Who>,
    /// The source; none for what a bundle asks.
    pub source: Option<SourceId>,
}

/// How a leaf stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standstill {
    /// It is done.
    Done,
    /// It can be done, and takes effect now or then.
    Open(Option<Instant>),
    /// It can no longer be done.
    Lapsed,
}

/// Whether something was done in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Timeliness {
    /// In time.
    Done,
    /// It is done, and takes effect then.
    Waits(Instant),
    /// It does not count.
    No,
}

impl Scene<'_> {
    /// The sets of deeds after which a requirement is met.
    #[must_use]
    pub fn met(&self, world: &World, req: &Req, at: Standing) -> Rows {
        match req {
            Req::All(parts) => parts.iter().fold(Rows::TRUE, |rows, part| rows & self.met(world, part, at)),
            Req::Any(parts) => parts.iter().fold(Rows::FALSE, |rows, part| rows | self.met(world, part, at)),
            Req::Labelled(_, inner) => self.met(world, inner, at),
            Req::Cond(cond) => Rows::fixed(self.holds(world, cond, at.that, self.day(at.source))),
            Req::InPlace(safeguard, before, _) => self.in_place(*safeguard, before.as_ref()),
            Req::Persons { quantifier, role, who, doing, .. } => {
                let day = self.day(at.source);
                let fits = |person: &Who| who.iter().all(|one| self.is_so(world, *person, one, day));
                let leaf = |person: Who| self.leaf(world, person, doing, at);
                let all = || self.of_role(world, *role).into_iter().filter(fits);
                match quantifier {
                    Quantifier::That => at.that.filter(fits).map_or(Rows::FALSE, leaf),
                    Quantifier::Any => all().map(leaf).fold(Rows::FALSE, |rows, one| rows | one),
                    Quantifier::Every => all().map(leaf).fold(Rows::TRUE, |rows, one| rows & one),
                }
            }
        }
    }

    fn leaf(&self, world: &World, person: Who, doing: &Doing, at: Standing) -> Rows {
        let Who::Party(person) = person else { return Rows::FALSE };
        match doing {
            Doing::Told(told) if told.not_refused && self.is_against_this_part(person) => Rows::FALSE,
            Doing::Told(told) => self.told(world, person, told, &self.judged()),
            Doing::Gave(gave) => self.gave(world, person, gave, at.source),
        }
    }

    fn in_place(&self, safeguard: SafeguardId, before: Option<&(Period, Act)>) -> Rows {
        match self.how_in_place(safeguard, before) {
            Standstill::Done => Rows::TRUE,
            Standstill::Open(waits) => self.possibly(Deed::Arrange(safeguard), waits),
            Standstill::Lapsed => Rows::FALSE,
        }
    }

    /// How a safeguard (or a kind of it) stands: it is in place, perhaps for so long already.
    fn how_in_place(&self, safeguard: SafeguardId, before: Option<&(Period, Act)>) -> Standstill {
        let is_it = |one: SafeguardId| self.case.tree.safeguards[one].word.is_a(safeguard);
        let standing = self.case.ctx.safeguards.iter().filter(|(one, when)| is_it(*one) && when.contains(self.start));
        let counts_from = |from: Option<Instant>| match (from, before) {
            (Some(from), Some((period, _))) => from + length(period),
            _ => self.start,
        };
        let counts = standing.map(|(_, when)| counts_from(when.from)).min();
        match counts {
            Some(from) if from <= self.start => Standstill::Done,
            _ if self.running => Standstill::Lapsed,
            Some(from) => Standstill::Open(Some(from)),
            None => Standstill::Open(before.map(|(period, _)| self.case.at + length(period))),
        }
    }

    /// Whether a safeguard can still be put in place, and when it counts.
    pub(super) fn open_safeguard(
        &self,
        safeguard: SafeguardId,
        before: Option<&(Period, Act)>,
    ) -> Option<Option<Instant>> {
        match self.how_in_place(safeguard, before) {
            Standstill::Open(waits) => Some(waits),
            _ => None,
        }
    }

    fn possibly(&self, deed: Deed, waits: Option<Instant>) -> Rows {
        Possibility { deed, waits }.rows(&self.deeds, self.case.tree)
    }

    /// The deeds after which a person was told; `about` is what a refusal would be of.
    pub(super) fn told(&self, world: &World, person: usize, told: &Told, about: &Term) -> Rows {
        if told.not_refused && self.is_against(world, person, about) {
            return Rows::FALSE;
        }
        told.elements.iter().fold(Rows::TRUE, |rows, element| rows & self.told_one(person, *element, told))
    }

    fn told_one(&self, person: usize, element: ElementId, told: &Told) -> Rows {
        match self.how_told(person, element, told) {
            Standstill::Done => Rows::TRUE,
            Standstill::Open(waits) => self.possibly(self.telling(person, element, told), waits),
            Standstill::Lapsed => Rows::FALSE,
        }
    }

    fn how_told(&self, person: usize, element: ElementId, told: &Told) -> Standstill {
        let party = &self.case.ctx.parties[person];
        let tellings = party.told.iter().filter(|telling| self.tells(person, telling, element, told));
        self.standing(person, tellings.map(|telling| (telling.from, telling.to)), &told.timing)
    }

    /// How a leaf stands when this was done from then to then, each time as it asks but for the timing.
    fn standing(
        &self,
        person: usize,
        times: impl Iterator<Item = (Instant, Option<Instant>)>,
        timing: &[Timing],
    ) -> Standstill {
        let mut waits = None;
        for (from, to) in times {
            match self.in_time(person, from, to, timing) {
                Timeliness::Done => return Standstill::Done,
                Timeliness::Waits(until) => waits = Some(waits.map_or(until, |one: Instant| one.min(until))),
                Timeliness::No => {}
            }
        }
        self.when_possible(person, waits, timing).map_or(Standstill::Lapsed, Standstill::Open)
    }

    /// What a person can still be told, and when it takes effect.
    pub(super) fn open_tellings(&self, person: usize, told: &Told) -> Vec<(ElementId, Option<Instant>)> {
        let open = |element: &ElementId| match self.how_told(person, *element, told) {
            Standstill::Open(waits) => Some((*element, waits)),
            _ => None,
        };
        told.elements.iter().filter_map(open).collect()
    }

    /// Whether a person can still be asked, and when it takes effect.
    pub(super) fn open_asking(&self, person: usize, gave: &Gave) -> Option<Option<Instant>> {
        match self.how_consented(person, gave) {
            Standstill::Open(waits) => Some(waits),
            _ => None,
        }
    }

    /// Telling a person one thing, as a leaf asks it.
    pub(super) fn telling(&self, person: usize, element: ElementId, told: &Told) -> Deed {
        Deed::Tell {
            person,
            element,
            means: told.means,
            their_language: told.their_language,
            on_recording: told.on_recording,
            throughout: told.timing.iter().any(|one| matches!(one, Timing::Throughout(_))),
        }
    }

    fn tells(&self, person: usize, telling: &Telling, element: ElementId, told: &Told) -> bool {
        let tree = self.case.tree;
        let by = |means: MeansId| telling.means.is_some_and(|mine| tree.means[mine].is_a(means));
        let recorded = || telling.on_recording.unwrap_or_else(|| self.is_recorded(person, telling.from, telling.to));
        (telling.from <= self.start || self.is_wrong(Defect::Foresight))
            && telling.elements.iter().any(|one| tree.elements[*one].is_a(element))
            && told.means.is_none_or(by)
            && (!told.their_language || self.is_understood(person, telling.language.as_deref()))
            && (!told.on_recording || recorded())
    }

    /// Whether a person understands a language, whatever its variety.
    fn is_understood(&self, person: usize, language: Option<&str>) -> bool {
        let Some(language) = language else { return false };
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
        self.case.ctx.parties[person].languages.iter().any(|one| primary(one) == primary(language))
    }

    /// Whether something said to or by a person from then to then is on the recording.
    fn is_recorded(&self, person: usize, from: Instant, to: Option<Instant>) -> bool {
        let tree = self.case.tree;
        let Some(recording) = tree.known.recording else { return false };
        let _ = person;
        self.case.ctx.captures.iter().any(|(act, when)| {
            tree.acts[*act].word.is_a(recording)
                && when.contains(from)
                && when.until.is_none_or(|until| to.is_none_or(|to| to <= until))
        })
    }

    /// Whether what was done from then to then was done in time.
    fn in_time(&self, person: usize, from: Instant, to: Option<Instant>, timing: &[Timing]) -> Timeliness {
        if self.is_wrong(Defect::Foresight) {
            return Timeliness::Done;
        }
        let ended = to.is_some_and(|to| to <= self.deadline(person, None));
        if timing.is_empty() && !ended {
            return Timeliness::No;
        }
        let mut all = Timeliness::Done;
        for one in timing {
            let here = match one {
                Timing::Before(act) => done_if(to.is_some_and(|to| to <= self.deadline(person, Some(act)))),
                Timing::AtStartOf(start) => {
                    done_if(self.at_start(person, *start, from) && to.is_some_and(|to| to <= self.start))
                }
                Timing::Throughout(_) => done_if(from <= self.start && to.is_none_or(|to| self.start < to)),
                Timing::AtLeastBefore(period, act) => match to {
                    Some(to) if to + length(period) <= self.deadline(person, Some(act)) => Timeliness::Done,
                    Some(to) if !self.running && !self.has_begun(person, act) && to <= self.start => {
                        Timeliness::Waits(to + length(period))
                    }
                    _ => Timeliness::No,
                },
                Timing::AtMostBefore(period, act) => {
                    let deadline = self.deadline(person, Some(act));
                    let fresh = |to| to <= deadline && self.is_before_lapse(deadline, to + length(period));
                    done_if(to.is_some_and(fresh))
                }
            };
            all = match (all, here) {
                (_, Timeliness::No) | (Timeliness::No, _) => Timeliness::No,
                (Timeliness::Waits(a), Timeliness::Waits(b)) => Timeliness::Waits(a.max(b)),
                (Timeliness::Waits(a), Timeliness::Done) | (Timeliness::Done, Timeliness::Waits(a)) => {
                    Timeliness::Waits(a)
                }
                (Timeliness::Done, Timeliness::Done) => Timeliness::Done,
            };
        }
        all
    }

    /// Whether something has not lapsed. A stretch under way goes on after its first instant.
    fn is_before_lapse(&self, at: Instant, lapse: Instant) -> bool {
        if self.running && at == self.start { at < lapse } else { at <= lapse }
    }

    /// By when something must be done to be before this stretch of an act. For a person, recording begins when capture first runs
    /// while the person is on the line; if an announcement is under way then, when it ends.
    fn deadline(&self, person: usize, act: Option<&Act>) -> Instant {
        match act.map(|act| (act, self.begins(person, act.act))) {
            Some((act, Some(begun))) if !self.is_judged(act.act) => begun,
            Some((_, Some(begun))) if self.running => self.start.max(begun),
            _ => self.start,
        }
    }

    /// When a capture of a person began: when it first ran while the person was on the line.
    fn captured(&self, person: usize, act: ActId) -> Option<Instant> {
        let tree = self.case.tree;
        let on_line = self.case.ctx.parties[person].on_line;
        let captures = self.case.ctx.captures.iter().filter(|(one, _)| tree.acts[*one].word.is_a(act));
        let began = captures.filter_map(|(_, when)| {
            let from = when.from.max(on_line.from)?;
            let runs = when.contains(from) && on_line.contains(from) && from <= self.case.at;
            runs.then_some(from)
        });
        began.min()
    }

    /// When recording of a person began: as above, but when an announcement to the person was under way then, at its end.
    #[must_use]
    pub fn begins(&self, person: usize, act: ActId) -> Option<Instant> {
        let tone = self.case.tree.means.id("beep-tone");
        let mut began = self.captured(person, act)?;
        let told = &self.case.ctx.parties[person].told;
        let under_way = |at: Instant| {
            move |telling: &&Telling| {
                let is_tone = tone.is_some() && telling.means == tone;
                telling.from <= at && telling.to.is_none_or(|to| at < to) && !is_tone
            }
        };
        while let Some(telling) = told.iter().find(under_way(began)) {
            began = telling.to?;
        }
        Some(began)
    }

    fn at_start(&self, person: usize, start: Start, from: Instant) -> bool {
        let (began, within) = self.beginning(person, start);
        began.is_some_and(|began| began <= from && from <= began + within)
    }

    /// When an act or phase first began, and how long its first part lasts.
    fn beginning(&self, person: usize, start: Start) -> (Option<Instant>, Duration) {
        let minute = Duration::minutes(1);
        match start {
            Start::Act(act) => (self.captured(person, act), minute),
            Start::Phase(phase) => {
                let logged = self.case.ctx.phases.iter().filter(|(one, _)| *one == phase);
                let began = logged.filter_map(|(_, when)| when.from).filter(|from| *from <= self.case.at).min();
                (began, self.case.tree.phases[phase].starts_within.as_ref().map_or(minute, length))
            }
        }
    }

    /// When a deed done now would take effect, if it can still be done: now (`None`), or after a wait. In a stretch under way nothing
    /// can be done any more.
    fn when_possible(&self, person: usize, waits: Option<Instant>, timing: &[Timing]) -> Option<Option<Instant>> {
        if self.running {
            return None;
        }
        let mut when = None;
        for one in timing {
            match one {
                Timing::Before(act) | Timing::AtMostBefore(_, act) if self.has_begun(person, act) => return None,
                Timing::AtLeastBefore(_, act) if self.has_begun(person, act) => return None,
                Timing::AtLeastBefore(period, _) => {
                    let then = waits.unwrap_or(self.case.at + length(period));
                    when = Some(when.map_or(then, |one: Instant| one.max(then)));
                }
                Timing::AtStartOf(start) => {
                    let (began, within) = self.beginning(person, *start);
                    if began.is_some_and(|began| began + within < self.case.at) {
                        return None;
                    }
                }
                Timing::Before(_) | Timing::Throughout(_) | Timing::AtMostBefore(..) => {}
            }
        }
        Some(when)
    }

    /// Whether a capture other than the judged act has begun for a person: nothing can come before it any more.
    fn has_begun(&self, person: usize, act: &Act) -> bool {
        !self.is_judged(act.act) && self.begins(person, act.act).is_some()
    }

    fn is_judged(&self, act: ActId) -> bool {
        let is_a = |one: ActId, other: ActId| self.case.tree.acts[one].word.is_a(other);
        is_a(self.act.act, act) || is_a(act, self.act.act)
    }

    /// The judged act, as a term that somebody may refuse.
    fn judged(&self) -> Term {
        Act { not: false, of: None, phase: None, ..self.act.clone() }
    }

    fn call_is_over(&self) -> bool {
        self.case.ctx.call.and_then(|call| call.until).is_some_and(|until| until <= self.start)
    }

    /// The deeds after which a person gave consent.
    fn gave(&self, world: &World, person: usize, gave: &Gave, source: Option<SourceId>) -> Rows {
        if !self.is_human(world, Who::Party(person)) {
            return Rows::FALSE;
        }
        let staying = source.and_then(|source| staying(self.case.tree, source, gave));
        let stayed = staying.map_or(Rows::FALSE, |told| self.told(world, person, &told, &gave.term));
        self.consented(world, person, gave) | stayed
    }

    fn consented(&self, world: &World, person: usize, gave: &Gave) -> Rows {
        if self.is_against(world, person, &gave.term) {
            return Rows::FALSE;
        }
        match self.how_consented(person, gave) {
            Standstill::Done => Rows::TRUE,
            Standstill::Open(waits) => self.possibly(asking(person, gave), waits),
            Standstill::Lapsed => Rows::FALSE,
        }
    }

    fn how_consented(&self, person: usize, gave: &Gave) -> Standstill {
        let said = &self.case.ctx.parties[person].said;
        let granted = said.iter().filter(|saying| self.grants(person, saying, gave));
        self.standing(person, granted.map(|saying| (saying.at, Some(saying.at))), &gave.timing)
    }

    /// Whether a saying grants what is asked, by the start of the stretch, and still stands.
    fn grants(&self, person: usize, saying: &Saying, gave: &Gave) -> bool {
        let tree = self.case.tree;
        let SayingKind::Gave { level, manner, form, separately, on_recording, lasting_the_call, expires } =
            &saying.kind
        else {
            return false;
        };
        let recorded = || on_recording.unwrap_or_else(|| self.is_recorded(person, saying.at, Some(saying.at)));
        let superseded = self.case.ctx.parties[person]
            .said
            .iter()
            .any(|later| saying.at <= later.at && later.at <= self.start && self.reaches_against(later, &gave.term));
        saying.at <= self.start
            && !superseded
            && matching::level_reaches(*level, wanted(gave.level))
            && matching::grant_reaches(&saying.term, &gave.term)
            && gave.manner.is_none_or(|wanted| manner.is_some_and(|mine| tree.manners[mine].word.is_a(wanted)))
            && gave.form.is_none_or(|wanted| *form == Some(wanted))
            && (*separately || !gave.separately)
            && !((*lasting_the_call || gave.lasting_the_call) && self.call_is_over())
            && (!gave.on_recording || recorded())
            && expires.is_none_or(|expires| self.is_before_lapse(self.start, expires))
    }

    fn reaches_against(&self, saying: &Saying, term: &Term) -> bool {
        matches!(saying.kind, SayingKind::Against(_)) && matching::rests_on(self.case.tree, term, &saying.term)
    }

    /// Whether a person's latest statement on a term that names a part of the judged act, and this part among others, is against it.
    fn is_against_this_part(&self, person: usize) -> bool {
        let tree = self.case.tree;
        let whole = self.judged();
        let (act, recipient) = (self.part.act, self.part.recipient);
        let part = Act { act, purpose: self.asked_purpose(), recipient, ..whole.clone() };
        let said = || self.case.ctx.parties[person].said.iter().filter(|said| said.at <= self.start);
        let agreed = |refusal: &Saying| {
            said().any(|later| {
                matches!(later.kind, SayingKind::Gave { .. })
                    && refusal.at < later.at
                    && matching::grant_reaches(&later.term, &refusal.term)
            })
        };
        said().filter(|said| matches!(said.kind, SayingKind::Against(_))).any(|said| {
            matching::rests_on(tree, &said.term, &whole)
                && !matching::grant_reaches(&said.term, &whole)
                && matching::rests_on(tree, &part, &said.term)
                && !agreed(said)
        })
    }

    /// Whether a person's latest statement on a term is a refusal, a withdrawal or an objection, or may be unlogged.
    pub(super) fn is_against(&self, world: &World, person: usize, term: &Term) -> bool {
        if self.may_have_said(world, person, term, |_| true) {
            return true;
        }
        let said = self.case.ctx.parties[person].said.iter().filter(|said| said.at <= self.start);
        let against = said.clone().filter(|said| self.reaches_against(said, term)).map(|said| said.at).max();
        let granted = said
            .filter(|said| matches!(said.kind, SayingKind::Gave { .. }))
            .filter(|said| matching::grant_reaches(&said.term, term))
            .map(|said| said.at)
            .max();
        against.is_some_and(|against| granted.is_none_or(|granted| granted <= against))
    }
}

/// What staying on the line means for a consent: told as the source says and as the consent asks, and no refusal. A manner, a form or
/// a consent of its own cannot be given by staying.
#[must_use]
pub fn staying(tree: &Tree, source: SourceId, gave: &Gave) -> Option<Told> {
    let told = tree.sources[source].staying.as_ref()?;
    let plain = gave.level == Level::Implied && gave.manner.is_none() && gave.form.is_none() && !gave.separately;
    plain.then(|| Told {
        timing: told.timing.iter().chain(&gave.timing).cloned().collect(),
        on_recording: told.on_recording || gave.on_recording,
        not_refused: true,
        ..told.clone()
    })
}

/// `at least implied` means expressed, or staying where the source says so.
#[must_use]
pub fn wanted(level: Level) -> Level {
    if level == Level::Implied { Level::Expressed } else { level }
}

/// Asking a person, as a leaf asks it.
#[must_use]
pub fn asking(person: usize, gave: &Gave) -> Deed {
    Deed::Ask {
        person,
        level: wanted(gave.level),
        term: matching::plain(&gave.term),
        manner: gave.manner,
        form: gave.form,
        separately: gave.separately,
        on_recording: gave.on_recording,
    }
}

fn done_if(so: bool) -> Timeliness {
    if so { Timeliness::Done } else { Timeliness::No }
}

/// How long a period is that is short enough to be the same everywhere.
#[must_use]
pub fn length(period: &Period) -> Duration {
    let count = i64::from(period.count);
    match period.unit {
        Unit::Second => Duration::seconds(count),
        Unit::Minute => Duration::minutes(count),
        Unit::Hour => Duration::hours(count),
        Unit::Week => Duration::weeks(count),
        _ => Duration::days(count),
    }
}
