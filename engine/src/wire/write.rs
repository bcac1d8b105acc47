//! A call as JSON again: the canonical form, over which the digest is taken. Names in the order of the alphabet wherever order means
//! nothing, instants in UTC, nothing that is absent.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::digits;
use super::form::{
    AskForm, CallForm, CaptureForm, CompanyForm, ContextForm, DoneForm, EventForm, HoldForm, LocationForm, OfForm,
    PartlyForm, PartyForm, PhaseForm, PhraseForm, RecorderForm, SafeguardForm, Said, SaidForm, Schema, ToldForm,
};
use super::record::{DayText, InstantText, LanguageText, Named, RegionText, Text};
use super::shape::{ActForm, AtLeastForm, FactForm};
use crate::context::{Claim, Context, Instant, Interval, Known, Moment, Party, Possible, Saying, SayingKind, Telling};
use crate::syntax::ast::{FactOf, Statement};
use crate::tree::table::{Id, Table};
use crate::tree::{Act, FactId, FactType, Of, Place, Tree, ValueId};

/// Writes with the names of a policy.
#[derive(Clone, Copy)]
pub struct Writer<'t> {
    /// The policy.
    pub tree: &'t Tree,
}

impl<'t> Writer<'t> {
    /// A whole call.
    pub fn context(self, context: &'t Context, at: Instant) -> ContextForm<'t> {
        let tree = self.tree;
        let acts = list(context.acts.iter().map(|act| self.act(act)));
        let uses = list(context.uses.iter().map(|purpose| text(tree.purposes.name(*purpose))));
        let recorder_facts = self.facts(&context.facts, FactOf::Recorder);
        let locations = tree.known.recorder_location.and_then(|fact| self.locations(context.facts.get(&fact)));
        let call_facts = self.facts(&context.facts, FactOf::Call);
        let call = (context.call.is_some() || call_facts.is_some()).then(|| CallForm {
            from: context.call.and_then(|call| call.from).map(instant),
            until: context.call.and_then(|call| call.until).map(instant),
            facts: call_facts,
        });
        let interval = |during: &Interval| (during.from.map(instant), during.until.map(instant));
        ContextForm {
            schema: Some(Schema::V1),
            id: context.id.as_deref().map(text),
            at: Some(instant(at)),
            ask: (acts.is_some() || uses.is_some()).then_some(AskForm { acts, uses }),
            call,
            company: self.facts(&context.facts, FactOf::Company).map(|facts| CompanyForm { facts: Some(facts) }),
            recorder: (recorder_facts.is_some() || locations.is_some())
                .then_some(RecorderForm { locations, facts: recorder_facts }),
            intended_purposes: context.intended.as_ref().map(|set| names(&tree.purposes, set)),
            promised_purposes: context.promised.as_ref().map(|set| names(&tree.purposes, set)),
            categories: context.categories.as_ref().map(|set| names(&tree.categories, set)),
            parties: list(context.parties.iter().map(|party| self.party(party))),
            captures: list(context.captures.iter().map(|(act, during)| {
                let (from, until) = interval(during);
                CaptureForm { act: Some(text(tree.acts.name(*act))), from, until }
            })),
            phases: list(context.phases.iter().map(|(phase, during)| {
                let (from, until) = interval(during);
                PhaseForm { phase: Some(text(tree.phases.name(*phase))), from, until }
            })),
            safeguards: list(context.safeguards.iter().map(|(safeguard, during)| {
                let (from, until) = interval(during);
                SafeguardForm { safeguard: Some(text(tree.safeguards.name(*safeguard))), from, until }
            })),
            events: list(context.events.iter().map(|(event, moment)| {
                let (at, on) = when(*moment);
                EventForm { event: Some(text(tree.events.name(*event))), at, on }
            })),
            done: list(context.done.iter().map(|(act, moment)| {
                let (at, on) = when(*moment);
                DoneForm { act: Some(self.act(act)), at, on }
            })),
            holds: list(context.holds.iter().map(|(artefact, from, until)| HoldForm {
                artefact: Some(text(tree.artefacts.name(*artefact))),
                from: Some(day(*from)),
                until: until.map(day),
            })),
            judgments: self.judgments(context),
            log_complete_to: context.log_complete_to.map(instant),
            parties_complete: context.parties_complete.then_some(true),
        }
    }

    fn judgments(self, context: &Context) -> Option<Named<'t, Option<bool>>> {
        let answers = context.judgments.iter();
        named(answers.map(|(judgment, answer)| (self.tree.judgments.name(*judgment), *answer)))
    }

