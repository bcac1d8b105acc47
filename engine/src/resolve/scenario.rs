//! Second pass over scenarios: what a scenario states is a call, the same that a service gives.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveTime, Offset, Utc};

use super::bundle::stated_twice;
use super::{Resolver, codes};
use crate::context::{
    Context, Instant, Interval, Known, Moment, Party, Possible, Provenance, Saying, SayingKind, Telling,
};
use crate::source::Span;
use crate::syntax::ast::{
    self, FactOf, PersonLine, PurposeKind, ScenarioLine, ScenarioPerson, Time, TimeValue, Verb, When,
};
use crate::tree::scenario::NeededWord;
use crate::tree::{Expect, Expectation, FactId, Group, Scenario, ScenarioOf};

/// What is collected of a scenario.
struct Stated {
    context: Context,
    /// The day and the offset of times of day.
    first: Option<DateTime<FixedOffset>>,
    /// `given at`
    at: Option<Instant>,
    /// Facts stated so far, for a second statement of one.
    facts: Vec<(FactId, Span)>,
    expects: Vec<Expect>,
}

impl<'f> Resolver<'f> {
    pub(super) fn fill_scenario(&mut self, declared: &'f ast::Scenario, span: Span) {
        let of = if declared.of_bundle {
            let bundle = declared.of.first().and_then(|name| self.find("bundle", super::bundles, name));
            bundle.map(ScenarioOf::Bundle)
        } else {
            let sources = self.find_all("source", super::sources, &declared.of);
            (sources.len() == declared.of.len()).then_some(ScenarioOf::Sources(sources))
        };
        let mut stated = Stated {
            context: Context { parties_complete: true, log_complete_to: Some(Instant::MAX_UTC), ..Context::default() },
            first: first_instant(declared),
            at: None,
            facts: Vec::new(),
            expects: Vec::new(),
        };
        let (mut adopts, mut assumes) = (Vec::new(), Vec::new());
        for line in &declared.body.lines {
            match &line.value {
                ScenarioLine::Adopt(names) => adopts.extend(self.find_all("reading", super::readings, names)),
                ScenarioLine::Assume(name) => assumes.extend(self.find("rule", super::rules, name)),
                ScenarioLine::Expect(expect) => self.expect(expect, &mut stated),
                ScenarioLine::Person(person) => self.person(person, &mut stated),
                given => self.given(given, line.span, &mut stated),
            }
        }
        let at = judged_at(&stated);
        if at.is_none() && declared.body.broken.is_empty() && times(declared).is_empty() {
            self.say(codes::no_instant(declared.title.span));
        }
        let (Some(of), Some(at)) = (of, at) else { return };
        self.out.tree.scenarios.push(Arc::new(Scenario {
            title: declared.title.value.clone(),
            of,
            adopts,
            assumes,
            context: stated.context,
            at,
            offset: stated.first.map_or_else(|| Utc.fix(), |first| *first.offset()),
            expects: stated.expects,
            span,
            title_span: declared.title.span,
        }));
    }

    // -------------------------------------------------------------------------------------------- what is given

