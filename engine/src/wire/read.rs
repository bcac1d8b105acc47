//! From the JSON form of a call to a `Context`: names become ids of the policy, texts become instants, days and places.
//! Everything that is wrong is found; what is wrong is left out, and never becomes a decision.

mod act;
mod fact;
mod party;
mod place;
mod time;

use std::collections::BTreeSet;

use super::Limits;
use super::error::{Errors, Path};
use super::form::ContextForm;
use super::record::{Text, listed};
use crate::context::{Context, Instant, Interval};
use crate::nearest::nearest;
use crate::syntax::ast::FactOf;
use crate::tree::table::{Id, Table};
use crate::tree::{Group, Tree};

/// Reads a call. The value is to be used only if there are no errors.
pub fn read(
    form: &ContextForm<'_>,
    tree: &Tree,
    limits: &Limits,
    errors: Errors,
) -> (Context, Option<Instant>, Errors) {
    let mut reader = Reader { tree, limits, errors, at: None };
    let root = &Path::ROOT;
    reader.required(form.schema.as_ref(), "schema", root);
    reader.at = reader.required(form.at.as_ref(), "at", root).and_then(|at| reader.instant(at, &root.field("at")));
    let mut context = Context { id: form.id.as_ref().map(|id| id.to_string()), ..Context::default() };
    reader.asked(form, &mut context);
    reader.known(form, &mut context);
    reader.log(form, &mut context);
    context.parties = reader.parties(form);
    (context, reader.at, reader.errors)
}

/// The state of reading.
struct Reader<'t> {
    tree: &'t Tree,
    limits: &'t Limits,
    errors: Errors,
    /// The judged instant.
    at: Option<Instant>,
}