    fn party(self, party: &'t Party) -> PartyForm<'t> {
        let tree = self.tree;
        PartyForm {
            id: Some(text(&party.id)),
            role: Some(text(tree.roles.name(party.role))),
            kind: None,
            locations: tree.known.location.and_then(|fact| self.locations(party.facts.get(&fact))),
            facts: self.facts(&party.facts, FactOf::Party),
            languages: list(party.languages.iter().map(|tag| LanguageText(Cow::Borrowed(tag)))),
            joined: party.on_line.from.map(instant),
            left: party.on_line.until.map(instant),
            told: list(party.told.iter().map(|telling| self.telling(telling))),
            said: list(party.said.iter().map(|saying| self.saying(saying))),
        }
    }

    fn telling(self, telling: &'t Telling) -> ToldForm<'t> {
        let tree = self.tree;
        ToldForm {
            notice: telling.notice.map(|notice| text(tree.notices.name(notice))),
            elements: Some(names(&tree.elements, &telling.elements)),
            from: Some(instant(telling.from)),
            to: telling.to.map(instant),
            means: telling.means.map(|means| text(tree.means.name(means))),
            language: telling.language.as_deref().map(|tag| LanguageText(Cow::Borrowed(tag))),
            on_recording: telling.on_recording,
        }
    }

    fn saying(self, saying: &Saying) -> SaidForm<'t> {
        let tree = self.tree;
        let form = SaidForm { to: Some(self.act(&saying.term)), at: Some(instant(saying.at)), ..SaidForm::default() };
        match &saying.kind {
            SayingKind::Gave { level, manner, form: agreed, separately, on_recording, lasting_the_call, expires } => {
                SaidForm {
                    said: Some(Said::Consented),
                    level: Some((*level).into()),
                    manner: manner.map(|manner| text(tree.manners.name(manner))),
                    form: agreed.map(|notice| text(tree.notices.name(notice))),
                    separately: separately.then_some(true),
                    on_recording: *on_recording,
                    lasting_the_call: lasting_the_call.then_some(true),
                    expires: expires.map(instant),
                    ..form
                }
            }
            SayingKind::Against(statement) => SaidForm { said: Some(said(*statement)), ..form },
        }
    }

    /// An act: its name, or more.
    pub fn act(self, act: &Act) -> ActForm<'t> {
        let tree = self.tree;
        let name = text(tree.acts.name(act.act));
        if act.of.is_none() && act.purpose.is_none() && act.recipient.is_none() && act.phase.is_none() {
            return ActForm::Name(name);
        }
        let by_purpose = tree.known.using == Some(act.act) && act.purpose.is_some();
        ActForm::Phrase(PhraseForm {
            act: (!by_purpose).then_some(name),
            of: act.of.map(|of| match of {
                Of::Role(id) => OfForm { role: Some(text(tree.roles.name(id))), ..OfForm::default() },
                Of::Category(id) => OfForm { category: Some(text(tree.categories.name(id))), ..OfForm::default() },
                Of::Artefact(id) => OfForm { artefact: Some(text(tree.artefacts.name(id))), ..OfForm::default() },
            }),
            purpose: act.purpose.map(|purpose| text(tree.purposes.name(purpose))),
            recipient: act.recipient.map(|recipient| text(tree.recipients.name(recipient))),
            phase: act.phase.map(|phase| text(tree.phases.name(phase))),
        })
    }

    // -------------------------------------------------------------------------------------------- facts

    /// The facts of one holder, locations aside.
    fn facts(self, facts: &'t BTreeMap<FactId, Known>, of: FactOf) -> Option<Named<'t, FactForm<'t>>> {
        let known = &self.tree.known;
        let written = |fact: FactId| ![known.location, known.recorder_location].contains(&Some(fact));
        named(facts.iter().filter(|(fact, _)| written(**fact)).filter_map(|(fact, known)| {
            let declared = self.tree.facts.get(*fact).filter(|declared| declared.of == of)?;
            Some((declared.word.name.as_str(), self.possible(*fact, &known.possible)))
        }))
    }