    fn given(&mut self, line: &ScenarioLine, span: Span, stated: &mut Stated) {
        match line {
            ScenarioLine::Fact(given) => {
                if let Some((fact, possible)) = self.stated(given.of, &given.fact) {
                    if let Some(earlier) = stated_twice(&mut stated.facts, fact, span) {
                        self.say(codes::line_twice(span, earlier));
                    }
                    stated.context.facts.insert(fact, known(possible));
                }
            }
            ScenarioLine::Judged { judgment, yes } => {
                if let Some(judgment) = self.find("judgment", super::judgments, judgment) {
                    stated.context.judgments.insert(judgment, Some(*yes));
                }
            }
            ScenarioLine::Purposes { which, names } => {
                let names = Some(self.find_all("purpose", super::purposes, names).into_iter().collect());
                match which {
                    PurposeKind::Promised => stated.context.promised = names,
                    PurposeKind::Intended | PurposeKind::Asked => stated.context.intended = names,
                }
            }
            ScenarioLine::Contains(names) => {
                let found = self.find_all("category", super::categories, names);
                stated.context.categories.get_or_insert_default().extend(found);
            }
            ScenarioLine::Call { from, until } => {
                stated.context.call = self.interval(Some(from), until.as_ref(), span, stated);
            }
            ScenarioLine::During { name, from, until } => {
                let interval = self.interval(Some(from), until.as_ref(), span, stated);
                self.during(name, interval, stated);
            }
            ScenarioLine::InPlace { safeguard, from, until } => {
                let safeguard = self.find("safeguard", super::safeguards, safeguard);
                let interval = self.interval(from.as_ref(), until.as_ref(), span, stated);
                stated.context.safeguards.extend(safeguard.zip(interval));
            }
            ScenarioLine::Event { event, when } => {
                let event = self.find("event", super::events, event);
                let moment = self.moment(when, stated);
                stated.context.events.extend(event.zip(moment));
            }
            ScenarioLine::Done { act, when } => {
                let act = self.act(act);
                let moment = self.moment(when, stated);
                stated.context.done.extend(act.zip(moment));
            }
            ScenarioLine::Hold { artefact, from, until } => {
                let artefact = self.find("artefact", super::artefacts, artefact);
                let (from, until) = (self.day(from), self.until(until.as_ref()));
                self.in_order(from, until, span);
                if let (Some(artefact), Some(from)) = (artefact, from) {
                    stated.context.holds.push((artefact, from, until));
                }
            }
            ScenarioLine::LogCompleteTo(time) => stated.context.log_complete_to = self.instant(time, stated),
            ScenarioLine::LogNotComplete => stated.context.log_complete_to = None,
            ScenarioLine::PartiesNotComplete => stated.context.parties_complete = false,
            ScenarioLine::At(time) => stated.at = self.instant(time, stated),
            ScenarioLine::Adopt(_) | ScenarioLine::Assume(_) | ScenarioLine::Person(_) | ScenarioLine::Expect(_) => {}
        }
    }

    /// A phase, or a capture that was running.
    fn during(&mut self, name: &ast::Name, interval: Option<Interval>, stated: &mut Stated) {
        if let Some(phase) = self.peek("phase", super::phases, name) {
            stated.context.phases.extend(interval.map(|interval| (phase, interval)));
            return;
        }
        let Some(act) = self.find("act", super::acts, name) else { return };
        if self.out.tree.acts.get(act).is_some_and(|act| act.group == Group::Capture) {
            stated.context.captures.extend(interval.map(|interval| (act, interval)));
        } else {
            self.say(codes::not_a_capture(name));
        }
    }

    // -------------------------------------------------------------------------------------------- persons

    fn person(&mut self, declared: &'f ScenarioPerson, stated: &mut Stated) {
        let Some(role) = self.find("role", super::roles, &declared.role) else { return };
        let id = match &declared.name {
            Some(name) => {
                let span = name.span;
                if stated.context.parties.iter().any(|party| party.id == name.text) {
                    self.say(codes::twice("person", name, span));
                }
                name.text.clone()
            }
            None => unnamed(&declared.role.text, &stated.context.parties),
        };
        let mut party = Party {
            id,
            role,
            facts: BTreeMap::new(),
            languages: Vec::new(),
            on_line: Interval { from: None, until: None },
            told: Vec::new(),
            said: Vec::new(),
        };
        let mut facts = Vec::new();
        for line in &declared.body.lines {
            self.person_line(&line.value, line.span, &mut party, &mut facts, stated);
        }
        stated.context.parties.push(party);
    }

