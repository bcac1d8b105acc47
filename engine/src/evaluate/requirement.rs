//! Requirements in a world: what is done is true, what can no longer be done is false, what can still be done is an action.

use super::consent::Stand;
use super::formula::Joined;
use super::frame::Frame;
use super::world::{self, InWorld, World};
use crate::context::{Instant, Interval, Saying, SayingKind, Telling};
use crate::decision::{Action, ActionKind, ActionStatus, ActionWhat, Formula};
use crate::source::Span;
use crate::syntax::ast::{Lead, Level, Unit};
use crate::tree::{
    Act, ActId, Doing, ElementId, Gave, Period, PersonTest, Quantifier, Req, RoleId, SafeguardId, SourceId, Start,
    Term, Timing, Told,
};

/// How long the start of something lasts, when the vocabulary does not say.
const START: chrono::TimeDelta = chrono::TimeDelta::seconds(60);

/// A telling that is required: as a rule says it, or as what staying on the line rests on.
#[derive(Clone, Copy)]
struct Wanted<'t> {
    told: &'t Told,
    /// When, beside what `told` says.
    more: &'t [Timing],
    on_recording: bool,
    not_refused: bool,
    /// The term whose refusal undoes it; the judged act when `None`.
    about: Option<&'t Term>,
}

impl<'t> Wanted<'t> {
    fn of(told: &'t Told) -> Self {
        Self { told, more: &[], on_recording: told.on_recording, not_refused: told.not_refused, about: None }
    }

    fn timing(self) -> impl Iterator<Item = &'t Timing> + Clone {
        self.told.timing.iter().chain(self.more)
    }
}

/// Whether what was said meets the options of a requirement.
#[derive(Clone, Copy)]
enum Fit {
    Yes,
    /// It will, at this instant.
    From(Instant),
    No,
}

impl Fit {
    /// Both, the later of the two.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::From(one), Self::From(other)) => Self::From(one.max(other)),
            (Self::From(one), Self::Yes) | (Self::Yes, Self::From(one)) => Self::From(one),
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }
}

fn fit_if(so: bool) -> Fit {
    if so { Fit::Yes } else { Fit::No }
}