    /// What is known of a fact.
    pub fn possible(self, fact: FactId, possible: &'t Possible) -> FactForm<'t> {
        let kind = self.tree.facts.get(fact).map(|fact| &fact.kind);
        let values = |set: &BTreeSet<ValueId>| {
            let all = kind.map(FactType::values).unwrap_or_default();
            sorted(set.iter().filter_map(|value| all.get(value.index())).map(|value| value.name.as_str().into()))
        };
        let places = |set: &'t BTreeSet<Place>| sorted(set.iter().map(|place| Cow::Borrowed(place.code())));
        let one_of = |mut list: Vec<Text<'t>>| match list.pop() {
            Some(only) if list.is_empty() => FactForm::Value(only),
            last => {
                list.extend(last);
                FactForm::Partly(PartlyForm { one_of: Some(list), ..PartlyForm::default() })
            }
        };
        match possible {
            Possible::Anything => FactForm::Unknown(()),
            Possible::Nothing => FactForm::Partly(PartlyForm { not_applicable: Some(true), ..PartlyForm::default() }),
            Possible::YesNo(value) => FactForm::Flag(*value),
            Possible::OneOf(set) => one_of(values(set)),
            Possible::Place(set) => one_of(places(set)),
            Possible::Exactly(set) => FactForm::Values(values(set)),
            Possible::Places(set) => FactForm::Values(places(set)),
            Possible::AtLeast(set) => {
                let at_least = Some(AtLeastForm::Values(values(set)));
                FactForm::Partly(PartlyForm { at_least, ..PartlyForm::default() })
            }
            Possible::Years(from, to) if from == to => FactForm::Years(*from),
            Possible::Years(from, to) => FactForm::Partly(PartlyForm {
                at_least: Some(AtLeastForm::Years(*from)),
                at_most: Some(*to),
                ..PartlyForm::default()
            }),
        }
    }

    /// The claims about a place; the places alone when nothing is claimed.
    pub fn locations(self, known: Option<&'t Known>) -> Option<Vec<LocationForm<'t>>> {
        let known = known?;
        if !known.claims.is_empty() {
            return Some(known.claims.iter().map(claim).collect());
        }
        match &known.possible {
            Possible::Place(set) | Possible::Places(set) => {
                let of = |place: &'t Place| LocationForm { region: Some(region(place)), ..LocationForm::default() };
                Some(set.iter().map(of).collect())
            }
            _ => Some(Vec::new()),
        }
    }
}

fn claim<'t>(claim: &'t Claim) -> LocationForm<'t> {
    LocationForm { region: Some(region(&claim.place)), basis: claim.basis.map(Into::into), as_of: claim.as_of.map(day) }
}

fn region<'t>(place: &'t Place) -> RegionText<'t> {
    RegionText(Cow::Borrowed(place.code()))
}

/// How a statement against something is written.
pub fn said(statement: Statement) -> Said {
    match statement {
        Statement::Refused => Said::Refused,
        Statement::Withdrew => Said::Withdrew,
        Statement::Objected => Said::Objected,
    }
}

/// A name.
pub fn text(name: &str) -> Text<'_> {
    Text(Cow::Borrowed(name))
}

/// An instant, in UTC, with as many digits of a second as it has.
pub fn instant<'t>(at: Instant) -> InstantText<'t> {
    InstantText(Cow::Owned(digits::instant(at)))
}

/// A day.
pub fn day<'t>(day: chrono::NaiveDate) -> DayText<'t> {
    DayText(Cow::Owned(digits::day(day)))
}

fn when<'t>(moment: Moment) -> (Option<InstantText<'t>>, Option<DayText<'t>>) {
    match moment {
        Moment::Instant(at) => (Some(instant(at)), None),
        Moment::Day(on) => (None, Some(day(on))),
    }
}

fn list<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let list: Vec<T> = items.collect();
    (!list.is_empty()).then_some(list)
}

fn named<'t, T>(entries: impl Iterator<Item = (&'t str, T)>) -> Option<Named<'t, T>> {
    let mut found: Vec<(Cow<'t, str>, T)> = entries.map(|(name, value)| (Cow::Borrowed(name), value)).collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    (!found.is_empty()).then_some(Named(found))
}

fn sorted<'t>(names: impl Iterator<Item = Cow<'t, str>>) -> Vec<Text<'t>> {
    let mut found: Vec<Text<'t>> = names.map(Text).collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

fn names<'t, I: Id, T>(table: &'t Table<I, T>, set: &BTreeSet<I>) -> Vec<Text<'t>> {
    sorted(set.iter().map(|id| table.name(*id).into()))
}