    fn person_line(
        &mut self,
        line: &PersonLine,
        span: Span,
        party: &mut Party,
        facts: &mut Vec<(FactId, Span)>,
        stated: &Stated,
    ) {
        match line {
            PersonLine::Fact(fact) if fact.verb == Verb::Speaks => {
                let tags: Vec<String> = fact.values.iter().filter_map(|value| self.language(value)).collect();
                party.languages.extend(tags);
            }
            PersonLine::Fact(fact) => {
                if let Some((fact, possible)) = self.stated(FactOf::Party, fact) {
                    if let Some(earlier) = stated_twice(facts, fact, span) {
                        self.say(codes::line_twice(span, earlier));
                    }
                    party.facts.insert(fact, known(possible));
                }
            }
            PersonLine::Joins(time) => party.on_line.from = self.instant(time, stated),
            PersonLine::Leaves(time) => party.on_line.until = self.instant(time, stated),
            PersonLine::Told { elements, from, to, means, language, on_recording } => {
                let elements: BTreeSet<_> = self.find_all("element", super::elements, elements).into_iter().collect();
                let interval = self.interval(Some(from), to.as_ref(), span, stated);
                let means = means.as_ref().and_then(|name| self.find("means", super::means, name));
                let language = language.as_ref().and_then(|tag| self.language(tag));
                if let Some(from) = interval.and_then(|interval| interval.from) {
                    let to = interval.and_then(|interval| interval.until).or(Some(from));
                    let on_recording = on_recording.then_some(true);
                    party.told.push(Telling { elements, from, to, means, language, on_recording, notice: None });
                }
            }
            PersonLine::Gave { level, term, at, manner, form, separately, on_recording, lasting_the_call } => {
                let term = self.term(term);
                let at = self.instant(at, stated);
                let manner = manner.as_ref().and_then(|name| self.find("manner", super::manners, name));
                let form = form.as_ref().and_then(|name| self.find("notice", super::notices, name));
                let kind = SayingKind::Gave {
                    level: *level,
                    manner,
                    form,
                    separately: *separately,
                    on_recording: on_recording.then_some(true),
                    lasting_the_call: *lasting_the_call,
                    expires: None,
                };
                party.said.extend(term.zip(at).map(|(term, at)| Saying { term, at, kind }));
            }
            PersonLine::Said { statement, term, at } => {
                let term = self.term(term);
                let at = self.instant(at, stated);
                let kind = SayingKind::Against(*statement);
                party.said.extend(term.zip(at).map(|(term, at)| Saying { term, at, kind }));
            }
        }
    }

    // -------------------------------------------------------------------------------------------- times

    fn instant(&mut self, time: &Time, stated: &Stated) -> Option<Instant> {
        match (&time.value, stated.first) {
            (Some(TimeValue::Instant(instant)), _) => Some(instant.with_timezone(&Utc)),
            (Some(TimeValue::OfDay(time)), Some(first)) => on_day_of(first, *time),
            (Some(TimeValue::OfDay(_)), None) => {
                self.say(codes::time_without_day(time.span));
                None
            }
            (None, _) => {
                self.say(codes::no_such_time(time.span));
                None
            }
        }
    }

    /// From, until: `None` when one of them cannot be resolved (which was reported).
    fn interval(&mut self, from: Option<&Time>, until: Option<&Time>, span: Span, stated: &Stated) -> Option<Interval> {
        let from = self.optional(from, |this, time| this.instant(time, stated));
        let until = self.optional(until, |this, time| this.instant(time, stated));
        let (from, until) = (from?, until?);
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            self.say(codes::reversed(span));
        }
        Some(Interval { from, until })
    }

    fn moment(&mut self, when: &When, stated: &Stated) -> Option<Moment> {
        match when {
            When::On(date) => self.day(date).map(Moment::Day),
            When::At(time) => self.instant(time, stated).map(Moment::Instant),
        }
    }

    // -------------------------------------------------------------------------------------------- expectations

    fn expect(&mut self, expect: &ast::Expect, stated: &mut Stated) {
        let at = self.optional(expect.at.as_ref(), |this, time| this.instant(time, stated));
        let what = self.expectation(&expect.what);
        if let (Some(at), Some(what)) = (at, what) {
            stated.expects.push(Expect { at, what, span: expect.span });
        }
    }

    fn expectation(&mut self, written: &ast::Expectation) -> Option<Expectation> {
        Some(match written {
            ast::Expectation::Verdict(act, verdict) => Expectation::Verdict(self.act(act)?, *verdict),
            ast::Expectation::Impasse(act) => Expectation::Impasse(self.find("act", super::acts, act)?),
            ast::Expectation::Tell { role, elements } => {
                let role = self.find("role", super::roles, role);
                Expectation::Tell(role?, self.find_all("element", super::elements, elements))
            }
            ast::Expectation::Ask { role, term } => {
                let role = self.find("role", super::roles, role);
                let term = self.term(term);
                Expectation::Ask(role?, term?)
            }
            ast::Expectation::Arrange(name) => Expectation::Arrange(self.find("safeguard", super::safeguards, name)?),
            ast::Expectation::Needs(act, name) => {
                let act = self.act(act);
                let word = match self.peek("judgment", super::judgments, name) {
                    Some(judgment) => NeededWord::Judgment(judgment),
                    None => NeededWord::Fact(self.find("fact", super::facts, name)?),
                };
                Expectation::Needs(act?, word)
            }
            ast::Expectation::OutcomeAct(act) => Expectation::OutcomeAct(self.find("act", super::acts, act)?),
            ast::Expectation::OutcomeImpasse(answer) => Expectation::OutcomeImpasse(*answer),
            ast::Expectation::Keep { thing, purpose, kept, date } => {
                let thing = self.thing(thing);
                let purpose = self.optional(purpose.as_ref(), |this, name| this.find("purpose", super::purposes, name));
                Expectation::Keep(thing?, purpose?, *kept, self.day(date)?)
            }
            ast::Expectation::KeepNow(thing, now) => Expectation::KeepNow(self.thing(thing)?, *now),
            ast::Expectation::Duty { rule, state, date } => {
                let rule = self.find("rule", super::rules, rule);
                let date = self.optional(date.as_ref(), |this, date| this.day(date));
                Expectation::Duty(rule?, *state, date?)
            }
        })
    }
}