impl Reader<'_> {
    fn asked(&mut self, form: &ContextForm<'_>, context: &mut Context) {
        let root = Path::ROOT;
        let Some(ask) = &form.ask else { return };
        let at = root.field("ask");
        let acts_at = at.field("acts");
        for (index, act) in self.entries(ask.acts.as_deref(), &acts_at) {
            let at = acts_at.index(index);
            let Some(act) = self.act(act, &at) else { continue };
            if context.acts.contains(&act) {
                self.say(&at, "this act is asked twice", "write it once");
            }
            context.acts.push(act);
        }
        let uses_at = at.field("uses");
        for (index, purpose) in self.entries(ask.uses.as_deref(), &uses_at) {
            let at = uses_at.index(index);
            let Some(purpose) = self.name(&self.tree.purposes, "a purpose", purpose, &at) else { continue };
            if context.uses.contains(&purpose) {
                self.say(&at, "this use is asked twice", "write it once");
            }
            context.uses.push(purpose);
        }
        if !context.uses.is_empty() && self.tree.known.using.is_none() {
            self.say(&uses_at, "the policy declares no act `use`", "declare it in the vocabulary");
        }
    }

    /// What is known of the call, the company, the recorder; purposes, categories, judgments.
    fn known(&mut self, form: &ContextForm<'_>, context: &mut Context) {
        let root = Path::ROOT;
        let call_at = root.field("call");
        if let Some(call) = &form.call {
            let (from, until) = (call.from.as_ref(), call.until.as_ref());
            context.call = (from.is_some() || until.is_some()).then(|| self.interval(from, until, "until", &call_at));
            self.facts(call.facts.as_ref(), FactOf::Call, &call_at, &mut context.facts);
        }
        if let Some(company) = &form.company {
            self.facts(company.facts.as_ref(), FactOf::Company, &root.field("company"), &mut context.facts);
        }
        if let Some(recorder) = &form.recorder {
            let at = root.field("recorder");
            self.facts(recorder.facts.as_ref(), FactOf::Recorder, &at, &mut context.facts);
            let fact = self.tree.known.recorder_location;
            self.locations(recorder.locations.as_deref(), fact, &at, &mut context.facts);
        }
        context.intended =
            self.set(&self.tree.purposes, "a purpose", form.intended_purposes.as_deref(), "intended_purposes");
        context.promised =
            self.set(&self.tree.purposes, "a purpose", form.promised_purposes.as_deref(), "promised_purposes");
        context.categories =
            self.set(&self.tree.categories, "a category of personal data", form.categories.as_deref(), "categories");
        let at = root.field("judgments");
        for (name, answer) in form.judgments.iter().flat_map(|named| &named.0) {
            let found = self.name(&self.tree.judgments, "a judgment", &Text(name.as_ref().into()), &at.field(name));
            context.judgments.extend(found.map(|judgment| (judgment, *answer)));
        }
    }

    /// What happened.
    fn log(&mut self, form: &ContextForm<'_>, context: &mut Context) {
        let root = Path::ROOT;
        context.parties_complete = form.parties_complete.unwrap_or(false);
        let complete = root.field("log_complete_to");
        context.log_complete_to = form.log_complete_to.as_ref().and_then(|to| self.instant(to, &complete));
        self.captures(form, context);
        let list = root.field("phases");
        for (index, one) in self.entries(form.phases.as_deref(), &list) {
            let at = list.index(index);
            let name = self.required(one.phase.as_ref(), "phase", &at);
            let phase = name.and_then(|name| self.name(&self.tree.phases, "a phase", name, &at.field("phase")));
            self.required(one.from.as_ref(), "from", &at);
            let during = self.interval(one.from.as_ref(), one.until.as_ref(), "until", &at);
            context.phases.extend(phase.map(|phase| (phase, during)));
        }
        let list = root.field("safeguards");
        for (index, one) in self.entries(form.safeguards.as_deref(), &list) {
            let at = list.index(index);
            let name = self.required(one.safeguard.as_ref(), "safeguard", &at);
            let found =
                name.and_then(|name| self.name(&self.tree.safeguards, "a safeguard", name, &at.field("safeguard")));
            let during = self.interval(one.from.as_ref(), one.until.as_ref(), "until", &at);
            context.safeguards.extend(found.map(|safeguard| (safeguard, during)));
        }
        self.happened(form, context);
    }

    fn captures(&mut self, form: &ContextForm<'_>, context: &mut Context) {
        let root = Path::ROOT;
        let list = root.field("captures");
        for (index, one) in self.entries(form.captures.as_deref(), &list) {
            let at = list.index(index);
            let act_at = at.field("act");
            let name = self.required(one.act.as_ref(), "act", &at);
            let act = name.and_then(|name| self.name(&self.tree.acts, "an act", name, &act_at));
            if act.and_then(|act| self.tree.acts.get(act)).is_some_and(|word| word.group != Group::Capture) {
                let captures = self.tree.acts.iter().filter(|(_, word)| word.group == Group::Capture);
                let help = format!("the captures are {}", listed(captures.map(|(_, word)| word.word.name.as_str())));
                self.say(&act_at, "this act captures nothing", help);
            }
            self.required(one.from.as_ref(), "from", &at);
            let during = self.interval(one.from.as_ref(), one.until.as_ref(), "until", &at);
            self.not_after(during.from, &at.field("from"));
            context.captures.extend(act.map(|act| (act, during)));
        }
    }

    /// Events, acts done, holds.
    fn happened(&mut self, form: &ContextForm<'_>, context: &mut Context) {
        let root = Path::ROOT;
        let list = root.field("events");
        for (index, one) in self.entries(form.events.as_deref(), &list) {
            let at = list.index(index);
            let name = self.required(one.event.as_ref(), "event", &at);
            let event = name.and_then(|name| self.name(&self.tree.events, "an event", name, &at.field("event")));
            let moment = self.moment(one.at.as_ref(), one.on.as_ref(), &at);
            context.events.extend(event.zip(moment));
        }
        let list = root.field("done");
        for (index, one) in self.entries(form.done.as_deref(), &list) {
            let at = list.index(index);
            let act = self.required(one.act.as_ref(), "act", &at).and_then(|act| self.act(act, &at.field("act")));
            let moment = self.moment(one.at.as_ref(), one.on.as_ref(), &at);
            context.done.extend(act.zip(moment));
        }
        let list = root.field("holds");
        for (index, one) in self.entries(form.holds.as_deref(), &list) {
            let at = list.index(index);
            let name = self.required(one.artefact.as_ref(), "artefact", &at);
            let artefact =
                name.and_then(|name| self.name(&self.tree.artefacts, "an artefact", name, &at.field("artefact")));
            let days = self.days(one, &at);
            context.holds.extend(artefact.zip(days).map(|(artefact, (from, until))| (artefact, from, until)));
        }
        context.events.sort_by_key(|(_, moment)| time::order(*moment));
    }

    /// A set of names; `None` when the list is absent.
    fn set<I: Id + Ord, T>(
        &mut self,
        table: &Table<I, T>,
        kind: &str,
        names: Option<&[Text<'_>]>,
        field: &str,
    ) -> Option<BTreeSet<I>> {
        let root = Path::ROOT;
        let at = root.field(field);
        names?;
        let names = self.entries(names, &at);
        Some(names.filter_map(|(index, name)| self.name(table, kind, name, &at.index(index))).collect())
    }

    /// A name of the policy.
    fn name<I: Id, T>(&mut self, table: &Table<I, T>, kind: &str, name: &Text<'_>, at: &Path<'_>) -> Option<I> {
        table.id(name).or_else(|| {
            let names: Vec<&str> = table.names().collect();
            self.unknown(name, kind, &names, at);
            None
        })
    }

    /// Says that a name is not one of the policy's.
    fn unknown(&mut self, name: &str, kind: &str, names: &[&str], at: &Path<'_>) {
        let help = match nearest(name, names.iter().copied()) {
            Some(meant) => Some(format!("did you mean `{meant}`?")),
            None if names.is_empty() => Some("the policy declares none".to_owned()),
            None if names.len() <= 12 => Some(format!("write one of {}", listed(names.iter().copied()))),
            None => {
                let like: Vec<&str> = names.iter().copied().filter(|known| known.contains(name)).take(6).collect();
                (!like.is_empty() && !name.is_empty())
                    .then(|| format!("did you mean one of {}?", listed(like.into_iter())))
            }
        };
        self.errors.push(at, format!("`{name}` is not {kind} that the policy declares"), help);
    }

    fn say(&mut self, at: &Path<'_>, message: impl Into<String>, help: impl Into<String>) {
        self.errors.push(at, message, Some(help.into()));
    }

    /// A field that must be there.
    fn required<T>(&mut self, value: Option<T>, field: &str, at: &Path<'_>) -> Option<T> {
        if value.is_none() {
            let help = (field == "schema").then(|| "write \"schema\": \"onrecord.context/1\"".to_owned());
            self.errors.push(&at.field(field), format!("`{field}` is missing"), help);
        }
        value
    }

    /// The entries of a list with their indexes; none when there are too many, which is said.
    fn entries<'f, T>(
        &mut self,
        list: Option<&'f [T]>,
        at: &Path<'_>,
    ) -> impl Iterator<Item = (usize, &'f T)> + use<'f, T> {
        let list = self.limited(list.unwrap_or_default(), self.limits.entries, at);
        list.iter().enumerate()
    }

    /// A list, if it is not longer than a limit.
    fn limited<'f, T>(&mut self, list: &'f [T], limit: usize, at: &Path<'_>) -> &'f [T] {
        if list.len() <= limit {
            return list;
        }
        self.say(
            at,
            format!("{} entries stand here; at most {limit} are read", list.len()),
            "split the call, or raise the limit",
        );
        &[]
    }

    /// From, until; one that ends before it begins is said.
    fn interval(
        &mut self,
        from: Option<&super::record::InstantText<'_>>,
        until: Option<&super::record::InstantText<'_>>,
        until_field: &str,
        at: &Path<'_>,
    ) -> Interval {
        let from_field = if until_field == "left" { "joined" } else { "from" };
        let from = from.and_then(|from| self.instant(from, &at.field(from_field)));
        let until_at = at.field(until_field);
        let until = until.and_then(|until| self.instant(until, &until_at));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            self.say(&until_at, format!("this ends before it begins (`{from_field}`)"), "put the two in order");
        }
        Interval { from, until }
    }
}