impl Frame<'_, '_> {
    /// What a requirement comes to. `source` says what staying on the line means.
    pub fn requires(&self, requirement: &Req, source: SourceId, world: &World) -> InWorld<Formula> {
        match requirement {
            Req::All(parts) => all(parts.iter().map(|part| self.requires(part, source, world))),
            Req::Any(parts) => any(parts.iter().map(|part| self.requires(part, source, world))),
            Req::Labelled(_, inner) => self.requires(inner, source, world),
            Req::Cond(condition) => self.holds(condition, source, world).map(constant),
            Req::InPlace(safeguard, before, _) => Ok(self.in_place(*safeguard, before.as_ref())),
            Req::Persons { quantifier, role, who, doing, span } => {
                self.persons(*quantifier, *role, who, doing, *span, source, world)
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one requirement, each named")]
    fn persons(
        &self,
        quantifier: Quantifier,
        role: RoleId,
        who: &[PersonTest],
        doing: &Doing,
        span: Span,
        source: SourceId,
        world: &World,
    ) -> InWorld<Formula> {
        let fits = |person| world::all(who.iter().map(|part| self.person_fits(person, part, source, world)));
        let does = |person| self.does(person, doing, source, world);
        match quantifier {
            Quantifier::That => match self.instance.person {
                Some(person) => all([fits(person).map(constant), does(person)].into_iter()),
                None => Ok(Formula::False),
            },
            Quantifier::Any => any(self
                .session
                .of_role(role, self.line())
                .map(|person| all([fits(person).map(constant), does(person)].into_iter()))),
            Quantifier::Every => {
                let known = self
                    .session
                    .of_role(role, self.line())
                    .map(|person| any([fits(person).map(|fits| constant(!fits)), does(person)].into_iter()));
                let nobody_else = || self.session.others(span, world).map(|others| constant(!others));
                all(known.chain(std::iter::once_with(nobody_else)))
            }
        }
    }

    fn does(&self, person: usize, doing: &Doing, source: SourceId, world: &World) -> InWorld<Formula> {
        match doing {
            Doing::Told(told) => self.told(person, Wanted::of(told), world),
            Doing::Gave(gave) => self.gave(person, gave, source, world),
        }
    }

    // -------------------------------------------------------------------------------------------- told

    /// Telling a person.
    fn told(&self, person: usize, wanted: Wanted<'_>, world: &World) -> InWorld<Formula> {
        let told = wanted.told;
        let Some(party) = self.session.ctx.parties.get(person) else { return Ok(Formula::False) };
        let refused = |by: Option<Instant>| -> InWorld<bool> {
            if !wanted.not_refused {
                return Ok(false);
            }
            let term = wanted.about.cloned().unwrap_or_else(|| self.judged_term());
            let by = by.unwrap_or_else(|| self.deadline(term.act, person).0);
            Ok((wanted.about.is_none() && self.refused_part(person, &term, by))
                || matches!(self.stand(person, &term, by, world)?, Stand::Against))
        };
        if refused(None)? {
            return Ok(Formula::False);
        }
        let states = |telling: &Telling, element: &ElementId| {
            let stated = |one: &ElementId| self.session.tree.elements.get(*one).is_some_and(|word| word.is_a(*element));
            telling.elements.iter().any(stated)
        };
        let fits = |telling: &Telling| self.telling_fits(person, telling, wanted, &party.languages);
        let does_it = |telling: &Telling| {
            told.elements.iter().all(|one| states(telling, one)) && matches!(fits(telling), Fit::Yes)
        };
        if party.told.iter().any(does_it) {
            return Ok(Formula::True);
        }
        let mut missing = told.elements.clone();
        let mut waits: Vec<(ElementId, Instant)> = Vec::new();
        for telling in &party.told {
            match fits(telling) {
                Fit::Yes => missing.retain(|element| !states(telling, element)),
                Fit::From(instant) => {
                    waits.extend(told.elements.iter().filter(|one| states(telling, one)).map(|one| (*one, instant)));
                }
                Fit::No => {}
            }
        }
        if missing.is_empty() {
            return Ok(Formula::True);
        }
        // Who has refused since does not stay, whatever is told now.
        if refused(Some(self.session.at))? {
            return Ok(Formula::False);
        }
        let effective = |element: &ElementId| waits.iter().filter(|(one, _)| one == element).map(|(_, at)| *at).min();
        // What was told and takes effect later is waited for; the rest is to be told.
        let (told_already, missing) = if waits.is_empty() || self.running {
            (Vec::new(), missing)
        } else {
            missing.into_iter().partition::<Vec<ElementId>, _>(|element| effective(element).is_some())
        };
        let mut instants: Vec<Instant> = told_already.iter().filter_map(effective).collect();
        instants.sort_unstable();
        instants.dedup();
        let wait = Formula::all(instants.into_iter().map(|until| {
            let then = told_already.iter().copied().filter(|element| effective(element) == Some(until)).collect();
            self.tell(person, wanted, then, ActionKind::Wait, ActionStatus::Waiting(until))
        }));
        if missing.is_empty() {
            return Ok(wait);
        }
        let mut timing = wanted.timing();
        if timing.clone().any(|timing| self.is_past(person, timing)) || (timing.next().is_none() && self.running) {
            return Ok(Formula::False);
        }
        let throughout = wanted.timing().any(|timing| matches!(timing, Timing::Throughout(_)));
        let kind = if throughout { ActionKind::KeepUp } else { ActionKind::Do };
        let status = wanted.timing().find_map(|timing| match timing {
            Timing::AtLeastBefore(period, _) => Some(ActionStatus::Waiting(later(self.session.at, period))),
            _ => None,
        });
        Ok(Formula::all([wait, self.tell(person, wanted, missing, kind, status.unwrap_or(ActionStatus::Open))]))
    }

    fn tell(
        &self,
        person: usize,
        wanted: Wanted<'_>,
        elements: Vec<ElementId>,
        kind: ActionKind,
        status: ActionStatus,
    ) -> Formula {
        Formula::Action(self.session.action(Action {
            what: ActionWhat::Tell {
                person,
                elements,
                means: wanted.told.means,
                their_language: wanted.told.their_language,
                on_recording: wanted.on_recording,
                throughout: kind == ActionKind::KeepUp,
            },
            kind,
            before: before(wanted.timing()),
            status,
            lead: Lead::InCall,
            text: None,
        }))
    }

    fn telling_fits(&self, person: usize, telling: &Telling, wanted: Wanted<'_>, understood: &[String]) -> Fit {
        let (tree, told) = (self.session.tree, wanted.told);
        let means = told.means.is_none_or(|wanted| {
            telling.means.and_then(|one| tree.means.get(one)).is_some_and(|word| word.is_a(wanted))
        });
        let language = !told.their_language
            || telling.language.as_ref().is_some_and(|said| understood.iter().any(|one| same_language(said, one)));
        let recorded =
            !wanted.on_recording || telling.on_recording.unwrap_or_else(|| self.is_captured(telling.from, telling.to));
        if !(means && language && recorded) {
            return Fit::No;
        }
        if wanted.timing().next().is_none() {
            return ended(telling, self.start);
        }
        let mut fit = Fit::Yes;
        for timing in wanted.timing() {
            fit = fit.and(self.telling_is_timely(person, telling, timing));
        }
        fit
    }

    fn telling_is_timely(&self, person: usize, telling: &Telling, timing: &Timing) -> Fit {
        match timing {
            Timing::Before(act) => ended(telling, self.deadline(act.act, person).0),
            Timing::AtLeastBefore(period, act) => {
                let (deadline, passed) = self.deadline(act.act, person);
                match telling.to.map(|to| (to, later(to, period))) {
                    Some((_, effective)) if effective <= deadline => Fit::Yes,
                    // What has not ended yet is not waited for: nobody knows that it will.
                    Some((to, effective)) if !passed && to <= self.start => Fit::From(effective),
                    _ => Fit::No,
                }
            }
            Timing::AtMostBefore(period, act) => {
                let (deadline, _) = self.deadline(act.act, person);
                match telling.to {
                    Some(to) if to <= deadline => fit_if(self.stands_until(later(to, period), deadline)),
                    _ => Fit::No,
                }
            }
            Timing::AtStartOf(start) => {
                let fits = self
                    .start_of(*start, person)
                    .is_some_and(|(from, lasts)| from <= telling.from && telling.from <= from + lasts);
                if fits { ended(telling, self.start) } else { Fit::No }
            }
            Timing::Throughout(_) => {
                let kept_up = telling.from <= self.start && telling.to.is_none_or(|to| self.start < to);
                if kept_up { Fit::Yes } else { Fit::No }
            }
        }
    }

    // -------------------------------------------------------------------------------------------- consent

    fn gave(&self, person: usize, gave: &Gave, source: SourceId, world: &World) -> InWorld<Formula> {
        if self.session.ctx.parties.get(person).is_none_or(|party| !self.session.tree.is_human(party.role)) {
            return Ok(Formula::False);
        }
        let staying = self.session.tree.sources.get(source).and_then(|source| source.staying.as_ref());
        match (gave.level, staying) {
            (Level::Implied, Some(staying)) if gave.manner.is_none() && gave.form.is_none() && !gave.separately => {
                let wanted = Wanted {
                    told: staying,
                    more: &gave.timing,
                    on_recording: staying.on_recording || gave.on_recording,
                    not_refused: true,
                    about: Some(&gave.term),
                };
                let stayed = self.told(person, wanted, world);
                any(std::iter::once(stayed).chain(std::iter::once_with(|| self.granted(person, gave, world))))
            }
            _ => self.granted(person, gave, world),
        }
    }

    fn granted(&self, person: usize, gave: &Gave, world: &World) -> InWorld<Formula> {
        let level = if gave.level == Level::Implied { Level::Expressed } else { gave.level };
        let by = gave
            .timing
            .iter()
            .filter_map(|timing| match timing {
                Timing::Before(act) | Timing::AtLeastBefore(_, act) | Timing::AtMostBefore(_, act) => {
                    Some(self.deadline(act.act, person).0)
                }
                Timing::AtStartOf(_) | Timing::Throughout(_) => None,
            })
            .min()
            .unwrap_or(self.start);
        let mut waits: Option<Instant> = None;
        match self.stand(person, &gave.term, by, world)? {
            Stand::Against => return Ok(Formula::False),
            Stand::Gave(grants) => {
                let fits = |saying: &&Saying| self.saying_fits(saying, gave, level);
                for saying in grants.into_iter().filter(fits) {
                    match self.saying_is_timely(person, saying, gave) {
                        Fit::Yes => return Ok(Formula::True),
                        Fit::From(until) => waits = Some(waits.map_or(until, |other| other.min(until))),
                        Fit::No => {}
                    }
                }
            }
        }
        // A refusal after the deadline closes the way as well: nobody is asked again who refused.
        if matches!(self.stand(person, &gave.term, self.session.at, world)?, Stand::Against) {
            return Ok(Formula::False);
        }
        if gave.timing.iter().any(|timing| self.is_past(person, timing)) || (gave.timing.is_empty() && self.running) {
            return Ok(Formula::False);
        }
        let manner = gave.manner.and_then(|manner| self.session.tree.manners.get(manner));
        let kind = if waits.is_some() { ActionKind::Wait } else { ActionKind::Ask };
        let wait = waits.or_else(|| {
            gave.timing.iter().find_map(|timing| match timing {
                Timing::AtLeastBefore(period, _) => Some(later(self.session.at, period)),
                _ => None,
            })
        });
        Ok(Formula::Action(self.session.action(Action {
            what: ActionWhat::Ask {
                person,
                level,
                term: Term { span: Span::default(), ..gave.term.clone() },
                manner: gave.manner,
                form: gave.form,
                separately: gave.separately,
                on_recording: gave.on_recording,
            },
            kind,
            before: before(gave.timing.iter()),
            status: wait.map_or(ActionStatus::Open, ActionStatus::Waiting),
            lead: manner.map_or(Lead::InCall, |manner| manner.lead),
            text: None,
        })))
    }

    fn saying_fits(&self, saying: &Saying, gave: &Gave, level: Level) -> bool {
        let SayingKind::Gave { level: given, manner, form, separately, on_recording, lasting_the_call, expires } =
            &saying.kind
        else {
            return false;
        };
        let tree = self.session.tree;
        let high_enough = *given == level || *given >= Level::Expressed.max(level);
        let in_manner = gave.manner.is_none_or(|wanted| {
            manner.and_then(|one| tree.manners.get(one)).is_some_and(|word| word.word.is_a(wanted))
        });
        let ended = self.session.ctx.call.and_then(|call| call.until).is_some_and(|end| end <= self.start);
        high_enough
            && in_manner
            && (gave.form.is_none() || gave.form == *form)
            && (!gave.separately || *separately)
            && (!gave.on_recording || on_recording.unwrap_or_else(|| self.is_captured(saying.at, Some(saying.at))))
            && expires.is_none_or(|expires| self.stands_until(expires, self.start))
            && !((*lasting_the_call || gave.lasting_the_call) && ended)
    }

    fn saying_is_timely(&self, person: usize, saying: &Saying, gave: &Gave) -> Fit {
        gave.timing.iter().fold(Fit::Yes, |fit, timing| {
            fit.and(match timing {
                Timing::AtLeastBefore(period, act) => {
                    let (deadline, passed) = self.deadline(act.act, person);
                    match later(saying.at, period) {
                        effective if effective <= deadline => Fit::Yes,
                        effective if !passed => Fit::From(effective),
                        _ => Fit::No,
                    }
                }
                Timing::AtMostBefore(period, act) => {
                    fit_if(self.stands_until(later(saying.at, period), self.deadline(act.act, person).0))
                }
                Timing::AtStartOf(start) => {
                    let in_start = |(from, lasts)| from <= saying.at && saying.at <= from + lasts;
                    fit_if(self.start_of(*start, person).is_some_and(in_start))
                }
                Timing::Before(_) | Timing::Throughout(_) => Fit::Yes,
            })
        })
    }

    // -------------------------------------------------------------------------------------------- safeguards, time

    /// Having a safeguard in place, perhaps since so long before an act.
    fn in_place(&self, safeguard: SafeguardId, before: Option<&(Period, Act)>) -> Formula {
        let tree = self.session.tree;
        let begun = before.and_then(|(_, act)| self.begun(act.act));
        let by = begun.unwrap_or(self.start);
        let is_a = |one: SafeguardId| tree.safeguards.get(one).is_some_and(|word| word.word.is_a(safeguard));
        let standing =
            self.session.ctx.safeguards.iter().filter(|(one, during)| is_a(*one) && during.contains(self.start));
        let effective: Vec<Instant> = standing
            .map(|(_, during)| match (during.from, before) {
                (Some(from), Some((period, _))) => later(from, period),
                _ => by,
            })
            .collect();
        if effective.iter().any(|from| *from <= by) {
            return Formula::True;
        }
        if self.running || begun.is_some() {
            return Formula::False;
        }
        let lead = tree.safeguards.get(safeguard).map_or(Lead::Organisation, |word| word.lead);
        let (kind, lead, status) = match (effective.into_iter().min(), before) {
            (Some(until), _) => (ActionKind::Wait, Lead::InCall, ActionStatus::Waiting(until)),
            (None, Some((period, _))) => {
                (ActionKind::Arrange, lead, ActionStatus::Waiting(later(self.session.at, period)))
            }
            (None, None) => (ActionKind::Arrange, lead, ActionStatus::Open),
        };
        let what = ActionWhat::Arrange(safeguard);
        let before = before.map(|(_, act)| act.act);
        Formula::Action(self.session.action(Action { what, kind, before, status, lead, text: None }))
    }

    /// Whether what counts until an instant counts at another: in a stretch under way that begins where it lapses, no longer.
    fn stands_until(&self, until: Instant, at: Instant) -> bool {
        at < until || (at == until && !(self.running && at == self.start))
    }

    /// When an act that is not judged itself began, if it did.
    fn begun(&self, act: ActId) -> Option<Instant> {
        if self.is_judged(act) {
            return None;
        }
        self.session.captures_of(act).first().and_then(|capture| capture.from).filter(|from| *from <= self.session.at)
    }

    /// The judged act as a term: what a refusal is of.
    fn judged_term(&self) -> Term {
        let (act, purpose, recipient) = self.instance.asked;
        Term { not: false, act, of: None, purpose, recipient, phase: None, span: Span::default() }
    }

    /// Whether something can no longer be done in time.
    fn is_past(&self, person: usize, timing: &Timing) -> bool {
        match timing {
            Timing::Before(act) | Timing::AtLeastBefore(_, act) | Timing::AtMostBefore(_, act) => {
                self.deadline(act.act, person).1
            }
            Timing::AtStartOf(start) => {
                self.running
                    || self.start_of(*start, person).is_some_and(|(from, lasts)| self.session.at > from + lasts)
            }
            Timing::Throughout(_) => self.running,
        }
    }

    /// When something began, and how long its start lasts; `None`: not yet.
    fn start_of(&self, start: Start, person: usize) -> Option<(Instant, chrono::TimeDelta)> {
        match start {
            Start::Act(act) => Some((self.capture_begins(act, person)?, START)),
            Start::Phase(phase) => {
                let word = self.session.tree.phases.get(phase)?;
                let lasts = word.starts_within.as_ref().and_then(seconds).unwrap_or(START);
                let logged =
                    self.session.ctx.phases.iter().filter(|(one, _)| *one == phase).filter_map(|(_, at)| at.from);
                let call = || self.session.ctx.call.and_then(|call| call.from).filter(|_| word.word.name == "call");
                let from = logged.min().or_else(call).filter(|from| *from <= self.session.at)?;
                Some((from, lasts))
            }
        }
    }

    /// Whether what was said between two instants is on the recording.
    fn is_captured(&self, from: Instant, to: Option<Instant>) -> bool {
        let Some(recording) = self.session.tree.known.recording else { return false };
        let holds = |capture: &Interval| {
            capture.contains(from) && to.is_none_or(|to| capture.until.is_none_or(|until| to <= until))
        };
        self.session.captures_of(recording).iter().any(holds)
    }
}

/// The act that something must come before.
fn before<'t>(mut timing: impl Iterator<Item = &'t Timing>) -> Option<ActId> {
    timing.find_map(|timing| match timing {
        Timing::Before(act) | Timing::AtLeastBefore(_, act) | Timing::AtMostBefore(_, act) => Some(act.act),
        Timing::AtStartOf(_) | Timing::Throughout(_) => None,
    })
}

/// All of them: false as soon as one is, whatever is unknown of the others.
pub fn all(parts: impl Iterator<Item = InWorld<Formula>>) -> InWorld<Formula> {
    settle(parts, true)
}

/// One of them: true as soon as one is, whatever is unknown of the others.
pub fn any(parts: impl Iterator<Item = InWorld<Formula>>) -> InWorld<Formula> {
    settle(parts, false)
}

/// The group of the parts, or the split that is needed first.
fn settle(parts: impl Iterator<Item = InWorld<Formula>>, conjunction: bool) -> InWorld<Formula> {
    let (mut group, mut pending) = (Joined::new(conjunction), None);
    for part in parts {
        match part {
            Ok(part) if group.is_decided_by(&part) => return Ok(part),
            Ok(part) => group.join(part),
            Err(split) => pending = pending.or(Some(split)),
        }
    }
    match pending {
        Some(split) => Err(split),
        None => Ok(group.combine()),
    }
}

fn constant(value: bool) -> Formula {
    if value { Formula::True } else { Formula::False }
}

fn ended(telling: &Telling, by: Instant) -> Fit {
    if telling.to.is_some_and(|to| to <= by) { Fit::Yes } else { Fit::No }
}

/// BCP 47 lookup: `es-MX` is understood by who understands `es`, and the other way round.
fn same_language(said: &str, understood: &str) -> bool {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    primary(said) == primary(understood)
}

/// An instant so long after another. Calendar units run in UTC here: a notice period is not a retention period.
pub fn later(from: Instant, period: &Period) -> Instant {
    let shifted = match period.unit {
        Unit::Month => from.checked_add_months(chrono::Months::new(period.count)),
        Unit::Year => from.checked_add_months(chrono::Months::new(period.count.saturating_mul(12))),
        _ => seconds(period).and_then(|delta| from.checked_add_signed(delta)),
    };
    shifted.unwrap_or(Instant::MAX_UTC)
}

fn seconds(period: &Period) -> Option<chrono::TimeDelta> {
    let unit = match period.unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 3_600,
        Unit::Day | Unit::BusinessDay => 86_400,
        Unit::Week => 604_800,
        Unit::Month => 2_678_400,
        Unit::Year => 31_622_400,
    };
    chrono::TimeDelta::try_seconds(i64::from(period.count) * unit)
}