fn known(possible: Possible) -> Known {
    Known { possible, provenance: Provenance::Given, claims: Vec::new() }
}

/// `customer`, and for a second one `customer-2`.
fn unnamed(role: &str, parties: &[Party]) -> String {
    let taken = |id: &str| parties.iter().any(|party| party.id == id);
    let numbered = (2..).map(|number| format!("{role}-{number}"));
    std::iter::once(role.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
}

/// The instant at which a scenario is judged when an expectation names none: `given at`, else the beginning of the first capture,
/// else of the call, else the first instant or day that it names.
fn judged_at(stated: &Stated) -> Option<Instant> {
    let context = &stated.context;
    let capture = || context.captures.iter().filter_map(|(_, during)| during.from).min();
    let call = || context.call.and_then(|call| call.from);
    let day = || {
        context.events.iter().map(|(_, moment)| match moment {
            Moment::Instant(instant) => *instant,
            Moment::Day(day) => day.and_time(NaiveTime::MIN).and_utc(),
        })
    };
    let named = || stated.first.map(|first| first.with_timezone(&Utc));
    stated.at.or_else(capture).or_else(call).or_else(named).or_else(|| day().min())
}

fn on_day_of(first: DateTime<FixedOffset>, time: NaiveTime) -> Option<Instant> {
    let local = first.date_naive().and_time(time);
    local.and_local_timezone(*first.offset()).single().map(|instant| instant.with_timezone(&Utc))
}

/// The first whole instant that a scenario writes: its day and offset complete the times of day.
fn first_instant(declared: &ast::Scenario) -> Option<DateTime<FixedOffset>> {
    times(declared).into_iter().find_map(|time| match &time.value {
        Some(TimeValue::Instant(instant)) => Some(*instant),
        _ => None,
    })
}

/// Every time that a scenario writes, in the order of the file.
fn times(declared: &ast::Scenario) -> Vec<&Time> {
    let mut times: Vec<&Time> = Vec::new();
    for line in &declared.body.lines {
        match &line.value {
            ScenarioLine::Call { from, until } | ScenarioLine::During { from, until, .. } => {
                times.push(from);
                times.extend(until);
            }
            ScenarioLine::InPlace { from, until, .. } => {
                times.extend(from);
                times.extend(until);
            }
            ScenarioLine::Event { when: When::At(time), .. }
            | ScenarioLine::Done { when: When::At(time), .. }
            | ScenarioLine::LogCompleteTo(time)
            | ScenarioLine::At(time) => times.push(time),
            ScenarioLine::Expect(expect) => times.extend(&expect.at),
            ScenarioLine::Person(person) => {
                times.extend(person.body.lines.iter().flat_map(|line| person_times(&line.value)))
            }
            _ => {}
        }
    }
    times
}

fn person_times(line: &PersonLine) -> Vec<&Time> {
    match line {
        PersonLine::Joins(time) | PersonLine::Leaves(time) => vec![time],
        PersonLine::Told { from, to, .. } => std::iter::once(from).chain(to).collect(),
        PersonLine::Gave { at, .. } | PersonLine::Said { at, .. } => vec![at],
        PersonLine::Fact(_) => Vec::new(),
    }
}
